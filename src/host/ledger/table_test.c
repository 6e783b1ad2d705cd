/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The tables of ledgers, and what a store that refuses does to their rows. */
#include "host/ledger/table.h"

#include "host/given/given.h"
#include "store/schema.h"

static bool has_column(struct given *g, struct str name)
{
    struct db_columns c = tx_columns(given_tx(g), g->m, S("sample_tree"));

    for (size_t i = 0; i < c.n; i++)
        if (str_eq(c.v[i].name, name))
            return true;
    return false;
}

TEST(a_table_gets_the_columns_it_lacks)
{
    struct given *g = given(t);
    const struct ledger *l = ledger_find(S("sample.tree"));
    struct str last = l->columns[l->columns_n - 1].key;

    tx_script(given_tx(g),
              str_fmt(t->mem, "ALTER TABLE sample_tree DROP COLUMN %.*s",
                      STR_ARG(last)));
    CHECK(!has_column(g, last));
    table_create_all(given_tx(g));
    CHECK(has_column(g, last));
    CHECK(!given_tx(g)->failed);
}

TEST(a_row_after_a_clash_is_refused_and_not_taken_for_a_mistake)
{
    struct given *g = given(t);
    struct ledger_row *row = given_row(g, "registry.organisation");

    given_text(row, "name", S("张村社区"));
    given_text(row, "kind", S("community"));
    given_int(row, "parent",
              given_unit(g, S("区法院"))); /* its title would have to be read */
    given_admit(g, NULL, row);
    tx_mark(given_tx(g));
    for (int i = 0; i < 2; i++)
        tx_run_unjournaled(given_tx(g),
                           SQL("INSERT INTO policy VALUES "
                               "(370212, 'twice', 2024, 1, '')"),
                           (struct args){ 0 });
    CHECK_INT(row_insert(given_act(g), row), E_CLASH);
    tx_undo(given_tx(g));
    given_admit(g, NULL, row);
    CHECK_INT(row_insert(given_act(g), row), OK);
}

TEST(a_new_row_misses_every_value_in_the_kind_of_its_column)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        struct ledger_row *row = ledger_row_new(t->mem, l);

        for (size_t col = 0; col < l->columns_n; col++) {
            CHECK(!row_has(row, col));
            CHECK_INT(row->values[col].kind,
                      column_is_int(&l->columns[col]) ? VALUE_INT : VALUE_TEXT);
        }
    }
}
