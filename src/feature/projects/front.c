/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands first on a project's page. */
#include "feature/projects/front.h"

#include "base/date.h"
#include "feature/projects/moves.h"
#include "feature/projects/projects.h"
#include "feature/projects/review.h"
#include "feature/projects/slip.h"
#include "feature/projects/views/front.h"
#include "host/desk/page.h"
#include "host/desk/site.h"

enum err front_day(struct ctx *c, int32_t year, int32_t *ret_day)
{
    int32_t last = date_make(year, 12, 31);
    int32_t today = date_of(c->now);
    enum err e = ctx_day(c, ret_day);

    if (e == OK && !*ret_day)
        *ret_day = today < last ? today : last;
    return e;
}

struct text front_day_label(struct ctx *c, int32_t day)
{
    struct str en = date_words(c->m, day, LANG_EN);

    if (day == date_of(c->now))
        return TEXT("", "");
    return (struct text){
        str_fmt(c->m, "%d月%d日", date_month(day), date_day(day)),
        str_slice(en, 0, en.n - 5), /* without its year */
    };
}

enum lamp_light lamp_of(enum light light)
{
    static const enum lamp_light lamps[] = {
        [LIGHT_NONE] = LAMP_NONE,     [LIGHT_GREEN] = LAMP_GREEN,
        [LIGHT_YELLOW] = LAMP_YELLOW, [LIGHT_RED] = LAMP_RED,
        [LIGHT_PAUSED] = LAMP_NONE,   [LIGHT_CLOSED] = LAMP_CLOSED,
    };

    return lamps[light];
}

/* The date it had before the one that held on the day; 0: the same. */
static int32_t was_due(const struct plan *p, size_t step, int32_t day)
{
    int32_t due = p->steps[step].due;

    return due != plan_due_of(p, step, day) ? due : 0;
}

static void make_stairs(struct ctx *c, const struct ledger_row *row,
                        const struct project_plan *p, struct project_view *v)
{
    const struct plan *plan = &p->plan;
    struct stairs *s = &v->stairs;
    int32_t first = date_make(v->year, 1, 1);

    s->n = plan->steps_n;
    s->steps = NEW_ARRAY(c->m, struct stair, s->n);
    s->today = v->day;
    s->today_label = front_day_label(c, v->day);
    s->from = plan->active_from ? plan->active_from : plan->starts_on;
    if (date_year(s->from) != v->year)
        s->from = first;
    s->title = TEXT("计划与办结", "Plan and work done");
    s->finding = TEXT("里程碑权重之和，%；点开圆点看里程碑",
                      "the weight of milestones, %; each mark opens its own");
    for (size_t i = 0; i < s->n; i++)
        s->steps[i] = (struct stair){
            .number = (int64_t)i + 1,
            .label = text_same(row_str(p->milestones[i], MILESTONE_NAME)),
            .link = str_fmt(c->m, "%.*s#milestone-%lld",
                            STR_ARG(row_path(c->m, row->ledger, row->id)),
                            (long long)p->milestones[i]->id),
            .weight = plan->steps[i].weight,
            .due = plan_due_of(plan, i, v->day),
            .was_due = was_due(plan, i, v->day),
            .done =
                plan->steps[i].counted <= v->day ? plan->steps[i].counted : 0,
        };
    stairs_draw(c->m, s);
}

/* 对公示有异议的，请在 11月14日前向 … 提出。 */
static struct text where_to_object(struct ctx *c, const struct ledger_row *row)
{
    int32_t until = (int32_t)row_int(row, PROJECT_PUBLIC_UNTIL);
    struct str contact = ctx_settings(c)->v[SETTING_CONTACT];
    struct text day;

    if (row_state_at(row) != PROJECT_PUBLICISED || !until)
        return TEXT("", "");
    day = date_text(c->m, until);
    return text_with(c->m,
                     TEXT("正在公示。有异议的，请在{1}前向{2}提出：{3}",
                          "In publicity. Objections are taken until {1} by "
                          "{2}: {3}"),
                     day, site_office(c),
                     text_same(contact.n ? contact
                                         : ctx_settings(c)->v[SETTING_PHONE]));
}

enum err project_front(struct ctx *c, const struct ledger_row *row,
                       const struct part_list *parts)
{
    struct project_view v = { .year = row->year };
    struct project_plan p;
    struct thresholds t;
    enum err e;

    if (row->ledger == &review_ledger)
        return review_front(c, row);
    if (row->ledger == &order_ledger)
        return order_front(c, row);
    if (row->ledger != &project_ledger)
        return OK;
    e = front_day(c, row->year, &v.day);
    if (e != OK)
        return e;
    t = thresholds_read(ctx_scope(c), row->year);
    plan_of(c->m, row, parts, &t, &p);
    make_stairs(c, row, &p, &v);
    why_light(c->m, &p, v.day, &v.why);
    v.objections = where_to_object(c, row);
    view_project_front(page_body(c), &v);
    return OK;
}
