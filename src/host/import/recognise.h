/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * recognise.h - which ledger a sheet of a workbook is, and where its columns
 * are.
 *
 * A sheet is recognised by its headers, not by its name or the place of its
 * columns: titles above the header are skipped, units in brackets ("党员数
 * （人）") are ignored, synonyms count. The result is a guess that a person
 * may correct before anything is imported.
 *
 * "Sheet" is a sheet of a workbook (interchange/grid.h); how a ledger and its
 * columns were found in one is a match.
 */
#ifndef DAJUAN_HOST_IMPORT_RECOGNISE_H
#define DAJUAN_HOST_IMPORT_RECOGNISE_H

#include "host/ledger/ledger.h"
#include "interchange/grid.h"

/* What a sheet tells of its year above its rows. */
struct sheet_year {
    int32_t year;     /* 0: it tells none, or none that is clear */
    bool unclear;     /* several, or one of something else */
    struct text from; /* where: 标题 A1; empty: it tells nothing */
};

struct match {
    const struct grid *grid;
    const struct ledger *ledger; /* NULL: not recognised */
    size_t data_row;             /* first row below the header */
    size_t *map;                 /* for every column: its column in the grid */
    size_t id_col, year_col;     /* of our own exports; SIZE_MAX: none */
    struct sheet_year told;      /* by its name and titles */
    int32_t chosen_year;         /* by a person; 0: none was */
    /* Of rows that say none themselves, and where it comes from; 0: none. */
    int32_t year;
    struct text year_from;
    struct text year_words; /* how the year of a row is found */
    struct text problem;    /* when not recognised: why, and what to do */
};

/* Recognise one grid. */
void match_grid(struct mem *m, const struct grid *g, struct match *ret);

/* Take the sheet as one of `l` whose header stands in row `header`. */
void match_as(struct mem *m, const struct grid *g, const struct ledger *l,
              size_t header, struct match *ret);

enum row_sort {
    ROW_DATA,
    ROW_BLANK,
    ROW_NOTE,   /* a footnote or a total: not a row of the ledger */
    ROW_HIDDEN, /* nobody sees it in the file: left out */
};
enum row_sort match_row(const struct match *s, size_t row);

/*
 * Does the number in column `i` of the ledger stand for several rows at
 * once, because its cells were merged? Words may be repeated, a number not:
 * it would be counted as often.
 */
bool match_shares(const struct match *s, size_t row, size_t i);

/* A header without units, width, blanks and quotes. */
struct str header_fold(struct mem *m, struct str header);

#endif
