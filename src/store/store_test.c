/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the store promises to whoever reads and writes through it. */
#include "store/given_store.h"
#include "store/schema.h"

TEST(db_open_makes_a_file_only_when_told)
{
    struct text why = TEXT("", "");

    CHECK(!db_open(t->mem, given_path(t), DB_WRITE, &why));
    CHECK(!text_empty(why));
    CHECK(db_open(t->mem, given_path(t), DB_CREATE, &why));
    CHECK(db_open(t->mem, given_path(t), DB_READ, &why));
}

TEST(a_server_that_is_not_there_is_told_without_the_password)
{
    struct str address = S("postgresql://wang:secret@127.0.0.1:1/house");
    struct text why = TEXT("", "");

    CHECK(!db_open(t->mem, address, DB_CREATE, &why));
    CHECK(str_find(why.en, S("whether the server runs")) != SIZE_MAX);
    CHECK(str_find(why.zh, S("服务器是否在运行")) != SIZE_MAX);
    CHECK_INT(str_find(why.en, S("secret")), SIZE_MAX);
}

TEST(tx_undo_goes_back_to_its_mark_and_no_further)
{
    struct db *db = given_db(t);
    struct tx tx;

    tx_begin(db, true, &tx);
    for (int64_t who = 1; who <= 4; who++) {
        tx_mark(&tx);
        check_in(&tx, who);
        if (who % 2)
            tx_undo(&tx);
        else
            CHECK_INT(tx_keep(&tx), OK);
    }
    CHECK_INT(rows_in(&tx), 2);
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(rows_kept(db), 2);
}

TEST(tx_changed_counts_the_rows_of_the_last_statement)
{
    struct db *db = given_db(t);
    struct tx tx;

    tx_begin(db, true, &tx);
    check_in(&tx, 1);
    check_in(&tx, 2);
    CHECK_INT(tx_changed(&tx), 1);
    tx_run_unjournaled(&tx, SQL("UPDATE checkin SET at = 8"),
                       (struct args){ 0 });
    CHECK_INT(tx_changed(&tx), 2);
    tx_run_unjournaled(&tx, SQL("DELETE FROM checkin WHERE who = 9"),
                       (struct args){ 0 });
    CHECK_INT(tx_changed(&tx), 0);
    tx_rollback(&tx);
    CHECK_INT(rows_kept(db), 0);
}

TEST(tx_columns_tells_names_and_kinds_in_order)
{
    struct db *db = given_db(t);
    struct db_columns c;
    struct tx tx;

    tx_begin(db, true, &tx);
    tx_script(&tx, S("CREATE TABLE badge (no INTEGER NOT NULL PRIMARY KEY, "
                     "name TEXT, picture BLOB) STRICT"));
    c = tx_columns(&tx, t->mem, S("badge"));
    if (CHECK_INT(c.n, 3)) {
        CHECK_STR(c.v[0].name, S("no"));
        CHECK_INT(c.v[0].kind, VALUE_INT);
        CHECK_STR(c.v[1].name, S("name"));
        CHECK_INT(c.v[1].kind, VALUE_TEXT);
        CHECK_STR(c.v[2].name, S("picture"));
        CHECK_INT(c.v[2].kind, VALUE_BYTES);
    }
    CHECK_INT(tx_columns(&tx, t->mem, S("badges")).n, 0);
    CHECK(!tx.failed);
    tx_rollback(&tx);
}

TEST(tx_columns_tells_the_key_in_its_order)
{
    struct db *db = given_db(t);
    struct db_columns c;
    struct tx tx;

    tx_begin(db, true, &tx);
    tx_script(&tx, S("CREATE TABLE visit (day INTEGER NOT NULL, who INTEGER "
                     "NOT NULL, words TEXT, PRIMARY KEY (who, day)) STRICT"));
    c = tx_columns(&tx, t->mem, S("visit"));
    if (CHECK_INT(c.n, 3)) {
        CHECK_INT(c.v[0].key, 2);
        CHECK_INT(c.v[1].key, 1);
        CHECK_INT(c.v[2].key, 0);
    }
    tx_rollback(&tx);
}

TEST(tx_tables_are_all_there_are_by_name)
{
    struct db *db = given_db(t);
    struct db_tables tables;
    struct tx tx;

    tx_begin(db, true, &tx);
    tx_script(&tx, S("CREATE TABLE visit (who INTEGER) STRICT;"
                     "CREATE TABLE badge (no INTEGER) STRICT"));
    tx_fix_plans(&tx);
    tables = tx_tables(&tx, t->mem);
    if (CHECK_INT(tables.n, 3)) {
        CHECK_STR(tables.v[0], S("badge"));
        CHECK_STR(tables.v[1], S("checkin"));
        CHECK_STR(tables.v[2], S("visit"));
    }
    tx_rollback(&tx);
}

TEST(a_walk_goes_on_while_others_ask_and_write)
{
    enum { MANY = 1300 };
    struct db *db = given_db(t);
    struct tx tx;
    struct rows r;
    int64_t n = 0;

    tx_begin(db, true, &tx);
    for (int64_t who = 0; who < MANY; who++)
        check_in(&tx, who);
    r = tx_walk(&tx,
                SQL("SELECT who FROM checkin WHERE who >= ?1 ORDER BY who"),
                WITH(INT(100)));
    while (rows_next(&r)) {
        CHECK_INT(rows_int(&r, 0), 100 + n);
        if (n % 100 == 0)
            CHECK_INT(tx_int(&tx, SQL("SELECT at FROM checkin WHERE who = ?1"),
                             WITH(INT(100 + n)), -1),
                      7);
        tx_run_unjournaled(&tx, SQL("UPDATE checkin SET at = 8 WHERE who = ?1"),
                           WITH(INT(n + 100)));
        n++;
    }
    CHECK_INT(n, MANY - 100);
    r = tx_walk(&tx, SQL("SELECT who FROM checkin WHERE at = 7 ORDER BY who"),
                (struct args){ 0 });
    CHECK(rows_next(&r));
    rows_end(&r);
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(rows_kept(db), MANY);
}

TEST(a_missing_value_of_every_kind_is_stored_as_missing)
{
    const struct value none[] = { NO_INT, NO_TEXT, NO_BYTES };
    struct db *db = given_db(t);
    struct tx tx;
    struct rows r;

    tx_begin(db, true, &tx);
    tx_script(&tx, S("CREATE TABLE badge (no INTEGER, name TEXT, picture BLOB) "
                     "STRICT"));
    tx_run_unjournaled(&tx, SQL("INSERT INTO badge VALUES (?1, ?2, ?3)"),
                       (struct args){ none, COUNT(none) });
    tx_run_unjournaled(&tx, SQL("INSERT INTO badge VALUES (?1, ?2, ?3)"),
                       WITH(INT(0), STR(S("")), BYTES(S(""))));
    r = tx_query(
        &tx, SQL("SELECT no, name, picture FROM badge ORDER BY no NULLS FIRST"),
        (struct args){ 0 });
    CHECK(rows_next(&r));
    for (int col = 0; col < 3; col++)
        CHECK(rows_is_null(&r, col));
    CHECK(rows_next(&r));
    for (int col = 0; col < 3; col++)
        CHECK(!rows_is_null(&r, col));
    CHECK(!rows_next(&r));
    CHECK_INT(tx_err(&tx), OK);
    tx_rollback(&tx);
}

TEST(rows_that_were_never_asked_for_are_none)
{
    struct rows r = { 0 };

    CHECK(!rows_next(&r));
    rows_end(&r);
}

/* What the program says when `change` is made, while writing or reading. */
static struct str words_of(struct test *t, struct db *db, bool writes,
                           void (*change)(void *tx))
{
    struct str words;
    struct tx tx;

    tx_begin(db, writes, &tx);
    words = test_last_words(t, change, &tx);
    tx_rollback(&tx);
    return words;
}

static void change_bookkeeping(void *tx)
{
    check_in(tx, 1);
}

static void change_tables(void *tx)
{
    tx_script(tx, S("DROP TABLE checkin"));
}

TEST(a_reading_transaction_changes_nothing)
{
    struct str end = S(": a change inside a reading transaction\n");

    CHECK(str_ends(words_of(t, given_db(t), false, change_bookkeeping), end));
}

TEST(a_reading_transaction_makes_no_tables)
{
    struct str end = S(": a change inside a reading transaction\n");

    CHECK(str_ends(words_of(t, given_db(t), false, change_tables), end));
}

/* A row of a ledger, of which an entry should speak. */
static void change_row(struct tx *tx, int64_t who)
{
    tx_run(tx, SQL("INSERT INTO checkin (who, at) VALUES (?1, 7)"),
           WITH(INT(who)));
}

static void commit_a_row(void *tx)
{
    change_row(tx, 1);
    if (tx_commit(tx) == OK)
        BUG("it was kept");
}

static void keep_a_row(void *tx)
{
    tx_mark(tx);
    change_row(tx, 1);
    if (tx_keep(tx) == OK)
        BUG("it was kept");
}

static void mark_behind_a_row(void *tx)
{
    change_row(tx, 1);
    tx_mark(tx);
}

static void keep_with_an_entry_before_the_mark(void *tx)
{
    struct tx *one = tx;

    change_row(one, 1);
    one->entries++;
    tx_mark(one);
    change_row(one, 2);
    if (tx_keep(one) == OK)
        BUG("it was kept");
}

TEST(no_row_changes_without_a_journal_entry)
{
    static void (*const changes[])(void *tx) = {
        commit_a_row,
        keep_a_row,
        mark_behind_a_row,
        keep_with_an_entry_before_the_mark,
    };
    struct str end = S(": 1 rows changed without a journal entry\n");
    struct db *db = given_db(t);

    if (!engine_is_sqlite(t))
        return;
    for (size_t i = 0; i < COUNT(changes); i++)
        CHECK(str_ends(words_of(t, db, true, changes[i]), end));
}
