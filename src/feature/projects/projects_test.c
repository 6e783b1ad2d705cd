/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Key projects: whose year it is. */
#include "host/given/given.h"
#include "host/ledger/period.h"

#define HEADER "领域,项目名称,领衔党组织,领办书记,责任单位,启动时间,完成时限\n"
#define ROW                                                                    \
    "绿色发展,示例项目,区水务局党组,党组书记,区水务局,2023-12-20,2024-11-30\n"

static struct import *told(struct given *g, struct str text)
{
    struct import *im = given_plan(g, given_workbook(g, text, S("a.csv")));

    im->years = (struct import_years){ .today = GIVEN_YEAR };
    import_arrange(im);
    given_apply(g, im);
    return im;
}

TEST(project_belongs_to_the_year_on_whose_list_it_stands)
{
    struct given *g = given(t);

    told(g, S("2024年重点项目台账\n" HEADER ROW));
    CHECK_INT(given_figure(g, "projects.count").value, 1);
    CHECK_INT(given_kept(g, "projects.project", 1)->year, 2024);
}

TEST(project_year_is_asked_where_no_list_tells_it)
{
    struct given *g = given(t);
    struct import *im = told(g, S(HEADER ROW));

    CHECK_INT(im->count[IMPORT_WRONG], 1);
    CHECK_INT(given_live(g, "projects.project", S("")), 0);
    im->years.said = 2025;
    import_arrange(im);
    given_apply(g, im);
    CHECK_INT(given_kept(g, "projects.project", 1)->year, 2025);
}

TEST(project_year_may_stand_in_a_column)
{
    struct given *g = given(t);

    told(g, S("年度,领域,项目名称,领衔党组织,领办书记,责任单位,启动时间,"
              "完成时限\n2024年度," ROW));
    CHECK_INT(given_kept(g, "projects.project", 1)->year, 2024);
}

TEST(project_year_is_a_field_of_the_form)
{
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, S("/projects/project/new")),
                   S("name=\"year\" value=\"2024\"")));
}

/* A project that a file brings, with its cells. */
static struct import *brought(struct given *g, const char *milestones,
                              const char *done, const char *blocker)
{
    return told(g,
                str_fmt(g->m,
                        "2024年重点项目台账\n领域,项目名称,领衔党组织,领办书记,"
                        "责任单位,启动时间,完成时限,\"里程碑（时限，权重）\","
                        "已完成里程碑,难点堵点\n绿色发展,示例项目,区水务局党组,"
                        "党组书记,区水务局,2024-01-05,2024-11-30,%s,%s,%s\n",
                        milestones, done, blocker));
}

static struct str project_says(struct given *g, const char *column)
{
    return given_said(g, given_kept(g, "projects.project", 1), column);
}

TEST(project_cells_become_milestones_and_a_blocker)
{
    struct given *g = given(t);

    brought(g, "方案（3月30日前，40%）；验收（9月15日前，60%）",
            "方案（3月28日）", "资金尚有缺口");
    CHECK_INT(given_live(g, "projects.milestone", S("")), 2);
    CHECK_INT(given_live(g, "projects.blocker", S("资金尚有缺口")), 1);
    CHECK_STR(project_says(g, "progress"), S("40"));
    CHECK_STR(project_says(g, "next"), S("验收"));
    CHECK_STR(project_says(g, "state"), S("active"));
    CHECK_STR(project_says(g, "finished"), S(""));
}

TEST(project_is_finished_when_all_its_milestones_are_accepted)
{
    struct given *g = given(t);

    brought(g, "方案（3月，20%）；验收（9月，80%）", "", "无");
    CHECK_INT(given_live(g, "projects.project", S("")), 0); /* which day? */
    brought(g, "方案（3月30日，20%）；验收（9月15日，80%）", "方案、验收",
            "无");
    CHECK_STR(project_says(g, "finished"), S("all"));
    CHECK_INT(given_live(g, "projects.blocker", S("")), 0);
}

TEST(project_is_not_kept_without_the_parts_of_its_cells)
{
    static const char *const cells[] = {
        "方案（3月30日，40%）；方案（9月15日，60%）",
        "方案（3月30日，60%）；验收（9月15日，60%）",
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cells); i++) {
        struct import *im = brought(g, cells[i], "", "无");

        CHECK_INT(im->count[IMPORT_WRONG], 1);
        CHECK_INT(given_live(g, "projects.project", S("")), 0);
        CHECK_INT(given_live(g, "projects.milestone", S("")), 0);
    }
}

TEST(project_cells_are_compared_after_they_were_taken)
{
    static const char *const plan =
        "方案（3月30日前，40%）；验收（9月15日前，60%）";
    struct given *g = given(t);
    struct import *im;

    brought(g, plan, "方案（3月28日）", "无");
    im = brought(g, plan, "方案（3月28日）", "无");
    CHECK_INT(im->count[IMPORT_SAME], 1);
    im = brought(g, plan, "方案、验收", "无"); /* nobody took that step */
    CHECK_INT(im->count[IMPORT_WRONG], 1);
    CHECK_STR(project_says(g, "progress"), S("40"));
    im = brought(g, "", "", "");
    CHECK_INT(im->count[IMPORT_SAME], 1);
    CHECK_INT(given_live(g, "projects.milestone", S("")), 2);
}

TEST(project_that_was_taken_back_comes_again_with_the_parts_of_its_cells)
{
    static const char *const plan =
        "方案（3月30日前，40%）；验收（9月15日前，60%）";
    struct given *g = given(t);
    struct undo u = { .batch = 1, .reason = S("传错了") };
    struct asker shell;
    struct import *im;

    brought(g, plan, "方案（3月28日）", "资金尚有缺口");
    u.batch = given_sql(g, SQL("SELECT max(id) FROM import_batch"));
    shell = asker_shell(act_scope(given_act(g)));
    NEED_INT(given_settle(g, undo_apply(given_act(g), &shell, &u)), OK);
    CHECK_INT(given_live(g, "projects.milestone", S("")), 0);
    im = brought(g, plan, "方案（3月28日）", "资金尚有缺口");
    CHECK_INT(im->count[IMPORT_WRONG], 0);
    CHECK_INT(given_live(g, "projects.milestone", S("")), 2);
    CHECK_INT(given_live(g, "projects.blocker", S("")), 1);
    CHECK_STR(project_says(g, "progress"), S("40"));
}

static int64_t of_light(struct given *g, const char *light, int32_t day)
{
    return period_count(act_scope(given_act(g)), S("projects.project.light"),
                        str_from(light), GIVEN_YEAR, day);
}

TEST(project_light_follows_from_its_milestones)
{
    struct given *g = given(t);

    brought(g, "方案（3月30日前，40%）；验收（9月15日前，60%）",
            "方案（4月10日）", "无");
    CHECK_INT(of_light(g, "green", 20240330), 1);
    CHECK_INT(of_light(g, "red", 20240331), 1);
    CHECK_INT(of_light(g, "green", 20240410), 1);
    CHECK_INT(of_light(g, "red", 20240916), 1);
}
