/* SPDX-License-Identifier: MulanPSL-2.0 */
/* All accounts, and a new one; policies. */
#include "host/page/account_page.h"

#include "access/session.h"
#include "host/desk/rival.h"
#include "host/ledger/ref.h"
#include "host/list/options.h"
#include "host/page/list_request.h"
#include "host/page/views/account.h"

static const struct field account_fields[] = {
    { S_INIT("name"), FIELD_TEXT, TEXT_INIT("姓名", "Name"), 1, 40 },
    { S_INIT("login"), FIELD_TEXT, TEXT_INIT("登录名", "Sign-in name"), 1, 60 },
    { S_INIT("org"), FIELD_TEXT, TEXT_INIT("单位", "Organisation"), 0, 100 },
};
const struct form account_form = { account_fields, COUNT(account_fields),
                                   false };

static const struct field second_fields[] = {
    { S_INIT("second"), FIELD_TEXT, TEXT_INIT("第二人确认", "Confirmation"), 0,
      3 },
};
const struct form second_form = { second_fields, COUNT(second_fields), false };

static const struct field policy_fields[] = {
    { S_INIT("value"), FIELD_INT, TEXT_INIT("数值", "Value"), 0, 1000000 },
    { S_INIT("basis"), FIELD_TEXT, TEXT_INIT("依据文件", "Basis document"), 1,
      100 },
};
const struct form policy_form = { policy_fields, COUNT(policy_fields), false };

struct str org_name(struct ctx *c, int64_t org)
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
        SQL("SELECT access_account.id, name, login, access_account.roles, "
            "ended_at, access_account.org, length(password), asked_by FROM "
            "access_account LEFT JOIN access_grant g ON g.district = "
            "access_account.district AND g.account = access_account.id WHERE "
            "access_account.district = ?1 ORDER BY access_account.id "
            "LIMIT 500"),
        WITH(INT(c->house->district)));

    p->accounts = NEW_ARRAY(c->m, struct account_line, 500);
    while (rows_next(&r))
        p->accounts[p->n++] = (struct account_line){
            .account = { .id = rows_int(&r, 0),
                         .name = rows_text(&r, 1, c->m),
                         .login = rows_text(&r, 2, c->m),
                         .roles = (unsigned)rows_int(&r, 3),
                         .ended_at = rows_int(&r, 4),
                         .has_password = rows_int(&r, 6) > 0 },
            .org = org_name(c, rows_int(&r, 5)),
            .waits = !rows_is_null(&r, 7),
        };
}

/* Who asks to do without the second administrator; 0: nobody. */
static int64_t asks_off(struct str setting)
{
    int64_t account = 0;

    if (str_take(&setting, S("off:")) && !str_int(setting, &account))
        account = 0;
    return account;
}

static enum err accounts_page(struct ctx *c, struct accounts_page *p)
{
    bool wrong = !text_empty(p->wrong);
    struct str second;
    int64_t asked_by;

    p->ctx = c;
    second = setting_read(ctx_scope(c), SETTING_SECOND);
    p->second_off = str_eq(second, S("off"));
    asked_by = asks_off(second);
    if (asked_by)
        p->off_by = account_name(ctx_scope(c), asked_by);
    p->off_is_mine = asked_by == c->who.account;
    read_accounts(c, p);
    view_accounts(page_body(c), p);
    return page_send(c, &(struct page){
                            .title = TEXT("账户", "Accounts"),
                            .wrong = wrong,
                            .status = wrong ? 422 : 200,
                        });
}

enum err list_accounts(struct ctx *c)
{
    struct accounts_page p = { .roles = 0 };

    return accounts_page(c, &p);
}

unsigned roles_sent(const struct ctx *c)
{
    unsigned roles = 0;

    for (size_t i = 0; i < c->form.count; i++)
        if (str_eq(c->form.fields[i].name, S("role")))
            roles |= role_read(c->form.fields[i].value);
    return roles;
}

enum err read_scope(struct ctx *c, unsigned roles, int64_t *ret_org,
                    struct text *ret_wrong)
{
    struct str name = ctx_field(c, S("org"));

    *ret_org = 0;
    if ((roles & ROLE_EDITOR) && name.n &&
        ref_find_organisation(ref_book_new(ctx_scope(c)), name, ret_org,
                              ret_wrong) != OK)
        return E_INPUT;
    return roles_fit(roles, *ret_org, ret_wrong) ? OK : E_INPUT;
}

bool needs_second(struct ctx *c, const struct account *a, unsigned roles,
                  int64_t org)
{
    struct scope in = ctx_scope(c);

    return grant_adds(a, roles, org) &&
           account_admins_but(in, c->who.account) > 0 &&
           !str_eq(setting_read(in, SETTING_SECOND), S("off"));
}

/*
 * The name of an ended account is free, but whoever types it mostly means
 * the one who had it.
 */
static bool names_ended(struct ctx *c, struct accounts_page *p)
{
    p->ended = account_ended(ctx_scope(c), p->login);
    if (!p->ended || ctx_field(c, S("other")).n)
        return false;
    p->wrong = text_fmt(
        c->m,
        "登录名“%.*s”是已停用的账户“%.*s”用过的：同一个人请恢复原账户；"
        "另一个人请勾选“是另一个人”再提交",
        "the sign-in name \"%.*s\" was that of the ended account \"%.*s\": "
        "take it up again if it is the same person, else tick \"somebody "
        "else\" and send again",
        STR_ARG(p->login), STR_ARG(account_name(ctx_scope(c), p->ended)));
    return true;
}

/* Roles that a second administrator confirms are asked for, not given. */
static enum err add_account(struct ctx *c, struct account_plan *plan,
                            int64_t *ret_id)
{
    struct account none = { .roles = 0 };
    struct grant g = { .roles = plan->roles, .org = plan->org };
    bool asks = needs_second(c, &none, plan->roles, plan->org);
    enum err e;

    if (asks)
        plan->roles &= ~(unsigned)ROLES_TO_CONFIRM;
    e = account_add(c->act, plan, S(""), &g.account);
    if (e == OK && asks)
        e = grant_ask(c->act, &g);
    *ret_id = g.account;
    return e;
}

enum err post_account(struct ctx *c)
{
    struct accounts_page p = { .name = ctx_field(c, S("name")),
                               .login = ctx_field(c, S("login")),
                               .org = ctx_field(c, S("org")),
                               .roles = roles_sent(c) };
    struct account_plan plan = { p.name, p.login, p.roles, 0 };
    int64_t id;

    if (read_scope(c, p.roles, &plan.org, &p.wrong) != OK || names_ended(c, &p))
        return accounts_page(c, &p);
    if (add_account(c, &plan, &id) == E_CLASH) {
        p.wrong = TEXT("这个登录名已经有人用了", "this sign-in name is taken");
        return accounts_page(c, &p);
    }
    return account_link_page(c, id);
}

/* Doing without the second administrator is for both to decide. */
enum err post_second(struct ctx *c)
{
    struct scope in = ctx_scope(c);
    int64_t asked_by = asks_off(setting_read(in, SETTING_SECOND));
    struct str value = S("");

    if (str_eq(ctx_field(c, S("second")), S("off")))
        value = account_admins_but(in, c->who.account) == 0 ||
                        (asked_by && asked_by != c->who.account)
                    ? S("off")
                    : str_fmt(c->m, "off:%lld", (long long)c->who.account);
    if (setting_write(c->act, SETTING_SECOND, value) != OK)
        return E_STORE;
    audit_note(c->act, &(struct audit_event){ .kind = AUDIT_SECOND_SET,
                                              .what = value });
    announce_saved(c);
    return see_other(c, "/accounts");
}

/* All that the form of a policy shows of it. */
static struct str policy_said(struct ctx *c, const struct policy_state *s)
{
    return str_fmt(c->m, "%lld %lld %.*s", (long long)s->value,
                   (long long)s->later, STR_ARG(s->basis));
}

static enum err policies_page(struct ctx *c, struct text wrong)
{
    struct policies_page p = { .ctx = c, .n = policy_total(), .wrong = wrong };

    p.lines = NEW_ARRAY(c->m, struct policy_line, p.n);
    for (size_t i = 0; i < p.n; i++) {
        struct policy_line *l = &p.lines[i];

        l->state = policy_state(ctx_scope(c), c->year, policy_at(i));
        l->was = rival_was(c->m, policy_said(c, &l->state));
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

static enum err refuse_policy(struct ctx *c, const struct policy_state *now)
{
    return rival_refuse(
        c, text_fmt(c->m,
                    "“%.*s”别人刚刚改过，现在是 %lld；下面是您填写的，"
                    "核对后再保存就以它为准",
                    "somebody just changed \"%.*s\", it is %lld now; below "
                    "stands what you filled in: check it and save again",
                    STR_ARG(now->policy->label.zh), (long long)now->later));
}

enum err post_policy(struct ctx *c)
{
    const struct policy *p = policy_find(c->params[0]);
    struct policy_rule rule = { .year = c->year,
                                .basis = ctx_field(c, S("basis")) };
    struct policy_state now;
    struct text wrong;

    if (!p || !str_int(ctx_field(c, S("value")), &rule.value))
        return E_ABSENT;
    now = policy_state(ctx_scope(c), c->year, p);
    if (rival_moved(c, S("policy"), policy_said(c, &now)))
        return refuse_policy(c, &now);
    if (policy_set(c->act, p, &rule, &wrong) == E_INPUT)
        return policies_page(c, wrong);
    announce_saved(c);
    return see_other(c, "/policies");
}
