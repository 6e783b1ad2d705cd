/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * desk.h - the running server: readers, one writer, and what they share.
 *
 * Reading threads answer GETs, each on its own read-only connection and
 * inside one transaction a request. POSTs are checked there and queued. One
 * writer thread takes all that is queued, runs every handler between marks
 * of one transaction, commits once, and then answers them all: nothing
 * leaves before commit. A GET that showed personal values is finished and
 * waits there too, until that is noted. Slow work that needs no transaction
 * (a route's `before`) runs on threads of its own first.
 */
#ifndef DAJUAN_HOST_DESK_DESK_H
#define DAJUAN_HOST_DESK_DESK_H

#include "host/desk/route.h"

struct desk;

struct desk_plan {
    struct house_place place;
    struct str host; /* numeric address */
    uint16_t port;   /* 0 picks one */
    bool trace;      /* log the statements of every request too */
};

/* Open the house, start all threads, listen. E_… and a reason. */
enum err desk_open(struct mem *m, const struct desk_plan *plan,
                   struct desk **ret, struct text *ret_reason) MUST_CHECK;
uint16_t desk_port(const struct desk *d);
/*
 * A path that signs in once: for the first set-up when nobody has an
 * account, else as the first administrator.
 */
struct str desk_link(struct desk *d, struct mem *m, bool *ret_first);
/* Finish what runs, sign the last head, close. */
void desk_close(struct desk *d);

/*
 * Answer one request, read from the descriptor `in`, by the same steps but
 * without threads, port or log; `h` is open to write. What is kept (a form,
 * what is noted of a page) is followed by a signed head. `ret` is the whole
 * answer, also when E_INPUT says that no request could be read. Any other
 * error: what was kept could not be signed, for this reason. `trace` logs as
 * desk_plan's.
 */
enum err desk_once(struct house *h, int in, bool trace, struct str *ret,
                   struct text *ret_reason) MUST_CHECK;

#endif
