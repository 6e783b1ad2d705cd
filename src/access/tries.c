/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Counts and known browsers are bookkeeping; both are forgotten by time. */
#include "access/tries.h"

#include "access/audit.h"
#include "base/hash.h"
#include "base/token.h"

enum { DAY_MS = 24 * 3600 * 1000, TOKEN_BYTES = 32, DOUBLINGS_MAX = 10 };

struct subject {
    struct hash hash;
    int free; /* wrong tries without a pause */
};

static bool is_known(struct scope in, int64_t account, struct str cookie)
{
    struct hash h = HASH_OF(cookie);

    return cookie.n && account &&
           tx_int(in.tx,
                  SQL("SELECT count(*) FROM access_known WHERE "
                      "district = ?1 AND token_hash = ?2 AND account = ?3"),
                  WITH(INT(in.district), BYTES(hash_str(&h)), INT(account)),
                  0) > 0;
}

/* What a try is counted for; how many. */
static size_t subjects_of(struct scope in, const struct try_at *t,
                          struct subject ret[2])
{
    if (is_known(in, t->account, t->known)) {
        ret[0] = (struct subject){
            HASH_OF(S("browser "), t->known, S(" "), t->login), TRIES_OF_NAME
        };
        return 1;
    }
    ret[0] = (struct subject){ HASH_OF(S("name "), t->login), TRIES_OF_NAME };
    ret[1] = (struct subject){ HASH_OF(S("address "), t->address),
                               TRIES_OF_ADDRESS };
    return t->address.n ? 2 : 1;
}

/* After so many wrong tries beyond the free ones. */
static int64_t pause_of(int64_t beyond)
{
    int64_t ms = TRIES_PAUSE_MS;

    if (beyond < 0)
        return 0;
    for (int64_t i = 0; i < beyond && i < DOUBLINGS_MAX; i++)
        ms *= 2;
    return ms < TRIES_PAUSE_MOST_MS ? ms : TRIES_PAUSE_MOST_MS;
}

static int64_t wait_of(struct scope in, const struct subject *s, int64_t now)
{
    int64_t wait = 0;
    struct rows r = tx_query(in.tx,
                             SQL("SELECT failures, at FROM access_try WHERE "
                                 "district = ?1 AND subject = ?2 AND at > ?3"),
                             WITH(INT(in.district), BYTES(hash_str(&s->hash)),
                                  INT(now - DAY_MS)));

    if (rows_next(&r)) {
        wait = rows_int(&r, 1) + pause_of(rows_int(&r, 0) - s->free) - now;
        rows_end(&r);
    }
    return wait > 0 ? wait : 0;
}

int64_t tries_wait(struct scope in, const struct try_at *t, int64_t now)
{
    struct subject s[2];
    size_t n = subjects_of(in, t, s);
    int64_t most = 0;

    for (size_t i = 0; i < n; i++) {
        int64_t wait = wait_of(in, &s[i], now);

        most = wait > most ? wait : most;
    }
    return most;
}

/* Whose login it was, if it is one; people type passwords there. */
static void note(struct act *act, enum audit_kind kind, const struct try_at *t)
{
    audit_note(act,
               &(struct audit_event){ .kind = kind, .account = t->account });
}

void tries_failed(struct act *act, const struct try_at *t)
{
    struct subject s[2];
    size_t n = subjects_of(act_scope(act), t, s);

    tx_run_unjournaled(
        act->tx, SQL("DELETE FROM access_try WHERE district = ?1 AND at <= ?2"),
        WITH(INT(act->district), INT(act->now - DAY_MS)));
    for (size_t i = 0; i < n; i++)
        tx_run_unjournaled(act->tx,
                           SQL("INSERT INTO access_try (district, subject, "
                               "failures, at) VALUES (?1, ?2, 1, ?3) "
                               "ON CONFLICT (district, subject) DO UPDATE SET "
                               "failures = access_try.failures + 1, "
                               "at = excluded.at"),
                           WITH(INT(act->district), BYTES(hash_str(&s[i].hash)),
                                INT(act->now)));
    note(act, AUDIT_FAILED, t);
}

/* The pause of this many failures was not noted yet, and is now. */
static bool note_pause(struct act *act, const struct subject *s)
{
    tx_run_unjournaled(act->tx,
                       SQL("UPDATE access_try SET noted = failures WHERE "
                           "district = ?1 AND subject = ?2 AND failures >= ?3 "
                           "AND noted <> failures"),
                       WITH(INT(act->district), BYTES(hash_str(&s->hash)),
                            INT(s->free)));
    return tx_changed(act->tx) > 0;
}

void tries_slowed(struct act *act, const struct try_at *t)
{
    struct subject s[2];
    size_t n = subjects_of(act_scope(act), t, s);
    bool first = false;

    for (size_t i = 0; i < n; i++)
        first |= note_pause(act, &s[i]);
    if (first)
        note(act, AUDIT_SLOWED, t);
}

/* An address keeps its count: one right password does not clear guesses. */
void tries_forget(struct scope in, const struct try_at *t)
{
    struct subject s[2];

    subjects_of(in, t, s);
    tx_run_unjournaled(in.tx,
                       SQL("DELETE FROM access_try WHERE district = ?1 AND "
                           "subject = ?2"),
                       WITH(INT(in.district), BYTES(hash_str(&s[0].hash))));
}

/* Does the cookie stand for this browser, whoever signed in here? */
static bool is_ours(struct scope in, struct str cookie)
{
    struct hash h = HASH_OF(cookie);

    return cookie.n &&
           tx_int(in.tx,
                  SQL("SELECT count(*) FROM access_known WHERE "
                      "district = ?1 AND token_hash = ?2"),
                  WITH(INT(in.district), BYTES(hash_str(&h))), 0) > 0;
}

struct str known_keep(struct scope in, int64_t account, struct str cookie,
                      int64_t now)
{
    struct str kept =
        is_ours(in, cookie) ? cookie : random_token(in.m, TOKEN_BYTES);
    struct hash h = HASH_OF(kept);

    tx_run_unjournaled(
        in.tx,
        SQL("DELETE FROM access_known WHERE district = ?1 AND seen_at <= ?2"),
        WITH(INT(in.district), INT(now - KNOWN_S * INT64_C(1000))));
    tx_run_unjournaled(in.tx,
                       SQL("INSERT INTO access_known (district, token_hash, "
                           "account, seen_at) VALUES (?1, ?2, ?3, ?4) "
                           "ON CONFLICT (district, token_hash, account) DO "
                           "UPDATE SET seen_at = excluded.seen_at"),
                       WITH(INT(in.district), BYTES(hash_str(&h)), INT(account),
                            INT(now)));
    return kept;
}
