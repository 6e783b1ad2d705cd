/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/clock.h"
#include "test/test.h"

TEST(times_of_day_are_read_however_they_are_written)
{
    static const struct {
        const char *said;
        int32_t from, to;
    } cases[] = {
        { "9:00", 540, -1 },
        { "09：00", 540, -1 },
        { "9:00:00", 540, -1 },
        { "上午9点", 540, -1 },
        { "上午 9 时", 540, -1 },
        { "早上九点整", 540, -1 },
        { "9点半", 570, -1 },
        { "9点30", 570, -1 },
        { "9时30分", 570, -1 },
        { "九点一刻", 555, -1 },
        { "9.30", 570, -1 },
        { "9 AM", 540, -1 },
        { "2:15pm", 855, -1 },
        { "下午2点", 840, -1 },
        { "下午14:00", 840, -1 },
        { "晚上7点", 1140, -1 },
        { "中午12点", 720, -1 },
        { "中午1点", 780, -1 },
        { "9:00-10:30", 540, 630 },
        { "9:00—10:30", 540, 630 },
        { "09:00～10:30", 540, 630 },
        { "上午9点至10点半", 540, 630 },
        { "上午9点到下午2点", 540, 840 },
        { "下午2点-4点", 840, 960 },
        { "9-11点", 540, 660 },
    };
    static const char *const other[] = {
        "",      "上午",       "全天",     "9",        "9-11",        "25:00",
        "9:75",  "9点75分",    "上午14点", "晚上12点", "9:00左右",    "约9点",
        "9点到", "10:00-9:00", "9:5",      "第9场",    "9:00、14:00",
    };
    struct clock_span at;

    for (size_t i = 0; i < COUNT(cases); i++) {
        if (!clock_read(t->mem, str_from(cases[i].said), &at))
            at = (struct clock_span){ -1, -1 };
        if (at.from != cases[i].from || at.to != cases[i].to)
            CHECK_STR(str_from(cases[i].said), S("read"));
        CHECK_INT(at.from, cases[i].from);
    }
    for (size_t i = 0; i < COUNT(other); i++)
        if (clock_read(t->mem, str_from(other[i]), &at))
            CHECK_STR(str_from(other[i]), S("not read"));
}
