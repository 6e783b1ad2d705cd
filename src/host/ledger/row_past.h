/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_past.h - a row as it was: the journal keeps what every entry changed,
 * so walking it backwards gives any earlier version.
 *
 *     seq = row->seq;
 *     while (row_step(in, seq, &s) && s.version > version) {
 *         row_step_back(in, &s, row);
 *         seq = s.previous;
 *     }
 */
#ifndef DAJUAN_HOST_LEDGER_ROW_PAST_H
#define DAJUAN_HOST_LEDGER_ROW_PAST_H

#include "host/ledger/ledger_row.h"
#include "journal/journal.h"
#include "store/scope.h"

/* One entry of a row's history. */
struct row_step {
    int64_t seq, version;
    int64_t previous; /* seq of the entry before; -1: the row began here */
    int64_t batch;
    enum journal_type type;
    struct str step; /* key of the step that it took; "": none */
};

/* False when there is no such entry: -1, or the store failed. */
bool row_step(struct scope in, int64_t seq, struct row_step *ret) MUST_CHECK;

/*
 * Give `row` the values and the state it had before the step; before its
 * first, when it was not there, it counts as voided.
 */
void row_step_back(struct scope in, const struct row_step *s,
                   struct ledger_row *row);

/*
 * A copy of `row`, which is as it stands, as it was in an earlier version (or
 * this one), with the names that its references have today. False when it
 * never had that version.
 */
bool row_at(struct scope in, const struct ledger_row *row, int64_t version,
            struct ledger_row **ret_was) MUST_CHECK;

#endif
