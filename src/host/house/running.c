/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/house/running.h"

#include "base/file.h"
#include "host/house/slice.h"
#include "host/ledger/feature.h"

static const struct str kinds[] = {
    [RUNNING_IMPORT] = S_INIT("import"),
    [RUNNING_UNDO] = S_INIT("undo"),
    [RUNNING_BACK] = S_INIT("back"),
};

static enum running_what what_of(struct str key)
{
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (str_eq(kinds[i], key))
            return (enum running_what)i;
    BUG("running %.*s", STR_ARG(key));
}

/* ---- who runs it ---- */

static enum err lock(const struct running_hold *hold, int64_t id)
{
    struct text reason = TEXT("", "");
    enum err e;

    if (hold->folder.n == 0) {
        log_error("running=%lld reason=\"say with --keys where the key is\"",
                  (long long)id);
        return E_STORE;
    }
    e = file_lock(hold->m, file_path(hold->m, hold->folder, S("running.lock")),
                  id, &reason);

    if (e == E_STORE)
        log_error("running=%lld reason=\"%.*s\"", (long long)id,
                  STR_ARG(reason.en));
    return e;
}

bool running_take(const struct running_hold *hold, int64_t id)
{
    return lock(hold, id) == OK;
}

/*
 * A number that nobody holds: work that was not kept holds its own until its
 * memory ends.
 */
static enum err choose(struct act *act, const struct running_hold *hold,
                       int64_t *ret_id)
{
    enum err e;

    *ret_id = tx_int(act->tx,
                     SQL("SELECT coalesce(max(id), 0) FROM running WHERE "
                         "district = ?1"),
                     WITH(INT(act->district)), 0);
    do
        e = lock(hold, ++*ret_id);
    while (e == E_CLASH);
    return e;
}

enum err running_begin(struct act *act, const struct running_hold *hold,
                       struct running *r)
{
    enum err e = choose(act, hold, &r->id);

    if (e != OK)
        return e;
    r->at = act->now;
    r->actor = act->actor;
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO running (district, id, what, batch, at, actor, roles, "
            "org, reason, done, total) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, "
            "?9, ?10, ?11)"),
        WITH(INT(act->district), INT(r->id), STR(kinds[r->what]), INT(r->batch),
             INT(r->at), INT(r->actor), INT(r->roles), INT(r->org),
             STR(r->reason), INT(r->done), INT(r->total)));
    return tx_err(act->tx);
}

/* ---- its row ---- */

void running_note(struct act *act, const struct running *r)
{
    tx_run_unjournaled(act->tx,
                       SQL("UPDATE running SET done = ?3, total = ?4 WHERE "
                           "district = ?1 AND id = ?2"),
                       WITH(INT(act->district), INT(r->id), INT(r->done),
                            INT(r->total)));
}

void running_become(struct act *act, const struct running *r)
{
    tx_run_unjournaled(
        act->tx,
        SQL("UPDATE running SET what = ?3, actor = ?4, roles = ?5, org = ?6, "
            "reason = ?7, done = ?8, total = ?9 WHERE district = ?1 AND "
            "id = ?2"),
        WITH(INT(act->district), INT(r->id), STR(kinds[r->what]), INT(r->actor),
             INT(r->roles), INT(r->org), STR(r->reason), INT(r->done),
             INT(r->total)));
}

void running_end(struct act *act, int64_t id)
{
    tx_run_unjournaled(
        act->tx, SQL("DELETE FROM running WHERE district = ?1 AND id = ?2"),
        WITH(INT(act->district), INT(id)));
}

static bool read(struct rows *r, struct mem *m, struct running *ret)
{
    if (!rows_next(r))
        return false;
    *ret = (struct running){
        .id = rows_int(r, 0),
        .what = what_of(rows_view(r, 1)),
        .batch = rows_int(r, 2),
        .at = rows_int(r, 3),
        .actor = rows_int(r, 4),
        .roles = (unsigned)rows_int(r, 5),
        .org = rows_int(r, 6),
        .reason = rows_text(r, 7, m),
        .done = rows_int(r, 8),
        .total = rows_int(r, 9),
    };
    rows_end(r);
    return true;
}

bool running_at(struct scope in, int64_t n, struct running *ret)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT id, what, batch, at, actor, roles, "
                                 "org, reason, done, total FROM running WHERE "
                                 "district = ?1 ORDER BY id LIMIT 1 OFFSET ?2"),
                             WITH(INT(in.district), INT(n)));

    return read(&r, in.m, ret);
}

bool running_batch(struct scope in, int64_t batch, struct running *ret)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT id, what, batch, at, actor, roles, "
                                 "org, reason, done, total FROM running WHERE "
                                 "district = ?1 AND batch = ?2"),
                             WITH(INT(in.district), INT(batch)));

    return read(&r, in.m, ret);
}

bool running_read(struct scope in, int64_t id, struct running *ret)
{
    struct rows r = tx_query(in.tx,
                             SQL("SELECT id, what, batch, at, actor, roles, "
                                 "org, reason, done, total FROM running WHERE "
                                 "district = ?1 AND id = ?2"),
                             WITH(INT(in.district), INT(id)));

    return read(&r, in.m, ret);
}

/* ---- what was left in the middle ---- */

static bool any_runs(struct house *h, struct mem *m)
{
    struct running r;
    struct tx tx;
    bool any;

    tx_begin(h->db, false, &tx);
    any = running_at(house_scope(h, &tx, m), 0, &r);
    tx_rollback(&tx);
    return any;
}

void running_resume(struct house *h)
{
    struct mem *m = mem_new();

    for (size_t i = 0; features[i] && any_runs(h, m); i++)
        if (features[i]->resume) {
            features[i]->resume(&h->place, slicer_of_house(m, h));
            features[i]->before_stop();
        }
    mem_free(m);
}
