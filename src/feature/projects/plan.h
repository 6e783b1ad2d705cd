/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * plan.h - the plan of a project from its row and its parts: what light.h
 * asks for, with the rows that said it.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_PLAN_H
#define DAJUAN_FEATURE_PROJECTS_PLAN_H

#include "feature/projects/light.h"
#include "host/ledger/part.h"

/* The policies of a year, read once for many projects. */
struct thresholds {
    int64_t yellow, red; /* in points */
    int64_t months;
    int64_t quiet; /* working days without an entry, until one is silent */
};
struct thresholds thresholds_read(struct scope in, int32_t year);

struct project_plan {
    struct plan plan;
    /* The rows of plan.steps and of the first of plan.spans, in their order. */
    const struct ledger_row **milestones;
    const struct ledger_row **overrides;
    size_t overrides_n;
};

/*
 * From a project and its parts that stand; those that are neither milestones
 * nor overrides are passed over. Allocated in `m`; the rows stay where they
 * are.
 */
void plan_of(struct mem *m, const struct ledger_row *project,
             const struct part_list *parts, const struct thresholds *t,
             struct project_plan *ret);

#endif
