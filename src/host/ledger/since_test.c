/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/since.h"

#include "host/given/given.h"

static int64_t plant(struct given *g, struct str name, struct str species,
                     int32_t day)
{
    struct ledger_row *row = sample_tree(g, name);

    given_text(row, "species", species);
    given_int(row, "planted_on", day);
    given_int(row, "due_on", day);
    row->year = day / 10000;
    return given_keep(g, row);
}

static int32_t since(struct given *g, const char *key)
{
    struct figure_value v = given_figure(g, key);

    return figure_since(act_scope(given_act(g)), &v);
}

/* A first time needs years before, in which it did not happen. */
TEST(since_asks_every_earlier_year)
{
    struct given *g = given(t);
    int64_t id;

    plant(g, S("新"), S("ginkgo"), 20240301);
    CHECK_INT(since(g, "sample.trees.ginkgo"), 0); /* nothing is known */
    plant(g, S("旧"), S("pine"), 20220301);
    CHECK_INT(since(g, "sample.trees.ginkgo"), 2022);
    CHECK_INT(since(g, "sample.trees"), 0); /* the pine was before */
    id = plant(g, S("早"), S("ginkgo"), 20210301);
    CHECK_INT(since(g, "sample.trees.ginkgo"), 0);
    given_void(g, "sample.tree", id);
    CHECK_INT(since(g, "sample.trees.ginkgo"), 2022);
}

TEST(since_says_nothing_of_later_years_and_of_none)
{
    struct given *g = given(t);

    plant(g, S("旧"), S("pine"), 20220301);
    CHECK_INT(since(g, "sample.trees.ginkgo"), 0); /* none of it yet */
    plant(g, S("新"), S("ginkgo"), 20240301);
    plant(g, S("后"), S("ginkgo"), 20250301);
    CHECK_INT(since(g, "sample.trees.ginkgo"), 2022);
    CHECK_INT(since(g, "sample.visits"), 0); /* a sum */
}
