/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Forms: what is kept, what is refused, and that nothing typed is lost. */
#include "host/given/given.h"

#define NEW_TREE S("/sample/tree/new")

/* A form filled in right, for a new tree of 区教育局. */
static void given_form(struct given *g)
{
    given_unit(g, S("区教育局"));
    given_unit(g, S("区司法局"));
    given_field(g, "name", S("北宅银杏"));
    given_field(g, "species", S("ginkgo"));
    given_field(g, "unit", S("区教育局"));
    given_field(g, "planted_on", S("2024年1月2日"));
    given_field(g, "due_on", S("2024-12-31"));
}

/* The same for a row that is there, in the version it was read. */
static struct ctx *edit(struct given *g, int64_t id, const char *version)
{
    given_field(g, "version", str_from(version));
    return given_post(g,
                      str_fmt(g->m, "/sample/tree/%lld/edit", (long long)id));
}

static struct str saved(struct given *g, int64_t id, const char *column)
{
    return given_said(g, given_kept(g, "sample.tree", id), column);
}

TEST(row_form_is_made_from_the_declaration)
{
    struct given *g = given(t);
    struct ctx *c;

    given_unit(g, S("区司法局"));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    c = given_get(g, NEW_TREE);
    CHECK(page_has(c, S("action=\"/sample/tree/new\"")));
    CHECK(page_has(c, S("<label for=\"partners\">协助单位（选填）</label>")));
    CHECK(page_has(c, S("<label for=\"name\">树名</label>")));
    CHECK(page_says(c, S("写职务，不写姓名")));
    CHECK(page_says(c, S("例如 2024-11-07")));
    CHECK(page_has(c, S("name=\"unit\" value=\"区教育局\"")));
    CHECK(page_has(c, S("<option value=\"区司法局\"></option>")));
    CHECK(page_has(c, S("name=\"once\"")));
    CHECK(!page_has(c, S("name=\"month\""))); /* derived */
    CHECK(!page_has(c, S("name=\"year\"")));  /* it follows from the date */
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/keeper/new"));
    CHECK(page_has(c, S("name=\"year\" value=\"2024\"")));
    c = given_get(g, S("/registry/organisation/new"));
    CHECK(!page_has(c, S("name=\"year\"")));
}

TEST(row_form_takes_dates_of_digits_and_says_so)
{
    static const struct {
        const char *typed, *words;
    } wrong[] = {
        { "2204-07-01", "2204-07-01 不在 1900 年到 2199 年之间，请核对年份" },
        { "18240701", "18240701 不在 1900 年到 2199 年之间" },
        { "20240230", "没有 20240230 这一天" },
        { "202407", "看不懂的日期" },
    };
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, NEW_TREE), S("也可写 20241107")));
    for (size_t i = 0; i < COUNT(wrong); i++) {
        given_form(g);
        given_field(g, "planted_on", str_from(wrong[i].typed));
        CHECK(page_says(given_post(g, NEW_TREE), str_from(wrong[i].words)));
    }
    given_form(g);
    given_field(g, "planted_on", S("20240701"));
    given_post(g, NEW_TREE);
    CHECK_STR(saved(g, 1, "planted_on"), S("20240701"));
}

TEST(row_form_of_a_new_row_changes_nothing_yet)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    given_asks(g, ROLE_OFFICER);
    CHECK(!page_says(given_get(g, NEW_TREE), S("不改了")));
    CHECK(page_says(given_get(g, S("/sample/tree/1/edit")), S("不改了")));
}

TEST(row_form_keeps_a_new_row)
{
    struct given *g = given(t);

    given_form(g);
    given_field(g, "crew", S("９人"));
    given_asks(g, ROLE_OFFICER);
    CHECK_STR(given_post(g, NEW_TREE)->location, S("/sample/tree/1"));
    CHECK_STR(saved(g, 1, "name"), S("北宅银杏"));
    CHECK_STR(saved(g, 1, "planted_on"), S("20240102"));
    CHECK_STR(saved(g, 1, "crew"), S("9"));
    CHECK_STR(saved(g, 1, "month"), S("1"));
    CHECK_STR(saved(g, 1, "partners"), S(""));
    CHECK_INT(given_kept(g, "sample.tree", 1)->year, 2024);
}

TEST(row_form_reads_a_time_as_people_say_it)
{
    static const struct {
        const char *typed, *kept;
    } cases[] = {
        { "2.5 小时", "150" },
        { "2:30", "150" },
        { "150", "150" },
        { "一小时二十分", "80" },
    };
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, NEW_TREE), S("2.5小时 或 2:30")));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c;

        given_form(g);
        given_field(g, "name", str_fmt(g->m, "银杏%zu", i));
        given_field(g, "minutes", str_from(cases[i].typed));
        c = given_post(g, NEW_TREE);
        NEED(c->location.n > 0);
        CHECK_STR(saved(g, (int64_t)i + 1, "minutes"), str_from(cases[i].kept));
        CHECK(page_says(given_get(g, c->location),
                        str_from(cases[i].kept))); /* what was understood */
    }
}

TEST(row_form_refuses_what_is_no_value)
{
    static const char *const cases[][2] = {
        { "minutes", "2天" },   { "crew", "20余人" },  { "name", "#N/A" },
        { "partners", "同上" }, { "remark", "#REF!" }, { "name", "/" },
        { "health", "95%" },    { "unit", "同上" },    { "name", "\u200b" },
    };
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c;

        given_form(g);
        given_field(g, cases[i][0], str_from(cases[i][1]));
        c = given_post(g, NEW_TREE);
        CHECK_INT(page_status(c), 422);
        CHECK(page_has(c, str_from("aria-invalid=\"true\"")));
    }
    CHECK_INT(given_live(g, "sample.tree", S("")), 0);
}

TEST(row_form_gives_everything_back_with_its_errors)
{
    struct given *g = given(t);
    struct ctx *c;

    given_form(g);
    given_field(g, "name", S(""));
    given_field(g, "crew", S("十几个"));
    given_field(g, "due_on", S("2024-02-30"));
    given_field(g, "unit", S("没登记的局"));
    given_field(g, "care", S("一\n二 <b>"));
    given_asks(g, ROLE_OFFICER);
    c = given_post(g, NEW_TREE);
    CHECK_INT(page_status(c), 422);
    CHECK(page_has(c, S("<title>错误：")));
    CHECK(page_says(c, S("有 4 处需要更正")));
    CHECK(page_has(c, S("<a href=\"#name\">树名：必填，请填写</a>")));
    CHECK(page_has(c, S("value=\"十几个\"")));
    CHECK(page_has(c, S("value=\"2024-02-30\"")));
    CHECK(page_has(c, S("value=\"没登记的局\"")));
    CHECK(page_has(c, S("value=\"ginkgo\" selected")));
    CHECK(page_has(c, S("一\n二 &lt;b&gt;</textarea>")));
    CHECK(page_has(c, S("data-guard=\"dirty\"")));
    CHECK(page_has(c, S("aria-describedby=\"due_on-h due_on-e\"")));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree")), 0);
}

TEST(row_form_asks_the_rules_of_the_ledger)
{
    struct given *g = given(t);
    struct ctx *c;

    given_form(g);
    given_field(g, "due_on", S("2023-12-31"));
    given_asks(g, ROLE_OFFICER);
    c = given_post(g, NEW_TREE);
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("养护期限：早于栽种日期")));
}

TEST(row_form_escapes_what_was_typed)
{
    struct given *g = given(t);
    const struct ledger *l = ledger_find(S("sample.tree"));
    struct ctx *c;

    for (size_t i = 0; i < l->columns_n; i++)
        given_field(g, str_c(t->mem, l->columns[i].key),
                    S("\"'></textarea><script>alert(1)</script>"));
    given_asks(g, ROLE_OFFICER);
    c = given_post(g, NEW_TREE);
    CHECK_INT(page_status(c), 422);
    CHECK(!page_has(c, S("<script>alert")));
    CHECK(page_has(c, S("&lt;script&gt;alert")));
}

TEST(row_form_names_the_row_that_is_there_already)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("北宅银杏")));
    given_form(g);
    given_asks(g, ROLE_OFFICER);
    c = given_post(g, NEW_TREE);
    CHECK_INT(page_status(c), 409);
    CHECK(page_has(c, S("<a href=\"/sample/tree/1\">北宅银杏</a>")));
    CHECK(page_has(c, S("value=\"北宅银杏\"")));
}

TEST(row_form_edits_and_keeps_no_empty_change)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, sample_tree(g, S("甲")));
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/tree/1/edit"));
    CHECK(page_has(c, S("name=\"version\" value=\"1\"")));
    CHECK(page_has(c, S("name=\"due_on\" value=\"2024-12-31\"")));
    CHECK(page_has(c, S("name=\"unit\" value=\"区教育局\"")));
    given_form(g);
    CHECK_STR(edit(g, id, "1")->location, S("/sample/tree/1"));
    CHECK_INT(given_kept(g, "sample.tree", id)->version, 2);
    given_form(g);
    CHECK_STR(edit(g, id, "2")->location, S("/sample/tree/1"));
    CHECK_INT(given_kept(g, "sample.tree", id)->version, 2);
}

TEST(row_form_keeps_unit_editors_in_their_unit)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, sample_tree(g, S("甲")));
    struct ctx *c;

    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区司法局"));
    given_form(g);
    c = given_post(g, NEW_TREE);
    CHECK_INT(page_status(c), 403);
    CHECK(page_says(c, S("系统管理员")));
    CHECK(page_has(c, S("value=\"北宅银杏\"")));
    given_form(g);
    CHECK_INT(page_status(edit(g, id, "1")), 403);
    CHECK_INT(page_status(given_get(g, S("/sample/tree/1/edit"))), 403);
    CHECK_STR(saved(g, id, "name"), S("甲"));
    g->who.org = given_unit(g, S("区教育局"));
    given_form(g);
    given_field(g, "unit", S("区司法局")); /* give it away */
    CHECK_INT(page_status(edit(g, id, "1")), 403);
    given_form(g);
    CHECK_INT(page_status(edit(g, id, "1")), 303);
    CHECK_STR(saved(g, id, "name"), S("北宅银杏"));
    /* Rows of no unit are for officers. */
    CHECK_INT(page_status(given_get(g, S("/sample/keeper/new"))), 403);
}

TEST(row_form_says_why_nothing_may_be_added)
{
    static const struct {
        const char *path;
        const char *words;
    } tries[] = {
        { "/sample/keeper/new", "这个台账由区级管理员登记和修改" },
        { "/sample/tree/new", "您的账户还没有单位" },
    };
    struct given *g = given(t);

    given_asks(g, ROLE_EDITOR);
    for (size_t i = 0; i < COUNT(tries); i++) {
        struct ctx *c = given_get(g, str_from(tries[i].path));

        CHECK_INT(page_status(c), 403);
        CHECK(page_says(c, str_from(tries[i].words)));
        CHECK(!page_says(c, S("这条记录"))); /* there is none */
        CHECK_INT(page_status(given_post(g, str_from(tries[i].path))), 403);
    }
    given_keep(g, sample_keeper(g));
    CHECK(page_says(given_get(g, S("/sample/keeper/1/edit")),
                    S("这个台账由区级管理员登记和修改")));
}

/* A tree whose health was judged: 80; its own editor asks from now on. */
static int64_t given_judged(struct given *g)
{
    struct ledger_row *row = sample_tree(g, S("北宅银杏"));
    int64_t id;

    given_int(row, "health", 8000);
    id = given_keep(g, row);
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    return id;
}

TEST(row_form_shows_what_was_decided_and_does_not_ask_it)
{
    struct given *g = given(t);
    struct ctx *c;

    given_judged(g);
    c = given_get(g, S("/sample/tree/1/edit"));
    CHECK(page_has(c, S("<output id=\"health\"")));
    CHECK(page_says(c, S("长势评分 由区级管理员填写 80 ")));
    CHECK(!page_has(c, S("name=\"health\"")));
    CHECK(!page_has(c, S("name=\"name\""))); /* of what was judged */
    CHECK(!page_has(c, S("name=\"unit\"")));
    CHECK(page_has(c, S("name=\"visits\"")));
    c = given_get(g, NEW_TREE);
    CHECK(page_has(c, S("<output id=\"health\"")));
    CHECK(page_has(c, S("name=\"name\"")));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/sample/tree/1/edit"));
    CHECK(page_has(c, S("name=\"health\" value=\"80\"")));
    CHECK(page_has(c, S("name=\"name\" value=\"北宅银杏\"")));
    CHECK(page_has(given_get(g, NEW_TREE), S("name=\"health\"")));
}

TEST(row_form_keeps_what_it_did_not_ask)
{
    struct given *g = given(t);
    int64_t id = given_judged(g);

    given_field(g, "species", S("plum"));
    given_field(g, "due_on", S("2024-12-30"));
    CHECK_STR(edit(g, id, "1")->location, S("/sample/tree/1"));
    CHECK_STR(saved(g, id, "species"), S("plum"));
    CHECK_STR(saved(g, id, "name"), S("北宅银杏"));
    CHECK_STR(saved(g, id, "health"), S("8000"));
    CHECK_INT(given_kept(g, "sample.tree", id)->year, 2024);
}

TEST(row_form_refuses_what_was_sent_unasked)
{
    static const char *const sent[] = { "100", "80.01", "" };
    struct given *g = given(t);
    int64_t id = given_judged(g);
    struct ctx *c;

    for (size_t i = 0; i < COUNT(sent); i++) {
        given_form(g);
        given_field(g, "health", str_from(sent[i]));
        c = edit(g, id, "1");
        CHECK_INT(page_status(c), 403);
        CHECK(page_has(c, S("<a href=\"#health\">长势评分：由区级管理员填写，"
                            "您单位不能填")));
        CHECK(page_says(c, S("80")));
        CHECK_STR(saved(g, id, "health"), S("8000"));
    }
    given_form(g);
    given_field(g, "name", S("另一棵"));
    given_field(g, "health", S("100"));
    CHECK_INT(page_status(given_post(g, NEW_TREE)), 403);
    given_form(g);
    given_field(g, "month", S("1"));
    c = given_post(g, NEW_TREE);
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("“栽种月份”由系统计算，不能填写")));
    CHECK_INT(given_live(g, "sample.tree", S("")), 1);
}

TEST(row_form_leaves_an_untouched_reference_alone)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, sample_tree(g, S("甲")));

    given_void(g, "registry.organisation", given_unit(g, S("区教育局")));
    given_asks(g, ROLE_OFFICER);
    given_form(g);
    CHECK_STR(edit(g, id, "1")->location, S("/sample/tree/1"));
    given_form(g); /* a new row cannot name it */
    given_field(g, "name", S("新的"));
    CHECK_INT(page_status(given_post(g, NEW_TREE)), 422);
}

TEST(row_form_does_not_edit_a_voided_row)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, sample_tree(g, S("甲")));

    given_void(g, "sample.tree", id);
    given_asks(g, ROLE_OFFICER);
    given_form(g);
    CHECK_INT(page_status(edit(g, id, "2")), 409);
    CHECK_STR(saved(g, id, "name"), S("甲"));
}

TEST(row_form_reads_the_year_where_it_is_asked)
{
    static const struct {
        const char *typed;
        int status;
    } years[] = { { "", 422 },     { "24", 422 },    { "2024-25", 422 },
                  { "1999", 422 }, { "2200", 422 },  { "-2024", 422 },
                  { "2034", 422 }, { "2023年", 303 } };
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(years); i++) {
        given_field(g, "name", S("小王"));
        given_field(g, "duty", S("helper"));
        given_field(g, "year", str_from(years[i].typed));
        CHECK_INT(page_status(given_post(g, S("/sample/keeper/new"))),
                  years[i].status);
    }
    CHECK_INT(given_kept(g, "sample.keeper", 1)->year, 2023);
}

/* The answer to a new tree of this day, sent with this box. */
static struct ctx *planted(struct given *g, const char *day, const char *sure)
{
    given_form(g);
    given_field(g, "planted_on", str_from(day));
    given_field(g, "due_on", S(""));
    given_field(g, "sure", str_from(sure));
    return given_post(g, NEW_TREE);
}

TEST(row_form_asks_about_a_year_far_off)
{
    struct given *g = given(t);
    struct ctx *c;

    given_unit(g, S("区教育局"));
    given_asks(g, ROLE_OFFICER);
    c = planted(g, "2104-07-01", "");
    CHECK_INT(page_status(c), 422);
    CHECK(page_has(c, S("name=\"sure\" type=\"checkbox\" value=\"2104\"")));
    CHECK(page_has(c, S("value=\"2104-07-01\"")));
    CHECK_INT(page_status(planted(g, "2204-07-01", "2104")), 422);
    CHECK_INT(page_status(planted(g, "2105-07-01", "2104")), 422);
    CHECK_INT(given_live(g, "sample.tree", S("")), 0);
    CHECK_INT(page_status(planted(g, "2104-07-01", "2104")), 303);
    CHECK_INT(given_kept(g, "sample.tree", 1)->year, 2104);
    given_keep(g, sample_tree(g, S("甲")));
    CHECK_INT(page_status(planted(g, "2022-12-31", "")), 422);
    c = given_get(g, S("/sample/tree/1/edit"));
    CHECK(!page_has(c, S("name=\"sure\"")));
}

TEST(row_form_asks_whether_a_row_of_another_unit_is_another)
{
    struct given *g = given(t);
    struct ledger_row *there;
    struct ctx *c;

    given_unit(g, S("区教育局"));
    given_asks(g, ROLE_OFFICER);
    CHECK_INT(page_status(planted(g, "2024-07-01", "")), 303);
    there = given_kept(g, "sample.tree", 1);
    given_unit(g, S("区法院"));
    given_form(g);
    given_field(g, "unit", S("区法院"));
    given_field(g, "planted_on", S("2024-07-01"));
    given_field(g, "due_on", S(""));
    c = given_post(g, NEW_TREE);
    CHECK_INT(page_status(c), 422);
    CHECK(page_has(c, S("name=\"another\" type=\"checkbox\" value=\"1\"")));
    CHECK(page_has(c, row_title(there)));
    CHECK_INT(given_live(g, "sample.tree", S("")), 1);
    given_form(g);
    given_field(g, "unit", S("区法院"));
    given_field(g, "planted_on", S("2024-07-01"));
    given_field(g, "due_on", S(""));
    given_field(g, "another", S("1"));
    CHECK_INT(page_status(given_post(g, NEW_TREE)), 303);
    CHECK_INT(given_live(g, "sample.tree", S("")), 2);
}

TEST(row_form_asks_nothing_about_the_years_at_hand)
{
    static const char *const days[] = { "2023-01-01", "2024-07-01",
                                        "2025-12-31" };
    struct given *g = given(t);

    given_unit(g, S("区教育局"));
    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(days); i++)
        CHECK_INT(page_status(planted(g, days[i], "")), 303);
    CHECK_INT(given_live(g, "sample.tree", S("")), 3);
}

TEST(row_form_asks_nothing_about_a_year_that_stands)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));
    int64_t id;

    given_int(row, "planted_on", 20190102);
    row->year = 0;
    id = given_keep(g, row);
    given_asks(g, ROLE_OFFICER);
    given_form(g);
    given_field(g, "planted_on", S("2019-01-02"));
    CHECK_INT(page_status(edit(g, id, "1")), 303);
    given_form(g);
    given_field(g, "planted_on", S("2014-01-02"));
    CHECK_INT(page_status(edit(g, id, "2")), 422);
}

TEST(what_is_computed_is_refused_in_the_form_of_every_ledger)
{
    struct given *g = given(t);
    const struct ledger *l;

    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < l->columns_n; k++) {
            struct ctx *c;

            if (column_is_asked(&l->columns[k]))
                continue;
            given_field(g, str_c(g->m, l->columns[k].key), S("1"));
            c = given_post(g, str_fmt(g->m, "%.*s/new",
                                      STR_ARG(ledger_path(g->m, l))));
            CHECK_INT(page_status(c), 422);
            CHECK(page_says(c, S("由系统计算，不能填写")));
        }
}
