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

/* A tree of that unit, due so many days from today. */
static void given_due(struct given *g, struct str name, struct str unit,
                      int32_t days)
{
    struct ledger_row *row = sample_tree(g, name);
    int32_t today = date_of(given_ctx(g, S("/"))->now);

    given_int(row, "unit", given_unit(g, unit));
    given_int(row, "due_on", date_from_days(date_to_days(today) + days));
    given_keep(g, row);
}

/* Ten trees: of two units, overdue, soon and late, some of them finished. */
static struct given *given_dues(struct test *t)
{
    static const int32_t days[] = { -5, -2, 3, 30, -2 };
    static const char *const units[] = { "区司法局", "区教育局" };
    struct given *g = given(t);
    struct ledger_row *row;

    for (size_t u = 0; u < COUNT(units); u++)
        for (size_t i = 0; i < COUNT(days); i++)
            given_due(g, str_fmt(g->m, "%zu号%zu", u, i), str_from(units[u]),
                      days[i]);
    for (int64_t id = 5; id <= 10; id += 5) {
        row = given_kept(g, "sample.tree", id);
        given_int(row, "cared_on", 20240601);
        given_change(g, row);
    }
    given_commit(g);
    return g;
}

/* Where the link beside these words leads; "" without it. */
static struct str link_beside(struct ctx *c, struct str words)
{
    struct str html = page_html(c);
    struct str path = S("");
    size_t end = str_find(html, words);
    size_t at;

    if (end == SIZE_MAX)
        return path;
    html = str_slice(html, 0, end);
    while ((at = str_find(html, S("href=\""))) != SIZE_MAX) {
        html = str_slice(html, at + 6, html.n);
        path = str_slice(html, 0, str_find(html, S("\"")));
    }
    return path;
}

/* & is written &amp; on a page. */
static struct str as_address(struct given *g, struct str s)
{
    struct buf *b = buf_new(g->m, s.n + 1);
    struct str part;

    for (size_t i = 0; str_cut(&s, S("&amp;"), &part); i++) {
        if (i)
            buf_byte(b, '&');
        buf_put(b, part);
    }
    return buf_str(b);
}

TEST(home_counts_what_one_can_act_on_and_opens_onto_those_rows)
{
    static const struct {
        unsigned roles;
        const char *words, *number, *list;
    } cases[] = {
        { ROLE_OFFICER, "已逾期", "4 已逾期", "10 棵中的 4 棵，已逾期" },
        { ROLE_OFFICER, "7 天内到期", "2 7 天内到期",
          "10 棵中的 2 棵，7 天内到期" },
        { ROLE_EDITOR, "已逾期", "2 已逾期", "10 棵中的 2 棵，已逾期，本单位" },
        { ROLE_EDITOR, "7 天内到期", "1 7 天内到期",
          "10 棵中的 1 棵，7 天内到期，本单位" },
        { ROLE_ADMIN, "已逾期", NULL, NULL },
        { 0, "已逾期", NULL, NULL },
    };
    struct given *g = given_dues(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c;

        given_asks(g, cases[i].roles);
        g->who.org = given_unit(g, S("区司法局"));
        given_commit(g);
        c = given_get(g, S("/"));
        CHECK(page_says(c, str_from(cases[i].words)) == !!cases[i].list);
        if (!cases[i].list)
            continue;
        CHECK(page_says(c, str_from(cases[i].number)));
        c = given_get(g,
                      as_address(g, link_beside(c, str_from(cases[i].words))));
        CHECK(page_says(c, str_from(cases[i].list)));
    }
}

TEST(home_counts_the_files_that_are_ones_own)
{
    struct given *g = given(t);
    struct str waits = S("上传的文件等待确认导入");

    given_asks(g, ROLE_OFFICER);
    given_field(g, "cells", S("树名\t树种\n甲\t银杏\n"));
    CHECK_INT(page_status(given_post(g, S("/import/new"))), 303);
    CHECK(page_says(given_get(g, S("/")), waits));
    g->who.account++;
    CHECK(!page_says(given_get(g, S("/")), waits));
}

TEST(page_of_a_programme_counts_the_rows_of_its_ledgers)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    given_keep(g, sample_tree(g, S("乙")));
    CHECK(page_says(given_get(g, S("/sample")), S("2 棵")));
    CHECK_INT(page_status(given_get(g, S("/nothing"))), 404);
}

TEST(page_of_a_programme_begins_new_rows_for_those_who_may_add_them)
{
    static const struct {
        unsigned roles;
        bool unit, tree, keeper; /* keepers have no owner */
    } cases[] = {
        { 0, false, false, false },
        { ROLE_ADMIN, false, false, false },
        { ROLE_EDITOR, false, false, false },
        { ROLE_EDITOR, true, true, false },
        { ROLE_OFFICER, false, true, true },
    };
    struct given *g = given(t);
    int64_t unit = given_unit(g, S("区教育局"));

    given_commit(g);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c;

        given_asks(g, cases[i].roles);
        g->who.org = cases[i].unit ? unit : 0;
        c = given_get(g, S("/sample"));
        CHECK(page_has(c, S("\"/sample/tree/new\"")) == cases[i].tree);
        CHECK(page_has(c, S("\"/sample/keeper/new\"")) == cases[i].keeper);
    }
}

TEST(home_has_a_search_for_those_who_work)
{
    struct given *g = given(t);
    struct str search = S("id=\"words\"");

    given_keep(g, sample_tree(g, S("甲")));
    CHECK(!page_has(given_get(g, S("/")), search));
    given_asks(g, ROLE_EDITOR);
    CHECK(page_has(given_get(g, S("/")), search));
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

TEST(a_programme_tells_its_year_in_a_sentence)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("甲")));
    given_commit(g);
    c = given_get(g, S("/"));
    CHECK(page_says(c, S("1 棵树")));
    CHECK(page_has(c, S("href=\"/figures/sample.trees\"")));
    CHECK(page_has(c, S("aria-label=\"逐月，按“栽种日期”\"")));
    /* Missing is not zero. */
    c = given_get(g, S("/?year=2023"));
    CHECK(page_says(c, S("2023 年还没有记录")));
    CHECK(!page_says(c, S("0 棵树")));
}

TEST(home_says_the_day_and_whose_it_is)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, S("/")), S("今天要办 11月7日（周四）")));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    given_commit(g);
    CHECK(page_says(given_get(g, S("/")), S("11月7日（周四）· 区教育局")));
    given_asks(g, 0);
    CHECK(!page_says(given_get(g, S("/")), S("周四")));
}
