/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The parts of a figure, as bars. */
#include "host/page/chart.h"

#include "base/date.h"
#include "host/ledger/cell.h"
#include "web/url.h"

struct str figure_address(struct mem *m, const struct figure_value *v,
                          struct str file)
{
    struct str s = str_fmt(m, "/figures/%.*s%.*s?year=%d",
                           STR_ARG(v->figure->key), STR_ARG(file), v->year);

    if (v->only.month)
        s = str_fmt(m, "%.*s&month=%d", STR_ARG(s), v->only.month);
    if (v->only.category.n)
        s = str_fmt(m, "%.*s&part=%.*s", STR_ARG(s),
                    STR_ARG(url_encode(m, v->only.category)));
    if (v->only.day)
        s = str_fmt(m, "%.*s&day=%.*s", STR_ARG(s),
                    STR_ARG(date_iso(m, v->only.day)));
    return s;
}

static struct str number_of(struct ctx *c, const struct figure_value *v,
                            int64_t value)
{
    struct figure_value part = *v;

    part.value = value;
    part.known = v->known && value >= 0;
    return figure_shown(c->m, &part);
}

/* Lengths, and what is missing from the whole, if the bars make one up. */
static bool measure(struct ctx *c, const struct figure_value *v,
                    struct chart *chart)
{
    int64_t rest = v->value;
    int64_t most = 0;

    for (size_t i = 0; i < chart->n; i++) {
        rest -= chart->bars[i].value;
        if (chart->bars[i].value > most)
            most = chart->bars[i].value;
    }
    for (size_t i = 0; most > 0 && i < chart->n; i++) {
        struct bar *b = &chart->bars[i];

        b->number = number_of(c, v, b->value);
        b->length =
            b->value > 0 ? (b->value * CHART_LONGEST + most - 1) / most : 0;
        b->largest = b->value == most;
    }
    if (rest != 0 && v->figure->measure != MEASURE_STANDING &&
        v->figure->measure != MEASURE_MEDIAN)
        chart->rest = number_of(c, v, rest);
    return most > 0;
}

/* Which day of a row it goes by stands there: a row may have several. */
static struct text months_title(struct ctx *c, const struct figure *f)
{
    const struct record_kind *kind;
    const struct ledger *l = kind_ledger(f->kind, &kind);
    const struct column *day = kind_day(l, kind);

    if (!day)
        return TEXT("逐月", "By month");
    return (struct text){
        str_fmt(c->m, "逐月，按“%.*s”", STR_ARG(day->label.zh)),
        str_fmt(c->m, "By month of \"%.*s\"", STR_ARG(day->label.en)),
    };
}

static int32_t month_end(int32_t year, int month)
{
    int32_t next = month == MONTHS ? date_make(year + 1, 1, 1)
                                   : date_make(year, month + 1, 1);

    return date_from_days(date_to_days(next) - 1);
}

/*
 * What stood at the end of each month, up to the day itself: what comes after
 * it is not known.
 */
static bool chart_standing(struct ctx *c, const struct figure_value *v,
                           struct chart *ret)
{
    struct figure_value bar = *v;

    *ret = (struct chart){ .title = TEXT("各月月末", "At the end of months"),
                           .unit = figure_unit(v->figure),
                           .bars = NEW_ARRAY(c->m, struct bar, MONTHS),
                           .rest = S("") };
    while (ret->n < MONTHS &&
           date_make(v->year, (int)ret->n + 1, 1) <= v->only.day) {
        struct bar *b = &ret->bars[ret->n++];
        int32_t end = month_end(v->year, (int)ret->n);

        bar.only.day = end < v->only.day ? end : v->only.day;
        b->label = text_fmt(c->m, "%d 月", "month %d", (int)ret->n);
        b->value =
            figure_read_part(ctx_scope(c), v->year, v->figure, bar.only).value;
        b->link = figure_address(c->m, &bar, S(""));
    }
    return measure(c, v, ret);
}

bool chart_months(struct ctx *c, const struct figure_value *v,
                  struct chart *ret)
{
    struct figure_value bar = *v;
    int64_t months[MONTHS];

    if (v->figure->measure == MEASURE_STANDING)
        return chart_standing(c, v, ret);
    if (!figure_has_parts(v->figure))
        return false;
    figure_months(ctx_scope(c), v, months);
    *ret = (struct chart){ .title = months_title(c, v->figure),
                           .unit = figure_unit(v->figure),
                           .bars = NEW_ARRAY(c->m, struct bar, MONTHS),
                           .n = MONTHS,
                           .rest = S("") };
    for (int i = 0; i < MONTHS; i++) {
        ret->bars[i].label = text_fmt(c->m, "%d 月", "month %d", i + 1);
        ret->bars[i].value = months[i];
        bar.only.month = i + 1;
        ret->bars[i].link = figure_address(c->m, &bar, S(""));
    }
    return measure(c, v, ret);
}

bool chart_categories(struct ctx *c, const struct figure_value *v,
                      struct chart *ret)
{
    const struct column *col = figure_categories(v->figure);

    if (!col)
        return false;
    *ret = (struct chart){ .title = column_shown(col),
                           .unit = figure_unit(v->figure),
                           .bars = NEW_ARRAY(c->m, struct bar, col->choices_n),
                           .n = col->choices_n,
                           .rest = S("") };
    for (size_t i = 0; i < ret->n; i++) {
        struct figure_part only = { .category = col->choices[i].key,
                                    .day = v->only.day };
        struct figure_value part =
            figure_read_part(ctx_scope(c), v->year, v->figure, only);

        ret->bars[i].label = col->choices[i].label;
        ret->bars[i].value = part.known ? part.value : -1;
        ret->bars[i].link = figure_address(c->m, &part, S(""));
    }
    return measure(c, v, ret);
}
