/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * figure_rows.h - the rows behind a figure, by the definition of its value.
 */
#ifndef DAJUAN_HOST_LEDGER_FIGURE_ROWS_H
#define DAJUAN_HOST_LEDGER_FIGURE_ROWS_H

#include "host/ledger/figure.h"

/*
 * Call figure_rows_next() until it is false; each gives the id of a ledger
 * row and its quantity.
 */
struct figure_rows {
    struct rows rows;
    int32_t since; /* of a standing figure: this row's first day so */
};
struct figure_rows figure_rows(struct scope in, const struct figure_value *v,
                               int64_t skip, int64_t most);
bool figure_rows_next(struct figure_rows *r, int64_t *ret_id,
                      int64_t *ret_quantity);

#endif
