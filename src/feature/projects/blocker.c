/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands in the way (难点堵点), and who is asked to help. */
#include "base/date.h"
#include "feature/projects/projects.h"
#include "host/ledger/feature.h"
#include "host/ledger/record.h"

enum {
    PROJECT,
    CONTENT,
    NEEDED_FROM,
    DUE,
    FOUND_ON,
    STATE,
    PROPOSAL,
    ANSWER,
    SOLVED_ON,
    HELPED_BY,
    DAYS,
    CLOSED_ON,
};
enum {
    OPEN,
    ACCEPTED,
    SOLVING,
    SOLVED,
    VERIFIED,
    CLOSED,
    ESCALATED,
    REJECTED,
};

static const struct choice states[] = {
    [OPEN] = CHOICE("open", "待受理", "Open", .tone = TONE_WARN),
    [ACCEPTED] = CHOICE("accepted", "已受理", "Taken on", .tone = TONE_BUSY),
    [SOLVING] = CHOICE("solving", "解决中", "Being solved", .tone = TONE_BUSY),
    [SOLVED] = CHOICE("solved", "已解决", "Solved", .tone = TONE_DONE),
    [VERIFIED] = CHOICE("verified", "已核实", "Verified", .tone = TONE_DONE),
    [CLOSED] = CHOICE("closed", "已销号", "Closed", .tone = TONE_DONE),
    [ESCALATED] = CHOICE("escalated", "已上报", "Escalated", .tone = TONE_BAD),
    [REJECTED] = CHOICE("rejected", "不予受理", "Rejected", .tone = TONE_WARN),
};

/* Whoever raised it may set it right until somebody took it on. */
#define RAISED BY_OWNER, .in = AT(OPEN)

static const struct column columns[] = {
    [PROJECT] =
        COLUMN(REF, "project", "所属项目", "Project",
               REFERENCE("projects.project"), KNOWN_AS("项目名称|项目"), RAISED,
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_PARENT),
    [CONTENT] = COLUMN(TEXT, "content", "难点堵点内容", "Blocker", RAISED,
                       .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                COLUMN_LISTED | COLUMN_TITLE | COLUMN_INTERNAL),
    [NEEDED_FROM] =
        COLUMN(REF, "needed_from", "请谁协助", "Help from", REGISTRY_UNIT,
               KNOWN_AS("需协调单位|协调单位"), RAISED,
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_ASKED |
                        COLUMN_INTERNAL),
    [DUE] = COLUMN(DATE, "due", "请在何时前答复", "Answer wanted by", RAISED,
                   .flags = COLUMN_LISTED),
    [FOUND_ON] = COLUMN(DATE, "found_on", "提出日期", "Raised on", BY_OWNER,
                        .in = AT(OPEN), .flags = COLUMN_WHEN),
    [STATE] = COLUMN(CHOICE, "state", "难点状态", "State of the blocker",
                     CHOICES(states), BY_STEP,
                     .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [PROPOSAL] = COLUMN(TEXT, "proposal", "建议办法", "Proposal", BY_OWNER,
                        .flags = COLUMN_INTERNAL),
    [ANSWER] = COLUMN(TEXT, "answer", "答复", "Answer", BY_STEP,
                      .flags = COLUMN_INTERNAL),
    [SOLVED_ON] = COLUMN(DATE, "solved_on", "解决日期", "Solved on", BY_STEP),
    [HELPED_BY] =
        COLUMN(REF, "helped_by", "由谁协助解决", "Helped by", REGISTRY_UNIT,
               KNOWN_AS("协助解决单位"), BY_STEP,
               .hint = TEXT_INIT("不填就是被请求协助的单位",
                                 "left empty: the one that was asked"),
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_INTERNAL),
    [DAYS] = COLUMN(COUNT, "days", "用时（天）", "Days open",
                    .flags = COLUMN_LISTED | COLUMN_DERIVED, .max = 10000),
    [CLOSED_ON] =
        COLUMN(DATE, "closed_on", "难点销号日期", "Closed on", BY_STEP),
};

static void derive_blocker(struct mem *m, struct ledger_row *row)
{
    (void)m;
    row->values[DAYS] =
        row_has(row, SOLVED_ON) && row_has(row, FOUND_ON)
            ? INT(date_to_days((int32_t)row_int(row, SOLVED_ON)) -
                  date_to_days((int32_t)row_int(row, FOUND_ON)))
            : NO_INT;
}

static bool check_blocker(struct scope in, const struct ledger_row *row,
                          size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    *ret_reason = TEXT("早于提出日期，请核对",
                       "is before it was raised; check both dates");
    *ret_column = row_has(row, DUE) && row_has(row, FOUND_ON) &&
                          row_int(row, DUE) < row_int(row, FOUND_ON)
                      ? DUE
                  : row_has(row, DAYS) && row_int(row, DAYS) < 0 ? SOLVED_ON
                                                                 : SIZE_MAX;
    return *ret_column == SIZE_MAX;
}

/* Who was asked is who helped, unless somebody says otherwise. */
static void set_helped(struct scope in, int32_t day, struct ledger_row *row)
{
    (void)in;
    (void)day;
    if (row_has(row, HELPED_BY))
        return;
    row->values[HELPED_BY] = row->values[NEEDED_FROM];
    row->labels[HELPED_BY] = row->labels[NEEDED_FROM];
}

#define IN_THE_WAY (AT(OPEN) | AT(ACCEPTED) | AT(SOLVING) | AT(ESCALATED))

static const struct step steps[] = {
    STEP("accept", "受理", "Take on", .by = RELATION_ASKED,
         .from = AT(OPEN) | AT(ESCALATED), .to = ACCEPTED, .asks = AT(ANSWER),
         .due = AT(DUE), .ahead = 30,
         TASK("个难点等您答复", "blockers for you to answer")),
    STEP("solve", "着手解决", "Begin to solve", .by = RELATION_ASKED,
         .from = AT(ACCEPTED), .to = SOLVING),
    STEP("solved", "已解决", "Solved", .by = RELATION_ASKED | RELATION_OWNER,
         .from = IN_THE_WAY, .to = SOLVED,
         .asks = AT(ANSWER) | AT(SOLVED_ON) | AT(HELPED_BY),
         .needs = AT(ANSWER), .days = AT(SOLVED_ON), .sets = set_helped),
    STEP("reject", "不予受理", "Reject", .by = RELATION_ASKED,
         .from = AT(OPEN) | AT(ESCALATED), .to = REJECTED, .reason = true),
    STEP("escalate", "上报", "Escalate", .by = RELATION_OWNER,
         .from = AT(OPEN) | AT(ACCEPTED) | AT(SOLVING) | AT(REJECTED),
         .to = ESCALATED, .asks = AT(NEEDED_FROM), .needs = AT(NEEDED_FROM),
         .reason = true),
    STEP("verify", "核实已解决", "Verify", .by = RELATION_OWNER,
         .from = AT(SOLVED), .to = VERIFIED,
         TASK("个难点等您核实", "blockers to verify")),
    STEP("reopen", "没有解决", "Not solved", .by = RELATION_OWNER,
         .from = AT(SOLVED) | AT(VERIFIED), .to = SOLVING, .reason = true,
         .clears = AT(SOLVED_ON) | AT(HELPED_BY)),
    STEP("close", "难点销号", "Close", .by = RELATION_OFFICER, .judges = true,
         .from = AT(VERIFIED), .to = CLOSED, .days = AT(CLOSED_ON),
         TASK("个难点等您销号", "blockers to close")),
};

static bool is_solved(struct scope in, const struct ledger_row *row,
                      struct record *ret)
{
    (void)in;
    (void)ret;
    return row_has(row, SOLVED_ON);
}

static const struct record_kind kinds[] = {
    RECORD("projects.blocker"),
    RECORD("projects.blocker_solved", .on = AT(SOLVED_ON), .of = is_solved,
           .looks_at = AT(SOLVED_ON)),
    RECORD("projects.blocker_days", .sums = AT(DAYS), .on = AT(SOLVED_ON),
           .ranked = true),
};

const struct ledger blocker_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("blocker"),
    .label = TEXT_INIT("项目难点堵点", "Blockers of projects"),
    .unit = TEXT_INIT("个", "blockers"),
    .about = TEXT_INIT("责任单位自己解决不了、要别的单位配合的问题。",
                       "What a unit cannot solve without others."),
    LIST(columns),
    LIST(steps),
    LIST(kinds),
    .open = true,
    .derive = derive_blocker,
    .check = check_blocker,
};

struct ledger_row *blocker_row(struct mem *m, struct str content)
{
    struct ledger_row *row = ledger_row_new(m, &blocker_ledger);

    row->values[CONTENT] = STR(content);
    return row;
}

struct str blocker_said(const struct ledger_row *row)
{
    return row_str(row, CONTENT);
}

bool blocker_is_open(const struct ledger_row *row, int32_t day)
{
    return row->ledger == &blocker_ledger && row_state_at(row) != REJECTED &&
           row_int(row, FOUND_ON) <= day &&
           (!row_has(row, SOLVED_ON) || row_int(row, SOLVED_ON) > day);
}

bool blocker_raised_in(const struct ledger_row *row, int32_t month)
{
    return row->ledger == &blocker_ledger &&
           row_int(row, FOUND_ON) / 100 == month;
}

int32_t blocker_days(const struct ledger_row *row, int32_t day)
{
    return row_has(row, FOUND_ON)
               ? date_to_days(day) -
                     date_to_days((int32_t)row_int(row, FOUND_ON))
               : 0;
}
