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
    { S_INIT("agreed"), TEXT_INIT("已签共建协议", "Agreement signed"),
      S_INIT("已签协议") },
    { S_INIT("on_file"), TEXT_INIT("联系人已建档", "Contact on file"),
      S_INIT("已建档") },
    { S_INIT("talking"), TEXT_INIT("洽谈中", "In talks"), S_INIT("对接中") },
};

static const struct column provider_columns[] = {
    [PROVIDER_NO] = {
        .key = S_INIT("no"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("序号", "No."),
        .flags = COLUMN_LISTED,
    },
    [PROVIDER_NAME] = {
        .key = S_INIT("name"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("资源单位", "Provider"),
        .synonyms = S_INIT("科普资源|资源名称"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_TITLE,
    },
    [PROVIDER_FORMS] = {
        .key = S_INIT("forms"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("可提供形式", "Offers"),
        .flags = COLUMN_LISTED,
    },
    [PROVIDER_AGES] = {
        .key = S_INIT("ages"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("适宜年龄", "For ages"),
        .flags = COLUMN_LISTED,
    },
    [PROVIDER_CONTACT] = {
        .key = S_INIT("contact"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("对接情况", "State"),
        CHOICES(contacts),
        .flags = COLUMN_LISTED | COLUMN_FILTER,
    },
    [PROVIDER_PROMISED] = {
        .key = S_INIT("promised"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("承诺场次", "Sessions promised"),
        .flags = COLUMN_LISTED | COLUMN_REQUIRED,
        .max = 1000,
    },
};

static const struct record_kind provider_kinds[] = {
    { S_INIT("children.provider"), NULL },
};

static const struct ledger provider = {
    .feature = S_INIT("children"),
    .noun = S_INIT("provider"),
    .label = TEXT_INIT("科普服务资源", "Science providers"),
    .unit = TEXT_INIT("家", "providers"),
    .about = TEXT_INIT("能为社区儿童提供科普服务的单位和团体。",
                       "Institutions and groups that can teach children "
                       "science."),
    .columns = provider_columns,
    .columns_n = COUNT(provider_columns),
    .open = true,
    .kinds = provider_kinds,
    .kinds_n = COUNT(provider_kinds),
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
    { S_INIT("volunteer"), TEXT_INIT("志愿者", "Volunteer"), S_INIT("") },
    { S_INIT("lecturer"), TEXT_INIT("科普讲师", "Science lecturer"),
      S_INIT("讲师") },
    { S_INIT("social_worker"), TEXT_INIT("社会工作者", "Social worker"),
      S_INIT("社工") },
};

static const struct column helper_columns[] = {
    [HELPER_NO] = {
        .key = S_INIT("no"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("序号", "No."),
        .flags = COLUMN_LISTED,
    },
    [HELPER_NAME] = {
        .key = S_INIT("name"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("称呼", "Name"),
        .synonyms = S_INIT("姓名|志愿者姓名"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_PERSONAL | COLUMN_TITLE,
        .max = 40,
    },
    [HELPER_ROLE] = {
        .key = S_INIT("role"),
        .type = COLUMN_CHOICE,
        .label = TEXT_INIT("角色", "Role"),
        CHOICES(roles),
        .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_FILTER,
    },
    [HELPER_COMMUNITY] = {
        .key = S_INIT("community"),
        .type = COLUMN_REF,
        REGISTRY_COMMUNITY,
        .label = TEXT_INIT("服务社区", "Community"),
        .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_PLACE,
    },
    [HELPER_PHONE] = {
        .key = S_INIT("phone"),
        .type = COLUMN_PHONE,
        .label = TEXT_INIT("联系电话", "Telephone"),
        .synonyms = S_INIT("电话|手机号|手机"),
        .flags = COLUMN_IDENTITY | COLUMN_PERSONAL | COLUMN_INTERNAL,
    },
    [HELPER_BACKGROUND] = {
        .key = S_INIT("background"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("身份", "Background"),
        .flags = COLUMN_LISTED,
        .max = 40,
    },
    [HELPER_SINCE] = {
        .key = S_INIT("joined_on"),
        .type = COLUMN_DATE,
        .label = TEXT_INIT("招募时间", "Joined on"),
        .synonyms = S_INIT("招募日期|加入时间"),
    },
};

static const struct record_kind helper_kinds[] = {
    { S_INIT("children.volunteer"), NULL },
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
    .columns = helper_columns,
    .columns_n = COUNT(helper_columns),
    .open = true,
    .kinds = helper_kinds,
    .kinds_n = COUNT(helper_kinds),
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

#define PEOPLE(name, zh, en, words, also)                                      \
    {                                                                          \
        .key = S_INIT(name), .type = COLUMN_COUNT, .label = TEXT_INIT(zh, en), \
        .synonyms = S_INIT(words), .flags = also, .max = 100000,               \
    }

static const struct column activity_columns[] = {
    [NO] = {
        .key = S_INIT("no"),
        .type = COLUMN_COUNT,
        .label = TEXT_INIT("序号", "No."),
        .flags = COLUMN_LISTED,
    },
    [TOPIC] = {
        .key = S_INIT("topic"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("主题", "Topic"),
        .synonyms = S_INIT("活动主题|活动名称"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_TITLE,
    },
    [FORM] = {
        .key = S_INIT("form"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("形式", "Form"),
        .synonyms = S_INIT("活动形式"),
        .flags = COLUMN_LISTED,
    },
    [COMMUNITY] = {
        .key = S_INIT("community"),
        .type = COLUMN_REF,
        REGISTRY_COMMUNITY,
        .label = TEXT_INIT("社区", "Community"),
        .synonyms = S_INIT("活动社区|地点"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_FILTER | COLUMN_PLACE,
    },
    [HELD_ON] = {
        .key = S_INIT("held_on"),
        .type = COLUMN_DATE,
        .label = TEXT_INIT("日期", "Held on"),
        .synonyms = S_INIT("活动日期"),
        .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                 COLUMN_WHEN,
    },
    [TIME] = {
        .key = S_INIT("time"),
        .type = COLUMN_TEXT,
        .label = TEXT_INIT("时间", "Time"),
        .synonyms = S_INIT("活动时间"),
        .flags = COLUMN_IDENTITY,
        .max = 40,
    },
    [PROVIDER] = {
        .key = S_INIT("provider"),
        .type = COLUMN_REF,
        .ref = S_INIT("children.provider"),
        .label = TEXT_INIT("资源单位", "Provider"),
        .flags = COLUMN_LISTED | COLUMN_FILTER,
    },
    [HELPERS] = PEOPLE("helpers", "志愿者人数", "Volunteers", "志愿者数", 0),
    [CHILDREN] = PEOPLE("child_visits", "儿童人次", "Child visits",
                        "儿童数", COLUMN_REQUIRED | COLUMN_LISTED),
    [PARENTS] = PEOPLE("parent_visits", "家长人次", "Parent visits",
                       "家长数", COLUMN_LISTED),
    [MATCHED] = PEOPLE("matched_tests", "前后测匹配人数", "Matched tests",
                       "匹配人数", 0),
    [ANSWERS] = PEOPLE("answers", "有效问卷", "Valid answers", "问卷数", 0),
    [VERY_GOOD] = PEOPLE("very_satisfied", "非常满意", "Very satisfied", "",
                         0),
    [GOOD] = PEOPLE("satisfied", "满意", "Satisfied", "", 0),
    [REST] = PEOPLE("less_satisfied", "一般及以下", "Fair or less", "一般",
                    0),
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

static bool count_column(const struct ledger_row *row, size_t column,
                         struct record *ret)
{
    ret->quantity = row_int(row, column);
    return row_has(row, column);
}

static bool count_children(const struct rule *rule,
                           const struct ledger_row *row, struct record *ret)
{
    (void)rule;
    return count_column(row, CHILDREN, ret);
}

static bool count_parents(const struct rule *rule, const struct ledger_row *row,
                          struct record *ret)
{
    (void)rule;
    return count_column(row, PARENTS, ret);
}

static bool count_answers(const struct rule *rule, const struct ledger_row *row,
                          struct record *ret)
{
    (void)rule;
    return count_column(row, ANSWERS, ret);
}

static bool count_satisfied(const struct rule *rule,
                            const struct ledger_row *row, struct record *ret)
{
    (void)rule;
    ret->quantity = row_int(row, VERY_GOOD) + row_int(row, GOOD);
    return row_has(row, ANSWERS) && row_has(row, VERY_GOOD) &&
           row_has(row, GOOD);
}

static const struct record_kind activity_kinds[] = {
    { S_INIT("children.activity"), NULL },
    { S_INIT("children.child_visit"), count_children },
    { S_INIT("children.parent_visit"), count_parents },
    { S_INIT("children.answer"), count_answers },
    { S_INIT("children.satisfied"), count_satisfied },
};

static const struct ledger activity = {
    .feature = S_INIT("children"),
    .noun = S_INIT("activity"),
    .label = TEXT_INIT("儿童科普活动", "Science activities"),
    .unit = TEXT_INIT("场", "activities"),
    .about = TEXT_INIT("在社区开展的儿童科普活动。人次按签到记录。",
                       "Science activities for children in communities. "
                       "Visits are counted from the sign-in sheets."),
    .columns = activity_columns,
    .columns_n = COUNT(activity_columns),
    .open = true,
    .kinds = activity_kinds,
    .kinds_n = COUNT(activity_kinds),
    .check = check_activity,
};

static const struct figure figures[] = {
    {
        .key = S_INIT("children.providers"),
        .kind = S_INIT("children.provider"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("科普服务资源", "Science providers"),
        .rule = TEXT_INIT("本年度资源清单上的单位，每家计一次，作废的不计。",
                          "Providers on the year's ledger, each counted once; "
                          "voided rows do not count."),
        .unit = TEXT_INIT("家", "providers"),
    },
    {
        .key = S_INIT("children.volunteers"),
        .kind = S_INIT("children.volunteer"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("社区志愿者", "Community volunteers"),
        .rule =
            TEXT_INIT("本年度名册上的儿童科普志愿者，每人计一次，作废的不计。",
                      "People on the year's roster of science "
                      "volunteers, each counted once; voided rows do not "
                      "count."),
        .unit = TEXT_INIT("名", "volunteers"),
    },
    {
        .key = S_INIT("children.activities"),
        .kind = S_INIT("children.activity"),
        .measure = MEASURE_COUNT,
        .label = TEXT_INIT("儿童科普活动", "Science activities"),
        .rule =
            TEXT_INIT("日期在本年度的儿童科普活动，每场计一次，作废的不计。",
                      "Science activities held in the year, each counted "
                      "once; voided rows do not count."),
        .unit = TEXT_INIT("次", "activities"),
    },
    {
        .key = S_INIT("children.child_visits"),
        .kind = S_INIT("children.child_visit"),
        .measure = MEASURE_SUM,
        .label = TEXT_INIT("儿童人次", "Child visits"),
        .rule =
            TEXT_INIT("各场活动签到的儿童人次之和；同一儿童参加几场计几次。",
                      "Sum of the children signed in at each activity; a "
                      "child who comes twice counts twice."),
        .unit = TEXT_INIT("人次", "visits"),
    },
    {
        .key = S_INIT("children.parent_visits"),
        .kind = S_INIT("children.parent_visit"),
        .measure = MEASURE_SUM,
        .label = TEXT_INIT("家长人次", "Parent visits"),
        .rule = TEXT_INIT("各场活动签到的家长人次之和，与儿童分开统计。",
                          "Sum of the parents signed in at each activity, "
                          "counted apart from the children."),
        .unit = TEXT_INIT("人次", "visits"),
    },
    {
        .key = S_INIT("children.satisfaction"),
        .kind = S_INIT("children.satisfied"),
        .whole = S_INIT("children.answer"),
        .measure = MEASURE_RATIO,
        .label = TEXT_INIT("满意率", "Satisfaction"),
        .rule = TEXT_INIT(
            "（非常满意＋满意）÷有效问卷，四舍五入到百分数的两位小数；"
            "有效问卷不足 5 份时不显示百分数。",
            "(very satisfied + satisfied) ÷ valid answers, "
            "rounded half up to two decimals of a percent; not "
            "shown for fewer than 5 answers."),
        .unit = TEXT_INIT("", ""),
    },
};

static const struct ledger *const ledgers[] = { &provider, &volunteer,
                                                &activity };

const struct feature feature_children = {
    .name = S_INIT("children"),
    .label = TEXT_INIT("创益计划", "Children's science"),
    .about = TEXT_INIT("以儿童需求为导向的社区科普：讲座、表演和实验",
                       "Science for children in their communities: talks, "
                       "shows, experiments"),
    .order = 5,
    LIST(ledgers),
    LIST(figures),
    .headline = S_INIT("children.activities"),
};
