/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Sessions and links are bookkeeping: the journal does not hear of them, the
 * audit record does.
 */
#include "access/session.h"

#include "access/audit.h"
#include "base/hash.h"
#include "base/token.h"

#include <sodium.h>
#include <string.h>

enum { TOKEN_BYTES = 32, DAY_MS = 24 * 3600 * 1000, TOUCH_MS = 60 * 1000 };

struct hash session_secret(struct scope in)
{
    struct hash key;
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT key FROM access_secret WHERE district = ?1"),
                 WITH(INT(in.district)));

    if (rows_next(&r)) {
        if (!hash_from(rows_view(&r, 0), &key))
            BUG("the key of form tokens is not readable");
        rows_end(&r);
        return key;
    }
    hash_random(key.b, sizeof(key.b));
    if (in.tx->writes)
        tx_run_unjournaled(in.tx,
                           SQL("INSERT INTO access_secret (district, key) "
                               "VALUES (?1, ?2)"),
                           WITH(INT(in.district), BYTES(hash_str(&key))));
    return key;
}

static struct hash token_hash(struct str token)
{
    return HASH_OF(token);
}

/* The token of a form: of the session, or of everybody for a day. */
static struct str form_token(struct mem *m, const struct hash *secret,
                             struct str of)
{
    struct hash mac = hash_mac(hash_str(secret), &of, 1);

    return base64url_encode(m, str_slice(hash_str(&mac), 0, 18));
}

static struct str day_of(struct mem *m, int64_t now)
{
    return str_fmt(m, "visitor %lld", (long long)(now / DAY_MS));
}

void session_read(struct scope in, struct str cookie,
                  const struct session_rule *rule, struct who *ret)
{
    struct hash h = token_hash(cookie);
    struct rows r;

    *ret = (struct who){ .token = form_token(in.m, &rule->secret,
                                             day_of(in.m, rule->now)) };
    if (cookie.n == 0)
        return;
    r = tx_query(in.tx,
                 SQL("SELECT a.id, a.name, a.roles, a.org FROM "
                     "access_session s JOIN access_account a ON "
                     "a.district = s.district AND a.id = s.account WHERE "
                     "s.district = ?1 AND s.token_hash = ?2 AND "
                     "a.ended_at = 0 AND s.made_at > ?3 AND s.seen_at > ?4"),
                 WITH(INT(in.district), BYTES(hash_str(&h)),
                      INT(rule->now - SESSION_MOST_MS),
                      INT(rule->now - SESSION_IDLE_MS)));
    if (!rows_next(&r))
        return;
    *ret = (struct who){
        .account = rows_int(&r, 0),
        .name = rows_text(&r, 1, in.m),
        .roles = (unsigned)rows_int(&r, 2),
        .org = rows_int(&r, 3),
        .token = form_token(in.m, &rule->secret, hash_str(&h)),
    };
    rows_end(&r);
}

bool session_is_stale(struct scope in, struct str cookie, int64_t now)
{
    struct hash h = token_hash(cookie);

    return tx_int(in.tx,
                  SQL("SELECT seen_at FROM access_session WHERE "
                      "district = ?1 AND token_hash = ?2"),
                  WITH(INT(in.district), BYTES(hash_str(&h))),
                  now) < now - TOUCH_MS;
}

void session_touch(struct scope in, struct str cookie, int64_t now)
{
    struct hash h = token_hash(cookie);

    tx_run_unjournaled(in.tx,
                       SQL("UPDATE access_session SET seen_at = ?3 WHERE "
                           "district = ?1 AND token_hash = ?2"),
                       WITH(INT(in.district), BYTES(hash_str(&h)), INT(now)));
}

static bool same_token(struct str a, struct str b)
{
    return a.n == b.n && a.n > 0 && sodium_memcmp(a.p, b.p, a.n) == 0;
}

bool session_token_fits(const struct who *who, struct str token,
                        const struct session_rule *rule)
{
    struct mem *m;
    bool fits;

    if (same_token(who->token, token))
        return true;
    if (who->account)
        return false;
    m = mem_new();
    fits =
        same_token(form_token(m, &rule->secret, day_of(m, rule->now - DAY_MS)),
                   token);
    mem_free(m);
    return fits;
}

/* As done by this account, whoever the act says asks: it signs in just now. */
static void note_own(struct act *act, enum audit_kind kind, int64_t account)
{
    struct act own = *act;

    own.actor = account;
    audit_note(&own, &(struct audit_event){ .kind = kind, .account = account });
}

/* How many sessions of the account the last statement ended. */
static void note_ended(struct act *act, int64_t account)
{
    int64_t n = tx_changed(act->tx);

    if (n > 0)
        audit_note(act, &(struct audit_event){ .kind = AUDIT_SESSIONS_ENDED,
                                               .account = account,
                                               .n = n });
}

struct str session_begin(struct act *act, int64_t account, struct str browser)
{
    struct str token = random_token(act->m, TOKEN_BYTES);
    struct hash h = token_hash(token);

    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_session WHERE district = ?1 "
                           "AND (made_at <= ?2 OR seen_at <= ?3)"),
                       WITH(INT(act->district), INT(act->now - SESSION_MOST_MS),
                            INT(act->now - SESSION_IDLE_MS)));
    tx_run_unjournaled(act->tx,
                       SQL("INSERT INTO access_session (district, "
                           "token_hash, account, made_at, seen_at, browser) "
                           "VALUES (?1, ?2, ?3, ?4, ?4, ?5)"),
                       WITH(INT(act->district), BYTES(hash_str(&h)),
                            INT(account), INT(act->now), STR(browser)));
    note_own(act, AUDIT_SIGNED_IN, account);
    return token;
}

void session_end(struct act *act, struct str cookie)
{
    struct hash h = token_hash(cookie);

    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_session WHERE district = ?1 "
                           "AND token_hash = ?2"),
                       WITH(INT(act->district), BYTES(hash_str(&h))));
    if (tx_changed(act->tx) > 0)
        audit_note(act, &(struct audit_event){ .kind = AUDIT_SIGNED_OUT,
                                               .account = act->actor });
}

size_t session_list(struct scope in, int64_t account, struct str cookie,
                    int64_t now, struct session *ret)
{
    struct hash here = token_hash(cookie);
    size_t n = 0;
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT token_hash, made_at, seen_at, browser FROM "
                     "access_session WHERE district = ?1 AND account = ?2 "
                     "AND made_at > ?3 AND seen_at > ?4 "
                     "ORDER BY made_at DESC LIMIT ?5"),
                 WITH(INT(in.district), INT(account),
                      INT(now - SESSION_MOST_MS), INT(now - SESSION_IDLE_MS),
                      INT(SESSIONS_SHOWN)));

    while (rows_next(&r))
        ret[n++] = (struct session){
            .id = hex_encode(in.m, rows_view(&r, 0)),
            .made_at = rows_int(&r, 1),
            .seen_at = rows_int(&r, 2),
            .browser = rows_text(&r, 3, in.m),
            .here = str_eq(rows_view(&r, 0), hash_str(&here)),
        };
    return n;
}

int64_t session_count(struct scope in, int64_t account, int64_t now)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM access_session WHERE "
                      "district = ?1 AND account = ?2 AND made_at > ?3 AND "
                      "seen_at > ?4"),
                  WITH(INT(in.district), INT(account),
                       INT(now - SESSION_MOST_MS), INT(now - SESSION_IDLE_MS)),
                  0);
}

void session_end_one(struct act *act, int64_t account, struct str id)
{
    struct str hash;

    if (!hex_decode(act->m, id, &hash))
        return;
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_session WHERE district = ?1 "
                           "AND account = ?2 AND token_hash = ?3"),
                       WITH(INT(act->district), INT(account), BYTES(hash)));
    note_ended(act, account);
}

void session_end_others(struct act *act, int64_t account, struct str cookie)
{
    struct hash h = token_hash(cookie);

    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_session WHERE district = ?1 "
                           "AND account = ?2 AND token_hash <> ?3"),
                       WITH(INT(act->district), INT(account),
                            BYTES(hash_str(&h))));
    note_ended(act, account);
}

struct str link_make(struct act *act, int64_t account, enum link_use use)
{
    struct str token = random_token(act->m, TOKEN_BYTES);
    struct hash h = token_hash(token);

    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_link WHERE district = ?1 AND "
                           "(until <= ?2 OR account = ?3)"),
                       WITH(INT(act->district), INT(act->now), INT(account)));
    tx_run_unjournaled(act->tx,
                       SQL("INSERT INTO access_link (district, token_hash, "
                           "account, until, chooses) VALUES (?1, ?2, ?3, ?4, "
                           "?5)"),
                       WITH(INT(act->district), BYTES(hash_str(&h)),
                            INT(account), INT(act->now + LINK_MS),
                            INT(use == LINK_CHOOSES)));
    audit_note(act, &(struct audit_event){ .kind = AUDIT_LINK_MADE,
                                           .account = account });
    return token;
}

bool link_holds(struct scope in, struct str token, int64_t now,
                struct link *ret)
{
    struct hash h = token_hash(token);
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT account, chooses FROM access_link WHERE "
                     "district = ?1 AND token_hash = ?2 AND until > ?3"),
                 WITH(INT(in.district), BYTES(hash_str(&h)), INT(now)));

    if (!rows_next(&r))
        return false;
    ret->account = rows_int(&r, 0);
    ret->use = rows_int(&r, 1) ? LINK_CHOOSES : LINK_SIGNS_IN;
    rows_end(&r);
    return true;
}

void link_end(struct act *act, int64_t account)
{
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM access_link WHERE district = ?1 AND "
                           "(account = ?2 OR account = 0)"),
                       WITH(INT(act->district), INT(account)));
    note_own(act, AUDIT_LINK_USED, account);
}
