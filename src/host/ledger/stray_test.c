/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/stray.h"
#include "test/test.h"

/* Every one of these is such a cell. */
static void check_all(struct test *t, const char *const *said, size_t n,
                      enum stray want)
{
    for (size_t i = 0; i < n; i++)
        CHECK_INT(stray_of(t->mem, str_from(said[i])), want);
}

TEST(errors_of_formulas_are_errors_in_every_writing)
{
    static const char *const said[] = {
        "#N/A",      "#REF!",           "#VALUE!", "#DIV/0!",  "#NAME?",
        "#NULL!",    "#NUM!",           "#SPILL!", " #n/a ",   "＃Ｎ／Ａ",
        "#BLOCKED!", "#GETTING_DATA",   "Err:502", "#####",    "NaN",
        "null",      "＃REF！",         "#REF",    "错误:502", "#值!",
        "Infinity",  "[object Object]",
    };

    check_all(t, said, COUNT(said), STRAY_ERROR);
}

TEST(signs_that_repeat_the_cell_above_are_no_names)
{
    static const char *const above[] = {
        "同上", "同 上", "（同上）", "同上。", "同前", "〃",    "″",
        "\"",   "''",    "＂",       "”",      "仝上", "Ditto", "do.",
    };
    static const char *const other[] = {
        "同左", "同下", "同第3行", "↑",   "同上单位",
        "见上", "々",   "以上",    "同1", "同上（区司法局）",
    };

    check_all(t, above, COUNT(above), STRAY_DITTO);
    check_all(t, other, COUNT(other), STRAY_ELSEWHERE);
}

TEST(marks_without_words_say_nothing)
{
    static const char *const said[] = {
        "/", "——", "-", "…", "？", "无", "待定"
    };

    check_all(t, said, COUNT(said), STRAY_NOTHING);
}

TEST(names_that_only_begin_so_are_names)
{
    static const char *const said[] = {
        "",
        "同上海路支部",
        "同心队",
        "#1 队",
        "无偿献血队",
        "＃先锋",
        "空港支部",
        "左右岸社区",
        "零",
        "①",
        "\"双领\"",
        "NaNa",
        "é",
        "同1路公交车站支部",
        "以上率下先锋队",
        "错误分析组",
        "Dora",
    };

    check_all(t, said, COUNT(said), STRAY_NONE);
}
