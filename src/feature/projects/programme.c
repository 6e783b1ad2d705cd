/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/projects/programme.h"

#include "base/date.h"
#include "feature/projects/moves.h"
#include "feature/projects/projects.h"
#include "host/ledger/story.h"

#include <stdlib.h>

/* ---- the rows ---- */

/* False: there are more than can be read. */
static bool read_projects(struct scope in, struct programme *p)
{
    struct row_walk w = row_walk_year(in, &project_ledger, p->year);
    struct part_list all = { 0 };
    struct ledger_row *row;

    while (row_walk_next(&w, in.m, &row)) {
        if (!project_is_approved(row))
            continue;
        if (all.n == PROGRAMME_MAX) {
            rows_end(&w.rows);
            return false;
        }
        part_list_add(in.m, &all, row);
    }
    p->v = NEW_ARRAY(in.m, struct standing, all.n);
    for (; p->n < all.n; p->n++)
        p->v[p->n].row = all.v[p->n];
    return true;
}

static int by_id(const void *key, const void *standing)
{
    int64_t a = *(const int64_t *)key;
    int64_t b = ((const struct standing *)standing)->row->id;

    return (a > b) - (a < b);
}

static struct standing *find(const struct programme *p, int64_t id)
{
    return p->n ? bsearch(&id, p->v, p->n, sizeof(*p->v), by_id) : NULL;
}

static void read_parts(struct scope in, const struct ledger *l,
                       struct programme *p)
{
    struct row_walk w = row_walk_year(in, l, p->year);
    size_t parent = ledger_role(l, COLUMN_PARENT);
    struct ledger_row *row;

    while (row_walk_next(&w, in.m, &row)) {
        struct standing *s = find(p, row_int(row, parent));

        if (s)
            part_list_add(in.m, &s->parts, row);
    }
}

/* ---- signs of life ---- */

/* The dates that say when something was done: those that steps set. */
static uint64_t event_days(const struct ledger *l)
{
    size_t when = ledger_role(l, COLUMN_WHEN);
    uint64_t days = when == SIZE_MAX ? 0 : AT(when);

    for (size_t i = 0; i < l->steps_n; i++)
        days |= l->steps[i].days;
    return days;
}

static void take_day(struct standing *s, int64_t event, int32_t day)
{
    if (event <= day && event > s->last)
        s->last = (int32_t)event;
}

static void take_row(struct standing *s, const struct ledger_row *row,
                     int32_t day)
{
    uint64_t days = event_days(row->ledger);

    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (days & AT(i) && row_has(row, i))
            take_day(s, row_int(row, i), day);
}

static void take_dates(struct standing *s, int32_t day)
{
    const struct plan *plan = &s->plan.plan;

    take_row(s, s->row, day);
    for (size_t i = 0; i < s->parts.n; i++)
        take_row(s, s->parts.v[i], day);
    for (size_t i = 0; i < plan->moves_n; i++)
        take_day(s, plan->moves[i].on, day);
    take_day(s, plan->active_from, day);
}

static void take_entries(struct scope in, struct programme *p)
{
    int64_t until = date_begins(date_from_days(date_to_days(p->day) + 1));
    struct story_last *v;
    size_t n = story_lasts(in, &project_ledger, p->year, until, &v);

    for (size_t i = 0; i < n; i++) {
        struct standing *s = find(p, v[i].id);

        if (s)
            take_day(s, date_of(v[i].at), p->day);
    }
}

bool standing_is_silent(const struct programme *p, const struct workdays *w,
                        const struct standing *s, int32_t *ret_days)
{
    if (s->light < LIGHT_GREEN || s->light > LIGHT_RED || !s->last)
        return false;
    *ret_days = workdays_between(w, s->last, p->day);
    return *ret_days > p->quiet;
}

/* ---- all of it ---- */

static void stand(struct scope in, struct programme *p)
{
    struct thresholds t = thresholds_read(in, p->year);

    p->quiet = t.quiet;
    for (size_t i = 0; i < p->n; i++) {
        struct standing *s = &p->v[i];
        const struct plan *plan = &s->plan.plan;

        plan_of(in.m, s->row, &s->parts, &t, &s->plan);
        s->light = light_on(plan, p->day);
        s->due = plan_due(plan, p->day);
        s->done = plan_done(plan, p->day);
        s->lag = s->due - s->done;
        take_dates(s, p->day);
    }
}

void programme_read(struct scope in, int32_t year, int32_t day,
                    struct programme *ret)
{
    static const struct ledger *const ledgers[] = {
        &milestone_ledger, &override_ledger, &blocker_ledger, &order_ledger
    };

    *ret = (struct programme){ .year = year, .day = day };
    ret->many = !read_projects(in, ret);
    if (ret->many || ret->n == 0)
        return;
    for (size_t i = 0; i < COUNT(ledgers); i++)
        read_parts(in, ledgers[i], ret);
    stand(in, ret);
    take_entries(in, ret);
}
