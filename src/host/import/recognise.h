/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * sheet.h - which ledger a sheet of a workbook is, and where its columns are.
 *
 * A sheet is recognised by its headers, not by its name or the place of its
 * columns: titles above the header are skipped, units in brackets ("党员数
 * （人）") are ignored, synonyms count. The result is a guess that a person
 * may correct before anything is imported.
 */
#ifndef DAJUAN_HOST_IMPORT_RECOGNISE_H
#define DAJUAN_HOST_IMPORT_RECOGNISE_H

#include "host/ledger/ledger.h"
#include "interchange/grid.h"

struct sheet {
    const struct grid *grid;
    const struct ledger *ledger; /* NULL: not recognised */
    size_t data_row;             /* first row below the header */
    size_t *map;                 /* for every column: its column in the grid */
    size_t id_col, year_col;     /* of our own exports; SIZE_MAX: none */
    int32_t year; /* of rows without a date: from title or dates; 0: none */
    struct text problem; /* when not recognised: why, and what to do */
};

/* Recognise one grid. */
void sheet_recognise(struct mem *m, const struct grid *g, struct sheet *ret);

/* Take the sheet as one of `l` whose header stands in row `header`. */
void sheet_read_as(struct mem *m, const struct grid *g, const struct ledger *l,
                   size_t header, struct sheet *ret);

enum sheet_row {
    SHEET_DATA,
    SHEET_BLANK,
    SHEET_NOTE, /* a footnote or a total: not a row of the ledger */
};
enum sheet_row sheet_row_kind(const struct sheet *s, size_t row);

/* A header without units, width, blanks and quotes. */
struct str sheet_header_fold(struct mem *m, struct str header);

#endif
