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

TEST(home_of_a_new_house_says_what_to_do_first_and_shows_no_zeros)
{
    struct given *g = given(t);
    struct ctx *c;

    given_asks(g, ROLE_ADMIN | ROLE_OFFICER);
    c = given_get(g, S("/"));
    CHECK(page_says(c, S("先做这三步")));
    CHECK(page_has(c, S("href=\"/settings\"")));
    CHECK(page_has(c, S("href=\"/import/new?ledger=registry.organisation\"")));
    CHECK(!page_says(c, S("都办完了")));
    CHECK(!page_has(c, S("class=\"figure\"")));
    CHECK(!page_has(given_get(g, S("/sample")), S("class=\"figure\"")));
    CHECK(!page_says(c, S("已做")));
    CHECK(setting_write(given_act(g), SETTING_OFFICE, S("区委办")) == OK);
    given_unit(g, S("区教育局"));
    c = given_get(g, S("/"));
    CHECK(page_says(c, S("填写网站设置 名称、联系方式和备案号，"
                         "显示在每一页 已做")));
    CHECK(page_says(c, S("页内有空白模板 已做")));
    CHECK(page_says(c, S("3 导入您的工作簿")));
}

TEST(home_of_a_new_house_asks_nothing_of_others)
{
    struct given *g = given(t);

    CHECK(page_says(given_get(g, S("/")), S("还没有数据")));
    CHECK(!page_has(given_get(g, S("/")), S("/import/new")));
    given_asks(g, ROLE_EDITOR);
    CHECK(page_says(given_get(g, S("/")), S("还没有数据")));
}

TEST(home_of_a_house_at_work_has_no_first_steps)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("甲")));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/"));
    CHECK(!page_says(c, S("先做这三步")));
    CHECK(page_says(c, S("今天要办")));
}
