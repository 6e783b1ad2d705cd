/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The engine finds rows by the key that tells more, whatever is in a table. */
#include "store/given_store.h"
#include "store/schema.h"
#include "store/watch.h"

#define OF_A_YEAR "SELECT at FROM visit WHERE district = 1 AND year = 2"
#define OF_ALL "SELECT at FROM visit WHERE district = 1"

static void script(struct test *t, struct db *db, struct str statements)
{
    struct tx tx;

    tx_begin(db, true, &tx);
    tx_script(&tx, statements);
    CHECK_INT(tx_commit(&tx), OK);
}

/* Keyed as every table of the house is. */
#define TABLE(name)                                                            \
    "CREATE TABLE " name " (district INTEGER NOT NULL, id INTEGER NOT NULL, "  \
    "year INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (district, id)) " \
    "STRICT, WITHOUT ROWID;"                                                   \
    "CREATE INDEX " name "_year ON " name " (district, year, id);"

static struct db *given_visits(struct test *t)
{
    struct db *db = given_db(t);

    script(t, db,
           S(TABLE(
               "visit") "INSERT INTO visit VALUES (1, 1, 2, 7), (1, 2, 2, 7)"));
    return db;
}

static void fix_plans(struct test *t, struct db *db)
{
    struct tx tx;

    tx_begin(db, true, &tx);
    tx_fix_plans(&tx);
    CHECK_INT(tx.changes, 0);
    CHECK_INT(tx_commit(&tx), OK);
}

static bool goes_by(struct test *t, struct db *db, struct str sql,
                    struct str key)
{
    return str_find(db_explain(db, t->mem, sql), key) != SIZE_MAX;
}

static void check_plans(struct test *t, struct db *db)
{
    CHECK(
        goes_by(t, db, S(OF_A_YEAR), S("visit_year (district=? AND year=?)")));
    CHECK(goes_by(t, db, S(OF_ALL), S("PRIMARY KEY (district=?)")));
    CHECK(goes_by(t, db, S(OF_A_YEAR " AND id = 3"),
                  S("PRIMARY KEY (district=? AND id=?)")));
}

TEST(plans_go_by_the_key_that_tells_more)
{
    struct db *db = given_visits(t);
    struct text why;

    if (!engine_is_sqlite(t))
        return;
    CHECK(goes_by(t, db, S(OF_A_YEAR), S("PRIMARY KEY (district=?)")));
    fix_plans(t, db);
    check_plans(t, db);
    fix_plans(t, db);
    check_plans(t, db);
    check_plans(t, db_open(t->mem, given_path(t), DB_READ, &why));
}

TEST(plans_stay_whatever_somebody_measured)
{
    struct db *db = given_visits(t);

    if (!engine_is_sqlite(t))
        return;
    fix_plans(t, db);
    script(t, db, S("ANALYZE"));
    CHECK(!goes_by(t, db, S(OF_ALL), S("PRIMARY KEY (district=?)")) ||
          !goes_by(t, db, S(OF_A_YEAR), S("visit_year")));
    fix_plans(t, db);
    check_plans(t, db);
}

TEST(plans_are_fixed_for_a_table_that_comes_later)
{
    struct db *db = given_visits(t);
    struct str sql = S("SELECT at FROM stay WHERE district = 1 AND year = 2");

    if (!engine_is_sqlite(t))
        return;
    fix_plans(t, db);
    script(t, db, S(TABLE("stay")));
    CHECK(goes_by(t, db, sql, S("PRIMARY KEY (district=?)")));
    fix_plans(t, db);
    CHECK(goes_by(t, db, sql, S("stay_year (district=? AND year=?)")));
    check_plans(t, db);
}
