/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One search over all ledgers, for whoever asks. */
#include "host/given/given.h"

TEST(search_finds_in_every_ledger_and_year)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("陈家银杏"));
    struct ctx *c;

    row->year = 2022;
    given_int(row, "planted_on", 20220312);
    given_int(row, "due_on", 20221231);
    given_keep(g, row);
    given_keep(g, sample_tree(g, S("北宅银杏")));
    given_keep(g, sample_keeper(g));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/search?q=陈"));
    CHECK(page_says(c, S("找到 2 条，在 2 个台账里")));
    CHECK(page_has(c, S("<a href=\"/sample/tree/1\">陈家银杏</a>")));
    CHECK(page_says(c, S("2022年 · 银杏 · 区教育局")));
    CHECK(page_has(c, S("href=\"/sample/keeper/1\"")));
    CHECK(page_has(c, S("href=\"/sample/tree?year=all&amp;q=%E9%99%88&amp;"
                        "sort=-id\"")));
    CHECK(!page_says(c, S("北宅银杏")));
}

TEST(search_finds_nothing_by_what_the_reader_may_not_see)
{
    struct given *g = given(t);

    given_keep(g, sample_keeper(g));
    CHECK(page_says(given_get(g, S("/search?q=19912347920")),
                    S("没有找到“19912347920”")));
    CHECK(page_says(given_get(g, S("/search?q=晓玲")), S("没有找到")));
    given_asks(g, ROLE_EDITOR);
    CHECK(page_says(given_get(g, S("/search?q=晓玲")), S("没有找到")));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, S("/search?q=晓玲")), S("陈晓玲")));
    CHECK(page_says(given_get(g, S("/search?q=9912347920")), S("陈晓玲")));
}

TEST(search_leaves_out_rows_that_are_voided)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲树")));
    given_void(g, "sample.tree", 1);
    CHECK(page_says(given_get(g, S("/search?q=甲树")), S("没有找到")));
}

TEST(search_shows_the_newest_few_and_links_to_all)
{
    struct given *g = given(t);
    struct ctx *c;

    for (int i = 1; i <= 7; i++)
        given_keep(g, sample_tree(g, str_fmt(t->mem, "第%d号树", i)));
    c = given_get(g, S("/search?q=号树"));
    CHECK(page_says(c, S("第7号树")));
    CHECK(page_says(c, S("第3号树")));
    CHECK(!page_says(c, S("第2号树")));
    CHECK(page_says(c, S("全部 7 棵")));
}

TEST(search_without_words_is_a_box)
{
    struct given *g = given(t);
    struct ctx *c = given_get(g, S("/search?q=　 "));

    CHECK_INT(page_status(c), 200);
    CHECK(page_has(c, S("role=\"search\"")));
    CHECK(!page_says(c, S("没有找到")));
    c = given_get(g, S("/search?q=<b>"));
    CHECK(page_has(c, S("value=\"&lt;b&gt;\"")));
    CHECK(page_has(given_get(g, S("/figures")), S("action=\"/search\"")));
}
