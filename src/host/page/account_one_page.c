/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * One account: its roles, a new link, its end and its return. Whoever could
 * lock the last administrator out is refused; roles that may write rows wait
 * for a second administrator where there is one.
 */
#include "access/session.h"
#include "host/desk/draft.h"
#include "host/desk/rival.h"
#include "host/desk/site.h"
#include "host/ledger/feature.h"
#include "host/page/account_page.h"
#include "host/page/views/account_one.h"

static const struct field roles_fields[] = {
    { S_INIT("org"), FIELD_TEXT, TEXT_INIT("单位", "Organisation"), 0, 100 },
};
const struct form roles_form = { roles_fields, COUNT(roles_fields), false };

static const struct field end_fields[] = {
    { S_INIT("reason"), FIELD_TEXT, TEXT_INIT("原因", "Reason"), 1, 200 },
};
const struct form end_form = { end_fields, COUNT(end_fields), false };

static enum err refuse_absent(struct ctx *c)
{
    return refuse(c, E_ABSENT,
                  TEXT("没有这个账户，或已停用",
                       "there is no such account, or it was ended"));
}

/* Its roles and scope, and those that wait for it. */
static struct str roles_said(struct ctx *c, const struct account_page *p)
{
    return str_fmt(c->m, "%u %lld %u %lld", p->account.roles,
                   (long long)p->account.org, p->grant.roles,
                   (long long)p->grant.org);
}

/* What the page shows of an account, as it is. */
static enum err read_page(struct ctx *c, int64_t id, struct account_page *ret)
{
    struct scope in = ctx_scope(c);

    *ret = (struct account_page){ .ctx = c };
    if (!account_read(in, id, &ret->account))
        return refuse_absent(c);
    ret->org = org_name(c, ret->account.org);
    ret->roles = ret->account.roles;
    ret->is_last =
        (ret->account.roles & ROLE_ADMIN) && account_admins_but(in, id) == 0;
    ret->waits = grant_read(in, id, &ret->grant);
    if (ret->waits) {
        ret->grant_org = org_name(c, ret->grant.org);
        ret->grant_by = actor_name(c, ret->grant.asked_by);
        ret->grant_is_mine = ret->grant.asked_by == c->who.account;
    }
    ret->was = rival_was(c->m, roles_said(c, ret));
    return OK;
}

static enum err send_page(struct ctx *c, const struct account_page *p)
{
    bool wrong = !text_empty(p->wrong);

    view_account_one(page_body(c), p);
    return page_send(c, &(struct page){
                            .title = text_same(p->account.name),
                            .crumbs = { { TEXT("账户", "Accounts"),
                                          S("/accounts") } },
                            .wrong = wrong,
                            .status = wrong ? 422 : 200,
                        });
}

enum err show_account(struct ctx *c)
{
    struct account_page p;
    enum err e = read_page(c, ctx_id(c, 0), &p);

    return e == OK ? send_page(c, &p) : e;
}

enum err account_link_page(struct ctx *c, int64_t id)
{
    struct account_page p;
    struct str token;
    enum err e = read_page(c, id, &p);

    if (e != OK)
        return e;
    token = link_make(c->act, id, LINK_CHOOSES);
    p.link.address = site_link(c, str_fmt(c->m, "/link/%.*s", STR_ARG(token)));
    p.link.qr = qr_of(c->m, p.link.address);
    return send_page(c, &p);
}

enum err post_account_link(struct ctx *c)
{
    struct account a;

    if (!account_read(ctx_scope(c), ctx_id(c, 0), &a) || a.ended_at)
        return refuse_absent(c);
    return account_link_page(c, a.id);
}

/* ---- roles ---- */

static enum err give(struct ctx *c, const struct account *a, unsigned roles,
                     int64_t org)
{
    enum err e;

    if (needs_second(c, a, roles, org)) {
        announce(c, SAID_GRANT);
        return grant_ask(c->act, &(struct grant){ .account = a->id,
                                                  .roles = roles,
                                                  .org = org });
    }
    e = account_change(c->act, a->id, roles, org);
    announce_saved(c);
    return e;
}

/* The page around the form tells how they are now. */
static enum err refuse_roles(struct ctx *c, const struct account_page *now)
{
    struct text names = role_names(c->m, now->account.roles);

    return rival_refuse(
        c, (struct text){
               str_fmt(c->m,
                       "别人刚刚改过这个账户的角色或单位，现在是“%.*s”；"
                       "下面是您选的，核对后再保存就以它为准",
                       STR_ARG(names.zh)),
               str_fmt(c->m,
                       "somebody just changed roles or scope of this account; "
                       "it is \"%.*s\" now. Below stands what you chose: "
                       "check it and save again",
                       STR_ARG(names.en)) });
}

enum err post_roles(struct ctx *c)
{
    struct account_page p;
    int64_t org = 0;
    enum err e = read_page(c, ctx_id(c, 0), &p);

    if (e != OK)
        return e;
    if (p.account.ended_at)
        return refuse_absent(c);
    if (rival_moved(c, S("roles"), roles_said(c, &p)))
        return refuse_roles(c, &p);
    p.roles = roles_sent(c);
    p.org = ctx_field(c, S("org"));
    if (read_scope(c, p.roles, &org, &p.wrong) != OK)
        return send_page(c, &p);
    if (p.is_last && !(p.roles & ROLE_ADMIN)) {
        p.wrong = TEXT("这是唯一的系统管理员，不能去掉这个角色；"
                       "请先让另一位系统管理员设好密码",
                       "this is the only administrator and stays one until "
                       "another has chosen a password");
        return send_page(c, &p);
    }
    e = give(c, &p.account, p.roles, org);
    if (e != OK)
        return e;
    return see_other(c, "/accounts/%lld", (long long)p.account.id);
}

enum err post_grant_confirm(struct ctx *c)
{
    int64_t id = ctx_id(c, 0);
    struct account_page p;
    enum err e = read_page(c, id, &p);

    if (e != OK)
        return e;
    if (p.waits && p.is_last && !(p.grant.roles & ROLE_ADMIN))
        return refuse(c, E_CLASH,
                      TEXT("这是现在唯一的系统管理员，确认以后就没有了；"
                           "请先让另一位系统管理员设好密码",
                           "this is the only administrator by now and would "
                           "be none; another has to choose a password "
                           "first"));
    e = grant_confirm(c->act, id);
    if (e == E_DENIED)
        return refuse(c, e,
                      TEXT("这是您自己提出的，要由另一位系统管理员确认",
                           "you asked for it yourself; another administrator "
                           "has to confirm it"));
    if (e != OK)
        return refuse(c, e,
                      TEXT("没有等待确认的变更，可能已经有人办了",
                           "nothing waits here; somebody may have settled "
                           "it"));
    announce_saved(c);
    return see_other(c, "/accounts/%lld", (long long)id);
}

enum err post_grant_drop(struct ctx *c)
{
    int64_t id = ctx_id(c, 0);

    if (grant_drop(c->act, id) != OK)
        return refuse(c, E_ABSENT,
                      TEXT("没有等待确认的变更，可能已经有人办了",
                           "nothing waits here; somebody may have settled "
                           "it"));
    announce_saved(c);
    return see_other(c, "/accounts/%lld", (long long)id);
}

void account_todo(struct ctx *c, struct todo_list *list)
{
    if (has_role(&c->who, ROLE_ADMIN))
        todo_add(list, (struct todo){
                           .n = grant_count(ctx_scope(c), c->who.account),
                           .what = TEXT("项角色变更等您确认",
                                        "changes of roles wait for you"),
                           .more = TEXT("另一位系统管理员提出的",
                                        "another administrator asked"),
                           .path = S("/accounts"),
                       });
}

/* ---- its end and its return ---- */

static int64_t unfinished(struct ctx *c, int64_t account)
{
    int64_t n = 0;

    for (size_t i = 0; features[i]; i++)
        if (features[i]->unfinished)
            n += features[i]->unfinished(ctx_scope(c), account);
    return n;
}

/* May the account be ended? E_… with words. */
static enum err read_end(struct ctx *c, struct account_end_page *ret)
{
    int64_t id = ctx_id(c, 0);

    *ret = (struct account_end_page){ .ctx = c };
    if (!account_read(ctx_scope(c), id, &ret->account) || ret->account.ended_at)
        return refuse_absent(c);
    if ((ret->account.roles & ROLE_ADMIN) &&
        account_admins_but(ctx_scope(c), id) == 0)
        return refuse(c, E_CLASH,
                      TEXT("这是唯一的系统管理员，不能停用；"
                           "请先让另一位系统管理员设好密码",
                           "this is the only administrator; another has to "
                           "choose a password first"));
    ret->sessions = session_count(ctx_scope(c), id, c->now);
    ret->unfinished = unfinished(c, id);
    return OK;
}

enum err show_account_end(struct ctx *c)
{
    struct account_end_page p;
    enum err e = read_end(c, &p);

    if (e != OK)
        return e;
    view_account_end(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = TEXT("停用账户", "End an account"),
                            .crumbs = { { TEXT("账户", "Accounts"),
                                          S("/accounts") },
                                        { text_same(p.account.name),
                                          str_fmt(c->m, "/accounts/%lld",
                                                  (long long)p.account.id) } },
                        });
}

enum err post_account_end(struct ctx *c)
{
    struct account_end_page p;
    enum err e = read_end(c, &p);

    if (e == OK)
        e = account_end(c->act, p.account.id, ctx_field(c, S("reason")));
    if (e != OK)
        return e;
    draft_drop_all(c, p.account.id);
    announce(c, SAID_ACCOUNT);
    return see_other(c, "/accounts");
}

/* Roles that a second administrator confirms do not come back by themselves. */
static enum err resume(struct ctx *c, const struct account *was)
{
    struct account none = { .id = was->id };
    bool asks = needs_second(c, &none, was->roles, was->org);
    unsigned roles =
        asks ? was->roles & ~(unsigned)ROLES_TO_CONFIRM : was->roles;
    enum err e = account_resume(c->act, was->id, roles);

    if (e == OK && asks)
        e = grant_ask(c->act, &(struct grant){ .account = was->id,
                                               .roles = was->roles,
                                               .org = was->org });
    return e;
}

enum err post_account_resume(struct ctx *c)
{
    struct account a;
    enum err e;

    if (!account_read(ctx_scope(c), ctx_id(c, 0), &a) || !a.ended_at)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个已停用的账户",
                           "there is no such ended account"));
    e = resume(c, &a);
    if (e == E_CLASH)
        return refuse(
            c, e,
            text_fmt(c->m,
                     "登录名“%.*s”现在是别人的；请停用那个账户，"
                     "或给这个人新增一个账户",
                     "the sign-in name \"%.*s\" is somebody else's by now; "
                     "end that account, or add a new one for this person",
                     STR_ARG(a.login)));
    return e == OK ? account_link_page(c, a.id) : e;
}
