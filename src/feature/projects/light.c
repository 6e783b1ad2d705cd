/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/projects/light.h"

#include "base/date.h"

#include <stdlib.h>

static int32_t day_after(int32_t day)
{
    return date_from_days(date_to_days(day) + 1);
}

int32_t plan_due_of(const struct plan *p, size_t step, int32_t day)
{
    int32_t due = p->steps[step].due;

    for (size_t i = 0; i < p->moves_n; i++)
        if (p->moves[i].step == step && p->moves[i].on <= day)
            due = p->moves[i].due;
    return due;
}

int64_t plan_due(const struct plan *p, int32_t day)
{
    int64_t sum = 0;

    for (size_t i = 0; i < p->steps_n; i++)
        if (plan_due_of(p, i, day) < day) /* on the day itself it is on time */
            sum += p->steps[i].weight;
    return sum;
}

int64_t plan_done(const struct plan *p, int32_t day)
{
    int64_t sum = 0;

    for (size_t i = 0; i < p->steps_n; i++)
        if (p->steps[i].counted && p->steps[i].counted <= day)
            sum += p->steps[i].weight;
    return sum;
}

int64_t plan_lag(const struct plan *p, int32_t day)
{
    return plan_due(p, day) - plan_done(p, day);
}

static int64_t month_of(int32_t day)
{
    return (int64_t)date_year(day) * 12 + date_month(day);
}

int64_t plan_months_late(const struct plan *p, int32_t day)
{
    if (!p->starts_on || (p->started_on && p->started_on <= day))
        return 0;
    return month_of(day) - month_of(p->starts_on);
}

static enum light by_rule(const struct plan *p, int32_t day)
{
    int64_t lag = plan_lag(p, day);
    int64_t late = plan_months_late(p, day);

    if (lag > 100 * p->red || (late > 0 && late >= p->months))
        return LIGHT_RED;
    return lag >= 100 * p->yellow || late > 0 ? LIGHT_YELLOW : LIGHT_GREEN;
}

size_t plan_span_at(const struct plan *p, int32_t day)
{
    for (size_t i = p->spans_n; i-- > 0;)
        if (p->spans[i].from <= day &&
            (!p->spans[i].until || day <= p->spans[i].until))
            return i;
    return SIZE_MAX;
}

enum light light_on(const struct plan *p, int32_t day)
{
    size_t span;

    if (!p->active_from || day < p->active_from)
        return LIGHT_NONE;
    if (p->closed_on && day >= p->closed_on)
        return LIGHT_CLOSED;
    span = plan_span_at(p, day);
    return span == SIZE_MAX ? by_rule(p, day) : p->spans[span].light;
}

/* ---- periods ---- */

/* The days on which a light may turn. */
struct turns {
    int32_t *v;
    size_t n;
};

static void turn(struct turns *t, int32_t day)
{
    if (day)
        t->v[t->n++] = day;
}

static int32_t month_begins(int64_t month)
{
    return (int32_t)((month - 1) / 12 * 10000 + ((month - 1) % 12 + 1) * 100 +
                     1);
}

static int by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a;
    int32_t y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

static struct turns turns_of(struct mem *m, const struct plan *p)
{
    struct turns t = { .n = 0 };

    t.v = NEW_ARRAY(m, int32_t, 5 + 2 * (p->steps_n + p->moves_n + p->spans_n));
    turn(&t, p->active_from);
    turn(&t, p->closed_on);
    turn(&t, p->started_on);
    if (p->starts_on) {
        turn(&t, month_begins(month_of(p->starts_on) + 1));
        turn(&t, month_begins(month_of(p->starts_on) + p->months));
    }
    for (size_t i = 0; i < p->steps_n; i++) {
        turn(&t, day_after(p->steps[i].due));
        turn(&t, p->steps[i].counted);
    }
    for (size_t i = 0; i < p->moves_n; i++) {
        turn(&t, p->moves[i].on);
        turn(&t, day_after(p->moves[i].due));
    }
    for (size_t i = 0; i < p->spans_n; i++) {
        turn(&t, p->spans[i].from);
        if (p->spans[i].until)
            turn(&t, day_after(p->spans[i].until));
    }
    qsort(t.v, t.n, sizeof(*t.v), by_day);
    return t;
}

size_t light_periods(struct mem *m, const struct plan *p,
                     struct light_period **ret)
{
    struct turns t = turns_of(m, p);
    struct light_period *v = NEW_ARRAY(m, struct light_period, t.n + 1);
    enum light last = LIGHT_NONE;
    size_t n = 0;

    for (size_t i = 0; i < t.n; i++) {
        enum light light = light_on(p, t.v[i]);

        if (light == last)
            continue;
        if (n)
            v[n - 1].until = t.v[i];
        v[n++] = (struct light_period){ light, t.v[i], 0 };
        last = light;
    }
    *ret = v;
    return n;
}
