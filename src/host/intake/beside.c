/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A thread is started while the request that asks for it still runs; its
 * first slice waits for that to be kept, and if it is not, finds nothing to
 * go on with.
 */
#include "host/intake/beside.h"

#include "base/date.h"
#include "base/file.h"
#include "host/import/remember.h"
#include "host/import/slices.h"

#include <pthread.h>

/* One piece of long work. */
struct beside {
    struct beside *next;
    struct mem *own; /* of this alone, until the thread was waited for */
    struct mem *m;   /* of the work and what holds it; ends with it */
    pthread_t thread;
    bool ended; /* under the lock */
    struct house_place at;
    struct slicer *slicer;
    void (*run)(struct beside *b, const struct slices *s);
    struct running running;
    /* Of an import. */
    struct who who;
    struct upload upload;
    int32_t today; /* its year */
    struct import im;
};

static struct beside *all;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- on its own thread ---- */

static void *thread_main(void *arg)
{
    struct beside *b = arg;
    struct mem *m = mem_new();
    struct text reason = TEXT("", "");
    struct house *h = house_open(m, b->at, DB_READ, &reason);
    struct slices s = { .slicer = b->slicer, .reads = h };

    if (h)
        b->run(b, &s);
    else
        log_error("beside=stopped reason=\"%.*s\"", STR_ARG(reason.en));
    mem_free(m);
    mem_free(b->m);
    pthread_mutex_lock(&lock);
    b->ended = true;
    pthread_mutex_unlock(&lock);
    return NULL;
}

/* What the batch's pages need of the file, once all of it is in. */
static void keep_file(void *arg, struct act *act)
{
    struct beside *b = arg;

    for (size_t i = 0; i < b->im.n; i++)
        if (mapping_by_hand(b->upload.mapping, i))
            import_remember(act, &b->im, i);
    b->upload.mapping = mapping_refusing(act->m, b->upload.mapping, &b->im);
    upload_set_batch(act_scope(act), &b->upload, b->running.batch);
}

static enum err read_file(struct beside *b, struct house *reads)
{
    struct text reason = TEXT("", "");
    struct tx tx;
    enum err e;

    tx_begin(reads->db, false, &tx);
    e = upload_plan(house_scope(reads, &tx, b->m), &b->upload, b->today, &b->im,
                    &reason);
    tx_rollback(&tx);
    if (e != OK)
        log_error("batch=%lld reason=\"%.*s\"", (long long)b->running.batch,
                  STR_ARG(reason.en));
    return e;
}

static void run_import(struct beside *b, const struct slices *s)
{
    struct import_whole whole = { keep_file, b };
    enum err e = read_file(b, s->reads);

    b->im.who = &b->who;
    if (e == OK)
        e = slices_run_import(s, &b->running, &b->im, &whole);
    else
        e = slices_take_back(s, &b->running);
    if (e != OK)
        log_error("batch=%lld failed=%d", (long long)b->running.batch, (int)e);
}

static void run_undo(struct beside *b, const struct slices *s)
{
    enum err e = slices_run_undo(s, &b->running);

    if (e != OK)
        log_error("batch=%lld failed=%d", (long long)b->running.batch, (int)e);
}

static void run_resume(struct beside *b, const struct slices *s)
{
    (void)b;
    slices_resume(s);
}

/* ---- on others ---- */

static struct beside *new_beside(struct house_place at, struct slicer *slicer)
{
    struct mem *own = mem_new();
    struct beside *b = NEW(own, struct beside);

    b->own = own;
    b->m = mem_new();
    b->at = place_dup(own, at);
    b->slicer = slicer;
    return b;
}

static void drop(struct beside *b)
{
    mem_free(b->m);
    mem_free(b->own);
}

/* Under the lock. */
static void forget_ended(void)
{
    struct beside **at = &all;

    while (*at) {
        struct beside *b = *at;

        if (!b->ended) {
            at = &b->next;
            continue;
        }
        *at = b->next;
        pthread_join(b->thread, NULL);
        mem_free(b->own);
    }
}

static void start(struct beside *b)
{
    pthread_mutex_lock(&lock);
    forget_ended();
    b->next = all;
    all = b;
    if (pthread_create(&b->thread, NULL, thread_main, b) != 0)
        BUG("could not start a thread");
    pthread_mutex_unlock(&lock);
}

bool beside_imports(const struct upload *u)
{
    return u->rows >= SLICED_ROWS_LEAST;
}

static void take_upload(struct beside *b, const struct ctx *c,
                        const struct upload *u)
{
    b->who = c->who;
    b->who.name = str_dup(b->m, c->who.name);
    b->who.token = S("");
    b->upload = *u;
    b->upload.file = str_dup(b->m, u->file);
    b->upload.bytes = str_dup(b->m, u->bytes);
    b->upload.mapping = str_dup(b->m, u->mapping);
    b->today = date_year(date_of(c->now));
}

enum err beside_import(struct ctx *c, struct upload *u)
{
    struct beside *b = new_beside(c->house->place, c->slicer);
    struct import im = { .file = u->file, .rows = u->rows, .who = &c->who };
    struct running_hold hold = { b->m, b->at.keys };
    enum err e = slices_of_import(c->act, &hold, &im, &b->running);

    if (e != OK) {
        drop(b);
        return e;
    }
    take_upload(b, c, u);
    b->run = run_import;
    u->batch = b->running.batch;
    upload_set_batch(ctx_scope(c), u, u->batch);
    start(b);
    return OK;
}

enum err beside_undo(struct ctx *c, const struct undo *u)
{
    struct beside *b = new_beside(c->house->place, c->slicer);
    struct running_hold hold = { b->m, b->at.keys };
    enum err e = slices_of_undo(c->act, &hold, &c->who, u, &b->running);

    if (e != OK) {
        drop(b);
        return e;
    }
    b->running.reason = str_dup(b->m, u->reason);
    b->run = run_undo;
    start(b);
    return OK;
}

void beside_resume(const struct house_place *at, struct slicer *slicer)
{
    struct beside *b = new_beside(*at, slicer);

    b->run = run_resume;
    start(b);
}

void beside_end(void)
{
    struct beside *b;

    pthread_mutex_lock(&lock);
    while ((b = all) != NULL) {
        all = b->next;
        pthread_mutex_unlock(&lock);
        pthread_join(b->thread, NULL);
        mem_free(b->own);
        pthread_mutex_lock(&lock);
    }
    pthread_mutex_unlock(&lock);
}
