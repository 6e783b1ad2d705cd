/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Slow requests of a running server, held until a test lets them go. */
#include "host/desk/slow.h"

#include "web/http_client_test.h"

#include <pthread.h>

/* Every request on the one thread there is; slow ones wait at a gate. */
struct hall {
    struct test *t;
    pthread_mutex_t lock;
    pthread_cond_t change;
    struct slow *slow;
    struct server *server;
    int handled;
    int refused;
    int pages, files; /* at the gate, or past it */
    int making;       /* files now */
    int making_most;
    bool page_gate, file_gate; /* open */
};

/* Under the lock. */
static void wait_at(struct hall *h, const bool *gate)
{
    pthread_cond_broadcast(&h->change);
    while (!*gate)
        pthread_cond_wait(&h->change, &h->lock);
}

static void answer_slow(void *state, struct job *j)
{
    struct hall *h = state;
    bool file = str_starts(j->x->head.path, S("/file"));

    pthread_mutex_lock(&h->lock);
    h->pages += !file;
    h->files += file;
    h->making += file;
    if (h->making > h->making_most)
        h->making_most = h->making;
    wait_at(h, file ? &h->file_gate : &h->page_gate);
    h->making -= file;
    pthread_mutex_unlock(&h->lock);
    buf_put(&j->x->response.body, j->x->head.path);
    exchange_send(j->x);
}

static void turn_away(void *arg, struct job *j)
{
    struct hall *h = arg;

    response_refuse(&j->x->response, 503);
    exchange_send(j->x);
    pthread_mutex_lock(&h->lock);
    h->refused++;
    pthread_cond_broadcast(&h->change);
    pthread_mutex_unlock(&h->lock);
}

static void handle(void *state, struct exchange *x)
{
    static const struct desk_facts facts;
    struct hall *h = state;
    struct job *j = request_job(x, &facts);

    if (str_starts(x->head.path, S("/file"))) {
        slow_take(h->slow, j, PACE_FILE);
    } else if (str_starts(x->head.path, S("/page"))) {
        slow_take(h->slow, j, PACE_SLOW);
    } else {
        buf_put(&x->response.body, x->head.path);
        exchange_send(x);
    }
    pthread_mutex_lock(&h->lock);
    h->handled++;
    pthread_cond_broadcast(&h->change);
    pthread_mutex_unlock(&h->lock);
}

static void *start(void *arg, unsigned thread)
{
    (void)thread;
    return arg;
}

static void stop(void *state)
{
    (void)state;
}

static struct hall *given_hall(struct test *t)
{
    struct hall *h = NEW(t->mem, struct hall);
    struct slow_plan plan = { .arg = h,
                              .start = start,
                              .stop = stop,
                              .answer = answer_slow,
                              .refuse = turn_away };
    struct server_config c = {
        .threads = 1, .arg = h, .thread_start = start, .handle = handle
    };

    h->t = t;
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->change, NULL);
    h->slow = slow_start(t->mem, &plan);
    h->server = client_server(t, &c);
    return h;
}

static void open_gates(struct hall *h)
{
    pthread_mutex_lock(&h->lock);
    h->page_gate = h->file_gate = true;
    pthread_cond_broadcast(&h->change);
    pthread_mutex_unlock(&h->lock);
}

static void hall_close(struct hall *h)
{
    slow_close(h->slow);
    open_gates(h);
    server_stop(h->server);
    slow_stop(h->slow);
}

static void wait_for(struct hall *h, const int *count, int n)
{
    pthread_mutex_lock(&h->lock);
    while (*count < n)
        pthread_cond_wait(&h->change, &h->lock);
    pthread_mutex_unlock(&h->lock);
}

static int send_for(struct hall *h, const char *path)
{
    int fd = client_open(h->t, h->server);

    client_send(fd, str_fmt(h->t->mem,
                            "GET %s HTTP/1.1\r\nHost: a\r\n"
                            "Connection: close\r\n\r\n",
                            path));
    return fd;
}

static struct str answer_of(struct hall *h, int fd)
{
    struct str got = client_read_all(h->t, fd);

    close(fd);
    return got;
}

static bool is_answered(struct hall *h, int fd, const char *path)
{
    struct str got = answer_of(h, fd);

    return str_starts(got, S("HTTP/1.1 200 ")) && str_ends(got, str_from(path));
}

TEST(a_quick_request_is_answered_while_every_slow_thread_is_busy)
{
    struct hall *h = given_hall(t);
    int file = send_for(h, "/file");
    int page;

    wait_for(h, &h->files, 1);
    page = send_for(h, "/page");
    wait_for(h, &h->pages, 1);
    for (int i = 0; i < 20; i++)
        CHECK(is_answered(h, send_for(h, "/quick"), "/quick"));
    open_gates(h);
    CHECK(is_answered(h, file, "/file"));
    CHECK(is_answered(h, page, "/page"));
    hall_close(h);
}

TEST(a_page_never_waits_for_a_file)
{
    struct hall *h = given_hall(t);
    int file[3];

    h->page_gate = true;
    for (int i = 0; i < 3; i++)
        file[i] = send_for(h, "/file");
    wait_for(h, &h->handled, 3);
    wait_for(h, &h->files, 1);
    for (int i = 0; i < 10; i++)
        CHECK(is_answered(h, send_for(h, "/page"), "/page"));
    CHECK_INT(h->files, 1);
    open_gates(h);
    for (int i = 0; i < 3; i++)
        CHECK(is_answered(h, file[i], "/file"));
    CHECK_INT(h->making_most, 1);
    hall_close(h);
}

/* One is made, SLOW_WAITING wait, and one of all is too many. */
TEST(one_more_than_may_wait_is_told_when_to_come_back)
{
    enum { ALL = SLOW_WAITING + 2 };
    struct hall *h = given_hall(t);
    int fd[ALL];
    int told = 0;

    fd[0] = send_for(h, "/file");
    wait_for(h, &h->files, 1);
    for (int i = 1; i < ALL; i++)
        fd[i] = send_for(h, "/file");
    wait_for(h, &h->handled, ALL);
    CHECK_INT(h->refused, 1);
    open_gates(h);
    for (int i = 0; i < ALL; i++) {
        struct str got = answer_of(h, fd[i]);

        if (str_starts(got, S("HTTP/1.1 200 ")))
            continue;
        told++;
        CHECK(str_starts(got, S("HTTP/1.1 503 ")));
        CHECK(str_find(got, S("\r\nRetry-After: ")) != SIZE_MAX);
        CHECK(str_find(got, S("请几秒钟后重试")) != SIZE_MAX);
        CHECK(str_find(got, S("Try again in a few seconds")) != SIZE_MAX);
    }
    CHECK_INT(told, 1);
    hall_close(h);
}

TEST(at_the_end_who_waits_is_refused_and_who_runs_is_answered)
{
    struct hall *h = given_hall(t);
    int runs = send_for(h, "/file");
    int waits[3];

    wait_for(h, &h->files, 1);
    for (int i = 0; i < 3; i++)
        waits[i] = send_for(h, "/file");
    wait_for(h, &h->handled, 4);
    slow_close(h->slow);
    CHECK_INT(h->refused, 3);
    for (int i = 0; i < 3; i++)
        CHECK(str_starts(answer_of(h, waits[i]), S("HTTP/1.1 503 ")));
    CHECK(str_starts(answer_of(h, send_for(h, "/page")), S("HTTP/1.1 503 ")));
    open_gates(h);
    CHECK(is_answered(h, runs, "/file"));
    hall_close(h);
}
