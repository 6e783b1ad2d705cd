/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Class-teacher day (班主任节): cards, portraits, photos, class meetings. No
 * gifts, no money, no field for either.
 */
#include "host/ledger/feature.h"

enum { NO, KIND, CLASS, SIGNED, MESSAGE };

static const struct choice kinds_of_work[] = {
    { S_INIT("card"), TEXT_INIT("贺卡", "Card"), S_INIT("感恩贺卡") },
    { S_INIT("handwork"), TEXT_INIT("手工", "Handwork"), S_INIT("小手工") },
    { S_INIT("portrait"), TEXT_INIT("画像", "Portrait"), S_INIT("") },
    { S_INIT("photo"), TEXT_INIT("合影", "Group photo"), S_INIT("") },
    { S_INIT("meeting"), TEXT_INIT("主题班会", "Class meeting"),
      S_INIT("班会") },
    { S_INIT("forum"), TEXT_INIT("班主任论坛", "Forum"), S_INIT("论坛") },
};

static const struct column columns[] = {
    [NO] = {
        .key = S_INIT("no"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("序号", "No."),
        .flags = COLUMN_LISTED | COLUMN_IDENTITY,
    },
    [KIND] = {
        .key = S_INIT("form"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("作品类型", "Kind"),
        .synonyms = S_INIT("类型"),
        CHOICES(kinds_of_work),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_FILTER,
    },
    [CLASS] = {
        .key = S_INIT("class"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("班级", "Class"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_TITLE,
        .max = 40,
    },
    [SIGNED] = {
        .key = S_INIT("signed"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("署名", "Signed"),
        .hint = TEXT_INIT("只写名或小名", "first name or nickname only"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_PERSONAL,
        .max = 20,
    },
    [MESSAGE] = {
        .key = S_INIT("message"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("寄语", "Message"),
        .synonyms = S_INIT("祝福|留言"),
        .flags = COLUMN_LISTED | COLUMN_IDENTITY,
    },
};

static bool count_tribute(const struct rule *rule, const struct ledger_row *row,
                          struct record *ret)
{
    (void)rule;
    ret->category = row_str(row, KIND);
    return true;
}

static const struct record_kind kinds[] = {
    { S_INIT("tributes.tribute"), count_tribute },
};

static const struct ledger tribute = {
    .feature = S_INIT("tributes"),
    .noun = S_INIT("tribute"),
    .label = TEXT_INIT("班主任节作品", "Tributes to class teachers"),
    .unit = TEXT_INIT("件", "tributes"),
    .about = TEXT_INIT(
        "学生献给班主任的贺卡、手工、画像、合影和主题班会。不收礼品。",
        "Cards, handwork, portraits, photos and class "
        "meetings for class teachers. No gifts."),
    LIST(columns),
    .open = true,
    LIST(kinds),
};

static const struct figure figures[] = {
    {
        .key = S_INIT("tributes.count"),
        .kind = S_INIT("tributes.tribute"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("班主任节作品", "Tributes"),
        .rule = TEXT_INIT("本年度登记的班主任节作品，每件计一次，作废的不计。",
                          "Tributes on the year's ledger, each counted once; "
                          "voided rows do not count."),
        .unit = TEXT_INIT("件", "tributes"),
    },
};

static const struct ledger *const ledgers[] = { &tribute };

const struct feature feature_tributes = {
    .name = S_INIT("tributes"),
    .label = TEXT_INIT("班主任节", "Class-teacher day"),
    .about = TEXT_INIT("致敬班主任：贺卡、画像、合影和班会",
                       "Thanks to class teachers: cards, portraits, photos, "
                       "class meetings"),
    .order = 7,
    LIST(ledgers),
    LIST(figures),
    .headline = S_INIT("tributes.count"),
};
