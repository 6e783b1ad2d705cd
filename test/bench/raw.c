/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * raw WHAT DIR SECONDS - what SQLite alone can keep, 64 rows a commit, WAL
 * with synchronous=FULL: WHAT is "row" for one insert a row, or "whole" for
 * all that the program writes of a posted row (identity, record, tallies,
 * count of rows, name, journal entry, the answer to the form). Prints rows
 * per second. The file is removed again.
 */
#include "base/str.h"
#include "test/bench/clock.h"

#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

enum { BATCH = 64 };

static const char schema[] =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    "CREATE TABLE project (id INTEGER PRIMARY KEY, name TEXT, field TEXT,"
    " lead_org TEXT, secretary TEXT, unit INTEGER, started_on INTEGER,"
    " due_on INTEGER, milestones TEXT, identity INTEGER);"
    "CREATE TABLE record (year INTEGER, kind TEXT, category TEXT,"
    " rank INTEGER, row_id INTEGER, org INTEGER, quantity INTEGER,"
    " PRIMARY KEY (year, kind, category, rank, row_id)) WITHOUT ROWID;"
    "CREATE INDEX record_order ON record (year, kind, rank, row_id);"
    "CREATE TABLE row_count (subject TEXT, year INTEGER, n INTEGER,"
    " PRIMARY KEY (subject, year)) WITHOUT ROWID;"
    "CREATE TABLE row_name (subject TEXT, name TEXT, row_id INTEGER,"
    " PRIMARY KEY (subject, name, row_id)) WITHOUT ROWID;"
    "CREATE TABLE tally (scope INTEGER, category TEXT, n INTEGER,"
    " PRIMARY KEY (scope, category)) WITHOUT ROWID;"
    "CREATE TABLE entry (seq INTEGER PRIMARY KEY, at INTEGER, subject TEXT,"
    " row_id INTEGER, leaf BLOB, leaf_hash BLOB, salts BLOB);"
    "CREATE TABLE answered (token TEXT PRIMARY KEY, at INTEGER,"
    " location TEXT) WITHOUT ROWID;"
    "INSERT INTO row_count VALUES ('projects.project', 2024, 0);"
    "INSERT INTO tally VALUES (0, 'green', 0), (1, 'green', 0)";

/* The first is "row", all are "whole". ?1 is the number of the row. */
static const char *const inserts[] = {
    "INSERT INTO project (name, field, lead_org, secretary, unit, "
    "started_on, due_on, milestones, identity) VALUES ('项目' || ?1, "
    "'green', '区法院党组织', '书记', 1, 20240301, 20240501, "
    "'第一步（20240401，50）', ?1 * 2654435761 % 4294967296)",
    "INSERT INTO record VALUES (2024, 'projects.project', 'green', 0, ?1, 1, "
    "1)",
    "UPDATE tally SET n = n + 1 WHERE scope = ?1 * 0 AND category = 'green'",
    "UPDATE tally SET n = n + 1 WHERE scope = ?1 * 0 + 1 AND "
    "category = 'green'",
    "UPDATE row_count SET n = n + 1 WHERE subject = 'projects.project' AND "
    "year = ?1 * 0 + 2024",
    "INSERT INTO row_name VALUES ('projects.project', '项目' || ?1, ?1)",
    "INSERT INTO entry (at, subject, row_id, leaf, leaf_hash, salts) VALUES "
    "(1730970120000, 'projects.project', ?1, zeroblob(62), zeroblob(32), "
    "zeroblob(32))",
    "INSERT INTO answered VALUES ('0123456789abcdef-' || ?1, 1730970120000, "
    "'/projects/project/' || ?1)",
};

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        BUG("%s: %s", sql, sqlite3_errmsg(db));
}

static void insert(sqlite3_stmt *st, int64_t number)
{
    sqlite3_bind_int64(st, 1, number);
    if (sqlite3_step(st) != SQLITE_DONE)
        BUG("%s", sqlite3_errmsg(sqlite3_db_handle(st)));
    sqlite3_reset(st);
}

static double insert_for(sqlite3 *db, size_t statements, double seconds)
{
    sqlite3_stmt *st[COUNT(inserts)] = { NULL };
    double from = clock_fine();
    int64_t n = 0;

    for (size_t i = 0; i < statements; i++)
        if (sqlite3_prepare_v2(db, inserts[i], -1, &st[i], NULL) != SQLITE_OK)
            BUG("%s", sqlite3_errmsg(db));
    while (clock_fine() - from < seconds) {
        run(db, "BEGIN IMMEDIATE");
        for (int i = 0; i < BATCH; i++, n++)
            for (size_t k = 0; k < statements; k++)
                insert(st[k], n);
        run(db, "COMMIT");
    }
    for (size_t i = 0; i < statements; i++)
        sqlite3_finalize(st[i]);
    return (double)n / (clock_fine() - from);
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    bool whole = argc > 1 && str_eq(str_from(argv[1]), S("whole"));
    int64_t seconds;
    const char *path;
    sqlite3 *db;

    if (argc != 4 || !str_int(str_from(argv[3]), &seconds))
        return fprintf(stderr, "raw row|whole DIR SECONDS\n"), 2;
    path = str_fmt(m, "%s/raw.db", argv[2]).p;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        return fprintf(stderr, "%s\n", sqlite3_errmsg(db)), 1;
    run(db, schema);
    if (whole)
        run(db, "CREATE UNIQUE INDEX project_identity ON project (identity)");
    printf("%.0f\n",
           insert_for(db, whole ? COUNT(inserts) : 1, (double)seconds));
    sqlite3_close(db);
    unlink(path);
    mem_free(m);
    return 0;
}
