/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What counts as an honour, as spread and as a topic, and when. */
#include "host/given/given.h"

static struct import *given_honours(struct given *g, const char *rows)
{
    return given_csv(g, str_fmt(g->m,
                                "荣誉类型,荣誉名称,获得单位,荣誉级别,颁发单位,"
                                "获奖等次,获得日期,课题申报日期,立项日期,"
                                "结题日期,课题获奖日期\n%s",
                                rows));
}

TEST(honours_count_each_kind_by_itself)
{
    struct given *g = given(t);

    given_honours(g, "荣誉,甲,区一局,国家级,某委,,2024-03-01,,,,\n"
                     "荣誉,乙,区一局,区级,某委,,2024-03-02,,,,\n"
                     "推广,丙,区一局,国家级,某网,,2024-03-03,,,,\n"
                     "课题,丁,区一局,国家级,某委,,,2024-01-05,2024-02-05,,\n"
                     "课题,戊,区一局,国家级,某委,优秀奖,,2023-05-05,,"
                     "2023-12-01,2024-06-05\n");
    CHECK_INT(given_figure(g, "honours.count").value, 2);
    CHECK_INT(given_figure(g, "honours.count.national").value, 1);
    CHECK_INT(given_figure(g, "honours.count.city").value, 0);
    CHECK_INT(given_figure(g, "honours.count.district").value, 1);
    CHECK_INT(given_figure(g, "honours.spread").value, 1);
    CHECK_INT(given_figure(g, "honours.topics").value, 2);
    CHECK_INT(given_figure(g, "honours.awarded.national").value, 1);
}

/* A topic that nobody dated has the date of its last step. */
TEST(honours_take_the_date_of_a_topic_from_its_course)
{
    struct given *g = given(t);
    const char *rows = "课题,丁,区一局,市级,某委,,,2024-01-05,2024-02-05,,\n";
    struct ledger_row *row;

    given_honours(g, rows);
    row = given_kept(g, "honours.honour", given_first(g, "honours.topics"));
    CHECK_STR(given_said(g, row, "happened_on"), S("20240205"));
}

TEST(honours_refuse_a_course_that_cannot_be)
{
    static const struct {
        const char *row;
        const char *column;
    } cases[] = {
        { "荣誉,甲,区一局,市级,某委,,2024-03-01,2024-01-05,,,\n",
          "课题申报日期" },
        { "课题,甲,区一局,市级,某委,,,2024-03-05,2024-02-05,,\n", "立项日期" },
        { "课题,甲,区一局,市级,某委,,2024-03-01,,,,2025-06-05\n", "获得日期" },
    };

    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct import *im = given_honours(g, cases[i].row);

        NEED_INT(im->count[IMPORT_WRONG], 1);
        CHECK_STR(im->sheets[0].problems->column.zh, str_from(cases[i].column));
    }
}
