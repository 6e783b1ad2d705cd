/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Two short queues, and threads that know from which they may take. */
#include "host/desk/slow.h"

#include <pthread.h>
#include <sys/resource.h>

enum { FILE_THREAD = 0, FILE_NICE = 10, PAGE_NICE = 5 };

struct lane {
    struct job *first, **end;
    unsigned n;
};

struct slow_thread {
    struct slow *slow;
    unsigned number;
    pthread_t id;
};

struct slow {
    struct slow_plan plan;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct lane pages;
    struct lane files;
    bool closed;
    struct slow_thread threads[SLOW_THREADS];
};

static void lane_put(struct lane *l, struct job *j)
{
    j->next = NULL;
    *l->end = j;
    l->end = &j->next;
    l->n++;
}

/* NULL: nobody waits. */
static struct job *lane_take(struct lane *l)
{
    struct job *j = l->first;

    if (!j)
        return NULL;
    l->first = j->next;
    if (!l->first)
        l->end = &l->first;
    l->n--;
    return j;
}

/* Under the lock; NULL: nothing for this thread. */
static struct job *next_job(struct slow *s, unsigned thread)
{
    struct job *j = thread == FILE_THREAD ? lane_take(&s->files) : NULL;

    return j ? j : lane_take(&s->pages);
}

/* NULL: it is over. */
static struct job *wait_for_job(struct slow *s, unsigned thread)
{
    struct job *j;

    pthread_mutex_lock(&s->lock);
    while (!(j = next_job(s, thread)) && !s->closed)
        pthread_cond_wait(&s->wake, &s->lock);
    pthread_mutex_unlock(&s->lock);
    return j;
}

static void *run(void *arg)
{
    struct slow_thread *t = arg;
    struct slow *s = t->slow;
    void *state = s->plan.start(s->plan.arg, t->number);
    struct job *j;

    /* Of this thread: where cores are short, what is quick goes first. */
    (void)setpriority(PRIO_PROCESS, 0,
                      t->number == FILE_THREAD ? FILE_NICE : PAGE_NICE);
    while ((j = wait_for_job(s, t->number)) != NULL)
        s->plan.answer(state, j);
    s->plan.stop(state);
    return NULL;
}

struct slow *slow_start(struct mem *m, const struct slow_plan *plan)
{
    struct slow *s = NEW(m, struct slow);

    s->plan = *plan;
    s->pages.end = &s->pages.first;
    s->files.end = &s->files.first;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->wake, NULL);
    for (unsigned i = 0; i < SLOW_THREADS; i++) {
        s->threads[i] = (struct slow_thread){ .slow = s, .number = i };
        if (pthread_create(&s->threads[i].id, NULL, run, &s->threads[i]) != 0)
            BUG("could not start a thread");
    }
    return s;
}

void slow_take(struct slow *s, struct job *j, enum pace pace)
{
    struct lane *l = pace == PACE_FILE ? &s->files : &s->pages;
    bool taken;

    pthread_mutex_lock(&s->lock);
    taken = !s->closed && l->n < SLOW_WAITING;
    if (taken) {
        lane_put(l, j);
        pthread_cond_broadcast(&s->wake); /* not all may take all */
    }
    pthread_mutex_unlock(&s->lock);
    if (!taken)
        s->plan.refuse(s->plan.arg, j);
}

static void refuse_all(struct slow *s, struct job *first)
{
    while (first) {
        struct job *next = first->next; /* it is gone once it is sent */

        s->plan.refuse(s->plan.arg, first);
        first = next;
    }
}

void slow_close(struct slow *s)
{
    struct lane pages;
    struct lane files;

    pthread_mutex_lock(&s->lock);
    s->closed = true;
    pages = s->pages;
    files = s->files;
    s->pages = (struct lane){ .end = &s->pages.first };
    s->files = (struct lane){ .end = &s->files.first };
    pthread_cond_broadcast(&s->wake);
    pthread_mutex_unlock(&s->lock);
    refuse_all(s, pages.first);
    refuse_all(s, files.first);
}

void slow_stop(struct slow *s)
{
    for (unsigned i = 0; i < SLOW_THREADS; i++)
        pthread_join(s->threads[i].id, NULL);
    pthread_cond_destroy(&s->wake);
    pthread_mutex_destroy(&s->lock);
}
