/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a unit reports of a milestone, and shows for it. */
#include "feature/projects/projects.h"
#include "host/given/given.h"

#define LINK "https://oa.example.cn/f?id=7&v=2"

/* A project under way with open milestones, the first number 1. */
static struct given *given_milestone(struct test *t)
{
    struct given *g = given(t);
    struct str rows =
        S("2024年重点项目台账\n领域,项目名称,领衔党组织,领办书记,责任单位,"
          "启动时间,完成时限,\"里程碑（时限，权重）\",已完成里程碑,难点堵点\n"
          "绿色发展,示例项目,区水务局党组,党组书记,区水务局,2024-01-05,"
          "2024-11-30,方案（3月30日前，40%）；验收（9月15日前，60%）,,无\n");
    struct import *im = given_plan(g, given_workbook(g, rows, S("a.csv")));

    im->years = (struct import_years){ .today = GIVEN_YEAR };
    import_arrange(im);
    given_apply(g, im);
    given_commit(g);
    given_asks(g, ROLE_OFFICER);
    return g;
}

static struct ctx *report(struct given *g, const char *evidence)
{
    struct str path = S("/projects/milestone/1/do/report");

    given_opened(g, given_get(g, path), path);
    given_field(g, "done_on", S("2024-09-10"));
    given_field(g, "evidence", str_from(evidence));
    return given_post(g, path);
}

TEST(milestone_shows_the_link_to_its_evidence_to_those_who_may_see_it)
{
    struct given *g = given_milestone(t);
    struct ctx *c;

    CHECK_INT(page_status(report(g, LINK)), 303);
    CHECK_STR(row_str(given_kept(g, "projects.milestone", 1),
                      MILESTONE_EVIDENCE),
              S(LINK));
    c = given_get(g, S("/projects/milestone/1"));
    CHECK(page_has(c, S("<a href=\"https://oa.example.cn/f?id=7&amp;v=2\" "
                        "rel=\"noopener nofollow noreferrer\">")));
    given_commit(g);
    given_asks(g, 0);
    c = given_get(g, S("/projects/milestone/1"));
    CHECK_INT(page_status(c), 200);
    CHECK(!page_has(c, S("oa.example.cn")));
}

TEST(milestone_evidence_is_an_address_of_the_web_or_nothing)
{
    static const char *const wrong[] = { "javascript:alert(1)", "oa.example.cn",
                                         "见附件",
                                         "https://oa.example.cn/a b" };
    struct given *g = given_milestone(t);

    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct ctx *c = report(g, wrong[i]);

        CHECK_INT(page_status(c), 422);
        CHECK(page_says(c, S("应为 https:// 或 http:// 开头的网址")));
    }
    CHECK_INT(page_status(report(g, "")), 303);
    CHECK(!row_has(given_kept(g, "projects.milestone", 1), MILESTONE_EVIDENCE));
}
