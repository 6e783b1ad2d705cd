/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The children's science programme (创益计划): who provides, who helps, what
 * was held, and what children and parents said.
 */
#include "host/ledger/feature.h"
#include "host/registry/registry.h"

enum {
    PROVIDER_NO,
    PROVIDER_NAME,
    PROVIDER_FORMS,
    PROVIDER_AGES,
    PROVIDER_CONTACT,
    PROVIDER_PROMISED
};

static const struct choice contacts[] = {
    CHOICE("agreed", "已签共建协议", "Agreement signed", KNOWN_AS("已签协议")),
    CHOICE("on_file", "联系人已建档", "Contact on file", KNOWN_AS("已建档")),
    CHOICE("talking", "洽谈中", "In talks", KNOWN_AS("对接中")),
};

static const struct column provider_columns[] = {
    [PROVIDER_NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [PROVIDER_NAME] = COLUMN(TEXT, "name", "资源单位", "Provider",
                             KNOWN_AS("科普资源|资源名称"),
                             .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                      COLUMN_LISTED | COLUMN_TITLE),
    [PROVIDER_FORMS] =
        COLUMN(TEXT, "forms", "可提供形式", "Offers", .flags = COLUMN_LISTED),
    [PROVIDER_AGES] =
        COLUMN(TEXT, "ages", "适宜年龄", "For ages", .flags = COLUMN_LISTED),
    [PROVIDER_CONTACT] =
        COLUMN(CHOICE, "contact", "对接情况", "State", CHOICES(contacts),
               .flags = COLUMN_LISTED | COLUMN_FILTER),
    [PROVIDER_PROMISED] =
        COLUMN(COUNT, "promised", "承诺场次", "Sessions promised",
               .unit = UNIT_TIMES, .flags = COLUMN_LISTED | COLUMN_REQUIRED,
               .max = 1000),
};

static const struct record_kind provider_kinds[] = {
    RECORD("children.provider"),
};

static const struct ledger provider = {
    .feature = S_INIT("children"),
    .noun = S_INIT("provider"),
    .label = TEXT_INIT("科普服务资源", "Science providers"),
    .unit = TEXT_INIT("家", "providers"),
    .about = TEXT_INIT("能为社区儿童提供科普服务的单位和团体。",
                       "Institutions and groups that can teach children "
                       "science."),
    LIST_OF(columns, provider_columns),
    .open = true,
    LIST_OF(kinds, provider_kinds),
};

enum {
    HELPER_NO,
    HELPER_NAME,
    HELPER_ROLE,
    HELPER_COMMUNITY,
    HELPER_PHONE,
    HELPER_BACKGROUND,
    HELPER_SINCE
};

static const struct choice roles[] = {
    CHOICE("volunteer", "志愿者", "Volunteer"),
    CHOICE("lecturer", "科普讲师", "Science lecturer", KNOWN_AS("讲师")),
    CHOICE("social_worker", "社会工作者", "Social worker", KNOWN_AS("社工")),
};

static const struct column helper_columns[] = {
    [HELPER_NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [HELPER_NAME] =
        COLUMN(TEXT, "name", "称呼", "Name", KNOWN_AS("姓名|志愿者姓名"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_PERSONAL | COLUMN_TITLE,
               .max = 40),
    [HELPER_ROLE] =
        COLUMN(CHOICE, "role", "角色", "Role", CHOICES(roles),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER),
    [HELPER_COMMUNITY] =
        COLUMN(REF, "community", "服务社区", "Community", REGISTRY_COMMUNITY,
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_PLACE),
    [HELPER_PHONE] =
        COLUMN(PHONE, "phone", "联系电话", "Telephone",
               KNOWN_AS("电话|手机号|手机"),
               .flags = COLUMN_IDENTITY | COLUMN_PERSONAL | COLUMN_INTERNAL),
    [HELPER_BACKGROUND] = COLUMN(TEXT, "background", "身份", "Background",
                                 .flags = COLUMN_LISTED, .max = 40),
    [HELPER_SINCE] = COLUMN(DATE, "joined_on", "招募时间", "Joined on",
                            KNOWN_AS("招募日期|加入时间")),
};

static const struct record_kind helper_kinds[] = {
    RECORD("children.volunteer"),
};

static const struct ledger volunteer = {
    .feature = S_INIT("children"),
    .noun = S_INIT("volunteer"),
    .label = TEXT_INIT("儿童科普志愿者", "Science volunteers"),
    .unit = TEXT_INIT("名", "volunteers"),
    .about =
        TEXT_INIT("社会工作者、科普讲师和志愿者。公开页面不显示全名和电话。",
                  "Social workers, lecturers and volunteers. Public "
                  "pages show neither full names nor telephones."),
    LIST_OF(columns, helper_columns),
    .open = true,
    LIST_OF(kinds, helper_kinds),
};

enum {
    NO,
    TOPIC,
    FORM,
    COMMUNITY,
    HELD_ON,
    TIME,
    PROVIDER,
    HELPERS,
    CHILDREN,
    PARENTS,
    MATCHED,
    ANSWERS,
    VERY_GOOD,
    GOOD,
    REST
};

static const struct column activity_columns[] = {
    [NO] = COLUMN(COUNT, "no", "序号", "No.", .flags = COLUMN_LISTED),
    [TOPIC] =
        COLUMN(TEXT, "topic", "主题", "Topic", KNOWN_AS("活动主题|活动名称"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_TITLE),
    [FORM] = COLUMN(TEXT, "form", "形式", "Form", KNOWN_AS("活动形式"),
                    .flags = COLUMN_LISTED),
    [COMMUNITY] = COLUMN(REF, "community", "社区", "Community",
                         REGISTRY_COMMUNITY, KNOWN_AS("活动社区|地点"),
                         .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                  COLUMN_LISTED | COLUMN_FILTER | COLUMN_PLACE),
    [HELD_ON] = COLUMN(DATE, "held_on", "日期", "Held on", KNOWN_AS("活动日期"),
                       .flags = COLUMN_REQUIRED | COLUMN_IDENTITY |
                                COLUMN_LISTED | COLUMN_WHEN),
    [TIME] = COLUMN(TEXT, "time", "时间", "Time", KNOWN_AS("活动时间"),
                    .flags = COLUMN_IDENTITY | COLUMN_CLOCK, .max = 40),
    [PROVIDER] = COLUMN(REF, "provider", "资源单位", "Provider",
                        REFERENCE("children.provider"),
                        .flags = COLUMN_LISTED | COLUMN_FILTER),
    [HELPERS] =
        COLUMN(COUNT, "helpers", "志愿者人数", "Volunteers",
               KNOWN_AS("志愿者数"), .unit = UNIT_PEOPLE, .max = 100000),
    [CHILDREN] =
        COLUMN(COUNT, "child_visits", "儿童人次", "Child visits",
               KNOWN_AS("儿童数"), .unit = UNIT_VISITS,
               .flags = COLUMN_REQUIRED | COLUMN_LISTED, .max = 100000),
    [PARENTS] = COLUMN(COUNT, "parent_visits", "家长人次", "Parent visits",
                       KNOWN_AS("家长数"), .unit = UNIT_VISITS,
                       .flags = COLUMN_LISTED, .max = 100000),
    [MATCHED] =
        COLUMN(COUNT, "matched_tests", "前后测匹配人数", "Matched tests",
               KNOWN_AS("匹配人数"), .unit = UNIT_PEOPLE, .max = 100000),
    [ANSWERS] = COLUMN(COUNT, "answers", "有效问卷", "Valid answers",
                       KNOWN_AS("问卷数"), .unit = UNIT_ANSWERS, .max = 100000),
    [VERY_GOOD] = COLUMN(COUNT, "very_satisfied", "非常满意", "Very satisfied",
                         .unit = UNIT_ANSWERS, .max = 100000),
    [GOOD] = COLUMN(COUNT, "satisfied", "满意", "Satisfied",
                    .unit = UNIT_ANSWERS, .max = 100000),
    [REST] = COLUMN(COUNT, "less_satisfied", "一般及以下", "Fair or less",
                    KNOWN_AS("一般"), .unit = UNIT_ANSWERS, .max = 100000),
};

static bool check_activity(struct scope in, const struct ledger_row *row,
                           size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    if (!row_has(row, ANSWERS) ||
        row_int(row, VERY_GOOD) + row_int(row, GOOD) + row_int(row, REST) <=
            row_int(row, ANSWERS))
        return true;
    *ret_column = ANSWERS;
    *ret_reason = TEXT("各档满意度之和多于有效问卷，请核对",
                       "fewer than the grades add up to; check them");
    return false;
}

/* The share of answers: grades without their number are no part of it. */
static bool has_answers(struct scope in, const struct ledger_row *row,
                        struct record *ret)
{
    (void)in;
    (void)ret;
    return row_has(row, ANSWERS);
}

static const struct record_kind activity_kinds[] = {
    RECORD("children.activity"),
    RECORD("children.child_visit", .sums = AT(CHILDREN)),
    RECORD("children.parent_visit", .sums = AT(PARENTS)),
    RECORD("children.answer", .sums = AT(ANSWERS)),
    RECORD("children.satisfied", .sums = AT(VERY_GOOD) | AT(GOOD),
           .of = has_answers),
};

static const struct ledger activity = {
    .feature = S_INIT("children"),
    .noun = S_INIT("activity"),
    .label = TEXT_INIT("儿童科普活动", "Science activities"),
    .unit = TEXT_INIT("场", "activities"),
    .about = TEXT_INIT("在社区开展的儿童科普活动。人次按签到记录。",
                       "Science activities for children in communities. "
                       "Visits are counted from the sign-in sheets."),
    LIST_OF(columns, activity_columns),
    .open = true,
    LIST_OF(kinds, activity_kinds),
    .check = check_activity,
};

static const struct figure figures[] = {
    FIGURE(COUNT, "children.providers", "children.provider", "科普服务资源",
           "Science providers",
           .rule =
               TEXT_INIT("本年度资源清单上的单位，每家计一次，作废的不计。",
                         "Providers on the year's ledger, each counted once; "
                         "voided rows do not count."),
           .unit = TEXT_INIT("家", "providers")),
    FIGURE(COUNT, "children.volunteers", "children.volunteer", "社区志愿者",
           "Community volunteers",
           .rule = TEXT_INIT(
               "本年度名册上的儿童科普志愿者，每人计一次，作废的不计。",
               "People on the year's roster of science "
               "volunteers, each counted once; voided rows do not "
               "count."),
           .unit = TEXT_INIT("名", "volunteers")),
    FIGURE(COUNT, "children.activities", "children.activity", "儿童科普活动",
           "Science activities",
           .rule =
               TEXT_INIT("日期在本年度的儿童科普活动，每场计一次，作废的不计。",
                         "Science activities held in the year, each counted "
                         "once; voided rows do not count."),
           .unit = TEXT_INIT("次", "activities")),
    FIGURE(SUM, "children.child_visits", "children.child_visit", "儿童人次",
           "Child visits",
           .rule =
               TEXT_INIT("各场活动签到的儿童人次之和；同一儿童参加几场计几次。",
                         "Sum of the children signed in at each activity; a "
                         "child who comes twice counts twice."),
           .unit = TEXT_INIT("人次", "visits")),
    FIGURE(SUM, "children.parent_visits", "children.parent_visit", "家长人次",
           "Parent visits",
           .rule = TEXT_INIT("各场活动签到的家长人次之和，与儿童分开统计。",
                             "Sum of the parents signed in at each activity, "
                             "counted apart from the children."),
           .unit = TEXT_INIT("人次", "visits")),
    FIGURE(RATIO, "children.satisfaction", "children.satisfied", "满意率",
           "Satisfaction", .whole = S_INIT("children.answer"),
           .rule = TEXT_INIT(
               "（非常满意＋满意）÷有效问卷，四舍五入到百分数的两位小数；"
               "有效问卷不足 5 份时不显示百分数。",
               "(very satisfied + satisfied) ÷ valid answers, "
               "rounded half up to two decimals of a percent; not "
               "shown for fewer than 5 answers.")),
};

static const struct ledger *const ledgers[] = { &provider, &volunteer,
                                                &activity };

static const struct term terms[] = {
    TERM("创益计划", "Children's science programme",
         "社会工作者、科普讲师和志愿者一起到社区，为孩子办科普活动。",
         "social workers, lecturers and volunteers bring science to children "
         "in their communities"),
    TERM("人次", "Visits", "每来一次计一次；同一个人来两次是 2 人次。",
         "counted each time somebody comes: one person twice is 2 visits"),
    TERM("满意率", "Satisfaction",
         "表示满意的问卷占有效问卷的比例；问卷份数写在旁边。",
         "the share of valid answers that are satisfied; their number stands "
         "beside it"),
};

const struct feature feature_children = {
    .name = S_INIT("children"),
    .label = TEXT_INIT("创益计划", "Children's science"),
    .about = TEXT_INIT("以儿童需求为导向的社区科普：讲座、表演和实验",
                       "Science for children in their communities: talks, "
                       "shows, experiments"),
    .order = 5,
    LIST(ledgers),
    LIST(figures),
    LIST(terms),
    .sentence =
        TEXT_INIT("{children.activities} 场活动来了 {children.child_visits} "
                  "人次孩子，满意率 {children.satisfaction}",
                  "{children.activities} activities, {children.child_visits} "
                  "visits of children, satisfaction {children.satisfaction}"),
};
