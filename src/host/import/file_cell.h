/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * file_cell.h - the cell of a file that a column of a row is read from.
 *
 * What a cell says is not always its own: 同上 is the cell above. What it
 * cannot say is told with what to do: an error, a formula without its value,
 * a number that lost its last digits or stands for several rows.
 */
#ifndef DAJUAN_HOST_IMPORT_FILE_CELL_H
#define DAJUAN_HOST_IMPORT_FILE_CELL_H

#include "host/import/recognise.h"

/* Column `i` of the sheet's ledger in a row of its grid; it is mapped. */
struct file_place {
    const struct match *match;
    size_t row;
    size_t i;
    size_t col; /* of the grid: where it is mapped to, or one of its parts */
};

const struct cell *file_cell(struct file_place at);

/* What somebody sees in a cell; "" when that is nothing. In `m`. */
struct str file_words(struct mem *m, const struct cell *cell);

/* Is there something in the cell? */
bool file_filled(struct mem *m, struct file_place at);

/* Why the cell says nothing that could be read. */
bool file_unreadable(const struct cell *cell, struct text *ret_reason);

/* The cell to read; false and a reason: it holds none that can be. */
bool file_find(struct mem *m, struct file_place at,
               const struct cell **ret_cell, struct text *ret_reason);

#endif
