/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The reading office (书香机关): salons, recommendations, the culture
 * corridor. Events and visits are counted, never reading time.
 */
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum { NO, KIND, UNIT, HELD_ON, VISITS, CONTENT };

static const struct choice kinds_of_event[] = {
    CHOICE("salon", "读书沙龙", "Reading salon", KNOWN_AS("沙龙")),
    CHOICE("recommendation", "主题荐书", "Recommended books", KNOWN_AS("荐书")),
    CHOICE("corridor", "检察文化长廊参观", "Visit to the culture corridor",
           KNOWN_AS("文化长廊参观|文化长廊")),
    CHOICE("drift", "图书漂流", "Book drift"),
    CHOICE("birthday", "政治生日赠书", "Books for political birthdays",
           KNOWN_AS("赠书|政治生日")),
    CHOICE("other", "其他", "Other"),
};

static const struct column columns[] = {
    [NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [CONTENT] =
        COLUMN(TEXT, "content", "内容", "Content", KNOWN_AS("活动内容|书目"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_TITLE),
    [KIND] = COLUMN(CHOICE, "form", "类型", "Kind", CHOICES(kinds_of_event),
                    KNOWN_AS("活动类型"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_FILTER),
    [UNIT] = COLUMN(REF, "unit", "承办单位", "Held by", REGISTRY_UNIT,
                    KNOWN_AS("举办单位|主办单位"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_MAKES | COLUMN_FILTER | COLUMN_OWNER),
    [HELD_ON] =
        COLUMN(DATE, "held_on", "日期", "Held on", KNOWN_AS("活动日期|时间"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_WHEN),
    [VISITS] =
        COLUMN(COUNT, "visits", "参加人次", "Visits", KNOWN_AS("人次|参加人数"),
               .unit = UNIT_VISITS, .flags = COLUMN_LISTED, .max = 100000),
};

static const struct record_kind kinds[] = {
    RECORD("reading.event", .by = AT(KIND)),
    RECORD("reading.visit", .sums = AT(VISITS)),
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
    FIGURE(COUNT, "reading.events", "reading.event", "读书活动",
           "Reading events",
           .rule =
               TEXT_INIT("日期在本年度的书香机关活动，每场计一次，作废的不计。",
                         "Reading events held in the year, each counted "
                         "once; voided rows do not count."),
           .unit = TEXT_INIT("场", "events")),
    FIGURE(SUM, "reading.visits", "reading.visit", "读书活动人次",
           "Visits to reading events",
           .rule = TEXT_INIT("各场活动登记的参加人次之和；没有登记的不按零计。",
                             "Sum of the visits recorded for each event; a "
                             "missing value is not a zero."),
           .unit = TEXT_INIT("人次", "visits")),
};

static const struct ledger *const ledgers[] = { &event };

static const struct term terms[] = {
    TERM("书香机关", "Reading office",
         "机关里的读书活动：沙龙、荐书、文化长廊。只记活动，不记谁读了多久。",
         "reading in the offices: salons, books, a corridor; events are "
         "counted, never anybody's time"),
};

const struct feature feature_reading = {
    .name = S_INIT("reading"),
    .label = TEXT_INIT("书香机关", "Reading office"),
    .about = TEXT_INIT("读书沙龙、文化长廊和荐书",
                       "Salons, the culture corridor, recommended books"),
    .order = 6,
    LIST(ledgers),
    LIST(figures),
    LIST(terms),
    .sentence = TEXT_INIT("{reading.events} 场读书活动，{reading.visits} "
                          "人次；不计阅读时长",
                          "{reading.events} reading events, {reading.visits} "
                          "visits; reading time is not counted"),
};
