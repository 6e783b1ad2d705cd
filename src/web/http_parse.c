/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The request parser. Lines are found first (that pass refuses every
 * control character, so what follows sees text only), each line is judged
 * once, and what depends on several headers is judged at the empty line.
 * There is one way to be right and no recovery: see the header for the list
 * of what is refused beyond the RFC.
 */
#include "web/http_parse.h"

#include "base/utf8.h"
#include "web/url.h"

#include <string.h>

/* Sets of ASCII characters, as two words of bits. */
struct set {
    uint64_t low;  /* 0..63 */
    uint64_t high; /* 64..127 */
};

#define BIT(c) (UINT64_C(1) << ((c)&63))
#define DIGITS (UINT64_C(0x3ff) << '0')
#define LETTERS                                                                \
    (UINT64_C(0x3ffffff) << ('A' & 63) | UINT64_C(0x3ffffff) << ('a' & 63))
#define SUB_DELIMS                                                             \
    (BIT('!') | BIT('$') | BIT('&') | BIT('\'') | BIT('(') | BIT(')') |        \
     BIT('*') | BIT('+') | BIT(',') | BIT(';') | BIT('='))

static const struct set token_set = {
    DIGITS | BIT('!') | BIT('#') | BIT('$') | BIT('%') | BIT('&') | BIT('\'') |
        BIT('*') | BIT('+') | BIT('-') | BIT('.'),
    LETTERS | BIT('^') | BIT('_') | BIT('`') | BIT('|') | BIT('~')
};
/* pchar of RFC 3986 §3.3 without "%", and "/". */
static const struct set path_set = { DIGITS | SUB_DELIMS | BIT('-') | BIT('.') |
                                         BIT(':') | BIT('/'),
                                     LETTERS | BIT('@') | BIT('_') | BIT('~') };
static const struct set query_set = {
    DIGITS | SUB_DELIMS | BIT('-') | BIT('.') | BIT(':') | BIT('/') | BIT('?'),
    LETTERS | BIT('@') | BIT('_') | BIT('~')
};
static const struct set host_set = { DIGITS | BIT('-') | BIT('.'),
                                     LETTERS | BIT('_') };

enum {
    SEEN_HOST = 1,
    SEEN_LENGTH = 2,
    SEEN_ENCODING = 4,
    SEEN_CONNECTION = 8,
    SEEN_EXPECT = 16,
    SEEN_TYPE = 32,
    SEEN_COOKIE = 64,
    SEEN_ORIGIN = 128,
    SEEN_AUTHORIZATION = 256,
    SEEN_SITE = 512,
};

static const struct known {
    struct str name;
    unsigned bit;
} known_headers[] = {
    { S_INIT("host"), SEEN_HOST },
    { S_INIT("content-length"), SEEN_LENGTH },
    { S_INIT("transfer-encoding"), SEEN_ENCODING },
    { S_INIT("connection"), SEEN_CONNECTION },
    { S_INIT("expect"), SEEN_EXPECT },
    { S_INIT("content-type"), SEEN_TYPE },
    { S_INIT("cookie"), SEEN_COOKIE },
    { S_INIT("origin"), SEEN_ORIGIN },
    { S_INIT("authorization"), SEEN_AUTHORIZATION },
    { S_INIT("sec-fetch-site"), SEEN_SITE },
};

static bool set_has(const struct set *set, char c)
{
    unsigned char u = (unsigned char)c;

    return u < 128 && ((u < 64 ? set->low : set->high) >> (u & 63) & 1);
}

static bool set_holds(const struct set *set, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!set_has(set, s.p[i]))
            return false;
    return true;
}

static enum http_parse refuse(struct http_head *h, int status,
                              const char *reason)
{
    h->status = status;
    h->reason = reason;
    return HTTP_BAD;
}

/* Take one character, escaped or of `set`; -1: it is not allowed. */
static int char_take(struct str *s, const struct set *set)
{
    int high;
    int low;
    char c = s->p[0];

    if (c != '%') {
        *s = str_slice(*s, 1, s->n);
        return set_has(set, c) ? c : -1;
    }
    if (s->n < 3)
        return -1;
    high = url_hex(s->p[1]);
    low = url_hex(s->p[2]);
    *s = str_slice(*s, 3, s->n);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Is the path UTF-8 once its (valid) escapes are resolved? */
static __attribute__((noinline)) bool path_is_utf8(struct str path)
{
    char plain[HTTP_LINE_MAX];
    size_t n = 0;

    while (path.n && n < sizeof(plain))
        plain[n++] = (char)char_take(&path, &path_set);
    return path.n == 0 && utf8_valid((struct str){ plain, n });
}

/*
 * One segment, up to "/" or the end. Dot segments are looked for after
 * decoding, so "%2e%2E" is one. Returns why it is refused, or NULL.
 */
static const char *segment_take(struct str *s, bool *wide)
{
    size_t length = 0;
    bool dots = true;

    while (s->n && s->p[0] != '/') {
        int c = char_take(s, &path_set);

        if (c < ' ' || c == 0x7f || c == '/' || c == '\\')
            return "a character or escape in the path";
        dots = dots && c == '.';
        *wide = *wide || c >= 0x80;
        length++;
    }
    if (length == 0 && s->n)
        return "an empty segment in the path";
    return dots && (length == 1 || length == 2) ? "a dot segment" : NULL;
}

static enum http_parse path_check(struct http_head *h)
{
    struct str rest = h->path;
    bool wide = false;

    while (rest.n) {
        const char *fault;

        rest = str_slice(rest, 1, rest.n);
        fault = segment_take(&rest, &wide);
        if (fault)
            return refuse(h, 400, fault);
    }
    if (wide && !path_is_utf8(h->path))
        return refuse(h, 400, "the path is not UTF-8");
    return HTTP_MORE;
}

static enum http_parse query_check(struct http_head *h)
{
    struct str rest = h->query;

    while (rest.n)
        if (char_take(&rest, &query_set) <= 0)
            return refuse(h, 400, "a character or escape in the query");
    return HTTP_MORE;
}

static bool port_is_good(struct str port)
{
    int64_t v;

    return port.n >= 1 && port.n <= 5 && port.p[0] >= '0' && port.p[0] <= '9' &&
           str_int(port, &v) && v <= 65535;
}

static bool ipv6_is_plausible(struct str s)
{
    size_t colons = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == ':')
            colons++;
        else if (s.p[i] != '.' && url_hex(s.p[i]) < 0)
            return false;
    }
    return s.n >= 2 && s.n <= 45 && colons >= 2 && colons <= 7;
}

/* uri-host [ ":" port ] without user, escapes and empty parts. */
static bool host_is_good(struct str host)
{
    struct str name;
    size_t end;

    if (host.n == 0 || host.n > 255)
        return false;
    if (host.p[0] == '[') {
        end = str_find(host, S("]"));
        if (end == SIZE_MAX || !ipv6_is_plausible(str_slice(host, 1, end)))
            return false;
        end++;
    } else {
        end = str_find(host, S(":"));
        name = str_slice(host, 0, end);
        if (name.n == 0 || name.p[0] == '.' || !set_holds(&host_set, name))
            return false;
        end = name.n;
    }
    return end == host.n || (host.p[end] == ':' &&
                             port_is_good(str_slice(host, end + 1, host.n)));
}

/* RFC 9112 §3.2: origin-form, http:// absolute-form, "*" for OPTIONS. */
static enum http_parse target_take(struct http_head *h, struct str target)
{
    size_t mark;

    if (str_eq(target, S("*"))) {
        h->path = target;
        return h->method == HTTP_OPTIONS ? HTTP_MORE
                                         : refuse(h, 400, "target *");
    }
    if (str_starts(target, S("http://"))) {
        target = str_slice(target, 7, target.n);
        mark = str_find(target, S("/"));
        h->authority = str_slice(target, 0, mark);
        target = str_slice(target, mark, target.n);
        if (!host_is_good(h->authority))
            return refuse(h, 400, "the authority of the target");
        if (target.n == 0)
            target = S("/");
    }
    if (target.n == 0 || target.p[0] != '/')
        return refuse(h, 400, "the form of the target");
    mark = str_find(target, S("?"));
    h->path = str_slice(target, 0, mark);
    if (mark != SIZE_MAX)
        h->query = str_slice(target, mark + 1, target.n);
    return path_check(h) == HTTP_BAD ? HTTP_BAD : query_check(h);
}

static enum http_parse method_take(struct http_head *h, struct str name)
{
    static const struct {
        struct str name;
        enum http_method method;
    } methods[] = {
        { S_INIT("GET"), HTTP_GET },         { S_INIT("HEAD"), HTTP_HEAD },
        { S_INIT("POST"), HTTP_POST },       { S_INIT("PUT"), HTTP_PUT },
        { S_INIT("PATCH"), HTTP_PATCH },     { S_INIT("DELETE"), HTTP_DELETE },
        { S_INIT("OPTIONS"), HTTP_OPTIONS },
    };

    if (name.n == 0 || name.n > 16)
        return refuse(h, 400, "the method");
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] < 'A' || name.p[i] > 'Z')
            return refuse(h, 400, "the method");
    h->method_name = name;
    for (size_t i = 0; i < COUNT(methods); i++)
        if (str_eq(name, methods[i].name))
            h->method = methods[i].method;
    return HTTP_MORE;
}

static enum http_parse version_take(struct http_head *h, struct str v)
{
    if (v.n != 8 || !str_starts(v, S("HTTP/")) || v.p[6] != '.' ||
        v.p[5] < '0' || v.p[5] > '9' || v.p[7] < '0' || v.p[7] > '9')
        return refuse(h, 400, "the version");
    if (v.p[5] != '1' || v.p[7] > '1')
        return refuse(h, 505, "the version");
    h->minor = v.p[7] - '0';
    h->keep_alive = h->minor == 1;
    return HTTP_MORE;
}

static enum http_parse request_line(struct http_head *h, struct str line)
{
    struct str rest = line;
    struct str method;
    struct str target;

    if (line.n == 0 && !h->blank) {
        h->blank = true; /* RFC 9112 §2.2 allows one */
        return HTTP_MORE;
    }
    if (!str_cut(&rest, S(" "), &method) || !str_cut(&rest, S(" "), &target) ||
        !rest.p)
        return refuse(h, 400, "the request line");
    if (method_take(h, method) == HTTP_BAD || version_take(h, rest) == HTTP_BAD)
        return HTTP_BAD;
    if (str_eq(method, S("TRACE")) || str_eq(method, S("CONNECT")))
        return refuse(h, 405, "TRACE or CONNECT");
    h->in_headers = true;
    return target_take(h, target);
}

/* 1*DIGIT (RFC 9110 §8.6), no leading zero, no overflow. */
static enum http_parse length_take(struct http_head *h, struct str v)
{
    uint64_t length = 0;

    if (v.n == 0 || v.n > 18 || (v.p[0] == '0' && v.n > 1))
        return refuse(h, 400, "the Content-Length");
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] < '0' || v.p[i] > '9')
            return refuse(h, 400, "the Content-Length");
        length = length * 10 + (uint64_t)(v.p[i] - '0');
    }
    h->content_length = length;
    return HTTP_MORE;
}

static enum http_parse connection_take(struct http_head *h, struct str v)
{
    struct str part;

    while (str_cut(&v, S(","), &part)) {
        part = http_trim(part);
        if (part.n && !http_is_token(part))
            return refuse(h, 400, "the Connection header");
        if (http_same(part, S("close")))
            h->keep_alive = false;
    }
    return HTTP_MORE;
}

static enum http_parse expect_take(struct http_head *h, struct str v)
{
    if (!http_same(v, S("100-continue")))
        return refuse(h, 417, "the Expect header");
    h->expect_continue = h->minor == 1;
    return HTTP_MORE;
}

static enum http_parse known_take(struct http_head *h, unsigned bit,
                                  struct str value)
{
    if ((h->seen & bit) && bit != SEEN_CONNECTION)
        return refuse(h, 400, "a header that may stand once stands twice");
    h->seen |= bit;
    switch (bit) {
    case SEEN_HOST:
        h->host = value;
        return host_is_good(value) ? HTTP_MORE : refuse(h, 400, "the Host");
    case SEEN_LENGTH:
        return length_take(h, value);
    case SEEN_CONNECTION:
        return connection_take(h, value);
    case SEEN_EXPECT:
        return expect_take(h, value);
    default:
        return HTTP_MORE;
    }
}

/* What only the whole head can tell. */
static enum http_parse head_end(struct http_head *h)
{
    bool writes = h->method == HTTP_POST || h->method == HTTP_PUT ||
                  h->method == HTTP_PATCH;
    bool reads = h->method == HTTP_GET || h->method == HTTP_HEAD;

    if ((h->seen & SEEN_ENCODING) && (h->seen & SEEN_LENGTH))
        return refuse(h, 400, "Content-Length and Transfer-Encoding");
    if (h->seen & SEEN_ENCODING)
        return refuse(h, 501, "a Transfer-Encoding");
    if (!(h->seen & SEEN_HOST) && h->minor == 1)
        return refuse(h, 400, "no Host");
    if (h->authority.n && h->host.p && !http_same(h->authority, h->host))
        return refuse(h, 400, "Host and target differ");
    if (writes && !(h->seen & SEEN_LENGTH))
        return refuse(h, 411, "no Content-Length");
    if (reads && h->content_length)
        return refuse(h, 400, "GET or HEAD with a body");
    if (!h->host.p && h->authority.n)
        h->host = h->authority;
    h->size = h->line;
    return HTTP_DONE;
}

static enum http_parse header_line(struct http_head *h, struct str line)
{
    struct http_header *to = &h->headers[h->header_count];
    const char *colon;

    if (line.n == 0)
        return head_end(h);
    if (line.p[0] == ' ' || line.p[0] == '\t')
        return refuse(h, 400, "a folded header");
    colon = memchr(line.p, ':', line.n);
    if (!colon)
        return refuse(h, 400, "a header without a colon");
    if (h->header_count == HTTP_HEADERS_MAX)
        return refuse(h, 431, "too many headers");
    to->name = (struct str){ line.p, (size_t)(colon - line.p) };
    to->value = http_trim(str_slice(line, to->name.n + 1, line.n));
    if (!http_is_token(to->name))
        return refuse(h, 400, "the name of a header");
    h->header_count++;
    for (size_t i = 0; i < COUNT(known_headers); i++)
        if (known_headers[i].name.n == to->name.n &&
            http_same(known_headers[i].name, to->name))
            return known_take(h, known_headers[i].bit, to->value);
    return HTTP_MORE;
}

static bool is_text(char c)
{
    unsigned char u = (unsigned char)c;

    return (u >= ' ' && u != 0x7f) || u == '\t';
}

/* HTTP_DONE: there is a whole line. Control characters end it all. */
static enum http_parse line_take(struct http_head *h, struct str bytes,
                                 struct str *ret_line)
{
    size_t end = bytes.n < HTTP_HEAD_MAX ? bytes.n : HTTP_HEAD_MAX;
    size_t limit = h->line + HTTP_LINE_MAX + 1;
    size_t i = h->scanned;
    size_t stop = !h->in_headers && limit < end ? limit : end;

    while (i < stop && is_text(bytes.p[i]))
        i++;
    h->scanned = i;
    if (!h->in_headers && i == limit)
        return refuse(h, 414, "the request line is too long");
    if (i < end && bytes.p[i] != '\r')
        return refuse(h, 400,
                      bytes.p[i] == '\n' ? "a bare line feed"
                                         : "a control character");
    if (i + 1 < end && bytes.p[i + 1] != '\n')
        return refuse(h, 400, "a bare carriage return");
    if (i + 1 >= end)
        return end == HTTP_HEAD_MAX ? refuse(h, 431, "the head is too long")
                                    : HTTP_MORE;
    *ret_line = (struct str){ bytes.p + h->line, i - h->line };
    h->line = h->scanned = i + 2;
    return HTTP_DONE;
}

void http_head_init(struct http_head *h)
{
    memset(h, 0, offsetof(struct http_head, headers));
}

enum http_parse http_parse(struct http_head *h, struct str bytes)
{
    for (;;) {
        struct str line;
        enum http_parse p = line_take(h, bytes, &line);

        if (p != HTTP_DONE)
            return p;
        p = h->in_headers ? header_line(h, line) : request_line(h, line);
        if (p != HTTP_MORE)
            return p;
    }
}

struct str http_header(const struct http_head *h, struct str name)
{
    for (size_t i = 0; i < h->header_count; i++)
        if (http_same(h->headers[i].name, name))
            return h->headers[i].value;
    return (struct str){ NULL, 0 };
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool http_same(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

bool http_is_token(struct str s)
{
    return s.n > 0 && set_holds(&token_set, s);
}

struct str http_trim(struct str s)
{
    while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_slice(s, 1, s.n);
    while (s.n && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}
