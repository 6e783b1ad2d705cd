/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Steps on pages: buttons, forms, and every way in which one is refused. */
#include "host/given/given.h"
#include "store/watch.h"

#define UNIT S("区教育局")
#define REPORT S("/grove/task/1/do/report")
#define ACCEPT S("/grove/task/1/do/accept")
#define RETURN S("/grove/task/1/do/return")

static int64_t grove(struct given *g, const char *state)
{
    struct ledger_row *row = given_row(g, "grove.grove");

    given_text(row, "name", S("北山"));
    given_int(row, "unit", given_unit(g, UNIT));
    given_text(row, "state", str_from(state));
    return given_keep(g, row);
}

static int64_t task(struct given *g, int64_t of, const char *state)
{
    struct ledger_row *row = given_row(g, "grove.task");
    int64_t n = given_live(g, "grove.task", S(""));

    given_int(row, "grove", of);
    given_text(row, "name", str_fmt(g->m, "整地%lld", (long long)n + 1));
    given_int(row, "due", 20240610);
    given_int(row, "weight", 10);
    given_text(row, "state", str_from(state));
    return given_keep(g, row);
}

static void asks_for(struct given *g, struct str unit)
{
    int64_t org = given_unit(g, unit);

    given_asks(g, ROLE_EDITOR);
    g->who.org = org;
}

static struct str state_of(struct given *g)
{
    return given_said(g, given_kept(g, "grove.task", 1), "state");
}

static struct ctx *report(struct given *g)
{
    given_field(g, "done_on", S("2024-06-05"));
    given_field(g, "note", S("已平整"));
    return given_post(g, REPORT);
}

/* Both languages say why, and with which status. */
static void check_refused(struct test *t, struct given *g, struct str path,
                          struct text words)
{
    CHECK(page_says(given_get(g, path), words.zh));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, path), words.en));
    g->lang = LANG_ZH;
}

TEST(a_step_asks_its_columns_and_says_what_it_does)
{
    struct given *g = given(t);
    struct ctx *c;

    task(g, grove(g, "active"), "open");
    asks_for(g, UNIT);
    c = given_get(g, REPORT);
    CHECK_INT(page_status(c), 200);
    CHECK(page_has(c, S("<h1>报任务完成：整地1</h1>")));
    CHECK(page_says(c, S("（属于“北山”）现在是“待完成”，办理后变为“待验收”")));
    CHECK(page_has(c, S("<label for=\"done_on\">任务完成日期</label>")));
    CHECK(page_says(c, S("完成说明（选填）")));
    CHECK(page_has(c, S("name=\"once\"")));
    CHECK(page_has(c, S("name=\"version\" value=\"1\"")));
    CHECK(!page_has(c, S("name=\"weight\"")));
    CHECK(!page_has(c, S("name=\"reason\"")));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, REPORT),
                    S("is “Open” and becomes “Reported”.")));
}

TEST(a_step_is_taken_and_leads_back_to_its_parent)
{
    struct given *g = given(t);
    struct ctx *c;

    task(g, grove(g, "active"), "open");
    asks_for(g, UNIT);
    CHECK_STR(report(g)->location, S("/grove/grove/1#task-1"));
    CHECK_STR(state_of(g), S("reported"));
    CHECK_STR(given_said(g, given_kept(g, "grove.task", 1), "done_on"),
              S("20240605"));
    c = given_get(g, S("/grove/grove/1"));
    CHECK(page_has(c, S("<tr id=\"task-1\">")));
    CHECK(page_has(c, S("<b>报任务完成</b> <a href=\"/grove/task/1\">整地1")));
    CHECK(page_has(c, S("<del>待完成</del>")));
    CHECK(page_has(c, S("<ins>待验收</ins>")));
}

TEST(a_step_that_cannot_be_taken_as_filled_in_stays_filled_in)
{
    struct given *g = given(t);
    struct ctx *c;

    task(g, grove(g, "active"), "open");
    asks_for(g, UNIT);
    given_field(g, "note", S("已平整"));
    c = given_post(g, REPORT);
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("任务完成日期：必填，请填写")));
    CHECK(page_has(c, S("value=\"已平整\"")));
    given_field(g, "done_on", S("下周"));
    c = given_post(g, REPORT);
    CHECK_INT(page_status(c), 422);
    CHECK(page_has(c, S("value=\"下周\"")));
    CHECK_STR(state_of(g), S("open"));
}

TEST(a_step_that_was_taken_has_one_effect_and_says_since_when)
{
    struct given *g = given(t);
    struct ctx *c;

    task(g, grove(g, "active"), "open");
    asks_for(g, UNIT);
    report(g);
    c = report(g);
    CHECK_STR(c->location, S("/grove/task/1?taken=report"));
    CHECK_STR(given_get(g, REPORT)->location, S("/grove/task/1?taken=report"));
    CHECK_INT(given_kept(g, "grove.task", 1)->version, 2);
    c = given_get(g, S("/grove/task/1?taken=report"));
    CHECK(page_says(c, S("已经办过，这次没有重复办")));
    CHECK(page_says(c, S("办理，现在是“待验收”")));
    g->lang = LANG_EN;
    c = given_get(g, S("/grove/task/1?taken=report"));
    CHECK(page_says(c, S("That was done already and counts once.")));
    c = given_get(g, S("/grove/task/1?taken=accept"));
    CHECK(!page_says(c, S("That was done already")));
}

TEST(a_step_is_refused_to_those_it_is_not_for)
{
    struct given *g = given(t);

    task(g, grove(g, "active"), "open");
    asks_for(g, S("区司法局"));
    CHECK_INT(page_status(report(g)), 403);
    check_refused(t, g, REPORT,
                  TEXT("由责任单位办理；请联系该单位",
                       "is for the unit in charge"));
    CHECK_STR(state_of(g), S("open"));
    asks_for(g, UNIT);
    CHECK_INT(page_status(given_post(g, ACCEPT)), 403);
    check_refused(t, g, ACCEPT,
                  TEXT("由区级管理员办理", "is for a district officer"));
}

TEST(a_step_is_refused_from_where_the_row_does_not_stand)
{
    struct given *g = given(t);

    task(g, grove(g, "draft"), "open");
    given_asks(g, ROLE_OFFICER);
    CHECK_INT(page_status(given_post(g, ACCEPT)), 409);
    check_refused(
        t, g, ACCEPT,
        TEXT("“整地1”现在是“待完成”，不能“验收任务”",
             "\"整地1\" is \"Open\" now, so that \"Accept\" is not possible"));
    check_refused(t, g, REPORT,
                  TEXT("“北山”现在是“草稿”", "\"北山\" is \"Draft\" now"));
    given_void(g, "grove.task", 1);
    CHECK_INT(page_status(report(g)), 409);
    check_refused(t, g, REPORT,
                  TEXT("已作废，不能办理", "was voided, nothing can be done"));
    CHECK_INT(page_status(given_get(g, S("/grove/task/1/do/fly"))), 404);
}

TEST(a_step_that_judges_is_refused_over_what_nobody_looked_at)
{
    struct given *g = given(t);
    struct ledger_row *row;
    struct ctx *c;

    task(g, grove(g, "active"), "reported");
    row = given_kept(g, "grove.task", 1);
    given_int(row, "weight", 30);
    given_change(g, row);
    given_asks(g, ROLE_OFFICER);
    given_field(g, "version", S("1"));
    c = given_post(g, ACCEPT);
    CHECK_INT(page_status(c), 409);
    CHECK(page_says(c, S("您打开之后有人改过")));
    CHECK(page_has(c, S("<ins>30</ins>")));
    CHECK(page_has(c, S("name=\"version\" value=\"2\"")));
    CHECK_STR(state_of(g), S("reported"));
    given_field(g, "version", S("2"));
    CHECK_INT(page_status(given_post(g, ACCEPT)), 303);
    CHECK_STR(state_of(g), S("accepted"));
}

TEST(a_step_asks_for_its_reason_and_keeps_it)
{
    struct given *g = given(t);
    struct ctx *c;

    task(g, grove(g, "active"), "reported");
    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, RETURN), S("name=\"reason\"")));
    c = given_post(g, RETURN);
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("请写明原因")));
    g->lang = LANG_EN;
    CHECK(page_says(given_post(g, RETURN), S("please say why")));
    g->lang = LANG_ZH;
    given_field(g, "reason", S("佐证\n不全"));
    c = given_post(g, RETURN);
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("原因请写成一行")));
    given_field(g, "reason", S("佐证不全"));
    CHECK_INT(page_status(given_post(g, RETURN)), 303);
    CHECK(page_says(given_get(g, S("/grove/grove/1")), S("原因：佐证不全")));
    g->who = (struct who){ 0 };
    CHECK(!page_says(given_get(g, S("/grove/grove/1")), S("佐证不全")));
}

TEST(buttons_are_those_of_the_reader_with_the_expected_first)
{
    struct given *g = given(t);
    struct ctx *c;

    task(g, grove(g, "active"), "reported");
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/grove/task/1"));
    CHECK(page_has(c, S("<h1>")) &&
          page_has(c, S("class=\"tag busy\">待验收")));
    CHECK(page_has(c, S("action=\"/grove/task/1/do/accept\"")));
    CHECK(page_has(c, S("<button class=\"button\">验收任务</button>")));
    CHECK(page_has(c, S("href=\"/grove/task/1/do/return\"")));
    CHECK(!page_has(c, S("/do/report")));
    CHECK(page_has(c, S("<a href=\"/grove/grove/1\">北山</a>")));
    asks_for(g, UNIT);
    c = given_get(g, S("/grove/task/1"));
    CHECK(!page_has(c, S("/do/accept")));
    g->who = (struct who){ 0 };
    CHECK(!page_has(given_get(g, S("/grove/task/1")), S("/do/")));
}

TEST(parts_stand_on_the_page_of_their_parent)
{
    struct given *g = given(t);
    int64_t of = grove(g, "draft");
    struct ctx *c;

    task(g, of, "open");
    task(g, of, "open");
    given_void(g, "grove.task", 2);
    asks_for(g, UNIT);
    c = given_get(g, S("/grove/grove/1"));
    CHECK(page_has(c, S("href=\"/grove/grove/1/task/new\"")));
    CHECK(page_says(c, S("共 2 个")));
    CHECK(page_has(c, S("data-label=\"任务时限\">2024-06-10")));
    CHECK(page_has(c, S("class=\"tag calm\">待完成")));
    CHECK(page_says(c, S("整地2")));
    g->who = (struct who){ 0 };
    c = given_get(g, S("/grove/grove/1"));
    CHECK(page_says(c, S("共 1 个")));
    CHECK(!page_says(c, S("整地2")));
    CHECK(!page_has(c, S("/task/new")));
    CHECK(!page_says(c, S("完成说明")));
}

TEST(a_page_with_ten_parts_asks_little)
{
    struct given *g = given(t);
    int64_t of = grove(g, "active");
    int64_t before;
    int64_t few;

    task(g, of, "open");
    asks_for(g, UNIT);
    given_commit(g);
    before = db_statements(g->house->db);
    given_get(g, S("/grove/grove/1"));
    few = db_statements(g->house->db) - before;
    for (int i = 0; i < 9; i++)
        task(g, of, "open");
    given_commit(g);
    before = db_statements(g->house->db);
    given_get(g, S("/grove/grove/1"));
    CHECK_INT(db_statements(g->house->db) - before, few);
    CHECK(few <= 12);
}
