/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * rules.h - how a branch is rated (shared/domain (c)).
 *
 * Marks are hundredths of a point. The composite is exact in units of a
 * ten-thousandth: (100 − deductions) × 70 % + evaluation × 30 %, the two
 * percentages being policies of the year.
 */
#ifndef DAJUAN_FEATURE_RATINGS_RULES_H
#define DAJUAN_FEATURE_RATINGS_RULES_H

#include <stdint.h>

/* Deductions over 100 points leave a base of 0. */
int64_t rating_composite(int64_t deductions, int64_t evaluation,
                         int64_t base_percent);

/*
 * One number that sorts branches: by composite, then by the higher
 * evaluation, then by fewer deductions. Equal numbers are a tie that no rule
 * breaks.
 */
int64_t rating_rank(int64_t composite, int64_t evaluation, int64_t deductions);
/* The least rank of a composite of at least `marks` hundredths. */
int64_t rating_rank_from(int64_t marks);

/* The composite that a rank says. */
int64_t rating_points(int64_t rank);

/* Seats for `percent` % of `branches`, rounded down. */
int64_t rating_seats(int64_t branches, int64_t percent);

/* Stars by band alone, half-open: 90 ≤ s is 5, 80 ≤ s < 90 is 4, … */
int rating_band(int64_t composite);

#endif
