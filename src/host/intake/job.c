/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A few places for comparisons. A place belongs to its thread until that is
 * done and is only read afterwards; requests that look at a result hold it,
 * so that it is not taken away under them. A comparison that was forgotten
 * while it ran is dropped when its thread ends.
 */
#include "host/intake/job.h"

#include "base/date.h"
#include "base/file.h"

#include <pthread.h>
#include <stdatomic.h>

enum { JOBS_MAX = 6, KEEP_MS = 60 * 60 * 1000 };

struct place {
    struct mem *m; /* of the job; NULL: a free place */
    struct house_place at;
    struct who who;
    struct upload upload;
    int32_t today; /* its year */
    int64_t begun_ms;
    pthread_t thread;
    enum import_job_state state;
    bool forgotten;
    unsigned holders;
    _Atomic size_t done;
    _Atomic size_t total;
    struct import im;
    struct text reason;
};

static struct place places[JOBS_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- on the job's own thread ---- */

static enum err compare(struct place *p, struct scope in)
{
    enum err e;

    p->im.who = &p->who;
    p->im.progress = &p->done;
    atomic_store(&p->total, p->im.rows);
    e = import_compare(in, &p->im);
    p->im.progress = NULL;
    if (e != OK)
        p->reason = TEXT("存储暂时不可用，请稍后再试",
                         "the store is not available; try again");
    return e;
}

static enum err run_in(struct place *p, struct house *h)
{
    struct tx tx;
    struct scope in;
    enum err e;

    tx_begin(h->db, false, &tx);
    in = house_scope(h, &tx, p->m);
    e = upload_plan(in, &p->upload, p->today, &p->im, &p->reason);
    if (e == OK)
        e = compare(p, in);
    tx_rollback(&tx);
    return e;
}

static enum err run(struct place *p)
{
    struct mem *m = mem_new();
    struct house *h = house_open(m, p->at, DB_READ, &p->reason);
    enum err e = h ? run_in(p, h) : E_STORE;

    p->reason = text_dup(p->m, p->reason);
    mem_free(m);
    return e;
}

static void *thread_main(void *arg)
{
    struct place *p = arg;
    enum err e = run(p);

    pthread_mutex_lock(&lock);
    p->state = e == OK ? IMPORT_JOB_DONE : IMPORT_JOB_FAILED;
    pthread_mutex_unlock(&lock);
    return NULL;
}

/* ---- under the lock ---- */

static void clear(struct place *p)
{
    pthread_join(p->thread, NULL);
    mem_free(p->m);
    p->m = NULL;
}

static void clear_old(void)
{
    int64_t now = clock_steady_ms();

    for (size_t i = 0; i < JOBS_MAX; i++) {
        struct place *p = &places[i];

        if (p->m && p->state != IMPORT_JOB_RUNNING && p->holders == 0 &&
            (p->forgotten || now - p->begun_ms > KEEP_MS))
            clear(p);
    }
}

static struct place *find(const struct ctx *c, int64_t upload)
{
    for (size_t i = 0; i < JOBS_MAX; i++) {
        struct place *p = &places[i];

        if (p->m && !p->forgotten && p->upload.id == upload &&
            p->who.account == c->who.account &&
            str_eq(p->at.data, c->house->place.data))
            return p;
    }
    return NULL;
}

/* A free place; else the oldest result that nobody is looking at. */
static struct place *make_room(void)
{
    struct place *oldest = NULL;

    for (size_t i = 0; i < JOBS_MAX; i++) {
        struct place *p = &places[i];

        if (!p->m)
            return p;
        if (p->state != IMPORT_JOB_RUNNING && p->holders == 0 &&
            (!oldest || p->begun_ms < oldest->begun_ms))
            oldest = p;
    }
    if (oldest)
        clear(oldest);
    return oldest;
}

static struct place *begin(const struct ctx *c, const struct upload *u)
{
    struct place *p = make_room();
    struct mem *m;

    if (!p)
        return NULL;
    m = mem_new();
    *p = (struct place){
        .m = m,
        .at = place_dup(m, c->house->place),
        .who = c->who,
        .upload = *u,
        .today = date_year(date_of(c->now)),
        .begun_ms = clock_steady_ms(),
        .state = IMPORT_JOB_RUNNING,
    };
    p->who.name = str_dup(m, c->who.name);
    p->who.token = S("");
    p->upload.file = str_dup(m, u->file);
    p->upload.bytes = str_dup(m, u->bytes);
    p->upload.mapping = str_dup(m, u->mapping);
    if (pthread_create(&p->thread, NULL, thread_main, p) != 0)
        BUG("could not start a thread");
    return p;
}

/* ---- for requests ---- */

static void let_go(void *arg)
{
    struct place *p = arg;

    pthread_mutex_lock(&lock);
    p->holders--;
    pthread_mutex_unlock(&lock);
}

void import_job_look(struct ctx *c, const struct upload *u,
                     struct import_job_view *ret)
{
    struct place *p;

    *ret =
        (struct import_job_view){ .state = IMPORT_JOB_NONE, .total = u->rows };
    pthread_mutex_lock(&lock);
    clear_old();
    p = find(c, u->id);
    if (p && !str_eq(p->upload.mapping, u->mapping)) {
        p->forgotten = true;
        p = NULL;
    }
    if (!p)
        p = begin(c, u);
    if (p) {
        ret->state = p->state;
        ret->done = atomic_load(&p->done);
        ret->total = atomic_load(&p->total);
        ret->im = p->state == IMPORT_JOB_DONE ? &p->im : NULL;
        if (p->state == IMPORT_JOB_FAILED)
            ret->reason = p->reason;
        p->holders++;
        mem_defer(c->m, let_go, p);
    }
    pthread_mutex_unlock(&lock);
}

enum import_job_state import_job_state(struct ctx *c, int64_t upload)
{
    enum import_job_state state;
    struct place *p;

    pthread_mutex_lock(&lock);
    p = find(c, upload);
    state = p ? p->state : IMPORT_JOB_NONE;
    pthread_mutex_unlock(&lock);
    return state;
}

void import_job_forget(struct ctx *c, int64_t upload)
{
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < JOBS_MAX; i++)
        if (places[i].m && places[i].upload.id == upload &&
            str_eq(places[i].at.data, c->house->place.data))
            places[i].forgotten = true;
    clear_old();
    pthread_mutex_unlock(&lock);
}

void import_jobs_end(void)
{
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < JOBS_MAX; i++) {
        pthread_t thread = places[i].thread;

        if (!places[i].m)
            continue;
        pthread_mutex_unlock(&lock);
        pthread_join(thread, NULL);
        pthread_mutex_lock(&lock);
        mem_free(places[i].m);
        places[i].m = NULL;
    }
    pthread_mutex_unlock(&lock);
}
