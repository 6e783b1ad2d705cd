/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * left_out.h - what of a sheet an import does not take: whatever is not kept
 * is named.
 */
#ifndef DAJUAN_HOST_IMPORT_LEFT_OUT_H
#define DAJUAN_HOST_IMPORT_LEFT_OUT_H

#include "host/import/recognise.h"

/* A footnote, a total, the header again. */
struct left_row {
    struct left_row *next;
    size_t row;       /* as people count in the file, from 1 */
    struct str words; /* all it says */
};

/* A column that is no column of the ledger. */
struct left_column {
    size_t col;
    struct str letters; /* as spreadsheets call it */
    struct str header;  /* "": none */
    size_t filled;      /* cells of rows; never 0 once the rows were read */
};

struct left_out {
    struct left_row *rows, **rows_end;
    size_t rows_n;
    struct left_column *columns;
    size_t columns_n;
    struct text computed; /* columns that the house computes; or empty */
};

/* Nothing was read yet. */
void left_out_begin(struct mem *m, const struct match *s, struct left_out *ret);
/* The row is left out. */
void left_out_row(struct mem *m, struct left_out *left, const struct match *s,
                  size_t row);
/* The row is taken, but for the cells in columns nobody knows. */
void left_out_cells(struct left_out *left, const struct match *s, size_t row);
/* All rows were read: columns without a cell are not worth a word. */
void left_out_end(struct left_out *left);

#endif
