/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * schema.h - tables as the engine has them, for those who make them.
 */
#ifndef DAJUAN_STORE_SCHEMA_H
#define DAJUAN_STORE_SCHEMA_H

#include "store/store.h"

struct db_tables {
    struct str *v;
    size_t n;
};
struct db_column {
    struct str name;
    enum value_kind kind;
    int key; /* its place in the primary key, from 1; 0: it is not in it */
};
struct db_columns {
    struct db_column *v;
    size_t n;
};
/* The names of all tables, sorted by their bytes. */
struct db_tables tx_tables(struct tx *tx, struct mem *m);
/* In their order; none when there is no such table. */
struct db_columns tx_columns(struct tx *tx, struct mem *m, struct str table);

/*
 * The tables are as they should be: from now on the engine finds rows by
 * their keys and indexes, however many or few there are, so plans stay as
 * they were tested. Cheap when nothing is new. A connection that is open
 * already may hear of it only when it is opened again.
 */
void tx_fix_plans(struct tx *tx);

#endif
