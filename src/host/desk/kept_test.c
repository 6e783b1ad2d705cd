/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Nothing typed is lost: not by a lost session, not by a refusal. */
#include "host/desk/kept.h"

#include "host/given/given.h"

static struct kept_form *typed(struct test *t, struct str action,
                               const struct form_field *fields, size_t n)
{
    struct kept_form *k = NEW(t->mem, struct kept_form);

    k->action = action;
    k->typed.fields = NEW_ARRAY(t->mem, struct form_field, n);
    for (size_t i = 0; i < n; i++)
        k->typed.fields[i] = fields[i];
    k->typed.count = n;
    return k;
}

#define TYPED(t, action, ...)                                                  \
    typed(t, S(action), (const struct form_field[]){ __VA_ARGS__ },            \
          COUNT(((const struct form_field[]){ __VA_ARGS__ })))
#define FIELD(n, v)                                                            \
    (struct form_field)                                                        \
    {                                                                          \
        S(n), S(v)                                                             \
    }

TEST(refill_puts_every_kind_of_field_back)
{
    struct kept_form *k =
        TYPED(t, "/a/new", FIELD("name", "A \"b\" <c>"), FIELD("lines", "x\ny"),
              FIELD("kind", "two"), FIELD("tick", "b"), FIELD("version", "3"),
              FIELD("again", "1"), FIELD("again", "2"));

    CHECK_STR(
        refill(t->mem,
               S("<form method=\"post\" action=\"/a/new?year=2023\">"
                 "<input type=\"hidden\" name=\"csrf\" value=\"new\">"
                 "<input name=\"name\" required value=\"old\">"
                 "<textarea name=\"lines\">\nold</textarea>"
                 "<select name=\"kind\"><option value=\"one\" selected>1"
                 "</option><option value=\"two\">2</option></select>"
                 "<input type=\"checkbox\" name=\"tick\" value=\"a\" checked>"
                 "<input type=\"checkbox\" name=\"tick\" value=\"b\">"
                 "<input type=\"hidden\" name=\"version\" value=\"4\">"
                 "<input name=\"again\"><input name=\"again\" value=\"\">"
                 "<input name=\"other\" value=\"stays\"></form>"),
               k),
        S("<form method=\"post\" action=\"/a/new?year=2023\">"
          "<input type=\"hidden\" name=\"csrf\" value=\"new\">"
          "<input name=\"name\" required value=\"A &quot;b&quot; &lt;c&gt;\">"
          "<textarea name=\"lines\">\nx\ny</textarea>"
          "<select name=\"kind\"><option value=\"one\">1"
          "</option><option value=\"two\" selected>2</option></select>"
          "<input type=\"checkbox\" name=\"tick\" value=\"a\">"
          "<input type=\"checkbox\" name=\"tick\" value=\"b\" checked>"
          "<input type=\"hidden\" name=\"version\" value=\"3\">"
          "<input name=\"again\" value=\"1\"><input name=\"again\" "
          "value=\"2\">"
          "<input name=\"other\" value=\"stays\"></form>"));
    CHECK(k->placed);
    CHECK_INT(k->left_n, 0);
}

TEST(refill_touches_no_other_form_and_tells_what_is_left)
{
    struct kept_form *k = TYPED(t, "/a", FIELD("name", "A"), FIELD("gone", "G"),
                                FIELD("blank", ""));
    struct str other = S("<form method=\"post\" action=\"/ab\">"
                         "<input name=\"name\" value=\"old\"></form>"
                         "<form method=\"get\" action=\"/a\">"
                         "<input name=\"name\" value=\"old\"></form>"
                         "<p>1 &lt; 2</p>");

    CHECK_STR(refill(t->mem, other, k), other);
    CHECK(!k->placed);
    CHECK_INT(k->left_n, 2);
    k->left_n = 0;
    refill(
        t->mem,
        S("<form method=\"post\" action=\"/a\"><input name=\"name\"></form>"),
        k);
    CHECK(k->placed);
    CHECK_INT(k->left_n, 1);
    CHECK_STR(k->left[0].name, S("gone"));
}

TEST(refill_gives_no_password_back)
{
    struct kept_form *k = TYPED(t, "/a", FIELD("p", "secret"));

    CHECK_STR(refill(t->mem,
                     S("<form method=\"post\" action=\"/a\"><input name=\"p\" "
                       "type=\"password\"></form>"),
                     k),
              S("<form method=\"post\" action=\"/a\"><input name=\"p\" "
                "type=\"password\"></form>"));
}

TEST(kept_page_is_a_page_of_this_site)
{
    static const struct str good[] = { S_INIT("/"), S_INIT("/sample/tree/new"),
                                       S_INIT("/figures?year=2023&q=%E4%B8%AD"),
                                       S_INIT("/accounts") };
    static const struct str bad[] = {
        S_INIT(""),           S_INIT("figures"),
        S_INIT("//evil.cn"),  S_INIT("/\\evil.cn"),
        S_INIT("/figures\n"), S_INIT("https://evil.cn/figures"),
        S_INIT("/signin"),    S_INIT("/signin?to=/figures"),
        S_INIT("/signout"),   S_INIT("/link/abc"),
        S_INIT("/a/b/c/d/e"), S_INIT("/x y"),
    };

    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(kept_page_fits(t->mem, good[i]));
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!kept_page_fits(t->mem, bad[i]));
}

/* ---- through the pages ---- */

static const char password[] = "seven seas of words";

static int64_t given_officer(struct given *g, const char *login)
{
    struct account_plan plan = { .name = str_from(login),
                                 .login = str_from(login),
                                 .roles = ROLE_OFFICER };
    int64_t id = 0;

    if (account_add(given_act(g), &plan,
                    password_hash(g->m, str_from(password)), &id) != OK)
        BUG("a given account was refused");
    given_commit(g);
    return id;
}

static void given_tree_form(struct given *g)
{
    given_unit(g, S("区教育局"));
    given_field(g, "name", S("北宅<银杏>"));
    given_field(g, "species", S("pine"));
    given_field(g, "unit", S("区教育局"));
    given_field(g, "planted_on", S("2024年1月2日"));
    given_field(g, "care", S("浇水\n施肥"));
    given_field(g, "once", S("token of the page"));
}

/* The hidden fields of the sign-in page become the next form. */
static void carry(struct given *g, const struct ctx *c)
{
    struct str html = page_html(c);
    size_t at;

    while ((at = str_find(html, S("name=\"kept"))) != SIZE_MAX) {
        struct str name;
        struct str value;

        html = str_slice(html, at + 6, html.n);
        name = str_slice(html, 0, str_find(html, S("\"")));
        html = str_slice(html, str_find(html, S("value=\"")) + 7, html.n);
        value = str_slice(html, 0, str_find(html, S("\"")));
        if (str_find(value, S("&lt;银杏&gt;")) != SIZE_MAX)
            value = S("北宅<银杏>");
        given_field(g, str_c(g->m, name), value);
    }
}

static struct str location(const struct ctx *c)
{
    return c->location.p ? c->location : S("");
}

static struct ctx *sign_in(struct given *g, const char *login, const char *pass)
{
    given_field(g, "login", str_from(login));
    given_field(g, "password", str_from(pass));
    return given_post(g, S("/signin"));
}

TEST(a_form_outlives_its_session)
{
    struct given *g = given(t);
    int64_t wang = given_officer(g, "wang");
    struct str page;
    struct ctx *c;

    given_tree_form(g);
    c = given_post(g, S("/sample/tree/new"));
    CHECK_INT(page_status(c), 401);
    CHECK(page_says(c, S("填写的内容会放回表单里")));
    carry(g, c);
    c = sign_in(g, "wang", "wrong");
    CHECK_INT(page_status(c), 422);
    carry(g, c);
    c = sign_in(g, "wang", password);
    CHECK_INT(page_status(c), 303);
    page = location(c);
    CHECK(str_starts(page, S("/sample/tree/new?kept=")));
    CHECK_INT(given_live(g, "sample.tree", S("")), 0);
    given_asks(g, ROLE_OFFICER);
    g->who.account = wang;
    c = given_get(g, page);
    CHECK_INT(page_status(c), 200);
    CHECK(page_says(c, S("还没有保存")));
    CHECK(page_has(c, S("value=\"北宅&lt;银杏&gt;\"")));
    CHECK(page_has(c, S("<option value=\"pine\" selected>")));
    CHECK(page_has(c, S("浇水\n施肥</textarea>")));
    CHECK(!page_has(c, S("token of the page")));
    g->who.account = wang + 1;
    CHECK(!page_has(given_get(g, page), S("北宅")));
}

TEST(a_draft_whose_session_ended_goes_on_as_that_draft)
{
    struct given *g = given(t);
    int64_t wang = given_officer(g, "wang");
    struct ctx *c;

    given_asks(g, ROLE_OFFICER);
    g->who.account = wang;
    given_field(g, "once", S("key"));
    given_field(g, "name", S("甲"));
    c = given_post(g, S("/sample/tree/new?draft=1"));
    CHECK_STR(location(c), S("/sample/tree/new?kept=key"));
    given_asks(g, 0);
    given_field(g, "kept-page", S("/sample/tree/new?kept=key"));
    given_field(g, "kept-action", S("/sample/tree/new"));
    given_field(g, "kept.name", S("甲乙"));
    c = sign_in(g, "wang", password);
    CHECK_STR(location(c), S("/sample/tree/new?kept=key"));
    given_asks(g, ROLE_OFFICER);
    g->who.account = wang;
    c = given_get(g, location(c));
    CHECK(page_says(c, S("草稿，还没有提交。")));
    CHECK(page_has(c, S("value=\"甲乙\"")));
    CHECK_INT(given_sql(g, SQL("SELECT count(*) FROM waiting_form")), 1);
}

TEST(who_signs_in_lands_where_they_wanted_to_go)
{
    struct given *g = given(t);
    struct ctx *c;

    given_officer(g, "wang");
    c = given_get(g, S("/policies?year=2023"));
    CHECK_INT(page_status(c), 401);
    carry(g, c);
    CHECK_STR(location(sign_in(g, "wang", password)), S("/policies?year=2023"));
    c = given_get(g, S("/signin?to=/figures"));
    carry(g, c);
    CHECK_STR(location(sign_in(g, "wang", password)), S("/figures"));
    c = given_get(g, S("/signin?to=//evil.cn"));
    carry(g, c);
    CHECK_STR(location(sign_in(g, "wang", password)), S("/"));
    given_field(g, "kept-page", S("//evil.cn"));
    CHECK_STR(location(sign_in(g, "wang", password)), S("/"));
    given_field(g, "kept-page", S("/figures\r\nX: y"));
    CHECK_STR(location(sign_in(g, "wang", password)), S("/"));
}

TEST(a_form_that_does_not_fit_stands_there_again)
{
    struct given *g = given(t);
    struct ctx *c;

    given_asks(g, ROLE_ADMIN);
    given_field(g, "login", S("李雷的登录名"));
    given_field(g, "role", S("officer"));
    c = given_post(g, S("/accounts")); /* without a name */
    CHECK_INT(page_status(c), 422);
    CHECK(page_says(c, S("姓名：应为 1 到 40 个字")));
    CHECK(page_has(c, S("value=\"李雷的登录名\"")));
    CHECK(page_has(c, S("value=\"officer\" checked")));
    CHECK(!page_has(c, S("value=\"admin\" checked")));
}

TEST(a_password_too_long_is_said_and_not_tried)
{
    struct given *g = given(t);
    struct buf *b = buf_new(t->mem, 4096);
    struct ctx *c;

    given_officer(g, "wang");
    while (b->n < 129)
        buf_byte(b, 'x');
    for (int i = 0; i < 8; i++) {
        c = sign_in(g, "wang", str_c(t->mem, buf_str(b)));
        CHECK_INT(page_status(c), 422);
        CHECK(page_says(c, S("密码最长 128 个字符")));
    }
    CHECK_INT(page_status(sign_in(g, "wang", password)), 303);
}

TEST(wrong_tries_wait_alike_for_names_with_and_without_account)
{
    struct given *g = given(t);
    static const char *const logins[] = { "wang", "nobody" };

    given_officer(g, "wang");
    for (size_t k = 0; k < COUNT(logins); k++) {
        struct ctx *c;

        for (int i = 0; i < 5; i++)
            CHECK_INT(page_status(sign_in(g, logins[k], "wrong one")), 422);
        c = sign_in(g, logins[k], password);
        CHECK_INT(page_status(c), 429);
        CHECK(page_says(c, S("请过 30 秒再试")));
    }
}
