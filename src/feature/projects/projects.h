/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * projects.h - the ledgers of key projects and what their files share.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_PROJECTS_H
#define DAJUAN_FEATURE_PROJECTS_PROJECTS_H

#include "feature/projects/milestone.h"
#include "host/ledger/part.h"
#include "host/registry/registry.h"

/* ---- project.c ---- */

enum project_column {
    PROJECT_NO,
    PROJECT_FIELD,
    PROJECT_NAME,
    PROJECT_LEAD_ORG,
    PROJECT_SECRETARY,
    PROJECT_UNIT,
    PROJECT_PARTNERS,
    PROJECT_TASK_FORCE,
    PROJECT_STARTS_ON,
    PROJECT_DUE_ON,
    PROJECT_MILESTONES,
    PROJECT_DONE,
    PROJECT_BLOCKER,
    PROJECT_STATE,
    PROJECT_LIGHT,
    PROJECT_PROGRESS,
    PROJECT_NEXT,
    PROJECT_NEXT_DUE,
    PROJECT_FINISHED,
    PROJECT_REF,
    PROJECT_PUBLICISED_ON,
    PROJECT_ACTIVE_ON,
    PROJECT_STARTED_ON,
    PROJECT_ASKED_DUE,
    PROJECT_PAUSED_ON,
    PROJECT_RESUMED_ON,
    PROJECT_CLOSED_ON,
    PROJECT_PUBLIC_UNTIL,
    PROJECT_PUBLIC_OVER,
    PROJECT_UPHELD_ON,
};

enum project_state {
    PROJECT_DRAFT,
    PROJECT_SUBMITTED,
    PROJECT_RETURNED,
    PROJECT_REVIEWED,
    PROJECT_APPROVED,
    PROJECT_PUBLICISED,
    PROJECT_ACTIVE,
    PROJECT_EXTENDING,
    PROJECT_SUSPENDED,
    PROJECT_APPLIED,
    PROJECT_ACCEPTED,
    PROJECT_CLOSED,
    PROJECT_ARCHIVED,
    PROJECT_TERMINATED,
};

/* The plan is the unit's until the project is handed in. */
#define PLANNING (AT(PROJECT_DRAFT) | AT(PROJECT_RETURNED))
/* While it is worked on. */
#define UNDER_WAY (AT(PROJECT_ACTIVE) | AT(PROJECT_EXTENDING))

extern const struct ledger project_ledger;
extern const struct choice project_lights[5];
/* From its approval on; before that it is a proposal, and counts nowhere. */
bool project_is_approved(const struct ledger_row *row);

/* ---- cells.c: milestones and blockers as workbooks keep them ---- */

bool project_read_cells(const struct ledger_row *row, struct cells_read *io);
void project_write_cells(struct mem *m, struct ledger_row *row,
                         const struct part_list *parts);

/* ---- objection.c ---- */

extern const struct ledger objection_ledger;

/*
 * Of a project in publicity: until when objections are taken; and when it is
 * over, on that day or the later one on which an objection was rejected. That
 * is empty while one is open, and when one was upheld: then since when it was.
 */
void objections_tell(struct scope in, struct ledger_row *project,
                     const struct part_list *parts);

/* ---- blocker.c, order.c, member.c ---- */

/* The row of a blocker that a file tells, and what it says. */
struct ledger_row *blocker_row(struct mem *m, struct str content);
struct str blocker_said(const struct ledger_row *row);
/*
 * Is the part a blocker that was raised by the day and not solved; one of the
 * month (yyyymm)? And how many days it had been known by a day.
 */
bool blocker_is_open(const struct ledger_row *row, int32_t day);
bool blocker_raised_in(const struct ledger_row *row, int32_t month);
int32_t blocker_days(const struct ledger_row *row, int32_t day);

extern const struct ledger blocker_ledger;
extern const struct ledger order_ledger;
extern const struct ledger lead_ledger;
extern const struct ledger member_ledger;
extern const struct ledger override_ledger;
extern const struct ledger closing_ledger;

enum override_column {
    OVERRIDE_PROJECT,
    OVERRIDE_LIGHT,
    OVERRIDE_FROM,
    OVERRIDE_UNTIL,
    OVERRIDE_WHY,
};

/* The last day of the newest month that was closed; 0: none is. */
int32_t closed_until(struct scope in);

#endif
