/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * stalls wait URL PAGE SECONDS [LOOPED VISITORS] - how long one visitor waits
 * for PAGE, asked for every few milliseconds, while others fetch LOOPED again
 * and again. Prints ms: median, p99, longest; and how often LOOPED came.
 *
 * stalls hold URL PID FILE READERS - the resident KiB of the server PID at
 * most, while so many ask for FILE, see the first line of it, and read no
 * further. Who is told to come back does. Prints that, KiB before, and how
 * many the server held at once.
 */
#include "test/bench/clock.h"
#include "test/bench/net.h"
#include "test/bench/resident.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum {
    PAUSE_US = 4000,
    AGAIN_US = 100000, /* after a 503 */
    TIMES_MAX = 100000,
    VISITORS_MAX = 64,
    READERS_MAX = 1000,
    HEAD_MAX = 64 << 10,
    FIRST_MAX = 64, /* of an answer, for its status */
    PATIENCE_S = 60,
    SMALL_WINDOW = 4096,
};

struct place {
    uint16_t port;
    struct str request;
};

static struct place place_of(struct mem *m, const char *url, const char *path)
{
    struct place p = { .port = port_of(str_from(url)) };

    if (p.port == 0)
        BUG("no address of this machine: %s", url);
    p.request = str_fmt(m, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n",
                        path, (unsigned)p.port);
    return p;
}

static size_t receive(int fd, char *to, size_t most)
{
    ssize_t n = recv(fd, to, most, 0);

    if (n <= 0)
        BUG("recv: %s", n ? strerror(errno) : "closed");
    return (size_t)n;
}

/* What is behind the head of an answer, as its head says. */
static size_t body_size(struct str head)
{
    struct str key = S("\r\nContent-Length: ");
    size_t at = str_find(head, key);
    struct str value;
    int64_t n;

    value = str_slice(head, at == SIZE_MAX ? head.n : at + key.n, head.n);
    value = str_slice(value, 0, str_find(value, S("\r\n")));
    if (!str_int(value, &n) || n < 0)
        BUG("an answer without length: %.*s", STR_ARG(head));
    return (size_t)n;
}

/* Fetch it whole and forget it; its status. */
static int fetch(int fd, const struct place *p)
{
    char in[HEAD_MAX];
    struct str got = { in, 0 };
    size_t head;
    size_t left;
    int status;

    net_send(fd, p->request);
    do
        got.n += receive(fd, in + got.n, sizeof(in) - got.n);
    while ((head = str_find(got, S("\r\n\r\n"))) == SIZE_MAX);
    status = (int)answer_status(got);
    left = head + 4 + body_size(str_slice(got, 0, head + 2)) - got.n;
    while (left)
        left -= receive(fd, in, left < sizeof(in) ? left : sizeof(in));
    return status;
}

/* ---- one waits while others loop ---- */

struct loop {
    struct place place;
    atomic_bool over;
    atomic_llong times;
};

static void *visit(void *arg)
{
    struct loop *l = arg;
    int fd = net_connect(l->place.port);

    while (!atomic_load(&l->over)) {
        int status = fetch(fd, &l->place);

        if (status == 200)
            atomic_fetch_add(&l->times, 1);
        else if (status == 503)
            usleep(AGAIN_US);
        else
            BUG("answered %d", status);
    }
    close(fd);
    return NULL;
}

/* Milliseconds of each request; returns how many. */
static size_t measure(const struct place *p, double seconds, double *ret)
{
    double until = clock_fine() + seconds;
    int fd = net_connect(p->port);
    size_t n = 0;

    while (n < TIMES_MAX && clock_fine() < until) {
        double from = clock_fine();

        if (fetch(fd, p) != 200)
            BUG("the page was not answered");
        ret[n++] = (clock_fine() - from) * 1e3;
        usleep(PAUSE_US);
    }
    close(fd);
    return n;
}

static int run_wait(struct mem *m, int argc, char **argv)
{
    struct place page = place_of(m, argv[2], argv[3]);
    struct loop l = { .place = page };
    pthread_t threads[VISITORS_MAX];
    double *times = NEW_ARRAY(m, double, TIMES_MAX);
    int64_t visitors = 0;
    int64_t seconds;
    double middle;
    size_t n;

    if (!str_int(str_from(argv[4]), &seconds) ||
        (argc == 7 && !str_int(str_from(argv[6]), &visitors)) ||
        visitors > VISITORS_MAX)
        return 2;
    if (visitors)
        l.place = place_of(m, argv[2], argv[5]);
    for (int64_t i = 0; i < visitors; i++)
        if (pthread_create(&threads[i], NULL, visit, &l) != 0)
            BUG("could not start a thread");
    n = measure(&page, (double)seconds, times);
    atomic_store(&l.over, true);
    for (int64_t i = 0; i < visitors; i++)
        pthread_join(threads[i], NULL);
    middle = median(times, n);
    printf("%.2f %.2f %.2f %lld\n", middle, times[n * 99 / 100], times[n - 1],
           (long long)atomic_load(&l.times));
    return 0;
}

/* ---- many who do not read ---- */

struct reader {
    int fd;
    bool asked;
    bool holds; /* the answer is on its way, and stands */
    double again;
};

static void ask_for(struct reader *r, const struct place *p)
{
    int window = SMALL_WINDOW;

    r->fd = net_connect(p->port);
    setsockopt(r->fd, SOL_SOCKET, SO_RCVBUF, &window, sizeof(window));
    net_send(r->fd, p->request);
    r->asked = true;
}

/* Has its answer begun? */
static void look_at(struct reader *r)
{
    char first[FIRST_MAX];
    ssize_t n = recv(r->fd, first, sizeof(first), MSG_PEEK | MSG_DONTWAIT);
    int status;

    if (n < FIRST_MAX)
        return;
    status = (int)answer_status((struct str){ first, (size_t)n });
    r->holds = status == 200;
    if (r->holds)
        return;
    if (status != 503)
        BUG("answered %d", status);
    close(r->fd);
    r->asked = false;
    r->again = clock_fine() + AGAIN_US / 1e6;
}

static size_t look_at_all(struct reader *readers, size_t n,
                          const struct place *p)
{
    size_t held = 0;

    for (size_t i = 0; i < n; i++) {
        struct reader *r = &readers[i];

        if (r->asked && !r->holds)
            look_at(r);
        else if (!r->asked && clock_fine() >= r->again)
            ask_for(r, p);
        held += r->holds;
    }
    return held;
}

static int run_hold(struct mem *m, char **argv)
{
    struct place p = place_of(m, argv[2], argv[4]);
    struct reader *readers = NEW_ARRAY(m, struct reader, READERS_MAX);
    double until = clock_fine() + PATIENCE_S;
    int64_t before = resident_kib(m, argv[3]);
    int64_t most = before;
    size_t held = 0;
    int64_t n;

    if (!str_int(str_from(argv[5]), &n) || n < 1 || n > READERS_MAX)
        return 2;
    while (held < (size_t)n && clock_fine() < until) {
        struct mem *look = mem_child(m);
        int64_t now;

        held = look_at_all(readers, (size_t)n, &p);
        now = resident_kib(look, argv[3]);
        most = now > most ? now : most;
        mem_free(look);
        usleep(PAUSE_US);
    }
    printf("%lld %lld %zu\n", (long long)most, (long long)before, held);
    return 0;
}

int main(int argc, char **argv)
{
    struct str what = argc > 1 ? str_from(argv[1]) : S("");
    struct mem *m = mem_new();
    int code = 2;

    if (str_eq(what, S("wait")) && (argc == 5 || argc == 7))
        code = run_wait(m, argc, argv);
    else if (str_eq(what, S("hold")) && argc == 6)
        code = run_hold(m, argv);
    if (code == 2)
        fprintf(stderr, "stalls wait URL PAGE SECONDS [LOOPED VISITORS]\n"
                        "stalls hold URL PID FILE READERS\n");
    mem_free(m);
    return code;
}
