/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Blockers: how long they stood in the way, and what is asked of whom. */
#include "host/given/given.h"

#define PROJECT "示例项目"

/* A project under way, by 区水务局. */
static struct given *given_project(struct test *t)
{
    struct given *g = given(t);
    struct import *im = given_plan(
        g, given_workbook(g,
                          S("2024年重点项目台账\n领域,项目名称,领衔党组织,"
                            "领办书记,责任单位,启动时间,完成时限\n"
                            "绿色发展," PROJECT ",区水务局党组,党组书记,"
                            "区水务局,2024-01-05,2024-11-30\n"),
                          S("a.csv")));

    im->years = (struct import_years){ .today = GIVEN_YEAR };
    import_arrange(im);
    given_apply(g, im);
    given_unit(g, S("区一局"));
    given_unit(g, S("区二局"));
    return g;
}

static void given_blockers(struct given *g, const char *rows)
{
    struct test *t = g->t;
    struct import *im =
        given_csv(g, str_fmt(g->m,
                             "项目名称,难点堵点内容,请谁协助,提出日期,难点状态,"
                             "解决日期,答复\n%s",
                             rows));
    CHECK_INT(im->count[IMPORT_WRONG], 0);
}

static struct figure_value days_open(struct given *g)
{
    return given_figure(g, "projects.blockers.days_open");
}

TEST(blockers_say_how_long_half_of_them_took)
{
    struct given *g = given_project(t);
    struct figure_value v = days_open(g);

    CHECK(!v.known);
    given_blockers(g, PROJECT
                   ",征地,区一局,2024-03-01,已解决,2024-03-08,好\n" PROJECT
                   ",管线,区一局,2024-03-01,已销号,2024-03-19,好\n" PROJECT
                   ",资金,区二局,2024-03-01,已受理,,好\n");
    v = days_open(g);
    CHECK_INT(given_figure(g, "projects.blockers.raised").value, 3);
    CHECK_INT(v.n, 2);
    CHECK_STR(figure_text(g->m, &v), S("12.5")); /* of 7 and 18 */
    given_blockers(g, PROJECT ",审批,区一局,2024-04-01,已解决,2024-04-01,好\n");
    v = days_open(g);
    CHECK_STR(figure_text(g->m, &v), S("7.0")); /* solved at once is 0 */
    given_void(g, "projects.blocker", 1);
    v = days_open(g);
    CHECK_STR(figure_text(g->m, &v), S("9.0"));
}

static struct ledger_row *taken(struct given *g, const char *key,
                                struct ledger_row *row)
{
    struct test *t = g->t;
    struct asker asker = asker_shell(act_scope(given_act(g)));
    struct ledger_row *before = given_kept(g, "projects.blocker", row->id);
    struct admission a = { .asker = &asker,
                           .before = before,
                           .step = step_find(row->ledger, str_from(key)),
                           .reason = S("原因"),
                           .day = 20240801 };
    bool changed = false;

    NEED(a.step);
    NEED_INT(row_admit(&a, row), OK);
    NEED_INT(row_update(given_act(g), before, row, &changed), OK);
    CHECK(changed);
    return given_kept(g, "projects.blocker", row->id);
}

static struct str unit_in(struct given *g, struct ledger_row *row,
                          const char *column)
{
    size_t i = ledger_column(row->ledger, str_from(column));

    row_load_labels(act_scope(given_act(g)), row);
    return row_has(row, i) ? row->labels[i] : S("");
}

TEST(blocker_is_solved_with_the_help_of_the_asked_unless_said_otherwise)
{
    struct given *g = given_project(t);
    struct ledger_row *row;

    given_blockers(g, PROJECT ",征地,区一局,2024-03-01,已受理,,好\n" PROJECT
                              ",管线,,2024-03-01,待受理,,好\n");
    row = given_kept(g, "projects.blocker", 1);
    CHECK_STR(unit_in(g, row, "helped_by"), S(""));
    row = taken(g, "solved", row);
    CHECK_STR(unit_in(g, row, "helped_by"), S("区一局"));
    row = taken(g, "reopen", row);
    CHECK_STR(unit_in(g, row, "helped_by"), S(""));
    given_ref(g, row, "helped_by", S("区二局"));
    row = taken(g, "solved", row);
    CHECK_STR(unit_in(g, row, "helped_by"), S("区二局"));
    row = taken(g, "solved", given_kept(g, "projects.blocker", 2));
    CHECK_STR(unit_in(g, row, "helped_by"), S("")); /* nobody was asked */
}

TEST(blocker_goes_to_whom_it_is_escalated)
{
    struct given *g = given_project(t);
    struct ledger_row *row;

    given_blockers(g, PROJECT ",征地,区一局,2024-03-01,已受理,,好\n");
    row = given_kept(g, "projects.blocker", 1);
    given_ref(g, row, "needed_from", S("区二局"));
    row = taken(g, "escalate", row);
    CHECK_STR(unit_in(g, row, "needed_from"), S("区二局"));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区二局"));
    CHECK(page_has(given_get(g, S("/projects/blocker/1")),
                   S("/projects/blocker/1/do/accept")));
}

TEST(blockers_are_found_by_who_helped)
{
    struct given *g = given_project(t);
    struct ctx *c;

    given_blockers(g, PROJECT ",征地,区一局,2024-03-01,已受理,,好\n" PROJECT
                              ",管线,区二局,2024-03-01,已受理,,好\n");
    taken(g, "solved", given_kept(g, "projects.blocker", 1));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, str_fmt(t->mem, "/projects/blocker?helped_by=%lld",
                             (long long)given_unit(g, S("区一局"))));
    CHECK(page_says(c, S("由谁协助解决：区一局")));
    CHECK(page_says(c, S("征地")));
    CHECK(!page_says(c, S("管线")));
    CHECK(page_says(given_get(g, S("/projects/blocker/1")),
                    S("由谁协助解决 区一局")));
    given_asks(g, 0);
    CHECK(
        !page_says(given_get(g, S("/projects/blocker/1")), S("由谁协助解决")));
}
