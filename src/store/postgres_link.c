/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The connection and its pipeline. Statements are prepared once under a name
 * of their own, with the types of their arguments, and found again by their
 * text; preparing one goes out with its first use and is not waited for.
 */
#include "store/postgres.h"

#include "base/buf.h"
#include "base/file.h"
#include "store/dialect.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

enum { ARGS_MAX = 256, OID_INT8 = 20, OID_TEXT = 25, OID_BYTEA = 17 };

bool pg_fail(struct pg_link *l, const char *what, const char *why)
{
    size_t n = strcspn(why, "\n"); /* what follows is about the session */

    snprintf(l->reason, 256, "could not %s: %.*s", what, (int)n, why);
    log_error("store=postgresql reason=\"%s\"", l->reason);
    l->outcome = SETTLED_FAILED;
    return false;
}

static bool is_up(const struct pg_link *l)
{
    return PQstatus(l->conn) == CONNECTION_OK;
}

static bool has_come(const struct pg_link *l)
{
    struct pollfd end = { .fd = PQsocket(l->conn), .events = POLLIN };

    return poll(&end, 1, 0) == 1;
}

/* Whoever was asked nothing and speaks, says goodbye. */
bool pg_stands(struct pg_link *l)
{
    if (is_up(l) && l->sent_n && has_come(l))
        pg_settle(l);
    l->outcome = SETTLED_OK;
    return is_up(l) && (l->sent_n || !has_come(l));
}

/* ---- statements ---- */

static struct pg_prepared *make(struct pg_link *l, struct str sql,
                                uint64_t hash)
{
    struct pg_prepared *p = NEW(l->m, struct pg_prepared);
    struct text wrong;
    struct str there;

    p->hash = hash;
    p->sql = str_dup(l->m, sql);
    if (!dialect_postgres(l->m, sql, &there, &wrong))
        BUG("%.*s: %.*s", STR_ARG(wrong.en), STR_ARG(sql));
    p->there = str_c(l->m, there);
    snprintf(p->name, sizeof(p->name), "s%d", l->prepared_n++);
    return p;
}

static struct pg_prepared *find(struct pg_link *l, struct sql q)
{
    struct str sql = { q.text, q.n };
    uint64_t hash = str_hash(sql);
    struct pg_prepared **slot = &l->slots[hash % PG_SLOTS];
    struct pg_prepared *p;

    for (p = *slot; p; p = p->next)
        if (p->hash == hash && str_eq(p->sql, sql))
            return p;
    p = make(l, sql, hash);
    p->next = *slot;
    *slot = p;
    return p;
}

/* ---- sending ---- */

static bool broke(struct pg_link *l)
{
    return pg_fail(l, "reach the database", PQerrorMessage(l->conn));
}

static void note_sent(struct pg_link *l, struct pg_sent what)
{
    what.heard = true;
    l->sent[l->sent_n++] = what;
}

static const Oid *types_of(struct args a, Oid *types)
{
    static const Oid by_kind[] = { [VALUE_INT] = OID_INT8,
                                   [VALUE_TEXT] = OID_TEXT,
                                   [VALUE_BYTES] = OID_BYTEA };

    for (size_t i = 0; i < a.n; i++)
        types[i] = by_kind[a.v[i].kind];
    return types;
}

static bool prepare(struct pg_link *l, struct pg_prepared *p, struct args a)
{
    Oid types[ARGS_MAX];

    if (PQsendPrepare(l->conn, p->name, p->there, (int)a.n,
                      types_of(a, types)) != 1)
        return broke(l);
    p->known = true;
    p->args_n = a.n;
    note_sent(l, (struct pg_sent){ .kind = PG_PREPARE, .prepared = p });
    return true;
}

/* Arguments as the wire has them; `numbers` holds those that are turned. */
struct wire {
    const char *values[ARGS_MAX];
    int lengths[ARGS_MAX];
    int formats[ARGS_MAX];
    char numbers[ARGS_MAX][8];
};

static void put_argument(struct wire *w, size_t i, const struct value *v)
{
    w->formats[i] = 1; /* binary */
    if (v->missing) {
        w->values[i] = NULL;
    } else if (v->kind == VALUE_INT) {
        for (size_t b = 0; b < 8; b++)
            w->numbers[i][b] = (char)((uint64_t)v->i >> (56 - 8 * b));
        w->values[i] = w->numbers[i];
        w->lengths[i] = 8;
    } else {
        w->values[i] = v->s.n ? v->s.p : "";
        w->lengths[i] = (int)v->s.n;
    }
}

static void put_arguments(struct wire *w, struct args a)
{
    for (size_t i = 0; i < a.n; i++)
        put_argument(w, i, &a.v[i]);
}

static bool send_bound(struct pg_link *l, const struct pg_prepared *p,
                       struct args a)
{
    struct wire w;

    put_arguments(&w, a);
    return PQsendQueryPrepared(l->conn, p->name, (int)a.n, w.values, w.lengths,
                               w.formats, 1) == 1 ||
           broke(l);
}

static void check_arguments(struct args a, struct sql q)
{
    if (a.n > ARGS_MAX)
        BUG("%zu arguments", a.n);
    for (size_t i = 0; i < a.n; i++)
        if (a.v[i].kind == 0)
            BUG("argument %zu was not set: %.*s", i + 1, (int)q.n, q.text);
}

/* Three places: the statement, its preparation, the sync that ends all. */
static bool has_room(struct pg_link *l)
{
    return l->sent_n + 3 <= PG_SENT_MAX || pg_settle(l) == SETTLED_OK;
}

bool pg_send(struct pg_link *l, struct sql q, struct args a,
             struct pg_sent what)
{
    check_arguments(a, q);
    if (!has_room(l))
        return false;
    what.prepared = find(l, q);
    if (!what.prepared->known && !prepare(l, what.prepared, a))
        return false;
    if (!send_bound(l, what.prepared, a))
        return false;
    note_sent(l, what);
    return true;
}

bool pg_send_once(struct pg_link *l, const char *text, struct args a,
                  struct pg_sent what)
{
    Oid types[ARGS_MAX];
    struct wire w;

    if (!has_room(l))
        return false;
    put_arguments(&w, a);
    if (PQsendQueryParams(l->conn, text, (int)a.n, types_of(a, types), w.values,
                          w.lengths, w.formats, 1) != 1)
        return broke(l);
    note_sent(l, what);
    return true;
}

const char *pg_text_of(struct pg_link *l, struct sql q)
{
    return find(l, q)->there;
}

bool pg_sync(struct pg_link *l)
{
    if (PQpipelineSync(l->conn) != 1)
        return broke(l);
    note_sent(l, (struct pg_sent){ .kind = PG_SYNC });
    return true;
}

/* ---- reading ---- */

/* A key that is taken is somebody's clash; all else is a failure. */
static void note_error(struct pg_link *l, const struct pg_sent *s,
                       const PGresult *r)
{
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
    const char *why = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);

    if (s->prepared && s->kind == PG_PREPARE)
        s->prepared->known = false;
    if (!s->heard || l->outcome != SETTLED_OK)
        return;
    if (state && strcmp(state, "23505") == 0) {
        snprintf(l->reason, 256, "could not keep a row: %s", why ? why : "");
        log_warn("store=postgresql reason=\"%s\"", l->reason);
        l->outcome = SETTLED_CLASH;
        return;
    }
    pg_fail(l, "run a statement", why ? why : PQerrorMessage(l->conn));
    if (s->prepared)
        log_error("sql=\"%.*s\"", STR_ARG(s->prepared->sql));
}

static void note_done(struct pg_link *l, const struct pg_sent *s, PGresult *r)
{
    int64_t n;

    if (s->kind == PG_RUN && s->heard) {
        if (!str_int(str_from(PQcmdTuples(r)), &n))
            n = 0; /* what changes no rows says no number */
        l->changed = n;
        if (s->changes)
            *s->changes += n;
    }
    if (s->kind == PG_ROWS && s->heard) {
        PQclear(l->rows);
        l->rows = r;
    } else {
        PQclear(r);
    }
}

/* One result of one statement. */
static void take(struct pg_link *l, const struct pg_sent *s, PGresult *r)
{
    switch (PQresultStatus(r)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
        note_done(l, s, r);
        return;
    case PGRES_PIPELINE_ABORTED: /* by what failed before it */
        if (s->kind == PG_PREPARE)
            s->prepared->known = false;
        break;
    default:
        note_error(l, s, r);
        break;
    }
    PQclear(r);
}

/* False: the connection broke. */
static bool read_one(struct pg_link *l, const struct pg_sent *s)
{
    PGresult *r = PQgetResult(l->conn);
    bool sync = r && PQresultStatus(r) == PGRES_PIPELINE_SYNC;

    if (s->kind == PG_SYNC) {
        PQclear(r);
        return sync;
    }
    if (!r || sync) {
        PQclear(r);
        return false;
    }
    for (; r; r = PQgetResult(l->conn))
        take(l, s, r);
    return is_up(l);
}

enum settled pg_settle(struct pg_link *l)
{
    bool stands = true;

    if (l->sent_n == 0)
        return l->outcome;
    ++*l->trips;
    if (l->sent[l->sent_n - 1].kind != PG_SYNC)
        stands = pg_sync(l);
    for (size_t i = 0; i < l->sent_n && stands; i++)
        stands = read_one(l, &l->sent[i]);
    l->sent_n = 0;
    if (!stands && l->outcome != SETTLED_FAILED)
        broke(l);
    return l->outcome;
}

void pg_forget(struct pg_link *l)
{
    for (size_t i = 0; i < l->sent_n; i++)
        l->sent[i].heard = false;
    l->outcome = SETTLED_OK;
}

PGresult *pg_plan(struct pg_link *l, struct mem *m, struct sql q)
{
    const struct pg_prepared *p = find(l, q);
    struct buf *ask = buf_new(m, 4096);
    PGresult *r;

    if (pg_settle(l) != SETTLED_OK || !p->known)
        return NULL;
    buf_fmt(ask, "EXPLAIN (COSTS OFF) EXECUTE %s", p->name);
    for (size_t i = 0; i < p->args_n; i++)
        buf_fmt(ask, "%sNULL", i ? ", " : "(");
    buf_fmt(ask, p->args_n ? ")" : "");
    if (PQsendQueryParams(l->conn, str_c(m, buf_str(ask)), 0, NULL, NULL, NULL,
                          NULL, 0) != 1)
        return broke(l), NULL;
    note_sent(l, (struct pg_sent){ .kind = PG_ROWS });
    if (pg_settle(l) != SETTLED_OK)
        return NULL;
    r = l->rows;
    l->rows = NULL;
    return r;
}

bool pg_script(struct pg_link *l, struct str statements)
{
    struct mem *m;
    struct str there;
    struct text wrong;
    PGresult *r;
    bool ok;

    if (pg_settle(l) != SETTLED_OK)
        return false;
    m = mem_new();
    if (!dialect_postgres(m, statements, &there, &wrong))
        BUG("%.*s: %.*s", STR_ARG(wrong.en), STR_ARG(statements));
    if (PQexitPipelineMode(l->conn) != 1)
        BUG("a script while something is on its way");
    r = PQexec(l->conn, str_c(m, there));
    ok = PQresultStatus(r) == PGRES_COMMAND_OK ||
         PQresultStatus(r) == PGRES_TUPLES_OK ||
         PQresultStatus(r) == PGRES_EMPTY_QUERY;
    if (!ok) {
        pg_fail(l, "run a script", PQresultErrorMessage(r));
        log_error("sql=\"%.*s\"", STR_ARG(there));
    }
    PQclear(r);
    mem_free(m);
    return PQenterPipelineMode(l->conn) == 1 && ok;
}
