/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Two who change one row at once: only what both touched is a question. */
#include "host/given/given.h"

/* Whose value stands when both sent the form. */
enum outcome { FIRST, SECOND, ASKED };

/* One field, as the two left it. */
struct meeting {
    const char *field;
    const char *first, *second;
    enum outcome outcome;
};

/* The newest tree is the one that both open. */
static int64_t tree(struct given *g)
{
    return given_sql(g, SQL("SELECT max(id) FROM sample_tree"));
}

static struct str name_of(struct given *g, int64_t id)
{
    return str_fmt(g->m, "第%lld棵", (long long)id);
}

/* Another tree, with every kind of field filled in. */
static void given_open(struct given *g)
{
    struct ledger_row *row =
        sample_tree(g, name_of(g, 1 + given_sql(g, SQL("SELECT count(*) "
                                                       "FROM sample_tree"))));

    given_int(row, "visits", 10);
    given_text(row, "care", S("一\n二"));
    given_text(row, "remark", S("好"));
    given_unit(g, S("区司法局"));
    given_unit(g, S("区法院"));
    given_asks(g, ROLE_OFFICER);
    given_keep(g, row);
}

/* The form as it was opened, to be sent; a later given_field() counts. */
static void given_form(struct given *g)
{
    static const char *const fields[][2] = {
        { "species", "ginkgo" },
        { "unit", "区教育局" },
        { "planted_on", "2024-01-02" },
        { "due_on", "2024-12-31" },
        { "visits", "10" },
        { "care", "一\r\n二" },
        { "remark", "好" },
        { "post", "机关党委书记" },
        { "version", "1" },
    };

    given_field(g, "name", name_of(g, tree(g)));
    for (size_t i = 0; i < COUNT(fields); i++)
        given_field(g, fields[i][0], str_from(fields[i][1]));
}

/* Account `who` sends it. */
static struct ctx *sends(struct given *g, int64_t who)
{
    g->who.account = who;
    return given_post(g, str_fmt(g->m, "/sample/tree/%lld/edit",
                                 (long long)tree(g)));
}

static struct ledger_row *kept(struct given *g)
{
    return given_kept(g, "sample.tree", tree(g));
}

static struct str saved(struct given *g, const char *column)
{
    return given_said(g, kept(g), column);
}

/* The first saves one field, which nobody minds. */
static void saves_first(struct given *g, const char *field, const char *value)
{
    struct test *t = g->t;

    given_form(g);
    given_field(g, field, str_from(value));
    CHECK_INT(page_status(sends(g, 8)), 303);
}

/* The second sends the same field otherwise, and one that is only theirs. */
static void meet(struct given *g, const struct meeting *n)
{
    struct test *t = g->t;
    struct str first;
    struct ctx *c;

    given_open(g);
    saves_first(g, n->field, n->first);
    first = saved(g, n->field);
    given_form(g);
    given_field(g, n->field, str_from(n->second));
    given_field(g, "crew", S("9"));
    c = sends(g, 7);
    CHECK_INT(page_status(c), n->outcome == ASKED ? 409 : 303);
    CHECK_STR(saved(g, "crew"), n->outcome == ASKED ? S("") : S("9"));
    CHECK(str_eq(saved(g, n->field), first) == (n->outcome != SECOND));
    if (n->outcome != ASKED)
        return;
    CHECK(page_has(c, str_fmt(g->m, "name=\"take-%s\"", n->field)));
    CHECK(!page_has(c, S("name=\"take-crew\"")));
    CHECK(page_says(c, S("需要您决定的：1 项")));
    CHECK(page_has(c, S("name=\"crew\" value=\"9\"")));
}

TEST(rivals_are_asked_only_about_what_both_touched)
{
    static const struct meeting meetings[] = {
        { "visits", "30", "10", FIRST },
        { "visits", "10", "30", SECOND },
        { "visits", "30", "30", FIRST },
        { "visits", "30", "31", ASKED },
        { "visits", "", "10", FIRST },
        { "visits", "", "11", ASKED },
        { "visits", "11", "", ASKED },
        { "visits", "30", "三十来次", ASKED },
        { "species", "plum", "ginkgo", FIRST },
        { "species", "plum", "pine", ASKED },
        { "unit", "区法院", "区教育局", FIRST },
        { "unit", "区教育局", "区法院", SECOND },
        { "unit", "区法院", "区司法局", ASKED },
        { "care", "一\n三", "一\r\n二", FIRST },
        { "care", "", "一\r\n二", FIRST },
        { "care", "一\n三", "一\n四", ASKED },
        { "state", "ailing", "", FIRST },
        { "state", "ailing", "thriving", ASKED },
        { "due_on", "2024-12-30", "2024年12月31日", FIRST },
        { "due_on", "", "2024-12-31", FIRST },
        { "planted_on", "2024-01-03", "2023-12-31", ASKED },
    };

    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(meetings); i++)
        meet(g, &meetings[i]);
}

TEST(rivals_are_shown_both_values_and_who_changed_when)
{
    struct given *g = given(t);
    struct ctx *c;

    given_open(g);
    saves_first(g, "species", "plum");
    given_form(g);
    given_field(g, "species", S("pine"));
    c = sends(g, 7);
    CHECK_INT(page_status(c), 409);
    CHECK(page_says(c, S("同一项别人刚刚也改了")));
    CHECK(page_has(c, S("data-label=\"您填写的\">松树</td>")));
    CHECK(page_has(c, S("data-label=\"现在保存的\">梅树</td>")));
    CHECK(page_has(c, S("data-label=\"谁改的\">#8 · 2")));
    CHECK(page_has(c, S("name=\"version\" value=\"2\"")));
    CHECK(page_has(c, S("value=\"pine\" selected")));
}

/* Both changed species and visits; the second answers with these boxes. */
static struct ctx *answered(struct given *g, const char *species,
                            const char *visits)
{
    struct test *t = g->t;

    given_open(g);
    saves_first(g, "species", "plum");
    given_form(g);
    given_field(g, "species", S("pine"));
    given_field(g, "visits", S("31"));
    CHECK_INT(page_status(sends(g, 7)), 409);
    given_form(g);
    given_field(g, "version", S("2"));
    given_field(g, "species", S("pine"));
    given_field(g, "visits", S("31"));
    given_field(g, "take-species", str_from(species));
    given_field(g, "take-visits", str_from(visits));
    return sends(g, 7);
}

TEST(rivals_choose_one_field_at_a_time)
{
    static const struct {
        const char *boxes[2];
        const char *saved[2];
    } cases[] = {
        { { "", "" }, { "pine", "31" } },
        { { "1", "" }, { "plum", "31" } },
        { { "", "1" }, { "pine", "10" } },
        { { "1", "1" }, { "plum", "10" } },
    };

    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_INT(page_status(
                      answered(g, cases[i].boxes[0], cases[i].boxes[1])),
                  303);
        CHECK_STR(saved(g, "species"), str_from(cases[i].saved[0]));
        CHECK_STR(saved(g, "visits"), str_from(cases[i].saved[1]));
    }
}

TEST(rivals_may_be_three)
{
    struct given *g = given(t);
    struct ctx *c;

    given_open(g);
    saves_first(g, "visits", "30");
    saves_first(g, "species", "plum");
    given_form(g);
    given_field(g, "remark", S("很好"));
    c = sends(g, 7);
    CHECK_STR(c->location, S("/sample/tree/1?since=1"));
    CHECK_STR(saved(g, "visits"), S("30"));
    CHECK_STR(saved(g, "species"), S("plum"));
    CHECK_STR(saved(g, "remark"), S("很好"));
    c = given_get(g, c->location);
    CHECK(page_says(c, S("已一并保留")));
    CHECK(page_has(c, S("：树种</li>")));
    CHECK(page_has(c, S("：浇水人次（人次）</li>")));
    CHECK(!page_says(c, S("：树木备注")));
    /* Somebody else, or after a later change, is told nothing. */
    g->who.account = 8;
    CHECK(
        !page_says(given_get(g, S("/sample/tree/1?since=1")), S("已一并保留")));
    given_asks(g, 0);
    CHECK(
        !page_says(given_get(g, S("/sample/tree/1?since=1")), S("已一并保留")));
}

TEST(rivals_are_asked_again_when_a_third_was_first)
{
    struct given *g = given(t);

    given_open(g);
    saves_first(g, "visits", "30");
    given_form(g);
    given_field(g, "visits", S("31"));
    CHECK_INT(page_status(sends(g, 7)), 409);
    given_form(g);
    given_field(g, "version", S("2"));
    given_field(g, "visits", S("32"));
    CHECK_INT(page_status(sends(g, 9)), 303);
    given_form(g);
    given_field(g, "version", S("2"));
    given_field(g, "visits", S("31"));
    CHECK_INT(page_status(sends(g, 7)), 409);
    CHECK_STR(saved(g, "visits"), S("32"));
    given_form(g); /* the box means what was shown: not touched */
    given_field(g, "version", S("2"));
    given_field(g, "visits", S("31"));
    given_field(g, "take-visits", S("1"));
    CHECK_INT(page_status(sends(g, 7)), 303);
    CHECK_STR(saved(g, "visits"), S("32"));
}

TEST(rivals_are_told_what_the_rules_say_of_both_together)
{
    struct given *g = given(t);
    struct ctx *c;

    given_open(g);
    saves_first(g, "due_on", "2024-02-01");
    given_form(g);
    given_field(g, "planted_on", S("2024-03-01"));
    c = sends(g, 7);
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("养护期限：早于栽种日期")));
    CHECK(page_says(c, S("已按他们的放进下面的表单")));
    CHECK(page_has(c, S("name=\"due_on\" value=\"2024-02-01\"")));
    CHECK(page_has(c, S("name=\"planted_on\" value=\"2024-03-01\"")));
    CHECK(page_has(c, S("name=\"version\" value=\"2\"")));
    CHECK_STR(saved(g, "planted_on"), S("20240102"));
}

TEST(rivals_of_a_version_that_never_was_are_asked_about_all)
{
    static const char *const versions[] = { "",  "0",  "-1",   "3",
                                            "x", "99", "1 ; 2" };

    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(versions); i++) {
        struct ctx *c;

        given_open(g);
        saves_first(g, "visits", "30");
        given_form(g);
        given_field(g, "version", str_from(versions[i]));
        given_field(g, "remark", S("很好"));
        c = sends(g, 7);
        CHECK_INT(page_status(c), 409);
        CHECK(page_says(c, S("需要您决定的：2 项")));
        CHECK_STR(saved(g, "remark"), S("好"));
    }
}

TEST(rivals_of_a_form_opened_before_an_import_and_its_undo)
{
    struct given *g = given(t);
    struct undo u = { .reason = S("导错了") };
    struct asker shell;

    given_open(g);
    u.batch = given_apply(
        g,
        given_plan(g,
                   given_workbook(g,
                                  S("树种,树名,认养单位,栽种日期,"
                                    "浇水人次,树木备注\n"
                                    "梅树,第1棵,区教育局,2024-01-02,40,坏\n"),
                                  S("a.csv"))));
    CHECK_STR(saved(g, "visits"), S("40"));
    given_form(g);
    given_field(g, "visits", S("11"));
    CHECK_INT(page_status(sends(g, 7)), 409);
    shell = asker_shell(act_scope(given_act(g)));
    CHECK_INT(undo_apply(given_act(g), &shell, &u), OK);
    given_form(g); /* it stands again as the form showed it */
    given_field(g, "visits", S("11"));
    CHECK_INT(page_status(sends(g, 7)), 303);
    CHECK_STR(saved(g, "visits"), S("11"));
    CHECK_STR(saved(g, "remark"), S("好"));
    CHECK_STR(saved(g, "species"), S("ginkgo"));
}

TEST(rivals_of_a_row_voided_and_restored_meanwhile)
{
    struct given *g = given(t);

    given_open(g);
    given_void(g, "sample.tree", 1);
    given_form(g);
    given_field(g, "visits", S("11"));
    CHECK_INT(page_status(sends(g, 7)), 409);
    given_restore(g, "sample.tree", tree(g));
    given_form(g);
    given_field(g, "visits", S("11"));
    CHECK_INT(page_status(sends(g, 7)), 303);
    CHECK_STR(saved(g, "visits"), S("11"));
}

/* The keeper's form, with this year. */
static int sends_year(struct given *g, int64_t id, const char *year)
{
    given_field(g, "name", row_title(given_kept(g, "sample.keeper", id)));
    given_field(g, "duty", S("helper"));
    given_field(g, "version", S("1"));
    given_field(g, "year", str_from(year));
    return page_status(given_post(g, str_fmt(g->m, "/sample/keeper/%lld/edit",
                                             (long long)id)));
}

TEST(rivals_over_the_year)
{
    static const struct {
        const char *name, *first, *second;
        int status, year;
    } cases[] = {
        { "小王", "2023", "2024", 303, 2023 },
        { "小李", "2024", "2023", 303, 2023 },
        { "小张", "2023", "2025", 409, 2023 },
        { "小赵", "2023", "2023", 303, 2023 },
    };
    struct given *g = given(t);

    given_asks(g, ROLE_OFFICER);
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ledger_row *row = given_row(g, "sample.keeper");
        int64_t id;

        given_text(row, "name", str_from(cases[i].name));
        given_text(row, "duty", S("helper"));
        id = given_keep(g, row);
        CHECK_INT(sends_year(g, id, cases[i].first), 303);
        CHECK_INT(sends_year(g, id, cases[i].second), cases[i].status);
        CHECK_INT(given_kept(g, "sample.keeper", id)->year, cases[i].year);
    }
}

/* The editor of 区教育局 had the form open when an officer judged the tree. */
TEST(rivals_may_not_write_what_was_decided_meanwhile)
{
    struct given *g = given(t);
    struct ctx *c;

    given_open(g);
    saves_first(g, "health", "80");
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区教育局"));
    given_form(g);
    given_field(g, "visits", S("11"));
    CHECK_INT(page_status(sends(g, 7)), 303);
    CHECK_STR(saved(g, "visits"), S("11"));
    CHECK_STR(saved(g, "health"), S("8000"));
    given_form(g); /* what it is, is settled now */
    given_field(g, "name", S("乙"));
    c = sends(g, 7);
    CHECK_INT(page_status(c), 403);
    CHECK_STR(saved(g, "name"), S("第1棵"));
}
