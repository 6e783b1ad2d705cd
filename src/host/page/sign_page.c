/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Signing in and out, and one-time links. Hashing a password takes its time,
 * so it is done before the writer's turn.
 */
#include "access/browser.h"
#include "access/session.h"
#include "access/tries.h"
#include "base/date.h"
#include "host/desk/kept.h"
#include "host/desk/request.h"
#include "host/desk/site.h"
#include "host/page/pages.h"
#include "host/page/views/sign.h"
#include "web/url.h"

static const struct field sign_in_fields[] = {
    { S_INIT("login"), FIELD_TEXT, TEXT_INIT("登录名", "Sign-in name"), 1, 60 },
    { S_INIT("password"), FIELD_SECRET, TEXT_INIT("密码", "Password"), 1,
      PASSWORD_SENT_MAX },
};
const struct form sign_in_form = { sign_in_fields, COUNT(sign_in_fields),
                                   false };

static const struct field link_fields[] = {
    { S_INIT("name"), FIELD_TEXT, TEXT_INIT("姓名", "Name"), 0, 40 },
    { S_INIT("login"), FIELD_TEXT, TEXT_INIT("登录名", "Sign-in name"), 0, 60 },
    { S_INIT("password"), FIELD_SECRET, TEXT_INIT("密码", "Password"), 0,
      PASSWORD_SENT_MAX },
};
const struct form link_form = { link_fields, COUNT(link_fields), false };

static struct str known_cookie(const struct ctx *c)
{
    struct str v =
        cookie_value(http_header(&c->x->head, S("Cookie")), S("dajuan_known"));

    return v.p ? v : S("");
}

/* Signed in: a session until the browser ends, and a browser that is known. */
static void begin(struct ctx *c, int64_t account)
{
    struct str agent = http_header(&c->x->head, S("User-Agent"));
    struct str browser = browser_words(c->m, agent.p ? agent : S(""));

    site_cookie(c, "dajuan", session_begin(c->act, account, browser), -1);
    site_cookie(c, "dajuan_known",
                known_keep(ctx_scope(c), account, known_cookie(c), c->now),
                KNOWN_S);
}

/* ---- with a password ---- */

static enum err sign_in_page(struct ctx *c, const struct kept_form *kept,
                             struct text wrong)
{
    struct sign_view v = { .login = ctx_field(c, S("login")),
                           .wrong = wrong,
                           .kept = kept,
                           .m = c->m };
    struct page p = { .title = TEXT("登录", "Sign in"),
                      .wrong = !text_empty(wrong) };

    if (p.wrong)
        p.status = 422;
    c->kept = NULL; /* it is carried here, not filled in */
    view_sign_in(page_body(c), &v);
    return page_send(c, &p);
}

/* Where to go on, as the address of this page says. */
static struct kept_form *kept_to(struct ctx *c)
{
    struct kept_form *k = NEW(c->m, struct kept_form);
    struct str to = ctx_query(c, S("to"));

    k->page = kept_page_fits(c->m, to) ? to : S("");
    k->action = S("");
    return k;
}

enum err show_sign_in(struct ctx *c)
{
    if (c->who.account)
        return see_other(c, "/me");
    return sign_in_page(c, c->kept ? c->kept : kept_to(c), TEXT("", ""));
}

struct try_at sign_try(struct ctx *c, struct str login, int64_t account)
{
    return (struct try_at){ .login = login,
                            .address = ctx_address(c),
                            .known = known_cookie(c),
                            .account = account };
}

struct text sign_wait(struct ctx *c, int64_t ms)
{
    long long s = (ms + 999) / 1000;

    response_header(c->x, "Retry-After", str_of_int(c->m, s));
    return text_fmt(
        c->m,
        "连续错了太多次，请过 %lld 秒再试。您本人用以前登录过的浏览器，"
        "不受别人试错的影响",
        "too many wrong tries: wait %lld seconds. In a browser where "
        "you signed in before, tries of others do not keep you "
        "waiting",
        s);
}

/* What the slow step found out. */
struct attempt {
    struct try_at at; /* .account 0: nobody of this name */
    int64_t wait;     /* ms; above 0 nothing was tried */
    bool right;
};

/*
 * A name that nobody has costs the time of a wrong password, and waits as
 * long as one that somebody has.
 */
enum err before_sign_in(struct ctx *c)
{
    struct attempt *a = NEW(c->m, struct attempt);
    struct str password = form_value(&c->form, S("password"));
    struct credential own = { 0 };

    c->x->user = a;
    account_find(ctx_scope(c), ctx_field(c, S("login")), &own);
    a->at = sign_try(c, ctx_field(c, S("login")), own.account);
    a->wait = tries_wait(ctx_scope(c), &a->at, c->now);
    if (a->wait > 0 || password_is_long(password))
        return OK;
    if (own.hash.n)
        a->right = password_matches(own.hash, password);
    else
        password_hash(c->m, S("nobody has this password"));
    return OK;
}

static enum err wait_page(struct ctx *c, int64_t ms)
{
    enum err e = sign_in_page(c, kept_read(c), sign_wait(c, ms));

    c->x->response.status = 429;
    return e;
}

/* Back to what was asked for; a form that was sent too late, filled. */
static enum err go_on(struct ctx *c, int64_t account)
{
    struct kept_form *k = kept_read(c);

    if (k->page.n == 0)
        return see_other(c, "/");
    if (k->typed.count == 0)
        return see_other(c, "%.*s", STR_ARG(k->page));
    return see_other(c, "%.*s", STR_ARG(kept_keep(c, k, account)));
}

enum err post_sign_in(struct ctx *c)
{
    const struct attempt *a = c->x->user;
    struct scope in = ctx_scope(c);
    int64_t wait = a->wait ? a->wait : tries_wait(in, &a->at, c->now);

    if (wait > 0) {
        tries_slowed(c->act, &a->at);
        return wait_page(c, wait);
    }
    if (password_is_long(form_value(&c->form, S("password"))))
        return sign_in_page(c, kept_read(c),
                            TEXT("密码最长 128 个字符，这个太长了；"
                                 "是不是粘贴了别的内容？",
                                 "a password has at most 128 characters and "
                                 "this is longer; was something else pasted?"));
    if (!a->right) {
        tries_failed(c->act, &a->at);
        return sign_in_page(c, kept_read(c),
                            TEXT("登录名或密码不对；忘了密码请找系统管理员",
                                 "the name or the password is wrong; ask an "
                                 "administrator if you forgot it"));
    }
    tries_forget(in, &a->at);
    begin(c, a->at.account);
    return go_on(c, a->at.account);
}

enum err post_sign_out(struct ctx *c)
{
    struct str cookie = request_cookie(c->x);

    if (cookie.n)
        session_end(c->act, cookie);
    site_cookie(c, "dajuan", S(""), 0);
    response_header(c->x, "Clear-Site-Data", S("\"cache\""));
    return see_other(c, "/");
}

/* ---- one-time links ---- */

static enum err no_link(struct ctx *c)
{
    return refuse(c, E_ABSENT,
                  TEXT("这个链接用过了或已过期；请系统管理员重新生成一个",
                       "this link was used or is too old; ask an "
                       "administrator for a new one"));
}

/* Does opening it just sign in, with the password that is there? */
static bool just_signs_in(struct ctx *c, const struct link *l)
{
    return l->use == LINK_SIGNS_IN &&
           account_has_password(ctx_scope(c), l->account);
}

static enum err link_page(struct ctx *c, const struct link *l,
                          struct text wrong)
{
    struct link_view v = {
        .first = l->account == 0,
        .signs_in = just_signs_in(c, l),
        .token = c->params[0],
        .name = ctx_field(c, S("name")),
        .login = ctx_field(c, S("login")),
        .wrong = wrong,
    };
    struct page p = {
        .title = v.first      ? TEXT("首次设置", "First set-up")
                 : v.signs_in ? TEXT("登录", "Sign in")
                              : TEXT("设置密码", "Choose a password"),
        .wrong = !text_empty(wrong),
        .status = text_empty(wrong) ? 200 : 422,
    };

    view_link(page_body(c), &v);
    return page_send(c, &p);
}

enum err show_link(struct ctx *c)
{
    struct link l;

    if (!link_holds(ctx_scope(c), c->params[0], c->now, &l))
        return no_link(c);
    return link_page(c, &l, TEXT("", ""));
}

/* The login that the password must not hold. */
static struct str link_login(struct ctx *c, const struct link *l)
{
    struct account a;

    if (l->account && account_read(ctx_scope(c), l->account, &a))
        return a.login;
    return ctx_field(c, S("login"));
}

/* What the slow step found out. */
struct chosen {
    struct str hash; /* of the chosen password, if one was sent */
    struct text wrong;
};

enum err before_link(struct ctx *c)
{
    struct str password = form_value(&c->form, S("password"));
    struct chosen *chosen = NEW(c->m, struct chosen);
    struct link l;

    c->x->user = chosen;
    if (link_holds(ctx_scope(c), c->params[0], c->now, &l) &&
        !just_signs_in(c, &l) &&
        password_is_fit(c->m, password, link_login(c, &l), &chosen->wrong))
        chosen->hash = password_hash(c->m, password);
    return OK;
}

/* The first account may do everything; an office divides it later. */
static enum err set_up_first(struct ctx *c, struct str hash,
                             int64_t *ret_account, struct text *ret_wrong)
{
    struct account_plan plan = {
        .name = ctx_field(c, S("name")),
        .login = ctx_field(c, S("login")),
        .roles = ROLE_ADMIN | ROLE_OFFICER,
    };

    if (plan.name.n == 0 || plan.login.n == 0) {
        *ret_wrong =
            TEXT("请填写姓名和登录名", "fill in name and sign-in name");
        return E_INPUT;
    }
    if (account_count(ctx_scope(c)) > 0)
        return E_CLASH;
    if (account_add(c->act, &plan, hash, ret_account) == E_CLASH) {
        *ret_wrong =
            TEXT("这个登录名已经有人用了", "this sign-in name is taken");
        return E_INPUT;
    }
    return OK;
}

/* What was chosen is kept; E_ABSENT: the link held no longer by then. */
static enum err take_chosen(struct ctx *c, struct link *l,
                            const struct chosen *chosen, struct text *ret_wrong)
{
    *ret_wrong = chosen->wrong;
    if (!text_empty(chosen->wrong))
        return E_INPUT;
    if (chosen->hash.n == 0)
        return E_ABSENT;
    if (l->account == 0)
        return set_up_first(c, chosen->hash, &l->account, ret_wrong);
    account_set_password(c->act, l->account, chosen->hash);
    session_end_others(c->act, l->account, S(""));
    return OK;
}

enum err post_link(struct ctx *c)
{
    struct text wrong = TEXT("", "");
    struct link l;
    bool first;

    if (!link_holds(ctx_scope(c), c->params[0], c->now, &l))
        return no_link(c);
    first = l.account == 0;
    if (!just_signs_in(c, &l) && take_chosen(c, &l, c->x->user, &wrong) != OK)
        return text_empty(wrong) ? no_link(c) : link_page(c, &l, wrong);
    link_end(c->act, l.account);
    begin(c, l.account);
    /* Whoever opens a new house first says whose it is. */
    return see_other(c, first && site_is_new(c) ? "/settings" : "/");
}
