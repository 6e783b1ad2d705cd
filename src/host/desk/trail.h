/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * trail.h - what a request leaves behind: one line in the log, the words a
 * BUG ends with while somebody works on it, and with --trace what it asked
 * the store. Private to the desk.
 *
 *     request=17 method=GET path=/link/{token} status=200 ms=1.3
 *     statements=8 bytes=22471 account=0
 *
 * all in one line. Numbers count the requests of this process. No query, no
 * token of a link and no value of a form or statement is ever part of it.
 */
#ifndef DAJUAN_HOST_DESK_TRAIL_H
#define DAJUAN_HOST_DESK_TRAIL_H

#include "store/watch.h"
#include "web/server.h"

struct trail {
    const struct exchange *x;
    const char *name;   /* "request=17 method=GET path=/link/{token}" */
    int64_t from_us;    /* when it began */
    int64_t statements; /* so far */
    int64_t account;    /* who asks; 0: a visitor */
};

/* A request has come; `x` outlives `ret`, which has memory of x. */
void trail_begin(const struct exchange *x, struct trail *ret);

/*
 * From trail_enter() to trail_leave() this thread works on the request, on
 * this connection and no other.
 */
void trail_enter(struct trail *t, const struct db *db);
void trail_leave(struct trail *t, const struct db *db);

/* Its line, once the answer is complete. */
struct str trail_line(const struct trail *t);
/* Write it to the log: before the exchange is sent, for then it is gone. */
void trail_end(const struct trail *t);

#endif
