/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "store/dialect.h"

#include "test/test.h"

#include <sqlite3.h>

static struct str there(struct test *t, struct str here)
{
    struct str sql = S("");
    struct text reason;

    CHECK(dialect_postgres(t->mem, here, &sql, &reason));
    return sql;
}

static bool is_refused(struct test *t, struct str here)
{
    struct str sql;
    struct text reason = TEXT("", "");

    return !dialect_postgres(t->mem, here, &sql, &reason) && reason.zh.n > 0 &&
           reason.en.n > 0;
}

TEST(dialect_spells_a_table_for_postgres)
{
    CHECK_STR(there(t, S("CREATE TABLE IF NOT EXISTS t (\n"
                         "    a INTEGER NOT NULL, -- ms, INTEGER ?1\n"
                         "    b TEXT NOT NULL PRIMARY KEY,\n"
                         "    c BLOB, at TEXT,\n"
                         "    PRIMARY KEY (a, b), UNIQUE (b)\n"
                         ") STRICT, WITHOUT ROWID;\n"
                         "CREATE TABLE u (a INTEGER) STRICT;")),
              S("CREATE TABLE IF NOT EXISTS t (\n"
                "    a BIGINT NOT NULL, -- ms, INTEGER ?1\n"
                "    b TEXT COLLATE \"C\" NOT NULL PRIMARY KEY,\n"
                "    c BYTEA, at TEXT COLLATE \"C\",\n"
                "    PRIMARY KEY (a, b), UNIQUE (b)\n"
                ")   ;\n"
                "CREATE TABLE u (a BIGINT) ;"));
    CHECK_STR(there(t, S("ALTER TABLE t ADD COLUMN words TEXT")),
              S("ALTER TABLE t ADD COLUMN words TEXT COLLATE \"C\""));
    CHECK_STR(there(t, S("CREATE UNIQUE INDEX t_a ON t (a, b)")),
              S("CREATE UNIQUE INDEX t_a ON t (a, b)"));
}

TEST(dialect_spells_a_statement_for_postgres)
{
    CHECK_STR(there(t, S("SELECT instr(t.a, ?12) > 0, CAST(?2 AS INTEGER), "
                         "CAST(b AS TEXT), instr FROM t")),
              S("SELECT strpos(t.a, $12) > 0, CAST($2 AS BIGINT), "
                "CAST(b AS TEXT), instr FROM t"));
    CHECK_STR(there(t, S("SELECT '?1 it''s BLOB -- no', \"?1\" /* ?1 */, ?1")),
              S("SELECT '?1 it''s BLOB -- no', \"?1\" /* ?1 */, $1"));
    CHECK_STR(there(t, S("SELECT 'open ?1")), S("SELECT 'open ?1"));
    CHECK_STR(there(t, S("SELECT strict_integer, ROWID, '“'")),
              S("SELECT strict_integer, ROWID, '“'"));
    CHECK_STR(there(t, S("")), S(""));
}

TEST(dialect_refuses_what_postgres_would_take_otherwise)
{
    CHECK(is_refused(t, S("CREATE TABLE t (a REAL)")));
    CHECK(is_refused(t, S("CREATE TABLE t (a INTEGER, b BIGINT)")));
    CHECK(is_refused(t, S("CREATE TABLE t (a INTEGER, b)")));
    CHECK(is_refused(t, S("CREATE TABLE t (a, b INTEGER)")));
    CHECK(is_refused(t, S("CREATE TABLE t (a")));
    CHECK(is_refused(t, S("ALTER TABLE t ADD COLUMN a ANY")));
    CHECK(is_refused(t, S("ALTER TABLE t ADD COLUMN a")));
    CHECK(is_refused(t, S("SELECT ? + ?")));
    CHECK(is_refused(t, S("SELECT ?")));
    CHECK(is_refused(t, S("SELECT ?a")));
}

TEST(names_are_names_on_both_engines)
{
    char longest[DIALECT_NAME_MAX + 1];

    for (size_t i = 0; i < sizeof(longest); i++)
        longest[i] = (char)('a' + i % 26);
    CHECK(dialect_is_name(S("projects_project_year")));
    CHECK(dialect_is_name(S("a1")));
    CHECK(dialect_is_name(S("orders")));
    CHECK(dialect_is_name((struct str){ longest, DIALECT_NAME_MAX }));
    CHECK(!dialect_is_name((struct str){ longest, DIALECT_NAME_MAX + 1 }));
    CHECK(!dialect_is_name(S("")));
    CHECK(!dialect_is_name(S("1a")));
    CHECK(!dialect_is_name(S("Name")));
    CHECK(!dialect_is_name(S("a-b")));
    CHECK(!dialect_is_name(S("名")));
    CHECK(!dialect_is_name(S("add")));
    CHECK(!dialect_is_name(S("order")));
    CHECK(!dialect_is_name(S("window")));
    CHECK(!dialect_is_name(S("with")));
}

/* Can a column be called so? */
static bool sqlite_takes(struct test *t, sqlite3 *db, struct str word)
{
    struct str sql =
        str_fmt(t->mem, "CREATE TABLE t (%.*s INTEGER)", STR_ARG(word));
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v2(db, sql.p, (int)sql.n, &st, NULL);

    sqlite3_finalize(st);
    return rc == SQLITE_OK;
}

TEST(words_that_sqlite_reserves_are_no_names)
{
    sqlite3 *db = NULL;

    CHECK_INT(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (int i = 0; i < sqlite3_keyword_count(); i++) {
        struct str word = S("");
        int n = 0;

        CHECK_INT(sqlite3_keyword_name(i, &word.p, &n), SQLITE_OK);
        word.n = (size_t)n;
        word = str_lower(t->mem, word);
        CHECK(sqlite_takes(t, db, word) || !dialect_is_name(word));
    }
    sqlite3_close(db);
}
