/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Doing what was planned: all of it in the transaction that planned it, or a
 * number of rows at a time. Then others write in between, which the journal
 * tells: a row that they touched, or that theirs refers to, stays.
 */
#include "host/import/undo_plan.h"
#include "host/ledger/record.h"
#include "host/ledger/row.h"

static enum err write_values(struct planner *p, struct act *act,
                             struct turning *t)
{
    struct act own = *act;
    enum err e = planner_admit(p, t);
    bool changed;

    own.reason = p->undo->reason;
    if (e == OK)
        e = row_update(&own, t->now, t->then, &changed);
    return e;
}

/* Restored before its values are written, voided after. */
static enum err turn_row(struct planner *p, struct act *act,
                         const struct undo_row *r)
{
    struct str reason = p->undo->reason;
    struct turning t;
    enum err e = OK;

    if (!planner_load(p, r, &t))
        return E_STORE;
    if (r->fate == UNDO_RESTORES) {
        e = row_restore(act, p->asker, t.now, reason);
        if (e == OK && !planner_row(p, r, &t.now))
            e = E_STORE;
    }
    if (e == OK && r->differs)
        e = write_values(p, act, &t);
    if (e == OK && r->fate == UNDO_VOIDS) {
        if (!planner_row(p, r, &t.now))
            return E_STORE;
        e = row_void(act, p->asker, t.now, reason);
    }
    return e;
}

static enum err turn_rows(struct planner *p, struct act *act)
{
    enum err e = OK;

    for (size_t i = 0; i < p->undo->n && e == OK; i++)
        if (undo_goes(&p->undo->rows[i]))
            e = turn_row(p, act, &p->undo->rows[i]);
    return e;
}

static void note_batch(struct act *act, const struct undo *u, size_t done)
{
    int64_t n = 1 + tx_int(act->tx,
                           SQL("SELECT coalesce(max(n), 0) FROM import_undo "
                               "WHERE district = ?1 AND batch = ?2"),
                           WITH(INT(act->district), INT(u->batch)), 0);
    struct str content =
        str_fmt(act->m, "import %lld %s\ndone=%zu\nkept=%zu\nreason=%.*s\n",
                (long long)u->batch, u->back ? "brought back" : "undone", done,
                undo_kept(u), STR_ARG(u->reason));

    tx_run_unjournaled(act->tx,
                       SQL("UPDATE import_batch SET undone_at = ?3 "
                           "WHERE district = ?1 AND id = ?2"),
                       WITH(INT(act->district), INT(u->batch),
                            INT(u->back ? 0 : act->now)));
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO import_undo (district, batch, n, at, actor, back, "
            "reason, done, kept) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
        WITH(INT(act->district), INT(u->batch), INT(n), INT(act->now),
             INT(act->actor), INT(u->back), STR(u->reason), INT((int64_t)done),
             INT((int64_t)undo_kept(u))));
    journal_append(act->journal, act->tx,
                   &(struct journal_entry){
                       .type = JOURNAL_IMPORT,
                       .subject = S("import"),
                       .row = u->batch,
                       .version = n + 1,
                       .previous = -1,
                       .at = act->now,
                       .actor = act->actor,
                       .reason = u->reason,
                       .fields = &content,
                       .fields_n = 1,
                   });
}

enum err undo_apply(struct act *act, struct asker *asker, struct undo *u)
{
    enum err e = undo_may_begin(asker->in, u);
    struct mem *outer = act->m;
    struct planner p;

    if (e != OK)
        return e;
    planner_begin(&p, asker, u);
    planner_plan(&p);
    act->m = p.row;
    act->batch = -u->batch;
    tally_book_open(act, p.m);
    e = turn_rows(&p, act);
    tally_book_close(act);
    act->m = outer;
    act->batch = 0;
    planner_end(&p);
    if (e == OK)
        note_batch(act, u, undo_done(u));
    return tx_err(act->tx) != OK ? tx_err(act->tx) : e;
}

/* ---- a number of rows at a time ---- */

struct undo_walk {
    struct planner p;
    struct asker asker;
    size_t *order; /* indices of the rows that go */
    size_t n, at;
    uint64_t size; /* of the journal, as far as it was looked at */
    bool moved;    /* others wrote since the plan */
};

struct undo_walk *undo_walk_begin(struct asker *asker, struct undo *u)
{
    struct undo_walk *w = NEW(asker->in.m, struct undo_walk);
    struct journal journal;

    w->asker = *asker;
    journal_load(asker->in, &journal);
    w->size = journal.tree.size;
    planner_begin(&w->p, &w->asker, u);
    planner_plan(&w->p);
    w->n = planner_order(&w->p, &w->order);
    return w;
}

/* What a row of others refers to, stays. */
static void keep_referred(struct planner *p, const struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++) {
        const struct column *c = &row->ledger->columns[i];
        struct undo_row *to;

        if (c->type != COLUMN_REF || !row_has(row, i))
            continue;
        to = planner_find(p, ledger_find(c->ref), row_int(row, i));
        if (to && to->fate == UNDO_VOIDS && !to->turned)
            to->fate = UNDO_REFERRED;
    }
}

/* The entries that came since the last look. */
static void look_at_others(struct undo_walk *w)
{
    struct planner *p = &w->p;
    struct scope in = w->asker.in;
    struct rows r = tx_query(in.tx,
                             SQL("SELECT subject, row_id FROM journal_entry "
                                 "WHERE district = ?1 AND seq >= ?2"),
                             WITH(INT(in.district), INT((int64_t)w->size)));

    while (rows_next(&r)) {
        const struct ledger *l = ledger_find(rows_view(&r, 0));
        struct ledger_row *row;

        mem_reset(p->row);
        if (l && row_load(in, l, rows_int(&r, 1), &row) && row_stands(row))
            keep_referred(p, row);
    }
    planner_settle_again(p);
}

static void turn_to(struct undo_walk *w, struct act *act)
{
    w->asker.in.tx = act->tx;
    if (act->journal->tree.size == w->size)
        return;
    w->moved = true;
    w->asker.asked = 0;
    look_at_others(w);
}

static enum err turn_next(struct undo_walk *w, struct act *act)
{
    struct planner *p = &w->p;
    struct undo_row *r = &p->undo->rows[w->order[w->at++]];
    enum err e;

    if (w->moved && undo_goes(r)) {
        r->fate = planner_judge(p, r);
        if (!undo_goes(r))
            planner_settle_again(p);
    }
    if (!undo_goes(r))
        return OK;
    e = turn_row(p, act, r);
    r->turned = e == OK;
    p->undo->turned += r->turned;
    return e;
}

enum err undo_walk_next(struct undo_walk *w, struct act *act, size_t rows,
                        bool *ret_more)
{
    struct mem *outer = act->m;
    enum err e = OK;

    turn_to(w, act);
    act->batch = -w->p.undo->batch;
    tally_book_open(act, outer);
    act->m = w->p.row;
    while (w->at < w->n && rows-- > 0 && e == OK)
        e = turn_next(w, act);
    act->m = outer;
    tally_book_close(act);
    *ret_more = w->at < w->n;
    w->size = act->journal->tree.size;
    return tx_err(act->tx) != OK ? tx_err(act->tx) : e;
}

void undo_walk_end(struct undo_walk *w, struct act *act, size_t done)
{
    planner_count(&w->p);
    note_batch(act, w->p.undo, done);
}
