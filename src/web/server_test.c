/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "web/server.h"

#include "base/file.h"
#include "test/test.h"
#include "web/http_client_test.h"

#include <pthread.h>
#include <string.h>

#define GET(path) "GET " path " HTTP/1.1\r\nHost: a\r\n\r\n"
#define GET_LAST(path)                                                         \
    "GET " path " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"

enum { HELD_MAX = 256, BIG = 8 << 20 };

/* What the handler below keeps and counts. */
struct server_desk {
    pthread_mutex_t lock;
    pthread_cond_t change;
    struct exchange *held[HELD_MAX];
    size_t held_n;
    int handled;
    int refused;
    int refused_status;
    struct str big;
};

static void desk_init(struct server_desk *d)
{
    memset(d, 0, sizeof(*d));
    pthread_mutex_init(&d->lock, NULL);
    pthread_cond_init(&d->change, NULL);
}

static void desk_hold(struct server_desk *d, struct exchange *x)
{
    pthread_mutex_lock(&d->lock);
    d->held[d->held_n++] = x;
    pthread_cond_broadcast(&d->change);
    pthread_mutex_unlock(&d->lock);
}

static void desk_wait(struct server_desk *d, size_t n)
{
    pthread_mutex_lock(&d->lock);
    while (d->held_n < n)
        pthread_cond_wait(&d->change, &d->lock);
    pthread_mutex_unlock(&d->lock);
}

static int desk_refused(struct server_desk *d)
{
    int status;

    pthread_mutex_lock(&d->lock);
    status = d->refused_status;
    pthread_mutex_unlock(&d->lock);
    return status;
}

/* Says what it was asked: "GET /a?b [body]". */
static void answer(struct exchange *x)
{
    struct buf *b = &x->response.body;

    buf_put(b, x->head.method_name);
    buf_lit(b, " ");
    buf_put(b, x->head.path);
    buf_lit(b, " [");
    buf_put(b, x->body);
    buf_lit(b, "]");
}

static void handle(void *state, struct exchange *x)
{
    struct server_desk *d = state;

    pthread_mutex_lock(&d->lock);
    d->handled++;
    pthread_mutex_unlock(&d->lock);
    if (str_eq(x->head.path, S("/big")))
        x->response.fixed = d->big;
    else if (str_eq(x->head.path, S("/length")))
        buf_fmt(&x->response.body, "%zu", x->body.n);
    else
        answer(x);
    if (str_eq(x->head.path, S("/204")))
        x->response.status = 204;
    if (str_eq(x->head.path, S("/304")))
        x->response.status = 304;
    if (str_eq(x->head.path, S("/peer")))
        response_header(x, "X-Peer", x->peer);
    if (str_starts(x->head.path, S("/hold")))
        desk_hold(d, x);
    else
        exchange_send(x);
}

static void *thread_start(void *arg, unsigned thread)
{
    (void)thread;
    return arg;
}

static void refused(void *arg, struct str peer, int status, const char *reason)
{
    struct server_desk *d = arg;

    (void)peer;
    pthread_mutex_lock(&d->lock);
    d->refused += reason[0] != '\0';
    d->refused_status = status;
    pthread_mutex_unlock(&d->lock);
}

static bool is_upload(void *arg, struct str path)
{
    (void)arg;
    return str_starts(path, S("/length"));
}

static struct server_config desk_config(struct server_desk *d)
{
    desk_init(d);
    return (struct server_config){ .threads = 2,
                                   .arg = d,
                                   .thread_start = thread_start,
                                   .is_upload = is_upload,
                                   .refused = refused,
                                   .handle = handle };
}

/* Send, read until the server closes. */
static struct str ask(struct test *t, const struct server *s,
                      struct str request)
{
    int fd = client_open(t, s);
    struct str got;

    client_send(fd, request);
    got = client_read_all(t, fd);
    close(fd);
    return got;
}

static bool has(struct str s, struct str what)
{
    return str_find(s, what) != SIZE_MAX;
}

TEST(server_answers_with_length_and_date)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    struct str got = ask(t, s, S(GET_LAST("/a/b?c")));

    CHECK(str_starts(got, S("HTTP/1.1 200 OK\r\nDate: ")));
    CHECK(has(got, S(" GMT\r\nContent-Length: 11\r\nConnection: close\r\n"
                     "\r\nGET /a/b []")));
    got = ask(t, s, S(GET_LAST("/peer")));
    CHECK(has(got, S("\r\nX-Peer: 127.0.0.1\r\n\r\n")));
    server_stop(s);
}

TEST(server_keeps_a_connection_until_told_otherwise)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    int fd = client_open(t, s);
    struct str got;

    for (int i = 0; i < 3; i++) {
        client_send(fd, S(GET("/k")));
        got = client_read(t, fd, 17 + 37 + 19 + 2 + 9);
        CHECK(str_ends(got, S("\r\nContent-Length: 9\r\n\r\nGET /k []")));
        CHECK(!has(got, S("Connection:")));
    }
    client_send(fd, S("GET /k HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
    got = client_read_all(t, fd);
    CHECK(has(got, S("Connection: close\r\n")));
    close(fd);
    server_stop(s);
}

TEST(server_answers_pipelined_requests_in_order)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    struct buf *b = buf_new(t->mem, 1 << 20);
    struct str got;

    for (int i = 0; i < 500; i++)
        buf_fmt(b,
                "POST /p%03d HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
                "\r\n<%02d>",
                i, i % 100);
    buf_lit(b, GET_LAST("/end"));
    got = ask(t, s, buf_str(b));
    for (int i = 0; i < 500; i++) {
        struct str want =
            str_fmt(t->mem, "\r\n\r\nPOST /p%03d [<%02d>]", i, i % 100);
        size_t at = str_find(got, want);

        if (!CHECK(at != SIZE_MAX))
            break;
        got = str_slice(got, at + want.n, got.n);
    }
    CHECK_INT(client_count(got, S("HTTP/1.1 200 OK")), 1);
    server_stop(s);
}

TEST(server_keeps_order_when_the_first_answer_comes_last)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    int fd = client_open(t, s);
    struct str got;

    client_send(fd, S(GET("/hold") GET("/second")));
    desk_wait(&d, 1);
    client_send(fd, S(GET_LAST("/third")));
    exchange_send(d.held[0]);
    got = client_read_all(t, fd);
    CHECK(str_find(got, S("GET /hold []")) < str_find(got, S("GET /second")));
    CHECK(str_find(got, S("GET /second")) < str_find(got, S("GET /third")));
    CHECK(has(got, S("GET /third []")));
    close(fd);
    server_stop(s);
}

static void *send_all(void *arg)
{
    struct server_desk *d = arg;

    desk_wait(d, HELD_MAX);
    exchange_send_all(d->held, HELD_MAX);
    return NULL;
}

TEST(server_sends_256_answers_of_another_thread)
{
    static int fds[HELD_MAX];
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    pthread_t other;

    pthread_create(&other, NULL, send_all, &d);
    for (size_t i = 0; i < HELD_MAX; i++) {
        fds[i] = client_open(t, s);
        client_send(fds[i], str_fmt(t->mem,
                                    "GET /hold%zu HTTP/1.1\r\nHost: a"
                                    "\r\nConnection: close\r\n\r\n",
                                    i));
    }
    for (size_t i = 0; i < HELD_MAX; i++) {
        struct str want = str_fmt(t->mem, "\r\n\r\nGET /hold%zu []", i);

        CHECK(str_ends(client_read_all(t, fds[i]), want));
        close(fds[i]);
    }
    pthread_join(other, NULL);
    server_stop(s);
    CHECK_INT(d.handled, HELD_MAX);
}

TEST(server_answers_head_204_and_304_without_body)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    struct str got;

    got = ask(t, s,
              S("HEAD /h HTTP/1.1\r\nHost: a\r\n"
                "Connection: close\r\n\r\n"));
    CHECK(has(got, S("\r\nContent-Length: 10\r\n")));
    CHECK(str_ends(got, S("\r\n\r\n")));
    got = ask(t, s, S(GET_LAST("/204")));
    CHECK(str_starts(got, S("HTTP/1.1 204 No Content\r\n")));
    CHECK(!has(got, S("Content-Length")) && str_ends(got, S("\r\n\r\n")));
    got = ask(t, s, S(GET_LAST("/304")));
    CHECK(str_starts(got, S("HTTP/1.1 304 Not Modified\r\n")));
    CHECK(!has(got, S("Content-Length")) && str_ends(got, S("\r\n\r\n")));
    server_stop(s);
}

TEST(server_invites_a_body_that_waits_for_it)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    int fd = client_open(t, s);
    struct str got;

    client_send(fd, S("POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
                      "Connection: close\r\nExpect: 100-continue\r\n\r\n"));
    CHECK_STR(client_read(t, fd, 25), S("HTTP/1.1 100 Continue\r\n\r\n"));
    client_send(fd, S("hello"));
    got = client_read_all(t, fd);
    CHECK(str_starts(got, S("HTTP/1.1 200 OK\r\n")));
    CHECK(str_ends(got, S("POST /c [hello]")));
    close(fd);
    got = ask(t, s,
              S("POST /c HTTP/1.1\r\nHost: a\r\nContent-Length: 65537"
                "\r\nExpect: 100-continue\r\n\r\n"));
    CHECK(str_starts(got, S("HTTP/1.1 413 ")));
    server_stop(s);
}

TEST(server_reads_a_request_in_single_bytes)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    struct str r = S("POST /b HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                     "Content-Length: 3\r\n\r\nxyz");
    int fd = client_open(t, s);
    int on = 1;

    setsockopt(fd, IPPROTO_TCP, 1 /* TCP_NODELAY */, &on, sizeof(on));
    for (size_t i = 0; i < r.n; i++)
        client_send(fd, str_slice(r, i, i + 1));
    CHECK(str_ends(client_read_all(t, fd), S("\r\n\r\nPOST /b [xyz]")));
    close(fd);
    server_stop(s);
}

/* A request for /length with a head of about `head` and `body` bytes. */
static struct str large(struct test *t, const char *path, size_t head,
                        size_t body)
{
    struct buf *b = buf_new(t->mem, 32 << 20);

    buf_fmt(b,
            "POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: %zu\r\nX: ", path,
            body);
    while (b->n < head)
        buf_byte(b, 'x');
    buf_lit(b, "\r\n\r\n");
    for (size_t i = 0; i < body; i++)
        buf_byte(b, 'y');
    return buf_str(b);
}

TEST(server_reads_heads_and_bodies_of_every_size)
{
    static const size_t sizes[][2] = {
        { 0, 1 },         { 0, 3000 },     { 0, 4096 },     { 0, 12000 },
        { 0, 16300 },     { 0, 16384 },    { 0, 65536 },    { 5000, 1 },
        { 4094, 5000 },   { 5000, 11000 }, { 5000, 12000 }, { 16000, 300 },
        { 16000, 70000 }, { 0, 3 << 20 },  { 0, 10 << 20 },
    };
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    int fd = client_open(t, s);
    struct str got;

    for (size_t i = 0; i < COUNT(sizes); i++)
        client_send(fd, large(t, "/length", sizes[i][0], sizes[i][1]));
    client_send(fd, S(GET_LAST("/end")));
    got = client_read_all(t, fd);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        struct str want =
            str_fmt(t->mem, "\r\n\r\n%zuHTTP/1.1 200", sizes[i][1]);
        size_t at = str_find(got, want);

        if (!CHECK(at != SIZE_MAX))
            break;
        got = str_slice(got, at + want.n - 12, got.n);
    }
    CHECK(str_ends(got, S("GET /end []")));
    close(fd);
    server_stop(s);
}

TEST(server_refuses_what_is_too_large)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s;
    struct str got;

    c.bodies_max = 1 << 20;
    s = client_server(t, &c);
    got = ask(t, s, large(t, "/x", 0, 65537));
    CHECK(str_starts(got, S("HTTP/1.1 413 ")));
    CHECK(has(got, S("413 提交的内容太大")));
    CHECK(has(got, S("\r\nConnection: close\r\n")));
    got = ask(t, s, large(t, "/length", 0, (10 << 20) + 1));
    CHECK(str_starts(got, S("HTTP/1.1 413 ")));
    got = ask(t, s, large(t, "/length", 0, (1 << 20) + 1));
    CHECK(str_starts(got, S("HTTP/1.1 503 ")));
    CHECK(has(got, S("\r\nRetry-After: 5\r\n")));
    got = ask(t, s, large(t, "/x", 16385, 0));
    CHECK(str_starts(got, S("HTTP/1.1 431 ")));
    server_stop(s);
    CHECK_INT(d.handled, 0);
    CHECK_INT(d.refused, 4);
}

TEST(server_gives_up_on_slow_heads)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s;
    int silent;
    int fd;

    c.header_ms = 50;
    s = client_server(t, &c);
    silent = client_open(t, s);
    fd = client_open(t, s);
    client_send(fd, S("GET / HTTP/1.1\r\nHost:"));
    CHECK(str_starts(client_read_all(t, fd), S("HTTP/1.1 408 ")));
    CHECK_INT(client_read_all(t, silent).n, 0);
    CHECK_INT(desk_refused(&d), 408);
    close(fd);
    close(silent);
    server_stop(s);
}

TEST(server_gives_up_on_slow_bodies_but_not_on_steady_ones)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s;
    int64_t from;
    int fd;

    c.body_ms = 300;
    s = client_server(t, &c);
    fd = client_open(t, s);
    client_send(fd, S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 60000"
                      "\r\n\r\nx"));
    CHECK(str_starts(client_read_all(t, fd), S("HTTP/1.1 408 ")));
    close(fd);
    fd = client_open(t, s);
    from = clock_steady_ms();
    client_send(fd, S("POST /length HTTP/1.1\r\nHost: a\r\n"
                      "Connection: close\r\nContent-Length: 60000\r\n\r\n"));
    for (int i = 0; i < 60; i++) {
        char part[1000] = "y";

        client_send(fd, (struct str){ part, sizeof(part) });
        usleep(6000);
    }
    CHECK(clock_steady_ms() - from > c.body_ms);
    CHECK(str_ends(client_read_all(t, fd), S("\r\n\r\n60000")));
    close(fd);
    server_stop(s);
}

TEST(server_closes_idle_connections_without_a_word)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s;
    int fd;
    struct str got;

    c.idle_ms = 50;
    s = client_server(t, &c);
    fd = client_open(t, s);
    client_send(fd, S(GET("/i")));
    got = client_read_all(t, fd);
    CHECK(str_ends(got, S("GET /i []")));
    CHECK(!has(got, S("Connection: close")));
    close(fd);
    server_stop(s);
}

TEST(server_sends_answers_larger_than_a_socket_takes)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s;
    struct str got;

    d.big = (struct str){ mem_alloc(t->mem, BIG), BIG };
    s = client_server(t, &c);
    got = ask(t, s, S(GET_LAST("/big")));
    CHECK(has(got, S("\r\nContent-Length: 8388608\r\n")));
    CHECK_INT(got.n - str_find(got, S("\r\n\r\n")) - 4, BIG);
    server_stop(s);
}

TEST(server_drops_clients_that_do_not_read)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s;
    int fd;

    d.big = (struct str){ mem_alloc(t->mem, BIG), BIG };
    c.write_ms = 50;
    s = client_server(t, &c);
    fd = client_open(t, s);
    client_send(fd, S(GET("/big")));
    CHECK_INT(client_read(t, fd, 10).n, 10);
    for (int i = 0; i < 5000 && server_connections(s) > 0; i++)
        usleep(1000);
    CHECK_INT(server_connections(s), 0);
    close(fd);
    server_stop(s);
}

TEST(server_turns_away_connections_over_its_limit)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s;
    int fd[3];
    struct str got;

    c.connection_max = 2;
    s = client_server(t, &c);
    for (int i = 0; i < 2; i++) {
        fd[i] = client_open(t, s);
        client_send(fd[i], S(GET("/x")));
        CHECK(client_read(t, fd[i], 10).n == 10);
    }
    fd[2] = client_open(t, s);
    got = client_read_all(t, fd[2]);
    CHECK(str_starts(got, S("HTTP/1.1 503 ")));
    CHECK(has(got, S("\r\nRetry-After: ")));
    CHECK_INT(server_connections(s), 2);
    for (int i = 0; i < 3; i++)
        close(fd[i]);
    server_stop(s);
}

TEST(server_survives_a_client_that_leaves_while_its_request_is_held)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct linger reset = { .l_onoff = 1 };
    struct server *s = client_server(t, &c);
    int fd[2] = { client_open(t, s), client_open(t, s) };

    client_send(fd[0], S(GET("/hold0")));
    desk_wait(&d, 1);
    client_send(fd[1], S(GET("/hold1")));
    desk_wait(&d, 2);
    setsockopt(fd[0], SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    close(fd[0]);
    close(fd[1]);
    CHECK(str_ends(ask(t, s, S(GET_LAST("/x"))), S("GET /x []")));
    CHECK(exchange_age(d.held[0]) >= 0);
    exchange_send_all(d.held, 2);
    CHECK(str_ends(ask(t, s, S(GET_LAST("/y"))), S("GET /y []")));
    server_stop(s);
}

static void *stop_server(void *arg)
{
    server_stop(arg);
    return NULL;
}

TEST(server_stop_finishes_what_runs_and_closes_what_is_idle)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = client_server(t, &c);
    int idle = client_open(t, s);
    int fd = client_open(t, s);
    pthread_t other;
    struct str got;

    client_send(idle, S(GET("/x")));
    CHECK(client_read(t, idle, 10).n == 10);
    client_send(fd, S(GET("/hold")));
    desk_wait(&d, 1);
    pthread_create(&other, NULL, stop_server, s);
    client_read_all(t, idle);
    exchange_send(d.held[0]);
    got = client_read_all(t, fd);
    CHECK(has(got, S("\r\nConnection: close\r\n")));
    CHECK(str_ends(got, S("GET /hold []")));
    pthread_join(other, NULL);
    close(idle);
    close(fd);
}

TEST(server_stop_does_not_wait_for_slow_clients)
{
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s;
    int fd;

    c.stop_ms = 50;
    s = client_server(t, &c);
    fd = client_open(t, s);
    client_send(fd, S("GET / HTTP/1.1\r\nHost:"));
    while (server_connections(s) == 0)
        usleep(1000);
    server_stop(s);
    CHECK_INT(client_read(t, fd, 1).n, 0);
    close(fd);
}

TEST(server_start_refuses_addresses_it_cannot_have)
{
    static const struct str bad[] = { S_INIT(""), S_INIT("localhost"),
                                      S_INIT("192.0.2.1"), S_INIT("x\0y"),
                                      S_INIT("127.0.0.1:80") };
    struct server_desk d;
    struct server_config c = desk_config(&d);
    struct server *s = NULL;

    for (size_t i = 0; i < COUNT(bad); i++) {
        struct text reason = TEXT("", "");

        c.host = bad[i];
        CHECK_INT(server_start(t->mem, &c, &s, &reason), E_INPUT);
        CHECK(!text_empty(reason) && reason.en.n > 0);
        CHECK(!s);
    }
}

TEST(response_headers_cannot_be_injected)
{
    struct response r;
    struct buf *b = buf_new(t->mem, 2 * RESPONSE_HEADERS_MAX);

    response_init(&r, t->mem);
    CHECK(response_put(&r, S("Location"), S("/a?b=项")));
    CHECK(!response_put(&r, S("X"), S("a\r\nSet-Cookie: b")));
    CHECK(!response_put(&r, S("X"), S("a\n")));
    CHECK(!response_put(&r, S("X"), S("\r")));
    CHECK(!response_put(&r, S("X"), S("a\0b")));
    while (b->n < RESPONSE_HEADERS_MAX)
        buf_byte(b, 'a');
    CHECK(!response_put(&r, S("X"), buf_str(b)));
    CHECK(response_put(&r, S("Vary"), S("")));
    CHECK_STR(buf_str(&r.headers), S("Location: /a?b=项\r\nVary: \r\n"));
    CHECK(!buf_overflowed(&r.headers));
}

TEST(http_dates_are_written_as_the_standard_shows)
{
    char date[HTTP_DATE_SIZE];

    http_date(784111777000, date);
    CHECK_STR(((struct str){ date, sizeof(date) }),
              S("Sun, 06 Nov 1994 08:49:37 GMT"));
    http_date(4102444799999, date);
    CHECK_STR(((struct str){ date, sizeof(date) }),
              S("Thu, 31 Dec 2099 23:59:59 GMT"));
}
