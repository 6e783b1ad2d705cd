/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a line says, and above all what it does not. */
#include "host/desk/trail.h"

#include "host/given/given.h"
#include "test/engine.h"

static struct exchange *given_exchange(struct test *t, struct str path)
{
    struct exchange *x = NEW(t->mem, struct exchange);

    x->m = t->mem;
    x->head.method = HTTP_GET;
    x->head.method_name = S("GET");
    x->head.path = path;
    x->head.query = S("q=secret");
    response_init(&x->response, x->m);
    return x;
}

/* The path of the line, with what goes before and behind it looked at. */
static struct str shown(struct test *t, struct str path)
{
    struct trail trail;
    struct str line;
    size_t from;

    trail_begin(given_exchange(t, path), false, &trail);
    line = trail_line(&trail);
    from = str_find(line, S(" method=GET path=")) + 17;
    CHECK(str_starts(line, S("request=")));
    CHECK(str_ends(line, S(" statements=0 bytes=0 account=0")));
    CHECK_INT(str_find(line, S("secret")), SIZE_MAX);
    return str_slice(line, from, str_find(line, S(" status=200 ms=")));
}

static int64_t number_of(struct test *t, struct trail *trail)
{
    struct str line = trail_line(trail);
    struct str number;
    int64_t n = 0;

    NEED(str_starts(line, S("request=")));
    line = str_slice(line, 8, line.n);
    CHECK(str_cut(&line, S(" "), &number) && str_int(number, &n));
    return n;
}

/* Others may have come before, when all tests share a process. */
TEST(requests_are_numbered_as_they_come)
{
    struct exchange *x = given_exchange(t, S("/"));
    struct trail one;
    struct trail two;

    trail_begin(x, false, &one);
    trail_begin(x, false, &two);
    CHECK(number_of(t, &one) > 0);
    CHECK_INT(number_of(t, &two), number_of(t, &one) + 1);
}

TEST(a_line_shows_no_token_of_a_link)
{
    CHECK_STR(shown(t, S("/link/n0t-for-any-log")), S("/link/{token}"));
    CHECK_STR(shown(t, S("/link/n0t-for/edit")), S("/link/{token}/edit"));
    CHECK_STR(shown(t, S("/link/n0t%22for.")), S("/link/{token}"));
    CHECK_STR(shown(t, S("/link")), S("/link"));
    CHECK_STR(shown(t, S("/links/7")), S("/links/7"));
    CHECK_STR(shown(t, S("/figures/trees.count")), S("/figures/trees.count"));
}

TEST(a_path_cannot_break_its_line)
{
    CHECK_STR(shown(t, S("/a b\n\"c\"='d'\x7f\x80\\")),
              S("/a%20b%0A%22c%22%3D%27d%27%7F%80%5C"));
    CHECK_STR(shown(t, S("/%E6%A0%91/A-z_0.9~")), S("/%E6%A0%91/A-z_0.9~"));
    CHECK_STR(shown(t, S("")), S(""));
}

TEST(a_long_path_is_cut)
{
    char long_path[4000];
    struct str s;

    for (size_t i = 0; i < sizeof(long_path); i++)
        long_path[i] = '"';
    s = shown(t, (struct str){ long_path, sizeof(long_path) });
    CHECK_INT(s.n, 3 * 200 + 3);
    CHECK(str_ends(s, S("%22%22...")));
    long_path[0] = '/';
    s = shown(t, (struct str){ long_path, 200 });
    CHECK(str_ends(s, S("%22%22")));
}

static int64_t bytes_said(struct exchange *x)
{
    struct trail trail;
    struct str line;
    size_t from;
    int64_t n = -1;

    trail_begin(x, false, &trail);
    line = trail_line(&trail);
    from = str_find(line, S(" bytes=")) + 7;
    return str_int(str_slice(line, from, str_find(line, S(" account="))), &n)
               ? n
               : -1;
}

TEST(bytes_are_those_of_the_body_that_is_sent)
{
    struct exchange *x = given_exchange(t, S("/"));

    buf_lit(&x->response.body, "page");
    CHECK_INT(bytes_said(x), 4);
    x->response.fixed = S("asset of 20 bytes...");
    CHECK_INT(bytes_said(x), 20);
    x->response.status = 304;
    CHECK_INT(bytes_said(x), 0);
    x->response.status = 404;
    x->head.method = HTTP_HEAD;
    CHECK_INT(bytes_said(x), 0);
}

/* Three statements, one of them twice. */
static void look_around(struct given *g, struct trail *trail)
{
    struct db *db = g->house->db;
    struct tx tx;

    trail_enter(trail, db);
    tx_begin(db, false, &tx);
    for (int64_t kind = 99887701; kind < 99887703; kind++)
        tx_int(&tx, SQL("SELECT count(*) FROM tally WHERE district = ?1"),
               WITH(INT(kind)), 0);
    tx_int(&tx, SQL("SELECT 1"), (struct args){ 0 }, 0);
    tx_rollback(&tx);
    trail_leave(trail, db);
}

TEST(a_trace_says_how_often_each_statement_ran_and_how)
{
    struct given *g = given(t);
    struct trail trail;
    struct str steps;

    if (!engine_is_sqlite(t))
        return;
    trail_begin(given_exchange(t, S("/")), true, &trail);
    look_around(g, &trail);
    look_around(g, &trail);
    steps = trail_steps(&trail, g->house->db);
    CHECK_INT(trail.statements, 6);
    CHECK(str_starts(steps, S("    n=4 us=")));
    CHECK(str_find(steps, S(" SELECT count(*) FROM tally WHERE district = ?1\n"
                            "        SEARCH tally USING ")) != SIZE_MAX);
    CHECK(str_find(steps, S("\n    n=2 us=")) != SIZE_MAX);
    CHECK(str_find(steps, S(" SELECT 1\n        SCAN CONSTANT ROW\n")) !=
          SIZE_MAX);
    CHECK_INT(str_find(steps, S("998877")), SIZE_MAX);
}

TEST(without_a_trace_statements_are_only_counted)
{
    struct given *g = given(t);
    struct trail trail;

    trail_begin(given_exchange(t, S("/")), false, &trail);
    look_around(g, &trail);
    CHECK_INT(trail.statements, 3);
    CHECK_STR(trail_steps(&trail, g->house->db), S(""));
}
