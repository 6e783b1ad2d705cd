/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts, sessions and links, on tables of their own. */
#include "access/session.h"

#include "base/asset.h"
#include "test/test.h"

enum { DISTRICT = 370212, NOW_S = 1730966400 };

/* A transaction that writes. */
struct access {
    struct journal journal;
    struct tx tx;
    struct scope in;
    struct act act;
    struct session_rule rule;
};

static struct access *given_access(struct test *t)
{
    struct access *a = NEW(t->mem, struct access);
    struct text why = TEXT("", "");
    struct db *db =
        db_open(t->mem,
                str_fmt(t->mem, "%.*s/access.db", STR_ARG(test_folder(t))),
                DB_CREATE, &why);

    if (!db)
        BUG("%.*s", STR_ARG(why.en));
    tx_begin(db, true, &a->tx);
    tx_script(&a->tx, asset_bytes(S("journal/schema/001.sql")));
    tx_script(&a->tx, asset_bytes(S("access/schema/001.sql")));
    a->in = (struct scope){ &a->tx, t->mem, DISTRICT };
    journal_load(a->in, &a->journal);
    a->act = (struct act){ .m = t->mem,
                           .tx = &a->tx,
                           .journal = &a->journal,
                           .district = DISTRICT,
                           .now = NOW_S * INT64_C(1000) };
    a->rule = (struct session_rule){ session_secret(a->in), a->act.now };
    return a;
}

static int64_t given_account(struct access *a, struct str login)
{
    struct account_plan plan = { .name = S("王芳"),
                                 .login = login,
                                 .roles = ROLE_OFFICER };
    int64_t id = 0;

    if (account_add(&a->act, &plan, S("kept hash"), &id) != OK)
        BUG("a given account was refused");
    return id;
}

/* Whose cookie it is `ms` later; 0: a visitor's. */
static int64_t account_after(struct access *a, struct str cookie, int64_t ms)
{
    struct session_rule later = a->rule;
    struct who who;

    later.now += ms;
    session_read(a->in, cookie, &later, &who);
    return who.account;
}

TEST(an_account_is_found_by_its_login_until_it_ends)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct account_plan twin = { .name = S("王方"), .login = S("wang") };
    struct credential c;
    int64_t none = 0;

    CHECK_INT(account_add(&a->act, &twin, S(""), &none), E_CLASH);
    NEED(account_find(a->in, S("wang"), &c));
    CHECK_INT(c.account, id);
    CHECK_STR(c.hash, S("kept hash"));
    CHECK(!account_find(a->in, S("wan"), &c));
    CHECK_INT(account_count(a->in), 1);
    CHECK_INT(account_end(&a->act, id), OK);
    CHECK_INT(account_end(&a->act, id), E_ABSENT);
    CHECK_INT(account_count(a->in), 0);
    CHECK(!account_find(a->in, S("wang"), &c));
    CHECK_STR(account_name(a->in, id), S("王芳"));
    CHECK_STR(account_name(a->in, 9), S("#9"));
    tx_rollback(&a->tx);
}

TEST(a_password_is_its_owners_and_ends_with_the_account)
{
    struct access *a = given_access(t);
    struct account_plan plan = { .name = S("李"), .login = S("li") };
    int64_t id = 0;

    CHECK_INT(account_add(&a->act, &plan, S(""), &id), OK);
    CHECK(!account_has_password(a->in, id));
    account_set_password(&a->act, id, S("hash"));
    CHECK(account_has_password(a->in, id));
    CHECK(!account_has_password(a->in, id + 1));
    CHECK_INT(account_end(&a->act, id), OK);
    CHECK(!account_has_password(a->in, id));
    CHECK_INT(a->journal.tree.size, 3);
    tx_rollback(&a->tx);
}

TEST(a_session_lives_while_it_is_used_and_half_a_day)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct str cookie = session_begin(&a->act, id);
    int64_t at = SESSION_IDLE_MS - 1;

    CHECK_INT(account_after(a, cookie, at), id);
    CHECK_INT(account_after(a, cookie, at + 1), 0);
    CHECK_INT(account_after(a, S("other"), 0), 0);
    CHECK_INT(account_after(a, S(""), 0), 0);
    for (; at < SESSION_MOST_MS; at += SESSION_IDLE_MS - 1) {
        CHECK(session_is_stale(a->in, cookie, a->act.now + at));
        session_touch(a->in, cookie, a->act.now + at);
        CHECK(!session_is_stale(a->in, cookie, a->act.now + at));
        CHECK_INT(account_after(a, cookie, at), id);
    }
    CHECK_INT(account_after(a, cookie, SESSION_MOST_MS), 0);
    tx_rollback(&a->tx);
}

TEST(a_session_ends_when_told_and_with_its_account)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct str one = session_begin(&a->act, id);
    struct str two = session_begin(&a->act, id);

    session_end(a->in, one);
    CHECK_INT(account_after(a, one, 0), 0);
    CHECK_INT(account_after(a, two, 0), id);
    CHECK_INT(account_end(&a->act, id), OK);
    CHECK_INT(account_after(a, two, 0), 0);
    tx_rollback(&a->tx);
}

TEST(a_link_holds_until_it_is_used_or_replaced_or_late)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    int64_t now = a->act.now;
    struct str old = link_make(a->in, id, now);
    struct str new = link_make(a->in, id, now);
    struct str first = link_make(a->in, 0, now);
    int64_t whose = -1;

    CHECK(!link_holds(a->in, old, now, &whose));
    CHECK_INT(whose, -1);
    CHECK(link_holds(a->in, new, now + LINK_MS - 1, &whose));
    CHECK_INT(whose, id);
    CHECK(!link_holds(a->in, new, now + LINK_MS, &whose));
    CHECK(link_holds(a->in, first, now, &whose));
    CHECK_INT(whose, 0);
    link_end(a->in, id);
    CHECK(!link_holds(a->in, new, now, &whose));
    CHECK(!link_holds(a->in, first, now, &whose));
    tx_rollback(&a->tx);
}

TEST(a_login_pauses_after_wrong_passwords_in_a_row)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    int64_t now = a->act.now;

    for (int i = 0; i < LOGIN_TRIES - 1; i++)
        login_failed(a->in, id, now);
    login_succeeded(a->in, id);
    for (int i = 0; i < LOGIN_TRIES - 1; i++)
        login_failed(a->in, id, now);
    CHECK_INT(login_locked_until(a->in, id, now), 0);
    login_failed(a->in, id, now);
    CHECK_INT(login_locked_until(a->in, id, now), now + LOGIN_PAUSE_MS);
    CHECK_INT(login_locked_until(a->in, id, now + LOGIN_PAUSE_MS), 0);
    tx_rollback(&a->tx);
}
