/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The table that came with the build, against the notices. */
#include "host/ledger/state_days.h"

#include "test/test.h"

TEST(state_days_are_sorted_and_each_stands_once)
{
    NEED(state_days.n > 0);
    for (size_t i = 1; i < state_days.n; i++)
        CHECK(state_days.v[i - 1].day < state_days.v[i].day);
}

TEST(state_days_have_the_notice_of_each_of_their_years)
{
    size_t y = 0;

    for (size_t i = 0; i < state_days.n; i++) {
        while (y < state_notices_n &&
               state_notices[y].year < state_days.v[i].day / 10000)
            y++;
        NEED(y < state_notices_n);
        CHECK_INT(state_notices[y].year, state_days.v[i].day / 10000);
        CHECK(str_starts(state_notices[y].page, S("http")));
    }
}

/* Working days of a year: 2024 has 251 and 2025 has 248. */
TEST(state_days_give_the_working_days_of_known_years)
{
    CHECK_INT(workdays_between(&state_days, 20231231, 20241231), 251);
    CHECK_INT(workdays_between(&state_days, 20241231, 20251231), 248);
    CHECK_INT(workday_after(&state_days, 20240927, 5), 20241010);
    CHECK(workday_is(&state_days, 20200119));
    CHECK(!workday_is(&state_days, 20200131)); /* the year of the epidemic */
}
