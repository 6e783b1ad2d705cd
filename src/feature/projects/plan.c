/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/projects/plan.h"

#include "base/date.h"
#include "feature/projects/moves.h"
#include "feature/projects/projects.h"
#include "host/ledger/policy.h"

struct thresholds thresholds_read(struct scope in, int32_t year)
{
    static const struct str keys[] = {
        S_INIT("projects.light_yellow"),
        S_INIT("projects.light_red"),
        S_INIT("projects.light_months"),
        S_INIT("projects.silent_days"),
    };
    int64_t v[COUNT(keys)];

    policies_read(in, year, keys, COUNT(keys), v);
    return (struct thresholds){ v[0], v[1], v[2], v[3] };
}

/* What the plan points to, while it is filled. */
struct facts {
    struct plan_step *steps;
    struct plan_move *moves;
    struct plan_span *spans;
    struct project_plan *ret;
};

static size_t count_moves(const struct part_list *parts)
{
    size_t n = 0;

    for (size_t i = 0; i < parts->n; i++) {
        struct str rest;
        struct move move;

        if (parts->v[i]->ledger != &milestone_ledger)
            continue;
        rest = row_str(parts->v[i], MILESTONE_MOVES);
        while (move_next(&rest, &move))
            n++;
    }
    return n;
}

static struct facts facts_begin(struct mem *m, const struct part_list *parts,
                                struct project_plan *ret)
{
    struct facts f = {
        .steps = NEW_ARRAY(m, struct plan_step, parts->n),
        .moves = NEW_ARRAY(m, struct plan_move, count_moves(parts)),
        .spans = NEW_ARRAY(m, struct plan_span, parts->n + 1), /* a pause */
        .ret = ret,
    };

    *ret = (struct project_plan){
        .plan = { .steps = f.steps, .moves = f.moves, .spans = f.spans },
        .milestones = NEW_ARRAY(m, const struct ledger_row *, parts->n),
        .overrides = NEW_ARRAY(m, const struct ledger_row *, parts->n),
    };
    return f;
}

/* The dates that it had before: the first of them is the one approved. */
static void add_moves(struct facts *f, const struct ledger_row *milestone)
{
    struct plan *p = &f->ret->plan;
    struct str rest = row_str(milestone, MILESTONE_MOVES);
    struct move move;

    for (size_t n = 0; move_next(&rest, &move); n++) {
        if (n == 0)
            f->steps[p->steps_n].due = move.from;
        f->moves[p->moves_n++] =
            (struct plan_move){ p->steps_n, move.on, move.to };
    }
}

static void add_milestone(struct facts *f, const struct ledger_row *milestone)
{
    struct plan *p = &f->ret->plan;

    f->steps[p->steps_n] = (struct plan_step){
        .due = (int32_t)row_int(milestone, MILESTONE_DUE),
        .counted = (int32_t)row_int(milestone, MILESTONE_COUNTED_ON),
        .weight = 100 * row_int(milestone, MILESTONE_WEIGHT),
    };
    add_moves(f, milestone);
    f->ret->milestones[p->steps_n++] = milestone;
}

static enum light light_of(struct str key)
{
    for (size_t i = 0; i < COUNT(project_lights); i++)
        if (str_eq(project_lights[i].key, key))
            return (enum light)(LIGHT_GREEN + i);
    return LIGHT_NONE;
}

static void add_override(struct facts *f, const struct ledger_row *row)
{
    f->spans[f->ret->plan.spans_n++] = (struct plan_span){
        (int32_t)row_int(row, OVERRIDE_FROM),
        (int32_t)row_int(row, OVERRIDE_UNTIL),
        light_of(row_str(row, OVERRIDE_LIGHT)),
    };
    f->ret->overrides[f->ret->overrides_n++] = row;
}

static int32_t day_before(int64_t day)
{
    return day ? date_from_days(date_to_days((int32_t)day) - 1) : 0;
}

static void add_dates(struct facts *f, const struct ledger_row *row)
{
    struct plan *p = &f->ret->plan;
    int32_t planned = (int32_t)row_int(row, PROJECT_STARTS_ON);
    int32_t active = (int32_t)row_int(row, PROJECT_ACTIVE_ON);
    int32_t started = (int32_t)row_int(row, PROJECT_STARTED_ON);
    bool runs = row_state_at(row) >= PROJECT_ACTIVE;

    /* What a file brought under way began as it was planned. */
    p->active_from = active ? active : runs ? planned : 0;
    p->started_on = started ? started : active ? 0 : planned;
    p->starts_on = planned;
    p->closed_on = (int32_t)row_int(row, PROJECT_CLOSED_ON);
    if (row_has(row, PROJECT_PAUSED_ON))
        f->spans[p->spans_n++] =
            (struct plan_span){ (int32_t)row_int(row, PROJECT_PAUSED_ON),
                                day_before(row_int(row, PROJECT_RESUMED_ON)),
                                LIGHT_PAUSED };
}

void plan_of(struct mem *m, const struct ledger_row *project,
             const struct part_list *parts, const struct thresholds *t,
             struct project_plan *ret)
{
    struct facts f = facts_begin(m, parts, ret);

    for (size_t i = 0; i < parts->n; i++) {
        if (parts->v[i]->ledger == &override_ledger)
            add_override(&f, parts->v[i]);
        if (parts->v[i]->ledger == &milestone_ledger)
            add_milestone(&f, parts->v[i]);
    }
    add_dates(&f, project);
    ret->plan.yellow = t->yellow;
    ret->plan.red = t->red;
    ret->plan.months = t->months;
}
