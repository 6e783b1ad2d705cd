/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A third feature for tests of the host alone: tools that units lend. Only
 * time moves a loan: it is reminded of, then lapses, unless it is blocked.
 */
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum { LOAN_NAME, LOAN_UNIT, LOAN_SINCE, LOAN_BLOCK, LOAN_STATE, LOAN_DONE };
enum { STATE_LENT, STATE_REMINDED, STATE_LAPSED };

static const struct choice states[] = {
    [STATE_LENT] = CHOICE("lent", "借出中", "Lent", .tone = TONE_CALM),
    [STATE_REMINDED] =
        CHOICE("reminded", "已催还", "Reminded", .tone = TONE_BUSY),
    [STATE_LAPSED] = CHOICE("lapsed", "已逾约", "Lapsed", .tone = TONE_BAD),
};

static const struct column columns[] = {
    [LOAN_NAME] = COLUMN(TEXT, "name", "借用物品", "Tool lent", BY_OWNER,
                         .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                  COLUMN_LISTED | COLUMN_TITLE),
    [LOAN_UNIT] =
        COLUMN(REF, "unit", "借用单位", "Lent to", REGISTRY_UNIT, BY_OWNER,
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                        COLUMN_FILTER | COLUMN_OWNER),
    [LOAN_SINCE] = COLUMN(DATE, "since", "借用日期", "Lent on", BY_OWNER,
                          .flags = COLUMN_REQUIRED | COLUMN_LISTED),
    [LOAN_BLOCK] = COLUMN(TEXT, "block", "暂缓原因", "Kept open because",
                          BY_OWNER, .flags = COLUMN_LISTED),
    [LOAN_STATE] =
        COLUMN(CHOICE, "state", "借用状态", "State of the loan", BY_STEP,
               CHOICES(states),
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [LOAN_DONE] = COLUMN(DATE, "done", "催还日期", "Reminded on", BY_STEP,
                         .flags = COLUMN_LISTED),
};

static void note_day(struct scope in, int32_t day, struct ledger_row *row)
{
    (void)in;
    row->values[LOAN_DONE] = INT(day);
}

static bool is_unblocked(struct scope in, const struct ledger_row *row,
                         size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    *ret_column = LOAN_BLOCK;
    *ret_reason = TEXT("暂缓中；请先清除暂缓原因",
                       "is kept open; clear the reason first");
    return !row_has(row, LOAN_BLOCK);
}

/* On the first and on the second working day after it was lent. */
static const struct step steps[] = {
    STEP("remind", "催还", "Remind", .by = RELATION_CLOCK,
         .from = AT(STATE_LENT), .to = STATE_REMINDED, .due = AT(LOAN_SINCE),
         .within = 1, .sets = note_day, .check = is_unblocked),
    STEP("lapse", "逾约", "Lapse", .by = RELATION_CLOCK,
         .from = AT(STATE_REMINDED), .to = STATE_LAPSED, .due = AT(LOAN_SINCE),
         .within = 2),
    STEP("settle", "归还", "Bring back", .by = RELATION_OWNER,
         .from = AT(STATE_REMINDED), .to = STATE_LENT, .asks = AT(LOAN_SINCE)),
    /* Declared by mistake: nothing changes, so it would be due for ever. */
    STEP("linger", "挂账", "Linger", .by = RELATION_CLOCK,
         .from = AT(STATE_LAPSED), .to = STATE_LAPSED, .due = AT(LOAN_SINCE),
         .within = 9),
};

static const struct record_kind kinds[] = {
    RECORD("loan.loan", .by = AT(LOAN_STATE)),
};

static const struct ledger loan = {
    .feature = S_INIT("loan"),
    .noun = S_INIT("loan"),
    .label = TEXT_INIT("借用", "Loans"),
    .unit = TEXT_INIT("次", "loans"),
    .about = TEXT_INIT("单位借用的工具。", "Tools that units lend."),
    LIST_OF(columns, columns),
    LIST_OF(steps, steps),
    LIST_OF(kinds, kinds),
    .open = true,
};

static const struct ledger *const ledgers[] = { &loan };

const struct feature feature_loan = {
    .name = S_INIT("loan"),
    .label = TEXT_INIT("借用", "Loans"),
    .about = TEXT_INIT("工具借用", "Tools that are lent"),
    .order = 99,
    LIST(ledgers),
};
