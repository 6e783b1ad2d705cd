/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Public notices (公益提示): one entry with a start and an end, to become
 * page, poster and screen.
 */
#include "host/ledger/feature.h"

enum { TITLE, BODY, SIGNED_BY, STARTS_ON, ENDS_ON };

static const struct column columns[] = {
    [TITLE] =
        COLUMN(TEXT, "title", "提示标题", "Notice", KNOWN_AS("公益提示|提示"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_TITLE,
               .max = 40),
    [BODY] =
        COLUMN(LINES, "body", "正文", "Text", KNOWN_AS("提示内容"), .max = 600),
    [SIGNED_BY] =
        COLUMN(TEXT, "signed_by", "落款", "Signed by", KNOWN_AS("发布单位"),
               .flags = COLUMN_LISTED, .max = 60),
    [STARTS_ON] = COLUMN(DATE, "starts_on", "开始日期", "Starts on",
                         .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                  COLUMN_LISTED | COLUMN_WHEN),
    [ENDS_ON] = COLUMN(DATE, "ends_on", "结束日期", "Ends on",
                       .flags = COLUMN_LISTED | COLUMN_END),
};

static bool check_notice(struct scope in, const struct ledger_row *row,
                         size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    if (!row_has(row, ENDS_ON) ||
        row_int(row, ENDS_ON) >= row_int(row, STARTS_ON))
        return true;
    *ret_column = ENDS_ON;
    *ret_reason =
        TEXT("早于开始日期，请核对", "is before the start; check both dates");
    return false;
}

static const struct record_kind kinds[] = {
    RECORD("notices.notice"),
};

static const struct ledger notice = {
    .feature = S_INIT("notices"),
    .noun = S_INIT("notice"),
    .label = TEXT_INIT("公益提示", "Public notices"),
    .unit = TEXT_INIT("条", "notices"),
    .about = TEXT_INIT("对公众的提示，到期自动结束。",
                       "Notices to the public; they end by themselves."),
    LIST(columns),
    .open = true,
    LIST(kinds),
    .check = check_notice,
};

static const struct figure figures[] = {
    FIGURE(COUNT, "notices.count", "notices.notice", "公益提示",
           "Public notices",
           .rule =
               TEXT_INIT("开始日期在本年度的公益提示，每条计一次，作废的不计。",
                         "Notices that start in the year, each counted once; "
                         "voided rows do not count."),
           .unit = TEXT_INIT("条", "notices")),
};

static const struct ledger *const ledgers[] = { &notice };

const struct feature feature_notices = {
    .name = S_INIT("notices"),
    .label = TEXT_INIT("公益提示", "Notices"),
    .about =
        TEXT_INIT("文明就餐、防火防汛等公益提示", "Reminders to the public"),
    .order = 8,
    LIST(ledgers),
    LIST(figures),
    .sentence = TEXT_INIT("{notices.count} 条公益提示",
                          "{notices.count} public notices"),
};
