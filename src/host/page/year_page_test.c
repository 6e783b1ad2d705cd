/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One year on every page, remembered in the address. */
#include "host/given/given.h"
#include "host/ledger/year_shown.h"

static void planted(struct given *g, const char *name, int32_t year)
{
    struct ledger_row *row = sample_tree(g, str_from(name));

    row->year = year;
    given_int(row, "planted_on", year * 10000 + 312);
    given_int(row, "due_on", year * 10000 + 1231);
    given_keep(g, row);
}

/* One tree of 2024, two of 2023. */
static struct given *two_years(struct test *t)
{
    struct given *g = given(t);

    planted(g, "甲", 2024);
    planted(g, "乙", 2023);
    planted(g, "丙", 2023);
    return g;
}

TEST(year_of_the_address_travels_to_the_number_and_its_rows)
{
    struct given *g = two_years(t);
    struct ctx *c = given_get(g, S("/sample?year=2023"));

    CHECK(page_says(c, S("2 棵")));
    CHECK(page_has(c, S("href=\"/figures/sample.trees?year=2023\"")));
    CHECK(page_has(c, S("href=\"/sample/tree?year=2023\"")));
    CHECK(page_has(c, S("href=\"/?year=2023\"")));
    c = given_get(g, S("/figures/sample.trees?year=2023"));
    CHECK(page_says(c, S("2 棵")));
    CHECK(page_has(c, S("/rows.csv?year=2023\"")));
    c = given_get(g, S("/sample"));
    CHECK(!page_has(c, S("href=\"/figures/sample.trees?")));
}

TEST(year_switch_stands_where_there_is_another_year)
{
    struct given *g = given(t);
    struct ctx *c;

    planted(g, "甲", 2024);
    CHECK(!page_has(given_get(g, S("/figures")), S("class=\"years\"")));
    planted(g, "乙", 2023);
    planted(g, "丙", 2104);
    c = given_get(g, S("/figures?page=1"));
    CHECK(page_has(c, S("<a href=\"/figures?page=1&amp;year=2024\" "
                        "aria-current=\"true\">2024年</a>")));
    CHECK(page_has(c, S("\"/figures?page=1&amp;year=2023\">2023年")));
    CHECK(!page_says(c, S("2104年")));
    c = given_get(g, S("/figures?year=2022"));
    CHECK(page_has(c, S("aria-current=\"true\">2022年")));
    CHECK(page_has(c, S("\"/figures?year=2024\">2024年")));
}

TEST(year_of_the_address_is_read_or_named)
{
    struct given *g = two_years(t);
    static const char *const odd[] = { "1990", "1999", "2200", "24", "0" };
    struct ctx *c = given_get(g, S("/sample/tree?year=abc"));

    CHECK(page_says(c, S("没有“abc”这个年度，这里显示的是 2024 年。")));
    CHECK(page_says(c, S("2024 年度共 1 棵")));
    for (size_t i = 0; i < COUNT(odd); i++) {
        struct str path = str_fmt(g->m, "/sample/tree?year=%s", odd[i]);

        c = given_get(g, path);
        CHECK(page_says(c, str_fmt(g->m,
                                   "没有“%s”这个年度，这里显示的是 2024 年。",
                                   odd[i])));
    }
    c = given_get(g, S("/sample/tree?year=２０２３"));
    CHECK(page_says(c, S("2023 年度共 2 棵")));
    CHECK(!page_says(c, S("这个年度")));
    c = given_get(g, S("/sample/tree?year=all"));
    CHECK(page_says(c, S("共 3 棵")));
    CHECK(!page_says(c, S("这个年度")));
}

TEST(year_that_a_form_was_sent_in_is_kept_by_its_answer)
{
    struct given *g = two_years(t);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    given_opened(g, given_get(g, S("/policies?year=2023")),
                 S("/policies/sample.healthiest_percent?year=2023"));
    given_field(g, "value", S("40"));
    given_field(g, "basis", S("崂委〔2023〕1号"));
    c = given_post(g, S("/policies/sample.healthiest_percent?year=2023"));
    CHECK_STR(c->location, S("/policies?year=2023"));
}

TEST(year_of_voided_rows_alone_is_not_offered)
{
    struct given *g = given(t);
    struct ctx *c;

    planted(g, "甲", 2024);
    planted(g, "乙", 2104);
    c = given_get(g, S("/sample/tree"));
    CHECK(page_has(c, S("<option value=\"2104\">")));
    given_void(g, "sample.tree", 2);
    c = given_get(g, S("/sample/tree"));
    CHECK(!page_has(c, S("<option value=\"2104\">")));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/tree?voided=1"));
    CHECK(page_has(c, S("<option value=\"2104\">")));
}
