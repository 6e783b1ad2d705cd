/* SPDX-License-Identifier: MulanPSL-2.0 */
/* An officer is told when the days off of a year are missing. */
#include "base/date.h"
#include "host/given/given.h"

/* A year that no table of the build knows. */
#define YEAR 2097

static bool asks_days(struct given *g, unsigned roles, int32_t day)
{
    given_day(g, day);
    given_asks(g, roles);
    return page_says(given_get(g, S("/")), S("1 个年度缺放假安排"));
}

static void rest(struct given *g, struct str name, int32_t first)
{
    struct ledger_row *row = given_row(g, "registry.day");

    given_text(row, "name", name);
    given_text(row, "kind", S("rest"));
    given_int(row, "first_day", first);
    given_text(row, "basis", S("国办发明电示例"));
    given_keep(g, row);
}

static void year(struct given *g, int32_t y)
{
    rest(g, str_fmt(g->m, "%d年元旦", y), date_make(y, 1, 1));
    rest(g, str_fmt(g->m, "%d年国庆节", y), date_make(y, 10, 1));
}

TEST(officers_are_asked_for_the_days_off_of_next_year)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    year(g, YEAR);
    CHECK(!asks_days(g, ROLE_OFFICER, date_make(YEAR, 11, 30)));
    CHECK(asks_days(g, ROLE_OFFICER, date_make(YEAR, 12, 1)));
    CHECK(page_has(given_get(g, S("/")), S("href=\"/registry/day\"")));
    CHECK(page_says(given_get(g, S("/")),
                    S("请登记 2098 年的放假和调休，到期日才算得准")));
    CHECK(!asks_days(g, ROLE_EDITOR, date_make(YEAR, 12, 1)));
    CHECK(!asks_days(g, 0, date_make(YEAR, 12, 1)));
    CHECK(asks_days(g, ROLE_OFFICER, date_make(YEAR + 1, 2, 3)));
    year(g, YEAR + 1);
    CHECK(!asks_days(g, ROLE_OFFICER, date_make(YEAR + 1, 2, 3)));
}

TEST(officers_come_to_the_days_off_from_their_account)
{
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, S("/me")), S("<a href=\"/registry/day\">")));
}
