/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A form sent twice, on its whole way: the same, or another in its place. */
#include "host/desk/once.h"

#include "host/desk/sender_test.h"

/* A file, in a form of the kind that takes them. */
static struct exchange *send_file_of(struct sender *s, const char *once,
                                     const char *name, const char *bytes)
{
    return send_as(
        s, S("/import/new"), S("multipart/form-data; boundary=x"),
        str_fmt(s->g->m,
                "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n"
                "%.*s\r\n"
                "--x\r\nContent-Disposition: form-data; name=\"once\"\r\n\r\n"
                "%s\r\n"
                "--x\r\nContent-Disposition: form-data; name=\"file\"; "
                "filename=\"%s\"\r\nContent-Type: text/csv\r\n\r\n"
                "%s\r\n--x--\r\n",
                STR_ARG(s->csrf), once, name, bytes));
}

static int64_t count_trees(struct sender *s)
{
    return given_sql(s->g, SQL("SELECT count(*) FROM sample_tree"));
}

#define TREE                                                                   \
    "&species=pine&unit=%E5%8C%BA%E6%95%99%E8%82%B2%E5%B1%80&"                 \
    "planted_on=2024-01-02&year=2024"

TEST(the_same_form_sent_twice_is_kept_once)
{
    struct sender *s = given_sender(given(t), "wang");

    for (int i = 0; i < 3; i++)
        CHECK(leads(send(s, "/sample/tree/new", "once=a&name=A" TREE),
                    S("/sample/tree/1\r\n")));
    CHECK_INT(count_trees(s), 1);
    CHECK(leads(send(s, "/sample/tree/new", "once=b&name=B" TREE),
                S("/sample/tree/2\r\n")));
}

TEST(a_token_with_other_content_is_a_conflict_and_the_form_is_filled)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    send(s, "/sample/tree/new", "once=a&name=A" TREE);
    x = send(s, "/sample/tree/new", "once=a&name=B" TREE "&remark=new");
    CHECK_INT(x->response.status, 409);
    CHECK(shows(x, S("这张表刚才已经提交过一次。现在这份内容不同，没有保存")));
    CHECK(shows(x, S("href=\"/sample/tree/1\"")));
    CHECK(shows(x, S("value=\"B\"")));
    CHECK(shows(x, S("value=\"new\"")));
    CHECK(!shows(x, S("name=\"once\" value=\"a\"")));
    CHECK_INT(count_trees(s), 1);
    /* What its sender does next. */
    CHECK(leads(send(s, "/sample/tree/new", "once=c&name=B" TREE),
                S("/sample/tree/2\r\n")));
}

/* Each differs from "once=a&name=A&remark=xy…" in one way. */
TEST(content_is_every_name_and_value_in_its_order)
{
    static const char *const others[] = {
        "once=a&name=A" TREE,
        "once=a&name=A" TREE "&remark=xz",
        "once=a&name=A" TREE "&partners=xy",
        "once=a&name=A" TREE "&remark=x&y=",
        "once=a&name=A" TREE "&remark=xy&remark=xy",
        "once=a&remark=xy&name=A" TREE,
        "once=a&name=A" TREE "&remark=xy%20",
    };
    struct sender *s = given_sender(given(t), "wang");

    send(s, "/sample/tree/new", "once=a&name=A" TREE "&remark=xy");
    for (size_t i = 0; i < COUNT(others); i++)
        CHECK_INT(send(s, "/sample/tree/new", others[i])->response.status, 409);
    CHECK(leads(send(s, "/sample/tree/new", "name=A" TREE "&remark=xy&once=a"),
                S("/sample/tree/1\r\n")));
    CHECK_INT(count_trees(s), 1);
}

TEST(a_token_that_goes_to_another_address_is_a_conflict)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    send(s, "/sample/tree/new", "once=n&name=A" TREE);
    CHECK(leads(send(s, "/sample/tree/1/void", "once=a&reason=twice"),
                S("/sample/tree/1\r\n")));
    CHECK(leads(send(s, "/sample/tree/1/void", "once=a&reason=twice"),
                S("/sample/tree/1\r\n")));
    x = send(s, "/sample/tree/1/restore", "once=a&reason=twice");
    CHECK_INT(x->response.status, 409);
    CHECK(shows(x, S("href=\"/sample/tree/1\"")));
    CHECK(shows(x, S("value=\"twice\"")));
    CHECK_INT(given_sql(s->g, SQL("SELECT voided FROM sample_tree")), 1);
}

TEST(an_edit_with_another_s_token_is_a_conflict)
{
    struct sender *s = given_sender(given(t), "wang");

    send(s, "/sample/tree/new", "once=n&name=A" TREE);
    CHECK(leads(send(s, "/sample/tree/1/edit", "once=e&version=1&name=B" TREE),
                S("/sample/tree/1\r\n")));
    CHECK_INT(send(s, "/sample/tree/1/edit", "once=e&version=1&name=C" TREE)
                  ->response.status,
              409);
    CHECK(leads(send(s, "/sample/tree/1/edit", "once=e&version=1&name=B" TREE),
                S("/sample/tree/1\r\n")));
    CHECK_INT(given_sql(s->g, SQL("SELECT version FROM sample_tree")), 2);
}

TEST(a_file_is_told_from_another_by_its_bytes_and_its_name)
{
    static const char trees[] = "树种,树名,认养单位,栽种日期\n"
                                "松树,迎客松,区教育局,2024-03-01\n";
    static const char others[] = "树种,树名,认养单位,栽种日期\n"
                                 "松树,望海松,区教育局,2024-03-01\n";
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    CHECK(leads(send_file_of(s, "u", "a.csv", trees), S("/import/1\r\n")));
    CHECK(leads(send_file_of(s, "u", "a.csv", trees), S("/import/1\r\n")));
    CHECK_INT(send_file_of(s, "u", "b.csv", trees)->response.status, 409);
    x = send_file_of(s, "u", "a.csv", others);
    CHECK_INT(x->response.status, 409);
    CHECK(shows(x, S("href=\"/import/1\"")));
    CHECK(shows(x, S("选择过的文件浏览器不会保留，请重新选择。")));
    CHECK(leads(send_file_of(s, "v", "a.csv", others), S("/import/2\r\n")));
}

TEST(pasted_cells_that_changed_stand_in_the_form)
{
    struct sender *s = given_sender(given(t), "wang");
    struct exchange *x;

    CHECK(leads(send(s, "/import/new", "once=p&cells=%E6%A0%91%E5%90%8D%0AA"),
                S("/import/1\r\n")));
    x = send(s, "/import/new", "once=p&cells=%E6%A0%91%E5%90%8D%0AB");
    CHECK_INT(x->response.status, 409);
    CHECK(shows(x, S("树名\nB</textarea>")));
}

/* What the form of a rule on its page says that it shows. */
static struct str rule_shown(struct sender *s, struct str path)
{
    struct str html;
    size_t at;

    given_asks(s->g, ROLE_OFFICER);
    html = page_html(given_get(s->g, S("/policies")));
    html = str_slice(html, str_find(html, path), html.n);
    at = str_find(html, S("name=\"was-policy\" value=\""));
    html = str_slice(html, at + 25, html.n);
    return str_slice(html, 0, str_find(html, S("\"")));
}

/* Their form carries no token; whoever sends one is held to it. */
TEST(a_rule_is_held_to_its_token_too)
{
    static const char path[] = "/policies/sample.healthiest_percent";
    struct sender *s = given_sender(given(t), "wang");
    struct str was = rule_shown(s, str_from(path));
    const char *first =
        str_c(t->mem,
              str_fmt(t->mem, "once=s&value=20&basis=No.1&was-policy=%.*s",
                      STR_ARG(was)));
    struct exchange *x;

    CHECK(leads(send(s, path, first), S("/policies")));
    CHECK(leads(send(s, path, first), S("/policies")));
    x = send(s, path, "once=s&value=30&basis=No.2");
    CHECK_INT(x->response.status, 409);
    CHECK(shows(x, S("value=\"No.2\"")));
    CHECK_INT(given_sql(s->g, SQL("SELECT count(*) FROM policy")), 1);
}

TEST(a_token_is_its_sender_s_alone)
{
    struct given *g = given(t);
    struct sender *wang = given_sender(g, "wang");
    struct sender *li = given_sender(g, "li");
    struct exchange *x;

    send(wang, "/sample/tree/new", "once=a&name=A" TREE);
    x = send(li, "/sample/tree/new", "once=a&name=B" TREE);
    CHECK(leads(x, S("/sample/tree/2\r\n")));
    CHECK_INT(count_trees(wang), 2);
}

static void age_tokens(struct sender *s, int64_t ms)
{
    tx_run_unjournaled(given_tx(s->g),
                       SQL("UPDATE answered_form SET at = at - ?1"),
                       WITH(INT(ms)));
    given_commit(s->g);
}

TEST(a_token_is_kept_for_three_days_and_then_cleaned)
{
    enum { MINUTE = 60 * 1000 };
    const int64_t three_days = INT64_C(72) * 60 * MINUTE;
    struct sender *s = given_sender(given(t), "wang");

    send(s, "/sample/tree/new", "once=a&name=A" TREE);
    age_tokens(s, three_days - MINUTE);
    CHECK_INT(
        send(s, "/sample/tree/new", "once=a&name=B" TREE)->response.status,
        409);
    age_tokens(s, MINUTE);
    CHECK(leads(send(s, "/sample/tree/new", "once=a&name=B" TREE),
                S("/sample/tree/2\r\n")));
    CHECK_INT(given_sql(s->g, SQL("SELECT count(*) FROM answered_form")), 1);
}

TEST(a_password_is_not_remembered)
{
    struct sender *s = given_sender(given(t), "wang");

    send(s, "/me/password", "once=a&old=x&password=y");
    send(s, "/signin", "once=b&login=wang&password=seven+seas");
    CHECK_INT(given_sql(s->g, SQL("SELECT count(*) FROM answered_form")), 0);
}
