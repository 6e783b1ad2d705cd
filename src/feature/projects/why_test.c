/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Why a light is so, by the worked examples of light_test.c. */
#include "feature/projects/moves.h"
#include "feature/projects/projects.h"
#include "feature/projects/why.h"
#include "test/test.h"

/* A project under way since 5 March, and its parts. */
struct example {
    struct test *t;
    struct ledger_row *row;
    struct part_list parts;
    struct why why;
};

static struct example given_example(struct test *t)
{
    struct example e = { .t = t,
                         .row = ledger_row_new(t->mem, &project_ledger) };

    e.row->values[PROJECT_STATE] = STR(S("active"));
    e.row->values[PROJECT_STARTS_ON] = INT(20240305);
    e.row->values[PROJECT_DUE_ON] = INT(20241015);
    return e;
}

static struct ledger_row *milestone(struct example *e, const char *name,
                                    int64_t weight, int32_t due, int32_t done)
{
    struct ledger_row *row = ledger_row_new(e->t->mem, &milestone_ledger);

    row->values[MILESTONE_NAME] = STR(str_from(name));
    row->values[MILESTONE_WEIGHT] = INT(weight);
    row->values[MILESTONE_DUE] = INT(due);
    if (done)
        row->values[MILESTONE_COUNTED_ON] = INT(done);
    part_list_add(e->t->mem, &e->parts, row);
    return row;
}

static void four(struct example *e)
{
    milestone(e, "方案制定", 20, 20240430, 20240426);
    milestone(e, "专班组建", 20, 20240625, 20240702);
    milestone(e, "中期推进", 30, 20240820, 0);
    milestone(e, "完成验收", 30, 20241015, 0);
}

static void override(struct example *e, const char *light, int32_t from,
                     int32_t until)
{
    struct ledger_row *row = ledger_row_new(e->t->mem, &override_ledger);

    row->values[OVERRIDE_LIGHT] = STR(str_from(light));
    row->values[OVERRIDE_FROM] = INT(from);
    row->values[OVERRIDE_UNTIL] = INT(until);
    part_list_add(e->t->mem, &e->parts, row);
}

static const struct why *ask(struct example *e, int32_t day)
{
    static const struct thresholds usual = { 10, 30, 3, 20 };
    struct project_plan p;

    plan_of(e->t->mem, e->row, &e->parts, &usual, &p);
    why_light(e->t->mem, &p, day, &e->why);
    return &e->why;
}

TEST(why_tells_the_lag_the_rule_and_what_would_turn_it)
{
    struct example e = given_example(t);
    const struct why *w;

    four(&e);
    w = ask(&e, 20241107);
    CHECK_INT(w->light, LIGHT_RED);
    CHECK_STR(w->words.zh, S("按里程碑应完成 100%，已完成 40%，落后 60 "
                             "个百分点。落后超过 30 点亮红灯。"));
    CHECK_STR(w->next.zh, S("“中期推进”办结后落后 30 点，转为黄灯。"));
    NEED_INT(w->n, 5);
    CHECK_STR(w->turns[1].cause.zh, S("“专班组建”过期"));
    CHECK_INT(w->turns[1].since, 20240626);
    CHECK_STR(w->turns[2].cause.en, S("“专班组建” was done"));
    CHECK_STR(w->turns[4].cause.zh, S("“完成验收”过期"));
    CHECK_INT(w->turns[4].light, LIGHT_RED);
}

TEST(why_tells_when_a_green_light_would_turn)
{
    struct example e = given_example(t);
    const struct why *w;

    four(&e);
    w = ask(&e, 20240801);
    CHECK_INT(w->light, LIGHT_GREEN);
    CHECK_STR(w->words.zh, S("按里程碑应完成 40%，已完成 40%，按计划。落后不到 "
                             "10 点亮绿灯。"));
    CHECK_STR(w->next.zh, S("不再有变化的话，2024年8月21日转为黄灯：“中期推进”"
                            "过期。"));
    CHECK_INT(w->n, 3);
    w = ask(&e, 20240427);
    CHECK_STR(w->words.en, S("0% was due and 20% is done: 20 points ahead. "
                             "Less than 10 points behind is green."));
}

TEST(why_says_so_where_one_step_is_not_enough)
{
    struct example e = given_example(t);

    milestone(&e, "方案", 10, 20240430, 0);
    milestone(&e, "验收", 90, 20240625, 0);
    CHECK_STR(ask(&e, 20240701)->next.zh,
              S("“方案”办结后还落后 90 点，仍是红灯。"));
}

TEST(why_knows_a_start_that_is_late)
{
    struct example e = given_example(t);

    four(&e);
    e.row->values[PROJECT_ACTIVE_ON] = INT(20240301); /* and no start */
    CHECK(str_ends(ask(&e, 20240410)->words.zh,
                   S("计划 3 月开工，过了 1 个月还没有报开工：过月亮黄灯，满 3 "
                     "个月亮红灯。")));
    CHECK_INT(e.why.light, LIGHT_YELLOW);
    CHECK_STR(e.why.turns[e.why.n - 1].cause.zh, S("过了计划的月份没有开工"));
}

TEST(why_knows_lights_set_by_hand_and_pauses)
{
    struct example e = given_example(t);

    four(&e);
    override(&e, "yellow", 20241020, 20241110);
    CHECK_STR(ask(&e, 20241107)->words.zh,
              S("人工调整为黄灯，2024年10月20日起，到2024年11月10日为止。"));
    CHECK_STR(e.why.next.zh,
              S("不再有变化的话，2024年11月11日转为红灯：人工调整"
                "到期。"));
    CHECK_STR(e.why.turns[e.why.n - 1].cause.zh, S("人工调整"));
    e.row->values[PROJECT_PAUSED_ON] = INT(20241101);
    CHECK_STR(ask(&e, 20241107)->words.en,
              S("Paused since 1 November 2024; no light meanwhile."));
    CHECK(text_empty(e.why.next));
    e.row->values[PROJECT_RESUMED_ON] = INT(20241112);
    CHECK_STR(ask(&e, 20241115)->turns[e.why.n - 1].cause.zh, S("恢复"));
}

TEST(why_says_little_of_what_has_not_begun_or_is_over)
{
    struct example e = given_example(t);

    four(&e);
    CHECK_STR(ask(&e, 20240101)->words.zh, S("还没有开始实施，不亮灯。"));
    CHECK_INT(e.why.n, 0);
    CHECK_STR(e.why.next.zh, S("不再有变化的话，2024年3月5日转为绿灯：开始实施"
                               "。"));
    e.row->values[PROJECT_CLOSED_ON] = INT(20241101);
    CHECK_STR(ask(&e, 20241107)->words.zh, S("2024年11月1日销号。"));
    CHECK(text_empty(e.why.next));
}

TEST(why_tells_a_moved_date_and_a_day_before_it_does_not)
{
    struct example e = given_example(t);
    struct ledger_row *row;

    row = milestone(&e, "验收", 100, 20241231, 0);
    row->values[MILESTONE_MOVES] = STR(S("2024-11-10: 2024-10-31→2024-12-31"));
    CHECK_INT(ask(&e, 20241107)->light, LIGHT_RED);
    CHECK_INT(ask(&e, 20241110)->light, LIGHT_GREEN);
    CHECK_STR(e.why.turns[e.why.n - 1].cause.zh, S("“验收”改期"));
}

TEST(plan_has_room_for_every_move)
{
    struct example e = given_example(t);
    struct ledger_row *row = milestone(&e, "验收", 100, 20240401, 0);
    struct thresholds usual = { 10, 30, 3, 20 };
    struct project_plan p;
    struct str moves = S("");

    for (int32_t i = 0; i < 100; i++)
        moves = moves_add(t->mem, moves,
                          &(struct move){ 20240501, 20240401, 20240402 });
    row->values[MILESTONE_MOVES] = STR(moves);
    plan_of(t->mem, e.row, &e.parts, &usual, &p);
    CHECK_INT(p.plan.moves_n, 100);
}
