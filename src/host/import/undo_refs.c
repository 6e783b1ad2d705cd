/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What refers to the rows that shall go. */
#include "host/import/undo_plan.h"

#include "host/ledger/table.h"
#include "store/compose.h"

/* A row of the plan refers to another that shall go. */
struct hold {
    size_t from, to;
    size_t column;
    bool always; /* it will refer there even when it is changed */
};

struct holds {
    struct planner *p;
    struct hold *v;
    size_t n, cap;
};

struct str planner_key(struct mem *m, const struct ledger *l, int64_t id)
{
    return str_fmt(m, "%p %lld", (const void *)l, (long long)id);
}

static struct undo_row *row_of(struct planner *p, const struct ledger *l,
                               int64_t id)
{
    int64_t at;

    return map_get(&p->index, planner_key(p->row, l, id), &at)
               ? &p->undo->rows[at]
               : NULL;
}

static void add_hold(struct holds *h, size_t from, size_t to, size_t column)
{
    if (h->n == h->cap) {
        size_t cap = h->cap ? 2 * h->cap : 256;

        h->v =
            mem_grow(h->p->m, h->v, h->n * sizeof(*h->v), cap * sizeof(*h->v));
        h->cap = cap;
    }
    h->v[h->n++] = (struct hold){ .from = from, .to = to, .column = column };
}

/* A row that is not voided refers to `to`, by this column. */
static void note_reference(struct holds *h, const struct ledger *l, int64_t id,
                           size_t column, struct undo_row *to)
{
    struct undo_row *from = row_of(h->p, l, id);
    const struct undo_row *rows = h->p->undo->rows;

    if (from && undo_goes(from))
        add_hold(h, (size_t)(from - rows), (size_t)(to - rows), column);
    else
        to->fate = UNDO_REFERRED;
}

static void find_references(struct holds *h, const struct ledger *l,
                            size_t column)
{
    const struct column *c = &l->columns[column];
    const struct ledger *to = ledger_find(c->ref);
    struct planner *p = h->p;
    struct compose q;
    struct rows r;

    mem_reset(p->row);
    compose_init(&q, p->m);
    compose_sql(&q, SQL("SELECT id, "));
    compose_name(&q, c->key);
    compose_sql(&q, SQL(" FROM "));
    compose_table(&q, l);
    compose_sql(&q, SQL(" WHERE district = ?1 AND voided = 0"));
    r = tx_query(p->asker->in.tx, compose_end(&q),
                 WITH(INT(p->asker->in.district)));
    while (rows_next(&r)) {
        struct undo_row *row;

        mem_reset(p->row);
        if (rows_is_null(&r, 1))
            continue;
        row = row_of(p, to, rows_int(&r, 1));
        if (row && row->fate == UNDO_VOIDS)
            note_reference(h, l, rows_int(&r, 0), column, row);
    }
}

/* Shall any row of this ledger go? */
static bool any_goes(const struct undo *u, const struct ledger *l)
{
    for (size_t i = 0; i < u->n; i++)
        if (u->rows[i].ledger == l && u->rows[i].fate == UNDO_VOIDS)
            return true;
    return false;
}

static void find_holds(struct holds *h)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < l->columns_n; k++)
            if (l->columns[k].type == COLUMN_REF &&
                any_goes(h->p->undo, ledger_find(l->columns[k].ref)))
                find_references(h, l, k);
}

/* A row whose values change may refer there afterwards as well. */
static void look_ahead(struct holds *h)
{
    for (size_t i = 0; i < h->n; i++) {
        struct hold *hold = &h->v[i];
        const struct undo_row *rows = h->p->undo->rows;
        struct turning t;

        if (rows[hold->from].fate != UNDO_VOIDS &&
            planner_load(h->p, &rows[hold->from], &t))
            hold->always = row_has(t.then, hold->column) &&
                           row_int(t.then, hold->column) == rows[hold->to].id;
    }
}

void planner_settle_refs(struct planner *p)
{
    struct holds h = { .p = p };
    struct undo_row *rows = p->undo->rows;
    bool again = true;

    find_holds(&h);
    look_ahead(&h);
    while (again) {
        again = false;
        for (size_t i = 0; i < h.n; i++) {
            struct hold *hold = &h.v[i];

            if (rows[hold->to].fate != UNDO_VOIDS ||
                (undo_goes(&rows[hold->from]) && !hold->always))
                continue;
            rows[hold->to].fate = UNDO_REFERRED;
            again = true;
        }
    }
}
