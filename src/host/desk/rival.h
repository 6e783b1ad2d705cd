/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * rival.h - two who change one thing at once, where no journal keeps versions
 * of it.
 *
 * The view writes beside a field, hidden, what it showed: was-NAME with
 * rival_was(). When the form comes back that tells whose value stands.
 */
#ifndef DAJUAN_HOST_DESK_RIVAL_H
#define DAJUAN_HOST_DESK_RIVAL_H

#include "host/desk/ctx.h"

enum rival {
    RIVAL_MINE,   /* nobody else changed it, or to the same */
    RIVAL_THEIRS, /* somebody else did, and the sender did not */
    RIVAL_BOTH,   /* to be asked */
};

/* What a field showed, in short. */
struct str rival_was(struct mem *m, struct str shown);

/* Of the field `name`, sent as `mine` and kept as `now`. */
enum rival rival_of(struct ctx *c, struct str name, struct str mine,
                    struct str now);

/* Is what the form showed as `name` kept no longer? */
bool rival_moved(struct ctx *c, struct str name, struct str now);

/*
 * E_CLASH with words that say what is kept now: the form stands there again
 * as it was filled in, and sending it once more is meant.
 */
enum err rival_refuse(struct ctx *c, struct text words);

#endif
