/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The forms of rows with states: of parts under their parent, and their own. */
#include "host/given/given.h"

static int64_t grove(struct given *g, const char *state)
{
    struct ledger_row *row = given_row(g, "grove.grove");

    given_text(row, "name", S("北山"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_text(row, "state", str_from(state));
    return given_keep(g, row);
}

static void task_fields(struct given *g)
{
    given_field(g, "name", S("整地"));
    given_field(g, "due", S("2024-06-10"));
    given_field(g, "weight", S("40"));
}

static void asks_for(struct given *g, struct str unit)
{
    int64_t org = given_unit(g, unit);

    given_asks(g, ROLE_EDITOR);
    g->who.org = org;
}

TEST(a_part_is_added_under_its_parent_without_naming_it)
{
    struct given *g = given(t);
    struct ctx *c;

    grove(g, "draft");
    asks_for(g, S("区教育局"));
    c = given_get(g, S("/grove/grove/1/task/new"));
    CHECK_INT(page_status(c), 200);
    CHECK(page_has(c, S("<h1>新增：造林任务（北山）</h1>")));
    CHECK(page_has(c, S("action=\"/grove/grove/1/task/new\"")));
    CHECK(page_has(c, S("<a href=\"/grove/grove/1\">北山</a>")));
    CHECK(page_has(c, S("<output id=\"grove\"")));
    CHECK(!page_has(c, S("name=\"grove\"")));
    task_fields(g);
    c = given_post(g, S("/grove/grove/1/task/new"));
    CHECK_STR(c->location, S("/grove/grove/1#task-1"));
    CHECK_INT(row_int(given_kept(g, "grove.task", 1), 0), 1);
}

TEST(a_form_of_a_part_that_is_refused_is_shown_filled)
{
    struct given *g = given(t);
    struct ctx *c;

    grove(g, "draft");
    asks_for(g, S("区教育局"));
    task_fields(g);
    given_field(g, "weight", S("140"));
    c = given_post(g, S("/grove/grove/1/task/new"));
    CHECK_INT(page_status(c), 422);
    CHECK(page_has(c, S("value=\"整地\"")));
    CHECK(page_says(c, S("北山")));
    CHECK_INT(given_live(g, "grove.task", S("")), 0);
}

/* Form and what is sent are refused with these words, and nothing is kept. */
static void check_denied(struct test *t, struct given *g, struct text words)
{
    struct ctx *c = given_get(g, S("/grove/grove/1/task/new"));

    CHECK_INT(page_status(c), 403);
    CHECK(page_says(c, words.zh));
    g->lang = LANG_EN;
    CHECK(page_says(given_get(g, S("/grove/grove/1/task/new")), words.en));
    task_fields(g);
    CHECK_INT(page_status(given_post(g, S("/grove/grove/1/task/new"))), 403);
    CHECK_INT(given_live(g, "grove.task", S("")), 0);
}

TEST(a_part_is_not_added_by_the_unit_once_the_plan_stands)
{
    struct given *g = given(t);

    grove(g, "active");
    asks_for(g, S("区教育局"));
    check_denied(t, g,
                 TEXT("单位不再增加",
                      "nothing is added by the unit at this stage"));
}

TEST(a_part_is_not_added_by_another_unit)
{
    struct given *g = given(t);

    grove(g, "draft");
    asks_for(g, S("区司法局"));
    check_denied(t, g,
                 TEXT("这条记录属于别的单位",
                      "This row belongs to another unit"));
}

TEST(nothing_is_added_under_what_is_voided_or_of_another_ledger)
{
    struct given *g = given(t);

    grove(g, "draft");
    given_asks(g, ROLE_OFFICER);
    CHECK_INT(page_status(given_get(g, S("/grove/grove/1/tree/new"))), 404);
    CHECK_INT(page_status(given_get(g, S("/grove/grove/9/task/new"))), 404);
    given_void(g, "grove.grove", 1);
    CHECK_INT(page_status(given_get(g, S("/grove/grove/1/task/new"))), 409);
}

TEST(a_new_row_is_not_asked_what_steps_fill_in)
{
    struct given *g = given(t);
    struct ctx *c;

    grove(g, "draft");
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/grove/task/new"));
    CHECK(page_has(c, S("name=\"grove\""))); /* anywhere: it is named */
    CHECK(!page_has(c, S("name=\"state\"")));
    CHECK(!page_has(c, S("name=\"done_on\"")));
    CHECK(!page_has(c, S("name=\"progress\"")));
    task_fields(g);
    given_field(g, "grove", S("北山"));
    given_field(g, "state", S("accepted"));
    c = given_post(g, S("/grove/task/new"));
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("“任务状态”在办理时填写，新增时不填")));
    task_fields(g);
    given_field(g, "grove", S("北山"));
    CHECK_STR(given_post(g, S("/grove/task/new"))->location,
              S("/grove/task/1"));
}

TEST(a_fixed_field_says_who_or_what_writes_it)
{
    struct given *g = given(t);
    struct ledger_row *task = given_row(g, "grove.task");
    struct ctx *c;

    given_int(task, "grove", grove(g, "active"));
    given_text(task, "name", S("整地"));
    given_int(task, "due", 20240610);
    given_int(task, "weight", 40);
    given_keep(g, task);
    asks_for(g, S("区教育局"));
    c = given_get(g, S("/grove/task/1/edit"));
    CHECK(page_says(c, S("由办理步骤改变，不能直接改")));
    CHECK(page_says(c, S("在办理时填写；填错了请区级管理员更正")));
    CHECK(page_says(c, S("办理到现在这一步，单位不再改这一栏")));
    CHECK(page_says(c, S("不能改到另一条之下")));
    CHECK(page_has(c, S("name=\"helper\"")));
    CHECK(!page_has(c, S("name=\"weight\"")));
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, S("/grove/task/1/edit"));
    CHECK(page_has(c, S("name=\"weight\"")));
    CHECK(page_has(c, S("name=\"done_on\"")));
    CHECK(!page_has(c, S("name=\"grove\"")));
}
