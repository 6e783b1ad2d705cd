/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_count.h - how many rows a ledger has, kept with every row.
 *
 * By year, by whether they are voided, and by the state they are in. Everybody
 * may know how many rows stand: what a visitor may not see of a row is in its
 * columns. record_replace() keeps the counts, in the transaction of the row.
 */
#ifndef DAJUAN_HOST_LEDGER_ROW_COUNT_H
#define DAJUAN_HOST_LEDGER_ROW_COUNT_H

#include "host/ledger/ledger.h"

/* Which rows. */
struct row_count {
    const struct ledger *ledger;
    int32_t year;     /* 0: all years */
    bool voided;      /* voided ones too */
    struct str state; /* key of the choice; "": any */
};
int64_t row_count(struct scope in, const struct row_count *of);
/*
 * Of the same by state, whatever .state is: one number for each choice of the
 * column of states. Returns how many there are in all, also in a state that
 * is none any more.
 */
int64_t row_count_states(struct scope in, const struct row_count *of,
                         int64_t *ret_n);

/* Count all rows of all ledgers anew. */
void row_count_all(struct scope in);
/* Are the counts of the ledger those of its rows? */
bool row_count_is_kept(struct scope in, const struct ledger *l);

#endif
