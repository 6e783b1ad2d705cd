/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Double check-in (双报到): units and members report to communities. Here
 * the volunteer teams and the co-building projects they claim.
 */
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum {
    TEAM_NO,
    TEAM_NAME,
    TEAM_UNIT,
    TEAM_FIELD,
    TEAM_SIZE,
    TEAM_SINCE,
    TEAM_COMMUNITY
};

static const struct column team_columns[] = {
    [TEAM_NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [TEAM_NAME] = COLUMN(TEXT, "name", "队伍名称", "Team",
                         KNOWN_AS("服务队名称|志愿服务队"),
                         .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                  COLUMN_LISTED | COLUMN_TITLE),
    [TEAM_UNIT] = COLUMN(REF, "unit", "所属单位", "Unit", REGISTRY_UNIT,
                         KNOWN_AS("组建单位|单位"),
                         .flags = COLUMN_REQUIRED | COLUMN_LISTED |
                                  COLUMN_MAKES | COLUMN_FILTER | COLUMN_OWNER),
    [TEAM_FIELD] =
        COLUMN(CHOICE, "field", "服务类别", "Service",
               CHOICES(registry_service_fields), KNOWN_AS("服务领域"),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [TEAM_SIZE] =
        COLUMN(COUNT, "size", "队员人数", "Members", KNOWN_AS("人数|队员数"),
               PARTS("男|女"), .unit = UNIT_PEOPLE,
               .flags = COLUMN_REQUIRED | COLUMN_LISTED, .max = 100000),
    [TEAM_SINCE] = COLUMN(DATE, "founded_on", "成立时间", "Founded on",
                          KNOWN_AS("成立日期|组建时间")),
    [TEAM_COMMUNITY] = COLUMN(REF, "community", "联系社区", "Community",
                              REGISTRY_COMMUNITY, KNOWN_AS("报到社区|结对社区"),
                              .flags = COLUMN_LISTED | COLUMN_PLACE),
};

static const struct record_kind team_kinds[] = {
    RECORD("service.team"),
};

static const struct ledger team = {
    .feature = S_INIT("service"),
    .noun = S_INIT("team"),
    .label = TEXT_INIT("志愿服务队", "Volunteer teams"),
    .unit = TEXT_INIT("支", "teams"),
    .about = TEXT_INIT("各单位组建的党员志愿服务队。",
                       "Volunteer teams formed by the units."),
    LIST_OF(columns, team_columns),
    .open = true,
    LIST_OF(kinds, team_kinds),
};

enum {
    NO,
    SUBDISTRICT,
    COMMUNITY,
    NAME,
    FIELD,
    UNIT,
    TEAM,
    CLAIMED_ON,
    RHYTHM,
    VISITS,
    MINUTES,
    OPINION
};

static const struct choice rhythms[] = {
    CHOICE("once", "一次性", "Once", KNOWN_AS("单次")),
    CHOICE("weekly", "每周1次", "Weekly", KNOWN_AS("每周一次")),
    CHOICE("fortnightly", "每两周1次", "Every two weeks",
           KNOWN_AS("每两周一次|每半月1次")),
    CHOICE("monthly", "每月1次", "Monthly", KNOWN_AS("每月一次")),
    CHOICE("quarterly", "每季度1次", "Quarterly",
           KNOWN_AS("每季度一次|每季1次")),
    CHOICE("yearly", "每年1次", "Yearly", KNOWN_AS("每年一次")),
};

static const struct choice opinions[] = {
    CHOICE("very_good", "非常满意", "Very satisfied", KNOWN_AS("很满意")),
    CHOICE("good", "满意", "Satisfied"),
    CHOICE("fair", "基本满意", "Fairly satisfied", KNOWN_AS("一般")),
    CHOICE("poor", "不满意", "Not satisfied"),
};

static const struct column claim_columns[] = {
    [NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [NAME] = COLUMN(TEXT, "name", "项目名称", "Project",
                    KNOWN_AS("共建项目|结对共建项目|认领项目"),
                    .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                             COLUMN_TITLE),
    [SUBDISTRICT] =
        COLUMN(REF, "subdistrict", "街道", "Subdistrict", REGISTRY_SUBDISTRICT,
               KNOWN_AS("所属街道"), .flags = COLUMN_FILTER),
    [COMMUNITY] =
        COLUMN(REF, "community", "社区", "Community", REGISTRY_COMMUNITY,
               KNOWN_AS("社区名称|所在社区"), WITHIN("subdistrict"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_PLACE),
    [FIELD] =
        COLUMN(CHOICE, "field", "类别", "Service",
               CHOICES(registry_service_fields), KNOWN_AS("服务类别|项目类别"),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [UNIT] = COLUMN(REF, "unit", "认领单位", "Claimed by", REGISTRY_UNIT,
                    .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                             COLUMN_FILTER | COLUMN_IDENTITY | COLUMN_OWNER),
    [TEAM] = COLUMN(REF, "team", "服务队伍", "Team", REFERENCE("service.team"),
                    KNOWN_AS("志愿服务队|队伍名称")),
    [CLAIMED_ON] =
        COLUMN(DATE, "claimed_on", "认领时间", "Claimed on",
               KNOWN_AS("认领日期"),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_WHEN),
    [RHYTHM] =
        COLUMN(CHOICE, "rhythm", "服务频次", "How often", CHOICES(rhythms)),
    [VISITS] = COLUMN(COUNT, "visits", "已开展次数", "Times held",
                      KNOWN_AS("开展次数"), .unit = UNIT_TIMES, .max = 10000),
    [MINUTES] = COLUMN(COUNT, "minutes", "累计服务时长（分钟）",
                       "Service time (minutes)",
                       KNOWN_AS("服务时长|累计时长|Service minutes"),
                       .unit = UNIT_MINUTES, .flags = COLUMN_LISTED),
    [OPINION] = COLUMN(CHOICE, "opinion", "社区评价", "Community's opinion",
                       CHOICES(opinions), .flags = COLUMN_INTERNAL, BY_OFFICER),
};

static const struct record_kind claim_kinds[] = {
    RECORD("service.claim", .by = AT(FIELD)),
    RECORD("service.minutes", .sums = AT(MINUTES)),
};

static const struct ledger claim = {
    .feature = S_INIT("service"),
    .noun = S_INIT("claim"),
    .label = TEXT_INIT("结对共建项目", "Claimed co-building projects"),
    .unit = TEXT_INIT("个", "projects"),
    .about = TEXT_INIT("社区提出、单位认领的结对共建项目，一个项目只登记一次。",
                       "Projects that communities asked for and units "
                       "claimed, each entered once."),
    LIST_OF(columns, claim_columns),
    .open = true,
    LIST_OF(kinds, claim_kinds),
};

static const struct figure figures[] = {
    FIGURE(COUNT, "service.teams", "service.team", "志愿服务队伍",
           "Volunteer teams",
           .rule =
               TEXT_INIT("本年度登记在册的志愿服务队，每支计一次，作废的不计。",
                         "Volunteer teams on the year's ledger, each counted "
                         "once; voided rows do not count."),
           .unit = TEXT_INIT("支", "teams")),
    FIGURE(COUNT, "service.claims", "service.claim", "认领的结对共建项目",
           "Claimed co-building projects",
           .rule = TEXT_INIT(
               "认领时间在本年度的结对共建项目，一个项目只计一次，作废的不计。",
               "Co-building projects claimed in the year, each "
               "counted once; voided rows do not count."),
           .unit = TEXT_INIT("个", "projects")),
    FIGURE(SUM, "service.minutes", "service.minutes", "服务时长",
           "Service time",
           .rule = TEXT_INIT(
               "本年度认领项目已登记的服务分钟数之和；没有登记的不按零计。",
               "Sum of the service minutes recorded for the year's "
               "claims; a missing value is not a zero."),
           .unit = TEXT_INIT("分钟", "minutes")),
};

static const struct ledger *const ledgers[] = { &team, &claim };

static const struct term terms[] = {
    TERM("双报到", "Double check-in",
         "单位党组织到所在的社区报到，党员到自己居住的社区报到。",
         "units report to the community they are in, Party members to the one "
         "they live in"),
    TERM("结对共建", "Co-building", "单位和社区结成一对，认领社区提出的项目。",
         "a unit and a community pair up; the unit claims what the community "
         "needs"),
    TERM("服务时长", "Service time", "实际服务的时间，不含路上的时间。",
         "the time that was actually given, without the way there"),
};

const struct feature feature_service = {
    .name = S_INIT("service"),
    .label = TEXT_INIT("双报到", "Double check-in"),
    .about = TEXT_INIT("单位和党员到社区报到，认领共建项目，开展志愿服务",
                       "Units and members report to communities, claim "
                       "projects and serve"),
    .order = 2,
    LIST(ledgers),
    LIST(figures),
    LIST(terms),
    .sentence = TEXT_INIT("{service.claims} 个结对共建项目有人认领，"
                          "{service.teams} 支队伍在册，"
                          "服务 {service.minutes} 小时",
                          "{service.claims} projects claimed, "
                          "{service.teams} teams, "
                          "{service.minutes} hours of service"),
};
