/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the site says about itself; and a house whose rows are invented. */
#include "host/given/given.h"
#include "host/ledger/setting.h"

static void set(struct given *g, enum setting s, struct str value)
{
    struct test *t = g->t;

    CHECK(setting_write(given_act(g), s, value) == OK);
}

static struct str headers(struct ctx *c)
{
    return buf_str(&c->x->response.headers);
}

TEST(law_page_names_a_source_for_all_that_is_not_here)
{
    struct given *g = given(t);
    struct ctx *c = given_get(g, S("/law"));

    CHECK_INT(page_status(c), 200);
    CHECK(page_says(c, S("网络投票")));
    CHECK(page_says(c, S("个人排名")));
    CHECK(page_says(c, S("在线时长")));
    CHECK(page_says(c, S("强制打卡")));
    CHECK(page_says(c, S("国办函〔2026〕12号")));
    CHECK(!page_has(c, S("method=\"post\"")));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, S("/law")), S("Guobanhan [2026] No. 12")));
}

static void check_contact(struct given *g, struct str path)
{
    struct test *t = g->t;
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("还没有填写电话和地址")));
    CHECK(!page_has(c, S("href=\"/settings\"")));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, path), S("href=\"/settings\"")));
    set(g, SETTING_PHONE, S("0532-8899 0000"));
    set(g, SETTING_CONTACT, S("督查科"));
    given_asks(g, 0);
    c = given_get(g, path);
    CHECK(page_has(c, S("href=\"tel:053288990000\">0532-8899 0000</a>")));
    CHECK(page_says(c, S("督查科")));
    CHECK(!page_says(c, S("还没有填写")));
}

TEST(complaints_page_says_whom_to_ask)
{
    check_contact(given(t), S("/complaints"));
}

TEST(accessibility_page_says_whom_to_ask)
{
    check_contact(given(t), S("/accessibility"));
}

TEST(foot_of_every_page_links_to_both)
{
    struct given *g = given(t);
    struct ctx *c = given_get(g, S("/nothing"));

    CHECK(page_has(c, S("href=\"/complaints\"")));
    CHECK(page_has(c, S("href=\"/law\"")));
}

TEST(demo_says_so_on_every_page)
{
    struct given *g = given(t);

    CHECK(!page_says(given_get(g, S("/")), S("演示数据")));
    set(g, SETTING_DEMO, S("1"));
    CHECK(page_says(given_get(g, S("/")), S("演示数据")));
    CHECK(page_says(given_get(g, S("/nothing")), S("演示数据")));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, S("/figures")), S("Demo data")));
}

TEST(demo_says_so_in_the_name_of_every_file)
{
    struct given *g = given(t);
    struct str named = S("''%E6%BC%94%E7%A4%BA%E6%95%B0%E6%8D%AE%20");
    static const char *const files[] = {
        "/sample/tree/export.xlsx",        "/sample/tree/export.csv",
        "/sample/tree/export.json",        "/figures/sample.trees/rows.csv",
        "/figures/sample.trees/rows.xlsx", "/figures/sample.trees/rows.json",
    };

    given_keep(g, sample_tree(g, S("甲")));
    for (size_t i = 0; i < COUNT(files); i++)
        CHECK(str_find(headers(given_get(g, str_from(files[i]))), named) ==
              SIZE_MAX);
    set(g, SETTING_DEMO, S("1"));
    for (size_t i = 0; i < COUNT(files); i++)
        CHECK(str_find(headers(given_get(g, str_from(files[i]))), named) !=
              SIZE_MAX);
}

TEST(demo_says_so_in_a_workbook_that_still_imports_as_no_change)
{
    struct given *g = given(t);
    struct workbook *w;
    struct import *im;

    given_keep(g, sample_tree(g, S("甲")));
    set(g, SETTING_DEMO, S("1"));
    given_asks(g, ROLE_OFFICER);
    w = given_workbook(g,
                       page_html(given_get(g, S("/sample/tree/export.xlsx"))),
                       S("a.xlsx"));
    CHECK(str_starts(w->grids[0].name, S("演示数据 ")));
    im = given_plan(g, w);
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_SAME], 1);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
}

TEST(words_are_explained_on_the_page_of_their_feature_and_on_one_for_all)
{
    struct given *g = given(t);
    struct ctx *c = given_get(g, S("/words"));

    CHECK(page_says(c, S("台账 一类工作的登记表")));
    CHECK(page_says(c, S("银杏 长寿的行道树")));
    given_keep(g, sample_tree(g, S("甲")));
    CHECK(page_says(given_get(g, S("/sample")), S("银杏 长寿的行道树")));
    c = given_get(g, S("/sample/tree"));
    CHECK(page_says(c, S("名词解释 银杏 长寿的行道树")));
    CHECK(!page_says(c, S("一类工作的登记表")));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, S("/words")),
                    S("Ginkgo a tree of the streets that grows old")));
}
