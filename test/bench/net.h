/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * net.h - the little of a client that post.c and start.c need: a loopback
 * connection, and where an answer ends.
 */
#ifndef DAJUAN_TEST_BENCH_NET_H
#define DAJUAN_TEST_BENCH_NET_H

#include "base/str.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* "http://127.0.0.1:4711/" to 4711; 0 when it is no such address. */
static inline uint16_t port_of(struct str url)
{
    struct str s = S("http://127.0.0.1:");
    int64_t port;

    if (!str_starts(url, s))
        return 0;
    url = str_slice(url, s.n, url.n);
    if (str_find(url, S("/")) != SIZE_MAX)
        url = str_slice(url, 0, str_find(url, S("/")));
    return str_int(url, &port) && port > 0 && port < 65536 ? (uint16_t)port : 0;
}

static inline int net_connect(uint16_t port)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_port = htons(port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int on = 1;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
        BUG("connect: %s", strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    return fd;
}

static inline void net_send(int fd, struct str s)
{
    while (s.n) {
        ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

        if (n <= 0)
            BUG("send: %s", strerror(errno));
        s = str_slice(s, (size_t)n, s.n);
    }
}

/* The length of the answer at the front of `in`; 0: it is not whole yet. */
static inline size_t answer_size(struct str in)
{
    size_t head = str_find(in, S("\r\n\r\n"));
    struct str key = S("\r\nContent-Length: ");
    struct str value;
    size_t at;
    int64_t body;

    if (head == SIZE_MAX)
        return 0;
    at = str_find(str_slice(in, 0, head), key);
    if (at == SIZE_MAX)
        return head + 4;
    value = str_slice(in, at + key.n, head + 2);
    value = str_slice(value, 0, str_find(value, S("\r\n")));
    if (!str_int(value, &body) || body < 0)
        BUG("an answer without length");
    return head + 4 + (size_t)body <= in.n ? head + 4 + (size_t)body : 0;
}

/* Its status; 0 when there is none. */
static inline int64_t answer_status(struct str in)
{
    int64_t status;

    return str_int(str_slice(in, 9, 12), &status) ? status : 0;
}

#endif
