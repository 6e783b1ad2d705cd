/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The ledger of monthly reviews, and what a month tells of a project. */
#include "feature/projects/review.h"

#include "base/date.h"
#include "feature/projects/projects.h"
#include "host/ledger/feature.h"

/* ---- months ---- */

int32_t month_first(int32_t month)
{
    return month * 100 + 1;
}

int32_t month_after(int32_t month)
{
    return month % 100 == 12 ? month + 89 : month + 1;
}

int32_t month_before(int32_t month)
{
    return month % 100 == 1 ? month - 89 : month - 1;
}

int32_t month_last(int32_t month)
{
    return date_from_days(date_to_days(month_first(month_after(month))) - 1);
}

struct text month_words(struct mem *m, int32_t month)
{
    /* "1 October 2024" without its day */
    struct str en = date_words(m, month_first(month), LANG_EN);

    return (struct text){
        str_fmt(m, "%d年%d月", month / 100, month % 100),
        str_slice(en, 2, en.n),
    };
}

int32_t review_day(int32_t month, int32_t today)
{
    int32_t last = month_last(month);

    return today < last ? today : last;
}

/* ---- the ledger ---- */

static const struct choice states[] = {
    [REVIEW_OPEN] = CHOICE("open", "待确认", "To confirm", .tone = TONE_WARN),
    [REVIEW_CONFIRMED] =
        CHOICE("confirmed", "已确认", "Confirmed", .tone = TONE_DONE),
};

#define TOLD(name, zh, en)                                                     \
    COLUMN(COUNT, name, zh, en, BY_STEP, .flags = COLUMN_LISTED, .max = 10000)

static const struct column columns[] = {
    [REVIEW_NAME] =
        COLUMN(TEXT, "name", "调度表名称", "Review", BY_OFFICER,
               .flags = COLUMN_LISTED | COLUMN_TITLE | COLUMN_DERIVED),
    [REVIEW_UNIT] =
        COLUMN(REF, "unit", "填报单位", "Unit", REGISTRY_UNIT, BY_OFFICER,
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_LISTED |
                        COLUMN_FILTER | COLUMN_OWNER),
    [REVIEW_LAST] =
        COLUMN(DATE, "last_day", "月末", "Last day of the month", BY_OFFICER,
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_WHEN),
    [REVIEW_BY] = COLUMN(DATE, "confirm_by", "请在何时前确认", "Confirm by",
                         BY_OFFICER, .flags = COLUMN_REQUIRED | COLUMN_LISTED),
    [REVIEW_STATE] =
        COLUMN(CHOICE, "state", "调度表状态", "State of the review",
               CHOICES(states), BY_STEP,
               .flags = COLUMN_LISTED | COLUMN_FILTER | COLUMN_STATE),
    [REVIEW_PROJECTS] = TOLD("projects", "确认时项目", "Projects confirmed"),
    [REVIEW_GREEN] = TOLD("green", "确认时绿灯", "Green when confirmed"),
    [REVIEW_YELLOW] = TOLD("yellow", "确认时黄灯", "Yellow when confirmed"),
    [REVIEW_RED] = TOLD("red", "确认时红灯", "Red when confirmed"),
    [REVIEW_DONE] =
        TOLD("done", "当月办结里程碑", "Milestones done in the month"),
    [REVIEW_BLOCKERS] =
        TOLD("blockers", "没有解决的难点", "Blockers not solved"),
    [REVIEW_CONFIRMED_ON] =
        COLUMN(DATE, "confirmed_on", "确认日期", "Confirmed on", BY_STEP,
               .flags = COLUMN_LISTED),
    [REVIEW_NOTE] =
        COLUMN(LINES, "note", "填报说明", "Note", BY_OWNER,
               .hint = TEXT_INIT("选填；要别的单位帮的，请在项目里提难点",
                                 "optional; what others should help with is a "
                                 "blocker of the project"),
               .flags = COLUMN_INTERNAL),
};

static int32_t month_of(const struct ledger_row *row)
{
    return (int32_t)(row_int(row, REVIEW_LAST) / 100);
}

static void derive_review(struct mem *m, struct ledger_row *row)
{
    struct str month;

    row->values[REVIEW_NAME] = column_none(&columns[REVIEW_NAME]);
    if (!row_has(row, REVIEW_LAST))
        return;
    month = month_words(m, month_of(row)).zh;
    row->values[REVIEW_NAME] = STR(str_fmt(m, "%.*s调度表", STR_ARG(month)));
}

static bool check_review(struct scope in, const struct ledger_row *row,
                         size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    *ret_column = REVIEW_LAST;
    *ret_reason =
        TEXT("应是一个月的最后一天", "must be the last day of a month");
    if (row_int(row, REVIEW_LAST) != month_last(month_of(row)))
        return false;
    *ret_column = REVIEW_BY;
    *ret_reason = TEXT("应晚于月初，请核对", "must be after the month began");
    return row_int(row, REVIEW_BY) > month_first(month_of(row));
}

static int64_t done_in(const struct standing *s, int32_t month)
{
    const struct plan *plan = &s->plan.plan;
    int64_t n = 0;

    for (size_t i = 0; i < plan->steps_n; i++)
        n += plan->steps[i].counted / 100 == month;
    return n;
}

/* What stood there when the unit said yes; later facts do not move it. */
static void set_told(struct scope in, int32_t day, struct ledger_row *row)
{
    int32_t month = month_of(row);
    int64_t told[REVIEW_CONFIRMED_ON + 1] = { 0 };
    struct programme p;

    programme_read(in, row->year, review_day(month, day), &p);
    for (size_t i = 0; i < p.n; i++) {
        const struct standing *s = &p.v[i];

        if (row_int(s->row, PROJECT_UNIT) != row_int(row, REVIEW_UNIT))
            continue;
        told[REVIEW_PROJECTS]++;
        told[REVIEW_GREEN] += s->light == LIGHT_GREEN;
        told[REVIEW_YELLOW] += s->light == LIGHT_YELLOW;
        told[REVIEW_RED] += s->light == LIGHT_RED;
        told[REVIEW_DONE] += done_in(s, month);
        for (size_t k = 0; k < s->parts.n; k++)
            told[REVIEW_BLOCKERS] += blocker_is_open(s->parts.v[k], p.day);
    }
    for (size_t i = REVIEW_PROJECTS; i < REVIEW_CONFIRMED_ON; i++)
        row->values[i] = INT(told[i]);
}

static const struct step steps[] = {
    STEP("confirm", "确认并报送", "Confirm", .by = RELATION_OWNER,
         .from = AT(REVIEW_OPEN), .to = REVIEW_CONFIRMED, .sets = set_told,
         .days = AT(REVIEW_CONFIRMED_ON), .due = AT(REVIEW_BY), .ahead = 30,
         TASK("份调度表等您确认", "monthly reviews to confirm")),
    STEP("reopen", "有变化，重新确认", "Confirm again", .by = RELATION_OWNER,
         .from = AT(REVIEW_CONFIRMED), .to = REVIEW_OPEN, .reason = true,
         .clears = AT(REVIEW_CONFIRMED_ON) | AT(REVIEW_PROJECTS) |
                   AT(REVIEW_GREEN) | AT(REVIEW_YELLOW) | AT(REVIEW_RED) |
                   AT(REVIEW_DONE) | AT(REVIEW_BLOCKERS)),
};

const struct ledger review_ledger = {
    .feature = S_INIT("projects"),
    .noun = S_INIT("review"),
    .label = TEXT_INIT("项目调度表", "Monthly reviews of projects"),
    .unit = TEXT_INIT("份", "reviews"),
    .about = TEXT_INIT("每月一份，内容来自记录，责任单位只确认一次。",
                       "One a month and unit, filled from the records; the "
                       "unit confirms it once."),
    LIST(columns),
    LIST(steps),
    .derive = derive_review,
    .check = check_review,
};

/* ---- what a month tells of a project ---- */

static struct text joined(struct mem *m, struct text all, struct text one)
{
    if (text_empty(all))
        return one;
    return text_with(m, TEXT("{1}；{2}", "{1}; {2}"), all, one);
}

static struct text done_words(struct mem *m, const struct project_plan *p,
                              int32_t month)
{
    struct text all = TEXT("", "");

    for (size_t i = 0; i < p->plan.steps_n; i++) {
        const struct plan_step *s = &p->plan.steps[i];

        if (s->counted / 100 == month)
            all = joined(m, all,
                         text_with(m, TEXT("{1}，{2}", "{1}, {2}"),
                                   text_same(row_str(p->milestones[i],
                                                     MILESTONE_NAME)),
                                   date_text(m, s->counted)));
    }
    return text_empty(all) ? TEXT("没有", "none") : all;
}

static struct text one_next(struct mem *m, const struct project_plan *p,
                            size_t step, int32_t day)
{
    int32_t due = plan_due_of(&p->plan, step, day);

    return text_with(m,
                     due < day ? TEXT("{1}（{2}%），{3}到期，已过期",
                                      "{1} ({2}%), was due on {3}")
                               : TEXT("{1}（{2}%），{3}", "{1} ({2}%), {3}"),
                     text_same(row_str(p->milestones[step], MILESTONE_NAME)),
                     text_same(picture_points(m, p->plan.steps[step].weight)),
                     date_text(m, due));
}

static struct text next_words(struct mem *m, const struct project_plan *p,
                              int32_t month, int32_t day)
{
    int32_t last = month_last(month_after(month));
    struct text all = TEXT("", "");

    for (size_t i = 0; i < p->plan.steps_n; i++) {
        const struct plan_step *s = &p->plan.steps[i];

        if ((!s->counted || s->counted > day) &&
            plan_due_of(&p->plan, i, day) <= last)
            all = joined(m, all, one_next(m, p, i, day));
    }
    return text_empty(all) ? TEXT("没有到期的", "nothing is due") : all;
}

static void add_blockers(struct mem *m, const struct standing *s, int32_t month,
                         int32_t day, struct review_line *line)
{
    line->blockers = NEW_ARRAY(m, const struct ledger_row *, s->parts.n);
    for (size_t i = 0; i < s->parts.n; i++)
        if (blocker_is_open(s->parts.v[i], day) ||
            blocker_raised_in(s->parts.v[i], month))
            line->blockers[line->blockers_n++] = s->parts.v[i];
}

size_t review_lines(struct mem *m, const struct programme *p, int64_t unit,
                    int32_t month, struct review_line **ret)
{
    size_t n = 0;

    *ret = NEW_ARRAY(m, struct review_line, p->n);
    for (size_t i = 0; i < p->n; i++) {
        const struct standing *s = &p->v[i];
        struct review_line *line = &(*ret)[n];

        if (row_int(s->row, PROJECT_UNIT) != unit)
            continue;
        *line = (struct review_line){
            .s = s,
            .link = row_path(m, &project_ledger, s->row->id),
            .progress = { s->done, s->due },
            .done = done_words(m, &s->plan, month),
            .over = s->light == LIGHT_CLOSED,
        };
        line->next = line->over ? TEXT("已销号", "closed")
                                : next_words(m, &s->plan, month, p->day);
        add_blockers(m, s, month, p->day, line);
        n++;
    }
    return n;
}
