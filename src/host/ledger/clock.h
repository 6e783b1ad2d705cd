/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * clock.h - time takes its steps: a claim lapses, a publicity closes.
 *
 * The one row of the table `clock` is the day that pages are read on. A line
 * of `due` that is time's is taken once its day is past: the due day itself
 * is still in time, so a step that was due on the 10th is of the 11th, on
 * whatever day the clock gets to it. Taking it takes its line away in the
 * same transaction, so nothing happens twice.
 *
 * A step that is refused is set aside (due.h): the others go on, officers are
 * shown it, and it is tried again once its row changes and on each new day.
 */
#ifndef DAJUAN_HOST_LEDGER_CLOCK_H
#define DAJUAN_HOST_LEDGER_CLOCK_H

#include "host/ledger/admit.h"
#include "journal/act.h"

/* At most so many steps in one transaction: others wait no longer. */
enum { CLOCK_BATCH = 200 };

/* It is `today`; earlier than the clock says it never becomes. */
void clock_set(struct scope in, int32_t today);

/* Has the clock something to do on that day? One statement. */
bool clock_is_behind(struct scope in, int32_t today);

/*
 * It is `today`: set the clock, and take what is past its day, oldest first,
 * then by ledger and row, each as ACTOR_CLOCK in a mark of its own (there is
 * none when this is called). True: more is left for another transaction.
 */
bool clock_tick(struct act *act, int32_t today);

/* A step of time. */
struct clock_step {
    const struct ledger *ledger;
    int64_t row;
    const struct step *step;
    int32_t day; /* it was due on; it is of the day after */
};

/* How many are set aside. */
int64_t clock_aside_count(struct scope in);
/* The first `max` of them, in the order in which they were due. */
size_t clock_aside(struct scope in, struct clock_step *ret, size_t max);
/*
 * Would it be taken as things stand? Fills in `row` as it would become and
 * in `a` what row_admit() says; `a->asker` is the clock. E_ABSENT: there is
 * no such row.
 */
enum err clock_admit(const struct clock_step *s, struct admission *a,
                     struct ledger_row **ret_row) MUST_CHECK;

#endif
