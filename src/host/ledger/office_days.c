/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/office_days.h"

#include "base/date.h"
#include "host/ledger/row.h"
#include "host/ledger/state_days.h"

#include <string.h>

struct table {
    struct mem *m;
    struct day_rule *v;
    size_t n, cap;
};

static void put(struct table *t, struct day_rule rule)
{
    size_t at = t->n;

    while (at > 0 && t->v[at - 1].day >= rule.day)
        at--;
    if (at == t->n || t->v[at].day != rule.day) {
        if (t->n == t->cap) {
            t->v = mem_grow(t->m, t->v, t->cap * sizeof(*t->v),
                            2 * t->cap * sizeof(*t->v));
            t->cap *= 2;
        }
        memmove(t->v + at + 1, t->v + at, (t->n - at) * sizeof(*t->v));
        t->n++;
    }
    t->v[at] = rule;
}

static void put_row(struct table *t, const struct ledger_row *row)
{
    size_t end = ledger_role(row->ledger, COLUMN_END);
    int32_t first = date_to_days(row_when(row));
    int32_t last =
        row_has(row, end) ? date_to_days((int32_t)row_int(row, end)) : first;
    bool works = str_eq(row_kind(row), S("work"));

    for (int32_t d = first; d <= last; d++)
        put(t, (struct day_rule){ date_from_days(d), works });
}

const struct workdays *office_workdays(struct scope in)
{
    struct table t = { .m = in.m, .n = state_days.n, .cap = state_days.n + 64 };
    struct mem *scratch = mem_child(in.m);
    struct row_walk w = row_walk(in, ledger_days());
    struct workdays *days = NEW(in.m, struct workdays);
    struct ledger_row *row;

    t.v = NEW_ARRAY(in.m, struct day_rule, t.cap);
    memcpy(t.v, state_days.v, state_days.n * sizeof(*t.v));
    while (row_walk_next(&w, scratch, &row)) {
        if (!row->voided)
            put_row(&t, row);
        mem_reset(scratch);
    }
    mem_free(scratch);
    *days = (struct workdays){ t.v, t.n };
    return days;
}

static bool is_off(const struct workdays *w, int32_t day)
{
    const struct day_rule *rule = workday_rule(w, day);

    return rule && !rule->works;
}

bool office_workdays_known(const struct workdays *w, int32_t year)
{
    return is_off(w, date_make(year, 1, 1)) &&
           is_off(w, date_make(year, 10, 1));
}

struct text office_workdays_unknown(struct mem *m, int32_t year)
{
    return text_fmt(m, "%d 年的放假安排还没有登记",
                    "the days off of %d are not entered yet", year);
}
