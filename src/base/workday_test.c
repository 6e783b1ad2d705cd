/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Working days around the National Day of 2024. */
#include "base/workday.h"

#include "test/test.h"

/* 国庆节：10月1日至7日放假，9月29日、10月12日上班. */
static const struct day_rule national_day[] = {
    { 20240929, true },  { 20241001, false }, { 20241002, false },
    { 20241003, false }, { 20241004, false }, { 20241005, false },
    { 20241006, false }, { 20241007, false }, { 20241012, true },
};
static const struct workdays days = { national_day, COUNT(national_day) };
static const struct workdays none = { NULL, 0 };

TEST(workdays_are_monday_to_friday_where_nothing_is_said)
{
    CHECK(workday_is(&none, 20240927));  /* Friday */
    CHECK(!workday_is(&none, 20240928)); /* Saturday */
    CHECK(!workday_is(&none, 20240929)); /* Sunday */
    CHECK(workday_is(&none, 20240930));  /* Monday */
    CHECK(!workday_is(&none, 19691228)); /* Sundays before 1970 too */
    CHECK(workday_is(&none, 19691229));
}

TEST(workdays_follow_what_is_said_of_a_day)
{
    CHECK(workday_is(&days, 20240929));
    CHECK(!workday_is(&days, 20241001));
    CHECK(!workday_is(&days, 20241007));
    CHECK(workday_is(&days, 20241008));
    CHECK(workday_is(&days, 20241012));
    CHECK(!workday_is(&days, 20241013));
    CHECK(workday_rule(&days, 20241008) == NULL);
    CHECK(workday_rule(&days, 20241012) == &national_day[8]);
}

TEST(workdays_are_counted_from_the_next_day)
{
    static const int32_t after[] = { 20240927, 20240929, 20240930,
                                     20241008, 20241009, 20241010 };

    for (int n = 0; n < (int)COUNT(after); n++) {
        CHECK_INT(workday_after(&days, 20240927, n), after[n]);
        CHECK_INT(workdays_between(&days, 20240927, after[n]), n);
    }
    CHECK_INT(workdays_between(&days, 20240927, 20241007), 2);
    CHECK_INT(workdays_between(&days, 20241007, 20240927), 0);
    /* From a day off, which is itself not moved. */
    CHECK_INT(workday_after(&days, 20241005, 0), 20241005);
    CHECK_INT(workday_after(&days, 20241005, 1), 20241008);
}

TEST(workdays_end_with_the_calendar)
{
    CHECK_INT(workday_after(&none, 21991230, 1), 21991231);
    CHECK_INT(workday_after(&none, 21991230, 2), 0);
}

TEST(publicity_counts_days_or_working_days_from_the_next_day)
{
    CHECK_INT(publicity_last(&days, 20240927, 5, DAYS_WORKING), 20241010);
    CHECK_INT(publicity_last(&days, 20240927, 5, DAYS_CALENDAR), 20241002);
    CHECK_INT(publicity_last(&days, 20240927, 7, DAYS_CALENDAR), 20241004);
    CHECK_INT(publicity_last(&none, 20240927, 5, DAYS_WORKING), 20241004);
}

TEST(publicity_takes_objections_on_its_last_day)
{
    CHECK(!publicity_is_open(20240927, 20241010, 20240926));
    CHECK(publicity_is_open(20240927, 20241010, 20240927));
    CHECK(publicity_is_open(20240927, 20241010, 20241010));
    CHECK(!publicity_is_open(20240927, 20241010, 20241011));
}
