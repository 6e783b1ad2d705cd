/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * server.h - HTTP/1.1 on sockets: threads that read, call `handle`, write.
 *
 * Every thread has its own epoll and its own connections; one request of a
 * connection is worked on at a time, pipelined ones wait in order. A request
 * reaches `handle` whole and well-formed (see http_parse.h); everything else
 * is refused here. Nothing is shared between threads while a request runs.
 *
 * Streams of events will use the same exchange: a first call sends the head
 * with "Connection: close" and no length instead of exchange_send(), each
 * event joins the loop's list of work as finished answers do, with a ceiling
 * on what a slow reader may leave behind, and a last call ends it.
 */
#ifndef DAJUAN_WEB_SERVER_H
#define DAJUAN_WEB_SERVER_H

#include "base/text.h"
#include "web/http_parse.h"
#include "web/http_response.h"

enum { SERVER_BODY_MAX = 64 << 10 };

/*
 * One request and its answer. It belongs to the thread that runs handle()
 * until exchange_send(); it may be handed to one other thread before that.
 */
struct exchange {
    struct mem *m; /* of this request; reset once the answer is written */
    struct http_head head;
    struct str body;
    struct str peer;     /* address of the other end, "192.0.2.7" */
    int64_t received_ms; /* when the request was complete */
    struct response response;
    void *user; /* the handler's own; NULL at first */
};

struct server_config {
    struct str host;  /* numeric address to listen on: "127.0.0.1", "::" */
    uint16_t port;    /* 0 picks a free one */
    int listening;    /* > 0: use this listening socket, not host and port */
    unsigned threads; /* 0: one per processor */
    unsigned connection_max; /* at once; more get 503. 0: 10,000 */

    size_t body_max;   /* bytes of a body. 0: SERVER_BODY_MAX */
    size_t upload_max; /* where is_upload() says so. 0: 10 MiB */
    size_t bodies_max; /* of all bodies over 16 KiB at once. 0: 256 MiB */
    /* May requests for `path` (escaped) have upload_max? NULL: none. */
    bool (*is_upload)(void *arg, struct str path);

    /* Milliseconds; 0 gives the figure at the right. */
    int header_ms; /* from first byte to the end of the head; 10,000 */
    int body_ms;   /* window in which a body comes at >= 1 KiB/s; 10,000 */
    int idle_ms;   /* between two requests; 60,000 */
    int write_ms;  /* window in which an answer goes at >= 1 KiB/s; 30,000 */
    int stop_ms;   /* what server_stop() waits for clients; 5,000 */

    void *arg;
    /* On each thread, before its first and after its last request. */
    void *(*thread_start)(void *arg, unsigned thread);
    void (*thread_stop)(void *thread_state);
    /*
     * A request is complete. Fill x->response, then exchange_send(x) here,
     * or keep `x` and let any thread send it later. Required.
     */
    void (*handle)(void *thread_state, struct exchange *x);
    /* The server itself refused a request; for the log. On any thread. */
    void (*refused)(void *arg, struct str peer, int status, const char *reason);
};

struct server;

/*
 * Listen and start the threads. E_INPUT when the address is none or cannot
 * be had: then `ret_reason` says why, and nothing runs. `c` is copied, its
 * strings are not needed later. End it with server_stop().
 */
enum err server_start(struct mem *m, const struct server_config *c,
                      struct server **ret, struct text *ret_reason);

uint16_t server_port(const struct server *s);

/* Connections that are open now. */
unsigned server_connections(const struct server *s);

/*
 * Stop listening, close what is idle, finish what runs, then return. Clients
 * have stop_ms; an exchange that a handler keeps is waited for without limit,
 * because its memory is in use. Frees the server.
 */
void server_stop(struct server *s);

/*
 * The answer is complete: exactly once per exchange, from any thread. `x` is
 * the server's from here. A second call is a BUG.
 */
void exchange_send(struct exchange *x);

/* The same for `n` at once, with at most one wake-up per thread. */
void exchange_send_all(struct exchange *const *x, size_t n);

/* Milliseconds since the request was complete; for time limits. */
int64_t exchange_age(const struct exchange *x);

#endif
