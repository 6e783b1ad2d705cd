/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is promised of figures is what they become. */
#include "host/given/given.h"
#include "host/ledger/effect.h"

/* What is promised of a figure of 2024; its value now when nothing is. */
static int64_t promised(struct given *g, struct effect *e, const char *key)
{
    struct figure_effect *list;
    size_t n = effect_figures(e, act_scope(given_act(g)), &list);

    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i].now.figure->key, str_from(key)) &&
            list[i].now.year == GIVEN_YEAR)
            return list[i].open ? -1 : list[i].then.value;
    return given_figure(g, key).value;
}

static const char *const keys[] = { "sample.trees", "sample.trees.pine",
                                    "sample.trees.ginkgo", "sample.visits",
                                    "sample.praise" };

/* Two trees with everything that counts. */
static struct ledger_row *given_trees(struct given *g)
{
    for (int i = 0; i < 2; i++) {
        struct ledger_row *row = sample_tree(g, i ? S("乙") : S("甲"));

        given_int(row, "visits", 10 + i);
        given_int(row, "votes", 100 + i);
        given_int(row, "likes", 40 + i);
        given_int(row, "hearts", 3 + i);
        given_int(row, "health", 8000 + i);
        given_keep(g, row);
    }
    return given_kept(g, "sample.tree", 1);
}

static void check_all(struct given *g, const int64_t *want)
{
    struct test *t = g->t;

    for (size_t i = 0; i < COUNT(keys); i++)
        CHECK_INT(given_figure(g, keys[i]).value, want[i]);
}

static void promise_all(struct given *g, struct effect *e, int64_t *ret)
{
    for (size_t i = 0; i < COUNT(keys); i++)
        ret[i] = promised(g, e, keys[i]);
}

TEST(effect_of_voiding_and_restoring_a_row)
{
    struct given *g = given(t);
    struct ledger_row *row = given_trees(g);
    struct effect *e = effect_new(g->m);
    int64_t want[COUNT(keys)];

    effect_add(e, act_scope(given_act(g)), row, NULL);
    promise_all(g, e, want);
    CHECK_INT(want[0], 1);
    CHECK_INT(want[3], 11);
    CHECK_INT(promised(g, e, "sample.healthiest"), -1);
    given_void(g, "sample.tree", 1);
    check_all(g, want);
    e = effect_new(g->m);
    effect_add(e, act_scope(given_act(g)), NULL, row);
    promise_all(g, e, want);
    CHECK_INT(want[0], 2);
    given_restore(g, "sample.tree", 1);
    check_all(g, want);
}

TEST(effect_of_changing_a_row)
{
    static const struct {
        const char *column;
        int64_t value;
    } changes[] = { { "visits", 500 },
                    { "likes", 0 },
                    { "planted_on", 20230102 },
                    { "crew", 3 } };
    struct given *g = given(t);

    given_trees(g);
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct effect *e = effect_new(g->m);
        struct ledger_row *before = given_kept(g, "sample.tree", 1);
        struct ledger_row *after = given_kept(g, "sample.tree", 1);
        int64_t want[COUNT(keys)];

        given_int(after, changes[i].column, changes[i].value);
        after->year = 0;
        given_admit(g, before, after);
        effect_add(e, act_scope(given_act(g)), before, after);
        promise_all(g, e, want);
        given_change(g, after);
        check_all(g, want);
    }
}

TEST(effect_of_nothing_is_none)
{
    struct given *g = given(t);
    struct ledger_row *row = given_trees(g);
    struct effect *e = effect_new(g->m);
    struct figure_effect *list;

    effect_add(e, act_scope(given_act(g)), row, row);
    CHECK_INT(effect_figures(e, act_scope(given_act(g)), &list), 0);
    effect_add(e, act_scope(given_act(g)), row, NULL);
    effect_add(e, act_scope(given_act(g)), NULL, row);
    for (size_t n = effect_figures(e, act_scope(given_act(g)), &list); n > 0;
         n--)
        CHECK(list[n - 1].open); /* seats alone are not known */
}
