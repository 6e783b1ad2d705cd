/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * said.h - what became of a form, told once on the page it leads to.
 *
 *     announce_saved(c);
 *     return see_other(c, "/settings");
 *
 * It travels in a cookie of a minute that names the page: the page tells it
 * and takes it back. So no address claims it, shared, kept or reloaded.
 */
#ifndef DAJUAN_HOST_DESK_SAID_H
#define DAJUAN_HOST_DESK_SAID_H

#include "host/desk/ctx.h"

enum said {
    SAID_NOTHING,
    SAID_SAVED,
    SAID_SAME,  /* nothing was changed */
    SAID_AGAIN, /* the form had come before */
    SAID_DRAFT,
    SAID_DROPPED, /* a draft was, or a file */
    SAID_JUDGED,  /* a file was, by what was said of it */
    SAID_VOIDED,
    SAID_RESTORED,
    SAID_PUBLISHED,
    SAID_PASSWORD,
    SAID_SESSIONS, /* ended */
    SAID_ACCOUNT,  /* ended */
    SAID_GRANT,    /* waits for the second administrator */
    SAID_TAKEN,    /* a step was */
    SAID_COUNT,
};

/* Before see_other(). */
void announce(struct ctx *c, enum said what);
/* SAID_SAVED, or SAID_SAME if the request has written no entry. */
void announce_saved(struct ctx *c);

/* For the frame: what this page has to tell; the next one will not. */
enum said said_take(struct ctx *c);
struct text said_words(enum said what);

/* For see_other(): let it travel to c->location. */
void said_send(struct ctx *c);

#endif
