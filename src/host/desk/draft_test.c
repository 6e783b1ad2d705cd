/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Drafts: kept as typed, shown to their owner alone, gone once sent. */
#include "host/desk/draft.h"

#include "host/desk/kept.h"
#include "host/desk/sender_test.h"

#define NEW_TREE "/sample/tree/new"
#define REST                                                                   \
    "&species=pine&unit=%E5%8C%BA%E6%95%99%E8%82%B2%E5%B1%80&"                 \
    "planted_on=2024-01-02&year=2024"

static int64_t count_waiting(struct sender *s)
{
    return given_sql(s->g, SQL("SELECT count(*) FROM waiting_form"));
}

static int64_t count_trees(struct sender *s)
{
    return given_sql(s->g, SQL("SELECT count(*) FROM sample_tree"));
}

TEST(a_draft_keeps_what_cannot_be_read_and_shows_it_again)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x = send(s, NEW_TREE "?draft=1",
                              "once=a&name=&planted_on=tomorrow&care=x%0Ay");

    CHECK(leads(x, S(NEW_TREE "?kept=a\r\n")));
    CHECK_INT(count_trees(s), 0);
    x = ask(s, S(NEW_TREE "?kept=a"));
    CHECK_INT(x->response.status, 200);
    CHECK(shows(x, S("草稿已存，还没有提交。")));
    CHECK(!shows(x, S("<title>错误")));
    CHECK(shows(x, S("value=\"tomorrow\"")));
    CHECK(shows(x, S("x\ny</textarea>")));
    CHECK(shows(x, S("name=\"kept\" value=\"a\"")));
}

TEST(a_draft_is_replaced_by_what_is_kept_after_it)
{
    struct sender *s = given_sender(given(t), "wang");

    send(s, NEW_TREE "?draft=1", "once=a&name=A");
    send(s, NEW_TREE "?draft=1", "once=b&kept=a&name=B"); /* opened */
    send(s, NEW_TREE "?draft=1", "once=a&name=C");        /* gone back */
    CHECK_INT(count_waiting(s), 1);
    CHECK(shows(ask(s, S(NEW_TREE "?kept=a")), S("value=\"C\"")));
    send(s, NEW_TREE "?draft=1", "once=d&name=D"); /* another one */
    CHECK_INT(count_waiting(s), 2);
}

TEST(a_draft_ends_when_its_form_is_sent_with_success)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    send(s, NEW_TREE "?draft=1", "once=a&name=A");
    send(s, NEW_TREE "?draft=1", "once=z&name=Z");
    x = send(s, NEW_TREE, "once=b&kept=a&name=&species=pine");
    CHECK_INT(x->response.status, 422);
    CHECK(shows(x, S("name=\"kept\" value=\"a\"")));
    CHECK_INT(count_waiting(s), 2);
    CHECK(leads(send(s, NEW_TREE, "once=c&kept=a&name=A" REST),
                S("/sample/tree/1\r\n")));
    CHECK_INT(count_waiting(s), 1);
    /* Kept and then sent from the page that went back. */
    CHECK(leads(send(s, NEW_TREE, "once=z&name=Z" REST),
                S("/sample/tree/2\r\n")));
    CHECK_INT(count_waiting(s), 0);
}

TEST(a_draft_is_its_owner_s_alone)
{
    struct given *g = given(t);
    struct sender *wang = given_sender(g, "wang");
    struct sender *li = given_sender(g, "li");

    send(wang, NEW_TREE "?draft=1", "once=a&name=Yingkesong");
    CHECK(!shows(ask(li, S(NEW_TREE "?kept=a")), S("Yingkesong")));
    CHECK(!shows(ask(li, S("/me")), S("kept=a")));
    send(li, "/me/drafts", "draft=a");
    send(li, NEW_TREE, "once=b&kept=a&name=B" REST);
    send(li, NEW_TREE "?draft=1", "once=c&kept=a&name=C");
    CHECK(shows(ask(wang, S(NEW_TREE "?kept=a")), S("value=\"Yingkesong\"")));
    CHECK(shows(ask(li, S(NEW_TREE "?kept=a")), S("value=\"C\"")));
}

TEST(drafts_are_listed_and_thrown_away)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    CHECK(!shows(ask(s, S("/")), S("/me#drafts")));
    send(s, NEW_TREE, "once=n&name=A" REST);
    send(s, NEW_TREE "?draft=1", "once=a&name=A");
    send(s, "/sample/tree/1/edit?draft=1", "once=b&version=1&name=B");
    CHECK(shows(ask(s, S("/")), S("href=\"/me#drafts\"><b>2</b>")));
    x = ask(s, S("/me"));
    CHECK(shows(x, S("href=\"/sample/tree/new?kept=a\">新增：认养的树，A<")));
    CHECK(shows(x, S("href=\"/sample/tree/1/edit?kept=b\">修改：A")));
    send(s, "/me/drafts", "draft=a");
    x = ask(s, S("/me"));
    CHECK(!shows(x, S("kept=a")));
    CHECK(shows(x, S("kept=b")));
}

TEST(a_draft_of_a_row_that_changed_meets_the_change)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    send(s, NEW_TREE, "once=n&name=A" REST);
    send(s, "/sample/tree/1/edit?draft=1", "once=a&version=1&name=B" REST);
    send(s, "/sample/tree/1/edit", "once=e&version=1&name=C" REST);
    x = ask(s, S("/sample/tree/1/edit?kept=a"));
    CHECK(shows(x, S("name=\"version\" value=\"1\"")));
    CHECK(shows(x, S("value=\"B\"")));
    x = send(s, "/sample/tree/1/edit", "once=f&kept=a&version=1&name=B" REST);
    CHECK_INT(x->response.status, 409);
    CHECK(shows(x, S("name=\"kept\" value=\"a\"")));
    CHECK_INT(count_waiting(s), 1);
}

TEST(what_a_draft_holds_can_be_copied_when_its_row_was_voided)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    send(s, NEW_TREE, "once=n&name=A" REST);
    send(s, "/sample/tree/1/void", "once=v&reason=twice");
    CHECK(leads(send(s, "/sample/tree/1/edit?draft=1",
                     "once=a&version=1&name=Yingkesong"),
                S("/sample/tree/1/edit?kept=a\r\n")));
    x = ask(s, S("/sample/tree/1/edit?kept=a"));
    CHECK_INT(x->response.status, 409);
    CHECK(shows(x, S("name：Yingkesong")));
}

TEST(a_draft_stays_in_its_year)
{
    struct sender *s = given_sender(given(t), "wang");

    send(s, NEW_TREE "?draft=1&year=2023", "once=a&name=A");
    CHECK(shows(ask(s, S("/me")), S("/sample/tree/new?year=2023&amp;kept=a")));
    CHECK(shows(ask(s, S(NEW_TREE "?year=2023")),
                S("formaction=\"/sample/tree/new?draft=1&amp;year=2023\"")));
}

static void age(struct sender *s, int64_t days)
{
    tx_run_unjournaled(given_tx(s->g),
                       SQL("UPDATE waiting_form SET until = until - ?1"),
                       WITH(INT(days * 24 * 3600 * 1000)));
    given_commit(s->g);
}

TEST(a_draft_is_there_for_thirty_days)
{
    struct sender *s = given_sender(given(t), "wang");

    send(s, NEW_TREE "?draft=1", "once=a&name=A");
    age(s, DRAFT_DAYS - 1);
    CHECK(shows(ask(s, S("/me")), S("kept=a")));
    age(s, 1);
    CHECK(!shows(ask(s, S("/me")), S("kept=a")));
    CHECK(!shows(ask(s, S(NEW_TREE "?kept=a")), S("value=\"A\"")));
    send(s, NEW_TREE "?draft=1", "once=b&name=B");
    CHECK_INT(count_waiting(s), 1);
}

TEST(there_are_no_more_drafts_than_can_be_listed)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    for (int i = 0; i < DRAFTS_MAX; i++)
        send(s, NEW_TREE "?draft=1", str_fmt(t->mem, "once=d%d&name=A", i).p);
    x = send(s, NEW_TREE "?draft=1", "once=more&name=Yingkesong");
    CHECK_INT(x->response.status, 409);
    CHECK(shows(x, S("您已经有 50 份草稿")));
    CHECK(shows(x, S("value=\"Yingkesong\"")));
    CHECK(leads(send(s, NEW_TREE "?draft=1", "once=n&kept=d7&name=B"),
                S(NEW_TREE "?kept=d7\r\n")));
    CHECK_INT(count_waiting(s), DRAFTS_MAX);
}

TEST(an_account_that_ends_leaves_no_draft)
{
    struct given *g = given(t);
    struct sender *wang = given_sender(g, "wang");
    struct sender *li = given_sender(g, "li");
    struct str path =
        str_fmt(g->m, "/accounts/%lld/end", (long long)li->account);

    send(wang, NEW_TREE "?draft=1", "once=a&name=A");
    send(li, NEW_TREE "?draft=1", "once=b&name=B");
    /* The last administrator would not be ended. */
    tx_run_unjournaled(given_tx(g),
                       SQL("UPDATE access_account SET roles = ?1 WHERE "
                           "id = ?2"),
                       WITH(INT(ROLE_OFFICER), INT(li->account)));
    CHECK_INT(send(wang, path.p, "reason=gone")->response.status, 303);
    CHECK_INT(count_waiting(wang), 1);
    CHECK(shows(ask(wang, S("/me")), S("kept=a")));
}
