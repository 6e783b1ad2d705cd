/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Taking a batch back. The journal says which rows a batch touched and what
 * their values were; undoing writes the opposite as new entries, so that the
 * history keeps both. A row that somebody touched since is theirs: it stays.
 *
 * A row that another live row refers to cannot go first, so the batch is
 * gone through in rounds until nothing more comes free: claims, then teams,
 * then the organisations that were made for them.
 */
#include "host/import/import.h"

#include "base/map.h"
#include "host/ledger/admit.h"
#include "host/ledger/record.h"
#include "host/ledger/row.h"
#include "host/ledger/row_past.h"
#include "host/ledger/table.h"
#include "store/compose.h"

struct touched {
    const struct ledger *ledger;
    int64_t id;
    bool done;
};

struct undo {
    struct act *act;
    struct asker *asker;
    struct mem *m;   /* of the whole undoing */
    struct mem *row; /* of the row at hand */
    int64_t batch;
    struct str reason;
    struct touched *rows;
    size_t n, cap;
    struct map referred; /* live references at the start of the round */
    size_t undone, kept;
};

static void add_touched(struct undo *u, struct str subject, int64_t id)
{
    const struct ledger *l = ledger_find(subject);

    if (!l)
        return; /* of a feature that is no longer there */
    if (u->n == u->cap) {
        size_t cap = u->cap ? 2 * u->cap : 256;

        u->rows = mem_grow(u->m, u->rows, u->n * sizeof(*u->rows),
                           cap * sizeof(*u->rows));
        u->cap = cap;
    }
    u->rows[u->n++] = (struct touched){ l, id, false };
}

static void find_touched(struct undo *u)
{
    struct rows r =
        tx_query(u->act->tx,
                 SQL("SELECT DISTINCT subject, row_id FROM journal_entry "
                     "WHERE district = ?1 AND batch = ?2 AND type <= ?3 "
                     "ORDER BY subject, row_id"),
                 WITH(INT(u->act->district), INT(u->batch),
                      INT(JOURNAL_RESTORE)));

    while (rows_next(&r))
        add_touched(u, rows_view(&r, 0), rows_int(&r, 1));
}

static struct str ref_key(struct mem *m, const struct ledger *l, int64_t id)
{
    return str_fmt(m, "%p %lld", (const void *)l, (long long)id);
}

/* Note which rows the column `c` of live rows of `l` refers to. */
static void find_referred_by(struct undo *u, const struct ledger *l,
                             const struct column *c)
{
    const struct ledger *to = ledger_find(c->ref);
    struct compose q;
    struct rows r;

    compose_init(&q, u->row);
    compose_sql(&q, SQL("SELECT DISTINCT "));
    compose_name(&q, c->key);
    compose_sql(&q, SQL(" FROM "));
    compose_table(&q, l);
    compose_sql(&q, SQL(" WHERE district = ?1 AND voided = 0"));
    r = tx_query(u->act->tx, compose_end(&q), WITH(INT(u->act->district)));
    while (rows_next(&r))
        if (!rows_is_null(&r, 0))
            map_put(&u->referred, ref_key(u->m, to, rows_int(&r, 0)), 1);
}

static void find_referred(struct undo *u)
{
    const struct ledger *l;

    map_init(&u->referred, u->m);
    mem_reset(u->row);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < l->columns_n; k++)
            if (l->columns[k].type == COLUMN_REF)
                find_referred_by(u, l, &l->columns[k]);
}

static bool is_referred(const struct undo *u, const struct touched *t)
{
    int64_t one;

    return map_get(&u->referred, ref_key(u->row, t->ledger, t->id), &one);
}

/* How a row stood before the batch. */
struct past {
    struct ledger_row *row;
    bool was_live; /* it was there, and not voided */
    bool differed; /* in its values */
};

/* Make past->row, which comes as the row stands, what it was. */
static void rewind_row(struct undo *u, struct past *past)
{
    struct scope in = act_scope(u->act);
    struct ledger_row *row = past->row;
    struct row_step s;
    int64_t seq = row->seq;

    while (row_step(in, seq, &s) && s.batch == u->batch) {
        past->differed |= s.type == JOURNAL_UPDATE;
        row_step_back(in, &s, row);
        seq = s.previous;
    }
    past->was_live = !row->voided;
}

static struct ledger_row *load(struct undo *u, const struct touched *t)
{
    struct ledger_row *row;

    if (!row_load(act_scope(u->act), t->ledger, t->id, &row)) {
        if (tx_err(u->act->tx) == OK)
            BUG("the journal speaks of a row that is not there");
        return NULL;
    }
    return row;
}

static enum err write_values(struct undo *u, const struct ledger_row *now,
                             struct ledger_row *row)
{
    struct admission a = { .asker = u->asker,
                           .said_new = true,
                           .before = now,
                           .said_year = row->year };
    bool changed;
    enum err e = row_admit(&a, row);

    return e == OK ? row_update(u->act, now, row, &changed) : e;
}

/* Write the values of before; a row that was not there is voided. */
static enum err write_back(struct undo *u, const struct touched *t,
                           const struct past *past)
{
    struct ledger_row *now = load(u, t);
    enum err e = OK;

    if (!now)
        return E_STORE;
    if (!may_change(u->asker, now) ||
        (!past->was_live && !may_settle(u->asker, now)))
        return E_DENIED;
    if (past->differed)
        e = write_values(u, now, past->row);
    if (e == OK && !past->was_live) {
        now = load(u, t);
        e = now ? row_void(u->act, u->asker, now, u->reason) : E_STORE;
    }
    return e;
}

static void undo_row(struct undo *u, struct touched *t, bool *ret_any)
{
    struct past past = { 0 };

    mem_reset(u->row);
    past.row = load(u, t);
    if (!past.row)
        return;
    if (past.row->batch != u->batch) { /* somebody's, or undone and not ours */
        t->done = true;
        u->kept++;
        return;
    }
    rewind_row(u, &past);
    if (!past.was_live && is_referred(u, t))
        return; /* perhaps in a later round */
    t->done = true;
    *ret_any = true;
    if (write_back(u, t, &past) == OK)
        u->undone++;
    else
        u->kept++; /* not theirs, or its name is another row's by now */
}

static void undo_rows(struct undo *u)
{
    bool any = true;

    while (any && tx_err(u->act->tx) == OK) {
        any = false;
        find_referred(u);
        for (size_t i = 0; i < u->n && tx_err(u->act->tx) == OK; i++)
            if (!u->rows[i].done)
                undo_row(u, &u->rows[i], &any);
    }
    for (size_t i = 0; i < u->n; i++)
        u->kept += !u->rows[i].done;
}

static void close_batch(struct undo *u)
{
    struct act *act = u->act;
    struct str content = str_fmt(u->m,
                                 "import %lld undone\nundone=%zu\n"
                                 "kept=%zu\n",
                                 (long long)u->batch, u->undone, u->kept);

    tx_run_unjournaled(act->tx,
                       SQL("UPDATE import_batch SET undone_at = ?3 "
                           "WHERE district = ?1 AND id = ?2"),
                       WITH(INT(act->district), INT(u->batch), INT(act->now)));
    journal_append(act->journal, act->tx,
                   &(struct journal_entry){
                       .type = JOURNAL_IMPORT,
                       .subject = S("import"),
                       .row = u->batch,
                       .version = 2,
                       .previous = -1,
                       .at = act->now,
                       .actor = act->actor,
                       .fields = &content,
                       .fields_n = 1,
                   });
}

enum err import_undo(struct act *act, struct asker *asker, int64_t batch,
                     size_t *ret_undone, size_t *ret_kept)
{
    int64_t undone_at = tx_int(act->tx,
                               SQL("SELECT undone_at FROM import_batch "
                                   "WHERE district = ?1 AND id = ?2"),
                               WITH(INT(act->district), INT(batch)), -1);
    struct mem *outer = act->m;
    struct undo u = {
        .act = act, .asker = asker, .m = mem_child(outer), .batch = batch
    };

    u.row = mem_child(u.m);
    u.reason = str_fmt(u.m, "撤销第 %lld 批导入 / import %lld undone",
                       (long long)batch, (long long)batch);
    if (undone_at == 0) {
        act->m = asker->in.m = u.row;
        act->batch = 0;
        tally_book_open(act, u.m);
        find_touched(&u);
        undo_rows(&u);
        tally_book_close(act);
        close_batch(&u);
        act->m = asker->in.m = outer;
    }
    mem_free(u.m);
    if (tx_err(act->tx) != OK)
        return tx_err(act->tx);
    if (undone_at != 0)
        return undone_at < 0 ? E_ABSENT : E_CLASH;
    *ret_undone = u.undone;
    *ret_kept = u.kept;
    return OK;
}
