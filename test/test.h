/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * test.h - a test is a sentence, a given, a check.
 *
 *     TEST(dates_refuse_a_day_that_is_not)
 *     {
 *         int32_t d = 0;
 *
 *         CHECK_INT(date_read(S("2024年2月30日"), &d), DATE_IMPOSSIBLE);
 *     }
 *
 * Tests stand in *_test.c beside the code and are found by name. `t` is the
 * running test: t->mem ends with it, test_folder(t) is an empty folder that
 * is removed with it. A failed CHECK is reported and the test goes on; a
 * failed NEED ends the test: for what the next lines cannot do without.
 *
 * A test has a process to itself: a crash, an exit() or a hang fails that
 * test by name, and the run goes on.
 */
#ifndef DAJUAN_TEST_TEST_H
#define DAJUAN_TEST_TEST_H

#include "base/str.h"

#include <setjmp.h>

struct test {
    const char *name;
    struct mem *mem;
    struct str folder; /* its path; made by test_folder() */
    int checks;
    int failures;
    bool ended;  /* with all clean-up; not by a crash */
    jmp_buf end; /* for NEED */
};

#define TEST(name)                                                             \
    void test_##name(struct test *t);                                          \
    void test_##name(struct test *t)

#define CHECK(cond) test_check(t, (cond), __FILE__, __LINE__, #cond)
#define CHECK_INT(got, want)                                                   \
    test_int(t, (int64_t)(got), (int64_t)(want), __FILE__, __LINE__, #got)
#define CHECK_STR(got, want)                                                   \
    test_str(t, (got), (want), __FILE__, __LINE__, #got)

/* On the test's own thread only. */
#define NEED(cond) (CHECK(cond) ? (void)0 : test_end(t))
#define NEED_INT(got, want) (CHECK_INT(got, want) ? (void)0 : test_end(t))

bool test_check(struct test *t, bool ok, const char *file, int line,
                const char *what);
bool test_int(struct test *t, int64_t got, int64_t want, const char *file,
              int line, const char *what);
bool test_str(struct test *t, struct str got, struct str want, const char *file,
              int line, const char *what);

/* Leave the test at once; what hangs on t->mem is ended as always. */
_Noreturn void test_end(struct test *t);

/*
 * What run(arg) says on standard error, in a process of its own that it ends
 * by a signal, as a BUG does.
 */
struct str test_last_words(struct test *t, void (*run)(void *arg), void *arg);

/* An empty folder of this test's own; the path has no slash at its end. */
struct str test_folder(struct test *t);
/* The content of a file under the project's folder; stops when absent. */
struct str test_data(struct test *t, const char *path);

#endif
