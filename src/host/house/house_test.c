/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/given/given.h"
#include "store/watch.h"

static bool goes_by_year(struct given *g, enum db_mode mode)
{
    struct text why;
    struct house *h = house_open(g->m, g->house->folder, mode, &why);
    struct str plan = db_explain(h->db, g->m,
                                 S("SELECT name FROM sample_tree WHERE "
                                   "district = 1 AND year = 0 AND voided = 0"));

    return str_find(plan, S("sample_tree_year")) != SIZE_MAX;
}

TEST(a_folder_is_read_by_year_once_it_was_opened_to_write)
{
    struct given *g = given(t);

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
    NEED(house_open(g->m, g->house->folder, DB_WRITE, &why));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE alike <> 0 AND identity <> 1")),
              1);
}
