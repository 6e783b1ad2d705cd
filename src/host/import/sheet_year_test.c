/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The year that a sheet and its rows belong to. */
#include "host/import/sheet_year.h"

#include "host/given/given.h"
#include "host/ledger/year_shown.h"

/* Keepers have no date that decides; 上岗时间 is a column nobody knows. */
#define KEEPERS "护树人,护树职责,护树电话,上岗时间\n"
#define ONE "陈晓玲,护林员,19912347920,2016-05-01\n"
#define TREES "树种,树名,认养单位,栽种日期,养护期限\n"

/* What a file alone tells in 2024. */
static struct import *told(struct given *g, struct str text, struct str name)
{
    struct import *im = given_plan(g, given_workbook(g, text, name));

    im->years = (struct import_years){ .today = GIVEN_YEAR };
    import_arrange(im);
    return im;
}

static int32_t year_of_title(struct given *g, struct str title)
{
    struct test *t = g->t;
    struct str text =
        str_join(t->mem, (struct str[]){ title, S(",,,\n"), S(KEEPERS ONE) },
                 3);
    struct import *im = told(g, text, S("a.csv"));
    const struct match *s = &im->sheets[0].match;

    CHECK(sheet_asks_year(s) == (s->year == 0));
    return s->year;
}

TEST(sheet_year_is_that_of_its_title)
{
    static const struct str titles[] = {
        S_INIT("2024年护树名册"),
        S_INIT("护树名册（2024年度）"),
        S_INIT("二〇二四年护树名册"),
        S_INIT("二○二四年度护树名册"),
        S_INIT("２０２４年护树名册"),
        S_INIT("2024 年 护树名册"),
        S_INIT("2024年11月护树名册"),
        S_INIT("2024年前三季度护树名册"),
        S_INIT("2024年创益计划护树名册"),
        S_INIT("2024年1-6月护树名册"),
        S_INIT("截至2024年底护树名册"),
        S_INIT("2024"),
        S_INIT("年度：2024"),
        S_INIT("统计年度：,2024"),
        S_INIT("崂委发〔2023〕12号 2024年护树名册"),
        S_INIT("2024年护树名册（填报时间：2025年1月6日）"),
        S_INIT("2024年护树名册\n填报单位：区林业局,填报时间：,2025年1月"),
        S_INIT("2024年护树名册（2025年1月制表）"),
        S_INIT("2024年护树名册（更新于2025年1月）"),
        S_INIT("2024年护树名册 2025年1月6日 印"),
        S_INIT("2 0 2 4 年护树名册"),
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(titles); i++)
        if (year_of_title(g, titles[i]) != 2024)
            CHECK_STR(titles[i], S("taken for 2024"));
}

TEST(sheet_year_is_not_guessed_from_another_date)
{
    static const struct str titles[] = {
        S_INIT("护树名册"),
        S_INIT("填报时间：2025年1月6日"),
        S_INIT("填报时间：2025年1月"),
        S_INIT("制表日期：二〇二五年一月六日"),
        S_INIT("填报时间：,2025年1月"),
        S_INIT("建队时间：2019年"),
        S_INIT("护树名册 2025-01-06"),
        S_INIT("2025年1月制表"),
        S_INIT("更新于2025年1月"),
        S_INIT("修订：2025年"),
        S_INIT("导出于 2025 年"),
        S_INIT("贰零贰肆年护树名册"),
        S_INIT("24年护树名册"),
        S_INIT("2024届护树人"),
        S_INIT("崂委发〔2024〕12号"),
        S_INIT("文号12024年"),
        S_INIT("2019年以来的护树人"),
        S_INIT("自2019年护树的人"),
        S_INIT("2024-2025学年护树名册"),
        S_INIT("2024-25学年护树名册"),
        S_INIT("2024学年护树名册"),
        S_INIT("2023—2024年护树名册"),
        S_INIT("2023、2024年护树名册"),
        S_INIT("2023年和2024年护树名册"),
        S_INIT("2019年以来上岗的护树人（2024年统计）"),
        S_INIT("2042年护树名册"),
        S_INIT("1998年护树名册"),
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(titles); i++)
        if (year_of_title(g, titles[i]) != 0)
            CHECK_STR(titles[i], S("not clear"));
}

TEST(sheet_year_comes_with_the_place_it_was_found_in)
{
    struct given *g = given(t);
    struct import *im =
        told(g, S("名册\n单位,年度：2023\n" KEEPERS ONE), S("a.csv"));

    CHECK_STR(im->sheets[0].match.year_words.zh, S("2023（取自标题 B2）"));
    im = told(g, S(KEEPERS ONE), S("2024年护树.csv"));
    CHECK_STR(im->sheets[0].match.year_words.zh, S("2024（取自表名）"));
    im->years.said = 2022;
    import_arrange(im);
    CHECK_STR(im->sheets[0].match.year_words.zh, S("2022（取自--year）"));
    im->sheets[0].match.chosen_year = 2021;
    import_arrange(im);
    CHECK_STR(im->sheets[0].match.year_words.zh, S("2021（取自您的选择）"));
}

/* Two files read as one, as the shell does. */
static struct import *both(struct given *g, struct str a, struct str b)
{
    struct workbook *w = NEW(g->m, struct workbook);

    w->grids = NEW_ARRAY(g->m, struct grid, 2);
    w->grids[0] = given_workbook(g, a, S("a.csv"))->grids[0];
    w->grids[1] = given_workbook(g, b, S("b.csv"))->grids[0];
    w->n = 2;
    return given_plan(g, w);
}

TEST(sheet_year_may_be_that_of_the_sheets_beside_it)
{
    struct given *g = given(t);
    struct import *im = both(g, S("2023年的树\n" TREES), S(KEEPERS ONE));

    im->years.said = 0;
    import_arrange(im);
    CHECK_INT(im->sheets[1].match.year, 2023);
    CHECK_STR(im->sheets[1].match.year_words.zh,
              S("2023（取自同一文件“a”的标题 A1）"));
    im->sheets[0].match.told.year = 0;
    import_arrange(im);
    CHECK(sheet_asks_year(&im->sheets[1].match));
}

TEST(sheet_without_a_year_waits_for_an_answer)
{
    struct given *g = given(t);
    struct import *im =
        told(g, S(KEEPERS ONE "李明,护林员,19912347921,2021-03-01\n"),
             S("a.csv"));

    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_WRONG], 2);
    CHECK_INT(im->count[IMPORT_NEW], 0);
    CHECK(im->sheets[0].problems == NULL);
    CHECK(str_find(im->sheets[0].question.zh, S("--year 2024")) != SIZE_MAX);
    CHECK(str_find(im->sheets[0].question.en, S("--year 2024")) != SIZE_MAX);
    im->years.said = 2023;
    import_arrange(im);
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 2);
    CHECK(text_empty(im->sheets[0].question));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_keeper WHERE "
                               "year = 2023")),
              2);
}

TEST(sheet_year_column_is_read_or_refused)
{
    struct given *g = given(t);
    struct import *im = told(
        g,
        S("年份,护树人,护树职责,护树电话\n2024年,甲,护林员,19912347920\n"
          "2024年度,乙,护林员,19912347921\n２０２４,丙,护林员,19912347922\n"
          "二〇二四,丁,护林员,19912347923\n2024.0,戊,护林员,19912347924\n"
          "去年,己,护林员,19912347925\n,庚,护林员,19912347926\n"
          "2023-2024,辛,护林员,19912347927\n2042,壬,护林员,19912347928\n"),
        S("a.csv"));
    const struct import_problem *p;

    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 5);
    CHECK_INT(im->count[IMPORT_WRONG], 4);
    p = im->sheets[0].problems;
    NEED(p && p->next && p->next->next);
    CHECK_STR(p->value, S("去年"));
    CHECK_STR(p->column.zh, S("年度"));
    CHECK(str_find(p->next->reason.zh, S("这一行没有年度")) != SIZE_MAX);
    CHECK_STR(p->next->next->value, S("2023-2024"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_keeper WHERE "
                               "year = 2024")),
              5);
}

/* ---- one row far off --------------------------------------------------- */

static size_t wrong_trees(struct given *g, struct str text)
{
    struct import *im = told(g, text, S("a.csv"));

    given_unit(g, S("区法院"));
    given_compare(g, im);
    return im->count[IMPORT_WRONG];
}

/* What the first wrong row is asked; a cell that is no year is corrected. */
TEST(sheet_row_is_asked_for_its_year_only_where_saying_it_helps)
{
    static const struct {
        const char *csv;
        enum import_question question;
    } cases[] = {
        { "年份,护树人,护树职责,护树电话\n2024,甲,护林员,19912347920\n"
          ",乙,护林员,19912347921\n",
          IMPORT_ASKS_YEAR },
        { "年份,护树人,护树职责,护树电话\n去年,甲,护林员,19912347920\n",
          IMPORT_ASKS_NOTHING },
        { "年份,护树人,护树职责,护树电话\n2024,甲,没有的,19912347920\n",
          IMPORT_ASKS_NOTHING },
    };

    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct import *im = told(g, str_from(cases[i].csv), S("a.csv"));

        given_compare(g, im);
        NEED(im->sheets[0].problems);
        CHECK_INT(im->sheets[0].problems->question, cases[i].question);
    }
}

#define TREE(name, day) "松树," name ",区法院," day ",\n"

TEST(sheet_row_far_from_the_year_of_its_title_is_held_back)
{
    struct given *g = given(t);

    CHECK_INT(wrong_trees(g, S("2023年的树\n" TREES TREE("一", "2042-03-03")
                                   TREE("二", "2023-03-03"))),
              1);
    CHECK_INT(wrong_trees(g, S("2023年的树\n" TREES TREE("一", "2021-12-31"))),
              1);
    CHECK_INT(wrong_trees(g, S("2023年的树\n" TREES TREE("一", "2022-01-01")
                                   TREE("二", "2024-12-31"))),
              0);
}

TEST(sheet_row_far_from_the_other_rows_is_held_back)
{
    struct given *g = given(t);

    CHECK_INT(
        wrong_trees(g, S(TREES TREE("一", "2019-03-03") TREE("二", "2019-03-04")
                             TREE("三", "2019.4.1") TREE("四", "2091-03-03"))),
        1);
    CHECK_INT(wrong_trees(g, S(TREES TREE("一", "2019-03-03"))), 0);
    CHECK_INT(wrong_trees(g, S(TREES TREE("一", "2026-03-03"))), 1);
}

TEST(sheet_row_far_from_the_year_on_show_is_held_back)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    CHECK_INT(wrong_trees(g, S(TREES TREE("一", "2019-03-03"))), 1);
    CHECK_INT(wrong_trees(g, S(TREES TREE("一", "2025-03-03"))), 0);
    CHECK(year_choose(given_act(g), 2020) == OK);
    CHECK_INT(wrong_trees(g, S(TREES TREE("一", "2019-03-03"))), 0);
}

TEST(sheet_row_far_off_is_let_in_when_somebody_says_so)
{
    struct given *g = given(t);
    struct import *im = told(g, S(TREES TREE("一", "2042-03-03")), S("a.csv"));

    given_unit(g, S("区法院"));
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_WRONG], 1);
    CHECK_STR(im->sheets[0].problems->value, S("2042-03-03"));
    CHECK(str_find(im->sheets[0].problems->reason.zh, S("--year 2042")) !=
          SIZE_MAX);
    CHECK_INT(im->sheets[0].problems->question, IMPORT_ASKS_YEAR);
    im->years.said = 2042;
    import_arrange(im);
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 1);
    CHECK_INT(wrong_trees(g, S("年度,树种,树名,认养单位,栽种日期\n"
                               "2042,松树,一,区法院,2042-03-03\n"
                               "2024,松树,二,区法院,2042-03-03\n")),
              1);
}

TEST(sheet_row_far_off_that_stands_already_is_no_question)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));
    struct import *im;

    given_int(row, "planted_on", 20190102);
    row->year = 0;
    given_keep(g, row);
    given_keep(g, sample_tree(g, S("乙")));
    im = told(g, S("2024年\n" TREES "银杏,甲,区教育局,2019-01-02,2024-12-31\n"),
              S("a.csv"));
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_SAME], 1);
}
