/* SPDX-License-Identifier: MulanPSL-2.0 */
/* gzip.h - the one content coding that answers are sent in (RFC 1952). */
#ifndef DAJUAN_WEB_GZIP_H
#define DAJUAN_WEB_GZIP_H

#include "base/str.h"

/* May an answer to this Accept-Encoding be compressed (RFC 9110 §12.5.3)? */
bool gzip_accepted(struct str accept_encoding);

/*
 * `s` compressed, by the one stream of this thread: made at first use, it
 * ends with the thread.
 */
struct str gzip_bytes(struct mem *m, struct str s);

#endif
