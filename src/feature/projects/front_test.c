/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands first on the pages of projects. */
#include "base/date.h"
#include "feature/projects/programme.h"
#include "feature/projects/projects.h"
#include "host/given/given.h"
#include "host/ledger/office_days.h"
#include "store/watch.h"

#define WHOSE "序号,领域,项目名称,领衔党组织,领办书记,责任单位,"
#define WHEN "启动时间,完成时限,\"里程碑（时限，权重）\",已完成里程碑\n"
#define HEADER WHOSE WHEN
#define PLAN "方案（3月30日前，40%）；验收（9月15日前，60%）"
#define OF ",区水务局党组,党组书记,区水务局,2024-01-05,2024-11-30,"

/* A green, a yellow, a red and one more red that is less behind. */
static struct given *given_four(struct test *t)
{
    struct given *g = given(t);

    given_csv(g, S("2024年重点项目台账\n" HEADER "1,绿色发展,绿的" OF PLAN
                   ",方案（3月28日）、验收（9月1日）\n"
                   "2,绿色发展,黄的" OF
                   "方案（3月30日前，80%）；验收（9月15日前，20%）,方案（3月28"
                   "日）\n"
                   "3,城市建管,红的" OF PLAN ",\n"
                   "4,城市建管,也红的" OF PLAN ",方案（10月28日）\n"));
    NEED_INT(given_live(g, "projects.project", S("")), 4);
    return g;
}

TEST(programme_counts_the_lights_that_its_figures_count)
{
    struct given *g = given_four(t);
    struct ctx *c = given_get(g, S("/projects"));

    CHECK(page_says(
        c, S("2024年11月7日：4 个重点项目，3 项落后于计划，3 项没有动静。")));
    CHECK(page_says(c, S("红灯 2")));
    CHECK(page_says(c, S("黄灯 1")));
    CHECK(page_says(c, S("绿灯 1")));
    CHECK_INT(given_figure(g, "projects.light.red").value, 2);
    CHECK_INT(given_figure(g, "projects.light.yellow").value, 1);
    CHECK_INT(given_figure(g, "projects.light.green").value, 1);
    CHECK(page_has(c, S("/figures/projects.light.red?year=2024&amp;day="
                        "2024-11-07")));
}

/* Where `a` stands before `b` on a page that has both. */
static bool stand_in_order(const struct ctx *c, const char *a, const char *b)
{
    struct str page = page_html(c);
    size_t x = str_find(page, str_from(a));
    size_t y = str_find(page, str_from(b));

    return x != SIZE_MAX && y != SIZE_MAX && x < y;
}

TEST(programme_shows_those_furthest_behind_first)
{
    struct given *g = given_four(t);
    struct ctx *c = given_get(g, S("/projects"));

    CHECK(page_has(c, S("aria-label=\"3 红的，红灯，落后 100 点\"")));
    CHECK(page_has(c, S("aria-label=\"1 绿的，绿灯\"")));
    CHECK(page_says(c, S("方案，2024年3月30日，迟 222 天")));
    CHECK(stand_in_order(c, "aria-label=\"3 红的", "aria-label=\"4 也红的"));
    CHECK(stand_in_order(c, "aria-label=\"2 黄的", "aria-label=\"1 绿的"));
    CHECK(page_says(c, S("城市建管 2 项")));
}

TEST(programme_is_of_the_day_that_is_asked_for)
{
    struct given *g = given_four(t);
    struct ctx *c = given_get(g, S("/projects?day=2024-03-30"));

    CHECK(page_says(c, S("绿灯 4")));
    CHECK(page_says(c, S("红灯 0")));
    c = given_get(g, S("/projects?day=2024-02-30"));
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("日历上没有“2024-02-30”这一天")));
    c = given_get(g, S("/projects/project/1?day=gestern"));
    CHECK_INT(page_status(c), 422);
}

TEST(programme_tells_the_months_of_what_was_due)
{
    struct given *g = given_four(t);
    struct ctx *c = given_get(g, S("/projects"));

    CHECK(page_has(c, S("aria-label=\"3 月：按期 2，迟 1，没有办结 1\"")));
    CHECK(page_has(c, S("aria-label=\"9 月：按期 1，迟 0，没有办结 3\"")));
    CHECK(
        page_has(c,
                 S("/figures/projects.milestones.due?year=2024&amp;month=9")));
    CHECK(page_says(c, S("到这个月到期 8 个，还欠 4 个")));
}

static bool is_silent(struct given *g, size_t at)
{
    struct scope in = act_scope(given_act(g));
    struct programme p;
    int32_t days;

    programme_read(in, 2024, date_of(house_now(g->house)), &p);
    return standing_is_silent(&p, office_workdays(in), &p.v[at], &days);
}

TEST(project_is_silent_until_somebody_does_something)
{
    struct given *g = given_four(t);
    struct ledger_row *row;

    CHECK(!is_silent(g, 3)); /* done on 28 October */
    CHECK(is_silent(g, 2));  /* files are no sign of life */
    row = given_kept(g, "projects.project", 3);
    given_text(row, "partners", S("区城管局"));
    given_change(g, row);
    CHECK(!is_silent(g, 2));
    given_day(g, 20241206); /* 21 working days later */
    CHECK(is_silent(g, 2));
    CHECK(is_silent(g, 3));
}

TEST(programme_without_projects_shows_no_picture)
{
    struct given *g = given(t);
    struct ctx *c = given_get(g, S("/projects"));

    CHECK_INT(page_status(c), 200);
    CHECK(!page_has(c, S("class=\"lamps\"")));
}

TEST(programme_of_very_many_is_told_in_numbers)
{
    struct given *g = given(t);
    struct buf *b = buf_new(g->m, 1 << 20);
    struct ctx *c;

    buf_lit(b, "2024年重点项目台账\n" HEADER);
    for (int i = 0; i <= PROGRAMME_MAX; i++) {
        buf_put(b, str_fmt(g->m, "%d,绿色发展,第%d号", i + 1, i + 1));
        buf_lit(b, OF PLAN ",\n");
    }
    given_csv(g, buf_str(b));
    c = given_get(g, S("/projects"));
    CHECK(page_says(c, S("红灯 401")));
    CHECK(page_says(c, S("项目超过 400 个，不逐个画灯")));
    CHECK(!page_has(c, S("class=\"lamps\"")));
}

TEST(project_page_begins_with_its_stairs_and_why_its_light_is_so)
{
    struct given *g = given_four(t);
    struct ctx *c = given_get(g, S("/projects/project/4"));

    CHECK(page_says(c, S("为什么是红灯")));
    CHECK(page_says(c, S("按里程碑应完成 100%，已完成 40%，落后 60 个百分点")));
    CHECK(page_has(c, S("href=\"/projects/project/4#milestone-7\"")));
    CHECK(page_has(c, S("id=\"milestone-7\"")));
    c = given_get(g, S("/projects/project/4?day=2024-09-15"));
    CHECK(page_says(c, S("按里程碑应完成 40%，已完成 0%")));
}

TEST(field_has_a_page_of_its_own)
{
    struct given *g = given_four(t);
    struct ctx *c = given_get(g, S("/projects/fields/city?day=2024-11-07"));

    CHECK(page_says(c, S("2024年11月7日：2 个项目，平均进度 20%")));
    CHECK(stand_in_order(c, "红的</a>", "也红的</a>"));
    CHECK(!page_says(c, S("绿的")));
    CHECK(page_says(c, S("填报：")));
    CHECK_INT(page_status(given_get(g, S("/projects/fields/moon"))), 404);
    CHECK_INT(page_status(given_get(g, S("/projects/fields/city?day=x"))), 422);
}

/* An order to project 3, as kept. */
static struct str order_slip(struct given *g)
{
    struct ledger_row *row = given_row(g, "projects.order");

    given_ref(g, row, "project", S("红的"));
    given_text(row, "no", S("〔2024〕3号"));
    given_text(row, "level", S("red"));
    given_text(row, "content", S("请于期限前答复整改安排"));
    given_int(row, "issued_on", 20241105);
    given_int(row, "answer_by", 20241115);
    return str_fmt(g->m, "/projects/order/%lld/slip",
                   (long long)given_keep(g, row));
}

TEST(order_has_a_slip_for_those_it_is_about)
{
    struct given *g = given_four(t);
    struct str slip = order_slip(g);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    c = given_get(g, slip);
    CHECK(page_says(c, S("督办单 〔2024〕3号")));
    CHECK(page_says(c, S("责任单位 区水务局")));
    CHECK(page_says(c, S("请于期限前答复整改安排")));
    CHECK(page_says(c, S("签收人：")));
    CHECK(page_has(given_get(g, S("/projects/order/1")), slip));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区城管局"));
    CHECK_INT(page_status(given_get(g, slip)), 404);
    given_asks(g, 0);
    CHECK(page_status(given_get(g, slip)) != 200);
    c = given_get(g, S("/projects/order/1"));
    CHECK(!page_says(c, S("请于期限前答复整改安排")));
    CHECK(!page_has(c, slip));
}

TEST(project_pages_cost_few_statements)
{
    static const char *const paths[] = { "/projects", "/projects/project/4" };
    struct given *g = given_four(t);

    for (size_t i = 0; i < COUNT(paths); i++) {
        int64_t before = db_statements(g->house->db);

        given_get(g, str_from(paths[i]));
        CHECK(db_statements(g->house->db) - before > 5);
        CHECK(db_statements(g->house->db) - before <= 12);
    }
}
