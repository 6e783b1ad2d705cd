/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A stamp is the same as long as what is read is the same. */
#include "store/stamp.h"

#include "base/file.h"
#include "store/given_store.h"

#include <sys/wait.h>
#include <unistd.h>

static struct db *open_again(struct test *t, struct str path)
{
    struct text why = TEXT("", "");
    struct db *db = db_open(t->mem, path, DB_READ, &why);

    if (!db)
        BUG("%.*s", STR_ARG(why.en));
    return db;
}

static void commit_one(struct test *t, struct db *db, int64_t who)
{
    struct tx tx;

    tx_begin(db, true, &tx);
    check_in(&tx, who);
    CHECK_INT(tx_commit(&tx), OK);
}

static struct db_stamp stamp_of(struct db *db)
{
    struct db_stamp s;

    db_stamp(db, &s);
    return s;
}

static bool is_still(struct db *db, const struct db_stamp *before)
{
    struct db_stamp now = stamp_of(db);

    return db_stamp_same(before, &now);
}

TEST(a_stamp_stays_until_something_is_committed)
{
    struct db *db = given_db(t);
    struct db *reader = open_again(t, given_path(t));
    struct db_stamp before = stamp_of(reader);
    struct tx tx;

    CHECK(before.n > 0);
    CHECK_INT(rows_kept(reader), 0);
    CHECK(is_still(reader, &before) && is_still(db, &before));
    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    CHECK(is_still(reader, &before));
    tx_rollback(&tx);
    CHECK(is_still(reader, &before) && is_still(db, &before));
    commit_one(t, db, 1);
    CHECK(!is_still(reader, &before) && !is_still(db, &before));
    before = stamp_of(reader);
    CHECK(is_still(db, &before));
    CHECK_INT(rows_kept(reader), 1);
    CHECK(is_still(reader, &before));
}

TEST(no_two_commits_have_the_same_stamp)
{
    enum { COMMITS = 300 };
    struct db *db = given_db(t);
    struct db *reader = open_again(t, given_path(t));
    struct db_stamp *seen = NEW_ARRAY(t->mem, struct db_stamp, COMMITS);

    for (int i = 0; i < COMMITS; i++) {
        struct tx tx;

        /* There and back again: the rows are the same every second time. */
        tx_begin(db, true, &tx);
        if (i % 2 == 0)
            check_in(&tx, 1);
        else
            tx_run_unjournaled(&tx, SQL("DELETE FROM checkin"),
                               (struct args){ 0 });
        NEED_INT(tx_commit(&tx), OK);
        seen[i] = stamp_of(reader);
        NEED(seen[i].n > 0);
        for (int j = 0; j < i; j++)
            NEED(!db_stamp_same(&seen[i], &seen[j]));
    }
}

/* Commits once for every byte that comes, and says so by one. */
static void commit_when_told(struct test *t, struct str path, int in, int out)
{
    char byte;
    int64_t who = 100;

    while (read(in, &byte, 1) == 1) {
        struct mem *m = mem_new();
        struct text why;
        struct db *db = db_open(m, path, DB_WRITE, &why);

        if (!db)
            _exit(1);
        commit_one(t, db, who++);
        mem_free(m);
        if (write(out, &byte, 1) != 1)
            _exit(1);
    }
    _exit(0);
}

TEST(a_stamp_sees_what_another_process_commits)
{
    struct str path = given_path(t);
    struct db_stamp before;
    int told[2];
    int done[2];
    struct db *db;
    pid_t pid;
    char byte;

    NEED(pipe(told) == 0 && pipe(done) == 0);
    pid = fork(); /* while no database is open: SQLite does not survive it */
    if (pid == 0) {
        close(told[1]);
        commit_when_told(t, path, told[0], done[1]);
    }
    close(done[1]);
    db = given_db(t);
    for (int i = 0; i < 5; i++) {
        before = stamp_of(db);
        CHECK(is_still(db, &before));
        NEED(write(told[1], "x", 1) == 1 && read(done[0], &byte, 1) == 1);
        CHECK(before.n > 0 && !is_still(db, &before));
        CHECK_INT(rows_kept(db), i + 1);
    }
    close(told[1]);
    CHECK(waitpid(pid, NULL, 0) == pid);
}

TEST(a_database_without_a_log_of_writes_has_no_stamp)
{
    struct db *db = given_db(t);
    struct str copy = file_path(t->mem, test_folder(t), S("copy.db"));
    struct db_stamp stamp;

    if (!engine_is_sqlite(t))
        return;
    NEED_INT(db_copy(db, copy), OK);
    db = open_again(t, copy);
    stamp = stamp_of(db);
    CHECK_INT(stamp.n, 0);
    CHECK(!db_stamp_same(&stamp, &stamp));
    CHECK(!file_exists(t->mem, str_fmt(t->mem, "%.*s-shm", STR_ARG(copy))));
    CHECK_INT(rows_kept(db), 0);
}
