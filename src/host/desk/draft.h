/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * draft.h - a long form kept half done, for the account that typed it.
 *
 * A second button of the form sends it to its own address with `?draft=1`
 * (and formnovalidate), and its handler begins so:
 *
 *     if (draft_asked(c))
 *         return draft_keep(c);
 *
 * Nothing is checked then. The page is shown again, filled, and names its
 * draft in a hidden field `kept`: kept again it replaces the draft, and sent
 * with success it ends it. Nobody else sees it; after DRAFT_DAYS it is gone.
 */
#ifndef DAJUAN_HOST_DESK_DRAFT_H
#define DAJUAN_HOST_DESK_DRAFT_H

#include "host/desk/ctx.h"

enum { DRAFTS_MAX = 50 };

struct draft {
    struct str key;
    struct str page;   /* path and query of the form */
    struct str action; /* the path it is sent to */
    struct form_data typed;
    int64_t at, until; /* ms since 1970 */
};

bool draft_asked(struct ctx *c);
/* Keep what was sent and show it again; E_CLASH: there are too many. */
enum err draft_keep(struct ctx *c) MUST_CHECK;
/* The draft that the page or the form at hand names; "" for none. */
struct str draft_key(struct ctx *c);

/* Those of the one who asks, newest first; returns how many. */
size_t draft_list(struct ctx *c, struct draft ret[DRAFTS_MAX]);
int64_t draft_count(struct ctx *c);

void draft_drop(struct ctx *c, struct str key);
/* The form was sent with success: its draft ends. */
void draft_end(struct ctx *c);
/* An account ended: nothing waits for it any more. */
void draft_drop_all(struct ctx *c, int64_t account);

#endif
