/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The monthly review: sent once, filled by the house, confirmed in one tap. */
#include "feature/projects/projects.h"
#include "feature/projects/review.h"
#include "host/given/given.h"

#define WHOSE "序号,领域,项目名称,领衔党组织,领办书记,责任单位,"
#define WHEN                                                                   \
    "启动时间,完成时限,\"里程碑（时限，权重）\",已完成里程碑,难点堵点\n"
#define PLAN "方案（3月30日前，40%）；验收（9月15日前，60%）"
#define WATER ",区水务局党组,党组书记,区水务局,2024-01-05,2024-11-30,"
#define PARKS ",区城管局党组,党组书记,区城管局,2024-01-05,2024-11-30,"

/* Two projects of 区水务局, one of 区城管局; the 7th of November. */
static struct given *given_three(struct test *t)
{
    struct given *g = given(t);

    given_csv(g, S("2024年重点项目台账\n" WHOSE WHEN "1,绿色发展,河" WATER PLAN
                   ",方案（10月8日）,资金缺口\n"
                   "2,绿色发展,湖" WATER PLAN ",方案（3月28日）,无\n"
                   "3,城市建管,路" PARKS PLAN ",,无\n"));
    NEED_INT(given_live(g, "projects.project", S("")), 3);
    given_commit(g);
    return g;
}

static struct ctx *send(struct given *g, const char *month)
{
    given_asks(g, ROLE_OFFICER);
    return given_post(g, str_fmt(g->m, "/projects/months/%s", month));
}

/* From now on an editor of this unit asks. */
static void as_unit(struct given *g, const char *name)
{
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, str_from(name));
}

static struct str review_says(struct given *g, int64_t id, const char *column)
{
    return given_said(g, given_kept(g, "projects.review", id), column);
}

static struct ctx *take(struct given *g, int64_t id, const char *step)
{
    return given_post(g, str_fmt(g->m, "/projects/review/%lld/do/%s",
                                 (long long)id, step));
}

TEST(reviews_of_a_month_are_sent_once_to_each_unit)
{
    struct given *g = given_three(t);

    CHECK_INT(page_status(send(g, "2024-10")), 303);
    CHECK_INT(given_live(g, "projects.review", S("")), 2);
    CHECK_STR(review_says(g, 1, "name"), S("2024年10月调度表"));
    CHECK_STR(review_says(g, 1, "confirm_by"), S("20241114"));
    send(g, "2024-10");
    CHECK_INT(given_live(g, "projects.review", S("")), 2);
    send(g, "2024-09");
    CHECK_INT(given_live(g, "projects.review", S("")), 4);
}

TEST(review_is_filled_from_the_records)
{
    struct given *g = given_three(t);
    struct ctx *c;

    send(g, "2024-10");
    as_unit(g, "区水务局");
    c = given_get(g, S("/projects/review/1"));
    CHECK(page_says(c, S("区水务局，2024年10月，2 个项目")));
    CHECK(page_says(c, S("方案，2024年10月8日")));
    CHECK(page_says(c, S("验收（60%），2024年9月15日到期，已过期")));
    CHECK(page_says(c, S("资金缺口")));
    CHECK(page_has(c, S("/projects/project/2/blocker/new")));
    CHECK(!page_says(c, S("路")));
}

TEST(review_waits_for_its_unit_and_is_confirmed_in_one_tap)
{
    struct given *g = given_three(t);

    send(g, "2024-10");
    as_unit(g, "区水务局");
    CHECK(page_says(given_get(g, S("/")), S("1 份调度表等您确认")));
    CHECK_INT(page_status(take(g, 1, "confirm")), 303);
    CHECK_STR(review_says(g, 1, "state"), S("confirmed"));
    CHECK_STR(review_says(g, 1, "projects"), S("2"));
    CHECK_STR(review_says(g, 1, "red"), S("2"));
    CHECK_STR(review_says(g, 1, "done"), S("1"));
    CHECK_STR(review_says(g, 1, "blockers"), S("1"));
    CHECK_STR(review_says(g, 1, "confirmed_on"), S("20241107"));
    CHECK(!page_says(given_get(g, S("/")), S("1 份调度表等您确认")));
}

TEST(review_of_another_unit_is_not_confirmed_nor_its_blockers_told)
{
    struct given *g = given_three(t);
    struct ctx *c;

    send(g, "2024-10");
    as_unit(g, "区城管局");
    CHECK_INT(page_status(take(g, 1, "confirm")), 403);
    c = given_get(g, S("/projects/review/1"));
    CHECK(!page_says(c, S("资金缺口")));
    c = given_get(g, S("/projects/months/2024-10"));
    CHECK(!page_says(c, S("区水务局")));
    CHECK(!page_says(c, S("资金缺口")));
    CHECK(page_says(c, S("1 个单位，0 个已确认")));
    CHECK_INT(page_status(given_post(g, S("/projects/months/2024-10"))), 403);
}

TEST(review_that_changed_is_confirmed_again)
{
    struct given *g = given_three(t);
    struct ctx *c;

    send(g, "2024-10");
    as_unit(g, "区水务局");
    take(g, 1, "confirm");
    given_field(g, "reason", S("湖的验收补报"));
    take(g, 1, "reopen");
    CHECK_STR(review_says(g, 1, "state"), S("open"));
    CHECK_STR(review_says(g, 1, "red"), S(""));
    take(g, 1, "confirm");
    CHECK_STR(review_says(g, 1, "state"), S("confirmed"));
    c = given_get(g, S("/projects/review/1"));
    CHECK(page_says(c, S("湖的验收补报")));
}

TEST(month_tells_the_district_how_it_stands)
{
    struct given *g = given_three(t);
    struct ctx *c;

    send(g, "2024-10");
    as_unit(g, "区水务局");
    take(g, 1, "confirm");
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/projects/months/2024-10"));
    CHECK(page_says(c, S("2 个单位，1 个已确认")));
    CHECK(page_says(c, S("2024年11月7日确认")));
    CHECK(page_says(c, S("2 项，红灯 2")));
    CHECK(page_says(c, S("资金缺口 河")));
    CHECK(page_says(c, S("红灯 3")) || page_says(c, S("3 红灯")));
    CHECK(!page_says(c, S("发出调度表？")));
}

TEST(months_that_are_none_or_to_come_are_refused)
{
    static const char *const paths[] = {
        "/projects/months/2024-12",
        "/projects/months/2024-13",
        "/projects/months/2024-00",
        "/projects/months/october",
    };
    struct given *g = given_three(t);

    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(paths); i++) {
        CHECK_INT(page_status(given_get(g, str_from(paths[i]))), 404);
        CHECK_INT(page_status(given_post(g, str_from(paths[i]))), 404);
    }
    CHECK_INT(given_live(g, "projects.review", S("")), 0);
    CHECK_INT(page_status(given_get(g, S("/projects/months/2024-11"))), 200);
    CHECK_STR(given_get(g, S("/projects/months"))->location,
              S("/projects/months/2024-10"));
}

TEST(months_lead_to_those_of_years_with_records)
{
    struct given *g = given_three(t);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/projects/months/2024-01"));
    CHECK(!page_has(c, S("/projects/months/2023-12")));
    CHECK(page_has(c, S("/projects/months/2024-02")));
    c = given_get(g, S("/projects/months/2024-11"));
    CHECK(page_has(c, S("/projects/months/2024-10")));
    CHECK(!page_has(c, S("/projects/months/2024-12")));
    CHECK_INT(page_status(given_get(g, S("/projects/months/1900-01"))), 404);
}

TEST(months_have_their_days)
{
    CHECK_INT(month_last(202402), 20240229);
    CHECK_INT(month_last(202412), 20241231);
    CHECK_INT(month_after(202412), 202501);
    CHECK_INT(month_before(202501), 202412);
    CHECK_STR(month_words(t->mem, 202410).en, S("October 2024"));
    CHECK_INT(review_day(202410, 20241107), 20241031);
    CHECK_INT(review_day(202411, 20241107), 20241107);
}
