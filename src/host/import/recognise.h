/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * recognise.h - which ledger a sheet of a workbook is, and where its columns
 * are.
 *
 * A sheet is recognised by its headers (header.h), not by its name or the
 * place of its columns: titles above the header are skipped, synonyms count.
 * The result is a guess that a person may correct before anything is
 * imported. What is not certain is not taken: a header that stands twice, or
 * one that several columns share, is a problem of the whole sheet.
 *
 * "Sheet" is a sheet of a workbook (interchange/grid.h); how a ledger and its
 * columns were found in one is a match.
 */
#ifndef DAJUAN_HOST_IMPORT_RECOGNISE_H
#define DAJUAN_HOST_IMPORT_RECOGNISE_H

#include "host/import/header.h"
#include "host/ledger/ledger.h"

enum { HEADER_ROWS = 30 }; /* a header is looked for in so many rows */

/* The columns of files that we wrote and that no ledger has. */
extern const struct column own_columns[4];
enum { OWN_ID, OWN_YEAR, OWN_VOIDED, OWN_REASON };

/* What a sheet tells of its year above its rows. */
struct sheet_year {
    int32_t year;     /* 0: it tells none, or none that is clear */
    bool unclear;     /* several, or one of something else */
    struct text from; /* where: 标题 A1; empty: it tells nothing */
};

struct remembered;

/* The columns below one header that make up a column of the ledger. */
struct parts {
    size_t *cols;
    size_t n; /* 0: there are none */
};

struct match {
    const struct grid *grid;
    const struct ledger *ledger; /* NULL: not recognised */
    size_t header;               /* its row; SIZE_MAX: there is none */
    size_t data_row;             /* first row below the header */
    size_t end_row;              /* first row of another table below */
    struct headers headers;      /* of no column when there are none */
    const bool *notes;       /* rows that are totals or the header once more */
    size_t *map;             /* for every column: its column in the grid */
    struct parts *parts;     /* for every column of the ledger */
    uint64_t summed;         /* AT(i): it is the sum of its parts */
    size_t id_col, year_col; /* of our own exports; SIZE_MAX: none */
    size_t serial_col;       /* numbers that say nothing; SIZE_MAX: none */
    struct sheet_year told;  /* by its name and titles */
    int32_t chosen_year;     /* by a person; 0: none was */
    /* Of rows that say none themselves, and where it comes from; 0: none. */
    int32_t year;
    struct text year_from;
    struct text year_words; /* how the year of a row is found */
    struct text problem;    /* why nothing of it is taken, and what to do */
    struct remembered *remembered; /* what filled columns; NULL: nothing */
    struct text rest; /* which other table is not taken; empty: none */
};

/* Is the sheet imported? */
static inline bool match_is_taken(const struct match *s)
{
    return s->ledger && text_empty(s->problem);
}

/* Recognise one grid. */
void match_grid(struct mem *m, const struct grid *g, struct match *ret);

/*
 * Take the sheet as one of `l` whose header begins in row `header`. Columns
 * that are not certain are not mapped and named in `problem`.
 */
void match_as(struct mem *m, const struct grid *g, const struct ledger *l,
              size_t header, struct match *ret);

/* Take the sheet of `s` as one of `l`; its header is looked for. */
void match_take_as(struct mem *m, struct match *s, const struct ledger *l);

/* Take it as one of `l` without a header: nothing is mapped. */
void match_headless(struct mem *m, const struct grid *g, const struct ledger *l,
                    struct match *ret);

/* What stands above a column of the grid; "": nothing. */
struct str match_header(const struct match *s, size_t col);

/*
 * Is what the column of the grid holds left out? Not so when it is mapped,
 * when it is our own (id, year, what an export adds), when the house computes
 * it itself, or when it is hidden (hidden.h).
 */
bool match_leaves_out(struct mem *m, const struct match *s, size_t col);

/* What of the ledger follows, and is so headed; NULL: it is no such column. */
const struct column *match_computed(struct mem *m, const struct match *s,
                                    size_t col);

/* Is the column of the grid one of the parts that may make up column `i`? */
bool match_has_part(const struct match *s, size_t i, size_t col);
/*
 * The column of the ledger that is read from a column of the grid, also as a
 * part that is added up or has to agree with its total; SIZE_MAX: none.
 */
size_t match_column_of(const struct match *s, size_t col);

enum row_sort {
    ROW_DATA,
    ROW_BLANK, /* also one of serial numbers and zeros alone */
    ROW_NOTE,  /* a footnote, a total, the header again: no row of the ledger */
    ROW_HIDDEN, /* nobody sees it in the file: left out */
};
enum row_sort match_row(const struct match *s, size_t row);

/*
 * Does the number in `col`, which column `i` of the ledger is read from, stand
 * for several rows or columns at once, because its cells were merged? Words
 * may be repeated, a number not: it would be counted as often. A serial number
 * counts nothing.
 */
bool match_shares(const struct match *s, size_t row, size_t i, size_t col);

/*
 * Does a cell say what cannot be right whatever it is: an error, a number
 * that lost digits or stands for several rows? It is typed anew.
 */
bool match_doubts_cell(const struct match *s, size_t row, size_t col);

#endif
