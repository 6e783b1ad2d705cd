/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The writer's hand on the clock, on the loans of the tests. */
#include "host/desk/hand.h"

#include "base/date.h"
#include "host/given/given.h"
#include "host/ledger/clock.h"
#include "host/ledger/period.h"
#include "store/watch.h"

static int64_t loan(struct given *g, struct str name)
{
    struct ledger_row *row = given_row(g, "loan.loan");

    given_text(row, "name", name);
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_int(row, "since", 20241107);
    return given_keep(g, row);
}

static struct str state(struct given *g, int64_t id)
{
    return given_said(g, given_kept(g, "loan.loan", id), "state");
}

/* As the writer: with memory of its own, and no work open. */
static bool move(struct given *g, struct hand *hand)
{
    given_commit(g);
    return hand_move(hand, g->house, mem_child(g->m));
}

TEST(a_hand_sees_the_new_day_without_a_restart)
{
    struct given *g = given(t);
    int64_t id = loan(g, S("锯"));
    struct hand hand = { 0 };

    CHECK(!move(g, &hand));
    g->house->fixed_now = date_begins(20241109) - 1; /* still the due day */
    CHECK(!move(g, &hand));
    CHECK_STR(state(g, id), S("lent"));
    g->house->fixed_now = date_begins(20241109);
    CHECK(move(g, &hand));
    CHECK_STR(state(g, id), S("reminded"));
    CHECK_INT(period_today(act_scope(given_act(g))), 20241109);
    CHECK(!move(g, &hand));
}

TEST(a_hand_at_rest_costs_no_statement)
{
    struct given *g = given(t);
    struct hand hand = { 0 };
    int64_t before;

    loan(g, S("锯"));
    given_commit(g);
    before = db_statements(g->house->db);
    CHECK(!move(g, &hand)); /* when the writer starts */
    CHECK_INT(db_statements(g->house->db) - before, 1);
    CHECK(!move(g, &hand));
    CHECK_INT(db_statements(g->house->db) - before, 1);
    hand.asked_ms -= 60 * 1000; /* a command may have written */
    CHECK(!move(g, &hand));
    CHECK_INT(db_statements(g->house->db) - before, 2);
}

TEST(a_hand_notices_what_came_in_past_its_day)
{
    struct given *g = given(t);
    struct hand hand = { 0 };
    int64_t id;

    given_day(g, 20241112);
    CHECK(!move(g, &hand));
    hand_notice(&hand, given_act(g));
    CHECK(!hand.behind);
    id = loan(g, S("锯"));
    hand_notice(&hand, given_act(g));
    CHECK(hand.behind);
    CHECK(move(g, &hand));
    CHECK_STR(state(g, id), S("lapsed"));
}

TEST(a_hand_moves_by_batches_and_lets_others_between)
{
    struct given *g = given(t);
    struct hand hand = { 0 };

    for (int i = 0; i <= CLOCK_BATCH; i++)
        loan(g, str_fmt(g->m, "锯%d", i));
    g->house->fixed_now = date_begins(20241109);
    CHECK(move(g, &hand));
    CHECK(hand.behind);
    CHECK(move(g, &hand));
    CHECK(!hand.behind);
    CHECK_INT(given_live(g, "loan.loan", S("")), CLOCK_BATCH + 1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "actor = -1")),
              CLOCK_BATCH + 1);
}
