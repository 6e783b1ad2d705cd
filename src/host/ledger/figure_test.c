/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Numbers: how they are counted, and how they are said. */
#include "host/ledger/figure.h"

#include "host/given/given.h"

TEST(figures_are_written_as_people_read_them)
{
    struct given *g = given(t);
    struct figure_value v = given_figure(g, "sample.trees");
    struct str words;

    v.value = 103;
    NEED(figure_round_words(g->m, &v, LANG_ZH, &words));
    CHECK_STR(words, S("100余"));
    v.value = 99;
    CHECK(!figure_round_words(g->m, &v, LANG_ZH, &words));
    v.value = 1234567;
    CHECK_STR(figure_text(g->m, &v), S("1,234,567"));
    NEED(figure_round_words(g->m, &v, LANG_EN, &words));
    CHECK_STR(words, S("over 1,000,000"));
    v = given_figure(g, "sample.praise");
    CHECK(!v.known); /* nothing to divide by */
    CHECK_STR(figure_text(g->m, &v), S("—"));
}

static void given_liked(struct given *g, struct str name, int64_t votes,
                        int64_t likes)
{
    struct ledger_row *row = sample_tree(g, name);

    given_int(row, "votes", votes);
    given_int(row, "likes", likes - 1);
    given_int(row, "hearts", 1);
    given_int(row, "visits", 25);
    given_keep(g, row);
}

TEST(a_ratio_is_shown_from_five_answers_on)
{
    struct given *g = given(t);

    given_liked(g, S("甲"), 4, 4);
    CHECK(!given_figure(g, "sample.praise").known);
    given_liked(g, S("乙"), 88, 84);
    /* (4 + 84) ÷ 92 = 95.652… % */
    CHECK_INT(given_figure(g, "sample.praise").value, 9565);
    CHECK_INT(given_figure(g, "sample.visits").value, 50);
}

TEST(a_category_counts_its_own_rows_only)
{
    struct given *g = given(t);
    struct ledger_row *pine = sample_tree(g, S("甲"));

    given_text(pine, "species", S("pine"));
    given_keep(g, pine);
    given_keep(g, sample_tree(g, S("乙")));
    CHECK_INT(given_figure(g, "sample.trees").value, 2);
    CHECK_INT(given_figure(g, "sample.trees.pine").value, 1);
    CHECK_INT(given_rows(g, "sample.trees.pine"), 1);
    CHECK_INT(given_first(g, "sample.trees.pine"), pine->id);
}

static void given_healthy(struct given *g, int n, int64_t mark)
{
    struct ledger_row *row = sample_tree(g, str_fmt(g->m, "第%d棵", n));

    given_int(row, "health", mark);
    given_keep(g, row);
}

TEST(seats_go_from_the_top_and_a_tie_leaves_them_empty)
{
    struct given *g = given(t);
    struct figure_value v;

    for (int i = 0; i < 10; i++)
        given_healthy(g, i, 8000 + (i < 5 ? i : 4));
    v = given_figure(g, "sample.healthiest"); /* six equals at the top */
    CHECK_INT(v.places, 3);
    CHECK_INT(v.value, 0);
    CHECK_INT(given_rows(g, "sample.healthiest"), 0);
    given_healthy(g, 10, 9000);
    CHECK_INT(given_figure(g, "sample.healthiest").value, 1);
    CHECK_INT(given_first(g, "sample.healthiest"), 11);
}

TEST(a_policy_decides_the_seats_from_its_year_on)
{
    struct given *g = given(t);
    const struct policy *p = policy_find(S("sample.healthiest_percent"));
    struct text why;

    for (int i = 0; i < 10; i++)
        given_healthy(g, i, 8000 + i);
    CHECK_INT(given_figure(g, "sample.healthiest").value, 3);
    CHECK_INT(policy_set(given_act(g), p,
                         &(struct policy_rule){ 2024, 10,
                                                S("工委〔2024〕1号") },
                         &why),
              OK);
    CHECK_INT(given_figure(g, "sample.healthiest").value, 1);
    CHECK_INT(policy_read(act_scope(given_act(g)), 2023, p->key), 30);
}

static void set_percent(struct given *g, int32_t year, int64_t percent)
{
    struct test *t = g->t;
    struct text why;

    CHECK_INT(policy_set(given_act(g),
                         policy_find(S("sample.healthiest_percent")),
                         &(struct policy_rule){ year, percent, S("一号文") },
                         &why),
              OK);
}

TEST(figure_says_its_rule_with_the_policies_of_the_year)
{
    struct given *g = given(t);

    CHECK_STR(given_figure(g, "sample.healthiest").rule.zh,
              S("长势评分最高的 30%。"));
    set_percent(g, 2024, 15);
    CHECK_STR(given_figure(g, "sample.healthiest").rule.zh,
              S("长势评分最高的 15%。"));
    CHECK_STR(given_figure(g, "sample.healthiest").rule.en,
              S("The best 15% by marks."));
    CHECK_STR(given_figure(g, "sample.trees").rule.zh, S("每棵树计一次。"));
    CHECK_STR(figure_read(act_scope(given_act(g)), 2023,
                          figure_find(S("sample.healthiest")))
                  .rule.zh,
              S("长势评分最高的 30%。"));
}

/* Words that leave one out would go on saying what held before. */
TEST(every_policy_stands_in_the_rule_of_a_figure)
{
    const struct policy *p;

    for (size_t i = 0; (p = policy_at(i)) != NULL; i++) {
        const struct figure *f;
        bool said = false;

        for (size_t k = 0; (f = figure_at(k)) != NULL; k++) {
            struct str words = f->rule.zh;
            const struct policy *named;

            while (policy_named(&words, &named))
                said |= named == p;
        }
        CHECK_STR(said || p->aside ? S("") : p->key, S(""));
    }
}

TEST(policy_words_fill_in_values_and_what_is_left_to_a_hundred)
{
    static const struct {
        const char *words, *filled;
    } cases[] = {
        { "没有规则", "没有规则" },
        { "{sample.healthiest_percent}", "30" },
        { "前{sample.healthiest_percent}%，"
          "余{100-sample.healthiest_percent}%。",
          "前30%，余70%。" },
        { "{sample.healthiest_percent}{sample.healthiest_percent}", "3030" },
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_STR(policy_words(act_scope(given_act(g)), 2024,
                               text_same(str_from(cases[i].words)))
                      .zh,
                  str_from(cases[i].filled));
}

TEST(a_key_that_nobody_declared_is_no_policy)
{
    struct str words = S("前{sample.nothing}%");
    const struct policy *p = policy_at(0);

    CHECK(policy_named(&words, &p));
    CHECK(p == NULL);
    CHECK(!policy_named(&words, &p));
}

TEST(a_frozen_year_keeps_its_policies_and_its_seats)
{
    struct given *g = given(t);
    struct scope in = act_scope(given_act(g));
    const struct policy *p = policy_find(S("sample.healthiest_percent"));
    struct policy_state s;

    for (int i = 0; i < 10; i++) {
        struct ledger_row *row = sample_tree(g, str_fmt(t->mem, "第%d棵", i));

        given_int(row, "health", 8000 + i);
        given_keep(g, row);
    }
    set_percent(g, 2024, 40);
    policy_freeze(given_act(g), 2024);
    policy_freeze(given_act(g), 2024);
    set_percent(g, 2024, 20);
    CHECK_INT(given_figure(g, "sample.healthiest").value, 4);
    CHECK_INT(policy_read(in, 2024, p->key), 40);
    CHECK_INT(policy_read(in, 2023, p->key), 30);
    CHECK_INT(policy_read(in, 2025, p->key), 20);
    s = policy_state(in, 2024, p);
    CHECK(s.frozen);
    CHECK_INT(s.value, 40);
    CHECK_INT(s.later, 20);
    CHECK_STR(s.basis, S("一号文"));
    CHECK(!policy_state(in, 2025, p).frozen);
    CHECK_INT(policy_state(in, 2025, p).since, 2024);
}
