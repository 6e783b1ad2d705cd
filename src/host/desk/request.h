/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * request.h - from an exchange to a handler, for readers and the writer.
 * Private to the desk and to signing in.
 */
#ifndef DAJUAN_HOST_DESK_REQUEST_H
#define DAJUAN_HOST_DESK_REQUEST_H

#include "host/desk/reuse.h"
#include "host/desk/route.h"
#include "host/desk/trail.h"

/* A request on its way. */
struct job {
    struct job *next;
    struct exchange *x;
    struct trail trail;
    const struct route *route;
    struct mem *scratch; /* of a slow GET, while it is read */
    struct reuse reuse;  /* of a GET */
    /* Of a GET that was read and is not answered before these are kept. */
    const struct noted *notes;
    struct str address; /* of who asks */
    struct str params[CTX_PARAMS_MAX];
    /* Of a POST. */
    struct form_data form;
    void *made;   /* by the route's before */
    enum err err; /* of before */
    struct text refusal;
};

/* What all threads know and none changes. */
struct desk_facts {
    struct hash secret;          /* of form tokens */
    struct slicer *slicer;       /* turns of the writer for long work */
    bool lan;                    /* listens beyond this machine */
    bool trace;                  /* every request */
    struct spool_budget *budget; /* of answers in files; NULL: none is */
    struct page_cache *pages;    /* NULL: every page is made anew */
};

/* A request has come; the job lives as long as its exchange. */
struct job *request_job(struct exchange *x, const struct desk_facts *facts);

/* Is it for request_read()? Else it is for request_accept(). */
bool request_is_reading(const struct job *j);

/*
 * Answer a GET or HEAD at once, by what is at hand: a file of the program, a
 * page that was made before. False: request_read() has to. Quick; it opens
 * no transaction.
 */
bool request_at_hand(struct job *j, const struct house *h,
                     const struct desk_facts *facts);

/*
 * Answer a GET or HEAD that was not at hand. True: note that the session
 * lives. With j->notes it may be sent only after request_write() and a
 * commit.
 */
bool request_read(struct job *j, const struct house *h,
                  const struct desk_facts *facts);

/* How long will it take? Quick where there is no such page. */
enum pace request_pace(struct job *j);

/*
 * The same as request_read() for one that is not quick: while the answer
 * waits for its reader, it has no memory but for its head.
 */
bool request_read_slow(struct job *j, const struct house *h,
                       const struct desk_facts *facts);

/*
 * Check a POST before it waits for its turn. False: it was refused and is
 * answered but not sent.
 */
bool request_accept(struct job *j, const struct house *h,
                    const struct desk_facts *facts);

/* Run its route's `before`, if it has one; outside any transaction. */
void request_before(struct job *j, const struct house *h,
                    const struct desk_facts *facts);

/*
 * Run a job's handler inside the writer's transaction, in a mark of its own,
 * and answer: what it did is kept whole, or all is undone and the answer
 * says why. After a failure of the store the transaction is lost for all.
 * Of a GET that was read, its notes are kept and the answer stays.
 */
void request_write(struct job *j, const struct house *h, struct work *w,
                   const struct desk_facts *facts);

/* The value of the session cookie, "" without one. */
struct str request_cookie(const struct exchange *x);

/*
 * The 503 of a commit that failed, in the place of whatever was answered;
 * `unsure`: as db_unsure().
 */
void request_not_kept(struct exchange *x, bool unsure);

#endif
