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
