/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/median.h"

/* Where a walk down the tallies of ranks stands. */
struct step_down {
    int level;
    int64_t from, to; /* the ranks to look at, at this level */
    int64_t above;    /* how many more are to be left above */
};

/* True: the rank looked for is the returned one, or within it. */
static bool find_rank(struct scope in, const struct figure_value *v,
                      struct step_down *s, int64_t *ret_rank)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT rank, sum(n) FROM tally WHERE district = ?1 AND "
            "year = ?2 AND kind = ?3 AND scope = ?4 AND "
            "(?5 = '' OR category = ?5) AND rank BETWEEN ?6 AND ?7 AND n > 0 "
            "GROUP BY rank ORDER BY rank DESC"),
        WITH(INT(in.district), INT(v->year), STR(v->figure->kind),
             INT(tally_rank_scope(s->level)), STR(v->figure->category),
             INT(s->from), INT(s->to)));

    while (rows_next(&r)) {
        int64_t n = rows_int(&r, 1);

        if (s->above < n) {
            *ret_rank = rows_int(&r, 0);
            rows_end(&r);
            return true;
        }
        s->above -= n;
    }
    return false;
}

/*
 * The quantity that so many others are above. A rank of 0 stands in no tally
 * of ranks: who is below all of them gave 0.
 */
static int64_t quantity_below(struct scope in, const struct figure_value *v,
                              int64_t above)
{
    struct step_down s = { TALLY_LEVELS - 1, 0, INT64_MAX, above };
    int64_t rank = 0;

    for (; s.level >= 0; s.level--) {
        if (!find_rank(in, v, &s, &rank))
            return 0;
        s.from = rank << TALLY_LEVEL_BITS;
        s.to = s.from + (1 << TALLY_LEVEL_BITS) - 1;
    }
    return rank;
}

static struct median of_year(struct scope in, const struct figure_value *v)
{
    int64_t n = tally_read(in, v->year, v->figure->kind, v->figure->category).n;
    int64_t high;
    int64_t low;

    if (n == 0)
        return (struct median){ 0 };
    high = quantity_below(in, v, (n - 1) / 2);
    low = n % 2 ? high : quantity_below(in, v, n / 2);
    return (struct median){ n, (high + low) * 10 / 2 };
}

/* Of the records of a part: one line, or one for each month they are of. */
static struct rows read_records(struct scope in, const struct figure_value *v,
                                bool by_month)
{
    return tx_query(
        in.tx,
        SQL("SELECT month, n, sum(quantity) * 10 / count(*) FROM ("
            "SELECT quantity, day / 100 * ?7 AS month, "
            "row_number() OVER (PARTITION BY day / 100 * ?7 "
            "ORDER BY quantity, row_id) AS place, "
            "count(*) OVER (PARTITION BY day / 100 * ?7) AS n "
            "FROM record WHERE district = ?1 AND year = ?2 AND kind = ?3 AND "
            "(?4 = '' OR category = ?4) AND (?5 = 0 OR day / 100 = ?5) AND "
            "(?6 = 0 OR day BETWEEN 1 AND ?6)) AS placed "
            "WHERE place BETWEEN (n + 1) / 2 AND n / 2 + 1 "
            "GROUP BY month, n"),
        WITH(INT(in.district), INT(v->year), STR(v->figure->kind),
             STR(figure_category(v)), INT(figure_month(v)), INT(v->only.day),
             INT(by_month)));
}

struct median median_read(struct scope in, const struct figure_value *v)
{
    struct median m = { 0 };
    struct rows r;

    if (!v->only.month && !v->only.category.n && !v->only.day)
        return of_year(in, v);
    r = read_records(in, v, false);
    while (rows_next(&r))
        m = (struct median){ rows_int(&r, 1), rows_int(&r, 2) };
    return m;
}

void median_months(struct scope in, const struct figure_value *v,
                   int64_t ret_tenths[MONTHS])
{
    struct rows r = read_records(in, v, true);

    for (int i = 0; i < MONTHS; i++)
        ret_tenths[i] = -1;
    while (rows_next(&r))
        if (rows_int(&r, 0) / 100 == v->year)
            ret_tenths[rows_int(&r, 0) % 100 - 1] = rows_int(&r, 2);
}
