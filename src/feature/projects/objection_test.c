/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Publicities and what is objected to them. Published on Thursday 2024-11-07,
 * five working days end on Thursday the 14th.
 */
#include "host/given/given.h"
#include "host/ledger/clock.h"
#include "host/ledger/due.h"
#include "host/ledger/policy.h"

#define LAST 20241114

static struct ledger_row *new_project(struct given *g, const char *state)
{
    struct ledger_row *row = given_row(g, "projects.project");

    given_text(row, "name", S("示例项目"));
    given_text(row, "field", S("green"));
    given_text(row, "lead_org", S("区水务局党组"));
    given_text(row, "secretary", S("党组书记"));
    given_int(row, "unit", given_unit(g, S("区水务局")));
    given_int(row, "starts_on", 20240105);
    given_int(row, "due_on", 20241230);
    given_text(row, "state", str_from(state));
    return row;
}

struct taking {
    const char *ledger, *step;
    int32_t day;
    int32_t answered; /* 0: not in writing */
};

/* Take a step as an officer; what was wrong with it, "" when nothing was. */
static struct str take(struct given *g, int64_t id, const struct taking *of)
{
    struct ledger_row *before = given_kept(g, of->ledger, id);
    struct ledger_row *row = given_kept(g, of->ledger, id);
    struct asker asker = asker_shell(act_scope(given_act(g)));
    struct admission a = { .asker = &asker,
                           .before = before,
                           .step =
                               step_find(before->ledger, str_from(of->step)),
                           .reason = S("异议成立"),
                           .day = of->day };
    bool changed;

    if (a.step->asks)
        given_text(row, "ruling", S("已查实"));
    if (a.step->asks && of->answered)
        given_int(row, "answered_on", of->answered);
    if (row_admit(&a, row) != OK)
        return a.problems[0].reason.zh;
    return row_update(given_act(g), before, row, &changed) == OK
               ? S("")
               : S("not kept");
}

static int64_t publicised(struct given *g)
{
    int64_t id = given_keep(g, new_project(g, "approved"));

    if (take(g, id,
             &(struct taking){ "projects.project", "publicise", 20241107, 0 })
            .n)
        return 0;
    return id;
}

static struct ledger_row *objection(struct given *g, int64_t of, int32_t day)
{
    struct ledger_row *row = given_row(g, "projects.objection");

    given_int(row, "project", of);
    given_text(row, "content", S("公示的完成时限与批复不一致"));
    given_text(row, "source", S("letter"));
    given_text(row, "signed", S("named"));
    given_int(row, "received_on", day);
    return row;
}

static struct str rule(struct given *g, int64_t id, const char *step,
                       int32_t day)
{
    return take(g, id,
                &(struct taking){ "projects.objection", step, day, day });
}

static struct str says(struct given *g, int64_t id, const char *column)
{
    return given_said(g, given_kept(g, "projects.project", id), column);
}

/* Why it is not taken; "" when it would be. */
static struct str refused(struct given *g, struct ledger_row *row)
{
    struct asker asker = asker_shell(act_scope(given_act(g)));
    struct admission a = { .asker = &asker };

    return row_admit(&a, row) == OK ? S("") : a.problems[0].reason.zh;
}

TEST(publicity_ends_on_the_day_after_its_last)
{
    struct given *g = given(t);
    int64_t id = publicised(g);

    CHECK_STR(says(g, id, "public_until"), S("20241114"));
    given_day(g, LAST);
    CHECK_STR(says(g, id, "state"), S("publicised"));
    given_day(g, 20241115);
    CHECK_STR(says(g, id, "state"), S("active"));
    CHECK_STR(says(g, id, "active_on"), S("20241115"));
    CHECK_STR(says(g, id, "public_until"), S(""));
}

TEST(publicity_takes_objections_up_to_its_last_day)
{
    struct given *g = given(t);
    int64_t id = publicised(g);

    CHECK_STR(refused(g, objection(g, id, 20241106)),
              S("早于公示日期，请核对"));
    CHECK_STR(refused(g, objection(g, id, 20241107)), S(""));
    CHECK_STR(refused(g, objection(g, id, LAST)), S(""));
    CHECK(str_find(refused(g, objection(g, id, 20241115)),
                   S("公示到 2024-11-14 为止")) != SIZE_MAX);
}

TEST(objections_are_taken_in_publicity_alone)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    int64_t draft;
    struct ledger_row *row = new_project(g, "draft");

    given_text(row, "name", S("另一个项目"));
    draft = given_keep(g, row);
    CHECK_STR(refused(g, objection(g, draft, 20241107)),
              S("现在是“草稿”，不登记“项目公示异议”；请核对是不是这一条"));
    given_day(g, 20241115);
    CHECK(str_find(refused(g, objection(g, id, 20241112)), S("推进中")) !=
          SIZE_MAX);
}

TEST(publicity_moves_with_a_day_off)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    struct ledger_row *row = given_row(g, "registry.day");

    given_text(row, "name", S("全市停工"));
    given_text(row, "kind", S("rest"));
    given_int(row, "first_day", 20241112);
    given_text(row, "basis", S("示例发〔2024〕1号"));
    given_keep(g, row);
    CHECK_STR(says(g, id, "public_until"), S("20241115"));
    CHECK_STR(refused(g, objection(g, id, 20241115)), S(""));
    given_day(g, 20241115);
    CHECK_STR(says(g, id, "state"), S("publicised"));
    given_day(g, 20241118);
    CHECK_STR(says(g, id, "active_on"), S("20241116"));
}

TEST(publicity_is_as_long_as_the_place_rules)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    struct text why;

    CHECK_INT(policy_set(given_act(g),
                         policy_find(S("projects.publicity_days")),
                         &(struct policy_rule){ 2024, 7, S("一号文") }, &why),
              OK);
    CHECK_STR(says(g, id, "public_until"), S("20241118"));
    given_day(g, 20241118);
    CHECK_STR(says(g, id, "state"), S("publicised"));
    given_day(g, 20241119);
    CHECK_STR(says(g, id, "state"), S("active"));
}

TEST(publicity_waits_for_the_ruling)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    int64_t first = given_keep(g, objection(g, id, LAST));
    int64_t second = given_keep(g, objection(g, id, 20241108));

    CHECK_STR(says(g, id, "public_over"), S(""));
    CHECK_STR(says(g, id, "public_until"), S("20241114"));
    given_day(g, 20241120);
    CHECK_STR(says(g, id, "state"), S("publicised"));
    CHECK_INT(clock_aside_count(act_scope(given_act(g))), 0);
    CHECK_STR(rule(g, first, "reject", 20241120), S(""));
    CHECK_STR(says(g, id, "public_over"), S("")); /* the other is open */
    CHECK_STR(rule(g, second, "reject", 20241119), S(""));
    CHECK_STR(says(g, id, "public_over"), S("20241120"));
    given_day(g, 20241120);
    CHECK_STR(says(g, id, "state"), S("publicised"));
    given_day(g, 20241125);
    CHECK_STR(says(g, id, "active_on"), S("20241121"));
    given_day(g, 20241126);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "step = 'activate'")),
              1);
}

TEST(publicity_ruled_within_its_days_ends_on_its_last)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    int64_t one = given_keep(g, objection(g, id, 20241108));
    int64_t wrong = given_keep(g, objection(g, id, 20241111));

    CHECK_STR(rule(g, one, "reject", 20241111), S(""));
    given_void(g, "projects.objection", wrong); /* entered by mistake */
    CHECK_STR(says(g, id, "public_over"), S("20241114"));
}

/* What waits for an officer to take this step, on a day. */
static int64_t waits(struct given *g, const char *ledger, const char *step,
                     int32_t day)
{
    const struct ledger *l = ledger_find(str_from(ledger));
    struct asker asker = asker_shell(act_scope(given_act(g)));

    return due_count(&asker, l, step_find(l, str_from(step)), day);
}

TEST(publicity_with_an_objection_upheld_is_withdrawn)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    int64_t one = given_keep(g, objection(g, id, 20241108));

    CHECK_INT(waits(g, "projects.project", "withdraw", 20241112), 0);
    CHECK_STR(rule(g, one, "uphold", 20241112), S(""));
    CHECK_INT(waits(g, "projects.project", "withdraw", 20241112), 1);
    CHECK_STR(says(g, id, "upheld_on"), S("20241112"));
    given_day(g, 20241120);
    CHECK_STR(says(g, id, "state"), S("publicised"));
    CHECK_STR(take(g, id,
                   &(struct taking){ "projects.project", "withdraw", 20241120,
                                     0 }),
              S(""));
    CHECK_STR(says(g, id, "state"), S("returned"));
    CHECK_STR(says(g, id, "upheld_on"), S(""));
    CHECK_INT(waits(g, "projects.project", "withdraw", 20241120), 0);
}

TEST(publicity_waits_again_while_an_objection_is_ruled_anew)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    int64_t one = given_keep(g, objection(g, id, 20241108));

    CHECK_STR(rule(g, one, "uphold", 20241112), S(""));
    CHECK_STR(rule(g, one, "reopen", 20241113), S(""));
    CHECK_STR(says(g, id, "upheld_on"), S(""));
    given_day(g, 20241118);
    CHECK_STR(says(g, id, "state"), S("publicised"));
    CHECK_STR(rule(g, one, "reject", 20241118), S(""));
    given_day(g, 20241119);
    CHECK_STR(says(g, id, "active_on"), S("20241119"));
    CHECK(str_find(rule(g, one, "reopen", 20241119), S("推进中")) != SIZE_MAX);
}

TEST(publicity_begins_anew_after_one_that_was_withdrawn)
{
    static const char *const steps[] = { "withdraw", "submit", "review",
                                         "approve", "publicise" };
    struct given *g = given(t);
    int64_t id = publicised(g);
    int64_t one = given_keep(g, objection(g, id, 20241108));
    struct ledger_row *row = given_row(g, "projects.milestone");

    CHECK_STR(rule(g, one, "uphold", 20241112), S(""));
    given_int(row, "project", id);
    given_text(row, "name", S("验收"));
    given_int(row, "due", 20241220);
    given_int(row, "weight", 100);
    given_keep(g, row);
    for (size_t i = 0; i < COUNT(steps); i++)
        CHECK_STR(take(g, id,
                       &(struct taking){ "projects.project", steps[i], 20241118,
                                         0 }),
                  S(""));
    CHECK_STR(says(g, id, "upheld_on"), S(""));
    CHECK_STR(says(g, id, "public_over"), S("20241125"));
}

TEST(objection_that_is_signed_is_answered_in_writing)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    int64_t one = given_keep(g, objection(g, id, 20241108));
    struct ledger_row *row = objection(g, id, 20241111);
    struct taking none = { "projects.objection", "reject", 20241112, 0 };

    CHECK(str_find(take(g, one, &none), S("书面答复本人")) != SIZE_MAX);
    none.answered = 20241107;
    CHECK_STR(take(g, one, &none), S("早于收到日期，请核对"));
    none.answered = 0;
    given_text(row, "signed", S("anonymous"));
    CHECK_STR(take(g, given_keep(g, row), &none), S(""));
}

TEST(objection_is_to_be_ruled_within_ten_working_days)
{
    struct given *g = given(t);
    int64_t id = publicised(g);

    given_keep(g, objection(g, id, 20241108));
    CHECK_INT(waits(g, "projects.objection", "reject", 20241108), 1);
    CHECK_INT(given_sql(g, SQL("SELECT day FROM due WHERE subject = "
                               "'projects.objection'")),
              20241122);
}

TEST(objection_is_for_officers_alone)
{
    struct given *g = given(t);
    int64_t id = publicised(g);
    struct str page = str_fmt(g->m, "/projects/project/%lld", (long long)id);
    struct ctx *c;

    given_keep(g, objection(g, id, 20241108));
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区水务局"));
    c = given_get(g, page);
    CHECK(page_says(c, S("公示的完成时限与批复不一致")));
    CHECK(!page_has(c, S("/objection/new")));
    CHECK(!page_has(c, S("/reject")));
    given_asks(g, 0);
    c = given_get(g, page);
    CHECK(!page_says(c, S("公示的完成时限与批复不一致")));
    CHECK(
        page_says(c, S("公示截止日期 2024-11-14"))); /* until when to object */
    given_asks(g, ROLE_OFFICER);
    c = given_get(g, page);
    CHECK(page_has(c, S("/objection/new")) && page_has(c, S("/reject")));
}
