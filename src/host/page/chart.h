/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * chart.h - pictures of figures, drawn by the server from integers: bars, as
 * long as their value is to the largest. Each bar opens onto its rows, and
 * the numbers stand below in a table.
 */
#ifndef DAJUAN_HOST_PAGE_CHART_H
#define DAJUAN_HOST_PAGE_CHART_H

#include "host/desk/page.h"
#include "host/ledger/figure_part.h"

struct bar {
    struct text label; /* 3月 */
    struct str number; /* as pages show it */
    int64_t value;     /* -1: it has none */
    int64_t length;    /* of CHART_LONGEST */
    struct str link;
    bool largest; /* the first one that is */
};
enum { CHART_LONGEST = 100 };

struct chart {
    struct text title;
    struct text unit;
    struct bar *bars;
    size_t n;
    struct str rest; /* of the whole, in none of them; "" */
};

/*
 * A figure over the months of its year, what stands on days at their ends, or
 * over its categories. False: it has none, or nothing is in them.
 */
bool chart_months(struct ctx *c, const struct figure_value *v,
                  struct chart *ret);
bool chart_categories(struct ctx *c, const struct figure_value *v,
                      struct chart *ret);

/*
 * Where a figure, or the part of it that `v` is, opens onto its rows; with
 * `file`, such as "/rows.csv", where it hands them out.
 */
struct str figure_address(struct mem *m, const struct figure_value *v,
                          struct str file);

#endif
