/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * figure_rows.h - the rows behind a figure, by the definition of its value:
 * the best first, and those of one rank as they came.
 */
#ifndef DAJUAN_HOST_LEDGER_FIGURE_ROWS_H
#define DAJUAN_HOST_LEDGER_FIGURE_ROWS_H

#include "host/ledger/figure.h"

/*
 * A page of them. It is found by the row that it lies behind or before, where
 * that is said and still counts; else from the nearer end.
 */
struct figure_span {
    int64_t skip, most;    /* so many, after those skipped */
    int64_t after, before; /* ids; 0: neither is known */
    int64_t all;           /* how many rows there are; 0: not known */
};

/*
 * Call figure_rows_next() until it is false; each gives the id of a ledger
 * row and its quantity. `span` NULL: all rows.
 */
struct figure_rows {
    struct rows rows;
    int32_t since; /* of a standing figure: this row's first day so */
};
struct figure_rows figure_rows(struct scope in, const struct figure_value *v,
                               const struct figure_span *span);
bool figure_rows_next(struct figure_rows *r, int64_t *ret_id,
                      int64_t *ret_quantity);

#endif
