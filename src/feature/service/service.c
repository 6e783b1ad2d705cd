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
    [TEAM_NO] = {
        .key = S_INIT("no"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("序号", "No."),
        .flags = COLUMN_LISTED,
    },
    [TEAM_NAME] = {
        .key = S_INIT("name"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("队伍名称", "Team"),
        .synonyms = S_INIT("服务队名称|志愿服务队"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_TITLE,
    },
    [TEAM_UNIT] = {
        .key = S_INIT("unit"),
        .type = COLUMN_REF,
        REGISTRY_UNIT,
        .label = TEXT_INIT("所属单位", "Unit"),
        .synonyms = S_INIT("组建单位|单位"),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                 COLUMN_FILTER | COLUMN_OWNER,
    },
    [TEAM_FIELD] = {
        .key = S_INIT("field"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("服务类别", "Service"),
        .synonyms = S_INIT("服务领域"),
        CHOICES(registry_service_fields),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER,
    },
    [TEAM_SIZE] = {
        .key = S_INIT("size"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("队员人数", "Members"),
        .synonyms = S_INIT("人数|队员数"),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED,
        .max = 100000,
    },
    [TEAM_SINCE] = {
        .key = S_INIT("founded_on"),
        .type = COLUMN_DATE,
        .label = TEXT_INIT("成立时间", "Founded on"),
        .synonyms = S_INIT("成立日期|组建时间"),
    },
    [TEAM_COMMUNITY] = {
        .key = S_INIT("community"),
        .type = COLUMN_REF,
        REGISTRY_COMMUNITY,
        .label = TEXT_INIT("联系社区", "Community"),
        .synonyms = S_INIT("报到社区|结对社区"),
        .flags = COLUMN_LISTED | COLUMN_PLACE,
    },
};

static const struct record_kind team_kinds[] = {
    { S_INIT("service.team"), NULL },
};

static const struct ledger team = {
    .feature = S_INIT("service"),
    .noun = S_INIT("team"),
    .label = TEXT_INIT("志愿服务队", "Volunteer teams"),
    .unit = TEXT_INIT("支", "teams"),
    .about = TEXT_INIT("各单位组建的党员志愿服务队。",
                       "Volunteer teams formed by the units."),
    .columns = team_columns,
    .columns_n = COUNT(team_columns),
    .open = true,
    .kinds = team_kinds,
    .kinds_n = COUNT(team_kinds),
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
    { S_INIT("once"), TEXT_INIT("一次性", "Once"), S_INIT("单次") },
    { S_INIT("weekly"), TEXT_INIT("每周1次", "Weekly"), S_INIT("每周一次") },
    { S_INIT("fortnightly"), TEXT_INIT("每两周1次", "Every two weeks"),
      S_INIT("每两周一次|每半月1次") },
    { S_INIT("monthly"), TEXT_INIT("每月1次", "Monthly"), S_INIT("每月一次") },
    { S_INIT("quarterly"), TEXT_INIT("每季度1次", "Quarterly"),
      S_INIT("每季度一次|每季1次") },
    { S_INIT("yearly"), TEXT_INIT("每年1次", "Yearly"), S_INIT("每年一次") },
};

static const struct choice opinions[] = {
    { S_INIT("very_good"), TEXT_INIT("非常满意", "Very satisfied"),
      S_INIT("很满意") },
    { S_INIT("good"), TEXT_INIT("满意", "Satisfied"), S_INIT("") },
    { S_INIT("fair"), TEXT_INIT("基本满意", "Fairly satisfied"),
      S_INIT("一般") },
    { S_INIT("poor"), TEXT_INIT("不满意", "Not satisfied"), S_INIT("") },
};

static const struct column claim_columns[] = {
    [NO] = {
        .key = S_INIT("no"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("序号", "No."),
        .flags = COLUMN_LISTED,
    },
    [NAME] = {
        .key = S_INIT("name"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("项目名称", "Project"),
        .synonyms = S_INIT("共建项目|结对共建项目|认领项目"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_TITLE,
    },
    [SUBDISTRICT] = {
        .key = S_INIT("subdistrict"),
        .type = COLUMN_REF,
        REGISTRY_SUBDISTRICT,
        .label = TEXT_INIT("街道", "Subdistrict"),
        .synonyms = S_INIT("所属街道"),
        .flags = COLUMN_FILTER,
    },
    [COMMUNITY] = {
        .key = S_INIT("community"),
        .type = COLUMN_REF,
        REGISTRY_COMMUNITY,
        .label = TEXT_INIT("社区", "Community"),
        .synonyms = S_INIT("社区名称|所在社区"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_PLACE,
    },
    [FIELD] = {
        .key = S_INIT("field"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("类别", "Service"),
        .synonyms = S_INIT("服务类别|项目类别"),
        CHOICES(registry_service_fields),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER,
    },
    [UNIT] = {
        .key = S_INIT("unit"),
        .type = COLUMN_REF,
        REGISTRY_UNIT,
        .label = TEXT_INIT("认领单位", "Claimed by"),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_MAKES |
                 COLUMN_FILTER | COLUMN_IDENTITY | COLUMN_OWNER,
    },
    [TEAM] = {
        .key = S_INIT("team"),
        .type = COLUMN_REF,
        .ref = S_INIT("service.team"),
        .label = TEXT_INIT("服务队伍", "Team"),
        .synonyms = S_INIT("志愿服务队|队伍名称"),
    },
    [CLAIMED_ON] = {
        .key = S_INIT("claimed_on"),
        .type = COLUMN_DATE,
        .label = TEXT_INIT("认领时间", "Claimed on"),
        .synonyms = S_INIT("认领日期"),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_WHEN,
    },
    [RHYTHM] = {
        .key = S_INIT("rhythm"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("服务频次", "How often"),
        CHOICES(rhythms),
    },
    [VISITS] = {
        .key = S_INIT("visits"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("已开展次数", "Times held"),
        .synonyms = S_INIT("开展次数"),
        .max = 10000,
    },
    [MINUTES] = {
        .key = S_INIT("minutes"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("累计服务时长（分钟）", "Service minutes"),
        .synonyms = S_INIT("服务时长|累计时长"),
        .flags = COLUMN_LISTED,
    },
    [OPINION] = {
        .key = S_INIT("opinion"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("社区评价", "Community's opinion"),
        CHOICES(opinions),
        .flags = COLUMN_INTERNAL,
    },
};

static bool count_claim(const struct rule *rule, const struct ledger_row *row,
                        struct record *ret)
{
    (void)rule;
    ret->category = row_str(row, FIELD);
    return true;
}

static bool count_minutes(const struct rule *rule, const struct ledger_row *row,
                          struct record *ret)
{
    (void)rule;
    ret->quantity = row_int(row, MINUTES);
    return row_has(row, MINUTES);
}

static const struct record_kind claim_kinds[] = {
    { S_INIT("service.claim"), count_claim },
    { S_INIT("service.minutes"), count_minutes },
};

static const struct ledger claim = {
    .feature = S_INIT("service"),
    .noun = S_INIT("claim"),
    .label = TEXT_INIT("结对共建项目", "Claimed co-building projects"),
    .unit = TEXT_INIT("个", "projects"),
    .about = TEXT_INIT("社区提出、单位认领的结对共建项目，一个项目只登记一次。",
                       "Projects that communities asked for and units "
                       "claimed, each entered once."),
    .columns = claim_columns,
    .columns_n = COUNT(claim_columns),
    .open = true,
    .kinds = claim_kinds,
    .kinds_n = COUNT(claim_kinds),
};

static const struct figure figures[] = {
    {
        .key = S_INIT("service.teams"),
        .kind = S_INIT("service.team"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("志愿服务队伍", "Volunteer teams"),
        .rule =
            TEXT_INIT("本年度登记在册的志愿服务队，每支计一次，作废的不计。",
                      "Volunteer teams on the year's ledger, each counted "
                      "once; voided rows do not count."),
        .unit = TEXT_INIT("支", "teams"),
    },
    {
        .key = S_INIT("service.claims"),
        .kind = S_INIT("service.claim"),
        .measure = MEASURE_COUNT,
        .label =
            TEXT_INIT("认领的结对共建项目", "Claimed co-building projects"),
        .rule = TEXT_INIT(
            "认领时间在本年度的结对共建项目，一个项目只计一次，作废的不计。",
            "Co-building projects claimed in the year, each "
            "counted once; voided rows do not count."),
        .unit = TEXT_INIT("个", "projects"),
    },
    {
        .key = S_INIT("service.minutes"),
        .kind = S_INIT("service.minutes"),
        .measure = MEASURE_SUM,
        .label = TEXT_INIT("服务时长", "Service minutes"),
        .rule = TEXT_INIT(
            "本年度认领项目已登记的服务分钟数之和；没有登记的不按零计。",
            "Sum of the service minutes recorded for the year's "
            "claims; a missing value is not a zero."),
        .unit = TEXT_INIT("分钟", "minutes"),
    },
};

static const struct ledger *const ledgers[] = { &team, &claim };

const struct feature feature_service = {
    .name = S_INIT("service"),
    .label = TEXT_INIT("双报到", "Double check-in"),
    .about = TEXT_INIT("单位和党员到社区报到，认领共建项目，开展志愿服务",
                       "Units and members report to communities, claim "
                       "projects and serve"),
    .order = 2,
    LIST(ledgers),
    LIST(figures),
    .headline = S_INIT("service.claims"),
};
