/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * tries.h - wrong passwords slow down whoever tries, never the owner.
 *
 * After some wrong tries the next one waits, twice as long each time. Tries
 * are counted for the name that was typed, whether or not somebody has it,
 * and for the address they come from. A browser from which the owner signed
 * in before is counted by itself: what others try does not keep it waiting.
 */
#ifndef DAJUAN_ACCESS_TRIES_H
#define DAJUAN_ACCESS_TRIES_H

#include "journal/act.h"

enum {
    TRIES_OF_NAME = 5, /* wrong ones before the first pause */
    TRIES_OF_ADDRESS = 30,
    TRIES_PAUSE_MS = 30 * 1000,          /* the first one */
    TRIES_PAUSE_MOST_MS = 15 * 60 * 1000 /* and the longest */
};

/* One try to sign in. */
struct try_at {
    struct str login;   /* as typed */
    struct str address; /* of who tries; "" for none to count */
    struct str known;   /* the cookie of the browser, "" for none */
    int64_t account;    /* that has the login; 0: nobody */
};

/* How long a try has to wait, ms; 0: it may be made. */
int64_t tries_wait(struct scope in, const struct try_at *t, int64_t now);
/*
 * One was wrong, or had to wait: for the audit record, which hears of each
 * wrong one, of a pause once, and never of what was typed.
 */
void tries_failed(struct act *act, const struct try_at *t);
void tries_slowed(struct act *act, const struct try_at *t);
/* The password was right: what was counted for the name is forgotten. */
void tries_forget(struct scope in, const struct try_at *t);

/*
 * Somebody signed in to the account in the browser with this cookie (or
 * "" for none). Returns the value its cookie shall have, for a year.
 */
enum { KNOWN_S = 365 * 24 * 3600 };
struct str known_keep(struct scope in, int64_t account, struct str cookie,
                      int64_t now);

#endif
