/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Rows of a file and their parts in another sheet of it. Comparing keeps
 * nothing, so a part asks the file for its parent.
 */
#include "host/import/pass.h"

static struct ledger_row *copy_of(struct mem *m, const struct ledger_row *row)
{
    struct ledger_row *copy = ledger_row_new(m, row->ledger);
    struct value *values = copy->values;
    struct str *labels = copy->labels;

    *copy = *row;
    copy->values = values;
    copy->labels = labels;
    copy->parent = NULL;
    for (size_t i = 0; i < row->ledger->columns_n; i++) {
        values[i] = row->values[i];
        if (values[i].kind == VALUE_TEXT)
            values[i].s = str_dup(m, values[i].s);
        labels[i] = str_dup(m, row->labels[i]);
    }
    return copy;
}

void pass_expect_parts(struct pass *p, const struct ledger_row *row)
{
    size_t first = 0;

    if (!ledger_part(row->ledger, &first))
        return;
    if (p->expecting_n == p->expecting_cap) {
        size_t cap = p->expecting_cap ? 2 * p->expecting_cap : 64;

        p->expecting = mem_grow(p->im->m, p->expecting,
                                p->expecting_n * sizeof(*p->expecting),
                                cap * sizeof(*p->expecting));
        p->expecting_cap = cap;
    }
    map_put(&p->parents, str_of_int(p->im->m, row->id),
            (int64_t)p->expecting_n);
    p->expecting[p->expecting_n++] = copy_of(p->im->m, row);
}

void pass_find_parent(struct pass *p, struct ledger_row *row)
{
    size_t col = ledger_role(row->ledger, COLUMN_PARENT);
    int64_t at;

    if (col != SIZE_MAX && row_has(row, col) &&
        map_get(&p->parents, str_of_int(p->in.m, row_int(row, col)), &at))
        row->parent = p->expecting[at];
}
