/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The reading office (书香机关): salons, recommendations, the culture
 * corridor. Events and visits are counted, never reading time.
 */
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum { NO, KIND, UNIT, HELD_ON, VISITS, CONTENT };

static const struct choice kinds_of_event[] = {
    { S_INIT("salon"), TEXT_INIT("读书沙龙", "Reading salon"), S_INIT("沙龙") },
    { S_INIT("recommendation"), TEXT_INIT("主题荐书", "Recommended books"),
      S_INIT("荐书") },
    { S_INIT("corridor"),
      TEXT_INIT("检察文化长廊参观", "Visit to the culture corridor"),
      S_INIT("文化长廊参观|文化长廊") },
    { S_INIT("drift"), TEXT_INIT("图书漂流", "Book drift"), S_INIT("") },
    { S_INIT("birthday"),
      TEXT_INIT("政治生日赠书", "Books for political birthdays"),
      S_INIT("赠书|政治生日") },
    { S_INIT("other"), TEXT_INIT("其他", "Other"), S_INIT("") },
};

static const struct column columns[] = {
    [NO] = {
        .key = S_INIT("no"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("序号", "No."),
        .flags = COLUMN_LISTED,
    },
    [CONTENT] = {
        .key = S_INIT("content"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("内容", "Content"),
        .synonyms = S_INIT("活动内容|书目"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_TITLE,
    },
    [KIND] = {
        .key = S_INIT("form"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("类型", "Kind"),
        .synonyms = S_INIT("活动类型"),
        CHOICES(kinds_of_event),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_FILTER,
    },
    [UNIT] = {
        .key = S_INIT("unit"),
        .type = COLUMN_REF,
        REGISTRY_UNIT,
        .label = TEXT_INIT("承办单位", "Held by"),
        .synonyms = S_INIT("举办单位|主办单位"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_MAKES | COLUMN_FILTER | COLUMN_OWNER,
    },
    [HELD_ON] = {
        .key = S_INIT("held_on"),
        .type = COLUMN_DATE,
        .label = TEXT_INIT("日期", "Held on"),
        .synonyms = S_INIT("活动日期|时间"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_WHEN,
    },
    [VISITS] = {
        .key = S_INIT("visits"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("参加人次", "Visits"),
        .synonyms = S_INIT("人次|参加人数"),
        .flags = COLUMN_LISTED,
        .max = 100000,
    },
};

static bool count_event(const struct rule *rule, const struct ledger_row *row,
                        struct record *ret)
{
    (void)rule;
    ret->category = row_str(row, KIND);
    return true;
}

static bool count_visits(const struct rule *rule, const struct ledger_row *row,
                         struct record *ret)
{
    (void)rule;
    ret->quantity = row_int(row, VISITS);
    return row_has(row, VISITS);
}

static const struct record_kind kinds[] = {
    { S_INIT("reading.event"), count_event },
    { S_INIT("reading.visit"), count_visits },
};

static const struct ledger event = {
    .feature = S_INIT("reading"),
    .noun = S_INIT("event"),
    .label = TEXT_INIT("书香机关活动", "Reading events"),
    .unit = TEXT_INIT("场", "events"),
    .about = TEXT_INIT("读书沙龙、荐书、文化长廊和图书漂流。不统计阅读时长。",
                       "Salons, recommended books, the culture corridor, "
                       "book drift. Reading time is not measured."),
    LIST(columns),
    .open = true,
    LIST(kinds),
};

static const struct figure figures[] = {
    {
        .key = S_INIT("reading.events"),
        .kind = S_INIT("reading.event"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("读书活动", "Reading events"),
        .rule =
            TEXT_INIT("日期在本年度的书香机关活动，每场计一次，作废的不计。",
                      "Reading events held in the year, each counted "
                      "once; voided rows do not count."),
        .unit = TEXT_INIT("场", "events"),
    },
    {
        .key = S_INIT("reading.visits"),
        .kind = S_INIT("reading.visit"),
        .measure = MEASURE_SUM,
        .label = TEXT_INIT("读书活动人次", "Visits to reading events"),
        .rule = TEXT_INIT("各场活动登记的参加人次之和；没有登记的不按零计。",
                          "Sum of the visits recorded for each event; a "
                          "missing value is not a zero."),
        .unit = TEXT_INIT("人次", "visits"),
    },
};

static const struct ledger *const ledgers[] = { &event };

const struct feature feature_reading = {
    .name = S_INIT("reading"),
    .label = TEXT_INIT("书香机关", "Reading office"),
    .about = TEXT_INIT("读书沙龙、文化长廊和荐书",
                       "Salons, the culture corridor, recommended books"),
    .order = 6,
    LIST(ledgers),
    LIST(figures),
    .headline = S_INIT("reading.events"),
};
