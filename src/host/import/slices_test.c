/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A large import and its undo, with others between, and ended in the middle. */
#include "host/import/slices.h"

#include "base/buf.h"
#include "host/given/given.h"
#include "host/house/verify.h"
#include "host/import/batch.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

/* Some slices of an import, and of its undo. */
enum { ROWS = 600 };

/* What happens before a slice, counted from 1. */
struct between {
    struct slicer slicer; /* first: it is found by it */
    struct given *g;
    struct slicer *own;
    int slices;
    void (*happens)(struct given *g, int slice);
};

static enum err run_between(struct slicer *s,
                            enum err (*slice)(void *arg, struct act *act),
                            void *arg)
{
    struct between *b = (struct between *)s;

    b->slices++;
    if (b->happens)
        b->happens(b->g, b->slices);
    given_commit(b->g);
    return slice_run(b->own, slice, arg);
}

static struct slices given_slices(struct given *g,
                                  void (*happens)(struct given *g, int slice))
{
    struct between *b = NEW(g->m, struct between);

    *b = (struct between){ .slicer = { run_between },
                           .g = g,
                           .own = given_slicer(g),
                           .happens = happens };
    return (struct slices){ &b->slicer, g->house };
}

/* Two kinds of trees, whose units are made on the way. */
static struct import *given_forest(struct given *g)
{
    struct buf *b = buf_new(g->m, 1 << 20);

    buf_put(b, S("树种,树名,认养单位,栽种日期,浇水人次\n"));
    for (int i = 0; i < ROWS; i++)
        buf_fmt(b, "松树,第%d棵,第%d单位,2024-03-01,%d\n", i, i % 7, i % 50);
    return given_plan(g, given_workbook(g, buf_str(b), S("林.csv")));
}

static enum err import_in(const struct slices *s, struct given *g,
                          struct running *ret)
{
    struct mem *m = mem_new();
    struct import *im = given_forest(g);
    struct running_hold hold = { m, g->house->place.keys };
    enum err e = slices_of_import(given_act(g), &hold, im, ret);

    given_commit(g);
    if (e == OK)
        e = slices_run_import(s, ret, im, NULL);
    mem_free(m);
    return e;
}

static enum err undo_in(const struct slices *s, struct given *g, int64_t batch,
                        bool back)
{
    struct mem *m = mem_new();
    struct undo u = { .batch = batch, .back = back, .reason = S("传错了") };
    struct running_hold hold = { m, g->house->place.keys };
    struct running r;
    enum err e = slices_of_undo(given_act(g), &hold, NULL, &u, &r);

    given_commit(g);
    if (e == OK)
        e = slices_run_undo(s, &r);
    mem_free(m);
    return e;
}

static int64_t running_rows(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM running"));
}

static void check_sound(struct given *g)
{
    struct test *t = g->t;
    struct text wrong = TEXT("", "");
    struct verify_counts n;

    given_commit(g);
    CHECK_INT(house_sign(g->house, g->m, &wrong), OK);
    CHECK_INT(verify_house(g->house, g->m, &n, &wrong), OK);
    CHECK_STR(wrong.en, S(""));
}

TEST(an_import_in_slices_is_one_batch_with_one_undo)
{
    struct given *g = given(t);
    struct slices s = given_slices(g, NULL);
    struct running r;

    CHECK_INT(import_in(&s, g, &r), OK);
    CHECK(((struct between *)s.slicer)->slices > 3);
    CHECK_INT(running_rows(g), 0);
    CHECK_INT(given_sql(g, SQL("SELECT added FROM import_batch WHERE id = 1")),
              ROWS);
    CHECK_INT(given_figure(g, "sample.trees").value, ROWS);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE batch "
                               "= 1 AND actor = 0")),
              ROWS + 7);
    check_sound(g);
    CHECK_INT(undo_in(&s, g, r.batch, false), OK);
    CHECK_INT(given_figure(g, "sample.trees").value, 0);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 0);
    CHECK_INT(given_sql(g, SQL("SELECT done FROM import_undo WHERE n = 1")),
              ROWS + 7);
    CHECK_INT(undo_in(&s, g, r.batch, true), OK);
    CHECK_INT(given_figure(g, "sample.trees").value, ROWS);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 7);
    check_sound(g);
}

static void drop_batch(void *arg, struct act *act)
{
    (void)arg;
    batch_drop(act);
}

TEST(an_import_in_slices_that_brings_nothing_need_be_no_batch)
{
    struct given *g = given(t);
    struct slices s = given_slices(g, NULL);
    struct running_hold hold = { t->mem, g->house->place.keys };
    struct import_whole whole = { drop_batch, NULL };
    struct import *im = NULL;
    struct running r;

    CHECK_INT(import_in(&s, g, &r), OK);
    im = given_forest(g);
    NEED_INT(slices_of_import(given_act(g), &hold, im, &r), OK);
    given_commit(g);
    CHECK_INT(slices_run_import(&s, &r, im, &whole), OK);
    CHECK_INT(im->count[IMPORT_SAME], ROWS);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_batch")), 1);
    CHECK_INT(running_rows(g), 0);
}

/* The last row of the file comes from somebody else before it is reached. */
static void add_last_row(struct given *g, int slice)
{
    struct ledger_row *row;

    if (slice != 2)
        return;
    row = given_row(g, "sample.tree");
    given_text(row, "name", str_fmt(g->m, "第%d棵", ROWS - 1));
    given_text(row, "species", S("pine"));
    given_int(row, "unit", given_unit(g, S("第1单位")));
    given_int(row, "planted_on", 20240301);
    given_int(row, "visits", 3);
    given_keep(g, row);
}

TEST(a_row_that_came_between_slices_is_changed_and_not_made_twice)
{
    struct given *g = given(t);
    struct slices s = given_slices(g, add_last_row);
    struct running r;

    CHECK_INT((ROWS - 1) % 7, 4);
    CHECK_INT(import_in(&s, g, &r), OK);
    CHECK_INT(given_sql(g, SQL("SELECT added FROM import_batch")) +
                  given_sql(g, SQL("SELECT changed FROM import_batch")) +
                  given_sql(g, SQL("SELECT wrong FROM import_batch")),
              ROWS);
    CHECK_INT(given_sql(g, SQL("SELECT added FROM import_batch")), ROWS - 1);
    CHECK_INT(given_figure(g, "sample.trees").value, ROWS);
    check_sound(g);
}

/* A row that is in already is voided by somebody. */
static void void_newest(struct given *g, int slice)
{
    if (slice == 2)
        given_void(g, "sample.tree",
                   given_sql(g, SQL("SELECT max(id) FROM sample_tree")));
}

TEST(what_somebody_did_to_a_row_between_slices_stays)
{
    struct given *g = given(t);
    struct slices s = given_slices(g, void_newest);
    struct running r;

    CHECK_INT(import_in(&s, g, &r), OK);
    CHECK_INT(given_figure(g, "sample.trees").value, ROWS - 1);
    CHECK_INT(undo_in(&s, g, r.batch, false), OK);
    CHECK_INT(given_figure(g, "sample.trees").value, 0);
    check_sound(g);
}

/* Before the second slice of the undo: of two trees that are to go yet. */
static void touch_and_refer(struct given *g, int slice)
{
    int64_t id = given_sql(g, SQL("SELECT max(id) FROM sample_tree WHERE "
                                  "voided = 0"));
    struct ledger_row *row;

    if (slice != 2)
        return;
    row = given_kept(g, "sample.tree", id);
    given_int(row, "visits", 99);
    given_change(g, row);
    row = sample_keeper(g);
    given_int(row, "tree", id - 1);
    given_keep(g, row);
}

TEST(an_undo_in_slices_leaves_what_was_touched_or_referred_to_meanwhile)
{
    struct given *g = given(t);
    struct slices quiet = given_slices(g, NULL);
    struct slices s = given_slices(g, touch_and_refer);
    struct running r;

    CHECK_INT(import_in(&quiet, g, &r), OK);
    CHECK_INT(undo_in(&s, g, r.batch, false), OK);
    CHECK_INT(given_live(g, "sample.tree", S("")), 2);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 2);
    CHECK_INT(given_sql(g, SQL("SELECT kept FROM import_undo")), 4);
    CHECK_INT(given_sql(g, SQL("SELECT done FROM import_undo")), ROWS + 7 - 4);
    check_sound(g);
}

TEST(what_runs_is_not_undone_meanwhile)
{
    struct given *g = given(t);
    struct running_hold hold = { t->mem, g->house->place.keys };
    struct asker shell;
    struct undo u = { .reason = S("传错了") };
    struct running r;

    NEED_INT(slices_of_import(given_act(g), &hold, given_forest(g), &r), OK);
    shell = asker_shell(act_scope(given_act(g)));
    u.batch = r.batch;
    CHECK_INT(undo_plan(&shell, &u), E_CLASH);
}

/* ---- ended in the middle ---- */

static void end_at_third(struct given *g, int slice)
{
    (void)g;
    if (slice == 3)
        (void)raise(SIGKILL);
}

/* A process of its own does it, and is ended before its third slice. */
static void do_and_be_ended(struct given *g, bool undo)
{
    struct test *t = g->t;
    int status = 0;
    pid_t child;

    given_commit(g);
    child = fork();
    if (child == 0) {
        struct given *own = given_in(t, g->house->place); /* its connection */
        struct slices s = given_slices(own, end_at_third);
        struct running r;
        enum err e = undo ? undo_in(&s, own, 1, false) : import_in(&s, own, &r);

        _exit(e == OK ? 0 : 1);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

TEST(an_import_that_was_ended_in_the_middle_is_taken_back_as_a_whole)
{
    struct given *g = given(t);
    struct slices s = given_slices(g, NULL);
    struct undo back = { .batch = 1, .back = true, .reason = S("要") };
    struct asker shell;
    struct running r;

    do_and_be_ended(g, false);
    CHECK(given_live(g, "sample.tree", S("")) > 0);
    CHECK_INT(running_rows(g), 1);
    given_commit(g);
    slices_resume(&s);
    CHECK_INT(running_rows(g), 0);
    CHECK_INT(given_live(g, "sample.tree", S("")), 0);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 0);
    CHECK_INT(given_sql(g, SQL("SELECT interrupted FROM import_batch")), 1);
    CHECK_INT(given_figure(g, "sample.visits").value, 0);
    check_sound(g);
    shell = asker_shell(act_scope(given_act(g)));
    CHECK_INT(undo_plan(&shell, &back), E_CLASH);
    given_commit(g);
    CHECK_INT(import_in(&s, g, &r), OK);
    CHECK_INT(given_figure(g, "sample.trees").value, ROWS);
    check_sound(g);
}

TEST(an_undo_that_was_ended_in_the_middle_goes_on)
{
    struct given *g = given(t);
    struct slices s = given_slices(g, NULL);
    struct running r;

    CHECK_INT(import_in(&s, g, &r), OK);
    do_and_be_ended(g, true);
    CHECK(given_live(g, "sample.tree", S("")) < ROWS);
    CHECK(given_live(g, "sample.tree", S("")) > 0);
    given_commit(g);
    slices_resume(&s);
    CHECK_INT(running_rows(g), 0);
    CHECK_INT(given_live(g, "sample.tree", S("")), 0);
    CHECK_INT(given_sql(g, SQL("SELECT interrupted FROM import_batch")), 0);
    CHECK_INT(given_sql(g, SQL("SELECT done FROM import_undo")), ROWS + 7);
    CHECK_INT(undo_in(&s, g, 1, true), OK);
    CHECK_INT(given_figure(g, "sample.trees").value, ROWS);
    check_sound(g);
}

TEST(what_somebody_runs_is_not_taken_from_them)
{
    struct given *g = given(t);
    struct slices s = given_slices(g, NULL);
    struct running_hold hold = { t->mem, g->house->place.keys };
    struct running r;

    NEED_INT(slices_of_import(given_act(g), &hold, given_forest(g), &r), OK);
    given_commit(g);
    slices_resume(&s);
    CHECK_INT(running_rows(g), 1);
    CHECK_INT(given_sql(g, SQL("SELECT interrupted FROM import_batch")), 0);
}
