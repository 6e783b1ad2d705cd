/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A list on a phone, and on paper. */
#include "host/given/given.h"

enum { TREES = 60 };

static struct given *many_trees(struct test *t)
{
    struct given *g = given(t);

    for (int i = 0; i < TREES; i++)
        given_keep(g, sample_tree(g, str_fmt(g->m, "第%d棵树", i + 1)));
    return g;
}

static size_t times(struct str page, struct str what)
{
    size_t n = 0;
    size_t at;

    while ((at = str_find(page, what)) != SIZE_MAX) {
        page = str_slice(page, at + what.n, page.n);
        n++;
    }
    return n;
}

TEST(list_folds_to_name_state_and_one_value)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));
    struct ctx *c;

    given_int(row, "visits", 12);
    given_keep(g, row);
    c = given_get(g, S("/sample/tree"));
    CHECK(page_has(c, S("<table class=\"table fold\">")));
    CHECK(page_has(c, S("class=\" keep bare\" data-label=\"树种\">银杏</td>")));
    CHECK(page_has(c, S("class=\"num keep\" "
                        "data-label=\"浇水人次（人次）\">12</td>")));
    CHECK(page_has(c, S("<td data-label=\"认养单位\">区教育局</td>")));
    CHECK_INT(times(page_html(c), S(" keep")), 2);
    CHECK_INT(times(page_html(c), S("<details class=\"more\">")), 1);
    CHECK(page_has(c, S("<dt>认养单位</dt><dd>区教育局</dd>")));
    CHECK(!page_has(c, S("<dt>树种</dt>")));
    CHECK(!page_has(c, S("<dt>栽种社区</dt>")));
}

TEST(list_folds_nothing_away_that_a_phone_has_room_for)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_keeper(g));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/keeper"));
    CHECK(page_has(c, S("class=\"more\"")) ==
          page_has(c, S("<table class=\"table fold\">")));
    CHECK(page_says(c, S("帮手")));
}

TEST(list_says_which_rows_of_how_many_are_on_the_page)
{
    struct given *g = many_trees(t);

    CHECK(page_says(given_get(g, S("/sample/tree")),
                    S("2024 年度共 60 棵；本页第 1—50 行")));
    CHECK(page_says(given_get(g, S("/sample/tree?page=2")),
                    S("本页第 51—60 行")));
    CHECK(!page_says(given_get(g, S("/sample/tree?q=第7棵")), S("本页第")));
}

TEST(list_on_paper_is_all_of_it)
{
    struct given *g = many_trees(t);
    struct ctx *c = given_get(g, S("/sample/tree/print"));

    CHECK_INT(page_status(c), 200);
    CHECK_INT(times(page_html(c), S("<th scope=\"row\">")), TREES);
    CHECK(!page_says(c, S("本页第")));
    CHECK(!page_has(c, S("class=\"pages\"")));
    CHECK(!page_has(c, S("<details class=\"filter\"")));
    CHECK(!page_has(c, S("class=\"more\"")));
    CHECK(page_has(c, S("class=\"signoff\"")));
    CHECK_INT(times(page_html(given_get(g, S("/sample/tree"))),
                    S("<th scope=\"row\">")),
              50);
}

TEST(list_on_paper_is_the_list_that_was_asked_for)
{
    struct given *g = many_trees(t);
    struct ctx *c = given_get(g, S("/sample/tree?q=第5&sort=-due_on"));

    CHECK(page_has(c, S("href=\"/sample/tree/print?year=2024&amp;"
                        "q=%E7%AC%AC5&amp;sort=-due_on\"")));
    c = given_get(g, S("/sample/tree/print?q=第5&sort=-due_on"));
    CHECK_INT(times(page_html(c), S("<th scope=\"row\">")), 11);
    CHECK(page_has(c, S("href=\"/sample/tree?year=2024&amp;q=%E7%AC%AC5&amp;"
                        "sort=-due_on\"")));
}

TEST(list_on_paper_hides_what_the_list_hides)
{
    struct given *g = given(t);

    given_keep(g, sample_keeper(g));
    CHECK(!page_has(given_get(g, S("/sample/keeper/print")), S("19912347920")));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, S("/sample/keeper/print")), S("陈晓玲")));
    CHECK_INT(page_status(given_get(g, S("/sample/nothing/print"))), 404);
}
