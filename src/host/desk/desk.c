/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The server process: one set of threads over one data folder. */
#include "host/desk/desk.h"

#include "access/session.h"
#include "base/file.h"
#include "host/desk/slow.h"
#include "host/desk/writer.h"
#include "host/ledger/feature.h"
#include "web/once.h"

enum {
    UPLOAD_MAX = 32 << 20,
    CONNECTIONS_MAX = 12000,
    ANSWERS_MAX = 1 << 30,  /* bytes in files, for readers to take */
    PAGES_MAX = 32 << 20,   /* bytes of answers to be sent again */
    DISK_SPARE = 256 << 20, /* left free for the database */
};

struct desk {
    struct mem *m;
    struct house_place place;
    struct desk_facts facts;
    struct spool_budget budget;
    struct writer *writer;
    struct slow *slow;
    struct server *server;
};

/* What one reading thread has of its own. */
struct desk_reader {
    struct mem *m;
    struct desk *desk;
    struct house *house;
};

static void *reader_start(void *arg, unsigned thread)
{
    struct mem *m = mem_new();
    struct desk_reader *r = NEW(m, struct desk_reader);
    struct text reason;

    (void)thread;
    r->m = m;
    r->desk = arg;
    r->house = house_open(m, r->desk->place, DB_READ, &reason);
    if (!r->house)
        BUG("%.*s", STR_ARG(reason.en));
    return r;
}

static void reader_stop(void *state)
{
    struct desk_reader *r = state;

    mem_free(r->m);
}

/* It was read; `stale`: its session is to be touched. */
static void send_read(struct desk_reader *r, struct job *j, bool stale)
{
    if (stale)
        writer_touch(r->desk->writer, request_cookie(j->x));
    if (j->notes) {
        writer_take(r->desk->writer, j);
        return;
    }
    trail_end(&j->trail, r->house->db);
    exchange_send(j->x);
}

static void handle_read(struct desk_reader *r, struct job *j)
{
    const struct desk_facts *facts = &r->desk->facts;
    enum pace pace;

    if (request_at_hand(j, r->house, facts)) {
        send_read(r, j, false);
        return;
    }
    pace = request_pace(j);
    if (pace != PACE_QUICK)
        slow_take(r->desk->slow, j, pace);
    else
        send_read(r, j, request_read(j, r->house, facts));
}

/* On a thread of slow.h. */
static void handle_slow(void *state, struct job *j)
{
    struct desk_reader *r = state;

    send_read(r, j, request_read_slow(j, r->house, &r->desk->facts));
}

/* Too many slow ones wait. */
static void turn_away(void *arg, struct job *j)
{
    (void)arg;
    response_refuse(&j->x->response, 503);
    trail_end(&j->trail, NULL); /* no statement ran that it would explain */
    exchange_send(j->x);
}

static void handle(void *state, struct exchange *x)
{
    struct desk_reader *r = state;
    const struct desk_facts *facts = &r->desk->facts;
    struct job *j = request_job(x, facts);

    if (request_is_reading(j)) {
        handle_read(r, j);
    } else if (request_accept(j, r->house, facts)) {
        writer_take(r->desk->writer, j);
    } else {
        trail_end(&j->trail, r->house->db);
        exchange_send(x);
    }
}

static void refused(void *arg, struct str peer, int status, const char *reason)
{
    (void)arg;
    log_warn("refused=%d peer=%.*s reason=\"%s\"", status, STR_ARG(peer),
             reason);
}

static bool is_upload(void *arg, struct str path)
{
    (void)arg;
    return route_takes_file(path);
}

static bool is_loopback(struct str host)
{
    return str_starts(host, S("127.")) || str_eq(host, S("::1"));
}

/* The key of form tokens; true: nobody has an account yet. */
static bool read_secret(struct house *h, struct hash *ret)
{
    struct mem *m = mem_new();
    struct scope in;
    struct work w;
    bool nobody;

    work_begin(h, m, ACTOR_SHELL, &w);
    in = act_scope(&w.act);
    *ret = session_secret(in);
    nobody = account_count(in) == 0;
    if (work_commit(&w) != OK)
        BUG("%s", db_reason(h->db));
    mem_free(m);
    return nobody;
}

/* What cannot be finished is told, and tried again at the next start. */
static void recover_all(struct house *h, struct mem *m)
{
    struct text why = TEXT("", "");

    for (size_t i = 0; features[i]; i++)
        if (features[i]->recover && features[i]->recover(h, m, &why) != OK)
            log_error("recovered=no feature=%.*s reason=\"%.*s\"",
                      STR_ARG(features[i]->name), STR_ARG(why.en));
}

static enum err read_facts(struct desk *d, const struct desk_plan *plan,
                           struct text *ret_reason)
{
    struct mem *m = mem_child(d->m);
    struct house *h = house_open(m, plan->place, DB_WRITE, ret_reason);
    bool nobody;

    if (!h) {
        mem_free(m);
        return E_ABSENT;
    }
    nobody = read_secret(h, &d->facts.secret);
    recover_all(h, m);
    mem_free(m);
    d->facts.trace = plan->trace;
    d->facts.lan = !is_loopback(plan->host);
    if (!nobody || !d->facts.lan)
        return OK;
    *ret_reason =
        TEXT("还没有任何账户：请先在本机（127.0.0.1）启动并完成首次设置，"
             "或用 dajuan user add 建立账户",
             "there is no account yet: first serve on 127.0.0.1 and "
             "do the set-up, or use dajuan user add");
    return E_DENIED;
}

static void start_slow(struct desk *d)
{
    d->slow = slow_start(d->m, &(struct slow_plan){
                                   .arg = d,
                                   .start = reader_start,
                                   .stop = reader_stop,
                                   .answer = handle_slow,
                                   .refuse = turn_away,
                               });
}

/* Whoever waits for an answer has it before the writer ends. */
static void end_slow(struct desk *d)
{
    slow_close(d->slow);
    if (d->server)
        server_stop(d->server);
    slow_stop(d->slow);
}

/* What was left in the middle goes on beside the first requests. */
static void resume(struct desk *d)
{
    for (size_t i = 0; features[i]; i++)
        if (features[i]->resume)
            features[i]->resume(&d->place, d->facts.slicer);
}

/* What features do on threads of their own is done to its end. */
static void wait_for_features(void)
{
    for (size_t i = 0; features[i]; i++)
        if (features[i]->before_stop)
            features[i]->before_stop();
}

enum err desk_open(struct mem *m, const struct desk_plan *plan,
                   struct desk **ret, struct text *ret_reason)
{
    struct desk *d = NEW(m, struct desk);
    struct server_config config = {
        .host = plan->host,
        .port = plan->port,
        .upload_max = UPLOAD_MAX,
        .is_upload = is_upload,
        .connection_max = CONNECTIONS_MAX,
        .arg = d,
        .thread_start = reader_start,
        .thread_stop = reader_stop,
        .handle = handle,
        .refused = refused,
    };
    enum err e;

    d->m = m;
    d->place = place_dup(m, plan->place);
    d->budget.folder = d->place.keys;
    d->budget.most = ANSWERS_MAX;
    d->budget.spare = DISK_SPARE;
    d->facts.budget = &d->budget;
    d->facts.pages = page_cache_new(m, PAGES_MAX);
    e = read_facts(d, plan, ret_reason);
    if (e != OK)
        return e;
    d->writer = writer_start(m, d->place, &d->facts, ret_reason);
    if (!d->writer)
        return E_STORE;
    d->facts.slicer = writer_slicer(d->writer);
    start_slow(d);
    e = server_start(m, &config, &d->server, ret_reason);
    if (e == OK) {
        resume(d);
        *ret = d;
        return OK;
    }
    end_slow(d);
    writer_stop(d->writer);
    return e;
}

uint16_t desk_port(const struct desk *d)
{
    return server_port(d->server);
}

struct str desk_link(struct desk *d, struct mem *m, bool *ret_first)
{
    struct str token = writer_link(d->writer, m, ret_first);

    return str_fmt(m, "/link/%.*s", STR_ARG(token));
}

void desk_close(struct desk *d)
{
    end_slow(d);
    wait_for_features();
    writer_stop(d->writer);
}

/* ---- one request ---- */

static size_t body_max(struct str path)
{
    return route_takes_file(path) ? UPLOAD_MAX : SERVER_BODY_MAX;
}

/* The writer's turn, for one: a form, or what is noted of a page. */
static enum err keep(struct job *j, struct house *h,
                     const struct desk_facts *facts, struct text *ret_reason)
{
    struct work w;

    if (!j->notes)
        request_before(j, h, facts);
    work_begin(h, j->x->m, ACTOR_CLOCK, &w);
    request_write(j, h, &w, facts);
    if (work_commit(&w) != OK) {
        request_not_kept(j->x, db_unsure(h->db));
        return OK;
    }
    wait_for_features();
    return house_sign(h, j->x->m, ret_reason);
}

static enum err answer(struct job *j, struct house *h,
                       const struct desk_facts *facts, struct text *ret_reason)
{
    bool waits;

    if (request_is_reading(j)) {
        if (!request_at_hand(j, h, facts))
            request_read(j, h, facts);
        waits = j->notes != NULL;
    } else {
        waits = request_accept(j, h, facts);
    }
    return waits ? keep(j, h, facts, ret_reason) : OK;
}

/* On a connection of its own: `before` reads while it slices. */
static struct slicer *open_slicer(const struct house *h,
                                  struct text *ret_reason)
{
    struct house *own = house_beside(h->m, h, DB_WRITE, ret_reason);

    return own ? slicer_of_house(h->m, own) : NULL;
}

enum err desk_once(struct house *h, int in, bool trace, struct str *ret,
                   struct text *ret_reason)
{
    struct exchange *x = NEW(h->m, struct exchange);
    struct desk_facts facts = { .trace = trace };
    enum err e = E_INPUT;
    struct job *j;

    x->m = h->m;
    if (once_read(x, in, body_max)) {
        read_secret(h, &facts.secret);
        j = request_job(x, &facts);
        if (!request_is_reading(j))
            facts.slicer = open_slicer(h, ret_reason);
        if (!request_is_reading(j) && !facts.slicer)
            return E_STORE;
        e = answer(j, h, &facts, ret_reason);
        if (trace)
            trail_end(&j->trail, h->db);
    }
    *ret = once_bytes(x);
    return e;
}
