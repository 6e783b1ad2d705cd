/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The SQLite driver. WAL with synchronous=FULL, asserted at open: an
 * answered write survives a power cut. The amalgamation must be 3.51.3 or
 * later, where the WAL-reset bug of two writing connections is fixed.
 *
 * Statements are prepared once per connection and found again by their
 * text. One that is in use when asked for again is prepared a second time.
 *
 * What is sent has run when the call returns, so there is nothing to settle.
 */
#include "base/buf.h"
#include "base/file.h"
#include "store/driver.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

enum { CACHE_SLOTS = 512, BUSY_MS = 15000, PLAN_MAX = 64 * 1024 };

/* The wal-index (sqlite.org/walformat.html) begins with its header, twice. */
enum {
    WAL_REGION = 32768, /* what SQLite maps at once */
    WAL_HEADER = 48,
    WAL_WORDS = WAL_HEADER / 8,
    WAL_INIT = 12, /* the byte that says: this is one */
};

struct statement {
    struct statement *next; /* in its slot */
    sqlite3_stmt *stmt;
    uint64_t hash;
    bool busy;
};

struct sqlite_db {
    struct db db;
    sqlite3 *handle;
    struct mem *m;
    struct statement *slots[CACHE_SLOTS];
    size_t busy;                        /* statements in use */
    const volatile uint64_t *wal_index; /* once sqlite_stamp() was asked */
};

static struct sqlite_db *of(struct db *db)
{
    return (struct sqlite_db *)db;
}

static void set_reason(struct sqlite_db *s, const char *what)
{
    snprintf(s->db.reason, sizeof(s->db.reason), "could not %s: %s (%d)", what,
             sqlite3_errmsg(s->handle), sqlite3_extended_errcode(s->handle));
}

static bool fail(struct sqlite_db *s, const char *what)
{
    set_reason(s, what);
    log_error("store=sqlite reason=\"%s\"", s->db.reason);
    return false;
}

static bool execute(struct sqlite_db *s, const char *sql)
{
    return sqlite3_exec(s->handle, sql, NULL, NULL, NULL) == SQLITE_OK ||
           fail(s, sql);
}

static bool has_text(const struct statement *st, struct sql q)
{
    const char *text = sqlite3_sql(st->stmt);

    return strncmp(text, q.text, q.n) == 0 && text[q.n] == '\0';
}

static struct statement *find(struct sqlite_db *s, struct sql q)
{
    uint64_t hash = str_hash((struct str){ q.text, q.n });
    struct statement **slot = &s->slots[hash % CACHE_SLOTS];
    struct statement *st;

    for (st = *slot; st; st = st->next)
        if (st->hash == hash && !st->busy && has_text(st, q))
            return st;
    st = NEW(s->m, struct statement);
    if (sqlite3_prepare_v3(s->handle, q.text, (int)q.n,
                           SQLITE_PREPARE_PERSISTENT, &st->stmt,
                           NULL) != SQLITE_OK) {
        log_error("sql=\"%.*s\"", (int)q.n, q.text);
        fail(s, "prepare a statement");
        return NULL;
    }
    st->hash = hash;
    st->next = *slot;
    *slot = st;
    return st;
}

static int bind(sqlite3_stmt *stmt, int i, const struct value *v)
{
    if (v->missing)
        return sqlite3_bind_null(stmt, i);
    switch (v->kind) {
    case VALUE_INT:
        return sqlite3_bind_int64(stmt, i, v->i);
    case VALUE_TEXT:
        return sqlite3_bind_text64(stmt, i, v->s.n ? v->s.p : "", v->s.n,
                                   SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BYTES:
        return sqlite3_bind_blob64(stmt, i, v->s.n ? v->s.p : "", v->s.n,
                                   SQLITE_STATIC);
    }
    BUG("argument %d was not set: %s", i, sqlite3_sql(stmt));
}

static struct statement *sqlite_query(struct db *db, struct sql q,
                                      struct args a)
{
    struct sqlite_db *s = of(db);
    struct statement *st = find(s, q);

    if (!st)
        return NULL;
    if (sqlite3_bind_parameter_count(st->stmt) != (int)a.n)
        BUG("%d arguments wanted, %zu given: %.*s",
            sqlite3_bind_parameter_count(st->stmt), a.n, (int)q.n, q.text);
    for (size_t i = 0; i < a.n; i++)
        if (bind(st->stmt, (int)i + 1, &a.v[i]) != SQLITE_OK) {
            fail(s, "bind an argument");
            return NULL;
        }
    st->busy = true;
    s->busy++;
    return st;
}

/* A key that is taken is somebody's clash; all else is a failure. */
static enum step stop(struct sqlite_db *s, const struct statement *st)
{
    int code = sqlite3_extended_errcode(s->handle);

    if (code == SQLITE_CONSTRAINT_UNIQUE ||
        code == SQLITE_CONSTRAINT_PRIMARYKEY) {
        set_reason(s, "keep a row");
        log_warn("store=sqlite reason=\"%s\"", s->db.reason);
        return STEP_CLASH;
    }
    fail(s, "run a statement");
    log_error("sql=\"%s\"", sqlite3_sql(st->stmt));
    return STEP_FAILED;
}

static enum step sqlite_step(struct db *db, struct statement *st)
{
    int rc = sqlite3_step(st->stmt);

    if (rc == SQLITE_ROW)
        return STEP_ROW;
    return rc == SQLITE_DONE ? STEP_END : stop(of(db), st);
}

static void sqlite_end(struct db *db, struct statement *st)
{
    sqlite3_reset(st->stmt);
    if (st->busy)
        of(db)->busy--;
    st->busy = false;
}

static enum settled sqlite_run(struct db *db, struct sql q, struct args a,
                               int64_t *changes)
{
    struct statement *st = sqlite_query(db, q, a);
    enum step step = STEP_ROW;

    if (!st)
        return SETTLED_FAILED;
    while (step == STEP_ROW)
        step = sqlite_step(db, st);
    sqlite_end(db, st);
    if (step != STEP_END)
        return step == STEP_CLASH ? SETTLED_CLASH : SETTLED_FAILED;
    if (changes)
        *changes += sqlite3_changes64(of(db)->handle);
    return SETTLED_OK;
}

static enum settled sqlite_settle(struct db *db)
{
    (void)db;
    return SETTLED_OK;
}

/* ---- transactions ---- */

static bool say(struct db *db, struct sql q)
{
    return sqlite_run(db, q, (struct args){ 0 }, NULL) == SETTLED_OK;
}

static bool sqlite_begin(struct db *db, bool writes)
{
    return say(db, writes ? SQL("BEGIN IMMEDIATE") : SQL("BEGIN"));
}

/*
 * An I/O error of a commit is reported once and then forgotten by the
 * system, so nothing after it can be trusted: the process ends, the
 * supervisor starts a new one, which reads what is really there.
 */
static bool sqlite_commit(struct db *db)
{
    struct sqlite_db *s = of(db);
    struct statement *st = sqlite_query(db, SQL("COMMIT"), (struct args){ 0 });
    int rc = st ? sqlite3_step(st->stmt) : SQLITE_ERROR;

    if (st)
        sqlite_end(db, st);
    if (rc == SQLITE_DONE)
        return true;
    fail(s, "commit");
    if (rc == SQLITE_IOERR)
        BUG("the disk failed during a commit: %s", db->reason);
    return false;
}

static void end_all(struct sqlite_db *s)
{
    for (size_t i = 0; i < CACHE_SLOTS && s->busy; i++)
        for (struct statement *st = s->slots[i]; st; st = st->next)
            if (st->busy)
                sqlite_end(&s->db, st);
}

static void sqlite_rollback(struct db *db)
{
    struct sqlite_db *s = of(db);

    end_all(s);
    if (!sqlite3_get_autocommit(s->handle))
        say(db, SQL("ROLLBACK"));
}

static bool sqlite_mark(struct db *db)
{
    return say(db, SQL("SAVEPOINT request"));
}

static enum settled sqlite_keep(struct db *db)
{
    return sqlite_run(db, SQL("RELEASE request"), (struct args){ 0 }, NULL);
}

static bool sqlite_undo(struct db *db)
{
    return say(db, SQL("ROLLBACK TO request")) &&
           say(db, SQL("RELEASE request"));
}

/* ---- the rest ---- */

static bool sqlite_script(struct db *db, struct str statements)
{
    struct mem *m = mem_new();
    bool ok = execute(of(db), str_c(m, statements));

    mem_free(m);
    return ok;
}

static int64_t sqlite_changed(const struct db *db)
{
    return sqlite3_changes64(((const struct sqlite_db *)db)->handle);
}

static int64_t sqlite_column_int(const struct statement *st, int col)
{
    return sqlite3_column_int64(st->stmt, col);
}

static struct str sqlite_column_bytes(const struct statement *st, int col)
{
    const void *p = sqlite3_column_blob(st->stmt, col);

    return (struct str){ p ? p : "",
                         (size_t)sqlite3_column_bytes(st->stmt, col) };
}

static bool sqlite_column_is_null(const struct statement *st, int col)
{
    return sqlite3_column_type(st->stmt, col) == SQLITE_NULL;
}

static struct str sqlite_text(const struct statement *st)
{
    return str_from(sqlite3_sql(st->stmt));
}

static struct str sqlite_explain(struct db *db, struct mem *m, struct str sql)
{
    sqlite3 *handle = of(db)->handle;
    struct str ask = str_fmt(m, "EXPLAIN QUERY PLAN %.*s", STR_ARG(sql));
    struct buf *plan = buf_new(m, PLAN_MAX);
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(handle, ask.p, (int)ask.n, &stmt, NULL);

    while (rc == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
        buf_fmt(plan, "%s\n", (const char *)sqlite3_column_text(stmt, 3));
    if (rc != SQLITE_OK)
        buf_fmt(plan, "no plan: %s\n", sqlite3_errmsg(handle));
    sqlite3_finalize(stmt);
    return buf_str(plan);
}

/* STRICT tables know these types only; others are not ours. */
static enum value_kind kind_of(struct str type)
{
    if (str_eq(type, S("INTEGER")))
        return VALUE_INT;
    if (str_eq(type, S("TEXT")))
        return VALUE_TEXT;
    if (!str_eq(type, S("BLOB")))
        BUG("a column of type \"%.*s\"", STR_ARG(type));
    return VALUE_BYTES;
}

static bool sqlite_tables(struct db *db, struct mem *m, struct db_tables *ret)
{
    struct statement *st = sqlite_query(
        db,
        SQL("SELECT name FROM sqlite_schema WHERE type = 'table' AND "
            "substr(name, 1, 7) <> 'sqlite_' ORDER BY name"),
        (struct args){ 0 });
    struct db_tables tables = { 0 };
    enum step step = STEP_FAILED;

    while (st && (step = sqlite_step(db, st)) == STEP_ROW) {
        tables.v = mem_grow(m, tables.v, tables.n * sizeof(*tables.v),
                            (tables.n + 1) * sizeof(*tables.v));
        tables.v[tables.n++] = str_dup(m, sqlite_column_bytes(st, 0));
    }
    if (st)
        sqlite_end(db, st);
    *ret = tables;
    return step == STEP_END;
}

static bool sqlite_columns(struct db *db, struct mem *m, struct str table,
                           struct db_columns *ret)
{
    struct statement *st =
        sqlite_query(db,
                     SQL("SELECT name, type, pk FROM pragma_table_info(?1)"),
                     WITH(STR(table)));
    struct db_columns c = { 0 };
    enum step step = STEP_FAILED;

    while (st && (step = sqlite_step(db, st)) == STEP_ROW) {
        c.v = mem_grow(m, c.v, c.n * sizeof(*c.v), (c.n + 1) * sizeof(*c.v));
        c.v[c.n++] = (struct db_column){
            .name = str_dup(m, sqlite_column_bytes(st, 0)),
            .kind = kind_of(sqlite_column_bytes(st, 1)),
            .key = (int)sqlite_column_int(st, 2),
        };
    }
    if (st)
        sqlite_end(db, st);
    if (step == STEP_END)
        *ret = c;
    return step == STEP_END;
}

static int64_t pragma(struct sqlite_db *s, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    int64_t v = -1;

    if (sqlite3_prepare_v2(s->handle, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        v = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return v;
}

/*
 * What the planner is to believe of every index and key there is: 100,000
 * rows, all of one district; each further column of a key leaves an eighth
 * of them; a whole unique key leaves one. The numbers need not be true, they
 * only have to say which key tells more. Without any SQLite takes the rows
 * of a district for ten and uses no other key; and those of ANALYZE would
 * change the plans with what happens to be in the folder. sz=2: a table that
 * is walked as a whole is walked in its own order, not by way of an index.
 */
#define BELIEFS                                                                \
    "SELECT t.name, iif(t.wr AND i.origin = 'pk', t.name, i.name), 100000 || " \
    "(SELECT group_concat(' ' || iif(i.\"unique\" AND c.last, 1, "             \
    "max(100000 >> 3 * c.seqno, 1)), '' ORDER BY c.seqno) FROM (SELECT "       \
    "seqno, seqno + 1 = count(*) OVER () AS last FROM "                        \
    "pragma_index_info(i.name)) c) || iif(i.origin = 'pk', ' sz=2', '') || "   \
    "' noskipscan' FROM pragma_table_list t, pragma_index_list(t.name) i "     \
    "WHERE t.schema = 'main' AND t.type = 'table' AND "                        \
    "substr(t.name, 1, 7) <> 'sqlite_'"

static bool sqlite_fix_plans(struct db *db)
{
    struct sqlite_db *s = of(db);

    return pragma(s, "SELECT count(*) FROM (" BELIEFS " EXCEPT SELECT tbl, "
                     "idx, stat FROM sqlite_stat1)") == 0 ||
           execute(s, "ANALYZE sqlite_schema; DELETE FROM sqlite_stat1;"
                      "INSERT INTO sqlite_stat1 (tbl, idx, stat) " BELIEFS ";"
                      "ANALYZE sqlite_schema");
}

static bool is_wal(struct sqlite_db *s)
{
    sqlite3_stmt *stmt = NULL;
    bool wal =
        sqlite3_prepare_v2(s->handle, "PRAGMA journal_mode", -1, &stmt, NULL) ==
            SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW &&
        str_eq(str_from((const char *)sqlite3_column_text(stmt, 0)), S("wal"));

    sqlite3_finalize(stmt);
    return wal;
}

/*
 * Where SQLite itself has it in memory; it stays there as long as the
 * connection. Opening the file beside would be a trap: closing it again drops
 * every lock that this process has on it.
 */
static bool map_wal_index(struct sqlite_db *s)
{
    sqlite3_file *file = NULL;
    void volatile *p = NULL;

    if (!is_wal(s) ||
        sqlite3_file_control(s->handle, "main", SQLITE_FCNTL_FILE_POINTER,
                             (void *)&file) != SQLITE_OK ||
        file->pMethods->iVersion < 2 ||
        file->pMethods->xShmMap(file, 0, WAL_REGION, 0, &p) != SQLITE_OK)
        return false;
    s->wal_index = p;
    return p != NULL;
}

static void copy_words(const volatile uint64_t *from, uint64_t *ret)
{
    for (size_t i = 0; i < WAL_WORDS; i++)
        ret[i] = from[i];
}

/*
 * By its header SQLite knows whether the pages that a connection remembers
 * are still those of the database: every commit changes it, of any process.
 * It is written second copy first and read first copy first, so two that are
 * the same are whole. No system call.
 */
static void sqlite_stamp(struct db *db, struct db_stamp *ret)
{
    struct sqlite_db *s = of(db);
    uint64_t first[WAL_WORDS];
    uint64_t second[WAL_WORDS];

    if (!s->wal_index && !map_wal_index(s))
        return;
    copy_words(s->wal_index, first);
    atomic_thread_fence(memory_order_seq_cst);
    copy_words(s->wal_index + WAL_WORDS, second);
    if (memcmp(first, second, WAL_HEADER) != 0)
        return;
    memcpy(ret->b, first, WAL_HEADER);
    if (ret->b[WAL_INIT])
        ret->n = WAL_HEADER;
}

/*
 * A copy changes nothing here, but a reader's connection would refuse to
 * write anywhere: it may, for as long as this takes.
 */
static bool sqlite_copy(struct db *db, struct str path)
{
    struct sqlite_db *s = of(db);
    bool reader = pragma(s, "PRAGMA query_only") == 1;
    sqlite3_stmt *stmt = NULL;
    int rc;

    if (reader && !execute(s, "PRAGMA query_only=OFF"))
        return false;
    rc = sqlite3_prepare_v2(s->handle, "VACUUM INTO ?1", -1, &stmt, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_bind_text64(stmt, 1, path.p, path.n, SQLITE_STATIC,
                                 SQLITE_UTF8);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt) == SQLITE_DONE ? SQLITE_OK : SQLITE_ERROR;
    if (rc != SQLITE_OK)
        fail(s, "copy the database");
    sqlite3_finalize(stmt);
    if (reader && !execute(s, "PRAGMA query_only=ON"))
        return false;
    return rc == SQLITE_OK;
}

static bool sqlite_check(struct db *db, struct mem *m, struct str *ret_wrong)
{
    struct sqlite_db *s = of(db);
    sqlite3_stmt *stmt = NULL;
    int rc = sqlite3_prepare_v2(s->handle, "PRAGMA integrity_check(1)", -1,
                                &stmt, NULL);

    if (rc == SQLITE_OK)
        rc = sqlite3_step(stmt);
    if (rc == SQLITE_ROW) {
        struct str said = str_from((const char *)sqlite3_column_text(stmt, 0));

        if (!str_eq(said, S("ok")))
            *ret_wrong = str_dup(m, said);
    } else if (rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB) {
        *ret_wrong = str_dup(m, str_from(sqlite3_errmsg(s->handle)));
        rc = SQLITE_ROW;
    } else {
        fail(s, "check the database");
    }
    sqlite3_finalize(stmt);
    return rc == SQLITE_ROW;
}

static void close_db(void *arg)
{
    struct sqlite_db *s = arg;

    for (size_t i = 0; i < CACHE_SLOTS; i++)
        for (struct statement *st = s->slots[i]; st; st = st->next)
            sqlite3_finalize(st->stmt);
    if (sqlite3_close(s->handle) != SQLITE_OK)
        BUG("database closed while in use: %s", sqlite3_errmsg(s->handle));
    mem_free(s->m);
}

static const struct store_driver sqlite_driver = {
    .name = "sqlite",
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .mark = sqlite_mark,
    .keep = sqlite_keep,
    .undo = sqlite_undo,
    .run = sqlite_run,
    .settle = sqlite_settle,
    .changed = sqlite_changed,
    .query = sqlite_query,
    .walk = sqlite_query,
    .step = sqlite_step,
    .end = sqlite_end,
    .column_int = sqlite_column_int,
    .column_bytes = sqlite_column_bytes,
    .column_is_null = sqlite_column_is_null,
    .text = sqlite_text,
    .explain = sqlite_explain,
    .tables = sqlite_tables,
    .columns = sqlite_columns,
    .script = sqlite_script,
    .stamp = sqlite_stamp,
    .fix_plans = sqlite_fix_plans,
    .copy = sqlite_copy,
    .check = sqlite_check,
};

static bool set_up(struct sqlite_db *s, enum db_mode mode)
{
    sqlite3_busy_timeout(s->handle, BUSY_MS);
    sqlite3_extended_result_codes(s->handle, 0);
    sqlite3_db_config(s->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(s->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(s->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
    sqlite3_limit(s->handle, SQLITE_LIMIT_ATTACHED, 1);
    if (mode == DB_CREATE && !execute(s, "PRAGMA journal_mode=WAL"))
        return false;
    if (!execute(s, "PRAGMA synchronous=FULL; PRAGMA cell_size_check=ON;"
                    "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY"))
        return false;
    if (mode == DB_READ)
        return execute(s, "PRAGMA query_only=ON; PRAGMA cache_size=-1536;"
                          "PRAGMA wal_autocheckpoint=0");
    return execute(s,
                   "PRAGMA cache_size=-4096; PRAGMA wal_autocheckpoint=2000");
}

struct db *sqlite_open(struct mem *m, struct str path, enum db_mode mode,
                       struct text *ret_reason)
{
    struct sqlite_db *s = NEW(m, struct sqlite_db);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                (mode == DB_CREATE ? SQLITE_OPEN_CREATE : 0);

    if (sqlite3_libversion_number() < 3051003)
        BUG("SQLite %s is too old", sqlite3_libversion());
    s->db.driver = &sqlite_driver;
    s->m = mem_new();
    if (sqlite3_open_v2(str_c(m, path), &s->handle, flags, NULL) != SQLITE_OK ||
        !set_up(s, mode)) {
        *ret_reason = text_fmt(
            m, "打不开数据库 %.*s：%s。请检查路径和权限。",
            "could not open the database %.*s: %s. Check path and rights.",
            STR_ARG(path), sqlite3_errmsg(s->handle));
        sqlite3_close(s->handle);
        mem_free(s->m);
        return NULL;
    }
    if (pragma(s, "PRAGMA synchronous") != 2)
        BUG("synchronous is not FULL");
    mem_defer(m, close_db, s);
    return &s->db;
}
