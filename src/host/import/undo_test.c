/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Taking a batch back, and what must stay. */
#include "host/given/given.h"
#include "host/import/undo.h"

#define TREES "树种,树名,认养单位,栽种日期,浇水人次\n"
#define KEEPERS "护树人,护树职责,守护社区,护树人职业\n"
#define ONE "松树,迎客松,区检察院,2024-03-01,10\n"
#define ONE_CHANGED "松树,迎客松,区检察院,2024-03-01,30\n"
#define TWO "银杏,望海松,区法院,2024-03-02,20\n"

static int64_t given_batch(struct given *g, struct str csv)
{
    return given_apply(g, given_plan(g, given_workbook(g, csv, S("a.csv"))));
}

/* Undo it, or bring it back; what was planned is what is done. */
static enum err turn(struct given *g, struct undo *u)
{
    struct test *t = g->t;
    struct undo planned = *u;
    struct asker shell;
    enum err e;

    given_commit(g);
    shell = asker_shell(act_scope(given_act(g)));
    e = undo_plan(&shell, &planned);
    CHECK_INT(given_settle(g, undo_apply(given_act(g), &shell, u)), e);
    for (size_t i = 0; e == OK && i < UNDO_FATES; i++)
        CHECK_INT(u->count[i], planned.count[i]);
    return e;
}

static enum err undo(struct given *g, int64_t batch, size_t *ret_undone,
                     size_t *ret_kept)
{
    struct undo u = { .batch = batch, .reason = S("导错了") };
    enum err e = turn(g, &u);

    if (e == OK) {
        *ret_undone = undo_done(&u);
        *ret_kept = undo_kept(&u);
    }
    return e;
}

static void given_undone(struct given *g, int64_t batch)
{
    struct test *t = g->t;
    size_t n;

    CHECK_INT(undo(g, batch, &n, &n), OK);
}

static struct undo back(struct given *g, int64_t batch)
{
    struct test *t = g->t;
    struct undo u = { .batch = batch, .back = true, .reason = S("没有错") };

    CHECK_INT(turn(g, &u), OK);
    return u;
}

TEST(undo_voids_the_new_rows_and_their_units)
{
    struct given *g = given(t);
    int64_t batch = given_batch(g, S(TREES ONE TWO));
    size_t undone = 0;
    size_t kept = 9;

    CHECK_INT(undo(g, batch, &undone, &kept), OK);
    CHECK_INT(undone, 4);
    CHECK_INT(kept, 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree "
                               "WHERE voided = 0")),
              0);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 0);
    CHECK_INT(given_figure(g, "sample.trees").value, 0);
    CHECK_INT(given_figure(g, "sample.visits").value, 0);
    CHECK(given_sql(g, SQL("SELECT undone_at FROM import_batch")) > 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry "
                               "WHERE type = 7 AND row_id = 1")),
              1);
}

TEST(undo_says_in_the_history_which_import)
{
    struct given *g = given(t);
    size_t n;

    CHECK_INT(undo(g, given_batch(g, S(TREES ONE)), &n, &n), OK);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry "
                               "WHERE type = 3 AND reason = '导错了'")),
              2);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry "
                               "WHERE batch = -1 AND type = 3")),
              2);
    given_asks(g, ROLE_OFFICER);
    CHECK(page_says(given_get(g, S("/sample/tree/1")),
                    S("作废（撤销第 1 批导入） ，原因：导错了")));
}

TEST(undo_gives_changed_rows_their_values_back)
{
    struct given *g = given(t);
    int64_t batch;
    size_t undone = 0;
    size_t kept = 9;

    given_batch(g, S(TREES ONE TWO));
    batch = given_batch(g, S(TREES ONE_CHANGED TWO));
    CHECK_INT(given_sql(g, SQL("SELECT max(visits) FROM sample_tree")), 30);
    CHECK_INT(undo(g, batch, &undone, &kept), OK);
    CHECK_INT(undone, 1);
    CHECK_INT(kept, 0);
    CHECK_INT(given_sql(g, SQL("SELECT visits FROM sample_tree "
                               "WHERE name = '迎客松'")),
              10);
    CHECK_INT(given_figure(g, "sample.visits").value, 30);
}

TEST(undo_gives_a_blank_and_a_reference_back)
{
    struct given *g = given(t);
    struct import *im;
    int64_t batch;
    size_t undone = 0;
    size_t kept = 9;

    given_batch(g, S(KEEPERS "小王,帮手,,教师\n"));
    given_divisions(g);
    im = given_plan(g,
                    given_workbook(g, S(KEEPERS "小王,护林员,书香门第社区,\n"),
                                   S("a.csv")));
    import_say(im, 0, SIZE_MAX, IMPORT_ANSWER_SAME);
    batch = given_apply(g, im);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_keeper "
                               "WHERE community IS NOT NULL")),
              1);
    CHECK_INT(undo(g, batch, &undone, &kept), OK);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_keeper "
                               "WHERE community IS NULL AND duty = 'helper' "
                               "AND trade = '教师'")),
              1);
}

TEST(undo_keeps_rows_that_somebody_touched_since)
{
    struct given *g = given(t);
    int64_t batch = given_batch(g, S(TREES ONE TWO));
    size_t undone = 0;
    size_t kept = 0;

    given_batch(g, S(TREES ONE_CHANGED));
    CHECK_INT(undo(g, batch, &undone, &kept), OK);
    CHECK_INT(undone, 2); /* the second event and its unit */
    CHECK_INT(kept, 2);   /* the first event, so its unit too */
    CHECK_INT(given_sql(g, SQL("SELECT visits FROM sample_tree "
                               "WHERE voided = 0")),
              30);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 1);
}

TEST(undo_keeps_a_unit_that_others_refer_to)
{
    struct given *g = given(t);
    int64_t batch = given_batch(g, S(TREES ONE));
    size_t undone = 0;
    size_t kept = 0;

    given_batch(g, S(TREES "银杏,听涛松,区检察院,2024-05-01,5\n"));
    CHECK_INT(undo(g, batch, &undone, &kept), OK);
    CHECK_INT(undone, 1);
    CHECK_INT(kept, 1);
    CHECK_INT(given_figure(g, "sample.visits").value, 5);
}

TEST(undo_works_once)
{
    struct given *g = given(t);
    int64_t batch = given_batch(g, S(TREES ONE));
    size_t undone = 77;
    size_t kept = 77;

    CHECK_INT(undo(g, batch + 1, &undone, &kept), E_ABSENT);
    CHECK_INT(undone, 77);
    CHECK_INT(undo(g, batch, &undone, &kept), OK);
    undone = 77;
    CHECK_INT(undo(g, batch, &undone, &kept), E_CLASH);
    CHECK_INT(undone, 77);
}

/* More rows than one tally of ranks holds, most of one mark. */
static struct str many_trees(struct given *g)
{
    struct buf *b = buf_new(g->m, 1 << 20);

    buf_lit(b, "树种,树名,认养单位,栽种日期,浇水人次,长势评分\n");
    for (int i = 0; i < 300; i++)
        buf_fmt(b, "松树,第%d棵,单位%d,2024-%02d-01,%d,%d\n", i, i % 20,
                i % 12 + 1, i, i < 60 ? 99 - i % 9 : 60);
    return buf_str(b);
}

TEST(undo_and_import_again_count_the_same)
{
    struct given *g = given(t);
    struct str csv = many_trees(g);
    struct import *im;
    int64_t batch = given_batch(g, csv);
    int64_t healthiest = given_figure(g, "sample.healthiest").value;
    size_t undone = 0;
    size_t kept = 9;

    CHECK_INT(healthiest, 60);
    for (int again = 0; again < 2; again++) {
        CHECK_INT(given_figure(g, "sample.visits").value, 299 * 300 / 2);
        CHECK_INT(given_figure(g, "sample.healthiest").value, healthiest);
        CHECK_INT(undo(g, batch, &undone, &kept), OK);
        CHECK_INT(kept, 0);
        CHECK_INT(given_figure(g, "sample.visits").value, 0);
        CHECK_INT(given_figure(g, "sample.healthiest").value, 0);
        im = given_plan(g, given_workbook(g, csv, S("a.csv")));
        given_compare(g, im);
        CHECK_INT(im->count[IMPORT_WRONG], 0);
        batch = given_apply(g, im);
        CHECK_INT(im->count[IMPORT_WRONG], 0);
    }
}

TEST(undo_of_the_divisions_goes_from_the_leaves_up)
{
    struct given *g = given(t);
    struct import *im;
    size_t undone = 0;
    size_t kept = 9;

    given_divisions(g);
    CHECK_INT(undo(g, 1, &undone, &kept), OK);
    CHECK_INT(kept, 0);
    CHECK_INT(given_live(g, "registry.organisation", S("")), 0);
    im = given_divisions(g);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(im->count[IMPORT_CHANGED], undone);
}

/* ---- and back ---- */

/* Every figure, as one number to compare. */
static int64_t figures(struct given *g)
{
    const struct figure *f;
    int64_t all = 0;

    for (size_t i = 0; (f = figure_at(i)) != NULL; i++)
        all = 31 * all + given_figure(g, str_c(g->m, f->key)).value;
    return all;
}

TEST(undo_can_be_undone_any_number_of_times)
{
    struct given *g = given(t);
    int64_t before;
    int64_t after;
    int64_t batch;
    size_t undone = 0;
    size_t kept = 0;

    given_batch(g, S(TREES ONE));
    before = figures(g);
    batch = given_batch(g, S(TREES ONE_CHANGED TWO));
    after = figures(g);
    for (int i = 0; i < 3; i++) {
        struct undo u;

        CHECK_INT(undo(g, batch, &undone, &kept), OK);
        CHECK_INT(undone, 3);
        CHECK_INT(kept, 0);
        CHECK_INT(figures(g), before);
        u = back(g, batch);
        CHECK_INT(u.count[UNDO_RESTORES], 2); /* the tree and its unit */
        CHECK_INT(u.count[UNDO_CHANGES], 1);
        CHECK_INT(undo_kept(&u), 0);
        CHECK_INT(figures(g), after);
    }
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_undo")), 6);
    CHECK_INT(given_sql(g, SQL("SELECT undone_at FROM import_batch "
                               "WHERE id = 2")),
              0);
}

TEST(undo_brings_nothing_back_that_stands)
{
    struct given *g = given(t);
    int64_t batch = given_batch(g, S(TREES ONE));
    struct undo u = { .batch = batch, .back = true, .reason = S("x") };

    CHECK_INT(turn(g, &u), E_CLASH);
    u.batch = batch + 1;
    CHECK_INT(turn(g, &u), E_ABSENT);
    given_undone(g, batch);
    u.batch = batch;
    CHECK_INT(turn(g, &u), OK);
    CHECK_INT(turn(g, &u), E_CLASH);
}

TEST(undo_leaves_what_somebody_did_after_it)
{
    struct given *g = given(t);
    int64_t batch = given_batch(g, S(TREES ONE TWO));
    struct ledger_row *row;
    struct undo u;

    given_undone(g, batch);
    given_restore(g, "sample.tree", 1);
    row = given_kept(g, "sample.tree", 1);
    given_int(row, "visits", 77);
    given_change(g, row);
    u = back(g, batch);
    CHECK_INT(u.count[UNDO_TOUCHED], 1);
    CHECK_INT(u.count[UNDO_RESTORES], 3); /* the other, two units */
    CHECK_INT(given_figure(g, "sample.visits").value, 97);
}

TEST(undo_brings_a_row_back_with_the_unit_it_was_given)
{
    struct given *g = given(t);
    struct undo u;
    int64_t batch;

    given_keep(g, sample_keeper(g));
    batch = given_batch(g, S("护树人,护树职责,护树电话,替班护树人\n"
                             "王强,帮手,19912347000,\n"
                             "陈晓玲,帮手,19912347920,王强\n"));
    CHECK_INT(given_sql(g, SQL("SELECT deputy FROM sample_keeper "
                               "WHERE id = 1")),
              2);
    for (int i = 0; i < 2; i++) {
        given_undone(g, batch);
        CHECK_INT(given_live(g, "sample.keeper", S("")), 1);
        u = back(g, batch);
        CHECK_INT(undo_kept(&u), 0);
        CHECK_INT(given_live(g, "sample.keeper", S("")), 2);
        CHECK_INT(given_sql(g, SQL("SELECT deputy FROM sample_keeper "
                                   "WHERE id = 1")),
                  2);
    }
}

TEST(undo_keeps_what_would_not_be_admitted_now)
{
    struct given *g = given(t);
    struct ledger_row *row;
    struct undo u = { .reason = S("导错了") };

    given_batch(g, S(TREES ONE));
    u.batch = given_batch(g, S("编号,树种,树名,认养单位,栽种日期\n"
                               "1,松树,听涛松,区检察院,2024-03-01\n"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM sample_tree")), 1);
    row = sample_tree(g, S("迎客松")); /* took the name */
    given_ref(g, row, "unit", S("区检察院"));
    given_int(row, "planted_on", 20240301);
    given_keep(g, row);
    CHECK_INT(turn(g, &u), OK);
    CHECK_INT(u.count[UNDO_REFUSED], 1);
    CHECK_INT(undo_done(&u), 0);
    CHECK_STR(row_title(given_kept(g, "sample.tree", 1)), S("听涛松"));
}

TEST(undo_keeps_what_another_row_was_pointed_at)
{
    struct given *g = given(t);
    int64_t batch = given_batch(g, S("护树人,护树职责,护树电话\n"
                                     "王强,帮手,19912347000\n"));
    struct ledger_row *row = given_row(g, "sample.keeper");
    struct undo u = { .batch = batch, .reason = S("导错了") };

    given_text(row, "name", S("小李"));
    given_text(row, "duty", S("helper"));
    given_ref(g, row, "deputy", S("王强"));
    given_keep(g, row);
    CHECK_INT(turn(g, &u), OK);
    CHECK_INT(u.count[UNDO_REFERRED], 1);
    CHECK_INT(given_live(g, "sample.keeper", S("")), 2);
}

TEST(undo_tells_what_figures_become)
{
    struct given *g = given(t);
    struct undo u = { .reason = S("导错了") };

    given_batch(g, S(TREES ONE));
    u.batch = given_batch(g, S(TREES ONE_CHANGED TWO));
    for (int i = 0; i < 2; i++) {
        struct scope in = act_scope(given_act(g));
        struct asker shell = asker_shell(in);
        struct effect *e = effect_new(g->m);
        struct figure_effect *list;
        size_t n;

        u.back = i == 1;
        CHECK_INT(undo_plan(&shell, &u), OK);
        undo_effect(&shell, &u, e);
        n = effect_figures(e, in, &list);
        CHECK(n > 2);
        CHECK_INT(turn(g, &u), OK);
        for (size_t k = 0; k < n; k++)
            if (!list[k].open)
                CHECK_INT(
                    given_figure(g, str_c(g->m, list[k].now.figure->key)).value,
                    list[k].then.value);
    }
}

TEST(undo_of_somebody_else_s_rows_is_counted_as_denied)
{
    struct given *g = given(t);
    struct undo u = { .batch = given_batch(g, S(TREES ONE TWO)),
                      .reason = S("导错了") };
    struct who who = { .account = 8, .roles = ROLE_EDITOR };
    struct asker asker;

    given_commit(g);
    who.org = given_unit(g, S("区检察院"));
    asker = asker_of(act_scope(given_act(g)), &who);
    CHECK_INT(undo_plan(&asker, &u), OK);
    CHECK_INT(u.count[UNDO_VOIDS], 1);  /* the own tree */
    CHECK_INT(u.count[UNDO_DENIED], 3); /* the other, and both units */
}
