/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/desk/writer.h"

#include "access/session.h"
#include "host/given/given.h"

#include <pthread.h>

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
    struct writer *w = writer_start(t->mem, g->house->place, &facts, &reason);
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

/* Served at last, in whatever year this is tested. */
TEST(a_writer_that_starts_takes_what_fell_due_meanwhile)
{
    struct given *g = given(t);
    struct ledger_row *row = given_row(g, "loan.loan");
    struct desk_facts facts = { 0 };
    struct text reason = TEXT("", "");
    struct writer *w;
    int64_t id;

    given_text(row, "name", S("锯"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_int(row, "since", 20241107);
    id = given_keep(g, row);
    given_commit(g);
    w = writer_start(t->mem, g->house->place, &facts, &reason);
    NEED(w != NULL);
    writer_stop(w);
    row = given_kept(g, "loan.loan", id);
    CHECK_STR(given_said(g, row, "state"), S("lapsed"));
    CHECK_STR(given_said(g, row, "done"), S("20241109"));
    given_commit(g);
    CHECK_INT(given_sql(g, SQL("SELECT max(size) FROM journal_head")),
              given_sql(g, SQL("SELECT count(*) FROM journal_entry")));
}

/* ---- slices ---- */

static enum err say_word(void *arg, struct act *act)
{
    int64_t *n = arg;

    act_journal(act, JOURNAL_SETTING, S("speech"), (*n)++, S("a word"));
    return OK;
}

static enum err say_nothing(void *arg, struct act *act)
{
    (void)say_word(arg, act);
    return E_DENIED;
}

struct speaker {
    struct slicer *slicer;
    int64_t words;
    enum err err;
};

static void *speak(void *arg)
{
    struct speaker *s = arg;

    while (s->err == OK && s->words < 20)
        s->err = slice_run(s->slicer, say_word, &s->words);
    return NULL;
}

static int64_t words_kept(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE subject "
                            "= 'speech'"));
}

TEST(a_writer_runs_the_slices_of_several_threads_and_signs_what_they_did)
{
    struct given *g = given(t);
    struct desk_facts facts = { 0 };
    struct text reason = TEXT("", "");
    struct writer *w = writer_start(t->mem, g->house->place, &facts, &reason);
    struct speaker speakers[3];
    pthread_t threads[3];
    int64_t n = 0;

    NEED(w != NULL);
    for (size_t i = 0; i < COUNT(threads); i++) {
        speakers[i] = (struct speaker){ .slicer = writer_slicer(w) };
        NEED_INT(pthread_create(&threads[i], NULL, speak, &speakers[i]), 0);
    }
    CHECK_INT(slice_run(writer_slicer(w), say_nothing, &n), E_DENIED);
    for (size_t i = 0; i < COUNT(threads); i++) {
        pthread_join(threads[i], NULL);
        CHECK_INT(speakers[i].err, OK);
    }
    CHECK_INT(words_kept(g), 60);
    given_commit(g);
    writer_stop(w);
    CHECK_INT(given_sql(g, SQL("SELECT max(size) FROM journal_head")),
              given_sql(g, SQL("SELECT count(*) FROM journal_entry")));
}
