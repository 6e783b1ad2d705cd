/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A step of several rows as lists and pages offer it. */
#include "host/intake/given_upload.h"

enum { REPORTED_ON = 5 };

/* Two tasks of a grove that is being planted, and an officer who asks. */
static struct given *given_tasks(struct test *t)
{
    struct given *g = given_desk(t);
    struct ledger_row *grove = given_row(g, "grove.grove");

    given_text(grove, "name", S("北山"));
    given_int(grove, "unit", given_unit(g, S("区教育局")));
    given_text(grove, "state", S("active"));
    given_keep(g, grove);
    for (int i = 0; i < 2; i++) {
        struct ledger_row *row = given_row(g, "grove.task");

        given_int(row, "grove", grove->id);
        given_text(row, "name", i ? S("栽种") : S("整地"));
        given_int(row, "due", 20240610);
        given_int(row, "weight", 40);
        given_keep(g, row);
    }
    given_commit(g);
    given_asks(g, ROLE_OFFICER);
    return g;
}

static struct str state(struct given *g, int64_t id)
{
    return given_said(g, given_kept(g, "grove.task", id), "state");
}

/* Open the page of the step for both rows, and send it. */
static struct ctx *send(struct given *g, const char *step, const char *done_on)
{
    struct str path = str_fmt(g->m, "/grove/task/do/%s", step);
    struct ctx *c =
        given_get(g, str_fmt(g->m, "%.*s?row=1&row=2", STR_ARG(path)));

    given_opened(g, c, path);
    given_field(g, "rows", S("1 2"));
    given_field(g, "done_on", str_from(done_on));
    return given_post(g, path);
}

TEST(a_list_offers_steps_to_those_who_may_take_some)
{
    struct given *g = given_tasks(t);
    struct ctx *c = given_get(g, S("/grove/task"));

    CHECK(page_has(c, S("name=\"row\" value=\"1\" form=\"bulk\"")));
    CHECK(page_says(c, S("报任务完成…")));
    CHECK(!page_says(c, S("任务失效…"))); /* time does that */
    CHECK(!page_has(given_get(g, S("/grove/task/print")), S("form=\"bulk\"")));
    CHECK(!page_has(given_get(g, S("/sample/tree")), S("id=\"bulk\"")));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    given_commit(g);
    c = given_get(g, S("/grove/task"));
    CHECK(page_says(c, S("报任务完成…")));
    CHECK(!page_says(c, S("验收任务…")));
    given_asks(g, 0);
    CHECK(!page_has(given_get(g, S("/grove/task")), S("form=\"bulk\"")));
}

/* Of 17 buttons that are the same everywhere nobody finds the two that do. */
TEST(a_list_offers_the_steps_that_lead_from_where_its_rows_are)
{
    static const struct {
        const char *query;
        bool report, accept;
    } cases[] = {
        { "", true, true },
        { "?state=open", true, false },
        { "?state=reported", false, true },
        { "?state=accepted", false, false },
        { "?q=整地", false, true },
        { "?q=栽种", true, false },
        { "?q=栽种&state=reported", false, false },
        { "?q=没有", false, false },
        { "?year=2023", false, false },
        { "?can=accept", false, true },
    };
    struct given *g = given_tasks(t);
    struct ledger_row *row = given_kept(g, "grove.task", 1);
    struct asker asker = asker_shell(act_scope(given_act(g)));
    struct admission a = { .asker = &asker,
                           .before = given_kept(g, "grove.task", 1),
                           .step = step_find(row->ledger, S("report")),
                           .day = 20240604 };
    bool changed;

    given_int(row, "done_on", 20240604);
    NEED_INT(row_admit(&a, row), OK);
    NEED_INT(row_update(given_act(g), a.before, row, &changed), OK);
    given_commit(g);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c =
            given_get(g, str_fmt(t->mem, "/grove/task%s", cases[i].query));

        CHECK_INT(page_has(c, S("/grove/task/do/report\"")), cases[i].report);
        CHECK_INT(page_has(c, S("/grove/task/do/accept\"")), cases[i].accept);
        CHECK_INT(page_has(c, S("id=\"bulk\"")),
                  cases[i].report || cases[i].accept);
    }
}

TEST(the_page_of_a_step_of_several_rows_says_what_it_will_do)
{
    struct given *g = given_tasks(t);
    struct ctx *c = given_get(g, S("/grove/task/do/report?row=1&row=2&row=9"));

    CHECK(page_says(c, S("选中 3 行，2 行能办。")));
    CHECK(page_says(c, S("1 行办不了，留着不动")));
    CHECK(page_says(c, S("编号 9：没有这一条")));
    CHECK(page_has(c, S("id=\"done_on\"")));
    CHECK(!page_has(c, S("id=\"reason\"")));
    CHECK_STR(state(g, 1), S("open")); /* looking changes nothing */
    CHECK_INT(page_status(given_get(g, S("/grove/task/do/report"))), 422);
    CHECK_INT(page_status(given_get(g, S("/grove/task/do/fly?row=1"))), 404);
}

TEST(a_step_of_several_rows_is_taken_and_undone_on_pages)
{
    struct given *g = given_tasks(t);
    struct ctx *c = send(g, "report", "2024-06-04");

    CHECK_INT(page_status(c), 303);
    CHECK_STR(state(g, 1), S("reported"));
    CHECK_STR(state(g, 2), S("reported"));
    CHECK_INT(row_int(given_kept(g, "grove.task", 2), REPORTED_ON), 20240604);
    CHECK(page_says(given_get(g, S("/grove/task/1")), S("第 1 批办理")));
    c = given_get(g, S("/import/batch/1"));
    CHECK(page_says(c, S("办理批次 1")));
    CHECK(page_says(c, S("报任务完成：造林任务")));
    c = given_get(g, S("/import/batch/1/undo"));
    CHECK(page_says(c, S("撤销第 1 批办理？")));
    CHECK(page_says(c, S("2 行改回")));
    CHECK_INT(page_status(given_turn(g, "undo", "报早了")), 303);
    CHECK_STR(state(g, 1), S("open"));
}

TEST(the_page_of_a_step_stands_there_again_with_what_is_wrong)
{
    struct given *g = given_tasks(t);
    struct ctx *c = send(g, "report", "");

    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("必填，请填写")));
    c = send(g, "report", "六月");
    CHECK_INT(page_status(c), 422);
    CHECK(page_has(c, S("value=\"六月\"")));
    CHECK_STR(state(g, 1), S("open"));
}

TEST(a_step_of_several_rows_is_not_taken_of_others_than_shown)
{
    struct given *g = given_tasks(t);
    struct str path = S("/grove/task/do/report");
    struct ctx *c = given_get(g, S("/grove/task/do/report?row=1&row=2"));
    struct ledger_row *row;

    given_opened(g, c, path);
    row = given_kept(g, "grove.task", 2);
    given_int(row, "weight", 50);
    given_change(g, row);
    given_commit(g);
    given_field(g, "rows", S("1 2"));
    given_field(g, "done_on", S("2024-06-04"));
    c = given_post(g, path);
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("还没有办理")));
    CHECK_STR(state(g, 1), S("open"));
}

TEST(a_step_that_asks_why_asks_it_once_for_all_rows)
{
    struct given *g = given_tasks(t);
    struct str path = S("/grove/task/do/return");
    struct ctx *c;

    CHECK_INT(page_status(send(g, "report", "2024-06-04")), 303);
    c = given_get(g, S("/grove/task/do/return?row=1&row=2"));
    CHECK(page_has(c, S("id=\"reason\"")));
    given_opened(g, c, path);
    given_field(g, "rows", S("1 2"));
    CHECK_INT(page_status(given_post(g, path)), 422);
    given_opened(g, c, path);
    given_field(g, "rows", S("1 2"));
    given_field(g, "reason", S("照片看不清"));
    CHECK_INT(page_status(given_post(g, path)), 303);
    CHECK_STR(state(g, 2), S("open"));
    for (int i = 1; i <= 2; i++)
        CHECK(page_says(given_get(g, str_fmt(g->m, "/grove/task/%d", i)),
                        S("照片看不清")));
}
