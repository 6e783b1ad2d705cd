/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Values from tallies, rows from records, by one definition. Seats are found
 * by walking the tallies of ranks from the top, coarse ones first: only the
 * one that the line goes through is opened into finer ones.
 */
#include "host/ledger/figure.h"

#include "base/buf.h"
#include "host/ledger/cell.h"
#include "host/ledger/feature.h"
#include "host/ledger/figure_part.h"
#include "host/ledger/period.h"

const struct figure *figure_at(size_t i)
{
    for (size_t f = 0; features[f]; f++) {
        if (i < features[f]->figures_n)
            return &features[f]->figures[i];
        i -= features[f]->figures_n;
    }
    return NULL;
}

size_t figure_total(void)
{
    size_t n = 0;

    while (figure_at(n))
        n++;
    return n;
}

const struct figure *figure_find(struct str key)
{
    const struct figure *f;

    for (size_t i = 0; (f = figure_at(i)) != NULL; i++)
        if (str_eq(f->key, key))
            return f;
    return NULL;
}

const struct ledger *kind_ledger(struct str kind,
                                 const struct record_kind **ret_kind)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < l->kinds_n; k++)
            if (str_eq(l->kinds[k].kind, kind)) {
                if (ret_kind)
                    *ret_kind = &l->kinds[k];
                return l;
            }
    return NULL;
}

const struct ledger *figure_ledger(const struct figure *f)
{
    return f->measure == MEASURE_STANDING ? period_ledger(f->kind, NULL)
                                          : kind_ledger(f->kind, NULL);
}

/* Ranks that belong together, at one level of the tallies. */
struct ranks {
    int level;
    int64_t from, to;
};

/*
 * Seat ranks from the top of `k` as long as they fit. True: `k` is now the
 * ranks that did not fit as a whole, one level finer.
 */
static bool seat_level(struct scope in, const struct seats *s, struct ranks *k,
                       struct figure_value *v)
{
    const struct figure *f = v->figure;
    int bits = k->level * TALLY_LEVEL_BITS;
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT rank, n FROM tally WHERE district = ?1 AND year = ?2 "
            "AND kind = ?3 AND scope = ?4 AND category = ?5 AND rank "
            "BETWEEN ?6 AND ?7 AND n > 0 ORDER BY rank DESC"),
        WITH(INT(in.district), INT(v->year), STR(f->kind),
             INT(tally_rank_scope(k->level)), STR(f->category), INT(k->from),
             INT(k->to)));

    while (rows_next(&r)) {
        int64_t rank = rows_int(&r, 0);
        int64_t n = rows_int(&r, 1);

        if (v->value + n > s->places || rank << bits < s->least_rank) {
            k->level--;
            k->from = rank << TALLY_LEVEL_BITS;
            k->to = k->from + (1 << TALLY_LEVEL_BITS) - 1;
            rows_end(&r);
            return k->level >= 0;
        }
        v->value += n;
        v->cut = rank << bits;
    }
    return false;
}

/*
 * Seat the ranks from the top. All records of one rank are equal in every
 * respect the rule knows; when they do not fit into the places that are
 * left, these stay empty and nobody below is seated.
 */
static void read_seats(struct scope in, const struct figure *f,
                       struct figure_value *v)
{
    struct tally all = tally_read(in, v->year, f->kind, f->category);
    struct seats s = f->seats(in, v->year, all.n);
    struct ranks k = { TALLY_LEVELS - 1, 0, INT64_MAX };

    v->places = s.places;
    v->n = all.n;
    while (seat_level(in, &s, &k, v))
        continue;
    if (v->value > 0)
        v->cut = tx_int(in.tx,
                        SQL("SELECT rank FROM tally WHERE district = ?1 AND "
                            "year = ?2 AND kind = ?3 AND scope = ?4 AND "
                            "category = ?5 AND rank >= ?6 AND n > 0 "
                            "ORDER BY rank LIMIT 1"),
                        WITH(INT(in.district), INT(v->year), STR(f->kind),
                             INT(tally_rank_scope(0)), STR(f->category),
                             INT(v->cut)),
                        v->cut);
}

/* What a share of one is in its value: 100.00%, 1.0. */
static int64_t figure_whole(const struct figure *f)
{
    return f->measure == MEASURE_RATIO ? 10000 : 10;
}

void figure_count(struct figure_value *v, struct tally t, struct tally whole)
{
    const struct figure *f = v->figure;

    v->n = t.n;
    v->value = f->measure == MEASURE_COUNT ? t.n : t.sum;
    if (!figure_divides(f))
        return;
    v->part = t.sum;
    if (f->measure == MEASURE_RATIO)
        v->n = whole.sum;
    v->known = v->n >= (f->measure == MEASURE_RATIO ? RATIO_LEAST : 1);
    /* basis points or tenths, half up */
    v->value =
        v->known ? (v->part * figure_whole(f) * 2 + v->n) / (2 * v->n) : 0;
}

struct figure_value figure_read(struct scope in, int32_t year,
                                const struct figure *f)
{
    struct figure_value v = { .figure = f,
                              .year = year,
                              .known = true,
                              .rule = policy_words(in, year, f->rule) };

    if (figure_has_parts(f) || f->measure == MEASURE_STANDING)
        return figure_read_part(in, year, f, (struct figure_part){ 0 });
    if (f->measure == MEASURE_SEATS)
        read_seats(in, f, &v);
    else
        figure_count(&v, tally_read(in, year, f->kind, f->category),
                     tally_read(in, year, f->whole, f->category));
    return v;
}

/* Is no period of its column kept in the year? */
static bool has_no_periods(struct scope in, const struct figure_value *v)
{
    size_t column;
    const struct ledger *l = period_ledger(v->figure->kind, &column);
    const struct column *c = &l->columns[column];
    bool none = true;

    for (size_t i = 0; none && i < c->choices_n; i++)
        none = !period_is_kept(in, v->figure->kind, c->choices[i].key, v->year);
    return none;
}

bool figure_is_missing(struct scope in, const struct figure_value *v)
{
    if (v->n == 0 && v->figure->measure == MEASURE_STANDING)
        return has_no_periods(in, v);
    return v->n == 0 && tally_read(in, v->year, v->figure->kind, S("")).n == 0;
}

struct str figure_text(struct mem *m, const struct figure_value *v)
{
    if (!v->known)
        return S("—");
    if (v->figure->measure == MEASURE_RATIO)
        return str_fmt(m, "%lld.%02lld%%", (long long)(v->value / 100),
                       (long long)(v->value % 100));
    if (figure_is_tenths(v->figure))
        return str_fmt(m, "%.*s.%lld%s", STR_ARG(number_text(m, v->value / 10)),
                       (long long)(v->value % 10),
                       figure_is_percent(v->figure) ? "%" : "");
    return number_text(m, v->value);
}

bool figure_is_time(const struct figure *f)
{
    const struct record_kind *kind;
    const struct ledger *l = kind_ledger(f->kind, &kind);
    bool time = f->measure == MEASURE_SUM && l && kind->sums;

    for (size_t i = 0; time && i < l->columns_n; i++)
        if (kind->sums & AT(i))
            time = l->columns[i].unit == UNIT_MINUTES;
    return time;
}

struct str figure_shown(struct mem *m, const struct figure_value *v)
{
    return figure_is_time(v->figure) ? hours_text(m, v->value)
                                     : figure_text(m, v);
}

struct text figure_unit(const struct figure *f)
{
    if (figure_is_percent(f)) /* the number says so */
        return TEXT("", "");
    return figure_is_time(f) ? TEXT("小时", "hours") : f->unit;
}

bool figure_round_words(struct mem *m, const struct figure_value *v,
                        enum lang l, struct str *ret_words)
{
    int64_t step = 100;
    int64_t round;

    if (!v->known || figure_places(v->figure) || v->value < 100)
        return false;
    while (v->value >= 10 * step)
        step *= 10;
    round = v->value / step * step;
    if (l == LANG_EN)
        *ret_words =
            v->value == round
                ? number_text(m, round)
                : str_fmt(m, "over %.*s", STR_ARG(number_text(m, round)));
    else
        *ret_words = str_fmt(m, "%lld%s", (long long)round,
                             v->value == round ? "" : "余");
    return true;
}

/* Both languages name the same policies, and all of them are declared. */
static bool names_policies(struct text rule)
{
    const struct policy *zh = NULL;
    const struct policy *en = NULL;
    bool more;

    do {
        more = policy_named(&rule.zh, &zh);
        if (more != policy_named(&rule.en, &en) || zh != en || (more && !zh))
            return false;
    } while (more);
    return true;
}

/* Is what it counts there, and kept as it is read? */
static bool has_kind(const struct figure *f)
{
    const struct record_kind *kind;
    const struct ledger *l;
    size_t column;

    if (f->measure == MEASURE_STANDING) {
        l = period_ledger(f->kind, &column);
        return l && choice_find(&l->columns[column], f->category);
    }
    return kind_ledger(f->kind, &kind) &&
           (f->measure != MEASURE_MEAN || kind->sums) &&
           (f->measure != MEASURE_MEDIAN || (kind->sums && kind->ranked)) &&
           (f->measure != MEASURE_RATIO || kind_ledger(f->whole, NULL));
}

static void check_one(const struct figure *f)
{
    if (figure_find(f->key) != f)
        BUG("figure %.*s twice", STR_ARG(f->key));
    if (!has_kind(f))
        BUG("figure %.*s: no such kind of record", STR_ARG(f->key));
    if ((f->measure == MEASURE_SEATS) != (f->seats != NULL))
        BUG("figure %.*s: seats", STR_ARG(f->key));
    if (text_empty(f->label) || text_empty(f->rule))
        BUG("figure %.*s has no words", STR_ARG(f->key));
    if (!names_policies(f->rule))
        BUG("figure %.*s: its rule names no such policy", STR_ARG(f->key));
}

struct str figure_named(struct str *sentence, const struct figure **ret)
{
    struct str words = S("");
    struct str key;

    *ret = NULL;
    if (!str_cut(sentence, S("{"), &words) || !str_cut(sentence, S("}"), &key))
        return words;
    *ret = figure_find(key);
    if (!*ret)
        BUG("a sentence names no such figure: %.*s", STR_ARG(key));
    return words;
}

/* Both languages tell the same figures. */
static void check_sentence(struct text sentence)
{
    const struct figure *zh;
    const struct figure *en;

    do {
        figure_named(&sentence.zh, &zh);
        figure_named(&sentence.en, &en);
        if (zh != en)
            BUG("the two languages of a sentence differ: %.*s",
                STR_ARG(zh ? zh->key : en->key));
    } while (zh);
}

void figure_check_all(void)
{
    const struct figure *f;

    for (size_t i = 0; (f = figure_at(i)) != NULL; i++)
        check_one(f);
    for (size_t i = 0; features[i]; i++)
        check_sentence(features[i]->sentence);
}
