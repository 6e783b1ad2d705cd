/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A second feature for tests of the host alone: groves that units plant, and
 * the tasks that each consists of. It has everything a programme runs on:
 * parts, states, steps of every relation, due dates, a roll-up and periods.
 */
#include "base/date.h"
#include "host/ledger/feature.h"
#include "host/ledger/part.h"
#include "host/registry/registry.h"

/* ---- groves ---- */

enum { GROVE_NAME, GROVE_UNIT, GROVE_STATE, GROVE_PROGRESS, GROVE_LIGHT };
enum { GROVE_DRAFT, GROVE_ACTIVE, GROVE_CLOSED };
enum { LIGHT_FINE, LIGHT_LATE };

static const struct choice grove_states[] = {
    [GROVE_DRAFT] = CHOICE("draft", "草稿", "Draft", .tone = TONE_CALM),
    [GROVE_ACTIVE] = CHOICE("active", "栽种中", "Planting", .tone = TONE_BUSY),
    [GROVE_CLOSED] = CHOICE("closed", "已成林", "Grown", .tone = TONE_DONE),
};

static const struct choice lights[] = {
    [LIGHT_FINE] = CHOICE("fine", "按时", "On time", .tone = TONE_DONE),
    [LIGHT_LATE] = CHOICE("late", "拖延", "Late", .tone = TONE_BAD),
};

static const struct column grove_columns[] = {
    [GROVE_NAME] =
        COLUMN(TEXT, "name", "林地名", "Grove", BY_OWNER, .in = AT(GROVE_DRAFT),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_TITLE),
    [GROVE_UNIT] =
        COLUMN(REF, "unit", "造林单位", "Planted by", REGISTRY_UNIT, BY_OWNER,
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                        COLUMN_FILTER | COLUMN_OWNER),
    [GROVE_STATE] =
        COLUMN(CHOICE, "state", "林地状态", "State of the grove", BY_STEP,
               CHOICES(grove_states),
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [GROVE_PROGRESS] =
        COLUMN(COUNT, "progress", "成林进度", "Progress", .unit = UNIT_PERCENT,
               .flags = COLUMN_LISTED | COLUMN_ROLLED),
    [GROVE_LIGHT] =
        COLUMN(CHOICE, "light", "造林灯", "Light", CHOICES(lights),
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_PERIOD),
};

static const struct step grove_steps[] = {
    STEP("approve", "批准造林", "Approve", .by = RELATION_OFFICER,
         .judges = true, .from = AT(GROVE_DRAFT), .to = GROVE_ACTIVE,
         TASK("片林地等您批准", "groves to approve")),
    STEP("close", "确认成林", "Close", .by = RELATION_OFFICER,
         .from = AT(GROVE_ACTIVE), .to = GROVE_CLOSED),
};

/* ---- tasks ---- */

enum {
    TASK_GROVE,
    TASK_NAME,
    TASK_DUE,
    TASK_WEIGHT,
    TASK_STATE,
    TASK_DONE_ON,
    TASK_NOTE,
    TASK_HELPER,
    TASK_ADVICE,
    TASK_OFFER,
};
enum { TASK_OPEN, TASK_REPORTED, TASK_ACCEPTED, TASK_LAPSED };

static const struct choice task_states[] = {
    [TASK_OPEN] = CHOICE("open", "待完成", "Open", .tone = TONE_CALM),
    [TASK_REPORTED] =
        CHOICE("reported", "待验收", "Reported", .tone = TONE_BUSY),
    [TASK_ACCEPTED] = CHOICE("accepted", "已验收", "Accepted",
                             KNOWN_AS("已完成"), .tone = TONE_DONE),
    [TASK_LAPSED] = CHOICE("lapsed", "已失效", "Lapsed", .tone = TONE_BAD),
};

/* The plan is the unit's until the grove is approved. */
#define PLAN BY_OWNER, .parent_in = AT(GROVE_DRAFT)

static const struct column task_columns[] = {
    [TASK_GROVE] = COLUMN(REF, "grove", "所属林地", "Grove", PLAN,
                          REFERENCE("grove.grove"),
                          .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                   COLUMN_LISTED | COLUMN_PARENT),
    [TASK_NAME] = COLUMN(TEXT, "name", "任务", "Task", PLAN,
                         .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                  COLUMN_LISTED | COLUMN_TITLE),
    [TASK_DUE] = COLUMN(DATE, "due", "任务时限", "Task due on", PLAN,
                        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_DUE),
    [TASK_WEIGHT] = COLUMN(COUNT, "weight", "任务权重", "Weight", PLAN,
                           .flags = COLUMN_REQUIRED | COLUMN_LISTED,
                           .unit = UNIT_PERCENT, .max = 100),
    [TASK_STATE] =
        COLUMN(CHOICE, "state", "任务状态", "State of the task", BY_STEP,
               CHOICES(task_states),
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [TASK_DONE_ON] = COLUMN(DATE, "done_on", "任务完成日期", "Task done on",
                            BY_STEP, .flags = COLUMN_LISTED),
    [TASK_NOTE] = COLUMN(TEXT, "note", "完成说明", "Note on it", BY_STEP,
                         .flags = COLUMN_INTERNAL),
    [TASK_HELPER] =
        COLUMN(REF, "helper", "请谁协助", "Help from", REGISTRY_UNIT, BY_OWNER,
               .flags = COLUMN_ASKED | COLUMN_MAKES),
    [TASK_ADVICE] = COLUMN(TEXT, "advice", "协助意见", "Advice", BY_STEP,
                           .flags = COLUMN_INTERNAL),
    [TASK_OFFER] = COLUMN(TEXT, "offer", "可出人力", "Hands on offer", BY_ASKED,
                          .in = AT(TASK_OPEN), .flags = COLUMN_INTERNAL),
};

static const struct step task_steps[] = {
    STEP("report", "报任务完成", "Report done", .by = RELATION_OWNER,
         .from = AT(TASK_OPEN), .to = TASK_REPORTED,
         .parent_in = AT(GROVE_ACTIVE),
         .asks = AT(TASK_DONE_ON) | AT(TASK_NOTE), .needs = AT(TASK_DONE_ON),
         .due = AT(TASK_DUE), .ahead = 7,
         TASK("个任务七天内到期", "tasks due within a week")),
    STEP("accept", "验收任务", "Accept", .by = RELATION_OFFICER, .judges = true,
         .from = AT(TASK_REPORTED), .to = TASK_ACCEPTED,
         TASK("个任务等您验收", "tasks to accept")),
    STEP("return", "退回任务", "Return", .by = RELATION_OFFICER, .judges = true,
         .from = AT(TASK_REPORTED), .to = TASK_OPEN, .reason = true,
         .clears = AT(TASK_DONE_ON)),
    STEP("advise", "答复协助", "Advise", .by = RELATION_ASKED,
         .from = AT(TASK_OPEN), .to = TASK_OPEN, .asks = AT(TASK_ADVICE),
         .needs = AT(TASK_ADVICE)),
    STEP("lapse", "任务失效", "Lapse", .by = RELATION_CLOCK,
         .from = AT(TASK_OPEN), .to = TASK_LAPSED,
         .parent_in = AT(GROVE_ACTIVE), .due = AT(TASK_DUE), .within = 5,
         .days = AT(TASK_DONE_ON)),
};

static bool check_task(struct scope in, const struct ledger_row *row,
                       size_t *ret_column, struct text *ret_reason)
{
    struct part_list beside = parts_beside(in, row);
    int64_t sum = row_int(row, TASK_WEIGHT);

    for (size_t i = 0; i < beside.n; i++)
        sum += row_int(beside.v[i], TASK_WEIGHT);
    if (sum <= 100)
        return true;
    *ret_column = TASK_WEIGHT;
    *ret_reason =
        text_fmt(in.m, "权重合计 %lld%%，不能超过 100%%；请调小",
                 "makes the weights %lld%%; at most 100%%", (long long)sum);
    return false;
}

static bool is_done(struct scope in, const struct ledger_row *row,
                    struct record *ret)
{
    (void)in;
    (void)ret;
    return row_state_at(row) == TASK_ACCEPTED;
}

static const struct record_kind task_kinds[] = {
    RECORD("grove.task", .by = AT(TASK_STATE)),
    RECORD("grove.due", .on = AT(TASK_DUE)),
    RECORD("grove.done", .on = AT(TASK_DONE_ON), .of = is_done),
};

static const struct ledger task = {
    .feature = S_INIT("grove"),
    .noun = S_INIT("task"),
    .label = TEXT_INIT("造林任务", "Tasks of groves"),
    .unit = TEXT_INIT("个", "tasks"),
    .about = TEXT_INIT("林地的任务。", "What a grove takes."),
    LIST_OF(columns, task_columns),
    LIST_OF(steps, task_steps),
    LIST_OF(kinds, task_kinds),
    .open = true,
    .check = check_task,
};

/* Late from the day after its date; done, or never late, on the second. */
static void late_days(const struct ledger_row *t, int32_t *ret_since,
                      int32_t *ret_until)
{
    int32_t due = (int32_t)row_int(t, TASK_DUE);

    *ret_since = date_from_days(date_to_days(due) + 1);
    *ret_until = PERIOD_OPEN;
    if (row_state_at(t) == TASK_ACCEPTED)
        *ret_until =
            row_has(t, TASK_DONE_ON) ? (int32_t)row_int(t, TASK_DONE_ON) : due;
}

/* The next days from `day` on that any task is late; false: none is. */
static bool next_late(const struct part_list *parts, int32_t day,
                      struct period *ret)
{
    int32_t since;
    int32_t until;

    *ret =
        (struct period){ GROVE_LIGHT, lights[LIGHT_LATE].key, PERIOD_OPEN, 0 };
    for (size_t i = 0; i < parts->n; i++) {
        late_days(parts->v[i], &since, &until);
        if (until > since && since >= day && since < ret->since) {
            ret->since = since;
            ret->until = until;
        }
    }
    for (size_t i = 0; i < parts->n; i++) {
        late_days(parts->v[i], &since, &until);
        if (since <= ret->until && since >= ret->since && until > ret->until) {
            ret->until = until;
            i = SIZE_MAX; /* that may reach further ones */
        }
    }
    return ret->since < PERIOD_OPEN;
}

/* A grove is late while any of its tasks is. */
static void roll_grove(struct scope in, struct ledger_row *row,
                       const struct part_list *parts, struct rolled *ret)
{
    int32_t day = 20000101;
    struct period late;
    int64_t sum = 0;

    (void)in;
    for (size_t i = 0; i < parts->n; i++)
        if (row_state_at(parts->v[i]) == TASK_ACCEPTED)
            sum += row_int(parts->v[i], TASK_WEIGHT);
    row->values[GROVE_PROGRESS] = INT(sum);
    while (day < PERIOD_OPEN) {
        bool is_late = next_late(parts, day, &late);

        rolled_add(ret, &(struct period){ GROVE_LIGHT, lights[LIGHT_FINE].key,
                                          day, late.since });
        if (is_late)
            rolled_add(ret, &late);
        day = is_late ? late.until : PERIOD_OPEN;
    }
}

static const struct record_kind grove_kinds[] = {
    RECORD("grove.grove"),
    RECORD("grove.state", .by = AT(GROVE_STATE)),
    RECORD("grove.progress", .sums = AT(GROVE_PROGRESS)),
};

static const struct ledger grove = {
    .feature = S_INIT("grove"),
    .noun = S_INIT("grove"),
    .label = TEXT_INIT("林地", "Groves"),
    .unit = TEXT_INIT("片", "groves"),
    .about = TEXT_INIT("单位造的林。", "Groves that units plant."),
    LIST_OF(columns, grove_columns),
    LIST_OF(steps, grove_steps),
    LIST_OF(kinds, grove_kinds),
    .imported = GROVE_ACTIVE,
    .open = true,
    .roll = roll_grove,
};

static const struct ledger *const ledgers[] = { &grove, &task };

static const struct figure figures[] = {
    FIGURE(STANDING, "grove.late", "grove.grove.light", "拖延林地",
           "Late groves", .category = S_INIT("late"),
           .rule = TEXT_INIT("有任务过了时限还没有完成的林地。",
                             "groves with a task past its date."),
           .unit = TEXT_INIT("片", "groves")),
    FIGURE(COUNT, "grove.groves", "grove.state", "林地", "Groves",
           .rule = TEXT_INIT("每片林地计一次。", "each grove counted once."),
           .unit = TEXT_INIT("片", "groves")),
    FIGURE(COUNT, "grove.due", "grove.due", "到期任务", "Tasks due",
           .rule = TEXT_INIT("每个任务按时限计一次。",
                             "each task counted once, on its date."),
           .unit = TEXT_INIT("个", "tasks")),
    FIGURE(COUNT, "grove.done", "grove.done", "完成任务", "Tasks done",
           .rule = TEXT_INIT("每个已验收的任务按完成日期计一次。",
                             "each accepted task, on the day it was done."),
           .unit = TEXT_INIT("个", "tasks")),
    FIGURE(MEAN, "grove.progress", "grove.progress", "平均进度",
           "Mean progress",
           .rule = TEXT_INIT("各片林地进度之和÷林地数。",
                             "sum of the progress of groves ÷ groves."),
           .unit = TEXT_INIT("%", "%")),
};

const struct feature feature_grove = {
    .name = S_INIT("grove"),
    .label = TEXT_INIT("造林", "Groves"),
    .about = TEXT_INIT("单位造林", "Units plant groves"),
    .order = 98,
    LIST(ledgers),
    LIST(figures),
};
