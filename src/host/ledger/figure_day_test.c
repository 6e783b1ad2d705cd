/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What was so on a day, and what had happened by it: on groves and tasks. */
#include "host/given/given.h"
#include "host/ledger/figure_part.h"
#include "host/ledger/recount.h"

static int64_t grove(struct given *g, const char *name)
{
    struct ledger_row *row = given_row(g, "grove.grove");

    given_text(row, "name", str_from(name));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_text(row, "state", S("active"));
    return given_keep(g, row);
}

/* A task due on a day; done on another, or 0: open. */
static int64_t task(struct given *g, int64_t of, int32_t due, int32_t done)
{
    struct ledger_row *row = given_row(g, "grove.task");

    given_int(row, "grove", of);
    given_text(row, "name", str_fmt(g->m, "%d", due));
    given_int(row, "due", due);
    given_int(row, "weight", 30);
    if (done) {
        given_text(row, "state", S("accepted"));
        given_int(row, "done_on", done);
    }
    return given_keep(g, row);
}

static struct figure_value on(struct given *g, const char *key, int32_t day)
{
    return figure_read_part(act_scope(given_act(g)), GIVEN_YEAR,
                            figure_find(str_from(key)),
                            (struct figure_part){ .day = day });
}

/* The value, which is that of its rows. */
static int64_t value_on(struct given *g, const char *key, int32_t day)
{
    struct test *t = g->t;
    struct figure_value v = on(g, key, day);
    struct counted of;
    struct recount r;
    int64_t n = 0;

    recount_open(act_scope(given_act(g)), &v, NULL, &r);
    while (recount_next(&r, g->m, &of))
        n++;
    CHECK_INT(n, v.value);
    CHECK_INT(recount_rows(act_scope(given_act(g)), &v), n);
    return v.value;
}

/* 北山 and 南山 were late in the autumn; all was done by December. */
static struct given *given_autumn(struct test *t)
{
    struct given *g = given(t);
    int64_t north = grove(g, "北山");
    int64_t south = grove(g, "南山");

    task(g, north, 20241015, 20241203);
    task(g, north, 20241031, 20241120);
    task(g, south, 20241105, 20241110);
    task(g, south, 20241201, 20241130);
    task(g, grove(g, "东山"), 20241231, 20241201);
    given_today(g, 20241220);
    return g;
}

TEST(what_was_late_on_a_day_is_told_when_all_is_done)
{
    static const struct {
        int32_t day;
        int64_t late;
    } cases[] = {
        { 19990101, 0 }, /* before anything */
        { 20241015, 0 }, /* its day is on time */
        { 20241016, 1 }, { 20241105, 1 }, { 20241106, 2 },
        { 20241107, 2 }, { 20241109, 2 }, { 20241110, 1 }, /* done then */
        { 20241202, 1 }, { 20241203, 0 }, { 20250301, 0 },
    };
    struct given *g = given_autumn(t);

    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_INT(value_on(g, "grove.late", cases[i].day), cases[i].late);
    CHECK_INT(given_figure(g, "grove.late").value, 0);
}

TEST(rows_behind_a_standing_figure_say_since_when)
{
    struct given *g = given_autumn(t);
    struct figure_value v = on(g, "grove.late", 20241107);
    struct counted_column cols[COUNTED_MAX];
    struct counted of;
    struct recount r;

    CHECK_INT(counted_columns(g->m, v.figure, cols), 3);
    recount_open(act_scope(given_act(g)), &v, NULL, &r);
    NEED(recount_next(&r, g->m, &of)); /* the longest first */
    CHECK_STR(row_title(of.row), S("北山"));
    CHECK_INT(of.since, 20241016);
    CHECK_INT(of.days, 23);
    CHECK_STR(counted_text(g->m, &cols[0], &of, LANG_ZH),
              S("自2024年10月16日起，已 23 天"));
    CHECK_STR(counted_text(g->m, &cols[0], &of, LANG_EN),
              S("since 16 October 2024, 23 days"));
    NEED(recount_next(&r, g->m, &of));
    CHECK_STR(row_title(of.row), S("南山"));
    CHECK_INT(of.days, 2);
    CHECK(!recount_next(&r, g->m, &of));
}

TEST(a_rule_says_of_which_day)
{
    struct given *g = given_autumn(t);

    CHECK_STR(on(g, "grove.late", 20241107).rule.zh,
              S("截至2024年11月7日：有任务过了时限还没有完成的林地。"));
    CHECK_STR(on(g, "grove.due", 20241107).rule.en,
              S("As of 7 November 2024: each task counted once, on its date."));
    CHECK_STR(given_figure(g, "grove.due").rule.en,
              S("each task counted once, on its date."));
}

TEST(a_voided_row_stands_on_no_day)
{
    struct given *g = given_autumn(t);

    given_void(g, "grove.grove", 1);
    CHECK_INT(value_on(g, "grove.late", 20241107), 1);
    given_restore(g, "grove.grove", 1);
    given_void(g, "grove.task", 3);
    CHECK_INT(value_on(g, "grove.late", 20241107), 1);
}

/* A year that is over is as of its last day. */
TEST(a_year_is_told_of_today_and_then_of_its_last_day)
{
    struct given *g = given_autumn(t);
    struct scope in = act_scope(given_act(g));

    task(g, 3, 20241210, 0);
    CHECK_INT(figure_day(in, 2024), 20241220);
    CHECK_INT(given_figure(g, "grove.late").value, 1);
    CHECK_INT(given_figure(g, "grove.late").only.day, 20241220);
    given_today(g, 20250102);
    CHECK_INT(figure_day(in, 2024), 20241231);
    CHECK_INT(given_figure(g, "grove.late").only.day, 20241231);
    CHECK_INT(figure_day(in, 2025), 20250102);
    /* Late in the next year too, though of this one. */
    CHECK_INT(value_on(g, "grove.late", 20250601), 1);
    CHECK_INT(figure_read(in, 2025, figure_find(S("grove.late"))).value, 0);
}

TEST(a_standing_figure_needs_a_day)
{
    struct given *g = given(t);
    struct figure_value v;

    task(g, grove(g, "北山"), 20240610, 0);
    given_today(g, 0); /* as before the server first ran */
    v = given_figure(g, "grove.late");
    CHECK(!v.known);
    CHECK_INT(v.value, 0);
    CHECK_STR(figure_text(g->m, &v), S("—"));
    given_today(g, 20240611);
    CHECK_STR(given_figure(g, "grove.late").rule.en,
              S("As of 11 June 2024: groves with a task past its date."));
}

TEST(a_zero_on_a_day_is_a_number_once_something_is_kept)
{
    struct given *g = given(t);
    struct scope in = act_scope(given_act(g));
    struct figure_value v;

    given_today(g, 20241220);
    v = given_figure(g, "grove.late");
    CHECK(figure_is_missing(in, &v));
    grove(g, "北山");
    v = given_figure(g, "grove.late");
    CHECK(!figure_is_missing(in, &v));
    CHECK_INT(v.value, 0);
}

TEST(what_was_due_and_done_by_a_day_is_counted)
{
    static const struct {
        int32_t day;
        int64_t due, done;
    } cases[] = {
        { 20240930, 0, 0 }, { 20241015, 1, 0 }, { 20241031, 2, 0 },
        { 20241104, 2, 0 }, { 20241105, 3, 0 }, { 20241119, 3, 1 },
        { 20241130, 3, 3 }, { 20241231, 5, 5 }, { 20250115, 5, 5 },
    };
    struct given *g = given_autumn(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_INT(value_on(g, "grove.due", cases[i].day), cases[i].due);
        CHECK_INT(value_on(g, "grove.done", cases[i].day), cases[i].done);
    }
    task(g, 1, 20241016, 0);
    CHECK_INT(value_on(g, "grove.due", 20241104), 3);
    CHECK_INT(given_figure(g, "grove.done").value, 5);
}

TEST(months_up_to_a_day_end_with_it)
{
    struct given *g = given_autumn(t);
    struct scope in = act_scope(given_act(g));
    struct figure_value v = on(g, "grove.done", 20241201);
    int64_t months[MONTHS];

    figure_months(in, &v, months);
    CHECK_INT(months[10 - 1], 0);
    CHECK_INT(months[11 - 1], 3);
    CHECK_INT(months[12 - 1], 1); /* of two */
    v = on(g, "grove.done", 20241119);
    figure_months(in, &v, months);
    CHECK_INT(months[11 - 1], 1);
    CHECK_INT(months[12 - 1], 0);
}

/* What a step moves, or what has no date, is known as it stands alone. */
TEST(some_figures_know_no_past_day)
{
    static const struct {
        const char *key;
        bool knows;
    } cases[] = {
        { "grove.late", true },      { "grove.due", true },
        { "grove.done", true },      { "grove.groves", false },
        { "grove.progress", false }, { "sample.trees", true },
        { "sample.praise", false },  { "sample.healthiest", false },
        { "sample.keepers", false },
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK(figure_knows_days(figure_find(str_from(cases[i].key))) ==
              cases[i].knows);
}

TEST(a_mean_is_shown_in_tenths_half_up)
{
    struct given *g = given_autumn(t);
    struct figure_value v = given_figure(g, "grove.progress");

    CHECK_INT(v.part, 150); /* 60, 60 and 30 */
    CHECK_INT(v.n, 3);
    CHECK_STR(figure_text(g->m, &v), S("50.0%"));
    figure_count(&v, (struct tally){ 55, 3749 }, (struct tally){ 0 });
    CHECK_STR(figure_text(g->m, &v), S("68.2%")); /* 68.163… */
    figure_count(&v, (struct tally){ 20, 1365 }, (struct tally){ 0 });
    CHECK_STR(figure_text(g->m, &v), S("68.3%")); /* 68.25 */
    figure_count(&v, (struct tally){ 2, 0 }, (struct tally){ 0 });
    CHECK_STR(figure_text(g->m, &v), S("0.0%"));
    figure_count(&v, (struct tally){ 0 }, (struct tally){ 0 });
    CHECK(!v.known);
}

TEST(a_mean_is_of_the_rows_that_have_a_value)
{
    struct given *g = given(t);
    struct figure_value v = given_figure(g, "grove.progress");

    CHECK(figure_is_missing(act_scope(given_act(g)), &v));
    task(g, grove(g, "北山"), 20240610, 20240601);
    grove(g, "南山"); /* nothing done is 0 there */
    v = given_figure(g, "grove.progress");
    CHECK_INT(v.n, 2);
    CHECK_STR(figure_text(g->m, &v), S("15.0%"));
    given_void(g, "grove.grove", 2);
    CHECK_STR(figure_text(g->m,
                          &(struct figure_value){
                              .figure = v.figure,
                              .known = true,
                              .value =
                                  given_figure(g, "grove.progress").value }),
              S("30.0%"));
}
