/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/date.h"
#include "host/given/given.h"

/* An import of which three rows were refused. */
static void given_refused_rows(struct given *g)
{
    tx_run_unjournaled(
        given_tx(g),
        SQL("INSERT INTO import_batch (district, id, at, actor, file, added, "
            "changed, same, wrong, undone_at) VALUES (?1, 1, 1, 0, '', 0, 0, "
            "0, 3, 0)"),
        WITH(INT(GIVEN_DISTRICT)));
}

TEST(home_says_what_is_to_be_done_to_those_who_work)
{
    struct given *g = given(t);
    struct str refused = S("导入时有误的行等待更正");

    given_refused_rows(g);
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
