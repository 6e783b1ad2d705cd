/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * preference.h - the language and the look that a browser keeps in cookies.
 * Private to the desk.
 */
#ifndef DAJUAN_HOST_DESK_PREFERENCE_H
#define DAJUAN_HOST_DESK_PREFERENCE_H

#include "host/desk/ctx.h"

enum preference { PREFER_LANG, PREFER_SIZE, PREFER_SKIN, PREFER_COUNT };

/* What its cookie says; "" unless it is one of its words. */
struct str preference_cookie(const struct exchange *x, enum preference p);

/*
 * What this request says, and then its cookie; "" without one. Said in the
 * address it is put into the cookie.
 */
struct str preference_take(struct ctx *c, enum preference p);

#endif
