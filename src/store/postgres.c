/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The PostgreSQL driver. A trip to the server costs more than most
 * statements, so all that need not be answered is sent along with what does:
 * a page costs as many trips as it asks questions, a form that is kept its
 * questions and one more. BEGIN goes out with the first of them and a
 * reader's ROLLBACK is not waited for.
 *
 * There is one writer at a time: it holds an advisory lock until its
 * transaction ends. READ COMMITTED, because a snapshot taken before the lock
 * was granted would show what the writer before has changed since.
 *
 * A connection that broke between transactions is made again by the next
 * one. One that broke inside a commit may have kept it: the server is asked.
 */
#include "store/postgres.h"

#include "base/buf.h"
#include "base/file.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

enum { FETCHED = 500 }; /* rows of a walk at once */
enum { RESOLVE_MS = 20000, RESOLVE_PAUSE_MS = 100, PLAN_MAX = 64 * 1024 };

/* A result that is walked. */
struct statement {
    struct statement *next; /* of the open, or of the spare ones */
    PGresult *rows;
    int row;
    struct str sql;
    enum settled before; /* of what was sent before it */
    int cursor;          /* its number; 0: all its rows are here */
};

struct pg_db {
    struct db db;
    struct pg_link link;
    struct mem *m;
    struct statement *open, *spare;
    int cursors;          /* of this connection, so far */
    char transaction[24]; /* the writer's number; "" when it is not known */
};

static struct pg_db *of(struct db *db)
{
    return (struct pg_db *)db;
}

static bool say(struct pg_db *p, struct sql q)
{
    return pg_send(&p->link, q, (struct args){ 0 },
                   (struct pg_sent){ .kind = PG_RUN });
}

/* The answer to a question, to be cleared; NULL: there is none. */
static PGresult *ask(struct pg_db *p, struct sql q, struct args a)
{
    PGresult *r = NULL;

    if (pg_send(&p->link, q, a, (struct pg_sent){ .kind = PG_ROWS }) &&
        pg_settle(&p->link) == SETTLED_OK) {
        r = p->link.rows;
        p->link.rows = NULL;
    }
    return r;
}

/* ---- statements ---- */

static struct statement *open_statement(struct pg_db *p, struct sql q)
{
    struct statement *st = p->spare;

    if (st)
        p->spare = st->next;
    else
        st = NEW(p->m, struct statement);
    *st = (struct statement){ .next = p->open,
                              .row = -1,
                              .sql = { q.text, q.n } };
    p->open = st;
    return st;
}

/* Of a transaction that failed nothing is left to be closed. */
static void close_cursor(struct pg_db *p, const struct statement *st)
{
    char text[32];

    snprintf(text, sizeof(text), "CLOSE w%d", st->cursor);
    if (p->link.outcome == SETTLED_OK)
        pg_send_once(&p->link, text, (struct args){ 0 },
                     (struct pg_sent){ .kind = PG_RUN });
}

static void pg_end(struct db *db, struct statement *st)
{
    struct pg_db *p = of(db);
    struct statement **at = &p->open;

    if (st->cursor)
        close_cursor(p, st);
    while (*at != st)
        at = &(*at)->next;
    *at = st->next;
    PQclear(st->rows);
    st->rows = NULL;
    st->next = p->spare;
    p->spare = st;
}

static void take_rows(struct pg_db *p, struct statement *st)
{
    PQclear(st->rows);
    st->rows = p->link.rows;
    p->link.rows = NULL;
}

static struct statement *pg_query(struct db *db, struct sql q, struct args a)
{
    struct pg_db *p = of(db);
    struct statement *st;
    enum settled before;

    pg_send(&p->link, q, a, (struct pg_sent){ .kind = PG_ROWS });
    before = pg_settle(&p->link);
    if (before == SETTLED_FAILED)
        return NULL;
    st = open_statement(p, q);
    st->before = before;
    take_rows(p, st);
    return st;
}

static bool fetch(struct pg_db *p, int cursor)
{
    char text[48];

    snprintf(text, sizeof(text), "FETCH %d FROM w%d", FETCHED, cursor);
    return pg_send_once(&p->link, text, (struct args){ 0 },
                        (struct pg_sent){ .kind = PG_ROWS });
}

static struct statement *pg_walk(struct db *db, struct sql q, struct args a)
{
    struct pg_db *p = of(db);
    struct mem *m = mem_new();
    int cursor = ++p->cursors;
    const char *text = str_fmt(m, "DECLARE w%d NO SCROLL CURSOR FOR %s", cursor,
                               pg_text_of(&p->link, q))
                           .p;
    struct statement *st = NULL;
    enum settled before = SETTLED_FAILED;

    if (pg_send_once(&p->link, text, a, (struct pg_sent){ .kind = PG_RUN }) &&
        fetch(p, cursor))
        before = pg_settle(&p->link);
    if (before != SETTLED_FAILED) {
        st = open_statement(p, q);
        st->before = before;
        st->cursor = cursor;
        take_rows(p, st);
    }
    mem_free(m);
    return st;
}

/* The rows of a walk that come after those that are here. */
static enum step walk_on(struct pg_db *p, struct statement *st)
{
    enum settled s;

    if (st->cursor == 0 || PQntuples(st->rows) < FETCHED)
        return STEP_END;
    s = fetch(p, st->cursor) ? pg_settle(&p->link) : SETTLED_FAILED;
    if (s != SETTLED_OK)
        return s == SETTLED_CLASH ? STEP_CLASH : STEP_FAILED;
    take_rows(p, st);
    st->row = 0;
    return PQntuples(st->rows) > 0 ? STEP_ROW : STEP_END;
}

static enum step pg_step(struct db *db, struct statement *st)
{
    if (st->before == SETTLED_CLASH)
        return STEP_CLASH;
    return ++st->row < PQntuples(st->rows) ? STEP_ROW : walk_on(of(db), st);
}

static int64_t pg_column_int(const struct statement *st, int col)
{
    return pg_int(st->rows, st->row, col);
}

static struct str pg_column_bytes(const struct statement *st, int col)
{
    return pg_bytes(st->rows, st->row, col);
}

static bool pg_column_is_null(const struct statement *st, int col)
{
    return PQgetisnull(st->rows, st->row, col) == 1;
}

static struct str pg_text(const struct statement *st)
{
    return st->sql;
}

static enum settled pg_run(struct db *db, struct sql q, struct args a,
                           int64_t *changes)
{
    struct pg_link *l = &of(db)->link;

    if (pg_send(l, q, a,
                (struct pg_sent){ .kind = PG_RUN, .changes = changes }))
        return SETTLED_OK;
    return l->outcome;
}

static enum settled settle(struct db *db)
{
    return pg_settle(&of(db)->link);
}

static int64_t pg_changed(const struct db *db)
{
    return ((const struct pg_db *)db)->link.changed;
}

/* ---- transactions ---- */

/* Granted when the writer before has ended, one way or the other. */
static bool take_lock(struct pg_db *p)
{
    return say(p, SQL("BEGIN ISOLATION LEVEL READ COMMITTED")) &&
           say(p, SQL("SELECT pg_advisory_xact_lock(1, (current_schema()"
                      "::regnamespace::oid::bigint % 2147483647)::int)"));
}

/* Its number is what the server is asked about if its commit is not heard. */
static bool begin_writing(struct pg_db *p)
{
    PGresult *r;

    if (!take_lock(p) || !say(p, SQL("UPDATE engine_generation SET n = n + 1")))
        return false;
    r = ask(p, SQL("SELECT pg_current_xact_id()::text"), (struct args){ 0 });
    if (!r)
        return false;
    snprintf(p->transaction, sizeof(p->transaction), "%s", PQgetvalue(r, 0, 0));
    PQclear(r);
    return true;
}

static bool pg_begin(struct db *db, bool writes)
{
    struct pg_db *p = of(db);

    p->transaction[0] = '\0';
    db->unsure = false;
    if (!pg_stands(&p->link) && !pg_reconnect(&p->link))
        return false;
    return writes ? begin_writing(p)
                  : say(p, SQL("BEGIN ISOLATION LEVEL REPEATABLE READ "
                               "READ ONLY"));
}

static void end_all(struct pg_db *p)
{
    while (p->open)
        pg_end(&p->db, p->open);
}

static void pg_rollback(struct db *db)
{
    struct pg_db *p = of(db);

    end_all(p);
    pg_forget(&p->link);
    if (PQstatus(p->link.conn) == CONNECTION_OK && say(p, SQL("ROLLBACK")))
        pg_sync(&p->link);
    pg_forget(&p->link);
}

/* Whether a transaction whose commit was not heard of was kept. */
static enum settled ask_what_became(struct pg_db *p)
{
    struct str number = str_from(p->transaction);
    enum settled s = SETTLED_FAILED;
    PGresult *r;

    if (!pg_reconnect(&p->link) || !take_lock(p))
        return SETTLED_FAILED;
    r = ask(p, SQL("SELECT pg_xact_status((?1)::xid8)"), WITH(STR(number)));
    if (r)
        s = strcmp(PQgetvalue(r, 0, 0), "committed") == 0 ? SETTLED_OK
                                                          : SETTLED_CLASH;
    PQclear(r);
    pg_rollback(&p->db);
    return s;
}

/* True: it was kept. */
static bool resolve(struct pg_db *p)
{
    int64_t until = clock_steady_ms() + RESOLVE_MS;
    enum settled s = SETTLED_FAILED;

    while (s == SETTLED_FAILED && clock_steady_ms() < until) {
        s = ask_what_became(p);
        if (s == SETTLED_FAILED)
            poll(NULL, 0, RESOLVE_PAUSE_MS);
    }
    if (s == SETTLED_OK) {
        log_warn("store=postgresql event=commit_found_kept");
        return true;
    }
    p->db.unsure = s == SETTLED_FAILED;
    return pg_fail(&p->link, "commit",
                   p->db.unsure ? "whether it was kept is not known"
                                : "the connection broke before it was kept");
}

/* The commit of a transaction that failed is a success called ROLLBACK. */
static bool pg_commit(struct db *db)
{
    struct pg_db *p = of(db);
    PGresult *r = ask(p, SQL("COMMIT"), (struct args){ 0 });
    bool kept = r && strcmp(PQcmdStatus(r), "COMMIT") == 0;

    PQclear(r);
    if (kept)
        return true;
    if (p->transaction[0] && PQstatus(p->link.conn) != CONNECTION_OK)
        return resolve(p);
    return pg_fail(&p->link, "commit", r ? "it was rolled back" : "it failed");
}

static bool pg_mark(struct db *db)
{
    return say(of(db), SQL("SAVEPOINT request"));
}

static enum settled pg_keep(struct db *db)
{
    struct pg_db *p = of(db);

    /* What was sent before decides; its release goes along. */
    say(p, SQL("RELEASE SAVEPOINT request"));
    return pg_settle(&p->link);
}

static bool pg_undo(struct db *db)
{
    struct pg_db *p = of(db);

    pg_forget(&p->link);
    if (p->link.sent_n && !pg_sync(&p->link))
        return false;
    return say(p, SQL("ROLLBACK TO SAVEPOINT request")) &&
           say(p, SQL("RELEASE SAVEPOINT request"));
}

/* ---- the rest ---- */

/*
 * The statement is known to the server under its name, so its plan is that
 * of any arguments.
 */
static struct str pg_explain(struct db *db, struct mem *m, struct str sql)
{
    struct pg_db *p = of(db);
    struct buf *b = buf_new(m, PLAN_MAX);
    PGresult *r = pg_plan(&p->link, m, (struct sql){ sql.p, sql.n });

    for (int i = 0; r && i < PQntuples(r); i++)
        buf_fmt(b, "%s\n", PQgetvalue(r, i, 0));
    if (!r)
        buf_fmt(b, "no plan: %s\n", p->db.reason);
    PQclear(r);
    return buf_str(b);
}

static enum value_kind kind_of(const char *type)
{
    if (strcmp(type, "int8") == 0)
        return VALUE_INT;
    if (strcmp(type, "text") == 0)
        return VALUE_TEXT;
    if (strcmp(type, "bytea") != 0)
        BUG("a column of type \"%s\"", type);
    return VALUE_BYTES;
}

static bool pg_tables(struct db *db, struct mem *m, struct db_tables *ret)
{
    PGresult *r = ask(of(db),
                      SQL("SELECT c.relname FROM pg_class c WHERE "
                          "c.relnamespace = current_schema()::regnamespace AND "
                          "c.relkind IN ('r', 'p') AND c.relname <> "
                          "'engine_generation' ORDER BY c.relname"),
                      (struct args){ 0 });

    if (!r)
        return false;
    ret->n = (size_t)PQntuples(r);
    ret->v = NEW_ARRAY(m, struct str, ret->n);
    for (int i = 0; i < PQntuples(r); i++)
        ret->v[i] = str_dup(m, str_from(PQgetvalue(r, i, 0)));
    PQclear(r);
    return true;
}

static bool pg_columns(struct db *db, struct mem *m, struct str table,
                       struct db_columns *ret)
{
    PGresult *r = ask(
        of(db),
        SQL("SELECT a.attname, t.typname, coalesce(array_position("
            "i.indkey::int2[], a.attnum), -1) FROM pg_attribute a JOIN "
            "pg_type t ON t.oid = a.atttypid LEFT JOIN pg_index i ON "
            "i.indrelid = a.attrelid AND i.indisprimary WHERE a.attrelid = "
            "to_regclass(?1) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY "
            "a.attnum"),
        WITH(STR(table)));

    if (!r)
        return false;
    ret->n = (size_t)PQntuples(r);
    ret->v = NEW_ARRAY(m, struct db_column, ret->n);
    for (int i = 0; i < PQntuples(r); i++)
        ret->v[i] = (struct db_column){
            .name = str_dup(m, str_from(PQgetvalue(r, i, 0))),
            .kind = kind_of(PQgetvalue(r, i, 1)),
            .key = (int)pg_int(r, i, 2) + 1, /* an int2vector begins at 0 */
        };
    PQclear(r);
    return true;
}

static bool script(struct db *db, struct str statements)
{
    return pg_script(&of(db)->link, statements);
}

/* The generation that every writing transaction raises by one. */
static void pg_stamp(struct db *db, struct db_stamp *ret)
{
    struct pg_db *p = of(db);
    PGresult *r;

    if (!db->tx && !pg_stands(&p->link))
        return;
    r = ask(p, SQL("SELECT n FROM engine_generation"), (struct args){ 0 });
    if (r && PQntuples(r) == 1) {
        ret->n = (size_t)PQgetlength(r, 0, 0);
        memcpy(ret->b, PQgetvalue(r, 0, 0), ret->n);
    }
    PQclear(r);
}

/* Sessions are told to go by keys and indexes when they begin. */
static bool pg_fix_plans(struct db *db)
{
    (void)db;
    return true;
}

/* The file of another engine would be no copy. */
static bool pg_copy(struct db *db, struct str path)
{
    (void)path;
    return pg_fail(&of(db)->link, "copy the database",
                   "PostgreSQL has no file to copy; use dajuan dump");
}

/* The server checks what it reads; everything is read by whoever verifies. */
static bool pg_check(struct db *db, struct mem *m, struct str *ret_wrong)
{
    (void)db;
    (void)m;
    (void)ret_wrong;
    return true;
}

static void close_db(void *arg)
{
    struct pg_db *p = arg;

    end_all(p);
    pg_disconnect(&p->link);
    mem_free(p->m);
}

static const struct store_driver pg_driver = {
    .name = "postgresql",
    .begin = pg_begin,
    .commit = pg_commit,
    .rollback = pg_rollback,
    .mark = pg_mark,
    .keep = pg_keep,
    .undo = pg_undo,
    .run = pg_run,
    .settle = settle,
    .changed = pg_changed,
    .query = pg_query,
    .walk = pg_walk,
    .step = pg_step,
    .end = pg_end,
    .column_int = pg_column_int,
    .column_bytes = pg_column_bytes,
    .column_is_null = pg_column_is_null,
    .text = pg_text,
    .explain = pg_explain,
    .tables = pg_tables,
    .columns = pg_columns,
    .script = script,
    .stamp = pg_stamp,
    .fix_plans = pg_fix_plans,
    .copy = pg_copy,
    .check = pg_check,
};

struct db *postgres_open(struct mem *m, struct str address, enum db_mode mode,
                         struct text *ret_reason)
{
    struct pg_db *p = NEW(m, struct pg_db);

    p->db.driver = &pg_driver;
    p->m = mem_new();
    p->link = (struct pg_link){ .m = p->m,
                                .address = str_dup(p->m, address),
                                .mode = mode,
                                .reason = p->db.reason,
                                .trips = &p->db.trips };
    if (!pg_connect(&p->link, m, ret_reason)) {
        close_db(p);
        return NULL;
    }
    mem_defer(m, close_db, p);
    return &p->db;
}
