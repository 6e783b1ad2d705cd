/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * What time does: lapses of tasks and the two steps of loans. 2024-11-07 is a
 * Thursday; no day off comes near.
 */
#include "host/ledger/clock.h"

#include "base/date.h"
#include "host/given/given.h"
#include "host/ledger/due.h"
#include "host/ledger/period.h"

static int64_t loan(struct given *g, struct str name, int32_t since)
{
    struct ledger_row *row = given_row(g, "loan.loan");

    given_text(row, "name", name);
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_int(row, "since", since);
    return given_keep(g, row);
}

/* A grove that is planted, with a task by then. */
static int64_t task(struct given *g, int32_t due)
{
    struct ledger_row *row = given_row(g, "grove.grove");
    int64_t of;

    given_text(row, "name", S("北山"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_text(row, "state", S("active"));
    of = given_keep(g, row);
    row = given_row(g, "grove.task");
    given_int(row, "grove", of);
    given_text(row, "name", S("整地"));
    given_int(row, "due", due);
    given_int(row, "weight", 40);
    return given_keep(g, row);
}

static struct str state(struct given *g, const char *ledger, int64_t id)
{
    return given_said(g, given_kept(g, ledger, id), "state");
}

/* How often time wrote so far. */
static int64_t steps(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                            "actor = -1 AND type = 9"));
}

static void block(struct given *g, int64_t id, struct str why)
{
    struct ledger_row *row = given_kept(g, "loan.loan", id);

    given_text(row, "block", why);
    if (!why.n)
        row->values[ledger_column(row->ledger, S("block"))] = NO_TEXT;
    given_change(g, row);
}

TEST(time_takes_a_step_on_the_day_after_it_was_due)
{
    struct given *g = given(t);
    int64_t id = task(g, 20241107);

    /* Five working days from Thursday the 7th are Thursday the 14th. */
    given_day(g, 20241114);
    CHECK_STR(state(g, "grove.task", id), S("open"));
    CHECK_INT(period_today(act_scope(given_act(g))), 20241114);
    given_day(g, 20241115);
    CHECK_STR(state(g, "grove.task", id), S("lapsed"));
    CHECK_STR(given_said(g, given_kept(g, "grove.task", id), "done_on"),
              S("20241115"));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM due WHERE who < 0")), 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "actor = -1 AND step = 'lapse'")),
              1);
}

TEST(time_that_stood_still_writes_the_days_that_were)
{
    struct given *g = given(t);
    int64_t early = loan(g, S("锯"), 20241107);
    int64_t late = loan(g, S("梯"), 20241108);

    /* Nobody served from the 7th to the 20th. */
    given_day(g, 20241120);
    CHECK_STR(given_said(g, given_kept(g, "loan.loan", early), "done"),
              S("20241109"));
    CHECK_STR(given_said(g, given_kept(g, "loan.loan", late), "done"),
              S("20241112"));
}

/* What time did, in its order: "loan.loan 1 remind". */
static struct str said(struct given *g)
{
    struct rows r = tx_query(given_tx(g),
                             SQL("SELECT subject, row_id, step FROM "
                                 "journal_entry WHERE actor = -1 ORDER BY seq"),
                             (struct args){ 0 });
    struct buf *b = buf_new(g->m, 1 << 16);

    while (rows_next(&r)) {
        struct str subject = rows_text(&r, 0, g->m);
        struct str step = rows_text(&r, 2, g->m);

        buf_fmt(b, "%.*s %lld %.*s\n", STR_ARG(subject),
                (long long)rows_int(&r, 1), STR_ARG(step));
    }
    return buf_str(b);
}

/*
 * Loan 1 is reminded of on the 9th and lapses on the 12th; loan 2 on the
 * 12th and 13th; the task, due on the 4th, lapses on the 12th.
 */
TEST(time_keeps_the_order_of_days_across_steps_and_ledgers)
{
    struct given *g = given(t);

    loan(g, S("锯"), 20241107);
    loan(g, S("梯"), 20241108);
    task(g, 20241104);
    given_day(g, 20241115);
    CHECK_STR(said(g), S("loan.loan 1 remind\n"
                         "grove.task 1 lapse\n"
                         "loan.loan 1 lapse\n"
                         "loan.loan 2 remind\n"
                         "loan.loan 2 lapse\n"));
}

TEST(time_takes_no_step_twice_and_does_not_turn_back)
{
    struct given *g = given(t);
    int64_t id = loan(g, S("锯"), 20241107);

    given_day(g, 20241109);
    given_day(g, 20241109);
    CHECK_INT(steps(g), 1);
    CHECK(!clock_tick(given_act(g), 20241101));
    CHECK_INT(period_today(act_scope(given_act(g))), 20241109);
    CHECK_INT(steps(g), 1);
    CHECK_STR(state(g, "loan.loan", id), S("reminded"));
}

TEST(time_does_nothing_below_a_parent_that_was_voided)
{
    struct given *g = given(t);
    int64_t id = task(g, 20241104);

    given_void(g, "grove.grove", 1);
    given_day(g, 20241120);
    CHECK_STR(state(g, "grove.task", id), S("open"));
    CHECK_INT(clock_aside_count(act_scope(given_act(g))), 0);
    given_restore(g, "grove.grove", 1);
    given_day(g, 20241120);
    CHECK_STR(given_said(g, given_kept(g, "grove.task", id), "done_on"),
              S("20241112"));
}

TEST(time_works_in_batches)
{
    struct given *g = given(t);

    for (int i = 0; i <= CLOCK_BATCH; i++)
        loan(g, str_fmt(g->m, "锯%d", i), 20241107);
    given_commit(g);
    CHECK(!clock_is_behind(act_scope(given_act(g)), 20241107));
    CHECK(clock_is_behind(act_scope(given_act(g)), 20241109));
    CHECK(clock_tick(given_act(g), 20241109));
    CHECK_INT(steps(g), CLOCK_BATCH);
    CHECK(!clock_tick(given_act(g), 20241109));
    CHECK_INT(steps(g), CLOCK_BATCH + 1);
}

TEST(time_sets_aside_what_is_refused_and_goes_on)
{
    struct given *g = given(t);
    int64_t blocked = loan(g, S("锯"), 20241107);
    int64_t other = loan(g, S("梯"), 20241107);

    block(g, blocked, S("施工未完"));
    given_day(g, 20241109);
    CHECK_STR(state(g, "loan.loan", blocked), S("lent"));
    CHECK_STR(state(g, "loan.loan", other), S("reminded"));
    CHECK_INT(clock_aside_count(act_scope(given_act(g))), 1);
    CHECK(!clock_is_behind(act_scope(given_act(g)), 20241109));
    CHECK_INT(steps(g), 1);
    /* Once the row says otherwise it is tried again: with its own day. */
    block(g, blocked, S(""));
    CHECK(clock_is_behind(act_scope(given_act(g)), 20241109));
    given_day(g, 20241109);
    CHECK_INT(clock_aside_count(act_scope(given_act(g))), 0);
    CHECK_STR(given_said(g, given_kept(g, "loan.loan", blocked), "done"),
              S("20241109"));
}

TEST(time_tells_what_it_set_aside_and_tries_it_on_a_new_day)
{
    struct given *g = given(t);
    int64_t blocked = loan(g, S("锯"), 20241107);
    struct asker asker;
    struct admission a = { .asker = &asker };
    struct ledger_row *row;
    struct clock_step s;

    block(g, blocked, S("施工未完"));
    given_day(g, 20241109);
    NEED_INT(clock_aside(act_scope(given_act(g)), &s, 1), 1);
    CHECK_INT(s.row, blocked);
    CHECK_INT(s.day, 20241108);
    asker = asker_clock(act_scope(given_act(g)));
    CHECK_INT(clock_admit(&s, &a, &row), E_INPUT);
    CHECK_STR(a.problems[0].reason.en,
              S("is kept open; clear the reason first"));
    CHECK(clock_is_behind(act_scope(given_act(g)), 20241110));
    given_day(g, 20241110);
    CHECK_INT(clock_aside_count(act_scope(given_act(g))), 1);
}

TEST(time_sets_aside_a_step_that_leaves_itself_due)
{
    struct given *g = given(t);
    int64_t id = loan(g, S("锯"), 20241107);

    given_day(g, 20241201);
    CHECK_STR(state(g, "loan.loan", id), S("lapsed"));
    CHECK_INT(steps(g), 2);
    CHECK_INT(clock_aside_count(act_scope(given_act(g))), 1);
}

TEST(time_survives_a_line_of_a_step_that_is_no_more)
{
    struct given *g = given(t);
    int64_t id = loan(g, S("锯"), 20241107);
    struct clock_step s;

    tx_run_unjournaled(given_tx(g), SQL("UPDATE due SET step = 'gone'"),
                       (struct args){ 0 });
    given_day(g, 20241110);
    CHECK_STR(state(g, "loan.loan", id), S("lent"));
    CHECK_INT(clock_aside_count(act_scope(given_act(g))), 1);
    CHECK_INT(clock_aside(act_scope(given_act(g)), &s, 1), 0);
}

/* Its owner borrows it once more, from that day. */
static enum err settle(struct given *g, int64_t id, struct admission *a)
{
    const struct ledger_row *before = given_kept(g, "loan.loan", id);
    struct ledger_row *row = given_kept(g, "loan.loan", id);
    bool changed;
    enum err e;

    a->before = before;
    a->step = step_find(before->ledger, S("settle"));
    given_int(row, "since", date_of(g->house->fixed_now));
    e = row_admit(a, row);
    return e == OK ? row_update(given_act(g), before, row, &changed) : e;
}

static struct asker owner(struct given *g)
{
    return (struct asker){ .in = act_scope(given_act(g)),
                           .roles = ROLE_EDITOR,
                           .org = given_unit(g, S("区教育局")) };
}

TEST(time_was_first_and_the_person_is_told)
{
    struct given *g = given(t);
    int64_t id = loan(g, S("锯"), 20241107);
    struct asker asker;
    struct admission a = { .asker = &asker };

    given_day(g, 20241112);
    asker = owner(g);
    CHECK_INT(settle(g, id, &a), E_INPUT);
    CHECK_STR(a.problems[0].reason.en,
              S("\"锯\" is \"Lapsed\" now, so that \"Bring back\" is not "
                "possible; reload the page to see what is"));
}

TEST(a_person_was_first_and_time_finds_nothing)
{
    struct given *g = given(t);
    int64_t id = loan(g, S("锯"), 20241107);
    struct asker asker;
    struct admission a = { .asker = &asker };

    given_day(g, 20241111); /* the last day before it lapses */
    asker = owner(g);
    CHECK_INT(settle(g, id, &a), OK);
    given_day(g, 20241112);
    CHECK_STR(state(g, "loan.loan", id), S("lent"));
    CHECK_INT(clock_aside_count(act_scope(given_act(g))), 0);
}
