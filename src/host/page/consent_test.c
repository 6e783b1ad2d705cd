/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who agreed to be named is named to everybody, until that is taken back. */
#include "host/given/given.h"

/* All places in which a visitor meets a keeper of trees. */
static const char *const places[] = {
    "/sample/keeper",
    "/sample/keeper/print",
    "/sample/keeper/1",
    "/sample/keeper/2", /* whose deputy is the first */
    "/sample/keeper/export.csv",
    "/sample/keeper/export.json",
    "/figures/sample.keepers",
    "/figures/sample.keepers/rows.csv",
    "/figures/sample.keepers/rows.json",
};

static void agree(struct given *g, int64_t day)
{
    struct ledger_row *row = given_kept(g, "sample.keeper", 1);

    if (day)
        given_int(row, "consent", day);
    else
        row->values[ledger_column(row->ledger, S("consent"))] = NO_INT;
    given_change(g, row);
    given_commit(g);
}

/* 陈晓玲, and 王秀英 whose deputy she is. */
static struct given *given_keepers(struct test *t)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_keeper(g);

    given_int(row, "deputy", given_keep(g, sample_keeper(g)));
    given_text(row, "name", S("王秀英"));
    row->values[ledger_column(row->ledger, S("phone"))] = NO_TEXT;
    given_keep(g, row);
    given_commit(g);
    return g;
}

/* Where is the name told in full? */
static size_t told(struct given *g, const char *name)
{
    size_t n = 0;

    given_asks(g, 0);
    for (size_t i = 0; i < COUNT(places); i++)
        n += page_has(given_get(g, str_from(places[i])), str_from(name));
    return n;
}

TEST(who_agreed_is_named_until_that_is_taken_back)
{
    struct given *g = given_keepers(t);

    CHECK_INT(told(g, "陈晓玲"), 0);
    agree(g, 20241101);
    /* Everywhere but on the page of another keeper, who only refers to her. */
    CHECK_INT(told(g, "陈晓玲"), COUNT(places) - 1);
    CHECK(page_has(given_get(g, S("/sample/keeper/2")), S("陈**")));
    CHECK_INT(told(g, "王秀英"), 0);
    CHECK_INT(told(g, "19912347920"), 0);
    CHECK_INT(told(g, "2024-11-01"), 0);
    agree(g, 0);
    CHECK_INT(told(g, "陈晓玲"), 0);
}

TEST(who_agreed_is_not_found_or_sorted_by_name)
{
    struct given *g = given_keepers(t);
    struct ctx *c;

    agree(g, 20241101);
    for (int i = 0; i < 2; i++) {
        given_asks(g, i ? ROLE_OFFICER : 0);
        c = given_get(g, S("/sample/keeper?q=陈晓玲"));
        CHECK_INT(page_has(c, S("/sample/keeper/1\"")), i);
        c = given_get(g, S("/search?q=陈晓玲"));
        CHECK_INT(page_has(c, S("/sample/keeper/1\"")), i);
        c = given_get(g, S("/sample/keeper?sort=-name"));
        CHECK_INT(page_has(c, S("value=\"-name\"")), i);
    }
}

TEST(a_history_names_nobody)
{
    struct given *g = given_keepers(t);
    struct ledger_row *row = given_kept(g, "sample.keeper", 1);
    struct ctx *c;

    given_text(row, "name", S("李小兰"));
    given_change(g, row);
    agree(g, 20241101);
    given_asks(g, 0);
    c = given_get(g, S("/sample/keeper/1"));
    CHECK(page_has(c, S("李小兰")));
    CHECK(!page_has(c, S("陈晓玲")));
}

TEST(who_agreed_leaves_no_note_with_visitors)
{
    struct given *g = given_keepers(t);

    agree(g, 20241101);
    given_asks(g, 0);
    for (size_t i = 0; i < COUNT(places); i++)
        CHECK(given_get(g, str_from(places[i]))->notes == NULL);
}
