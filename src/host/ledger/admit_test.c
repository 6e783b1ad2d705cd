/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a row must be before it is kept. */
#include "host/ledger/admit.h"

#include "host/given/given.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NAME, UNIT, HELD_ON, PLACES, LEVEL, GRADE };

#define LABEL TEXT_INIT("列", "Column")

static const struct choice levels[] = {
    CHOICE("high", "高", "High"),
};

static const struct column columns[] = {
    [NAME] = { .key = S_INIT("name"),
               .label = LABEL,
               .flags = COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_TITLE,
               .max = 6 },
    [UNIT] = { .key = S_INIT("unit"),
               .type = COLUMN_REF,
               .ref = S_INIT("registry.organisation"),
               .ref_kind = S_INIT("unit"),
               .label = LABEL,
               .flags = COLUMN_REQUIRED | COLUMN_OWNER },
    [HELD_ON] = { .key = S_INIT("held_on"),
                  .type = COLUMN_DATE,
                  .label = LABEL,
                  .flags = COLUMN_WHEN },
    [PLACES] = { .key = S_INIT("places"),
                 .type = COLUMN_COUNT,
                 .label = LABEL,
                 .max = 40 },
    [LEVEL] = { .key = S_INIT("level"),
                .type = COLUMN_CHOICE,
                .label = LABEL,
                CHOICES(levels) },
    [GRADE] = { .key = S_INIT("grade"),
                .type = COLUMN_MARK,
                .label = LABEL,
                BY_OFFICER },
};

static bool no_thirteen(struct scope in, const struct ledger_row *row,
                        size_t *ret_column, struct text *ret_reason)
{
    (void)in;
    *ret_column = PLACES;
    *ret_reason = TEXT("不吉利", "is unlucky");
    return row_int(row, PLACES) != 13;
}

static const struct ledger meeting = {
    .feature = S_INIT("sample"),
    .noun = S_INIT("meeting"),
    .columns = columns,
    .columns_n = COUNT(columns),
    .check = no_thirteen,
};

/* One who asks, and a row that is as it should be. */
struct entrance {
    struct given *g;
    struct asker asker;
    struct admission a;
    struct ledger_row *row;
};

static struct entrance given_entrance(struct test *t)
{
    struct given *g = given(t);
    struct ledger_row *row = ledger_row_new(t->mem, &meeting);

    row->values[NAME] = STR(S("沙龙"));
    row->values[UNIT] = INT(given_unit(g, S("区教育局")));
    row->values[PLACES] = INT(40);
    row->values[LEVEL] = STR(S("high"));
    return (struct entrance){ .g = g,
                              .asker = asker_shell(act_scope(given_act(g))),
                              .row = row };
}

static enum err admit(struct entrance *e)
{
    e->a.asker = &e->asker;
    e->a.usual_year = 2024;
    e->a.said_new = true; /* there is no table of meetings to look into */
    return row_admit(&e->a, e->row);
}

TEST(a_row_that_is_as_it_should_be_is_admitted)
{
    struct entrance e = given_entrance(t);

    CHECK_INT(admit(&e), OK);
    CHECK_INT(e.a.problems_n, 0);
    CHECK(e.row->admitted);
}

TEST(what_a_column_cannot_keep_is_refused_and_named)
{
    static const struct {
        size_t column;
        struct value value;
    } tries[] = {
        { NAME, { .kind = VALUE_TEXT, .missing = true } },
        { NAME, { .kind = VALUE_TEXT, .s = S_INIT("一二三四五六七") } },
        { NAME, { .kind = VALUE_TEXT, .s = S_INIT("一\n二") } },
        { NAME, { .kind = VALUE_TEXT, .s = S_INIT("a\0b") } },
        { NAME, { .kind = VALUE_TEXT, .s = S_INIT("\xff\xfe") } },
        { UNIT, { .kind = VALUE_INT, .missing = true } },
        { HELD_ON, { .kind = VALUE_INT, .i = 20240230 } },
        { HELD_ON, { .kind = VALUE_INT, .i = -1 } },
        { HELD_ON, { .kind = VALUE_INT, .i = 19990101 } },
        { PLACES, { .kind = VALUE_INT, .i = 41 } },
        { PLACES, { .kind = VALUE_INT, .i = -1 } },
        { PLACES, { .kind = VALUE_INT, .i = 13 } },
        { LEVEL, { .kind = VALUE_TEXT, .s = S_INIT("low") } },
    };

    struct entrance e = given_entrance(t);
    const struct ledger_row good = *e.row;

    for (size_t i = 0; i < COUNT(tries); i++) {
        *e.row = good;
        e.row->values = NEW_ARRAY(t->mem, struct value, COUNT(columns));
        memcpy(e.row->values, good.values,
               COUNT(columns) * sizeof(*good.values));
        e.row->values[tries[i].column] = tries[i].value;
        CHECK_INT(admit(&e), E_INPUT);
        NEED_INT(e.a.problems_n, 1);
        CHECK_INT(e.a.problems[0].column, tries[i].column);
        CHECK(!text_empty(e.a.problems[0].reason));
        CHECK(!e.row->admitted);
    }
}

TEST(every_column_is_asked_before_the_rules_between_them)
{
    struct entrance e = given_entrance(t);

    e.row->values[NAME] = NO_TEXT;
    e.row->values[UNIT] = NO_INT;
    e.row->values[PLACES] = INT(13);
    CHECK_INT(admit(&e), E_INPUT);
    CHECK_INT(e.a.problems_n, 2);
}

TEST(the_year_is_the_one_said_then_of_the_date_then_as_it_was)
{
    struct entrance e = given_entrance(t);
    struct ledger_row *before = ledger_row_new(t->mem, &meeting);

    CHECK_INT(admit(&e), OK);
    CHECK_INT(e.row->year, 2024); /* nothing tells it: the usual one */
    before->year = 2022;
    e.a.before = before;
    CHECK_INT(admit(&e), OK);
    CHECK_INT(e.row->year, 2022);
    e.row->values[HELD_ON] = INT(20230501);
    CHECK_INT(admit(&e), OK);
    CHECK_INT(e.row->year, 2023);
    before->values[HELD_ON] = INT(20230501); /* the same day: it stays */
    CHECK_INT(admit(&e), OK);
    CHECK_INT(e.row->year, 2022);
    e.a.said_year = 2021;
    CHECK_INT(admit(&e), OK);
    CHECK_INT(e.row->year, 2021);
    e.a.said_year = 1899;
    CHECK_INT(admit(&e), E_INPUT);
}

/* Ask as an editor of a unit; before and after belong to these. */
static enum err admit_as_editor(struct entrance *e, int64_t before,
                                int64_t after)
{
    struct ledger_row *old = ledger_row_new(e->g->m, &meeting);

    e->asker.roles = ROLE_EDITOR;
    e->asker.org = given_unit(e->g, S("区教育局"));
    e->asker.asked = 0;
    old->year = 2024;
    old->values[UNIT] = INT(before);
    e->a.before = before ? old : NULL;
    e->row->values[UNIT] = INT(after);
    return admit(e);
}

TEST(an_editor_may_change_rows_of_the_own_unit_as_they_stand_and_shall_be)
{
    struct entrance e = given_entrance(t);
    int64_t own = given_unit(e.g, S("区教育局"));
    int64_t other = given_unit(e.g, S("区司法局"));

    CHECK_INT(admit_as_editor(&e, 0, own), OK);
    CHECK_INT(admit_as_editor(&e, 0, other), E_DENIED);
    NEED_INT(e.a.problems_n, 1);
    CHECK_INT(e.a.problems[0].column, UNIT);
    CHECK_INT(admit_as_editor(&e, own, own), OK);
    CHECK_INT(admit_as_editor(&e, own, other), E_DENIED);
    CHECK_INT(admit_as_editor(&e, other, own), E_DENIED);
}

TEST(a_reference_is_a_row_that_a_name_could_have_found)
{
    struct entrance e = given_entrance(t);
    int64_t voided = given_unit(e.g, S("撤销的单位"));
    const int64_t none[] = { 0, -1, 999, voided };

    given_void(e.g, "registry.organisation", voided);
    for (size_t i = 0; i < COUNT(none); i++) {
        e.row->values[UNIT] = INT(none[i]);
        e.row->labels[UNIT] = S("");
        CHECK_INT(admit(&e), E_INPUT);
        NEED_INT(e.a.problems_n, 1);
        CHECK_INT(e.a.problems[0].column, UNIT);
    }
    /* A row that refers there already may go on doing so. */
    e.a.before = e.row;
    CHECK_INT(admit(&e), OK);
}

TEST(rights_reach_down_the_organisations_and_not_up)
{
    struct given *g = given(t);
    struct ledger_row *below = ledger_row_new(t->mem, ledger_organisations());
    struct ledger_row *row = ledger_row_new(t->mem, &meeting);
    struct asker a = { .in = act_scope(given_act(g)), .roles = ROLE_EDITOR };

    given_text(below, "name", S("幼儿园"));
    given_text(below, "kind", S("unit"));
    given_int(below, "parent", given_unit(g, S("区教育局")));
    row->values[UNIT] = INT(given_keep(g, below));
    a.org = given_unit(g, S("区教育局"));
    CHECK_INT(relations(&a, row), RELATION_OWNER);
    a.org = given_unit(g, S("区司法局"));
    a.asked = 0;
    CHECK_INT(relations(&a, row), 0);
    a.org = row_owner(row);
    a.asked = 0;
    row->values[UNIT] = INT(given_unit(g, S("区教育局")));
    CHECK(!may_change(&a, row));
    a.roles = ROLE_ADMIN; /* accounts, no rows */
    CHECK(!may_change(&a, row));
    a.roles = 0;
    CHECK(!may_change(&a, row));
}

/* A meeting of the asker's own unit, as it stands; 0: without a grade. */
static struct ledger_row *graded(struct entrance *e, int64_t grade)
{
    struct ledger_row *before = ledger_row_new(e->g->m, &meeting);

    before->year = 2024;
    memcpy(before->values, e->row->values,
           COUNT(columns) * sizeof(*before->values));
    if (grade)
        before->values[GRADE] = INT(grade);
    e->a.before = before;
    e->asker.roles = ROLE_EDITOR;
    e->asker.org = row_owner(before);
    return before;
}

TEST(nobody_grades_the_own_row)
{
    struct entrance e = given_entrance(t);

    graded(&e, 8000);
    e.row->values[GRADE] = INT(8000); /* as it stands */
    CHECK_INT(admit(&e), OK);
    e.row->values[GRADE] = INT(9000);
    CHECK_INT(admit(&e), E_DENIED);
    NEED_INT(e.a.problems_n, 1);
    CHECK_INT(e.a.problems[0].column, GRADE);
    CHECK(str_find(e.a.problems[0].reason.zh, S("由区级管理员填写")) == 0);
    e.row->values[GRADE] = NO_INT; /* nor takes it away */
    CHECK_INT(admit(&e), E_DENIED);
    e.a.before = NULL;
    CHECK_INT(admit(&e), OK);
    e.row->values[GRADE] = INT(9000); /* nor brings it along */
    CHECK_INT(admit(&e), E_DENIED);
}

TEST(officers_grade_but_not_those_they_edit_for)
{
    struct entrance e = given_entrance(t);

    graded(&e, 0);
    e.row->values[GRADE] = INT(9000);
    e.asker.roles = ROLE_OFFICER;
    CHECK_INT(admit(&e), OK);
    e.asker.roles = ROLE_OFFICER | ROLE_EDITOR;
    CHECK_INT(admit(&e), E_DENIED);
    e.asker.org = given_unit(e.g, S("区司法局"));
    e.asker.asked = 0;
    CHECK_INT(admit(&e), OK);
}

TEST(a_grade_stays_with_what_was_graded)
{
    static const struct {
        size_t column;
        struct value value;
        enum err answer;
    } tries[] = {
        { NAME, { .kind = VALUE_TEXT, .s = S_INIT("茶会") }, E_DENIED },
        { HELD_ON, { .kind = VALUE_INT, .i = 20250101 }, E_DENIED },
        { HELD_ON, { .kind = VALUE_INT, .i = 20240101 }, OK },
        { PLACES, { .kind = VALUE_INT, .i = 12 }, OK },
    };

    struct entrance e = given_entrance(t);
    struct ledger_row *before = graded(&e, 8000);

    for (size_t i = 0; i < COUNT(tries); i++) {
        memcpy(e.row->values, before->values,
               COUNT(columns) * sizeof(*before->values));
        e.row->values[tries[i].column] = tries[i].value;
        CHECK_INT(admit(&e), tries[i].answer);
        if (tries[i].answer != OK)
            CHECK_INT(e.a.problems[0].column, tries[i].column);
        e.asker.roles = ROLE_OFFICER;
        CHECK_INT(admit(&e), OK);
        e.asker.roles = ROLE_EDITOR;
        before->values[GRADE] = e.row->values[GRADE] = NO_INT;
        CHECK_INT(admit(&e), OK); /* nothing was decided yet */
        before->values[GRADE] = INT(8000);
    }
}

TEST(a_graded_row_is_restored_by_those_who_grade)
{
    struct entrance e = given_entrance(t);
    struct ledger_row *before = graded(&e, 8000);

    before->voided = true;
    e.row->values[GRADE] = INT(8000);
    CHECK_INT(admit(&e), E_DENIED);
    CHECK(!may_settle(&e.asker, before));
    e.asker.roles = ROLE_OFFICER;
    CHECK_INT(admit(&e), OK);
}

TEST(a_row_that_was_not_admitted_stops_the_program)
{
    struct given *g = given(t);
    struct ledger_row *row = ledger_row_new(t->mem, ledger_organisations());
    int status = 0;
    pid_t pid;

    given_text(row, "name", S("区审计局"));
    given_text(row, "kind", S("unit"));
    pid = fork();
    if (pid == 0)
        _exit(row_insert(given_act(g), row) == OK ? 0 : 1);
    CHECK(waitpid(pid, &status, 0) == pid);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    given_admit(g, NULL, row);
    CHECK_INT(row_insert(given_act(g), row), OK);
    CHECK(!row->admitted); /* a change of it is asked anew */
}

/* A tree in this community, said to stand in this subdistrict. */
static enum err admit_tree_at(struct given *g, struct str community,
                              struct str subdistrict, struct admission *ret)
{
    struct ledger_row *row = sample_tree(g, S("松"));
    struct asker asker = asker_shell(act_scope(given_act(g)));

    *ret = (struct admission){ .asker = &asker };
    if (community.n)
        given_ref(g, row, "community", community);
    if (subdistrict.n)
        given_ref(g, row, "subdistrict", subdistrict);
    return row_admit(ret, row);
}

TEST(places_that_contradict_each_other_are_refused)
{
    struct given *g = given(t);
    struct admission a;

    given_divisions(g);
    CHECK_INT(admit_tree_at(g, S("中韩社区"), S("沙子口街道"), &a), E_INPUT);
    NEED_INT(a.problems_n, 1);
    CHECK_INT(a.problems[0].column,
              ledger_column(ledger_find(S("sample.tree")), S("community")));
    CHECK_STR(a.problems[0].reason.zh,
              S("属于“中韩街道”，不在“沙子口街道”之内；请核对两栏"));
    CHECK(a.problems[0].reason.en.n > 0);
}

TEST(places_that_agree_or_say_little_are_admitted)
{
    struct given *g = given(t);
    struct ledger_row *alone = given_row(g, "registry.organisation");
    struct admission a;

    given_divisions(g);
    given_text(alone, "name", S("海上社区"));
    given_text(alone, "kind", S("community"));
    given_keep(g, alone);
    CHECK_INT(admit_tree_at(g, S("中韩社区"), S("中韩街道"), &a), OK);
    CHECK_INT(admit_tree_at(g, S("中韩社区"), S(""), &a), OK);
    CHECK_INT(admit_tree_at(g, S(""), S("沙子口街道"), &a), OK);
    CHECK_INT(admit_tree_at(g, S("海上社区"), S("沙子口街道"), &a), OK);
}
