/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A clash is the request's: it costs nobody else what they wrote. */
#include "store/given_store.h"
#include "store/schema.h"

/* What a mark answers in which this statement runs; nothing stays. */
static enum err answer_to(struct db *db, struct str statement)
{
    struct tx tx;
    enum err e;

    tx_begin(db, true, &tx);
    tx_mark(&tx);
    tx_run_unjournaled(&tx, (struct sql){ statement.p, statement.n },
                       (struct args){ 0 });
    e = tx_keep(&tx);
    tx_rollback(&tx);
    return e;
}

TEST(three_phones_with_two_keys_leave_two_rows_and_the_others_theirs)
{
    enum { QUEUED = 256 };
    struct db *db = given_db(t);
    struct tx tx;
    int clashed = 0;

    tx_begin(db, true, &tx);
    for (int64_t i = 0; i < QUEUED; i++) {
        enum err e;

        tx_mark(&tx);
        check_in(&tx, i == 0 ? 1 : i); /* 1, 1, 2, 3, … */
        e = tx_keep(&tx);
        CHECK_INT(e, i == 1 ? E_CLASH : OK);
        clashed += e == E_CLASH;
    }
    CHECK_INT(clashed, 1);
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(rows_kept(db), QUEUED - 1);
}

TEST(after_a_clash_calls_do_nothing_until_the_mark_ends)
{
    struct db *db = given_db(t);
    struct tx tx;

    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    tx_mark(&tx);
    check_in(&tx, 2);
    check_in(&tx, 1);
    CHECK_INT(tx_changed(&tx), 0);
    CHECK_INT(tx_err(&tx), E_CLASH);
    check_in(&tx, 3);
    CHECK_INT(tx_changed(&tx), 0);
    CHECK_INT(rows_in(&tx), -1);
    CHECK_INT(tx_columns(&tx, t->mem, S("checkin")).n, 0);
    tx_undo(&tx);
    CHECK_INT(tx_err(&tx), OK);
    CHECK_INT(rows_in(&tx), 1);
    check_in(&tx, 4);
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(rows_kept(db), 2);
}

TEST(rows_that_are_being_read_end_with_a_clash)
{
    struct db *db = given_db(t);
    struct tx tx;
    struct rows r;

    tx_begin(db, true, &tx);
    for (int64_t who = 1; who <= 3; who++)
        check_in(&tx, who);
    tx_mark(&tx);
    r = tx_query(&tx, SQL("SELECT who FROM checkin"), (struct args){ 0 });
    CHECK(rows_next(&r));
    check_in(&tx, 1);
    CHECK_INT(tx_changed(&tx), 0);
    CHECK(!rows_next(&r));
    CHECK_INT(tx_keep(&tx), E_CLASH);
    CHECK_INT(tx_commit(&tx), OK);
}

TEST(a_clash_outside_any_mark_keeps_nothing)
{
    struct db *db = given_db(t);
    struct tx tx;

    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    check_in(&tx, 1);
    CHECK_INT(tx_commit(&tx), E_CLASH);
    CHECK_INT(rows_kept(db), 0);
    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(rows_kept(db), 1);
}

TEST(only_a_key_that_is_taken_is_a_clash)
{
    static const struct {
        struct str statement;
        enum err want;
    } tries[] = {
        { S_INIT("INSERT INTO badge VALUES (2, 'Wu', NULL)"), OK },
        { S_INIT("INSERT INTO badge VALUES (1, 'Wu', NULL)"), E_CLASH },
        { S_INIT("INSERT INTO badge VALUES (2, 'Lin', NULL)"), E_CLASH },
        { S_INIT("INSERT INTO badge VALUES (2, 'Wu', 7), (3, 'Wu', 7)"),
          E_CLASH },
        { S_INIT("UPDATE badge SET name = 'Lin'"), OK },
        { S_INIT("INSERT INTO badge VALUES (2, NULL, NULL)"), E_STORE },
        { S_INIT("INSERT INTO badge VALUES (2, '?', NULL)"), E_STORE },
        { S_INIT("INSERT INTO badge VALUES (2, 'Wu', 'hall')"), E_STORE },
        { S_INIT("INSERT INTO badges VALUES (2, 'Wu', NULL)"), E_STORE },
    };
    struct db *db = given_db(t);
    struct tx tx;

    tx_begin(db, true, &tx);
    tx_script(&tx, S("CREATE TABLE badge (no INTEGER NOT NULL PRIMARY KEY, "
                     "name TEXT NOT NULL CHECK (name <> '?'), "
                     "room INTEGER) STRICT;"
                     "CREATE UNIQUE INDEX badge_name ON badge (name);"
                     "INSERT INTO badge (no, name) VALUES (1, 'Lin')"));
    CHECK_INT(tx_commit(&tx), OK);
    for (size_t i = 0; i < COUNT(tries); i++)
        CHECK_INT(answer_to(db, tries[i].statement), tries[i].want);
}

TEST(a_failure_outlives_the_mark_it_came_in)
{
    struct db *db = given_db(t);
    struct tx tx;

    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    tx_mark(&tx);
    tx_run_unjournaled(&tx, SQL("INSERT INTO checkin (who) VALUES (2)"),
                       (struct args){ 0 });
    CHECK_INT(tx_changed(&tx), 0);
    tx_undo(&tx);
    CHECK_INT(tx_err(&tx), E_STORE);
    tx_mark(&tx);
    check_in(&tx, 3);
    CHECK_INT(tx_keep(&tx), E_STORE);
    CHECK_INT(tx_commit(&tx), E_STORE);
    CHECK_INT(rows_kept(db), 0);
}

TEST(what_a_clash_takes_back_needs_no_journal_entry)
{
    struct db *db = given_db(t);
    struct tx tx;

    tx_begin(db, true, &tx);
    tx_mark(&tx);
    tx_run(&tx, SQL("INSERT INTO checkin (who, at) VALUES (1, 7)"),
           (struct args){ 0 });
    CHECK_INT(tx_changed(&tx), 1);
    CHECK_INT(tx.changes, 1);
    check_in(&tx, 1);
    CHECK_INT(tx_keep(&tx), E_CLASH);
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(rows_kept(db), 0);
}
