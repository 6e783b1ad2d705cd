/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Workbooks of programmes: states, parts and what the house computes. */
#include "host/given/given.h"

#define GROVES "林地名,造林单位\n"
#define TASKS "所属林地,任务,任务时限,任务权重"
#define STATED "林地名,造林单位,林地状态\n"

static struct import *plan(struct given *g, struct str csv)
{
    return given_plan(g, given_workbook(g, csv, S("a.csv")));
}

/* An editor of 区教育局, or an officer. */
static void by(struct given *g, unsigned roles)
{
    given_asks(g, roles);
    g->who.org = given_unit(g, S("区教育局"));
    given_commit(g);
}

/* Import it as whoever asks. */
static struct import_sheet *import(struct given *g, struct str csv)
{
    struct import *im = plan(g, csv);

    im->who = &g->who;
    given_apply(g, im);
    return &im->sheets[0];
}

static bool blames(const struct import_sheet *s, struct str words)
{
    return s->problems && str_find(s->problems->reason.zh, words) != SIZE_MAX;
}

static struct str stage(struct given *g, const char *ledger, int64_t id)
{
    return given_said(g, given_kept(g, ledger, id), "state");
}

TEST(rows_of_a_file_begin_where_their_ledger_says)
{
    struct given *g = given(t);

    by(g, ROLE_OFFICER);
    CHECK_INT(import(g, S(GROVES "北山,区教育局\n"))->count[IMPORT_NEW], 1);
    CHECK_STR(stage(g, "grove.grove", 1), S("active"));
}

TEST(no_file_of_a_unit_goes_round_an_approval)
{
    struct given *g = given(t);

    by(g, ROLE_EDITOR);
    CHECK_INT(import(g, S(GROVES "北山,区教育局\n"))->count[IMPORT_NEW], 1);
    CHECK_STR(stage(g, "grove.grove", 1), S("draft"));
}

TEST(an_officer_says_the_state_of_a_new_row)
{
    struct given *g = given(t);

    by(g, ROLE_OFFICER);
    CHECK_INT(import(g, S(STATED "北山,区教育局,已成林\n"))->count[IMPORT_NEW],
              1);
    CHECK_STR(stage(g, "grove.grove", 1), S("closed"));
}

TEST(a_unit_does_not_say_the_state_of_a_new_row)
{
    struct given *g = given(t);
    struct import_sheet *s;

    by(g, ROLE_EDITOR);
    s = import(g, S(STATED "北山,区教育局,已成林\n南山,区教育局,\n"
                           "东山,区教育局,草稿\n"));
    CHECK_INT(s->count[IMPORT_WRONG], 1);
    CHECK(blames(s, S("由办理步骤改变")));
    CHECK_INT(s->count[IMPORT_NEW], 2); /* blank, and where rows begin */
}

TEST(no_file_moves_a_row_that_is_there)
{
    struct given *g = given(t);
    struct import_sheet *s;

    by(g, ROLE_OFFICER);
    import(g, S(STATED "北山,区教育局,草稿\n"));
    s = import(g, S(STATED "北山,区教育局,已成林\n"));
    CHECK_INT(s->count[IMPORT_WRONG], 1);
    CHECK(blames(s, S("由办理步骤改变")));
    CHECK_INT(import(g, S(STATED "北山,区教育局,草稿\n"))->count[IMPORT_SAME],
              1);
    CHECK_INT(import(g, S(STATED "北山,区教育局,\n"))->count[IMPORT_SAME], 1);
    CHECK_INT(import(g, S(GROVES "北山,区教育局\n"))->count[IMPORT_SAME], 1);
    CHECK_STR(stage(g, "grove.grove", 1), S("draft"));
}

TEST(what_the_house_computes_is_left_out_and_named)
{
    struct given *g = given(t);
    struct import_sheet *s = &given_csv(g, S("林地名,造林单位,成林进度,造林灯\n"
                                             "北山,区教育局,70,拖延\n"))
                                  ->sheets[0];

    CHECK_INT(s->count[IMPORT_NEW], 1);
    CHECK_INT(s->left.columns_n, 0);
    CHECK_STR(s->left.computed.zh, S("成林进度、造林灯"));
    CHECK_STR(given_said(g, given_kept(g, "grove.grove", 1), "progress"),
              S("0"));
}

TEST(a_part_names_its_parent_and_has_its_year)
{
    struct given *g = given(t);
    struct import *im;
    struct ledger_row *row;

    given_csv(g, S("年度,林地名,造林单位\n2023,北山,区教育局\n"));
    im = plan(g, S("年度," TASKS "\n2024,北山,整地,2024-06-10,40\n"));
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 1);
    row = given_kept(g, "grove.task", 1);
    CHECK_INT(row->year, 2023);
    CHECK_INT(row_owner(row), given_unit(g, S("区教育局")));
    CHECK(text_empty(im->sheets[0].question));
}

TEST(a_parent_is_not_made_by_its_parts)
{
    struct given *g = given(t);
    struct import_sheet *s =
        &given_csv(g, S(TASKS "\n西山,整地,2024-06-10,40\n"))->sheets[0];

    CHECK_INT(s->count[IMPORT_WRONG], 1);
    CHECK(blames(s, S("西山")) || blames(s, S("没有")));
    CHECK(s->problems && !s->problems->next);
    CHECK_INT(given_live(g, "grove.grove", S("")), 0);
}

TEST(a_parent_of_a_name_that_several_have_is_not_guessed)
{
    struct given *g = given(t);
    struct import_sheet *s;

    given_csv(g, S("年度,林地名,造林单位\n2023,北山,区教育局\n"
                   "2024,北山,区教育局\n"));
    s = &given_csv(g, S(TASKS "\n北山,整地,2024-06-10,40\n"))->sheets[0];
    CHECK_INT(s->count[IMPORT_WRONG], 1);
    CHECK(s->problems && !s->problems->next);
    CHECK_INT(given_live(g, "grove.task", S("")), 0);
}

/* A file that the house wrote, read again. */
static struct import *again(struct given *g, struct str path)
{
    struct ctx *c = given_get(g, path);
    struct import *im = plan(g, str_dup(g->m, page_html(c)));

    given_apply(g, im);
    return im;
}

TEST(an_export_of_parts_that_comes_back_changes_nothing)
{
    struct given *g = given(t);
    struct import *im;

    given_csv(g, S("年度,林地名,造林单位\n2023,北山,区教育局\n"
                   "2024,南山,区教育局\n"));
    given_csv(g, S(TASKS ",任务状态\n南山,整地,2024-06-10,40,已完成\n"
                         "南山,栽种,2024-06-12,40,\n"));
    /* Later another is called so too. */
    given_csv(g, S("年度,林地名,造林单位\n2023,南山,区教育局\n"));
    by(g, ROLE_OFFICER);
    im = again(g, S("/grove/task/export.csv?year=all"));
    CHECK_INT(im->count[IMPORT_SAME], 2);
    CHECK_INT(im->count[IMPORT_WRONG] + im->count[IMPORT_CHANGED], 0);
    im = again(g, S("/grove/grove/export.csv?year=all"));
    CHECK_INT(im->count[IMPORT_SAME], 3);
    CHECK_INT(im->count[IMPORT_WRONG] + im->count[IMPORT_CHANGED], 0);
    CHECK_STR(im->sheets[0].left.computed.zh, S("成林进度、造林灯"));
}

/* Parts in the first sheet, their parents in the second. */
static struct workbook *both(struct given *g)
{
    struct workbook *w = given_workbook(
        g, S("年度," TASKS ",任务状态\n2024,北山,整地,2024-06-10,40,已完成\n"),
        S("a.csv"));
    struct workbook *groves =
        given_workbook(g, S("年度,林地名,造林单位\n2023,北山,区教育局\n"),
                       S("b.csv"));
    struct grid *grids = NEW_ARRAY(g->m, struct grid, 2);

    grids[0] = w->grids[0];
    grids[1] = groves->grids[0];
    w->grids = grids;
    w->n = 2;
    return w;
}

TEST(a_part_and_its_parent_come_in_one_file)
{
    struct given *g = given(t);
    struct import *im = given_plan(g, both(g));

    im->who = &g->who;
    by(g, ROLE_OFFICER);
    given_compare(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 2);
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    given_apply(g, im);
    CHECK_INT(im->count[IMPORT_NEW], 2);
    CHECK_INT(given_kept(g, "grove.task", 1)->year, 2023);
    CHECK_STR(given_said(g, given_kept(g, "grove.grove", 1), "progress"),
              S("40"));
}

TEST(a_batch_of_parents_and_parts_goes_and_comes_back)
{
    struct given *g = given(t);
    struct import *im = given_plan(g, both(g));
    struct asker shell;
    struct undo u = { .reason = S("导错了") };

    u.batch = given_apply(g, im);
    shell = asker_shell(act_scope(given_act(g)));
    CHECK_INT(given_settle(g, undo_apply(given_act(g), &shell, &u)), OK);
    CHECK_INT(given_live(g, "grove.task", S("")), 0);
    u = (struct undo){ .batch = u.batch, .back = true, .reason = S("没有错") };
    shell = asker_shell(act_scope(given_act(g)));
    CHECK_INT(given_settle(g, undo_apply(given_act(g), &shell, &u)), OK);
    CHECK_INT(given_live(g, "grove.task", S("")), 1);
    CHECK_STR(given_said(g, given_kept(g, "grove.grove", 1), "progress"),
              S("40"));
}
