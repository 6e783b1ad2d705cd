/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Tables made from ledger declarations. The statements are composed from
 * literals and declared names (compose.h).
 */
#include "host/ledger/table.h"

#include "store/schema.h"

void compose_table(struct compose *c, const struct ledger *l)
{
    compose_joined(c, (struct str[]){ l->feature, l->noun }, 2);
}

/* An index of every ledger's table. */
struct index {
    struct sql create;
    struct str name; /* after those of the table */
    struct sql columns;
};

static struct sql column_sql_type(const struct column *col)
{
    return column_kind(col) == VALUE_INT ? SQL(" INTEGER") : SQL(" TEXT");
}

static void create_table(struct tx *tx, struct mem *m, const struct ledger *l)
{
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("CREATE TABLE "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" (district INTEGER NOT NULL, id INTEGER NOT NULL, "
                        "year INTEGER NOT NULL, version INTEGER NOT NULL, "
                        "voided INTEGER NOT NULL, seq INTEGER NOT NULL, "
                        "batch INTEGER NOT NULL, "
                        "identity INTEGER NOT NULL, "
                        "alike INTEGER NOT NULL, search TEXT NOT NULL"));
    if (ledger_parent(l))
        compose_sql(&c, SQL(", of_owner INTEGER NOT NULL, "
                            "of_place INTEGER NOT NULL"));
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!column_is_kept(&l->columns[i]))
            continue;
        compose_sql(&c, SQL(", "));
        compose_name(&c, l->columns[i].key);
        compose_sql(&c, column_sql_type(&l->columns[i]));
    }
    compose_sql(&c, SQL(", PRIMARY KEY (district, id)) STRICT, "
                        "WITHOUT ROWID"));
    tx_run_unjournaled(tx, compose_end(&c), (struct args){ 0 });
}

static void create_index(struct tx *tx, struct mem *m, const struct ledger *l,
                         const struct index *index)
{
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, index->create);
    compose_joined(&c, (struct str[]){ l->feature, l->noun, index->name }, 3);
    compose_sql(&c, SQL(" ON "));
    compose_table(&c, l);
    compose_sql(&c, index->columns);
    tx_run_unjournaled(tx, compose_end(&c), (struct args){ 0 });
}

/* An index of the table by one of its columns. */
struct index_of {
    struct sql before; /* the columns before that one */
    unsigned role;
    struct str name; /* after those of the table */
};

static void create_index_of(struct tx *tx, struct mem *m,
                            const struct ledger *l, const struct index_of *i)
{
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("CREATE INDEX IF NOT EXISTS "));
    compose_joined(&c, (struct str[]){ l->feature, l->noun, i->name }, 3);
    compose_sql(&c, SQL(" ON "));
    compose_table(&c, l);
    compose_sql(&c, i->before);
    compose_name(&c, l->columns[ledger_role(l, i->role)].key);
    compose_sql(&c, SQL(", id)"));
    tx_run_unjournaled(tx, compose_end(&c), (struct args){ 0 });
}

/*
 * One row for an identity; rows of one name; a year's rows that stand, in
 * order, and of these the ones in a state; the parts of one row. The id is
 * spelled out because not every engine ends an index with the key.
 */
static void create_indexes(struct tx *tx, struct mem *m, const struct ledger *l)
{
    create_index(tx, m, l,
                 &(struct index){ SQL("CREATE UNIQUE INDEX IF NOT EXISTS "),
                                  S("identity"),
                                  SQL(" (district, identity)") });
    create_index(tx, m, l,
                 &(struct index){ SQL("CREATE INDEX IF NOT EXISTS "),
                                  S("alike"),
                                  SQL(" (district, alike, voided, id)") });
    create_index(tx, m, l,
                 &(struct index){ SQL("CREATE INDEX IF NOT EXISTS "), S("year"),
                                  SQL(" (district, year, voided, id)") });
    if (ledger_has(l, COLUMN_STATE))
        create_index_of(tx, m, l,
                        &(struct index_of){ SQL(" (district, year, voided, "),
                                            COLUMN_STATE, S("state") });
    if (ledger_parent(l))
        create_index_of(tx, m, l,
                        &(struct index_of){ SQL(" (district, "), COLUMN_PARENT,
                                            S("parent") });
}

static void add_column(struct tx *tx, struct mem *m, const struct ledger *l,
                       const struct column *col)
{
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("ALTER TABLE "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" ADD COLUMN "));
    compose_name(&c, col->key);
    compose_sql(&c, column_sql_type(col));
    tx_run_unjournaled(tx, compose_end(&c), (struct args){ 0 });
}

/* NULL when there is none of that name. */
static const struct db_column *find_column(struct db_columns there,
                                           struct str name)
{
    for (size_t i = 0; i < there.n; i++)
        if (str_eq(there.v[i].name, name))
            return &there.v[i];
    return NULL;
}

static void follow_column(struct tx *tx, struct mem *m, const struct ledger *l,
                          const struct column *col, struct db_columns there)
{
    const struct db_column *is = find_column(there, col->key);

    if (!is)
        add_column(tx, m, l, col);
    else if (is->kind != column_kind(col))
        BUG("%.*s_%.*s.%.*s was declared otherwise", STR_ARG(l->feature),
            STR_ARG(l->noun), STR_ARG(col->key));
}

/* Of a folder made before there were name numbers. */
static void add_alike(struct tx *tx, struct mem *m, const struct ledger *l)
{
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("ALTER TABLE "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" ADD COLUMN alike INTEGER NOT NULL DEFAULT 0"));
    tx_run_unjournaled(tx, compose_end(&c), (struct args){ 0 });
}

/*
 * Make the table, or add to it what was declared since. True: what helps to
 * find its rows is to be made anew.
 */
static bool follow_declaration(struct tx *tx, struct mem *m,
                               const struct ledger *l)
{
    struct str table =
        str_fmt(m, "%.*s_%.*s", STR_ARG(l->feature), STR_ARG(l->noun));
    struct db_columns there = tx_columns(tx, m, table);

    if (there.n == 0)
        create_table(tx, m, l);
    for (size_t i = 0; there.n && i < l->columns_n; i++)
        if (column_is_kept(&l->columns[i]))
            follow_column(tx, m, l, &l->columns[i], there);
    if (there.n == 0 || find_column(there, S("alike")))
        return false;
    add_alike(tx, m, l);
    return true;
}

bool table_create_all(struct tx *tx)
{
    struct mem *m = mem_new();
    const struct ledger *l;
    bool stale = false;

    for (size_t i = 0; (l = ledger_at(i)) != NULL && tx_err(tx) == OK; i++) {
        stale |= follow_declaration(tx, m, l);
        create_indexes(tx, m, l);
    }
    mem_free(m);
    return stale;
}
