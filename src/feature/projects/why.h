/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * why.h - why a project's light is as it is, in words: the reason, what
 * turned it so far, and what would turn it next. Pure.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_WHY_H
#define DAJUAN_FEATURE_PROJECTS_WHY_H

#include "base/text.h"
#include "feature/projects/plan.h"

/* A light from a day on, and what turned it; cause: may be empty. */
struct turn {
    enum light light;
    int32_t since;
    struct text on; /* that day in words */
    struct text cause;
};

struct why {
    enum light light; /* of the day */
    struct text words;
    struct text next;   /* what would change it; may be empty */
    struct turn *turns; /* up to the day, the first one first */
    size_t n;
};

/* 红灯 / red light. */
struct text light_name(enum light light);
/* Of a day, yyyymmdd; allocated in `m`. */
void why_light(struct mem *m, const struct project_plan *p, int32_t day,
               struct why *ret);

#endif
