/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Taking a batch back, and what must stay. */
#include "host/given/given_import.h"

#define EVENTS "类型,内容,承办单位,日期,参加人次\n"
#define ONE "读书沙龙,好书一,区检察院,2024-03-01,10\n"
#define ONE_CHANGED "读书沙龙,好书一,区检察院,2024-03-01,30\n"
#define TWO "荐书,好书二,区法院,2024-03-02,20\n"

static int64_t given_batch(struct test *t, struct house *h, struct str csv)
{
    return given_apply(t, h, given_plan(t, given_workbook(t, csv, S("a.csv"))));
}

static enum err undo(struct test *t, struct house *h, int64_t batch,
                     size_t *ret_undone, size_t *ret_kept)
{
    struct asker shell;
    struct work w;
    enum err e;

    work_begin(h, t->mem, ACTOR_SHELL, &w);
    shell = asker_shell(act_scope(&w.act));
    e = import_undo(&w.act, &shell, batch, ret_undone, ret_kept);
    if (e == OK)
        CHECK_INT(work_commit(&w), OK);
    else
        work_rollback(&w);
    return e;
}

TEST(undo_voids_the_new_rows_and_their_units)
{
    struct house *h = given_house(t);
    int64_t batch = given_batch(t, h, S(EVENTS ONE TWO));
    size_t undone = 0;
    size_t kept = 9;

    CHECK_INT(undo(t, h, batch, &undone, &kept), OK);
    CHECK_INT(undone, 4);
    CHECK_INT(kept, 0);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM reading_event "
                               "WHERE voided = 0")),
              0);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM registry_organisation "
                               "WHERE voided = 0")),
              0);
    CHECK_INT(given_figure(h, S("reading.events")).value, 0);
    CHECK_INT(given_figure(h, S("reading.visits")).value, 0);
    CHECK(given_int(h, SQL("SELECT undone_at FROM import_batch")) > 0);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_entry "
                               "WHERE type = 7 AND row_id = 1")),
              1);
}

TEST(undo_says_in_the_history_which_import)
{
    struct house *h = given_house(t);
    size_t n;

    CHECK_INT(undo(t, h, given_batch(t, h, S(EVENTS ONE)), &n, &n), OK);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM journal_change "
                               "WHERE field = 'reason' AND after = "
                               "'撤销第 1 批导入 / import 1 undone'")),
              2);
}

TEST(undo_gives_changed_rows_their_values_back)
{
    struct house *h = given_house(t);
    int64_t batch;
    size_t undone = 0;
    size_t kept = 9;

    given_batch(t, h, S(EVENTS ONE TWO));
    batch = given_batch(t, h, S(EVENTS ONE_CHANGED TWO));
    CHECK_INT(given_int(h, SQL("SELECT max(visits) FROM reading_event")), 30);
    CHECK_INT(undo(t, h, batch, &undone, &kept), OK);
    CHECK_INT(undone, 1);
    CHECK_INT(kept, 0);
    CHECK_INT(given_int(h, SQL("SELECT visits FROM reading_event "
                               "WHERE content = '好书一'")),
              10);
    CHECK_INT(given_figure(h, S("reading.visits")).value, 30);
}

TEST(undo_gives_a_blank_and_a_reference_back)
{
    struct house *h = given_house(t);
    int64_t batch;
    size_t undone = 0;
    size_t kept = 9;

    given_batch(t, h, S("称呼,角色,服务社区,身份\n小王,志愿者,,教师\n"));
    given_divisions(t, h);
    batch =
        given_batch(t, h,
                    S("称呼,角色,服务社区,身份\n小王,讲师,书香门第社区,\n"));
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM children_volunteer "
                               "WHERE community IS NOT NULL")),
              1);
    CHECK_INT(undo(t, h, batch, &undone, &kept), OK);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM children_volunteer "
                               "WHERE community IS NULL AND role = 'volunteer' "
                               "AND background = '教师'")),
              1);
}

TEST(undo_keeps_rows_that_somebody_touched_since)
{
    struct house *h = given_house(t);
    int64_t batch = given_batch(t, h, S(EVENTS ONE TWO));
    size_t undone = 0;
    size_t kept = 0;

    given_batch(t, h, S(EVENTS ONE_CHANGED));
    CHECK_INT(undo(t, h, batch, &undone, &kept), OK);
    CHECK_INT(undone, 2); /* the second event and its unit */
    CHECK_INT(kept, 2);   /* the first event, so its unit too */
    CHECK_INT(given_int(h, SQL("SELECT visits FROM reading_event "
                               "WHERE voided = 0")),
              30);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM registry_organisation "
                               "WHERE voided = 0")),
              1);
}

TEST(undo_keeps_a_unit_that_others_refer_to)
{
    struct house *h = given_house(t);
    int64_t batch = given_batch(t, h, S(EVENTS ONE));
    size_t undone = 0;
    size_t kept = 0;

    given_batch(t, h, S(EVENTS "荐书,好书三,区检察院,2024-05-01,5\n"));
    CHECK_INT(undo(t, h, batch, &undone, &kept), OK);
    CHECK_INT(undone, 1);
    CHECK_INT(kept, 1);
    CHECK_INT(given_figure(h, S("reading.visits")).value, 5);
}

TEST(undo_works_once)
{
    struct house *h = given_house(t);
    int64_t batch = given_batch(t, h, S(EVENTS ONE));
    size_t undone = 77;
    size_t kept = 77;

    CHECK_INT(undo(t, h, batch + 1, &undone, &kept), E_ABSENT);
    CHECK_INT(undone, 77);
    CHECK_INT(undo(t, h, batch, &undone, &kept), OK);
    undone = 77;
    CHECK_INT(undo(t, h, batch, &undone, &kept), E_CLASH);
    CHECK_INT(undone, 77);
}

TEST(undo_and_import_again_count_the_same)
{
    struct house *h = given_house(t);
    struct str bytes = test_data(t, "demo/ledgers.xlsx");
    struct import *im;
    int64_t batch;
    int64_t minutes;
    size_t undone = 0;
    size_t kept = 9;

    given_divisions(t, h);
    im = given_plan(t, given_workbook(t, bytes, S("a.xlsx")));
    batch = given_apply(t, h, im);
    minutes = given_figure(h, S("service.minutes")).value;
    CHECK_INT(undo(t, h, batch, &undone, &kept), OK);
    CHECK_INT(kept, 0);
    CHECK_INT(given_figure(h, S("service.minutes")).value, 0);
    CHECK_INT(given_figure(h, S("ratings.five_star")).value, 0);
    im = given_plan(t, given_workbook(t, bytes, S("a.xlsx")));
    given_compare(t, h, im);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    batch = given_apply(t, h, im);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(given_figure(h, S("service.minutes")).value, minutes);
    CHECK_INT(given_figure(h, S("ratings.five_star")).value, 48);
    CHECK_INT(undo(t, h, batch, &undone, &kept), OK);
    CHECK_INT(kept, 0);
    CHECK_INT(given_figure(h, S("service.minutes")).value, 0);
}

TEST(undo_of_the_divisions_goes_from_the_leaves_up)
{
    struct house *h = given_house(t);
    struct import *im;
    size_t undone = 0;
    size_t kept = 9;

    given_divisions(t, h);
    CHECK_INT(undo(t, h, 1, &undone, &kept), OK);
    CHECK_INT(kept, 0);
    CHECK_INT(given_int(h, SQL("SELECT count(*) FROM registry_organisation "
                               "WHERE voided = 0")),
              0);
    im = given_divisions(t, h);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(im->count[IMPORT_CHANGED], undone);
}
