/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Long work in slices: each is kept, or undone, by itself. */
#include "host/house/slice.h"

#include "host/given/given.h"

/* Says a word in the journal once a slice, and then answers. */
struct speech {
    int64_t said;
    enum err answer;
};

static enum err speak(void *arg, struct act *act)
{
    struct speech *s = arg;

    act->actor = GIVEN_ACCOUNT;
    act_journal(act, JOURNAL_SETTING, S("speech"), s->said++, S("a word"));
    return s->answer;
}

static int64_t words(struct given *g)
{
    return given_sql(g, SQL("SELECT count(*) FROM journal_entry WHERE subject "
                            "= 'speech'"));
}

TEST(slices_are_kept_one_by_one_and_a_refused_one_alone_is_undone)
{
    struct given *g = given(t);
    struct slicer *slicer = given_slicer(g);
    struct speech s = { .answer = OK };

    CHECK_INT(slice_run(slicer, speak, &s), OK);
    CHECK_INT(words(g), 1);
    given_commit(g);
    s.answer = E_CLASH;
    CHECK_INT(slice_run(slicer, speak, &s), E_CLASH);
    CHECK_INT(words(g), 1);
    given_commit(g);
    s.answer = OK;
    CHECK_INT(slice_run(slicer, speak, &s), OK);
    CHECK_INT(words(g), 2);
    CHECK_INT(given_sql(g, SQL("SELECT max(actor) FROM journal_entry WHERE "
                               "subject = 'speech'")),
              GIVEN_ACCOUNT);
}

static enum err name_district_twice(void *arg, struct act *act)
{
    (void)arg;
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO district (id, name_zh, name_en, journal_key) "
            "SELECT id, name_zh, name_en, journal_key FROM district"),
        (struct args){ 0 });
    return OK;
}

TEST(a_slice_whose_key_is_taken_says_so_whatever_it_answers)
{
    struct given *g = given(t);

    CHECK_INT(slice_run(given_slicer(g), name_district_twice, NULL), E_CLASH);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM district")), 1);
}
