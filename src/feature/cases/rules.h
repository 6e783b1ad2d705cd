/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * rules.h - the trimmed mean of judges' marks (shared/domain (c), (e)).
 *
 * Marks are hundredths of a point. One highest and one lowest are dropped,
 * also when several are equal; with fewer than 4 marks nothing is dropped. A
 * missing mark is not zero: it is not there.
 */
#ifndef DAJUAN_FEATURE_CASES_RULES_H
#define DAJUAN_FEATURE_CASES_RULES_H

#include <stddef.h>
#include <stdint.h>

enum { CASE_JUDGES = 7 };

/* A mean kept as it is: sum and number, never a quotient. */
struct case_mean {
    int64_t sum;
    int64_t n;
};

struct case_mean case_trimmed_mean(const int64_t *marks, size_t n);

/* Hundredths, half up; 0 for no marks. */
int64_t case_mean_rounded(struct case_mean mean);

/*
 * One number that sorts entries exactly: by trimmed mean to any decimal,
 * then by the mean of all marks. n ≤ 7 marks.
 */
int64_t case_rank(const int64_t *marks, size_t n);
/* The trimmed mean that a rank says, in ten-thousandths, half up. */
int64_t case_points(int64_t rank);

#endif
