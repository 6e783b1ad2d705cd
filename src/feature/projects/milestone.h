/* SPDX-License-Identifier: MulanPSL-2.0 */
/* milestone.h - the dated, weighed steps of a project. */
#ifndef DAJUAN_FEATURE_PROJECTS_MILESTONE_H
#define DAJUAN_FEATURE_PROJECTS_MILESTONE_H

#include "host/ledger/ledger_row.h"

enum milestone_column {
    MILESTONE_PROJECT,
    MILESTONE_NAME,
    MILESTONE_DUE,
    MILESTONE_WEIGHT,
    MILESTONE_STATE,
    MILESTONE_DONE_ON,
    MILESTONE_COUNTED_ON,
    MILESTONE_NOTE,
    MILESTONE_EVIDENCE,
    MILESTONE_CHARGE,
    MILESTONE_ASKED_DUE,
    MILESTONE_MOVES,
};

enum milestone_state {
    MILESTONE_OPEN,
    MILESTONE_EXTENDING,
    MILESTONE_REPORTED,
    MILESTONE_ACCEPTED,
};

extern const struct ledger milestone_ledger;

/*
 * The row of a file's milestone, read on `day`, and back. What was done on a
 * day that nobody knows counts from the day on which it is read.
 */
struct milestone_text;
struct ledger_row *milestone_row(struct mem *m, const struct milestone_text *t,
                                 int32_t day);
struct milestone_text milestone_of(const struct ledger_row *row);

#endif
