/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/house/dump_words.h"

#include "journal/journal.h"

#include <stdlib.h>

bool dump_has(struct str table)
{
    return !str_eq(table, S("migration"));
}

struct str dump_kind(enum value_kind kind)
{
    static const struct str kinds[] = {
        [VALUE_INT] = S_INIT("int"),
        [VALUE_TEXT] = S_INIT("text"),
        [VALUE_BYTES] = S_INIT("bytes"),
    };

    return kinds[kind];
}

struct tree_head dump_head(struct scope in)
{
    struct journal j;

    journal_load(in, &j);
    return tree_range_head(&j.tree);
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct db_column *)a)->name,
                   ((const struct db_column *)b)->name);
}

struct db_columns dump_columns(struct tx *tx, struct mem *m, struct str table)
{
    struct db_columns columns = tx_columns(tx, m, table);

    if (columns.n)
        qsort(columns.v, columns.n, sizeof(*columns.v), by_name);
    return columns;
}
