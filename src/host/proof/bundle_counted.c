/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Figures against the rows behind them. A list is walked once, in its order;
 * what its value is measured by is gathered on the way.
 */
#include "host/proof/bundle_check.h"

#define FIGURE_FAULT(c, f, zh_, en_)                                           \
    fault((c), text_fmt((c)->m, "数字 %.*s：" zh_, "figure %.*s: " en_,        \
                        STR_ARG(shown((f)->figure.key))))

/* What a list adds up to. */
struct walked {
    const struct bundle_figure *figure;
    const struct bundle_list *list;
    const struct known_ledger *ledger;
    size_t n;
    int64_t sum;
    struct bundle_item last;
    int64_t largest;        /* quantity of the first */
    int64_t upper, lower;   /* quantities in the middle */
    int32_t latest;         /* since when, at most */
    bool falls;             /* quantities never rise */
    bool places, no_places; /* they are in order; there are none */
};

/* Has the content this whole line? */
static bool has_line(struct str content, struct str want)
{
    struct str line;

    while (str_cut(&content, S("\n"), &line))
        if (str_eq(line, want))
            return true;
    return false;
}

/* The sum of the columns "a+b" of a content; false when one is missing. */
static bool add_columns(struct bundle_check *c, const struct bundle_row *r,
                        struct str from, int64_t *ret_sum)
{
    struct str key;
    struct str value;
    int64_t sum = 0;
    int64_t v;

    while (str_cut(&from, S("+"), &key))
        if (!bundle_value(c->row, r, key, &value) || !str_int(value, &v) ||
            __builtin_add_overflow(sum, v, &sum))
            return false;
    *ret_sum = sum;
    return true;
}

/* A part says no year: it has its parent's. */
static bool is_of_year(struct bundle_check *c, const struct bundle_row *r)
{
    struct str said;

    return !bundle_value(c->row, r, S("year"), &said) ||
           str_eq(said, str_of_int(c->row, c->b.year));
}

static struct bundle_row read_again(struct bundle_check *c,
                                    const struct known_row *known)
{
    struct bundle_row r = { .id = 0 };

    mem_reset(c->row);
    c->again.m = c->row;
    bundle_seek(&c->again, known->at);
    bundle_take_row(&c->again, &r);
    return r;
}

/* What the opened content must say for the row to count as it does. */
static bool check_counted(struct bundle_check *c, const struct bundle_list *l,
                          const struct bundle_item *item,
                          const struct known_row *known)
{
    struct bundle_row r = read_again(c, known);
    int64_t sum;

    if (c->again.failed)
        return false;
    if (!r.open)
        return true;
    if (!is_of_year(c, &r) || !has_line(r.content, S("voided=0")))
        return ROW_FAULT(c, l->ledger, item->id,
                         "作废或不属于这一年度，不应计入",
                         "is voided or of another year and must not count");
    if (l->where.n && !has_line(r.content, l->where))
        return ROW_FAULT(c, l->ledger, item->id, "不属于这个数字的类别",
                         "is not of the figure's category");
    if (l->from.n &&
        (!add_columns(c, &r, l->from, &sum) || sum != item->quantity))
        return ROW_FAULT(c, l->ledger, item->id, "计入的数量与它的内容不符",
                         "its quantity is not what its content says");
    return true;
}

static struct known_row *find_row(struct bundle_check *c,
                                  const struct known_ledger *l, int64_t id)
{
    size_t from = l ? l->from : 0;
    size_t to = l ? l->from + l->n : 0;

    while (from < to) {
        size_t mid = from + (to - from) / 2;

        if (c->rows[mid].id == id)
            return &c->rows[mid];
        if (c->rows[mid].id < id)
            from = mid + 1;
        else
            to = mid;
    }
    return NULL;
}

/*
 * 1, 2, 2, 4: a place is its position or the place before, and nobody has
 * more points than one with a better place.
 */
static void look_at_place(struct walked *w, const struct bundle_item *item)
{
    bool first = w->n == 0;

    if (item->place != 0 || item->points != 0)
        w->no_places = false;
    if (!first && item->points > w->last.points)
        w->places = w->no_places = false;
    if (item->place != (int64_t)w->n + 1 &&
        (first || item->place != w->last.place))
        w->places = false;
}

/* False: the sum is too much. */
static bool look_at_item(struct walked *w, const struct bundle_item *item)
{
    look_at_place(w, item);
    if (w->n == 0)
        w->largest = item->quantity;
    else if (item->quantity > w->last.quantity)
        w->falls = false;
    if (w->n == (w->list->n - 1) / 2)
        w->upper = item->quantity;
    if (w->n == w->list->n / 2)
        w->lower = item->quantity;
    if (item->since > w->latest)
        w->latest = item->since;
    w->last = *item;
    w->n++;
    return !__builtin_add_overflow(w->sum, item->quantity, &w->sum);
}

static bool check_item(struct bundle_check *c, struct walked *w,
                       const struct bundle_item *item)
{
    const struct bundle_figure *f = w->figure;
    struct known_row *known = find_row(c, w->ledger, item->id);

    if (!known)
        return FIGURE_FAULT(c, f, "名单里有一行不在包内",
                            "a row of its list is not in the bundle");
    if (known->list == c->lists)
        return FIGURE_FAULT(c, f, "名单里有一行出现两次",
                            "a row is twice in its list");
    known->list = c->lists;
    if (!check_counted(c, w->list, item, known))
        return false;
    if (!look_at_item(w, item))
        return FIGURE_FAULT(c, f, "数量之和过大",
                            "its quantities add up to too much");
    return true;
}

/* Every row is there, once. */
static bool check_list(struct bundle_check *c, const struct bundle_figure *f,
                       const struct bundle_list *l, struct walked *ret)
{
    bool standing = l == &f->rows && f->figure.measure == MEASURE_STANDING;

    *ret = (struct walked){
        .figure = f,
        .list = l,
        .ledger = bundle_known_ledger(c, l->ledger),
        .falls = true,
        .places = true,
        .no_places = true,
    };
    c->lists++;
    bundle_seek(&c->in_order, l->at);
    for (size_t i = 0; i < l->n; i++) {
        struct bundle_item item = bundle_take_item(&c->in_order, standing);

        if (c->in_order.failed || !check_item(c, ret, &item))
            return false;
    }
    return true;
}

/* Is the value part ÷ n in these parts of one, half up? */
static bool share_fits(const struct figure_value *v, int64_t one)
{
    int64_t n = v->n;
    int64_t up;

    return n > 0 && n <= INT64_MAX / 2 &&
           !__builtin_mul_overflow(v->part, 2 * one, &up) &&
           !__builtin_add_overflow(up, n, &up) && v->value == up / (2 * n);
}

static bool ratio_fits(const struct figure_value *v, int64_t n, int64_t part)
{
    return v->n == n && v->part == part && v->known == (n >= RATIO_LEAST) &&
           (!v->known || share_fits(v, 10000));
}

static bool mean_fits(const struct figure_value *v, int64_t n, int64_t sum)
{
    return v->n == n && v->part == sum && v->known == (n > 0) &&
           (!v->known || share_fits(v, 10));
}

/* Its rows stand from the largest on; is the value their middle? */
static bool median_fits(const struct figure_value *v, const struct walked *w)
{
    if (!w->falls)
        return false;
    if (w->n == 0 || w->largest > INT64_MAX / 20)
        return w->n == 0 && v->n == 0 && !v->known;
    return v->known && v->n == (int64_t)w->n &&
           v->value == (w->upper + w->lower) * 5;
}

/* All have been so since the day, or since a day before it. */
static bool standing_fits(const struct figure_value *v, const struct walked *w)
{
    return w->latest <= v->only.day && v->known && v->value == w->sum &&
           v->n == w->sum && w->sum == (int64_t)w->n;
}

static bool value_fits(const struct bundle_figure *f, const struct walked *rows,
                       const struct walked *parts)
{
    const struct figure_value *v = &f->value;
    int64_t n = (int64_t)rows->n;
    int64_t sum = rows->sum;

    switch (f->figure.measure) {
    case MEASURE_COUNT:
        return v->known && v->value == n && v->n == n && sum == n;
    case MEASURE_SUM:
        return v->known && v->value == sum && v->n == n;
    case MEASURE_RATIO:
        return ratio_fits(v, sum, parts->sum);
    case MEASURE_SEATS:
        return v->known && v->value == n && sum == n && n <= v->places &&
               n <= v->n;
    case MEASURE_MEAN:
        return mean_fits(v, n, sum);
    case MEASURE_MEDIAN:
        return median_fits(v, rows);
    case MEASURE_STANDING:
        return standing_fits(v, rows);
    }
    return false;
}

static bool check_figure(struct bundle_check *c, const struct bundle_figure *f)
{
    bool seats = f->figure.measure == MEASURE_SEATS;
    struct walked rows;
    struct walked parts;

    if (bundle_figure_find(&c->b, f->figure.key) != f)
        return FIGURE_FAULT(c, f, "出现两次", "is there twice");
    if (!check_list(c, f, &f->rows, &rows) ||
        !check_list(c, f, &f->parts, &parts))
        return false;
    if (!(seats ? rows.places : rows.no_places) || !parts.no_places)
        return FIGURE_FAULT(c, f, "名次不成次序", "its places are in no order");
    if (f->value.since &&
        (f->figure.measure != MEASURE_COUNT || f->value.value == 0))
        return FIGURE_FAULT(c, f, "没有可称首次的行",
                            "has no row that could be the first");
    if (!value_fits(f, &rows, &parts))
        return FIGURE_FAULT(c, f, "与名单数出来的不一致",
                            "is not what its rows add up to");
    return true;
}

bool bundle_check_figures(struct bundle_check *c)
{
    for (size_t i = 0; i < c->b.figures_n; i++)
        if (!check_figure(c, &c->b.figures[i]))
            return false;
    return true;
}
