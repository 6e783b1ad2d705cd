/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "test/test.h"

#include <pthread.h>

static void stop_with_a_note(void *arg)
{
    (void)arg;
    bug_note("request=1");
    bug_note("request=2");
    BUG("seat %d", 7);
}

static void stop_after_a_note(void *arg)
{
    (void)arg;
    bug_note("request=1");
    bug_note(NULL);
    BUG("seat %d", 7);
}

static void *take_note(void *arg)
{
    bug_note("request=1");
    return arg;
}

static void stop_beside_a_note(void *arg)
{
    pthread_t other;

    (void)arg;
    if (pthread_create(&other, NULL, take_note, NULL) == 0)
        pthread_join(other, NULL);
    BUG("seat %d", 7);
}

/* Without file and line. */
static struct str last_words(struct test *t, void (*run)(void *arg))
{
    struct str said = test_last_words(t, run, NULL);

    return str_slice(said, str_find(said, S("seat")), said.n);
}

TEST(a_bug_ends_with_what_its_thread_worked_on)
{
    CHECK_STR(last_words(t, stop_with_a_note), S("seat 7 (request=2)\n"));
    CHECK_STR(last_words(t, stop_after_a_note), S("seat 7\n"));
    CHECK_STR(last_words(t, stop_beside_a_note), S("seat 7\n"));
}
