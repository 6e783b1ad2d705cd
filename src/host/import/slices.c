/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/import/slices.h"

#include "base/file.h"
#include "host/import/batch.h"
#include "host/import/walk.h"

#include <stdatomic.h>

/* Undoing judges a row and each that it refers to. */
enum { IMPORT_SLICE = 256, UNDO_SLICE = 128 };

static const struct str interrupted =
    S_INIT("导入中途断开，整批撤回 / interrupted, taken back as a whole");

/* Whose work it is; false: its beginning was not kept. */
static bool take_up(struct act *act, const struct running *r)
{
    struct running is;

    act->actor = r->actor;
    act->batch = r->batch;
    return running_read(act_scope(act), r->id, &is);
}

static void set_who(struct running *r, const struct who *who)
{
    r->roles = who ? who->roles : ROLE_OFFICER; /* as asker_shell() */
    r->org = who ? who->org : 0;
}

/* ---- an import ---- */

enum err slices_of_import(struct act *act, const struct running_hold *hold,
                          const struct import *im, struct running *r)
{
    struct act own = *act;

    batch_begin(&own);
    batch_keep(&own, &(struct batch){ .file = im->file, .step = S("") });
    *r = (struct running){ .what = RUNNING_IMPORT,
                           .batch = own.batch,
                           .reason = S(""),
                           .total = (int64_t)im->rows };
    set_who(r, im->who);
    return running_begin(act, hold, r);
}

struct importing {
    struct running *r;
    struct import *im;
    const struct import_whole *whole;
    struct import_walk *walk;
    _Atomic size_t rows; /* looked at */
    bool more;
};

static enum err import_rows(void *arg, struct act *act)
{
    struct importing *i = arg;
    enum err e;

    if (!take_up(act, i->r))
        return E_ABSENT;
    if (!i->walk)
        i->walk = import_walk_begin(act_scope(act), i->im);
    e = import_walk_next(i->walk, act, IMPORT_SLICE, &i->more);
    i->r->done = (int64_t)atomic_load(&i->rows);
    running_note(act, i->r);
    return e;
}

static enum err end_import(void *arg, struct act *act)
{
    struct importing *i = arg;
    struct batch b = { .corrected = corrections_taken(i->im) };

    if (!take_up(act, i->r))
        return E_ABSENT;
    for (size_t n = 0; n < IMPORT_STATUSES; n++)
        b.count[n] = i->im->count[n];
    batch_count(act, &b);
    if (i->whole)
        i->whole->run(i->whole->arg, act);
    running_end(act, i->r->id);
    return OK;
}

/* What is there of an import becomes something to undo. */
static enum err turn_back(void *arg, struct act *act)
{
    struct running *r = arg;

    if (!take_up(act, r))
        return E_ABSENT;
    batch_interrupt(act);
    r->what = RUNNING_UNDO;
    r->actor = ACTOR_SHELL;
    set_who(r, NULL);
    r->reason = interrupted;
    r->done = r->total = 0;
    running_become(act, r);
    return OK;
}

enum err slices_take_back(const struct slices *s, struct running *r)
{
    enum err e = slice_run(s->slicer, turn_back, r);

    return e == OK ? slices_run_undo(s, r) : e;
}

enum err slices_run_import(const struct slices *s, struct running *r,
                           struct import *im, const struct import_whole *whole)
{
    struct importing i = { .r = r, .im = im, .whole = whole, .more = true };
    enum err e = OK;

    im->progress = &i.rows;
    while (e == OK && i.more)
        e = slice_run(s->slicer, import_rows, &i);
    im->progress = NULL;
    if (i.walk)
        import_walk_end(i.walk);
    if (e == OK)
        e = slice_run(s->slicer, end_import, &i);
    if (e != OK && e != E_ABSENT && slices_take_back(s, r) != OK)
        log_error("batch=%lld left=%d", (long long)r->batch, (int)e);
    return e;
}

/* ---- an undo ---- */

enum err slices_of_undo(struct act *act, const struct running_hold *hold,
                        const struct who *who, const struct undo *u,
                        struct running *r)
{
    *r = (struct running){ .what = u->back ? RUNNING_BACK : RUNNING_UNDO,
                           .batch = u->batch,
                           .reason = u->reason,
                           .total = (int64_t)undo_done(u) };
    set_who(r, who);
    return running_begin(act, hold, r);
}

struct undoing {
    struct running *r;
    struct undo undo;
    struct undo_walk *walk;
    int64_t before; /* rows that a process did which was ended */
    bool more;
};

static enum err undo_rows(void *arg, struct act *act)
{
    struct undoing *u = arg;
    enum err e;

    if (!take_up(act, u->r))
        return E_ABSENT;
    e = undo_walk_next(u->walk, act, UNDO_SLICE, &u->more);
    u->r->done = u->before + (int64_t)u->undo.turned;
    running_note(act, u->r);
    return e;
}

static enum err end_undo(void *arg, struct act *act)
{
    struct undoing *u = arg;

    if (!take_up(act, u->r))
        return E_ABSENT;
    act->batch = 0;
    undo_walk_end(u->walk, act, (size_t)u->r->done);
    running_end(act, u->r->id);
    return OK;
}

/* What is left of it, as it stands now. */
static enum err plan_undo(struct house *reads, struct mem *m, struct undoing *u)
{
    struct tx tx;
    enum err e;
    struct asker asker = { .in = house_scope(reads, &tx, m),
                           .roles = u->r->roles,
                           .org = u->r->org };

    tx_begin(reads->db, false, &tx);
    u->walk = undo_walk_begin(&asker, &u->undo);
    e = tx_err(&tx);
    tx_rollback(&tx);
    u->before = u->r->done;
    u->r->total = u->before + (int64_t)undo_done(&u->undo);
    return e;
}

enum err slices_run_undo(const struct slices *s, struct running *r)
{
    struct mem *m = mem_new();
    struct undoing u = { .r = r,
                         .undo = { .batch = r->batch,
                                   .back = r->what == RUNNING_BACK,
                                   .reason = r->reason },
                         .more = true };
    enum err e = plan_undo(s->reads, m, &u);

    while (e == OK && u.more)
        e = slice_run(s->slicer, undo_rows, &u);
    if (e == OK)
        e = slice_run(s->slicer, end_undo, &u);
    mem_free(m);
    return e;
}

/* ---- what was left in the middle ---- */

static bool read_running(struct house *h, struct mem *m, int64_t n,
                         struct running *ret)
{
    struct tx tx;
    bool is;

    tx_begin(h->db, false, &tx);
    is = running_at(house_scope(h, &tx, m), n, ret);
    tx_rollback(&tx);
    return is;
}

/* It may have ended after it was found and before it was held. */
static bool still_runs(struct house *h, struct mem *m, struct running *r)
{
    struct tx tx;
    bool is;

    tx_begin(h->db, false, &tx);
    is = running_read(house_scope(h, &tx, m), r->id, r);
    tx_rollback(&tx);
    return is;
}

/* False: it is somebody's, or it does not go on either. */
static bool resume(const struct slices *s, struct mem *m, struct running *r)
{
    enum err e;

    if (!running_take(&(struct running_hold){ m, s->reads->place.keys }, r->id))
        return false;
    if (!still_runs(s->reads, m, r))
        return true;
    log_warn("batch=%lld interrupted=1 %s", (long long)r->batch,
             r->what == RUNNING_IMPORT ? "is taken back" : "goes on");
    e = r->what == RUNNING_IMPORT ? slices_take_back(s, r)
                                  : slices_run_undo(s, r);
    if (e != OK)
        log_error("batch=%lld left=%d", (long long)r->batch, (int)e);
    return e == OK;
}

void slices_resume(const struct slices *s)
{
    struct mem *m = mem_new();
    struct running r;
    int64_t n = 0;

    while (read_running(s->reads, m, n, &r)) {
        n += !resume(s, m, &r);
        mem_reset(m);
    }
    mem_free(m);
}
