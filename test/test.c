/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The test runner: runs every TEST() found at build time, or those whose
 * name contains the argument, and ends with "N passed, N failed".
 *
 * Each test runs in a process of its own, one on each processor. What it
 * writes is shown when it has ended, so that two tests do not mix their
 * lines. With DAJUAN_TEST_FORK=0 all run in this process, for a debugger.
 */
#include "test/test.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Many times what the slowest test takes under a sanitizer. */
enum { PATIENCE_S = 600 };

struct test_entry {
    const char *name;
    void (*run)(struct test *t);
};
extern const struct test_entry test_entries[];

/* A test that runs now; its counts are shared with its process. */
struct child {
    struct test test;
    pid_t pid; /* 0: none runs here */
    int said;  /* a file of what it wrote */
};

struct run {
    struct mem *mem;
    char folder[4096]; /* of the folders of the tests */
    bool here;         /* all in this process */
    struct child *children;
    int children_n;
    int passed;
    int failed;
};

bool test_check(struct test *t, bool ok, const char *file, int line,
                const char *what)
{
    t->checks++;
    if (ok)
        return true;
    t->failures++;
    fprintf(stderr, "%s:%d: %s: not true: %s\n", file, line, t->name, what);
    return false;
}

bool test_int(struct test *t, int64_t got, int64_t want, const char *file,
              int line, const char *what)
{
    t->checks++;
    if (got == want)
        return true;
    t->failures++;
    fprintf(stderr, "%s:%d: %s: %s is %lld, not %lld\n", file, line, t->name,
            what, (long long)got, (long long)want);
    return false;
}

bool test_str(struct test *t, struct str got, struct str want, const char *file,
              int line, const char *what)
{
    t->checks++;
    if (str_eq(got, want))
        return true;
    t->failures++;
    fprintf(stderr, "%s:%d: %s: %s is \"%.*s\", not \"%.*s\"\n", file, line,
            t->name, what, STR_ARG(got), STR_ARG(want));
    return false;
}

void test_end(struct test *t)
{
    longjmp(t->end, 1);
}

struct str test_folder(struct test *t)
{
    const char *path = str_c(t->mem, t->folder);

    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        BUG("could not make the folder %s", path);
    return t->folder;
}

struct str test_last_words(struct test *t, void (*run)(void *arg), void *arg)
{
    const char *path = str_fmt(t->mem, "%.*s/said", STR_ARG(test_folder(t))).p;
    int fd = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
    pid_t pid = fork();
    struct text reason;
    struct str said;
    int status = 0;

    if (pid == 0) {
        if (dup2(fd, STDERR_FILENO) >= 0)
            run(arg);
        _exit(0);
    }
    close(fd);
    if (pid < 0 || waitpid(pid, &status, 0) != pid ||
        !file_read(t->mem, str_from(path), 1 << 20, &said, &reason))
        BUG("could not run a process");
    CHECK(WIFSIGNALED(status));
    return said;
}

struct str test_data(struct test *t, const char *path)
{
    struct text reason;
    struct str content;

    if (!file_read(t->mem, str_from(path), 64 << 20, &content, &reason))
        BUG("%.*s (run the tests from the project's folder)",
            STR_ARG(reason.en));
    return content;
}

static void test_run(struct test *t, const struct test_entry *e)
{
    t->mem = mem_new();
    if (setjmp(t->end) == 0)
        e->run(t);
    mem_free(t->mem);
    t->ended = true;
}

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static void remove_folder(const char *path)
{
    if (nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0 &&
        errno != ENOENT)
        perror(path);
}

/* Whether the test ended by itself, after a check; else says how it ended. */
static bool has_ended(const struct test *t, int status)
{
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        fprintf(stderr, "%s: did not end within %d s\n", t->name, PATIENCE_S);
    else if (WIFSIGNALED(status))
        fprintf(stderr, "%s: ended by signal %d, %s\n", t->name,
                WTERMSIG(status), strsignal(WTERMSIG(status)));
    else if (!t->ended || WEXITSTATUS(status) != 0)
        fprintf(stderr, "%s: ended by exit(%d)\n", t->name,
                WEXITSTATUS(status));
    else if (t->checks == 0)
        fprintf(stderr, "%s: checks nothing\n", t->name);
    else
        return true;
    return false;
}

static void run_count(struct run *r, const struct test *t, int status)
{
    if (has_ended(t, status) && t->failures == 0)
        r->passed++;
    else
        r->failed++;
    remove_folder(str_c(r->mem, t->folder));
}

/* ---- one process a test ------------------------------------------------- */

static _Noreturn void child_main(struct child *c, const struct test_entry *e)
{
    if (dup2(c->said, STDOUT_FILENO) < 0 || dup2(c->said, STDERR_FILENO) < 0)
        BUG("could not catch what a test writes");
    alarm(PATIENCE_S);
    test_run(&c->test, e);
    exit(0); /* not _exit(): the sanitizer looks for leaks here */
}

static void child_start(struct child *c, const struct test_entry *e)
{
    pid_t pid;

    c->said = memfd_create(e->name, MFD_CLOEXEC);
    pid = fork();
    if (c->said < 0 || pid < 0)
        BUG("could not start %s", e->name);
    if (pid == 0)
        child_main(c, e);
    c->pid = pid;
}

static void child_show(struct child *c)
{
    char bytes[4096];
    off_t at = 0;
    ssize_t n;

    while ((n = pread(c->said, bytes, sizeof(bytes), at)) > 0) {
        fwrite(bytes, 1, (size_t)n, stderr);
        at += n;
    }
    close(c->said);
}

/* The place where the process `pid` runs, or with 0 a free one; or NULL. */
static struct child *run_child(struct run *r, pid_t pid)
{
    for (int i = 0; i < r->children_n; i++)
        if (r->children[i].pid == pid)
            return &r->children[i];
    return NULL;
}

/* Wait for a test to end; false: none runs. */
static bool run_wait(struct run *r)
{
    int status;
    pid_t pid = wait(&status);
    struct child *c = run_child(r, pid);

    if (c) {
        child_show(c);
        run_count(r, &c->test, status);
        c->pid = 0;
    }
    return pid > 0;
}

/* ---- the run ------------------------------------------------------------ */

static void run_begin(struct run *r)
{
    const char *root = getenv("TMPDIR");
    const char *separate = getenv("DAJUAN_TEST_FORK");

    *r = (struct run){ .mem = mem_new() };
    snprintf(r->folder, sizeof(r->folder), "%s/dajuan-test-XXXXXX",
             root ? root : "/tmp");
    if (!mkdtemp(r->folder))
        BUG("could not make a folder for tests");
    r->here = separate && strcmp(separate, "0") == 0;
    r->children_n = r->here ? 1 : (int)sysconf(_SC_NPROCESSORS_ONLN);
    r->children =
        mmap(NULL, (size_t)r->children_n * sizeof(*r->children),
             PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (r->children == MAP_FAILED)
        BUG("no memory for tests");
}

static void run_test(struct run *r, const struct test_entry *e)
{
    struct child *c;

    while (!(c = run_child(r, 0)))
        run_wait(r);
    *c = (struct child){ 0 };
    c->test.name = e->name;
    c->test.folder = str_fmt(r->mem, "%s/%s", r->folder, e->name);
    if (!r->here) {
        child_start(c, e);
        return;
    }
    test_run(&c->test, e);
    run_count(r, &c->test, 0);
}

int main(int argc, char **argv)
{
    struct run r;

    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    run_begin(&r);
    for (const struct test_entry *e = test_entries; e->name; e++)
        if (argc < 2 || strstr(e->name, argv[1]))
            run_test(&r, e);
    while (run_wait(&r))
        ;
    remove_folder(r.folder);
    mem_free(r.mem);
    printf("%d passed, %d failed\n", r.passed, r.failed);
    return r.failed ? 1 : 0;
}
