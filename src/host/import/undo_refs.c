/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What refers to the rows that shall go. */
#include "host/import/undo_plan.h"

#include "host/ledger/table.h"
#include "store/compose.h"

struct str planner_key(struct mem *m, const struct ledger *l, int64_t id)
{
    return str_fmt(m, "%p %lld", (const void *)l, (long long)id);
}

struct undo_row *planner_find(struct planner *p, const struct ledger *l,
                              int64_t id)
{
    int64_t at;

    return map_get(&p->index, planner_key(p->row, l, id), &at)
               ? &p->undo->rows[at]
               : NULL;
}

static void add_hold(struct planner *p, struct hold hold)
{
    if (p->holds_n == p->holds_cap) {
        size_t cap = p->holds_cap ? 2 * p->holds_cap : 256;

        p->holds = mem_grow(p->m, p->holds, p->holds_n * sizeof(*p->holds),
                            cap * sizeof(*p->holds));
        p->holds_cap = cap;
    }
    p->holds[p->holds_n++] = hold;
}

/* A row that is not voided refers to `to`, by this column. */
static void note_reference(struct planner *p, const struct ledger *l,
                           int64_t id, size_t column, struct undo_row *to)
{
    struct undo_row *from = planner_find(p, l, id);
    const struct undo_row *rows = p->undo->rows;

    if (from && undo_goes(from))
        add_hold(p, (struct hold){ .from = (size_t)(from - rows),
                                   .to = (size_t)(to - rows),
                                   .column = column });
    else
        to->fate = UNDO_REFERRED;
}

static void find_references(struct planner *p, const struct ledger *l,
                            size_t column)
{
    const struct column *c = &l->columns[column];
    const struct ledger *to = ledger_find(c->ref);
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
        row = planner_find(p, to, rows_int(&r, 1));
        if (row && row->fate == UNDO_VOIDS)
            note_reference(p, l, rows_int(&r, 0), column, row);
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

static void find_holds(struct planner *p)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < l->columns_n; k++)
            if (l->columns[k].type == COLUMN_REF &&
                any_goes(p->undo, ledger_find(l->columns[k].ref)))
                find_references(p, l, k);
}

/* A row whose values change may refer there afterwards as well. */
static void look_ahead(struct planner *p)
{
    const struct undo_row *rows = p->undo->rows;
    struct turning t;

    for (size_t i = 0; i < p->holds_n; i++) {
        struct hold *hold = &p->holds[i];

        if (rows[hold->from].fate != UNDO_VOIDS &&
            planner_load(p, &rows[hold->from], &t))
            hold->always = row_has(t.then, hold->column) &&
                           row_int(t.then, hold->column) == rows[hold->to].id;
    }
}

void planner_settle_again(struct planner *p)
{
    struct undo_row *rows = p->undo->rows;
    bool again = true;

    while (again) {
        again = false;
        for (size_t i = 0; i < p->holds_n; i++) {
            const struct hold *hold = &p->holds[i];
            struct undo_row *to = &rows[hold->to];

            if (to->fate != UNDO_VOIDS || to->turned ||
                (undo_goes(&rows[hold->from]) && !hold->always))
                continue;
            to->fate = UNDO_REFERRED;
            again = true;
        }
    }
}

void planner_settle_refs(struct planner *p)
{
    find_holds(p);
    look_ahead(p);
    planner_settle_again(p);
}

/* ---- which first ---- */

/* Steps from rows that wait for nothing: 甲 before what waits for 甲. */
struct steps {
    struct planner *p;
    uint8_t *level; /* by row of the plan */
};

enum { LEVEL_MAX = 32 }; /* where rows refer to one another in a ring */

/* True: that moved the one that waits. */
static bool put_after(struct steps *s, size_t first, size_t waits)
{
    if (s->level[waits] > s->level[first] || s->level[first] == LEVEL_MAX)
        return false;
    s->level[waits] = s->level[first] + 1;
    return true;
}

/* What refers goes before what it refers to. */
static bool order_holds(struct steps *s)
{
    bool moved = false;

    for (size_t i = 0; i < s->p->holds_n; i++)
        moved |= put_after(s, s->p->holds[i].from, s->p->holds[i].to);
    return moved;
}

/* What comes back waits for what it refers to. */
static bool order_returns_of(struct steps *s, size_t at)
{
    struct planner *p = s->p;
    struct turning t;
    bool moved = false;

    if (!planner_load(p, &p->undo->rows[at], &t))
        return false;
    for (size_t i = 0; i < t.then->ledger->columns_n; i++) {
        const struct column *c = &t.then->ledger->columns[i];
        const struct undo_row *to = NULL;

        if (c->type == COLUMN_REF && row_has(t.then, i))
            to = planner_find(p, ledger_find(c->ref), row_int(t.then, i));
        if (to && to->fate == UNDO_RESTORES)
            moved |= put_after(s, (size_t)(to - p->undo->rows), at);
    }
    return moved;
}

static bool order_returns(struct steps *s)
{
    const struct undo *u = s->p->undo;
    bool moved = false;

    for (size_t i = 0; i < u->n; i++)
        if (u->rows[i].fate == UNDO_RESTORES || u->rows[i].fate == UNDO_CHANGES)
            moved |= order_returns_of(s, i);
    return moved;
}

static bool any_returns(const struct undo *u)
{
    for (size_t i = 0; i < u->n; i++)
        if (u->rows[i].fate == UNDO_RESTORES)
            return true;
    return false;
}

size_t planner_order(struct planner *p, size_t **ret)
{
    const struct undo *u = p->undo;
    struct steps s = { p, NEW_ARRAY(p->m, uint8_t, u->n) };
    bool returns = any_returns(u);
    bool moved = true;
    size_t n = 0;

    while (moved) {
        moved = order_holds(&s);
        if (returns)
            moved |= order_returns(&s);
    }
    *ret = NEW_ARRAY(p->m, size_t, u->n);
    for (int level = 0; level <= LEVEL_MAX; level++)
        for (size_t i = 0; i < u->n; i++)
            if (s.level[i] == level && undo_goes(&u->rows[i]))
                (*ret)[n++] = i;
    return n;
}
