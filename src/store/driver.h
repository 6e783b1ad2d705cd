/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * driver.h - what an engine must be able to do. Included by store.c and by
 * drivers only. Every function that can fail writes why into db->reason.
 */
#ifndef DAJUAN_STORE_DRIVER_H
#define DAJUAN_STORE_DRIVER_H

#include "store/store.h"

struct store_driver {
    const char *name; /* "sqlite" */
    bool (*begin)(struct db *db, bool writes);
    bool (*commit)(struct db *db);
    void (*rollback)(struct db *db);
    struct statement *(*query)(struct db *db, struct sql q, struct args a);
    int (*step)(struct db *db, struct statement *st); /* 1 row, 0 end, -1 */
    void (*end)(struct db *db, struct statement *st);
    bool (*script)(struct db *db, struct str statements);
    int64_t (*changed)(const struct db *db);
    int64_t (*column_int)(const struct statement *st, int col);
    struct str (*column_bytes)(const struct statement *st, int col);
    bool (*column_is_null)(const struct statement *st, int col);
    bool (*copy)(struct db *db, struct str path);
    bool (*check)(struct db *db, struct mem *m, struct str *ret_what);
};

/* A driver's connection begins with this. */
struct db {
    const struct store_driver *driver;
    struct tx *tx; /* the one that runs, or NULL */
    char reason[256];
};

/* The engines; as db_open(), which chooses among them. */
struct db *sqlite_open(struct mem *m, struct str path, enum db_mode mode,
                       struct text *ret_reason);

#endif
