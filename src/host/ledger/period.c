/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/period.h"

#include "host/ledger/row.h"

struct str period_kind(struct mem *m, const struct ledger *l, size_t column)
{
    return str_join(m,
                    (struct str[]){ ledger_name(m, l), S("."),
                                    l->columns[column].key },
                    3);
}

/* Those of one column, added to what was read of others. */
static void read_column(struct scope in, const struct ledger_row *row,
                        size_t column, struct rolled *ret)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT category, since, until FROM period WHERE district = ?1 "
            "AND kind = ?2 AND row_id = ?3 ORDER BY since"),
        WITH(INT(in.district), STR(period_kind(in.m, row->ledger, column)),
             INT(row->id)));

    while (rows_next(&r))
        rolled_add(ret, &(struct period){ column, rows_text(&r, 0, in.m),
                                          (int32_t)rows_int(&r, 1),
                                          (int32_t)rows_int(&r, 2) });
}

void periods_of(struct scope in, const struct ledger_row *row,
                struct rolled *ret)
{
    *ret = (struct rolled){ .m = in.m };
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (column_is(&row->ledger->columns[i], COLUMN_PERIOD))
            read_column(in, row, i, ret);
}

void rolled_add(struct rolled *r, const struct period *p)
{
    if (r->n == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 8;
        r->periods = mem_grow(r->m, r->periods, r->n * sizeof(*r->periods),
                              r->cap * sizeof(*r->periods));
    }
    r->periods[r->n++] = *p;
}

bool periods_eq(const struct rolled *a, const struct rolled *b)
{
    bool eq = a->n == b->n;

    for (size_t i = 0; eq && i < a->n; i++)
        eq = a->periods[i].column == b->periods[i].column &&
             str_eq(a->periods[i].category, b->periods[i].category) &&
             a->periods[i].since == b->periods[i].since &&
             a->periods[i].until == b->periods[i].until;
    return eq;
}

static void forget(struct act *act, const struct ledger_row *row, size_t column)
{
    tx_run_unjournaled(
        act->tx,
        SQL("DELETE FROM period WHERE district = ?1 AND kind = ?2 AND "
            "row_id = ?3"),
        WITH(INT(act->district), STR(period_kind(act->m, row->ledger, column)),
             INT(row->id)));
}

static void keep(struct act *act, const struct ledger_row *row,
                 const struct period *p)
{
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO period (district, kind, row_id, since, until, "
            "category, year) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        WITH(INT(act->district),
             STR(period_kind(act->m, row->ledger, p->column)), INT(row->id),
             INT(p->since), INT(p->until), STR(p->category), INT(row->year)));
}

void period_replace(struct act *act, const struct ledger_row *row,
                    const struct rolled *now)
{
    const struct ledger *l = row->ledger;
    struct rolled kept;

    periods_of(act_scope(act), row, &kept);
    if (periods_eq(&kept, now))
        return;
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_PERIOD))
            forget(act, row, i);
    for (size_t i = 0; i < now->n; i++)
        keep(act, row, &now->periods[i]);
}

const struct ledger *period_ledger(struct str kind, size_t *ret_column)
{
    struct str column = kind;
    struct str feature;
    struct str noun = S("");
    const struct ledger *l;
    size_t i;

    str_cut(&column, S("."), &feature);
    str_cut(&column, S("."), &noun);
    l = ledger_find(str_slice(kind, 0, feature.n + 1 + noun.n));
    i = l ? ledger_column(l, column) : SIZE_MAX;

    if (i == SIZE_MAX || !column_is(&l->columns[i], COLUMN_PERIOD))
        return NULL;
    if (ret_column)
        *ret_column = i;
    return l;
}

int64_t period_count(struct scope in, struct str kind, struct str category,
                     int32_t year, int32_t day)
{
    return tx_int(in.tx,
                  SQL("SELECT count(*) FROM period WHERE district = ?1 AND "
                      "kind = ?2 AND category = ?3 AND year = ?4 AND "
                      "since <= ?5 AND until > ?5"),
                  WITH(INT(in.district), STR(kind), STR(category), INT(year),
                       INT(day)),
                  0);
}

bool period_is_kept(struct scope in, struct str kind, struct str category,
                    int32_t year)
{
    return tx_int(in.tx,
                  SQL("SELECT 1 FROM period WHERE district = ?1 AND kind = ?2 "
                      "AND category = ?3 AND year = ?4 LIMIT 1"),
                  WITH(INT(in.district), STR(kind), STR(category), INT(year)),
                  0) == 1;
}

int32_t period_today(struct scope in)
{
    return (int32_t)tx_int(in.tx,
                           SQL("SELECT day FROM clock WHERE district = ?1"),
                           WITH(INT(in.district)), 0);
}

/* As period_kind(), in quotes. */
static void compose_kind(struct compose *c, const struct ledger *l,
                         size_t column)
{
    compose_sql(c, SQL("'"));
    compose_name(c, l->feature);
    compose_sql(c, SQL("."));
    compose_name(c, l->noun);
    compose_sql(c, SQL("."));
    compose_name(c, l->columns[column].key);
    compose_sql(c, SQL("'"));
}

/* On the day that pages are read on: asked once for a statement. */
static void compose_today(struct compose *c)
{
    compose_sql(c, SQL(" AND p.since <= (SELECT k.day FROM clock k WHERE "
                       "k.district = ?1) AND p.until > (SELECT k.day FROM "
                       "clock k WHERE k.district = ?1)"));
}

void period_split(struct scope in, const struct ledger *l, size_t column,
                  int32_t year, int64_t *ret_n)
{
    const struct column *col = &l->columns[column];
    struct value *v = NEW_ARRAY(in.m, struct value, 2 + col->choices_n);
    struct compose c;
    struct rows r;

    v[0] = INT(in.district);
    v[1] = INT(year);
    compose_init(&c, in.m);
    for (size_t i = 0; i < col->choices_n; i++) {
        v[2 + i] = STR(col->choices[i].key);
        compose_sql(&c, i ? SQL(", (") : SQL("SELECT ("));
        compose_sql(&c, SQL("SELECT count(*) FROM period p WHERE "
                            "p.district = ?1 AND p.kind = "));
        compose_kind(&c, l, column);
        compose_sql(&c, SQL(" AND p.category = "));
        compose_arg(&c, 3 + i);
        compose_sql(&c,
                    year ? SQL(" AND p.year = ?2") : SQL(" AND p.year >= ?2"));
        compose_today(&c);
        compose_sql(&c, SQL(")"));
    }
    r = tx_query(in.tx, compose_end(&c),
                 (struct args){ v, 2 + col->choices_n });
    if (!rows_next(&r))
        return;
    for (size_t i = 0; i < col->choices_n; i++)
        ret_n[i] = rows_int(&r, (int)i);
    rows_end(&r);
}

void compose_period(struct compose *c, const struct ledger *l, size_t column)
{
    compose_sql(c, SQL("(SELECT p.category FROM period p WHERE p.district = "
                       "t.district AND p.kind = "));
    compose_kind(c, l, column);
    compose_sql(c, SQL(" AND p.row_id = t.id"));
    compose_today(c);
    compose_sql(c, SQL(")"));
}

void compose_period_rows(struct compose *c, const struct ledger *l,
                         size_t column, size_t category, size_t year)
{
    compose_sql(c, SQL("t.id IN (SELECT p.row_id FROM period p WHERE "
                       "p.district = ?1 AND p.kind = "));
    compose_kind(c, l, column);
    compose_sql(c, SQL(" AND p.category = "));
    compose_arg(c, category);
    compose_sql(c, SQL(" AND ("));
    compose_arg(c, year);
    compose_sql(c, SQL(" = 0 OR p.year = "));
    compose_arg(c, year);
    compose_sql(c, SQL(")"));
    compose_today(c);
    compose_sql(c, SQL(")"));
}
