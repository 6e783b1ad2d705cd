/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * programme.h - all projects of a year as they stood on a day, read together:
 * plans, lights, who moved dates, who is silent.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_PROGRAMME_H
#define DAJUAN_FEATURE_PROJECTS_PROGRAMME_H

#include "base/workday.h"
#include "feature/projects/plan.h"

/* A year of more is told in numbers, not project by project. */
enum { PROGRAMME_MAX = 400 };

/* One project on the day; weights in hundredths of a point. */
struct standing {
    struct ledger_row *row;
    struct part_list parts; /* milestones, overrides, blockers, orders */
    struct project_plan plan;
    enum light light;
    int64_t due, done, lag;
    int32_t last; /* the last day on which anything happened; 0: never */
};

struct programme {
    int32_t year, day;
    struct standing *v; /* those approved, by id */
    size_t n;
    bool many;     /* more than PROGRAMME_MAX: none are read */
    int64_t quiet; /* working days without an entry until one is silent */
};

/*
 * Into in.m. What happened is the newest date in its rows up to the day, or
 * the newest entry that no file made.
 */
void programme_read(struct scope in, int32_t year, int32_t day,
                    struct programme *ret);

/* Is it under way, and was it longer without an entry? Working days since. */
bool standing_is_silent(const struct programme *p, const struct workdays *w,
                        const struct standing *s, int32_t *ret_days);

#endif
