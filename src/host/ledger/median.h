/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * median.h - the middle of what the rows behind a figure give.
 *
 * Of an odd number of rows it is the quantity of the one in the middle, of an
 * even number the mean of the two; so tenths say it exactly. The whole of a
 * year is found by walking the tallies of ranks (record.h: .ranked), which
 * costs the same at 10^4 and 10^6 rows. A month, a category or a day is
 * looked up in the year's records of its kind, and costs as many as these are.
 */
#ifndef DAJUAN_HOST_LEDGER_MEDIAN_H
#define DAJUAN_HOST_LEDGER_MEDIAN_H

#include "host/ledger/figure_part.h"

struct median {
    int64_t n;      /* rows; 0: there is no middle */
    int64_t tenths; /* 125 is 12.5 */
};

/* Of the part that the value names, or of the whole. */
struct median median_read(struct scope in, const struct figure_value *v);
/* Of the months of its year, up to its day; -1 where no row is. */
void median_months(struct scope in, const struct figure_value *v,
                   int64_t ret_tenths[MONTHS]);

#endif
