/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The rows behind a figure show a visitor no more than the list does. */
#include "host/given/given.h"

/* A keeper, and one who stands in for the other. */
static struct given *given_deputy(struct test *t)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_keeper(g);
    int64_t first;

    given_text(row, "name", S("王秀英"));
    first = given_keep(g, row);
    row = sample_keeper(g);
    given_text(row, "name", S("李建国"));
    given_int(row, "deputy", first);
    given_keep(g, row);
    return g;
}

static bool has(struct given *g, const char *path, struct str words)
{
    struct test *t = g->t;
    struct ctx *c = given_get(g, str_from(path));

    CHECK_INT(page_status(c), 200);
    return page_has(c, words);
}

static void check_masked(struct given *g, const char *path)
{
    struct test *t = g->t;

    CHECK(has(g, path, S("王**")));
    CHECK(has(g, path, S("李**")));
    CHECK(!has(g, path, S("秀英")));
    CHECK(!has(g, path, S("建国")));
}

TEST(a_figure_masks_persons_and_references_to_them)
{
    struct given *g = given_deputy(t);

    check_masked(g, "/sample/keeper");
    check_masked(g, "/figures/sample.keepers");
    check_masked(g, "/figures/sample.keepers/rows.csv");
    check_masked(g, "/figures/sample.keepers/rows.json");
    given_asks(g, ROLE_OFFICER);
    CHECK(has(g, "/figures/sample.keepers", S("王秀英")));
}

TEST(a_visitor_finds_nobody_by_the_person_referred_to)
{
    struct given *g = given_deputy(t);

    CHECK(!has(g, "/sample/keeper?q=秀英", S("李**")));
    CHECK(!has(g, "/sample/keeper?q=建国", S("李**")));
}

/* 北山 was late from 16 October to 2 December; it is the 20th. */
static struct given *given_late(struct test *t)
{
    struct given *g = given(t);

    given_csv(g, S("林地名,造林单位\n北山,区一局\n南山,区一局\n"));
    given_csv(g, S("所属林地,任务,任务时限,任务权重,任务状态,任务完成日期\n"
                   "北山,整地,2024-10-15,40,已验收,2024-12-03\n"
                   "南山,整地,2024-12-31,30,待完成,\n"));
    given_today(g, 20241220);
    given_commit(g);
    return g;
}

TEST(a_figure_is_opened_on_a_day)
{
    struct given *g = given_late(t);
    struct ctx *c = given_get(g, S("/figures/grove.late?day=2024-11-07"));

    CHECK(page_says(c, S("拖延林地：1 片")));
    CHECK(page_says(c, S("截至2024年11月7日。")));
    CHECK(page_says(c, S("自2024年10月16日起，已 23 天")));
    CHECK(page_says(c, S("北山")));
    CHECK(page_has(c, S("type=\"date\" value=\"2024-11-07\"")));
    CHECK(page_has(c, S("/figures/grove.late/rows.csv?year=2024&amp;day="
                        "2024-11-07")));
    CHECK(page_says(c, S("各月月末")));
    CHECK(page_has(c, S("day=2024-10-31")));  /* a month of its chart */
    CHECK(!page_has(c, S("day=2024-12-20"))); /* not known on the 7th */
    CHECK(!page_says(c, S("造林灯")));        /* says today's */
    /* Without a day it is of today. */
    c = given_get(g, S("/figures/grove.late"));
    CHECK(page_says(c, S("拖延林地：0 片")));
    CHECK(page_says(c, S("截至2024年12月20日。")));
    CHECK(has(g, "/grove", S("截至2024年12月20日")));
    g->lang = LANG_EN;
    c = given_get(g, S("/figures/grove.late?day=20241107"));
    CHECK(page_says(c, S("Late groves: 1 groves")));
    CHECK(page_says(c, S("As of 7 November 2024.")));
    CHECK(page_says(c, S("since 16 October 2024, 23 days")));
}

TEST(files_of_a_figure_of_a_day_say_since_when)
{
    struct given *g = given_late(t);

    CHECK(has(g, "/figures/grove.late/rows.csv?day=2024-11-07",
              S("自何日起,天数,计数\r\n北山")));
    CHECK(has(g, "/figures/grove.late/rows.csv?day=2024-11-07",
              S("2024-10-16,23,1")));
    CHECK(has(g, "/figures/grove.late/rows.json?day=2024-11-07",
              S("\"since\":\"2024-10-16\",\"days\":23,\"quantity\":1")));
    CHECK(!has(g, "/figures/grove.late/rows.json", S("since")));
}

TEST(a_day_that_is_none_is_refused_in_words)
{
    static const char *const paths[] = {
        "/figures?day=2024-02-31",
        "/figures/grove.late?day=2024-02-31",
        "/figures/grove.late/rows.csv?day=2024-02-31",
        "/figures/grove.late/rows.xlsx?day=2024-02-31",
        "/figures/grove.due/rows.json?day=2024-02-31",
    };
    struct given *g = given_late(t);

    for (size_t i = 0; i < COUNT(paths); i++) {
        struct ctx *c = given_get(g, str_from(paths[i]));

        CHECK_INT(page_status(c), 422);
        CHECK(page_says(c, S("日历上没有“2024-02-31”这一天")));
    }
    CHECK_INT(page_status(given_get(g, S("/figures/grove.late?day=yesterday"))),
              422);
}

/* In words, not as the number of now. */
TEST(a_figure_that_knows_no_day_says_so)
{
    struct given *g = given_late(t);
    struct ctx *c = given_get(g, S("/figures/grove.groves?day=2024-11-07"));

    CHECK_INT(page_status(c), 404);
    CHECK(page_says(c, S("这个数字只知道现在的")));
    c = given_get(g, S("/figures?day=2024-11-07"));
    CHECK(page_says(c, S("林地 只知道现在的")));
    CHECK(page_says(c, S("平均进度 只知道现在的")));
    CHECK(page_says(c, S("拖延林地 1 片")));
    CHECK(page_says(c, S("完成任务 0 个")));
    CHECK(page_has(c, S("/figures/grove.late?year=2024&amp;day=2024-11-07")));
    CHECK(!page_has(given_get(g, S("/figures/grove.groves")),
                    S("type=\"date\"")));
}

TEST(a_mean_says_of_how_many_it_is)
{
    struct given *g = given_late(t);
    struct ctx *c = given_get(g, S("/figures/grove.progress"));

    CHECK(page_says(c, S("平均进度：20.0% （2 片）")));
    CHECK(page_says(c, S("40 ÷ 2 = 20.0%")));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, S("/grove")), S("20.0% (2 groves)")));
}

/* Which rows it lies between can be seen: they stand from the largest on. */
TEST(a_median_says_between_which_rows_it_lies)
{
    struct given *g = given(t);
    struct ctx *c;

    given_csv(g, S("树名,树种,认养单位,栽种日期,浇水人次\n"
                   "甲,松树,区一局,2024-01-02,9\n"
                   "乙,银杏,区一局,2024-03-03,16\n"
                   "丙,银杏,区一局,2024-03-04,\n"));
    given_commit(g);
    c = given_get(g, S("/figures/sample.visits.median?year=2024"));
    CHECK(page_says(c, S("浇水人次中位数：12.5 人次（2 棵）")));
    CHECK(page_says(c, S("2 行从大到小，取第 1 行与第 2 行的平均")));
    CHECK(page_says(c, S("1 月 9.0 人次")));
    CHECK(page_says(c, S("2 月 — 人次"))); /* nothing is no 0 */
    CHECK(!page_says(c, S("合计")));       /* a middle adds up to nothing */
    c = given_get(g, S("/figures/sample.visits.median?year=2024&month=3"));
    CHECK(page_says(c, S("浇水人次中位数（3 月）：16.0 人次（1 棵）")));
    CHECK(page_says(c, S("1 行从大到小，取第 1 行")));
    c = given_get(g, S("/figures/sample.visits.median?year=2024&month=2"));
    CHECK(!page_says(c, S("从大到小")));
    CHECK(has(g, "/figures/sample.visits.median/rows.json?year=2024",
              S("{\"id\":2,\"quantity\":16,")));
    CHECK(has(g, "/figures/sample.visits.median/rows.csv?year=2024",
              S(",12.5\r\n")));
}

/* A key is for who writes sheets: to the public it is a word of no language. */
TEST(figures_show_their_keys_to_those_signed_in)
{
    static const char *const paths[] = { "/figures", "/figures/sample.trees" };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(paths); i++) {
        given_asks(g, 0);
        CHECK(!page_says(given_get(g, str_from(paths[i])), S("代号")));
        given_asks(g, ROLE_OFFICER);
        CHECK(page_says(given_get(g, str_from(paths[i])), S("sample.trees")));
    }
}

/* The year stands in each link to a figure: its own or, to switch, another. */
TEST(figures_keep_the_year_from_page_to_page)
{
    static const char *const pages[] = { "/figures", "/figures/sample.trees",
                                         "/sample", "/" };
    struct given *g = given(t);

    struct ledger_row *row = sample_tree(g, S("乙"));

    row->year = 2023;
    given_keep(g, row);
    given_keep(g, sample_tree(g, S("甲")));
    given_commit(g);
    for (size_t i = 0; i < COUNT(pages); i++) {
        struct ctx *c = given_get(g, str_fmt(t->mem, "%s?year=2023", pages[i]));
        struct str html = page_html(c);
        size_t at;

        CHECK(str_find(html, S("href=\"/figures/")) != SIZE_MAX);
        while ((at = str_find(html, S("href=\"/figures/"))) != SIZE_MAX) {
            html = str_slice(html, at + 6, html.n);
            CHECK(str_find(str_slice(html, 0, str_find(html, S("\""))),
                           S("?year=")) != SIZE_MAX);
        }
    }
}

/* All cells of the first sheet, each followed by a blank. */
static struct str cells_of(struct given *g, const char *path)
{
    struct buf *b = buf_new(g->m, 65536);
    const struct grid *grid =
        &given_workbook(g, page_html(given_get(g, str_from(path))),
                        S("rows.xlsx"))
             ->grids[0];

    for (size_t row = 0; row < grid->rows; row++)
        for (size_t col = 0; col < grid->cols; col++) {
            buf_put(b, grid_cell(grid, row, col)->text);
            buf_byte(b, ' ');
        }
    return buf_str(b);
}

TEST(a_workbook_of_a_figure_masks_persons_too)
{
    struct given *g = given_deputy(t);
    struct str cells = cells_of(g, "/figures/sample.keepers/rows.xlsx");

    CHECK(str_find(cells, S("王**")) != SIZE_MAX);
    CHECK(str_find(cells, S("秀英")) == SIZE_MAX);
    CHECK(str_find(cells, S("建国")) == SIZE_MAX);
    given_asks(g, ROLE_OFFICER);
    cells = cells_of(g, "/figures/sample.keepers/rows.xlsx");
    CHECK(str_find(cells, S("王秀英")) != SIZE_MAX);
    CHECK(str_find(cells, S("李建国")) != SIZE_MAX);
}

/* What makes the number is shown to those who may see it, and masked cells
 * are no numbers. */
TEST(a_workbook_of_a_figure_keeps_what_is_internal)
{
    struct given *g = given(t);
    struct ledger_row *row = sample_tree(g, S("甲"));
    struct str cells;

    given_text(row, "worry", S("白蚁"));
    given_keep(g, row);
    given_commit(g);
    cells = cells_of(g, "/figures/sample.trees/rows.xlsx");
    CHECK(str_find(cells, S("甲")) != SIZE_MAX);
    CHECK(str_find(cells, S("白蚁")) == SIZE_MAX);
    CHECK(str_find(cells, S("病虫隐患")) == SIZE_MAX);
    given_asks(g, ROLE_OFFICER);
    cells = cells_of(g, "/figures/sample.trees/rows.xlsx");
    CHECK(str_find(cells, S("白蚁")) != SIZE_MAX);
}

/* Trees of January and March, two species. */
static struct given *given_spring(struct test *t)
{
    struct given *g = given(t);

    given_csv(g, S("树名,树种,认养单位,栽种日期\n"
                   "甲,松树,区一局,2024-01-02\n"
                   "乙,松树,区一局,2024-03-02\n"
                   "丙,银杏,区一局,2024-03-03\n"));
    return g;
}

TEST(a_figure_is_drawn_by_month_and_by_category)
{
    struct given *g = given_spring(t);
    struct ctx *c = given_get(g, S("/figures/sample.trees"));

    CHECK(page_says(c, S("逐月，按“栽种日期”")));
    CHECK(
        page_has(c, S("href=\"/figures/sample.trees?year=2024&amp;month=3\"")));
    CHECK(page_has(c, S("aria-label=\"3 月 2 棵\"")));
    CHECK(page_has(c, S("aria-label=\"松树 2 棵\"")));
    CHECK(!page_says(c, S("不在这些月里")));
    /* Nothing to draw: seats, and a figure of nothing. */
    CHECK(!page_has(given_get(g, S("/figures/sample.healthiest")),
                    S("class=\"chart\"")));
    CHECK(!page_has(given_get(g, S("/figures/sample.visits")),
                    S("class=\"chart\"")));
}

TEST(a_part_of_a_figure_says_which_and_hands_out_its_rows)
{
    struct given *g = given_spring(t);
    struct ctx *c =
        given_get(g, S("/figures/sample.trees?year=2024&month=3&part=pine"));

    CHECK(page_says(c, S("认养树木（3 月，松树）：1 棵")));
    CHECK(page_says(c, S("共 1 行")));
    CHECK(page_says(c, S("乙")) && !page_says(c, S("丙")));
    CHECK(page_has(c, S("rows.csv?year=2024&amp;month=3&amp;part=pine\"")));
    CHECK(page_has(c, S("看整个数字")));
    c = given_get(g, S("/figures/sample.trees/rows.csv?month=3&part=ginkgo"));
    CHECK(page_has(c, S("丙")) && !page_has(c, S("乙")));
    c = given_get(g, S("/figures/sample.trees/rows.json?month=1"));
    CHECK(page_has(c, S("甲")) && !page_has(c, S("丙")));
}

/* The bars of a part are of that part, and so are the rows they open onto. */
TEST(months_of_a_category_open_onto_its_rows)
{
    struct given *g = given_spring(t);
    struct ctx *c =
        given_get(g, S("/figures/sample.trees?year=2024&part=pine"));

    CHECK(page_has(c, S("aria-label=\"3 月 1 棵\"")));
    CHECK(page_has(
        c, S("href=\"/figures/sample.trees?year=2024&amp;month=3&amp;part="
             "pine\"")));
    CHECK(!page_has(c,
                    S("href=\"/figures/sample.trees?year=2024&amp;month=3\"")));
}

TEST(parts_that_a_figure_has_not_are_refused)
{
    static const char *const paths[] = {
        "/figures/sample.trees?month=13",
        "/figures/sample.trees?month=0",
        "/figures/sample.trees?month=x",
        "/figures/sample.trees?part=nothing",
        "/figures/sample.trees.pine?part=ginkgo",
        "/figures/sample.healthiest?month=3",
        "/figures/sample.praise?month=3",
        "/figures/sample.trees/rows.csv?month=13",
    };
    struct given *g = given_spring(t);

    for (size_t i = 0; i < COUNT(paths); i++) {
        struct ctx *c = given_get(g, str_from(paths[i]));

        CHECK_INT(page_status(c), 404);
        CHECK(page_says(c, S("没有这一部分")));
    }
}

TEST(a_figure_of_which_nothing_is_kept_is_no_zero)
{
    static const struct {
        const char *key, *without, *with; /* rows */
    } cases[] = {
        { "sample.trees", "：还没有", "：1 棵" },
        { "sample.trees.ginkgo", "：还没有", "：1 棵" },
        { "sample.trees.pine", "：还没有", "：0 棵" }, /* others are there */
        { "sample.visits", "：还没有", "：还没有" },   /* none was said */
        { "sample.praise", "：还没有", "：还没有" },
        { "sample.healthiest", "：还没有", "：还没有" },
    };
    struct given *g = given(t);
    int64_t id = given_keep(g, sample_tree(g, S("甲")));

    for (int with = 1; with >= 0; with--) {
        struct ctx *all;

        if (!with)
            given_void(g, "sample.tree", id);
        all = given_get(g, S("/figures"));
        CHECK(page_says(all, S("还没有")));
        CHECK(page_says(all, S("0 棵")) == with);
        for (size_t i = 0; i < COUNT(cases); i++) {
            struct str path = str_fmt(g->m, "/figures/%s", cases[i].key);
            struct ctx *c = given_get(g, path);

            CHECK(page_says(c,
                            str_from(with ? cases[i].with : cases[i].without)));
            CHECK(!page_says(c, S("算式")));
        }
    }
    CHECK(page_says(given_get(g, S("/sample?year=2023")), S("还没有")));
    CHECK(!page_has(given_get(g, S("/sample?year=2023")), S(">0")));
}

TEST(figure_page_finds_the_next_and_the_one_before_by_their_rows)
{
    struct given *g = given(t);
    struct ctx *c;

    for (int i = 1; i <= 120; i++)
        given_keep(g, sample_tree(g, str_fmt(t->mem, "第%d号", i)));
    c = given_get(g, S("/figures/sample.trees"));
    CHECK(page_has(c, S("page=2&amp;after=50\" rel=\"next\"")));
    c = given_get(g, S("/figures/sample.trees?page=2&after=50"));
    CHECK(page_says(c, S("共 120 行，第 51—100 行")));
    CHECK(!page_says(c, S("第50号")));
    CHECK(page_says(c, S("第51号")));
    CHECK(page_says(c, S("第100号")));
    CHECK(page_has(c, S("page=3&amp;after=100\" rel=\"next\"")));
    c = given_get(g, S("/figures/sample.trees?page=3"));
    CHECK(!page_says(c, S("第100号")));
    CHECK(page_says(c, S("第101号")));
    CHECK(page_says(c, S("第120号")));
    CHECK(page_has(c, S("page=2&amp;before=101\" rel=\"prev\"")));
    c = given_get(g, S("/figures/sample.trees?page=2&before=101"));
    CHECK(page_says(c, S("第51号")));
    CHECK(page_says(c, S("第100号")));
    CHECK(!page_says(c, S("第101号")));
}
