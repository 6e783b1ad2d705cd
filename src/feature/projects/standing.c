/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Projects as lines of a table, the most urgent first. */
#include "base/date.h"
#include "feature/projects/front.h"
#include "feature/projects/projects.h"

#include <stdlib.h>

/* Ink grows with urgency: red first, then by how far behind. */
static int by_urgency(const void *a, const void *b)
{
    static const int places[] = {
        [LIGHT_RED] = 0,    [LIGHT_YELLOW] = 1, [LIGHT_GREEN] = 2,
        [LIGHT_PAUSED] = 3, [LIGHT_NONE] = 4,   [LIGHT_CLOSED] = 5,
    };
    const struct standing *x = *(struct standing *const *)a;
    const struct standing *y = *(struct standing *const *)b;

    if (x->light != y->light)
        return places[x->light] - places[y->light];
    if (x->lag != y->lag)
        return x->lag > y->lag ? -1 : 1;
    return (x->row->id > y->row->id) - (x->row->id < y->row->id);
}

struct standing **programme_sorted(struct mem *m, const struct programme *p)
{
    struct standing **v = NEW_ARRAY(m, struct standing *, p->n);

    for (size_t i = 0; i < p->n; i++)
        v[i] = &p->v[i];
    qsort(v, p->n, sizeof(struct standing *), by_urgency);
    return v;
}

/* The first that is owed or comes next. */
static size_t next_step(const struct project_plan *p, int32_t day)
{
    size_t next = SIZE_MAX;

    for (size_t i = 0; i < p->plan.steps_n; i++) {
        const struct plan_step *s = &p->plan.steps[i];

        if ((!s->counted || s->counted > day) &&
            (next == SIZE_MAX ||
             plan_due_of(&p->plan, i, day) < plan_due_of(&p->plan, next, day)))
            next = i;
    }
    return next;
}

static struct text next_words(struct mem *m, const struct standing *s,
                              int32_t day)
{
    size_t step = next_step(&s->plan, day);
    int32_t due;
    struct text name;
    struct text on;

    if (step == SIZE_MAX)
        return TEXT("", "");
    due = plan_due_of(&s->plan.plan, step, day);
    name = text_same(row_str(s->plan.milestones[step], MILESTONE_NAME));
    on = date_text(m, due);
    if (due >= day)
        return text_with(m, TEXT("{1}，{2}", "{1}, {2}"), name, on);
    return text_with(m, TEXT("{1}，{2}，迟 {3} 天", "{1}, {2}, {3} days late"),
                     name, on,
                     text_same(
                         str_of_int(m, date_to_days(day) - date_to_days(due))));
}

struct standing_line standing_line(struct mem *m, const struct standing *s,
                                   int32_t day)
{
    return (struct standing_line){
        .s = s,
        .link = row_path(m, &project_ledger, s->row->id),
        .progress = { s->done, s->due },
        .next = next_words(m, s, day),
    };
}
