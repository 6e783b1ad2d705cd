/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Group commit: everything that queued up while the last commit went to
 * disk shares the next one. The more writers wait, the cheaper each gets.
 * After each, one slice of another thread's long work has its turn, and time
 * may take a batch of its steps. A head is signed at most once a second,
 * after commits.
 */
#include "host/desk/writer.h"

#include "access/session.h"
#include "base/file.h"
#include "host/desk/hand.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum { BATCH_MAX = 256, BEFORE_THREADS = 2, TOUCHES_MAX = 64, TOKEN_MAX = 48 };

struct queue {
    struct job *first, **end;
};

/* A slice that waits for its turn, on the stack of the thread that waits. */
struct turn {
    struct turn *next;
    struct writer *writer;
    enum err (*slice)(void *arg, struct act *act);
    void *arg;
    enum err err;
    bool taken;
    pthread_cond_t end;
};

struct writer {
    struct slicer slicer; /* first: it is found by it */
    struct house *house;
    struct house_place place;
    const struct desk_facts *facts;
    struct note_signer signer;
    pthread_t thread;
    pthread_t before_threads[BEFORE_THREADS];
    pthread_mutex_t lock;
    pthread_cond_t wake;
    pthread_cond_t wake_before;
    struct queue ready;  /* for the writer */
    struct queue before; /* for the threads that prepare */
    size_t preparing;    /* jobs that these threads have in hand */
    struct turn *turns, **turns_end;
    char touched[TOUCHES_MAX][TOKEN_MAX];
    size_t touches;
    bool stop;
    bool unsigned_entries;
    struct hand hand; /* of the clock */
    struct mem *scratch;
};

static void queue_put(struct queue *q, struct job *j)
{
    j->next = NULL;
    *q->end = j;
    q->end = &j->next;
}

static struct job *queue_take(struct queue *q)
{
    struct job *j = q->first;

    q->first = j->next;
    if (!q->first)
        q->end = &q->first;
    return j;
}

/* ---- what comes before the transaction ---- */

static void *before_loop(void *arg)
{
    struct writer *w = arg;
    struct mem *m = mem_new();
    struct text reason;
    struct house *h = house_open(m, w->place, DB_READ, &reason);

    if (!h)
        BUG("%.*s", STR_ARG(reason.en));
    pthread_mutex_lock(&w->lock);
    for (;;) {
        struct job *j;

        while (!w->before.first && !w->stop)
            pthread_cond_wait(&w->wake_before, &w->lock);
        if (!w->before.first)
            break;
        j = queue_take(&w->before);
        w->preparing++;
        pthread_mutex_unlock(&w->lock);
        request_before(j, h, w->facts);
        pthread_mutex_lock(&w->lock);
        w->preparing--;
        queue_put(&w->ready, j);
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
    mem_free(m);
    return NULL;
}

/* ---- one batch ---- */

static bool has_work(const struct writer *w)
{
    return w->ready.first || w->touches || w->turns || w->stop ||
           w->hand.behind;
}

/*
 * Wait up to a second for work, unless time has more to do; take at most a
 * batch of it.
 */
static size_t take_batch(struct writer *w, struct job **jobs,
                         char touched[][TOKEN_MAX], size_t *ret_touches)
{
    struct timespec until;
    size_t n = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec++;
    pthread_mutex_lock(&w->lock);
    while (!has_work(w))
        if (pthread_cond_timedwait(&w->wake, &w->lock, &until) == ETIMEDOUT)
            break;
    while (w->ready.first && n < BATCH_MAX)
        jobs[n++] = queue_take(&w->ready);
    *ret_touches = w->touches;
    memcpy(touched, w->touched, w->touches * sizeof(*w->touched));
    w->touches = 0;
    pthread_mutex_unlock(&w->lock);
    return n;
}

/*
 * The handlers ran, the commit decides: all answers leave after it, or all
 * become 503.
 */
static void run_batch(struct writer *w, struct job **jobs, size_t n,
                      char touched[][TOKEN_MAX], size_t touches)
{
    struct exchange *done[BATCH_MAX];
    struct work work;
    uint64_t size;
    bool kept;

    mem_reset(w->scratch);
    work_begin(w->house, w->scratch, ACTOR_CLOCK, &work);
    size = work.journal.tree.size;
    for (size_t i = 0; i < touches; i++)
        session_touch(act_scope(&work.act), str_from(touched[i]), work.act.now);
    for (size_t i = 0; i < n; i++) {
        done[i] = jobs[i]->x;
        request_write(jobs[i], w->house, &work, w->facts);
    }
    if (work.journal.tree.size != size) {
        w->unsigned_entries = true;
        hand_notice(&w->hand, &work.act);
    }
    kept = work_commit(&work) == OK;
    for (size_t i = 0; i < n; i++) {
        if (!kept)
            request_not_kept(done[i], db_unsure(w->house->db));
        trail_end(&jobs[i]->trail, w->house->db);
    }
    exchange_send_all(done, n);
}

/* ---- one slice of another thread's work ---- */

static struct turn *take_turn(struct writer *w)
{
    struct turn *t;

    pthread_mutex_lock(&w->lock);
    t = w->turns;
    if (t) {
        w->turns = t->next;
        if (!w->turns)
            w->turns_end = &w->turns;
    }
    pthread_mutex_unlock(&w->lock);
    return t;
}

/* The slice, and whether it wrote what is past its day already. */
static enum err run_slice(void *arg, struct act *act)
{
    struct turn *t = arg;
    enum err e = t->slice(t->arg, act);

    if (e == OK)
        hand_notice(&t->writer->hand, act);
    return e;
}

static void run_turn(struct writer *w)
{
    struct turn *t = take_turn(w);
    struct slice slice = { .run = run_slice, .arg = t };
    enum err e;

    if (!t)
        return;
    e = slice_in_house(w->house, w->scratch, &slice);
    w->unsigned_entries |= e == OK && slice.grew;
    pthread_mutex_lock(&w->lock);
    t->err = e;
    t->taken = true;
    pthread_cond_signal(&t->end);
    pthread_mutex_unlock(&w->lock);
}

static enum err wait_for_turn(struct slicer *s,
                              enum err (*slice)(void *arg, struct act *act),
                              void *arg)
{
    struct writer *w = (struct writer *)s;
    struct turn t = { .writer = w, .slice = slice, .arg = arg };

    if (pthread_equal(pthread_self(), w->thread))
        BUG("the writer cannot wait for itself");
    pthread_cond_init(&t.end, NULL);
    pthread_mutex_lock(&w->lock);
    *w->turns_end = &t;
    w->turns_end = &t.next;
    pthread_cond_signal(&w->wake);
    while (!t.taken)
        pthread_cond_wait(&t.end, &w->lock);
    pthread_mutex_unlock(&w->lock);
    pthread_cond_destroy(&t.end);
    return t.err;
}

/* ---- the writer's thread ---- */

static void sign_head(struct writer *w)
{
    struct work work;
    enum err e;

    mem_reset(w->scratch);
    work_begin(w->house, w->scratch, ACTOR_CLOCK, &work);
    e = head_sign(&work.act, &w->signer);
    if (e == OK)
        e = work_commit(&work);
    else
        work_rollback(&work);
    if (e == OK)
        w->unsigned_entries = false;
    else
        log_error("head=unsigned reason=\"%s\"", db_reason(w->house->db));
}

static void let_time(struct writer *w)
{
    if (hand_move(&w->hand, w->house, w->scratch))
        w->unsigned_entries = true;
}

static bool is_over(struct writer *w)
{
    bool over;

    pthread_mutex_lock(&w->lock);
    over = w->stop && !w->ready.first && !w->before.first && !w->preparing &&
           !w->turns;
    pthread_mutex_unlock(&w->lock);
    return over;
}

static void *write_loop(void *arg)
{
    struct writer *w = arg;
    struct job *jobs[BATCH_MAX];
    char touched[TOUCHES_MAX][TOKEN_MAX];
    int64_t signed_at = 0;

    let_time(w); /* what fell due while nobody served */
    while (!is_over(w)) {
        size_t touches = 0;
        size_t n = take_batch(w, jobs, touched, &touches);

        if (n + touches)
            run_batch(w, jobs, n, touched, touches);
        run_turn(w);
        let_time(w);
        if (w->unsigned_entries && clock_steady_ms() - signed_at >= 1000) {
            sign_head(w);
            signed_at = clock_steady_ms();
        }
    }
    if (w->unsigned_entries)
        sign_head(w);
    return NULL;
}

/* ---- from other threads ---- */

void writer_take(struct writer *w, struct job *j)
{
    pthread_mutex_lock(&w->lock);
    if (j->route->before) {
        queue_put(&w->before, j);
        pthread_cond_signal(&w->wake_before);
    } else {
        bool idle = !w->ready.first;

        queue_put(&w->ready, j);
        if (idle)
            pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
}

void writer_touch(struct writer *w, struct str cookie)
{
    pthread_mutex_lock(&w->lock);
    if (w->touches < TOUCHES_MAX && cookie.n < TOKEN_MAX) {
        memcpy(w->touched[w->touches], cookie.p, cookie.n);
        w->touched[w->touches++][cookie.n] = '\0';
        pthread_cond_signal(&w->wake);
    }
    pthread_mutex_unlock(&w->lock);
}

struct str writer_link(struct writer *w, struct mem *m, bool *ret_first)
{
    struct mem *inner = mem_child(m);
    struct text reason;
    struct house *h = house_open(inner, w->place, DB_WRITE, &reason);
    struct str token;
    struct scope in;
    struct work work;

    if (!h)
        BUG("%.*s", STR_ARG(reason.en));
    work_begin(h, inner, ACTOR_SHELL, &work);
    in = house_scope(h, &work.tx, m);
    *ret_first = account_count(in) == 0;
    token =
        link_make(&work.act,
                  *ret_first
                      ? 0
                      : tx_int(in.tx,
                               SQL("SELECT min(id) FROM access_account WHERE "
                                   "district = ?1 AND ended_at = 0 AND "
                                   "(roles & ?2) <> 0"),
                               WITH(INT(in.district), INT(ROLE_ADMIN)), 1),
                  LINK_SIGNS_IN);
    token = str_dup(m, token);
    if (work_commit(&work) != OK)
        BUG("could not make a link");
    mem_free(inner);
    return token;
}

struct writer *writer_start(struct mem *m, struct house_place place,
                            const struct desk_facts *facts,
                            struct text *ret_reason)
{
    struct writer *w = NEW(m, struct writer);

    w->house = house_open(m, place, DB_WRITE, ret_reason);
    if (!w->house || house_signer(w->house, m, &w->signer, ret_reason) != OK)
        return NULL;
    w->place = w->house->place;
    w->facts = facts;
    w->ready.end = &w->ready.first;
    w->before.end = &w->before.first;
    w->turns_end = &w->turns;
    w->slicer.run = wait_for_turn;
    w->scratch = mem_child(m);
    w->unsigned_entries = true; /* whatever came in while nobody served */
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, NULL);
    pthread_cond_init(&w->wake_before, NULL);
    if (pthread_create(&w->thread, NULL, write_loop, w) != 0)
        BUG("could not start the writer");
    for (size_t i = 0; i < BEFORE_THREADS; i++)
        if (pthread_create(&w->before_threads[i], NULL, before_loop, w) != 0)
            BUG("could not start a thread");
    return w;
}

struct slicer *writer_slicer(struct writer *w)
{
    return &w->slicer;
}

void writer_stop(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_broadcast(&w->wake);
    pthread_cond_broadcast(&w->wake_before);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < BEFORE_THREADS; i++)
        pthread_join(w->before_threads[i], NULL);
    pthread_join(w->thread, NULL);
}
