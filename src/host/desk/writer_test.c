/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/desk/writer.h"

#include "access/session.h"
#include "host/given/given.h"

static int64_t given_admin(struct given *g)
{
    struct account_plan plan = { .name = S("王芳"),
                                 .login = S("wang"),
                                 .roles = ROLE_ADMIN };
    int64_t id = 0;

    if (account_add(given_act(g), &plan, S(""), &id) != OK)
        BUG("a given account was refused");
    given_commit(g);
    return id;
}

/* The account that the link is for; -1: it does not hold. */
static int64_t account_of(struct given *g, struct str link)
{
    struct link l;
    struct tx tx;

    tx_begin(g->house->db, false, &tx);
    if (!link_holds(house_scope(g->house, &tx, g->m), link, house_now(g->house),
                    &l))
        l.account = -1;
    tx_rollback(&tx);
    return l.account;
}

TEST(a_writer_makes_a_link_for_the_first_set_up_then_for_its_admin)
{
    struct given *g = given(t);
    struct desk_facts facts = { 0 };
    struct text reason = TEXT("", "");
    struct writer *w = writer_start(t->mem, g->house->folder, &facts, &reason);
    bool first = false;
    struct str link;
    int64_t admin;

    NEED(w != NULL);
    link = writer_link(w, t->mem, &first);
    CHECK(first);
    CHECK_INT(account_of(g, link), 0);
    admin = given_admin(g);
    link = writer_link(w, t->mem, &first);
    CHECK(!first);
    CHECK_INT(account_of(g, link), admin);
    writer_stop(w);
}
