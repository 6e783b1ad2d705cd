/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a cell of a file is taken to mean, and what it is not. */
#include "host/given/given.h"
#include "interchange/given_fixture.h"

#define TREES "序号,树种,树名,认养单位,栽种日期,浇水人次\n"

/* Import these trees after the divisions. */
static struct import_sheet *given_trees(struct given *g, struct str csv)
{
    given_divisions(g);
    return given_sheet(given_csv(g, csv), "sample.tree");
}

TEST(import_takes_look_alikes_for_one_name)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,乙松,区检察院,2024-03-01,10\n"
                               "2,松树,⼄松,区检察院,2024-03-01,10\n"
                               "3,松树,乙松\u200d,区检察院,2024-03-01,10\n"
                               "4,松树,⾼松\u200b,区检察院\ufeff,2024-03-01,1\n"
                               "5,松树,\u200b,区检察院,2024-03-01,1\n"));

    CHECK_INT(s->count[IMPORT_NEW], 2);
    CHECK_INT(s->count[IMPORT_WRONG], 3);
    CHECK_INT(s->made, 1);
    CHECK_INT(given_live(g, "sample.tree", S("高松")), 1);
}

TEST(import_refuses_errors_that_became_text)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,#N/A,区检察院,2024-03-01,10\n"
                               "2,松树,望海松,#REF!,2024-03-02,10\n"
                               "3,#VALUE!,听涛松,区法院,2024-03-02,10\n"
                               "4,松树,观云松,区法院,#NAME?,10\n"
                               "5,松树,守山松,区法院,2024-03-02,#DIV/0!\n"
                               "6,松树,护城松,区法院,2024-03-02,10\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 5);
    CHECK_INT(s->made, 1);
    for (const struct import_problem *p = s->problems; p; p = p->next)
        CHECK(str_find(p->reason.zh, S("公式错误")) != SIZE_MAX);
}

TEST(import_reads_same_as_above)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024-03-01,10\n"
                               "2,〃,望海松,同上,同 上,10\n"
                               "3,″,听涛松,〃,\"\"\"\",10\n"));

    CHECK_INT(s->count[IMPORT_NEW], 3);
    CHECK_INT(s->count[IMPORT_WRONG], 0);
    CHECK_INT(s->made, 1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE planted_on = 20240301 AND "
                               "species = 'pine'")),
              3);
}

TEST(import_refuses_a_sign_that_points_at_no_certain_cell)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,迎客松,同上,2024-03-01,10\n" /* none */
                               "2,松树,望海松,区检察院,2024-03-02,10\n"
                               "3,松树,听涛松,同左,2024-03-02,10\n"
                               "4,松树,观云松,〃,2024-03-02,10\n" /* 同左 */
                               "5,松树,守山松,区检察院,2024-03-02,同上\n"
                               "合计,,,,,10\n"
                               "6,松树,护城松,〃,2024-03-02,10\n"
                               "7,松树,摘星松,/,2024-03-02,10\n"
                               "8,松树,无,区检察院,2024-03-02,10\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 7);
    CHECK_INT(s->made, 1);
}

TEST(import_reads_hours_as_minutes)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("树种,树名,认养单位,栽种日期,养护时长（小时）\n"
                         "松树,迎客松,区检察院,2024-03-01,2\n"
                         "松树,望海松,区检察院,2024-03-01,1.5\n"
                         "松树,听涛松,区检察院,2024-03-01,30分钟\n"
                         "松树,观云松,区检察院,2024-03-01,0.333\n"));

    CHECK_INT(s->count[IMPORT_NEW], 3);
    CHECK_INT(s->count[IMPORT_WRONG], 1);
    CHECK_INT(given_sql(g, SQL("SELECT sum(minutes) FROM sample_tree")), 240);
}

TEST(import_reads_the_unit_in_a_line_above_the_header)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("2024年认养树木台账,,,,（单位：小时）\n"
                         "树种,树名,认养单位,栽种日期,养护时间\n"
                         "松树,迎客松,区检察院,2024-03-01,2\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(given_sql(g, SQL("SELECT sum(minutes) FROM sample_tree")), 120);
}

TEST(import_refuses_a_time_of_which_nobody_says_the_unit)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S("树种,树名,认养单位,栽种日期,养护时间\n"
                         "松树,迎客松,区检察院,2024-03-01,2\n"
                         "松树,望海松,区检察院,2024-03-01,2小时\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    NEED_INT(s->count[IMPORT_WRONG], 1);
    CHECK_INT(s->problems->row, 2);
    CHECK(str_find(s->problems->reason.zh, S("表头没有写清单位")) != SIZE_MAX);
    CHECK_INT(given_sql(g, SQL("SELECT sum(minutes) FROM sample_tree")), 120);
}

/* A row of text cells, and after them `cells` as the workbook writes them. */
static struct str sheet_row(struct given *g, const char *texts,
                            const char *cells)
{
    struct str rest = str_from(texts);
    struct str row = S("<row>");
    struct str text;

    while (str_cut(&rest, S("|"), &text))
        row = str_fmt(g->m, "%.*s<c t=\"inlineStr\"><is><t>%.*s</t></is></c>",
                      STR_ARG(row), STR_ARG(text));
    return str_fmt(g->m, "%.*s%s</row>", STR_ARG(row), cells);
}

/* A number under a format is what people see: 95%, 2小时, 02:30. */
TEST(import_reads_numbers_as_the_workbook_shows_them)
{
    struct given *g = given(t);
    struct str rows[] = {
        sheet_row(g, "树种|树名|认养单位|栽种日期|养护时长（分钟）|长势评分",
                  ""),
        sheet_row(g, "松树|甲|区检察院|2024-03-01",
                  "<c s=\"2\"><v>2</v></c><c><v>95</v></c>"),
        sheet_row(g, "松树|乙|区检察院|2024-03-01",
                  "<c s=\"3\"><v>0.10416666666666667</v></c>"),
        sheet_row(g, "松树|丙|区检察院|2024-03-01|90",
                  "<c s=\"1\"><v>0.95</v></c>"),
        sheet_row(g, "松树|丁|区检察院|2024-03-01|90|95%", ""),
    };
    struct book b = {
        .formats =
            "<numFmt numFmtId=\"164\" formatCode=\"0&quot;小时&quot;\"/>",
        .styles = "<xf numFmtId=\"0\"/><xf numFmtId=\"9\"/>"
                  "<xf numFmtId=\"164\"/><xf numFmtId=\"46\"/>",
        .rows = str_join(g->m, rows, COUNT(rows)).p,
    };
    struct import *im;

    given_divisions(g);
    im = given_plan(g, given_workbook(g, fixture_book(t, b), S("a.xlsx")));
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 2);
    CHECK_INT(im->count[IMPORT_WRONG], 2);
    CHECK_INT(given_sql(g, SQL("SELECT sum(minutes) FROM sample_tree")), 270);
    for (const struct import_problem *p = im->sheets[0].problems; p;
         p = p->next) {
        CHECK_STR(p->value, S("95%"));
        CHECK(str_find(p->reason.zh, S("不是百分数")) != SIZE_MAX);
    }
}

TEST(import_refuses_words_after_a_number)
{
    struct given *g = given(t);
    struct import_sheet *s =
        given_trees(g, S(TREES "1,松树,迎客松,区检察院,2024-03-01,20余人\n"
                               "2,松树,望海松,区检察院,2024-03-01,3万\n"
                               "3,松树,听涛松,区检察院,2024-03-01,12 13\n"
                               "4,松树,观云松,区检察院,2024-03-01,\"1,2,3人\"\n"
                               "5,松树,守山松,区检察院,2024-03-01,12%\n"
                               "6,松树,护城松,区检察院,2024-03-01,12人次\n"));

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 5);
    CHECK_INT(given_sql(g, SQL("SELECT sum(visits) FROM sample_tree")), 12);
}

#define CLOCKS "树种,树名,认养单位,栽种日期,栽种钟点,浇水人次\n"

TEST(import_finds_a_row_whose_time_is_written_otherwise)
{
    struct given *g = given(t);
    struct import_sheet *s;

    given_trees(g, S(CLOCKS "松树,迎客松,区检察院,2024-03-01,上午9点,20\n"));
    s = given_trees(g, S(CLOCKS
                         "松树,迎客松,区检察院,2024-03-01,9:00-10:30,20\n"));
    CHECK_INT(s->count[IMPORT_CHANGED], 1);
    CHECK_INT(given_sql(g, SQL("SELECT sum(visits) FROM sample_tree")), 20);
    s = given_trees(g,
                    S(CLOCKS
                      "松树,迎客松,区检察院,2024-03-01,上午九点至十点半,20\n"));
    CHECK_INT(s->count[IMPORT_SAME], 1);
    s = given_trees(g, S(CLOCKS "松树,迎客松,区检察院,2024-03-01,下午2点,20\n"
                                "松树,迎客松,区检察院,2024-03-01,14:00,20\n"));
    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->count[IMPORT_WRONG], 1);
}

TEST(import_asks_about_a_time_that_is_said_vaguely)
{
    static const char *const times[] = { "上午", "上午场", "全天",
                                         "课间", "待定",   "" };
    struct given *g = given(t);
    struct import_sheet *s;

    given_trees(g, S(CLOCKS "松树,迎客松,区检察院,2024-03-01,上午9点,20\n"));
    for (size_t i = 0; i < COUNT(times); i++) {
        s = given_trees(g, str_fmt(g->m,
                                   CLOCKS
                                   "松树,迎客松,区检察院,2024-03-01,%s,20\n",
                                   times[i]));
        CHECK_INT(s->count[IMPORT_NEW], 0);
        NEED_INT(s->count[IMPORT_WRONG], 1);
        CHECK_INT(s->problems->question, IMPORT_ASKS_ALIKE);
    }
    given_trees(g, S(CLOCKS "松树,望海松,区检察院,2024-03-01,上午,20\n"));
    s = given_trees(g, S(CLOCKS "松树,望海松,区检察院,2024-03-01,9:00,20\n"));
    CHECK_INT(s->count[IMPORT_WRONG], 1);
    CHECK_INT(given_sql(g, SQL("SELECT sum(visits) FROM sample_tree")), 40);
}

TEST(import_of_the_same_in_another_writing_changes_nothing)
{
    struct given *g = given(t);
    struct import_sheet *s;
    int64_t entries;

    given_trees(g, S(TREES "1,松树,“迎客”松,区检察院,2024-03-01,1200\n"));
    entries = given_sql(g, SQL("SELECT count(*) FROM journal_entry"));
    s = given_trees(g, S("浇水（人次）,栽种日期,认养单位,树名,树种,序号\n"
                         "\"１,２００ 人次\",2024年3月1日,区 检察院,"
                         "\"\u200b\"\"迎客\"\" 松\",松 树,１\n"));
    CHECK_INT(s->count[IMPORT_SAME], 1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry")), entries);
}
