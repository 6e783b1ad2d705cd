/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Reading the rows of ledgers. The statements are composed from literals and
 * declared names (compose.h); a connection prepares each of them once.
 */
#include "host/ledger/period.h"
#include "host/ledger/row.h"
#include "host/ledger/table.h"

enum { FIXED_COLUMNS = 8 };

void compose_value(struct compose *c, const struct ledger *l, size_t column)
{
    if (column_is(&l->columns[column], COLUMN_PERIOD)) {
        compose_period(c, l, column);
        return;
    }
    if (column_is(&l->columns[column], COLUMN_CELL)) {
        compose_sql(c, SQL("NULL"));
        return;
    }
    compose_sql(c, SQL("t."));
    compose_name(c, l->columns[column].key);
}

/* Every referenced row's title comes along as one more column. */
void compose_row_columns(struct compose *c, const struct ledger *l)
{
    compose_sql(c, SQL("t.id, t.year, t.version, t.voided, t.seq, t.batch"));
    compose_sql(c, ledger_parent(l) ? SQL(", t.of_owner, t.of_place")
                                    : SQL(", 0, 0"));
    for (size_t i = 0; i < l->columns_n; i++) {
        compose_sql(c, SQL(", "));
        compose_value(c, l, i);
    }
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];
        const struct ledger *to;

        if (col->type != COLUMN_REF)
            continue;
        to = ledger_find(col->ref);
        compose_sql(c, SQL(", (SELECT x."));
        compose_name(c, to->columns[ledger_title(to)].key);
        compose_sql(c, SQL(" FROM "));
        compose_table(c, to);
        compose_sql(c, SQL(" x WHERE x.district = t.district AND x.id = t."));
        compose_name(c, col->key);
        compose_sql(c, SQL(")"));
    }
}

struct ledger_row *row_read(const struct rows *r, struct mem *m,
                            const struct ledger *l)
{
    struct ledger_row *row = ledger_row_new(m, l);
    int label = FIXED_COLUMNS + (int)l->columns_n;

    row->id = rows_int(r, 0);
    row->year = (int32_t)rows_int(r, 1);
    row->version = rows_int(r, 2);
    row->voided = (rows_int(r, 3) & VOIDED_ITSELF) != 0;
    row->orphan = (rows_int(r, 3) & VOIDED_ABOVE) != 0;
    row->seq = rows_int(r, 4);
    row->batch = rows_int(r, 5);
    row->of = (struct whose){ rows_int(r, 6), rows_int(r, 7) };
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];
        int at = FIXED_COLUMNS + (int)i;

        if (col->type == COLUMN_REF)
            row->labels[i] = rows_text(r, label++, m);
        if (rows_is_null(r, at))
            continue;
        row->values[i] = column_is_int(col) ? INT(rows_int(r, at))
                                            : STR(rows_text(r, at, m));
    }
    return row;
}

bool row_load(struct scope in, const struct ledger *l, int64_t id,
              struct ledger_row **ret_row)
{
    struct compose c;
    struct rows r;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("SELECT "));
    compose_row_columns(&c, l);
    compose_sql(&c, SQL(" FROM "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" t WHERE t.district = ?1 AND t.id = ?2"));
    r = tx_query(in.tx, compose_end(&c), WITH(INT(in.district), INT(id)));
    if (!rows_next(&r))
        return false;
    *ret_row = row_read(&r, in.m, l);
    rows_end(&r);
    return true;
}

void row_load_labels(struct scope in, struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++) {
        const struct column *col = &row->ledger->columns[i];
        struct ledger_row *to;

        if (col->type != COLUMN_REF || !row_has(row, i) || row->labels[i].n > 0)
            continue;
        if (!row_load(in, ledger_find(col->ref), row_int(row, i), &to)) {
            if (tx_err(in.tx) == OK)
                BUG("a reference to no row");
            return;
        }
        row->labels[i] = row_title(to);
    }
}

/* Rows of district ?1 that `where` holds for, too. */
static struct row_walk walk(struct scope in, const struct ledger *l,
                            struct sql where, struct args a)
{
    struct row_walk w = { .ledger = l };
    struct compose c;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("SELECT "));
    compose_row_columns(&c, l);
    compose_sql(&c, SQL(" FROM "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" t WHERE t.district = ?1"));
    compose_sql(&c, where);
    compose_sql(&c, SQL(" ORDER BY t.id"));
    w.rows = tx_query(in.tx, compose_end(&c), a);
    return w;
}

struct row_walk row_walk(struct scope in, const struct ledger *l)
{
    return walk(in, l, SQL(""), WITH(INT(in.district)));
}

struct row_walk row_walk_year(struct scope in, const struct ledger *l,
                              int32_t year)
{
    return walk(in, l, SQL(" AND t.year = ?2 AND t.voided = 0"),
                WITH(INT(in.district), INT(year)));
}

struct row_walk row_walk_named(struct scope in, const struct ledger *l,
                               struct str folded)
{
    return walk(in, l,
                SQL(" AND t.id IN (SELECT n.row_id FROM row_name n WHERE "
                    "n.district = ?1 AND n.subject = ?2 AND n.name = ?3)"),
                WITH(INT(in.district), STR(ledger_name(in.m, l)), STR(folded)));
}

struct row_walk row_walk_alike(struct scope in, const struct ledger_row *row)
{
    return walk(in, row->ledger, SQL(" AND t.alike = ?2 AND t.voided = 0"),
                WITH(INT(in.district), INT(row_name_number(in.m, row))));
}

bool row_walk_next(struct row_walk *w, struct mem *m,
                   struct ledger_row **ret_row)
{
    if (!rows_next(&w->rows))
        return false;
    *ret_row = row_read(&w->rows, m, w->ledger);
    return true;
}
