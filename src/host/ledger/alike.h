/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * alike.h - is a new row one that is there already?
 *
 * Rows of one year are alike when all columns that name them (required and
 * COLUMN_IDENTITY) say the same. What else may tell them apart are the other
 * COLUMN_IDENTITY columns, their owner and their place:
 *
 *     one of the others differs                   another row
 *     but it is a time said vaguely (上午), or
 *     owner or place differs                      perhaps another: a question
 *     something is filled in one of them only     a question as well; but not
 *                                                 the place, where both have
 *                                                 the same owner
 *     nothing of that                             the same row
 *
 * A serial number (序号) says nothing.
 */
#ifndef DAJUAN_HOST_LEDGER_ALIKE_H
#define DAJUAN_HOST_LEDGER_ALIKE_H

#include "host/ledger/row.h"

enum likeness {
    ANOTHER_ROW,
    PERHAPS_THE_SAME, /* nobody can tell but a person */
    THE_SAME_ROW,
};

/* The row that is nearest to a new one, so far. */
struct nearest {
    enum likeness likeness; /* ANOTHER_ROW: none is near */
    struct ledger_row *row;
    size_t n; /* how many are as near */
};

/* Is `row` the one that is `there`? Their names are the same. */
enum likeness row_likeness(struct mem *m, const struct ledger_row *there,
                           const struct ledger_row *row);

/* Take note of a row of the same name that is `there`. */
void nearest_note(struct mem *m, struct nearest *nearest,
                  struct ledger_row *there, const struct ledger_row *row);

/* “先锋队” is there already: No. 14, of 区财政局. */
struct text alike_words(struct mem *m, const struct ledger_row *there);

#endif
