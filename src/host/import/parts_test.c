/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Numbers that a file splits: added up where the column says so. */
#include "host/given/given.h"
#include "host/import/wrong.h"

#define SPLIT "树种,树名,认养单位,栽种日期,管护人数,\n,,,,男,女\n"
#define TOTAL "树种,树名,认养单位,栽种日期,管护人数,,\n,,,,男,女,合计\n"
#define TREE "松树,甲,区法院,2024-01-02,"

static const struct import_sheet *compared(struct given *g, struct str text)
{
    struct import *im = given_plan(g, given_workbook(g, text, S("a.csv")));

    given_compare(g, im);
    return &im->sheets[0];
}

TEST(parts_of_a_number_are_added_up)
{
    static const char *const files[] = {
        SPLIT TREE "5,7\n",
        "树种,树名,认养单位,栽种日期,管护人数（人）,\n,,,,* 女,男：\n" TREE
        "5,7人\n",
        "树种,树名,认养单位,栽种日期,管护人数 › 男,管护人数 › 女\n" TREE
        "12,0\n",
        TOTAL TREE "5,7,12\n",
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(files); i++) {
        const struct import_sheet *s = compared(g, str_from(files[i]));

        CHECK_INT(s->count[IMPORT_NEW], 1);
        CHECK_INT(s->left.columns_n, 0);
    }
    given_csv(g, str_from(files[0]));
    CHECK_INT(given_sql(g, SQL("SELECT crew FROM sample_tree")), 12);
}

TEST(a_sum_of_parts_is_shown)
{
    struct given *g = given(t);
    const struct import_sheet *s = compared(g, S(SPLIT TREE "5,7\n"));
    const struct read_as *r =
        &s->read[ledger_column(s->match.ledger, S("crew"))];

    CHECK_INT(r->n, 1);
    CHECK_STR(r->shown[0].file, S("5 + 7"));
    CHECK_STR(r->shown[0].as.zh, S("12"));
}

/* The first problem; returns the next. */
static const struct import_problem *check_first(struct given *g,
                                                const char *file,
                                                const char *column, size_t col,
                                                const char *reason)
{
    struct test *t = g->t;
    const struct import_sheet *s = compared(g, str_from(file));

    CHECK_INT(s->count[IMPORT_WRONG], 1);
    NEED(s->problems != NULL);
    CHECK_STR(s->problems->column.zh, str_from(column));
    CHECK_INT(s->problems->col, col);
    CHECK(str_find(s->problems->reason.zh, str_from(reason)) != SIZE_MAX);
    return s->problems->next;
}

static void check_refused(struct given *g, const char *file, const char *column,
                          size_t col, const char *reason)
{
    struct test *t = g->t;

    CHECK(check_first(g, file, column, col, reason) == NULL);
}

TEST(a_part_that_is_no_number_is_refused)
{
    struct given *g = given(t);

    check_refused(g, SPLIT TREE "5,\n", "管护人数 › 女", 5, "没有的请填 0");
    check_refused(g, SPLIT TREE ",7\n", "管护人数 › 男", 4, "没有的请填 0");
    check_refused(g, SPLIT TREE "5,7余\n", "管护人数 › 女", 5, "整数");
    check_refused(g, SPLIT TREE "#N/A,7\n", "管护人数 › 男", 4, "");
    check_refused(g, SPLIT TREE "9999,9999\n", "管护人数", 4, "不能大于");
}

TEST(a_total_that_is_not_the_sum_is_refused)
{
    struct given *g = given(t);

    const struct import_problem *next =
        check_first(g, TOTAL TREE "5,7,13\n", "管护人数", 6, "相加是 12");

    NEED(next && next->next);
    CHECK_INT(next->col, 4);
    CHECK_INT(next->next->col, 5);
    CHECK(next->next->next == NULL);
    check_first(g, TOTAL TREE "5,7,\n", "管护人数", 6, "相加是 12");
    check_refused(g, TOTAL TREE "5,,5\n", "管护人数 › 女", 5, "填 0");
    CHECK_INT(compared(g, S(TOTAL TREE ",,13\n"))->count[IMPORT_NEW], 1);
    CHECK_INT(compared(g, S(SPLIT TREE ",\n"))->count[IMPORT_NEW], 1);
}

TEST(other_parts_are_not_added_up)
{
    static const char *const files[] = {
        "树种,树名,认养单位,栽种日期,管护人数,\n,,,,计划,实际\n" TREE "5,7\n",
        "树种,树名,认养单位,栽种日期,管护人数,\n,,,,男,党员\n" TREE "5,7\n",
        "树种,树名,认养单位,栽种日期,浇水人次,\n,,,,男,女\n" TREE "5,7\n",
        "树种,树名,认养单位,栽种日期,管护人数,,\n,,,,男,女,男\n" TREE "5,7,9\n",
    };
    struct given *g = given(t);
    const struct import_sheet *s;

    for (size_t i = 0; i < COUNT(files); i++)
        CHECK(!match_is_taken(&compared(g, str_from(files[i]))->match));
    s = compared(g, S("树种,树名,认养单位,栽种日期,管护人数,,\n"
                      ",,,,男,女,其中党员\n" TREE "5,7,3\n"));
    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->left.columns_n, 1);
    CHECK_STR(s->left.columns[0].header, S("管护人数 › 其中党员"));
}

TEST(wrong_rows_of_parts_come_back_as_parts)
{
    struct given *g = given(t);
    struct text why;
    struct spool *to = spool_new(t->mem, NULL);
    struct import *im;

    NEED_INT(import_wrong_file(t->mem, compared(g, S(SPLIT TREE "5,x\n")),
                               LANG_ZH, to, &why),
             OK);
    im = given_plan(g, given_workbook(g, spool_bytes(to), S("wrong.xlsx")));
    CHECK(im->sheets[0].match.summed != 0);
}
