/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/asset.h"
#include "base/date.h"
#include "host/given/given.h"
#include "host/page/views/home.h"

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

TEST(visitors_load_no_styles_of_those_who_work)
{
    struct given *g = given(t);
    struct str sheet = asset_path(S("staff.css"));

    CHECK(!page_has(given_get(g, S("/")), sheet));
    given_asks(g, ROLE_EDITOR);
    CHECK(page_has(given_get(g, S("/")), sheet));
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

/* ---- steps that wait ---- */

/* A task of a grove of its own. */
static void given_task(struct given *g, const char *unit, const char *state,
                       int32_t due)
{
    struct ledger_row *grove = given_row(g, "grove.grove");
    struct ledger_row *task = given_row(g, "grove.task");

    grove->year = 2023;
    given_text(grove, "name", str_fmt(g->m, "%s%s%d", unit, state, due));
    given_int(grove, "unit", given_unit(g, str_from(unit)));
    given_text(grove, "state", S("active"));
    given_int(task, "grove", given_keep(g, grove));
    given_text(task, "name", S("整地"));
    given_int(task, "due", due);
    given_int(task, "weight", 10);
    given_text(task, "state", str_from(state));
    given_keep(g, task);
}

/* It is 7 November 2024. */
static struct given *given_work(struct test *t)
{
    struct given *g = given(t);

    given_task(g, "区教育局", "open", 20241101);
    given_task(g, "区教育局", "open", 20241107);
    given_task(g, "区教育局", "open", 20241114);
    given_task(g, "区教育局", "open", 20241212);
    given_task(g, "区教育局", "reported", 20241101);
    given_task(g, "区司法局", "open", 20241101);
    given_task(g, "区司法局", "open", 20250120);
    given_task(g, "区水务局", "open", 20241212);
    given_commit(g);
    return g;
}

static struct ctx *home_of(struct given *g, unsigned roles, const char *unit)
{
    given_asks(g, roles);
    g->who.org = *unit ? given_unit(g, str_from(unit)) : 0;
    given_commit(g);
    return given_get(g, S("/"));
}

TEST(home_says_which_steps_wait_and_opens_onto_those_rows)
{
    static const struct {
        unsigned roles;
        const char *unit, *words, *says, *list;
    } cases[] = {
        { ROLE_EDITOR, "区教育局", "个任务七天内到期",
          "3 个任务七天内到期 造林任务，其中 1 个已过期 已过期",
          "8 个中的 3 个，等您“报任务完成”的，先到期的在前" },
        { ROLE_EDITOR, "区司法局", "个任务七天内到期",
          "1 个任务七天内到期 造林任务，已过期 已过期",
          "8 个中的 1 个，等您“报任务完成”的" },
        { ROLE_OFFICER, "", "个任务等您验收", "1 个任务等您验收 造林任务",
          "8 个中的 1 个，等您“验收任务”的" },
        { ROLE_OFFICER, "", "个任务七天内到期", NULL, NULL },
        { ROLE_EDITOR, "区水务局", "个任务", NULL, NULL },
        { ROLE_ADMIN, "", "个任务", NULL, NULL },
        { 0, "", "个任务", NULL, NULL },
    };
    struct given *g = given_work(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c = home_of(g, cases[i].roles, cases[i].unit);
        struct str words = str_from(cases[i].words);

        CHECK((str_find(page_html(c), words) != SIZE_MAX) == !!cases[i].says);
        if (!cases[i].says)
            continue;
        CHECK(page_says(c, str_from(cases[i].says)));
        c = given_get(g, as_address(g, link_beside(c, words)));
        CHECK(page_says(c, str_from(cases[i].list)));
    }
}

TEST(home_puts_what_is_overdue_first)
{
    struct given *g = given_work(t);
    struct ledger_row *draft = given_row(g, "grove.grove");
    struct str html;
    size_t approve;

    given_text(draft, "name", S("北山"));
    given_int(draft, "unit", given_unit(g, S("区水务局")));
    given_keep(g, draft);
    html = page_html(home_of(g, ROLE_OFFICER | ROLE_EDITOR, "区司法局"));
    approve = str_find(html, S("片林地等您批准"));
    CHECK(str_find(html, S("个任务七天内到期")) < approve);
    CHECK(approve < str_find(html, S("个任务等您验收")));
    CHECK(str_find(html, S("个任务等您验收")) != SIZE_MAX);
}

TEST(home_says_until_when_nothing_is_due)
{
    struct given *g = given_work(t);

    CHECK(page_says(home_of(g, ROLE_EDITOR, "区水务局"),
                    S("没有等待处理的事项。12月12日之前没有到期的事。")));
    CHECK(
        !page_says(home_of(g, ROLE_EDITOR, "区教育局"), S("之前没有到期的事")));
    CHECK(!page_says(home_of(g, ROLE_OFFICER, ""), S("之前没有到期的事")));
    CHECK(!page_says(home_of(g, 0, ""), S("之前没有到期的事")));
    given_void(g, "grove.task", 6); /* the one of 区司法局 that is late */
    CHECK(page_says(home_of(g, ROLE_EDITOR, "区司法局"),
                    S("2025年1月20日之前没有到期的事。")));
}

TEST(home_tells_of_steps_in_english)
{
    struct given *g = given_work(t);
    struct ctx *c;

    g->lang = LANG_EN;
    c = home_of(g, ROLE_EDITOR, "区教育局");
    CHECK(page_says(c, S("3 tasks due within a week Tasks of groves, "
                         "1 of them overdue Overdue")));
    c = home_of(g, ROLE_EDITOR, "区水务局");
    CHECK(page_says(c, S("All done: nothing is waiting. Nothing is due until "
                         "12 December 2024.")));
}

TEST(home_shows_five_kinds_of_work_and_the_others_in_a_line)
{
    struct todo work[7];
    struct today today = { .work = work, .work_n = COUNT(work) };
    struct given *g = given(t);
    struct ctx *c = given_ctx(g, S("/"));

    for (size_t i = 0; i < COUNT(work); i++)
        work[i] = (struct todo){ .n = (int64_t)i + 1,
                                 .what = TEXT("个任务", "tasks"),
                                 .more = TEXT("造林", "Groves"),
                                 .path = S("/grove/task") };
    view_home_todo(page_body(c), &today);
    CHECK(page_send(c, &(struct page){ .title = TEXT("首页", "Home") }) == OK);
    CHECK(page_says(c, S("5 个任务 造林 还有： 6 个任务 、 7 个任务")));
}
