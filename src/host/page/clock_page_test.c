/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/given/given.h"

/* A loan that cannot be reminded of while it says why. */
static int64_t blocked(struct given *g)
{
    struct ledger_row *row = given_row(g, "loan.loan");

    given_text(row, "name", S("锯"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_int(row, "since", 20241107);
    given_text(row, "block", S("施工未完"));
    return given_keep(g, row);
}

TEST(clock_page_names_what_was_refused_and_why)
{
    struct given *g = given(t);
    int64_t id = blocked(g);
    struct ledger_row *row;
    struct ctx *c;

    given_day(g, 20241109);
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/"));
    CHECK(page_says(c, S("1 件到期事项没能自动办理")));
    CHECK(page_has(c, S("href=\"/clock\"")));
    c = given_get(g, S("/clock"));
    CHECK(page_says(c, S("共 1 件")));
    CHECK(page_has(c, S("<a href=\"/loan/loan/1\">锯</a>")));
    CHECK(page_says(c, S("催还 2024-11-08 暂缓中；请先清除暂缓原因")));
    row = given_kept(g, "loan.loan", id);
    row->values[ledger_column(row->ledger, S("block"))] = NO_TEXT;
    given_change(g, row);
    given_day(g, 20241109);
    CHECK(page_says(given_get(g, S("/clock")), S("到期的步骤都办了。")));
    CHECK(!page_says(given_get(g, S("/")), S("件到期事项没能自动办理")));
}

TEST(clock_page_is_for_officers)
{
    struct given *g = given(t);

    blocked(g);
    given_day(g, 20241109);
    CHECK_INT(page_status(given_get(g, S("/clock"))), 401);
    given_asks(g, ROLE_EDITOR);
    CHECK_INT(page_status(given_get(g, S("/clock"))), 403);
    CHECK(!page_says(given_get(g, S("/")), S("件到期事项没能自动办理")));
}
