/* SPDX-License-Identifier: MulanPSL-2.0 */
/* given_store.h - for tests: a database of phones that check in. */
#ifndef DAJUAN_STORE_GIVEN_STORE_H
#define DAJUAN_STORE_GIVEN_STORE_H

#include "store/store.h"
#include "test/engine.h"

static inline struct str given_path(struct test *t)
{
    return engine_address(t, "store");
}

/* A new database with a table of phones that checked in. */
static inline struct db *given_db(struct test *t)
{
    struct text why = TEXT("", "");
    struct db *db = db_open(t->mem, given_path(t), DB_CREATE, &why);
    struct tx tx;

    if (!db)
        BUG("%.*s", STR_ARG(why.en));
    tx_begin(db, true, &tx);
    tx_script(&tx, S("CREATE TABLE checkin (who INTEGER NOT NULL PRIMARY KEY, "
                     "at INTEGER NOT NULL) STRICT"));
    CHECK_INT(tx_commit(&tx), OK);
    return db;
}

static inline void check_in(struct tx *tx, int64_t who)
{
    tx_run_unjournaled(tx, SQL("INSERT INTO checkin (who, at) VALUES (?1, 7)"),
                       WITH(INT(who)));
}

static inline int64_t rows_in(struct tx *tx)
{
    return tx_int(tx, SQL("SELECT count(*) FROM checkin"), (struct args){ 0 },
                  -1);
}

/* What somebody who asks afterwards finds. */
static inline int64_t rows_kept(struct db *db)
{
    struct tx tx;
    int64_t n;

    tx_begin(db, false, &tx);
    n = rows_in(&tx);
    tx_rollback(&tx);
    return n;
}

#endif
