/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Honours, practice that others spread, and research topics (荣誉、推广、课题):
 * what became of the work of the programmes outside the house.
 */
#include "base/date.h"
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum {
    KIND,
    WHAT,
    UNIT,
    LEVEL,
    ISSUER,
    RESULT,
    HAPPENED_ON,
    PROGRAMME,
    ABOUT,
    APPLIED_ON,
    APPROVED_ON,
    FINISHED_ON,
    AWARDED_ON,
    EVIDENCE
};

static const struct choice kinds_of_honour[] = {
    CHOICE("topic", "课题", "Topic", KNOWN_AS("研究课题|调研课题|课题研究")),
    CHOICE("spread", "推广", "Spread",
           KNOWN_AS("经验推广|宣传推广|做法推广|媒体推广")),
    CHOICE("honour", "荣誉", "Honour", KNOWN_AS("表彰|奖项|获奖")),
};

static const struct choice levels[] = {
    CHOICE("national", "国家级", "National", KNOWN_AS("国家|全国|中央")),
    CHOICE("provincial", "省级", "Provincial", KNOWN_AS("省|全省|省部级")),
    CHOICE("city", "市级", "City", KNOWN_AS("市|全市")),
    CHOICE("district", "区级", "District", KNOWN_AS("区|全区|县级|区县级")),
};

static const struct column columns[] = {
    [KIND] = COLUMN(CHOICE, "kind", "荣誉类型", "Kind",
                    CHOICES(kinds_of_honour), KNOWN_AS("成果类型|事项类型"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_FILTER),
    [WHAT] = COLUMN(TEXT, "what", "荣誉或课题名称", "Honour or topic",
                    KNOWN_AS("荣誉名称|奖项名称|课题名称|成果名称|荣誉|奖项"),
                    .hint = TEXT_INIT("写单位的荣誉，不写个人姓名",
                                      "of the unit; no person's name"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE,
                    .max = 80),
    [UNIT] = COLUMN(REF, "unit", "获得单位", "Unit", REGISTRY_UNIT,
                    KNOWN_AS("获奖单位|课题单位|被推广单位"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_MAKES | COLUMN_FILTER | COLUMN_OWNER),
    [LEVEL] = COLUMN(CHOICE, "level", "荣誉级别", "Level", CHOICES(levels),
                     KNOWN_AS("级别|获奖级别|课题级别|层级"),
                     .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [ISSUER] = COLUMN(TEXT, "issuer", "授予或刊发单位", "Given or printed by",
                      KNOWN_AS("颁发单位|授予单位|表彰单位|刊发单位|推广单位|"
                               "发证单位"),
                      .flags = COLUMN_REQUIRED | COLUMN_LISTED, .max = 60),
    [RESULT] =
        COLUMN(TEXT, "result", "获奖等次", "Result", KNOWN_AS("等次|奖次|奖级"),
               .hint = TEXT_INIT("如 优秀奖、二等奖；课题评出后再填",
                                 "such as second prize; of a topic, once it is "
                                 "awarded"),
               .flags = COLUMN_LISTED, .max = 40),
    [HAPPENED_ON] = COLUMN(
        DATE, "happened_on", "获得日期", "Date",
        KNOWN_AS("获得时间|获奖时间|获奖日期|表彰日期|刊发日期|授予时间"),
        .hint = TEXT_INIT("决定年度；课题可不填，取最近一步的日期",
                          "decides the year; of a topic it may be left out: "
                          "then it is that of its last step"),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_WHEN),
    [PROGRAMME] =
        COLUMN(TEXT, "programme", "所属工作", "Programme",
               KNOWN_AS("所属项目|工作品牌"),
               .hint = TEXT_INIT("如 双领、双报到、书香机关",
                                 "such as dual lead, double check-in"),
               .max = 40),
    [ABOUT] =
        COLUMN(TEXT, "about", "相关案例或项目", "Case or project",
               KNOWN_AS("相关案例|相关项目"),
               .hint = TEXT_INIT("写台账里的名称", "as its ledger calls it"),
               .max = 80),
    [APPLIED_ON] = COLUMN(DATE, "applied_on", "课题申报日期", "Applied on",
                          KNOWN_AS("课题申报时间")),
    [APPROVED_ON] = COLUMN(DATE, "approved_on", "立项日期", "Approved on",
                           KNOWN_AS("立项时间|课题立项日期")),
    [FINISHED_ON] = COLUMN(DATE, "finished_on", "结题日期", "Finished on",
                           KNOWN_AS("结题时间")),
    [AWARDED_ON] = COLUMN(DATE, "awarded_on", "课题获奖日期", "Awarded on",
                          KNOWN_AS("课题获奖时间")),
    [EVIDENCE] = COLUMN(TEXT, "evidence", "文号或链接", "Document or link",
                        KNOWN_AS("文号|链接|证明材料|依据文号"),
                        .hint = TEXT_INIT("通报、证书的文号，或刊发的网址",
                                          "number of the notice or certificate,"
                                          " or the address where it stands")),
};

/* The course of a topic is these columns, in this order. */
enum { COURSE_FIRST = APPLIED_ON, COURSE_END = AWARDED_ON + 1 };

static bool is_kind(const struct ledger_row *row, struct str kind)
{
    return str_eq(row_str(row, KIND), kind);
}

static void derive_date(struct mem *m, struct ledger_row *row)
{
    (void)m;
    for (size_t i = COURSE_END; i-- > COURSE_FIRST;)
        if (!row_has(row, HAPPENED_ON) && row_has(row, i))
            row->values[HAPPENED_ON] = INT(row_int(row, i));
}

static bool blame(size_t column, struct text reason, size_t *ret_column,
                  struct text *ret_reason)
{
    *ret_column = column;
    *ret_reason = reason;
    return false;
}

static bool check_honour(struct scope in, const struct ledger_row *row,
                         size_t *ret_column, struct text *ret_reason)
{
    int64_t last = 0;

    (void)in;
    for (size_t i = COURSE_FIRST; i < COURSE_END; i++) {
        if (!row_has(row, i))
            continue;
        if (!is_kind(row, S("topic")))
            return blame(i,
                         TEXT("只有课题才有这个日期；请改类型，或清空",
                              "only topics have it; change the kind, or clear "
                              "it"),
                         ret_column, ret_reason);
        if (row_int(row, i) < last)
            return blame(i,
                         TEXT("早于课题的上一步，请核对",
                              "is before the step that precedes it; check "
                              "both dates"),
                         ret_column, ret_reason);
        last = row_int(row, i);
    }
    if (row_has(row, AWARDED_ON) &&
        date_year((int32_t)row_int(row, HAPPENED_ON)) !=
            date_year((int32_t)last))
        return blame(HAPPENED_ON,
                     TEXT("课题已获奖，这里应写获奖日期，它决定年度",
                          "the topic was awarded: write the day it was, which "
                          "decides the year"),
                     ret_column, ret_reason);
    return true;
}

static bool count_honour(struct scope in, const struct ledger_row *row,
                         struct record *ret)
{
    (void)in;
    (void)ret;
    return is_kind(row, S("honour"));
}

static bool count_spread(struct scope in, const struct ledger_row *row,
                         struct record *ret)
{
    (void)in;
    (void)ret;
    return is_kind(row, S("spread"));
}

static bool count_topic(struct scope in, const struct ledger_row *row,
                        struct record *ret)
{
    (void)in;
    (void)ret;
    return is_kind(row, S("topic"));
}

static bool count_awarded(struct scope in, const struct ledger_row *row,
                          struct record *ret)
{
    return count_topic(in, row, ret) && row_has(row, AWARDED_ON);
}

static const struct record_kind kinds[] = {
    RECORD("honours.honour", .by = AT(LEVEL), .of = count_honour,
           .looks_at = AT(KIND)),
    RECORD("honours.spread", .by = AT(LEVEL), .of = count_spread,
           .looks_at = AT(KIND)),
    RECORD("honours.topic", .by = AT(LEVEL), .of = count_topic,
           .looks_at = AT(KIND)),
    RECORD("honours.awarded", .by = AT(LEVEL), .of = count_awarded,
           .looks_at = AT(KIND) | AT(AWARDED_ON)),
};

static const struct ledger honour = {
    .feature = S_INIT("honours"),
    .noun = S_INIT("honour"),
    .label = TEXT_INIT("荣誉、推广和课题", "Honours, spread and topics"),
    .unit = TEXT_INIT("项", "entries"),
    .about = TEXT_INIT("单位获得的荣誉、被推广的做法、研究课题。不记个人荣誉。",
                       "Honours of units, practice that others spread, "
                       "research topics. Not honours of persons."),
    LIST(columns),
    .open = true,
    LIST(kinds),
    .derive = derive_date,
    .check = check_honour,
};

#define HONOURS_OF(level, zh, en)                                              \
    FIGURE(COUNT, "honours.count." level, "honours.honour", zh "荣誉",         \
           en " honours", .category = S_INIT(level),                           \
           .rule = TEXT_INIT("本年度获得的" zh "荣誉，每项计一次；"   \
                             "推广和课题不在内，作废的不计。",                 \
                             en " honours of the year, each counted once; "    \
                                "spread practice and topics are not among "    \
                                "them; voided rows do not count."),            \
           .unit = TEXT_INIT("项", "honours"))

static const struct figure figures[] = {
    FIGURE(COUNT, "honours.count", "honours.honour", "荣誉", "Honours",
           .rule = TEXT_INIT("本年度获得的荣誉，每项计一次，作废的不计；"
                             "推广和课题不在内。",
                             "Honours of the year, each counted once; spread "
                             "practice and topics are not among them; voided "
                             "rows do not count."),
           .unit = TEXT_INIT("项", "honours")),
    HONOURS_OF("national", "国家级", "National"),
    HONOURS_OF("provincial", "省级", "Provincial"),
    HONOURS_OF("city", "市级", "City"),
    HONOURS_OF("district", "区级", "District"),
    FIGURE(COUNT, "honours.spread", "honours.spread", "做法被推广",
           "Practice spread",
           .rule = TEXT_INIT("本年度被网站、报刊或上级推广的做法，每次计一次，"
                             "作废的不计。",
                             "Practice that a site, a paper or a higher office "
                             "spread in the year, each counted once; voided "
                             "rows do not count."),
           .unit = TEXT_INIT("次", "times")),
    FIGURE(COUNT, "honours.spread.national", "honours.spread", "国家级平台推广",
           "Practice spread nationally", .category = S_INIT("national"),
           .rule = TEXT_INIT("本年度被国家级网站、报刊推广的做法，"
                             "每次计一次，作废的不计。",
                             "Practice that a national site or paper spread "
                             "in the year, each counted once; voided rows do "
                             "not count."),
           .unit = TEXT_INIT("次", "times")),
    FIGURE(COUNT, "honours.topics", "honours.topic", "研究课题",
           "Research topics",
           .rule = TEXT_INIT("日期在本年度的课题，每个计一次，作废的不计。",
                             "Topics dated in the year, each counted once; "
                             "voided rows do not count."),
           .unit = TEXT_INIT("个", "topics")),
    FIGURE(COUNT, "honours.awarded", "honours.awarded", "获奖课题",
           "Topics awarded",
           .rule = TEXT_INIT("在本年度获奖的课题，每个计一次，作废的不计。",
                             "Topics awarded in the year, each counted once; "
                             "voided rows do not count."),
           .unit = TEXT_INIT("个", "topics")),
    FIGURE(COUNT, "honours.awarded.national", "honours.awarded",
           "国家级获奖课题", "Topics awarded nationally",
           .category = S_INIT("national"),
           .rule = TEXT_INIT("在本年度获国家级奖的课题，每个计一次，"
                             "作废的不计。",
                             "Topics awarded at national level in the year, "
                             "each counted once; voided rows do not count."),
           .unit = TEXT_INIT("个", "topics")),
};

static const struct ledger *const ledgers[] = { &honour };

/* No programme of its own: it stands beside them, not in their menu. */
static const struct feature_link links[] = {
    { .on = LINK_ON_ME,
      .label = TEXT_INIT("荣誉", "Honours"),
      .path = S_INIT("/honours"),
      .order = 5 },
};

const struct feature feature_honours = {
    .name = S_INIT("honours"),
    .label = TEXT_INIT("荣誉", "Honours"),
    .about = TEXT_INIT("荣誉、被推广的做法和研究课题",
                       "Honours, practice that others spread, research topics"),
    LIST(ledgers),
    LIST(figures),
    LIST(links),
};
