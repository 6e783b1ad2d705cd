/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/import/correct.h"

#include "host/import/import.h"

bool correct(struct workbook *w, struct correction *c)
{
    struct grid *g = c->sheet < w->n ? &w->grids[c->sheet] : NULL;
    struct cell *cell;

    if (!g || c->row >= g->rows || c->col >= g->cols)
        return false;
    cell = &g->cells[c->row * g->cols + c->col];
    c->was = cell->text;
    *cell = (struct cell){ .text = c->now,
                           .kind = c->now.n ? CELL_TEXT : CELL_EMPTY };
    return true;
}

bool correctable(const struct match *s, size_t row, size_t col)
{
    bool read = col == s->year_col || col == s->id_col;

    if (!match_is_taken(s) || col >= s->grid->cols || row < s->data_row ||
        row >= s->end_row || match_row(s, row) != ROW_DATA)
        return false;
    return read || match_column_of(s, col) != SIZE_MAX;
}

const struct correction *correction_find(const struct import *im, size_t sheet,
                                         size_t row, size_t col)
{
    for (const struct correction *c = im->corrections; c; c = c->next)
        if (c->sheet == sheet && c->row == row && c->col == col)
            return c;
    return NULL;
}

size_t corrections_taken(const struct import *im)
{
    size_t n = 0;

    for (const struct correction *c = im->corrections; c; c = c->next)
        n += match_is_taken(&im->sheets[c->sheet].match);
    return n;
}
