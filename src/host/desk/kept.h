/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * kept.h - a form that was not taken, with everything somebody typed.
 *
 * It is shown again where it stood, filled, for its sender to check and
 * send; nothing is applied by itself. When its session had ended, signing in
 * comes first: the sign-in page carries it, and after the sign-in it waits
 * in the house for that account alone. So does a draft (draft.h).
 */
#ifndef DAJUAN_HOST_DESK_KEPT_H
#define DAJUAN_HOST_DESK_KEPT_H

#include "host/desk/ctx.h"

enum { KEPT_HOURS = 72, DRAFT_DAYS = 30, KEPT_KEY_MAX = 40 };

struct kept_form {
    struct str action;      /* the path it is sent to; "" for no form */
    struct str page;        /* path and query of where it stands */
    struct form_data typed; /* without secrets, tokens and files */
    bool files;             /* had been chosen; browsers do not keep those */
    /* Of one that waits. */
    struct str key;
    bool draft;        /* asked for, and kept for longer */
    int64_t at, until; /* ms since 1970 */
    /* Of one that was refused. */
    struct text why;
    struct str first; /* a page of what was sent before; may be "" */
    /* By refill(): */
    bool placed;                   /* the form is on the page */
    const struct form_field *left; /* what found no place there */
    size_t left_n;
};

/* The form that was sent, as it can be shown again. */
struct kept_form *kept_of(struct ctx *c);

/* The same from and to a sign-in form, whose fields are "kept.NAME". */
struct kept_form *kept_read(struct ctx *c);
struct str kept_field_name(struct mem *m, struct str name);

/*
 * Let it wait for an account, KEPT_HOURS or as a draft DRAFT_DAYS. One of the
 * same key gives way and stays the draft that it was.
 */
void kept_write(struct ctx *c, const struct kept_form *k, int64_t account);
/* The address of its page, filled with what waits under its key. */
struct str kept_link(struct mem *m, struct str page, struct str key);
/* After signing in: let it wait; the address to go on to. */
struct str kept_keep(struct ctx *c, struct kept_form *k, int64_t account);
/* What was typed, as it is kept. */
void kept_typed(struct mem *m, struct str s, struct form_data *ret);
/* What waits under this key for the one who asks; NULL: nothing. */
struct kept_form *kept_find(struct ctx *c, struct str key);

/*
 * Is this path and query a page of this site to go to after signing in? Not
 * an address of elsewhere, nor one that signs in or out itself.
 */
bool kept_page_fits(struct mem *m, struct str page);

/* Path and query of this request. */
struct str kept_page_asked(struct ctx *c);

/* The body of a page with the form on it filled. */
struct str refill(struct mem *m, struct str body, struct kept_form *k);

/*
 * Instead of a refusal: the page of the form, filled, or the page to sign in
 * at. False: neither is right, and nothing was answered.
 */
bool again_page(struct ctx *c, enum err e);

#endif
