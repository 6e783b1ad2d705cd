/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who moved dates, and who is silent. */
#include "base/date.h"
#include "feature/projects/front.h"
#include "feature/projects/projects.h"
#include "host/ledger/office_days.h"

#include <stdlib.h>

static struct text days_words(struct mem *m, struct text words, int32_t n)
{
    return text_with(m, words, text_same(str_of_int(m, n)));
}

/* ---- moved ---- */

struct moved {
    const struct standing *s;
    size_t step;
    int32_t days;
};

/* By how many days; 0: no move of it was granted from `since` to the day. */
static int32_t days_moved(const struct plan *p, size_t step, int32_t since,
                          int32_t day)
{
    bool moved = false;

    for (size_t i = 0; i < p->moves_n; i++)
        moved |= p->moves[i].step == step && p->moves[i].on >= since &&
                 p->moves[i].on <= day;
    return moved ? date_to_days(plan_due_of(p, step, day)) -
                       date_to_days(p->steps[step].due)
                 : 0;
}

static int by_days(const void *a, const void *b)
{
    const struct moved *x = a;
    const struct moved *y = b;

    if (x->days != y->days)
        return y->days - x->days;
    return (x->s->row->id > y->s->row->id) - (x->s->row->id < y->s->row->id);
}

static size_t find_moved(struct mem *m, const struct programme *p,
                         int32_t since, struct moved **ret)
{
    size_t all = 0;
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        all += p->v[i].plan.plan.steps_n;
    *ret = NEW_ARRAY(m, struct moved, all);
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < p->v[i].plan.plan.steps_n; k++) {
            int32_t days = days_moved(&p->v[i].plan.plan, k, since, p->day);

            if (days)
                (*ret)[n++] = (struct moved){ &p->v[i], k, days };
        }
    qsort(*ret, n, sizeof(**ret), by_days);
    return n;
}

static struct front_line moved_line(struct mem *m, const struct moved *x)
{
    const struct ledger_row *milestone = x->s->plan.milestones[x->step];

    return (struct front_line){
        .name =
            str_fmt(m, "%.*s：%.*s", STR_ARG(row_str(x->s->row, PROJECT_NAME)),
                    STR_ARG(row_str(milestone, MILESTONE_NAME))),
        .link = row_path(m, &milestone_ledger, milestone->id),
        .more = days_words(m, TEXT("+{1} 天", "+{1} days"), x->days),
    };
}

size_t front_slipped(struct mem *m, const struct programme *p, int32_t since,
                     struct front_line **ret)
{
    struct moved *moved;
    size_t n = find_moved(m, p, since, &moved);

    *ret = NEW_ARRAY(m, struct front_line, n);
    for (size_t i = 0; i < n; i++)
        (*ret)[i] = moved_line(m, &moved[i]);
    return n;
}

/* ---- silent ---- */

struct silent {
    const struct standing *s;
    int32_t days;
};

static int by_silence(const void *a, const void *b)
{
    const struct silent *x = a;
    const struct silent *y = b;

    if (x->days != y->days)
        return y->days - x->days;
    return (x->s->row->id > y->s->row->id) - (x->s->row->id < y->s->row->id);
}

size_t front_silent(struct scope in, const struct programme *p,
                    struct front_line **ret)
{
    const struct workdays *w = office_workdays(in);
    struct silent *v = NEW_ARRAY(in.m, struct silent, p->n);
    size_t n = 0;

    for (size_t i = 0; i < p->n; i++)
        if (standing_is_silent(p, w, &p->v[i], &v[n].days))
            v[n++].s = &p->v[i];
    qsort(v, n, sizeof(*v), by_silence);
    *ret = NEW_ARRAY(in.m, struct front_line, n);
    for (size_t i = 0; i < n; i++)
        (*ret)[i] = (struct front_line){
            .name = row_str(v[i].s->row, PROJECT_NAME),
            .link = row_path(in.m, &project_ledger, v[i].s->row->id),
            .more = days_words(in.m, TEXT("{1} 个工作日", "{1} working days"),
                               v[i].days),
        };
    return n;
}
