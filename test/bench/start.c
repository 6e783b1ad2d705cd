/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * start PROGRAM DIR PATH CONNECTIONS - how soon the first page comes, and
 * what the server occupies.
 *
 * Starts PROGRAM on the data folder DIR and prints: ms from fork() to the
 * whole first page; resident KiB after that page, at rest; and resident KiB
 * with so many connections open, each of which has fetched the page once.
 */
#include "test/bench/clock.h"
#include "test/bench/net.h"
#include "test/bench/resident.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

enum { CONNECTIONS_MAX = 10000, PAGE_MAX = 1 << 20, LINE_MAX = 256 };

struct child {
    pid_t pid;
    int out; /* what it says */
    uint16_t port;
};

static void become(const char *program, const char *folder, int out)
{
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

    dup2(out, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    execl(program, program, "serve", "--data", folder, "--listen",
          "127.0.0.1:0", (char *)NULL);
    _exit(127);
}

static struct child start(const char *program, const char *folder)
{
    struct child c = { .pid = -1 };
    char line[LINE_MAX];
    struct str said = { line, 0 };
    int ends[2];

    if (pipe2(ends, O_CLOEXEC) < 0 || (c.pid = fork()) < 0)
        BUG("fork: %s", strerror(errno));
    if (c.pid == 0)
        become(program, folder, ends[1]);
    close(ends[1]);
    c.out = ends[0];
    while (str_find(said, S("\n")) == SIZE_MAX && said.n < sizeof(line)) {
        ssize_t n = read(c.out, line + said.n, sizeof(line) - said.n);

        if (n <= 0)
            BUG("%s did not start", program);
        said.n += (size_t)n;
    }
    c.port = port_of(str_slice(said, 0, str_find(said, S("\n"))));
    return c;
}

/* Fetch a page and leave the connection open. */
static int fetch(struct mem *m, struct child c, const char *path)
{
    char *page = mem_raw(m, PAGE_MAX);
    struct str in = { page, 0 };
    int fd = net_connect(c.port);

    net_send(fd, str_fmt(m, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n\r\n",
                         path, (unsigned)c.port));
    while (answer_size(in) == 0) {
        ssize_t n = recv(fd, page + in.n, PAGE_MAX - in.n, 0);

        if (n <= 0)
            BUG("recv: %s", n ? strerror(errno) : "closed");
        in.n += (size_t)n;
    }
    if (answer_status(in) != 200)
        BUG("%s answered %.*s", path, STR_ARG(str_slice(in, 0, 100)));
    return fd;
}

static const char *pid_of(struct mem *m, struct child c)
{
    return str_fmt(m, "%d", (int)c.pid).p;
}

static int64_t hold(struct mem *m, struct child c, const char *path,
                    int64_t connections)
{
    int *fds = NEW_ARRAY(m, int, (size_t)connections);
    int64_t kib;

    for (int64_t i = 0; i < connections; i++) {
        struct mem *one = mem_child(m);

        fds[i] = fetch(one, c, path);
        mem_free(one);
    }
    kib = resident_kib(m, pid_of(m, c));
    for (int64_t i = 0; i < connections; i++)
        close(fds[i]);
    return kib;
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    int64_t connections;
    struct child c;
    int64_t idle;
    double ms;
    int first;

    if (argc != 5 || !str_int(str_from(argv[4]), &connections) ||
        connections < 1 || connections > CONNECTIONS_MAX)
        return fprintf(stderr, "start PROGRAM DIR PATH CONNECTIONS\n"), 2;
    ms = clock_fine();
    c = start(argv[1], argv[2]);
    first = fetch(m, c, argv[3]);
    ms = (clock_fine() - ms) * 1e3;
    poll(NULL, 0, 200); /* the rest of starting up */
    idle = resident_kib(m, pid_of(m, c));
    printf("%.1f %lld %lld\n", ms, (long long)idle,
           (long long)hold(m, c, argv[3], connections));
    close(first);
    kill(c.pid, SIGTERM);
    waitpid(c.pid, NULL, 0);
    mem_free(m);
    return 0;
}
