/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/figure_part.h"

#include "host/ledger/policy.h"

#include <string.h>

bool figure_has_parts(const struct figure *f)
{
    return f->measure == MEASURE_COUNT || f->measure == MEASURE_SUM;
}

const struct column *figure_categories(const struct figure *f)
{
    const struct record_kind *kind;
    const struct ledger *l = kind_ledger(f->kind, &kind);

    for (size_t i = 0; figure_has_parts(f) && i < l->columns_n; i++)
        if (kind->by & AT(i) && f->category.n == 0)
            return &l->columns[i];
    return NULL;
}

static int64_t of_tally(const struct figure *f, struct tally t)
{
    return f->measure == MEASURE_COUNT ? t.n : t.sum;
}

struct str figure_category(const struct figure_value *v)
{
    return v->only.category.n ? v->only.category : v->figure->category;
}

static int32_t month_of(int32_t year, int month)
{
    return year * 100 + month;
}

int32_t figure_month(const struct figure_value *v)
{
    return v->only.month ? month_of(v->year, v->only.month) : 0;
}

struct figure_value figure_read_part(struct scope in, int32_t year,
                                     const struct figure *f,
                                     struct figure_part only)
{
    struct figure_value v = { .figure = f,
                              .year = year,
                              .only = only,
                              .known = true,
                              .rule = policy_words(in, year, f->rule) };
    struct tally t;

    if (!figure_has_parts(f))
        BUG("figure %.*s has no parts", STR_ARG(f->key));
    t = only.month ? tally_read_month(in, year, f->kind, figure_category(&v),
                                      figure_month(&v))
                   : tally_read(in, year, f->kind, figure_category(&v));
    v.value = of_tally(f, t);
    v.n = t.n;
    return v;
}

void figure_months(struct scope in, const struct figure_value *v,
                   int64_t ret[MONTHS])
{
    const struct figure *f = v->figure;
    struct rows r =
        tx_query(in.tx,
                 SQL("SELECT rank, n, sum FROM tally WHERE district = ?1 AND "
                     "year = ?2 AND kind = ?3 AND scope = ?4 AND "
                     "(?5 = '' OR category = ?5) AND rank BETWEEN ?6 AND ?7"),
                 WITH(INT(in.district), INT(v->year), STR(f->kind),
                      INT(TALLY_MONTHS), STR(figure_category(v)),
                      INT(month_of(v->year, 1)),
                      INT(month_of(v->year, MONTHS))));

    memset(ret, 0, MONTHS * sizeof(*ret));
    while (rows_next(&r))
        ret[rows_int(&r, 0) % 100 - 1] +=
            of_tally(f, (struct tally){ rows_int(&r, 1), rows_int(&r, 2) });
}
