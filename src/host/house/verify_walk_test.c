/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Whatever is done, in whatever order: what follows from rows is what would
 * be made of them anew.
 */
#include "host/given/given.h"
#include "host/house/verify.h"
#include "host/ledger/step.h"

enum { ACTS = 500, NAMES = 12 };

/* The same walk each time. */
struct walk {
    struct given *g;
    uint64_t seed;
    size_t done, refused;
};

static int64_t pick(struct walk *w, int64_t n)
{
    w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((w->seed >> 33) % (uint64_t)n);
}

/* A row of the ledger that is there, voided or not; NULL: none is yet. */
static struct ledger_row *any_row(struct walk *w, const char *ledger)
{
    int64_t n = given_sql(w->g, str_eq(str_from(ledger), S("grove.task"))
                                    ? SQL("SELECT count(*) FROM grove_task")
                                    : SQL("SELECT count(*) FROM grove_grove"));

    return n ? given_kept(w->g, ledger, 1 + pick(w, n)) : NULL;
}

static void say_grove(struct walk *w, struct ledger_row *row)
{
    static const char *const units[] = { "区教育局", "区水务局" };

    given_text(row, "name", str_fmt(w->g->m, "林%d", (int)pick(w, NAMES)));
    given_int(row, "unit",
              given_unit(w->g, str_from(units[pick(w, COUNT(units))])));
}

static void say_task(struct walk *w, struct ledger_row *row)
{
    given_text(row, "name", str_fmt(w->g->m, "任务%d", (int)pick(w, NAMES)));
    given_int(row, "due", 20240601 + pick(w, 28));
    given_int(row, "weight", pick(w, 45));
    if (pick(w, 3) == 0)
        given_int(row, "helper", given_unit(w->g, S("区水务局")));
}

/* By the shell, or by time. */
static struct asker asks(struct walk *w, const struct step *step)
{
    struct scope in = act_scope(given_act(w->g));

    return step && (step->by & RELATION_CLOCK) ? asker_clock(in)
                                               : asker_shell(in);
}

static enum err write(struct walk *w, const struct ledger_row *before,
                      struct ledger_row *row, const struct step *step)
{
    struct asker who = asks(w, step);
    struct admission a = { .asker = &who,
                           .before = before,
                           .step = step,
                           .reason = S("看不清"),
                           .day = 20240620,
                           .said_new = true,
                           .said_year = 2022 + (int32_t)pick(w, 3) };
    enum err e = row_admit(&a, row);
    bool changed;

    if (e != OK)
        return e;
    return before ? row_update(given_act(w->g), before, row, &changed)
                  : row_insert(given_act(w->g), row);
}

static enum err add(struct walk *w, bool task)
{
    struct ledger_row *of = any_row(w, "grove.grove");
    struct ledger_row *row =
        given_row(w->g, task && of ? "grove.task" : "grove.grove");

    if (task && of) {
        given_int(row, "grove", of->id);
        say_task(w, row);
    } else {
        say_grove(w, row);
    }
    return write(w, NULL, row, NULL);
}

static enum err change(struct walk *w, const char *ledger)
{
    struct ledger_row *before = any_row(w, ledger);
    struct ledger_row *row;

    if (!before)
        return E_ABSENT;
    row = given_kept(w->g, ledger, before->id);
    if (str_eq(str_from(ledger), S("grove.task")))
        say_task(w, row);
    else
        say_grove(w, row);
    return write(w, before, row, NULL);
}

/* To another parent, which is refused; if it were not, verify would tell. */
static enum err move(struct walk *w)
{
    struct ledger_row *before = any_row(w, "grove.task");
    struct ledger_row *row;

    if (!before)
        return E_ABSENT;
    row = given_kept(w->g, "grove.task", before->id);
    given_int(row, "grove", any_row(w, "grove.grove")->id);
    return write(w, before, row, NULL);
}

static enum err take(struct walk *w, const char *ledger)
{
    struct ledger_row *before = any_row(w, ledger);
    const struct step *step;
    struct ledger_row *row;

    if (!before)
        return E_ABSENT;
    step = &before->ledger->steps[pick(w, (int64_t)before->ledger->steps_n)];
    row = given_kept(w->g, ledger, before->id);
    if (str_eq(step->key, S("report")))
        given_int(row, "done_on", 20240601 + pick(w, 28));
    if (str_eq(step->key, S("advise")))
        given_text(row, "advice",
                   str_fmt(w->g->m, "意见%d", (int)pick(w, NAMES)));
    return write(w, before, row, step);
}

static enum err turn(struct walk *w, const char *ledger)
{
    struct ledger_row *row = any_row(w, ledger);
    struct asker who = asks(w, NULL);

    if (!row)
        return E_ABSENT;
    return row->voided ? row_restore(given_act(w->g), &who, row, S("没有错"))
                       : row_void(given_act(w->g), &who, row, S("错了"));
}

static enum err act(struct walk *w)
{
    switch (pick(w, 16)) {
    case 0:
        return add(w, false);
    case 1:
    case 2:
        return add(w, true);
    case 3:
        return change(w, "grove.grove");
    case 4:
    case 5:
        return change(w, "grove.task");
    case 6:
        return move(w);
    case 7:
        return turn(w, "grove.grove");
    case 8:
        return turn(w, "grove.task");
    case 9:
    case 10:
        return take(w, "grove.grove");
    default:
        return take(w, "grove.task");
    }
}

static void step_on(struct walk *w)
{
    struct given *g = w->g;
    struct mem *m = g->m;
    struct verify_counts n;
    struct text wrong = TEXT("", "");

    g->m = mem_child(m);
    if (given_settle(g, act(w)) == OK)
        w->done++;
    else
        w->refused++;
    if (verify_house(g->house, g->m, &n, &wrong) != OK)
        test_check(g->t, false, __FILE__, __LINE__,
                   str_c(g->t->mem,
                         str_fmt(g->m, "act %zu: %.*s", w->done + w->refused,
                                 STR_ARG(wrong.en))));
    mem_free(g->m);
    g->m = m;
}

TEST(what_follows_is_right_after_every_act_of_a_long_walk)
{
    struct walk w = { .g = given(t), .seed = 20241107 };

    while (w.done + w.refused < ACTS)
        step_on(&w);
    CHECK(w.done > ACTS / 4);
    CHECK(w.refused > ACTS / 10);
    CHECK(given_sql(w.g, SQL("SELECT count(*) FROM due")) > 0);
    CHECK(given_sql(w.g, SQL("SELECT count(*) FROM period")) > 0);
}
