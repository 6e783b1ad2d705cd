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
 *
 * A trace is that line and below it each statement once, in the order they
 * came: how often it ran, the microseconds of all runs, and its plan.
 *
 *     n=1 us=17 SELECT … WHERE district = ?1 AND token = ?2
 *         SEARCH access_session USING PRIMARY KEY (district=? AND token=?)
 */
#ifndef DAJUAN_HOST_DESK_TRAIL_H
#define DAJUAN_HOST_DESK_TRAIL_H

#include "store/watch.h"
#include "web/server.h"

/* A statement that ran. */
struct trail_step {
    struct str sql;
    int64_t n;
    int64_t us;
};

struct trail {
    const struct exchange *x;
    const char *name;   /* "request=17 method=GET path=/link/{token}" */
    int64_t from_us;    /* when it began */
    int64_t statements; /* so far */
    int64_t account;    /* who asks; 0: a visitor */
    bool traced;
    struct db_watch watch;
    struct trail_step *steps;
    size_t steps_n;
};

/*
 * A request has come; `x` outlives `ret`, which has memory of x. `traced`:
 * note its statements as well.
 */
void trail_begin(const struct exchange *x, bool traced, struct trail *ret);

/*
 * From trail_enter() to trail_leave() this thread works on the request, on
 * this connection and no other.
 */
void trail_enter(struct trail *t, struct db *db);
void trail_leave(struct trail *t, struct db *db);

/* Its line, once the answer is complete. */
struct str trail_line(const struct trail *t);
/* What stands below it, "" when nothing was traced; `db` makes the plans. */
struct str trail_steps(const struct trail *t, struct db *db);
/* Write both to the log: before the exchange is sent, for then it is gone. */
void trail_end(const struct trail *t, struct db *db);

#endif
