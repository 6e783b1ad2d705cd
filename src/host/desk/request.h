/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * request.h - from an exchange to a handler, for readers and the writer.
 * Private to the desk and to signing in.
 */
#ifndef DAJUAN_HOST_DESK_REQUEST_H
#define DAJUAN_HOST_DESK_REQUEST_H

#include "host/desk/route.h"

/* A POST on its way. */
struct job {
    struct job *next;
    struct exchange *x;
    const struct route *route;
    struct str params[CTX_PARAMS_MAX];
    struct form_data form;
    void *made;   /* by the route's before */
    enum err err; /* of before */
    struct text refusal;
};

/* What all threads know and none changes. */
struct desk_facts {
    struct hash secret; /* of form tokens */
    bool lan;           /* listens beyond this machine */
};

/* Make the ctx of a request; `tx` is open. */
struct ctx *request_ctx(struct exchange *x, const struct house *h,
                        struct tx *tx, const struct desk_facts *facts);

/* Origin, token, permission: OK or the refusal, in c. */
enum err request_check(struct ctx *c, const struct desk_facts *facts);

/* Answer a GET or HEAD whole. True: note that the session lives. */
bool request_read(struct exchange *x, const struct house *h,
                  const struct desk_facts *facts);

/*
 * Check a POST and make its job; NULL: it was refused and is answered but
 * not sent.
 */
struct job *request_job(struct exchange *x, const struct house *h,
                        const struct desk_facts *facts);

/*
 * Run a job's handler inside the writer's transaction, in a mark of its own,
 * and answer: what it did is kept whole, or all is undone and the answer
 * says why. After a failure of the store the transaction is lost for all.
 */
void request_write(struct job *j, const struct house *h, struct work *w,
                   const struct desk_facts *facts);

/* The value of the session cookie, "" without one. */
struct str request_cookie(const struct exchange *x);

/* Put the last headers on and close the page's buffers. */
void request_finish(struct ctx *c);

/* The 503 of a commit that failed. */
void request_not_kept(struct exchange *x);

#endif
