/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is slow, and what is left of it while it is sent. */
#include "host/desk/sender_test.h"

#include "base/hash.h"

#include <unistd.h>
#include <zlib.h>

enum { TREES = 3000 };

TEST(a_list_is_quick_until_it_is_searched_sorted_or_filtered)
{
    static const char *const quick[] = {
        "",
        "year=2024",
        "page=20",
        "page=2&year=2024&lang=en",
        "q=",
        "field=&q=",
        "size=20&skin=dark",
        "page=x",
        "year=x",
        "sort=&due=&",
        "%zz",
    };
    static const char *const slow[] = {
        "q=a",     "sort=name",       "field=green", "year=all", "due=soon",
        "page=21", "year=2024&can=x", "voided=1",    "%71=a",    "a&q=b",
    };

    for (size_t i = 0; i < COUNT(quick); i++)
        CHECK_INT(pace_of_rows(t->mem, str_from(quick[i])), PACE_QUICK);
    for (size_t i = 0; i < COUNT(slow); i++)
        CHECK_INT(pace_of_rows(t->mem, str_from(slow[i])), PACE_SLOW);
}

/* A download is told by its name; a new one must say its pace. */
TEST(every_route_to_a_file_is_at_home_on_slow_threads)
{
    static const struct str ends[] = { S_INIT(".csv"), S_INIT(".xlsx"),
                                       S_INIT(".json"), S_INIT("/bundle") };
    const struct route *r;
    int files = 0;

    for (size_t i = 0; (r = route_at(i)) != NULL; i++)
        for (size_t k = 0; k < COUNT(ends); k++)
            if (str_ends(r->pattern, ends[k])) {
                files++;
                CHECK(r->method == ROUTE_GET && r->pace &&
                      r->pace(t->mem, S("")) != PACE_QUICK);
            }
    CHECK(files >= 7);
}

/* ---- how it is read ---- */

static struct given *given_trees(struct test *t)
{
    struct given *g = given(t);

    for (int i = 0; i < TREES; i++) {
        struct hash h = HASH_OF(str_fmt(t->mem, "%d", i));

        given_keep(g, sample_tree(g, hex_encode(t->mem,
                                                (struct str){ (char *)h.b,
                                                              sizeof(h.b) })));
    }
    return g;
}

static struct spool_budget *given_budget(struct test *t, size_t most)
{
    struct spool_budget *b = NEW(t->mem, struct spool_budget);

    b->folder = test_folder(t);
    b->most = most;
    return b;
}

/* A visitor asks; `x` ends with its own memory. */
static struct job *given_job(const char *path, const struct desk_facts *facts)
{
    struct mem *m = mem_new();
    struct exchange *x = NEW(m, struct exchange);

    x->m = m;
    x->head.method = HTTP_GET;
    x->head.method_name = S("GET");
    x->head.path = str_from(path);
    response_init(&x->response, m);
    return request_job(x, facts);
}

static struct str whole_body(struct test *t, const struct response *r)
{
    size_t n = response_size(r, false);
    char *p = mem_raw(t->mem, n);

    if (!r->file)
        return str_dup(t->mem, response_body(r, false));
    CHECK_INT(pread(spool_fd(r->file), p, n, 0), n);
    return (struct str){ p, n };
}

static bool has_header(const struct job *j, struct str line)
{
    return str_find(buf_str(&j->x->response.headers), line) != SIZE_MAX;
}

static void check_unpacks(struct test *t, const struct job *packed,
                          const struct job *plain)
{
    struct str body = whole_body(t, &packed->x->response);
    size_t room = response_size(&plain->x->response, false);
    z_stream z = { .next_in = (Bytef *)(uintptr_t)body.p,
                   .avail_in = (uInt)body.n };
    char *out = mem_raw(t->mem, room + 1);

    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)room + 1;
    NEED(inflateInit2(&z, 15 + 16) == Z_OK);
    CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
    inflateEnd(&z);
    CHECK(str_eq((struct str){ out, z.total_out },
                 whole_body(t, &plain->x->response)));
}

/* Read as a slow one and as a quick one without files: the same answer. */
static void check_same(struct given *g, const char *path)
{
    struct test *t = g->t;
    struct spool_budget *b = given_budget(t, 64 << 20);
    struct desk_facts facts = { .budget = b };
    struct desk_facts plain = { .trace = false };
    struct job *slow = given_job(path, &facts);
    struct job *quick = given_job(path, &plain);

    CHECK(request_pace(slow) != PACE_QUICK);
    request_read_slow(slow, g->house, &facts);
    request_read(quick, g->house, &plain);
    CHECK_INT(slow->x->response.status, 200);
    CHECK(slow->x->response.file && !quick->x->response.file);
    CHECK_STR(buf_str(&slow->x->response.headers),
              buf_str(&quick->x->response.headers));
    CHECK(str_eq(whole_body(t, &slow->x->response),
                 whole_body(t, &quick->x->response)));
    CHECK(mem_size(slow->x->m) < 128 << 10);
    CHECK_INT(b->taken, response_size(&slow->x->response, false));
    mem_free(slow->x->m);
    mem_free(quick->x->m);
    CHECK_INT(b->taken, 0);
}

TEST(a_slow_answer_is_the_same_and_waits_without_memory)
{
    struct given *g = given_trees(t);

    given_commit(g);
    check_same(g, "/sample/tree/export.csv");
    check_same(g, "/sample/tree/export.json");
    check_same(g, "/sample/tree/export.xlsx");
    check_same(g, "/sample/tree/print");
    check_same(g, "/figures/sample.trees/rows.csv");
    check_same(g, "/figures/sample.trees/rows.xlsx");
    check_same(g, "/figures/sample.trees/rows.json");
}

TEST(a_large_file_is_compressed_for_visitors_who_take_it)
{
    struct given *g = given_trees(t);
    struct desk_facts facts = { .budget = given_budget(t, 64 << 20) };
    struct job *plain = given_job("/sample/tree/export.csv", &facts);
    struct job *packed = given_job("/sample/tree/export.csv", &facts);
    struct http_head *h = &packed->x->head;

    given_commit(g);
    h->headers[h->header_count++] =
        (struct http_header){ S("Accept-Encoding"), S("gzip, br") };
    request_read_slow(plain, g->house, &facts);
    request_read_slow(packed, g->house, &facts);
    CHECK(!has_header(plain, S("Content-Encoding: ")));
    CHECK(has_header(packed, S("Content-Encoding: gzip\r\n")));
    CHECK(has_header(packed, S("Vary: Accept-Encoding, Cookie\r\n")));
    CHECK(response_size(&packed->x->response, false) <
          response_size(&plain->x->response, false));
    check_unpacks(t, packed, plain);
    mem_free(plain->x->m);
    mem_free(packed->x->m);
}

TEST(a_slow_answer_that_finds_no_room_is_refused_with_a_time)
{
    static const char *const paths[] = { "/sample/tree/export.csv",
                                         "/sample/tree/export.xlsx",
                                         "/sample/tree/print" };
    struct given *g = given_trees(t);
    struct desk_facts facts = { .budget = given_budget(t, 1000) };

    given_commit(g);
    for (size_t i = 0; i < COUNT(paths); i++) {
        struct job *j = given_job(paths[i], &facts);
        struct response *r = &j->x->response;

        request_read_slow(j, g->house, &facts);
        CHECK_INT(r->status, 503);
        CHECK(!r->file && response_size(r, false) > 0);
        CHECK(str_find(buf_str(&r->headers), S("Retry-After: ")) != SIZE_MAX);
        CHECK_INT(facts.budget->taken, 0);
        mem_free(j->x->m);
    }
}

TEST(what_is_noted_of_a_slow_answer_outlives_what_it_was_made_of)
{
    struct given *g = given(t);
    struct sender *s;
    struct exchange *x;
    struct job *j;

    given_keep(g, sample_keeper(g));
    s = given_sender(g, "wang");
    s->facts.budget = given_budget(t, 64 << 20);
    x = sender_exchange(s, S("/sample/keeper/export.csv"));
    x->head.method = HTTP_GET;
    j = request_job(x, &s->facts);
    request_read_slow(j, g->house, &s->facts);
    CHECK_INT(x->response.status, 200);
    NEED(j->notes != NULL);
    CHECK_STR(j->notes->event.what, S("sample.keeper"));
    CHECK_STR(j->notes->event.form, S("csv"));
    CHECK_INT(j->notes->event.n, 1);
}

TEST(a_file_that_may_not_leave_is_gone_from_the_answer)
{
    struct given *g = given_trees(t);
    struct desk_facts facts = { .budget = given_budget(t, 64 << 20) };
    struct job *j = given_job("/sample/tree/export.csv", &facts);

    given_commit(g);
    request_read_slow(j, g->house, &facts);
    NEED(j->x->response.file != NULL);
    request_not_kept(j->x, false);
    CHECK(!j->x->response.file);
    CHECK(response_size(&j->x->response, false) < 300);
    mem_free(j->x->m);
}
