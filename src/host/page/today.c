/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What waits for the one who asks, in words that open onto the rows. */
#include "host/page/today.h"

#include "host/page/clock_page.h"

#include "base/date.h"
#include "host/desk/draft.h"
#include "host/ledger/due.h"
#include "host/ledger/office_days.h"
#include "host/list/options.h"
#include "host/page/list_request.h"
#include "host/page/pages.h"

/* ---- steps ---- */

static size_t count_steps(void)
{
    const struct ledger *l;
    size_t n = 0;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        n += l->steps_n;
    return n;
}

/* Which rows, and how many of them are late. */
static struct text of_which(struct mem *m, const struct ledger *l, int64_t n,
                            int64_t overdue)
{
    if (overdue == 0)
        return l->label;
    if (overdue == n)
        return (struct text){
            str_fmt(m, "%.*s，已过期", STR_ARG(l->label.zh)),
            str_fmt(m, "%.*s, overdue", STR_ARG(l->label.en)),
        };
    return (struct text){
        str_fmt(m, "%.*s，其中 %lld %.*s已过期", STR_ARG(l->label.zh),
                (long long)overdue, STR_ARG(l->unit.zh)),
        str_fmt(m, "%.*s, %lld of them overdue", STR_ARG(l->label.en),
                (long long)overdue),
    };
}

static struct str link_to(struct ctx *c, const struct ledger *l,
                          const struct step *step)
{
    struct list_query q;

    list_all(l, c->lang, &q);
    q.can = step;
    return list_link(c->m, &q, S(""));
}

/* False: no row waits for this one to take it. */
static bool read_step(struct ctx *c, const struct ledger *l,
                      const struct step *step, struct todo *ret)
{
    struct asker a = ctx_asker(c);
    int32_t today = date_of(c->now);
    int64_t n = text_empty(step->task) ? 0 : due_count(&a, l, step, today);
    int64_t overdue = n ? due_overdue(&a, l, step, today) : 0;

    if (n == 0)
        return false;
    *ret = (struct todo){ .n = n,
                          .what = step->task,
                          .more = of_which(c->m, l, n, overdue),
                          .path = link_to(c, l, step),
                          .bad = overdue ? TEXT("已过期", "Overdue")
                                         : TEXT("", "") };
    return true;
}

/* Put what is overdue before the rest, each in its order. */
static const struct todo *overdue_first(struct mem *m, const struct todo *v,
                                        size_t n)
{
    struct todo *sorted = NEW_ARRAY(m, struct todo, n);
    size_t at = 0;

    for (size_t i = 0; i < n; i++)
        if (!text_empty(v[i].bad))
            sorted[at++] = v[i];
    for (size_t i = 0; i < n; i++)
        if (text_empty(v[i].bad))
            sorted[at++] = v[i];
    return sorted;
}

static void read_work(struct ctx *c, struct today *ret)
{
    struct todo *v = NEW_ARRAY(c->m, struct todo, count_steps());
    const struct ledger *l;
    size_t n = 0;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t s = 0; s < l->steps_n; s++)
            n += read_step(c, l, &l->steps[s], &v[n]);
    ret->work = overdue_first(c->m, v, n);
    ret->work_n = n;
}

/* Of a day of this year its month and day alone. */
static struct text next_words(struct ctx *c)
{
    struct asker a = ctx_asker(c);
    int32_t today = date_of(c->now);
    int32_t day = due_next(&a, today);
    struct str zh = date_words(c->m, day, LANG_ZH);

    if (day == 0)
        return TEXT("", "");
    if (date_year(day) == date_year(today))
        zh = str_fmt(c->m, "%d月%d日", date_month(day), date_day(day));
    return (struct text){
        str_fmt(c->m, "%.*s之前没有到期的事", STR_ARG(zh)),
        str_fmt(c->m, "Nothing is due until %.*s",
                STR_ARG(date_words(c->m, day, LANG_EN))),
    };
}

/* ---- and the rest ---- */

/* The rows that are due so, of those that the reader can act on. */
static void add_due(struct ctx *c, struct todo_list *list,
                    const struct ledger *l, enum list_due due)
{
    struct list_query q;

    list_all(l, c->lang, &q);
    q.asker = ctx_asker(c);
    q.reach = list_reach(&q.asker, l);
    q.year = l->standing ? 0 : c->year;
    q.today = date_of(c->now);
    q.due = due;
    q.mine = q.reach == LIST_OWN;
    q.sort = (int)ledger_role(l, COLUMN_DUE);
    if (q.reach == LIST_NONE)
        return;
    todo_add(list,
             (struct todo){
                 .n = list_found(ctx_scope(c), &q),
                 .what = deadline_words(due == LIST_OVERDUE ? DEADLINE_OVERDUE
                                                            : DEADLINE_DUE),
                 .more = l->label,
                 .path = list_link(c->m, &q, S("")),
             });
}

/*
 * The State Council's notice comes in November; terms that reach into a year
 * whose days off nobody entered are counted wrongly from December on.
 */
enum { DAYS_AHEAD = 31 };

static void add_days(struct ctx *c, struct todo_list *list)
{
    int32_t ahead = date_from_days(date_to_days(date_of(c->now)) + DAYS_AHEAD);
    int32_t year = date_year(ahead);

    if (!has_role(&c->who, ROLE_OFFICER) ||
        office_workdays_known(office_workdays(ctx_scope(c)), year))
        return;
    todo_add(list,
             (struct todo){
                 .n = 1,
                 .what = TEXT("个年度缺放假安排", "year lacks its days off"),
                 .more =
                     text_fmt(c->m, "请登记 %d 年的放假和调休，到期日才算得准",
                              "enter the days off and make-up workdays of "
                              "%d; due dates are counted by them",
                              year),
                 .path = ledger_path(c->m, ledger_days()),
             });
}

static void read_other(struct ctx *c, struct todo_list *list)
{
    const struct ledger *l;

    for (size_t i = 0; features[i]; i++)
        if (features[i]->todo)
            features[i]->todo(c, list);
    clock_todo(c, list);
    add_days(c, list);
    todo_add(list, (struct todo){
                       .n = draft_count(c),
                       .what = TEXT("草稿", "Drafts"),
                       .more = TEXT("存了还没有提交", "kept and not sent yet"),
                       .path = S("/me#drafts"),
                   });
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (ledger_falls_due(l)) {
            add_due(c, list, l, LIST_OVERDUE);
            add_due(c, list, l, LIST_DUE_SOON);
        }
}

/* The day, and for whom: of an account with a unit. */
static struct text today_words(struct ctx *c)
{
    int32_t today = date_of(c->now);
    struct text day = date_weekday(today);
    struct text words = {
        str_fmt(c->m, "%d月%d日（%.*s）", date_month(today), date_day(today),
                STR_ARG(day.zh)),
        str_fmt(c->m, "%.*s, %.*s", STR_ARG(day.en),
                STR_ARG(date_words(c->m, today, LANG_EN))),
    };
    struct str unit;

    if (!c->who.org ||
        !list_title(ctx_scope(c), ledger_organisations(), c->who.org, &unit))
        return words;
    return (struct text){
        str_fmt(c->m, "%.*s· %.*s", STR_ARG(words.zh), STR_ARG(unit)),
        str_fmt(c->m, "%.*s · %.*s", STR_ARG(words.en), STR_ARG(unit)),
    };
}

void today_read(struct ctx *c, struct today *ret)
{
    if (c->who.account == 0)
        return;
    ret->day = today_words(c);
    read_work(c, ret);
    if (ret->work_n == 0)
        ret->next = next_words(c);
    read_other(c, &ret->other);
}
