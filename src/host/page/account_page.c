/* SPDX-License-Identifier: MulanPSL-2.0 */
/* One's own account; and, for administrators, all accounts and policies. */
#include "host/page/account_page.h"
#include "access/session.h"
#include "host/ledger/ref.h"
#include "host/page/list_request.h"
#include "host/page/views/account.h"

static const struct field account_fields[] = {
    { S_INIT("name"), FIELD_TEXT, TEXT_INIT("姓名", "Name"), 1, 40 },
    { S_INIT("login"), FIELD_TEXT, TEXT_INIT("登录名", "Sign-in name"), 1, 60 },
    { S_INIT("role"), FIELD_TEXT, TEXT_INIT("角色", "Role"), 1, 20 },
    { S_INIT("org"), FIELD_TEXT, TEXT_INIT("单位", "Organisation"), 0, 100 },
};
const struct form account_form = { account_fields, COUNT(account_fields),
                                   false };

static const struct field policy_fields[] = {
    { S_INIT("value"), FIELD_INT, TEXT_INIT("数值", "Value"), 0, 1000000 },
    { S_INIT("basis"), FIELD_TEXT, TEXT_INIT("依据文件", "Basis document"), 1,
      100 },
};
const struct form policy_form = { policy_fields, COUNT(policy_fields), false };

struct text role_names(struct mem *m, unsigned roles)
{
    static const struct {
        enum role role;
        struct text name;
    } names[] = {
        { ROLE_ADMIN, TEXT_INIT("系统管理员", "administrator") },
        { ROLE_OFFICER, TEXT_INIT("区级管理员", "officer") },
        { ROLE_EDITOR, TEXT_INIT("单位填报员", "editor") },
    };
    struct text all = TEXT("", "");

    for (size_t i = 0; i < COUNT(names); i++) {
        const struct text *n = &names[i].name;

        if (!(roles & names[i].role))
            continue;
        all.zh = str_join(
            m, (struct str[]){ all.zh, all.zh.n ? S("、") : S(""), n->zh }, 3);
        all.en = str_join(
            m, (struct str[]){ all.en, all.en.n ? S(", ") : S(""), n->en }, 3);
    }
    return all;
}

enum err show_me(struct ctx *c)
{
    struct me_page p = { .ctx = c, .roles = role_names(c->m, c->who.roles) };

    p.links_n = page_links(c, LINK_ON_ME, &p.links);
    view_me(page_body(c), &p);
    return page_send(c,
                     &(struct page){ .title = TEXT("我的账户", "My account") });
}

static struct str org_name(struct ctx *c, int64_t org)
{
    struct str name;

    return org && list_title(ctx_scope(c), ledger_organisations(), org, &name)
               ? name
               : S("");
}

static void read_accounts(struct ctx *c, struct accounts_page *p)
{
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT id, name, login, roles, ended_at, org FROM "
            "access_account WHERE district = ?1 ORDER BY id LIMIT 500"),
        WITH(INT(c->house->district)));

    p->accounts = NEW_ARRAY(c->m, struct account_line, 500);
    while (rows_next(&r))
        p->accounts[p->n++] = (struct account_line){
            .id = rows_int(&r, 0),
            .name = rows_text(&r, 1, c->m),
            .login = rows_text(&r, 2, c->m),
            .roles = role_names(c->m, (unsigned)rows_int(&r, 3)),
            .ended = rows_int(&r, 4) != 0,
            .org = org_name(c, rows_int(&r, 5)),
        };
}

static enum err accounts_page(struct ctx *c, struct text wrong, struct str link)
{
    struct accounts_page p = { .ctx = c, .wrong = wrong, .link = link };

    p.name = ctx_field(c, S("name"));
    p.login = ctx_field(c, S("login"));
    p.org = ctx_field(c, S("org"));
    if (link.n)
        p.name = p.login = p.org = S("");
    read_accounts(c, &p);
    view_accounts(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = TEXT("账户", "Accounts"),
                            .wrong = !text_empty(wrong),
                            .status = text_empty(wrong) ? 200 : 422,
                        });
}

enum err list_accounts(struct ctx *c)
{
    return accounts_page(c, TEXT("", ""), S(""));
}

static unsigned role_of(struct str word)
{
    return str_eq(word, S("admin"))     ? ROLE_ADMIN
           : str_eq(word, S("officer")) ? ROLE_OFFICER
           : str_eq(word, S("editor"))  ? ROLE_EDITOR
                                        : 0;
}

enum err post_account(struct ctx *c)
{
    struct account_plan plan = {
        .name = ctx_field(c, S("name")),
        .login = ctx_field(c, S("login")),
        .roles = role_of(ctx_field(c, S("role"))),
    };
    struct scope in = ctx_scope(c);
    struct text wrong = TEXT("", "");
    struct str token;
    int64_t id;

    if (plan.roles == 0)
        return accounts_page(c, TEXT("请选择角色", "choose a role"), S(""));
    if (plan.roles == ROLE_EDITOR &&
        ref_find_organisation(ref_book_new(in), ctx_field(c, S("org")),
                              &plan.org, &wrong) != OK)
        return accounts_page(c, wrong, S(""));
    if (account_add(c->act, &plan, S(""), &id) == E_CLASH)
        return accounts_page(c,
                             TEXT("这个登录名已经有人用了",
                                  "this sign-in name is taken"),
                             S(""));
    token = link_make(in, id, c->now);
    return accounts_page(c, TEXT("", ""),
                         str_fmt(c->m, "/link/%.*s", STR_ARG(token)));
}

enum err post_account_end(struct ctx *c)
{
    int64_t id = ctx_id(c, 0);

    if (id == c->who.account)
        return refuse(c, E_CLASH,
                      TEXT("不能停用自己的账户",
                           "you cannot end your own account"));
    if (account_end(c->act, id) != OK)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个账户，或已停用",
                           "there is no such account, or it was ended"));
    return see_other(c, "/accounts");
}

static enum err policies_page(struct ctx *c, struct text wrong)
{
    struct policies_page p = { .ctx = c, .wrong = wrong };

    while (policy_at(p.n))
        p.n++;
    p.lines = NEW_ARRAY(c->m, struct policy_line, p.n);
    for (size_t i = 0; i < p.n; i++) {
        const struct policy *policy = policy_at(i);
        struct rows r = tx_query(
            c->tx,
            SQL("SELECT basis, year FROM policy WHERE district = ?1 AND "
                "key = ?2 AND year <= ?3 ORDER BY year DESC LIMIT 1"),
            WITH(INT(c->house->district), STR(policy->key), INT(c->year)));

        p.lines[i] = (struct policy_line){
            .policy = policy,
            .value = policy_read(ctx_scope(c), c->year, policy->key),
        };
        if (rows_next(&r)) {
            p.lines[i].basis = rows_text(&r, 0, c->m);
            rows_end(&r);
        }
    }
    view_policies(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = TEXT("规则", "Policies"),
                            .wrong = !text_empty(wrong),
                            .status = text_empty(wrong) ? 200 : 422,
                        });
}

enum err list_policies(struct ctx *c)
{
    return policies_page(c, TEXT("", ""));
}

enum err post_policy(struct ctx *c)
{
    const struct policy *p = policy_find(c->params[0]);
    struct policy_rule rule = { .year = c->year,
                                .basis = ctx_field(c, S("basis")) };
    struct text wrong;

    if (!p || !str_int(ctx_field(c, S("value")), &rule.value))
        return E_ABSENT;
    if (policy_set(c->act, p, &rule, &wrong) == E_INPUT)
        return policies_page(c, wrong);
    return see_other(c, "/policies");
}
