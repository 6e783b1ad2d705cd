/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Two years side by side, and what is not compared. */
#include "feature/reports/given_report.h"
#include "feature/reports/years.h"

/* The last year of trees, and nothing else of it. */
static void given_last_year(struct given *g)
{
    given_csv(g, S("树名,树种,认养单位,栽种日期,浇水人次,长势评分\n"
                   "子,银杏,区一局,2023-02-02,10,80\n"
                   "丑,银杏,区一局,2023-02-03,50,81\n"
                   "寅,银杏,区一局,2023-02-04,,82\n"
                   "卯,银杏,区一局,2023-02-05,,83\n"));
}

static const struct year_line *line_of(struct given *g, const char *key)
{
    struct test *t = g->t;
    struct figure_value v = given_figure(g, key);
    struct years years;

    years_beside(act_scope(given_act(g)), GIVEN_YEAR,
                 (struct value_list){ &v, 1 }, &years);
    CHECK_INT(years.n + years.unknown, 1);
    return years.n ? years.lines : NULL;
}

TEST(years_are_subtracted_and_drawn_by_the_larger)
{
    struct given *g = given_few(t);
    const struct year_line *l;

    given_last_year(g);
    l = line_of(g, "sample.trees");
    NEED(l);
    CHECK_STR(l->was, S("4"));
    CHECK_STR(l->is, S("4"));
    CHECK_STR(l->more, S("0"));
    CHECK_INT(l->was_length, YEARS_LONGEST);
    l = line_of(g, "sample.visits");
    CHECK_STR(l->was, S("60"));
    CHECK_STR(l->is, S("42"));
    CHECK_STR(l->more, S("−18"));
    CHECK_INT(l->was_length, YEARS_LONGEST);
    CHECK_INT(l->is_length, YEARS_LONGEST * 42 / 60);
    l = line_of(g, "sample.trees.ginkgo");
    CHECK_STR(l->more, S("−2"));
}

/* What nobody kept a year ago is not a zero, and gives no difference. */
TEST(a_year_without_records_is_not_a_zero)
{
    struct given *g = given_few(t);

    CHECK(!line_of(g, "sample.trees"));
    given_last_year(g);
    CHECK(line_of(g, "sample.trees"));
    CHECK(!line_of(g, "sample.trees.pine"));
    CHECK(!line_of(g, "sample.keepers"));
    CHECK(!line_of(g, "sample.praise"));
}

TEST(numbers_counted_by_another_rule_are_not_subtracted)
{
    struct given *g = given_many(t);
    struct text why;

    given_last_year(g);
    CHECK(!line_of(g, "sample.healthiest")->rules_differ);
    CHECK(line_of(g, "sample.healthiest")->more.n > 0);
    CHECK_INT(policy_set(given_act(g),
                         policy_find(S("sample.healthiest_percent")),
                         &(struct policy_rule){ 2024, 10, S("二号文") }, &why),
              OK);
    CHECK(line_of(g, "sample.healthiest")->rules_differ);
    CHECK_STR(line_of(g, "sample.healthiest")->more, S(""));
    CHECK(!line_of(g, "sample.trees")->rules_differ);
}

TEST(a_ratio_of_too_few_answers_is_not_compared)
{
    struct given *g = given_many(t);
    const struct year_line *l;

    given_csv(g, S("树名,树种,认养单位,栽种日期,投票数,点赞数,收藏数\n"
                   "子,银杏,区一局,2023-02-02,3,1,1\n"));
    l = line_of(g, "sample.praise");
    NEED(l);
    CHECK_STR(l->was, S("—"));
    CHECK_STR(l->more, S(""));
}

TEST(a_sheet_stands_beside_the_year_before)
{
    struct given *g = given_few(t);
    struct ctx *c;

    NEED_INT(given_put(g, "few", S("# 小\n{sample.trees}棵\n"), S("")), OK);
    NEED_INT(given_publish(g, "few"), 1);
    c = given_get(g, S("/sheets/few"));
    CHECK(!page_says(c, S("和 2023 年比")));
    CHECK(page_says(c, S("自己数一遍")));
    given_last_year(g);
    given_commit(g);
    c = given_get(g, S("/sheets/few/1"));
    CHECK(page_says(c, S("和 2023 年比")));
    CHECK(!page_says(c, S("那一年没有记录")));
    CHECK(page_has(c, S("href=\"/figures/sample.trees?year=2023\">4</a>")));
    CHECK(page_has(c, S("href=\"/sheets/few/1/sample.trees\">4</a>")));
}
