/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "access/account.h"
#include "host/given/given.h"

/* The page that answers an administrator who adds 李雷. */
static struct ctx *add_account(struct given *g)
{
    given_field(g, "name", S("李雷"));
    given_field(g, "login", S("li"));
    given_field(g, "role", S("editor"));
    given_field(g, "org", S("区司法局"));
    return given_post(g, S("/accounts"));
}

TEST(accounts_page_gives_a_link_to_the_one_who_was_added)
{
    struct given *g = given(t);
    struct ctx *c;

    given_unit(g, S("区司法局"));
    given_asks(g, ROLE_ADMIN);
    c = add_account(g);
    CHECK_INT(page_status(c), 200);
    CHECK(page_has(c, S("/link/")));
    c = given_get(g, S("/accounts"));
    CHECK(page_says(c, S("李雷")));
    CHECK(page_says(c, S("区司法局")));
    CHECK(page_says(c, S("单位填报员")));
    CHECK(!page_has(c, S("/link/")));
    CHECK_INT(page_status(add_account(g)), 422);
}

TEST(accounts_page_ends_an_account_but_not_ones_own)
{
    struct given *g = given(t);

    given_unit(g, S("区司法局"));
    given_asks(g, ROLE_ADMIN);
    add_account(g);
    CHECK_INT(page_status(given_post(g, S("/accounts/1/end"))), 303);
    CHECK_INT(page_status(given_post(g, S("/accounts/1/end"))), 404);
    CHECK_INT(page_status(given_post(g, S("/accounts/7/end"))), 409);
}

TEST(policies_page_shows_the_document_behind_a_value)
{
    struct given *g = given(t);
    const struct policy *p = policy_at(0);
    struct policy_rule rule = { .year = GIVEN_YEAR };
    struct text reason;

    NEED(p != NULL);
    rule.value = p->max;
    rule.basis = S("崂发〔2024〕1号");
    CHECK_INT(policy_set(given_act(g), p, &rule, &reason), OK);
    given_asks(g, ROLE_OFFICER);
    CHECK(page_has(given_get(g, S("/policies")), rule.basis));
}
