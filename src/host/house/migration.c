/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/house/migration.h"

#include "base/asset.h"
#include "base/date.h"
#include "host/ledger/clock.h"
#include "host/ledger/feature.h"
#include "host/ledger/row.h"
#include "host/ledger/row_count.h"
#include "host/ledger/row_name.h"
#include "host/ledger/table.h"
#include "store/schema.h"

static bool is_migration(const struct asset *a)
{
    return str_ends(a->name, S(".sql")) &&
           str_find(a->name, S("/schema/")) != SIZE_MAX;
}

/* Was it still to be done? */
static bool migrate_one(struct tx *tx, const struct asset *a, int64_t now)
{
    if (tx_int(tx, SQL("SELECT count(*) FROM migration WHERE name = ?1"),
               WITH(STR(a->name)), 0) > 0)
        return false;
    tx_script(tx, a->bytes);
    tx_run_unjournaled(tx,
                       SQL("INSERT INTO migration (name, at) VALUES (?1, ?2)"),
                       WITH(STR(a->name), INT(now)));
    return true;
}

/*
 * Rows found by their declarations as these are now, on the day it is; and
 * counted and named, as an older program did not.
 */
static void follow(struct tx *tx, bool declared_anew, bool older, int64_t now)
{
    struct mem *m = mem_new();
    struct scope in = { tx, m,
                        tx_int(tx, SQL("SELECT min(id) FROM district"),
                               (struct args){ 0 }, 0) };

    if (declared_anew)
        row_index_all(in);
    if (older) {
        row_count_all(in);
        row_name_all(in);
    }
    if (in.district)
        clock_set(in, date_of(now));
    for (size_t i = 0; in.district && features[i]; i++)
        if (features[i]->migrate)
            features[i]->migrate(in);
    mem_free(m);
}

void migration_run(struct tx *tx, int64_t now)
{
    const struct asset *a = NULL;
    bool older = false;

    tx_script(tx, S("CREATE TABLE IF NOT EXISTS migration ("
                    "name TEXT NOT NULL PRIMARY KEY, "
                    "at INTEGER NOT NULL) STRICT, WITHOUT ROWID"));
    while ((a = asset_next(S(""), a)) != NULL && tx_err(tx) == OK)
        if (is_migration(a))
            older |= migrate_one(tx, a, now);
    follow(tx, table_create_all(tx), older, now);
    tx_fix_plans(tx);
}

/* A feature that was taken out leaves its tables behind; that is no harm. */
static bool is_unknown(struct str name)
{
    return !asset_find(name) && !str_starts(name, S("feature/"));
}

static bool has_table(struct tx *tx, struct str table)
{
    struct mem *m = mem_new();
    bool has = tx_columns(tx, m, table).n > 0;

    mem_free(m);
    return has;
}

enum migration_state migration_state(struct tx *tx)
{
    struct rows r;
    const struct asset *a = NULL;
    bool newer = false;
    int64_t left = 0;

    if (!has_table(tx, S("migration")))
        return MIGRATION_NONE;
    r = tx_query(tx, SQL("SELECT name FROM migration"), (struct args){ 0 });
    while ((a = asset_next(S(""), a)) != NULL)
        left += is_migration(a);
    while (rows_next(&r)) {
        struct str name = rows_view(&r, 0);

        left -= asset_find(name) != NULL;
        newer = newer || is_unknown(name);
    }
    if (newer)
        return MIGRATION_NEWER;
    return left > 0 ? MIGRATION_OLDER : MIGRATION_CURRENT;
}
