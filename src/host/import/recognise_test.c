/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which ledger a sheet is, and which rows of it are rows. */
#include "host/import/recognise.h"

#include "interchange/read.h"
#include "test/test.h"

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

TEST(sheet_headers_fold_units_blanks_and_width)
{
    CHECK_STR(header_fold(t->mem, S("党员数（人）")), S("党员数"));
    CHECK_STR(header_fold(t->mem, S(" 党员 数\n(人)")), S("党员数"));
    CHECK_STR(header_fold(t->mem, S("“双领”项目")), S("双领项目"));
    CHECK_STR(header_fold(t->mem, S("（备注）")), S("(备注)"));
    CHECK_STR(header_fold(t->mem, S("")), S(""));
}

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

TEST(sheet_does_not_look_for_a_header_far_below)
{
    CHECK(
        recognised(
            t, S("a,\nb,\nc,\nd,\ne,\nf,\ng,\nh,\ni,\nj,\nk,\nl,\n" HEADER ROW))
            .ledger == NULL);
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
    CHECK_INT(kind_of(t, S("（一）略,,,,,\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("合计,,,,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S("总计（人次）,,,,,20\n")), ROW_NOTE);
    CHECK_INT(kind_of(t, S(",,,,,\n")), ROW_BLANK);
}

TEST(sheet_rows_with_little_in_them_are_still_rows)
{
    CHECK_INT(kind_of(t, S("3,,,,,\n")), ROW_DATA);
    CHECK_INT(kind_of(t, S(",松,,,,\n")), ROW_DATA);
    CHECK_INT(kind_of(t, S("注,松,老松,,,\n")), ROW_DATA);
}
