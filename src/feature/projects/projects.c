/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Dual-lead key projects (双领): led by a Party organisation, in the charge
 * of its secretary. Milestones are words as yet: of them follows only
 * whether all are done.
 * A project belongs to the year on whose list it stands, not to the one in
 * which it started: somebody says it.
 */
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum {
    NO,
    FIELD,
    NAME,
    LEAD_ORG,
    SECRETARY,
    UNIT,
    PARTNERS,
    TASK_FORCE,
    STARTED_ON,
    DUE_ON,
    MILESTONES,
    DONE,
    BLOCKER,
    FINISHED,
};

static const struct choice finished[] = {
    CHOICE("all", "里程碑全部完成", "All milestones done"),
};

static const struct column columns[] = {
    [NO] = COLUMN(COUNT, "no", "序号", "No.", KNOWN_AS("编码|项目编号"),
                  .flags = COLUMN_LISTED),
    [NAME] = COLUMN(TEXT, "name", "项目名称", "Project",
                    KNOWN_AS("双领项目|重点项目|领办项目"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE),
    [FIELD] =
        COLUMN(CHOICE, "field", "领域", "Field", CHOICES(registry_work_fields),
               KNOWN_AS("所属领域|项目领域"),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [LEAD_ORG] = COLUMN(TEXT, "lead_org", "领衔党组织",
                        "Lead Party organisation", .flags = COLUMN_REQUIRED),
    [SECRETARY] =
        COLUMN(TEXT, "secretary", "领办书记", "Secretary in charge",
               .hint = TEXT_INIT("写职务，不写姓名", "the post, not a name"),
               .flags = COLUMN_REQUIRED | COLUMN_INTERNAL),
    [UNIT] = COLUMN(REF, "unit", "责任单位", "Responsible unit", REGISTRY_UNIT,
                    KNOWN_AS("牵头单位"),
                    .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                             COLUMN_FILTER | COLUMN_OWNER),
    [PARTNERS] =
        COLUMN(TEXT, "partners", "配合单位", "Partner units",
               KNOWN_AS("协办单位"),
               .hint = TEXT_INIT("几个单位用顿号隔开", "separated by 、")),
    [TASK_FORCE] =
        COLUMN(COUNT, "task_force", "专班人数", "Task force (people)",
               .unit = UNIT_PEOPLE, .max = 10000),
    [STARTED_ON] =
        COLUMN(DATE, "started_on", "启动时间", "Started on",
               KNOWN_AS("启动日期|开始时间"), .flags = COLUMN_REQUIRED),
    [DUE_ON] = COLUMN(DATE, "due_on", "完成时限", "Due on",
                      KNOWN_AS("完成日期|截止时间|截止"),
                      .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_DUE),
    [MILESTONES] = COLUMN(LINES, "milestones", "里程碑（时限，权重）",
                          "Milestones (due, weight)"),
    [DONE] = COLUMN(TEXT, "done", "已完成里程碑", "Milestones done"),
    [BLOCKER] = COLUMN(TEXT, "blocker", "难点堵点", "Blockers",
                       .flags = COLUMN_INTERNAL),
    [FINISHED] =
        COLUMN(CHOICE, "finished", "完成情况", "Completion", CHOICES(finished),
               .flags = COLUMN_DERIVED | COLUMN_FINISHED),
};

/* Is it one of 方案制定、专班组建? */
static bool is_done(struct str milestone, struct str done)
{
    struct str one;

    while (str_cut(&done, S("、"), &one))
        if (str_eq(str_trim(one), milestone))
            return true;
    return false;
}

/* Cut 方案制定 off 方案制定（3月30日前，20%）；…: up to the next one. */
static bool next_milestone(struct str *rest, struct str *ret_name)
{
    struct str one;
    bool lines = str_find(*rest, S("\n")) != SIZE_MAX;

    if (!str_cut(rest, lines ? S("\n") : S("；"), &one))
        return false;
    *ret_name = str_trim(str_slice(one, 0, str_find(one, S("（"))));
    return true;
}

/* Finished is what has milestones, all of them among those that are done. */
static void derive_project(struct mem *m, struct ledger_row *row)
{
    struct str rest = row_str(row, MILESTONES);
    bool all = row_has(row, MILESTONES) && row_has(row, DONE);
    struct str name;

    (void)m;
    while (all && next_milestone(&rest, &name))
        all = name.n == 0 || is_done(name, row_str(row, DONE));
    row->values[FINISHED] =
        all ? STR(finished[0].key) : column_none(&columns[FINISHED]);
}

static bool check_project(struct scope in, const struct ledger_row *row,
                          size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    if (row_int(row, DUE_ON) >= row_int(row, STARTED_ON))
        return true;
    *ret_column = DUE_ON;
    *ret_reason =
        TEXT("早于启动时间，请核对", "is before the start; check both dates");
    return false;
}

static const struct record_kind kinds[] = {
    RECORD("projects.project", .by = AT(FIELD)),
};

static const struct ledger project = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("project"),
    .label = TEXT_INIT("“双领”重点项目", "Dual-lead key projects"),
    .unit = TEXT_INIT("项", "projects"),
    .about = TEXT_INIT("党组织领衔、书记领办的年度重点项目。",
                       "The year's key projects, led by a Party organisation "
                       "and its secretary."),
    LIST(columns),
    .open = true,
    LIST(kinds),
    .derive = derive_project,
    .check = check_project,
};

#define FIELD_FIGURE(name, zh, en)                                             \
    FIGURE(COUNT, "projects.count." name, "projects.project",                  \
           zh "领域双领项目", "Key projects: " en, .category = S_INIT(name),   \
           .rule =                                                             \
               TEXT_INIT("本年度台账中领域为“" zh "”的双领项目，作废的不计。", \
                         "Dual-lead projects of the year whose field is "      \
                         "\"" en "\"; voided rows do not count."),             \
           .unit = TEXT_INIT("项", "projects"))

static const struct figure figures[] = {
    FIGURE(COUNT, "projects.count", "projects.project", "双领重点项目",
           "Dual-lead key projects",
           .rule = TEXT_INIT(
               "本年度台账中的双领重点项目，每个项目计一次，作废的不计。",
               "Dual-lead projects in the year's ledger, each "
               "counted once; voided rows do not count."),
           .unit = TEXT_INIT("项", "projects")),
    FIELD_FIGURE("investment", "项目招引建设", "investment projects"),
    FIELD_FIGURE("city", "城市建管", "city building and upkeep"),
    FIELD_FIGURE("green", "绿色发展", "green development"),
    FIELD_FIGURE("livelihood", "民生保障", "livelihood"),
    FIELD_FIGURE("governance", "社会治理", "social governance"),
};

static const struct ledger *const ledgers[] = { &project };

static const struct term terms[] = {
    TERM("双领", "Dual-lead",
         "党组织领衔、书记领办：由一个党组织牵头，书记亲自负责到底。",
         "led by a Party organisation and in the charge of its secretary, to "
         "the end"),
    TERM("专班", "Task force", "为一个项目从几个单位抽人组成的工作小组。",
         "people of several units who work on one project"),
    TERM("里程碑", "Milestone", "项目里有时限、做没做到一看便知的一步。",
         "a step with a date, of which anyone can see whether it was taken"),
    TERM("难点堵点", "Blocker",
         "责任单位自己解决不了、需要别的单位配合的问题。",
         "what the unit in charge cannot solve without others"),
};

const struct feature feature_projects = {
    .name = S_INIT("projects"),
    .label = TEXT_INIT("双领项目", "Key projects"),
    .about = TEXT_INIT("党组织领衔、书记领办，集中攻坚重点项目",
                       "Key projects led by Party organisations and their "
                       "secretaries"),
    .order = 1,
    LIST(ledgers),
    LIST(figures),
    LIST(terms),
    .sentence =
        TEXT_INIT("{projects.count} 项重点项目在册：招引 "
                  "{projects.count.investment}、城建 {projects.count.city}、"
                  "绿色 {projects.count.green}、民生 "
                  "{projects.count.livelihood}、治理 "
                  "{projects.count.governance}",
                  "{projects.count} key projects: investment "
                  "{projects.count.investment}, city {projects.count.city}, "
                  "green {projects.count.green}, livelihood "
                  "{projects.count.livelihood}, governance "
                  "{projects.count.governance}"),
};
