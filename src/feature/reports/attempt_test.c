/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Publishing in slices: ended anywhere, and others who write in between. */
#include "feature/reports/finish.h"
#include "feature/reports/given_report.h"
#include "feature/reports/publish.h"
#include "host/house/verify.h"

/* Slices on a connection of their own, with something done before some. */
struct watched {
    struct slicer slicer; /* first: it is found by it */
    struct given *g;
    struct slicer *own;
    int n;    /* slices so far */
    int ends; /* with this one the process is gone; 0: never */
    /* Before each slice, on the writing connection. */
    void (*meanwhile)(struct watched *w);
    struct house *house; /* of that connection */
};

static enum err run_watched(struct slicer *s,
                            enum err (*slice)(void *arg, struct act *act),
                            void *arg)
{
    struct watched *w = (struct watched *)s;

    w->n++;
    if (w->ends && w->n >= w->ends)
        return E_STORE;
    if (w->meanwhile)
        w->meanwhile(w);
    return slice_run(w->own, slice, arg);
}

static struct watched *given_watched(struct given *g)
{
    struct watched *w = NEW(g->m, struct watched);
    struct test *t = g->t;
    struct text why;

    given_commit(g);
    w->slicer.run = run_watched;
    w->g = g;
    w->house = house_beside(g->m, g->house, DB_WRITE, &why);
    NEED(w->house != NULL);
    w->own = slicer_of_house(g->m, w->house);
    return w;
}

static enum err publish_by(struct watched *w, struct text *ret_why)
{
    struct given *g = w->g;
    struct test *t = g->t;
    struct note_signer signer;
    struct tx tx;
    struct publication p = {
        .house = g->house,
        .tx = &tx,
        .m = g->m,
        .slicer = &w->slicer,
        .signer = &signer,
        .slug = S("all"),
        .actor = GIVEN_ACCOUNT,
        .address = S(""),
        .remark = S("年终定稿"),
    };
    enum err e;

    given_commit(g);
    NEED_INT(house_signer(g->house, g->m, &signer, ret_why), OK);
    *ret_why = TEXT("", "");
    tx_begin(g->house->db, false, &tx);
    e = publish_report(&p, ret_why);
    tx_rollback(&tx);
    return e;
}

static struct given *given_sheet_of_many(struct test *t)
{
    struct given *g = given_many(t);

    NEED_INT(given_put(g, "all",
                       S("# 全\n{sample.trees}棵，银杏{sample.trees.ginkgo}"
                         "棵，{sample.visits}人次，{sample.praise|n}票，"
                         "{sample.healthiest}棵，{sample.keepers}名\n"),
                       S("")),
             OK);
    return g;
}

static int64_t sections(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM reports_section"));
}

static int64_t entries(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM journal_entry"));
}

static void check_whole(struct given *g)
{
    struct test *t = g->t;
    struct verify_counts n = { 0 };
    struct text wrong = TEXT("", "");

    given_commit(g);
    CHECK_INT(verify_house(g->house, t->mem, &n, &wrong), OK);
    CHECK_STR(wrong.en, S(""));
}

static int64_t public_versions(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM reports_version WHERE "
                            "public = 1"));
}

/* What a start makes of it; returns whether it is published by then. */
static bool resume(struct given *g)
{
    struct test *t = g->t;
    struct text why = TEXT("", "");
    int64_t before = public_versions(g);

    check_whole(g); /* before it is resumed, too */
    CHECK_INT(reports_recover(g->house, t->mem, &why), OK);
    CHECK_STR(why.en, S(""));
    check_whole(g);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_attempt")), 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_version WHERE "
                               "public = 0")),
              0);
    return public_versions(g) > before;
}

TEST(publishing_that_is_killed_anywhere_is_finished_or_taken_back)
{
    struct given *g = given_sheet_of_many(t);
    struct watched *w = given_watched(g);
    int finished = 0;
    int taken_back = 0;
    enum err e;

    do {
        int64_t entries_before = entries(g);
        int64_t sections_before = sections(g);
        bool published;
        struct text why;

        w->n = 0;
        w->ends++;
        e = publish_by(w, &why);
        CHECK_INT(e, w->n >= w->ends ? E_STORE : OK);
        CHECK(e == OK || why.zh.n > 0);
        if (e == OK)
            break;
        published = resume(g);
        CHECK_INT(published, entries(g) > entries_before);
        CHECK_INT(published, sections(g) > sections_before);
        finished += published;
        taken_back += !published;
    } while (w->ends < 100);
    CHECK_INT(e, OK);
    CHECK(finished > 0 && taken_back > 0);
    given_read(t, given_bundle(g, "all", public_versions(g)));
}

/* Its proofs are made again, the same. */
TEST(publishing_is_finished_by_two_who_do_not_know_of_each_other)
{
    struct given *g = given_sheet_of_many(t);
    struct watched *w = given_watched(g);
    struct text why;
    struct str first;
    struct tx tx;
    struct finish f = { .house = g->house, .tx = &tx, .m = g->m };
    int64_t n;

    NEED_INT(publish_by(w, &why), OK);
    first = given_bundle(g, "all", 1);
    n = sections(g);
    f.report = given_sql(g, SQL("SELECT report FROM reports_version"));
    f.seq = given_sql(g, SQL("SELECT seq FROM reports_version"));
    f.attempt.frozen = given_sql(g, SQL("SELECT frozen FROM reports_version"));
    f.attempt.slicer = w->own;
    f.version = 1;
    given_commit(g);
    tx_begin(g->house->db, false, &tx);
    CHECK_INT(publish_finish(&f, &why), OK);
    tx_rollback(&tx);
    CHECK_INT(sections(g), n);
    CHECK_STR(given_bundle(g, "all", 1), first);
}

/* ---- others write meanwhile ---- */

static enum err add_unit(void *arg, struct act *act)
{
    (void)arg;
    act_journal(act, JOURNAL_ACCOUNT, S("account"), 1, S("x"));
    return OK;
}

/* What changes nothing of the sheet. */
static void do_something_else(struct watched *w)
{
    slice_run(w->own, add_unit, NULL);
}

TEST(publishing_goes_on_when_others_do_something_else)
{
    struct given *g = given_sheet_of_many(t);
    struct watched *w = given_watched(g);
    struct text why;
    struct bundle b;

    w->meanwhile = do_something_else;
    CHECK_INT(publish_by(w, &why), OK);
    CHECK_STR(why.en, S(""));
    check_whole(g);
    b = given_read(t, given_bundle(g, "all", 1));
    CHECK_INT(b.size, given_sql(g, SQL("SELECT seq FROM reports_version")));
    CHECK(b.size > given_sql(g, SQL("SELECT count(*) FROM sample_tree")));
}

static enum err water_tree(void *arg, struct act *act)
{
    struct scope in = act_scope(act);
    struct admission a;
    struct asker shell;
    struct ledger_row *before;
    struct ledger_row *row;
    bool changed;

    (void)arg;
    if (!row_load(in, ledger_find(S("sample.tree")), 3, &before) ||
        !row_load(in, before->ledger, 3, &row))
        return E_ABSENT;
    given_int(row, "visits",
              row_int(row, ledger_column(row->ledger, S("visits"))) + 1);
    shell = asker_shell(in);
    a = (struct admission){ .asker = &shell,
                            .before = before,
                            .said_year = row->year,
                            .usual_year = GIVEN_YEAR };
    if (row_admit(&a, row) != OK)
        return E_DENIED;
    return row_update(act, before, row, &changed);
}

static void water_once(struct watched *w)
{
    if (w->n == 2)
        slice_run(w->own, water_tree, NULL);
}

static void water_always(struct watched *w)
{
    slice_run(w->own, water_tree, NULL);
}

TEST(publishing_freezes_anew_what_was_changed_meanwhile)
{
    struct given *g = given_sheet_of_many(t);
    struct watched *w = given_watched(g);
    int64_t visits = given_figure(g, "sample.visits").value;
    struct text why;
    struct bundle b;

    w->meanwhile = water_once;
    CHECK_INT(publish_by(w, &why), OK);
    CHECK_STR(why.en, S(""));
    b = given_read(t, given_bundle(g, "all", 1));
    CHECK_INT(given_bundled(t, &b, "sample.visits")->value.value, visits + 1);
    check_whole(g);
}

TEST(publishing_gives_up_when_rows_keep_changing_and_leaves_nothing)
{
    struct given *g = given_sheet_of_many(t);
    struct watched *w = given_watched(g);
    struct text why;

    w->meanwhile = water_always;
    CHECK_INT(publish_by(w, &why), E_CLASH);
    CHECK(str_find(why.en, S("the rows kept changing")) != SIZE_MAX);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_version")), 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM policy_frozen")), 0);
    CHECK_INT(sections(g), 0);
    check_whole(g);
}

/* ---- one at a time ---- */

static void publish_too(struct watched *w)
{
    struct watched *other;
    struct test *t = w->g->t;
    struct text why;
    struct house *second;

    if (w->n != 3)
        return;
    second = house_beside(w->g->m, w->g->house, DB_READ, &why);
    NEED(second != NULL);
    other = NEW(w->g->m, struct watched);
    *other = *w;
    other->meanwhile = NULL;
    other->g = NEW(w->g->m, struct given);
    *other->g = *w->g;
    other->g->house = second;
    CHECK_INT(publish_by(other, &why), E_CLASH);
    CHECK(str_find(why.en, S("is being published just now")) != SIZE_MAX);
}

TEST(publishing_a_sheet_is_one_at_a_time)
{
    struct given *g = given_sheet_of_many(t);
    struct watched *w = given_watched(g);
    struct text why;

    w->meanwhile = publish_too;
    CHECK_INT(publish_by(w, &why), OK);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_version")), 1);
    check_whole(g);
}

/* Whoever was killed without a start since: after a while it is nobody's. */
TEST(publishing_takes_over_what_shows_no_sign_of_life)
{
    struct given *g = given_sheet_of_many(t);
    struct watched *w = given_watched(g);
    struct text why;

    w->ends = 3;
    CHECK_INT(publish_by(w, &why), E_STORE);
    w->ends = 0;
    CHECK_INT(publish_by(w, &why), E_CLASH);
    w->house->fixed_now = house_now(g->house) + ATTEMPT_LIVES_MS;
    g->house->fixed_now = w->house->fixed_now;
    CHECK_INT(publish_by(w, &why), OK);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM reports_attempt")), 0);
    check_whole(g);
}
