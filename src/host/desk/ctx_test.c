/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What handlers ask of a request: the clock, and who acted. */
#include "host/desk/ctx.h"

#include "host/given/row_given.h"

TEST(the_clock_of_a_house_is_the_one_that_a_test_sets)
{
    struct house *h = given_house(t);
    struct work w;

    CHECK(house_now(h) > 1700000000000);
    h->fixed_now = 1730966400000;
    CHECK_INT(house_now(h), 1730966400000);
    work_begin(h, t->mem, ACTOR_SHELL, &w);
    CHECK_INT(w.act.now, 1730966400000);
    work_rollback(&w);
}

TEST(actors_without_an_account_are_told_apart)
{
    struct given *g = given_begin(t);
    struct ctx *c = given_ctx(g, "registry.organisation", "", 0);
    const int64_t actors[] = { ACTOR_SHELL, ACTOR_CLOCK, ACTOR_VISITOR, 7 };

    for (size_t i = 0; i < COUNT(actors); i++)
        for (size_t k = 0; k < i; k++)
            CHECK(!str_eq(actor_name(c, actors[i]), actor_name(c, actors[k])));
    CHECK_STR(actor_name(c, ACTOR_VISITOR), S("未登录的访客"));
    CHECK_STR(actor_name(c, 7), S("#7"));
    given_end(g);
}
