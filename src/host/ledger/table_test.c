/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The tables of ledgers follow their declarations. */
#include "host/ledger/table.h"

#include "host/given/given_house.h"

static bool has_column(struct given *g, struct str name)
{
    struct db_columns c =
        tx_columns(&g->work.tx, g->m, S("registry_organisation"));

    for (size_t i = 0; i < c.n; i++)
        if (str_eq(c.v[i].name, name))
            return true;
    return false;
}

TEST(a_table_gets_the_columns_it_lacks)
{
    struct given *g = given_house(t);
    const struct ledger *l = ledger_find(S("registry.organisation"));
    struct str last = l->columns[l->columns_n - 1].key;

    tx_script(&g->work.tx,
              str_fmt(t->mem,
                      "ALTER TABLE registry_organisation DROP COLUMN %.*s",
                      STR_ARG(last)));
    CHECK(!has_column(g, last));
    table_create_all(&g->work.tx);
    CHECK(has_column(g, last));
    CHECK(!g->work.tx.failed);
}
