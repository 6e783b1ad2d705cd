/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Where the lines, marks and bars of a picture stand. */
#include "host/page/picture.h"

#include "base/buf.h"
#include "base/date.h"

#include <stdlib.h>

enum {
    LEFT = 38, /* room for 100 */
    FLOOR = 164,
    CEILING = 44,
    BAR = 27, /* a month of months */
    BAR_HIGH = 120,
    BAR_UNIT = 4, /* of one, as long as that fits */
    PATH_MAX_BYTES = 16384,
};

struct str picture_points(struct mem *m, int64_t hundredths)
{
    if (hundredths % 100)
        return str_fmt(m, "%lld.%02lld", (long long)(hundredths / 100),
                       (long long)(hundredths % 100));
    return str_of_int(m, hundredths / 100);
}

/* A day on the ruler; those of other years stand at its ends. */
static int32_t day_x(const struct stairs *s, int32_t day)
{
    int32_t year = date_year(s->from);
    int32_t first = date_to_days(date_make(year, 1, 1));
    int32_t all = date_to_days(date_make(year + 1, 1, 1)) - first;
    int32_t at = date_to_days(day) - first;

    if (date_year(day) != year)
        return day < s->from ? LEFT : PICTURE_WIDE;
    return LEFT + at * (PICTURE_WIDE - LEFT) / all;
}

static int32_t weight_y(int64_t weight)
{
    return FLOOR - (int32_t)(weight * (FLOOR - CEILING) / PICTURE_WHOLE);
}

static int by_due(const void *a, const void *b)
{
    const struct stair *x = a;
    const struct stair *y = b;

    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* A step of the line: along to the day, then up. */
static void put_step(struct buf *b, int32_t x, int64_t weight)
{
    buf_fmt(b, "H%dV%d", x, weight_y(weight));
}

static void draw_plan(struct mem *m, struct stairs *s)
{
    struct buf *b = buf_new(m, PATH_MAX_BYTES);
    int64_t sum = 0;

    buf_fmt(b, "M%d %d", day_x(s, s->from), FLOOR);
    for (size_t i = 0; i < s->n; i++) {
        struct stair *step = &s->steps[i];

        sum += step->weight;
        step->x = day_x(s, step->due);
        step->y = weight_y(sum);
        step->was_x = step->was_due ? day_x(s, step->was_due) : 0;
        step->due_on = date_text(m, step->due);
        step->done_on = date_text(m, step->done);
        step->points = picture_points(m, step->weight);
        put_step(b, step->x, sum);
    }
    buf_fmt(b, "H%d", PICTURE_WIDE);
    s->plan = buf_str(b);
}

/* The first day after `day` on which something was done; 0: none. */
static int32_t next_done(const struct stairs *s, int32_t day)
{
    int32_t next = 0;

    for (size_t i = 0; i < s->n; i++) {
        int32_t done = s->steps[i].done;

        if (done > day && done <= s->today && (!next || done < next))
            next = done;
    }
    return next;
}

static int64_t done_by(const struct stairs *s, int32_t day)
{
    int64_t sum = 0;

    for (size_t i = 0; i < s->n; i++)
        if (s->steps[i].done && s->steps[i].done <= day)
            sum += s->steps[i].weight;
    return sum;
}

static void draw_done(struct mem *m, struct stairs *s)
{
    struct buf *b = buf_new(m, PATH_MAX_BYTES);

    buf_fmt(b, "M%d %d", day_x(s, s->from), FLOOR);
    for (int32_t day = next_done(s, 0); day; day = next_done(s, day))
        put_step(b, day_x(s, day), done_by(s, day));
    buf_fmt(b, "H%d", s->today_x);
    s->done = buf_str(b);
}

static void draw_lag(struct mem *m, struct stairs *s)
{
    int64_t done = done_by(s, s->today);
    int64_t due = 0;

    for (size_t i = 0; i < s->n; i++)
        if (s->steps[i].due < s->today)
            due += s->steps[i].weight;
    if (due <= done)
        return;
    s->lag = picture_points(m, due - done);
    s->lag_top = weight_y(due);
    s->lag_end = weight_y(done);
}

static void label_today(struct text *label)
{
    if (text_empty(*label))
        *label = TEXT("今天", "today");
}

void stairs_draw(struct mem *m, struct stairs *s)
{
    label_today(&s->today_label);
    qsort(s->steps, s->n, sizeof(*s->steps), by_due);
    s->done = S("");
    s->lag = S("");
    draw_plan(m, s);
    if (date_year(s->today) < date_year(s->from))
        return;
    s->today_x = day_x(s, s->today);
    if (s->today < s->from)
        return;
    draw_done(m, s);
    draw_lag(m, s);
}

static int64_t month_all(const struct month_bar *b)
{
    return b->on_time + b->late + b->rest;
}

static int32_t bar_high(int64_t n, int64_t most)
{
    if (most <= BAR_HIGH / BAR_UNIT)
        return (int32_t)(n * BAR_UNIT);
    return (int32_t)(n * BAR_HIGH / most);
}

/* From below: each ends where the sum so far does, so that none is lost. */
static void draw_bar(struct month_bar *b, int64_t most)
{
    int32_t on_time = bar_high(b->on_time, most);
    int32_t done = bar_high(b->on_time + b->late, most);

    b->all = bar_high(month_all(b), most);
    b->high[0] = on_time;
    b->high[1] = done - on_time;
    b->high[2] = b->all - done;
}

void months_draw(struct months *p)
{
    int64_t most = 0;

    label_today(&p->today_label);
    for (int i = 0; i < MONTH_BARS; i++)
        if (month_all(&p->bars[i]) > most)
            most = month_all(&p->bars[i]);
    for (int i = 0; i < MONTH_BARS; i++) {
        struct month_bar *b = &p->bars[i];

        draw_bar(b, most);
        b->owes = b->rest > 0 && date_make(p->year, i + 1, 1) <= p->today;
    }
    if (date_year(p->today) == p->year)
        p->today_x = 2 + BAR * (date_month(p->today) - 1) +
                     BAR * (date_day(p->today) - 1) / 31;
}

struct text lamp_words(enum lamp_light light)
{
    switch (light) {
    case LAMP_RED:
        return TEXT("红灯", "red");
    case LAMP_YELLOW:
        return TEXT("黄灯", "yellow");
    case LAMP_GREEN:
        return TEXT("绿灯", "green");
    case LAMP_CLOSED:
        return TEXT("已销号", "closed");
    case LAMP_NONE:
        break;
    }
    return TEXT("未亮灯", "no light");
}
