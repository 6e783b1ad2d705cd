/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The worked examples of the field, and what happens at the line. */
#include "feature/ratings/rules.h"
#include "host/given/given.h"

TEST(ratings_composite_is_the_worked_example)
{
    /* base 100 − 6 = 94 → 65.80; evaluation 88 → 26.40; total 92.20 */
    CHECK_INT(rating_composite(600, 8800, 70), 922000);
    CHECK_INT(rating_composite(12000, 8800, 70), 264000);
}

TEST(ratings_bands_are_half_open)
{
    CHECK_INT(rating_band(900000), 5);
    CHECK_INT(rating_band(899999), 4);
    CHECK_INT(rating_band(895000), 4); /* 89.5 is four stars */
    CHECK_INT(rating_band(800000), 4);
    CHECK_INT(rating_band(799999), 3);
    CHECK_INT(rating_band(600000), 2);
    CHECK_INT(rating_band(599999), 1);
}

TEST(ratings_seats_are_rounded_down)
{
    CHECK_INT(rating_seats(161, 30), 48); /* 48.3 */
    CHECK_INT(rating_seats(161, 10), 16); /* 16.1 */
    CHECK_INT(rating_seats(3, 30), 0);
}

TEST(ratings_rank_by_composite_then_evaluation)
{
    int64_t a = rating_rank(961600, 9420, 800);
    int64_t b = rating_rank(961600, 8720, 400);

    CHECK(a > b);
    CHECK(rating_rank(961700, 1, 9999) > a);
    CHECK(rating_rank(961600, 9420, 700) > a);
    CHECK(rating_rank_from(9000) <= rating_rank(900000, 0, 10000));
    CHECK(rating_rank_from(9000) > rating_rank(899999, 10000, 0));
}

/* A branch with its deductions and evaluation, in hundredths. */
static void given_branch(struct given *g, struct str name, int64_t deductions,
                         int64_t evaluation)
{
    struct ledger_row *row = given_row(g, "ratings.branch");

    given_text(row, "name", name);
    given_int(row, "unit", given_unit(g, S("区法院")));
    given_int(row, "deductions", deductions);
    given_int(row, "evaluation", evaluation);
    given_keep(g, row);
}

static struct figure_value five_stars(struct given *g)
{
    return given_figure(g, "ratings.five_star");
}

TEST(ratings_five_stars_stop_at_the_quota)
{
    struct given *g = given(t);
    struct figure_value v;

    for (int i = 0; i < 10; i++)
        given_branch(g, str_fmt(t->mem, "支部%d", i), 0, 9000 + i);
    v = five_stars(g);
    CHECK_INT(v.n, 10);
    CHECK_INT(v.places, 3);
    CHECK_INT(v.value, 3);
}

TEST(ratings_a_tie_across_the_line_leaves_its_seats_empty)
{
    struct given *g = given(t);

    for (int i = 0; i < 8; i++)
        given_branch(g, str_fmt(t->mem, "支部%d", i), 0, i == 0 ? 9900 : 9500);
    given_branch(g, S("后一"), 0, 9100);
    given_branch(g, S("后二"), 0, 9000);
    CHECK_INT(five_stars(g).places, 3);
    CHECK_INT(five_stars(g).value, 1); /* seven equals do not fit into two */
}

TEST(ratings_below_the_band_nobody_sits_though_there_is_room)
{
    struct given *g = given(t);

    for (int i = 0; i < 10; i++)
        given_branch(g, str_fmt(t->mem, "支部%d", i), 1500,
                     8000); /* 59.5 + 24 = 83.5 */
    CHECK_INT(five_stars(g).value, 0);
    CHECK_INT(given_rows(g, "ratings.five_star"), 0);
}

TEST(ratings_a_missing_mark_is_not_zero)
{
    struct given *g = given(t);
    struct ledger_row *row = given_row(g, "ratings.branch");

    given_text(row, "name", S("未测评支部"));
    given_int(row, "unit", given_unit(g, S("区法院")));
    given_int(row, "deductions", 0);
    given_keep(g, row);
    CHECK_INT(given_figure(g, "ratings.branches").value, 1);
    CHECK_INT(five_stars(g).n, 0);
}

TEST(ratings_a_unit_does_not_give_itself_stars)
{
    static const struct {
        const char *path, *field, *value;
    } tries[] = {
        { "/ratings/branch/1/edit", "deductions", "0" },
        { "/ratings/branch/1/edit", "evaluation", "100" },
        { "/ratings/branch/1/edit", "evaluation", "" },
        { "/ratings/branch/1/edit", "remark", "市级五星级" },
        { "/ratings/branch/1/edit", "name", "第九支部" },
        { "/ratings/branch/1/edit", "year", "2023" },
        { "/ratings/branch/new", "evaluation", "100" },
        { "/ratings/branch/new", "remark", "市级五星级" },
    };
    struct given *g = given(t);

    given_branch(g, S("第一支部"), 500, 8300);
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区法院"));
    for (size_t i = 0; i < COUNT(tries); i++) {
        if (str_ends(str_from(tries[i].path), S("new"))) {
            given_field(g, "name", S("第二支部"));
            given_field(g, "unit", S("区法院"));
            given_field(g, "year", S("2024"));
        }
        given_field(g, "version", S("1"));
        given_field(g, tries[i].field, str_from(tries[i].value));
        CHECK_INT(page_status(given_post(g, str_from(tries[i].path))), 403);
    }
    CHECK_INT(given_kept(g, "ratings.branch", 1)->version, 1);
    CHECK_INT(given_live(g, "ratings.branch", S("")), 1);
}

TEST(ratings_a_unit_reports_what_is_its_own)
{
    struct given *g = given(t);

    given_branch(g, S("第一支部"), 500, 8300);
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区法院"));
    given_field(g, "version", S("1"));
    given_field(g, "members", S("31"));
    given_field(g, "self_mark", S("99"));
    CHECK_INT(page_status(given_post(g, S("/ratings/branch/1/edit"))), 303);
    given_field(g, "name", S("第二支部"));
    given_field(g, "unit", S("区法院"));
    given_field(g, "year", S("2024"));
    CHECK_INT(page_status(given_post(g, S("/ratings/branch/new"))), 303);
    CHECK_INT(given_figure(g, "ratings.branches").value, 2);
    CHECK_INT(five_stars(g).n, 1); /* the second is not rated yet */
}

static enum err set(struct given *g, const struct policy *p, int64_t value,
                    struct str basis, struct text *ret_why)
{
    return policy_set(given_act(g), p,
                      &(struct policy_rule){ 2024, value, basis }, ret_why);
}

TEST(ratings_a_policy_changes_the_quota_with_its_basis)
{
    struct given *g = given(t);
    const struct policy *p = policy_find(S("ratings.five_star_percent"));
    struct text why;

    for (int i = 0; i < 10; i++)
        given_branch(g, str_fmt(t->mem, "支部%d", i), 0, 9000 + i);
    CHECK_INT(set(g, p, 10, S(""), &why), E_INPUT);
    CHECK_INT(set(g, p, 101, S("工委〔2024〕1号"), &why), E_INPUT);
    CHECK_INT(set(g, p, 10, S("工委〔2024〕1号"), &why), OK);
    CHECK_INT(five_stars(g).value, 1);
    CHECK_INT(policy_read(act_scope(given_act(g)), 2023, p->key), 30);
}

TEST(ratings_say_in_words_what_the_policies_say)
{
    static const struct {
        const char *key;
        int64_t value;
        const char *zh, *en;
    } cases[] = {
        { "ratings.base_percent", 65, "×65%＋测评分×35%", "35%, is at least" },
        { "ratings.five_star_from", 88, "（88 分）", "is at least 88" },
        { "ratings.five_star_percent", 20, "参评支部的 20%", "into 20% of" },
    };
    struct given *g = given(t);
    struct text why;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text rule = five_stars(g).rule;

        CHECK(str_find(rule.zh, str_from(cases[i].zh)) == SIZE_MAX);
        CHECK_INT(set(g, policy_find(str_from(cases[i].key)), cases[i].value,
                      S("工委〔2024〕1号"), &why),
                  OK);
        rule = five_stars(g).rule;
        CHECK(str_find(rule.zh, str_from(cases[i].zh)) != SIZE_MAX);
        CHECK(str_find(rule.en, str_from(cases[i].en)) != SIZE_MAX);
    }
}

/* Everybody reads where a branch stands; its marks stay internal. */
TEST(ratings_stand_on_the_page_of_a_branch)
{
    static const struct {
        const char *path, *words;
        bool seated;
    } cases[] = {
        { "/ratings/branch/4", "97 分", true },
        { "/ratings/branch/4", "第 1 名，参加排序的 4 个", true },
        { "/ratings/branch/3", "第 2 名，参加排序的 4 个", false },
        { "/ratings/branch/1", "第 3 名，参加排序的 4 个", false },
        { "/ratings/branch/2", "第 3 名，参加排序的 4 个", false },
        { "/ratings/branch/2", "94 分（名额线 97 分）", false },
    };
    struct given *g = given(t);

    given_branch(g, S("支部一"), 300, 8700);
    given_branch(g, S("支部二"), 300, 8700);
    given_branch(g, S("支部三"), 200, 8700);
    given_branch(g, S("支部四"), 0, 9000);
    given_commit(g);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c = given_get(g, str_from(cases[i].path));

        CHECK(page_says(c, str_from(cases[i].words)));
        CHECK(page_says(c, S("入选")));
        CHECK(page_says(c, S("未入选")) == !cases[i].seated);
        CHECK(page_says(c, S("“市级五星级”由市里另行命名")));
        CHECK(!page_says(c, S("测评分 87")));
    }
}

TEST(ratings_of_a_branch_without_marks_say_nothing)
{
    struct given *g = given(t);
    struct ledger_row *row = given_row(g, "ratings.branch");

    given_text(row, "name", S("未测评支部"));
    given_int(row, "unit", given_unit(g, S("区法院")));
    given_keep(g, row);
    given_commit(g);
    CHECK(!page_says(given_get(g, S("/ratings/branch/1")), S("评定结果")));
}
