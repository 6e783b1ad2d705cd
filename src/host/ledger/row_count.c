/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Some tens of lines for a ledger: years, times the states, times whether the
 * rows are voided. What changes them is in record.c, beside the tallies, as an
 * import holds both back.
 */
#include "host/ledger/row_count.h"

#include "host/ledger/table.h"

static struct rows read_counts(struct scope in, const struct row_count *of)
{
    bool all = of->year == 0 && !of->ledger->standing;

    return tx_query(
        in.tx,
        SQL("SELECT state, n FROM row_count WHERE district = ?1 AND "
            "subject = ?2 AND year >= ?3 AND year <= ?4 AND "
            "(voided = 0 OR ?5 = 1) AND (?6 = '' OR state = ?6)"),
        WITH(INT(in.district), STR(ledger_name(in.m, of->ledger)),
             INT(of->year), INT(all ? INT32_MAX : of->year), INT(of->voided),
             STR(of->state)));
}

int64_t row_count(struct scope in, const struct row_count *of)
{
    struct rows r = read_counts(in, of);
    int64_t n = 0;

    while (rows_next(&r))
        n += rows_int(&r, 1);
    return n;
}

int64_t row_count_states(struct scope in, const struct row_count *of,
                         int64_t *ret_n)
{
    const struct column *c =
        &of->ledger->columns[ledger_role(of->ledger, COLUMN_STATE)];
    struct row_count any = *of;
    int64_t all = 0;
    struct rows r;

    any.state = S("");
    for (size_t i = 0; i < c->choices_n; i++)
        ret_n[i] = 0;
    r = read_counts(in, &any);
    while (rows_next(&r)) {
        all += rows_int(&r, 1);
        for (size_t i = 0; i < c->choices_n; i++)
            if (str_eq(c->choices[i].key, rows_view(&r, 0)))
                ret_n[i] += rows_int(&r, 1);
    }
    return all;
}

/* year, voided, state, n of the rows there are; the district is ?1. */
static void compose_counts(struct compose *c, const struct ledger *l)
{
    compose_sql(c, SQL("SELECT t.year AS year, t.voided AS voided, "));
    if (ledger_has(l, COLUMN_STATE)) {
        compose_sql(c, SQL("coalesce(t."));
        compose_name(c, l->columns[ledger_role(l, COLUMN_STATE)].key);
        compose_sql(c, SQL(", '')"));
    } else {
        compose_sql(c, SQL("''"));
    }
    compose_sql(c, SQL(" AS state, count(*) AS n FROM "));
    compose_table(c, l);
    compose_sql(c, SQL(" t WHERE t.district = ?1 GROUP BY 1, 2, 3"));
}

static void count_ledger(struct scope in, const struct ledger *l)
{
    struct compose c;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("INSERT INTO row_count (district, subject, year, "
                        "voided, state, n) SELECT CAST(?1 AS BIGINT), "
                        "CAST(?2 AS TEXT), a.year, a.voided, a.state, a.n "
                        "FROM ("));
    compose_counts(&c, l);
    compose_sql(&c, SQL(") a"));
    tx_run_unjournaled(in.tx, compose_end(&c),
                       WITH(INT(in.district), STR(ledger_name(in.m, l))));
}

void row_count_all(struct scope in)
{
    const struct ledger *l;

    tx_run_unjournaled(in.tx, SQL("DELETE FROM row_count WHERE district = ?1"),
                       WITH(INT(in.district)));
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        count_ledger(in, l);
}

bool row_count_is_kept(struct scope in, const struct ledger *l)
{
    struct compose c;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("WITH made AS ("));
    compose_counts(&c, l);
    compose_sql(&c, SQL("), kept AS (SELECT year, voided, state, n FROM "
                        "row_count WHERE district = ?1 AND subject = ?2 AND "
                        "n <> 0) SELECT (SELECT count(*) FROM (SELECT * FROM "
                        "made EXCEPT SELECT * FROM kept) a) + (SELECT "
                        "count(*) FROM (SELECT * FROM kept EXCEPT SELECT * "
                        "FROM made) b)"));
    return tx_int(in.tx, compose_end(&c),
                  WITH(INT(in.district), STR(ledger_name(in.m, l))), -1) == 0;
}
