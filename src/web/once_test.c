/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "web/once.h"

#include "test/test.h"

#include <unistd.h>

enum { SMALL = 8 };

static size_t small_body(struct str path)
{
    return str_eq(path, S("/upload")) ? 2 * SMALL : SMALL;
}

/* Comes in two parts, as from a pipe; the second may be missing. */
static struct exchange *given_request(struct test *t, struct str one,
                                      struct str two, bool *ret_whole)
{
    struct exchange *x = NEW(t->mem, struct exchange);
    int ends[2];

    x->m = t->mem;
    NEED(pipe(ends) == 0);
    CHECK(write(ends[1], one.p, one.n) == (ssize_t)one.n);
    CHECK(write(ends[1], two.p, two.n) == (ssize_t)two.n);
    close(ends[1]);
    *ret_whole = once_read(x, ends[0], small_body);
    close(ends[0]);
    return x;
}

static int refusal(struct test *t, struct str bytes)
{
    bool whole;
    struct exchange *x = given_request(t, bytes, S(""), &whole);

    CHECK(!whole);
    return x->response.status;
}

/* Without its second line, the date. */
static struct str answer(struct test *t, struct exchange *x)
{
    struct str rest = once_bytes(x);
    struct str first = S("");
    struct str date = S("");

    str_cut(&rest, S("\r\n"), &first);
    str_cut(&rest, S("\r\n"), &date);
    CHECK(str_starts(date, S("Date: ")) && str_ends(date, S(" GMT")));
    return str_join(t->mem, (struct str[]){ first, S("\n"), rest }, 3);
}

TEST(one_request_is_read_up_to_its_end)
{
    bool whole;
    struct exchange *x = given_request(
        t, S("POST /a?b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"),
        S("cde and more"), &whole);

    CHECK(whole);
    CHECK_STR(x->head.path, S("/a"));
    CHECK_STR(x->head.query, S("b"));
    CHECK_STR(x->body, S("abcde"));
    x = given_request(t, S("GET / HTTP/1.1\r\nHost"), S(": x\r\n\r\n"), &whole);
    CHECK(whole);
    CHECK_STR(x->head.host, S("x"));
    CHECK_STR(x->body, S(""));
}

TEST(what_is_no_request_is_refused_as_by_the_server)
{
    CHECK_INT(refusal(t, S("")), 400);
    CHECK_INT(refusal(t, S("GET / HTTP/1.1\r\nHost: x\r\n")), 400);
    CHECK_INT(refusal(t, S("GET / HTTP/1.1\r\n\r\n")), 400);
    CHECK_INT(refusal(t, S("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n")), 405);
    CHECK_INT(refusal(t, S("POST / HTTP/1.1\r\nHost: x\r\n\r\n")), 411);
    CHECK_INT(refusal(t, S("POST / HTTP/1.1\r\nHost: x\r\n"
                           "Content-Length: 3\r\n\r\nab")),
              400);
}

TEST(a_body_has_the_limit_of_its_path)
{
    bool whole;

    CHECK_INT(refusal(t, S("POST / HTTP/1.1\r\nHost: x\r\n"
                           "Content-Length: 9\r\n\r\n123456789")),
              413);
    given_request(t, S("POST /upload HTTP/1.1\r\nHost: x\r\n"),
                  S("Content-Length: 9\r\n\r\n123456789"), &whole);
    CHECK(whole);
    CHECK_INT(refusal(t, S("POST /upload HTTP/1.1\r\nHost: x\r\n"
                           "Content-Length: 99999999999999\r\n\r\n")),
              413);
}

TEST(an_answer_has_body_and_length_as_on_a_socket)
{
    bool whole;
    struct exchange *x =
        given_request(t, S("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), S(""), &whole);

    response_header(x, "ETag", S("\"a\""));
    buf_lit(&x->response.body, "page");
    CHECK_STR(answer(t, x), S("HTTP/1.1 200 OK\nContent-Length: 4\r\n"
                              "Connection: close\r\nETag: \"a\"\r\n\r\npage"));
    x->response.status = 304;
    CHECK_STR(answer(t, x), S("HTTP/1.1 304 Not Modified\n"
                              "Connection: close\r\nETag: \"a\"\r\n\r\n"));
    x->response.status = 200;
    x->head.method = HTTP_HEAD;
    CHECK_STR(answer(t, x), S("HTTP/1.1 200 OK\nContent-Length: 4\r\n"
                              "Connection: close\r\nETag: \"a\"\r\n\r\n"));
}

TEST(an_answer_that_outgrows_its_buffers_is_a_500)
{
    bool whole;
    struct exchange *x =
        given_request(t, S("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), S(""), &whole);

    buf_init(&x->response.body, t->mem, 3);
    buf_lit(&x->response.body, "page");
    CHECK(str_starts(answer(t, x), S("HTTP/1.1 500 ")));
    CHECK_INT(str_find(once_bytes(x), S("page")), SIZE_MAX);
}
