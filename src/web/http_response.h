/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * http_response.h - an answer before it is bytes on a socket.
 */
#ifndef DAJUAN_WEB_HTTP_RESPONSE_H
#define DAJUAN_WEB_HTTP_RESPONSE_H

#include "base/spool.h"

enum {
    RESPONSE_HEADERS_MAX = 8 << 10,
    RESPONSE_BODY_MAX = 64 << 20,
    HTTP_DATE_SIZE = 29, /* Sun, 06 Nov 1994 08:49:37 GMT */
};

struct response {
    int status;         /* 200 at first */
    struct buf headers; /* lines with CRLF; use response_header() */
    struct buf body;
    /*
     * When its p is set, it is sent instead of `body` and never copied: an
     * embedded asset, or bytes in the arena of the exchange.
     */
    struct str fixed;
    /*
     * When set, its file is sent instead of both, from the disk to the
     * socket: however slow the reader, no memory waits for it. It lives in
     * the arena of the exchange.
     */
    const struct spool *file;
};

/* Start over: status 200, nothing in it. Buffers grow in `m`. */
void response_init(struct response *r, struct mem *m);

/*
 * Add a header line. False, and nothing is added, when the value holds a
 * CR, LF or NUL (it came from outside) or there is no room. A name that is
 * no token, or one the server writes itself (Date, Content-Length,
 * Connection, Transfer-Encoding), is a BUG. `name` is a literal.
 */
#define response_header(x, name, value)                                        \
    response_put(&(x)->response, S(name), (value))
bool response_put(struct response *r, struct str name, struct str value);

/* Was a header of this name added? */
bool response_says(const struct response *r, struct str name);

/* May an answer of this status have a body (RFC 9110 §6.4.1)? */
bool response_has_body(int status);

/*
 * Become the server's own refusal with this status, in words for a person in
 * both languages; what was said is gone.
 */
void response_refuse(struct response *r, int status);

/*
 * The answer is complete: one that outgrew its buffers becomes a 500. A
 * status that is none is a BUG.
 */
void response_end(struct response *r);

/*
 * Its three parts, in the order they are sent: what the server itself says
 * (status line, Date, Content-Length, Connection) goes to `ret`; then come
 * r->headers, an empty line, and the body, of which HEAD and some statuses
 * get none; response_body() is "" while r->file has it. `date` is
 * HTTP_DATE_SIZE bytes.
 */
void response_prefix(const struct response *r, const char *date, bool closing,
                     struct buf *ret);
struct str response_body(const struct response *r, bool to_head);
/* Bytes of the body, of whichever kind; `to_head` as above. */
size_t response_size(const struct response *r, bool to_head);

/* "Not Found" for 404; "" for a status that is not in our table. */
struct str http_phrase(int status);

/* A moment as IMF-fixdate (RFC 9110 §5.6.7), HTTP_DATE_SIZE bytes. */
void http_date(int64_t ms, char *ret);

#endif
