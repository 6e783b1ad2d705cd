/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Cells that a person sets right on the page, without changing the file. */
#include "host/intake/given_upload.h"
#include "interchange/given_fixture.h"

#define NO_NUMBER "梅树,听涛松,区法院,2024-03-03,20余人\n"

/* Correct one cell of the first sheet; the status of the answer. */
static int correct_cell(struct given *g, struct str path, const char *cell,
                        const char *now)
{
    given_field(g, "sheet", S("0"));
    given_field(g, cell, str_from(now));
    return page_status(given_post(g, below(g, path, "/cells")));
}

static void take_back(struct given *g, struct str path, const char *cell)
{
    struct test *t = g->t;

    given_field(g, "sheet", S("0"));
    given_field(g, "back", str_from(cell));
    CHECK_INT(page_status(given_post(g, below(g, path, "/cells"))), 303);
}

TEST(a_wrong_cell_is_set_right_and_judged_again)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE NO_NUMBER));
    struct ctx *c = given_get(g, path);

    CHECK(page_says(c, S("1 有错误")));
    CHECK(page_has(c, S("name=\"cell 2 4\" value=\"20余人\"")));
    CHECK(page_has(c, S("aria-label=\"第 3 行 浇水人次（人次）\"")));
    CHECK_INT(correct_cell(g, path, "cell 2 4", "24"), 303);
    c = given_get(g, path);
    CHECK(page_says(c, S("2 新增")));
    CHECK(page_says(c, S("0 有错误")));
    CHECK(page_says(c, S("第 3 行 认养 浇水人次 20余人 24")));
    CHECK(page_says(c, S("共 1 格")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT sum(visits) FROM sample_tree")), 34);
    CHECK(
        page_says(given_get(g, S("/import/batch/1")), S("在页面上改过的格 1")));
}

TEST(a_cell_set_right_says_again_what_the_file_says)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE NO_NUMBER));

    correct_cell(g, path, "cell 2 4", "24");
    take_back(g, path, "2 4");
    CHECK(page_says(given_get(g, path), S("1 有错误")));
    correct_cell(g, path, "cell 2 4", "三十");
    correct_cell(g, path, "cell 2 4", "20余人");
    CHECK(!page_says(given_get(g, path), S("您改过的格")));
    CHECK(page_says(given_get(g, path), S("1 有错误")));
}

TEST(a_cell_set_right_wrongly_shows_both)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES NO_NUMBER));
    struct ctx *c;

    correct_cell(g, path, "cell 1 4", "30多");
    c = given_get(g, path);
    CHECK(page_has(c, S("name=\"cell 1 4\" value=\"30多\"")));
    CHECK(page_says(c, S("浇水人次（人次） 20余人")));
    correct_cell(g, path, "cell 1 4", "");
    CHECK(page_says(given_get(g, path), S("1 新增")));
    CHECK(page_says(given_get(g, path), S("20余人 （空）")));
}

TEST(cells_left_as_they_are_are_not_set_right)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES NO_NUMBER BAD));

    given_field(g, "cell 1 4", S("20余人"));
    given_field(g, "cell 2 3", S("2024-02-29"));
    CHECK_INT(correct_cell(g, path, "cell 1 1", "听涛松"), 303);
    CHECK(page_says(given_get(g, path), S("共 1 格")));
    CHECK(page_says(given_get(g, path), S("1 新增")));
}

TEST(only_cells_that_are_read_are_set_right)
{
    static const char *const cells[] = {
        "cell 0 1",   "cell 3 1",  "cell 1 5",   "cell 1 99", "cell 99 1",
        "cell -1 1",  "cell 1",    "cell 1 1 1", "cell",      "cell x 1",
        "cell 4 1\n", "cell 1 -1", "cell 1 4x",  "cel 1 4",
    };
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S("树种,树名,认养单位,栽种日期,浇水人次,树龄\n"
                          "梅树,听涛松,区法院,2024-03-03,20余人,5\n"
                          "松树,迎客松,区检察院,2024-03-01,10,6\n"
                          "合计,2棵,,,30,11\n"));

    for (size_t i = 0; i < COUNT(cells); i++)
        CHECK_INT(correct_cell(g, path, cells[i], "24"), 303);
    CHECK(!page_says(given_get(g, path), S("您改过的格")));
    given_field(g, "sheet", S("7"));
    given_field(g, "cell 1 4", S("24"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/cells"))), 422);
    given_field(g, "cell 1 4", S("24"));
    CHECK_INT(page_status(given_post(g, below(g, path, "/cells"))), 422);
}

TEST(a_cell_set_right_is_no_longer_than_any_other)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES NO_NUMBER));
    char *most = mem_raw(t->mem, 4002);

    for (size_t i = 0; i < 4001; i++)
        most[i] = 'a';
    most[4001] = '\0';
    CHECK_INT(correct_cell(g, path, "cell 1 4", most), 422);
    CHECK_INT(correct_cell(g, path, "cell 1 4", "a\x01"), 422);
    CHECK_INT(correct_cell(g, path, "cell 1 4", most + 1), 303);
}

TEST(what_is_typed_into_a_cell_is_kept_as_it_is)
{
    static const char *const words[] = {
        "a\\nb", "\\", "cell 0 1 1 x", "a\nb", "  x  y ", "skip 0",
    };
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES NO_NUMBER));

    for (size_t i = 0; i < COUNT(words); i++) {
        CHECK_INT(correct_cell(g, path, "cell 1 1", words[i]), 303);
        CHECK(page_has(given_get(g, path),
                       str_fmt(t->mem, "<ins>%.*s</ins>",
                               STR_ARG(str_trim(str_from(words[i]))))));
    }
}

TEST(a_choice_is_set_right_by_choosing)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S(TREES "柳树,听涛松,区法院,2024-03-03,1\n"));
    struct ctx *c = given_get(g, path);

    CHECK(page_has(c, S("<select class=\"w20\" name=\"cell 1 0\"")));
    CHECK(page_has(c, S("<option value=\"柳树\" selected>")));
    g->lang = LANG_EN;
    CHECK(page_has(given_get(g, path), S("<option>Plum</option>")));
    correct_cell(g, path, "cell 1 0", "Plum");
    CHECK(page_says(given_get(g, path), S("1 New")));
}

#define CELL(text) "<c t=\"str\"><v>" text "</v></c>"
#define NUMBER(text) "<c><v>" text "</v></c>"
#define TREE(name, number)                                                     \
    "<row>" CELL("松树") CELL(name) CELL("区检察院") CELL("2024-03-01") number \
        "</row>"
#define HEADER                                                                 \
    "<row>" CELL("树种") CELL("树名") CELL("认养单位") CELL("栽种日期")        \
        CELL("浇水人次") "</row>"

/* What each row says is typed, even where it is the number that was shared. */
TEST(a_number_merged_over_rows_is_typed_for_each_of_them)
{
    struct given *g = given_desk(t);
    struct book b = { .rows = HEADER TREE("甲", NUMBER("30")) TREE("乙", "<c/>")
                          TREE("丙", "<c/>"),
                      .after = "<mergeCells><mergeCell ref=\"E2:E4\"/>"
                               "</mergeCells>" };
    struct str path = given_upload(g, fixture_book(t, b));

    CHECK(page_says(given_get(g, path), S("3 有错误")));
    CHECK(page_has(given_get(g, path), S("name=\"cell 1 4\" value=\"\"")));
    given_field(g, "cell 2 4", S("5"));
    correct_cell(g, path, "cell 3 4", "");
    CHECK(page_says(given_get(g, path), S("2 有错误")));
    given_field(g, "cell 1 4", S("30"));
    correct_cell(g, path, "cell 3 4", "0");
    CHECK(page_says(given_get(g, path), S("0 有错误")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT sum(visits) FROM sample_tree")), 35);
}

TEST(an_error_and_lost_digits_are_typed_anew)
{
    struct given *g = given_desk(t);
    struct book b = { .rows = HEADER TREE("甲", "<c t=\"e\"><v>#N/A</v></c>")
                          TREE("乙", "<c><f>1+1</f></c>") };
    struct str path = given_upload(g, fixture_book(t, b));

    CHECK(page_says(given_get(g, path), S("2 有错误")));
    CHECK(page_has(given_get(g, path), S("name=\"cell 1 4\" value=\"\"")));
    given_field(g, "cell 1 4", S("3"));
    correct_cell(g, path, "cell 2 4", "2");
    CHECK(page_says(given_get(g, path), S("2 新增")));
    CHECK(page_says(given_get(g, path), S("#N/A 3")));
}

TEST(a_place_that_nobody_knows_is_set_right)
{
    struct given *g = given_desk(t);
    struct str path;

    given_divisions(g);
    path = given_upload(g, S("树种,树名,认养单位,栽种日期,栽种社区\n"
                             "松树,迎客松,区检察院,2024-03-01,不知社区\n"));
    CHECK(page_says(given_get(g, path), S("不认识的单位和社区")));
    correct_cell(g, path, "cell 1 4", "");
    CHECK(page_says(given_get(g, path), S("1 新增")));
    CHECK(!page_says(given_get(g, path), S("不认识的单位和社区")));
}

TEST(corrections_outlive_a_mapping_and_answers)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE NO_NUMBER));

    correct_cell(g, path, "cell 2 4", "24");
    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.tree"));
    given_field(g, "map", S("0 species"));
    given_field(g, "map", S("1 name"));
    given_field(g, "map", S("2 unit"));
    given_field(g, "map", S("3 planted_on"));
    given_field(g, "map", S("4 visits"));
    given_post(g, below(g, path, "/mapping"));
    CHECK(page_says(given_get(g, path), S("共 1 格")));
    CHECK(page_says(given_get(g, path), S("2 新增")));
}

#define SPLIT                                                                  \
    "树种,树名,认养单位,栽种日期,管护人数,\n,,,,男,女\n"     \
    "松树,甲,区法院,2024-01-02,5,7\n"

/* Keep the mapping as the form has it, but for what the last column is. */
static int map_crew(struct given *g, struct str path, const char *first,
                    const char *last)
{
    given_field(g, "sheet", S("0"));
    given_field(g, "ledger", S("sample.tree"));
    given_field(g, "map", S("0 species"));
    given_field(g, "map", S("1 name"));
    given_field(g, "map", S("2 unit"));
    given_field(g, "map", S("3 planted_on"));
    given_field(g, "map", str_from(first));
    given_field(g, "map", str_from(last));
    return page_status(given_post(g, below(g, path, "/mapping")));
}

TEST(a_mapping_keeps_the_parts_of_a_column)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(SPLIT));

    CHECK(page_has(given_get(g, path), S("value=\"4 crew\" selected")));
    CHECK(page_has(given_get(g, path), S("value=\"5 crew\" selected")));
    CHECK_INT(map_crew(g, path, "4 crew", "5 crew"), 303);
    CHECK(page_says(given_get(g, path), S("5 + 7 → 12")));
    CHECK_INT(map_crew(g, path, "4 crew", "3 crew"), 422);
    CHECK_INT(map_crew(g, path, "4", "5 crew"), 303);
    CHECK(
        page_says(given_get(g, path), S("E 列“管护人数 › 男”：有内容的 1 格")));
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(given_sql(g, SQL("SELECT crew FROM sample_tree")), 7);
}

TEST(a_part_is_set_right_like_any_cell)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S(SPLIT "松树,乙,区法院,2024-01-02,5,\n"));

    CHECK(page_has(given_get(g, path), S("name=\"cell 3 5\" value=\"\"")));
    CHECK_INT(correct_cell(g, path, "cell 3 5", "0"), 303);
    CHECK(page_says(given_get(g, path), S("2 新增")));
}

TEST(the_file_of_wrong_rows_has_what_was_set_right)
{
    struct given *g = given_desk(t);
    struct str path =
        given_upload(g, S(TREES "柳树,听涛松,区法院,2024-03-03,20余人\n"));
    struct workbook *w;

    correct_cell(g, path, "cell 1 4", "24");
    w = given_workbook(g,
                       page_html(given_get(g, below(g, path, "/wrong.xlsx"))),
                       S("wrong.xlsx"));
    CHECK_STR(grid_cell(&w->grids[0], 1, 4)->text, S("24"));
    CHECK_STR(grid_cell(&w->grids[0], 1, 0)->text, S("柳树"));
}

TEST(nobody_sets_right_what_others_sent_or_what_was_imported)
{
    struct given *g = given_desk(t);
    struct str path = given_upload(g, S(TREES ONE NO_NUMBER));

    given_asks(g, ROLE_EDITOR);
    g->who.account = GIVEN_ACCOUNT + 1;
    CHECK_INT(correct_cell(g, path, "cell 2 4", "24"), 404);
    given_asks(g, ROLE_OFFICER);
    g->who.account = GIVEN_ACCOUNT;
    given_post(g, below(g, path, "/apply"));
    CHECK_INT(correct_cell(g, path, "cell 2 4", "24"), 409);
}
