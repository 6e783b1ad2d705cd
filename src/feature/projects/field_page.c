/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One field of work, on one A4 page. */
#include "base/date.h"
#include "feature/projects/front.h"
#include "feature/projects/projects.h"
#include "feature/projects/views/front.h"
#include "host/desk/page.h"

static void make_lines(struct mem *m, const struct programme *p,
                       struct field_view *v)
{
    struct standing **all = programme_sorted(m, p);

    v->lines = NEW_ARRAY(m, struct standing_line, p->n);
    for (size_t i = 0; i < p->n; i++) {
        const struct standing *s = all[i];

        if (!str_eq(row_str(s->row, PROJECT_FIELD), v->field->key))
            continue;
        v->lines[v->n++] = standing_line(m, s, p->day);
        v->lights[s->light]++;
        v->mean.done += s->done;
        v->mean.planned += s->due;
    }
    if (v->n) {
        v->mean.done /= (int64_t)v->n;
        v->mean.planned /= (int64_t)v->n;
    }
}

enum err show_field(struct ctx *c)
{
    struct field_view v = {
        .field =
            choice_find(&project_ledger.columns[PROJECT_FIELD], c->params[0]),
        .year = c->year,
    };
    struct programme p;
    int32_t day;
    enum err e;

    if (!v.field)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个领域。请从双领项目的页面进入",
                           "There is no such field. Start from the page of "
                           "key projects"));
    e = front_day(c, c->year, &day);
    if (e != OK)
        return e;
    programme_read(ctx_scope(c), c->year, day, &p);
    if (p.many)
        return refuse(c, E_SIZE,
                      TEXT("项目太多，放不进一页；请用台账筛选",
                           "too many projects for a page; filter the ledger"));
    make_lines(c->m, &p, &v);
    v.on = date_text(c->m, day);
    v.title = text_with(c->m, TEXT("{1}领域双领项目", "Key projects: {1}"),
                        v.field->label);
    view_field(page_body(c), &v);
    return page_send(c, &(struct page){
                            .title = v.title,
                            .feature = S("projects"),
                            .crumbs = { { TEXT("双领项目", "Key projects"),
                                          S("/projects") } },
                        });
}
