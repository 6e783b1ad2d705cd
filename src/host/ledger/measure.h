/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * measure.h - how the rows behind a figure make its number.
 */
#ifndef DAJUAN_HOST_LEDGER_MEASURE_H
#define DAJUAN_HOST_LEDGER_MEASURE_H

#include <stdint.h>

enum measure {
    MEASURE_COUNT, /* number of records */
    MEASURE_SUM,   /* sum of quantities */
    /*
     * Sum of .kind over sum of .whole, in basis points. A row of .kind is one
     * of .whole too: the rows of the one are those of the other.
     */
    MEASURE_RATIO,
    MEASURE_SEATS,    /* ranked records that get a seat */
    MEASURE_MEAN,     /* sum of quantities over records, in tenths */
    MEASURE_MEDIAN,   /* the middle quantity, in tenths (median.h) */
    MEASURE_STANDING, /* rows of a category on a day: .kind is a period's */
};

/* How many get a seat, and from which rank on one may sit at all. */
struct seats {
    int64_t places;
    int64_t least_rank;
};

#endif
