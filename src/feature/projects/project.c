/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The project itself: its life from draft to archive, and what its parts make
 * of it. A project belongs to the year on whose list it stands, not to the
 * one in which it started: somebody says it.
 */
#include "feature/projects/plan.h"
#include "feature/projects/projects.h"
#include "host/ledger/feature.h"
#include "host/ledger/record.h"

const struct choice project_lights[5] = {
    CHOICE("green", "绿灯", "Green", .tone = TONE_DONE),
    CHOICE("yellow", "黄灯", "Yellow", .tone = TONE_WARN),
    CHOICE("red", "红灯", "Red", .tone = TONE_BAD),
    CHOICE("paused", "暂停", "Paused", .tone = TONE_CALM),
    CHOICE("closed", "已销号", "Closed", .tone = TONE_CALM),
};

static const struct choice states[] = {
    [PROJECT_DRAFT] = CHOICE("draft", "草稿", "Draft", .tone = TONE_CALM),
    [PROJECT_SUBMITTED] =
        CHOICE("submitted", "待审核", "Submitted", .tone = TONE_BUSY),
    [PROJECT_RETURNED] =
        CHOICE("returned", "已退回", "Returned", .tone = TONE_WARN),
    [PROJECT_REVIEWED] =
        CHOICE("reviewed", "已审核", "Reviewed", .tone = TONE_BUSY),
    [PROJECT_APPROVED] =
        CHOICE("approved", "已立项", "Approved", .tone = TONE_BUSY),
    [PROJECT_PUBLICISED] =
        CHOICE("publicised", "公示中", "In publicity", .tone = TONE_BUSY),
    [PROJECT_ACTIVE] = CHOICE("active", "推进中", "Under way",
                              KNOWN_AS("进行中|在建"), .tone = TONE_BUSY),
    [PROJECT_EXTENDING] =
        CHOICE("extending", "申请延期", "Extension asked", .tone = TONE_WARN),
    [PROJECT_SUSPENDED] =
        CHOICE("suspended", "已暂停", "Suspended", .tone = TONE_WARN),
    [PROJECT_APPLIED] =
        CHOICE("applied", "申请验收", "Completion applied", .tone = TONE_BUSY),
    [PROJECT_ACCEPTED] =
        CHOICE("accepted", "已验收", "Accepted", .tone = TONE_DONE),
    [PROJECT_CLOSED] = CHOICE("closed", "已销号", "Closed",
                              KNOWN_AS("已完成|完成"), .tone = TONE_DONE),
    [PROJECT_ARCHIVED] =
        CHOICE("archived", "已归档", "Archived", .tone = TONE_CALM),
    [PROJECT_TERMINATED] =
        CHOICE("terminated", "已终止", "Terminated", .tone = TONE_CALM),
};

static const struct choice finished[] = {
    CHOICE("all", "里程碑全部完成", "All milestones done"),
};

/* What the unit says of its project until it hands it in. */
#define PLAN BY_OWNER, .in = PLANNING

static const struct column columns[] = {
    [PROJECT_NO] = COLUMN(COUNT, "no", "序号", "No.", KNOWN_AS("编码|项目编号"),
                          BY_OWNER, .flags = COLUMN_LISTED),
    [PROJECT_NAME] = COLUMN(TEXT, "name", "项目名称", "Project",
                            KNOWN_AS("双领项目|重点项目|领办项目"), PLAN,
                            .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                     COLUMN_LISTED | COLUMN_TITLE),
    [PROJECT_FIELD] =
        COLUMN(CHOICE, "field", "领域", "Field", CHOICES(registry_work_fields),
               KNOWN_AS("所属领域|项目领域"), PLAN,
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [PROJECT_LEAD_ORG] =
        COLUMN(TEXT, "lead_org", "领衔党组织", "Lead Party organisation", PLAN,
               .flags = COLUMN_REQUIRED),
    [PROJECT_SECRETARY] =
        COLUMN(TEXT, "secretary", "领办书记", "Secretary in charge", BY_OWNER,
               .hint = TEXT_INIT("写职务，不写姓名", "the post, not a name"),
               .flags = COLUMN_REQUIRED | COLUMN_INTERNAL),
    [PROJECT_UNIT] =
        COLUMN(REF, "unit", "责任单位", "Responsible unit", REGISTRY_UNIT,
               KNOWN_AS("牵头单位"), PLAN,
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                        COLUMN_FILTER | COLUMN_OWNER),
    [PROJECT_PARTNERS] =
        COLUMN(TEXT, "partners", "配合单位", "Partner units",
               KNOWN_AS("协办单位"), BY_OWNER,
               .hint = TEXT_INIT("几个单位用顿号隔开", "separated by 、")),
    [PROJECT_TASK_FORCE] =
        COLUMN(COUNT, "task_force", "专班人数", "Task force (people)", BY_OWNER,
               .unit = UNIT_PEOPLE, .max = 10000),
    [PROJECT_STARTS_ON] = COLUMN(DATE, "starts_on", "启动时间", "Planned start",
                                 KNOWN_AS("启动日期|开始时间|计划启动时间"),
                                 PLAN, .flags = COLUMN_REQUIRED),
    [PROJECT_DUE_ON] =
        COLUMN(DATE, "due_on", "完成时限", "Due on",
               KNOWN_AS("完成日期|截止时间|截止"), PLAN,
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_DUE),
    [PROJECT_MILESTONES] =
        COLUMN(LINES, "milestones", "里程碑（时限，权重）",
               "Milestones (due, weight)", PLAN, .flags = COLUMN_CELL),
    [PROJECT_DONE] = COLUMN(TEXT, "done", "已完成里程碑", "Milestones done",
                            PLAN, .flags = COLUMN_CELL),
    [PROJECT_BLOCKER] =
        COLUMN(TEXT, "blocker", "难点堵点", "Blockers", BY_OWNER,
               .flags = COLUMN_INTERNAL | COLUMN_CELL),
    [PROJECT_STATE] =
        COLUMN(CHOICE, "state", "项目状态", "State of the project",
               CHOICES(states), KNOWN_AS("状态|进展情况"), BY_STEP,
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [PROJECT_LIGHT] =
        COLUMN(CHOICE, "light", "灯", "Light", CHOICES(project_lights),
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_PERIOD),
    [PROJECT_PROGRESS] =
        COLUMN(COUNT, "progress", "进度（%）", "Progress (%)",
               .unit = UNIT_PERCENT, .flags = COLUMN_LISTED | COLUMN_ROLLED,
               .max = 100),
    [PROJECT_NEXT] = COLUMN(TEXT, "next", "下一个里程碑", "Next milestone",
                            .flags = COLUMN_ROLLED),
    [PROJECT_NEXT_DUE] = COLUMN(DATE, "next_due", "下一个时限", "Next due on",
                                .flags = COLUMN_ROLLED),
    [PROJECT_FINISHED] =
        COLUMN(CHOICE, "finished", "完成情况", "Completion", CHOICES(finished),
               .flags = COLUMN_ROLLED | COLUMN_FINISHED),
    [PROJECT_REF] =
        COLUMN(TEXT, "external_ref", "重点工作台账编号", "No. elsewhere",
               BY_OWNER,
               .hint = TEXT_INIT("同一项目在“重点工作”台账里的编号",
                                 "its number in the ledger of key work")),
    [PROJECT_PUBLICISED_ON] = COLUMN(DATE, "publicised_on", "公示日期",
                                     "In publicity since", BY_STEP),
    [PROJECT_ACTIVE_ON] =
        COLUMN(DATE, "active_on", "实施日期", "Under way since", BY_STEP),
    [PROJECT_STARTED_ON] =
        COLUMN(DATE, "started_on", "实际启动日期", "Started on", BY_STEP),
    [PROJECT_ASKED_DUE] = COLUMN(DATE, "asked_due", "申请延期到", "Asked until",
                                 BY_STEP, .flags = COLUMN_INTERNAL),
    [PROJECT_PAUSED_ON] =
        COLUMN(DATE, "paused_on", "暂停日期", "Paused on", BY_STEP),
    [PROJECT_RESUMED_ON] =
        COLUMN(DATE, "resumed_on", "恢复日期", "Resumed on", BY_STEP),
    [PROJECT_CLOSED_ON] =
        COLUMN(DATE, "closed_on", "销号日期", "Closed on", BY_STEP),
    [PROJECT_PUBLIC_UNTIL] =
        COLUMN(DATE, "public_until", "公示截止日期", "In publicity until",
               .flags = COLUMN_ROLLED),
    [PROJECT_PUBLIC_OVER] =
        COLUMN(DATE, "public_over", "公示期满日期", "Publicity is over on",
               .flags = COLUMN_ROLLED | COLUMN_INTERNAL),
    [PROJECT_UPHELD_ON] =
        COLUMN(DATE, "upheld_on", "异议成立日期", "Objection upheld on",
               .flags = COLUMN_ROLLED | COLUMN_INTERNAL),
};

static bool refuse(size_t column, struct text reason, size_t *ret_column,
                   struct text *ret_reason)
{
    *ret_column = column;
    *ret_reason = reason;
    return false;
}

static bool check_project(struct scope in, const struct ledger_row *row,
                          size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    return row_int(row, PROJECT_DUE_ON) >= row_int(row, PROJECT_STARTS_ON) ||
           refuse(PROJECT_DUE_ON,
                  TEXT("早于启动时间，请核对",
                       "is before the start; check both dates"),
                  ret_column, ret_reason);
}

/* ---- steps ---- */

static void set_extended(struct scope in, int32_t day, struct ledger_row *row)
{
    (void)in;
    (void)day;
    row->values[PROJECT_DUE_ON] = row->values[PROJECT_ASKED_DUE];
}

/* A plan is whole when the weights of its milestones are 100. */
static bool check_plan(struct scope in, const struct ledger_row *row,
                       size_t *ret_column, struct text *ret_reason)
{
    struct part_list parts = parts_load(in, row);
    int64_t sum = 0;

    for (size_t i = 0; i < parts.n; i++)
        if (parts.v[i]->ledger == &milestone_ledger)
            sum += row_int(parts.v[i], MILESTONE_WEIGHT);
    return sum == 100 ||
           refuse(
               SIZE_MAX,
               text_fmt(in.m,
                        "里程碑权重合计 %lld%%，应为 100%%；请补齐里程碑再报",
                        "the weights of its milestones are %lld%%, not "
                        "100%%; complete them before handing in",
                        (long long)sum),
               ret_column, ret_reason);
}

static bool check_all_done(struct scope in, const struct ledger_row *row,
                           size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    return row_int(row, PROJECT_PROGRESS) == 100 ||
           refuse(SIZE_MAX,
                  TEXT("还有里程碑没有验收；全部验收后再申请",
                       "there are milestones that are not accepted; apply "
                       "when all are"),
                  ret_column, ret_reason);
}

static bool check_later(struct scope in, const struct ledger_row *row,
                        size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    return row_int(row, PROJECT_ASKED_DUE) > row_int(row, PROJECT_DUE_ON) ||
           refuse(PROJECT_ASKED_DUE,
                  TEXT("应晚于现在的完成时限",
                       "must be after the present date"),
                  ret_column, ret_reason);
}

#define OFFICER .by = RELATION_OFFICER
#define JUDGES .by = RELATION_OFFICER, .judges = true
#define UNIT_DOES .by = RELATION_OWNER

static const struct step steps[] = {
    STEP("submit", "报送", "Hand in", UNIT_DOES, .from = PLANNING,
         .to = PROJECT_SUBMITTED, .check = check_plan,
         TASK("个项目还没有报送", "projects to hand in")),
    STEP("return", "退回", "Return", JUDGES,
         .from = AT(PROJECT_SUBMITTED) | AT(PROJECT_REVIEWED),
         .to = PROJECT_RETURNED, .reason = true),
    STEP("review", "审核通过", "Review", JUDGES, .from = AT(PROJECT_SUBMITTED),
         .to = PROJECT_REVIEWED, TASK("个项目等您审核", "projects to review")),
    STEP("approve", "立项", "Approve", JUDGES, .from = AT(PROJECT_REVIEWED),
         .to = PROJECT_APPROVED, TASK("个项目等您立项", "projects to approve")),
    STEP("publicise", "开始公示", "Publicise", OFFICER,
         .from = AT(PROJECT_APPROVED), .to = PROJECT_PUBLICISED,
         .days = AT(PROJECT_PUBLICISED_ON),
         TASK("个项目等您公示", "projects to publicise")),
    STEP("withdraw", "撤下公示", "Withdraw", JUDGES,
         .from = AT(PROJECT_PUBLICISED), .to = PROJECT_RETURNED, .reason = true,
         .due = AT(PROJECT_UPHELD_ON),
         TASK("个项目异议成立，等您撤下公示",
              "projects to withdraw, an objection was upheld")),
    STEP("activate", "公示期满", "Publicity is over", .by = RELATION_CLOCK,
         .from = AT(PROJECT_PUBLICISED), .to = PROJECT_ACTIVE,
         .due = AT(PROJECT_PUBLIC_OVER), .days = AT(PROJECT_ACTIVE_ON)),
    STEP("start", "报开工", "Report the start", UNIT_DOES,
         .from = AT(PROJECT_ACTIVE), .to = PROJECT_ACTIVE,
         .asks = AT(PROJECT_STARTED_ON), .days = AT(PROJECT_STARTED_ON)),
    STEP("ask_extension", "申请延期", "Ask for an extension", UNIT_DOES,
         .from = AT(PROJECT_ACTIVE), .to = PROJECT_EXTENDING,
         .asks = AT(PROJECT_ASKED_DUE), .needs = AT(PROJECT_ASKED_DUE),
         .reason = true, .check = check_later),
    STEP("extend", "同意延期", "Grant the extension", JUDGES,
         .from = AT(PROJECT_EXTENDING), .to = PROJECT_ACTIVE,
         .sets = set_extended, .clears = AT(PROJECT_ASKED_DUE),
         TASK("个项目申请延期", "extensions asked for")),
    STEP("refuse_extension", "不同意延期", "Refuse the extension", JUDGES,
         .from = AT(PROJECT_EXTENDING), .to = PROJECT_ACTIVE, .reason = true,
         .clears = AT(PROJECT_ASKED_DUE)),
    STEP("suspend", "暂停", "Suspend", OFFICER, .from = UNDER_WAY,
         .to = PROJECT_SUSPENDED, .reason = true, .days = AT(PROJECT_PAUSED_ON),
         .clears = AT(PROJECT_RESUMED_ON)),
    STEP("resume", "恢复", "Resume", OFFICER, .from = AT(PROJECT_SUSPENDED),
         .to = PROJECT_ACTIVE, .days = AT(PROJECT_RESUMED_ON)),
    STEP("apply", "申请验收", "Apply for completion", UNIT_DOES,
         .from = AT(PROJECT_ACTIVE), .to = PROJECT_APPLIED,
         .check = check_all_done),
    STEP("accept", "验收", "Accept", JUDGES, .from = AT(PROJECT_APPLIED),
         .to = PROJECT_ACCEPTED, TASK("个项目等您验收", "projects to accept")),
    STEP("reject", "不予验收", "Do not accept", JUDGES,
         .from = AT(PROJECT_APPLIED), .to = PROJECT_ACTIVE, .reason = true),
    STEP("close", "销号", "Close", JUDGES, .from = AT(PROJECT_ACCEPTED),
         .to = PROJECT_CLOSED, .days = AT(PROJECT_CLOSED_ON),
         TASK("个项目等您销号", "projects to close")),
    STEP("archive", "归档", "Archive", OFFICER, .from = AT(PROJECT_CLOSED),
         .to = PROJECT_ARCHIVED),
    STEP("terminate", "终止", "Terminate", OFFICER,
         .from = UNDER_WAY | AT(PROJECT_SUSPENDED), .to = PROJECT_TERMINATED,
         .reason = true, .days = AT(PROJECT_CLOSED_ON)),
};

/* ---- what its parts make of it ---- */

static void tell_lights(struct mem *m, const struct plan *p, struct rolled *ret)
{
    struct light_period *v;
    size_t n = light_periods(m, p, &v);

    for (size_t i = 0; i < n; i++)
        if (v[i].light != LIGHT_NONE)
            rolled_add(ret,
                       &(struct period){
                           PROJECT_LIGHT,
                           project_lights[v[i].light - LIGHT_GREEN].key,
                           v[i].since, v[i].until ? v[i].until : PERIOD_OPEN });
}

/* The first that is not accepted, by its date. */
static void tell_next(struct ledger_row *row, const struct part_list *parts)
{
    const struct ledger_row *next = NULL;

    for (size_t i = 0; i < parts->n; i++) {
        const struct ledger_row *m = parts->v[i];

        if (m->ledger == &milestone_ledger &&
            row_state_at(m) != MILESTONE_ACCEPTED &&
            (!next || row_int(m, MILESTONE_DUE) < row_int(next, MILESTONE_DUE)))
            next = m;
    }
    if (!next)
        return;
    row->values[PROJECT_NEXT] = next->values[MILESTONE_NAME];
    row->values[PROJECT_NEXT_DUE] = next->values[MILESTONE_DUE];
}

/* The weight of what is accepted. */
static int64_t progress(const struct part_list *parts)
{
    int64_t done = 0;

    for (size_t i = 0; i < parts->n; i++)
        if (parts->v[i]->ledger == &milestone_ledger &&
            row_state_at(parts->v[i]) == MILESTONE_ACCEPTED)
            done += row_int(parts->v[i], MILESTONE_WEIGHT);
    return done;
}

static void roll_project(struct scope in, struct ledger_row *row,
                         const struct part_list *parts, struct rolled *ret)
{
    struct thresholds t = thresholds_read(in, row->year);
    struct project_plan p;
    int64_t done = progress(parts);

    plan_of(in.m, row, parts, &t, &p);
    row->values[PROJECT_PROGRESS] = INT(done);
    if (p.plan.steps_n && done == 100)
        row->values[PROJECT_FINISHED] = STR(finished[0].key);
    tell_next(row, parts);
    objections_tell(in, row, parts);
    tell_lights(in.m, &p.plan, ret);
}

bool project_is_approved(const struct ledger_row *row)
{
    return row_state_at(row) >= PROJECT_APPROVED;
}

static bool is_approved(struct scope in, const struct ledger_row *row,
                        struct record *ret)
{
    (void)in;
    (void)ret;
    return project_is_approved(row);
}

static const struct record_kind kinds[] = {
    RECORD("projects.project", .by = AT(PROJECT_FIELD), .of = is_approved,
           .looks_at = AT(PROJECT_STATE)),
    RECORD("projects.progress", .sums = AT(PROJECT_PROGRESS), .of = is_approved,
           .looks_at = AT(PROJECT_STATE)),
};

const struct ledger project_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("project"),
    .label = TEXT_INIT("“双领”重点项目", "Dual-lead key projects"),
    .unit = TEXT_INIT("项", "projects"),
    .about = TEXT_INIT("党组织领衔、书记领办的年度重点项目。",
                       "The year's key projects, led by a Party organisation "
                       "and its secretary."),
    LIST(columns),
    LIST(steps),
    LIST(kinds),
    .imported = PROJECT_ACTIVE,
    .open = true,
    .check = check_project,
    .roll = roll_project,
    .read_cells = project_read_cells,
    .write_cells = project_write_cells,
};
