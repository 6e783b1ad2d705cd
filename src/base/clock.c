/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What is read is folded first: without blanks, half-width, lower case. */
#include "base/clock.h"

#include "base/numeral.h"
#include "base/utf8.h"

enum { NOON = 12, DAY_H = 24, HOUR = 60 };

enum period { ANY, NIGHT, MORNING, MIDDAY, AFTERNOON, EVENING };

/* One end of a span. */
struct reading {
    enum period period;
    int64_t hour, minute;
    bool bare; /* an hour without 点, as the 9 of 9-11点 */
};

static enum period take_period(struct str *s)
{
    static const struct {
        struct str word;
        enum period period;
    } words[] = {
        { S_INIT("凌晨"), NIGHT },     { S_INIT("清晨"), MORNING },
        { S_INIT("早上"), MORNING },   { S_INIT("早晨"), MORNING },
        { S_INIT("上午"), MORNING },   { S_INIT("中午"), MIDDAY },
        { S_INIT("下午"), AFTERNOON }, { S_INIT("午后"), AFTERNOON },
        { S_INIT("傍晚"), EVENING },   { S_INIT("晚上"), EVENING },
        { S_INIT("晚"), EVENING },     { S_INIT("am"), MORNING },
        { S_INIT("a.m."), MORNING },   { S_INIT("pm"), AFTERNOON },
        { S_INIT("p.m."), AFTERNOON },
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_take(s, words[i].word))
            return words[i].period;
    return ANY;
}

/* One or two digits, or a Chinese number; false: none. */
static bool take_number(struct str *s, int64_t *ret)
{
    size_t n = 0;

    for (*ret = 0; n < s->n && n < 2; n++) {
        if (s->p[n] < '0' || s->p[n] > '9')
            break;
        *ret = *ret * 10 + (s->p[n] - '0');
    }
    *s = str_slice(*s, n, s->n);
    return n > 0 || numeral_take(s, ret);
}

/* After 点: nothing, 整, 半, 三刻, 20 or 20分. */
static bool take_minute(struct str *s, int64_t *ret)
{
    *ret = 0;
    if (str_take(s, S("整")) || str_take(s, S("钟")))
        return true;
    if (str_take(s, S("半"))) {
        *ret = HOUR / 2;
        return true;
    }
    if (!take_number(s, ret))
        return true;
    if (str_take(s, S("刻")))
        *ret *= HOUR / 4;
    else
        str_take(s, S("分"));
    return *ret < HOUR;
}

/* Two digits after a colon or point; the seconds after them are cut. */
static bool take_two(struct str *s, int64_t *ret)
{
    size_t before = s->n;

    if (!take_number(s, ret) || before - s->n != 2 || *ret >= HOUR)
        return false;
    if (str_starts(*s, S(":")) && s->n >= 3)
        *s = str_slice(*s, 3, s->n);
    return true;
}

static bool take_time(struct str *s, struct reading *ret)
{
    bool ok = true;

    *ret = (struct reading){ .period = take_period(s) };
    if (!take_number(s, &ret->hour) || ret->hour > DAY_H)
        return false;
    if (str_take(s, S(":")) || str_take(s, S(".")))
        ok = take_two(s, &ret->minute);
    else if (str_take(s, S("点")) || str_take(s, S("时")))
        ok = take_minute(s, &ret->minute);
    else
        ret->bare = true;
    if (ret->period == ANY) {
        ret->period = take_period(s);
        ret->bare = ret->bare && ret->period == ANY;
    }
    return ok;
}

/* Minutes since midnight; -1: the period and the hour disagree. */
static int32_t minutes_of(const struct reading *r)
{
    static const struct {
        int64_t first, last;
    } hours[] = {
        [ANY] = { 0, 23 },     [NIGHT] = { 0, 11 },      [MORNING] = { 0, 12 },
        [MIDDAY] = { 11, 14 }, [AFTERNOON] = { 12, 23 }, [EVENING] = { 13, 23 },
    };
    int64_t hour = r->hour;

    if (hour < NOON && (r->period >= AFTERNOON ||
                        (r->period == MIDDAY && hour < hours[MIDDAY].first)))
        hour += NOON;
    return hour < hours[r->period].first || hour > hours[r->period].last
               ? -1
               : (int32_t)(hour * HOUR + r->minute);
}

static bool take_dash(struct str *s)
{
    bool dash =
        str_take(s, S("至")) || str_take(s, S("到")) || str_take(s, S("~"));

    while (str_take(s, S("-")))
        dash = true;
    return dash;
}

bool clock_read(struct mem *m, struct str s, struct clock_span *ret)
{
    struct reading from;
    struct reading to = { .bare = true };

    s = utf8_fold(m, s);
    if (!take_time(&s, &from))
        return false;
    ret->from = minutes_of(&from);
    ret->to = -1;
    if (s.n) {
        if (!take_dash(&s) || !take_time(&s, &to) || s.n || to.bare)
            return false;
        if (to.period == ANY && from.period >= AFTERNOON)
            to.period = from.period;
        ret->to = minutes_of(&to);
        if (ret->to <= ret->from)
            return false;
    }
    return ret->from >= 0 && !(from.bare && to.bare);
}
