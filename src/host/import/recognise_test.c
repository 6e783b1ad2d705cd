/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which ledger a sheet is, and which rows of it are rows. */
#include "host/import/recognise.h"

#include "interchange/given_fixture.h"
#include "test/test.h"

/* What a workbook of one sheet holds, with its merges. */
static struct match recognised_book(struct test *t, const char *rows,
                                    const char *merges)
{
    struct match s;

    match_grid(t->mem,
               fixture_grid(t,
                            fixture_book(t, (struct book){ .rows = rows,
                                                           .after = merges })),
               &s);
    return s;
}

static const struct grid *given_grid(struct test *t, struct str csv)
{
    struct workbook *w = NEW(t->mem, struct workbook);
    struct text reason;

    if (workbook_read(t->mem, (struct table_file){ S("a.csv"), csv },
                      &read_limits_default, w, &reason) != OK)
        BUG("%.*s", STR_ARG(reason.en));
    return &w->grids[0];
}

static struct match recognised(struct test *t, struct str csv)
{
    struct match s;

    match_grid(t->mem, given_grid(t, csv), &s);
    return s;
}

#define HEADER "序号,树种,树名,认养单位,栽种日期,浇水人次\n"
#define ROW "1,松树,老松,区检察院,2024-03-01,10\n"

TEST(sheet_is_known_by_its_headers)
{
    struct match s = recognised(t, S(HEADER ROW));

    NEED(s.ledger == ledger_find(S("sample.tree")));
    CHECK_INT(s.data_row, 1);
    CHECK_INT(s.map[ledger_column(s.ledger, S("unit"))], 3);
    CHECK_INT(s.map[ledger_column(s.ledger, S("planted_on"))], 4);
    CHECK(s.id_col == SIZE_MAX);
    CHECK(s.year_col == SIZE_MAX);
}

TEST(sheet_skips_titles_and_takes_their_year)
{
    struct match s = recognised(
        t,
        S("2023年度认养树木台账,,,,,\n填报单位：区检察院,,,,,\n" HEADER ROW));

    CHECK(s.ledger == ledger_find(S("sample.tree")));
    CHECK_INT(s.data_row, 3);
    CHECK_INT(s.told.year, 2023);
}

TEST(sheet_finds_the_columns_of_our_exports)
{
    struct match s = recognised(
        t, S("编号,年度,树种,树名,认养单位,栽种日期\n7,2024,松,一,某院,\n"));

    CHECK_INT(s.id_col, 0);
    CHECK_INT(s.year_col, 1);
}

TEST(sheet_without_header_may_be_the_divisions)
{
    struct match s = recognised(t, S("370212,崂山区,3702\n"
                                     "370212001,中韩街道,370212\n"));

    CHECK(s.ledger == ledger_find(S("registry.organisation")));
    CHECK_INT(s.data_row, 0);
    CHECK(s.id_col == SIZE_MAX);
}

TEST(sheet_that_lacks_a_required_column_says_which)
{
    struct match s = recognised(t, S("树种,树名,浇水人次\n松,一,3\n"));

    CHECK(s.ledger == NULL);
    CHECK(str_find(s.problem.zh, S("认养单位")) != SIZE_MAX);
    CHECK(str_find(s.problem.zh, S("认养的树")) != SIZE_MAX);
    CHECK(str_find(s.problem.en, S("Adopted by")) != SIZE_MAX);
}

TEST(sheet_of_something_else_is_not_recognised)
{
    struct match s = recognised(t, S("菜名,价格\n炒蛋,12\n"));

    CHECK(s.ledger == NULL);
    CHECK(!text_empty(s.problem));
    s = recognised(t, S("370212,崂山区,3702\n不是代码,中韩街道,370212\n"));
    CHECK(s.ledger == NULL);
}

TEST(sheet_of_one_column_is_told_of_separators)
{
    struct match s = recognised(t, S("树种~树名~认养单位\n松~一~某\n"));

    CHECK(s.ledger == NULL);
    CHECK(str_find(s.problem.zh, S("分隔符")) != SIZE_MAX);
}

/* So many lines before the header. */
static struct match below_lines(struct test *t, size_t n)
{
    struct str csv = S("");

    while (n--)
        csv = str_join(t->mem, (struct str[]){ csv, S("x,y,z,,,\n") }, 2);
    return recognised(t, str_join(t->mem, (struct str[]){ csv, S(HEADER ROW) },
                                  2));
}

TEST(sheet_looks_for_a_header_in_thirty_rows)
{
    CHECK_INT(below_lines(t, 12).data_row, 13);
    CHECK_INT(below_lines(t, 29).data_row, 30);
    CHECK(below_lines(t, 30).ledger == NULL);
    CHECK(str_find(below_lines(t, 30).problem.zh, S("前 30 行")) != SIZE_MAX);
}

TEST(sheet_that_is_nearly_known_names_what_it_did_not_understand)
{
    struct match s = recognised(t, S("树种,树名,养护人,栽种日期\n松,一,某,\n"));

    CHECK(s.ledger == NULL);
    CHECK(str_find(s.problem.zh, S("“养护人”")) != SIZE_MAX);
    CHECK(str_find(s.problem.zh, S("“树名”")) == SIZE_MAX);
}

TEST(sheet_read_as_takes_the_header_it_is_told)
{
    const struct ledger *l = ledger_find(S("sample.tree"));
    const struct grid *g =
        given_grid(t, S("某某,树种,树名,认养单位,栽种日期\n" HEADER ROW));
    struct match s;

    match_as(t->mem, g, l, 1, &s);
    CHECK(s.ledger == l);
    CHECK_INT(s.data_row, 2);
    CHECK_INT(s.map[ledger_column(l, S("visits"))], 5);
    match_as(t->mem, g, l, 0, &s);
    CHECK(s.map[ledger_column(l, S("visits"))] == SIZE_MAX);
}

/* ---- what is not certain ---- */

/* Refused, for words that name all of these. */
static void check_doubt(struct test *t, struct str csv,
                        const char *const *words, size_t n)
{
    struct match s = recognised(t, csv);

    CHECK(s.ledger == ledger_find(S("sample.tree")));
    CHECK(!match_is_taken(&s));
    for (size_t i = 0; i < n; i++)
        CHECK_STR(str_find(s.problem.zh, str_from(words[i])) == SIZE_MAX
                      ? s.problem.zh
                      : S("said"),
                  S("said"));
    CHECK(s.problem.en.n > 0);
}

#define DOUBT(csv, ...)                                                        \
    check_doubt(t, S(csv), (const char *const[]){ __VA_ARGS__ },               \
                COUNT(((const char *const[]){ __VA_ARGS__ })))

TEST(sheet_with_one_header_twice_is_refused)
{
    DOUBT("树种,树名,认养单位,栽种日期,浇水人次,浇水人次\n松,一,某,,5,10\n",
          "“浇水人次", "E 列、F 列");
    DOUBT("树种,树名,认养单位,栽种日期,浇水人次,浇水（次）\n松,一,某,,5,9\n",
          "“浇水人次", "F 列“浇水（次）”");
    DOUBT("树种,树名,认养单位,栽种日期,*树种：\n松,一,某,,梅\n", "“树种”（",
          "（A 列、E 列）");
    DOUBT("年度,年度,树种,树名,认养单位,栽种日期\n2023,2024,松,一,某,\n",
          "“年度”（A 列、B 列）");
}

TEST(sheet_with_two_names_for_words_takes_the_better)
{
    struct match s = recognised(t, S("树木名称,树名,树种,认养单位,栽种日期\n"
                                     "一,二,松,某,2024-03-01\n"));

    CHECK(match_is_taken(&s));
    CHECK_INT(s.map[ledger_column(s.ledger, S("name"))], 1);
    CHECK(match_leaves_out(t->mem, &s, 0));
    DOUBT("树木名称,树木名称,树种,认养单位,栽种日期\n一,二,松,某,\n",
          "“树名”（A 列“树木名称”、B 列“树木名称”）");
    DOUBT("树名,树种,认养单位,栽种日期,栽种时间\n一,松,某,,\n",
          "“栽种日期”（D 列、E 列“栽种时间”）");
}

TEST(sheet_of_tables_side_by_side_is_refused)
{
    DOUBT("树种,树名,认养单位,栽种日期,,树种,树名,认养单位,栽种日期\n"
          "松,一,某,2024-03-01,,松,二,某,2024-03-01\n",
          "“树种”（A 列、F 列）", "“树名”（B 列、G 列）",
          "“栽种日期”（D 列、I 列）", "并排");
    DOUBT("树种,树名,认养单位,栽种日期,树种,树名,认养单位,栽种日期\n"
          "松,一,某,2024-03-01,松,二,某,2024-03-01\n",
          "“树种”（A 列、E 列）", "并排");
    DOUBT("序号,树种,树名,认养单位,栽种日期,,序号,树木种类,树木名称,认养方,"
          "栽种时间\n1,松,一,某,2024-03-01,,2,松,二,某,2024-03-01\n",
          "“树种”（B 列、H 列“树木种类”）", "J 列“认养方”");
    DOUBT("序号,树种,树名,认养单位,栽种日期,,序号,树名\n"
          "1,松,一,某,2024-03-01,,2,二\n",
          "“序号”（A 列、G 列）", "“树名”（C 列、H 列）");
}

TEST(sheet_with_a_header_over_several_columns_is_refused)
{
    DOUBT("树种,树名,认养单位,栽种日期,浇水人次,\n,,,,男,女\n"
          "松,一,某,2024-03-01,5,7\n",
          "E 列“浇水人次 › 男”", "F 列“浇水人次 › 女”", "合成一栏");
    DOUBT("树种,树名,认养单位,栽种日期,浇水,,\n,,,,春,夏,秋\n"
          "松,一,某,2024-03-01,5,7,9\n",
          "E 列“浇水 › 春”", "G 列“浇水 › 秋”");
    DOUBT("树种,树名,认养单位,栽种日期,投票数,\n,,,,点赞数,收藏数\n"
          "松,一,某,2024-03-01,5,7\n",
          "“投票数”（E 列“投票数 › 点赞数”、F 列“投票数 › 收藏数”）");
    DOUBT("树种,树名,认养单位,栽种日期,浇水人次（男）,浇水人次 › 女\n"
          "松,一,某,2024-03-01,5,7\n",
          "F 列“浇水人次 › 女”");
}

#define WORD(place, text)                                                      \
    "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define NUMBER(place, value) "<c r=\"" place "\"><v>" value "</v></c>"
#define EMPTY(place) "<c r=\"" place "\" t=\"str\"><f>\"\"</f><v></v></c>"

#define BOOK_TITLE "<row r=\"1\">" WORD("A1", "2024年认养树木") "</row>"
#define BOOK_UPPER                                                             \
    "<row r=\"2\">" WORD("A2", "树种") WORD("B2", "树名")                      \
        WORD("C2", "认养单位") WORD("D2", "栽种日期")                          \
            WORD("E2", "浇水人次") "</row>"
#define BOOK_MERGES                                                            \
    "<mergeCells><mergeCell ref=\"A1:F1\"/><mergeCell ref=\"A2:A3\"/>"         \
    "<mergeCell ref=\"B2:B3\"/><mergeCell ref=\"C2:C3\"/>"                     \
    "<mergeCell ref=\"D2:D3\"/><mergeCell ref=\"E2:F2\"/></mergeCells>"

TEST(sheet_with_merged_headers_in_two_rows_is_refused)
{
    struct match s = recognised_book(
        t,
        BOOK_TITLE BOOK_UPPER "<row r=\"3\">" WORD("E3", "男")
            WORD("F3", "女") "</row>"
                             "<row r=\"4\">" WORD("A4", "松") WORD("B4", "老松")
                                 WORD("C4", "某院") NUMBER("E4", "5")
                                     NUMBER("F4", "7") "</row>",
        BOOK_MERGES);

    CHECK(s.ledger == ledger_find(S("sample.tree")));
    CHECK(!match_is_taken(&s));
    CHECK_INT(s.data_row, 3);
    CHECK_STR(match_header(&s, 5), S("浇水人次 › 女"));
}

TEST(sheet_takes_formulas_without_words_for_nothing)
{
    struct match s = recognised_book(
        t,
        BOOK_UPPER "<row r=\"3\">" WORD("A3", "松")
            WORD("B3", "老松") "</row>"
                               "<row r=\"4\">" EMPTY("A4") EMPTY("B4")
                                   NUMBER("E4",
                                          "0") "</row>"
                                               "<row r=\"5\">" WORD("A5",
                                                                    "合　计")
                                                   NUMBER("E5", "5") "</row>",
        "<mergeCells><mergeCell ref=\"A5:D5\"/></mergeCells>");

    CHECK(match_is_taken(&s));
    CHECK_INT(match_row(&s, 1), ROW_DATA);
    CHECK_INT(match_row(&s, 2), ROW_BLANK);
    CHECK_INT(match_row(&s, 3), ROW_NOTE);
}

TEST(sheet_with_a_total_below_a_header_takes_the_total)
{
    struct match s =
        recognised(t, S("树种,树名,认养单位,栽种日期,浇水人次,,\n"
                        ",,,,男,女,合 计\n松,一,某,2024-03-01,5,7,12\n"));

    CHECK(match_is_taken(&s));
    CHECK_INT(s.data_row, 2);
    CHECK_INT(s.map[ledger_column(s.ledger, S("visits"))], 6);
    CHECK(match_leaves_out(t->mem, &s, 4));
    CHECK(match_leaves_out(t->mem, &s, 5));
    CHECK(!match_leaves_out(t->mem, &s, 6));
}

TEST(sheet_with_groups_of_headers_reads_the_lower_ones)
{
    struct match s =
        recognised(t, S("2024年认养树木,,,,,\n序号,树木,,认养情况,,浇水人次\n"
                        ",树种,树名,认养单位,栽种日期,\n"
                        "1,松,一,某,2024-03-01,5\n"));

    CHECK(match_is_taken(&s));
    CHECK_INT(s.header, 1);
    CHECK_INT(s.data_row, 3);
    CHECK_INT(s.map[ledger_column(s.ledger, S("name"))], 2);
    CHECK_INT(s.map[ledger_column(s.ledger, S("visits"))], 5);
}

TEST(sheet_names_columns_that_are_left_out)
{
    struct match s = recognised(
        t,
        S("编号,年度,序号,树种,树名,认养单位,栽种日期,栽种月份,作废,错误原因,"
          "树龄,\n1,2024,1,松,一,某,2024-03-01,3,,,50,x\n"));

    for (size_t col = 0; col < 10; col++)
        CHECK(!match_leaves_out(t->mem, &s, col));
    CHECK(match_leaves_out(t->mem, &s, 10));
    CHECK(match_leaves_out(t->mem, &s, 11));
}

/* ---- what stands below ---- */

TEST(sheet_ends_where_another_table_begins)
{
    struct match s =
        recognised(t, S(HEADER ROW ROW
                        ",,,,,\n第二批,,,,,\n"
                        "树名,树种,认养单位,栽种日期,浇水人次,序号\n"
                        "老松,松树,区检察院,2024-03-01,10,1\n"));

    CHECK(match_is_taken(&s));
    CHECK_INT(s.end_row, 3);
    CHECK(str_find(s.rest.zh, S("第 4 行")) != SIZE_MAX);
    CHECK(str_find(s.rest.zh, S("树名、树种")) != SIZE_MAX);
    CHECK(s.rest.en.n > 0);
}

TEST(sheet_ends_where_a_table_of_another_ledger_begins)
{
    struct match s =
        recognised(t, S(HEADER ROW "护树人,护树职责,护树电话,,,\n"
                                   "小王,护林员,13800000001,,,\n"));

    CHECK_INT(s.end_row, 2);
    CHECK(str_find(s.rest.zh, S("护树职责")) != SIZE_MAX);
}

TEST(sheet_of_two_tables_takes_the_upper)
{
    struct match s =
        recognised(t, S("护树人,护树职责,护树电话,,,\n"
                        "小王,护林员,13800000001,,,\n" HEADER ROW));

    CHECK(s.ledger == ledger_find(S("sample.keeper")));
    CHECK_INT(s.end_row, 2);
    CHECK(str_find(s.rest.zh, S("第 3 行起")) != SIZE_MAX);
}

TEST(sheet_names_a_table_above_that_it_cannot_take)
{
    struct match s = recognised(t, S("护树人,护树电话,,,,\n"
                                     "小王,13800000001,,,,\n" HEADER ROW));

    CHECK(s.ledger == ledger_find(S("sample.tree")));
    CHECK_INT(s.data_row, 3);
    CHECK(str_find(s.rest.zh, S("第 1 行起")) != SIZE_MAX);
    CHECK(str_find(s.rest.zh, S("护树电话")) != SIZE_MAX);
}

TEST(sheet_takes_groups_of_headers_for_no_table)
{
    struct match s =
        recognised(t, S("序号,树种,树名,认养单位,栽种日期,情况,\n"
                        "序号,树种,树名,认养单位,栽种日期,浇水人次,协助单位\n"
                        "1,松,一,某,2024-03-01,5,\n"));

    CHECK(match_is_taken(&s));
    CHECK(text_empty(s.rest));
    CHECK_INT(s.data_row, 2);
}

TEST(sheet_with_units_below_its_headers_joins_them)
{
    struct match s = recognised(t, S("树种,树名,认养单位,栽种日期,浇水\n"
                                     ",,,,（人次）\n松,一,某,2024-03-01,5\n"));

    CHECK(match_is_taken(&s));
    CHECK_INT(s.data_row, 2);
    CHECK_STR(match_header(&s, 4), S("浇水（人次）"));
    CHECK_INT(s.map[ledger_column(s.ledger, S("visits"))], 4);
}

TEST(sheet_whose_header_comes_again_goes_on)
{
    struct match s = recognised(t, S(HEADER ROW HEADER ROW));

    CHECK(text_empty(s.rest));
    CHECK_INT(s.data_row, 1);
    CHECK_INT(s.end_row, 4);
    CHECK_INT(match_row(&s, 2), ROW_NOTE);
    CHECK_INT(match_row(&s, 3), ROW_DATA);
}

TEST(sheet_whose_title_comes_again_with_the_header_goes_on)
{
    static const char *const lines[] = {
        "2024年认养的树,,,,,\n",
        ",,,,,\n2024年认养的树（续表）,,,,,\n",
        "2024年认养的树,,,,,\n填报单位：区林业局,,,,,\n",
    };

    for (size_t i = 0; i < COUNT(lines); i++) {
        struct str text =
            str_fmt(t->mem,
                    "2024年认养的树,,,,,\n填报单位：区林业局,,,,,\n" HEADER ROW
                    "%s" HEADER ROW,
                    lines[i]);
        struct match s = recognised(t, text);
        size_t rows = 0;

        CHECK(text_empty(s.rest));
        for (size_t row = s.data_row; row < s.end_row; row++)
            rows += match_row(&s, row) == ROW_DATA;
        CHECK_INT(rows, 2);
    }
}

TEST(sheet_row_of_one_word_above_a_header_is_no_title)
{
    struct match s = recognised(t, S("2024年认养的树,,,,,\n" HEADER ROW
                                     ",,迎客松,,,\n" HEADER ROW));

    CHECK_INT(match_row(&s, s.data_row + 1), ROW_DATA);
}

TEST(sheet_whose_header_stands_in_both_languages_goes_on)
{
    struct match s = recognised(
        t, S(HEADER "No.,Species,Tree,Adopted by,Planted on,Waterings\n" ROW));

    CHECK(text_empty(s.rest));
    CHECK_INT(match_row(&s, 1), ROW_NOTE);
    CHECK_INT(match_row(&s, 2), ROW_DATA);
}

static enum row_sort kind_of(struct test *t, struct str row)
{
    struct str parts[] = { S(HEADER ROW), row, S(ROW) };
    struct match s = recognised(t, str_join(t->mem, parts, 3));

    return match_row(&s, 2);
}

TEST(sheet_rows_that_are_notes_and_totals_are_left_out)
{
    CHECK_INT(kind_of(t, S("注：人次以签到表为准,,,,,\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("备注：略,,,,,\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("填表人：张三,,审核人：李四,,,\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S(",单位负责人：,,2024年1月,,\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("（一）略,,,,,\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("合计,,,,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("总计（人次）,,,,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S(",合　计,,,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("2,小 计：,,,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("2,松树,合计,区检察院,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("合 计,其他,2棵,区检察院,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("区直机关小计,,,,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S(",,,,,\n")), ROW_BLANK);
}

TEST(sheet_rows_with_little_in_them_are_still_rows)
{
    CHECK_INT(kind_of(t, S("3,,,,,5\n")), ROW_DATA);
    CHECK_INT(kind_of(t, S("总计划种树,松,老松,,,\n")), ROW_DATA);
    CHECK_INT(kind_of(t, S(",松,,,,\n")), ROW_DATA);
    CHECK_INT(kind_of(t, S("注,松,老松,,,\n")), ROW_DATA);
}

TEST(sheet_rows_of_serial_numbers_alone_are_blank)
{
    CHECK_INT(kind_of(t, S("3,,,,,\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("3, ,,　,,\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("3,,,,,0\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S(",,,,,0\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("三,,,,,\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("第4号,,,,,\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("（5）,,,,,\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("７,,,,,\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("⑧,,,,,\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("No.9,,,,,\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("3,/,—,……,-,/\n")), ROW_BLANK);
    CHECK_INT(kind_of(t, S("3,/,—,……,-,2\n")), ROW_DATA);
    CHECK_INT(kind_of(t, S("3,/,无,,,\n")), ROW_DATA);
    CHECK_INT(kind_of(t, S("待补,,,,,\n")), ROW_DATA);
    CHECK_INT(kind_of(t, S(",,,,,3\n")), ROW_DATA);
}

static size_t words_shared(const struct column_words *a,
                           const struct column_words *b)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            n += str_eq(a->word[i], b->word[k]);
    return n;
}

TEST(no_two_columns_of_a_ledger_are_known_by_one_word)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t a = 0; a < l->columns_n; a++)
            for (size_t b = 0; b < a; b++) {
                struct column_words of_a = column_words(t->mem, &l->columns[a]);
                struct column_words of_b = column_words(t->mem, &l->columns[b]);

                CHECK_INT(words_shared(&of_a, &of_b), 0);
            }
}
