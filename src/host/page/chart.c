/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The parts of a figure, as bars. */
#include "host/page/chart.h"

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
    return s;
}

static struct str number_of(struct ctx *c, const struct figure_value *v,
                            int64_t value)
{
    struct figure_value part = *v;

    part.value = value;
    return figure_shown(c->m, &part);
}

/* Lengths, and what is missing from the whole. False: all is missing. */
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
        b->length = (b->value * CHART_LONGEST + most - 1) / most;
        b->largest = b->value == most;
    }
    if (rest != 0)
        chart->rest = number_of(c, v, rest);
    return most > 0;
}

/* Which day of a row it goes by stands there: a row may have several. */
static struct text months_title(struct ctx *c, const struct figure *f)
{
    const struct ledger *l = kind_ledger(f->kind, NULL);
    const struct text *day;

    if (!ledger_has(l, COLUMN_WHEN))
        return TEXT("逐月", "By month");
    day = &l->columns[ledger_role(l, COLUMN_WHEN)].label;
    return (struct text){
        str_fmt(c->m, "逐月，按“%.*s”", STR_ARG(day->zh)),
        str_fmt(c->m, "By month of \"%.*s\"", STR_ARG(day->en)),
    };
}

bool chart_months(struct ctx *c, const struct figure_value *v,
                  struct chart *ret)
{
    struct figure_value bar = *v;
    int64_t months[MONTHS];

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
        struct figure_part only = { .category = col->choices[i].key };
        struct figure_value part =
            figure_read_part(ctx_scope(c), v->year, v->figure, only);

        ret->bars[i].label = col->choices[i].label;
        ret->bars[i].value = part.value;
        ret->bars[i].link = figure_address(c->m, &part, S(""));
    }
    return measure(c, v, ret);
}
