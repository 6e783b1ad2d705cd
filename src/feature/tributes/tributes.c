/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Class-teacher day (班主任节): cards, portraits, photos, class meetings. No
 * gifts, no money, no field for either.
 */
#include "host/ledger/feature.h"

enum { NO, KIND, CLASS, SIGNED, MESSAGE };

static const struct choice kinds_of_work[] = {
    CHOICE("card", "贺卡", "Card", KNOWN_AS("感恩贺卡")),
    CHOICE("handwork", "手工", "Handwork", KNOWN_AS("小手工")),
    CHOICE("portrait", "画像", "Portrait"),
    CHOICE("photo", "合影", "Group photo"),
    CHOICE("meeting", "主题班会", "Class meeting", KNOWN_AS("班会")),
    CHOICE("forum", "班主任论坛", "Forum", KNOWN_AS("论坛")),
};

static const struct column columns[] = {
    [NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [KIND] = COLUMN(CHOICE, "form", "作品类型", "Kind", CHOICES(kinds_of_work),
                    KNOWN_AS("类型"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_FILTER),
    [CLASS] = COLUMN(TEXT, "class", "班级", "Class",
                     .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                              COLUMN_LISTED | COLUMN_TITLE,
                     .max = 40),
    [SIGNED] =
        COLUMN(TEXT, "signed", "署名", "Signed",
               .hint = TEXT_INIT("只写名或小名", "first name or nickname only"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_PERSONAL,
               .max = 20),
    [MESSAGE] =
        COLUMN(TEXT, "message", "寄语", "Message", KNOWN_AS("祝福|留言"),
               .flags = COLUMN_LISTED | COLUMN_IDENTITY),
};

static const struct record_kind kinds[] = {
    RECORD("tributes.tribute", .by = AT(KIND)),
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
    FIGURE(COUNT, "tributes.count", "tributes.tribute", "班主任节作品",
           "Tributes",
           .rule =
               TEXT_INIT("本年度登记的班主任节作品，每件计一次，作废的不计。",
                         "Tributes on the year's ledger, each counted once; "
                         "voided rows do not count."),
           .unit = TEXT_INIT("件", "tributes")),
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
    .sentence = TEXT_INIT("孩子们留下 {tributes.count} 件心意",
                          "{tributes.count} pieces made by children"),
};
