/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/list/options.h"

#include "host/ledger/table.h"
#include "store/compose.h"

bool list_title(struct scope in, const struct ledger *l, int64_t id,
                struct str *ret_title)
{
    struct compose c;
    struct rows r;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("SELECT x."));
    compose_name(&c, l->columns[ledger_title(l)].key);
    compose_sql(&c, SQL(" FROM "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" x WHERE x.district = ?1 AND x.id = ?2"));
    r = tx_query(in.tx, compose_end(&c), WITH(INT(in.district), INT(id)));
    if (!rows_next(&r))
        return false;
    *ret_title = rows_text(&r, 0, in.m);
    rows_end(&r);
    return true;
}

static struct sql options_sql(struct mem *m, const struct column *col)
{
    const struct ledger *to = ledger_find(col->ref);
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("SELECT x.id, x."));
    compose_name(&c, to->columns[ledger_title(to)].key);
    compose_sql(&c, SQL(" FROM "));
    compose_table(&c, to);
    compose_sql(&c, SQL(" x WHERE x.district = ?1 AND (x.id = ?2 OR "
                        "(x.voided = 0"));
    compose_sql(&c, SQL(" AND "));
    if (col->ref_kind.n) {
        compose_sql(&c, SQL("x."));
        compose_name(&c, to->columns[ledger_role(to, COLUMN_KIND)].key);
    } else {
        compose_sql(&c, SQL("''"));
    }
    compose_sql(&c, SQL(" = ?3)) ORDER BY x.id LIMIT ?4"));
    return compose_end(&c);
}

struct list_options list_options(struct scope in, const struct column *col,
                                 int64_t chosen)
{
    struct list_options o = { .n = 0 };
    struct rows r =
        tx_query(in.tx, options_sql(in.m, col),
                 WITH(INT(in.district), INT(chosen), STR(col->ref_kind),
                      INT(LIST_OPTIONS_MAX + 1)));

    o.v = NEW_ARRAY(in.m, struct list_option, LIST_OPTIONS_MAX + 1);
    for (; rows_next(&r); o.n++)
        o.v[o.n] =
            (struct list_option){ rows_int(&r, 0), rows_text(&r, 1, in.m) };
    o.many = o.n > LIST_OPTIONS_MAX;
    if (o.many)
        o.n = 0;
    return o;
}
