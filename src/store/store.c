/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Transactions over a driver. What does not depend on the engine is here:
 * the sticky failure, marks, and the rule that rows do not change without a
 * journal entry.
 */
#include "store/store.h"

#include "base/file.h"
#include "store/driver.h"

#include <string.h>

struct db *db_open(struct mem *m, struct str address, enum db_mode mode,
                   struct text *ret_reason)
{
    return str_starts(address, S("postgresql://"))
               ? postgres_open(m, address, mode, ret_reason)
               : sqlite_open(m, address, mode, ret_reason);
}

void tx_begin(struct db *db, bool writes, struct tx *ret)
{
    *ret = (struct tx){ .db = db, .writes = writes };
    if (db->tx)
        BUG("a transaction inside a transaction");
    db->tx = ret;
    if (!db->driver->begin(db, writes))
        ret->failed = true;
}

enum err tx_err(const struct tx *tx)
{
    if (tx->failed)
        return E_STORE;
    return tx->clashed ? E_CLASH : OK;
}

/* Do calls still reach the engine? */
static bool goes_on(const struct tx *tx)
{
    return tx_err(tx) == OK;
}

static void note(struct tx *tx, enum settled s)
{
    tx->clashed |= s == SETTLED_CLASH;
    tx->failed |= s == SETTLED_FAILED;
}

static void settle(struct tx *tx)
{
    if (goes_on(tx))
        note(tx, tx->db->driver->settle(tx->db));
}

/* Ends the program: a row that no journal entry speaks of must not stay. */
static void check_heard(const struct tx *tx)
{
    if (goes_on(tx) && tx->changes > 0 && tx->entries == 0)
        BUG("%lld rows changed without a journal entry",
            (long long)tx->changes);
}

enum err tx_commit(struct tx *tx)
{
    enum err e;

    if (tx->marked)
        BUG("a commit inside a mark");
    settle(tx);
    check_heard(tx);
    if (goes_on(tx) && !tx->db->driver->commit(tx->db))
        tx->failed = true;
    e = tx_err(tx);
    if (e != OK)
        tx_rollback(tx);
    tx->db->tx = NULL;
    return e;
}

void tx_rollback(struct tx *tx)
{
    tx->db->driver->rollback(tx->db);
    tx->db->tx = NULL;
}

static void forget_changes(struct tx *tx)
{
    tx->changes = 0;
    tx->entries = 0;
}

void tx_mark(struct tx *tx)
{
    settle(tx);
    if (tx->marked || tx->clashed)
        BUG("a mark inside a mark or after a clash");
    check_heard(tx);
    tx->marked = true;
    forget_changes(tx);
    if (goes_on(tx) && !tx->db->driver->mark(tx->db))
        tx->failed = true;
}

enum err tx_keep(struct tx *tx)
{
    if (!tx->marked)
        BUG("nothing is marked");
    if (goes_on(tx))
        note(tx, tx->db->driver->keep(tx->db));
    if (tx->clashed) {
        tx_undo(tx);
        return tx->failed ? E_STORE : E_CLASH;
    }
    check_heard(tx);
    forget_changes(tx);
    tx->marked = false;
    return tx_err(tx);
}

void tx_undo(struct tx *tx)
{
    if (!tx->marked)
        BUG("nothing is marked");
    tx->marked = false;
    tx->clashed = false;
    forget_changes(tx);
    if (goes_on(tx) && !tx->db->driver->undo(tx->db))
        tx->failed = true;
}

/* The clock is read for somebody who watches only. */
static int64_t clock_for(const struct db *db)
{
    return db->watch ? clock_steady_us() : 0;
}

static void tell(const struct db *db, struct str sql, int64_t us)
{
    if (db->watch)
        db->watch->ran(db->watch->arg, sql, us);
}

static struct rows ask(struct tx *tx, struct sql q, struct args a, bool many)
{
    const struct store_driver *driver = tx->db->driver;
    struct rows r = { .tx = tx };
    int64_t from = clock_for(tx->db);

    if (!goes_on(tx))
        return r;
    tx->db->statements++;
    r.st = (many ? driver->walk : driver->query)(tx->db, q, a);
    r.us = clock_for(tx->db) - from;
    if (!r.st)
        tx->failed = true;
    return r;
}

struct rows tx_query(struct tx *tx, struct sql q, struct args a)
{
    return ask(tx, q, a, false);
}

struct rows tx_walk(struct tx *tx, struct sql q, struct args a)
{
    return ask(tx, q, a, true);
}

bool rows_next(struct rows *r)
{
    enum step step = STEP_END;
    int64_t from;

    if (!r->st)
        return false;
    from = clock_for(r->tx->db);
    if (goes_on(r->tx))
        step = r->tx->db->driver->step(r->tx->db, r->st);
    r->us += clock_for(r->tx->db) - from;
    if (step == STEP_ROW)
        return true;
    r->tx->clashed |= step == STEP_CLASH;
    r->tx->failed |= step == STEP_FAILED;
    rows_end(r);
    return false;
}

void rows_end(struct rows *r)
{
    struct statement *st = r->st;

    if (!st)
        return;
    r->st = NULL;
    r->tx->db->driver->end(r->tx->db, st);
    tell(r->tx->db, r->tx->db->driver->text(st), r->us);
}

static void need_writes(const struct tx *tx)
{
    if (!tx->writes)
        BUG("a change inside a reading transaction");
}

static void run(struct tx *tx, struct sql q, struct args a, int64_t *changes)
{
    int64_t from = clock_for(tx->db);

    need_writes(tx);
    if (!goes_on(tx))
        return;
    tx->db->statements++;
    note(tx, tx->db->driver->run(tx->db, q, a, changes));
    tell(tx->db, (struct str){ q.text, q.n }, clock_for(tx->db) - from);
}

void tx_run(struct tx *tx, struct sql q, struct args a)
{
    run(tx, q, a, &tx->changes);
}

void tx_run_unjournaled(struct tx *tx, struct sql q, struct args a)
{
    run(tx, q, a, NULL);
}

int64_t tx_changed(struct tx *tx)
{
    settle(tx);
    return goes_on(tx) ? tx->db->driver->changed(tx->db) : 0;
}

void tx_script(struct tx *tx, struct str statements)
{
    need_writes(tx);
    if (goes_on(tx) && !tx->db->driver->script(tx->db, statements))
        tx->failed = true;
}

void tx_fix_plans(struct tx *tx)
{
    need_writes(tx);
    if (goes_on(tx) && !tx->db->driver->fix_plans(tx->db))
        tx->failed = true;
}

struct db_tables tx_tables(struct tx *tx, struct mem *m)
{
    struct db_tables tables = { 0 };

    if (goes_on(tx) && !tx->db->driver->tables(tx->db, m, &tables))
        tx->failed = true;
    return tables;
}

struct db_columns tx_columns(struct tx *tx, struct mem *m, struct str table)
{
    struct db_columns c = { 0 };

    if (goes_on(tx) && !tx->db->driver->columns(tx->db, m, table, &c))
        tx->failed = true;
    return c;
}

int64_t rows_int(const struct rows *r, int col)
{
    return r->tx->db->driver->column_int(r->st, col);
}

struct str rows_view(const struct rows *r, int col)
{
    return r->tx->db->driver->column_bytes(r->st, col);
}

struct str rows_text(const struct rows *r, int col, struct mem *m)
{
    return str_dup(m, rows_view(r, col));
}

bool rows_is_null(const struct rows *r, int col)
{
    return r->tx->db->driver->column_is_null(r->st, col);
}

int64_t tx_int(struct tx *tx, struct sql q, struct args a, int64_t otherwise)
{
    struct rows r = tx_query(tx, q, a);
    int64_t v = otherwise;

    if (rows_next(&r)) {
        v = rows_int(&r, 0);
        rows_end(&r);
    }
    return v;
}

int64_t db_statements(const struct db *db)
{
    return db->statements;
}

int64_t db_trips(const struct db *db)
{
    return db->trips;
}

void db_watch(struct db *db, const struct db_watch *w)
{
    db->watch = w;
}

struct str db_explain(struct db *db, struct mem *m, struct str sql)
{
    return db->driver->explain(db, m, sql);
}

void db_stamp(struct db *db, struct db_stamp *ret)
{
    *ret = (struct db_stamp){ 0 };
    db->driver->stamp(db, ret);
}

bool db_stamp_same(const struct db_stamp *a, const struct db_stamp *b)
{
    return a->n > 0 && a->n == b->n && memcmp(a->b, b->b, a->n) == 0;
}

const char *db_reason(const struct db *db)
{
    return db->reason;
}

bool db_unsure(const struct db *db)
{
    return db->unsure;
}

enum err db_copy(struct db *db, struct str path)
{
    return db->driver->copy(db, path) ? OK : E_STORE;
}

enum err db_check(struct db *db, struct mem *m, struct str *ret_why)
{
    *ret_why = S("");
    if (!db->driver->check(db, m, ret_why))
        return E_STORE;
    return ret_why->n ? E_INPUT : OK;
}
