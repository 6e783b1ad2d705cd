/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A step of many rows at once, and that taken back, on the test groves. */
#include "host/given/given.h"
#include "host/import/bulk.h"
#include "host/ledger/period.h"

enum { TASKS = 3, DONE_ON = 5 };

/* An active grove of 区教育局 with three tasks of 30, due on 2024-06-10. */
static int64_t grove(struct given *g)
{
    struct ledger_row *row = given_row(g, "grove.grove");

    given_text(row, "name", S("北山"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_text(row, "state", S("active"));
    return given_keep(g, row);
}

static void tasks(struct given *g, int64_t of)
{
    for (int i = 0; i < TASKS; i++) {
        struct ledger_row *row = given_row(g, "grove.task");

        given_int(row, "grove", of);
        given_text(row, "name", str_fmt(g->m, "任务%d", i + 1));
        given_int(row, "due", 20240610);
        given_int(row, "weight", 30);
        given_keep(g, row);
    }
}

static struct asker officer(struct given *g)
{
    return asker_shell(act_scope(given_act(g)));
}

static struct asker editor(struct given *g, struct str unit)
{
    return (struct asker){ .in = act_scope(given_act(g)),
                           .roles = ROLE_EDITOR,
                           .org = given_unit(g, unit) };
}

/* A step of the three tasks. */
static struct bulk bulk_of(struct given *g, const char *step)
{
    const struct ledger *l = ledger_find(S("grove.task"));
    struct ledger_row *said = ledger_row_new(g->m, l);
    struct bulk b = { .ledger = l,
                      .step = step_find(l, str_from(step)),
                      .said = said,
                      .day = 20240605,
                      .n = TASKS };

    if (str_eq(b.step->key, S("report")))
        said->values[DONE_ON] = INT(20240604);
    b.rows = NEW_ARRAY(g->m, struct bulk_row, TASKS);
    for (int i = 0; i < TASKS; i++)
        b.rows[i].id = i + 1;
    return b;
}

/* Take it of all; the number of the batch. */
static int64_t take(struct given *g, struct asker asker, const char *step)
{
    struct test *t = g->t;
    struct bulk b = bulk_of(g, step);
    struct act *act = given_act(g);
    int64_t batch;

    CHECK_INT(bulk_apply(act, &asker, &b, b.step->label.zh), OK);
    batch = act->batch;
    given_commit(g);
    return batch;
}

static struct str state(struct given *g, int64_t id)
{
    return given_said(g, given_kept(g, "grove.task", id), "state");
}

static int64_t progress(struct given *g)
{
    return given_kept(g, "grove.grove", 1)->values[3].i;
}

static int64_t late_in_july(struct given *g)
{
    return period_count(act_scope(given_act(g)), S("grove.grove.light"),
                        S("late"), GIVEN_YEAR, 20240701);
}

static int64_t due(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM due"));
}

static enum err turn(struct given *g, struct asker asker, struct undo *u)
{
    struct test *t = g->t;
    struct undo planned = *u;
    enum err e = undo_plan(&asker, &planned);

    CHECK_INT(given_settle(g, undo_apply(given_act(g), &asker, u)), e);
    for (size_t i = 0; e == OK && i < UNDO_FATES; i++)
        CHECK_INT(u->count[i], planned.count[i]);
    return e;
}

/* Three tasks, reported in batch 1 and accepted in batch 2. */
static void accepted(struct given *g)
{
    tasks(g, grove(g));
    take(g, editor(g, S("区教育局")), "report");
    take(g, officer(g), "accept");
}

TEST(a_step_of_many_rows_is_one_batch)
{
    struct given *g = given(t);

    accepted(g);
    CHECK_INT(progress(g), 90);
    CHECK_STR(state(g, 3), S("accepted"));
    CHECK_INT(given_sql(g, SQL("SELECT changed FROM import_batch WHERE "
                               "id = 2 AND step = 'accept'")),
              TASKS);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "batch = 2 AND type = 9 AND step = 'accept'")),
              TASKS);
}

TEST(a_row_that_does_not_take_the_step_is_named_and_stays)
{
    struct given *g = given(t);
    struct bulk b;
    struct asker asker;

    tasks(g, grove(g));
    given_void(g, "grove.task", 2);
    asker = officer(g);
    b = bulk_of(g, "report");
    b.rows[2].id = 99;
    bulk_plan(&asker, &b);
    CHECK_INT(b.takes, 1);
    CHECK(text_empty(b.rows[0].refusal));
    CHECK(str_find(b.rows[1].refusal.zh, S("已作废")) != SIZE_MAX);
    CHECK(str_find(b.rows[2].refusal.zh, S("没有这一条")) != SIZE_MAX);
    CHECK_INT(bulk_apply(given_act(g), &asker, &b, S("报完成")), OK);
    CHECK_STR(state(g, 1), S("reported"));
    CHECK_STR(state(g, 2), S("open"));
}

TEST(a_step_of_many_rows_asks_each_row_whose_it_is)
{
    struct given *g = given(t);
    struct asker asker;
    struct bulk b;

    tasks(g, grove(g));
    asker = editor(g, S("区水务局"));
    b = bulk_of(g, "report");
    CHECK_INT(bulk_apply(given_act(g), &asker, &b, S("报完成")), E_INPUT);
    CHECK_INT(b.takes, 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM import_batch")), 0);
    b.said = NULL; /* and before anybody filled in the form */
    bulk_plan(&asker, &b);
    CHECK_INT(b.takes, 0);
}

TEST(a_step_of_many_rows_shows_what_counts_before_the_form_is_filled_in)
{
    struct given *g = given(t);
    struct asker asker;
    struct bulk b;

    tasks(g, grove(g));
    asker = officer(g);
    b = bulk_of(g, "report");
    b.said = NULL;
    bulk_plan(&asker, &b);
    CHECK_INT(b.takes, TASKS);
    CHECK_STR(row_stage(b.rows[0].then)->key, S("reported"));
    CHECK_STR(row_stage(b.rows[0].now)->key, S("open"));
}

TEST(undo_takes_steps_back_and_brings_them_back)
{
    struct given *g = given(t);
    struct undo u = { .batch = 2, .reason = S("验收错了") };
    int64_t expected;

    tasks(g, grove(g));
    take(g, editor(g, S("区教育局")), "report");
    expected = due(g);
    take(g, officer(g), "accept");
    CHECK_INT(late_in_july(g), 0);
    CHECK_INT(turn(g, officer(g), &u), OK);
    CHECK_INT(u.count[UNDO_CHANGES], TASKS);
    CHECK_STR(state(g, 1), S("reported"));
    CHECK_INT(progress(g), 0);
    CHECK_INT(late_in_july(g), 1);
    CHECK_INT(due(g), expected);
    u = (struct undo){ .batch = 2, .back = true, .reason = S("没有错") };
    CHECK_INT(turn(g, officer(g), &u), OK);
    CHECK_STR(state(g, 1), S("accepted"));
    CHECK_INT(progress(g), 90);
    CHECK_INT(late_in_july(g), 0);
}

TEST(undo_of_steps_gives_back_what_their_form_asked)
{
    struct given *g = given(t);
    struct undo u = { .batch = 1, .reason = S("报早了") };

    tasks(g, grove(g));
    take(g, editor(g, S("区教育局")), "report");
    CHECK(row_has(given_kept(g, "grove.task", 1), DONE_ON));
    CHECK_INT(turn(g, editor(g, S("区教育局")), &u), OK);
    CHECK(!row_has(given_kept(g, "grove.task", 1), DONE_ON));
    CHECK_STR(state(g, 1), S("open"));
}

TEST(undo_of_steps_is_for_who_may_take_them)
{
    struct given *g = given(t);
    struct undo u = { .batch = 2, .reason = S("不服") };

    accepted(g);
    CHECK_INT(turn(g, editor(g, S("区教育局")), &u), OK);
    CHECK_INT(u.count[UNDO_DENIED], TASKS);
    CHECK_STR(state(g, 1), S("accepted"));
}

TEST(undo_of_steps_keeps_a_row_that_moved_since)
{
    struct given *g = given(t);
    struct undo u = { .batch = 1, .reason = S("报早了") };
    struct asker asker;
    struct bulk b;

    tasks(g, grove(g));
    take(g, editor(g, S("区教育局")), "report");
    asker = officer(g);
    b = bulk_of(g, "accept");
    b.n = 1;
    CHECK_INT(bulk_apply(given_act(g), &asker, &b, S("验收")), OK);
    given_commit(g);
    CHECK_INT(turn(g, officer(g), &u), OK);
    CHECK_INT(u.count[UNDO_TOUCHED], 1);
    CHECK_INT(u.count[UNDO_CHANGES], TASKS - 1);
    CHECK_STR(state(g, 1), S("accepted"));
    CHECK_STR(state(g, 2), S("open"));
    CHECK_INT(progress(g), 30);
}
