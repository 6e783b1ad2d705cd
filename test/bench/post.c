/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * post URL COOKIE TOKEN CONNECTIONS SECONDS [edit|step ROWS FROM] - forms of
 * projects: new ones; or steps taken on the first ROWS blockers, or a column
 * changed of the ROWS after these, each in turn, from the FROM-th form on.
 *
 * Each connection sends a form that changes something, waits for the answer,
 * and sends the next. Every answer must be the 303 that follows a commit.
 * Prints: rows per second, median and 99th percentile of the time to the
 * answer in ms, and how many rows.
 */
#include "base/buf.h"
#include "test/bench/clock.h"
#include "test/bench/net.h"

#include <stdio.h>
#include <sys/epoll.h>

enum { CONNECTIONS_MAX = 1000, IN_MAX = 64 << 10, TIMES_MAX = 4000000 };

struct client {
    int fd;
    double sent;
    size_t in_n;
    char in[IN_MAX];
};

/* Of the next request, but for its tokens. */
struct form {
    char path[64];
    char fields[1024];
};

struct load {
    void (*form)(const struct load *l, struct form *ret);
    struct str head; /* of a request, behind the path, up to the length */
    struct str csrf;
    char run[24]; /* makes names unique among runs */
    int64_t rows; /* of those that exist */
    int64_t number;
    double *times;
    size_t times_n;
    struct client *clients;
    size_t clients_n;
};

/* An invented project, as a browser encodes it. */
static const char project[] =
    "year=2024"
    "&field=green&lead_org=%E5%8C%BA%E6%B3%95%E9%99%A2%E5%85%9A%E7%BB%84%E7%BB"
    "%87&secretary=%E4%B9%A6%E8%AE%B0&unit=%E5%8C%BA%E6%B3%95%E9%99%A2"
    "&starts_on=2024-03-01&due_on=2024-05-01";

static void put_field(const struct load *l, const char *name, struct form *ret)
{
    size_t n = strlen(ret->fields);

    snprintf(ret->fields + n, sizeof(ret->fields) - n, "&%s=%s-%lld", name,
             l->run, (long long)l->number);
}

static void form_new(const struct load *l, struct form *ret)
{
    snprintf(ret->path, sizeof(ret->path), "/projects/project/new");
    snprintf(ret->fields, sizeof(ret->fields), "%s", project);
    put_field(l, "name", ret);
}

/* Of the blockers from `first` on, in turn, as it stands by now. */
static void put_row(const struct load *l, int64_t first, const char *end,
                    struct form *ret)
{
    int64_t id = first + l->number % l->rows;
    int64_t version = 1 + l->number / l->rows;

    snprintf(ret->path, sizeof(ret->path), "/projects/blocker/%lld/%s",
             (long long)id, end);
    snprintf(ret->fields, sizeof(ret->fields), "version=%lld",
             (long long)version);
}

static void form_edit(const struct load *l, struct form *ret)
{
    put_row(l, 1 + l->rows, "edit", ret);
    put_field(l, "proposal", ret);
}

/* There on one way through the rows, back on the next. */
static void form_step(const struct load *l, struct form *ret)
{
    bool back = l->number / l->rows % 2 != 0;

    put_row(l, 1, back ? "do/reopen" : "do/solved", ret);
    put_field(l, back ? "reason" : "answer", ret);
}

static void post_next(struct load *l, struct client *c)
{
    struct form f;
    char body[1280];
    char request[2304];
    int n;
    int all;

    l->form(l, &f);
    n = snprintf(body, sizeof(body), "csrf=%.*s&once=%s-%lld&%s",
                 STR_ARG(l->csrf), l->run, (long long)l->number, f.fields);
    all = snprintf(request, sizeof(request), "POST %s%.*s%d\r\n\r\n%s", f.path,
                   STR_ARG(l->head), n, body);
    if (n < 0 || (size_t)n >= sizeof(body) || all < 0 ||
        (size_t)all >= sizeof(request))
        BUG("a request of %d bytes", all);
    l->number++;
    c->in_n = 0;
    c->sent = clock_fine();
    net_send(c->fd, (struct str){ request, (size_t)all });
}

/* True: an answer is whole. */
static bool take(struct load *l, struct client *c)
{
    ssize_t n = recv(c->fd, c->in + c->in_n, sizeof(c->in) - c->in_n, 0);
    struct str in;

    if (n <= 0)
        BUG("recv: %s", n ? strerror(errno) : "closed");
    c->in_n += (size_t)n;
    in = (struct str){ c->in, c->in_n };
    if (answer_size(in) == 0)
        return false;
    if (answer_status(in) != 303)
        BUG("answered: %.*s", STR_ARG(in));
    if (l->times_n < TIMES_MAX)
        l->times[l->times_n++] = clock_fine() - c->sent;
    return true;
}

static void post_for(struct load *l, double seconds)
{
    struct epoll_event events[CONNECTIONS_MAX];
    double until = clock_fine() + seconds;
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    size_t open = l->clients_n;

    for (size_t i = 0; i < l->clients_n; i++) {
        struct epoll_event e = { .events = EPOLLIN,
                                 .data.ptr = &l->clients[i] };

        if (epoll_ctl(epoll, EPOLL_CTL_ADD, l->clients[i].fd, &e) < 0)
            BUG("epoll_ctl: %s", strerror(errno));
        post_next(l, &l->clients[i]);
    }
    while (open) {
        int n = epoll_wait(epoll, events, CONNECTIONS_MAX, -1);

        for (int i = 0; i < n; i++) {
            struct client *c = events[i].data.ptr;

            if (!take(l, c))
                continue;
            if (clock_fine() < until)
                post_next(l, c);
            else if (open--)
                close(c->fd);
        }
    }
    close(epoll);
}

static void prepare(struct load *l, struct mem *m, char **argv)
{
    uint16_t port = port_of(str_from(argv[1]));

    if (port == 0)
        BUG("no address of this machine: %s", argv[1]);
    l->head = str_fmt(m,
                      " HTTP/1.1\r\n"
                      "Host: 127.0.0.1:%u\r\nOrigin: http://127.0.0.1:%u\r\n"
                      "Cookie: dajuan=%s\r\nContent-Type: "
                      "application/x-www-form-urlencoded\r\n"
                      "Content-Length: ",
                      (unsigned)port, (unsigned)port, argv[2]);
    l->csrf = str_from(argv[3]);
    snprintf(l->run, sizeof(l->run), "%.0f", clock_fine() * 1e6);
    l->times = NEW_ARRAY(m, double, TIMES_MAX);
    l->clients = NEW_ARRAY(m, struct client, l->clients_n);
    for (size_t i = 0; i < l->clients_n; i++)
        l->clients[i].fd = net_connect(port);
}

/* False: there is no such form. */
static bool choose_form(struct load *l, int argc, char **argv)
{
    struct str name = str_from(argc == 9 ? argv[6] : "new");

    l->form = str_eq(name, S("edit"))   ? form_edit
              : str_eq(name, S("step")) ? form_step
                                        : form_new;
    return argc == 6 || (argc == 9 && l->form != form_new &&
                         str_int(str_from(argv[7]), &l->rows) && l->rows > 0 &&
                         str_int(str_from(argv[8]), &l->number));
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct load l = { .number = 1 };
    int64_t connections;
    int64_t seconds;
    double took;
    double middle;

    if (!choose_form(&l, argc, argv) ||
        !str_int(str_from(argv[4]), &connections) || connections < 1 ||
        connections > CONNECTIONS_MAX || !str_int(str_from(argv[5]), &seconds))
        return fprintf(stderr, "post URL COOKIE TOKEN CONNECTIONS SECONDS "
                               "[edit|step ROWS FROM]\n"),
               2;
    l.clients_n = (size_t)connections;
    prepare(&l, m, argv);
    took = clock_fine();
    post_for(&l, (double)seconds);
    took = clock_fine() - took;
    middle = median(l.times, l.times_n);
    printf("%.0f %.2f %.2f %zu\n", (double)l.times_n / took, middle * 1e3,
           l.times[l.times_n * 99 / 100] * 1e3, l.times_n);
    mem_free(m);
    return 0;
}
