/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "access/account.h"
#include "access/grant.h"
#include "access/session.h"
#include "access/tries.h"
#include "host/given/given.h"
#include "host/ledger/setting.h"

#include <string.h>

static const char password[] = "seven seas of words";

/* An account that may sign in. */
static int64_t given_account(struct given *g, const char *login, unsigned roles)
{
    struct account_plan plan = { .name = str_from(login),
                                 .login = str_from(login),
                                 .roles = roles };
    int64_t id = 0;

    if (account_add(given_act(g), &plan, S(""), &id) != OK)
        BUG("a given account was refused");
    account_set_password(given_act(g), id,
                         password_hash(g->m, str_from(password)));
    given_commit(g);
    return id;
}

/* From now on this administrator asks. */
static void ask_as(struct given *g, int64_t admin)
{
    given_asks(g, ROLE_ADMIN);
    g->who.account = admin;
}

static struct account kept(struct given *g, int64_t id)
{
    struct account a;

    if (!account_read(act_scope(given_act(g)), id, &a))
        BUG("no account %lld", (long long)id);
    given_commit(g);
    return a;
}

static struct ctx *post_to(struct given *g, int64_t id, const char *verb)
{
    struct str page = str_fmt(g->m, "/accounts/%lld", (long long)id);

    if (verb[0] == '\0')
        given_opened(g, given_get(g, page), page);
    return given_post(g, str_fmt(g->m, "%.*s%s", STR_ARG(page), verb));
}

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

TEST(account_is_ended_with_a_reason_after_a_page_that_counts)
{
    struct given *g = given(t);
    int64_t admin = given_account(g, "admin", ROLE_ADMIN);
    int64_t wang = given_account(g, "wang", ROLE_OFFICER);
    struct str path = str_fmt(t->mem, "/accounts/%lld/end", (long long)wang);
    struct ctx *c;

    session_begin(given_act(g), wang, S(""));
    session_begin(given_act(g), wang, S(""));
    ask_as(g, admin);
    c = given_get(g, path);
    CHECK(page_says(c, S("退出 2 处登录")));
    CHECK(page_says(c, S("还没有导入的文件有 0 个")));
    CHECK_INT(page_status(given_post(g, path)), 422);
    CHECK_INT(kept(g, wang).ended_at, 0);
    given_field(g, "reason", S("调离"));
    CHECK_INT(page_status(given_post(g, path)), 303);
    CHECK(kept(g, wang).ended_at != 0);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM access_session")), 0);
    given_field(g, "reason", S("调离"));
    CHECK_INT(page_status(given_post(g, path)), 404);
    c = post_to(g, wang, "/resume");
    CHECK_INT(page_status(c), 200);
    CHECK(page_has(c, S("/link/")));
    CHECK_INT(kept(g, wang).ended_at, 0);
    CHECK(!kept(g, wang).has_password);
    CHECK_INT(page_status(post_to(g, wang, "/resume")), 404);
}

TEST(account_of_the_last_administrator_stays_one)
{
    struct given *g = given(t);
    int64_t admin = given_account(g, "admin", ROLE_ADMIN);
    int64_t second;

    ask_as(g, admin);
    given_field(g, "reason", S("不干了"));
    CHECK_INT(page_status(post_to(g, admin, "/end")), 409);
    given_field(g, "role", S("officer"));
    CHECK_INT(page_status(post_to(g, admin, "")), 422);
    CHECK_INT(kept(g, admin).roles, ROLE_ADMIN);
    second = given_account(g, "second", ROLE_ADMIN);
    given_field(g, "reason", S("退休"));
    CHECK_INT(page_status(post_to(g, admin, "/end")), 303);
    ask_as(g, second);
    given_field(g, "reason", S("退休"));
    CHECK_INT(page_status(post_to(g, second, "/end")), 409);
}

TEST(account_gets_a_role_of_business_from_two_administrators)
{
    struct given *g = given(t);
    int64_t one = given_account(g, "one", ROLE_ADMIN);
    int64_t wang = given_account(g, "wang", ROLE_ADMIN);
    int64_t li = given_account(g, "li", ROLE_OFFICER);

    ask_as(g, one);
    given_field(g, "role", S("officer"));
    given_field(g, "role", S("admin"));
    CHECK_INT(page_status(post_to(g, wang, "")), 303);
    CHECK_INT(kept(g, wang).roles, ROLE_ADMIN);
    CHECK(page_says(given_get(g, S("/accounts")), S("角色变更等确认")));
    CHECK_INT(page_status(post_to(g, wang, "/confirm")), 403);
    CHECK_INT(kept(g, wang).roles, ROLE_ADMIN);
    ask_as(g, wang);
    CHECK(page_says(given_get(g, S("/")), S("项角色变更等您确认")));
    CHECK_INT(page_status(post_to(g, wang, "/confirm")), 303);
    CHECK_INT(kept(g, wang).roles, ROLE_ADMIN | ROLE_OFFICER);
    CHECK_INT(page_status(post_to(g, wang, "/confirm")), 404);
    /* To take a role away, or to make an administrator, one is enough. */
    given_field(g, "role", S("admin"));
    CHECK_INT(page_status(post_to(g, li, "")), 303);
    CHECK_INT(kept(g, li).roles, ROLE_ADMIN);
    given_field(g, "role", S("officer"));
    CHECK_INT(page_status(post_to(g, li, "")), 303);
    ask_as(g, one);
    CHECK_INT(page_status(post_to(g, li, "/drop")), 303);
    CHECK_INT(kept(g, li).roles, ROLE_ADMIN);
}

TEST(account_that_is_new_or_back_gets_its_business_roles_confirmed)
{
    struct given *g = given(t);
    int64_t one = given_account(g, "one", ROLE_ADMIN);
    int64_t two = given_account(g, "two", ROLE_ADMIN);
    int64_t li;

    given_unit(g, S("区司法局"));
    ask_as(g, one);
    CHECK_INT(page_status(add_account(g)), 200);
    li = two + 1;
    CHECK_INT(kept(g, li).roles, 0);
    ask_as(g, two);
    CHECK_INT(page_status(post_to(g, li, "/confirm")), 303);
    CHECK_INT(kept(g, li).roles, ROLE_EDITOR);
    CHECK(kept(g, li).org != 0);
    given_field(g, "reason", S("调离"));
    CHECK_INT(page_status(post_to(g, li, "/end")), 303);
    CHECK_INT(page_status(post_to(g, li, "/resume")), 200);
    CHECK_INT(kept(g, li).roles, 0);
    ask_as(g, one);
    CHECK_INT(page_status(post_to(g, li, "/confirm")), 303);
    CHECK_INT(kept(g, li).roles, ROLE_EDITOR);
}

/* One who looks at what others did is nobody of them. */
TEST(account_of_an_auditor_has_that_role_alone_from_two_administrators)
{
    struct given *g = given(t);
    int64_t one = given_account(g, "one", ROLE_ADMIN);
    int64_t wang = given_account(g, "wang", ROLE_OFFICER);
    int64_t two;

    ask_as(g, one);
    given_field(g, "role", S("auditor"));
    CHECK_INT(page_status(post_to(g, one, "")), 422);
    CHECK_INT(kept(g, one).roles, ROLE_ADMIN);
    given_field(g, "role", S("auditor"));
    given_field(g, "role", S("officer"));
    CHECK_INT(page_status(post_to(g, wang, "")), 422);
    CHECK_INT(kept(g, wang).roles, ROLE_OFFICER);
    two = given_account(g, "two", ROLE_ADMIN);
    given_field(g, "role", S("auditor"));
    CHECK_INT(page_status(post_to(g, wang, "")), 303);
    CHECK_INT(kept(g, wang).roles, ROLE_OFFICER);
    CHECK_INT(page_status(post_to(g, wang, "/confirm")), 403);
    ask_as(g, two);
    CHECK_INT(page_status(post_to(g, wang, "/confirm")), 303);
    CHECK_INT(kept(g, wang).roles, ROLE_AUDITOR);
    CHECK(page_says(given_get(g, S("/accounts")), S("审计员")));
}

/* Whoever asked is gone when the last administrator confirms. */
static void check_last_one_confirms(struct test *t, const char *role)
{
    struct given *g = given(t);
    int64_t one = given_account(g, "one", ROLE_ADMIN);
    int64_t two = given_account(g, "two", ROLE_ADMIN);

    ask_as(g, one);
    given_field(g, "role", str_from(role));
    CHECK_INT(page_status(post_to(g, two, "")), 303);
    ask_as(g, two);
    given_field(g, "reason", S("调离"));
    CHECK_INT(page_status(post_to(g, one, "/end")), 303);
    CHECK_INT(page_status(post_to(g, two, "/confirm")), 409);
    CHECK_INT(kept(g, two).roles, ROLE_ADMIN);
    given_account(g, "three", ROLE_ADMIN);
    CHECK_INT(page_status(post_to(g, two, "/confirm")), 303);
    CHECK_INT(kept(g, two).roles, role_read(str_from(role)));
}

TEST(account_of_the_last_administrator_does_not_become_an_auditors)
{
    check_last_one_confirms(t, "auditor");
}

TEST(account_of_the_last_administrator_does_not_become_an_officers)
{
    check_last_one_confirms(t, "officer");
}

static struct str second_setting(struct given *g)
{
    struct str s = setting_read(act_scope(given_act(g)), SETTING_SECOND);

    given_commit(g);
    return s;
}

static void post_second(struct given *g, const char *to)
{
    struct test *t = g->t;

    given_field(g, "second", str_from(to));
    CHECK_INT(page_status(given_post(g, S("/accounts/second"))), 303);
}

TEST(account_confirmation_is_turned_off_by_both_administrators)
{
    struct given *g = given(t);
    int64_t one = given_account(g, "one", ROLE_ADMIN);
    int64_t two = given_account(g, "two", ROLE_ADMIN);
    int64_t li = given_account(g, "li", 0);

    ask_as(g, one);
    post_second(g, "off");
    post_second(g, "off");
    CHECK(!str_eq(second_setting(g), S("off")));
    CHECK(page_says(given_get(g, S("/accounts")), S("one 提出不再要求")));
    ask_as(g, two);
    post_second(g, "off");
    CHECK_STR(second_setting(g), S("off"));
    given_field(g, "role", S("officer"));
    CHECK_INT(page_status(post_to(g, li, "")), 303);
    CHECK_INT(kept(g, li).roles, ROLE_OFFICER);
    post_second(g, "on");
    CHECK_STR(second_setting(g), S(""));
}

TEST(account_with_the_login_of_an_ended_one_is_asked_about)
{
    struct given *g = given(t);
    int64_t admin = given_account(g, "admin", ROLE_ADMIN);
    int64_t old = given_account(g, "li", ROLE_OFFICER);
    struct ctx *c;

    given_unit(g, S("区司法局"));
    ask_as(g, admin);
    CHECK_INT(page_status(add_account(g)), 422);
    given_field(g, "reason", S("调离"));
    CHECK_INT(page_status(post_to(g, old, "/end")), 303);
    c = add_account(g);
    CHECK_INT(page_status(c), 422);
    CHECK(page_has(c,
                   str_fmt(t->mem, "href=\"/accounts/%lld\"", (long long)old)));
    given_field(g, "other", S("1"));
    CHECK_INT(page_status(add_account(g)), 200);
    CHECK_INT(page_status(post_to(g, old, "/resume")), 409);
}

TEST(account_gets_a_new_link_that_chooses_a_new_password)
{
    struct given *g = given(t);
    int64_t admin = given_account(g, "admin", ROLE_ADMIN);
    int64_t wang = given_account(g, "wang", ROLE_OFFICER);
    struct str link;
    struct ctx *c;

    session_begin(given_act(g), wang, S(""));
    ask_as(g, admin);
    c = post_to(g, wang, "/link");
    CHECK(page_has(c, S("class=\"qr\"")));
    link = page_html(c);
    link = str_slice(link, str_find(link, S("/link/")), link.n);
    link = str_slice(link, 0, str_find(link, S("\"")));
    given_asks(g, 0);
    CHECK(page_has(given_get(g, link), S("id=\"password\"")));
    given_field(g, "password", S("wang wang wang wang"));
    CHECK_INT(page_status(given_post(g, link)), 422);
    given_field(g, "password", S("eight seas of words"));
    CHECK_INT(page_status(given_post(g, link)), 303);
    CHECK(password_matches(account_hash(act_scope(given_act(g)), wang),
                           S("eight seas of words")));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM access_session")), 1);
    CHECK_INT(page_status(given_get(g, link)), 404);
}

TEST(me_changes_the_password_for_who_knows_the_old_one)
{
    struct given *g = given(t);
    int64_t wang = given_account(g, "wang", ROLE_OFFICER);
    struct str new = S("nine lives of a cat");

    session_begin(given_act(g), wang, S(""));
    given_asks(g, ROLE_OFFICER);
    g->who.account = wang;
    given_field(g, "old", S("six seas of words"));
    given_field(g, "password", new);
    CHECK_INT(page_status(given_post(g, S("/me/password"))), 422);
    given_field(g, "old", str_from(password));
    given_field(g, "password", S("short"));
    CHECK_INT(page_status(given_post(g, S("/me/password"))), 422);
    CHECK(password_matches(account_hash(act_scope(given_act(g)), wang),
                           str_from(password)));
    given_field(g, "old", str_from(password));
    given_field(g, "password", new);
    CHECK_INT(page_status(given_post(g, S("/me/password"))), 303);
    CHECK(password_matches(account_hash(act_scope(given_act(g)), wang), new));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM access_session")), 0);
}

/* The answer to a change of one's password from this one. */
static struct ctx *change_password(struct given *g, const char *old)
{
    given_field(g, "old", str_from(old));
    given_field(g, "password", S("nine lives of a cat"));
    return given_post(g, S("/me/password"));
}

TEST(me_slows_down_who_guesses_the_old_password)
{
    struct given *g = given(t);
    int64_t wang = given_account(g, "wang", ROLE_OFFICER);
    int64_t li = given_account(g, "li", ROLE_OFFICER);
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    g->who.account = wang;
    for (int i = 0; i < TRIES_OF_NAME; i++)
        CHECK_INT(page_status(change_password(g, "six seas of words")), 422);
    c = change_password(g, password); /* the right one waits, too */
    CHECK_INT(page_status(c), 429);
    CHECK(page_says(c, S("连续错了太多次，请过 30 秒再试")));
    CHECK(page_says(c, S("登录在哪里")));
    CHECK(password_matches(account_hash(act_scope(given_act(g)), wang),
                           str_from(password)));
    given_commit(g);
    given_asks(g, 0); /* and so does signing in */
    given_field(g, "login", S("wang"));
    given_field(g, "password", str_from(password));
    CHECK_INT(page_status(given_post(g, S("/signin"))), 429);
    given_asks(g, ROLE_OFFICER);
    g->who.account = li;
    CHECK_INT(page_status(change_password(g, password)), 303);
}

TEST(me_ends_own_sessions_and_nobody_elses)
{
    struct given *g = given(t);
    int64_t wang = given_account(g, "wang", ROLE_OFFICER);
    int64_t li = given_account(g, "li", ROLE_OFFICER);
    struct session s[SESSIONS_SHOWN];
    struct ctx *c;

    session_begin(given_act(g), wang, S("Edge · Windows"));
    session_begin(given_act(g), li, S(""));
    session_list(act_scope(given_act(g)), li, S(""), house_now(g->house), s);
    given_asks(g, ROLE_OFFICER);
    g->who.account = wang;
    c = given_get(g, S("/me"));
    CHECK(page_says(c, S("Edge · Windows")));
    CHECK(page_says(c, S("1 处")));
    given_field(g, "session", s[0].id);
    CHECK_INT(page_status(given_post(g, S("/me/sessions"))), 303);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM access_session")), 2);
    given_field(g, "session", S("others"));
    CHECK_INT(page_status(given_post(g, S("/me/sessions"))), 303);
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM access_session")), 1);
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

TEST(account_roles_are_not_changed_over_another_administrator)
{
    static const char *const firsts[] = { "admin", "editor", "officer" };
    struct given *g = given(t);
    int64_t one = given_account(g, "one", ROLE_ADMIN);
    int64_t li = given_account(g, "li", ROLE_OFFICER);
    struct str page = str_fmt(t->mem, "/accounts/%lld", (long long)li);

    given_unit(g, S("区司法局"));
    CHECK_INT(setting_write(given_act(g), SETTING_SECOND, S("off")), OK);
    ask_as(g, one);
    for (size_t i = 0; i < COUNT(firsts); i++) {
        struct ctx *c = given_get(g, page);
        unsigned first;

        given_field(g, "role", str_from(firsts[i]));
        given_field(g, "role", S("admin"));
        given_field(g, "org", S("区司法局"));
        CHECK_INT(page_status(post_to(g, li, "")), 303);
        first = kept(g, li).roles;
        given_opened(g, c, page);
        given_field(g, "role", S("officer"));
        c = given_post(g, page);
        CHECK_INT(page_status(c), 409);
        CHECK(page_says(c, S("别人刚刚改过这个账户的角色或单位")));
        CHECK(page_has(c, S("value=\"officer\" checked")));
        CHECK_INT(kept(g, li).roles, first);
        given_opened(g, c, page); /* seen, and meant */
        given_field(g, "role", S("officer"));
        CHECK_INT(page_status(given_post(g, page)), 303);
        CHECK_INT(kept(g, li).roles, ROLE_OFFICER);
    }
}

#define HEALTHIEST S("/policies/sample.healthiest_percent")

/* Somebody saves this, over the page `c`. */
static struct ctx *save_policy(struct given *g, struct ctx *c,
                               const char *value)
{
    given_opened(g, c, str_fmt(g->m, "%.*s?year=2024", STR_ARG(HEALTHIEST)));
    given_field(g, "value", str_from(value));
    given_field(g, "basis", S("崂委〔2024〕1号"));
    return given_post(g, HEALTHIEST);
}

TEST(policies_are_not_changed_over_somebody_else)
{
    struct given *g = given(t);
    struct ctx *first;

    given_asks(g, ROLE_OFFICER);
    first = given_get(g, S("/policies"));
    CHECK_INT(page_status(save_policy(g, first, "40")), 303);
    for (int again = 0; again < 2; again++) {
        struct ctx *c = save_policy(g, first, again ? "30" : "50");

        CHECK_INT(page_status(c), 409);
        CHECK(page_says(c, S("别人刚刚改过，现在是 40")));
    }
    CHECK_INT(given_sql(g, SQL("SELECT value FROM policy")), 40);
    CHECK_INT(page_status(save_policy(g, given_get(g, S("/policies")), "50")),
              303);
    CHECK_INT(given_sql(g, SQL("SELECT value FROM policy")), 50);
}
