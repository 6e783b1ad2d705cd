/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * light.h - the light (红黄绿灯) of a project on any day, from dated facts.
 *
 * The lag is the weight of what was due before a day, by the dates that held
 * on it, less the weight of what was done by it; in hundredths of a point, so
 * that 30.73 does not become 30. Under the first threshold green, up to and
 * including the second yellow, above it red. A project that has not started
 * in its planned month is yellow from the next month on and red when that is
 * so for as many months as the policy says. A light set by hand holds until
 * its end. (Yinchuan 2025; thresholds are policies.)
 */
#ifndef DAJUAN_FEATURE_PROJECTS_LIGHT_H
#define DAJUAN_FEATURE_PROJECTS_LIGHT_H

#include "base/mem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum light {
    LIGHT_NONE, /* not active on that day */
    LIGHT_GREEN,
    LIGHT_YELLOW,
    LIGHT_RED,
    LIGHT_PAUSED,
    LIGHT_CLOSED,
};

/* A milestone: dates are yyyymmdd, 0: none. */
struct plan_step {
    int32_t due;     /* as it was approved */
    int32_t counted; /* the day from which on it counts as done */
    int64_t weight;  /* in hundredths of a point; all together 100.00 */
};

/* From `on` on, the step is due on another day. */
struct plan_move {
    size_t step;
    int32_t on, due;
};

/* Both days are within; .until 0: it goes on. */
struct plan_span {
    int32_t from, until;
    enum light light; /* LIGHT_PAUSED, or what was set by hand */
};

struct plan {
    const struct plan_step *steps;
    size_t steps_n;
    const struct plan_move *moves; /* in the order they were granted */
    size_t moves_n;
    const struct plan_span *spans; /* a later one wins */
    size_t spans_n;
    int32_t starts_on;   /* as planned */
    int32_t started_on;  /* 0: not yet */
    int32_t active_from; /* no light before; 0: none at all */
    int32_t closed_on;   /* closed from here on; 0: not yet */
    int64_t yellow, red; /* thresholds, in points */
    int64_t months;      /* of not starting, until it is red */
};

/* The day that a step is due on, as it was known on `day`. */
int32_t plan_due_of(const struct plan *p, size_t step, int32_t day);
/* The span that holds on a day; SIZE_MAX: none does. */
size_t plan_span_at(const struct plan *p, int32_t day);
/* Months that began after the planned one, without a start. */
int64_t plan_months_late(const struct plan *p, int32_t day);
/* What is due, done and behind on a day, in hundredths of a point. */
int64_t plan_due(const struct plan *p, int32_t day);
int64_t plan_done(const struct plan *p, int32_t day);
int64_t plan_lag(const struct plan *p, int32_t day);
enum light light_on(const struct plan *p, int32_t day);

struct light_period {
    enum light light;
    int32_t since;
    int32_t until; /* the day after the last; 0: it goes on */
};

/*
 * The lights of all days as periods, from the first day that has one, each
 * unlike the one before; allocated in `m`. Returns how many.
 */
size_t light_periods(struct mem *m, const struct plan *p,
                     struct light_period **ret);

#endif
