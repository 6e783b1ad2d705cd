/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Milestones: progress is the weight of those that are accepted, and is typed
 * nowhere. The day on which one counts as done is the day it was done, but
 * never in a month that was closed before it was accepted.
 */
#include "base/date.h"
#include "feature/projects/milestone_cell.h"
#include "feature/projects/moves.h"
#include "feature/projects/projects.h"
#include "host/ledger/feature.h"
#include "host/ledger/record.h"

static const struct choice states[] = {
    [MILESTONE_OPEN] = CHOICE("open", "进行中", "Open", .tone = TONE_CALM),
    [MILESTONE_EXTENDING] = CHOICE("extending", "申请改期",
                                   "Another date asked", .tone = TONE_WARN),
    [MILESTONE_REPORTED] =
        CHOICE("reported", "待验收", "Reported", .tone = TONE_BUSY),
    [MILESTONE_ACCEPTED] = CHOICE("accepted", "已验收", "Accepted",
                                  KNOWN_AS("已完成|完成"), .tone = TONE_DONE),
};

#define PLAN BY_OWNER, .parent_in = PLANNING

static const struct column columns[] = {
    [MILESTONE_PROJECT] =
        COLUMN(REF, "project", "所属项目", "Project",
               REFERENCE("projects.project"), PLAN, KNOWN_AS("项目名称|项目"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_PARENT),
    [MILESTONE_NAME] = COLUMN(TEXT, "name", "里程碑", "Milestone", PLAN,
                              KNOWN_AS("里程碑名称|节点"),
                              .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                       COLUMN_LISTED | COLUMN_TITLE),
    [MILESTONE_DUE] = COLUMN(DATE, "due", "里程碑时限", "Milestone due on",
                             PLAN, .flags = COLUMN_REQUIRED | COLUMN_LISTED),
    [MILESTONE_WEIGHT] = COLUMN(COUNT, "weight", "权重（%）", "Weight (%)",
                                PLAN, .unit = UNIT_PERCENT, .max = 100,
                                .flags = COLUMN_REQUIRED | COLUMN_LISTED),
    [MILESTONE_STATE] =
        COLUMN(CHOICE, "state", "里程碑状态", "State of the milestone",
               CHOICES(states), BY_STEP,
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [MILESTONE_DONE_ON] =
        COLUMN(DATE, "done_on", "办结日期", "Done on", BY_STEP,
               .hint = TEXT_INIT("今天办结的不用改", "leave it if it is today"),
               .flags = COLUMN_LISTED),
    [MILESTONE_COUNTED_ON] =
        COLUMN(DATE, "counted_on", "计入日期", "Counts from", BY_STEP),
    [MILESTONE_NOTE] = COLUMN(TEXT, "note", "办结说明", "Note on it", BY_STEP,
                              .flags = COLUMN_INTERNAL),
    [MILESTONE_EVIDENCE] =
        COLUMN(TEXT, "evidence", "佐证材料链接", "Link to the evidence",
               BY_STEP, KNOWN_AS("佐证链接"), .max = 500,
               .hint = TEXT_INIT("以 https:// 或 http:// 开头的网址",
                                 "an address that begins with https:// or "
                                 "http://"),
               .flags = COLUMN_INTERNAL | COLUMN_LINK),
    [MILESTONE_CHARGE] = COLUMN(TEXT, "charge", "里程碑负责人", "In charge",
                                BY_OWNER, .flags = COLUMN_INTERNAL),
    [MILESTONE_ASKED_DUE] = COLUMN(DATE, "asked_due", "申请改到", "Asked until",
                                   BY_STEP, .flags = COLUMN_INTERNAL),
    [MILESTONE_MOVES] =
        COLUMN(LINES, "moves", "改期记录", "Dates moved", BY_STEP),
};

/* ---- steps ---- */

/* Later facts move no closed month. */
static void set_counted(struct scope in, int32_t day, struct ledger_row *row)
{
    int32_t done = (int32_t)row_int(row, MILESTONE_DONE_ON);
    int32_t closed = closed_until(in);

    if (!done)
        done = day;
    if (done <= closed)
        done = date_from_days(date_to_days(closed) + 1);
    row->values[MILESTONE_COUNTED_ON] = INT(done);
}

static void set_moved(struct scope in, int32_t day, struct ledger_row *row)
{
    struct move move = { day, (int32_t)row_int(row, MILESTONE_DUE),
                         (int32_t)row_int(row, MILESTONE_ASKED_DUE) };

    row->values[MILESTONE_MOVES] =
        STR(moves_add(in.m, row_str(row, MILESTONE_MOVES), &move));
    row->values[MILESTONE_DUE] = row->values[MILESTONE_ASKED_DUE];
}

static bool check_later(struct scope in, const struct ledger_row *row,
                        size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    if (row_int(row, MILESTONE_ASKED_DUE) > row_int(row, MILESTONE_DUE))
        return true;
    *ret_column = MILESTONE_ASKED_DUE;
    *ret_reason = TEXT("应晚于现在的时限", "must be after the present date");
    return false;
}

static const struct step steps[] = {
    STEP("report", "报办结", "Report done", .by = RELATION_OWNER,
         .from = AT(MILESTONE_OPEN), .to = MILESTONE_REPORTED,
         .parent_in = UNDER_WAY,
         .asks = AT(MILESTONE_DONE_ON) | AT(MILESTONE_NOTE) |
                 AT(MILESTONE_EVIDENCE),
         .days = AT(MILESTONE_DONE_ON), .due = AT(MILESTONE_DUE), .ahead = 7,
         TASK("个里程碑七天内到期或已过期", "milestones due within a week")),
    STEP("accept", "验收", "Accept", .by = RELATION_OFFICER, .judges = true,
         .from = AT(MILESTONE_REPORTED), .to = MILESTONE_ACCEPTED,
         .sets = set_counted, TASK("个里程碑等您验收", "milestones to accept")),
    STEP("return", "退回", "Return", .by = RELATION_OFFICER, .judges = true,
         .from = AT(MILESTONE_REPORTED) | AT(MILESTONE_ACCEPTED),
         .to = MILESTONE_OPEN, .reason = true,
         .clears = AT(MILESTONE_DONE_ON) | AT(MILESTONE_COUNTED_ON)),
    STEP("ask_move", "申请改期", "Ask for another date", .by = RELATION_OWNER,
         .from = AT(MILESTONE_OPEN), .to = MILESTONE_EXTENDING,
         .parent_in = UNDER_WAY, .asks = AT(MILESTONE_ASKED_DUE),
         .needs = AT(MILESTONE_ASKED_DUE), .reason = true,
         .check = check_later),
    STEP("move", "同意改期", "Grant the date", .by = RELATION_OFFICER,
         .judges = true, .from = AT(MILESTONE_EXTENDING), .to = MILESTONE_OPEN,
         .sets = set_moved, .clears = AT(MILESTONE_ASKED_DUE),
         TASK("个里程碑申请改期", "other dates asked for")),
    STEP("refuse_move", "不同意改期", "Refuse the date", .by = RELATION_OFFICER,
         .judges = true, .from = AT(MILESTONE_EXTENDING), .to = MILESTONE_OPEN,
         .reason = true, .clears = AT(MILESTONE_ASKED_DUE)),
};

static int64_t weights(const struct part_list *parts)
{
    int64_t sum = 0;

    for (size_t i = 0; i < parts->n; i++)
        sum += row_int(parts->v[i], MILESTONE_WEIGHT);
    return sum;
}

static bool check_milestone(struct scope in, const struct ledger_row *row,
                            size_t *ret_column, struct text *ret_reason)
{
    struct part_list beside = parts_beside(in, row);
    int64_t sum = weights(&beside) + row_int(row, MILESTONE_WEIGHT);
    const struct ledger_row *project = part_parent(in, row);

    if (sum > 100) {
        *ret_column = MILESTONE_WEIGHT;
        *ret_reason =
            text_fmt(in.m, "各里程碑权重合计 %lld%%，不能超过 100%%；请调小",
                     "makes the weights %lld%% together; at most 100%%",
                     (long long)sum);
        return false;
    }
    if (project &&
        row_int(row, MILESTONE_DUE) < row_int(project, PROJECT_STARTS_ON)) {
        *ret_column = MILESTONE_DUE;
        *ret_reason = TEXT("早于项目的启动时间，请核对",
                           "is before the project starts; check both dates");
        return false;
    }
    return true;
}

static bool is_accepted(struct scope in, const struct ledger_row *row,
                        struct record *ret)
{
    (void)in;
    (void)ret;
    return row_state_at(row) == MILESTONE_ACCEPTED;
}

static const struct record_kind kinds[] = {
    RECORD("projects.milestone", .on = AT(MILESTONE_DUE)),
    RECORD("projects.milestone_done", .on = AT(MILESTONE_COUNTED_ON),
           .of = is_accepted, .looks_at = AT(MILESTONE_STATE)),
};

const struct ledger milestone_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("milestone"),
    .label = TEXT_INIT("项目里程碑", "Milestones of projects"),
    .unit = TEXT_INIT("个", "milestones"),
    .about = TEXT_INIT("每个项目有时限、有权重的几步，权重合计 100%。",
                       "The dated steps of a project; their weights make "
                       "100%."),
    LIST(columns),
    LIST(steps),
    LIST(kinds),
    .open = true,
    .check = check_milestone,
};

struct ledger_row *milestone_row(struct mem *m, const struct milestone_text *t,
                                 int32_t day)
{
    struct ledger_row *row = ledger_row_new(m, &milestone_ledger);

    row->values[MILESTONE_NAME] = STR(t->name);
    row->values[MILESTONE_DUE] = INT(t->due);
    row->values[MILESTONE_WEIGHT] = INT(t->weight);
    if (!t->done)
        return row;
    row->values[MILESTONE_STATE] = STR(states[MILESTONE_ACCEPTED].key);
    if (t->done_on)
        row->values[MILESTONE_DONE_ON] = INT(t->done_on);
    if (t->done_on || day)
        row->values[MILESTONE_COUNTED_ON] = INT(t->done_on ? t->done_on : day);
    return row;
}

struct milestone_text milestone_of(const struct ledger_row *row)
{
    return (struct milestone_text){
        .name = row_str(row, MILESTONE_NAME),
        .due = (int32_t)row_int(row, MILESTONE_DUE),
        .weight = row_int(row, MILESTONE_WEIGHT),
        .done = row_state_at(row) == MILESTONE_ACCEPTED,
        .done_on = (int32_t)row_int(row, MILESTONE_DONE_ON),
    };
}
