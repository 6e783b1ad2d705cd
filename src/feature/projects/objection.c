/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Objections to a publicity (公示异议): taken until its last day, ruled by an
 * officer, answered in writing where somebody signed. While one is open the
 * publicity does not end; one that is upheld ends it by hand.
 *
 * Who objected is not kept: whoever edits for the unit reads its rows in full.
 */
#include "base/date.h"
#include "feature/projects/projects.h"
#include "host/ledger/feature.h"
#include "host/ledger/office_days.h"
#include "host/ledger/policy.h"
#include "host/ledger/record.h"

enum {
    PROJECT,
    CONTENT,
    SOURCE,
    SIGNED,
    REGISTER,
    RECEIVED_ON,
    STATE,
    RULING,
    RULED_ON,
    ANSWERED_ON,
};
enum { OPEN, UPHELD, REJECTED };
enum { NAMED, ANONYMOUS };

static const struct choice sources[] = {
    CHOICE("visit", "来访", "Visit"),
    CHOICE("letter", "来信", "Letter", KNOWN_AS("信件")),
    CHOICE("phone", "电话", "Telephone", KNOWN_AS("来电")),
    CHOICE("online", "网络", "Online", KNOWN_AS("网上|邮件")),
};

static const struct choice signatures[] = {
    [NAMED] = CHOICE("named", "实名", "Signed"),
    [ANONYMOUS] = CHOICE("anonymous", "匿名", "Anonymous"),
};

static const struct choice states[] = {
    [OPEN] = CHOICE("open", "待答复", "Open", .tone = TONE_WARN),
    [UPHELD] = CHOICE("upheld", "成立", "Upheld", .tone = TONE_BAD),
    [REJECTED] = CHOICE("rejected", "不成立", "Rejected", .tone = TONE_DONE),
};

static const struct column columns[] = {
    [PROJECT] = COLUMN(REF, "project", "所属项目", "Project",
                       REFERENCE("projects.project"), KNOWN_AS("项目名称|项目"),
                       BY_OFFICER,
                       .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                COLUMN_LISTED | COLUMN_PARENT),
    [CONTENT] =
        COLUMN(TEXT, "content", "异议内容", "Objection", BY_OFFICER,
               .hint = TEXT_INIT("责任单位看得到；不写能认出提出人的话",
                                 "the unit reads it: nothing that tells who "
                                 "objected"),
               .max = 500,
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_TITLE | COLUMN_INTERNAL),
    [SOURCE] = COLUMN(CHOICE, "source", "收到方式", "Received by",
                      CHOICES(sources), BY_OFFICER,
                      .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [SIGNED] = COLUMN(CHOICE, "signed", "实名或匿名", "Signed or anonymous",
                      CHOICES(signatures), BY_OFFICER,
                      .flags = COLUMN_REQUIRED | COLUMN_INTERNAL),
    [REGISTER] =
        COLUMN(TEXT, "register", "登记簿编号", "No. in the register",
               BY_OFFICER,
               .hint = TEXT_INIT("姓名和联系方式只写在工委的登记簿上",
                                 "name and contact stand in the office's own "
                                 "register alone"),
               .max = 40, .flags = COLUMN_INTERNAL),
    [RECEIVED_ON] =
        COLUMN(DATE, "received_on", "收到日期", "Received on", BY_OFFICER,
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_WHEN),
    [STATE] = COLUMN(CHOICE, "state", "异议状态", "State of the objection",
                     CHOICES(states), BY_STEP,
                     .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [RULING] =
        COLUMN(LINES, "ruling", "认定意见", "Ruling", BY_STEP,
               .hint = TEXT_INIT("查实了什么，为什么这样认定",
                                 "what was found, and why it is ruled so"),
               .flags = COLUMN_INTERNAL),
    [RULED_ON] = COLUMN(DATE, "ruled_on", "认定日期", "Ruled on", BY_STEP,
                        .flags = COLUMN_LISTED),
    [ANSWERED_ON] =
        COLUMN(DATE, "answered_on", "书面答复日期", "Answered in writing on",
               BY_STEP,
               .hint = TEXT_INIT("实名的必填", "required where it is signed"),
               .flags = COLUMN_INTERNAL),
};

/* ---- steps ---- */

static bool refuse(size_t column, struct text reason, size_t *ret_column,
                   struct text *ret_reason)
{
    *ret_column = column;
    *ret_reason = reason;
    return false;
}

static bool is_named(const struct ledger_row *row)
{
    return str_eq(row_str(row, SIGNED), signatures[NAMED].key);
}

/* Who signed is told, and in writing. */
static bool check_answer(struct scope in, const struct ledger_row *row,
                         size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    return !is_named(row) || row_has(row, ANSWERED_ON) ||
           refuse(ANSWERED_ON,
                  TEXT("实名异议要书面答复本人；请先答复，再填答复日期",
                       "whoever signed is answered in writing; do so first, "
                       "then fill in the day"),
                  ret_column, ret_reason);
}

#define RULES                                                                  \
    .by = RELATION_OFFICER, .judges = true, .from = AT(OPEN),                  \
    .asks = AT(RULING) | AT(ANSWERED_ON), .needs = AT(RULING),                 \
    .days = AT(RULED_ON), .check = check_answer

static const struct step steps[] = {
    STEP("reject", "认定不成立", "Reject", RULES, .to = REJECTED,
         .due = AT(RECEIVED_ON), .within = 10, .ahead = 30,
         TASK("件公示异议等您认定", "objections to rule on")),
    STEP("uphold", "认定成立", "Uphold", RULES, .to = UPHELD),
    STEP("reopen", "重新认定", "Rule anew", .by = RELATION_OFFICER,
         .judges = true, .from = AT(UPHELD) | AT(REJECTED), .to = OPEN,
         .parent_in = AT(PROJECT_PUBLICISED), .reason = true,
         .clears = AT(RULING) | AT(RULED_ON) | AT(ANSWERED_ON)),
};

/* ---- what a publicity becomes by them ---- */

/* The last day, whatever was objected; 0: it is in no publicity. */
static int32_t last_day(struct scope in, const struct ledger_row *project)
{
    int32_t since = (int32_t)row_int(project, PROJECT_PUBLICISED_ON);
    int64_t days;

    if (row_state_at(project) != PROJECT_PUBLICISED || !since)
        return 0;
    days = policy_read(in, project->year, S("projects.publicity_days"));
    return publicity_last(office_workdays(in), since, (int)days, DAYS_WORKING);
}

void objections_tell(struct scope in, struct ledger_row *project,
                     const struct part_list *parts)
{
    int32_t since = (int32_t)row_int(project, PROJECT_PUBLICISED_ON);
    int32_t over = last_day(in, project);
    int32_t upheld = 0;
    bool waits = false;

    if (!over)
        return;
    project->values[PROJECT_PUBLIC_UNTIL] = INT(over);
    for (size_t i = 0; i < parts->n; i++) {
        const struct ledger_row *part = parts->v[i];
        int32_t ruled;

        if (part->ledger != &objection_ledger)
            continue;
        ruled = (int32_t)row_int(part, RULED_ON);
        waits |= row_state_at(part) == OPEN;
        if (row_state_at(part) == UPHELD && ruled >= since && ruled > upheld)
            upheld = ruled;
        if (row_state_at(part) == REJECTED && ruled > over)
            over = ruled;
    }
    if (upheld)
        project->values[PROJECT_UPHELD_ON] = INT(upheld);
    else if (!waits)
        project->values[PROJECT_PUBLIC_OVER] = INT(over);
}

/* ---- the ledger ---- */

/* In time, so far as it is known when that was. */
static bool check_day(struct scope in, const struct ledger_row *row,
                      const struct ledger_row *project, struct text *ret_reason)
{
    int32_t day = (int32_t)row_int(row, RECEIVED_ON);
    int32_t last = last_day(in, project);

    *ret_reason =
        TEXT("早于公示日期，请核对", "is before the publicity; check the date");
    if (!last)
        return true;
    if (!row->id && day < row_int(project, PROJECT_PUBLICISED_ON))
        return false;
    *ret_reason = text_fmt(
        in.m,
        "公示到 %.*s 为止，此后收到的不作为公示异议；请核对日期，或按来信来访"
        "办理",
        "is after the last day of the publicity, %.*s; check the date, or deal "
        "with it as a letter or visit",
        STR_ARG(date_iso(in.m, last)));
    return day <= last;
}

static bool check_objection(struct scope in, const struct ledger_row *row,
                            size_t *ret_column, struct text *ret_reason)
{
    const struct ledger_row *project = part_parent(in, row);

    *ret_column = RECEIVED_ON;
    if (project && !check_day(in, row, project, ret_reason))
        return false;
    return !row_has(row, ANSWERED_ON) ||
           row_int(row, ANSWERED_ON) >= row_int(row, RECEIVED_ON) ||
           refuse(ANSWERED_ON,
                  TEXT("早于收到日期，请核对",
                       "is before it was received; check both dates"),
                  ret_column, ret_reason);
}

static bool is_upheld(struct scope in, const struct ledger_row *row,
                      struct record *ret)
{
    (void)in;
    (void)ret;
    return row_state_at(row) == UPHELD;
}

static const struct record_kind kinds[] = {
    RECORD("projects.objection", .by = AT(SOURCE)),
    RECORD("projects.objection_upheld", .of = is_upheld, .looks_at = AT(STATE)),
};

const struct ledger objection_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("objection"),
    .label = TEXT_INIT("项目公示异议", "Objections to publicities"),
    .unit = TEXT_INIT("件", "objections"),
    .about = TEXT_INIT("项目公示期间收到的异议和认定意见，由工委登记。",
                       "What was objected while a project was in publicity, "
                       "and how it was ruled; entered by the committee."),
    LIST(columns),
    LIST(steps),
    LIST(kinds),
    .open = true,
    .parent_in = AT(PROJECT_PUBLICISED),
    .check = check_objection,
};
