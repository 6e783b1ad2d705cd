/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/given/given.h"
#include "host/house/verify.h"
#include "host/ledger/period.h"
#include "host/ledger/row_count.h"
#include "store/watch.h"
#include "test/engine.h"

#include <glob.h>

static bool goes_by_year(struct given *g, enum db_mode mode)
{
    struct text why;
    struct house *h = house_open(g->m, g->house->place, mode, &why);
    struct str plan = db_explain(h->db, g->m,
                                 S("SELECT name FROM sample_tree WHERE "
                                   "district = 1 AND year = 0 AND voided = 0"));

    return str_find(plan, S("sample_tree_year")) != SIZE_MAX;
}

TEST(a_folder_is_read_by_year_once_it_was_opened_to_write)
{
    struct given *g = given(t);

    if (!engine_is_sqlite(t))
        return;
    CHECK(goes_by_year(g, DB_READ));
    /* As a program left it that did not fix plans. */
    tx_script(given_tx(g), S("DELETE FROM sqlite_stat1"));
    given_commit(g);
    CHECK(!goes_by_year(g, DB_READ));
    CHECK(goes_by_year(g, DB_WRITE));
    CHECK(goes_by_year(g, DB_READ));
}

TEST(rows_of_an_older_folder_are_found_by_name_once_it_was_opened)
{
    struct given *g = given(t);
    struct text why;

    given_keep(g, sample_tree(g, S("甲")));
    tx_script(given_tx(g), S("DROP INDEX sample_tree_alike;"
                             "ALTER TABLE sample_tree "
                             "DROP COLUMN alike;"
                             "UPDATE sample_tree SET identity = 1"));
    given_commit(g);
    NEED(house_open(g->m, g->house->place, DB_WRITE, &why));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE alike <> 0 AND identity <> 1")),
              1);
}

/* As other programs left it; true: it opens. */
static bool opens(struct given *g, enum db_mode mode, struct text *ret_why)
{
    return house_open(g->m, g->house->place, mode, ret_why) != NULL;
}

/* How often it was kept as it was before it was brought up to date. */
static size_t copies_in(struct given *g)
{
    glob_t found = { 0 };
    const char *pattern =
        str_fmt(g->m, "%.*s/before-upgrade-*", STR_ARG(g->house->place.keys)).p;
    size_t n = glob(pattern, 0, NULL, &found) == 0 ? found.gl_pathc : 0;

    globfree(&found);
    return n;
}

TEST(an_older_folder_that_cannot_be_kept_is_left_alone)
{
    struct given *g = given(t);
    struct text why = TEXT("", "");

    tx_script(given_tx(g), S("DELETE FROM migration WHERE "
                             "name = 'host/ledger/schema/004.sql'"));
    given_commit(g);
    g->house->place.keys = S("/dev/null/no/such/folder");
    CHECK(!opens(g, DB_WRITE, &why));
    CHECK(str_find(why.zh, S("升级前的副本")) != SIZE_MAX);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM migration WHERE name = "
                               "'host/ledger/schema/004.sql'")),
              0);
}

TEST(an_older_folder_is_not_read_before_it_is_brought_up_to_date)
{
    struct given *g = given(t);
    struct text why = TEXT("", "");

    given_keep(g, sample_tree(g, S("甲")));
    tx_script(given_tx(g), S("DELETE FROM tally WHERE scope = -16;"
                             "DELETE FROM migration WHERE "
                             "name = 'host/ledger/schema/004.sql'"));
    given_commit(g);
    CHECK(!opens(g, DB_READ, &why));
    CHECK(str_find(why.zh, S("dajuan doctor --data")) != SIZE_MAX);
    CHECK_INT(copies_in(g), 0);
    CHECK(opens(g, DB_WRITE, &why));
    CHECK(opens(g, DB_WRITE, &why));
    CHECK_INT(copies_in(g), 1);
    CHECK(opens(g, DB_READ, &why));
    CHECK_INT(given_sql(g, SQL("SELECT sum(n) FROM tally WHERE scope = -16 "
                               "AND kind = 'sample.tree' AND rank = 202401")),
              1);
}

/* As a folder was before rows were counted. */
TEST(rows_of_an_older_folder_are_counted_once_it_was_opened)
{
    struct given *g = given(t);
    struct row_count trees = { .ledger = ledger_find(S("sample.tree")) };
    struct text why;

    for (int i = 0; i < 3; i++)
        given_keep(g, sample_tree(g, str_fmt(t->mem, "第%d棵", i)));
    given_void(g, "sample.tree", 2);
    tx_script(given_tx(g), S("DROP TABLE row_count;"
                             "DELETE FROM migration WHERE "
                             "name = 'host/ledger/schema/006.sql'"));
    given_commit(g);
    NEED(house_open(g->m, g->house->place, DB_WRITE, &why));
    CHECK_INT(row_count(act_scope(given_act(g)), &trees), 2);
    trees.voided = true;
    CHECK_INT(row_count(act_scope(given_act(g)), &trees), 3);
}

TEST(rows_of_an_older_folder_are_referred_to_by_name_once_it_was_opened)
{
    struct given *g = given(t);
    struct text why;

    given_unit(g, S("区教育局"));
    tx_script(given_tx(g), S("DROP TABLE row_name;"
                             "DELETE FROM migration WHERE "
                             "name = 'host/ledger/schema/008.sql'"));
    given_commit(g);
    NEED(house_open(g->m, g->house->place, DB_WRITE, &why));
    CHECK_INT(given_sql(g, SQL("SELECT row_id FROM row_name WHERE "
                               "name = '区教育局'")),
              1);
}

/* As records stood before their ranks were negated. */
TEST(records_of_an_older_folder_are_put_in_order_once_it_was_opened)
{
    struct given *g = given(t);
    struct verify_counts n;
    struct text why = TEXT("", "");
    struct house *h;

    for (int i = 0; i < 3; i++) {
        struct ledger_row *row = sample_tree(g, str_fmt(t->mem, "%d", i));

        given_int(row, "visits", i);
        given_keep(g, row);
    }
    tx_script(given_tx(g), S("DROP INDEX record_order;"
                             "UPDATE record SET minus_rank = -minus_rank;"
                             "ALTER TABLE record RENAME COLUMN minus_rank "
                             "TO rank;"
                             "DELETE FROM migration WHERE "
                             "name = 'host/ledger/schema/007.sql'"));
    given_commit(g);
    h = house_open(g->m, g->house->place, DB_WRITE, &why);
    NEED(h != NULL);
    CHECK_INT(verify_house(h, g->m, &n, &why), OK);
    CHECK_INT(given_sql(g, SQL("SELECT row_id FROM record WHERE kind = "
                               "'sample.visit' ORDER BY minus_rank LIMIT 1")),
              3);
}

TEST(a_folder_of_a_newer_program_is_left_alone)
{
    static const struct {
        const char *name;
        bool opens;
    } cases[] = {
        { "host/ledger/schema/999.sql", false },
        { "access/schema/999.sql", false },
        { "room/schema/001.sql", false },
        /* Of a feature that was taken out of this program. */
        { "feature/gone/schema/001.sql", true },
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct text why = TEXT("", "");

        tx_script(given_tx(g), S("DELETE FROM migration WHERE at = 1"));
        tx_run_unjournaled(
            given_tx(g), SQL("INSERT INTO migration (name, at) VALUES (?1, 1)"),
            WITH(STR(str_from(cases[i].name))));
        given_commit(g);
        CHECK(opens(g, DB_READ, &why) == cases[i].opens);
        CHECK(opens(g, DB_WRITE, &why) == cases[i].opens);
        CHECK((str_find(why.zh, S("更新的程序")) == SIZE_MAX) ==
              cases[i].opens);
    }
}

/* The day the folder says it is. */
static int32_t day_of(struct house *h)
{
    struct tx tx;
    int32_t day;

    tx_begin(h->db, false, &tx);
    day = period_today(house_scope(h, &tx, h->m));
    tx_rollback(&tx);
    return day;
}

TEST(house_says_which_day_it_is_and_an_older_one_learns_it)
{
    struct given *g = given(t);
    struct text why = TEXT("", "");
    struct house *h;

    CHECK_INT(day_of(g->house), 20241107);
    tx_run_unjournaled(given_tx(g), SQL("DELETE FROM clock"),
                       (struct args){ 0 });
    given_commit(g);
    h = house_open(g->m, g->house->place, DB_READ, &why);
    NEED(h != NULL);
    CHECK_INT(day_of(h), 0);
    h = house_open(g->m, g->house->place, DB_WRITE, &why);
    NEED(h != NULL);
    CHECK(day_of(h) >= 20240101); /* the day it really is */
}
