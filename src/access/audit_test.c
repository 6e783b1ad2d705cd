/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is noted, what is not, and that nobody changes it unseen. */
#include "access/audit.h"

#include "access/given_access.h"
#include "access/grant.h"
#include "access/tries.h"
#include "test/engine.h"

enum { SEEN_MAX = 64 };

/* The newest entries of a query; their number. */
static size_t read_all(struct access *a, const struct audit_query *q,
                       struct audit_entry *ret)
{
    struct rows r = audit_open(a->in, q);
    size_t n = 0;

    while (n < SEEN_MAX && audit_next(&r, a->in.m, &ret[n]))
        n++;
    rows_end(&r);
    return n;
}

static size_t count_of(struct access *a, enum audit_kind kind)
{
    struct audit_entry all[SEEN_MAX];

    return read_all(a, &(struct audit_query){ .kind = (int)kind }, all);
}

static struct audit_entry newest(struct access *a)
{
    struct audit_entry e[SEEN_MAX];

    if (read_all(a, &(struct audit_query){ .most = 1 }, e) != 1)
        BUG("nothing was noted");
    return e[0];
}

static bool is_sound(struct access *a, int64_t *ret_count)
{
    struct text wrong = TEXT("", "");
    bool ok = audit_check(a->in, ret_count, &wrong);

    if (!ok && (wrong.zh.n == 0 || wrong.en.n == 0))
        BUG("not sound, without words");
    return ok;
}

static void note_shown(struct access *a, const char *ledger, int64_t n)
{
    audit_note(&a->act, &(struct audit_event){ .kind = AUDIT_SHOWN,
                                               .what = str_from(ledger),
                                               .form = S("page"),
                                               .n = n });
}

TEST(an_entry_says_who_when_where_and_what)
{
    struct access *a = given_access(t);
    struct audit_entry e;
    int64_t n;

    CHECK(is_sound(a, &n));
    CHECK_INT(n, 0);
    a->act.actor = 7;
    a->act.address = S("192.0.2.7");
    note_shown(a, "sample.keeper", 3);
    e = newest(a);
    CHECK_INT(e.seq, 1);
    CHECK_INT(e.at, a->act.now);
    CHECK_INT(e.actor, 7);
    CHECK_STR(e.address, S("192.0.2.7"));
    CHECK_INT(e.event.kind, AUDIT_SHOWN);
    CHECK_STR(e.event.what, S("sample.keeper"));
    CHECK_STR(e.event.form, S("page"));
    CHECK_INT(e.event.n, 3);
    a->act.address = S("<b>not an address</b>");
    note_shown(a, "sample.keeper", 3);
    CHECK_STR(newest(a).address, S("?"));
    a->act.address = S("2001:DB8::1");
    note_shown(a, "sample.keeper", 3);
    CHECK_STR(newest(a).address, S("2001:DB8::1"));
    CHECK(is_sound(a, &n));
    CHECK_INT(n, 3);
    tx_rollback(&a->tx);
}

TEST(a_session_is_noted_from_sign_in_to_sign_out)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct str one;

    a->act.actor = ACTOR_VISITOR;
    one = session_begin(&a->act, id, S("Firefox"));
    CHECK_INT(newest(a).event.kind, AUDIT_SIGNED_IN);
    CHECK_INT(newest(a).actor, id);
    a->act.actor = id;
    session_begin(&a->act, id, S(""));
    session_begin(&a->act, id, S(""));
    session_end_others(&a->act, id, one);
    CHECK_INT(newest(a).event.kind, AUDIT_SESSIONS_ENDED);
    CHECK_INT(newest(a).event.n, 2);
    session_end_others(&a->act, id, one);
    session_end_one(&a->act, id, S("00"));
    CHECK_INT(count_of(a, AUDIT_SESSIONS_ENDED), 1);
    session_end(&a->act, one);
    CHECK_INT(newest(a).event.kind, AUDIT_SIGNED_OUT);
    session_end(&a->act, one);
    CHECK_INT(count_of(a, AUDIT_SIGNED_OUT), 1);
    tx_rollback(&a->tx);
}

TEST(what_happens_to_an_account_is_noted_with_its_roles)
{
    struct access *a = given_access(t);
    struct grant g = { .roles = ROLE_EDITOR | ROLE_ADMIN, .org = 3 };
    struct audit_entry e;

    a->act.actor = 8;
    g.account = given_account(a, S("wang"));
    CHECK_INT(newest(a).event.kind, AUDIT_ACCOUNT_ADDED);
    CHECK_STR(newest(a).event.what, S("officer"));
    CHECK_INT(newest(a).event.account, g.account);
    account_set_password(&a->act, g.account, S("$argon2id$hash"));
    CHECK_INT(newest(a).event.kind, AUDIT_PASSWORD_CHOSEN);
    CHECK_INT(newest(a).actor, g.account);
    CHECK_INT(grant_ask(&a->act, &g), OK);
    CHECK_INT(newest(a).event.kind, AUDIT_ROLES_ASKED);
    CHECK_STR(newest(a).event.what, S("admin,editor"));
    CHECK_INT(newest(a).event.n, 3);
    a->act.actor = 9;
    CHECK_INT(grant_confirm(&a->act, g.account), OK);
    CHECK_INT(count_of(a, AUDIT_ROLES_CONFIRMED), 1);
    e = newest(a);
    CHECK_INT(e.event.kind, AUDIT_ROLES_CHANGED);
    CHECK_INT(e.actor, 9);
    CHECK_INT(grant_ask(&a->act, &g), OK);
    CHECK_INT(grant_drop(&a->act, g.account), OK);
    CHECK_INT(newest(a).event.kind, AUDIT_ROLES_DROPPED);
    link_make(&a->act, g.account, LINK_CHOOSES);
    CHECK_INT(newest(a).event.kind, AUDIT_LINK_MADE);
    link_end(&a->act, g.account);
    CHECK_INT(newest(a).event.kind, AUDIT_LINK_USED);
    CHECK_INT(account_end(&a->act, g.account, S("调离")), OK);
    CHECK_INT(newest(a).event.kind, AUDIT_ACCOUNT_ENDED);
    CHECK_INT(account_resume(&a->act, g.account, ROLE_OFFICER), OK);
    CHECK_INT(newest(a).event.kind, AUDIT_ACCOUNT_RESUMED);
    tx_rollback(&a->tx);
}

/* People type their password where the name belongs. */
TEST(a_try_is_noted_without_what_was_typed)
{
    struct access *a = given_access(t);
    int64_t wang = given_account(a, S("wang"));
    struct try_at mine = { .login = S("wang"), .account = wang };
    struct try_at typo = { .login = S("seven seas of words") };

    a->act.actor = ACTOR_VISITOR;
    tries_failed(&a->act, &mine);
    CHECK_INT(newest(a).event.kind, AUDIT_FAILED);
    CHECK_INT(newest(a).event.account, wang);
    CHECK(!audit_succeeded(newest(a).event.kind));
    tries_failed(&a->act, &typo);
    CHECK_INT(newest(a).event.account, 0);
    CHECK_INT(tx_int(&a->tx,
                     SQL("SELECT count(*) FROM access_audit WHERE "
                         "instr(what || form || address, 'seven') > 0"),
                     (struct args){ 0 }, -1),
              0);
    tx_rollback(&a->tx);
}

TEST(a_pause_is_noted_once_however_often_somebody_asks)
{
    struct access *a = given_access(t);
    struct try_at at = { .login = S("wang"), .address = S("192.0.2.7") };

    tries_slowed(&a->act, &at);
    CHECK_INT(count_of(a, AUDIT_SLOWED), 0);
    for (int i = 0; i < TRIES_OF_NAME; i++)
        tries_failed(&a->act, &at);
    for (int i = 0; i < 20; i++)
        tries_slowed(&a->act, &at);
    CHECK_INT(count_of(a, AUDIT_SLOWED), 1);
    tries_failed(&a->act, &at);
    for (int i = 0; i < 20; i++)
        tries_slowed(&a->act, &at);
    CHECK_INT(count_of(a, AUDIT_SLOWED), 2);
    CHECK_INT(count_of(a, AUDIT_FAILED), TRIES_OF_NAME + 1);
    tx_rollback(&a->tx);
}

/* Six entries, at a day's distance; the last one of today. */
static struct access *given_entries(struct test *t)
{
    struct access *a = given_access(t);
    const int64_t today = a->act.now;

    for (int i = 0; i < 6; i++) {
        a->act.now = today - (5 - i) * INT64_C(86400000);
        a->act.actor = i % 2 ? 7 : ACTOR_SHELL;
        a->act.address = S("::1");
        note_shown(a, i < 3 ? "sample.tree" : "sample.keeper", i);
    }
    return a;
}

TEST(entries_are_found_by_kind_day_and_account)
{
    struct access *a = given_entries(t);
    struct audit_entry e[SEEN_MAX];
    struct audit_query q = { .from = a->act.now - INT64_C(2) * 86400000 };

    CHECK_INT(read_all(a, &q, e), 3);
    q.until = a->act.now;
    CHECK_INT(read_all(a, &q, e), 2);
    CHECK_INT(e[0].seq, 5);
    q = (struct audit_query){ .one = true, .account = 7 };
    CHECK_INT(read_all(a, &q, e), 3);
    q.account = ACTOR_SHELL;
    CHECK_INT(read_all(a, &q, e), 3);
    CHECK_INT(e[0].seq, 5);
    q = (struct audit_query){ .before = 4, .most = 2 };
    CHECK_INT(read_all(a, &q, e), 2);
    CHECK_INT(e[0].seq, 3);
    q = (struct audit_query){ .kind = AUDIT_TAKEN };
    CHECK_INT(read_all(a, &q, e), 0);
    audit_note(&a->act, &(struct audit_event){ .kind = AUDIT_ACCOUNT_ENDED,
                                               .account = 7 });
    q = (struct audit_query){ .one = true, .account = 7 };
    CHECK_INT(read_all(a, &q, e), 4);
    tx_rollback(&a->tx);
}

TEST(whatever_is_done_to_an_entry_is_found)
{
    static const char *const scripts[] = {
        "UPDATE access_audit SET at = at + 1 WHERE seq = 3",
        "UPDATE access_audit SET kind = 1 WHERE seq = 3",
        "UPDATE access_audit SET actor = 9 WHERE seq = 3",
        "UPDATE access_audit SET address = '::2' WHERE seq = 3",
        "UPDATE access_audit SET account = 7 WHERE seq = 3",
        "UPDATE access_audit SET what = 'sample.keeper' WHERE seq = 3",
        "UPDATE access_audit SET what = 'sample.treepage', form = '' WHERE "
        "seq = 3",
        "UPDATE access_audit SET n = 0 WHERE seq = 3",
        "UPDATE access_audit SET hash = zeroblob(32) WHERE seq = 6",
        "DELETE FROM access_audit WHERE seq = 1",
        "DELETE FROM access_audit WHERE seq = 3",
        "DELETE FROM access_audit WHERE seq = 6",
        "DELETE FROM access_audit",
        "DELETE FROM access_audit_span",
        "UPDATE access_audit_span SET last = 5",
        "UPDATE access_audit_span SET former = zeroblob(3)",
        "INSERT INTO access_audit SELECT district, 7, at, kind, actor, "
        "address, account, what, form, n, hash FROM access_audit WHERE "
        "seq = 6",
        "UPDATE access_audit SET seq = 7 WHERE seq = 6",
        "UPDATE access_audit SET n = CASE seq WHEN 2 THEN 2 ELSE 1 END WHERE "
        "seq IN (2, 3)",
    };
    struct access *a = given_entries(t);
    int64_t n;

    if (!engine_is_sqlite(t))
        return;
    CHECK(is_sound(a, &n));
    CHECK_INT(n, 6);
    for (size_t i = 0; i < COUNT(scripts); i++) {
        tx_mark(&a->tx);
        tx_script(&a->tx, str_from(scripts[i]));
        if (!CHECK(!is_sound(a, &n)))
            test_str(t, str_from(scripts[i]), S("found"), __FILE__, __LINE__,
                     "tampering");
        tx_undo(&a->tx);
    }
    CHECK(is_sound(a, &n));
    tx_rollback(&a->tx);
}

TEST(entries_are_kept_for_three_years_and_go_as_new_ones_come)
{
    const int64_t day = INT64_C(24) * 3600 * 1000;
    struct access *a = given_entries(t);
    const int64_t today = a->act.now;
    int64_t n;

    a->act.now = today + AUDIT_LEAST_DAYS * day;
    note_shown(a, "sample.tree", 1);
    CHECK(is_sound(a, &n));
    CHECK_INT(n, 7);
    /* Of the six the oldest is three years old, in four days four more. */
    a->act.now = today + (AUDIT_KEPT_DAYS - 5) * day;
    note_shown(a, "sample.tree", 2);
    CHECK(is_sound(a, &n));
    CHECK_INT(n, 7);
    a->act.now += 4 * day;
    note_shown(a, "sample.tree", 3);
    CHECK(is_sound(a, &n));
    CHECK_INT(n, 4);
    CHECK_INT(newest(a).seq, 9);
    tx_script(&a->tx, S("DELETE FROM access_audit WHERE seq = 6"));
    CHECK(!is_sound(a, &n));
    tx_rollback(&a->tx);
}

TEST(every_kind_has_a_name_of_its_own)
{
    for (int i = 1; i <= AUDIT_KINDS; i++) {
        const struct audit_word *w = audit_word((enum audit_kind)i);

        CHECK_INT(audit_kind_read(w->key), i);
        CHECK(w->name.zh.n > 0 && w->name.en.n > 0);
    }
    CHECK_INT(audit_kind_read(S("unknown")), 0);
    CHECK_STR(audit_word((enum audit_kind)99)->key, S("unknown"));
}
