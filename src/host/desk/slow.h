/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * slow.h - threads for answers that take long, so that nobody else's waits
 * behind them. Private to the desk.
 *
 * One thread makes files, and slow pages while no file is asked for; the
 * others make pages alone: a search never waits for an export. A few wait in
 * order; beyond them a request is refused at once, with a time to come back.
 */
#ifndef DAJUAN_HOST_DESK_SLOW_H
#define DAJUAN_HOST_DESK_SLOW_H

#include "host/desk/request.h"

enum { SLOW_THREADS = 2, SLOW_WAITING = 32 /* of pages, and of files */ };

struct slow_plan {
    void *arg;
    /* On each thread, before its first and after its last job. */
    void *(*start)(void *arg, unsigned thread);
    void (*stop)(void *state);
    /* Answer and send it. */
    void (*answer)(void *state, struct job *j);
    /* Send it away, on whichever thread finds that there is no place. */
    void (*refuse)(void *arg, struct job *j);
};

struct slow;

struct slow *slow_start(struct mem *m, const struct slow_plan *plan);

/* Hand over a job of this pace, which is not quick. */
void slow_take(struct slow *s, struct job *j, enum pace pace);

/* The end is near: refuse who waits and who comes. */
void slow_close(struct slow *s);
/* After it: finish what runs, end the threads. */
void slow_stop(struct slow *s);

#endif
