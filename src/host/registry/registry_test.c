/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Organisations stand under one another, and none under itself. */
#include "host/given/given.h"

static enum err put_above(struct given *g, int64_t org, int64_t above)
{
    struct asker a = asker_shell(act_scope(given_act(g)));
    struct ledger_row *before = given_kept(g, "registry.organisation", org);
    struct ledger_row *row = given_kept(g, "registry.organisation", org);
    struct admission admission = { .asker = &a, .before = before };
    bool changed;
    enum err e;

    given_int(row, "parent", above);
    e = row_admit(&admission, row);
    return e == OK ? row_update(given_act(g), before, row, &changed) : e;
}

TEST(no_organisation_stands_above_itself)
{
    struct given *g = given(t);
    int64_t office = given_unit(g, S("区委办"));
    int64_t bureau = given_unit(g, S("区水务局"));
    int64_t station = given_unit(g, S("水文站"));

    CHECK_INT(put_above(g, station, bureau), OK);
    CHECK_INT(put_above(g, bureau, office), OK);
    CHECK_INT(put_above(g, office, office), E_INPUT);
    CHECK_INT(put_above(g, office, station), E_INPUT);
    CHECK_INT(put_above(g, office, bureau), E_INPUT);
    CHECK_INT(put_above(g, station, office), OK);
}
