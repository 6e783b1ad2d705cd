/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Years, as offices write them. */
#include "base/year.h"

#include "test/test.h"

TEST(year_is_read_in_every_writing)
{
    static const struct str writings[] = {
        S_INIT("2024"),           S_INIT("2024年"),   S_INIT("2024年度"),
        S_INIT("2024 年 "),       S_INIT("２０２４"), S_INIT("２０２４年度"),
        S_INIT("二〇二四年"),     S_INIT("二零二四"), S_INIT("二○二四年度"),
        S_INIT("二O二四年"),      S_INIT("2024.0"),   S_INIT("2024.00"),
        S_INIT("\u30002024年份"),
    };

    for (size_t i = 0; i < COUNT(writings); i++)
        CHECK_INT(year_read(writings[i]), 2024);
}

TEST(year_is_not_guessed_from_less_or_more)
{
    static const struct str others[] = {
        S_INIT(""),          S_INIT("24年"),   S_INIT("2024-2025"),
        S_INIT("2024年1月"), S_INIT("12024"),  S_INIT("20240101"),
        S_INIT("去年"),      S_INIT("2024.5"), S_INIT("1024"),
        S_INIT("2024学年"),  S_INIT("2O24"),   S_INIT("2024年度计划"),
    };

    for (size_t i = 0; i < COUNT(others); i++)
        CHECK_INT(year_read(others[i]), 0);
}

TEST(year_in_a_text_comes_with_what_stands_around_it)
{
    struct str s = S("建队时间：2019年，二〇二四年 度统计（共12024人）");
    struct year_mention m;
    size_t at = 0;

    NEED(year_next(s, &at, &m));
    CHECK_INT(m.year, 2019);
    CHECK(m.named);
    CHECK_STR(m.before, S("建队时间："));
    NEED(year_next(s, &at, &m));
    CHECK_INT(m.year, 2024);
    CHECK(m.named);
    CHECK(!year_next(s, &at, &m));
    at = 0;
    NEED(year_next(S("2024-2025学年"), &at, &m));
    CHECK(!m.named);
    CHECK_STR(m.after, S("-2025学年"));
}
