/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Parts, steps, roll-ups, periods and due lines, on the groves of the tests. */
#include "host/given/given.h"
#include "host/ledger/due.h"
#include "host/ledger/part.h"
#include "host/ledger/record.h"

/* A grove of 区教育局, approved unless `draft`. */
static int64_t grove(struct given *g, const char *state)
{
    struct ledger_row *row = given_row(g, "grove.grove");

    given_text(row, "name", S("北山"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_text(row, "state", str_from(state));
    return given_keep(g, row);
}

static struct ledger_row *new_task(struct given *g, int64_t of, struct str name)
{
    struct ledger_row *row = given_row(g, "grove.task");

    given_int(row, "grove", of);
    given_text(row, "name", name);
    given_int(row, "due", 20240610);
    given_int(row, "weight", 40);
    return row;
}

static int64_t task(struct given *g, int64_t of, struct str name)
{
    return given_keep(g, new_task(g, of, name));
}

/* An officer of the district, or an editor of a unit. */
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

struct taking {
    const char *step;
    struct ledger_row *row; /* as its form says; NULL: as it stands */
    struct str reason;
    int64_t seen;
    bool already;
    struct text problem;
};

/* Take a step of a row; what became of it. */
static enum err take(struct given *g, struct asker asker, int64_t id,
                     struct taking *t)
{
    struct ledger_row *before = given_kept(g, "grove.task", id);
    struct ledger_row *row = t->row ? t->row : given_kept(g, "grove.task", id);
    struct admission a = { .asker = &asker,
                           .before = before,
                           .step = step_find(before->ledger, str_from(t->step)),
                           .reason = t->reason,
                           .seen = t->seen,
                           .day = 20240605 };
    enum err e = row_admit(&a, row);
    bool changed = false;

    t->already = a.already;
    t->problem = a.problems_n ? a.problems[0].reason : TEXT("", "");
    return e == OK ? row_update(given_act(g), before, row, &changed) : e;
}

/* The report of a task as its form sends it. */
static struct ledger_row *reported(struct given *g, int64_t id)
{
    struct ledger_row *row = given_kept(g, "grove.task", id);

    given_int(row, "done_on", 20240604);
    return row;
}

TEST(a_part_has_owner_year_and_standing_of_its_parent)
{
    struct given *g = given(t);
    int64_t id = grove(g, "draft");
    int64_t part = task(g, id, S("整地"));
    struct ledger_row *row = given_kept(g, "grove.task", part);

    CHECK_INT(row_owner(row), given_unit(g, S("区教育局")));
    CHECK_INT(row->year, GIVEN_YEAR);
    CHECK(row_stands(row));
    given_void(g, "grove.grove", id);
    row = given_kept(g, "grove.task", part);
    CHECK(!row_stands(row) && !row->voided);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM record WHERE kind = "
                               "'grove.task'")),
              0);
    given_restore(g, "grove.grove", id);
    CHECK(row_stands(given_kept(g, "grove.task", part)));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM record WHERE kind = "
                               "'grove.task'")),
              1);
}

TEST(parts_follow_the_owner_and_the_year_of_their_parent)
{
    struct given *g = given(t);
    int64_t id = grove(g, "draft");
    int64_t part = task(g, id, S("整地"));
    struct ledger_row *row = given_kept(g, "grove.grove", id);

    given_int(row, "unit", given_unit(g, S("区水务局")));
    row->year = 2023;
    given_change(g, row);
    row = given_kept(g, "grove.task", part);
    CHECK_INT(row_owner(row), given_unit(g, S("区水务局")));
    CHECK_INT(row->year, 2023);
    CHECK_INT(row->version, 1); /* nobody changed the part */
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM record WHERE kind = "
                               "'grove.task' AND year = 2023")),
              1);
}

TEST(a_part_stays_with_a_parent_that_stands)
{
    struct given *g = given(t);
    int64_t id = grove(g, "draft");
    struct ledger_row *part =
        given_kept(g, "grove.task", task(g, id, S("整地")));
    struct ledger_row *other = given_row(g, "grove.grove");
    struct asker asker = officer(g);
    struct admission a = { .asker = &asker };

    given_text(other, "name", S("南山"));
    given_int(other, "unit", given_unit(g, S("区教育局")));
    a.before = given_kept(g, "grove.task", part->id);
    given_int(part, "grove", given_keep(g, other));
    CHECK_INT(row_admit(&a, part), E_INPUT);
    CHECK(str_find(a.problems[0].reason.zh, S("另一条")) != SIZE_MAX);
    given_void(g, "grove.grove", id);
    a = (struct admission){ .asker = &asker };
    CHECK_INT(row_admit(&a, new_task(g, id, S("浇水"))), E_INPUT);
    CHECK(str_find(a.problems[0].reason.zh, S("已作废")) != SIZE_MAX);
}

TEST(a_step_moves_a_row_and_its_parent_is_rolled)
{
    struct given *g = given(t);
    int64_t id = grove(g, "active");
    int64_t part = task(g, id, S("整地"));
    struct taking report = { .step = "report", .row = reported(g, part) };
    struct taking accept = { .step = "accept" };
    struct ledger_row *row;

    CHECK_INT(take(g, editor(g, S("区教育局")), part, &report), OK);
    row = given_kept(g, "grove.grove", id);
    CHECK_STR(given_said(g, row, "progress"), S("0"));
    CHECK_INT(take(g, officer(g), part, &accept), OK);
    CHECK_STR(given_said(g, given_kept(g, "grove.task", part), "state"),
              S("accepted"));
    row = given_kept(g, "grove.grove", id);
    CHECK_STR(given_said(g, row, "progress"), S("40"));
    CHECK_INT(row->version, 1); /* what follows is nobody's change */
}

TEST(a_step_is_refused_in_words_and_nothing_changes)
{
    struct given *g = given(t);
    int64_t draft = grove(g, "draft");
    int64_t part = task(g, draft, S("整地"));
    struct taking early = { .step = "report", .row = reported(g, part) };
    struct taking accept = { .step = "accept" };
    struct taking stranger = { .step = "report", .row = reported(g, part) };
    struct taking clock = { .step = "lapse" };

    CHECK_INT(take(g, officer(g), part, &early), E_INPUT); /* of a draft */
    CHECK(str_find(early.problem.zh, S("“北山”现在是“草稿”")) != SIZE_MAX);
    CHECK_INT(take(g, officer(g), part, &accept), E_INPUT); /* not reported */
    CHECK(!accept.already);
    CHECK_INT(take(g, editor(g, S("区水务局")), part, &stranger), E_DENIED);
    CHECK_INT(take(g, officer(g), part, &clock), E_DENIED);
    CHECK_INT(given_kept(g, "grove.task", part)->version, 1);
}

TEST(a_step_asks_what_it_needs_and_changes_nothing_else)
{
    struct given *g = given(t);
    int64_t part = task(g, grove(g, "active"), S("整地"));
    struct taking empty = { .step = "report" };
    struct taking more = { .step = "report", .row = reported(g, part) };
    struct taking report = { .step = "report", .row = reported(g, part) };
    struct taking back = { .step = "return", .reason = S("  ") };

    CHECK_INT(take(g, officer(g), part, &empty), E_INPUT);
    given_int(more.row, "weight", 100);
    CHECK_INT(take(g, officer(g), part, &more), E_INPUT);
    CHECK_INT(take(g, officer(g), part, &report), OK);
    CHECK_INT(take(g, officer(g), part, &back), E_INPUT); /* why? */
    back.reason = S("照片看不清");
    CHECK_INT(take(g, officer(g), part, &back), OK);
    CHECK(!row_has(given_kept(g, "grove.task", part), 5)); /* done_on */
}

TEST(a_step_taken_twice_has_one_effect)
{
    struct given *g = given(t);
    int64_t part = task(g, grove(g, "active"), S("整地"));
    struct taking once = { .step = "report", .row = reported(g, part) };
    struct taking twice = { .step = "report", .row = reported(g, part) };

    CHECK_INT(take(g, officer(g), part, &once), OK);
    CHECK_INT(take(g, officer(g), part, &twice), E_INPUT);
    CHECK(twice.already);
    CHECK_INT(given_kept(g, "grove.task", part)->version, 2);
}

TEST(who_judges_is_not_the_owner_and_looks_at_what_stands)
{
    struct given *g = given(t);
    int64_t part = task(g, grove(g, "active"), S("整地"));
    struct taking report = { .step = "report", .row = reported(g, part) };
    struct taking own = { .step = "accept" };
    struct taking old = { .step = "accept", .seen = 1 };
    struct asker both = editor(g, S("区教育局"));

    both.roles |= ROLE_OFFICER;
    CHECK_INT(take(g, officer(g), part, &report), OK);
    CHECK_INT(take(g, both, part, &own), E_DENIED);
    CHECK_INT(take(g, officer(g), part, &old), E_INPUT);
    old.seen = 2;
    CHECK_INT(take(g, officer(g), part, &old), OK);
}

TEST(the_one_that_is_asked_takes_its_step_and_no_other)
{
    struct given *g = given(t);
    struct ledger_row *row = new_task(g, grove(g, "active"), S("整地"));
    struct taking advise = { .step = "advise" };
    struct taking report = { .step = "report" };
    struct asker asked = editor(g, S("区水务局"));
    int64_t part;

    given_int(row, "helper", given_unit(g, S("区水务局")));
    part = given_keep(g, row);
    advise.row = given_kept(g, "grove.task", part);
    given_text(advise.row, "advice", S("可以引水"));
    CHECK_INT(take(g, asked, part, &advise), OK);
    report.row = reported(g, part);
    CHECK_INT(take(g, asked, part, &report), E_DENIED);
}

TEST(a_plan_is_its_owners_until_it_is_approved)
{
    struct given *g = given(t);
    struct asker asker = editor(g, S("区教育局"));
    struct admission a = { .asker = &asker };
    int64_t id = grove(g, "draft");
    int64_t part;
    struct ledger_row *row = new_task(g, id, S("整地"));
    bool changed;

    CHECK_INT(row_admit(&a, row), OK);
    CHECK_INT(row_insert(given_act(g), row), OK);
    part = row->id;
    row = given_kept(g, "grove.grove", id);
    a = (struct admission){ .asker = &asker,
                            .before = given_kept(g, "grove.grove", id) };
    given_text(row, "state", S("active")); /* not by hand */
    CHECK_INT(row_admit(&a, row), E_DENIED);
    CHECK(may_settle(&asker, given_kept(g, "grove.task", part)));
    row = given_kept(g, "grove.grove", id);
    asker = officer(g);
    a.step = step_find(row->ledger, S("approve"));
    CHECK_INT(row_admit(&a, row), OK);
    CHECK_INT(row_update(given_act(g), a.before, row, &changed), OK);
    asker = editor(g, S("区教育局"));
    a = (struct admission){ .asker = &asker };
    CHECK_INT(row_admit(&a, new_task(g, id, S("浇水"))), E_DENIED);
    CHECK(!may_settle(&asker, given_kept(g, "grove.task", part)));
}

/* Let a change of a grove in, and keep it. */
static enum err change(struct given *g, struct asker asker,
                       struct ledger_row *row, int32_t year)
{
    struct admission a = { .asker = &asker,
                           .before = given_kept(g, "grove.grove", row->id),
                           .said_year = year };
    enum err e = row_admit(&a, row);
    bool changed;

    return e == OK ? row_update(given_act(g), a.before, row, &changed) : e;
}

TEST(a_row_that_is_approved_keeps_its_year)
{
    struct given *g = given(t);
    struct asker own = editor(g, S("区教育局"));
    int64_t draft = grove(g, "draft");
    struct ledger_row *row = given_row(g, "grove.grove");

    CHECK_INT(change(g, own, given_kept(g, "grove.grove", draft), 2023), OK);
    given_text(row, "name", S("南山"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_text(row, "state", S("active"));
    row = given_kept(g, "grove.grove", given_keep(g, row));
    CHECK_INT(change(g, own, row, 2023), E_DENIED);
    CHECK_INT(change(g, officer(g), row, 2023), OK);
}

TEST(what_was_approved_is_restored_by_no_import_of_its_owner)
{
    struct given *g = given(t);
    struct asker asker = editor(g, S("区教育局"));
    int64_t id = grove(g, "active");
    struct admission a = { .asker = &asker };

    given_void(g, "grove.grove", id);
    a.before = given_kept(g, "grove.grove", id);
    CHECK_INT(row_admit(&a, given_kept(g, "grove.grove", id)), E_DENIED);
    CHECK_STR(str_slice(a.problems[0].reason.zh, 0, S("办理").n), S("办理"));
}

TEST(nobody_gives_a_row_away_to_approve_it_and_takes_it_back)
{
    struct given *g = given(t);
    struct asker both = editor(g, S("区教育局"));
    struct ledger_row *row = given_kept(g, "grove.grove", grove(g, "draft"));
    struct ledger_row *before;
    struct admission a = { .asker = &both };
    bool changed;

    both.roles |= ROLE_OFFICER;
    given_int(row, "unit", given_unit(g, S("区水务局")));
    CHECK_INT(change(g, both, row, 0), OK);
    before = given_kept(g, "grove.grove", row->id);
    a.before = before;
    a.step = step_find(row->ledger, S("approve"));
    row = given_kept(g, "grove.grove", row->id);
    CHECK_INT(row_admit(&a, row), OK);
    CHECK_INT(row_update(given_act(g), before, row, &changed), OK);
    row = given_kept(g, "grove.grove", row->id);
    given_int(row, "unit", given_unit(g, S("区教育局")));
    CHECK_INT(change(g, both, row, 0), E_DENIED);
    CHECK_INT(change(g, officer(g), row, 0), OK);
}

TEST(a_file_of_the_unit_approves_nothing)
{
    struct given *g = given(t);
    struct asker askers[] = { officer(g), editor(g, S("区教育局")) };
    const char *const states[] = { "active", "draft" };
    struct ledger_row *row;

    for (size_t i = 0; i < COUNT(askers); i++) {
        struct admission a = { .asker = &askers[i],
                               .said_year = GIVEN_YEAR,
                               .imported = true };

        row = given_row(g, "grove.grove");
        given_text(row, "name", S("北山"));
        given_int(row, "unit", given_unit(g, S("区教育局")));
        CHECK_INT(row_admit(&a, row), OK);
        CHECK_STR(given_said(g, row, "state"), str_from(states[i]));
        given_text(row, "state", S("active")); /* said so */
        CHECK_INT(row_admit(&a, row), i ? E_DENIED : OK);
    }
}

TEST(a_part_looks_at_its_parent_again_when_it_is_admitted)
{
    struct given *g = given(t);
    int64_t id = grove(g, "draft");
    struct ledger_row *row = new_task(g, id, S("整地"));
    struct ledger_row *of = given_kept(g, "grove.grove", id);
    struct asker asker = officer(g);
    struct admission a = { .asker = &asker };

    row_complete(&a, row); /* as an import does, rows before */
    of->year = 0;
    CHECK_INT(change(g, asker, of, 2023), OK);
    CHECK_INT(row_admit(&a, row), OK);
    CHECK_INT(row->year, 2023);
}

TEST(weights_beyond_a_hundred_are_refused)
{
    struct given *g = given(t);
    int64_t id = grove(g, "draft");
    struct asker asker = officer(g);
    struct admission a = { .asker = &asker };

    task(g, id, S("整地"));
    task(g, id, S("栽种"));
    CHECK_INT(row_admit(&a, new_task(g, id, S("浇水"))), E_INPUT);
    CHECK_STR(a.problems[0].reason.en,
              S("makes the weights 120%; at most 100%"));
}

static int64_t late_on(struct given *g, int32_t day)
{
    return period_count(act_scope(given_act(g)), S("grove.grove.light"),
                        S("late"), GIVEN_YEAR, day);
}

TEST(periods_tell_the_light_of_any_day)
{
    struct given *g = given(t);
    int64_t part = task(g, grove(g, "active"), S("整地"));
    struct taking report = { .step = "report", .row = reported(g, part) };
    struct taking accept = { .step = "accept" };

    CHECK_INT(period_today(act_scope(given_act(g))), 20241107);
    CHECK_INT(late_on(g, 20240610), 0); /* the due day is on time */
    CHECK_INT(late_on(g, 20240611), 1);
    CHECK_INT(take(g, officer(g), part, &report), OK);
    CHECK_INT(take(g, officer(g), part, &accept), OK);
    CHECK_INT(late_on(g, 20240611), 0);
    given_void(g, "grove.grove", 1);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM period")), 0);
}

TEST(what_parts_made_of_a_row_no_longer_counts_when_it_is_voided)
{
    struct given *g = given(t);
    struct scope in = act_scope(given_act(g));
    int64_t id = grove(g, "active");
    struct ledger_row *row = new_task(g, id, S("整地"));
    struct tally all;

    given_text(row, "state", S("accepted"));
    given_keep(g, row);
    all = tally_read(in, GIVEN_YEAR, S("grove.progress"), S(""));
    CHECK_INT(all.sum, 40);
    given_void(g, "grove.grove", id);
    all = tally_read(in, GIVEN_YEAR, S("grove.progress"), S(""));
    CHECK_INT(all.sum, 0);
    given_restore(g, "grove.grove", id);
    all = tally_read(in, GIVEN_YEAR, S("grove.progress"), S(""));
    CHECK_INT(all.sum, 40);
}

TEST(due_lines_follow_from_the_rows)
{
    struct given *g = given(t);
    int64_t draft = grove(g, "draft");
    int64_t part = task(g, draft, S("整地"));
    struct asker asker = officer(g);
    struct ledger_row *row = given_kept(g, "grove.grove", draft);
    struct admission a = { .asker = &asker,
                           .before = given_kept(g, "grove.grove", draft),
                           .step = step_find(row->ledger, S("approve")) };
    bool changed;

    /* Of a draft nothing is expected but that it is approved. */
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM due")), 1);
    CHECK_INT(row_admit(&a, row), OK);
    CHECK_INT(row_update(given_act(g), a.before, row, &changed), OK);
    CHECK_INT(given_sql(g, SQL("SELECT who FROM due WHERE step = 'report' "
                               "AND day = 20240610 AND since = 20240603")),
              given_unit(g, S("区教育局")));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM due WHERE step = 'lapse' "
                               "AND who = -1 AND day > 20240610")),
              1);
    given_void(g, "grove.task", part);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM due")), 0);
}

/* What the asker makes of the column of a task; false: it stays as it is. */
static bool writes(struct given *g, struct asker asker, int64_t id,
                   const char *column, struct str value)
{
    struct ledger_row *row = given_kept(g, "grove.task", id);
    struct admission a = { .asker = &asker,
                           .before = given_kept(g, "grove.task", id) };
    bool changed = false;

    given_text(row, column, value);
    return row_admit(&a, row) == OK &&
           row_update(given_act(g), a.before, row, &changed) == OK && changed;
}

TEST(the_one_that_is_asked_writes_its_columns_and_no_other)
{
    struct given *g = given(t);
    int64_t id = task(g, grove(g, "active"), S("整地"));
    struct asker owner = editor(g, S("区教育局"));
    struct asker helper = editor(g, S("区水务局"));
    struct ledger_row *row = given_kept(g, "grove.task", id);
    struct admission a = { .asker = &helper };

    CHECK(!writes(g, helper, id, "offer", S("五人"))); /* nobody is asked */
    given_int(row, "helper", given_unit(g, S("区水务局")));
    given_change(g, row);
    CHECK(writes(g, helper, id, "offer", S("五人")));
    CHECK(!writes(g, editor(g, S("区司法局")), id, "offer", S("九人")));
    CHECK(!writes(g, owner, id, "offer", S("九人")));
    CHECK(writes(g, officer(g), id, "offer", S("六人")));
    CHECK(!writes(g, helper, id, "name", S("平地")));
    CHECK(!writes(g, helper, id, "advice", S("缓一缓")));
    CHECK(!writes(g, helper, id, "state", S("accepted")));
    CHECK_INT(take(g, owner, id,
                   &(struct taking){ .step = "report",
                                     .row = reported(g, id) }),
              OK);
    CHECK(!writes(g, helper, id, "offer", S("七人"))); /* .in says no more */
    row = new_task(g, row_int(row, 0), S("另一条"));
    given_int(row, "helper", given_unit(g, S("区水务局")));
    CHECK_INT(row_admit(&a, row), E_DENIED);
}

TEST(the_one_that_is_asked_takes_no_row_over)
{
    struct given *g = given(t);
    int64_t id = task(g, grove(g, "active"), S("整地"));
    struct ledger_row *row = given_kept(g, "grove.task", id);
    struct asker helper = editor(g, S("区水务局"));
    struct admission a = { .asker = &helper };

    given_int(row, "helper", helper.org);
    given_change(g, row);
    CHECK(may_edit(&helper, row) && !may_change(&helper, row));
    a.before = given_kept(g, "grove.task", id);
    given_int(row, "helper", given_unit(g, S("区司法局")));
    CHECK_INT(row_admit(&a, row), E_DENIED); /* nor hands its part on */
    row = given_kept(g, "grove.task", id);
    CHECK_INT(row_void(given_act(g), &helper, row, S("不要了")), E_DENIED);
}

/* The second advice says what the first one did; that it was given is kept. */
TEST(a_step_that_changes_nothing_is_told_all_the_same)
{
    struct given *g = given(t);
    struct ledger_row *row = new_task(g, grove(g, "active"), S("整地"));
    struct asker asked = editor(g, S("区水务局"));
    int64_t part;

    given_int(row, "helper", given_unit(g, S("区水务局")));
    part = given_keep(g, row);
    for (int i = 0; i < 2; i++) {
        struct taking advise = { .step = "advise",
                                 .row = given_kept(g, "grove.task", part) };

        given_text(advise.row, "advice", S("可以引水"));
        CHECK_INT(take(g, asked, part, &advise), OK);
    }
    CHECK_INT(given_kept(g, "grove.task", part)->version, 3);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE "
                               "step = 'advise'")),
              2);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM due")),
              given_sql(g, SQL("SELECT count(DISTINCT step) FROM due")));
}
