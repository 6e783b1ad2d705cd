/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * figure_part.h - months and categories of a figure, from tallies alone; and
 * what it was on a day.
 *
 * A part is a value like the whole: its rows, files and sums follow from it
 * in the same way (figure_rows(), recount.h).
 */
#ifndef DAJUAN_HOST_LEDGER_FIGURE_PART_H
#define DAJUAN_HOST_LEDGER_FIGURE_PART_H

#include "host/ledger/figure.h"

enum { MONTHS = 12 };

/* Counts, sums and medians have parts; ratios, means and seats do not. */
bool figure_has_parts(const struct figure *f);
/* The column whose choices are its categories; NULL: it has none. */
const struct column *figure_categories(const struct figure *f);

/*
 * Can it be told for a day that is over? What stands on days can; counts,
 * sums and medians can of what happened by the day (of whose date:
 * kind_day()), unless a step or the parts of the row move what they look at:
 * what that was on the day is not kept.
 */
bool figure_knows_days(const struct figure *f);
/*
 * The day a standing figure of a year is of when nobody asks for one: that on
 * which pages are read, at most the last of the year. 0: the clock never went.
 */
int32_t figure_day(struct scope in, int32_t year);

/*
 * The value of a part: of a month or category where a figure has parts, of a
 * day where it knows days.
 */
struct figure_value figure_read_part(struct scope in, int32_t year,
                                     const struct figure *f,
                                     struct figure_part only);

/*
 * Its value in the months of its year. Days of other years, and rows without
 * a day, are in none: together they may be less than the whole. A median
 * is -1 where there is none.
 */
void figure_months(struct scope in, const struct figure_value *v,
                   int64_t ret[MONTHS]);

/* The category it counts, "" for all; and the month as yyyymm, 0 for all. */
struct str figure_category(const struct figure_value *v);
int32_t figure_month(const struct figure_value *v);

#endif
