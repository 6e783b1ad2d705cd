/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "web/http_parse.h"

#include "base/buf.h"
#include "test/test.h"

#define WHOLE                                                                  \
    "POST /a/%E9%A1%B9%E7%9B%AE?x=1&y=%20/? HTTP/1.1\r\n"                      \
    "Host: dajuan.example:8080\r\n"                                            \
    "Content-Type: text/plain\r\n"                                             \
    "X-Empty:\r\n"                                                             \
    "X-Wide: \xe9\xa1\xb9 \t \r\n"                                             \
    "Connection: Upgrade, Close\r\n"                                           \
    "Expect: 100-Continue\r\n"                                                 \
    "Content-Length: 5\r\n"                                                    \
    "\r\n"                                                                     \
    "hello"

static void check_whole(struct test *t, const struct http_head *h)
{
    CHECK_INT(h->method, HTTP_POST);
    CHECK_STR(h->method_name, S("POST"));
    CHECK_STR(h->path, S("/a/%E9%A1%B9%E7%9B%AE"));
    CHECK_STR(h->query, S("x=1&y=%20/?"));
    CHECK_STR(h->host, S("dajuan.example:8080"));
    CHECK_INT(h->minor, 1);
    CHECK(!h->keep_alive && h->expect_continue);
    CHECK_INT(h->content_length, 5);
    CHECK_INT(h->size, sizeof(WHOLE) - 1 - 5);
    CHECK_INT(h->header_count, 7);
    CHECK_STR(http_header(h, S("x-wide")), S("\xe9\xa1\xb9"));
    CHECK(http_header(h, S("X-EMPTY")).p);
    CHECK_INT(http_header(h, S("X-Empty")).n, 0);
    CHECK(!http_header(h, S("X-Absent")).p);
}

TEST(http_parse_reads_a_request)
{
    struct http_head h;

    http_head_init(&h);
    CHECK_INT(http_parse(&h, S(WHOLE)), HTTP_DONE);
    check_whole(t, &h);
}

TEST(http_parse_reads_the_same_request_cut_anywhere)
{
    struct str s = S(WHOLE);
    size_t head = s.n - 5;
    struct http_head h;

    for (size_t cut = 0; cut < head; cut++) {
        http_head_init(&h);
        CHECK_INT(http_parse(&h, str_slice(s, 0, cut)), HTTP_MORE);
        CHECK_INT(http_parse(&h, s), HTTP_DONE);
        check_whole(t, &h);
    }
    http_head_init(&h);
    for (size_t n = 0; n < head; n++)
        CHECK_INT(http_parse(&h, str_slice(s, 0, n)), HTTP_MORE);
    CHECK_INT(http_parse(&h, s), HTTP_DONE);
    check_whole(t, &h);
}

TEST(http_parse_takes_what_browsers_and_proxies_send)
{
    static const struct {
        struct str bytes;
        enum http_method method;
        struct str path;
        bool keep;
    } good[] = {
        { S_INIT("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), HTTP_GET, S_INIT("/"),
          true },
        { S_INIT("\r\nGET / HTTP/1.1\r\nhost:a\r\n\r\n"), HTTP_GET, S_INIT("/"),
          true },
        { S_INIT("HEAD /a/ HTTP/1.1\r\nHOST:\t[::1]:80 \r\n\r\n"), HTTP_HEAD,
          S_INIT("/a/"), true },
        { S_INIT("GET /.well-known/...a/..b HTTP/1.1\r\nHost: a_b.c\r\n\r\n"),
          HTTP_GET, S_INIT("/.well-known/...a/..b"), true },
        { S_INIT("GET /a%20b;c=d,e:@!$&'()*+~-_=%25 HTTP/1.1\r\n"
                 "Host: 192.0.2.7\r\n\r\n"),
          HTTP_GET, S_INIT("/a%20b;c=d,e:@!$&'()*+~-_=%25"), true },
        { S_INIT("GET http://A:80/x?y HTTP/1.1\r\nHost: a:80\r\n\r\n"),
          HTTP_GET, S_INIT("/x"), true },
        { S_INIT("GET http://a HTTP/1.1\r\nHost: a\r\n\r\n"), HTTP_GET,
          S_INIT("/"), true },
        { S_INIT("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"), HTTP_OPTIONS,
          S_INIT("*"), true },
        { S_INIT("BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n"), HTTP_OTHER,
          S_INIT("/pot"), true },
        { S_INIT("GET / HTTP/1.0\r\n\r\n"), HTTP_GET, S_INIT("/"), false },
        { S_INIT("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), HTTP_GET,
          S_INIT("/"), false },
        { S_INIT("GET / HTTP/1.1\r\nHost: a\r\nConnection: , close\r\n\r\n"),
          HTTP_GET, S_INIT("/"), false },
        { S_INIT("DELETE /a HTTP/1.1\r\nHost: a\r\n\r\n"), HTTP_DELETE,
          S_INIT("/a"), true },
        { S_INIT("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"),
          HTTP_PUT, S_INIT("/a"), true },
        { S_INIT("PATCH /a HTTP/1.1\r\nHost: a\r\nContent-Length:7 \r\n\r\n"),
          HTTP_PATCH, S_INIT("/a"), true },
    };

    for (size_t i = 0; i < COUNT(good); i++) {
        struct http_head h;

        http_head_init(&h);
        if (!CHECK_INT(http_parse(&h, good[i].bytes), HTTP_DONE))
            CHECK_STR(good[i].bytes, str_from(h.reason));
        CHECK_INT(h.method, good[i].method);
        CHECK_STR(h.path, good[i].path);
        CHECK_INT(h.keep_alive, good[i].keep);
        CHECK_INT(h.size, good[i].bytes.n);
    }
}

/* "GET /aaa… HTTP/1.1" of just `n` bytes, then a good rest. */
static struct str long_line(struct mem *m, size_t n)
{
    struct buf *b = buf_new(m, 64 << 10);

    buf_lit(b, "GET /");
    while (b->n < n - 9)
        buf_byte(b, 'a');
    buf_lit(b, " HTTP/1.1\r\nHost: a\r\n\r\n");
    return buf_str(b);
}

/* A head of just `n` bytes. */
static struct str long_head(struct mem *m, size_t n)
{
    struct buf *b = buf_new(m, 64 << 10);

    buf_lit(b, "GET / HTTP/1.1\r\nHost: a\r\nX: ");
    while (b->n < n - 4)
        buf_byte(b, 'a');
    buf_lit(b, "\r\n\r\n");
    return buf_str(b);
}

static struct str many_headers(struct mem *m, int n)
{
    struct buf *b = buf_new(m, 64 << 10);

    buf_lit(b, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 1; i < n; i++)
        buf_fmt(b, "X%d: y\r\n", i);
    buf_lit(b, "\r\n");
    return buf_str(b);
}

static void check_parse(struct test *t, struct str s, int status)
{
    struct http_head h;
    enum http_parse got;

    http_head_init(&h);
    got = http_parse(&h, s);
    CHECK_INT(got, status ? HTTP_BAD : HTTP_DONE);
    CHECK_INT(h.status, status);
    http_head_init(&h);
    got = HTTP_MORE;
    for (size_t n = 0; n <= s.n && got == HTTP_MORE; n += 7)
        got = http_parse(&h, str_slice(s, 0, n));
    if (got == HTTP_MORE)
        got = http_parse(&h, s);
    CHECK_INT(got, status ? HTTP_BAD : HTTP_DONE);
    CHECK_INT(h.status, status);
}

TEST(http_parse_keeps_its_limits_to_the_byte)
{
    struct str s = long_line(t->mem, HTTP_LINE_MAX);

    CHECK_INT(str_find(s, S("\r\n")), HTTP_LINE_MAX);
    check_parse(t, s, 0);
    check_parse(t, long_line(t->mem, HTTP_LINE_MAX + 1), 414);
    check_parse(t, long_line(t->mem, 3 * HTTP_LINE_MAX), 414);
    check_parse(t, long_line(t->mem, 2 * HTTP_HEAD_MAX), 414);
    s = long_head(t->mem, HTTP_HEAD_MAX);
    CHECK_INT(s.n, HTTP_HEAD_MAX);
    check_parse(t, s, 0);
    check_parse(t, long_head(t->mem, HTTP_HEAD_MAX + 1), 431);
    check_parse(t, long_head(t->mem, HTTP_HEAD_MAX + 3), 431);
    check_parse(t, long_head(t->mem, 3 * HTTP_HEAD_MAX), 431);
    check_parse(t, many_headers(t->mem, HTTP_HEADERS_MAX), 0);
    check_parse(t, many_headers(t->mem, HTTP_HEADERS_MAX + 1), 431);
}

TEST(http_parse_refuses_lines_without_end_before_the_end)
{
    struct buf *b = buf_new(t->mem, 64 << 10);
    struct http_head h;

    while (b->n < HTTP_LINE_MAX)
        buf_byte(b, 'A');
    http_head_init(&h);
    CHECK_INT(http_parse(&h, buf_str(b)), HTTP_MORE);
    buf_byte(b, 'A');
    CHECK_INT(http_parse(&h, buf_str(b)), HTTP_BAD);
    CHECK_INT(h.status, 414);
}
