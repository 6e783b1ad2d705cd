/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What leaves as a file, and that it comes back as no change. */
#include "host/given/given.h"

static struct ctx *download(struct given *g, const char *path)
{
    struct test *t = g->t;
    struct ctx *c = given_get(g, str_from(path));

    CHECK_INT(page_status(c), 200);
    return c;
}

static void given_full_tree(struct given *g, struct str name)
{
    struct ledger_row *row = sample_tree(g, name);

    given_int(row, "no", 39);
    given_int(row, "crew", 9);
    given_text(row, "care", S("春天修枝\n秋天施肥"));
    given_text(row, "worry", S("=1+1"));
    given_keep(g, row);
}

TEST(export_holds_all_columns_for_those_signed_in)
{
    struct given *g = given(t);
    struct ctx *c;

    given_full_tree(g, S("甲"));
    c = download(g, "/sample/tree/export.csv");
    CHECK(!page_has(c, S("编号")));
    CHECK(!page_has(c, S("管护岗位")));
    CHECK(!page_has(c, S("机关党委书记")));
    CHECK(!page_has(c, S("1+1")));
    CHECK(page_has(c, S("银杏")));
    given_asks(g, ROLE_OFFICER);
    c = download(g, "/sample/tree/export.csv");
    CHECK(page_has(c, S("编号,年度,")));
    CHECK(page_has(c, S("管护岗位")));
    CHECK(page_has(c, S("1,2024,39,甲,银杏,区教育局,")));
    CHECK(page_has(c, S("2024-12-31")));
}

TEST(export_of_a_unit_is_full_in_its_own_rows)
{
    struct given *g = given(t);
    struct ledger_row *other = sample_tree(g, S("乙"));
    struct ctx *c;

    given_full_tree(g, S("甲"));
    given_int(other, "unit", given_unit(g, S("区司法局")));
    given_keep(g, other);
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    c = download(g, "/sample/tree/export.csv");
    CHECK(page_has(c, S("编号,年度,")));
    CHECK(page_has(c, S("1,2024,39,甲,银杏,区教育局,,2024-01-02,2024-12-31,1,"
                        "机关党委书记,")));
    CHECK(page_has(c, S("2,2024,,乙,银杏,区司法局,,2024-01-02,2024-12-31,1,"
                        ",")));
    c = download(g, "/sample/tree/export.json");
    CHECK(page_has(c, S("\"post\":\"机关党委书记\"")));
    CHECK(page_has(c, S("\"post\":null")));
    c = given_get(g, S("/sample/tree/2"));
    CHECK(!page_says(c, S("管护岗位")));
    CHECK(page_says(given_get(g, S("/sample/tree/1")), S("机关党委书记")));
    given_asks(g, ROLE_ADMIN); /* keeps accounts, no rows */
    c = download(g, "/sample/tree/export.csv");
    CHECK(page_has(c, S("编号,年度,")));
    CHECK(!page_has(c, S("管护岗位")));
}

TEST(export_is_exactly_the_list)
{
    struct given *g = given(t);
    struct ctx *c;

    for (int i = 0; i < 60; i++)
        given_keep(g, sample_tree(g, str_fmt(t->mem, "第%d号", i)));
    c = download(g, "/sample/tree/export.csv?page=2&q=第5");
    CHECK(page_has(c, S("第5号")));
    CHECK(page_has(c, S("第59号")));
    CHECK(!page_has(c, S("第6号")));
    c = download(g, "/sample/tree/export.csv?page=2");
    CHECK(page_has(c, S("第0号")));
    CHECK(page_has(c, S("第59号")));
}

TEST(export_unchanged_imports_as_no_change)
{
    static const char *const files[] = { "export.xlsx", "export.csv" };
    struct given *g = given(t);

    given_full_tree(g, S("甲，“乙”\"丙\""));
    given_full_tree(g, S("=SUM(A1)"));
    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(files); i++) {
        struct ctx *c =
            download(g, str_fmt(t->mem, "/sample/tree/%s", files[i]).p);
        struct import *im =
            given_plan(g, given_workbook(g, page_html(c), str_from(files[i])));

        given_compare(g, im);
        CHECK_INT(im->count[IMPORT_SAME], 2);
        CHECK_INT(im->count[IMPORT_CHANGED], 0);
        CHECK_INT(im->count[IMPORT_NEW], 0);
        CHECK_INT(im->count[IMPORT_WRONG], 0);
    }
}

TEST(export_as_json_keeps_kinds)
{
    struct given *g = given(t);
    struct ctx *c;

    given_full_tree(g, S("甲\"<b>"));
    c = download(g, "/sample/tree/export.json");
    CHECK(!page_has(c, S("post")));
    CHECK(!page_has(c, S("worry")));
    c = download(g, "/sample/tree/export.json?year=1999&q=x");
    CHECK(page_has(c, S("[")));
    CHECK(!page_has(c, S("{")));
    given_asks(g, ROLE_OFFICER);
    c = download(g, "/sample/tree/export.json");
    CHECK(page_has(c, S("{\"id\":1,\"year\":2024,\"voided\":false,")));
    CHECK(page_has(c, S("\"name\":\"甲\\\"\\u003cb>\"")));
    CHECK(page_has(c, S("\"crew\":9,")));
    CHECK(page_has(c, S("\"species\":\"ginkgo\"")));
    CHECK(page_has(c, S("\"unit\":\"区教育局\"")));
    CHECK(page_has(c, S("\"due_on\":\"2024-12-31\"")));
    CHECK(page_has(c, S("\"remark\":null")));
}

TEST(export_masks_people_for_visitors)
{
    static const char *const paths[] = { "/sample/keeper/export.csv",
                                         "/sample/keeper/export.json" };
    struct given *g = given(t);

    given_keep(g, sample_keeper(g));
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct ctx *c;

        given_asks(g, 0);
        c = download(g, paths[i]);
        CHECK(page_has(c, S("陈**")));
        CHECK(!page_has(c, S("晓玲")));
        CHECK(!page_has(c, S("7920")));
        given_asks(g, ROLE_OFFICER);
        c = download(g, paths[i]);
        CHECK(page_has(c, S("陈晓玲")));
        CHECK(page_has(c, S("19912347920")));
    }
}

TEST(export_of_voided_rows_says_so)
{
    struct given *g = given(t);
    const char *all = "/sample/tree/export.csv?voided=1";

    given_void(g, "sample.tree", given_keep(g, sample_tree(g, S("甲"))));
    CHECK(!page_has(download(g, all), S("甲")));
    given_asks(g, ROLE_OFFICER);
    CHECK(!page_has(download(g, "/sample/tree/export.csv"), S("甲")));
    CHECK(page_has(download(g, all), S("已作废")));
}

/* What the empty template of a ledger is taken for. */
static const struct match *template_of(struct given *g, const struct ledger *l)
{
    struct test *t = g->t;
    struct ctx *c = download(
        g,
        str_fmt(g->m, "%.*s/template.xlsx", STR_ARG(ledger_path(g->m, l))).p);
    struct import *im =
        given_plan(g, given_workbook(g, page_html(c), S("a.xlsx")));

    NEED(im->n > 0);
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_NEW] + im->count[IMPORT_WRONG], 0);
    return &im->sheets[0].match;
}

TEST(export_template_is_recognised_and_empty)
{
    static const unsigned roles[] = { ROLE_OFFICER, ROLE_EDITOR };
    struct given *g = given(t);
    int64_t unit = given_unit(g, S("区教育局"));
    const struct ledger *l;

    for (size_t k = 0; k < COUNT(roles); k++) {
        given_asks(g, roles[k]);
        g->who.org = unit;
        for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
            if (k == 0 || !column_is_decided(&l->columns[ledger_title(l)]))
                CHECK(template_of(g, l)->ledger == l);
    }
}

TEST(export_template_asks_units_for_nothing_that_others_decide)
{
    struct given *g = given(t);
    const struct ledger *l = ledger_find(S("sample.tree"));
    size_t health = ledger_column(l, S("health"));

    given_asks(g, ROLE_OFFICER);
    CHECK(template_of(g, l)->map[health] != SIZE_MAX);
    given_asks(g, ROLE_EDITOR);
    CHECK_INT(template_of(g, l)->map[health], SIZE_MAX);
}
