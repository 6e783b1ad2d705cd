/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * One connection: read a head, read a body, have it handled, write the
 * answer, again. When everything is at hand that costs two system calls, a
 * read and a write; epoll is told only when a socket blocks. A function
 * that returns "go on" has left the connection alive; any other outcome may
 * have freed it, so callers return at once.
 */
#include "web/http_conn.h"

#include "base/file.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

static void refuse(struct conn *c, int status, const char *reason);

/* Time limits: lists that are sorted because each has one patience. */

static void timer_clear(struct conn *c)
{
    struct conn_list *list;

    if (c->timer == TIMER_NONE)
        return;
    list = &c->loop->lists[c->timer];
    if (c->prev)
        c->prev->next = c->next;
    else
        list->first = c->next;
    if (c->next)
        c->next->prev = c->prev;
    else
        list->last = c->prev;
    c->prev = c->next = NULL;
    c->timer = TIMER_NONE;
}

static int patience(const struct conn *c, enum conn_timer timer)
{
    const struct server_config *config = &c->loop->server->config;

    switch (timer) {
    case TIMER_HEAD:
        return config->header_ms;
    case TIMER_BODY:
        return config->body_ms;
    case TIMER_IDLE:
        return config->idle_ms;
    case TIMER_WRITE:
        return config->write_ms;
    default:
        return CONN_LINGER_MS;
    }
}

/* Bytes of the body that came, or of the answer that went. */
static size_t moved(const struct conn *c)
{
    const struct turn *t = c->turn;

    if (c->state == CONN_WRITE)
        return t->written;
    return t->body ? t->body_n : t->in_n;
}

static void timer_set(struct conn *c, enum conn_timer timer)
{
    struct conn_list *list = &c->loop->lists[timer];

    timer_clear(c);
    c->timer = timer;
    c->deadline = c->loop->now + patience(c, timer);
    if (timer == TIMER_BODY || timer == TIMER_WRITE)
        c->mark = moved(c);
    c->prev = list->last;
    if (list->last)
        list->last->next = c;
    else
        list->first = c;
    list->last = c;
}

static void interest_set(struct conn *c, uint32_t events)
{
    struct epoll_event e = { .events = events, .data.ptr = c };

    if (c->interest == events)
        return;
    c->interest = events;
    if (epoll_ctl(c->loop->epoll, EPOLL_CTL_MOD, c->fd, &e) < 0)
        BUG("epoll_ctl: %s", strerror(errno));
}

/* Work: taken with the first byte, given back with the last. */

static struct turn *turn_new(void)
{
    struct mem *home = mem_new();
    struct turn *t = mem_raw(home, sizeof(*t));

    memset(t, 0, offsetof(struct turn, first));
    t->home = home;
    return t;
}

/* Ready for the next request; `left` bytes of it are in `in` already. */
static void turn_reset(struct turn *t, size_t left)
{
    if (t->x.m)
        mem_reset(t->x.m);
    if (t->reserved)
        atomic_fetch_sub(&t->loop->server->bodies, t->reserved);
    t->reserved = 0;
    t->body = NULL;
    t->body_n = t->written = t->held = t->total = 0;
    t->answered = t->closing = t->refusing = false;
    t->in_n = left;
    http_head_init(&t->x.head);
}

static void turn_take(struct conn *c)
{
    struct loop *l = c->loop;
    struct turn *t = l->spare;

    if (t) {
        l->spare = t->next;
        l->spares--;
    } else {
        t = turn_new();
    }
    t->loop = l;
    t->conn = c;
    t->in = t->first;
    t->in_cap = TURN_FIRST;
    turn_reset(t, 0);
    c->turn = t;
}

static void turn_give(struct conn *c)
{
    struct loop *l = c->loop;
    struct turn *t = c->turn;

    c->turn = NULL;
    if (!t)
        return;
    turn_reset(t, 0);
    mem_free(t->grown);
    t->grown = NULL;
    if (l->spares == TURN_SPARES) {
        mem_free(t->x.m);
        mem_free(t->home);
        return;
    }
    t->next = l->spare;
    l->spare = t;
    l->spares++;
}

/* The arena comes late: slow heads must not cost one each. */
static struct mem *turn_arena(struct turn *t)
{
    if (!t->x.m) {
        t->x.m = mem_new();
        mem_raw(t->x.m, TURN_ARENA); /* the block that resets will keep */
        mem_reset(t->x.m);
    }
    return t->x.m;
}

/* Room for the largest head; what points into `in` is stale afterwards. */
static void turn_grow(struct turn *t)
{
    t->grown = mem_new();
    t->in = mem_raw(t->grown, HTTP_HEAD_MAX);
    t->in_cap = HTTP_HEAD_MAX;
    memcpy(t->in, t->first, t->in_n);
    http_head_init(&t->x.head);
}

/* Ends of a connection. */

void conn_close(struct conn *c)
{
    struct loop *l = c->loop;

    timer_clear(c);
    turn_give(c);
    close(c->fd);
    atomic_fetch_sub(&l->connections, 1);
    server_conn_free(l->server, c);
}

bool conn_is_idle(const struct conn *c)
{
    return c->state == CONN_READ && (!c->turn || c->turn->in_n == 0);
}

/*
 * Closing a socket with unread bytes resets it, and the other end may lose
 * the refusal it has not read yet. So say goodbye, and read on for a while.
 */
static void linger(struct conn *c)
{
    turn_give(c);
    if (shutdown(c->fd, SHUT_WR) < 0) {
        conn_close(c);
        return;
    }
    c->state = CONN_LINGER;
    timer_set(c, TIMER_LINGER);
    interest_set(c, EPOLLIN);
}

static void linger_read(struct conn *c)
{
    char waste[16384];
    ssize_t n = recv(c->fd, waste, sizeof(waste), 0);

    if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
        conn_close(c);
}

/* Writing. */

static void prefix_write(struct turn *t)
{
    struct loop *l = t->loop;
    struct buf b = { .p = t->prefix,
                     .cap = sizeof(t->prefix),
                     .limit = sizeof(t->prefix) };

    if (l->date_s != l->wall / 1000) {
        l->date_s = l->wall / 1000;
        http_date(l->wall, l->date);
    }
    response_prefix(&t->x.response, l->date, t->closing, &b);
    if (buf_overflowed(&b))
        BUG("the head of an answer");
    t->out[0] = (struct iovec){ b.p, b.n };
}

static struct iovec iovec_of(struct str s)
{
    union {
        const char *in;
        void *out; /* writev() only reads, but its type does not say so */
    } p = { .in = s.p };

    return (struct iovec){ p.out, s.n };
}

/* From `response` to `out`; the body stays where it is. */
static void response_start(struct turn *t)
{
    struct response *r = &t->x.response;
    bool to_head = t->x.head.method == HTTP_HEAD;
    struct str body;

    response_end(r);
    if (!t->x.head.keep_alive ||
        atomic_load_explicit(&t->loop->server->stopping, memory_order_relaxed))
        t->closing = true;
    prefix_write(t);
    body = response_body(r, to_head);
    t->out[1] = iovec_of(buf_str(&r->headers));
    t->out[2] = iovec_of(S("\r\n"));
    t->out[3] = iovec_of(body);
    t->held = t->out[0].iov_len + t->out[1].iov_len + 2 + body.n;
    t->total = t->held - body.n + response_size(r, to_head);
    t->written = 0;
}

/* One sendmsg() of what is left in memory. */
static ssize_t send_held(struct conn *c)
{
    struct turn *t = c->turn;
    struct iovec rest[COUNT(t->out)];
    struct msghdr message = { .msg_iov = rest };
    size_t skip = t->written;

    for (size_t i = 0; i < COUNT(t->out); i++) {
        size_t n = t->out[i].iov_len;

        if (skip >= n) {
            skip -= n;
            continue;
        }
        rest[message.msg_iovlen++] =
            (struct iovec){ (char *)t->out[i].iov_base + skip, n - skip };
        skip = 0;
    }
    return sendmsg(c->fd, &message,
                   MSG_NOSIGNAL | (t->total > t->held ? MSG_MORE : 0));
}

/* A piece of the file, from the disk to the socket. */
static ssize_t send_piece(struct conn *c)
{
    struct turn *t = c->turn;
    size_t left = t->total - t->written;
    off_t from = (off_t)(t->written - t->held);
    ssize_t n = sendfile(c->fd, spool_fd(t->x.response.file), &from,
                         left < FILE_PIECE ? left : FILE_PIECE);

    if (n == 0)
        errno = EIO; /* the file is shorter than it was */
    if (n == 0 || (n < 0 && errno == EIO))
        log_error("event=answer_cut error=%d", errno);
    return n == 0 ? -1 : n;
}

static void write_later(struct conn *c)
{
    if (c->timer != TIMER_WRITE)
        timer_set(c, TIMER_WRITE);
    interest_set(c, EPOLLOUT);
}

/*
 * True when all is written; else the socket blocks, others have their turn,
 * or `c` is gone. A reader as fast as the disk must not keep its loop.
 */
static bool write_out(struct conn *c)
{
    struct turn *t = c->turn;
    size_t pause = t->written + FILE_PIECE;

    while (t->written < t->total) {
        bool held = t->written < t->held;
        ssize_t n = held ? send_held(c) : send_piece(c);

        if (n >= 0)
            t->written += (size_t)n;
        if ((n < 0 && errno == EAGAIN) ||
            (n >= 0 && !held && t->written >= pause && t->written < t->total)) {
            write_later(c);
            return false;
        }
        if (n < 0 && errno != EINTR) {
            conn_close(c);
            return false;
        }
    }
    return true;
}

/* After an answer: true when the next request's bytes are here already. */
static bool next_request(struct conn *c)
{
    struct turn *t = c->turn;
    size_t used = t->x.head.size;
    size_t left;

    if (!t->body)
        used += t->x.head.content_length;
    left = t->refusing ? 0 : t->in_n - used;
    if (t->refusing || (t->closing && left)) {
        linger(c);
        return false;
    }
    if (t->closing) {
        conn_close(c);
        return false;
    }
    c->state = CONN_READ;
    interest_set(c, EPOLLIN);
    if (left) {
        memmove(t->in, t->in + used, left);
        turn_reset(t, left);
        timer_clear(c);
        return true;
    }
    turn_give(c);
    timer_set(c, TIMER_IDLE);
    return false;
}

/* Reading. */

static void response_begin(struct turn *t)
{
    response_init(&t->x.response, turn_arena(t));
    t->x.user = NULL;
    t->x.received_ms = t->loop->wall;
    t->started = t->loop->now;
    t->x.peer = (struct str){ t->conn->peer, t->conn->peer_n };
    atomic_store_explicit(&t->sent, false, memory_order_relaxed);
}

/*
 * The server's own answer. It does not reach a handler, and what follows on
 * this connection is not believed.
 */
static void refuse(struct conn *c, int status, const char *reason)
{
    struct turn *t = c->turn;
    const struct server_config *config = &c->loop->server->config;

    response_begin(t);
    response_refuse(&t->x.response, status);
    t->closing = t->refusing = true;
    if (config->refused)
        config->refused(config->arg, t->x.peer, status, reason);
    timer_clear(c);
    response_start(t);
    c->state = CONN_WRITE;
    if (write_out(c))
        next_request(c);
}

/* A body that does not fit behind its head goes into the arena. */
static bool body_apart(struct conn *c, size_t length)
{
    struct server *s = c->loop->server;
    struct turn *t = c->turn;
    struct http_head *h = &t->x.head;
    size_t before = atomic_fetch_add(&s->bodies, length);

    t->reserved = length;
    if (before + length > s->config.bodies_max) {
        refuse(c, 503, "too many large bodies at once");
        return false;
    }
    t->body = mem_raw(turn_arena(t), length);
    t->body_n = t->in_n - h->size;
    memcpy(t->body, t->in + h->size, t->body_n);
    t->in_n = h->size;
    return true;
}

/* The head is complete: find a place for the body. True: go on. */
static bool body_begin(struct conn *c)
{
    const struct server_config *config = &c->loop->server->config;
    struct turn *t = c->turn;
    struct http_head *h = &t->x.head;
    size_t limit = config->body_max;

    c->state = CONN_BODY;
    if (h->content_length == 0)
        return true;
    if (h->content_length > limit && config->is_upload &&
        config->is_upload(config->arg, h->path))
        limit = config->upload_max;
    if (h->content_length > limit) {
        refuse(c, 413, "the body is too large");
        return false;
    }
    if (h->size + h->content_length <= t->in_cap)
        return true;
    if (t->grown || h->size + h->content_length > HTTP_HEAD_MAX)
        return body_apart(c, h->content_length);
    turn_grow(t);
    if (http_parse(h, (struct str){ t->in, t->in_n }) != HTTP_DONE)
        BUG("a head that changed its mind");
    return true;
}

/* True: the head is complete and there is a place for the body. */
static bool head_take(struct conn *c)
{
    struct turn *t = c->turn;

    switch (http_parse(&t->x.head, (struct str){ t->in, t->in_n })) {
    case HTTP_DONE:
        return body_begin(c);
    case HTTP_BAD:
        refuse(c, t->x.head.status, t->x.head.reason);
        return false;
    case HTTP_MORE:
        break;
    }
    if (t->in_n == t->in_cap)
        turn_grow(t); /* at HTTP_HEAD_MAX the parser has refused */
    if (c->timer != TIMER_HEAD)
        timer_set(c, TIMER_HEAD);
    return false;
}

static bool invite_body(struct conn *c)
{
    struct str words = S("HTTP/1.1 100 Continue\r\n\r\n");

    c->turn->x.head.expect_continue = false;
    if (send(c->fd, words.p, words.n, MSG_NOSIGNAL) == (ssize_t)words.n)
        return true;
    conn_close(c);
    return false;
}

/* True: the body is complete. */
static bool body_take(struct conn *c)
{
    struct turn *t = c->turn;
    size_t length = t->x.head.content_length;
    size_t have = t->body ? t->body_n : t->in_n - t->x.head.size;

    if (have >= length) {
        t->x.body.p = t->body ? t->body : t->in + t->x.head.size;
        t->x.body.n = length;
        return true;
    }
    if (have == 0 && t->x.head.expect_continue && !invite_body(c))
        return false;
    if (c->timer != TIMER_BODY)
        timer_set(c, TIMER_BODY);
    return false;
}

/* True: answered at once. */
static bool dispatch(struct conn *c)
{
    struct loop *l = c->loop;
    struct turn *t = c->turn;

    response_begin(t);
    timer_clear(c);
    c->state = CONN_HANDLE;
    l->running = t;
    l->server->config.handle(l->state, &t->x);
    l->running = NULL;
    return t->answered;
}

/* As many requests as are complete, in order. */
static void advance(struct conn *c)
{
    do {
        if (c->state == CONN_READ && !head_take(c))
            return;
        if (!body_take(c) || !dispatch(c))
            return;
        response_start(c->turn);
        c->state = CONN_WRITE;
    } while (write_out(c) && next_request(c));
}

static void conn_read(struct conn *c)
{
    struct turn *t;
    char *to;
    size_t room;
    ssize_t n;

    if (!c->turn)
        turn_take(c);
    t = c->turn;
    to = t->body ? t->body + t->body_n : t->in + t->in_n;
    room = t->body ? t->x.head.content_length - t->body_n : t->in_cap - t->in_n;
    n = recv(c->fd, to, room, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        if (conn_is_idle(c))
            turn_give(c);
        return;
    }
    if (n <= 0) {
        conn_close(c);
        return;
    }
    if (t->body)
        t->body_n += (size_t)n;
    else
        t->in_n += (size_t)n;
    advance(c);
}

/*
 * While a handler keeps the exchange nothing is read. Bytes that come are
 * left in the socket; a connection that broke is remembered.
 */
static void conn_hold(struct conn *c, uint32_t events)
{
    if (!(events & (EPOLLHUP | EPOLLERR))) {
        interest_set(c, 0);
        return;
    }
    if (epoll_ctl(c->loop->epoll, EPOLL_CTL_DEL, c->fd, NULL) < 0)
        BUG("epoll_ctl: %s", strerror(errno));
    c->gone = true;
}

void conn_event(struct conn *c, uint32_t events)
{
    switch (c->state) {
    case CONN_READ:
    case CONN_BODY:
        conn_read(c);
        break;
    case CONN_HANDLE:
        conn_hold(c, events);
        break;
    case CONN_WRITE:
        if (write_out(c) && next_request(c))
            advance(c);
        break;
    case CONN_LINGER:
        linger_read(c);
        break;
    }
}

void conn_answered(struct turn *t)
{
    struct conn *c = t->conn;

    if (c->gone) {
        conn_close(c);
        return;
    }
    response_start(t);
    c->state = CONN_WRITE;
    if (write_out(c) && next_request(c))
        advance(c);
}

void conn_adopt(struct loop *l, struct conn *c)
{
    struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };

    c->loop = l;
    c->interest = EPOLLIN;
    c->state = CONN_READ;
    c->timer = TIMER_NONE;
    if (epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &e) < 0) {
        log_warn("event=epoll_add_failed error=%d", errno);
        conn_close(c);
        return;
    }
    timer_set(c, TIMER_HEAD);
}

static bool moves_well(const struct conn *c)
{
    size_t least = (size_t)patience(c, c->timer) * TURN_RATE / 1000;

    return moved(c) - c->mark >= least;
}

void conn_expire(struct conn *c)
{
    switch (c->timer) {
    case TIMER_HEAD:
        if (conn_is_idle(c))
            conn_close(c);
        else
            refuse(c, 408, "the head came too slowly");
        break;
    case TIMER_BODY:
        if (moves_well(c))
            timer_set(c, TIMER_BODY);
        else
            refuse(c, 408, "the body came too slowly");
        break;
    case TIMER_WRITE:
        if (moves_well(c))
            timer_set(c, TIMER_WRITE);
        else
            conn_close(c);
        break;
    default:
        conn_close(c);
        break;
    }
}
