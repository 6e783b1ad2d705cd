/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/figure_part.h"

#include "base/date.h"
#include "host/ledger/median.h"
#include "host/ledger/period.h"
#include "host/ledger/policy.h"
#include "host/ledger/recount.h"

#include <string.h>

bool figure_has_parts(const struct figure *f)
{
    return f->measure == MEASURE_COUNT || f->measure == MEASURE_SUM ||
           f->measure == MEASURE_MEDIAN;
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

/* Does it change without leaving the day behind on which it did? */
static bool moves(const struct column *c)
{
    return column_is(c, COLUMN_STATE | COLUMN_ROLLED | COLUMN_PERIOD) ||
           c->by & RELATION_STEP;
}

bool figure_knows_days(const struct figure *f)
{
    const struct record_kind *kind;
    const struct ledger *l = kind_ledger(f->kind, &kind);
    uint64_t makes = figure_looks_at(f);
    bool knows = figure_has_parts(f) && kind_day(l, kind);

    if (f->measure == MEASURE_STANDING)
        return true;
    for (size_t i = 0; knows && !kind->on && i < l->columns_n; i++)
        knows = !((makes | kind->by) & AT(i)) || !moves(&l->columns[i]);
    return knows;
}

int32_t figure_day(struct scope in, int32_t year)
{
    int32_t today = period_today(in);

    return date_year(today) > year ? date_make(year, 12, 31) : today;
}

static int64_t of_tally(const struct figure *f, struct tally t)
{
    return f->measure == MEASURE_SUM ? t.sum : t.n;
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

static struct tally one_tally(struct rows r)
{
    struct tally t = { 0 };

    if (rows_next(&r)) {
        t = (struct tally){ rows_int(&r, 0), rows_int(&r, 1) };
        rows_end(&r);
    }
    return t;
}

/* Of those whose day is in these months, as yyyymm. */
static struct tally read_months(struct scope in, const struct figure_value *v,
                                int32_t from, int32_t to)
{
    return one_tally(tx_query(
        in.tx,
        SQL("SELECT coalesce(sum(n), 0), coalesce(sum(sum), 0) FROM tally "
            "WHERE district = ?1 AND year = ?2 AND kind = ?3 AND scope = ?4 "
            "AND (?5 = '' OR category = ?5) AND rank BETWEEN ?6 AND ?7"),
        WITH(INT(in.district), INT(v->year), STR(v->figure->kind),
             INT(TALLY_MONTHS), STR(figure_category(v)), INT(from), INT(to))));
}

/* Of those whose day is from one to another. */
static struct tally read_days(struct scope in, const struct figure_value *v,
                              int32_t from, int32_t to)
{
    return one_tally(tx_query(
        in.tx,
        SQL("SELECT count(*), coalesce(sum(quantity), 0) FROM record WHERE "
            "district = ?1 AND year = ?2 AND kind = ?3 AND "
            "(?4 = '' OR category = ?4) AND day BETWEEN ?5 AND ?6"),
        WITH(INT(in.district), INT(v->year), STR(v->figure->kind),
             STR(figure_category(v)), INT(from), INT(to))));
}

/* Months that were over come from tallies, the rest from the records. */
static struct tally read_until(struct scope in, const struct figure_value *v)
{
    int32_t last = v->only.day / 100;
    int32_t month = figure_month(v);
    struct tally rest;
    struct tally t;

    if (month && month != last)
        return month < last ? read_months(in, v, month, month)
                            : (struct tally){ 0 };
    rest = read_days(in, v, last * 100, v->only.day);
    t = month ? (struct tally){ 0 } : read_months(in, v, 1, last - 1);
    return (struct tally){ t.n + rest.n, t.sum + rest.sum };
}

static struct tally read_tally(struct scope in, const struct figure_value *v)
{
    const struct figure *f = v->figure;
    struct str category = figure_category(v);

    if (f->measure == MEASURE_STANDING)
        return (struct tally){ .n = period_count(in, f->kind, category, v->year,
                                                 v->only.day) };
    if (v->only.day)
        return read_until(in, v);
    return v->only.month ? tally_read_month(in, v->year, f->kind, category,
                                            figure_month(v))
                         : tally_read(in, v->year, f->kind, category);
}

/* 截至2024年11月7日：…: whoever says how it is counted says of which day. */
static struct text rule_of(struct scope in, const struct figure_value *v)
{
    struct text rule = policy_words(in, v->year, v->figure->rule);
    int32_t day = v->only.day;

    if (!day)
        return rule;
    return (struct text){
        str_fmt(in.m, "截至%.*s：%.*s", STR_ARG(date_words(in.m, day, LANG_ZH)),
                STR_ARG(rule.zh)),
        str_fmt(in.m, "As of %.*s: %.*s",
                STR_ARG(date_words(in.m, day, LANG_EN)), STR_ARG(rule.en)),
    };
}

static bool has_part(const struct figure *f, const struct figure_part *only)
{
    return (!only->day || figure_knows_days(f)) &&
           (figure_has_parts(f) || (f->measure == MEASURE_STANDING &&
                                    !only->month && !only->category.n));
}

static void set_median(struct scope in, struct figure_value *v)
{
    struct median m = median_read(in, v);

    v->n = m.n;
    v->known = m.n > 0;
    v->value = m.tenths;
}

struct figure_value figure_read_part(struct scope in, int32_t year,
                                     const struct figure *f,
                                     struct figure_part only)
{
    struct figure_value v = {
        .figure = f, .year = year, .only = only, .known = true
    };
    struct tally t;

    if (!has_part(f, &only))
        BUG("figure %.*s has no such part", STR_ARG(f->key));
    if (f->measure == MEASURE_STANDING) {
        v.only.day = only.day ? only.day : figure_day(in, year);
        v.known = v.only.day != 0;
    }
    v.rule = rule_of(in, &v);
    if (f->measure == MEASURE_MEDIAN) {
        set_median(in, &v);
        return v;
    }
    t = read_tally(in, &v);
    v.value = of_tally(f, t);
    v.n = t.n;
    return v;
}

/* Of the months up to a day: the last is not whole, those after it are not. */
static void cut_months(struct scope in, const struct figure_value *v,
                       int64_t ret[MONTHS])
{
    struct figure_part only = v->only;

    for (only.month = 1; only.month <= MONTHS; only.month++)
        if (month_of(v->year, only.month) >= v->only.day / 100)
            ret[only.month - 1] =
                figure_read_part(in, v->year, v->figure, only).value;
}

void figure_months(struct scope in, const struct figure_value *v,
                   int64_t ret[MONTHS])
{
    const struct figure *f = v->figure;
    struct rows r;

    if (f->measure == MEASURE_MEDIAN) {
        median_months(in, v, ret);
        return;
    }
    r = tx_query(in.tx,
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
    if (v->only.day)
        cut_months(in, v, ret);
}
