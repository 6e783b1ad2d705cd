/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The worked examples of judging. */
#include "feature/cases/rules.h"
#include "host/given/given.h"

static int64_t rounded(const int64_t *marks, size_t n)
{
    return case_mean_rounded(case_trimmed_mean(marks, n));
}

TEST(cases_seven_judges_drop_one_at_each_end)
{
    const int64_t marks[] = { 9250, 9300, 9180, 9550, 9020, 9300, 9260 };

    CHECK_INT(case_trimmed_mean(marks, 7).sum, 46290);
    CHECK_INT(rounded(marks, 7), 9258);
}

TEST(cases_means_are_rounded_half_up)
{
    /* 369.9 ÷ 4 = 92.475 → 92.48; binary floating point says 92.47 */
    const int64_t marks[] = { 9250, 9300, 9180, 9550, 9020, 9260 };

    CHECK_INT(rounded(marks, 6), 9248);
}

TEST(cases_ties_go_to_further_decimals)
{
    const int64_t x[] = { 9050, 9120, 9140, 9170, 9300 }; /* 91.4333 */
    const int64_t y[] = { 9010, 9110, 9150, 9169, 9200 }; /* 91.4300 */

    CHECK_INT(rounded(x, 5), 9143);
    CHECK_INT(rounded(y, 5), 9143);
    CHECK(case_rank(x, 5) > case_rank(y, 5));
}

TEST(cases_only_one_of_several_equal_marks_is_dropped)
{
    const int64_t marks[] = { 9000, 9000, 9000, 9500, 9500 };

    CHECK_INT(case_trimmed_mean(marks, 5).sum, 27500);
}

TEST(cases_few_marks_are_not_trimmed)
{
    const int64_t marks[] = { 9000, 8000, 7000 };

    CHECK_INT(rounded(marks, 3), 8000);
    CHECK_INT(case_mean_rounded(case_trimmed_mean(marks, 0)), 0);
}

TEST(cases_equal_trimmed_means_go_to_the_mean_of_all)
{
    const int64_t x[] = { 8000, 9000, 9000, 9900 };
    const int64_t y[] = { 8500, 9000, 9000, 9300 };

    CHECK_INT(rounded(x, 4), rounded(y, 4));
    CHECK(case_rank(x, 4) > case_rank(y, 4)); /* 35900 above 35800 */
}

static void given_entry(struct given *g, struct str name, const int64_t *marks,
                        size_t n)
{
    struct ledger_row *row = given_row(g, "cases.entry");

    given_text(row, "name", name);
    given_int(row, "unit", given_unit(g, S("区法院")));
    for (size_t i = 0; i < n; i++)
        given_int(row, str_fmt(g->m, "mark_%zu", i + 1).p, marks[i]);
    given_keep(g, row);
}

TEST(cases_a_missing_mark_is_not_a_zero)
{
    struct given *g = given(t);
    const int64_t all[] = { 9000, 9000, 9000, 9000, 9000, 9000, 9000 };
    const int64_t six[] = { 9100, 9100, 9100, 9100, 9100, 9100 };
    struct figure_value v;

    given_entry(g, S("七位评委"), all, 7);
    given_entry(g, S("六位评委"), six, 6);
    given_entry(g, S("没有评委"), NULL, 0);
    CHECK_INT(given_figure(g, "cases.entries").value, 3);
    v = given_figure(g, "cases.ten_best");
    CHECK_INT(v.value, 2); /* who was not judged has no rank */
    CHECK_INT(given_first(g, "cases.ten_best"), 2);
}

TEST(cases_the_tenth_seat_stays_empty_when_two_share_it)
{
    struct given *g = given(t);

    for (int64_t i = 0; i < 11; i++) {
        const int64_t mark = i < 9 ? 9000 + i : 8000;
        const int64_t marks[] = { mark, mark, mark, mark, mark, mark, mark };

        given_entry(g, str_fmt(t->mem, "案例%d", (int)i), marks, 7);
    }
    CHECK_INT(given_figure(g, "cases.ten_best").value, 9);
    CHECK_INT(given_rows(g, "cases.ten_best"), 9);
}

TEST(cases_a_unit_does_not_judge_its_own)
{
    static const struct str csv =
        S_INIT("案例名称,申报单位,评委1,评委2,评委3,评委4,评委5,评委6,评委7\n"
               "法庭开放日,区法院,100,100,100,100,100,100,100\n"
               "巡回审判,区法院,,,,,,,\n"
               "旧案新说,区法院,85,85,85,85,85,85,85\n"
               "少年法庭,区法院,85,85,85,85,85,85,85.5\n");
    const int64_t marks[] = { 8500, 8500, 8500, 8500, 8500, 8500, 8500 };
    struct given *g = given(t);
    struct import *im;

    given_entry(g, S("旧案新说"), marks, 7);
    given_entry(g, S("少年法庭"), marks, 7);
    im = given_plan(g, given_workbook(g, csv, S("a.csv")));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区法院"));
    im->who = &g->who;
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 1);   /* without marks */
    CHECK_INT(im->count[IMPORT_SAME], 1);  /* as they stand */
    CHECK_INT(im->count[IMPORT_WRONG], 2); /* its own, and one changed */
    CHECK_INT(im->sheets[0].problems->row, 2);
    CHECK_STR(im->sheets[0].problems->column.zh, S("评委1"));
    CHECK_STR(im->sheets[0].problems->value, S("100"));
    CHECK_INT(given_figure(g, "cases.entries").value, 3);
    CHECK_INT(given_figure(g, "cases.ten_best").n, 2);
}
