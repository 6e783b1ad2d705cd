/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Who leads a project and who is in its task force, with dates: a hand-over
 * ends one row and begins another. Beside it what officers set by hand: a
 * light, with its end and why; and the months that are closed.
 */
#include "base/date.h"
#include "feature/projects/projects.h"
#include "host/ledger/feature.h"

enum { PROJECT, NAME, DUTY, POST, FROM, UNTIL, CONSENT };

static const struct choice lead_duties[] = {
    CHOICE("secretary", "领办书记", "Secretary in charge"),
    CHOICE("lead", "领衔党组织负责人", "Head of the lead organisation"),
};

static const struct choice member_duties[] = {
    CHOICE("member", "专班成员", "Member of the task force",
           KNOWN_AS("成员|专班")),
    CHOICE("liaison", "联络员", "Liaison"),
};

#define OF_PROJECT                                                             \
    COLUMN(REF, "project", "所属项目", "Project",                              \
           REFERENCE("projects.project"), KNOWN_AS("项目名称|项目"),           \
           .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |        \
                    COLUMN_PARENT)
#define FROM_DAY(zh)                                                           \
    COLUMN(DATE, "from_day", zh, "From",                                       \
           .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_IDENTITY)
#define UNTIL_DAY(zh)                                                          \
    COLUMN(DATE, "until_day", zh, "Until", .flags = COLUMN_LISTED | COLUMN_END)
#define NAMES COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED | COLUMN_TITLE
#define DUTIES COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED | COLUMN_FILTER

/* Who answers for it: to visitors a post, and a name that is masked. */
static const struct column lead_columns[] = {
    [PROJECT] = OF_PROJECT,
    [NAME] = COLUMN(TEXT, "name", "领办人姓名", "Name", .max = 40,
                    .flags = NAMES | COLUMN_PERSONAL),
    [DUTY] = COLUMN(CHOICE, "duty", "领办职责", "Duty", CHOICES(lead_duties),
                    .flags = DUTIES),
    [POST] =
        COLUMN(TEXT, "post", "领办人职务", "Post",
               .hint = TEXT_INIT("写职务，不写姓名；网页上公开",
                                 "the post, not a name; everybody sees it"),
               .flags = COLUMN_LISTED),
    [FROM] = FROM_DAY("领办起"),
    [UNTIL] = UNTIL_DAY("领办止"),
    [CONSENT] =
        COLUMN(DATE, "consent", "本人同意公开姓名日期", "Agreed to be named on",
               .hint = TEXT_INIT("没有同意的不填，网页上只显示姓；撤回同意时"
                                 "清空，立即不再显示",
                                 "empty unless they did: then only the family "
                                 "name is shown; empty it when they take it "
                                 "back, which holds at once"),
               .flags = COLUMN_INTERNAL | COLUMN_CONSENT),
};

/* Who works on it: nobody's but the house's. */
static const struct column columns[] = {
    [PROJECT] = OF_PROJECT,
    [NAME] = COLUMN(TEXT, "name", "姓名", "Name", .max = 40,
                    .flags = NAMES | COLUMN_PERSONAL | COLUMN_INTERNAL),
    [DUTY] = COLUMN(CHOICE, "duty", "专班职责", "Duty", CHOICES(member_duties),
                    .flags = DUTIES),
    [POST] = COLUMN(TEXT, "post", "职务", "Post",
                    .flags = COLUMN_LISTED | COLUMN_INTERNAL),
    [FROM] = FROM_DAY("任职起"),
    [UNTIL] = UNTIL_DAY("任职止"),
};

static bool check_member(struct scope in, const struct ledger_row *row,
                         size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    *ret_column = UNTIL;
    *ret_reason = TEXT("早于起始日期，请核对", "is before the first day");
    return !row_has(row, UNTIL) || row_int(row, UNTIL) >= row_int(row, FROM);
}

const struct ledger lead_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("lead"),
    .label = TEXT_INIT("项目领衔领办人", "Who leads the projects"),
    .unit = TEXT_INIT("人", "people"),
    .about =
        TEXT_INIT("谁领衔、谁领办，从哪天到哪天；换人时写上止日，另记一条。"
                  "本人没有同意的，网页上不显示姓名。",
                  "Who leads and who is in charge, from when until when; "
                  "at a hand-over one row ends and another begins. Nobody "
                  "is named to visitors who did not agree."),
    LIST_OF(columns, lead_columns),
    .open = true,
    .check = check_member,
};

const struct ledger member_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("member"),
    .label = TEXT_INIT("项目专班", "Task forces of projects"),
    .unit = TEXT_INIT("人", "people"),
    .about = TEXT_INIT("谁在专班、谁联络，从哪天到哪天。",
                       "Who is in the task force and who the liaison, from "
                       "when until when."),
    LIST(columns),
    .open = true,
    .check = check_member,
};

/* ---- a light by hand ---- */

static const struct column override_columns[] = {
    [OVERRIDE_PROJECT] =
        COLUMN(REF, "project", "所属项目", "Project",
               REFERENCE("projects.project"), KNOWN_AS("项目名称|项目"),
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_PARENT),
    [OVERRIDE_LIGHT] =
        COLUMN(CHOICE, "light", "调整为", "Light set", CHOICES(project_lights),
               BY_OFFICER, .flags = COLUMN_LISTED),
    [OVERRIDE_FROM] =
        COLUMN(DATE, "from_day", "调整起", "Set from",
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED),
    [OVERRIDE_UNTIL] = COLUMN(DATE, "until_day", "调整止", "Set until",
                              BY_OFFICER, .flags = COLUMN_LISTED),
    [OVERRIDE_WHY] =
        COLUMN(TEXT, "why", "调整原因", "Why",
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_TITLE |
                        COLUMN_LISTED | COLUMN_INTERNAL),
};

static bool check_override(struct scope in, const struct ledger_row *row,
                           size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    *ret_column = OVERRIDE_UNTIL;
    *ret_reason = TEXT("人工调整要写明到哪天为止，且不早于起日",
                       "a light set by hand needs its last day, not before "
                       "its first");
    if (row_int(row, OVERRIDE_UNTIL) < row_int(row, OVERRIDE_FROM))
        return false;
    *ret_column = OVERRIDE_LIGHT;
    *ret_reason = TEXT("请选择灯", "choose the light");
    return row_has(row, OVERRIDE_LIGHT);
}

const struct ledger override_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("override"),
    .label = TEXT_INIT("人工调整亮灯", "Lights set by hand"),
    .unit = TEXT_INIT("次", "lights set"),
    .about = TEXT_INIT("由区级管理员填写，写明原因和止日。",
                       "By a district officer, with the reason and the end."),
    LIST_OF(columns, override_columns),
    .open = true,
    .check = check_override,
};

/* ---- closed months ---- */

enum { CLOSING_NAME, CLOSING_LAST };

static const struct column closing_columns[] = {
    [CLOSING_NAME] =
        COLUMN(TEXT, "name", "关账月份", "Month closed",
               .hint = TEXT_INIT("例如 2024年10月", "such as October 2024"),
               .max = 40,
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_TITLE),
    [CLOSING_LAST] =
        COLUMN(DATE, "last_day", "关账到（最后一天）", "Closed up to",
               KNOWN_AS("关账到|月末日"),
               .flags = COLUMN_REQUIRED | COLUMN_LISTED | COLUMN_WHEN),
};

const struct ledger closing_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("closing"),
    .label = TEXT_INIT("月度关账", "Closed months"),
    .unit = TEXT_INIT("个月", "months"),
    .about = TEXT_INIT("关账以后，补报的办结从下个月算起，不改已关账月份的灯。",
                       "What is reported after its month was closed counts "
                       "from the next one; closed months do not change."),
    LIST_OF(columns, closing_columns),
    .open = true,
};

int32_t closed_until(struct scope in)
{
    struct row_walk w = row_walk(in, &closing_ledger);
    struct ledger_row *row;
    int32_t last = 0;

    while (row_walk_next(&w, in.m, &row))
        if (row_stands(row) && row_int(row, CLOSING_LAST) > last)
            last = (int32_t)row_int(row, CLOSING_LAST);
    return last;
}
