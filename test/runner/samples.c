/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Tests that end in every way there is; test/runner/run knows how. */
#include "test/test.h"

#include "base/file.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void say(void *words)
{
    puts(words);
}

/* A folder with a file in it, which must be gone after the run. */
static void given_litter(struct test *t)
{
    struct str path = file_path(t->mem, test_folder(t), S("litter"));
    struct text reason;

    if (!file_write(t->mem, path, S("litter"), 0600, &reason))
        BUG("%.*s", STR_ARG(reason.en));
}

TEST(sound)
{
    given_litter(t);
    CHECK_STR(test_folder(t), test_folder(t));
}

TEST(failed_check_goes_on)
{
    CHECK(1 > 2);
    CHECK_INT(1 + 1, 3);
    CHECK_STR(S("a"), S("b"));
}

TEST(failed_need_ends_the_test_and_cleans_up)
{
    given_litter(t);
    mem_defer(t->mem, say, "memory ended");
    NEED(2 > 1);
    NEED(1 > 2);
    CHECK(!"this line is reached");
}

static void need_three(struct test *t, int n)
{
    NEED_INT(n, 3);
}

TEST(failed_need_of_a_helper_ends_the_test)
{
    need_three(t, 3);
    need_three(t, 4);
    CHECK(!"this line is reached");
}

TEST(no_check)
{
    (void)t;
}

TEST(null_pointer)
{
    volatile int *volatile nothing = NULL;

    given_litter(t);
    CHECK(1 > 2);
    *nothing = 1;
}

TEST(bug)
{
    CHECK(t != NULL);
    BUG("a mistake of ours");
}

TEST(division_by_zero)
{
    CHECK(t != NULL);
    raise(SIGFPE);
}

TEST(bus_error)
{
    CHECK(t != NULL);
    raise(SIGBUS);
}

TEST(exit_is_not_an_end)
{
    CHECK(t != NULL);
    exit(0);
}

TEST(crash_while_cleaning_up)
{
    CHECK(t != NULL);
    mem_defer(t->mem, (void (*)(void *))abort, NULL);
}

TEST(exit_that_finds_a_leak)
{
    CHECK(t != NULL);
    atexit((void (*)(void))abort);
}

/* The runner has set an alarm; it only rings sooner here. */
TEST(hang)
{
    NEED(alarm(1) > 60);
    for (;;)
        pause();
}

/* Two at a time, but their lines stay together. */
TEST(two_lines)
{
    CHECK(t != NULL);
    puts("two_lines: first");
    usleep(200000);
    fputs("two_lines: second\n", stderr);
}

TEST(two_more_lines)
{
    CHECK(t != NULL);
    puts("two_more_lines: first");
    usleep(200000);
    fputs("two_more_lines: second\n", stderr);
}
