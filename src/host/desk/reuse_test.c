/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which answers are sent again, to whom, and until when. */
#include "host/desk/visitor_test.h"

static struct visitor *given_visitor_of_trees(struct test *t)
{
    struct given *g = given(t);

    given_keep(g, sample_tree(g, S("甲")));
    return given_visitor(g);
}

static void plant(struct visitor *v, struct str name)
{
    given_keep(v->g, sample_tree(v->g, name));
    given_commit(v->g);
}

/* Was the answer made before? */
static bool is_cached(struct visitor *v, struct visit what)
{
    struct visited seen = visit(v, what);

    mem_free(seen.m);
    return seen.cached;
}

/* Asked twice: is the second answer the first one? */
static bool is_reused(struct visitor *v, struct visit what)
{
    is_cached(v, what);
    return is_cached(v, what);
}

#define VISIT(...) ((struct visit){ __VA_ARGS__ })
#define TREES .to = "/sample/tree"

TEST(a_visitors_page_is_made_once_for_all_threads_until_a_commit)
{
    struct visitor *v = given_visitor_of_trees(t);

    CHECK(!is_cached(v, VISIT(TREES)));
    CHECK(is_cached(v, VISIT(TREES)));
    CHECK(is_cached(v, VISIT(TREES, .reader = 1)));
    plant(v, S("乙"));
    CHECK(!is_cached(v, VISIT(TREES, .reader = 1)));
    CHECK(is_cached(v, VISIT(TREES)));
}

/* Plants a tree behind the back of whoever reads, after the first statement. */
static void plant_once(void *arg, struct str sql, int64_t us)
{
    struct visitor *v = arg;

    (void)sql;
    (void)us;
    db_watch(v->reader[0]->db, NULL);
    plant(v, S("乙"));
}

TEST(a_page_that_was_made_while_somebody_wrote_is_not_kept)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct db_watch watch = { plant_once, v };
    struct visited seen;

    db_watch(v->reader[0]->db, &watch);
    seen = visit(v, VISIT(TREES));
    CHECK(!seen.cached && str_find(seen.body, S("乙")) == SIZE_MAX);
    mem_free(seen.m);
    seen = visit(v, VISIT(TREES));
    CHECK(!seen.cached && str_find(seen.body, S("乙")) != SIZE_MAX);
    mem_free(seen.m);
    CHECK(is_cached(v, VISIT(TREES)));
}

TEST(what_was_undone_leaves_pages_as_they_are)
{
    struct visitor *v = given_visitor_of_trees(t);

    is_cached(v, VISIT(TREES));
    given_keep(v->g, sample_tree(v->g, S("乙")));
    CHECK(is_cached(v, VISIT(TREES)));
    given_settle(v->g, E_INPUT);
    CHECK(is_cached(v, VISIT(TREES)));
}

TEST(a_page_is_used_again_for_the_same_language_look_coding_and_host_only)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct visit other[] = {
        { TREES, .cookie = "lang=en" },
        { TREES, .cookie = "size=20" },
        { TREES, .cookie = "skin=dark" },
        { TREES, .gzip = true },
        { TREES, .host = "y" },
        { TREES, .https = true },
        { .to = "/sample/tree?" },
        { .to = "/sample/tree?page=1" },
        { .to = "/sample" },
    };

    CHECK(is_reused(v, VISIT(TREES)));
    for (size_t i = 0; i < COUNT(other); i++) {
        CHECK(!is_cached(v, other[i]));
        CHECK(is_cached(v, other[i]));
    }
    CHECK(is_cached(v, VISIT(TREES)));
}

/* What no page looks at does not keep people from the same page. */
TEST(cookies_of_others_and_words_that_are_none_do_not_matter)
{
    struct visitor *v = given_visitor_of_trees(t);

    is_cached(v, VISIT(TREES));
    CHECK(is_cached(v, VISIT(TREES, .cookie = "x=1; dajuan_known=abc")));
    CHECK(is_cached(v, VISIT(TREES, .cookie = "lang=fr; size=99")));
}

TEST(a_head_gets_what_a_get_left_and_the_other_way_round)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct visited get = visit(v, VISIT(TREES));
    struct visited head = visit(v, VISIT(TREES, .method = HTTP_HEAD));

    CHECK(!get.cached && head.cached);
    CHECK_STR(head.headers, get.headers);
    CHECK_STR(head.body, get.body);
    CHECK(!is_cached(v, VISIT(.to = "/journal", .method = HTTP_HEAD)));
    CHECK(is_cached(v, VISIT(.to = "/journal")));
    mem_free(get.m);
    mem_free(head.m);
}

TEST(whoever_brings_a_session_even_one_that_ended_gets_a_page_of_their_own)
{
    struct visitor *v = given_visitor_of_trees(t);
    const char *cookie = "lang=zh; dajuan=bm90aGluZw";
    struct visited seen;

    is_cached(v, VISIT(TREES));
    CHECK(!is_reused(v, VISIT(TREES, .cookie = cookie)));
    CHECK(!is_reused(v, VISIT(TREES, .cookie = "dajuan=")));
    seen = visit(v, VISIT(TREES, .cookie = cookie));
    CHECK_INT(seen.status, 200);
    CHECK_STR(seen.etag, S(""));
    CHECK(is_cached(v, VISIT(TREES)));
    mem_free(seen.m);
}

TEST(a_signed_in_page_is_never_kept_and_has_no_tag)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct act *act = given_act(v->g);
    struct account_plan plan = { .name = S("王芳"),
                                 .login = S("wang"),
                                 .roles = ROLE_OFFICER };
    struct visit asked = { TREES };
    struct visited seen;
    int64_t account;

    NEED_INT(account_add(act, &plan, S(""), &account), OK);
    asked.cookie = str_fmt(t->mem, "dajuan=%.*s",
                           STR_ARG(session_begin(act, account, S("test"))))
                       .p;
    given_commit(v->g);
    CHECK(!is_reused(v, asked));
    asked.etag = "*";
    seen = visit(v, asked);
    CHECK(str_find(seen.body, S("王芳")) != SIZE_MAX);
    CHECK_INT(seen.status, 200);
    CHECK_STR(seen.etag, S(""));
    CHECK_STR(header_said(seen.headers, S("Cache-Control")), S("no-store"));
    CHECK(!is_cached(v, VISIT(TREES)));
    mem_free(seen.m);
}

TEST(an_answer_that_holds_once_is_not_used_again)
{
    struct visitor *v = given_visitor_of_trees(t);

    CHECK(!is_reused(v, VISIT(.to = "/signin"))); /* a form token */
    CHECK(!is_reused(v, VISIT(.to = "/link/abc")));
    CHECK(!is_reused(v, VISIT(.to = "/sample/tree?lang=en"))); /* a cookie */
    CHECK(!is_reused(v, VISIT(.to = "/nothing")));             /* not a 200 */
    CHECK(!is_reused(v, VISIT(.to = "/sample/tree/99")));
    CHECK(!is_reused(v, VISIT(.to = "/sample/tree/new")));
    CHECK(!is_reused(v, VISIT(.to = "/me")));
    CHECK(!is_reused(v, VISIT(.to = "/healthz"))); /* how it is now */
    CHECK(!is_reused(v, VISIT(TREES, .cookie = "said=saved.%2Fsample%2Ftree")));
    CHECK(is_reused(v, VISIT(TREES)));
}

/* Nothing has been written yet, so it says that it is of this minute. */
TEST(a_page_that_says_what_time_it_is_is_not_used_again)
{
    struct visitor *v = given_visitor(given(t));

    CHECK(!is_reused(v, VISIT(.to = "/law")));
    plant(v, S("甲"));
    CHECK(is_reused(v, VISIT(.to = "/law")));
}

TEST(a_page_of_yesterday_is_not_used_today)
{
    struct visitor *v = given_visitor_of_trees(t);

    CHECK(is_reused(v, VISIT(TREES)));
    v->g->house->fixed_now += INT64_C(3600) * 1000;
    CHECK(is_cached(v, VISIT(TREES)));
    v->g->house->fixed_now += INT64_C(24) * 3600 * 1000;
    CHECK(!is_cached(v, VISIT(TREES)));
    CHECK(is_cached(v, VISIT(TREES)));
}

TEST(a_page_that_midnight_overtook_is_nobody_elses)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct house *h = v->reader[0];
    struct visit trees = { TREES };
    struct exchange *x = visit_exchange(&trees);
    struct job *j = request_job(x, &v->facts);

    h->fixed_now = house_now(v->g->house);
    CHECK(!request_at_hand(j, h, &v->facts));
    h->fixed_now += INT64_C(24) * 3600 * 1000;
    request_read(j, h, &v->facts);
    CHECK_INT(x->response.status, 200);
    mem_free(x->m);
    CHECK(!is_cached(v, VISIT(TREES)));
    CHECK(is_cached(v, VISIT(TREES)));
}

TEST(a_very_long_address_is_answered_and_not_kept)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct buf *to = buf_new(t->mem, 20000);

    buf_lit(to, "/sample/tree?q=");
    while (to->n < 12000)
        buf_byte(to, 'a');
    buf_byte(to, '\0');
    CHECK(!is_reused(v, VISIT(.to = to->p)));
}

TEST(no_cache_on_the_way_may_give_a_visitors_answer_to_another)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct visit asked[] = {
        { TREES },
        { TREES },
        { TREES, .gzip = true },
        { TREES, .gzip = true, .fresh = true },
        { .to = "/sample/tree?lang=en" },
        { .to = "/signin" },
        { .to = "/nothing" },
        { .to = "/healthz" },
        { TREES, .cookie = "dajuan=x" },
    };

    for (size_t i = 0; i < COUNT(asked); i++) {
        struct visited seen = visit(v, asked[i]);

        CHECK_STR(header_said(seen.headers, S("Cache-Control")),
                  S("private, no-cache"));
        CHECK_STR(header_said(seen.headers, S("Vary")),
                  S("Accept-Encoding, Cookie"));
        CHECK_STR(header_said(seen.headers, S("Content-Encoding")),
                  asked[i].gzip ? S("gzip") : S(""));
        mem_free(seen.m);
    }
}

/* ---- 304 ---- */

TEST(a_browser_that_has_the_page_is_told_so)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct visited first = visit(v, VISIT(TREES));
    struct visit again = { TREES, .etag = str_c(t->mem, first.etag) };
    struct visited spared;

    CHECK(first.etag.n > 2);
    for (int fresh = 0; fresh < 2; fresh++) {
        again.fresh = fresh;
        spared = visit(v, again);
        CHECK_INT(spared.status, 304);
        CHECK(spared.cached == !fresh);
        CHECK_INT(spared.body.n, 0);
        CHECK_STR(spared.etag, first.etag);
        CHECK_STR(header_said(spared.headers, S("Cache-Control")),
                  S("private, no-cache"));
        CHECK_STR(header_said(spared.headers, S("Vary")),
                  S("Accept-Encoding, Cookie"));
        CHECK_STR(header_said(spared.headers, S("Content-Type")), S(""));
        mem_free(spared.m);
    }
    CHECK(is_cached(v, VISIT(TREES)));
    mem_free(first.m);
}

static int status_of(struct visitor *v, struct visit what)
{
    struct visited seen = visit(v, what);

    mem_free(seen.m);
    return seen.status;
}

TEST(a_304_is_given_for_the_very_bytes_only)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct visited seen = visit(v, VISIT(TREES));
    const char *tag = str_c(t->mem, seen.etag);

    mem_free(seen.m);
    CHECK_INT(status_of(v, VISIT(TREES, .etag = tag)), 304);
    CHECK_INT(status_of(v, VISIT(TREES, .etag = tag, .method = HTTP_HEAD)),
              304);
    CHECK_INT(status_of(v, VISIT(TREES, .etag = tag, .gzip = true)), 200);
    CHECK_INT(status_of(v, VISIT(TREES, .etag = tag, .cookie = "lang=en")),
              200);
    CHECK_INT(status_of(v, VISIT(TREES, .etag = tag, .cookie = "dajuan=x")),
              200);
    CHECK_INT(status_of(v, VISIT(.to = "/nothing", .etag = "*")), 404);
    plant(v, S("乙"));
    CHECK_INT(status_of(v, VISIT(TREES, .etag = tag)), 200);
}

/* A commit that a page does not show leaves it as browsers have it. */
TEST(a_304_outlives_a_commit_that_the_page_does_not_show)
{
    struct visitor *v = given_visitor_of_trees(t);
    struct visited seen = visit(v, VISIT(TREES));
    struct account_plan plan = { .name = S("王芳"),
                                 .login = S("wang"),
                                 .roles = ROLE_EDITOR };
    struct visit again = { TREES, .etag = str_c(t->mem, seen.etag) };
    struct visited spared;
    int64_t account;

    given_unit(v->g, S("区教育局"));
    given_commit(v->g);
    is_cached(v, VISIT(TREES));
    NEED_INT(account_add(given_act(v->g), &plan, S(""), &account), OK);
    session_begin(given_act(v->g), account, S("test"));
    given_commit(v->g);
    spared = visit(v, again);
    CHECK(!spared.cached);
    CHECK_INT(spared.status, 304);
    mem_free(spared.m);
    mem_free(seen.m);
}

TEST(an_answer_too_large_to_keep_is_sent_without_a_tag)
{
    struct given *g = given(t);
    struct visitor *v;
    struct visited seen;
    struct ledger_row *tree;

    for (int i = 0; i < 1100; i++) {
        tree = sample_tree(g, str_fmt(t->mem, "树%d", i));
        given_text(tree, "care", str_fmt(t->mem, "%01000d", i));
        given_keep(g, tree);
    }
    v = given_visitor(g);
    seen = visit(v, VISIT(.to = "/sample/tree/export.json"));
    CHECK_INT(seen.status, 200);
    CHECK(seen.body.n > 1 << 20);
    CHECK_STR(seen.etag, S(""));
    CHECK(!is_cached(v, VISIT(.to = "/sample/tree/export.json")));
    mem_free(seen.m);
}
