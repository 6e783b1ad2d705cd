/* SPDX-License-Identifier: MulanPSL-2.0 */
/* etag.h - is it what the browser has already (RFC 9110 §8.8.3, §13.1.2)? */
#ifndef DAJUAN_WEB_ETAG_H
#define DAJUAN_WEB_ETAG_H

#include "base/str.h"

/*
 * A strong tag of the bytes as they are sent: the same for the same bytes
 * and for no others, compressed or not, before a restart or after.
 */
struct str etag_of(struct mem *m, struct str bytes);

/*
 * Does this If-None-Match name the tag, or any by "*"? What a proxy made of
 * it (W/"…") counts. A list that is none names nothing.
 */
bool etag_is_named(struct str if_none_match, struct str etag);

#endif
