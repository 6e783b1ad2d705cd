/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Two years are compared only as far as they were counted by one rule. */
#include "feature/reports/years.h"

#include "host/ledger/cell.h"
#include "host/ledger/year_shown.h"

static struct str plus(struct mem *m, bool less, struct str number)
{
    return str_fmt(m, "%s%.*s", less ? "−" : "+", STR_ARG(number));
}

static struct str more_of(struct mem *m, const struct figure_value *was,
                          const struct figure_value *is)
{
    struct figure_value by = *is;

    by.value = is->value - was->value;
    if (by.value == 0)
        return S("0");
    if (by.value < 0)
        by.value = -by.value;
    return plus(m, is->value < was->value, figure_shown(m, &by));
}

static int64_t length_of(const struct figure_value *v, int64_t most)
{
    return most > 0 && v->known ? v->value * YEARS_LONGEST / most : 0;
}

static bool same_rule(struct text a, struct text b)
{
    return str_eq(a.zh, b.zh) && str_eq(a.en, b.en);
}

static struct year_line line_of(struct mem *m, const struct figure_value *was,
                                const struct figure_value *is)
{
    int64_t most = was->value > is->value ? was->value : is->value;
    struct year_line l = {
        .figure = is->figure,
        .was = figure_shown(m, was),
        .is = figure_shown(m, is),
        .unit = figure_unit(is->figure),
        .more = S(""),
        .rules_differ = !same_rule(was->rule, is->rule),
    };

    if (was->known && is->known && !l.rules_differ) {
        l.more = more_of(m, was, is);
        l.was_length = length_of(was, most);
        l.is_length = length_of(is, most);
    }
    return l;
}

void years_beside(struct scope in, int32_t year, struct value_list values,
                  struct years *ret)
{
    *ret =
        (struct years){ .lines = NEW_ARRAY(in.m, struct year_line, values.n) };
    if (year_newest(in, year - 1) != year - 1) {
        ret->unknown = values.n; /* nothing counts in it: one question */
        return;
    }
    for (size_t i = 0; i < values.n; i++) {
        struct figure_value is = declared_today(&values.values[i]);
        struct figure_value was;

        if (!figure_find(is.figure->key))
            continue;
        was = figure_read(in, year - 1, is.figure);
        if (was.n > 0)
            ret->lines[ret->n++] = line_of(in.m, &was, &is);
        else
            ret->unknown++;
    }
}
