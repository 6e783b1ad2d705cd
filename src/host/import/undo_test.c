/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Taking a batch back, and what must stay. */
#include "host/given/given.h"

#define TREES "树种,树名,认养单位,栽种日期,浇水人次\n"
#define KEEPERS "护树人,护树职责,守护社区,护树人职业\n"
#define ONE "松树,迎客松,区检察院,2024-03-01,10\n"
#define ONE_CHANGED "松树,迎客松,区检察院,2024-03-01,30\n"
#define TWO "银杏,望海松,区法院,2024-03-02,20\n"

static int64_t given_batch(struct given *g, struct str csv)
{
    return given_apply(g, given_plan(g, given_workbook(g, csv, S("a.csv"))));
}

static enum err undo(struct given *g, int64_t batch, size_t *ret_undone,
                     size_t *ret_kept)
{
    struct asker shell;

    given_commit(g);
    shell = asker_shell(act_scope(given_act(g)));
    return given_settle(g, import_undo(given_act(g), &shell, batch, ret_undone,
                                       ret_kept));
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
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_change "
                               "WHERE field = 'reason' AND after = "
                               "'撤销第 1 批导入 / import 1 undone'")),
              2);
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
