/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What handlers ask of a request: the clock, and who acted. */
#include "host/desk/ctx.h"

#include "host/given/given.h"

TEST(the_clock_of_a_house_is_the_one_that_a_test_sets)
{
    struct given *g = given(t);

    CHECK_INT(given_act(g)->now, house_now(g->house));
    given_commit(g);
    g->house->fixed_now = 1700000000000;
    CHECK_INT(house_now(g->house), 1700000000000);
    CHECK_INT(given_act(g)->now, 1700000000000);
    g->house->fixed_now = 0;
    CHECK(house_now(g->house) > 1730966400000);
}

TEST(actors_without_an_account_are_told_apart)
{
    struct given *g = given(t);
    struct ctx *c = given_ctx(g, S("/registry/organisation"));
    const int64_t actors[] = { ACTOR_SHELL, ACTOR_CLOCK, ACTOR_VISITOR, 7 };

    for (size_t i = 0; i < COUNT(actors); i++)
        for (size_t k = 0; k < i; k++)
            CHECK(!str_eq(actor_name(c, actors[i]), actor_name(c, actors[k])));
    CHECK_STR(actor_name(c, ACTOR_VISITOR), S("未登录的访客"));
    CHECK_STR(actor_name(c, 7), S("#7"));
}
