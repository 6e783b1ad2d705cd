/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps that were refused to time: which, since when, and what to do. */
#include "host/page/clock_page.h"

#include "host/page/views/clock.h"

void clock_todo(struct ctx *c, struct todo_list *list)
{
    if (!has_role(&c->who, ROLE_OFFICER))
        return;
    todo_add(list, (struct todo){
                       .n = clock_aside_count(ctx_scope(c)),
                       .what = TEXT("件到期事项没能自动办理",
                                    "steps that were due and refused"),
                       .more = TEXT("看原因，改好后自动再办",
                                    "see why; once it is put right they are "
                                    "taken"),
                       .path = S("/clock"),
                       .bad = TEXT("没办成", "refused"),
                   });
}

/* A name of a person is shown on the row's own page, which notes who saw it. */
static bool names_person(const struct ledger *l)
{
    return column_is(&l->columns[ledger_title(l)], COLUMN_PERSONAL);
}

static struct text reason_of(const struct admission *a, enum err e)
{
    if (e == OK)
        return TEXT("现在可以办了，稍后自动再办",
                    "nothing is in its way now; it is tried again");
    if (e == E_ABSENT || a->problems_n == 0)
        return TEXT("这一条不在了", "the row is gone");
    if (names_person(a->before->ledger))
        return TEXT("请打开这一条，看现在能办什么",
                    "open the row to see what can be done");
    return a->problems[0].reason;
}

static struct clock_line line_of(struct ctx *c, const struct clock_step *s)
{
    struct asker asker = asker_clock(ctx_scope(c));
    struct admission a = { .asker = &asker };
    struct ledger_row *row;
    enum err e = clock_admit(s, &a, &row);

    return (struct clock_line){
        .step = *s,
        .title = e == E_ABSENT || names_person(s->ledger)
                     ? str_of_int(c->m, s->row)
                     : row_title(row),
        .path = row_path(c->m, s->ledger, s->row),
        .reason = reason_of(&a, e),
    };
}

enum err show_clock(struct ctx *c)
{
    struct clock_page *p = NEW(c->m, struct clock_page);
    struct clock_step *steps = NEW_ARRAY(c->m, struct clock_step, CLOCK_LINES);

    p->ctx = c;
    p->all = clock_aside_count(ctx_scope(c));
    p->n = clock_aside(ctx_scope(c), steps, CLOCK_LINES);
    for (size_t i = 0; i < p->n; i++)
        p->lines[i] = line_of(c, &steps[i]);
    view_clock(page_body(c), p);
    return page_send(c, &(struct page){ .title = TEXT("没能自动办理的到期事项",
                                                      "Refused when due"),
                                        .feature = S("page") });
}
