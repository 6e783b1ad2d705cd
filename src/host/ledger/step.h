/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * step.h - how a row moves from state to state: the only way.
 *
 * A ledger whose column of role COLUMN_STATE has choices (the states; the
 * first is where rows begin) declares its steps beside the columns. Each is a
 * form, a button, a line of today, a right and a journal entry without
 * further code:
 *
 *     STEP("report", "报完成", "Report done", .by = BY_OWNER,
 *          .from = AT(OPEN), .to = REPORTED, .asks = AT(DONE_ON) | AT(NOTE),
 *          .due = AT(DUE), .ahead = 7,
 *          TASK("个里程碑七天内到期", "milestones due within a week")),
 */
#ifndef DAJUAN_HOST_LEDGER_STEP_H
#define DAJUAN_HOST_LEDGER_STEP_H

#include "host/ledger/ledger_row.h"
#include "store/scope.h"

/* A set of columns, or of states: AT(NAME) | AT(UNIT). */
#define AT(i) (UINT64_C(1) << (i))

/* At most so many columns are asked by the form of a step. */
enum { STEP_ASKS_MAX = 3 };

struct step {
    struct str key;     /* "accept": the last segment of its page */
    struct text label;  /* 验收 */
    unsigned by;        /* enum relation, any of them */
    uint64_t from;      /* the states it leads from */
    size_t to;          /* and the one it leads to */
    uint64_t parent_in; /* only while the parent is in one of these; 0: any */
    uint64_t asks;      /* the columns that its form asks */
    uint64_t needs;     /* of these, what must be filled in */
    bool reason;        /* it asks why, and keeps that in the history */
    /*
     * It says whether what others did is good: whoever is the row's owner
     * does not take it, and it is refused over a row that changed since it
     * was looked at.
     */
    bool judges;
    uint64_t due; /* one date column: expected by then; 0: as soon as can be */
    int within;   /* so many working days after that date */
    int ahead;    /* it is work for today so many days before */
    struct text task; /* what so many rows wait for; empty: no such line */
    uint64_t days;    /* dates: the day it is taken on, unless its form says */
    uint64_t clears;  /* columns that are empty after it, and after .sets */
    /*
     * Optional. Fill what else follows from taking it on `day`: of a step that
     * time takes, the day on which it fell due.
     */
    void (*sets)(struct scope in, int32_t day, struct ledger_row *row);
    /*
     * Optional. May this row take it? As the check of a ledger (ledger.h),
     * asked after .sets.
     */
    bool (*check)(struct scope in, const struct ledger_row *row,
                  size_t *ret_column, struct text *ret_reason);
};

#define STEP(name, zh, ...) STEP_AS(name, zh, __VA_ARGS__, )
#define STEP_AS(name, zh, en, ...)                                             \
    {                                                                          \
        .key = S_INIT(name), .label = TEXT_INIT(zh, en), __VA_ARGS__           \
    }
#define TASK(zh, en) .task = TEXT_INIT(zh, en)

/* Is there nothing to fill in? */
static inline bool step_is_one_tap(const struct step *step)
{
    return !step->asks && !step->reason;
}
/* NULL when the ledger has no step of that key. */
const struct step *step_find(const struct ledger *l, struct str key);
/* The index of the row's state among the choices of its column. */
size_t row_state_at(const struct ledger_row *row);
/* The choice that it is in; NULL: its ledger has no states. */
const struct choice *row_stage(const struct ledger_row *row);
/* Does it lead from where the row stands? */
bool step_leads_from(const struct step *step, const struct ledger_row *row);
/* Where does a row of this ledger begin, said by nobody? */
struct str state_first(const struct ledger *l, bool imported);

#endif
