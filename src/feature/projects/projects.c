/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Dual-lead key projects (双领): led by a Party organisation, in the charge
 * of its secretary. What they are stands in projects.h and the files beside
 * it; here is what they give to the whole.
 */
#include "feature/projects/projects.h"
#include "feature/projects/front.h"
#include "feature/projects/review.h"
#include "feature/projects/slip.h"
#include "host/desk/route.h"
#include "host/ledger/feature.h"

#define FIELD_FIGURE(name, zh, en)                                             \
    FIGURE(COUNT, "projects.count." name, "projects.project",                  \
           zh "领域双领项目", "Key projects: " en, .category = S_INIT(name),   \
           .rule = TEXT_INIT("本年度台账中领域为“" zh                          \
                             "”的双领项目，立项前的和作废的不计。",            \
                             "Dual-lead projects of the year whose field is "  \
                             "\"" en "\"; proposals and voided rows do not "   \
                             "count."),                                        \
           .unit = TEXT_INIT("项", "projects"))

#define LIGHT_FIGURE(name, zh, en, zh_rule, en_rule)                           \
    FIGURE(STANDING, "projects.light." name, "projects.project.light",         \
           zh "项目", "Projects: " en, .category = S_INIT(name),               \
           .rule =                                                             \
               TEXT_INIT("当天" zh_rule "的在办项目；人工调整的按调整。",      \
                         "projects under way that are " en_rule                \
                         " on the day; a light set by hand counts as set."),   \
           .unit = TEXT_INIT("项", "projects"))

static const struct figure figures[] = {
    FIGURE(COUNT, "projects.count", "projects.project", "双领重点项目",
           "Dual-lead key projects",
           .rule = TEXT_INIT(
               "本年度台账中的双领重点项目，每个项目计一次，"
               "立项前的和作废的不计。",
               "Dual-lead projects in the year's ledger, each counted once; "
               "proposals and voided rows do not count."),
           .unit = TEXT_INIT("项", "projects")),
    FIELD_FIGURE("investment", "项目招引建设", "investment projects"),
    FIELD_FIGURE("city", "城市建管", "city building and upkeep"),
    FIELD_FIGURE("green", "绿色发展", "green development"),
    FIELD_FIGURE("livelihood", "民生保障", "livelihood"),
    FIELD_FIGURE("governance", "社会治理", "social governance"),
    LIGHT_FIGURE("green", "绿灯", "green",
                 "落后不到 {projects.light_yellow} 个百分点",
                 "less than {projects.light_yellow} points behind"),
    LIGHT_FIGURE(
        "yellow", "黄灯", "yellow",
        "落后 {projects.light_yellow} 到 {projects.light_red} 个百分点，"
        "或过了计划月份还没有启动",
        "{projects.light_yellow} to {projects.light_red} points "
        "behind, or not started in the month planned"),
    LIGHT_FIGURE("red", "红灯", "red",
                 "落后超过 {projects.light_red} 个百分点，或连续 "
                 "{projects.light_months} 个月没有启动",
                 "more than {projects.light_red} points behind, or not "
                 "started for {projects.light_months} months"),
    FIGURE(MEAN, "projects.progress", "projects.progress", "平均进度",
           "Mean progress",
           .rule = TEXT_INIT("各项目已验收里程碑的权重之和，除以项目数；"
                             "立项前的和作废的不计。",
                             "the weight of accepted milestones of each "
                             "project, divided by the projects; proposals and "
                             "voided rows do not count."),
           .unit = TEXT_INIT("%", "%")),
    FIGURE(COUNT, "projects.milestones.due", "projects.milestone",
           "到期的里程碑", "Milestones due",
           .rule = TEXT_INIT("本年度双领项目的里程碑，按时限计入，每个计一次，"
                             "作废的不计。",
                             "Milestones of the year's projects on the days "
                             "on which they are due, each counted once; "
                             "voided rows do not count."),
           .unit = TEXT_INIT("个", "milestones")),
    FIGURE(COUNT, "projects.milestones.done", "projects.milestone_done",
           "已验收里程碑", "Milestones accepted",
           .rule = TEXT_INIT("本年度双领项目的里程碑中已经验收的，作废的不计。",
                             "Of these, the ones that were accepted; voided "
                             "rows do not count."),
           .unit = TEXT_INIT("个", "milestones")),
    FIGURE(COUNT, "projects.blockers.raised", "projects.blocker",
           "提出的难点堵点", "Blockers raised",
           .rule = TEXT_INIT(
               "本年度双领项目提出的难点堵点，每个计一次，作废的不计。",
               "Blockers of the year's projects, each counted "
               "once; voided rows do not count."),
           .unit = TEXT_INIT("个", "blockers")),
    FIGURE(COUNT, "projects.blockers.solved", "projects.blocker_solved",
           "解决的难点堵点", "Blockers solved",
           .rule = TEXT_INIT("提出的难点堵点中写明了解决日期的，作废的不计。",
                             "Of these, the ones with the day on which they "
                             "were solved; voided rows do not count."),
           .unit = TEXT_INIT("个", "blockers")),
    FIGURE(MEDIAN, "projects.blockers.days_open", "projects.blocker_days",
           "难点堵点解决用时中位数", "Median time to solve a blocker",
           .rule = TEXT_INIT(
               "解决的难点堵点从提出到解决的天数的中位数：一半不超过它；"
               "没有写明提出日期的和作废的不计。",
               "the median of the days from raised to solved of the blockers "
               "that were solved: half took no longer; those without the day "
               "they were raised, and voided rows, do not count."),
           .unit = TEXT_INIT("天", "days")),
    FIGURE(COUNT, "projects.orders", "projects.order", "督办单",
           "Supervision orders",
           .rule = TEXT_INIT(
               "本年度对双领项目发出的督办单，每张计一次，作废的不计。",
               "Supervision orders to the year's projects, each "
               "counted once; voided rows do not count."),
           .unit = TEXT_INIT("张", "orders")),
    FIGURE(COUNT, "projects.orders.in_time", "projects.order_in_time",
           "按期办结的督办单", "Supervision orders answered in time",
           .rule = TEXT_INIT("督办单中在答复期限内答复并已销号的，作废的不计。",
                             "Of these, the ones answered by their day and "
                             "closed; voided rows do not count."),
           .unit = TEXT_INIT("张", "orders")),
    FIGURE(COUNT, "projects.objections", "projects.objection", "项目公示异议",
           "Objections to publicities",
           .rule = TEXT_INIT(
               "本年度双领项目公示期间（{projects.publicity_days} 个工作日）"
               "收到的异议，每件计一次，作废的不计。",
               "Objections received while the year's projects were in "
               "publicity ({projects.publicity_days} working days), each "
               "counted once; voided rows do not count."),
           .unit = TEXT_INIT("件", "objections")),
    FIGURE(COUNT, "projects.objections.upheld", "projects.objection_upheld",
           "成立的公示异议", "Objections upheld",
           .rule = TEXT_INIT("项目公示异议中认定成立的，作废的不计。",
                             "Of these, the ones that were upheld; voided "
                             "rows do not count."),
           .unit = TEXT_INIT("件", "objections")),
};

static const struct policy policies[] = {
    POLICY("projects.light_yellow", "黄灯：落后多少个百分点起",
           "Yellow from so many points behind", 10, 1, 100),
    POLICY("projects.light_red", "红灯：落后超过多少个百分点",
           "Red above so many points behind", 30, 1, 100),
    POLICY("projects.light_months", "红灯：连续几个月没有启动",
           "Red after so many months not started", 3, 1, 12),
    POLICY("projects.silent_days", "没有动静：多少个工作日没有任何记录",
           "Silent after so many working days without an entry", 20, 1, 250,
           .aside = true),
    POLICY("projects.publicity_days", "项目公示几个工作日",
           "Working days of a publicity", 5, 1, 60),
};

static const struct ledger *const ledgers[] = {
    &project_ledger,   &milestone_ledger, &blocker_ledger, &order_ledger,
    &objection_ledger, &lead_ledger,      &member_ledger,  &override_ledger,
    &closing_ledger,   &review_ledger,
};

static const struct term terms[] = {
    TERM("双领", "Dual-lead",
         "党组织领衔、书记领办：由一个党组织牵头，书记亲自负责到底。",
         "led by a Party organisation and in the charge of its secretary, to "
         "the end"),
    TERM("专班", "Task force", "为一个项目从几个单位抽人组成的工作小组。",
         "people of several units who work on one project"),
    TERM("里程碑", "Milestone", "项目里有时限、做没做到一看便知的一步。",
         "a step with a date, of which anyone can see whether it was taken"),
    TERM("公示异议", "Objection",
         "公示期内对项目提出的不同意见；没有答复完，公示不结束。",
         "what somebody holds against a project in publicity, which does not "
         "end before it is answered"),
    TERM("难点堵点", "Blocker",
         "责任单位自己解决不了、需要别的单位配合的问题。",
         "what the unit in charge cannot solve without others"),
};

static const struct route routes[] = {
    ROUTE(GET, "/projects/fields/{field}", ALLOW_ANYONE, NO_FORM, show_field),
    ROUTE(GET, "/projects/order/{id}/slip", ALLOW_EDITOR, NO_FORM, show_slip),
    ROUTE(GET, "/projects/months", ALLOW_EDITOR, NO_FORM, show_months),
    ROUTE(GET, "/projects/months/{month}", ALLOW_EDITOR, NO_FORM, show_month),
    ROUTE(POST, "/projects/months/{month}", ALLOW_OFFICER, NO_FORM, post_month),
};

static const struct feature_link links[] = {
    { .on = LINK_ON_ME,
      .roles = ROLE_OFFICER | ROLE_EDITOR,
      .label = TEXT_INIT("双领项目月度调度", "Monthly review of key projects"),
      .path = S_INIT("/projects/months"),
      .order = 5 },
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
    LIST(policies),
    LIST(terms),
    LIST(routes),
    LIST(links),
    .front = programme_front,
    .row_front = project_front,
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
