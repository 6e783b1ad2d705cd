/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which year the site shows. */
#include "host/ledger/year_shown.h"

#include "host/given/given.h"

/* A tree planted in the spring of this year. */
static int64_t planted(struct given *g, const char *name, int32_t year)
{
    struct ledger_row *row = sample_tree(g, str_from(name));

    row->year = year;
    given_int(row, "planted_on", year * 10000 + 312);
    given_int(row, "due_on", year * 10000 + 1231);
    return given_keep(g, row);
}

static int32_t shown(struct given *g)
{
    return year_shown(act_scope(given_act(g)), GIVEN_YEAR);
}

TEST(year_shown_in_an_empty_house_is_today)
{
    struct given *g = given(t);

    CHECK_INT(shown(g), GIVEN_YEAR);
    CHECK_INT(year_newest(act_scope(given_act(g)), GIVEN_YEAR), 0);
}

TEST(year_shown_is_the_newest_with_records_that_has_begun)
{
    struct given *g = given(t);
    int64_t stray;

    planted(g, "甲", 2022);
    CHECK_INT(shown(g), 2022);
    planted(g, "乙", 2023);
    stray = planted(g, "丙", 2104);
    CHECK_INT(shown(g), 2023);
    given_void(g, "sample.tree", stray);
    CHECK_INT(shown(g), 2023);
}

TEST(year_shown_is_what_the_office_chose)
{
    struct given *g = given(t);

    planted(g, "甲", 2022);
    planted(g, "乙", 2023);
    CHECK(year_choose(given_act(g), 2022) == OK);
    CHECK_INT(shown(g), 2022);
    planted(g, "丙", 2024);
    CHECK_INT(shown(g), 2022);
    CHECK(year_choose(given_act(g), 0) == OK);
    CHECK_INT(shown(g), 2024);
    CHECK(year_choose(given_act(g), 1990) == E_INPUT);
    CHECK(year_choose(given_act(g), 2200) == E_INPUT);
    CHECK_INT(shown(g), 2024);
}

TEST(year_that_was_chosen_stands_in_the_journal)
{
    struct given *g = given(t);

    CHECK(year_choose(given_act(g), 2022) == OK);
    CHECK(year_choose(given_act(g), 2022) == OK);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "subject = 'house.year'")),
              1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_change WHERE "
                               "before = '' AND after = '2022'")),
              1);
}

TEST(years_to_show_are_those_with_records_but_no_far_ones)
{
    struct given *g = given(t);
    int32_t years[4];

    planted(g, "甲", 2022);
    planted(g, "乙", 2024);
    planted(g, "丙", 2025);
    planted(g, "丁", 2042);
    NEED_INT(years_to_show(act_scope(given_act(g)), GIVEN_YEAR, 4, years), 3);
    CHECK_INT(years[0], 2025);
    CHECK_INT(years[1], 2024);
    CHECK_INT(years[2], 2022);
    CHECK_INT(years_to_show(act_scope(given_act(g)), GIVEN_YEAR, 2, years), 2);
}
