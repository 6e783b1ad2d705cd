/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What leaves as a file, and that it comes back as no change. */
#include "host/list/export.h"

#include "host/given/row_given.h"

static struct str given_export(struct given *g, const char *query,
                               enum export_format format, unsigned roles)
{
    struct test *t = g->t;
    const struct ledger *l = ledger_find(S("projects.project"));
    struct ctx *c = given_ctx(g, "projects.project", query, roles);
    struct str bytes = S("");
    struct text reason = TEXT("", "");
    struct list_query q;

    list_read(c, l, &q);
    CHECK_INT(export_rows(t->mem,
                          &(struct export_plan){
                              .tx = c->tx, .query = &q, .format = format },
                          &bytes, &reason),
              OK);
    return bytes;
}

static bool has(struct str s, struct str what)
{
    return str_find(s, what) != SIZE_MAX;
}

static void given_full_project(struct given *g, struct str name)
{
    struct ledger_row *row = given_project_row(g, name);

    given_value(row, "no", INT(39));
    given_value(row, "task_force", INT(9));
    given_value(row, "milestones", STR(S("方案制定\n完成验收")));
    given_value(row, "blocker", STR(S("=1+1")));
    given_insert(g, row);
}

TEST(export_holds_all_columns_for_those_signed_in)
{
    struct given *g = given_begin(t);
    struct str csv;

    given_full_project(g, S("甲"));
    csv = given_export(g, "", EXPORT_CSV, ROLE_OFFICER);
    CHECK(has(csv, S("编号,年度,")));
    CHECK(has(csv, S("领办书记")));
    CHECK(has(csv, S("民生保障")));
    CHECK(has(csv, S("区教育局")));
    CHECK(has(csv, S("2024-12-31")));
    CHECK(has(csv, S("1,2024,39,民生保障,甲,")) ||
          has(csv, S("1,2024,39,甲,民生保障,")));
    csv = given_export(g, "", EXPORT_CSV, 0);
    CHECK(!has(csv, S("编号")));
    CHECK(!has(csv, S("领办书记")));
    CHECK(!has(csv, S("机关党委书记")));
    CHECK(!has(csv, S("1+1")));
    CHECK(has(csv, S("民生保障")));
    given_end(g);
}

TEST(export_is_exactly_the_list)
{
    struct given *g = given_begin(t);
    struct str csv;

    for (int i = 0; i < 60; i++)
        given_project(g, str_fmt(t->mem, "第%d号", i));
    csv = given_export(g, "page=2&q=%E7%AC%AC5", EXPORT_CSV, 0); /* 第5 */
    CHECK(has(csv, S("第5号")));
    CHECK(has(csv, S("第59号")));
    CHECK(!has(csv, S("第6号")));
    csv = given_export(g, "page=2", EXPORT_CSV, 0);
    CHECK(has(csv, S("第0号")));
    CHECK(has(csv, S("第59号")));
    given_end(g);
}

TEST(export_unchanged_imports_as_no_change)
{
    static const struct {
        enum export_format format;
        struct str file;
    } files[] = {
        { EXPORT_XLSX, S_INIT("a.xlsx") },
        { EXPORT_CSV, S_INIT("a.csv") },
    };
    struct given *g = given_begin(t);

    given_full_project(g, S("甲，“乙”\"丙\""));
    given_full_project(g, S("=SUM(A1)"));
    for (size_t i = 0; i < COUNT(files); i++) {
        struct str bytes = given_export(g, "", files[i].format, ROLE_OFFICER);
        struct import *im =
            given_plan(t, given_workbook(t, bytes, files[i].file));

        CHECK_INT(import_compare(&g->w.tx, g->h->district, im), OK);
        CHECK_INT(im->count[IMPORT_SAME], 2);
        CHECK_INT(im->count[IMPORT_CHANGED], 0);
        CHECK_INT(im->count[IMPORT_NEW], 0);
        CHECK_INT(im->count[IMPORT_WRONG], 0);
    }
    given_end(g);
}

TEST(export_as_json_keeps_kinds)
{
    struct given *g = given_begin(t);
    struct str json;

    given_full_project(g, S("甲\"<b>"));
    json = given_export(g, "", EXPORT_JSON, ROLE_OFFICER);
    CHECK(has(json, S("{\"id\":1,\"year\":2024,\"voided\":false,")));
    CHECK(has(json, S("\"name\":\"甲\\\"<b>\"")) ||
          has(json, S("\"name\":\"甲\\\"\\u003cb>\"")));
    CHECK(has(json, S("\"task_force\":9,")));
    CHECK(has(json, S("\"field\":\"livelihood\"")));
    CHECK(has(json, S("\"unit\":\"区教育局\"")));
    CHECK(has(json, S("\"due_on\":\"2024-12-31\"")));
    CHECK(has(json, S("\"done\":null")));
    json = given_export(g, "", EXPORT_JSON, 0);
    CHECK(!has(json, S("secretary")));
    CHECK(!has(json, S("blocker")));
    json = given_export(g, "year=1999&q=x", EXPORT_JSON, 0);
    CHECK(has(json, S("[")));
    CHECK(!has(json, S("{")));
    given_end(g);
}

TEST(export_masks_people_for_visitors)
{
    struct given *g = given_begin(t);
    const struct ledger *l = ledger_find(S("children.volunteer"));
    struct ledger_row *row = ledger_row_new(t->mem, l);
    enum err (*exports[])(struct ctx *) = { export_csv, export_json };

    given_value(row, "name", STR(S("陈晓玲")));
    given_value(row, "role", STR(S("volunteer")));
    given_value(row, "phone", STR(S("19912347920")));
    row->year = GIVEN_YEAR;
    given_insert(g, row);
    for (size_t i = 0; i < COUNT(exports); i++) {
        struct ctx *c = given_ctx(g, "children.volunteer", "", 0);

        CHECK_INT(exports[i](c), OK);
        CHECK(given_has(c, S("陈**")));
        CHECK(!given_has(c, S("晓玲")));
        CHECK(!given_has(c, S("7920")));
        c = given_ctx(g, "children.volunteer", "", ROLE_OFFICER);
        CHECK_INT(exports[i](c), OK);
        CHECK(given_has(c, S("陈晓玲")));
        CHECK(given_has(c, S("19912347920")));
    }
    given_end(g);
}

TEST(export_of_voided_rows_says_so)
{
    struct given *g = given_begin(t);
    struct ledger_row *row = given_project_row(g, S("甲"));

    given_insert(g, row);
    CHECK_INT(row_void(&g->w.act, row, S("重复")), OK);
    CHECK(!has(given_export(g, "", EXPORT_CSV, ROLE_OFFICER), S("甲")));
    CHECK(has(given_export(g, "voided=1", EXPORT_CSV, ROLE_OFFICER),
              S("已作废")));
    CHECK(!has(given_export(g, "voided=1", EXPORT_CSV, 0), S("甲")));
    given_end(g);
}

TEST(export_template_is_recognised_and_empty)
{
    struct given *g = given_begin(t);
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        struct ctx *c = given_ctx(g, str_c(t->mem, ledger_name(t->mem, l)), "",
                                  ROLE_OFFICER);
        struct import *im;

        CHECK_INT(export_template(c), OK);
        im = given_plan(t, given_workbook(t, given_body(c), S("a.xlsx")));
        CHECK(im->n > 0 && im->sheets[0].sheet.ledger == l);
        CHECK_INT(import_compare(&g->w.tx, g->h->district, im), OK);
        CHECK_INT(im->count[IMPORT_NEW] + im->count[IMPORT_WRONG], 0);
    }
    given_end(g);
}
