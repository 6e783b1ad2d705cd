/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * site.h - the house as it shows itself: its name, who answers for it, and
 * the address under which others reach it.
 */
#ifndef DAJUAN_HOST_DESK_SITE_H
#define DAJUAN_HOST_DESK_SITE_H

#include "host/desk/ctx.h"

/* What the office chose; until then 崂山答卷 of 崂山区. */
struct text site_name(struct ctx *c);
/* Who answers for the site; until the office says so, the district. */
struct text site_office(struct ctx *c);

/* The telephone of the office, as it is dialled: "053288990000". */
struct str site_phone(struct ctx *c);

/*
 * An address that people typed, as origins are written:
 * "https://Dajuan.example:443/" is "https://dajuan.example". False: it is
 * none, or names a page.
 */
bool site_address_read(struct mem *m, struct str said, struct str *ret);

/* A path of this site, for who reads it elsewhere: in a message, on paper. */
struct str site_link(struct ctx *c, struct str path);

/* Does nothing count here yet, in any year? */
bool site_is_new(struct ctx *c);

/* Is the request inside TLS, as the proxy in front of us says? */
bool site_is_secure(const struct exchange *x);

/*
 * Does the request come from a page of this site? Else E_DENIED, refused
 * with words that say what differs.
 */
enum err site_check_origin(struct ctx *c);

/*
 * A cookie for the browser that asks, which no script reads. Below 0 seconds
 * it is there until the browser ends, with 0 it goes.
 */
void site_cookie(struct ctx *c, const char *name, struct str value,
                 int64_t seconds);

#endif
