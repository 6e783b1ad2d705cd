/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * once.h - one request from a file and its answer as bytes, without server,
 * thread or socket: for the shell and for tests. What is refused, and in
 * which words, is what the server refuses.
 */
#ifndef DAJUAN_WEB_ONCE_H
#define DAJUAN_WEB_ONCE_H

#include "web/server.h"

/*
 * Read one request from the descriptor `in`: its head, then as many bytes of
 * body as it says; what follows is left alone or lost. `x` is new, its m set.
 * True: it can be handled. False: x->response is the refusal; a request that
 * ends too early is one with 400. `body_max` says how large a body for a path
 * (escaped) may be.
 */
bool once_read(struct exchange *x, int in, size_t (*body_max)(struct str path));

/* The whole answer, which says that the connection closes. */
struct str once_bytes(struct exchange *x);

#endif
