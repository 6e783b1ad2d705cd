/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Long work says that it runs, and whether anybody runs it. */
#include "host/house/running.h"

#include "host/given/given.h"

TEST(work_that_runs_is_there_until_it_ends_and_held_until_its_memory_does)
{
    struct given *g = given(t);
    struct scope in = act_scope(given_act(g));
    struct running r = { .what = RUNNING_UNDO,
                         .batch = 3,
                         .reason = S("传错了"),
                         .roles = 2,
                         .total = 900 };
    struct running other = { .batch = 4, .reason = S("") };
    struct running is;
    struct mem *m = mem_new();
    struct running_hold hold = { m, g->house->place.keys };
    struct running_hold mine = { t->mem, g->house->place.keys };

    CHECK(!running_at(in, 0, &is));
    NEED_INT(running_begin(given_act(g), &hold, &r), OK);
    NEED_INT(running_begin(given_act(g), &mine, &other), OK);
    CHECK_INT(r.id, 1);
    CHECK_INT(other.id, 2);
    r.done = 300;
    running_note(given_act(g), &r);
    CHECK(running_batch(in, 3, &is));
    CHECK(is.id == 1 && is.what == RUNNING_UNDO && is.done == 300);
    CHECK_STR(is.reason, S("传错了"));
    CHECK(running_at(in, 1, &is));
    CHECK_INT(is.batch, 4);
    CHECK(!running_take(&mine, 1));
    mem_free(m);
    CHECK(running_take(&mine, 1));
    r.what = RUNNING_BACK;
    running_become(given_act(g), &r);
    CHECK(running_read(in, 1, &is));
    CHECK_INT(is.what, RUNNING_BACK);
    running_end(given_act(g), 1);
    CHECK(!running_read(in, 1, &is));
    CHECK(!running_at(in, 1, &is));
}

TEST(a_number_that_is_held_without_a_row_is_not_given_away)
{
    struct given *g = given(t);
    struct running r = { .reason = S("") };
    struct running is;
    struct running_hold mine = { t->mem, g->house->place.keys };

    CHECK(running_take(&mine, 1));
    NEED_INT(running_begin(given_act(g), &mine, &r), OK);
    CHECK_INT(r.id, 2);
    CHECK(running_read(act_scope(given_act(g)), 2, &is));
    CHECK_INT(is.what, RUNNING_IMPORT);
}
