/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * session.h - signed in, signed out, and one-time links.
 *
 * The cookie holds 32 random bytes; only their SHA-256 is stored. A session
 * ends after 12 hours, or after 30 minutes without a request.
 */
#ifndef DAJUAN_ACCESS_SESSION_H
#define DAJUAN_ACCESS_SESSION_H

#include "access/account.h"

enum {
    SESSION_MOST_MS = 12 * 3600 * 1000,
    SESSION_IDLE_MS = 30 * 60 * 1000,
    LINK_MS = 30 * 60 * 1000,
};

/* What sessions and form tokens are judged by at a moment. */
struct session_rule {
    struct hash secret; /* the key of form tokens */
    int64_t now;
};

/* The key of form tokens; made when there is none (writers only). */
struct hash session_secret(struct scope in);

/*
 * Who comes with this cookie value; "" or a session that ended is a visitor.
 * A visitor has a form token too; it holds for a day.
 */
void session_read(struct scope in, struct str cookie,
                  const struct session_rule *rule, struct who *ret);
/* Was the session last seen long enough ago to note that it lives? */
bool session_is_stale(struct scope in, struct str cookie, int64_t now);
void session_touch(struct scope in, struct str cookie, int64_t now);

/* Is `token` the form token of `who` (of today or yesterday)? */
bool session_token_fits(const struct who *who, struct str token,
                        const struct session_rule *rule);

/*
 * Begin a session; returns the cookie value. `browser` is what its owner
 * knows it by (browser.h).
 */
struct str session_begin(struct act *act, int64_t account, struct str browser);
void session_end(struct act *act, struct str cookie);

/* A session as its owner sees it. */
struct session {
    struct str id; /* tells it from the others; nobody signs in with it */
    int64_t made_at, seen_at;
    struct str browser;
    bool here; /* it is the one of `cookie` */
};
enum { SESSIONS_SHOWN = 50 };
/* Those that hold, newest first, at most SESSIONS_SHOWN; returns how many. */
size_t session_list(struct scope in, int64_t account, struct str cookie,
                    int64_t now, struct session *ret);
/* How many sessions of the account hold. */
int64_t session_count(struct scope in, int64_t account, int64_t now);
/* End one of the account's by its id, or all but that of the cookie. */
void session_end_one(struct act *act, int64_t account, struct str id);
void session_end_others(struct act *act, int64_t account, struct str cookie);

/* What opening a link does when the account has a password already. */
enum link_use {
    LINK_SIGNS_IN,
    LINK_CHOOSES, /* another one is chosen, and all sessions end */
};
/* A one-time link for an account, 0 for the first set-up. */
struct str link_make(struct act *act, int64_t account, enum link_use use);
struct link {
    int64_t account;
    enum link_use use;
};
/* Does the link hold still? Looking does not use it up. */
bool link_holds(struct scope in, struct str token, int64_t now,
                struct link *ret);
/* Its link was used: no link of the account, or of a set-up, holds on. */
void link_end(struct act *act, int64_t account);

#endif
