/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A sheet ends where its last cell ends, so importers ask beyond the edge
 * all the time; one empty cell answers for everything outside.
 */
#include "interchange/grid.h"

_Static_assert(sizeof(struct cell) <= 32, "millions of cells are kept");

const struct cell *grid_cell(const struct grid *g, size_t row, size_t col)
{
    static const struct cell nothing = { .text = S_INIT("") };

    if (row >= g->rows || col >= g->cols)
        return &nothing;
    return &g->cells[row * g->cols + col];
}

bool grid_row_hidden(const struct grid *g, size_t row)
{
    return g->hidden_rows && row < g->rows && g->hidden_rows[row];
}

bool grid_col_hidden(const struct grid *g, size_t col)
{
    return g->hidden_cols && col < g->cols && g->hidden_cols[col];
}

void grid_show(struct grid *g)
{
    g->hidden = false;
    g->hidden_rows = NULL;
    g->hidden_cols = NULL;
}

static struct str column_letters(struct mem *m, size_t col)
{
    char letters[8];
    size_t at = sizeof(letters);

    for (col++; col; col = (col - 1) / 26)
        letters[--at] = (char)('A' + (col - 1) % 26);
    return str_dup(m, (struct str){ letters + at, sizeof(letters) - at });
}

struct str grid_place(struct mem *m, const struct grid *g, struct range at)
{
    return str_fmt(m, "%.*s%zu:%.*s%zu", STR_ARG(column_letters(m, at.col)),
                   at.row + g->first_row,
                   STR_ARG(column_letters(m, at.last_col)),
                   at.last_row + g->first_row);
}
