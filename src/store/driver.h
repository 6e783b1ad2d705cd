/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * driver.h - what an engine must be able to do. Included by store.c and by
 * drivers only. Every function that can fail writes why into db->reason.
 *
 * Writes go out, reads wait. run() may only send: what became of the
 * statement is then told by the next function that settles, which is every
 * one that answers with something from the database. A driver that settles
 * at once, as SQLite's does, tells it in run() already. Until rollback() or
 * undo(), a driver is not called again after it told a clash or a failure.
 */
#ifndef DAJUAN_STORE_DRIVER_H
#define DAJUAN_STORE_DRIVER_H

#include "store/schema.h"
#include "store/stamp.h"
#include "store/watch.h"

/* What became of all that was sent. */
enum settled {
    SETTLED_OK,
    SETTLED_CLASH,  /* a unique or primary key is taken; undo() repairs it */
    SETTLED_FAILED, /* I/O, full, corrupt, busy, any other constraint */
};

/* What became of one step; the last two are as above. */
enum step { STEP_ROW, STEP_END, STEP_CLASH, STEP_FAILED };

struct store_driver {
    const char *name; /* "sqlite" */

    bool (*begin)(struct db *db, bool writes);
    /* Everything is settled when this is called. */
    bool (*commit)(struct db *db);
    void (*rollback)(struct db *db);

    /* One place to go back to; marks do not nest. */
    bool (*mark)(struct db *db);
    /* Settle and forget the mark; after SETTLED_CLASH it still stands. */
    enum settled (*keep)(struct db *db);
    /* Go back to the mark and forget it. */
    bool (*undo)(struct db *db);

    /*
     * Send a statement without rows. The number of rows it changes is added
     * to *changes, if there is one, once it is known: when all is settled.
     */
    enum settled (*run)(struct db *db, struct sql q, struct args a,
                        int64_t *changes);
    /* Wait for what was sent. */
    enum settled (*settle)(struct db *db);
    /* Rows changed by the last run(); everything is settled. */
    int64_t (*changed)(const struct db *db);

    /*
     * Settle, then ask. NULL: failed. A clash of what went before is
     * answered by the first step.
     */
    struct statement *(*query)(struct db *db, struct sql q, struct args a);
    /* The same for many rows, which need not all be in memory at once. */
    struct statement *(*walk)(struct db *db, struct sql q, struct args a);
    enum step (*step)(struct db *db, struct statement *st);
    void (*end)(struct db *db, struct statement *st);
    int64_t (*column_int)(const struct statement *st, int col);
    struct str (*column_bytes)(const struct statement *st, int col);
    bool (*column_is_null)(const struct statement *st, int col);

    struct str (*text)(const struct statement *st);
    /* As db_explain(). */
    struct str (*explain)(struct db *db, struct mem *m, struct str sql);

    /* The names of all tables, sorted; settles. */
    bool (*tables)(struct db *db, struct mem *m, struct db_tables *ret);
    /* The columns of a table, none if there is no such table; settles. */
    bool (*columns)(struct db *db, struct mem *m, struct str table,
                    struct db_columns *ret);
    /* Several statements without arguments; settles. */
    bool (*script)(struct db *db, struct str statements);
    /* As db_stamp(). */
    void (*stamp)(struct db *db, struct db_stamp *ret);
    /* As tx_fix_plans(); settles. */
    bool (*fix_plans)(struct db *db);
    bool (*copy)(struct db *db, struct str path);
    /* True when it could be looked at; what is wrong with it, if anything. */
    bool (*check)(struct db *db, struct mem *m, struct str *ret_wrong);
};

/* A driver's connection begins with this. */
struct db {
    const struct store_driver *driver;
    struct tx *tx; /* the one that runs, or NULL */
    const struct db_watch *watch;
    int64_t statements;
    int64_t trips; /* waited for an answer of a server so often */
    bool unsure; /* whether the last commit, which failed, was kept after all */
    char reason[256];
};

/* The engines; as db_open(), which chooses among them. */
struct db *sqlite_open(struct mem *m, struct str path, enum db_mode mode,
                       struct text *ret_reason);
struct db *postgres_open(struct mem *m, struct str address, enum db_mode mode,
                         struct text *ret_reason);

#endif
