/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Means of 1 to 7 marks are compared exactly by bringing them to the common
 * denominator 420 = lcm(1, …, 7).
 */
#include "feature/cases/rules.h"

enum { COMMON = 420, FULL_MEAN_BITS = 23, LEAST_TO_TRIM = 4 };

static struct case_mean mean_of(const int64_t *marks, size_t n)
{
    struct case_mean mean = { 0, (int64_t)n };

    for (size_t i = 0; i < n; i++)
        mean.sum += marks[i];
    return mean;
}

struct case_mean case_trimmed_mean(const int64_t *marks, size_t n)
{
    struct case_mean mean = mean_of(marks, n);
    int64_t least;
    int64_t most;

    if (n < LEAST_TO_TRIM)
        return mean;
    least = most = marks[0];
    for (size_t i = 1; i < n; i++) {
        least = marks[i] < least ? marks[i] : least;
        most = marks[i] > most ? marks[i] : most;
    }
    return (struct case_mean){ mean.sum - least - most, mean.n - 2 };
}

int64_t case_mean_rounded(struct case_mean mean)
{
    return mean.n ? (2 * mean.sum + mean.n) / (2 * mean.n) : 0;
}

static int64_t in_common(struct case_mean mean)
{
    return mean.n ? mean.sum * (COMMON / mean.n) : 0;
}

int64_t case_rank(const int64_t *marks, size_t n)
{
    return in_common(case_trimmed_mean(marks, n)) << FULL_MEAN_BITS |
           in_common(mean_of(marks, n));
}

int64_t case_points(int64_t rank)
{
    int64_t mean = rank >> FULL_MEAN_BITS; /* COMMON to a hundredth */

    return (200 * mean + COMMON) / (2 * COMMON);
}
