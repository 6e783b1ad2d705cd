/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the office enters about its days, and what follows from it. */
#include "host/given/given.h"
#include "host/ledger/office_days.h"
#include "host/ledger/state_days.h"

static struct ledger_row *span(struct given *g, const char *kind, int32_t first,
                               int32_t last)
{
    struct ledger_row *row = given_row(g, "registry.day");

    row->year = first / 10000;
    given_text(row, "name", S("国庆节"));
    given_text(row, "kind", str_from(kind));
    given_int(row, "first_day", first);
    if (last)
        given_int(row, "last_day", last);
    given_text(row, "basis", S("国办发明电〔2027〕1号"));
    return row;
}

static const struct workdays *days(struct given *g)
{
    return office_workdays(act_scope(given_act(g)));
}

/* The reason a row is refused for, in Chinese; "": it is let in. */
static struct str refusal(struct given *g, struct ledger_row *row)
{
    struct asker shell = asker_shell(act_scope(given_act(g)));
    struct admission a = { .asker = &shell, .usual_year = GIVEN_YEAR };

    return row_admit(&a, row) == OK ? S("") : a.problems[0].reason.zh;
}

TEST(office_days_are_those_of_the_state_where_nothing_is_entered)
{
    struct given *g = given(t);

    CHECK_INT(days(g)->n, state_days.n);
    CHECK_INT(workday_after(days(g), 20240927, 5), 20241010);
    CHECK(office_workdays_known(days(g), 2024));
    CHECK(!office_workdays_known(days(g), 2098));
    CHECK_STR(office_workdays_unknown(t->mem, 2098).zh,
              S("2098 年的放假安排还没有登记"));
}

TEST(office_days_that_were_entered_win_day_by_day)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, span(g, "rest", 20240926, 20240930));

    CHECK(!workday_is(days(g), 20240926));
    CHECK(!workday_is(days(g), 20240929)); /* worked, says the state */
    CHECK(!workday_is(days(g), 20241001));
    CHECK(workday_is(days(g), 20241008));
    CHECK_INT(workday_after(days(g), 20240927, 3), 20241010);
    given_void(g, "registry.day", id);
    CHECK_INT(workday_after(days(g), 20240927, 5), 20241010);
    given_restore(g, "registry.day", id);
    CHECK(!workday_is(days(g), 20240929));
}

TEST(office_days_make_a_year_known_from_january_to_october)
{
    struct given *g = given(t);

    given_keep(g, span(g, "rest", 20980101, 0));
    CHECK(!office_workdays_known(days(g), 2098));
    given_keep(g, span(g, "rest", 20981001, 20981007));
    CHECK(office_workdays_known(days(g), 2098));
    CHECK(!office_workdays_known(days(g), 2097));
    /* 2098-09-28 is a Sunday; a hundred days make the table grow. */
    given_keep(g, span(g, "work", 20980928, 0));
    given_keep(g, span(g, "rest", 20980701, 20980731));
    given_keep(g, span(g, "rest", 20980801, 20980831));
    CHECK(workday_is(days(g), 20980928));
    CHECK(!workday_is(days(g), 20980731));
    CHECK_INT(days(g)->n, state_days.n + 1 + 7 + 1 + 31 + 31);
}

TEST(a_span_of_days_is_refused_in_words)
{
    struct given *g = given(t);

    CHECK_STR(refusal(g, span(g, "rest", 20981007, 20981001)),
              S("早于第一天，请核对"));
    CHECK_STR(refusal(g, span(g, "rest", 20981001, 20981101)),
              S("一条不能超过 31 天，请核对两个日期"));
    CHECK_STR(refusal(g, span(g, "rest", 20981001, 20981031)), S(""));
}

TEST(a_day_is_not_both_off_and_worked)
{
    struct given *g = given(t);
    int64_t id = given_keep(g, span(g, "rest", 20981001, 20981007));
    struct ledger_row *row;

    CHECK(str_starts(refusal(g, span(g, "work", 20981007, 0)),
                     S("与已登记的“国庆节”（2098-10-01 起）相反")));
    CHECK_STR(refusal(g, span(g, "work", 20981008, 0)), S(""));
    CHECK_STR(refusal(g, span(g, "rest", 20981007, 20981008)), S(""));
    /* What it says itself is no contradiction. */
    row = given_kept(g, "registry.day", id);
    given_text(row, "kind", S("work"));
    given_change(g, row);
    given_void(g, "registry.day", id);
    CHECK_STR(refusal(g, span(g, "rest", 20981007, 0)), S(""));
}
