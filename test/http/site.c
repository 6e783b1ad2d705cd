/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Starts the program, talks to it, ends it. A failure of the machine (no
 * process, no folder) stops the test; a failure of the program is an answer
 * with status 0 and left to the caller to judge.
 */
#include "test/http/site.h"

#include "base/file.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    OUTPUT_MAX = 64 << 20,
    ANSWER_MAX = 256 << 20,
    PATIENCE_S = 20,
    STEP = 16 << 10,
};

/* ---- the place ---- */

struct site *site_new(struct mem *m, const char *binary)
{
    struct site *s = NEW(m, struct site);
    const char *root = getenv("TMPDIR");
    char *place = mem_alloc(m, 4096);

    snprintf(place, 4096, "%s/dajuan-site-XXXXXX", root ? root : P_tmpdir);
    if (!mkdtemp(place))
        BUG("%s: %s", place, strerror(errno));
    signal(SIGPIPE, SIG_IGN);
    s->m = m;
    s->binary = binary;
    s->place = place;
    s->data = str_c(m, str_fmt(m, "%s/data", place));
    return s;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

void site_remove(struct site *s)
{
    nftw(s->place, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- processes ---- */

/* In the child: become the program. */
static _Noreturn void become(const struct site *s, const char *const *arguments,
                             int out, int err)
{
    char *argv[SITE_ARGUMENTS_MAX + 2];
    size_t n = 0;

    argv[n++] = (char *)(uintptr_t)s->binary; /* execv does not change it */
    while (*arguments && n <= SITE_ARGUMENTS_MAX)
        argv[n++] = (char *)(uintptr_t)*arguments++;
    argv[n] = NULL;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    execv(s->binary, argv);
    _exit(127);
}

static pid_t spawn(const struct site *s, const char *const *arguments, int err,
                   int *ret_out)
{
    int ends[2];
    pid_t pid;

    if (pipe2(ends, O_CLOEXEC) != 0)
        BUG("pipe: %s", strerror(errno));
    pid = fork();
    if (pid < 0)
        BUG("fork: %s", strerror(errno));
    if (pid == 0)
        become(s, arguments, ends[1], err >= 0 ? err : ends[1]);
    close(ends[1]);
    *ret_out = ends[0];
    return pid;
}

static int wait_for(pid_t pid)
{
    int status = 0;

    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            BUG("wait: %s", strerror(errno));
    return status;
}

int site_command(struct site *s, struct mem *m, const char *const *arguments,
                 struct str *ret)
{
    struct buf *b = buf_new(m, OUTPUT_MAX);
    int out;
    pid_t pid = spawn(s, arguments, -1, &out);
    ssize_t n;
    int status;

    do {
        char *to = buf_room(b, STEP);

        n = to ? read(out, to, STEP) : 0;
        if (n > 0)
            buf_took(b, (size_t)n);
    } while (n > 0);
    close(out);
    status = wait_for(pid);
    if (ret)
        *ret = buf_str(b);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* One line without its end; false at the end of what the program says. */
static bool read_line(struct mem *m, int fd, struct str *ret)
{
    struct buf *b = buf_new(m, 4096);
    char c = 0;

    while (read(fd, &c, 1) == 1 && c != '\n')
        buf_byte(b, c);
    *ret = buf_str(b);
    return c == '\n';
}

bool site_start(struct site *s)
{
    const char *log = str_c(s->m, str_fmt(s->m, "%s/log", s->place));
    int err = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const char *const arguments[] = {
        "serve", "--data", s->data, "--listen", "127.0.0.1:0", "--link", NULL,
    };
    struct str line;
    int64_t port = 0;
    int out;

    s->pid = spawn(s, arguments, err, &out);
    close(err);
    if (!read_line(s->m, out, &line) ||
        !str_int(between(line, S("127.0.0.1:"), S("/")), &port) ||
        !read_line(s->m, out, &line)) {
        site_end(s, SIGKILL);
        close(out);
        return false;
    }
    close(out);
    s->port = (uint16_t)port;
    s->link = str_fmt(s->m, "/link/%.*s",
                      STR_ARG(str_slice(line, str_find(line, S("/link/")) + 6,
                                        line.n)));
    return true;
}

bool site_is_alive(struct site *s)
{
    return s->pid > 0 && waitpid(s->pid, NULL, WNOHANG) == 0;
}

int site_end(struct site *s, int signal)
{
    int status = 0;

    if (s->pid > 0) {
        kill(s->pid, signal);
        status = wait_for(s->pid);
    }
    s->pid = 0;
    return status;
}

/* ---- clients ---- */

void client_init(struct client *c, uint16_t port)
{
    *c = (struct client){ .port = port, .fd = -1 };
}

void client_close(struct client *c)
{
    if (c->fd >= 0)
        close(c->fd);
    c->fd = -1;
}

/* The server ends connections on which nothing was asked for long. */
static bool is_ended(int fd)
{
    char byte;

    return recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

static bool client_open(struct client *c)
{
    struct sockaddr_in a = { .sin_family = AF_INET,
                             .sin_port = htons(c->port),
                             .sin_addr = { htonl(INADDR_LOOPBACK) } };
    struct timeval patience = { .tv_sec = PATIENCE_S };

    if (c->fd >= 0 && is_ended(c->fd))
        client_close(c);
    if (c->fd >= 0)
        return true;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    if (connect(c->fd, (struct sockaddr *)&a, sizeof(a)) == 0)
        return true;
    client_close(c);
    return false;
}

struct str between(struct str s, struct str before, struct str after)
{
    size_t from = str_find(s, before);
    size_t to;

    if (from == SIZE_MAX)
        return S("");
    s = str_slice(s, from + before.n, s.n);
    to = str_find(s, after);
    return to == SIZE_MAX ? S("") : str_slice(s, 0, to);
}

struct str answer_header(const struct answer *a, struct str name)
{
    struct str rest = a->head;
    struct str line;

    while (str_cut(&rest, S("\r\n"), &line))
        if (line.n > name.n && line.p[name.n] == ':' &&
            strncasecmp(line.p, name.p, name.n) == 0)
            return str_trim(str_slice(line, name.n + 1, line.n));
    return S("");
}

static void keep(char *to, size_t size, struct str value)
{
    if (value.n >= size)
        BUG("a value of %zu bytes does not fit", value.n);
    memcpy(to, value.p, value.n);
    to[value.n] = '\0';
}

/* Read more; false when nothing more comes. */
static bool read_more(struct client *c, struct buf *b)
{
    char *to = buf_room(b, STEP);
    ssize_t n;

    if (!to)
        return false;
    do
        n = recv(c->fd, to, STEP, 0);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        buf_took(b, (size_t)n);
    return n > 0;
}

static bool read_answer(struct client *c, struct mem *m, struct answer *ret)
{
    struct buf *b = buf_new(m, ANSWER_MAX);
    struct answer a = { 0 };
    int64_t length = 0;
    int64_t status;
    size_t end;

    while ((end = str_find(buf_str(b), S("\r\n\r\n"))) == SIZE_MAX)
        if (!read_more(c, b))
            return false;
    a.head = str_slice(buf_str(b), 0, end + 2);
    if (!str_starts(a.head, S("HTTP/1.1 ")) ||
        !str_int(str_slice(a.head, 9, 12), &status))
        return false;
    if (answer_header(&a, S("Content-Length")).n &&
        !str_int(answer_header(&a, S("Content-Length")), &length))
        return false;
    while (b->n < end + 4 + (size_t)length)
        if (!read_more(c, b))
            return false;
    a.status = (int)status;
    a.head = str_slice(buf_str(b), 0, end + 2);
    a.body = str_slice(buf_str(b), end + 4, end + 4 + (size_t)length);
    *ret = a;
    return true;
}

static bool send_all(int fd, struct str s)
{
    while (s.n) {
        ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = str_slice(s, (size_t)n, s.n);
    }
    return true;
}

bool client_start(struct client *c, struct str bytes)
{
    return client_open(c) && send_all(c->fd, bytes);
}

struct answer client_raw(struct client *c, struct mem *m, struct str bytes)
{
    struct answer a = { 0 };
    struct str cookie;

    /* A refusal may come before all was sent, so it is read in any case. */
    if (client_open(c)) {
        send_all(c->fd, bytes);
        if (!read_answer(c, m, &a))
            client_close(c);
    }
    if (a.status && str_eq(answer_header(&a, S("Connection")), S("close")))
        client_close(c);
    cookie = between(a.head, S("Set-Cookie: dajuan="), S(";"));
    if (cookie.n)
        keep(c->session, sizeof(c->session), cookie);
    return a;
}

struct answer client_send(struct client *c, struct mem *m, const char *verb,
                          struct str path, struct str headers, struct str body)
{
    struct buf *b = buf_new(m, ANSWER_MAX);

    buf_fmt(b, "%s ", verb);
    buf_put(b, path);
    buf_fmt(b, " HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n", (unsigned)c->port);
    if (c->session[0])
        buf_fmt(b, "Cookie: dajuan=%s\r\n", c->session);
    buf_put(b, headers);
    if (strcmp(verb, "GET") != 0)
        buf_fmt(b, "Content-Length: %zu\r\n", body.n);
    buf_lit(b, "\r\n");
    buf_put(b, body);
    return client_raw(c, m, buf_str(b));
}

struct answer client_get(struct client *c, struct mem *m, struct str path)
{
    return client_send(c, m, "GET", path, S(""), S(""));
}

struct answer client_post(struct client *c, struct mem *m, struct str path,
                          struct str fields)
{
    struct buf *b = buf_new(m, ANSWER_MAX);

    form_put(b, S("csrf"), str_from(c->csrf));
    buf_put(b, fields);
    return client_send(
        c, m, "POST", path,
        str_fmt(m,
                "Origin: http://127.0.0.1:%u\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n",
                (unsigned)c->port),
        str_slice(buf_str(b), 1, b->n));
}

bool client_csrf(struct client *c, struct mem *m, struct str path)
{
    struct answer a = client_get(c, m, path);
    struct str token = between(a.body, S("name=\"csrf\" value=\""), S("\""));

    if (token.n == 0)
        return false;
    keep(c->csrf, sizeof(c->csrf), token);
    return true;
}

bool client_set_up(struct client *c, struct mem *m, struct str link,
                   struct str login)
{
    struct buf *b = buf_new(m, 4096);

    if (!client_csrf(c, m, link))
        return false;
    form_put(b, S("name"), login);
    form_put(b, S("login"), login);
    form_put(b, S("password"), S("correct horse battery"));
    return client_post(c, m, link, buf_str(b)).status == 303 &&
           client_csrf(c, m, S("/me"));
}

void escape_put(struct buf *b, struct str s)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < s.n; i++) {
        unsigned char ch = (unsigned char)s.p[i];

        if ((ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
            (ch >= 'a' && ch <= 'z') || ch == '-' || ch == '_' || ch == '.') {
            buf_byte(b, (char)ch);
        } else {
            buf_byte(b, '%');
            buf_byte(b, digits[ch >> 4]);
            buf_byte(b, digits[ch & 15]);
        }
    }
}

void form_put(struct buf *b, struct str name, struct str value)
{
    buf_byte(b, '&');
    escape_put(b, name);
    buf_byte(b, '=');
    escape_put(b, value);
}
