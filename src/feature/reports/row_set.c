/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/reports/row_set.h"

#include <stdlib.h>

enum { CAP_FIRST = 64 };

void row_set_init(struct row_set *s, struct mem *m)
{
    *s = (struct row_set){ .m = m };
}

static struct row_set_ledger *ledger_of(struct row_set *s,
                                        const struct ledger *l)
{
    struct row_set_ledger *new;

    for (size_t i = 0; i < s->ledgers_n; i++)
        if (s->ledgers[i].ledger == l)
            return &s->ledgers[i];
    s->ledgers = mem_grow(s->m, s->ledgers, s->ledgers_n * sizeof(*new),
                          (s->ledgers_n + 1) * sizeof(*new));
    new = &s->ledgers[s->ledgers_n++];
    *new = (struct row_set_ledger){ .ledger = l, .name = ledger_name(s->m, l) };
    return new;
}

void row_set_name(struct row_set *s, const struct ledger *l)
{
    ledger_of(s, l);
}

/* Where the id is, or would be. */
static int64_t *probe(const struct row_set_ledger *l, int64_t id)
{
    size_t mask = l->cap - 1;
    size_t i = (size_t)((uint64_t)id * 0x9E3779B97F4A7C15ULL >> 32) & mask;

    while (l->ids[i] && l->ids[i] != id)
        i = (i + 1) & mask;
    return &l->ids[i];
}

static void grow(struct row_set *s, struct row_set_ledger *l)
{
    struct row_set_ledger old = *l;

    l->cap = old.cap ? 2 * old.cap : CAP_FIRST;
    l->m = mem_child(s->m);
    l->ids = NEW_ARRAY(l->m, int64_t, l->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.ids[i])
            *probe(l, old.ids[i]) = old.ids[i];
    mem_free(old.m);
}

bool row_set_add(struct row_set *s, const struct ledger *l, int64_t id)
{
    struct row_set_ledger *of = ledger_of(s, l);
    int64_t *slot;

    if (2 * of->n >= of->cap)
        grow(s, of);
    slot = probe(of, id);
    if (*slot)
        return false;
    *slot = id;
    of->n++;
    s->n++;
    return true;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

static int by_name(const void *a, const void *b)
{
    const struct row_set_ledger *x = a;
    const struct row_set_ledger *y = b;

    return str_cmp(x->name, y->name);
}

void row_set_sort(struct row_set *s)
{
    for (size_t i = 0; i < s->ledgers_n; i++) {
        struct row_set_ledger *l = &s->ledgers[i];
        size_t n = 0;

        for (size_t k = 0; k < l->cap; k++)
            if (l->ids[k])
                l->ids[n++] = l->ids[k];
        if (n)
            qsort(l->ids, n, sizeof(*l->ids), by_id);
    }
    if (s->ledgers_n)
        qsort(s->ledgers, s->ledgers_n, sizeof(*s->ledgers), by_name);
}

void row_set_end(struct row_set *s)
{
    for (size_t i = 0; i < s->ledgers_n; i++) {
        mem_free(s->ledgers[i].m);
        s->ledgers[i].m = NULL;
        s->ledgers[i].ids = NULL;
        s->ledgers[i].cap = s->ledgers[i].n = 0;
    }
}
