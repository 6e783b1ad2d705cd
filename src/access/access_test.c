/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Accounts, sessions and links, on tables of their own. */
#include "access/session.h"

#include "access/browser.h"
#include "access/given_access.h"
#include "access/grant.h"
#include "access/tries.h"

#include "base/buf.h"

/* Whose cookie it is `ms` later; 0: a visitor's. */
static int64_t account_after(struct access *a, struct str cookie, int64_t ms)
{
    struct session_rule later = a->rule;
    struct who who;

    later.now += ms;
    session_read(a->in, cookie, &later, &who);
    return who.account;
}

TEST(an_account_is_found_by_its_login_until_it_ends)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct account_plan twin = { .name = S("王方"), .login = S("wang") };
    struct credential c;
    int64_t none = 0;

    CHECK_INT(account_add(&a->act, &twin, S(""), &none), E_CLASH);
    NEED(account_find(a->in, S("wang"), &c));
    CHECK_INT(c.account, id);
    CHECK_STR(c.hash, S("kept hash"));
    CHECK(!account_find(a->in, S("wan"), &c));
    CHECK_INT(account_count(a->in), 1);
    CHECK_INT(account_end(&a->act, id, S("调离")), OK);
    CHECK_INT(account_end(&a->act, id, S("调离")), E_ABSENT);
    CHECK_INT(account_count(a->in), 0);
    CHECK(!account_find(a->in, S("wang"), &c));
    CHECK_STR(account_name(a->in, id), S("王芳"));
    CHECK_STR(account_name(a->in, 9), S("#9"));
    tx_rollback(&a->tx);
}

TEST(a_password_is_its_owners_and_ends_with_the_account)
{
    struct access *a = given_access(t);
    struct account_plan plan = { .name = S("李"), .login = S("li") };
    int64_t id = 0;

    CHECK_INT(account_add(&a->act, &plan, S(""), &id), OK);
    CHECK(!account_has_password(a->in, id));
    account_set_password(&a->act, id, S("hash"));
    CHECK(account_has_password(a->in, id));
    CHECK(!account_has_password(a->in, id + 1));
    CHECK_INT(account_end(&a->act, id, S("调离")), OK);
    CHECK(!account_has_password(a->in, id));
    CHECK_INT(a->journal.tree.size, 3);
    tx_rollback(&a->tx);
}

TEST(a_session_lives_while_it_is_used_and_half_a_day)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct str cookie = session_begin(&a->act, id, S(""));
    int64_t at = SESSION_IDLE_MS - 1;

    CHECK_INT(account_after(a, cookie, at), id);
    CHECK_INT(account_after(a, cookie, at + 1), 0);
    CHECK_INT(account_after(a, S("other"), 0), 0);
    CHECK_INT(account_after(a, S(""), 0), 0);
    for (; at < SESSION_MOST_MS; at += SESSION_IDLE_MS - 1) {
        CHECK(session_is_stale(a->in, cookie, a->act.now + at));
        session_touch(a->in, cookie, a->act.now + at);
        CHECK(!session_is_stale(a->in, cookie, a->act.now + at));
        CHECK_INT(account_after(a, cookie, at), id);
    }
    CHECK_INT(account_after(a, cookie, SESSION_MOST_MS), 0);
    tx_rollback(&a->tx);
}

TEST(a_session_ends_when_told_and_with_its_account)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct str one = session_begin(&a->act, id, S(""));
    struct str two = session_begin(&a->act, id, S(""));

    session_end(&a->act, one);
    CHECK_INT(account_after(a, one, 0), 0);
    CHECK_INT(account_after(a, two, 0), id);
    CHECK_INT(account_end(&a->act, id, S("调离")), OK);
    CHECK_INT(account_after(a, two, 0), 0);
    tx_rollback(&a->tx);
}

TEST(sessions_of_an_account_are_told_apart_and_ended_by_it_alone)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    int64_t other = given_account(a, S("li"));
    struct session all[SESSIONS_SHOWN];
    struct str here;

    session_begin(&a->act, id, S("Edge · Windows"));
    session_begin(&a->act, other, S(""));
    a->act.now++;
    here = session_begin(&a->act, id, S(""));
    CHECK_INT(session_count(a->in, id, a->act.now), 2);
    CHECK_INT(session_list(a->in, id, here, a->act.now, all), 2);
    CHECK(all[0].here && !all[1].here);
    CHECK_STR(all[1].browser, S("Edge · Windows"));
    CHECK_INT(all[1].made_at, a->act.now - 1);
    session_end_one(&a->act, other, all[1].id);
    CHECK_INT(session_count(a->in, id, a->act.now), 2);
    session_end_one(&a->act, id, all[1].id);
    CHECK_INT(session_list(a->in, id, here, a->act.now, all), 1);
    CHECK(all[0].here);
    session_end_one(&a->act, id, S("no number"));
    session_begin(&a->act, id, S(""));
    session_end_others(&a->act, id, here);
    CHECK_INT(account_after(a, here, 0), id);
    CHECK_INT(session_count(a->in, id, a->act.now), 1);
    CHECK_INT(session_count(a->in, other, a->act.now), 1);
    CHECK_INT(session_count(a->in, id, a->act.now + SESSION_IDLE_MS), 0);
    tx_rollback(&a->tx);
}

TEST(a_login_is_free_when_its_account_ends_and_comes_back_if_it_still_is)
{
    struct access *a = given_access(t);
    int64_t old = given_account(a, S("wang"));
    struct account was;
    int64_t new;

    CHECK_INT(account_resume(&a->act, old, ROLE_OFFICER), E_ABSENT);
    CHECK_INT(account_ended(a->in, S("wang")), 0);
    CHECK_INT(account_end(&a->act, old, S("调离")), OK);
    CHECK_INT(account_ended(a->in, S("wang")), old);
    new = given_account(a, S("wang"));
    CHECK(new != old);
    CHECK_INT(account_resume(&a->act, old, ROLE_OFFICER), E_CLASH);
    CHECK_INT(account_end(&a->act, new, S("登错")), OK);
    CHECK_INT(account_resume(&a->act, old, ROLE_EDITOR), OK);
    NEED(account_read(a->in, old, &was));
    CHECK_INT(was.ended_at, 0);
    CHECK_INT(was.roles, ROLE_EDITOR);
    CHECK(!was.has_password);
    CHECK_INT(tx_int(&a->tx,
                     SQL("SELECT count(*) FROM journal_entry WHERE "
                         "type = 6 AND reason = '调离'"),
                     (struct args){ 0 }, 0),
              1);
    tx_rollback(&a->tx);
}

TEST(an_account_that_ends_takes_links_and_grants_with_it)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct str link = link_make(&a->act, id, LINK_CHOOSES);
    struct link l;
    struct grant g = { .account = id, .roles = ROLE_EDITOR, .org = 3 };

    CHECK_INT(grant_ask(&a->act, &g), OK);
    CHECK_INT(account_end(&a->act, id, S("调离")), OK);
    CHECK(!link_holds(a->in, link, a->act.now, &l));
    CHECK(!grant_read(a->in, id, &g));
    tx_rollback(&a->tx);
}

TEST(a_grant_is_confirmed_by_another_than_the_one_who_asked)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    struct grant g = { .account = id, .roles = ROLE_EDITOR, .org = 3 };
    struct account now;

    a->act.actor = 8;
    CHECK_INT(grant_confirm(&a->act, id), E_ABSENT);
    CHECK_INT(grant_ask(&a->act, &g), OK);
    CHECK_INT(grant_count(a->in, 8), 0);
    CHECK_INT(grant_count(a->in, 9), 1);
    CHECK_INT(grant_confirm(&a->act, id), E_DENIED);
    NEED(account_read(a->in, id, &now));
    CHECK_INT(now.roles, ROLE_OFFICER);
    a->act.actor = 9;
    CHECK_INT(grant_confirm(&a->act, id), OK);
    NEED(account_read(a->in, id, &now));
    CHECK_INT(now.roles, ROLE_EDITOR);
    CHECK_INT(now.org, 3);
    CHECK_INT(grant_confirm(&a->act, id), E_ABSENT);
    CHECK_INT(grant_ask(&a->act, &g), OK);
    CHECK_INT(grant_drop(&a->act, id), OK);
    CHECK_INT(grant_drop(&a->act, id), E_ABSENT);
    tx_rollback(&a->tx);
}

TEST(a_grant_is_what_lets_somebody_write_more)
{
    struct account officer = { .roles = ROLE_OFFICER };
    struct account editor = { .roles = ROLE_EDITOR, .org = 3 };

    CHECK(!grant_adds(&officer, ROLE_OFFICER | ROLE_ADMIN, 0));
    CHECK(!grant_adds(&officer, ROLE_ADMIN, 0));
    CHECK(grant_adds(&officer, ROLE_OFFICER | ROLE_EDITOR, 3));
    CHECK(!grant_adds(&editor, ROLE_EDITOR, 3));
    CHECK(grant_adds(&editor, ROLE_EDITOR, 4));
    CHECK(grant_adds(&editor, ROLE_OFFICER, 0));
    CHECK(grant_adds(&editor, ROLE_AUDITOR, 0));
}

TEST(an_auditor_has_no_other_role)
{
    struct text why = TEXT("", "");

    CHECK(roles_fit(ROLE_AUDITOR, 0, &why));
    CHECK(!roles_fit(ROLE_AUDITOR | ROLE_ADMIN, 0, &why));
    CHECK(!roles_fit(ROLE_AUDITOR | ROLE_OFFICER, 0, &why));
    CHECK(!roles_fit(ROLE_AUDITOR | ROLE_EDITOR, 3, &why));
    CHECK(why.zh.n > 0 && why.en.n > 0);
    CHECK_INT(role_keys_read(S("admin,auditor")), ROLE_ADMIN | ROLE_AUDITOR);
    CHECK_INT(role_keys_read(S("admin,boss")), 0);
    CHECK_INT(role_keys_read(S("")), 0);
    CHECK_STR(role_keys(t->mem, ROLE_AUDITOR), S("auditor"));
}

TEST(a_browser_is_called_by_its_own_name)
{
    static const struct {
        struct str agent, words;
    } cases[] = {
        { S_INIT("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 "
                 "(KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 "
                 "Edg/126.0.0.0"),
          S_INIT("Edge · Windows") },
        { S_INIT("Mozilla/5.0 (Windows NT 6.1) Chrome/78.0 Safari/537.36"),
          S_INIT("Chrome · Windows") },
        { S_INIT("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
                 "AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1"),
          S_INIT("Safari · iPhone") },
        { S_INIT("Mozilla/5.0 (Linux; Android 14) Chrome/116.0 Mobile "
                 "Safari/537.36 MicroMessenger/8.0.49"),
          S_INIT("微信 WeChat · Android") },
        { S_INIT("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Firefox/128.0"),
          S_INIT("Firefox · Linux") },
        { S_INIT("curl/8.8"), S_INIT("curl") },
        { S_INIT("<script>"), S_INIT("") },
        { S_INIT(""), S_INIT("") },
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        CHECK_STR(browser_words(t->mem, cases[i].agent), cases[i].words);
}

TEST(the_administrators_that_count_have_a_password)
{
    struct access *a = given_access(t);
    struct account_plan plan = { .login = S("li"), .roles = ROLE_ADMIN };
    int64_t li = 0;

    CHECK_INT(account_add(&a->act, &plan, S(""), &li), OK);
    CHECK_INT(account_admins_but(a->in, 0), 0);
    account_set_password(&a->act, li, S("hash"));
    CHECK_INT(account_admins_but(a->in, 0), 1);
    CHECK_INT(account_admins_but(a->in, li), 0);
    tx_rollback(&a->tx);
}

TEST(a_link_holds_until_it_is_used_or_replaced_or_late)
{
    struct access *a = given_access(t);
    int64_t id = given_account(a, S("wang"));
    int64_t now = a->act.now;
    struct str old = link_make(&a->act, id, LINK_SIGNS_IN);
    struct str new = link_make(&a->act, id, LINK_CHOOSES);
    struct str first = link_make(&a->act, 0, LINK_SIGNS_IN);
    struct link whose = { -1, LINK_SIGNS_IN };

    CHECK(!link_holds(a->in, old, now, &whose));
    CHECK_INT(whose.account, -1);
    CHECK(link_holds(a->in, new, now + LINK_MS - 1, &whose));
    CHECK_INT(whose.account, id);
    CHECK_INT(whose.use, LINK_CHOOSES);
    CHECK(!link_holds(a->in, new, now + LINK_MS, &whose));
    CHECK(link_holds(a->in, first, now, &whose));
    CHECK_INT(whose.account, 0);
    link_end(&a->act, id);
    CHECK(!link_holds(a->in, new, now, &whose));
    CHECK(!link_holds(a->in, first, now, &whose));
    tx_rollback(&a->tx);
}

/* ---- tries ---- */

static struct try_at a_try(int64_t account, struct str login,
                           struct str address)
{
    return (struct try_at){ .account = account,
                            .login = login,
                            .address = address };
}

static void fail(struct access *a, const struct try_at *t, int times)
{
    for (int i = 0; i < times; i++)
        tries_failed(&a->act, t);
}

TEST(tries_wait_longer_each_time_and_are_forgotten)
{
    struct access *a = given_access(t);
    int64_t now = a->act.now;
    struct try_at at = a_try(given_account(a, S("wang")), S("wang"), S("::2"));

    fail(a, &at, TRIES_OF_NAME - 1);
    CHECK_INT(tries_wait(a->in, &at, now), 0);
    fail(a, &at, 1);
    CHECK_INT(tries_wait(a->in, &at, now), TRIES_PAUSE_MS);
    CHECK_INT(tries_wait(a->in, &at, now + TRIES_PAUSE_MS), 0);
    fail(a, &at, 1);
    CHECK_INT(tries_wait(a->in, &at, now), 2 * TRIES_PAUSE_MS);
    fail(a, &at, 50);
    CHECK_INT(tries_wait(a->in, &at, now), TRIES_PAUSE_MOST_MS);
    at.address = S("::3");
    tries_forget(a->in, &at);
    CHECK_INT(tries_wait(a->in, &at, now), 0);
    fail(a, &at, TRIES_OF_NAME);
    a->act.now += 25 * 3600 * 1000;
    fail(a, &at, 1);
    CHECK_INT(tries_wait(a->in, &at, a->act.now), 0);
    tx_rollback(&a->tx);
}

TEST(tries_with_a_name_that_nobody_has_wait_as_long)
{
    struct access *a = given_access(t);
    struct try_at has = a_try(given_account(a, S("wang")), S("wang"), S(""));
    struct try_at none = a_try(0, S("nobody"), S(""));

    for (int i = 0; i < 3 * TRIES_OF_NAME; i++) {
        fail(a, &has, 1);
        fail(a, &none, 1);
        CHECK_INT(tries_wait(a->in, &has, a->act.now),
                  tries_wait(a->in, &none, a->act.now));
    }
    CHECK(tries_wait(a->in, &none, a->act.now) > 0);
    tx_rollback(&a->tx);
}

TEST(tries_of_an_address_are_counted_whatever_the_name)
{
    struct access *a = given_access(t);
    struct try_at at = a_try(0, S(""), S("192.0.2.7"));
    struct try_at other = a_try(0, S("li"), S("192.0.2.8"));

    for (int i = 0; i < TRIES_OF_ADDRESS; i++) {
        at.login = str_of_int(t->mem, i);
        CHECK_INT(tries_wait(a->in, &at, a->act.now), 0);
        fail(a, &at, 1);
    }
    at.login = S("li");
    CHECK(tries_wait(a->in, &at, a->act.now) > 0);
    tries_forget(a->in, &at);
    CHECK(tries_wait(a->in, &at, a->act.now) > 0);
    CHECK_INT(tries_wait(a->in, &other, a->act.now), 0);
    tx_rollback(&a->tx);
}

TEST(tries_of_others_do_not_keep_the_owner_waiting)
{
    struct access *a = given_access(t);
    int64_t wang = given_account(a, S("wang"));
    int64_t li = given_account(a, S("li"));
    struct str cookie = known_keep(a->in, wang, S("made up"), a->act.now);
    struct try_at owner = a_try(wang, S("wang"), S("::2"));
    struct try_at guesser = a_try(wang, S("wang"), S("::2"));
    struct try_at colleague = a_try(li, S("li"), S("::2"));

    CHECK(!str_eq(cookie, S("made up")));
    CHECK_STR(known_keep(a->in, li, cookie, a->act.now), cookie);
    owner.known = cookie;
    guesser.known = S("made up");
    fail(a, &guesser, 2 * TRIES_OF_ADDRESS);
    CHECK(tries_wait(a->in, &guesser, a->act.now) > 0);
    CHECK_INT(tries_wait(a->in, &owner, a->act.now), 0);
    /* Whoever has the browser does not guess without end either. */
    fail(a, &owner, TRIES_OF_NAME);
    CHECK(tries_wait(a->in, &owner, a->act.now) > 0);
    colleague.known = cookie;
    CHECK_INT(tries_wait(a->in, &colleague, a->act.now), 0);
    tx_rollback(&a->tx);
}

/* ---- passwords ---- */

TEST(a_password_that_others_guess_is_refused)
{
    static const char *const easy[] = {
        "123456789012",     "password1234",         "passwordpassword",
        "qwertyuiop12",     "111111111111",         "abcdefghijkl",
        "Laoshan2024!!",    "P@ssw0rd2023",         "admin@123456789",
        "woaini5201314520", "zhangwei1990zhangwei", "98765432109876",
        "1qaz2wsx3edc4rfv", "abcabcabcabcabc",      "ABCDEFGHIJKLM",
        "Dajuan888888",     "asdfghjkl;12345",      "qingdaolaoshan",
    };
    static const char *const fit[] = {
        "correct horse battery",    "seven seas of words",
        "浮山湾的早晨有雾和三条船", "k7-Lq92vXt0p",
        "tischlampe grün 4",
    };
    struct text why = TEXT("", "");

    for (size_t i = 0; i < COUNT(easy); i++)
        CHECK(!password_is_fit(t->mem, str_from(easy[i]), S("zhangwei"), &why));
    for (size_t i = 0; i < COUNT(fit); i++)
        CHECK(password_is_fit(t->mem, str_from(fit[i]), S("zhangwei"), &why));
}

TEST(a_password_is_as_long_as_it_may_be_and_the_words_say_so)
{
    struct buf *b = buf_new(t->mem, 4096);
    struct text why = TEXT("", "");

    CHECK(!password_is_fit(t->mem, S("浮山湾早晨有雾和船"), S(""), &why));
    buf_clear(b);
    for (int i = 0; i < 128; i++)
        buf_byte(b, (char)('a' + i * i * 7 % 26));
    CHECK(password_is_fit(t->mem, buf_str(b), S(""), &why));
    CHECK(!password_is_long(buf_str(b)));
    buf_byte(b, 'x');
    CHECK(!password_is_fit(t->mem, buf_str(b), S(""), &why));
    CHECK(password_is_long(buf_str(b)));
    CHECK(str_find(why.zh, S("129")) != SIZE_MAX);
}
