/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * reuse.h - which answers may be sent again, and to whom. Private to the
 * desk.
 *
 * Those to visitors: a GET or HEAD without a session's cookie, answered by a
 * 200 that sets no cookie, notes nothing for the auditor, and is not marked
 * by ctx_unique(). Into such an answer went the database as it was and what
 * the key names, and nothing else: path, query, host, scheme, language, look,
 * coding and the day. A handler that asks anything besides (a clock finer
 * than days, a file, what the process is doing) says ctx_unique().
 *
 * Such an answer has an ETag, and a browser that names it gets a 304.
 */
#ifndef DAJUAN_HOST_DESK_REUSE_H
#define DAJUAN_HOST_DESK_REUSE_H

#include "host/desk/ctx.h"
#include "host/desk/page_cache.h"

/* What is known of a request before it is read. */
struct reuse {
    struct page_cache *pages; /* NULL: nothing is kept for another time */
    struct str key;           /* "": its answer is nobody else's */
    int32_t day;              /* that the key names */
    struct db_stamp stamp;    /* of the database before it was read */
};

/* Look at a request. `pages` may be NULL. */
void reuse_begin(const struct exchange *x, const struct house *h,
                 struct page_cache *pages, struct reuse *ret);

/* Answer it as it was answered before; false: it has to be read. */
bool reuse_answer(struct exchange *x, const struct reuse *r);

/*
 * It was read, its transaction is still open, and the answer is whole but for
 * its tag: let it be used again, if it may be. 304 when the browser has it.
 */
void reuse_finish(struct ctx *c, const struct reuse *r);

/* What an answer to a visitor says to the caches on its way. */
void reuse_headers(struct exchange *x);

#endif
