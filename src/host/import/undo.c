/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Taking a batch back. The journal says which rows a batch touched and what
 * their values were; undoing writes the opposite as new entries, so that the
 * history keeps both. A row that somebody touched since is theirs: it stays.
 * What is planned is what is done, so a page can say it in numbers before.
 *
 * A row that goes while a row that stays refers to it would leave that one
 * hanging, so it stays too: claims, then teams, then the organisations that
 * were made for them (undo_refs.c).
 */
#include "host/import/undo.h"

#include "host/house/running.h"
#include "host/import/undo_plan.h"
#include "host/ledger/admit.h"
#include "host/ledger/row.h"
#include "host/ledger/row_past.h"

size_t undo_done(const struct undo *u)
{
    return u->count[UNDO_VOIDS] + u->count[UNDO_RESTORES] +
           u->count[UNDO_CHANGES];
}

size_t undo_kept(const struct undo *u)
{
    return u->count[UNDO_TOUCHED] + u->count[UNDO_DENIED] +
           u->count[UNDO_REFUSED] + u->count[UNDO_REFERRED];
}

/* ---- the rows ---- */

static void add_row(struct planner *p, struct str subject, int64_t id)
{
    const struct ledger *l = ledger_find(subject);
    struct undo *u = p->undo;

    if (!l)
        return; /* of a feature that is no longer there */
    if (u->n == p->cap) {
        size_t cap = p->cap ? 2 * p->cap : 256;

        u->rows = mem_grow(p->m, u->rows, u->n * sizeof(*u->rows),
                           cap * sizeof(*u->rows));
        p->cap = cap;
    }
    u->rows[u->n] = (struct undo_row){ .ledger = l, .id = id };
    map_put(&p->index, planner_key(p->m, l, id), (int64_t)u->n++);
}

static void find_rows(struct planner *p)
{
    struct rows r =
        tx_query(p->asker->in.tx,
                 SQL("WITH e AS MATERIALIZED (SELECT subject, row_id FROM "
                     "journal_entry WHERE district = ?1 AND batch = ?2 AND "
                     "(type <= ?3 OR type = ?4)) SELECT DISTINCT subject, "
                     "row_id FROM e ORDER BY subject, row_id"),
                 WITH(INT(p->asker->in.district), INT(p->undo->batch),
                      INT(JOURNAL_RESTORE), INT(JOURNAL_STEP)));

    while (rows_next(&r))
        add_row(p, rows_view(&r, 0), rows_int(&r, 1));
}

/* ---- one row ---- */

bool planner_row(struct planner *p, const struct undo_row *r,
                 struct ledger_row **ret)
{
    if (row_load(p->asker->in, r->ledger, r->id, ret))
        return true;
    if (tx_err(p->asker->in.tx) == OK)
        BUG("the journal speaks of a row that is not there");
    return false;
}

static bool is_ours(const struct undo *u, int64_t batch)
{
    return batch == u->batch || batch == -u->batch;
}

/* Make a row that comes as it stands what it was. */
static void rewind_row(struct planner *p, struct turning *t)
{
    const struct undo *u = p->undo;
    struct scope in = p->asker->in;
    int64_t seq = t->then->seq;
    struct row_step s;

    while (row_step(in, seq, &s) && is_ours(u, s.batch)) {
        if (s.type == JOURNAL_STEP)
            t->step = step_find(t->then->ledger, s.step);
        if (u->back && s.batch == u->batch)
            break;
        row_step_back(in, &s, t->then);
        seq = s.previous;
    }
}

/* Admission takes a label for a row that is there; so is one that comes. */
static void label_refs(struct planner *p, struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++) {
        const struct column *c = &row->ledger->columns[i];
        struct ledger_row *to;
        int64_t at;

        if (c->type != COLUMN_REF || !row_has(row, i) || row->labels[i].n ||
            !map_get(&p->index,
                     planner_key(p->asker->in.m, ledger_find(c->ref),
                                 row_int(row, i)),
                     &at) ||
            p->undo->rows[at].fate != UNDO_RESTORES)
            continue;
        if (planner_row(p, &p->undo->rows[at], &to))
            row->labels[i] = row_title(to);
    }
}

bool planner_load(struct planner *p, const struct undo_row *r,
                  struct turning *ret)
{
    mem_reset(p->row);
    ret->step = NULL;
    if (!planner_row(p, r, &ret->now) || !planner_row(p, r, &ret->then))
        return false;
    rewind_row(p, ret);
    return true;
}

static bool values_eq(const struct ledger_row *a, const struct ledger_row *b)
{
    for (size_t i = 0; i < a->ledger->columns_n; i++)
        if (!value_eq(&a->values[i], &b->values[i]))
            return false;
    return a->year == b->year;
}

/* Who may take a step may take it back; other values ask who changes them. */
static bool may_turn(struct planner *p, const struct turning *t)
{
    if (t->now->voided != t->then->voided && !may_settle(p->asker, t->now))
        return false;
    return t->step ? may_take(p->asker, t->now, t->step)
                   : may_edit(p->asker, t->now);
}

/* By the row alone. */
static enum undo_fate first_fate(struct planner *p, struct undo_row *r)
{
    struct turning t;
    struct text why;
    bool turns;

    if (!planner_load(p, r, &t))
        return UNDO_NOTHING;
    if (!is_ours(p->undo, t.now->batch))
        return UNDO_TOUCHED;
    turns = t.now->voided != t.then->voided;
    r->differs = !values_eq(t.now, t.then);
    if (!turns && !r->differs)
        return UNDO_NOTHING;
    if (!may_turn(p, &t))
        return UNDO_DENIED;
    if (!turns)
        return UNDO_CHANGES;
    if (t.then->voided)
        return UNDO_VOIDS;
    return row_may_stand(p->asker->in, t.then, &why) ? UNDO_RESTORES
                                                     : UNDO_REFUSED;
}

enum err planner_admit(struct planner *p, struct turning *t)
{
    struct admission a = { .asker = p->asker,
                           .said_new = true,
                           .before = t->now,
                           .undone = t->step,
                           .said_year = t->then->year };

    label_refs(p, t->then);
    return row_admit(&a, t->then);
}

/* Its values as they were; and nobody else took its name meanwhile. */
static enum undo_fate admitted_fate(struct planner *p, const struct undo_row *r)
{
    struct turning t;
    int64_t twin;
    enum err e;

    if (!planner_load(p, r, &t))
        return UNDO_NOTHING;
    e = planner_admit(p, &t);
    if (e != OK)
        return e == E_DENIED ? UNDO_DENIED : UNDO_REFUSED;
    twin = row_find(p->asker->in, t.then);
    return twin == 0 || twin == r->id ? r->fate : UNDO_REFUSED;
}

enum undo_fate planner_judge(struct planner *p, struct undo_row *r)
{
    r->fate = first_fate(p, r);
    return r->differs && undo_goes(r) ? admitted_fate(p, r) : r->fate;
}

/* A row that does not come back may be one that others would refer to. */
static void settle_values(struct planner *p)
{
    struct undo *u = p->undo;
    bool again = true;

    while (again) {
        again = false;
        for (size_t i = 0; i < u->n; i++) {
            struct undo_row *r = &u->rows[i];
            enum undo_fate fate = r->fate;

            if (!r->differs || !undo_goes(r))
                continue;
            r->fate = admitted_fate(p, r);
            again |= fate == UNDO_RESTORES && r->fate != fate;
        }
    }
}

/* ---- the plan ---- */

void planner_begin(struct planner *p, struct asker *asker, struct undo *u)
{
    *p = (struct planner){ .undo = u, .asker = asker, .m = asker->in.m };
    p->row = mem_child(p->m);
    asker->in.m = p->row;
    map_init(&p->index, p->m);
}

void planner_end(struct planner *p)
{
    p->asker->in.m = p->m;
    mem_free(p->row);
}

enum err undo_may_begin(struct scope in, const struct undo *u)
{
    struct running runs;
    int64_t at = tx_int(in.tx,
                        SQL("SELECT CASE WHEN interrupted = 0 THEN undone_at "
                            "ELSE -2 END FROM import_batch "
                            "WHERE district = ?1 AND id = ?2"),
                        WITH(INT(in.district), INT(u->batch)), -1);

    if (tx_err(in.tx) != OK)
        return tx_err(in.tx);
    if (at == -1)
        return E_ABSENT;
    if (at == -2 || running_batch(in, u->batch, &runs))
        return E_CLASH;
    return (at > 0) == u->back ? OK : E_CLASH;
}

void planner_count(struct planner *p)
{
    struct undo *u = p->undo;

    for (size_t i = 0; i < UNDO_FATES; i++)
        u->count[i] = 0;
    for (size_t i = 0; i < u->n; i++)
        u->count[u->rows[i].fate]++;
}

void planner_plan(struct planner *p)
{
    struct undo *u = p->undo;

    u->n = 0;
    find_rows(p);
    for (size_t i = 0; i < u->n; i++)
        u->rows[i].fate = first_fate(p, &u->rows[i]);
    settle_values(p);
    planner_settle_refs(p);
    planner_count(p);
}

enum err undo_plan(struct asker *asker, struct undo *u)
{
    enum err e = undo_may_begin(asker->in, u);
    struct planner p;

    if (e != OK)
        return e;
    planner_begin(&p, asker, u);
    planner_plan(&p);
    planner_end(&p);
    return tx_err(asker->in.tx);
}

void undo_effect(struct asker *asker, const struct undo *u, struct effect *e)
{
    struct undo copy = *u;
    struct planner p;
    struct turning t;

    planner_begin(&p, asker, &copy);
    for (size_t i = 0; i < u->n; i++)
        if (undo_goes(&u->rows[i]) && planner_load(&p, &u->rows[i], &t))
            effect_add(e, asker->in, t.now, t.then);
    planner_end(&p);
}
