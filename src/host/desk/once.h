/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * once.h - a form sent twice is one form, if it holds the same.
 *
 * A page gives its form a token, the field `once` (page_once()). What is sent
 * with it is remembered for its sender: the same again gets the first answer,
 * anything else is a conflict and never dropped in silence. Private to the
 * request cycle.
 */
#ifndef DAJUAN_HOST_DESK_ONCE_H
#define DAJUAN_HOST_DESK_ONCE_H

#include "host/desk/ctx.h"

enum { ONCE_HOURS = 72 };

/*
 * Was this form sent before? Then it is answered like the first time and
 * `ret` is true, or E_CLASH: its token was sent with something else.
 */
enum err once_answer(struct ctx *c, bool *ret) MUST_CHECK;

/* Remember what was answered, if it was see_other(). */
void once_remember(struct ctx *c);

#endif
