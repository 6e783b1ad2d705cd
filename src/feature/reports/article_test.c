/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/reports/article.h"

#include "test/test.h"

/* A footnote says how the number above it comes from what is kept. */
TEST(footnotes_tell_hours_and_the_minutes_they_come_from)
{
    static const struct figure minutes = {
        .key = S_INIT("x.minutes"),
        .measure = MEASURE_SUM,
        .label = TEXT_INIT("时长", "Time"),
        .unit = TEXT_INIT("分钟", "minutes"),
    };
    static const struct {
        const char *text;
        enum lang lang;
        const char *note;
    } cases[] = {
        { "# 题\n{x.minutes|hours}小时\n", LANG_ZH, "2,357.3 小时 = 141,438" },
        { "# 题\n{x.minutes}分钟\n", LANG_ZH, "141,438" },
        { "# 题\n{x.minutes}分钟，{x.minutes|hours}小时\n", LANG_ZH,
          "2,357.3 小时 = 141,438" },
        { "# 题\n{x.minutes|hours}小时，{x.minutes}分钟\n", LANG_ZH,
          "2,357.3 小时 = 141,438" },
        { "# T\n{x.minutes|hours} hours\n", LANG_EN,
          "2,357.3 hours = 141,438" },
    };
    struct figure_value v = {
        .figure = &minutes, .known = true, .value = 141438, .n = 103
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct article_source source = {
            .text = text_same(str_from(cases[i].text)),
            .values = { &v, 1 },
        };
        struct article a;

        NEED(article_make(t->mem, &source, cases[i].lang, &a));
        NEED_INT(a.notes_n, 1);
        CHECK_STR(a.notes_shown[0], str_from(cases[i].note));
    }
}
