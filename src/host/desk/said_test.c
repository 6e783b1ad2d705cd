/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What became of a form is told once, where it leads, and nowhere else. */
#include "host/desk/said.h"

#include "host/desk/sender_test.h"

#define TREE                                                                   \
    "&species=pine&unit=%E5%8C%BA%E6%95%99%E8%82%B2%E5%B1%80&"                 \
    "planted_on=2024-01-02&year=2024"
#define STATUS "role=\"status\"><p><b>"

TEST(a_saved_row_says_so_once)
{
    struct sender *s = given_sender(given(t), "wang");

    send(s, "/sample/tree/new", "once=a&name=A" TREE);
    CHECK(!shows(ask(s, S("/sample/tree")), S("已保存。")));
    CHECK(shows(ask(s, S("/sample/tree/1")), S(STATUS "已保存。")));
    CHECK(!shows(ask(s, S("/sample/tree/1")), S("已保存。")));
}

TEST(a_row_that_did_not_change_says_so)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    send(s, "/sample/tree/new", "once=a&name=A" TREE);
    send(s, "/sample/tree/1/edit", "once=b&version=1&name=A" TREE);
    x = ask(s, S("/sample/tree/1"));
    CHECK(shows(x, S(STATUS "没有改动，什么也没写。")));
    CHECK(!shows(x, S("已保存。")));
    CHECK(shows(ask(s, S("/sample/tree/1?lang=en")), S("lang=\"en\"")));
    send(s, "/sample/tree/1/edit", "once=c&version=1&name=B" TREE);
    CHECK(shows(ask(s, S("/sample/tree/1?lang=en")), S(STATUS "Saved.")));
}

TEST(a_form_that_came_twice_says_that_it_counts_once)
{
    struct sender *s = given_sender(given(t), "wang");

    send(s, "/sample/tree/new", "once=a&name=A" TREE);
    send(s, "/sample/tree/new", "once=a&name=A" TREE);
    CHECK(shows(ask(s, S("/sample/tree/1")),
                S(STATUS "这张表已经收到过，只算一次。")));
}

TEST(a_refused_form_says_nothing)
{
    struct sender *s = given_sender(given(t), "wang");

    send(s, "/sample/tree/new", "once=a&name=A" TREE);
    ask(s, S("/sample/tree/1"));
    send(s, "/sample/tree/1/edit", "once=b&version=1&name=" TREE);
    CHECK_INT(s->said.n, 0);
    CHECK(!shows(ask(s, S("/sample/tree/1")), S(STATUS)));
}

TEST(every_page_that_keeps_something_says_what)
{
    static const struct {
        const char *form, *fields;
        struct str page, words;
    } cases[] = {
        { "/sample/tree/1/void", "once=a&reason=twice",
          S_INIT("/sample/tree/1"), S_INIT("已作废，不再计入数字。") },
        { "/sample/tree/1/restore", "once=b&reason=no",
          S_INIT("/sample/tree/1"), S_INIT("已恢复，重新计入数字。") },
        { "/sample/tree/new?draft=1", "once=d&name=A",
          S_INIT("/sample/tree/new?kept=d"), S_INIT("草稿已存，还没有提交。") },
        { "/me/drafts", "draft=d", S_INIT("/me"), S_INIT("已丢弃。") },
        { "/me/sessions", "session=others", S_INIT("/me"), S_INIT("已退出。") },
        { "/import/1/mapping", "show=1", S_INIT("/import/1"),
          S_INIT("已记下，按您说的重新核对。") },
        { "/import/1/mapping", "sheet=0&ledger=sample.tree",
          S_INIT("/import/1"), S_INIT("已记下，按您说的重新核对。") },
        { "/import/1/drop", "", S_INIT("/import/new"), S_INIT("已丢弃。") },
        { "/accounts/second", "second=off", S_INIT("/accounts"),
          S_INIT("已保存。") },
        { "/accounts/second", "second=off", S_INIT("/accounts"),
          S_INIT("没有改动，什么也没写。") },
    };
    struct sender *s = given_sender(given(t), "wang");

    send(s, "/sample/tree/new", "once=n&name=A" TREE);
    send(s, "/import/new", "once=p&cells=%E6%A0%91%E5%90%8D%0AA");
    for (size_t i = 0; i < COUNT(cases); i++) {
        CHECK_INT(send(s, cases[i].form, cases[i].fields)->response.status,
                  303);
        CHECK(shows(ask(s, cases[i].page), cases[i].words));
        CHECK(!shows(ask(s, cases[i].page), cases[i].words));
    }
}

TEST(a_cookie_tells_only_words_of_ours)
{
    struct sender *s = given_sender(given(t), "wang");
    static const struct str others[] = {
        S_INIT("nothing.%2Fme"), S_INIT(".%2Fme"),       S_INIT("saved"),
        S_INIT("saved.%2F"),     S_INIT("saved.%2Fme2"), S_INIT("saved./me"),
    };

    for (size_t i = 0; i < COUNT(others); i++) {
        s->said = others[i];
        CHECK(!shows(ask(s, S("/me")), S(STATUS)));
    }
    s->said = S("saved.%2Fme");
    CHECK(shows(ask(s, S("/me")), S(STATUS)));
}
