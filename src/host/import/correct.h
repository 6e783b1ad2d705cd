/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * correct.h - cells that a person sets right without changing the file.
 *
 * A correction is made in the grid before anything is recognised, so every
 * rule sees the cell as if the file said so; what the file says is kept to be
 * shown.
 */
#ifndef DAJUAN_HOST_IMPORT_CORRECT_H
#define DAJUAN_HOST_IMPORT_CORRECT_H

#include "host/import/recognise.h"

struct import;

struct correction {
    struct correction *next;
    size_t sheet, row, col; /* from 0, of the grid */
    struct str now;
    struct str was; /* what the file says */
};

/*
 * Let the cell say `c->now` and note what it was; false: there is none. A
 * number that was merged over rows is the cell's own from then on.
 */
bool correct(struct workbook *w, struct correction *c);

/* May this cell be corrected: is it read, and of a row of the ledger? */
bool correctable(const struct match *s, size_t row, size_t col);

/* The correction of a cell; NULL: it says what the file says. */
const struct correction *correction_find(const struct import *im, size_t sheet,
                                         size_t row, size_t col);
/* How many are in sheets that are imported. */
size_t corrections_taken(const struct import *im);

#endif
