/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The audit record as its auditor reads it, and nobody else. */
#include "access/session.h"
#include "access/tries.h"
#include "base/date.h"
#include "host/given/given.h"

static int64_t given_account(struct given *g, const char *name, unsigned roles)
{
    struct account_plan plan = { .name = str_from(name),
                                 .login = str_from(name),
                                 .roles = roles };
    int64_t id = 0;

    if (account_add(given_act(g), &plan, S(""), &id) != OK)
        BUG("a given account was refused");
    return id;
}

static void note_shown(struct given *g, const char *what, const char *form,
                       int64_t n)
{
    audit_note(given_act(g), &(struct audit_event){ .kind = AUDIT_SHOWN,
                                                    .what = str_from(what),
                                                    .form = str_from(form),
                                                    .n = n });
}

static struct ctx *audit_get(struct given *g, const char *query)
{
    struct test *t = g->t;
    struct ctx *c;

    given_asks(g, ROLE_AUDITOR);
    c = given_get(g, str_fmt(g->m, "/audit%s", query));
    CHECK_INT(page_status(c), 200);
    return c;
}

TEST(audit_record_is_for_the_auditor_alone)
{
    static const char *const paths[] = { "/audit", "/audit/export.csv" };
    static const unsigned others[] = { ROLE_ADMIN, ROLE_OFFICER, ROLE_EDITOR,
                                       ROLE_ADMIN | ROLE_OFFICER };
    struct given *g = given(t);

    for (size_t i = 0; i < COUNT(paths); i++) {
        for (size_t k = 0; k < COUNT(others); k++) {
            given_asks(g, others[k]);
            CHECK_INT(page_status(given_get(g, str_from(paths[i]))), 403);
        }
        given_asks(g, 0);
        CHECK_INT(page_status(given_get(g, str_from(paths[i]))), 401);
        given_asks(g, ROLE_AUDITOR);
        CHECK_INT(page_status(given_get(g, str_from(paths[i]))), 200);
    }
}

TEST(audit_record_is_found_from_home_by_the_auditor)
{
    struct given *g = given(t);

    given_asks(g, ROLE_AUDITOR);
    CHECK(page_has(given_get(g, S("/")), S("href=\"/audit\"")));
    CHECK(page_has(given_get(g, S("/me")), S("href=\"/audit\"")));
    CHECK(!page_has(given_get(g, S("/me")), S("href=\"/settings\"")));
    given_asks(g, ROLE_ADMIN | ROLE_OFFICER);
    CHECK(!page_has(given_get(g, S("/")), S("href=\"/audit\"")));
}

TEST(audit_entries_are_words_in_both_languages)
{
    struct given *g = given(t);
    struct try_at at = { .login = S("wang") };
    struct ctx *c;

    CHECK(page_says(audit_get(g, ""), S("还没有记录")));
    at.account = given_account(g, "王小明", ROLE_OFFICER);
    given_act(g)->actor = ACTOR_VISITOR;
    given_act(g)->address = S("192.0.2.7");
    tries_failed(given_act(g), &at);
    at.account = 0;
    tries_failed(given_act(g), &at);
    note_shown(g, "sample.keeper", "page", 12);
    note_shown(g, "sample.keeper/3", "row", 1);
    note_shown(g, "sample.keepers", "csv", 4);
    note_shown(g, "gone.ledger", "page", 4);
    c = audit_get(g, "");
    CHECK(page_says(c, S("王小明 · 区级管理员 成功 系统命令行")));
    CHECK(page_says(c, S("王小明 未成功 未登录的访客 192.0.2.7")));
    CHECK(page_says(c, S("没有这个登录名 未成功")));
    CHECK(page_says(c, S("护树名册 · 页面 · 12 行 成功")));
    CHECK(page_says(c, S("护树名册 · 编号 3 · 一条记录 成功")));
    CHECK(page_says(c, S("gone.ledger · 页面 · 4 行")));
    g->lang = LANG_EN;
    c = audit_get(g, "");
    CHECK(page_says(c, S("王小明 Failed a visitor")));
    CHECK(page_says(c, S("Keepers of trees · ID 3 · one row")));
}

/* Wrong tries to sign in, of the old password, and of a name nobody has. */
TEST(audit_record_tells_whose_password_was_tried_and_by_whom)
{
    struct given *g = given(t);
    struct try_at at = { .login = S("wang") };
    struct ctx *c;

    at.account = given_account(g, "王小明", ROLE_OFFICER);
    given_act(g)->actor = at.account;
    tries_failed(given_act(g), &at);
    c = audit_get(g, "?kind=failed");
    CHECK(page_says(c, S("验证密码失败 未成功 王小明")));
    CHECK(!page_says(c, S("没有这个登录名")));
    given_act(g)->actor = ACTOR_VISITOR;
    tries_failed(given_act(g), &at);
    c = audit_get(g, "?kind=failed");
    CHECK(page_says(c, S("王小明 未成功 未登录的访客")));
    CHECK(!page_says(c, S("没有这个登录名")));
    at.account = 0;
    given_act(g)->actor = ACTOR_VISITOR;
    for (int i = 0; i < TRIES_OF_NAME; i++)
        tries_failed(given_act(g), &at);
    tries_slowed(given_act(g), &at);
    c = audit_get(g, "?kind=slowed");
    CHECK(page_says(c, S("没有这个登录名 未成功 未登录的访客")));
}

TEST(audit_record_tells_who_gave_which_role_and_who_need_not_confirm)
{
    struct given *g = given(t);
    int64_t admin = given_account(g, "周主任", ROLE_ADMIN);
    int64_t wang = given_account(g, "王小明", ROLE_OFFICER);
    struct str path = str_fmt(t->mem, "/accounts/%lld", (long long)wang);
    struct ctx *c;

    given_asks(g, ROLE_ADMIN);
    g->who.account = admin;
    given_field(g, "role", S("admin"));
    given_field(g, "role", S("officer"));
    given_opened(g, given_get(g, path), path);
    CHECK_INT(page_status(given_post(g, path)), 303);
    given_field(g, "second", S("off"));
    CHECK_INT(page_status(given_post(g, S("/accounts/second"))), 303);
    c = audit_get(g, "");
    CHECK(page_says(c, S("角色变更")));
    CHECK(page_says(c, S("王小明 · 系统管理员、区级管理员 成功 周主任")));
    CHECK(page_says(c, S("不再要求 成功 周主任")));
}

TEST(audit_filters_by_kind_day_and_account)
{
    struct given *g = given(t);
    int64_t wang = given_account(g, "王小明", ROLE_OFFICER);
    struct ctx *c;

    note_shown(g, "sample.keeper", "page", 1);
    given_act(g)->actor = wang;
    note_shown(g, "sample.keeper", "print", 1);
    given_act(g)->now -= INT64_C(48) * 3600 * 1000;
    note_shown(g, "sample.keeper", "search", 1);
    given_commit(g);
    c = audit_get(g, "?kind=shown");
    CHECK(page_says(c, S("· 打印 ·")) &&
          !page_says(c, S("王小明 · 区级管理员 成功")));
    c = audit_get(g, str_fmt(t->mem, "?account=%lld", (long long)wang).p);
    CHECK(page_says(c, S("王小明 · 区级管理员 成功")) &&
          page_says(c, S("· 打印 ·")));
    CHECK(!page_says(c, S("· 页面 ·")));
    c = audit_get(g, "?account=shell");
    CHECK(page_says(c, S("· 页面 ·")) && !page_says(c, S("· 打印 ·")));
    c = audit_get(g,
                  str_fmt(t->mem, "?to=%.*s",
                          STR_ARG(date_iso(t->mem, date_of(given_act(g)->now -
                                                           INT64_C(86400000)))))
                      .p);
    CHECK(page_says(c, S("· 搜索 ·")) && !page_says(c, S("· 打印 ·")));
    c = audit_get(g,
                  str_fmt(t->mem, "?from=%.*s",
                          STR_ARG(date_iso(t->mem, date_of(given_act(g)->now))))
                      .p);
    CHECK(page_says(c, S("· 打印 ·")) && !page_says(c, S("· 搜索 ·")));
    CHECK(page_says(audit_get(g, "?kind=slowed"), S("没有符合条件的记录")));
    c = audit_get(g, "?kind=x&from=soon&to=2024-02-31&account=-1&before=y");
    CHECK(page_says(c, S("· 打印 ·")));
    c = audit_get(g, "?from=1900-01-01&to=2199-12-31&before=999999");
    CHECK(page_says(c, S("· 打印 ·")));
}

/* A count of what somebody did would be what the law does not want. */
TEST(audit_pages_follow_each_other_without_totals)
{
    struct given *g = given(t);
    struct str link;
    struct ctx *c;
    size_t at;

    for (int i = 0; i < 73; i++)
        note_shown(g, "sample.keeper", i ? "page" : "print", 1);
    c = audit_get(g, "?kind=shown");
    CHECK(!page_says(c, S("· 打印 ·")));
    CHECK(!page_says(c, S("73")) && !page_says(c, S("50")));
    at = str_find(page_html(c), S("&amp;before=24\""));
    NEED(at != SIZE_MAX);
    c = audit_get(g, "?kind=shown&before=24");
    CHECK(page_says(c, S("· 打印 ·")));
    CHECK(!page_says(c, S("更早的")) && page_says(c, S("回到最新的")));
    link = S("href=\"/audit?kind=shown&amp;from=&amp;to=&amp;account=\"");
    CHECK(page_has(c, link));
    CHECK(page_has(c, S("href=\"/audit/export.csv?kind=shown")));
}

TEST(audit_file_holds_the_filter_and_is_noted_itself)
{
    struct given *g = given(t);
    struct ctx *c;

    note_shown(g, "sample.keeper", "page", 2);
    given_account(g, "王小明", ROLE_OFFICER);
    c = audit_get(g, "/export.csv?kind=added");
    CHECK(page_has(c, S("编号,时间,谁,从哪里,做了什么,内容,结果")));
    CHECK(page_has(c, S("新增账户,王小明 · 区级管理员,成功,added,")));
    CHECK(!page_has(c, S("护树名册")));
    NEED(c->notes != NULL);
    CHECK_INT(c->notes->event.kind, AUDIT_TAKEN);
    CHECK_STR(c->notes->event.what, S("audit"));
    CHECK_INT(c->notes->event.n, 1);
    CHECK(audit_get(g, "")->notes == NULL);
}
