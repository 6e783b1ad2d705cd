/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The test runner: runs every TEST() found at build time, or those whose
 * name contains the argument, and ends with "N passed, N failed".
 */
#include "test/test.h"

#include "base/file.h"

#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct test_entry {
    const char *name;
    void (*run)(struct test *t);
};
extern const struct test_entry test_entries[];

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

static int remove_one(const char *path, const struct stat *st, int flag,
                      struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

struct str test_folder(struct test *t)
{
    const char *root = getenv("TMPDIR");
    char *path;

    if (t->folder.n)
        return t->folder;
    path = mem_alloc(t->mem, 4096);
    snprintf(path, 4096, "%s/dajuan-test-XXXXXX", root ? root : "/tmp");
    if (!mkdtemp(path))
        BUG("could not make a folder for tests");
    t->folder = str_from(path);
    return t->folder;
}

struct str test_data(struct test *t, const char *path)
{
    struct str content;

    if (!file_read(t->mem, str_from(path), 64 << 20, &content))
        BUG("%.*s (run the tests from the project's folder)", STR_ARG(content));
    return content;
}

int main(int argc, char **argv)
{
    int passed = 0;
    int failed = 0;

    setvbuf(stdout, NULL, _IOLBF, 0);
    signal(SIGPIPE, SIG_IGN);
    for (const struct test_entry *e = test_entries; e->name; e++) {
        struct test t = { .name = e->name };

        if (argc > 1 && !strstr(e->name, argv[1]))
            continue;
        t.mem = mem_new();
        e->run(&t);
        if (t.checks == 0)
            BUG("%s checks nothing", e->name);
        if (t.folder.n)
            nftw(t.folder.p, remove_one, 16, FTW_DEPTH | FTW_PHYS);
        mem_free(t.mem);
        if (t.failures)
            failed++;
        else
            passed++;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed ? 1 : 0;
}
