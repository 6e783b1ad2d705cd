/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * http_parse.h - the head of a request, strictly as RFC 9112 writes it.
 *
 * A pure function over bytes: no socket, no allocation, no guessing. What
 * two readers could understand differently is refused, because a proxy in
 * front of us may be the other reader (request smuggling, RFC 9112 §11.2).
 * Stricter than the RFC, on purpose:
 *   - no Transfer-Encoding at all (501), one Content-Length without leading
 *     zeros, POST/PUT/PATCH must have one (411), GET/HEAD carry no body;
 *   - the path has no dot or empty segment, no backslash, no escape of "/",
 *     "\" or a control character, and decodes to UTF-8; path and query hold
 *     the characters of RFC 3986 only; NUL is nowhere;
 *   - Host, Content-Type, Cookie, Origin, Authorization, Expect and
 *     Sec-Fetch-Site stand at most once;
 *   - methods are 1..16 capital letters; TRACE and CONNECT are 405 here, any
 *     other unknown method is HTTP_OTHER and the caller's 405.
 */
#ifndef DAJUAN_WEB_HTTP_PARSE_H
#define DAJUAN_WEB_HTTP_PARSE_H

#include "base/str.h"

enum {
    HTTP_LINE_MAX = 4096,     /* the request line, without its CRLF */
    HTTP_HEAD_MAX = 16 << 10, /* the head with its empty line */
    HTTP_HEADERS_MAX = 64,
};

enum http_parse {
    HTTP_MORE, /* not wrong so far, not complete */
    HTTP_DONE,
    HTTP_BAD, /* answer `status`, then close: the framing is not known */
};

enum http_method {
    HTTP_OTHER, /* see method_name */
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
};

struct http_header {
    struct str name; /* as sent; compare without case */
    struct str value;
};

/* All slices point into the bytes that were parsed. */
struct http_head {
    enum http_method method;
    struct str method_name;
    struct str path;  /* still escaped, "/…", or "*" for OPTIONS */
    struct str query; /* still escaped, without "?"; p is NULL: no "?" */
    struct str host;  /* p is NULL: HTTP/1.0 without Host */
    int minor;        /* of HTTP/1.minor: 0 or 1 */
    bool keep_alive;
    bool expect_continue;
    uint64_t content_length; /* 0 when there is none */
    size_t size;             /* bytes of the head; the body starts here */
    size_t header_count;

    int status;         /* of a refusal */
    const char *reason; /* of a refusal, a few words for the log */

    /* Where the parser stands. */
    size_t scanned; /* bytes known to hold no line end */
    size_t line;    /* start of the current line */
    unsigned seen;  /* the headers of interest */
    struct str authority;
    bool blank;
    bool in_headers;

    struct http_header headers[HTTP_HEADERS_MAX];
};

/* Get ready for a new request; does not clear `headers`. */
void http_head_init(struct http_head *h);

/*
 * Read on in `bytes`, which start with the request's first byte. After
 * HTTP_MORE call again with the same bytes, at the same place, and more
 * behind them; every byte is looked at a fixed number of times. When the
 * bytes have moved, init and start over. The outcome does not depend on how
 * the bytes were split. After HTTP_DONE or HTTP_BAD do not call again.
 */
enum http_parse http_parse(struct http_head *h, struct str bytes);

/* The value of the first header `name` (any case); p is NULL: none. */
struct str http_header(const struct http_head *h, struct str name);

/* Equal without regard to the case of ASCII letters. */
bool http_same(struct str a, struct str b);

/* One or more characters of a token (RFC 9110 §5.6.2). */
bool http_is_token(struct str s);

/* Without blanks and tabs at both ends (OWS, RFC 9110 §5.6.3). */
struct str http_trim(struct str s);

#endif
