/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What only workbooks have: merged ranges, and what is hidden. */
#include "host/given/given.h"
#include "host/import/hidden.h"
#include "host/import/wrong.h"
#include "interchange/given_fixture.h"

#include "base/buf.h"

#define HEADER "树种,树名,认养单位,栽种日期,浇水人次,管护人数\n"
#define FIRST "松树,迎客松,区检察院,2024-03-01,600,1\n"
#define SECOND "松树,望海松,,2024-03-02,,2\n"
#define THIRD "松树,听涛松,,2024-03-03,,3\n"

static void put_cell(struct buf *b, struct str text)
{
    int64_t number;

    if (text.n == 0)
        buf_lit(b, "<c/>");
    else if (str_int(text, &number))
        buf_fmt(b, "<c><v>%.*s</v></c>", STR_ARG(text));
    else
        buf_fmt(b, "<c t=\"inlineStr\"><is><t>%.*s</t></is></c>",
                STR_ARG(text));
}

/* A workbook of these lines; `after` follows the cells. */
static struct workbook *given_book(struct given *g, struct str lines,
                                   const char *after)
{
    struct buf *b = buf_new(g->m, 1 << 16);
    struct str line;
    struct str text;
    struct str bytes;

    while (str_cut(&lines, S("\n"), &line) && line.n) {
        buf_lit(b, "<row>");
        while (str_cut(&line, S(","), &text))
            put_cell(b, text);
        buf_lit(b, "</row>");
    }
    buf_byte(b, '\0');
    bytes = fixture_book(g->t,
                         (struct book){ .rows = buf_str(b).p, .after = after });
    return given_workbook(g, bytes, S("a.xlsx"));
}

/* Imported; `ret` lives with the import. */
static struct import_sheet *import_book(struct given *g, struct workbook *w)
{
    struct import *im = given_plan(g, w);

    given_apply(g, im);
    return given_sheet(im, "sample.tree");
}

TEST(a_number_merged_over_rows_is_refused_in_each_of_them)
{
    struct given *g = given(t);
    struct import_sheet *s = import_book(
        g, given_book(g, S(HEADER FIRST SECOND THIRD),
                      "<mergeCell ref=\"C2:C4\"/><mergeCell ref=\"E2:E4\"/>"));
    const struct import_problem *p = s->problems;

    CHECK_INT(s->count[IMPORT_NEW], 0);
    NEED_INT(s->count[IMPORT_WRONG], 3);
    for (size_t row = 2; row < 5; row++, p = p->next) {
        CHECK_INT(p->row, row);
        CHECK_STR(p->column.zh, S("浇水人次（人次）"));
        CHECK_STR(p->value, S("600"));
        CHECK(str_find(p->reason.zh, S("E2:E4 合并了 3 行")) == 0);
        CHECK(str_find(p->reason.en, S("E2:E4 merges 3 rows")) == 0);
    }
}

/* The corrected file must not bring the number back into every row. */
TEST(a_merged_number_is_left_out_of_the_file_to_correct)
{
    struct given *g = given(t);
    struct import_sheet *s =
        import_book(g, given_book(g, S(HEADER FIRST SECOND THIRD),
                                  "<mergeCell ref=\"C2:C4\"/>"
                                  "<mergeCell ref=\"E2:E4\"/>"));
    struct spool *to = spool_new(g->m, NULL);
    struct text reason;
    const struct grid *wrong;

    CHECK_INT(import_wrong_file(g->m, s, LANG_ZH, to, &reason), OK);
    wrong = given_workbook(g, spool_bytes(to), S("b.xlsx"))->grids;
    CHECK_STR(fixture_at(wrong, 2, 2), S("区检察院"));
    CHECK_STR(fixture_at(wrong, 1, 4), S(""));
    CHECK_STR(fixture_at(wrong, 3, 4), S(""));
}

/* A list whose records are two lines high is merged in every column. */
TEST(a_number_merged_with_all_of_its_row_is_one_number)
{
    struct given *g = given(t);
    struct import_sheet *s = import_book(
        g, given_book(g,
                      S(HEADER FIRST ",,,,,\n"
                                     "松树,听涛松,区检察院,2024-03-03,7,3\n"
                                     ",,,,,\n"),
                      "<mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:B3\"/>"
                      "<mergeCell ref=\"C2:C3\"/><mergeCell ref=\"D2:D3\"/>"
                      "<mergeCell ref=\"E2:E3\"/><mergeCell ref=\"F2:F3\"/>"
                      "<mergeCell ref=\"E4:E5\"/>"));

    CHECK_INT(s->count[IMPORT_NEW], 2);
    CHECK_INT(s->count[IMPORT_WRONG], 0);
}

TEST(a_number_merged_over_a_part_of_the_rows_is_refused_in_these)
{
    struct given *g = given(t);
    struct import_sheet *s =
        import_book(g, given_book(g,
                                  S("浇水人次,树种,树名,认养单位,栽种日期\n"
                                    "4,松树,望海松,区检察院,2024-03-02\n"
                                    "5人次,松树,听涛松,区检察院,2024-03-03\n"
                                    ",松树,迎客松,区检察院,2024-03-04\n"
                                    "合计,,,,\n"),
                                  "<mergeCell ref=\"A3:A4\"/>"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    NEED_INT(s->count[IMPORT_WRONG], 2);
    CHECK(str_find(s->problems->reason.zh, S("A3:A4 合并了 2 行")) == 0);
}

TEST(a_number_merged_over_columns_is_refused)
{
    struct given *g = given(t);
    struct import_sheet *s = import_book(
        g, given_book(g, S(HEADER FIRST "松树,望海松,区检察院,2024-03-02,9,\n"),
                      "<mergeCell ref=\"E3:F3\"/>"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    NEED_INT(s->count[IMPORT_WRONG], 1);
    CHECK_STR(s->problems->column.zh, S("浇水人次（人次）"));
    CHECK(str_find(s->problems->reason.zh, S("E3:F3 合并了 2 列")) == 0);
    CHECK(str_find(s->problems->reason.en, S("E3:F3 merges 2 columns")) == 0);
}

TEST(a_serial_number_merged_over_rows_counts_nothing)
{
    struct given *g = given(t);
    struct import_sheet *s = import_book(
        g, given_book(g, S("序号," HEADER "1," FIRST "," SECOND),
                      "<mergeCell ref=\"A2:A3\"/><mergeCell ref=\"D2:D3\"/>"));

    CHECK_INT(s->count[IMPORT_NEW], 2);
}

/* One header over two columns of numbers: neither is the number. */
TEST(a_header_merged_over_filled_columns_is_said_of_each)
{
    static const struct {
        const char *cells;
        bool doubted;
    } rows[] = { { "2,3", true }, { "2,又三次", true }, { "2,", false } };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct str lines = str_fmt(g->m,
                                   "树种,树名,认养单位,栽种日期,浇水人次,\n"
                                   "松树,甲,区检察院,2024-03-01,%s\n",
                                   rows[i].cells);
        struct import *im =
            given_plan(g, given_book(g, lines, "<mergeCell ref=\"E1:F1\"/>"));
        struct text problem = im->sheets[0].match.problem;

        CHECK_INT(!text_empty(problem), rows[i].doubted);
        CHECK_INT(str_find(problem.zh, S("（E 列、F 列）")) != SIZE_MAX,
                  rows[i].doubted);
    }
}

TEST(words_and_dates_merged_over_rows_are_read_in_each)
{
    struct given *g = given(t);
    struct import_sheet *s = import_book(
        g, given_book(g,
                      S("树种,树名,认养单位,栽种日期,树木备注\n"
                        "松树,迎客松,区检察院,2024-03-01,2024\n"
                        ",望海松,,,\n"),
                      "<mergeCell ref=\"A2:A3\"/><mergeCell ref=\"C2:C3\"/>"
                      "<mergeCell ref=\"D2:D3\"/><mergeCell ref=\"E2:E3\"/>"));

    CHECK_INT(s->count[IMPORT_NEW], 2);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE planted_on = 20240301 "
                               "AND remark = '2024'")),
              2);
}

/* ---- hidden ----------------------------------------------------------- */

#define TREES                                                                  \
    "树种,树名,认养单位,栽种日期,浇水人次,管护人数\n"      \
    "松树,迎客松,区检察院,2024-03-01,600,1\n"                         \
    "松树,望海松,区检察院,2024-03-02,5,2\n"                           \
    "松树,听涛松,区检察院,2024-03-03,6,3\n"

/* These trees with rows and columns of the grid hidden, from 0. */
static struct import *import_hidden(struct given *g, size_t row, size_t col)
{
    struct workbook *w = given_workbook(g, S(TREES), S("a.csv"));
    struct import *im;

    w->grids->hidden_rows = NEW_ARRAY(g->m, bool, 4);
    w->grids->hidden_cols = NEW_ARRAY(g->m, bool, 6);
    if (row < 4)
        w->grids->hidden_rows[row] = true;
    if (col < 6)
        w->grids->hidden_cols[col] = true;
    im = given_plan(g, w);
    given_apply(g, im);
    return im;
}

TEST(a_hidden_sheet_is_left_out_unless_it_is_asked_for)
{
    struct given *g = given(t);
    struct workbook *w = given_workbook(g, S(TREES), S("a.csv"));
    struct import *im;

    w->grids->hidden = true;
    im = given_plan(g, w);
    CHECK(!im->sheets->match.ledger);
    CHECK(str_find(im->sheets->match.problem.zh, S("隐藏的工作表")) == 0);
    match_as(g->m, w->grids, ledger_find(S("sample.tree")), 0,
             &im->sheets->match);
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 3);
    grid_show(w->grids);
    im = given_plan(g, w);
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 3);
}

TEST(hidden_rows_are_left_out_and_named)
{
    struct given *g = given(t);
    struct import *im = import_hidden(g, 2, SIZE_MAX);
    const struct match *s = &im->sheets->match;
    struct text said = hidden_text(g->m, s);

    CHECK_INT(im->count[IMPORT_NEW], 2);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE name = '望海松'")),
              0);
    CHECK_INT(hidden_row(s, 0), 2);
    CHECK(hidden_row(s, 3) == SIZE_MAX);
    CHECK(hidden_col(s, 0) == SIZE_MAX);
    CHECK(str_find(said.zh, S("1 行（第 3 行）")) != SIZE_MAX);
    CHECK(str_find(said.en, S("rows: 1 (3)")) != SIZE_MAX);
}

TEST(hidden_columns_are_left_out_and_named)
{
    struct given *g = given(t);
    struct import *im = import_hidden(g, SIZE_MAX, 4);
    const struct match *s = &im->sheets->match;
    struct text said = hidden_text(g->m, s);

    CHECK_INT(im->count[IMPORT_NEW], 3);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE visits IS NULL")),
              3);
    CHECK_INT(hidden_col(s, 0), 4);
    CHECK(str_find(said.zh, S("1 列（浇水人次）")) != SIZE_MAX);
    CHECK(str_find(said.en, S("columns: 1 (浇水人次)")) != SIZE_MAX);
}

TEST(rows_and_columns_hidden_together_are_both_named)
{
    struct given *g = given(t);
    struct import *im = import_hidden(g, 1, 5);
    struct text said = hidden_text(g->m, &im->sheets->match);

    CHECK_INT(im->count[IMPORT_NEW], 2);
    CHECK(str_find(said.zh, S("1 行（第 2 行）、1 列（管护人数）")) !=
          SIZE_MAX);
}

TEST(a_hidden_header_is_no_header)
{
    struct given *g = given(t);
    struct import *im = import_hidden(g, 0, SIZE_MAX);
    struct text said = hidden_text(g->m, &im->sheets->match);

    CHECK(!im->sheets->match.ledger);
    CHECK(str_find(said.zh, S("1 行（第 1 行）")) != SIZE_MAX);
}

TEST(nothing_hidden_is_nothing_said)
{
    struct given *g = given(t);
    struct import *im = import_hidden(g, SIZE_MAX, SIZE_MAX);

    CHECK_INT(im->count[IMPORT_NEW], 3);
    CHECK(text_empty(hidden_text(g->m, &im->sheets->match)));
}

/* There the column would not be hidden any more. */
TEST(a_hidden_column_is_left_out_of_the_file_to_correct)
{
    struct given *g = given(t);
    struct import *im = import_hidden(g, SIZE_MAX, 3);
    struct import_sheet *s = im->sheets;
    struct spool *to = spool_new(g->m, NULL);
    struct text reason;

    match_as(g->m, s->match.grid, ledger_find(S("sample.tree")), 0, &s->match);
    given_compare(g, im);
    CHECK_INT(s->count[IMPORT_WRONG], 3);
    CHECK(str_find(hidden_text(g->m, &s->match).zh, S("栽种日期")) != SIZE_MAX);
    CHECK_INT(import_wrong_file(g->m, s, LANG_ZH, to, &reason), OK);
    CHECK_STR(fixture_at(given_workbook(g, spool_bytes(to), S("b.xlsx"))->grids,
                         0, 3),
              S("浇水人次"));
}

/* What a person maps by hand is wanted, hidden or not. */
TEST(a_hidden_column_that_is_mapped_by_hand_is_read)
{
    struct given *g = given(t);
    struct import *im = import_hidden(g, SIZE_MAX, 4);
    struct match *s = &im->sheets->match;

    s->map[ledger_column(s->ledger, S("visits"))] = 4;
    CHECK(text_empty(hidden_text(g->m, s)));
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_CHANGED], 3);
}

TEST(a_number_merged_with_a_hidden_row_is_refused)
{
    struct given *g = given(t);
    struct workbook *w = given_book(g, S(HEADER FIRST SECOND),
                                    "<mergeCell ref=\"C2:C3\"/>"
                                    "<mergeCell ref=\"E2:E3\"/>");
    struct import_sheet *s;

    w->grids->hidden_rows = NEW_ARRAY(g->m, bool, 3);
    w->grids->hidden_rows[2] = true;
    s = import_book(g, w);
    CHECK_INT(s->count[IMPORT_NEW], 0);
    CHECK_INT(s->count[IMPORT_WRONG], 1);
}
