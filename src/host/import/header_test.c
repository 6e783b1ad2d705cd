/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the words above a column say, and in how many rows. */
#include "host/import/header.h"

#include "interchange/read.h"
#include "test/test.h"

TEST(header_is_folded_without_marks)
{
    static const char *const marked[] = {
        "*队伍名称",
        "队伍名称*",
        "＊队伍名称：",
        "队伍名称:",
        "【必填】队伍名称",
        "队伍名称【必填】",
        "队伍名称（必填）*",
        "[单选题]队伍名称",
        "1、队伍名称",
        "3．队伍名称",
        "（2）队伍名称",
        "二、队伍名称",
        "Q1. 队伍名称？",
        "第1题：队伍名称",
        "队伍名称①",
        "队伍名称²",
        "队伍名称[1]",
        "※队伍 名称",
        "1. *队伍名称（必填）：",
        "队伍名称必填",
        "队\n伍　名　称",
        "★队伍名称____",
        "队伍名称↓",
        "√ 队伍名称",
        "【队伍名称】",
        "（队伍名称）",
        "[队伍名称]（必填）",
        "A. 队伍名称",
        "请填写您的队伍名称：",
        "1、请输入队伍名称（必填）",
        "队伍名称/必填",
        "队伍名称、",
        "队伍名称！",
    };

    for (size_t i = 0; i < COUNT(marked); i++)
        CHECK_STR(header_fold(t->mem, str_from(marked[i])), S("队伍名称"));
}

TEST(header_is_folded_without_units)
{
    static const char *const units[] = {
        "队员人数/人",          "队员人数（人）",    "队员人数，人",
        "队员人数（单位：人）", "队员人数 单位：人", "队员人数(人)(必填)",
    };

    for (size_t i = 0; i < COUNT(units); i++)
        CHECK_STR(header_fold(t->mem, str_from(units[i])), S("队员人数"));
    /* heading_read() asks what they make of the numbers. */
    CHECK_STR(header_fold(t->mem, S("时长/小时")), S("时长"));
    CHECK_STR(header_fold(t->mem, S("时长/h")), S("时长"));
    CHECK_STR(header_fold(t->mem, S("人数/万人")), S("人数"));
}

TEST(header_keeps_what_is_no_mark)
{
    CHECK_STR(header_fold(t->mem, S("队员人数（女）")), S("队员人数(女)"));
    CHECK_STR(header_fold(t->mem, S("其中：女")), S("其中:女"));
    CHECK_STR(header_fold(t->mem, S("2024年")), S("2024年"));
    CHECK_STR(header_fold(t->mem, S("关注100")), S("关注100"));
    CHECK_STR(header_fold(t->mem, S("A组人数")), S("a组人数"));
    CHECK_STR(header_fold(t->mem, S("请示")), S("请示"));
    CHECK_STR(header_fold(t->mem, S("项目名称/类别")), S("项目名称/类别"));
    CHECK_STR(header_fold(t->mem, S("一年级")), S("一年级"));
    CHECK_STR(header_fold(t->mem, S("*")), S(""));
    CHECK_STR(header_fold(t->mem, S("：")), S(":"));
}

static struct str total_or(struct test *t, const char *text)
{
    return is_total(t->mem, str_from(text)) ? S("total") : str_from(text);
}

TEST(header_total_is_known_by_what_it_is)
{
    static const char *const totals[] = {
        "合计",         "合 计",        "合　　计", "总 计",
        "小计：",       "共计",         "总数：",   "合计（人）",
        "合计21人",     "共计：21人",   "总合计",   "本页小计",
        "中韩街道小计", "累计",         "“合计”",   "区直机关合计（人）",
        "Total",        "Grand total:",
    };
    static const char *const others[] = {
        "总计划统筹推进行动", "合计划",   "小计算机协会", "共计划",
        "共计100户走访行动",  "统计",     "会计协会",     "",
        "累计服务队",         "总数统计", "合 计 划 队",  "Totally",
    };

    for (size_t i = 0; i < COUNT(totals); i++)
        CHECK_STR(total_or(t, totals[i]), S("total"));
    for (size_t i = 0; i < COUNT(others); i++)
        CHECK_STR(total_or(t, others[i]), str_from(others[i]));
}

TEST(header_columns_are_called_as_spreadsheets_do)
{
    CHECK_STR(column_letters(t->mem, 0), S("A"));
    CHECK_STR(column_letters(t->mem, 25), S("Z"));
    CHECK_STR(column_letters(t->mem, 26), S("AA"));
    CHECK_STR(column_letters(t->mem, 255), S("IV"));
    CHECK_STR(column_letters(t->mem, 702), S("AAA"));
}

/* ---- several rows ---- */

static struct headers read_at(struct test *t, struct str csv, size_t row)
{
    struct workbook *w = NEW(t->mem, struct workbook);
    struct text reason;

    if (workbook_read(t->mem, (struct table_file){ S("a.csv"), csv },
                      &read_limits_default, w, &reason) != OK)
        BUG("%.*s", STR_ARG(reason.en));
    return headers_read(t->mem, &w->grids[0], row);
}

TEST(header_of_two_rows_is_joined)
{
    struct headers h =
        read_at(t, S("名称,人数,,日期\n,男,女,\n甲,5,7,2024-03-01\n"), 0);

    CHECK_INT(h.rows, 2);
    CHECK_STR(h.of[0].text, S("名称"));
    CHECK_STR(h.of[1].text, S("人数 › 男"));
    CHECK_STR(h.of[2].text, S("人数 › 女"));
    CHECK_STR(h.of[3].text, S("日期"));
}

TEST(header_of_three_rows_is_joined)
{
    struct headers h = read_at(t,
                               S("名称,人次,,,\n,儿童,,家长,\n,男,女,男,女\n"
                                 "甲,1,2,3,4\n"),
                               0);

    CHECK_INT(h.rows, 3);
    CHECK_STR(h.of[2].text, S("人次 › 儿童 › 女"));
    CHECK_STR(h.of[4].text, S("人次 › 家长 › 女"));
}

TEST(header_whose_upper_words_are_repeated_is_joined)
{
    struct headers h =
        read_at(t, S("名称,人数,人数,日期\n名称,男,女,日期\n甲,5,7,\n"), 0);

    CHECK_INT(h.rows, 2);
    CHECK_STR(h.of[0].text, S("名称"));
    CHECK_STR(h.of[2].text, S("人数 › 女"));
}

TEST(header_of_one_row_ends_where_rows_begin)
{
    CHECK_INT(read_at(t, S("名称,类别,,备注\n甲,乙,丙,丁\n"), 0).rows, 1);
    CHECK_INT(read_at(t, S("名称,类别,,\n,5,7,\n"), 0).rows, 1);
    CHECK_INT(read_at(t, S("2024年统计表,,\n名称,类别,人数\n"), 0).rows, 1);
    CHECK_INT(read_at(t, S("名称,类别,\n甲,,\n"), 0).rows, 1);
}

TEST(header_in_one_cell_may_say_two_rows)
{
    struct headers h = read_at(t, S("名称,人数 › 男\n甲,5\n"), 0);

    CHECK_INT(h.of[1].n, 2);
    CHECK_STR(h.of[1].words[1], S("男"));
}

TEST(header_names_a_column_or_a_part_of_it)
{
    static const struct column c = {
        .key = S_INIT("visits"),
        .label = TEXT_INIT("儿童人次（人次）", "Visits"),
        .synonyms = S_INIT("儿童"),
    };
    struct column_words words = column_words(t->mem, &c);
    struct headers h = read_at(t,
                               S("名称,儿童人次,,,儿童\n,男童,女童,合计,\n"
                                 "甲,1,2,3,3\n"),
                               0);
    size_t rank = 0;

    CHECK(header_names(&h.of[0], words, &rank) == NAMES_NOT);
    CHECK(header_names(&h.of[1], words, &rank) == NAMES_PART);
    CHECK(header_names(&h.of[3], words, &rank) == NAMES_IT);
    CHECK_INT(rank, 0);
    CHECK(header_names(&h.of[4], words, &rank) == NAMES_IT);
    CHECK_INT(rank, 3);
}
