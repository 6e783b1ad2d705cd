/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The page of a row, its history, voiding and restoring. */
#include "base/date.h"
#include "host/given/given.h"

/* A tree whose species, unit and worry were changed by 王芳. */
static void given_changed(struct given *g)
{
    int64_t id = given_keep(g, sample_tree(g, S("甲")));
    struct ledger_row *row = given_kept(g, "sample.tree", id);

    tx_run_unjournaled(
        given_tx(g),
        SQL("INSERT INTO access_account (district, id, name, login, "
            "password, roles, org, made_at, ended_at) "
            "VALUES (370212, 7, '王芳', 'wf', '', 2, 0, 0, 0)"),
        (struct args){ 0 });
    given_text(row, "species", S("plum"));
    given_unit(g, S("区司法局"));
    given_ref(g, row, "unit", S("区司法局"));
    given_text(row, "worry", S("根系腐烂"));
    given_act(g)->actor = GIVEN_ACCOUNT;
    given_change(g, row);
    given_commit(g);
}

TEST(row_page_shows_values_links_and_figures)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("甲")));
    c = given_get(g, S("/sample/tree/1"));
    CHECK(!page_says(c, S("正常"))); /* nobody has looked whether it is */
    CHECK(page_says(c, S("树种 银杏")));
    CHECK(page_has(c, S("<a href=\"/registry/organisation/1\">区教育局</a>")));
    CHECK(page_has(c, S("/figures/sample.trees?year=2024\"")));
    CHECK(page_has(c, S("/figures/sample.trees.ginkgo?")));
    CHECK(!page_has(c, S("/figures/sample.trees.pine")));
    CHECK(!page_has(c, S("机关党委书记")));
    CHECK(!page_has(c, S("/edit")));
    CHECK(!page_has(c, S("name=\"reason\"")));
}

TEST(row_history_tells_who_changed_what)
{
    struct given *g = given(t);
    struct ctx *c;
    size_t changed;
    size_t added;

    given_changed(g);
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/tree/1"));
    changed = str_find(page_html(c), S("<b>修改</b>"));
    added = str_find(page_html(c), S("<b>新增</b>"));
    CHECK(changed < added && added != SIZE_MAX);
    CHECK(page_says(c, S("王芳（区级管理员）")));
    CHECK(page_says(c, S("系统命令行")));
    CHECK(page_has(c, S("<del>银杏</del>")));
    CHECK(page_has(c, S("<ins>梅树</ins>")));
    CHECK(page_has(c, S("<del>区教育局</del>")));
    CHECK(page_has(c, S("<ins>区司法局</ins>")));
    CHECK(page_has(c, S("<ins>根系腐烂</ins>")));
    CHECK(page_says(c, S("日志第 ")));
}

/* Before entries had a column for it, a reason stood among the changes. */
TEST(row_history_shows_reasons_where_they_were_kept_before)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    given_void(g, "sample.tree", 1);
    tx_run_unjournaled(
        given_tx(g),
        SQL("INSERT INTO journal_change (district, seq, field, after) "
            "SELECT district, seq, 'reason', '树已移走' FROM journal_entry "
            "WHERE subject = 'sample.tree' AND type = 3"),
        (struct args){ 0 });
    given_commit(g);
    CHECK(!page_says(given_get(g, S("/sample/tree/1")), S("树已移走")));
    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, S("/sample/tree/1")), S("原因：树已移走")));
}

TEST(row_history_hides_people_and_internal_values_from_visitors)
{
    struct given *g = given(t);
    struct ctx *c;

    given_changed(g);
    c = given_get(g, S("/sample/tree/1"));
    CHECK(page_has(c, S("<b>修改</b>")));
    CHECK(page_has(c, S("<ins>梅树</ins>")));
    CHECK(!page_has(c, S("王芳")));
    CHECK(!page_has(c, S("系统命令行")));
    CHECK(!page_has(c, S("根系腐烂")));
    CHECK(!page_has(c, S("病虫隐患")));
}

TEST(row_page_masks_people_for_visitors)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_keeper(g));
    c = given_get(g, S("/sample/keeper/1"));
    CHECK(page_has(c, S("<h1>陈**")));
    CHECK(!page_has(c, S("晓玲")));
    CHECK(!page_has(c, S("1991")));
    CHECK(!page_has(c, S("护树电话")));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/keeper/1"));
    CHECK(page_has(c, S("<h1>陈晓玲")));
    CHECK(page_has(c, S("19912347920")));
}

TEST(row_page_shows_what_is_empty_to_those_who_can_fill_it_in)
{
    static const struct {
        unsigned roles;
        const char *unit;
        bool empty;
    } cases[] = {
        { 0, NULL, false },
        { ROLE_ADMIN, NULL, false },
        { ROLE_EDITOR, "区司法局", false },
        { ROLE_EDITOR, "区教育局", true },
        { ROLE_OFFICER, NULL, true },
    };
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c;

        given_asks(g, cases[i].roles);
        g->who.org = cases[i].unit ? given_unit(g, str_from(cases[i].unit)) : 0;
        given_commit(g);
        c = given_get(g, S("/sample/tree/1"));
        CHECK(page_says(c, S("协助单位")) == cases[i].empty);
        CHECK(page_says(c, S("未填写")) == cases[i].empty);
        CHECK(page_says(c, S("2024 年度，编号 1")));
        CHECK(!page_has(c, S("<dt>编号</dt>")));
    }
    given_void(g, "sample.tree", 1);
    given_asks(g, ROLE_OFFICER);
    CHECK(!page_says(given_get(g, S("/sample/tree/1")), S("未填写")));
}

static struct ctx *set_voided(struct given *g, const char *verb,
                              struct str reason)
{
    given_field(g, "reason", reason);
    return given_post(g, str_fmt(g->m, "/sample/tree/1/%s", verb));
}

TEST(row_page_refuses_what_is_not_there)
{
    static const char *const ids[] = {
        "2", "0", "-1", "x", "1x", "", "99999999999999999999"
    };
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct str row = str_fmt(t->mem, "/sample/tree/%s", ids[i]);

        CHECK_INT(page_status(given_get(g, row)), 404);
        CHECK_INT(page_status(
                      given_get(g, str_fmt(t->mem, "%.*s/edit", STR_ARG(row)))),
                  404);
        given_field(g, "reason", S("x"));
        CHECK_INT(page_status(given_post(g, str_fmt(t->mem, "%.*s/void",
                                                    STR_ARG(row)))),
                  404);
    }
}

TEST(row_is_voided_and_restored_with_a_reason)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("甲")));
    given_asks(g, ROLE_OFFICER);
    CHECK_STR(set_voided(g, "void", S("与 3 号重复"))->location,
              S("/sample/tree/1"));
    c = given_get(g, S("/sample/tree/1"));
    CHECK(page_says(c, S("已作废")));
    CHECK(page_says(c, S("原因：与 3 号重复")));
    CHECK(page_has(c, S("/sample/tree/1/restore\"")));
    CHECK(!page_has(c, S("/edit")));
    CHECK(!page_has(c, S("/figures/sample.trees?")));
    CHECK_INT(page_status(set_voided(g, "void", S("再次作废"))), 409);
    CHECK_INT(page_status(set_voided(g, "restore", S("查清了"))), 303);
    CHECK_INT(page_status(set_voided(g, "restore", S("再次恢复"))), 409);
    given_asks(g, 0);
    c = given_get(g, S("/sample/tree/1"));
    CHECK(page_has(c, S("<b>恢复</b>")));
    CHECK(!page_has(c, S("查清了")));
}

TEST(row_is_voided_and_restored_after_a_page_that_counts)
{
    static const struct {
        const char *verb, *trees, *visits;
    } turns[] = { { "void", "认养树木 2024 2 1", "浇水人次 2024 30 20" },
                  { "restore", "认养树木 2024 1 2", "浇水人次 2024 20 30" } };
    struct given *g = given(t);

    for (int i = 0; i < 2; i++) {
        struct ledger_row *row = sample_tree(g, i ? S("乙") : S("甲"));

        given_int(row, "visits", 10 + 10 * i);
        given_keep(g, row);
    }
    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(turns); i++) {
        struct str path = str_fmt(t->mem, "/sample/tree/1/%s", turns[i].verb);
        struct ctx *c;

        CHECK(page_has(given_get(g, S("/sample/tree/1")),
                       str_fmt(t->mem, "href=\"%.*s\"", STR_ARG(path))));
        c = given_get(g, path);
        CHECK_INT(page_status(c), 200);
        CHECK(page_says(c, str_from(turns[i].trees)));
        CHECK(page_says(c, str_from(turns[i].visits)));
        CHECK_INT(given_kept(g, "sample.tree", 1)->voided, i); /* not yet */
        CHECK_INT(page_status(set_voided(g, turns[i].verb, S("查过"))), 303);
        CHECK_INT(page_status(given_get(g, path)), 409);
    }
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区司法局"));
    CHECK_INT(page_status(given_get(g, S("/sample/tree/1/void"))), 403);
}

TEST(row_voided_is_gone_for_visitors)
{
    struct given *g = given(t);

    given_void(g, "sample.tree", given_keep(g, sample_tree(g, S("甲"))));
    CHECK_INT(page_status(given_get(g, S("/sample/tree/1"))), 404);
}

/* Refused, with what was typed still there and a word about it. */
static bool has_come_back(struct ctx *c, struct str typed)
{
    return page_status(c) == 422 && page_has(c, typed) &&
           page_says(c, S("原因请写成一行，不超过 200 个字"));
}

TEST(row_that_was_judged_is_voided_by_officers)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));
    struct ctx *c;

    given_int(row, "health", 3000);
    given_keep(g, row);
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    c = given_get(g, S("/sample/tree/1"));
    CHECK(!page_says(c, S("作废这条记录")));
    CHECK(page_has(c, S("/sample/tree/1/edit#visits")));
    CHECK(!page_has(c, S("/sample/tree/1/edit#health")));
    CHECK(!page_has(c, S("/sample/tree/1/edit#name")));
    c = set_voided(g, "void", S("分数太低"));
    CHECK_INT(page_status(c), 403);
    CHECK(page_says(c, S("只有区级管理员可以作废或恢复")));
    given_asks(g, ROLE_OFFICER);
    CHECK_INT(page_status(set_voided(g, "void", S("退出评比"))), 303);
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    CHECK_INT(page_status(set_voided(g, "restore", S("再比一次"))), 403);
    CHECK_INT(given_live(g, "sample.tree", S("")), 0);
}

TEST(row_is_not_voided_without_a_reason_or_right)
{
    struct given *g = given(t);
    struct buf *b = buf_new(t->mem, 4096);

    given_keep(g, sample_tree(g, S("甲")));
    given_asks(g, ROLE_OFFICER);
    for (int i = 0; i < 201; i++)
        buf_lit(b, "长");
    CHECK_INT(page_status(set_voided(g, "void", S("   "))), 422);
    CHECK(has_come_back(set_voided(g, "void", buf_str(b)), S("长长长")));
    CHECK(has_come_back(set_voided(g, "void", S("一二\n三")), S("一二")));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区司法局"));
    CHECK_INT(page_status(set_voided(g, "void", S("重复"))), 403);
    given_asks(g, ROLE_ADMIN);
    CHECK_INT(page_status(set_voided(g, "void", S("重复"))), 403);
    CHECK(!page_says(given_get(g, S("/sample/tree/1")), S("已作废")));
    CHECK_INT(given_live(g, "sample.tree", S("甲")), 1);
}

static int32_t days_from_today(struct given *g, int32_t days)
{
    int32_t today = date_of(given_ctx(g, S("/"))->now);

    return date_from_days(date_to_days(today) + days);
}

TEST(row_page_and_list_say_how_a_row_stands_today)
{
    static const struct {
        int32_t due, finished; /* days from today; 0: none */
        const char *words;
    } cases[] = {
        { -1, 0, "已逾期" }, { 1, 0, "7 天内到期" }, { 7, 0, "7 天内到期" },
        { 8, 0, "未完成" },  { -9, -3, "已完成" },   { 9, -3, "已完成" },
        { -2, 0, "已逾期" },
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ledger_row *row = sample_tree(g, str_fmt(g->m, "第%zu棵", i));
        struct str path = str_fmt(g->m, "/sample/tree/%zu", i + 1);
        struct str in_list = str_fmt(g->m, "第%zu棵 %s", i, cases[i].words);

        given_int(row, "due_on", days_from_today(g, cases[i].due));
        if (cases[i].finished)
            given_int(row, "cared_on", days_from_today(g, cases[i].finished));
        given_keep(g, row);
        CHECK(page_says(given_get(g, path), in_list));
        CHECK(page_says(given_get(g, S("/sample/tree")), in_list));
    }
}

TEST(row_page_says_what_has_ended)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_keeper(g);

    given_int(row, "until", days_from_today(g, -1));
    given_keep(g, row);
    row = sample_keeper(g);
    given_text(row, "name", S("李明"));
    given_int(row, "until", days_from_today(g, 0));
    given_keep(g, row);
    CHECK(page_says(given_get(g, S("/sample/keeper/1")), S("已结束")));
    CHECK(!page_says(given_get(g, S("/sample/keeper/2")), S("已结束")));
}
