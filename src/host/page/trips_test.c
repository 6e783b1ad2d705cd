/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * How often a request waits for a server: over a network that is where its
 * time goes. A page waits once for each of its questions; a form that is kept
 * waits for its questions, and what it writes goes along.
 */
#include "host/given/given.h"
#include "store/watch.h"
#include "test/engine.h"

#include <stdio.h>

struct waits {
    int64_t trips, statements;
};

static struct waits waits_of(struct given *g)
{
    return (struct waits){ db_trips(g->house->db),
                           db_statements(g->house->db) };
}

/* Statements, and trips on a server; none in the process. */
static void check_waits(struct given *g, struct waits before, int64_t most)
{
    struct test *t = g->t;
    struct waits now = waits_of(g);
    int64_t trips = now.trips - before.trips;
    int64_t statements = now.statements - before.statements;

    if (!engine_is_postgres()) {
        CHECK_INT(trips, 0);
        return;
    }
    CHECK(trips > 0 && trips <= statements);
    if (!CHECK(trips <= most))
        fprintf(stderr, "%lld trips, %lld statements\n", (long long)trips,
                (long long)statements);
}

TEST(a_page_waits_for_a_server_once_a_question)
{
    struct given *g = given(t);
    struct waits before;

    given_keep(g, sample_tree(g, S("甲")));
    given_commit(g);
    before = waits_of(g);
    CHECK_INT(page_status(given_get(g, S("/sample/tree"))), 200);
    check_waits(g, before, 7);
    before = waits_of(g);
    CHECK_INT(page_status(given_get(g, S("/"))), 200);
    check_waits(g, before, 64); /* of all programmes together */
}

TEST(a_form_waits_for_a_server_less_often_than_it_writes)
{
    struct given *g = given(t);
    struct waits before;

    given_unit(g, S("区教育局"));
    given_commit(g);
    given_asks(g, ROLE_OFFICER);
    given_field(g, "name", S("北宅银杏"));
    given_field(g, "species", S("ginkgo"));
    given_field(g, "unit", S("区教育局"));
    given_field(g, "planted_on", S("2024-01-02"));
    before = waits_of(g);
    CHECK_INT(page_status(given_post(g, S("/sample/tree/new"))), 303);
    given_commit(g);
    check_waits(g, before, 11);
}
