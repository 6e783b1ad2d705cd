/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/date.h"
#include "host/given/given.h"

TEST(home_says_what_is_to_be_done_to_those_who_work)
{
    struct given *g = given(t);
    struct str refused = S("导入时有误的行等待更正");

    given_csv(g, S("树名,树种,认养单位,栽种日期\n"
                   "甲,没有的树种,区教育局,2024-01-02\n"));
    CHECK(!page_says(given_get(g, S("/")), refused));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, S("/")), refused));
}

TEST(home_counts_the_rows_that_fall_due_this_week)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/"));
    CHECK(!page_says(c, S("本周到期")));
    given_int(row, "due_on", date_of(c->now));
    given_keep(g, row);
    CHECK(page_says(given_get(g, S("/")), S("1 本周到期")));
}

TEST(page_of_a_programme_counts_the_rows_of_its_ledgers)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    given_keep(g, sample_tree(g, S("乙")));
    CHECK(page_says(given_get(g, S("/sample")), S("2 棵")));
    CHECK_INT(page_status(given_get(g, S("/nothing"))), 404);
}
