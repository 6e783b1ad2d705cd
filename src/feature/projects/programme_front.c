/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What stands first on the programme's page. */
#include "base/date.h"
#include "feature/projects/front.h"
#include "feature/projects/projects.h"
#include "feature/projects/views/front.h"
#include "host/desk/page.h"
#include "host/ledger/period.h"
#include "host/ledger/record.h"

static struct text name_of(const struct standing *s)
{
    return text_same(row_str(s->row, PROJECT_NAME));
}

/* ---- lamps ---- */

static struct text lag_words(struct mem *m, const struct standing *s)
{
    if (s->lag <= 0 || s->light == LIGHT_CLOSED)
        return TEXT("", "");
    return text_with(m, TEXT("落后 {1} 点", "{1} points behind"),
                     text_same(picture_points(m, s->lag)));
}

static struct lamp lamp(struct mem *m, const struct standing *s)
{
    return (struct lamp){
        .light = lamp_of(s->light),
        .number = row_has(s->row, PROJECT_NO) ? row_int(s->row, PROJECT_NO)
                                              : s->row->id,
        .name = name_of(s),
        .why = lag_words(m, s),
        .link = row_path(m, &project_ledger, s->row->id),
    };
}

static void fill_group(struct mem *m, const struct programme *p,
                       struct standing *const *v, struct str field,
                       struct lamp_group *g)
{
    int64_t done = 0;
    int64_t due = 0;

    g->lamps = NEW_ARRAY(m, struct lamp, p->n);
    for (size_t i = 0; i < p->n; i++) {
        if (!str_eq(row_str(v[i]->row, PROJECT_FIELD), field))
            continue;
        g->lamps[g->n++] = lamp(m, v[i]);
        done += v[i]->done;
        due += v[i]->due;
    }
    if (g->n)
        g->mean =
            (struct progress){ done / (int64_t)g->n, due / (int64_t)g->n };
}

static void make_lamps(struct mem *m, const struct programme *p,
                       struct standing *const *sorted, struct lamps *ret)
{
    const struct column *field = &project_ledger.columns[PROJECT_FIELD];

    ret->title = TEXT("每一盏灯是一个项目", "Each light is a project");
    ret->finding =
        TEXT("按领域排列，先红后绿；灯下是序号，点开看项目。条是平均进"
             "度，竖线是计划。",
             "By field, red first, each with its number. The bar "
             "is the mean progress, the tick the plan.");
    ret->groups = NEW_ARRAY(m, struct lamp_group, field->choices_n);
    for (size_t i = 0; i < field->choices_n; i++) {
        struct lamp_group *g = &ret->groups[ret->n];

        fill_group(m, p, sorted, field->choices[i].key, g);
        if (g->n == 0)
            continue;
        g->title = text_with(m, TEXT("{1} {2} 项", "{1}: {2}"),
                             field->choices[i].label,
                             text_same(str_of_int(m, (int64_t)g->n)));
        g->link = str_fmt(m, "/projects/fields/%.*s?year=%d&day=%.*s",
                          STR_ARG(field->choices[i].key), p->year,
                          STR_ARG(date_iso(m, p->day)));
        ret->n++;
    }
}

/* ---- months ---- */

static void add_milestone(const struct project_plan *p, size_t i, int32_t day,
                          struct months *ret)
{
    const struct plan_step *s = &p->plan.steps[i];
    int32_t due = plan_due_of(&p->plan, i, day);
    int32_t done = (int32_t)row_int(p->milestones[i], MILESTONE_DONE_ON);
    struct month_bar *b;

    if (date_year(due) != ret->year)
        return;
    b = &ret->bars[date_month(due) - 1];
    if (!s->counted || s->counted > day)
        b->rest++;
    else if ((done ? done : s->counted) > due)
        b->late++;
    else
        b->on_time++;
}

static void make_months(struct mem *m, const struct programme *p,
                        struct months *ret)
{
    int64_t due = 0;
    int64_t owed = 0;

    ret->year = p->year;
    ret->today = p->day;
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < p->v[i].plan.plan.steps_n; k++)
            add_milestone(&p->v[i].plan, k, p->day, ret);
    for (int i = 0; i < MONTH_BARS; i++) {
        struct month_bar *b = &ret->bars[i];

        b->link =
            str_fmt(m, "/figures/projects.milestones.due?year=%d&month=%d",
                    p->year, i + 1);
        if (date_make(p->year, i + 1, 1) > p->day)
            continue;
        due += b->on_time + b->late + b->rest;
        owed += b->rest;
    }
    ret->title = TEXT("里程碑的到期与办结", "Milestones due and done");
    ret->finding = text_fmt(m, "到这个月到期 %lld 个，还欠 %lld 个",
                            "%lld due up to this month, %lld of them not done",
                            (long long)due, (long long)owed);
    months_draw(ret);
}

/* ---- who is behind ---- */

static void make_behind(struct mem *m, const struct programme *p,
                        struct standing *const *sorted,
                        struct programme_view *v)
{
    v->behind = NEW_ARRAY(m, struct standing_line, p->n);
    for (size_t i = 0; i < p->n; i++)
        if (sorted[i]->light == LIGHT_RED || sorted[i]->light == LIGHT_YELLOW)
            v->behind[v->behind_n++] = standing_line(m, sorted[i], p->day);
}

/* ---- all of it ---- */

/* Of a year with too many to read: how many are of each light. */
static void count_lights(struct scope in, struct programme_view *v)
{
    struct str kind = period_kind(in.m, &project_ledger, PROJECT_LIGHT);

    v->n = tally_read(in, v->year, S("projects.project"), S("")).n;
    for (size_t i = 0; i < COUNT(project_lights); i++)
        v->lights[LIGHT_GREEN + i] =
            period_count(in, kind, project_lights[i].key, v->year, v->day);
}

static void make_pictures(struct scope in, const struct programme *p,
                          struct programme_view *v)
{
    struct standing **all = programme_sorted(in.m, p);

    for (size_t i = 0; i < p->n; i++)
        v->lights[p->v[i].light]++;
    make_lamps(in.m, p, all, &v->lamps);
    make_months(in.m, p, &v->months);
    v->slipped_n = front_slipped(in.m, p, 0, &v->slipped);
    v->silent_n = front_silent(in, p, &v->silent);
    make_behind(in.m, p, all, v);
}

enum err programme_front(struct ctx *c)
{
    struct programme_view v = { .year = c->year };
    struct programme p;
    enum err e = front_day(c, c->year, &v.day);

    if (e != OK)
        return e;
    v.on = date_text(c->m, v.day);
    v.iso = date_iso(c->m, v.day);
    programme_read(ctx_scope(c), c->year, v.day, &p);
    if (p.n == 0 && !p.many)
        return OK;
    v.n = (int64_t)p.n;
    v.many = p.many;
    v.staff = has_role(&c->who, ROLE_OFFICER | ROLE_EDITOR);
    v.silent_days = p.quiet;
    v.months.today_label = front_day_label(c, v.day);
    if (v.many)
        count_lights(ctx_scope(c), &v);
    else
        make_pictures(ctx_scope(c), &p, &v);
    view_programme_front(page_body(c), &v);
    return OK;
}
