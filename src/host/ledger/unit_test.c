/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a number means by the words beside and above it. */
#include "host/ledger/cell.h"
#include "test/test.h"

static const struct column minutes =
    COLUMN(COUNT, "minutes", "累计服务时长（分钟）", "Service time (minutes)",
           KNOWN_AS("服务时长|Service minutes"), .unit = UNIT_MINUTES);
static const struct column people =
    COLUMN(COUNT, "size", "队员人数", "Members", .unit = UNIT_PEOPLE);
static const struct column visits =
    COLUMN(COUNT, "visits", "儿童人次", "Child visits", .unit = UNIT_VISITS);
static const struct column plain = COLUMN(COUNT, "no", "序号", "No.");
static const struct column mark = COLUMN(MARK, "mark", "测评分", "Mark");
static const struct column share =
    COLUMN(MARK, "share", "满意率", "Share", .unit = UNIT_PERCENT);
static const struct column cost =
    COLUMN(MARK, "cost", "金额", "Cost", .unit = UNIT_YUAN, .max = 1000000000);

enum { REFUSED = -1 };

/* The value of a cell; REFUSED with words in both languages. */
static int64_t read_under(struct test *t, const struct heading *h,
                          const char *raw)
{
    struct text reason = TEXT("", "");
    struct value v;

    if (cell_read_under(t->mem, h, str_from(raw), &v, &reason) == OK)
        return v.i;
    CHECK(reason.zh.n > 0 && reason.en.n > 0);
    return REFUSED;
}

static int64_t read(struct test *t, const struct column *c, const char *raw)
{
    const struct heading own = { c, 1 };

    return read_under(t, &own, raw);
}

struct reading {
    const char *raw;
    int64_t value;
};

static void check_all(struct test *t, const struct column *c,
                      const struct reading *cases, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (read(t, c, cases[i].raw) == cases[i].value)
            CHECK(true);
        else
            CHECK_STR(str_from(cases[i].raw),
                      str_of_int(t->mem, cases[i].value));
}

TEST(times_are_read_as_minutes_when_that_is_exact)
{
    static const struct reading cases[] = {
        { "150", 150 },         { "150分钟", 150 },
        { "90 分", 90 },        { "2.5小时", 150 },
        { "2.5 h", 150 },       { "１．５ｈ", 90 },
        { "2小时", 120 },       { "2时30分", 150 },
        { "1小时20分", 80 },    { "1小时 20分钟", 80 },
        { "1h20m", 80 },        { "2 hours", 120 },
        { "两个半小时", 150 },  { "2个半小时", 150 },
        { "半小时", 30 },       { "半个小时", 30 },
        { "1小时半", 90 },      { "十二个小时", 720 },
        { "一刻钟", 15 },       { "1小时1刻钟", 75 },
        { "2:30", 150 },        { "2：30", 150 },
        { "02:30:00", 150 },    { "100:05", 6005 },
        { "1,200", 1200 },      { "0", 0 },
        { "0.1小时", 6 },       { "2小时左右", REFUSED },
        { "约2小时", REFUSED }, { "2-3小时", REFUSED },
        { "2.5", REFUSED },     { "1.33小时", REFUSED },
        { "1小时20", REFUSED }, { "20分1小时", REFUSED },
        { "2:75", REFUSED },    { "2:30:15", REFUSED },
        { "2天", REFUSED },     { "3课时", REFUSED },
        { "3万", REFUSED },     { "20余", REFUSED },
        { "120%", REFUSED },    { "90人", REFUSED },
        { "半", REFUSED },
    };

    check_all(t, &minutes, cases, COUNT(cases));
}

TEST(only_the_unit_of_a_column_may_follow_its_number)
{
    static const struct reading cases[] = {
        { "20", 20 },
        { "20人", 20 },
        { "20 名", 20 },
        { "２０位", 20 },
        { "1,234人", 1234 },
        { "十二人", 12 },
        { "20\u200b人", 20 },
        { "20余人", REFUSED },
        { "20多", REFUSED },
        { "20左右", REFUSED },
        { "1,2,3人", REFUSED },
        { "12,34", REFUSED },
        { "1234,567", REFUSED },
        { "12 13", REFUSED },
        { "12\n13", REFUSED },
        { "12'13", REFUSED },
        { "12%", REFUSED },
        { "3万", REFUSED },
        { "3万人", REFUSED },
        { "12③", REFUSED },
        { "12人次", REFUSED },
        { "12分钟", REFUSED },
        { "人12", REFUSED },
        { "12.5", REFUSED },
        { "-5", REFUSED },
        { "12人男", REFUSED },
    };
    static const struct reading numbers[] = {
        { "3", 3 },
        { "3号", 3 },
        { "3、", 3 },
        { "3个", REFUSED },
    };

    check_all(t, &people, cases, COUNT(cases));
    check_all(t, &plain, numbers, COUNT(numbers));
}

TEST(points_are_no_percentages)
{
    static const struct reading points[] = {
        { "94.8", 9480 },      { "94.80分", 9480 },   { "100", 10000 },
        { "95%", REFUSED },    { "９５％", REFUSED }, { "94.855", REFUSED },
        { "9.2/10", REFUSED }, { "101", REFUSED },
    };
    static const struct reading percent[] = {
        { "95", 9500 },
        { "95%", 9500 },
        { "85.36％", 8536 },
        { "95分", REFUSED },
    };
    static const struct reading yuan[] = {
        { "12.5元", 1250 },
        { "12,000", 1200000 },
        { "3万元", REFUSED },
    };

    check_all(t, &mark, points, COUNT(points));
    check_all(t, &share, percent, COUNT(percent));
    check_all(t, &cost, yuan, COUNT(yuan));
}

TEST(headers_say_what_a_bare_number_is)
{
    static const struct {
        const struct column *column;
        const char *header, *titles;
        int64_t times;
    } cases[] = {
        { &minutes, "累计服务时长（分钟）", "", 1 },
        { &minutes, "Service time (minutes)", "", 1 },
        { &minutes, "minutes", "", 1 },
        { &minutes, "累计服务时长（小时）", "", 60 },
        { &minutes, "服务时长\n(单位：小时)", "", 60 },
        { &minutes, "服务时长【h】", "", 60 },
        { &minutes, "服务时长/小时", "", 60 },
        { &minutes, "服务时长（小时数）", "", 60 },
        { &minutes, "服务时长（以分钟计）", "", 1 },
        { &minutes, "服务时长", "", 0 },
        { &minutes, "服务时长", "2024年清单;单位：小时;", 60 },
        { &minutes, "服务时长", "（计量单位：人、分钟）;", 1 },
        { &minutes, "服务时长", "填报单位：区司法局;", 0 },
        { &minutes, "服务时长（天）", "单位：小时;", 0 },
        { &minutes, "服务时长（课时）", "", 0 },
        { &minutes, "服务时长（小时、分钟）", "", 0 },
        { &minutes, "服务时长（含往返）", "单位：分钟;", 1 },
        { &minutes, "服务时长（小时）（分钟）", "", 0 },
        { &people, "人数", "", 1 },
        { &people, "人数（含预备党员）", "", 1 },
        { &people, "队员人数（万人）", "", 10000 },
        { &people, "队员人数（百人）", "", 100 },
        { &people, "队员人数（人次）", "", 0 },
        { &people, "队员人数（户）", "", 0 },
        { &people, "队员人数/支", "", 0 },
        { &visits, "儿童人次（组）", "", 0 },
        { &minutes, "服务时长/h", "", 60 },
        { &people, "队员人数", "单位：万元;", 1 },
        { &visits, "儿童人次（万）", "", 10000 },
        { &visits, "儿童人次", "单位：万人次;", 10000 },
        { &visits, "儿童人次（小时）", "", 0 },
        { &mark, "测评分（百分制）", "", 1 },
        { &mark, "测评分（满分100）", "", 1 },
        { &mark, "测评分（满分10分）", "", 0 },
        { &mark, "测评分（5分制）", "", 0 },
        { &mark, "测评分（%）", "", 0 },
        { &cost, "金额（万元）", "", 10000 },
        { &plain, "序号（人）", "", 1 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct heading h =
            heading_read(t->mem, cases[i].column, str_from(cases[i].header),
                         str_from(cases[i].titles));

        if (h.times != cases[i].times)
            CHECK_STR(str_from(cases[i].header),
                      str_of_int(t->mem, cases[i].times));
        CHECK_INT(h.times, cases[i].times);
    }
}

TEST(a_cell_that_says_its_unit_needs_no_header)
{
    const struct heading hours = { &minutes, 60 };
    const struct heading unclear = { &minutes, 0 };
    const struct heading ten_thousands = { &visits, 10000 };

    CHECK_INT(read_under(t, &hours, "2.5"), 150);
    CHECK_INT(read_under(t, &hours, "90分钟"), 90);
    CHECK_INT(read_under(t, &hours, "2:30"), 150);
    CHECK_INT(read_under(t, &hours, "0.333"), REFUSED);
    CHECK_INT(read_under(t, &unclear, "3小时"), 180);
    CHECK_INT(read_under(t, &unclear, "3"), REFUSED);
    CHECK_INT(read_under(t, &ten_thousands, "1.2"), 12000);
    CHECK_INT(read_under(t, &ten_thousands, "1.23456"), REFUSED);
    CHECK_INT(read_under(t, &ten_thousands, "12人次"), 12);
}

/* ---- as pages show them ---- */

TEST(minutes_are_shown_in_hours_and_counts_with_separators)
{
    static const struct column number = COLUMN(COUNT, "n", "序号", "No.");
    static const struct {
        const struct column *column;
        int64_t value;
        const char *zh, *en, *kept;
    } cases[] = {
        { &minutes, 141438, "2,357.3 小时", "2,357.3 h", "141438" },
        { &minutes, 150, "2.5 小时", "2.5 h", "150" },
        { &minutes, 120, "2 小时", "2 h", "120" },
        { &minutes, 3, "0.1 小时", "0.1 h", "3" },
        { &minutes, 2, "0 小时", "0 h", "2" },
        { &minutes, 0, "0 小时", "0 h", "0" },
        { &people, 2478, "2,478", "2,478", "2478" },
        { &people, 999, "999", "999", "999" },
        { &number, 2478, "2478", "2478", "2478" },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct value v = INT(cases[i].value);

        CHECK_STR(cell_shown(t->mem, cases[i].column, &v, S(""), LANG_ZH),
                  str_from(cases[i].zh));
        CHECK_STR(cell_shown(t->mem, cases[i].column, &v, S(""), LANG_EN),
                  str_from(cases[i].en));
        CHECK_STR(cell_field(t->mem, cases[i].column, &v, S("")),
                  str_from(cases[i].kept));
    }
    CHECK_STR(column_shown(&minutes).zh, S("累计服务时长"));
    CHECK_STR(column_shown(&minutes).en, S("Service time"));
    CHECK_STR(column_shown(&people).zh, S("队员人数"));
}

TEST(a_missing_time_is_shown_as_nothing)
{
    struct value v = column_none(&minutes);

    CHECK_STR(cell_shown(t->mem, &minutes, &v, S(""), LANG_ZH), S(""));
}

/* A column of time says minutes in its head: files keep these. */
TEST(every_column_of_minutes_names_them_in_both_languages)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < l->columns_n; k++)
            if (l->columns[k].unit == UNIT_MINUTES) {
                CHECK(str_ends(l->columns[k].label.zh, S("（分钟）")));
                CHECK(str_ends(l->columns[k].label.en, S(" (minutes)")));
            }
}
