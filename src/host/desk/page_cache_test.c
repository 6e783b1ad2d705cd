/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is found, what is not any more, and how much it may take. */
#include "host/desk/page_cache.h"

#include "test/test.h"

#include <pthread.h>
#include <string.h>

enum { MOST = 1 << 20 };

static struct db_stamp stamp(unsigned char what)
{
    return (struct db_stamp){ .n = 2, .b = { what, 1 } };
}

static void put(struct page_cache *cache, struct str key, unsigned char when,
                struct str body)
{
    struct db_stamp s = stamp(when);

    page_cache_put(cache, key, &s,
                   &(struct cached_answer){ .etag = S("\"e\""),
                                            .headers = S("A: b\r\n"),
                                            .body = body });
}

/* The body; p is NULL when it is not there. */
static struct str find(struct page_cache *cache, struct mem *m, struct str key,
                       unsigned char when)
{
    struct db_stamp s = stamp(when);
    struct cached_answer a = { 0 };

    page_cache_find(cache, key, &s, m, &a);
    return a.body;
}

static struct str long_body(struct mem *m, char fill, size_t n)
{
    char *p = mem_raw(m, n);

    memset(p, fill, n);
    return (struct str){ p, n };
}

TEST(an_answer_is_found_by_its_key_and_stamp_alone)
{
    struct page_cache *cache = page_cache_new(t->mem, MOST);
    struct db_stamp s = stamp(1);
    struct cached_answer a;

    put(cache, S("/a"), 1, S("first"));
    put(cache, S("/b"), 1, S("second"));
    NEED(page_cache_find(cache, S("/a"), &s, t->mem, &a));
    CHECK_STR(a.body, S("first"));
    CHECK_STR(a.headers, S("A: b\r\n"));
    CHECK_STR(a.etag, S("\"e\""));
    CHECK_STR(find(cache, t->mem, S("/b"), 1), S("second"));
    CHECK(!find(cache, t->mem, S("/a"), 2).p);
    CHECK(!find(cache, t->mem, S("/c"), 1).p);
    put(cache, S("/a"), 2, S("later"));
    CHECK(!find(cache, t->mem, S("/a"), 1).p);
    CHECK_STR(find(cache, t->mem, S("/a"), 2), S("later"));
    CHECK_STR(a.body, S("first"));
}

TEST(without_a_stamp_nothing_is_found)
{
    struct page_cache *cache = page_cache_new(t->mem, MOST);
    struct db_stamp none = { 0 };
    struct cached_answer a = { .body = S("x"),
                               .headers = S(""),
                               .etag = S("") };

    page_cache_put(cache, S("/a"), &none, &a);
    CHECK(!page_cache_find(cache, S("/a"), &none, t->mem, &a));
}

TEST(the_answers_that_were_not_asked_for_longest_make_room)
{
    enum { EACH = 100 << 10 };
    struct page_cache *cache = page_cache_new(t->mem, MOST);

    put(cache, S("/old"), 1, long_body(t->mem, 'o', EACH));
    put(cache, S("/asked"), 1, long_body(t->mem, 'a', EACH));
    for (int i = 0; i < 12; i++) {
        put(cache, str_fmt(t->mem, "/%d", i), 1, long_body(t->mem, 'x', EACH));
        CHECK_INT(find(cache, t->mem, S("/asked"), 1).n, EACH);
        CHECK(page_cache_size(cache) <= MOST);
    }
    CHECK(page_cache_size(cache) > MOST / 2);
    CHECK(!find(cache, t->mem, S("/old"), 1).p);
    CHECK(!find(cache, t->mem, S("/0"), 1).p);
    CHECK_INT(find(cache, t->mem, S("/11"), 1).n, EACH);
    CHECK_INT(find(cache, t->mem, S("/10"), 1).n, EACH);
}

TEST(an_answer_with_no_room_at_all_is_left_out_and_takes_no_other_away)
{
    struct page_cache *cache = page_cache_new(t->mem, MOST);

    put(cache, S("/small"), 1, S("small"));
    put(cache, S("/large"), 1, long_body(t->mem, 'x', MOST));
    CHECK(!find(cache, t->mem, S("/large"), 1).p);
    CHECK_STR(find(cache, t->mem, S("/small"), 1), S("small"));
}

TEST(an_answer_put_again_takes_its_place_once)
{
    struct page_cache *cache = page_cache_new(t->mem, MOST);
    size_t size;

    put(cache, S("/a"), 1, long_body(t->mem, 'x', 50000));
    size = page_cache_size(cache);
    CHECK(size >= 50000);
    for (unsigned char i = 2; i < 100; i++)
        put(cache, S("/a"), i, long_body(t->mem, 'x', 50000));
    CHECK_INT(page_cache_size(cache), size);
}

TEST(an_answer_that_is_being_sent_outlives_its_place)
{
    struct page_cache *cache = page_cache_new(t->mem, MOST);
    struct mem *sending = mem_child(t->mem);
    struct str body;

    put(cache, S("/a"), 1, long_body(t->mem, 'a', 100000));
    body = find(cache, sending, S("/a"), 1);
    NEED(body.p != NULL);
    CHECK(find(cache, sending, S("/a"), 1).p == body.p);
    put(cache, S("/a"), 2, S("other"));
    for (int i = 0; i < 30; i++)
        put(cache, str_fmt(t->mem, "/%d", i), 1, long_body(t->mem, 'x', 90000));
    CHECK(!find(cache, t->mem, S("/a"), 2).p);
    CHECK(str_eq(body, long_body(t->mem, 'a', 100000)));
    mem_free(sending);
    CHECK(page_cache_size(cache) <= MOST);
}

/* ---- threads ---- */

enum { THREADS = 4, TURNS = 4000, KEYS = 40 };

struct turn {
    struct page_cache *cache;
    unsigned seed;
    int found;
    bool wrong;
};

/* Each body is its key, many times over. */
static void *find_and_put(void *arg)
{
    struct turn *turn = arg;
    struct mem *m = mem_new();

    for (int i = 0; i < TURNS; i++) {
        char key = (char)('0' + (turn->seed = turn->seed * 1103515245 + 12345) /
                                    65536 % KEYS);
        struct str name = { &key, 1 };
        struct str body;

        mem_reset(m);
        body = find(turn->cache, m, name, 1);
        if (!body.p) {
            put(turn->cache, name, 1, long_body(m, key, 40000));
            continue;
        }
        turn->found++;
        turn->wrong |=
            body.n != 40000 || body.p[0] != key || body.p[39999] != key;
    }
    mem_free(m);
    return NULL;
}

TEST(threads_find_whole_answers_while_others_make_room)
{
    struct page_cache *cache = page_cache_new(t->mem, MOST);
    struct turn turn[THREADS];
    pthread_t thread[THREADS];

    for (unsigned i = 0; i < THREADS; i++) {
        turn[i] = (struct turn){ .cache = cache, .seed = i };
        NEED(pthread_create(&thread[i], NULL, find_and_put, &turn[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        NEED(pthread_join(thread[i], NULL) == 0);
        CHECK(!turn[i].wrong);
        CHECK(turn[i].found > 0 && turn[i].found < TURNS);
    }
    CHECK(page_cache_size(cache) <= MOST);
}
