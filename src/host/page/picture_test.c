/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/desk/page.h"
#include "host/given/given.h"
#include "host/page/picture.h"
#include "host/page/views/picture.h"

enum { SVG_MAX_BYTES = 5000 };

/* The river of the worked example: two of four done, the third one moved. */
static struct stairs given_river(struct test *t, int32_t today)
{
    static const struct stair river[] = {
        { .number = 4, .weight = 3000, .due = 20241015 },
        { .number = 1, .weight = 2000, .due = 20240430, .done = 20240426 },
        { .number = 2, .weight = 2000, .due = 20240625, .done = 20240702 },
        { .number = 3, .weight = 3000, .due = 20240820, .was_due = 20240731 },
    };
    struct stairs s = { .title = TEXT("计划与办结", "Planned and done"),
                        .finding = TEXT("落后 60 点", "60 points behind"),
                        .steps = NEW_ARRAY(t->mem, struct stair, 4),
                        .n = 4,
                        .from = 20240305,
                        .today = today };

    for (size_t i = 0; i < s.n; i++) {
        s.steps[i] = river[i];
        s.steps[i].label = TEXT("节点", "part");
        s.steps[i].link = S("/parts/7");
    }
    stairs_draw(t->mem, &s);
    return s;
}

/* A page of the test's own; its pictures are drawn into page_body(). */
static struct ctx *given_drawing(struct test *t)
{
    struct ctx *c = given_ctx(given(t), S("/"));

    view_picture_sprites(page_body(c));
    return c;
}

static void send_drawing(struct ctx *c)
{
    page_send(c, &(struct page){ .title = TEXT("图", "Pictures") });
}

/* Of the first svg that is a chart. */
static size_t svg_bytes(const struct ctx *c)
{
    struct str s = page_html(c);
    size_t from = str_find(s, S("<svg class=\"chart\""));

    return str_find(str_slice(s, from, s.n), S("</svg>"));
}

TEST(stairs_climb_where_parts_were_due_and_where_they_were_done)
{
    struct stairs s = given_river(t, 20241107);

    CHECK_STR(s.plan, S("M88 164H132V140H176V116H220V80H264V44H326"));
    CHECK_STR(s.done, S("M88 164H129V140H182V116H282"));
    CHECK_INT(s.today_x, 282);
    CHECK_INT(s.steps[0].number, 1);
    CHECK_INT(s.steps[2].x, 220);
    CHECK_INT(s.steps[2].y, 80);
    CHECK_INT(s.steps[2].was_x, 204);
    CHECK_INT(s.steps[3].was_x, 0);
}

TEST(stairs_say_how_far_work_is_behind)
{
    struct stairs s = given_river(t, 20241107);

    CHECK_STR(s.lag, S("60"));
    CHECK_INT(s.lag_top, 44);
    CHECK_INT(s.lag_end, 116);
    /* What is due today is not late yet. */
    CHECK_STR(given_river(t, 20240820).lag, S(""));
    CHECK_STR(given_river(t, 20240821).lag, S("30"));
}

TEST(stairs_keep_hundredths_of_a_point)
{
    struct stair one = { .number = 1, .weight = 3073, .due = 20240301 };
    struct stairs s = {
        .steps = &one, .n = 1, .from = 20240101, .today = 20240302
    };

    stairs_draw(t->mem, &s);
    CHECK_STR(s.lag, S("30.73"));
    CHECK_STR(one.points, S("30.73"));
}

TEST(stairs_of_another_year_end_at_the_edges)
{
    struct stairs s = given_river(t, 20231231);

    CHECK_INT(s.today_x, 0);
    CHECK_STR(s.done, S(""));
    CHECK_STR(s.lag, S(""));
    s = given_river(t, 20240101);
    CHECK_INT(s.today_x, 38);
    CHECK_STR(s.done, S(""));
    s = given_river(t, 20250301);
    CHECK_INT(s.today_x, 326);
    CHECK_STR(s.lag, S("60"));
    s.steps[3].due = 20250401;
    stairs_draw(t->mem, &s);
    CHECK_INT(s.steps[3].x, 326);
}

TEST(stairs_are_links_with_words_and_small)
{
    struct stairs s = given_river(t, 20241107);
    struct ctx *c = given_drawing(t);

    view_picture_stairs(page_body(c), &s);
    send_drawing(c);
    CHECK(page_has(c, S("<title id=\"stairs-t\">计划与办结</title>")));
    CHECK(page_has(c, S("<desc id=\"stairs-d\">落后 60 点</desc>")));
    CHECK(page_has(c, S("<a href=\"/parts/7\" aria-label=\"3 节点，权重 30%，"
                        "2024年8月20日到期，没有办结\">")));
    CHECK(page_has(c, S("2024年6月25日到期，办结迟了\"")));
    CHECK(page_has(c, S("2024年4月30日到期，已办结\"")));
    CHECK(page_has(c, S("<path class=\"z\" d=\"M198 58h44v44h-44z\"/>")));
    CHECK(page_has(c, S("<details class=\"data\">")));
    CHECK(svg_bytes(c) < SVG_MAX_BYTES);
}

static struct months given_months(void)
{
    struct months p = { .title = TEXT("到期与办结", "Due and done"),
                        .finding = TEXT("欠 3 个", "3 owed"),
                        .year = 2024,
                        .today = 20241107 };

    for (int i = 0; i < MONTH_BARS; i++)
        p.bars[i].link = S("/parts?month=1");
    p.bars[9] = (struct month_bar){
        .on_time = 12, .late = 5, .rest = 3, .link = S("/parts?month=10")
    };
    p.bars[11] = (struct month_bar){ .rest = 11, .link = S("/parts?month=12") };
    return p;
}

TEST(months_stack_what_was_on_time_late_and_left)
{
    struct months p = given_months();
    struct month_bar *b = &p.bars[9];

    months_draw(&p);
    CHECK_INT(b->high[0], 48);
    CHECK_INT(b->high[1], 20);
    CHECK_INT(b->high[2], 12);
    CHECK_INT(b->all, 80);
    CHECK_INT(p.today_x, 277);
    /* Only what has come is owed. */
    CHECK(b->owes && !p.bars[11].owes && !p.bars[0].owes);
}

TEST(months_shrink_together_and_lose_nothing)
{
    struct months p = given_months();

    p.bars[0].on_time = 1000;
    p.bars[1] = (struct month_bar){ .on_time = 333, .late = 333, .rest = 334 };
    months_draw(&p);
    CHECK_INT(p.bars[0].high[0], 120);
    CHECK_INT(p.bars[1].high[0], 39);
    CHECK_INT(p.bars[1].high[1], 40);
    CHECK_INT(p.bars[1].high[2], 41);
    CHECK_INT(p.bars[1].all, 120);
}

TEST(months_of_another_year_have_no_today)
{
    struct months p = given_months();

    p.today = 20250203;
    months_draw(&p);
    CHECK_INT(p.today_x, 0);
    CHECK(p.bars[11].owes);
    p = given_months();
    p.today = 20231230;
    months_draw(&p);
    CHECK(!p.bars[9].owes);
}

TEST(months_are_links_with_words_and_small)
{
    struct months p = given_months();
    struct ctx *c = given_drawing(t);

    months_draw(&p);
    view_picture_months(page_body(c), &p);
    send_drawing(c);
    CHECK(page_has(c,
                   S("<a href=\"/parts?month=10\" aria-label=\"10 月：按期 12，"
                     "迟 5，没有办结 3\">")));
    CHECK(page_has(c, S("<path class=\"f\" d=\"M249 160v-48h18v48z\"/>")));
    CHECK(page_has(c, S("fill=\"url(#hatch)\" d=\"M249 112v-20h18v20z\"/>")));
    CHECK(page_has(c, S("<path class=\"h\" d=\"M249 92v-12h18v12z\"/>")));
    CHECK(page_has(c, S("<desc id=\"months-d\">欠 3 个</desc>")));
    CHECK(svg_bytes(c) < SVG_MAX_BYTES);
}

TEST(lamps_are_a_list_of_links_with_a_gap_where_the_light_changes)
{
    struct lamp lamps[] = {
        { LAMP_RED, 1, TEXT("甲", "A"), TEXT("落后 60 点", "60 behind"),
          S("/rows/1") },
        { LAMP_RED, 11, TEXT("乙", "B"), TEXT("", ""), S("/rows/11") },
        { LAMP_GREEN, 6, TEXT("丙", "C"), TEXT("", ""), S("/rows/6") },
    };
    struct lamp_group group = { .title = TEXT("领域", "Field"),
                                .link = S("/rows?field=1"),
                                .lamps = lamps,
                                .n = COUNT(lamps),
                                .mean = { 7500, 9500 } };
    struct lamps p = { .groups = &group, .n = 1 };
    struct ctx *c = given_drawing(t);

    view_picture_lamps(page_body(c), &p);
    send_drawing(c);
    CHECK(page_has(c, S("<li><a href=\"/rows/1\" aria-label=\"1 甲，红灯，"
                        "落后 60 点\">")));
    CHECK(
        page_has(c, S("<li><a href=\"/rows/11\" aria-label=\"11 乙，红灯\">")));
    CHECK(page_has(c, S("<li class=\"gap\"><a href=\"/rows/6\"")));
    CHECK(page_has(c, S("<use href=\"#red\"/>")));
    CHECK(page_has(c, S("75%")));
}

TEST(progress_is_a_bar_with_a_tick_where_the_plan_stands)
{
    struct progress p = { 7500, 9500 };
    struct ctx *c = given_drawing(t);

    view_picture_progress(page_body(c), &p);
    send_drawing(c);
    CHECK(page_has(c, S("<path class=\"f\" d=\"M0 0h84v12H0z\"/>")));
    CHECK(page_has(c, S("<path class=\"n\" d=\"M106-3v18\"/>")));
    CHECK(page_has(c, S("75%<span class=\"hide\">，计划 95%</span>")));
}

TEST(progress_without_a_plan_has_no_tick)
{
    struct progress p = { 0, -1 };
    struct ctx *c = given_drawing(t);

    view_picture_progress(page_body(c), &p);
    send_drawing(c);
    CHECK(!page_has(c, S("class=\"f\"")));
    CHECK(!page_has(c, S("class=\"n\"")));
}
