/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * http_conn.h - inside the server: loops, connections and their turns.
 *
 * For server.c and http_conn.c only; everybody else includes server.h.
 *
 * A connection is small and lives as long as its socket. Buffers are in its
 * `turn`, which it has only between the first byte of a request and the last
 * byte of the answer. All of it belongs to one loop, that is one thread;
 * only `done` and `arrivals` are touched by others.
 */
#ifndef DAJUAN_WEB_HTTP_CONN_H
#define DAJUAN_WEB_HTTP_CONN_H

#include "web/server.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/uio.h>

enum {
    TURN_FIRST = 4096,      /* the first read buffer */
    TURN_SPARES = 64,       /* kept per loop */
    TURN_ARENA = 64 << 10,  /* kept per spare turn */
    TURN_RATE = 1024,       /* bytes per second we insist on */
    CONN_LINGER_MS = 2000,  /* to let a refusal be read */
    FILE_PIECE = 256 << 10, /* sent of a file before others have their turn */
};

enum conn_state {
    CONN_READ,   /* no turn: idle; else reading a head */
    CONN_BODY,   /* reading a body */
    CONN_HANDLE, /* the handler has it */
    CONN_WRITE,
    CONN_LINGER, /* answered and shut; what still comes is thrown away */
};

/* One list per limit; all in a list have the same patience. */
enum conn_timer {
    TIMER_HEAD,
    TIMER_BODY,
    TIMER_IDLE,
    TIMER_WRITE,
    TIMER_LINGER,
    TIMER_COUNT,
    TIMER_NONE = TIMER_COUNT,
};

struct conn {
    int fd;
    uint32_t interest; /* epoll events asked for */
    enum conn_state state;
    enum conn_timer timer;
    bool gone; /* the other end left while the handler had the exchange */
    struct loop *loop;
    struct turn *turn;
    struct conn *prev, *next; /* in the list of its timer, or a stack */
    int64_t deadline;
    size_t mark; /* bytes moved when the window began */
    uint8_t peer_n;
    char peer[47];
};

struct turn {
    struct exchange x; /* first, so that an exchange is its turn */
    struct mem *home;  /* where this struct lives */
    struct mem *grown; /* where `in` lives when it outgrew `first` */
    struct loop *loop;
    struct conn *conn;
    struct turn *next; /* in a stack */
    char *in;
    size_t in_n;
    size_t in_cap;
    char *body;      /* when it did not fit behind the head, else NULL */
    size_t body_n;   /* of it, received */
    size_t reserved; /* of it, counted against bodies_max */
    size_t written;
    size_t held;  /* of the answer, what `out` has */
    size_t total; /* with what comes from a file behind it */
    int64_t started;
    bool answered; /* exchange_send() inside handle() */
    bool closing;  /* after this answer */
    bool refusing; /* bytes may be under way that we will not read */
    atomic_bool sent;
    struct iovec out[4];
    char prefix[192]; /* the part of the head that the server writes */
    char first[TURN_FIRST];
};

struct conn_list {
    struct conn *first;
    struct conn *last;
};

struct loop {
    struct server *server;
    unsigned number;
    int epoll;
    int wake;
    pthread_t thread;
    void *state; /* of thread_start() */
    int64_t now; /* steady */
    int64_t wall;
    struct conn_list lists[TIMER_COUNT];
    struct turn *spare;
    unsigned spares;
    struct turn *running; /* inside handle() now */
    bool stopping;
    bool listens;
    int64_t listen_at; /* after running out of descriptors */
    int64_t stop_at;
    int64_t date_s;
    char date[HTTP_DATE_SIZE];
    /* Other threads come in here. */
    _Alignas(64) _Atomic(struct turn *) done;
    _Atomic(struct conn *) arrivals;
    atomic_uint connections;
};

struct server {
    struct server_config config;
    struct mem *m; /* of connections; under `lock` */
    pthread_mutex_t lock;
    struct conn *free_conns;
    struct loop *loops;
    int listening;
    uint16_t port;
    atomic_uint connections;
    atomic_size_t bodies;
    atomic_bool stopping;
    atomic_uint senders; /* threads inside exchange_send() */
};

/* An accepted socket joins the loop of this thread. */
void conn_adopt(struct loop *l, struct conn *c);
/* Something happened on the socket. */
void conn_event(struct conn *c, uint32_t events);
/* The exchange of this turn was sent from elsewhere. */
void conn_answered(struct turn *t);
/* Its deadline has passed; it leaves its list or gets a new deadline. */
void conn_expire(struct conn *c);
/* Close without an answer. `c` is gone afterwards. */
void conn_close(struct conn *c);
/* Has no request begun? Then stopping may close it. */
bool conn_is_idle(const struct conn *c);

/* server.c: give the struct back. */
void server_conn_free(struct server *s, struct conn *c);

#endif
