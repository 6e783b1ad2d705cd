/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The tallies of today, and beside them what would be added to them. */
#include "host/ledger/effect.h"

struct delta {
    const struct record_kind *kind;
    struct str category;
    int32_t year;
    struct tally by;
};

struct effect {
    struct mem *m;
    struct delta *deltas;
    size_t n, cap;
};

struct effect *effect_new(struct mem *m)
{
    struct effect *e = NEW(m, struct effect);

    e->m = m;
    return e;
}

static struct delta *delta_of(struct effect *e, const struct record_kind *kind,
                              int32_t year, struct str category)
{
    for (size_t i = 0; i < e->n; i++)
        if (e->deltas[i].kind == kind && e->deltas[i].year == year &&
            str_eq(e->deltas[i].category, category))
            return &e->deltas[i];
    if (e->n == e->cap) {
        size_t cap = e->cap ? 2 * e->cap : 64;

        e->deltas = mem_grow(e->m, e->deltas, e->n * sizeof(*e->deltas),
                             cap * sizeof(*e->deltas));
        e->cap = cap;
    }
    e->deltas[e->n] = (struct delta){ .kind = kind,
                                      .category = str_dup(e->m, category),
                                      .year = year };
    return &e->deltas[e->n++];
}

static void note(struct effect *e, const struct record_kind *kind, int32_t year,
                 const struct record *r, int64_t sign)
{
    struct delta *d = delta_of(e, kind, year, r->category);

    d->by.n += sign;
    d->by.sum += sign * r->quantity;
}

static bool records_eq(const struct record *a, const struct record *b)
{
    return a->quantity == b->quantity && a->rank == b->rank &&
           str_eq(a->category, b->category);
}

void effect_add(struct effect *e, struct scope in,
                const struct ledger_row *before, const struct ledger_row *after)
{
    const struct ledger *l = (before ? before : after)->ledger;

    for (size_t i = 0; i < l->kinds_n; i++) {
        const struct record_kind *kind = &l->kinds[i];
        struct record was;
        struct record is;
        bool had = before && record_of(in, kind, before, &was);
        bool has = after && record_of(in, kind, after, &is);

        if (had && has && before->year == after->year && records_eq(&was, &is))
            continue;
        if (had)
            note(e, kind, before->year, &was, -1);
        if (has)
            note(e, kind, after->year, &is, 1);
    }
}

/* What is added to a tally; true: something of it is touched. */
static bool added(const struct effect *e, int32_t year, struct str kind,
                  struct str category, struct tally *ret)
{
    bool touched = false;

    for (size_t i = 0; i < e->n; i++) {
        const struct delta *d = &e->deltas[i];

        if (d->year != year || !str_eq(d->kind->kind, kind) ||
            (category.n && !str_eq(d->category, category)))
            continue;
        touched = true;
        ret->n += d->by.n;
        ret->sum += d->by.sum;
    }
    return touched;
}

static bool read_one(const struct effect *e, struct scope in, int32_t year,
                     const struct figure *f, struct figure_effect *ret)
{
    struct tally t = tally_read(in, year, f->kind, f->category);
    struct tally whole = { 0 };
    bool touched = added(e, year, f->kind, f->category, &t);

    if (f->measure == MEASURE_RATIO) {
        whole = tally_read(in, year, f->whole, f->category);
        touched |= added(e, year, f->whole, f->category, &whole);
    }
    if (!touched)
        return false;
    ret->now = figure_read(in, year, f);
    ret->open = f->measure == MEASURE_SEATS || f->measure == MEASURE_MEDIAN;
    ret->then = ret->now;
    ret->shown_now = figure_shown(e->m, &ret->now);
    if (ret->open)
        return true;
    figure_count(&ret->then, t, whole);
    ret->shown_then = figure_shown(e->m, &ret->then);
    return ret->then.known != ret->now.known ||
           ret->then.value != ret->now.value;
}

/* The next year below `last` that is touched; 0: none. */
static int32_t year_below(const struct effect *e, int32_t last)
{
    int32_t year = 0;

    for (size_t i = 0; i < e->n; i++)
        if (e->deltas[i].year < last && e->deltas[i].year > year)
            year = e->deltas[i].year;
    return year;
}

size_t effect_figures(struct effect *e, struct scope in,
                      struct figure_effect **ret)
{
    const struct figure *f;
    size_t years = 0;
    size_t n = 0;

    for (int32_t y = INT32_MAX; (y = year_below(e, y)) != 0;)
        years++;
    *ret = NEW_ARRAY(e->m, struct figure_effect, figure_total() * years + 1);
    for (size_t i = 0; (f = figure_at(i)) != NULL; i++)
        for (int32_t y = INT32_MAX; (y = year_below(e, y)) != 0;)
            n += read_one(e, in, y, f, &(*ret)[n]);
    return n;
}
