/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Of tallies alone, one year after the other: there are few years. */
#include "host/ledger/since.h"

#include "host/ledger/year_shown.h"

static bool has_rows(struct scope in, const struct ledger *l, int32_t year)
{
    for (size_t i = 0; i < l->kinds_n; i++)
        if (tally_read(in, year, l->kinds[i].kind, S("")).n > 0)
            return true;
    return false;
}

int32_t figure_since(struct scope in, const struct figure_value *v)
{
    const struct figure *f = v->figure;
    const struct ledger *l = figure_ledger(f);
    int32_t since = 0;
    int32_t year = v->year;

    if (f->measure != MEASURE_COUNT || v->value == 0)
        return 0;
    while ((year = year_newest(in, year - 1)) != 0) {
        if (tally_read(in, year, f->kind, f->category).n > 0)
            return 0;
        if (has_rows(in, l, year))
            since = year;
    }
    return since;
}
