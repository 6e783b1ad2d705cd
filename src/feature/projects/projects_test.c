/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Key projects: whose year it is. */
#include "host/given/given.h"

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

TEST(project_is_finished_when_all_its_milestones_are_done)
{
    static const struct {
        const char *milestones, *done;
        bool finished;
    } cases[] = {
        { "方案（3月，20%）；验收（9月，80%）", "方案、验收", true },
        { "方案（3月，20%）；验收（9月，80%）", "验收、 方案", true },
        { "方案（3月，20%）；验收（9月，80%）", "方案", false },
        { "方案（3月，20%）；验收（9月，80%）", "方案、中期验收", false },
        { "方案\n验收\n", "方案、验收", true },
        { "方案", "方案", true },
        { "方案", "", false },
        { "", "方案", false },
        { "", "", false },
    };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ledger_row *row = given_row(g, "projects.project");

        given_text(row, "name", str_fmt(g->m, "项目%zu", i));
        given_text(row, "field", S("green"));
        given_text(row, "lead_org", S("区水务局党组"));
        given_text(row, "secretary", S("党组书记"));
        given_int(row, "unit", given_unit(g, S("区水务局")));
        given_int(row, "started_on", 20240103);
        given_int(row, "due_on", 20241130);
        if (cases[i].milestones[0])
            given_text(row, "milestones", str_from(cases[i].milestones));
        if (cases[i].done[0])
            given_text(row, "done", str_from(cases[i].done));
        given_keep(g, row);
        CHECK_STR(given_said(g, row, "finished"),
                  cases[i].finished ? S("all") : S(""));
    }
}
