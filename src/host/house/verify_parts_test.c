/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What follows from parts is proved like what somebody said. */
#include "host/given/given.h"
#include "host/house/verify.h"
#include "host/ledger/record.h"

/* A grove with a task that is due. */
static void given_grove(struct given *g)
{
    struct ledger_row *row = given_row(g, "grove.grove");
    int64_t id;

    given_text(row, "name", S("北山"));
    given_text(row, "state", S("active"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    id = given_keep(g, row);
    row = given_row(g, "grove.task");
    given_int(row, "grove", id);
    given_text(row, "name", S("整地"));
    given_int(row, "due", 20240610);
    given_int(row, "weight", 40);
    given_keep(g, row);
}

static enum err verify(struct given *g, struct text *ret_wrong)
{
    struct verify_counts n;

    return verify_house(g->house, g->m, &n, ret_wrong);
}

TEST(verify_names_what_does_not_follow)
{
    const struct {
        struct sql change, back;
        const char *words;
    } cases[] = {
        { SQL("UPDATE grove_grove SET progress = 90"),
          SQL("UPDATE grove_grove SET progress = 0"), "grove.grove row 1" },
        { SQL("UPDATE grove_task SET of_owner = 99"),
          SQL("UPDATE grove_task SET of_owner = 1"), "grove.task row 1" },
        { SQL("UPDATE grove_task SET year = 2023"),
          SQL("UPDATE grove_task SET year = 2024"), "grove.task row 1" },
        { SQL("UPDATE period SET since = 20240901 WHERE since > 20240000"),
          SQL("UPDATE period SET since = 20240611 WHERE since > 20240000"),
          "grove.grove row 1" },
        { SQL("UPDATE due SET day = 20250101 WHERE step = 'report'"),
          SQL("UPDATE due SET day = 20240610 WHERE step = 'report'"),
          "grove.task row 1" },
        { SQL("INSERT INTO due (district, subject, row_id, step, day, "
              "since, who, year) SELECT district, subject, 9, step, day, "
              "since, who, year FROM due WHERE step = 'report'"),
          SQL("DELETE FROM due WHERE row_id = 9"), "3" },
        { SQL("INSERT INTO period (district, kind, row_id, since, until, "
              "category, year) VALUES (370212, 'x', 9, 1, 2, 'y', 2024)"),
          SQL("DELETE FROM period WHERE row_id = 9"), "3" },
    };
    struct given *g = given(t);
    struct text wrong;

    given_grove(g);
    given_commit(g);
    CHECK_INT(verify(g, &wrong), OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        tx_run_unjournaled(given_tx(g), cases[i].change, (struct args){ 0 });
        given_commit(g);
        CHECK_INT(verify(g, &wrong), E_INPUT);
        CHECK(str_find(wrong.en, str_from(cases[i].words)) != SIZE_MAX);
        tx_run_unjournaled(given_tx(g), cases[i].back, (struct args){ 0 });
        given_commit(g);
        CHECK_INT(verify(g, &wrong), OK);
    }
}

TEST(verify_knows_what_time_could_not_take)
{
    struct given *g = given(t);
    struct text wrong;

    given_grove(g);
    tx_run_unjournaled(given_tx(g),
                       SQL("UPDATE due SET who = -2 WHERE who = -1"),
                       (struct args){ 0 });
    given_commit(g);
    CHECK_INT(verify(g, &wrong), OK);
    tx_run_unjournaled(given_tx(g), SQL("UPDATE due SET who = -2"),
                       (struct args){ 0 });
    given_commit(g);
    CHECK_INT(verify(g, &wrong), E_INPUT);
}

TEST(what_follows_is_made_anew_by_a_rebuild)
{
    struct given *g = given(t);
    struct text wrong;

    given_grove(g);
    tx_run_unjournaled(given_tx(g), SQL("DELETE FROM due"), (struct args){ 0 });
    tx_run_unjournaled(given_tx(g), SQL("DELETE FROM period"),
                       (struct args){ 0 });
    tx_run_unjournaled(given_tx(g), SQL("UPDATE grove_grove SET progress = 7"),
                       (struct args){ 0 });
    record_rebuild(given_act(g));
    given_commit(g);
    CHECK_INT(verify(g, &wrong), OK);
}
