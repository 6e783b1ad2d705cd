/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * figure_sheet.h - the rows behind a figure as a file that adds up: the
 * columns of each row, what it gives to the number, and below all the sums.
 *
 * The rows may be those of today or those of a published version. An import
 * knows the last row as a total (合计) and leaves it out.
 *
 * A workbook of several: open the next after figure_sheet_end(), with .w kept.
 */
#ifndef DAJUAN_HOST_LIST_FIGURE_SHEET_H
#define DAJUAN_HOST_LIST_FIGURE_SHEET_H

#include "host/ledger/recount.h"
#include "host/list/export.h"

struct figure_sheet {
    struct mem *m;
    enum lang lang;
    const struct figure_value *value;
    const struct column *const *columns; /* of the ledger */
    size_t columns_n;
    struct spool *to;       /* where the file goes; ended by _close() */
    struct sheet_writer *w; /* NULL: a file of its own */
    /* What follows is its own. */
    struct counted_column counts[COUNTED_MAX];
    size_t counts_n;
    int64_t sums[COUNTED_MAX];
};

/* Begin with everything above set. */
void figure_sheet_open(struct figure_sheet *s, enum sheet_format format);
/* The next cell of a row: its value, or `shown` of what is not a number. */
void figure_sheet_cell(struct figure_sheet *s, const struct column *col,
                       const struct value *v, struct str shown);
/* What the row gives; ends it. */
void figure_sheet_counts(struct figure_sheet *s, const struct counted *of);
/* The sums below the rows. */
void figure_sheet_end(struct figure_sheet *s);
/* The sums; the file is whole. Fails as sheet_writer_finish() does. */
enum err figure_sheet_close(struct figure_sheet *s,
                            struct text *ret_reason) MUST_CHECK;

#endif
