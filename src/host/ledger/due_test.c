/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What waits for whom, on the groves of the tests. */
#include "host/ledger/due.h"

#include "host/given/given.h"

static int64_t grove(struct given *g, struct str unit, const char *state)
{
    struct ledger_row *row = given_row(g, "grove.grove");

    given_text(row, "name", str_fmt(g->m, "%.*s的林", STR_ARG(unit)));
    given_int(row, "unit", given_unit(g, unit));
    given_text(row, "state", str_from(state));
    return given_keep(g, row);
}

static int64_t task(struct given *g, int64_t of, const char *state, int32_t due)
{
    static int made;
    struct ledger_row *row = given_row(g, "grove.task");

    given_int(row, "grove", of);
    given_text(row, "name", str_fmt(g->m, "任务%d", ++made));
    given_int(row, "due", due);
    given_int(row, "weight", 1);
    given_text(row, "state", str_from(state));
    return given_keep(g, row);
}

/* 一中 stands below 区教育局; 区水务局 beside it. */
static struct given *given_work(struct test *t)
{
    struct given *g = given(t);
    struct ledger_row *school = ledger_row_new(t->mem, ledger_organisations());
    int64_t id;

    given_text(school, "name", S("一中"));
    given_text(school, "kind", S("unit"));
    given_int(school, "parent", given_unit(g, S("区教育局")));
    given_keep(g, school);
    grove(g, S("区交通局"), "draft");
    id = grove(g, S("区教育局"), "active");
    task(g, id, "open", 20240601);
    task(g, id, "open", 20240610);
    task(g, id, "open", 20240630);
    task(g, id, "reported", 20240601);
    id = grove(g, S("一中"), "active");
    task(g, id, "open", 20240605);
    task(g, id, "reported", 20240630);
    id = grove(g, S("区水务局"), "active");
    task(g, id, "open", 20240605);
    task(g, id, "accepted", 20240605);
    given_void(g, "grove.task", task(g, id, "open", 20240605));
    given_void(g, "grove.grove", grove(g, S("区财政局"), "draft"));
    return g;
}

static struct asker asker(struct given *g, unsigned roles, const char *unit)
{
    return (struct asker){ .in = act_scope(given_act(g)),
                           .roles = roles,
                           .org = *unit ? given_unit(g, str_from(unit)) : 0 };
}

/* As the header says it, row by row. */
static int64_t count_by_hand(struct asker *a, const struct ledger *l,
                             const struct step *step, int32_t today)
{
    struct ledger_row *row;
    int64_t n = 0;

    for (int64_t id = 1; id < 20; id++) {
        struct due due[DUE_MAX];

        if (!row_load(a->in, l, id, &row))
            continue;
        for (size_t i = due_of(a->in, row, due); i > 0; i--)
            n += due[i - 1].step == step && due[i - 1].since <= today &&
                 is_expected(a, row, step);
    }
    return n;
}

TEST(what_waits_is_counted_for_the_one_who_is_expected_to_do_it)
{
    static const struct {
        unsigned roles;
        const char *unit;
        int64_t report, overdue, accept, approve;
    } cases[] = {
        { ROLE_OFFICER, "", 0, 0, 2, 1 },
        { ROLE_EDITOR, "区教育局", 3, 1, 0, 0 },
        { ROLE_EDITOR, "一中", 1, 0, 0, 0 },
        { ROLE_EDITOR, "区水务局", 1, 0, 0, 0 },
        { ROLE_EDITOR, "区财政局", 0, 0, 0, 0 },
        { ROLE_EDITOR, "", 0, 0, 0, 0 },
        /* Not what is their own. */
        { ROLE_OFFICER | ROLE_EDITOR, "一中", 1, 0, 1, 1 },
        { ROLE_OFFICER | ROLE_EDITOR, "区教育局", 3, 1, 0, 1 },
        { ROLE_OFFICER | ROLE_EDITOR, "区交通局", 0, 0, 2, 0 },
        { ROLE_ADMIN, "区教育局", 0, 0, 0, 0 },
        { 0, "", 0, 0, 0, 0 },
    };
    struct given *g = given_work(t);
    const struct ledger *groves = ledger_find(S("grove.grove"));
    const struct ledger *tasks = ledger_find(S("grove.task"));

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct asker a = asker(g, cases[i].roles, cases[i].unit);
        const struct step *report = step_find(tasks, S("report"));

        CHECK_INT(due_count(&a, tasks, report, 20240603), cases[i].report);
        CHECK_INT(due_overdue(&a, tasks, report, 20240603), cases[i].overdue);
        CHECK_INT(due_count(&a, tasks, step_find(tasks, S("accept")), 20240603),
                  cases[i].accept);
        CHECK_INT(due_count(&a, groves, step_find(groves, S("approve")),
                            20240603),
                  cases[i].approve);
    }
}

TEST(what_waits_is_what_is_expected_row_by_row)
{
    static const unsigned roles[] = { 0, ROLE_OFFICER, ROLE_EDITOR,
                                      ROLE_OFFICER | ROLE_EDITOR };
    static const int32_t days[] = { 20240101, 20240529, 20240530, 20240603,
                                    20250101 };
    struct given *g = given_work(t);
    const struct ledger *l = ledger_find(S("grove.task"));
    int64_t all = 0;

    for (size_t r = 0; r < COUNT(roles); r++)
        for (size_t d = 0; d < COUNT(days); d++)
            for (size_t s = 0; s < l->steps_n; s++) {
                struct asker a = asker(g, roles[r], "区教育局");
                int64_t n = due_count(&a, l, &l->steps[s], days[d]);

                CHECK_INT(n, count_by_hand(&a, l, &l->steps[s], days[d]));
                all += n;
            }
    CHECK(all > 20);
}

TEST(what_is_overdue_was_due_before_today)
{
    struct given *g = given_work(t);
    const struct ledger *l = ledger_find(S("grove.task"));
    const struct step *report = step_find(l, S("report"));
    const struct step *accept = step_find(l, S("accept"));
    struct asker a = asker(g, ROLE_EDITOR, "区教育局");
    struct asker officer = asker(g, ROLE_OFFICER, "");

    CHECK_INT(due_overdue(&a, l, report, 20240601), 0);
    CHECK_INT(due_overdue(&a, l, report, 20240602), 1);
    CHECK_INT(due_overdue(&a, l, report, 20240606), 2);
    CHECK_INT(due_overdue(&a, l, report, 20250101), 4);
    CHECK_INT(due_overdue(&officer, l, accept, 20250101), 0);
}

TEST(the_next_day_that_something_is_due)
{
    struct given *g = given_work(t);
    struct asker a = asker(g, ROLE_EDITOR, "区教育局");
    struct asker officer = asker(g, ROLE_OFFICER, "");
    struct asker nobody = asker(g, 0, "");

    CHECK_INT(due_next(&a, 20240101), 20240601);
    CHECK_INT(due_next(&a, 20240601), 20240605);
    CHECK_INT(due_next(&a, 20240610), 20240630);
    CHECK_INT(due_next(&a, 20240630), 0);
    CHECK_INT(due_next(&officer, 20240101), 0);
    CHECK_INT(due_next(&nobody, 20240101), 0);
}
