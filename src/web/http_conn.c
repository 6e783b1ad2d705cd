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
    const struct work *w = c->work;

    if (c->state == CONN_WRITE)
        return w->written;
    return w->body ? w->body_n : w->in_n;
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

static struct work *work_new(void)
{
    struct mem *home = mem_new();
    struct work *w = mem_raw(home, sizeof(*w));

    memset(w, 0, offsetof(struct work, first));
    w->home = home;
    return w;
}

/* Ready for the next request; `left` bytes of it are in `in` already. */
static void work_reset(struct work *w, size_t left)
{
    if (w->x.m)
        mem_reset(w->x.m);
    if (w->reserved)
        atomic_fetch_sub(&w->loop->server->bodies, w->reserved);
    w->reserved = 0;
    w->body = NULL;
    w->body_n = w->written = w->total = 0;
    w->answered = w->closing = w->refusing = false;
    w->in_n = left;
    http_head_init(&w->x.head);
}

static void work_take(struct conn *c)
{
    struct loop *l = c->loop;
    struct work *w = l->spare;

    if (w) {
        l->spare = w->next;
        l->spares--;
    } else {
        w = work_new();
    }
    w->loop = l;
    w->conn = c;
    w->in = w->first;
    w->in_cap = WORK_FIRST;
    work_reset(w, 0);
    c->work = w;
}

static void work_give(struct conn *c)
{
    struct loop *l = c->loop;
    struct work *w = c->work;

    c->work = NULL;
    if (!w)
        return;
    work_reset(w, 0);
    mem_free(w->grown);
    w->grown = NULL;
    if (l->spares == WORK_SPARES) {
        mem_free(w->x.m);
        mem_free(w->home);
        return;
    }
    w->next = l->spare;
    l->spare = w;
    l->spares++;
}

/* The arena comes late: slow heads must not cost one each. */
static struct mem *work_arena(struct work *w)
{
    if (!w->x.m) {
        w->x.m = mem_new();
        mem_raw(w->x.m, WORK_ARENA); /* the block that resets will keep */
        mem_reset(w->x.m);
    }
    return w->x.m;
}

/* Room for the largest head; what points into `in` is stale afterwards. */
static void work_grow(struct work *w)
{
    w->grown = mem_new();
    w->in = mem_raw(w->grown, HTTP_HEAD_MAX);
    w->in_cap = HTTP_HEAD_MAX;
    memcpy(w->in, w->first, w->in_n);
    http_head_init(&w->x.head);
}

/* Ends of a connection. */

void conn_close(struct conn *c)
{
    struct loop *l = c->loop;

    timer_clear(c);
    work_give(c);
    close(c->fd);
    atomic_fetch_sub(&l->connections, 1);
    server_conn_free(l->server, c);
}

bool conn_is_idle(const struct conn *c)
{
    return c->state == CONN_READ && (!c->work || c->work->in_n == 0);
}

/*
 * Closing a socket with unread bytes resets it, and the other end may lose
 * the refusal it has not read yet. So say goodbye, and read on for a while.
 */
static void linger(struct conn *c)
{
    work_give(c);
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

static void prefix_write(struct work *w, size_t length)
{
    struct loop *l = w->loop;
    struct response *r = &w->x.response;
    struct buf b = { .p = w->prefix,
                     .cap = sizeof(w->prefix),
                     .limit = sizeof(w->prefix) };

    if (l->date_s != l->wall / 1000) {
        l->date_s = l->wall / 1000;
        http_date(l->wall, l->date);
    }
    buf_lit(&b, "HTTP/1.1 ");
    buf_int(&b, r->status);
    buf_lit(&b, " ");
    buf_put(&b, http_phrase(r->status));
    buf_lit(&b, "\r\nDate: ");
    buf_put(&b, (struct str){ l->date, HTTP_DATE_SIZE });
    if (response_has_body(r->status)) {
        buf_lit(&b, "\r\nContent-Length: ");
        buf_int(&b, (int64_t)length);
    }
    if (w->closing)
        buf_lit(&b, "\r\nConnection: close");
    buf_lit(&b, "\r\n");
    if (buf_overflowed(&b))
        BUG("the head of an answer");
    w->out[0] = (struct iovec){ b.p, b.n };
}

static struct iovec iovec_of(struct str s)
{
    union {
        const char *in;
        void *out; /* writev() only reads, but its type does not say so */
    } p = { .in = s.p };

    return (struct iovec){ p.out, s.n };
}

static void response_fail(struct work *w)
{
    log_error("event=answer_too_large status=%d", w->x.response.status);
    response_init(&w->x.response, w->x.m);
    w->x.response.status = 500;
    w->x.response.fixed = http_refusal(500);
    response_header(&w->x, "Content-Type", S("text/plain; charset=utf-8"));
}

/* From `response` to `out`; the body stays where it is. */
static void response_start(struct work *w)
{
    struct response *r = &w->x.response;
    struct str body;

    if (r->status < 200 || r->status > 599)
        BUG("status %d in an answer", r->status);
    if (buf_overflowed(&r->body) || buf_overflowed(&r->headers))
        response_fail(w);
    if (!w->x.head.keep_alive ||
        atomic_load_explicit(&w->loop->server->stopping, memory_order_relaxed))
        w->closing = true;
    body = r->fixed.p ? r->fixed : buf_str(&r->body);
    prefix_write(w, body.n);
    if (w->x.head.method == HTTP_HEAD || !response_has_body(r->status))
        body.n = 0;
    w->out[1] = iovec_of(buf_str(&r->headers));
    w->out[2] = iovec_of(S("\r\n"));
    w->out[3] = iovec_of(body);
    w->total = w->out[0].iov_len + w->out[1].iov_len + 2 + body.n;
    w->written = 0;
}

/* One sendmsg() of what is left. */
static ssize_t send_rest(struct conn *c)
{
    struct work *w = c->work;
    struct iovec rest[COUNT(w->out)];
    struct msghdr message = { .msg_iov = rest };
    size_t skip = w->written;

    for (size_t i = 0; i < COUNT(w->out); i++) {
        size_t n = w->out[i].iov_len;

        if (skip >= n) {
            skip -= n;
            continue;
        }
        rest[message.msg_iovlen++] =
            (struct iovec){ (char *)w->out[i].iov_base + skip, n - skip };
        skip = 0;
    }
    return sendmsg(c->fd, &message, MSG_NOSIGNAL);
}

/* True when all is written; else the socket blocks or `c` is gone. */
static bool write_out(struct conn *c)
{
    struct work *w = c->work;

    while (w->written < w->total) {
        ssize_t n = send_rest(c);

        if (n >= 0) {
            w->written += (size_t)n;
        } else if (errno == EAGAIN) {
            if (c->timer != TIMER_WRITE)
                timer_set(c, TIMER_WRITE);
            interest_set(c, EPOLLOUT);
            return false;
        } else if (errno != EINTR) {
            conn_close(c);
            return false;
        }
    }
    return true;
}

/* After an answer: true when the next request's bytes are here already. */
static bool next_request(struct conn *c)
{
    struct work *w = c->work;
    size_t used = w->x.head.size;
    size_t left;

    if (!w->body)
        used += w->x.head.content_length;
    left = w->refusing ? 0 : w->in_n - used;
    if (w->refusing || (w->closing && left)) {
        linger(c);
        return false;
    }
    if (w->closing) {
        conn_close(c);
        return false;
    }
    c->state = CONN_READ;
    interest_set(c, EPOLLIN);
    if (left) {
        memmove(w->in, w->in + used, left);
        work_reset(w, left);
        timer_clear(c);
        return true;
    }
    work_give(c);
    timer_set(c, TIMER_IDLE);
    return false;
}

/* Reading. */

static void response_begin(struct work *w)
{
    response_init(&w->x.response, work_arena(w));
    w->x.user = NULL;
    w->x.received_ms = w->loop->wall;
    w->started = w->loop->now;
    w->x.peer = (struct str){ w->conn->peer, w->conn->peer_n };
    atomic_store_explicit(&w->sent, false, memory_order_relaxed);
}

/*
 * The server's own answer. It does not reach a handler, and what follows on
 * this connection is not believed.
 */
static void refuse(struct conn *c, int status, const char *reason)
{
    struct work *w = c->work;
    const struct server_config *config = &c->loop->server->config;

    response_begin(w);
    w->x.response.status = status;
    w->x.response.fixed = http_refusal(status);
    response_header(&w->x, "Content-Type", S("text/plain; charset=utf-8"));
    response_header(&w->x, "Cache-Control", S("no-store"));
    response_header(&w->x, "X-Content-Type-Options", S("nosniff"));
    response_header(&w->x, "Content-Security-Policy", S("default-src 'none'"));
    if (status == 405)
        response_header(&w->x, "Allow", S("GET, HEAD, POST"));
    if (status == 503)
        response_header(&w->x, "Retry-After", S("5"));
    w->closing = w->refusing = true;
    if (config->refused)
        config->refused(config->arg, w->x.peer, status, reason);
    timer_clear(c);
    response_start(w);
    c->state = CONN_WRITE;
    if (write_out(c))
        next_request(c);
}

/* A body that does not fit behind its head goes into the arena. */
static bool body_apart(struct conn *c, size_t length)
{
    struct server *s = c->loop->server;
    struct work *w = c->work;
    struct http_head *h = &w->x.head;
    size_t before = atomic_fetch_add(&s->bodies, length);

    w->reserved = length;
    if (before + length > s->config.bodies_max) {
        refuse(c, 503, "too many large bodies at once");
        return false;
    }
    w->body = mem_raw(work_arena(w), length);
    w->body_n = w->in_n - h->size;
    memcpy(w->body, w->in + h->size, w->body_n);
    w->in_n = h->size;
    return true;
}

/* The head is complete: find a place for the body. True: go on. */
static bool body_begin(struct conn *c)
{
    const struct server_config *config = &c->loop->server->config;
    struct work *w = c->work;
    struct http_head *h = &w->x.head;
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
    if (h->size + h->content_length <= w->in_cap)
        return true;
    if (w->grown || h->size + h->content_length > HTTP_HEAD_MAX)
        return body_apart(c, h->content_length);
    work_grow(w);
    if (http_parse(h, (struct str){ w->in, w->in_n }) != HTTP_DONE)
        BUG("a head that changed its mind");
    return true;
}

/* True: the head is complete and there is a place for the body. */
static bool head_take(struct conn *c)
{
    struct work *w = c->work;

    switch (http_parse(&w->x.head, (struct str){ w->in, w->in_n })) {
    case HTTP_DONE:
        return body_begin(c);
    case HTTP_BAD:
        refuse(c, w->x.head.status, w->x.head.reason);
        return false;
    case HTTP_MORE:
        break;
    }
    if (w->in_n == w->in_cap)
        work_grow(w); /* at HTTP_HEAD_MAX the parser has refused */
    if (c->timer != TIMER_HEAD)
        timer_set(c, TIMER_HEAD);
    return false;
}

static bool invite_body(struct conn *c)
{
    struct str words = S("HTTP/1.1 100 Continue\r\n\r\n");

    c->work->x.head.expect_continue = false;
    if (send(c->fd, words.p, words.n, MSG_NOSIGNAL) == (ssize_t)words.n)
        return true;
    conn_close(c);
    return false;
}

/* True: the body is complete. */
static bool body_take(struct conn *c)
{
    struct work *w = c->work;
    size_t length = w->x.head.content_length;
    size_t have = w->body ? w->body_n : w->in_n - w->x.head.size;

    if (have >= length) {
        w->x.body.p = w->body ? w->body : w->in + w->x.head.size;
        w->x.body.n = length;
        return true;
    }
    if (have == 0 && w->x.head.expect_continue && !invite_body(c))
        return false;
    if (c->timer != TIMER_BODY)
        timer_set(c, TIMER_BODY);
    return false;
}

/* True: answered at once. */
static bool dispatch(struct conn *c)
{
    struct loop *l = c->loop;
    struct work *w = c->work;

    response_begin(w);
    timer_clear(c);
    c->state = CONN_HANDLE;
    l->running = w;
    l->server->config.handle(l->state, &w->x);
    l->running = NULL;
    return w->answered;
}

/* As many requests as are complete, in order. */
static void advance(struct conn *c)
{
    do {
        if (c->state == CONN_READ && !head_take(c))
            return;
        if (!body_take(c) || !dispatch(c))
            return;
        response_start(c->work);
        c->state = CONN_WRITE;
    } while (write_out(c) && next_request(c));
}

static void conn_read(struct conn *c)
{
    struct work *w;
    char *to;
    size_t room;
    ssize_t n;

    if (!c->work)
        work_take(c);
    w = c->work;
    to = w->body ? w->body + w->body_n : w->in + w->in_n;
    room = w->body ? w->x.head.content_length - w->body_n : w->in_cap - w->in_n;
    n = recv(c->fd, to, room, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
        if (conn_is_idle(c))
            work_give(c);
        return;
    }
    if (n <= 0) {
        conn_close(c);
        return;
    }
    if (w->body)
        w->body_n += (size_t)n;
    else
        w->in_n += (size_t)n;
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

void conn_answered(struct work *w)
{
    struct conn *c = w->conn;

    if (c->gone) {
        conn_close(c);
        return;
    }
    response_start(w);
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
    size_t least = (size_t)patience(c, c->timer) * WORK_RATE / 1000;

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
