/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Lights by the worked examples of the field, and by every day of two years. */
#include "base/date.h"
#include "feature/projects/light.h"
#include "test/test.h"

/* Four milestones; the last two not done. */
static const struct plan_step four[] = {
    { 20240430, 20240426, 2000 },
    { 20240625, 20240702, 2000 },
    { 20240820, 0, 3000 },
    { 20241015, 0, 3000 },
};

static struct plan given_plan_of(const struct plan_step *steps, size_t n)
{
    return (struct plan){ .steps = steps,
                          .steps_n = n,
                          .starts_on = 20240305,
                          .started_on = 20240305,
                          .active_from = 20240305,
                          .yellow = 10,
                          .red = 30,
                          .months = 3 };
}

TEST(light_keeps_to_its_thresholds_in_hundredths)
{
    static const struct {
        int64_t lag;
        enum light light;
    } cases[] = {
        { 873, LIGHT_GREEN },   { 999, LIGHT_GREEN },   { 1000, LIGHT_YELLOW },
        { 1173, LIGHT_YELLOW }, { 3000, LIGHT_YELLOW }, { 3001, LIGHT_RED },
        { 3073, LIGHT_RED },    { 0, LIGHT_GREEN },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct plan_step steps[] = { { 20240331, 0, cases[i].lag },
                                     { 20241231, 0, 10000 - cases[i].lag } };
        struct plan p = given_plan_of(steps, COUNT(steps));

        CHECK_INT(plan_lag(&p, 20240401), cases[i].lag);
        CHECK_INT(light_on(&p, 20240401), cases[i].light);
        CHECK_INT(light_on(&p, 20240331), LIGHT_GREEN); /* the due day */
    }
}

TEST(light_turns_on_the_day_after_what_was_due)
{
    static const struct light_period want[] = {
        { LIGHT_GREEN, 20240305, 20240626 },
        { LIGHT_YELLOW, 20240626, 20240702 },
        { LIGHT_GREEN, 20240702, 20240821 },
        { LIGHT_YELLOW, 20240821, 20241016 },
        { LIGHT_RED, 20241016, 0 },
    };
    struct plan p = given_plan_of(four, COUNT(four));
    struct light_period *v;

    CHECK_INT(light_periods(t->mem, &p, &v), COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        CHECK_INT(v[i].light, want[i].light);
        CHECK_INT(v[i].since, want[i].since);
        CHECK_INT(v[i].until, want[i].until);
    }
}

TEST(light_of_a_past_day_stays_what_later_days_bring)
{
    struct plan_step steps[COUNT(four)];
    static const struct plan_move moved[] = { { 3, 20241110, 20241220 } };
    struct plan p = given_plan_of(steps, COUNT(steps));

    for (size_t i = 0; i < COUNT(four); i++)
        steps[i] = four[i];
    CHECK_INT(light_on(&p, 20241107), LIGHT_RED);
    p.moves = moved;
    p.moves_n = COUNT(moved);
    CHECK_INT(light_on(&p, 20241107), LIGHT_RED); /* moved on the 10th */
    CHECK_INT(light_on(&p, 20241110), LIGHT_YELLOW);
    steps[2].counted = steps[3].counted = 20241205;
    CHECK_INT(light_on(&p, 20241107), LIGHT_RED);
    CHECK_INT(light_on(&p, 20241205), LIGHT_GREEN);
    p.closed_on = 20241220;
    CHECK_INT(light_on(&p, 20241219), LIGHT_GREEN);
    CHECK_INT(light_on(&p, 20241220), LIGHT_CLOSED);
}

TEST(light_is_yellow_then_red_while_nothing_starts)
{
    struct plan p = given_plan_of(four, COUNT(four));

    p.started_on = 0;
    p.starts_on = 20240115;
    p.active_from = 20240110;
    CHECK_INT(light_on(&p, 20240131), LIGHT_GREEN);
    CHECK_INT(light_on(&p, 20240201), LIGHT_YELLOW);
    CHECK_INT(light_on(&p, 20240331), LIGHT_YELLOW);
    CHECK_INT(light_on(&p, 20240401), LIGHT_RED);
    p.started_on = 20240310;
    CHECK_INT(light_on(&p, 20240309), LIGHT_YELLOW);
    CHECK_INT(light_on(&p, 20240310), LIGHT_GREEN);
}

TEST(light_set_by_hand_and_a_pause_hold_until_their_end)
{
    static const struct plan_span spans[] = {
        { 20240901, 20240930, LIGHT_PAUSED },
        { 20240910, 20240915, LIGHT_GREEN },
    };
    struct plan p = given_plan_of(four, COUNT(four));

    p.spans = spans;
    p.spans_n = COUNT(spans);
    CHECK_INT(light_on(&p, 20240831), LIGHT_YELLOW);
    CHECK_INT(light_on(&p, 20240901), LIGHT_PAUSED);
    CHECK_INT(light_on(&p, 20240912), LIGHT_GREEN); /* the later one wins */
    CHECK_INT(light_on(&p, 20240916), LIGHT_PAUSED);
    CHECK_INT(light_on(&p, 20241001), LIGHT_YELLOW);
    CHECK_INT(light_on(&p, 20240304), LIGHT_NONE);
}

/* ---- every day of two years, over random plans ---- */

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525U + 1013904223U;
    return *seed >> 8;
}

static int32_t some_day(uint32_t *seed)
{
    return date_from_days(date_to_days(20240101) + (int32_t)(next(seed) % 700));
}

static int32_t maybe_day(uint32_t *seed)
{
    return next(seed) % 3 ? some_day(seed) : 0;
}

static enum light in_periods(const struct light_period *v, size_t n,
                             int32_t day)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].since <= day && (!v[i].until || day < v[i].until))
            return v[i].light;
    return LIGHT_NONE;
}

TEST(periods_agree_with_the_light_of_every_day)
{
    uint32_t seed = 7;

    for (int round = 0; round < 400; round++) {
        struct plan_step steps[4];
        struct plan_move moves[2];
        struct plan_span spans[1];
        struct plan p = given_plan_of(steps, COUNT(steps));
        struct light_period *v;
        size_t n;
        int differ = 0;

        for (size_t i = 0; i < COUNT(steps); i++)
            steps[i] =
                (struct plan_step){ some_day(&seed), maybe_day(&seed), 2500 };
        moves[0] = (struct plan_move){ next(&seed) % 4, some_day(&seed),
                                       some_day(&seed) };
        moves[1] = (struct plan_move){ next(&seed) % 4, some_day(&seed),
                                       some_day(&seed) };
        if (moves[1].on < moves[0].on)
            moves[1].on = moves[0].on;
        spans[0] = (struct plan_span){ some_day(&seed), maybe_day(&seed),
                                       LIGHT_PAUSED };
        p.moves = moves;
        p.moves_n = next(&seed) % 3;
        p.spans = spans;
        p.spans_n = next(&seed) % 2;
        p.started_on = maybe_day(&seed);
        p.closed_on = maybe_day(&seed);
        n = light_periods(t->mem, &p, &v);
        for (int32_t d = 0; d < 800; d++) {
            int32_t day = date_from_days(date_to_days(20231201) + d);

            differ += in_periods(v, n, day) != light_on(&p, day);
        }
        CHECK_INT(differ, 0);
    }
}
