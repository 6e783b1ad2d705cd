/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Threads, the listening socket and the way between threads. All threads
 * wait on the one listening socket (EPOLLEXCLUSIVE wakes one of them); who
 * accepts gives the connection to the thread that has the fewest, because
 * long-lived connections that sit on one thread would leave the others idle.
 */
#include "web/server.h"

#include "base/file.h"
#include "web/http_conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    THREADS_MAX = 64,
    ACCEPTS = 16, /* in a row, before requests get their turn */
    EVENTS = 128,
    LISTEN_PAUSE_MS = 100,
    BACKLOG = 1024,
};

static _Thread_local struct loop *this_loop;

/* Connections: taken and given by any thread, seldom. */

static struct conn *server_conn_new(struct server *s)
{
    struct conn *c;

    pthread_mutex_lock(&s->lock);
    c = s->free_conns;
    if (c)
        s->free_conns = c->next;
    else
        c = NEW(s->m, struct conn);
    pthread_mutex_unlock(&s->lock);
    *c = (struct conn){ .fd = -1 };
    return c;
}

void server_conn_free(struct server *s, struct conn *c)
{
    atomic_fetch_sub(&s->connections, 1);
    pthread_mutex_lock(&s->lock);
    c->next = s->free_conns;
    s->free_conns = c;
    pthread_mutex_unlock(&s->lock);
}

/* Between threads: two stacks per loop, and one eventfd to say so. */

static void loop_wake(struct loop *l)
{
    uint64_t one = 1;

    if (write(l->wake, &one, sizeof(one)) < 0 && errno != EAGAIN)
        BUG("eventfd: %s", strerror(errno));
}

/* True: the stack was empty, so somebody must wake the loop. */
static bool done_push(struct loop *l, struct turn *t)
{
    struct turn *head = atomic_load(&l->done);

    do {
        t->next = head;
    } while (!atomic_compare_exchange_weak(&l->done, &head, t));
    return !head;
}

static void arrival_push(struct loop *l, struct conn *c)
{
    struct conn *head = atomic_load(&l->arrivals);

    do {
        c->next = head;
    } while (!atomic_compare_exchange_weak(&l->arrivals, &head, c));
    if (!head)
        loop_wake(l);
}

/* True: sent from inside its own handle(), where no queue is needed. */
static bool sent_here(struct turn *t)
{
    if (atomic_exchange(&t->sent, true))
        BUG("an exchange was sent twice");
    if (t->loop != this_loop || t->loop->running != t)
        return false;
    t->answered = true;
    return true;
}

/*
 * Once pushed, an exchange no longer keeps the server alive, but its loop
 * has yet to be woken: server_stop() waits for `senders` to be through.
 */
void exchange_send(struct exchange *x)
{
    struct turn *t = (struct turn *)x;
    struct loop *l = t->loop;
    struct server *s = l->server;

    if (sent_here(t))
        return;
    atomic_fetch_add(&s->senders, 1);
    if (done_push(l, t))
        loop_wake(l);
    atomic_fetch_sub(&s->senders, 1);
}

void exchange_send_all(struct exchange *const *x, size_t n)
{
    struct loop *wake[THREADS_MAX] = { NULL };
    struct server *s = n ? ((struct turn *)x[0])->loop->server : NULL;

    if (!s)
        return;
    atomic_fetch_add(&s->senders, 1);
    for (size_t i = 0; i < n; i++) {
        struct turn *t = (struct turn *)x[i];
        struct loop *l = t->loop;

        if (!sent_here(t) && done_push(l, t))
            wake[l->number] = l;
    }
    for (size_t i = 0; i < THREADS_MAX; i++)
        if (wake[i])
            loop_wake(wake[i]);
    atomic_fetch_sub(&s->senders, 1);
}

int64_t exchange_age(const struct exchange *x)
{
    return clock_steady_ms() - ((const struct turn *)x)->started;
}

static void loop_done(struct loop *l)
{
    struct turn *newest;
    struct turn *oldest = NULL;

    if (!atomic_load_explicit(&l->done, memory_order_relaxed))
        return;
    newest = atomic_exchange(&l->done, NULL);
    while (newest) {
        struct turn *next = newest->next;

        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    while (oldest) {
        struct turn *next = oldest->next;

        conn_answered(oldest);
        oldest = next;
    }
}

static void loop_arrivals(struct loop *l)
{
    struct conn *c;

    if (!atomic_load_explicit(&l->arrivals, memory_order_relaxed))
        return;
    c = atomic_exchange(&l->arrivals, NULL);
    while (c) {
        struct conn *next = c->next;

        c->next = NULL;
        conn_adopt(l, c);
        c = next;
    }
}

/* Accepting. */

static void peer_write(struct conn *c, const struct sockaddr_storage *a)
{
    struct str text = S("?");

    if (a->ss_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)a;

        inet_ntop(AF_INET, &in->sin_addr, c->peer, sizeof(c->peer));
        text = str_from(c->peer);
    } else if (a->ss_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const struct sockaddr_in6 *)a;

        inet_ntop(AF_INET6, &in->sin6_addr, c->peer, sizeof(c->peer));
        text = str_from(c->peer);
        if (IN6_IS_ADDR_V4MAPPED(&in->sin6_addr))
            text = str_slice(text, 7, text.n); /* without ::ffff: */
    }
    memmove(c->peer, text.p, text.n);
    c->peer_n = (uint8_t)text.n;
}

/* Too many connections: one try to say so, and no more thought. */
static void turn_away(struct server *s, int fd)
{
    static const char words[] = "HTTP/1.1 503 Service Unavailable\r\n"
                                "Content-Length: 0\r\nRetry-After: 5\r\n"
                                "Connection: close\r\n\r\n";
    char waste[4096];

    /* Unread bytes would turn the close into a reset. */
    if (send(fd, words, sizeof(words) - 1, MSG_NOSIGNAL) > 0 &&
        shutdown(fd, SHUT_WR) == 0 && recv(fd, waste, sizeof(waste), 0) < 0)
        errno = 0;
    close(fd);
    if (s->config.refused)
        s->config.refused(s->config.arg, S("?"), 503, "too many connections");
}

static struct loop *loop_for_next(struct loop *self)
{
    struct server *s = self->server;
    struct loop *best = self;
    unsigned least = atomic_load(&self->connections);

    for (unsigned i = 0; i < s->config.threads; i++) {
        unsigned n = atomic_load(&s->loops[i].connections);

        if (n < least) {
            best = &s->loops[i];
            least = n;
        }
    }
    return best;
}

static void accepted(struct loop *l, int fd, const struct sockaddr_storage *a)
{
    struct server *s = l->server;
    struct loop *to = loop_for_next(l);
    struct conn *c;

    if (atomic_fetch_add(&s->connections, 1) >= s->config.connection_max) {
        atomic_fetch_sub(&s->connections, 1);
        turn_away(s, fd);
        return;
    }
    c = server_conn_new(s);
    c->fd = fd;
    peer_write(c, a);
    atomic_fetch_add(&to->connections, 1);
    if (to == l)
        conn_adopt(l, c);
    else
        arrival_push(to, c);
}

static void listen_on(struct loop *l)
{
    struct server *s = l->server;
    struct epoll_event e = { .events = EPOLLIN | EPOLLEXCLUSIVE,
                             .data.ptr = s };

    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, s->listening, &e) < 0)
        BUG("epoll_ctl: %s", strerror(errno));
    l->listens = true;
}

static void listen_off(struct loop *l)
{
    if (!l->listens)
        return;
    epoll_ctl(l->epoll, EPOLL_CTL_DEL, l->server->listening, NULL);
    l->listens = false;
}

static void loop_accept(struct loop *l)
{
    for (int i = 0; i < ACCEPTS; i++) {
        struct sockaddr_storage a;
        socklen_t n = sizeof(a);
        int fd = accept4(l->server->listening, (struct sockaddr *)&a, &n,
                         SOCK_NONBLOCK | SOCK_CLOEXEC);

        if (fd >= 0) {
            accepted(l, fd, &a);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
            errno == ENOMEM) {
            log_warn("event=accept_failed error=%d", errno);
            listen_off(l);
            l->listen_at = l->now + LISTEN_PAUSE_MS;
        }
        return;
    }
}

/* The loop of a thread. */

static void loop_clock(struct loop *l)
{
    l->now = clock_steady_ms();
    l->wall = clock_ms();
}

static void sooner(int64_t *at, int64_t other)
{
    if (other && (!*at || other < *at))
        *at = other;
}

/* Milliseconds until the first deadline; -1: there is none. */
static int loop_patience(const struct loop *l)
{
    int64_t at = 0;

    for (size_t i = 0; i < TIMER_COUNT; i++)
        if (l->lists[i].first)
            sooner(&at, l->lists[i].first->deadline);
    sooner(&at, l->listen_at);
    sooner(&at, l->stop_at);
    if (!at)
        return -1;
    return at <= l->now ? 0 : (int)(at - l->now);
}

static void loop_expire(struct loop *l)
{
    for (size_t i = 0; i < TIMER_COUNT; i++) {
        struct conn *c;

        while ((c = l->lists[i].first) && c->deadline <= l->now)
            conn_expire(c);
    }
    if (l->listen_at && l->listen_at <= l->now) {
        l->listen_at = 0;
        listen_on(l);
    }
}

/* Close those without a request, or, with `all`, all a handler has not. */
static void loop_sweep(struct loop *l, bool all)
{
    for (size_t i = 0; i < TIMER_COUNT; i++) {
        struct conn *c = l->lists[i].first;

        while (c) {
            struct conn *next = c->next;

            if (all || conn_is_idle(c))
                conn_close(c);
            c = next;
        }
    }
}

/* True: this loop is at its end. */
static bool loop_stops(struct loop *l)
{
    if (!atomic_load_explicit(&l->server->stopping, memory_order_relaxed))
        return false;
    if (!l->stopping) {
        l->stopping = true;
        l->stop_at = l->now + l->server->config.stop_ms;
        l->listen_at = 0;
        listen_off(l);
    }
    loop_sweep(l, l->stop_at == 0 || l->stop_at <= l->now);
    if (l->stop_at <= l->now)
        l->stop_at = 0;
    return atomic_load(&l->connections) == 0;
}

static void loop_free_spares(struct loop *l)
{
    while (l->spare) {
        struct turn *t = l->spare;

        l->spare = t->next;
        mem_free(t->x.m);
        mem_free(t->home);
    }
}

static void *loop_run(void *arg)
{
    struct loop *l = arg;
    struct server *s = l->server;
    struct epoll_event events[EVENTS];

    this_loop = l;
    if (s->config.thread_start)
        l->state = s->config.thread_start(s->config.arg, l->number);
    loop_clock(l);
    while (!loop_stops(l)) {
        int n = epoll_wait(l->epoll, events, EVENTS, loop_patience(l));

        loop_clock(l);
        for (int i = 0; i < n; i++) {
            void *what = events[i].data.ptr;

            if (what == s)
                loop_accept(l);
            else if (what != l)
                conn_event(what, events[i].events);
        }
        loop_arrivals(l);
        loop_done(l);
        loop_expire(l);
    }
    if (s->config.thread_stop)
        s->config.thread_stop(l->state);
    loop_free_spares(l);
    return NULL;
}

/* Beginning and end. */

static void set_default(int *value, int standard)
{
    if (*value <= 0)
        *value = standard;
}

static void set_default_size(size_t *value, size_t standard)
{
    if (*value == 0)
        *value = standard;
}

static void config_complete(struct server_config *c)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);

    if (!c->handle)
        BUG("a server without a handler");
    if (c->threads == 0)
        c->threads = cores > 0 ? (unsigned)cores : 1;
    if (c->threads > THREADS_MAX)
        c->threads = THREADS_MAX;
    if (c->connection_max == 0)
        c->connection_max = 10000;
    set_default_size(&c->body_max, SERVER_BODY_MAX);
    set_default_size(&c->upload_max, 10 << 20);
    set_default_size(&c->bodies_max, 256 << 20);
    set_default(&c->header_ms, 10000);
    set_default(&c->body_ms, 10000);
    set_default(&c->idle_ms, 60000);
    set_default(&c->write_ms, 30000);
    set_default(&c->stop_ms, 5000);
}

static int listen_at(const struct addrinfo *a)
{
    int on = 1;
    int off = 0;
    int fd =
        socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    if (a->ai_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
    if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    off = errno;
    close(fd);
    errno = off;
    return -1;
}

static enum err socket_open(struct mem *m, struct server *s,
                            struct text *ret_reason)
{
    struct addrinfo hints = { .ai_flags =
                                  AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                              .ai_socktype = SOCK_STREAM };
    const struct server_config *c = &s->config;
    struct str port = str_fmt(m, "%u", (unsigned)c->port);
    struct addrinfo *a;
    struct text why;

    if (c->host.n == 0 || memchr(c->host.p, 0, c->host.n) ||
        getaddrinfo(str_c(m, c->host), port.p, &hints, &a) != 0) {
        *ret_reason = text_fmt(
            m, "监听地址“%.*s”不对，请写数字地址，如 127.0.0.1。",
            "\"%.*s\" is no address to listen on. Write a numeric one, like "
            "127.0.0.1.",
            STR_ARG(c->host));
        return E_INPUT;
    }
    s->listening = listen_at(a);
    why = error_words(errno);
    freeaddrinfo(a);
    if (s->listening >= 0)
        return OK;
    *ret_reason = (struct text){
        str_fmt(m,
                "无法在 %.*s 端口 %u 上监听（%.*s）。请换端口，或停掉占用它的"
                "程序。",
                STR_ARG(c->host), (unsigned)c->port, STR_ARG(why.zh)),
        str_fmt(m,
                "Could not listen on %.*s port %u (%.*s). Choose another port, "
                "or stop the program that has it.",
                STR_ARG(c->host), (unsigned)c->port, STR_ARG(why.en)),
    };
    return E_INPUT;
}

/* TCP_NODELAY on the listening socket is inherited by what it accepts. */
static void socket_prepare(struct server *s)
{
    struct sockaddr_storage a = { .ss_family = AF_UNSPEC };
    socklen_t n = sizeof(a);
    int on = 1;

    setsockopt(s->listening, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (getsockname(s->listening, (struct sockaddr *)&a, &n) < 0)
        BUG("getsockname: %s", strerror(errno));
    if (a.ss_family == AF_INET)
        s->port = ntohs(((struct sockaddr_in *)&a)->sin_port);
    else if (a.ss_family == AF_INET6)
        s->port = ntohs(((struct sockaddr_in6 *)&a)->sin6_port);
}

static void loop_init(struct server *s, unsigned number)
{
    struct loop *l = &s->loops[number];
    struct epoll_event e = { .events = EPOLLIN | EPOLLET, .data.ptr = l };

    l->server = s;
    l->number = number;
    l->epoll = epoll_create1(EPOLL_CLOEXEC);
    l->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (l->epoll < 0 || l->wake < 0 ||
        epoll_ctl(l->epoll, EPOLL_CTL_ADD, l->wake, &e) < 0)
        BUG("epoll: %s", strerror(errno));
    listen_on(l);
}

/* Signals are for the thread that started the server. */
static void threads_start(struct server *s)
{
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (unsigned i = 0; i < s->config.threads; i++)
        if (pthread_create(&s->loops[i].thread, NULL, loop_run, &s->loops[i]) !=
            0)
            BUG("could not start a thread");
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

enum err server_start(struct mem *m, const struct server_config *c,
                      struct server **ret, struct text *ret_reason)
{
    struct mem *own = mem_new();
    struct server *s = NEW(own, struct server);
    enum err e = OK;

    s->m = own;
    s->config = *c;
    config_complete(&s->config);
    s->listening = c->listening;
    if (c->listening <= 0)
        e = socket_open(m, s, ret_reason);
    if (e) {
        mem_free(own);
        return e;
    }
    socket_prepare(s);
    pthread_mutex_init(&s->lock, NULL);
    s->loops = mem_alloc(own, (s->config.threads + 1) * sizeof(*s->loops));
    /* Arenas align to 16; a loop wants cache lines of its own. */
    s->loops = (struct loop *)(((uintptr_t)s->loops + 63) & ~(uintptr_t)63);
    for (unsigned i = 0; i < s->config.threads; i++)
        loop_init(s, i);
    threads_start(s);
    *ret = s;
    return OK;
}

uint16_t server_port(const struct server *s)
{
    return s->port;
}

unsigned server_connections(const struct server *s)
{
    return atomic_load(&s->connections);
}

void server_stop(struct server *s)
{
    struct mem *own = s->m;

    atomic_store(&s->stopping, true);
    for (unsigned i = 0; i < s->config.threads; i++)
        loop_wake(&s->loops[i]);
    for (unsigned i = 0; i < s->config.threads; i++)
        pthread_join(s->loops[i].thread, NULL);
    while (atomic_load(&s->senders))
        sched_yield();
    for (unsigned i = 0; i < s->config.threads; i++) {
        struct loop *l = &s->loops[i];

        /* Handed over by a thread that had not yet seen the end. */
        for (struct conn *c = atomic_load(&l->arrivals); c; c = c->next)
            close(c->fd);
        close(l->wake);
        close(l->epoll);
    }
    close(s->listening);
    pthread_mutex_destroy(&s->lock);
    mem_free(own);
}
