/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a connection tells of the statements it ran. */
#include "store/given_store.h"
#include "store/watch.h"

/* Somebody who writes down what ran. */
struct watcher {
    struct db *db;
    struct mem *m;
    struct str sql[8];
    struct str plan;
    int64_t us;
    size_t n;
};

static void write_down(void *arg, struct str sql, int64_t us)
{
    struct watcher *w = arg;

    if (w->n == COUNT(w->sql))
        BUG("more than %zu statements", w->n);
    w->sql[w->n++] = str_dup(w->m, sql);
    w->plan = db_explain(w->db, w->m, sql);
    w->us += us;
}

TEST(statements_are_counted_and_marks_are_not)
{
    struct db *db = given_db(t);
    int64_t before = db_statements(db);
    struct tx tx;

    tx_begin(db, true, &tx);
    tx_mark(&tx);
    check_in(&tx, 1);
    CHECK_INT(rows_in(&tx), 1);
    CHECK_INT(tx_keep(&tx), OK);
    CHECK_INT(tx_commit(&tx), OK);
    CHECK_INT(db_statements(db) - before, 2);
    db_explain(db, t->mem, S("DELETE FROM checkin"));
    CHECK_INT(db_statements(db) - before, 2);
}

TEST(whoever_watches_sees_texts_and_no_values)
{
    struct watcher w = { .db = given_db(t), .m = t->mem };
    struct db_watch watch = { write_down, &w };
    struct tx tx;

    db_watch(w.db, &watch);
    tx_begin(w.db, true, &tx);
    check_in(&tx, 20241107);
    CHECK_INT(rows_in(&tx), 1);
    tx_rollback(&tx);
    db_watch(w.db, NULL);
    CHECK_INT(rows_kept(w.db), 0);
    CHECK_INT(w.n, 2);
    CHECK_STR(w.sql[0], S("INSERT INTO checkin (who, at) VALUES (?1, 7)"));
    CHECK_STR(w.sql[1], S("SELECT count(*) FROM checkin"));
    CHECK(str_find(w.plan, S("checkin")) != SIZE_MAX);
    CHECK(w.us >= 0);
}

TEST(a_query_is_told_once_when_its_rows_end)
{
    struct watcher w = { .db = given_db(t), .m = t->mem };
    struct db_watch watch = { write_down, &w };
    struct mem *m = mem_child(t->mem);
    struct tx tx;
    struct rows r;

    tx_begin(w.db, true, &tx);
    for (int64_t who = 1; who <= 3; who++)
        check_in(&tx, who);
    db_watch(w.db, &watch);
    for (int stop = 1; stop <= 4; stop++) {
        struct str q = str_fmt(m, "SELECT who FROM checkin LIMIT %d", stop);

        r = tx_query(&tx, (struct sql){ q.p, q.n }, (struct args){ 0 });
        mem_reset(m); /* whoever composed it may have forgotten it */
        for (int i = 0; i < stop && rows_next(&r); i++)
            CHECK_INT(w.n, stop - 1);
        rows_end(&r);
        rows_end(&r);
        CHECK_INT(w.n, stop);
    }
    CHECK_STR(w.sql[0], S("SELECT who FROM checkin LIMIT 1"));
    tx_rollback(&tx);
}

TEST(a_plan_has_one_line_for_each_step)
{
    struct db *db = given_db(t);
    struct str one = S("SELECT at FROM checkin WHERE who = ?1");
    struct str two = S("SELECT at FROM checkin ORDER BY at");
    struct str plan = db_explain(db, t->mem, one);

    if (!engine_is_sqlite(t))
        return;
    CHECK(str_find(plan, S("SEARCH")) != SIZE_MAX);
    CHECK_INT(str_find(plan, S("\n")), plan.n - 1);
    plan = db_explain(db, t->mem, two);
    CHECK(str_find(plan, S("SCAN")) != SIZE_MAX);
    CHECK(str_find(plan, S("\nUSE TEMP B-TREE")) != SIZE_MAX);
}

TEST(what_is_no_statement_has_no_plan)
{
    struct db *db = given_db(t);
    struct str plan = db_explain(db, t->mem, S("SELECT at FROM checkout"));

    if (!engine_is_sqlite(t))
        return;
    CHECK(str_starts(plan, S("no plan: ")));
    CHECK(str_find(plan, S("checkout")) != SIZE_MAX);
    CHECK_INT(rows_kept(db), 0);
}
