/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The pages of imports, from a file that somebody sends to a batch undone. */
#include "host/intake/given_upload.h"
#include "host/intake/view.h"
#include "interchange/given_fixture.h"

#include <time.h>

TEST(import_page_goes_from_a_file_to_a_batch)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE TWO BAD));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("2 新增")));
    CHECK(page_says(c, S("1 有错误")));
    CHECK(page_says(c, S("2024年2月30日")));
    CHECK(page_says(c, S("没有 2024年2月30日 这一天")));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree")), 0);
    c = given_post(g, below(g, path, "/apply"));
    CHECK_STR(c->location, S("/import/batch/1"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree")), 2);
    c = given_get(g, S("/import/batch/1"));
    CHECK(page_has(c, S("/import/1/wrong.xlsx")));
    CHECK(page_says(c, S("认养.csv")));
    c = given_turn(g, "undo", "传错了文件");
    CHECK_STR(c->location, S("/import/batch/1"));
    CHECK(page_says(given_get(g, S("/import/batch/1")), S("已撤销")));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE voided = 0")),
              0);
    CHECK_INT(page_status(given_get(g, S("/import/batch/1/undo"))), 409);
    given_field(g, "reason", S("传错了文件"));
    CHECK_INT(page_status(given_post(g, S("/import/batch/1/undo"))), 409);
}

TEST(import_page_shows_every_sheet_of_a_workbook)
{
    struct given *g = given_desk(t);
    struct ctx *c;

    given_divisions(g);
    c = given_get(g, given_upload(g, test_data(t, "demo/ledgers.xlsx")));
    CHECK(page_says(c, S("0 有错误")));
    CHECK(page_says(c, S("双领项目"))); /* the sheet's name, known or not */
    CHECK(page_says(c, S("班主任节")));
}

TEST(import_page_lists_what_waits_and_what_was_imported)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE));

    CHECK(page_says(given_get(g, S("/import/new")), S("等您核对")));
    given_post(g, below(g, path, "/apply"));
    CHECK(page_has(given_get(g, S("/import/new")), S("/import/batch/1/undo")));
    CHECK(!page_says(given_get(g, S("/import/new")), S("等您核对")));
}

/* The numbers of the page, in the order of IMPORT_STATUSES. */
static void check_counts(struct given *g, struct str path, const char *words)
{
    struct test *t = g->t;
    struct ctx *c = given_get(g, path);

    if (page_status(c) == 303)
        c = given_get(g, c->location);
    CHECK(page_says(c, str_from(words)));
}

TEST(import_page_counts_the_same_before_and_after)
{
    static const char after[] = "新增 1 有改动 1 没有变化 1 有错误 1";
    struct given *g = given_desk(t);
    struct str path;

    given_post(g, below(g, given_upload(g, S(TREES ONE TWO)), "/apply"));
    path =
        given_upload(g, S(TREES ONE "银杏,望海松,区法院,2024-03-02,21\n"
                                    "梅树,听涛松,区法院,2024-03-03,1\n" BAD));
    check_counts(g, path, "1 新增 1 有改动 1 没有变化 1 有错误");
    CHECK(page_says(given_get(g, path), S("4 行。现在还没有导入")));
    given_post(g, below(g, path, "/apply"));
    check_counts(g, S("/import/batch/2"), after);
    check_counts(g, path, after);
    given_post(g, S("/import/batch/2/undo"));
    check_counts(g, S("/import/batch/2"), after);
    check_counts(g, path, after);
}

TEST(import_page_decides_nothing_about_what_was_imported)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE));

    given_post(g, below(g, path, "/apply"));
    given_field(g, "sheet", S("0"));
    given_field(g, "all", S("new"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/answers"))), 409);
    given_field(g, "show", S("1"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/mapping"))), 409);
}

TEST(import_page_counts_no_totals_among_the_rows)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE "合计,1棵,,,10\n"));

    CHECK(page_says(given_get(g, path), S("1 行。现在还没有导入")));
}

TEST(import_page_says_choices_in_words_of_the_reader)
{
    struct given *g = given_desk(t);
    struct str path;
    struct ctx *c;

    given_post(g, below(g, given_upload(g, S(TREES ONE)), "/apply"));
    given_void(g, "sample.tree", 1);
    given_commit(g);
    path = given_upload(g, S(TREES "梅树,迎客松,区检察院,2024-03-01,10\n"));
    c = given_get(g, path);
    CHECK(page_says(c, S("松树 梅树")));
    CHECK(page_says(c, S("已作废 恢复")));
    CHECK(!page_says(c, S("restored")));
    g->lang = LANG_EN;
    c = given_get(g, path);
    CHECK(page_says(c, S("Pine Plum")));
    CHECK(page_says(c, S("voided restored")));
    CHECK(!page_says(c, S("plum")));
}

TEST(import_page_imports_a_file_once)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE));

    given_post(g, below(g, path, "/apply"));
    CHECK_STR(given_post(g, below(g, path, "/apply"))->location,
              S("/import/batch/1"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_batch")), 1);
}

TEST(import_page_takes_pasted_cells)
{
    struct given *g = given_desk(t);
    struct ctx *c;

    given_field(g, "cells",
                S("树种\t树名\t认养单位\t栽种日期\r\n"
                  "银杏\t迎客松\t区检察院\t2024/3/1\r\n"));
    c = given_post(g, S("/import/new"));
    c = given_get(g, c->location);
    CHECK(page_says(c, S("1 新增")));
    CHECK(page_says(c, S("粘贴的单元格")));
}

TEST(import_page_names_what_has_no_name_in_the_readers_language)
{
    static const struct {
        enum lang lang;
        const char *cells, *file;
    } cases[] = {
        { LANG_ZH, "粘贴的单元格", "未命名" },
        { LANG_EN, "Pasted cells", "unnamed" },
    };
    struct given *g = given_desk(t);
    struct str rows = S("树种\t树名\t认养单位\t栽种日期\r\n"
                        "银杏\t迎客松\t区检察院\t2024/3/1\r\n");

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c;

        g->lang = cases[i].lang;
        given_field(g, "cells", rows);
        c = given_post(g, S("/import/new"));
        CHECK(page_says(given_get(g, c->location), str_from(cases[i].cells)));
        given_file(g, S(""), rows);
        c = given_post(g, S("/import/new"));
        CHECK(page_says(given_get(g, c->location), str_from(cases[i].file)));
        CHECK(
            page_says(given_get(g, S("/import/new")), str_from(cases[i].file)));
    }
}

TEST(import_page_refuses_nothing_at_all)
{
    struct given *g = given_desk(t);
    struct ctx *c = given_post(g, S("/import/new"));

    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("请选择文件")));
    CHECK(page_has(c, S("<title>错误：")));
}

TEST(import_page_refuses_a_file_it_cannot_read)
{
    struct given *g = given_desk(t);
    struct ctx *c;

    given_file(g, S("a.xlsx"), S("PK\x03\x04 this is no workbook at all"));
    c = given_post(g, S("/import/new"));
    CHECK_INT(page_status(c), 422);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_upload")), 0);
}

TEST(import_page_shows_nobody_the_files_of_others)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE));

    given_post(g, below(g, path, "/apply"));
    given_asks(g, ROLE_EDITOR);
    g->who.account = GIVEN_ACCOUNT + 1;
    CHECK_INT(page_status(given_get(g, path)), 404);
    CHECK_INT(page_status(given_get(g, below(g, path, "/wrong.xlsx"))), 404);
    CHECK_INT(page_status(given_get(g, S("/import/batch/1"))), 404);
    for (int i = 0; i < 2; i++) {
        struct str turn =
            i ? S("/import/batch/1/back") : S("/import/batch/1/undo");

        CHECK_INT(page_status(given_get(g, turn)), 404);
        given_field(g, "reason", S("传错了文件"));
        CHECK_INT(page_status(given_post(g, turn)), 404);
    }
    CHECK_INT(page_status(given_post(g, below(g, path, "/apply"))), 404);
    CHECK_INT(page_status(given_post(g, below(g, path, "/drop"))), 404);
    CHECK_INT(page_status(given_get(g, S("/import/0"))), 404);
    CHECK_INT(page_status(given_get(g, S("/import/x"))), 404);
}

TEST(import_page_lets_an_editor_import_own_rows_only)
{
    struct given *g = given_desk(t);
    struct str path;
    struct ctx *c;

    given_post(g, below(g, given_upload(g, S(TREES ONE TWO)), "/apply"));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区检察院"));
    path = given_upload(g, S(TREES "松树,迎客松,区检察院,2024-03-01,11\n"
                                   "银杏,望海松,区法院,2024-03-02,22\n"));
    c = given_get(g, path);
    CHECK(page_says(c, S("1 有改动")));
    CHECK(page_says(c, S("1 有错误")));
    CHECK(page_says(c, S("不是您单位或下级单位的记录")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT sum(visits) FROM sample_tree")), 31);
}

TEST(import_page_keeps_a_corrected_mapping)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g,
                     S("种类,题目,谁,何时\n银杏,迎客松,区检察院,2024-03-01\n"));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("认不出这张表")));
    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.tree"));
    given_post(g, below(g, path, "/mapping"));
    c = given_get(g, path);
    CHECK(page_says(c, S("必填")));
    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.tree"));
    given_field(g, "map", S("0 species"));
    given_field(g, "map", S("1 name"));
    given_field(g, "map", S("2 unit"));
    given_field(g, "map", S("3 planted_on"));
    c = given_post(g, below(g, path, "/mapping"));
    CHECK_STR(c->location, S("/import/1#sheet0"));
    c = given_get(g, path);
    CHECK(page_says(c, S("1 新增")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT planted_on FROM sample_tree")),
              20240301);
}

TEST(import_page_names_what_it_leaves_out)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g,
                     S("树种,树名,认养单位,栽种日期,树龄\n"
                       "银杏,迎客松,区检察院,2024-03-01,50\n合 计,1棵,,,50\n"));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("E 列“树龄”：有内容的 1 格，没有对应到台账的栏")));
    CHECK(page_says(c, S("第 3 行“合 计 1棵 50”")));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, path), S("column E “树龄”: 1 cells")));
}

TEST(import_page_shows_what_cells_are_read_as)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S("树种,树名,认养单位,栽种日期,养护时长（分钟）\n"
                          "银杏,迎客松,区检察院,2024-03-01,2.5小时\n"
                          "银杏,望海松,区检察院,2024-03-01,90\n"));

    CHECK(page_says(
        given_get(g, path),
        S("养护时长（分钟）：1 格，例如 第 2 行 2.5小时 → 150 分钟")));
    CHECK(page_says(given_get(g, path), S("1 格与文件里的写法不同")));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, path), S("row 2 2.5小时 → 150 minutes")));
    path = given_upload(g, S(TREES ONE));
    CHECK(!page_says(given_get(g, path), S("read as")));
}

TEST(import_page_asks_which_of_two_columns_is_meant)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(
        g, S("树种,树名,认养单位,栽种日期,浇水人次,\n,,,,上半年,全年\n"
             "银杏,迎客松,区检察院,2024-03-01,5,12\n"));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("0 新增")));
    CHECK(page_says(c, S("F 列“浇水人次 › 全年”")));
    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.tree"));
    given_field(g, "map", S("0 species"));
    given_field(g, "map", S("1 name"));
    given_field(g, "map", S("2 unit"));
    given_field(g, "map", S("3 planted_on"));
    given_field(g, "map", S("4"));
    given_field(g, "map", S("5 visits"));
    given_post(g, below(g, path, "/mapping"));
    c = given_get(g, path);
    CHECK(page_says(c, S("1 新增")));
    CHECK(page_says(c, S("E 列“浇水人次 › 上半年”：有内容的 1 格")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT visits FROM sample_tree")), 12);
}

TEST(import_page_leaves_a_sheet_out_when_told)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE));
    struct ctx *c;

    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S(""));
    given_post(g, below(g, path, "/mapping"));
    c = given_get(g, path);
    CHECK(page_says(c, S("您选择了不导入这张表")));
    CHECK(page_says(c, S("0 新增")));
}

#define CELL(text) "<c t=\"str\"><v>" text "</v></c>"
#define HEADER_ROW                                                             \
    "<row>" CELL("树种") CELL("树名") CELL("认养单位") CELL("栽种日期") "</row>"
#define TREE(hidden, name)                                                     \
    "<row" hidden ">" CELL("松树") CELL(name) CELL("区检察院")                 \
        CELL("2024-03-01") "</row>"

TEST(import_page_names_what_is_hidden_and_shows_it_when_asked)
{
    struct given *g = given_desk(t);
    struct book b = { .rows = HEADER_ROW TREE("", "迎客松")
                          TREE(" hidden=\"1\"", "望海松") };
    struct str path = given_upload(g, fixture_book(t, b));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("1 新增")));
    CHECK(page_says(c, S("1 行（第 3 行）")));
    CHECK(page_says(c, S("隐藏的也一起核对")));
    given_field(g, "show", S("1"));
    CHECK_STR(given_post(g, below(g, path, "/mapping"))->location, path);
    c = given_get(g, path);
    CHECK(page_says(c, S("2 新增")));
    CHECK(!page_says(c, S("隐藏的也一起核对")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree")), 2);
}

TEST(import_page_refuses_a_mapping_that_makes_no_sense)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE));
    struct ctx *c;

    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.tree"));
    given_field(g, "map", S("0 name"));
    given_field(g, "map", S("1 name"));
    c = given_post(g, below(g, path, "/mapping"));
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("两栏都对应")));
    given_field(g, "sheet", S("1"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/mapping"))), 422);
    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("no.such"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/mapping"))), 422);
    CHECK(page_says(given_get(g, path), S("1 新增")));
}

TEST(import_page_takes_the_ledger_of_the_link)
{
    struct given *g = given_desk(t);
    struct ctx *c = given_get(g, S("/import/new?ledger=sample.tree"));

    CHECK(page_has(c, S("name=\"ledger\" value=\"sample.tree\"")));
    given_field(g, "ledger", S("sample.tree"));
    c = given_get(g, given_upload(g, S("树种,树名\n银杏,迎客松\n")));
    CHECK(page_says(c, S("1 有错误")));
    CHECK(page_says(c, S("认养单位")));
}

TEST(import_page_drops_a_file)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE));

    CHECK_STR(given_post(g, below(g, path, "/drop"))->location,
              S("/import/new"));
    CHECK_INT(page_status(given_get(g, path)), 404);
}

TEST(import_page_gives_wrong_rows_that_can_be_corrected)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S("2023年度台账,,,,\n" TREES ONE BAD
                                        "银杏,,区法院,,5\n"));
    struct ctx *c = given_get(g, below(g, path, "/wrong.xlsx"));
    struct workbook *w = given_workbook(g, page_html(c), S("wrong.xlsx"));
    struct import *im = given_plan(g, w);
    struct grid *wrong = &w->grids[0];

    NEED(wrong->rows == 3 && wrong->cols > 5);
    CHECK_STR(grid_cell(wrong, 0, 5)->text, S("错误原因"));
    CHECK(str_find(grid_cell(wrong, 1, 5)->text, S("没有 2024年2月30日")) !=
          SIZE_MAX);
    CHECK(str_find(grid_cell(wrong, 2, 5)->text, S("树名：必填")) != SIZE_MAX);
    CHECK_INT(im->sheets[0].match.told.year, 2023);
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_WRONG], 2);
    wrong->cells[wrong->cols + 3].text = S("2024-02-28");
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_WRONG], 1);
    CHECK_INT(im->count[IMPORT_NEW], 1);
}

TEST(import_page_gives_wrong_rows_of_headers_in_two_rows)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S("编号,树木,,认养情况,,浇水人次,\n"
                          ",树种,树名,认养单位,栽种日期,春,合计\n"
                          ",银杏,迎客松,区法院,2024年2月30日,1,5\n"));
    struct ctx *c = given_get(g, below(g, path, "/wrong.xlsx"));
    struct import *im =
        given_plan(g, given_workbook(g, page_html(c), S("wrong.xlsx")));
    const struct match *s = &im->sheets[0].match;

    CHECK(match_is_taken(s));
    CHECK_INT(s->id_col, 0);
    CHECK_INT(s->map[ledger_column(s->ledger, S("visits"))], 6);
    CHECK_STR(match_header(s, 6), S("浇水人次 › 合计"));
    CHECK_STR(match_header(s, 1), S("树木 › 树种"));
}

/* The rows of the file that a batch offers, without its header. */
static size_t wrong_rows(struct given *g, struct str path)
{
    struct ctx *c = given_get(g, below(g, path, "/wrong.xlsx"));

    return given_workbook(g, page_html(c), S("wrong.xlsx"))->grids[0].rows - 1;
}

TEST(import_page_gives_the_rows_that_were_wrong_whatever_came_since)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S("树种,树名,认养单位,栽种日期,栽种社区\n"
                                        "松树,甲,区检察院,2024-03-01,\n"
                                        "松树,乙,区检察院,2024-03-01,春社区\n"
                                        "松树,丙,区检察院,2024年2月30日,\n"));
    struct str again;
    struct ctx *c;

    CHECK_INT(wrong_rows(g, path), 2);
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(wrong_rows(g, path), 2);
    again = given_upload(g, S("树种,树名,认养单位,栽种日期,栽种社区\n"
                              "松树,丁,区检察院,2024-03-01,春社区\n"));
    given_field(g, "register", S("1"));
    given_post(g, below(g, again, "/answers"));
    given_post(g, below(g, again, "/apply"));
    CHECK_INT(wrong_rows(g, path), 2);
    c = given_get(g, below(g, path, "/wrong.xlsx"));
    CHECK_STR(grid_cell(&given_workbook(g, page_html(c), S("a.xlsx"))->grids[0],
                        1, 5)
                  ->text,
              S("导入时有错误，现在可以导入了"));
    given_post(g, S("/import/batch/1/undo"));
    CHECK_INT(wrong_rows(g, path), 2);
}

#define REL                                                                    \
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define BAD_TREE(name)                                                         \
    "<row>" CELL("松树") CELL(name) CELL("区检察院") CELL("2024-02-30") "</row>"

TEST(import_page_gives_the_wrong_rows_of_every_sheet)
{
    struct given *g = given_desk(t);
    struct book b = {
        .rows = HEADER_ROW TREE("", "甲") BAD_TREE("乙"),
        .workbook = "<workbook xmlns:r=\"" REL "\"><sheets>"
                    "<sheet name=\"一\" r:id=\"a\"/>"
                    "<sheet name=\"二\" r:id=\"b\"/></sheets></workbook>",
        .relations = "<Relationships>"
                     "<Relationship Id=\"a\" Type=\"" REL "/worksheet\" "
                     "Target=\"worksheets/sheet1.xml\"/>"
                     "<Relationship Id=\"b\" Type=\"" REL "/worksheet\" "
                     "Target=\"worksheets/sheet2.xml\"/></Relationships>",
        .extra = { "xl/worksheets/sheet2.xml",
                   S("<worksheet><sheetData>" HEADER_ROW BAD_TREE("丙")
                         BAD_TREE("丁") "</sheetData></worksheet>") },
    };
    struct str path = given_upload(g, fixture_book(t, b));
    struct ctx *c;

    given_post(g, below(g, path, "/apply"));
    c = given_get(g, S("/import/batch/1"));
    CHECK(page_has(c, S("/import/1/wrong.xlsx?sheet=0")));
    CHECK(page_has(c, S("/import/1/wrong.xlsx?sheet=1")));
    c = given_get(g, S("/import/1/wrong.xlsx?sheet=1"));
    CHECK_INT(given_workbook(g, page_html(c), S("a.xlsx"))->grids[0].rows, 3);
}

TEST(import_page_gives_all_rows_of_a_sheet_that_waits)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S("护树人,护树职责\n陈晓玲,护林员\n李明,护林员\n"));

    CHECK_INT(wrong_rows(g, path), 2);
    given_post(g, below(g, path, "/apply"));
    CHECK(page_has(given_get(g, S("/import/batch/1")), S("/wrong.xlsx")));
    CHECK_INT(wrong_rows(g, path), 2);
}

TEST(import_page_has_no_file_of_wrong_rows_when_all_are_right)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE));

    CHECK_INT(page_status(given_get(g, below(g, path, "/wrong.xlsx"))), 404);
    CHECK_INT(page_status(given_get(g, below(g, path, "/wrong.xlsx?sheet=99"))),
              404);
}

/* ---- the year ---- */

#define KEEPERS "护树人,护树职责,护树电话\n陈晓玲,护林员,19912347920\n"

TEST(import_page_asks_for_the_year_and_takes_the_answer)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(KEEPERS));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("表名和标题里没有年度，1 行先不导入")));
    CHECK(page_says(c, S("待说明")));
    CHECK(!page_has(c, S("/wrong.xlsx")));
    CHECK(page_has(c, S("name=\"year\" value=\"\"")));
    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.keeper"));
    given_field(g, "map", S("0 name"));
    given_field(g, "map", S("1 duty"));
    given_field(g, "map", S("2 phone"));
    given_field(g, "year", S("二〇二三年"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/mapping"))), 303);
    c = given_get(g, path);
    CHECK(page_says(c, S("2023（取自您的选择）")));
    CHECK(page_has(c, S("name=\"year\" value=\"2023\"")));
    CHECK(page_says(c, S("导入 1 行")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT year FROM sample_keeper")), 2023);
}

TEST(import_page_names_what_is_left_out_before_the_year_is_said)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S("护树人,护树职责,护树电话,籍贯\n"
                          "陈晓玲,护林员,19912347920,青岛\n合计,1人,,\n"));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("1 行先不导入")));
    CHECK(page_says(c, S("D 列“籍贯”：有内容的 1 格")));
    CHECK(page_says(c, S("第 3 行“合计 1人”")));
}

TEST(import_page_refuses_a_year_that_is_none)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(KEEPERS));

    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.keeper"));
    given_field(g, "year", S("去年"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/mapping"))), 422);
}

TEST(import_page_shows_where_the_year_comes_from)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S("2023年护树名册,,\n" KEEPERS));

    CHECK(page_says(given_get(g, path), S("2023（取自标题 A1）")));
}

TEST(import_page_of_a_ledger_offers_its_template)
{
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, S("/import/new?ledger=sample.tree")),
                   S("href=\"/sample/tree/template.xlsx\"")));
    CHECK(!page_has(given_get(g, S("/import/new")), S("template.xlsx")));
}

/* The same trees, of another unit. */
#define MOVED "松树,迎客松,区司法局,2024-03-01,10\n"
#define MOVED_TOO "银杏,望海松,区司法局,2024-03-02,20\n"

TEST(import_page_asks_whether_rows_are_the_same_and_takes_each_answer)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE TWO));
    struct ctx *c;

    given_post(g, below(g, path, "/apply"));
    path = given_upload(g, S(TREES MOVED MOVED_TOO));
    c = given_get(g, path);
    CHECK(page_says(c, S("2 有错误")));
    CHECK(page_says(c, S("区检察院的第 1 号")));
    CHECK(page_has(c, S("value=\"same 1\"")));
    given_field(g, "sheet", S("0"));
    given_field(g, "answer", S("same 1"));
    given_field(g, "answer", S("new 2"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/answers"))), 303);
    c = given_get(g, path);
    CHECK(page_says(c, S("1 新增")));
    CHECK(page_says(c, S("1 有改动")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_live(g, "sample.tree", S("")), 3);
}

TEST(import_page_takes_one_answer_for_a_sheet)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE TWO));

    given_post(g, below(g, path, "/apply"));
    path = given_upload(g, S(TREES MOVED MOVED_TOO));
    given_field(g, "sheet", S("0"));
    given_field(g, "all", S("same"));
    given_field(g, "answer", S(""));
    given_post(g, below(g, path, "/answers"));
    CHECK(page_says(given_get(g, path), S("2 有改动")));
    /* Answers to rows and sheets that are not there change nothing. */
    given_field(g, "sheet", S("77"));
    given_field(g, "answer", S("new 1"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/answers"))), 303);
    given_field(g, "sheet", S("0"));
    given_field(g, "answer", S("new 999"));
    given_post(g, below(g, path, "/answers"));
    CHECK(page_says(given_get(g, path), S("2 有改动")));
}

TEST(import_page_keeps_answers_to_rows_beside_one_for_all)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE TWO));
    struct ctx *c;

    given_post(g, below(g, path, "/apply"));
    path = given_upload(g, S(TREES MOVED MOVED_TOO));
    given_field(g, "sheet", S("0"));
    given_field(g, "answer", S("new 2"));
    given_field(g, "answer", S(""));
    given_field(g, "all", S("same"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/answers"))), 303);
    c = given_get(g, path);
    CHECK(page_says(c, S("1 新增")));
    CHECK(page_says(c, S("1 有改动")));
}

TEST(import_page_refuses_answers_about_no_sheet)
{
    static const char *const sheets[] = { "", "x", "-1", "0x", "1e3" };
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE TWO));

    given_post(g, below(g, path, "/apply"));
    path = given_upload(g, S(TREES MOVED MOVED_TOO));
    for (size_t i = 0; i < COUNT(sheets); i++) {
        given_field(g, "sheet", str_from(sheets[i]));
        given_field(g, "all", S("same"));
        given_field(g, "answer", S("new 1"));
        CHECK_INT(page_status(given_post(g, below(g, path, "/answers"))), 422);
    }
    CHECK(page_says(given_get(g, path), S("2 有错误")));
}

TEST(import_page_registers_unknown_places_by_one_answer)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S("树种,树名,认养单位,栽种日期,栽种社区\n"
                          "松树,迎客松,区检察院,2024-03-01,春社区\n"
                          "松树,望海松,区检察院,2024-03-01,春社区\n"));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("共 1 个名称")));
    CHECK(page_says(c, S("春社区")));
    given_field(g, "register", S("1"));
    given_post(g, below(g, path, "/answers"));
    c = given_get(g, path);
    CHECK(page_says(c, S("2 新增")));
    CHECK(!page_says(c, S("不认识的单位和社区")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_live(g, "registry.organisation", S("")), 2);
}
