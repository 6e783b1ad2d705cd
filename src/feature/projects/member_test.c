/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whom of a project visitors see by name: nobody who did not agree. */
#include "host/given/given.h"

static int64_t project(struct given *g, const char *state)
{
    struct ledger_row *row = given_row(g, "projects.project");

    given_text(row, "name", S("示例项目"));
    given_text(row, "field", S("green"));
    given_text(row, "lead_org", S("区水务局党组"));
    given_text(row, "secretary", S("党组书记"));
    given_int(row, "unit", given_unit(g, S("区水务局")));
    given_int(row, "starts_on", 20240105);
    given_int(row, "due_on", 20241230);
    given_text(row, "state", str_from(state));
    given_int(row, "publicised_on", 20241107);
    return given_keep(g, row);
}

static int64_t person(struct given *g, const char *ledger, const char *duty,
                      const char *name)
{
    struct ledger_row *row = given_row(g, ledger);

    given_int(row, "project", 1);
    given_text(row, "name", str_from(name));
    given_text(row, "duty", str_from(duty));
    given_text(row, "post", str_fmt(g->m, "%s的职务", duty));
    given_int(row, "from_day", 20240105);
    return given_keep(g, row);
}

static void agree(struct given *g, int64_t id, int64_t day)
{
    struct ledger_row *row = given_kept(g, "projects.lead", id);

    given_int(row, "consent", day);
    if (!day)
        row->values[ledger_column(row->ledger, S("consent"))] = NO_INT;
    given_change(g, row);
    given_commit(g);
}

/* What a visitor is told of it on its page, and in the lists of people. */
static bool tells(struct given *g, const char *words)
{
    static const char *const paths[] = {
        "/projects/project/1", "/projects/lead", "/projects/lead/export.csv",
        "/projects/member", "/projects/member/export.csv"
    };
    bool any = false;

    given_asks(g, 0);
    for (size_t i = 0; i < COUNT(paths); i++)
        any |= page_has(given_get(g, str_from(paths[i])), str_from(words));
    return any;
}

TEST(visitors_see_leads_masked_and_members_not_at_all)
{
    struct given *g = given(t);

    project(g, "publicised");
    person(g, "projects.lead", "secretary", "赵永安");
    person(g, "projects.member", "member", "钱多多");
    given_commit(g);
    for (int i = 0; i < 2; i++) {
        CHECK(!tells(g, "赵永安") && tells(g, "赵**"));
        CHECK(tells(g, "secretary的职务"));
        CHECK(!tells(g, "钱多多") && !tells(g, "钱**"));
        CHECK(!tells(g, "member的职务"));
        given_day(g, 20241220); /* and after it */
    }
    CHECK_STR(given_said(g, given_kept(g, "projects.project", 1), "state"),
              S("active"));
}

TEST(a_lead_who_agreed_is_named_until_that_is_taken_back)
{
    struct given *g = given(t);
    int64_t one;

    project(g, "publicised");
    one = person(g, "projects.lead", "secretary", "赵永安");
    person(g, "projects.lead", "lead", "孙立本");
    agree(g, one, 20241101);
    CHECK(tells(g, "赵永安") && !tells(g, "孙立本"));
    agree(g, one, 0);
    CHECK(!tells(g, "赵永安"));
}

TEST(the_unit_keeps_who_leads_and_who_agreed)
{
    struct given *g = given(t);
    struct ctx *c;

    project(g, "active");
    given_asks(g, ROLE_EDITOR);
    g->who.org = given_unit(g, S("区水务局"));
    given_commit(g);
    given_field(g, "name", S("赵永安"));
    given_field(g, "duty", S("secretary"));
    given_field(g, "from_day", S("2024-01-05"));
    given_field(g, "consent", S("2024-11-01"));
    c = given_post(g, S("/projects/project/1/lead/new"));
    CHECK_INT(page_status(c), 303);
    CHECK(tells(g, "赵永安"));
}
