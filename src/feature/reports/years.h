/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * years.h - the numbers of a version beside those of the year before.
 */
#ifndef DAJUAN_FEATURE_REPORTS_YEARS_H
#define DAJUAN_FEATURE_REPORTS_YEARS_H

#include "feature/reports/article.h"

struct year_line {
    const struct figure *figure; /* with today's words */
    struct str was, is;          /* as pages show them */
    struct text unit;
    struct str more;    /* +7; "" where they cannot be compared */
    bool rules_differ;  /* counted by another rule then */
    int64_t was_length; /* of YEARS_LONGEST; 0: not drawn */
    int64_t is_length;
};
enum { YEARS_LONGEST = 112 };

/* Missing is not zero: what nobody recorded a year ago has no line. */
struct years {
    struct year_line *lines;
    size_t n;
    size_t unknown; /* figures without records a year ago */
};

/*
 * For each of `values` that is still declared: what the ledgers say today of
 * the year before.
 */
void years_beside(struct scope in, int32_t year, struct value_list values,
                  struct years *ret);

#endif
