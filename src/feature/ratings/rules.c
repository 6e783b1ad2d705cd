/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Integers only; the page rounds when it shows. */
#include "feature/ratings/rules.h"

enum { FULL = 10000, EVALUATION_BITS = 14, DEDUCTION_BITS = 14 };

int64_t rating_composite(int64_t deductions, int64_t evaluation,
                         int64_t base_percent)
{
    int64_t base = deductions > FULL ? 0 : FULL - deductions;

    return base * base_percent + evaluation * (100 - base_percent);
}

int64_t rating_rank(int64_t composite, int64_t evaluation, int64_t deductions)
{
    int64_t kept = deductions > FULL ? 0 : FULL - deductions;

    return (composite << (EVALUATION_BITS + DEDUCTION_BITS)) |
           evaluation << DEDUCTION_BITS | kept;
}

int64_t rating_rank_from(int64_t marks)
{
    return (marks * 100) << (EVALUATION_BITS + DEDUCTION_BITS);
}

int64_t rating_points(int64_t rank)
{
    return rank >> (EVALUATION_BITS + DEDUCTION_BITS);
}

int64_t rating_seats(int64_t branches, int64_t percent)
{
    return branches * percent / 100;
}

int rating_band(int64_t composite)
{
    static const int64_t from[] = { 900000, 800000, 700000, 600000 };

    for (int i = 0; i < 4; i++)
        if (composite >= from[i])
            return 5 - i;
    return 1;
}
