/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * grid.h - what a sheet holds, whatever kind of file it came from.
 *
 * A workbook is a list of grids, a grid a rectangle of cells. Everything
 * lives in the `mem` that workbook_read() was given.
 */
#ifndef DAJUAN_INTERCHANGE_GRID_H
#define DAJUAN_INTERCHANGE_GRID_H

#include "base/str.h"

enum cell_kind {
    CELL_EMPTY,
    CELL_TEXT,   /* also every cell of a text file, a time and a percentage as
                    they are shown: "09:30", "95%" */
    CELL_NUMBER, /* text is the decimal as typed: "94.8" */
    CELL_DATE,   /* date is set, text is ISO: "2024-02-03" */
    CELL_BOOL,   /* "TRUE" or "FALSE" */
    CELL_ERROR,  /* "#N/A", "#REF!" and so on */
    CELL_UNCALCULATED, /* a formula without its value: no text, not empty */
};

struct cell {
    struct str text; /* plain by utf8_plain(text, true); "" when empty */
    int32_t date;    /* as in base/date.h; 0 unless CELL_DATE */
    uint8_t kind;    /* enum cell_kind */
    bool lossy;      /* a whole number with more digits than a spreadsheet
                        keeps: an identity number that was not text. Its
                        last digits may be wrong; refuse it. */
    bool merged;     /* repeats the cell above: a merged group */
    uint32_t group;  /* in grid.groups, from 1: of cells merged; 0: none */
};

struct range {
    uint32_t row, col, last_row, last_col; /* from 0, inclusive */
};

struct grid {
    struct str name;    /* of the sheet, or of the file without its end */
    size_t rows, cols;  /* 0 and 0 for an empty sheet */
    struct cell *cells; /* row by row */
    struct range *groups;
    bool hidden;                     /* the sheet as a whole */
    bool *hidden_rows, *hidden_cols; /* NULL: none */
    size_t first_row; /* the number, as people count from 1, of row 0:
                           empty rows at the top are left out */
};

struct workbook {
    struct grid *grids; /* in the order of the tabs, hidden ones too */
    size_t n;
};

bool grid_row_hidden(const struct grid *g, size_t row);
bool grid_col_hidden(const struct grid *g, size_t col);
/* From now on nothing of it is hidden. */
void grid_show(struct grid *g);

/* A range as people call it: "D3:D5". */
struct str grid_place(struct mem *m, const struct grid *g, struct range at);

/* The cell at `row` and `col`, from 0; outside the grid an empty cell. */
const struct cell *grid_cell(const struct grid *g, size_t row, size_t col);

#endif
