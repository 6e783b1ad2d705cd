/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The store over an engine that tells late. Behind it stands SQLite, which
 * runs what is sent at once; what became of it is held back until something
 * settles.
 */
#include "store/driver.h"
#include "store/given_store.h"

struct late {
    struct store_driver driver; /* first: a db knows its driver only */
    const struct store_driver *real;
    enum settled untold;
    int64_t uncounted;
    int64_t *changes; /* where these belong */
};

static struct late *late_of(const struct db *db)
{
    return (struct late *)(uintptr_t)db->driver;
}

static enum settled late_run(struct db *db, struct sql q, struct args a,
                             int64_t *changes)
{
    struct late *l = late_of(db);

    if (changes)
        l->changes = changes;
    if (l->untold == SETTLED_OK)
        l->untold = l->real->run(db, q, a, changes ? &l->uncounted : NULL);
    return SETTLED_OK;
}

static enum settled late_settle(struct db *db)
{
    struct late *l = late_of(db);

    if (l->changes)
        *l->changes += l->uncounted;
    l->uncounted = 0;
    return l->untold;
}

static enum settled late_keep(struct db *db)
{
    enum settled s = late_settle(db);

    return s == SETTLED_OK ? late_of(db)->real->keep(db) : s;
}

static bool late_undo(struct db *db)
{
    struct late *l = late_of(db);

    l->untold = SETTLED_OK;
    l->uncounted = 0;
    return l->real->undo(db);
}

static void late_rollback(struct db *db)
{
    struct late *l = late_of(db);

    l->untold = SETTLED_OK;
    l->uncounted = 0;
    l->real->rollback(db);
}

static enum step late_step(struct db *db, struct statement *st)
{
    switch (late_settle(db)) {
    case SETTLED_CLASH:
        return STEP_CLASH;
    case SETTLED_FAILED:
        return STEP_FAILED;
    case SETTLED_OK:
        break;
    }
    return late_of(db)->real->step(db, st);
}

static struct db *given_late_db(struct test *t)
{
    struct db *db = given_db(t);
    struct late *l = NEW(t->mem, struct late);

    l->real = db->driver;
    l->driver = *db->driver;
    l->driver.run = late_run;
    l->driver.settle = late_settle;
    l->driver.keep = late_keep;
    l->driver.undo = late_undo;
    l->driver.rollback = late_rollback;
    l->driver.step = late_step;
    db->driver = &l->driver;
    return db;
}

TEST(a_clash_that_is_told_late_is_told_when_the_mark_is_kept)
{
    struct db *db = given_late_db(t);
    struct tx tx;

    if (!engine_is_sqlite(t))
        return;
    tx_begin(db, true, &tx);
    for (int64_t i = 0; i < 3; i++) {
        tx_mark(&tx);
        check_in(&tx, i == 0 ? 1 : i); /* 1, 1, 2 */
        CHECK_INT(tx_err(&tx), OK);
        CHECK_INT(tx_keep(&tx), i == 1 ? E_CLASH : OK);
    }
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(rows_kept(db), 2);
}

TEST(a_question_hears_of_a_clash_that_was_told_late)
{
    struct db *db = given_late_db(t);
    struct tx tx;

    if (!engine_is_sqlite(t))
        return;
    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    tx_mark(&tx);
    check_in(&tx, 1);
    CHECK_INT(rows_in(&tx), -1);
    CHECK_INT(tx_err(&tx), E_CLASH);
    tx_undo(&tx);
    CHECK_INT(rows_in(&tx), 1);
    CHECK_INT(tx_commit(&tx), OK);
}

TEST(a_commit_waits_for_what_is_told_late)
{
    struct db *db = given_late_db(t);
    struct tx tx;

    if (!engine_is_sqlite(t))
        return;
    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    check_in(&tx, 1);
    CHECK_INT(tx_commit(&tx), E_CLASH);
    CHECK_INT(rows_kept(db), 0);
}

static void mark(void *tx)
{
    tx_mark(tx);
}

TEST(a_mark_waits_for_what_is_told_late)
{
    struct db *db = given_late_db(t);
    struct tx tx;

    if (!engine_is_sqlite(t))
        return;
    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    check_in(&tx, 1);
    CHECK(str_ends(test_last_words(t, mark, &tx), S(" or after a clash\n")));
    tx_rollback(&tx);
}

TEST(changes_are_counted_when_they_are_told)
{
    struct db *db = given_late_db(t);
    struct tx tx;

    if (!engine_is_sqlite(t))
        return;
    tx_begin(db, true, &tx);
    tx_run(&tx, SQL("INSERT INTO checkin (who, at) VALUES (1, 7), (2, 7)"),
           (struct args){ 0 });
    CHECK_INT(tx.changes, 0);
    CHECK_INT(tx_changed(&tx), 2);
    CHECK_INT(tx.changes, 2);
    tx_rollback(&tx);
}
