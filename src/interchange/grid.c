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
