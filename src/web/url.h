/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * url.h - percent-escapes, queries and cookies.
 */
#ifndef DAJUAN_WEB_URL_H
#define DAJUAN_WEB_URL_H

#include "base/str.h"

/*
 * Resolve the escapes of a path segment or, with `plus`, of a name or value
 * of a query or form, where "+" is a blank. False on a broken escape, a NUL
 * or bytes that are not UTF-8. Without escapes the result is `s` itself.
 */
bool url_decode(struct mem *m, struct str s, bool plus,
                struct str *ret) MUST_CHECK;

/* The value of a hexadecimal digit, or -1. */
int url_hex(char c);

/*
 * Escape everything but the unreserved characters of RFC 3986 §2.3; good
 * for one path segment and for a name or value of a query.
 */
struct str url_encode(struct mem *m, struct str s);

enum url_pair {
    URL_END,  /* there is no more */
    URL_PAIR, /* a pair; its value is "" when there was no "=" */
    URL_BAD,  /* the next pair cannot be decoded; it was taken */
};

/*
 * Take the next name=value, decoded, from the front of `rest`, in order.
 * Nothing between two "&" is no pair.
 */
enum url_pair query_next(struct mem *m, struct str *rest, struct str *ret_name,
                         struct str *ret_value);

/*
 * The value of the first pair called `key`, decoded. p is NULL: none, or it
 * cannot be decoded.
 */
struct str query_value(struct mem *m, struct str query, struct str key);

/*
 * The value of the cookie `name` in a Cookie header (RFC 6265 §4.2.1), as
 * sent. p is NULL: none, or it stands twice: then somebody planted one of
 * them and nobody knows which.
 */
struct str cookie_value(struct str header, struct str name);

#endif
