/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * http_client_test.h - a blocking client, for tests of the server.
 */
#ifndef DAJUAN_WEB_HTTP_CLIENT_TEST_H
#define DAJUAN_WEB_HTTP_CLIENT_TEST_H

#include "base/buf.h"
#include "test/test.h"
#include "web/server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

static inline struct server *client_server(struct test *t,
                                           struct server_config *c)
{
    struct server *s = NULL;
    struct text reason;

    c->host = S("127.0.0.1");
    if (server_start(t->mem, c, &s, &reason) != OK)
        BUG("%.*s", STR_ARG(reason.en));
    return s;
}

/* A connection; reads give up after five seconds. */
static inline int client_dial(struct test *t, uint16_t port)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_port = htons(port),
                             .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct timeval patience = { .tv_sec = 5 };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    CHECK(connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0);
    return fd;
}

static inline int client_open(struct test *t, const struct server *s)
{
    return client_dial(t, server_port(s));
}

/* All of it, or as much as the other end takes. */
static inline void client_send(int fd, struct str s)
{
    while (s.n) {
        ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

        if (n <= 0)
            return;
        s = str_slice(s, (size_t)n, s.n);
    }
}

/* Until the other end closes. A reset or five silent seconds fail. */
static inline struct str client_read_all(struct test *t, int fd)
{
    struct buf *b = buf_new(t->mem, 64 << 20);
    ssize_t n;

    do {
        char *to = buf_room(b, 4096);

        n = recv(fd, to, 4096, 0);
        if (n > 0)
            buf_took(b, (size_t)n);
    } while (n > 0);
    CHECK(n == 0);
    return buf_str(b);
}

/* Just `n` bytes, or fewer when no more come. */
static inline struct str client_read(struct test *t, int fd, size_t n)
{
    char *p = mem_raw(t->mem, n + 1);
    ssize_t got = recv(fd, p, n, MSG_WAITALL);

    return (struct str){ p, got > 0 ? (size_t)got : 0 };
}

static inline int client_count(struct str s, struct str what)
{
    int n = 0;
    size_t at;

    while ((at = str_find(s, what)) != SIZE_MAX) {
        s = str_slice(s, at + what.n, s.n);
        n++;
    }
    return n;
}

#endif
