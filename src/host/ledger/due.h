/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * due.h - the steps that somebody is expected to take, in one table that
 * follows from the rows: today, the calendar and the clock read it.
 *
 * A row that stands in a state from which a step with a due date or a task
 * leads has one line for it: by which day, from which day on it is work for
 * today, and who: the organisation, the officers, or time.
 */
#ifndef DAJUAN_HOST_LEDGER_DUE_H
#define DAJUAN_HOST_LEDGER_DUE_H

#include "host/ledger/relation.h"
#include "journal/act.h"

/*
 * Who takes it, when it is no organisation (the id). Aside is what time could
 * not take, until the row is written again (clock.h).
 */
enum { DUE_OFFICERS = 0, DUE_CLOCK = -1, DUE_ASIDE = -2 };

struct due {
    const struct step *step;
    int32_t day;   /* 0: as soon as can be */
    int32_t since; /* from here on it is work for today; 0: at once */
    int64_t who;
};

/* What is expected of a row as it stands; returns how many. */
enum { DUE_MAX = 16 };
size_t due_of(struct scope in, const struct ledger_row *row,
              struct due ret[DUE_MAX]);
/* Keep these lines and no others, of a row that was written. */
void due_replace(struct act *act, const struct ledger_row *row);
/* Are these lines kept? Counts them; one too many is found by their number. */
bool due_is_kept(struct scope in, const struct ledger_row *row, int64_t *ret_n);

/* ---- what waits for the one who asks ---- */

/*
 * Is it a step that waits for such as this one: an officer, or who edits for
 * an organisation, when it is the owner's or the one's that is asked?
 */
bool due_is_for(const struct asker *a, const struct step *step);

/*
 * " FROM due d WHERE …": the lines of a step of `l` that wait for somebody, a
 * row each (d.row_id). Its DUE_ARGS arguments follow each other from number
 * `first` on; ?1 is the district.
 */
enum { DUE_ARGS = 6 };
void compose_due(struct compose *c, const struct ledger *l, size_t first);
/* They, for what is work on a day. `step` may be NULL: then nothing waits. */
void due_args(const struct asker *a, const struct ledger *l,
              const struct step *step, int32_t today,
              struct value ret[DUE_ARGS]);

/* How many rows wait for the one who asks to take the step, on a day. */
int64_t due_count(struct asker *a, const struct ledger *l,
                  const struct step *step, int32_t today);
/* How many of these should have been taken before that day. */
int64_t due_overdue(struct asker *a, const struct ledger *l,
                    const struct step *step, int32_t today);
/* The first day after `today` by which something is expected; 0: none. */
int32_t due_next(struct asker *a, int32_t today);

#endif
