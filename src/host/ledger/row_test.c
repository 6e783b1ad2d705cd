/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Rows that are voided, restored, and changed by two people at once. */
#include "host/given/given.h"

static struct ledger_row *tree(struct given *g)
{
    return given_kept(g, "sample.tree", 1);
}

static void given_watered(struct given *g)
{
    struct ledger_row *row = sample_tree(g, S("甲"));

    given_int(row, "visits", 25);
    given_keep(g, row);
}

TEST(a_voided_row_leaves_every_figure_and_comes_back)
{
    struct given *g = given(t);
    struct asker shell = asker_shell(act_scope(given_act(g)));
    struct ledger_row *row;

    given_watered(g);
    row = tree(g);
    CHECK_INT(row_void(given_act(g), &shell, row, S("记错了")), OK);
    CHECK_INT(given_figure(g, "sample.trees").value, 0);
    CHECK_INT(given_figure(g, "sample.visits").value, 0);
    CHECK_INT(row_void(given_act(g), &shell, row, S("again")), E_CLASH);
    CHECK_INT(row_restore(given_act(g), &shell, tree(g), S("没有错")), OK);
    CHECK_INT(given_figure(g, "sample.visits").value, 25);
}

/* Whoever forgets to ask is refused here. */
TEST(a_row_is_not_voided_or_restored_by_a_stranger)
{
    static const struct who strangers[] = {
        { .account = 8, .roles = ROLE_EDITOR },
        { .account = 8, .roles = ROLE_ADMIN },
        { .account = 0 },
    };
    struct given *g = given(t);

    given_watered(g);
    for (size_t i = 0; i < COUNT(strangers); i++) {
        struct asker a = asker_of(act_scope(given_act(g)), &strangers[i]);

        CHECK_INT(row_void(given_act(g), &a, tree(g), S("x")), E_DENIED);
        given_void(g, "sample.tree", 1);
        CHECK_INT(row_restore(given_act(g), &a, tree(g), S("x")), E_DENIED);
        CHECK(tree(g)->voided);
        given_restore(g, "sample.tree", 1);
    }
}

TEST(two_editors_of_one_row_do_not_overwrite_each_other)
{
    struct given *g = given(t);
    struct ledger_row *before;
    struct ledger_row *mine;
    bool changed;

    given_watered(g);
    before = tree(g);
    mine = tree(g);
    given_int(mine, "visits", 30);
    given_change(g, mine);
    mine = tree(g);
    given_int(mine, "visits", 31);
    given_admit(g, before, mine);
    CHECK_INT(row_update(given_act(g), before, mine, &changed), E_CLASH);
    CHECK_INT(given_figure(g, "sample.visits").value, 30);
}

TEST(a_derived_value_follows_the_one_it_comes_from)
{
    struct given *g = given(t);
    struct ledger_row *row;

    given_watered(g);
    row = tree(g);
    CHECK_STR(given_said(g, row, "month"), S("1"));
    given_int(row, "planted_on", 20240315);
    given_change(g, row);
    CHECK_STR(given_said(g, tree(g), "month"), S("3"));
}
