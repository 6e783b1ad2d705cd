/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/projects/why.h"

#include "base/date.h"
#include "feature/projects/projects.h"
#include "host/page/picture.h"

struct text light_name(enum light light)
{
    switch (light) {
    case LIGHT_GREEN:
        return TEXT("绿灯", "green");
    case LIGHT_YELLOW:
        return TEXT("黄灯", "yellow");
    case LIGHT_RED:
        return TEXT("红灯", "red");
    case LIGHT_PAUSED:
        return TEXT("暂停", "paused");
    case LIGHT_CLOSED:
        return TEXT("已销号", "closed");
    case LIGHT_NONE:
        break;
    }
    return TEXT("未亮灯", "no light");
}

static int32_t day_moved(int32_t day, int by)
{
    return date_from_days(date_to_days(day) + by);
}

static struct str name_of(const struct project_plan *p, size_t step)
{
    return row_str(p->milestones[step], MILESTONE_NAME);
}

/* ---- what turned it ---- */

static bool turn_of_step(struct mem *m, const struct project_plan *p,
                         int32_t day, struct text *ret)
{
    const struct plan *plan = &p->plan;
    int32_t before = day_moved(day, -1);

    for (size_t i = 0; i < plan->steps_n; i++) {
        const struct plan_step *s = &plan->steps[i];
        bool done = s->counted && s->counted <= day;

        if (s->counted == day)
            *ret = text_fmt(m, "“%.*s”办结", "“%.*s” was done",
                            STR_ARG(name_of(p, i)));
        else if (!done && plan_due_of(plan, i, day) == before)
            *ret = text_fmt(m, "“%.*s”过期", "“%.*s” became overdue",
                            STR_ARG(name_of(p, i)));
        else if (plan_due_of(plan, i, day) != plan_due_of(plan, i, before))
            *ret = text_fmt(m, "“%.*s”改期", "“%.*s” was moved",
                            STR_ARG(name_of(p, i)));
        else
            continue;
        return true;
    }
    return false;
}

static bool turn_of_span(const struct project_plan *p, int32_t day,
                         struct text *ret)
{
    const struct plan *plan = &p->plan;

    for (size_t i = 0; i < plan->spans_n; i++) {
        bool pause = i >= p->overrides_n;

        if (plan->spans[i].from == day)
            *ret = pause ? TEXT("暂停", "paused")
                         : TEXT("人工调整", "set by hand");
        else if (plan->spans[i].until &&
                 day_moved(plan->spans[i].until, 1) == day)
            *ret = pause ? TEXT("恢复", "resumed")
                         : TEXT("人工调整到期", "what was set by hand ended");
        else
            continue;
        return true;
    }
    return false;
}

static struct text cause_of(struct mem *m, const struct project_plan *p,
                            int32_t day)
{
    struct text ret;

    if (p->plan.closed_on == day)
        return TEXT("销号", "closed");
    if (p->plan.active_from == day)
        return TEXT("开始实施", "under way");
    if (turn_of_span(p, day, &ret) || turn_of_step(m, p, day, &ret))
        return ret;
    if (p->plan.started_on == day)
        return TEXT("开工", "started");
    return plan_months_late(&p->plan, day) > 0
               ? TEXT("过了计划的月份没有开工",
                      "not started in the month planned")
               : TEXT("", "");
}

/* ---- the reason ---- */

static struct text weight_words(struct mem *m, const struct plan *p,
                                int32_t day)
{
    struct str due = picture_points(m, plan_due(p, day));
    struct str done = picture_points(m, plan_done(p, day));
    int64_t lag = plan_lag(p, day);
    struct str by = picture_points(m, lag < 0 ? -lag : lag);

    if (lag == 0)
        return text_fmt(m, "按里程碑应完成 %.*s%%，已完成 %.*s%%，按计划。",
                        "%.*s%% was due and %.*s%% is done: as planned.",
                        STR_ARG(due), STR_ARG(done));
    if (lag < 0)
        return text_fmt(
            m, "按里程碑应完成 %.*s%%，已完成 %.*s%%，超前 %.*s 个百分点。",
            "%.*s%% was due and %.*s%% is done: %.*s points ahead.",
            STR_ARG(due), STR_ARG(done), STR_ARG(by));
    return text_fmt(
        m, "按里程碑应完成 %.*s%%，已完成 %.*s%%，落后 %.*s 个百分点。",
        "%.*s%% was due and %.*s%% is done: %.*s points behind.", STR_ARG(due),
        STR_ARG(done), STR_ARG(by));
}

static struct text rule_words(struct mem *m, const struct plan *p, int64_t lag)
{
    if (lag > 100 * p->red)
        return text_fmt(m, "落后超过 %lld 点亮红灯。",
                        " More than %lld points behind is red.",
                        (long long)p->red);
    if (lag >= 100 * p->yellow)
        return text_fmt(m, "落后 %lld 到 %lld 点亮黄灯。",
                        " %lld to %lld points behind is yellow.",
                        (long long)p->yellow, (long long)p->red);
    return text_fmt(m, "落后不到 %lld 点亮绿灯。",
                    " Less than %lld points behind is green.",
                    (long long)p->yellow);
}

static struct text late_words(struct mem *m, const struct plan *p, int32_t day)
{
    int64_t late = plan_months_late(p, day);

    if (late <= 0)
        return TEXT("", "");
    return text_fmt(m,
                    "计划 %d 月开工，过了 %lld 个月还没有报开工：过月亮黄灯，"
                    "满 %lld 个月亮红灯。",
                    " The start was planned for month %d and has not been "
                    "reported, %lld months later: yellow from the next month, "
                    "red after %lld.",
                    date_month(p->starts_on), (long long)late,
                    (long long)p->months);
}

static struct text span_words(struct mem *m, const struct project_plan *p,
                              size_t span)
{
    const struct plan_span *s = &p->plan.spans[span];

    if (span >= p->overrides_n)
        return text_with(m,
                         TEXT("{1}起暂停，期间不亮灯。",
                              "Paused since {1}; no light meanwhile."),
                         date_text(m, s->from));
    return text_with(m,
                     TEXT("人工调整为{1}，{2}起，到{3}为止。",
                          "Set to {1} by hand, from {2} until {3}."),
                     light_name(s->light), date_text(m, s->from),
                     date_text(m, s->until));
}

static struct text reason(struct mem *m, const struct project_plan *p,
                          int32_t day, enum light light)
{
    const struct plan *plan = &p->plan;
    size_t span = plan_span_at(plan, day);

    if (light == LIGHT_NONE)
        return TEXT("还没有开始实施，不亮灯。", "Not under way yet: no light.");
    if (light == LIGHT_CLOSED)
        return text_with(m, TEXT("{1}销号。", "Closed on {1}."),
                         date_text(m, plan->closed_on));
    if (span != SIZE_MAX)
        return span_words(m, p, span);
    return text_with(m, TEXT("{1}{2}{3}", "{1}{2}{3}"),
                     weight_words(m, plan, day),
                     rule_words(m, plan, plan_lag(plan, day)),
                     late_words(m, plan, day));
}

/* ---- what comes next ---- */

/* The first by its date that should be done and is not; SIZE_MAX: none. */
static size_t first_owed(const struct plan *p, int32_t day)
{
    size_t first = SIZE_MAX;

    for (size_t i = 0; i < p->steps_n; i++) {
        int32_t due = plan_due_of(p, i, day);

        if (due < day && (!p->steps[i].counted || p->steps[i].counted > day) &&
            (first == SIZE_MAX || due < plan_due_of(p, first, day)))
            first = i;
    }
    return first;
}

/* As it would be, were the step done today. */
static struct text if_done(struct mem *m, const struct project_plan *p,
                           size_t step, int32_t day)
{
    struct plan then = p->plan;
    struct plan_step *steps = NEW_ARRAY(m, struct plan_step, then.steps_n);
    enum light now = light_on(&then, day);
    enum light light;

    for (size_t i = 0; i < then.steps_n; i++)
        steps[i] = then.steps[i];
    steps[step].counted = day;
    then.steps = steps;
    light = light_on(&then, day);
    return text_with(
        m,
        light == now
            ? TEXT("“{1}”办结后还落后 {2} 点，仍是{3}。",
                   "With “{1}” done it is {2} points behind and stays {3}.")
            : TEXT("“{1}”办结后落后 {2} 点，转为{3}。",
                   "With “{1}” done it is {2} points behind and turns {3}."),
        text_same(name_of(p, step)),
        text_same(picture_points(m, plan_lag(&then, day) > 0
                                        ? plan_lag(&then, day)
                                        : 0)),
        light_name(light));
}

static struct text if_not(struct mem *m, const struct project_plan *p,
                          const struct light_period *next)
{
    return text_with(m,
                     TEXT("不再有变化的话，{1}转为{2}：{3}。",
                          "If nothing else happens it turns {2} on {1}: {3}."),
                     date_text(m, next->since), light_name(next->light),
                     cause_of(m, p, next->since));
}

static struct text what_next(struct mem *m, const struct project_plan *p,
                             int32_t day, const struct light_period *next)
{
    enum light light = light_on(&p->plan, day);
    size_t owed = first_owed(&p->plan, day);

    if (plan_span_at(&p->plan, day) == SIZE_MAX && owed != SIZE_MAX &&
        (light == LIGHT_YELLOW || light == LIGHT_RED))
        return if_done(m, p, owed, day);
    return next && light != LIGHT_CLOSED ? if_not(m, p, next) : TEXT("", "");
}

void why_light(struct mem *m, const struct project_plan *p, int32_t day,
               struct why *ret)
{
    struct light_period *v;
    size_t n = light_periods(m, &p->plan, &v);

    *ret = (struct why){ .light = light_on(&p->plan, day),
                         .turns = NEW_ARRAY(m, struct turn, n) };
    while (ret->n < n && v[ret->n].since <= day) {
        const struct light_period *l = &v[ret->n];

        ret->turns[ret->n++] =
            (struct turn){ l->light, l->since, date_text(m, l->since),
                           cause_of(m, p, l->since) };
    }
    ret->words = reason(m, p, day, ret->light);
    ret->next = what_next(m, p, day, ret->n < n ? &v[ret->n] : NULL);
}
