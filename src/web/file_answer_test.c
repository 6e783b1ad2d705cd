/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Answers that are sent from a file. */
#include "web/once.h"

#include "base/file.h"
#include "test/test.h"
#include "web/http_client_test.h"

#include <string.h>

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"
#define GET_LAST(path)                                                         \
    "GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

enum { LARGE = 24 << 20 };

/* Every four bytes tell where they stand. */
static void put_numbers(struct spool *s, size_t n)
{
    for (uint32_t i = 0; i < n / sizeof(i); i++) {
        char bytes[sizeof(i)];

        memcpy(bytes, &i, sizeof(i));
        buf_put(spool_buf(s), (struct str){ bytes, sizeof(i) });
        spool_flush(s);
    }
}

static bool is_numbers(struct str s, size_t n)
{
    uint32_t i = 0;

    if (s.n != n)
        return false;
    for (; i < n / sizeof(i); i++)
        if (memcmp(s.p + i * sizeof(i), &i, sizeof(i)) != 0)
            return false;
    return true;
}

/* "/file/N": N bytes; anything else in words. */
static void answer(struct spool_budget *b, struct exchange *x)
{
    struct spool *s = spool_new(x->m, b);
    struct text reason;
    int64_t n;

    if (!str_starts(x->head.path, S("/file/")) ||
        !str_int(str_slice(x->head.path, 6, x->head.path.n), &n)) {
        buf_lit(&x->response.body, "words");
        return;
    }
    put_numbers(s, (size_t)n);
    if (spool_end(s, &reason) != OK) {
        response_refuse(&x->response, 503);
        return;
    }
    response_header(x, "Content-Type", S("text/csv"));
    if (spool_fd(s) >= 0)
        x->response.file = s;
    else
        x->response.fixed = spool_bytes(s);
}

static void handle(void *state, struct exchange *x)
{
    answer(state, x);
    exchange_send(x);
}

static void *thread_start(void *arg, unsigned thread)
{
    (void)thread;
    return arg;
}

static struct spool_budget *given_budget(struct test *t)
{
    struct spool_budget *b = NEW(t->mem, struct spool_budget);

    b->folder = test_folder(t);
    b->most = 1 << 30;
    return b;
}

static struct server *given_server(struct test *t, struct spool_budget *b,
                                   int write_ms)
{
    struct server_config c = { .threads = 1,
                               .arg = b,
                               .write_ms = write_ms,
                               .thread_start = thread_start,
                               .handle = handle };

    return client_server(t, &c);
}

static struct str body_of(struct str answer)
{
    return str_slice(answer, str_find(answer, S("\r\n\r\n")) + 4, answer.n);
}

static bool has(struct str s, struct str what)
{
    return str_find(s, what) != SIZE_MAX;
}

static struct str ask(struct test *t, const struct server *s, struct str what)
{
    int fd = client_open(t, s);
    struct str got;

    client_send(fd, what);
    got = client_read_all(t, fd);
    close(fd);
    return got;
}

/* Until `b` has all back, for ten seconds. */
static bool is_given_back(struct spool_budget *b)
{
    for (int i = 0; i < 10000 && atomic_load(&b->taken); i++)
        usleep(1000);
    return atomic_load(&b->taken) == 0;
}

TEST(an_answer_from_a_file_comes_whole_and_with_its_length)
{
    struct spool_budget *b = given_budget(t);
    struct server *s = given_server(t, b, 0);
    struct str got = ask(t, s, S(GET_LAST("/file/25165824")));

    CHECK(str_starts(got, S("HTTP/1.1 200 OK\r\n")));
    CHECK(has(got, S("\r\nContent-Length: 25165824\r\n")));
    CHECK(has(got, S("\r\nContent-Type: text/csv\r\n")));
    CHECK(is_numbers(body_of(got), LARGE));
    CHECK(is_given_back(b));
    server_stop(s);
}

TEST(requests_behind_an_answer_from_a_file_are_answered_in_order)
{
    struct spool_budget *b = given_budget(t);
    struct server *s = given_server(t, b, 0);
    struct str got = ask(t, s,
                         S(GET("/file/1000000") GET("/a") GET("/file/300000")
                               GET_LAST("/file/8")));
    struct str body = body_of(got);

    CHECK(is_numbers(str_slice(body, 0, 1000000), 1000000));
    body = str_slice(body, 1000000, body.n);
    CHECK(str_starts(body, S("HTTP/1.1 200 OK\r\n")));
    body = body_of(body);
    CHECK(str_starts(body, S("wordsHTTP/1.1 200 OK\r\n")));
    body = body_of(body);
    CHECK(is_numbers(str_slice(body, 0, 300000), 300000));
    body = body_of(str_slice(body, 300000, body.n));
    CHECK(is_numbers(body, 8));
    server_stop(s);
}

TEST(a_connection_goes_on_after_an_answer_from_a_file)
{
    struct spool_budget *b = given_budget(t);
    struct server *s = given_server(t, b, 0);
    int fd = client_open(t, s);
    struct str got;

    for (int i = 0; i < 3; i++) {
        client_send(fd, S(GET("/file/400000")));
        got = client_read(t, fd, 17 + 37 + 24 + 24 + 2 + 400000);
        CHECK(is_numbers(body_of(got), 400000));
    }
    client_send(fd, S(GET_LAST("/b")));
    CHECK(str_ends(client_read_all(t, fd), S("\r\n\r\nwords")));
    CHECK(is_given_back(b));
    close(fd);
    server_stop(s);
}

TEST(head_says_how_long_a_file_is_and_sends_none_of_it)
{
    struct spool_budget *b = given_budget(t);
    struct server *s = given_server(t, b, 0);
    struct str got =
        ask(t, s,
            S("HEAD /file/300000 HTTP/1.1\r\nHost: a\r\n\r\n" GET_LAST("/c")));

    CHECK(has(got, S("\r\nContent-Length: 300000\r\n")));
    CHECK(str_starts(body_of(got), S("HTTP/1.1 200 OK\r\n")));
    CHECK(str_ends(got, S("\r\n\r\nwords")));
    CHECK(is_given_back(b));
    server_stop(s);
}

TEST(one_who_leaves_in_the_middle_of_a_file_gives_it_back)
{
    struct spool_budget *b = given_budget(t);
    struct server *s = given_server(t, b, 0);
    int fd = client_open(t, s);

    client_send(fd, S(GET("/file/25165824")));
    CHECK_INT(client_read(t, fd, 1000).n, 1000);
    CHECK_INT(atomic_load(&b->taken), LARGE);
    close(fd);
    CHECK(is_given_back(b));
    CHECK(str_ends(ask(t, s, S(GET_LAST("/d"))), S("\r\n\r\nwords")));
    server_stop(s);
}

TEST(one_who_does_not_read_a_file_is_dropped)
{
    struct spool_budget *b = given_budget(t);
    struct server *s = given_server(t, b, 50);
    int fd = client_open(t, s);

    client_send(fd, S(GET("/file/25165824")));
    CHECK_INT(client_read(t, fd, 1000).n, 1000);
    CHECK(is_given_back(b));
    for (int i = 0; i < 5000 && server_connections(s) > 0; i++)
        usleep(1000);
    CHECK_INT(server_connections(s), 0);
    close(fd);
    server_stop(s);
}

/* On the one thread there is: nobody reads, and somebody else is answered. */
TEST(many_who_do_not_read_keep_nobody_waiting)
{
    enum { MANY = 40 };
    struct spool_budget *b = given_budget(t);
    struct server *s = given_server(t, b, 0);
    int fd[MANY];

    for (int i = 0; i < MANY; i++) {
        fd[i] = client_open(t, s);
        client_send(fd[i], S(GET("/file/8000000")));
        CHECK_INT(client_read(t, fd[i], 100).n, 100);
    }
    CHECK(str_ends(ask(t, s, S(GET_LAST("/e"))), S("\r\n\r\nwords")));
    for (int i = 0; i < MANY; i++)
        close(fd[i]);
    CHECK(is_given_back(b));
    server_stop(s);
}

TEST(an_answer_that_finds_no_room_is_refused_whole)
{
    struct spool_budget *b = given_budget(t);
    struct server *s = given_server(t, b, 0);
    struct str got;

    b->most = 1 << 20;
    got = ask(t, s, S(GET("/file/2000000") GET_LAST("/file/500000")));
    CHECK(str_starts(got, S("HTTP/1.1 503 ")));
    CHECK(has(got, S("\r\nRetry-After: ")));
    got = body_of(got);
    got = str_slice(got, str_find(got, S("HTTP/1.1 200 OK")), got.n);
    CHECK(is_numbers(body_of(got), 500000));
    server_stop(s);
}

TEST(a_file_that_cannot_be_read_back_is_no_answer)
{
    struct spool_budget *b = given_budget(t);
    struct spool *s = spool_new(t->mem, b);
    struct exchange x = { .m = t->mem };
    struct text reason;
    struct str got;

    response_init(&x.response, t->mem);
    put_numbers(s, 200000);
    NEED_INT(spool_end(s, &reason), OK);
    x.response.file = s;
    NEED(ftruncate(spool_fd(s), 100000) == 0);
    got = once_bytes(&x);
    CHECK(str_starts(got, S("HTTP/1.1 500 ")));
    CHECK(!has(got, S("Content-Length: 200000")));
}

TEST(one_answer_from_a_file_is_read_back_without_a_server)
{
    struct spool_budget *b = given_budget(t);
    struct spool *s = spool_new(t->mem, b);
    struct exchange x = { .m = t->mem };
    struct text reason;
    struct str got;

    response_init(&x.response, t->mem);
    put_numbers(s, 200000);
    NEED_INT(spool_end(s, &reason), OK);
    x.response.file = s;
    got = once_bytes(&x);
    CHECK(has(got, S("\r\nContent-Length: 200000\r\n")));
    CHECK(is_numbers(body_of(got), 200000));
}
