/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * read_as.h - cells that are kept otherwise than they stand in the file:
 * hours as minutes, a time of another zone as a day here, 同上 as the cell
 * above. They are right, and shown, so that nobody has to guess.
 */
#ifndef DAJUAN_HOST_IMPORT_READ_AS_H
#define DAJUAN_HOST_IMPORT_READ_AS_H

#include "host/ledger/ledger.h"

enum { READ_AS_SHOWN = 3 };

struct read_example {
    size_t row; /* as people count in the file, from 1 */
    struct str file;
    struct text as;
};

/* Of one column of the ledger. */
struct read_as {
    size_t n; /* cells; the first of them: */
    struct read_example shown[READ_AS_SHOWN];
};

/* Does the file's cell say just what column `i` of the row keeps? */
bool reads_alike(struct mem *m, struct str file, const struct ledger_row *row,
                 size_t i);

/* Column `i` of the row as it is read, with its unit: 150 分钟. */
struct text reads_as(struct mem *m, const struct ledger_row *row, size_t i);

/* One more cell of a column; what is kept lives in `m`. */
void read_as_note(struct mem *m, struct read_as *of, struct read_example e);

#endif
