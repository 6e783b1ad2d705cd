/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The request cycle. What must never be forgotten is done here once: who
 * asks, may they, did the form come from our own page, is it whole, and
 * which headers go out.
 */
#include "host/desk/request.h"

#include "access/session.h"
#include "base/asset.h"
#include "host/desk/draft.h"
#include "host/desk/once.h"
#include "host/desk/page.h"
#include "host/desk/preference.h"
#include "host/desk/site.h"
#include "web/gzip.h"
#include "web/url.h"

enum { GZIP_LEAST = 1400 };

static struct str header(const struct exchange *x, struct str name)
{
    return http_header(&x->head, name);
}

static bool is_reading(const struct exchange *x)
{
    return x->head.method == HTTP_GET || x->head.method == HTTP_HEAD;
}

struct str request_cookie(const struct exchange *x)
{
    struct str v = cookie_value(header(x, S("Cookie")), S("dajuan"));

    return v.p ? v : S("");
}

/* `tx` is open. */
static struct ctx *new_ctx(struct job *j, const struct house *h, struct tx *tx,
                           const struct desk_facts *facts)
{
    struct exchange *x = j->x;
    struct ctx *c = NEW(x->m, struct ctx);
    struct str lang;

    c->m = j->scratch ? j->scratch : x->m;
    c->budget = facts->budget;
    c->tx = tx;
    c->house = h;
    c->slicer = facts->slicer;
    c->x = x;
    c->now = house_now(h);
    session_read(ctx_scope(c), request_cookie(x),
                 &(struct session_rule){ facts->secret, c->now }, &c->who);
    j->trail.account = c->who.account;
    lang = preference_take(c, PREFER_LANG);
    c->lang = str_eq(lang, S("en")) ? LANG_EN : LANG_ZH;
    c->size = preference_take(c, PREFER_SIZE);
    c->skin = preference_take(c, PREFER_SKIN);
    ctx_take_year(c);
    return c;
}

/* Origin, token, permission: OK or the refusal, in c. */
static enum err check(struct ctx *c, const struct desk_facts *facts)
{
    if (c->route->method == ROUTE_POST) {
        enum err e = site_check_origin(c);

        if (e != OK)
            return e;
        if (!session_token_fits(&c->who, ctx_field(c, S("csrf")),
                                &(struct session_rule){ facts->secret,
                                                        c->now })) {
            c->stale = true;
            return refuse(c, E_DENIED,
                          TEXT("页面放得太久，或者登录已经结束",
                               "the page was open too long, or you are signed "
                               "out by now"));
        }
    }
    if (route_allows(c->route, &c->who))
        return OK;
    if (c->who.account == 0)
        return refuse(c, E_SIGNIN, TEXT("请先登录", "sign in first"));
    return refuse(c, E_DENIED,
                  TEXT("您的账户没有这项权限；系统管理员可以授予",
                       "your account may not do this; a system administrator "
                       "can allow it"));
}

static void security_headers(struct exchange *x)
{
    response_header(x, "X-Content-Type-Options", S("nosniff"));
    response_header(x, "Referrer-Policy", S("same-origin"));
    response_header(x, "Cross-Origin-Opener-Policy", S("same-origin"));
    response_header(x, "Cross-Origin-Resource-Policy", S("same-origin"));
    response_header(x, "Permissions-Policy",
                    S("camera=(), geolocation=(), microphone=(), "
                      "payment=(), usb=()"));
}

/* A visitor's page is compressed; a signed-in one holds secrets (BREACH). */
static void compress_page(struct ctx *c)
{
    struct response *r = &c->x->response;
    struct str body = response_body(r, false);

    if (body.n < GZIP_LEAST || c->who.account || r->status == 303 ||
        !gzip_accepted(header(c->x, S("Accept-Encoding"))))
        return;
    r->fixed = gzip_bytes(c->m, body);
    response_header(c->x, "Content-Encoding", S("gzip"));
}

/* Put the last headers on and close the page's buffers. */
static void finish(struct ctx *c)
{
    security_headers(c->x);
    if (c->who.account)
        response_header(c->x, "Cache-Control", S("no-store"));
    else
        reuse_headers(c->x);
    compress_page(c);
}

static struct str not_kept_words(bool reading, bool unsure)
{
    if (reading)
        return S("没有给出：查阅记录暂时写不进去，请稍后再试。\n"
                 "Nothing was given out: that you asked could not be noted; "
                 "try again.\n");
    if (unsure)
        return S("还不知道是否已经保存：数据库断开了。请原样再提交一次，不会"
                 "重复。\n"
                 "It is not known yet whether this was kept: the database went "
                 "away. Send it again as it is; it will not be there twice.\n");
    return S("没有保存：存储暂时不可用，请稍后再试。\n"
             "Nothing was kept: the store is not available; try again.\n");
}

void request_not_kept(struct exchange *x, bool unsure)
{
    response_init(&x->response, x->m);
    x->response.status = 503;
    response_header(x, "Retry-After", S("2"));
    response_header(x, "Content-Type", S("text/plain; charset=utf-8"));
    x->response.fixed = not_kept_words(is_reading(x), unsure);
}

/* An asset's name holds its hash, so it may be kept for ever. */
static bool send_asset(struct exchange *x)
{
    const struct asset *a = NULL;

    if (!str_starts(x->head.path, S("/assets/")))
        return false;
    a = asset_served(str_slice(x->head.path, 8, x->head.path.n));
    if (!a)
        return false;
    response_header(x, "Content-Type", a->type);
    response_header(x, "Cache-Control",
                    S("public, max-age=31536000, immutable"));
    response_header(x, "ETag", a->etag);
    security_headers(x);
    x->response.fixed = a->bytes;
    if (a->gzip.n) {
        response_header(x, "Vary", S("Accept-Encoding"));
        if (gzip_accepted(header(x, S("Accept-Encoding")))) {
            x->response.fixed = a->gzip;
            response_header(x, "Content-Encoding", S("gzip"));
        }
    }
    return true;
}

/*
 * What was decided while the store failed was decided on nothing read: who
 * asks looks like a visitor, a name like one that nobody has.
 */
static enum err refuse_store(struct ctx *c)
{
    c->refusal = TEXT("", "");
    return tx_err(c->tx);
}

static enum err run_handler(struct ctx *c, enum err e)
{
    if (e == OK)
        e = c->route->handle(c);
    if (tx_err(c->tx) != OK)
        e = refuse_store(c);
    if (e == OK && !c->answered)
        BUG("%.*s did not answer", STR_ARG(c->route->pattern));
    return e;
}

struct job *request_job(struct exchange *x, const struct desk_facts *facts)
{
    struct job *j = NEW(x->m, struct job);

    j->x = x;
    trail_begin(x, facts->trace, &j->trail);
    return j;
}

bool request_is_reading(const struct job *j)
{
    return is_reading(j->x);
}

/* The writer keeps them before the answer leaves; of a HEAD nothing does. */
static void leave_notes(struct job *j, const struct ctx *c)
{
    if (j->x->head.method == HTTP_HEAD)
        return;
    j->notes = c->notes;
    j->address = ctx_address(c);
}

static bool read_page(struct job *j, const struct house *h,
                      const struct desk_facts *facts)
{
    struct exchange *x = j->x;
    bool stale;
    struct ctx *c;
    struct tx tx;
    enum err e = OK;

    tx_begin(h->db, false, &tx);
    c = new_ctx(j, h, &tx, facts);
    if (!j->route) /* else request_pace() found it */
        j->route = route_find(x->m, ROUTE_GET, x->head.path, j->params, &e);
    if (j->route) {
        c->route = j->route;
        for (size_t i = 0; i < CTX_PARAMS_MAX; i++)
            c->params[i] = j->params[i];
        e = run_handler(c, check(c, facts));
    } else if (e == E_INPUT) {
        c->refusal =
            TEXT("这个地址只接受表单提交", "this address takes forms only");
    }
    if (e != OK)
        page_refuse(c, e);
    else
        leave_notes(j, c);
    finish(c);
    reuse_finish(c, &j->reuse);
    stale = c->who.account &&
            session_is_stale(ctx_scope(c), request_cookie(x), c->now);
    tx_rollback(&tx);
    return stale;
}

bool request_at_hand(struct job *j, const struct house *h,
                     const struct desk_facts *facts)
{
    bool there;

    trail_enter(&j->trail, h->db);
    there = send_asset(j->x);
    if (!there) {
        reuse_begin(j->x, h, facts->pages, &j->reuse);
        there = reuse_answer(j->x, &j->reuse);
    }
    trail_leave(&j->trail, h->db);
    return there;
}

bool request_read(struct job *j, const struct house *h,
                  const struct desk_facts *facts)
{
    bool stale;

    trail_enter(&j->trail, h->db);
    stale = read_page(j, h, facts);
    trail_leave(&j->trail, h->db);
    return stale;
}

/* Answer a POST that goes no further. */
static bool turn_away(struct ctx *c, enum err e)
{
    page_refuse(c, e);
    finish(c);
    return false;
}

static bool accept_form(struct ctx *c, struct job *j,
                        const struct desk_facts *facts)
{
    enum err e = E_ABSENT;
    struct str type = header(c->x, S("Content-Type"));

    j->route = route_find(c->m, ROUTE_POST, c->x->head.path, j->params, &e);
    if (!j->route) {
        if (e == E_INPUT)
            c->refusal = TEXT("这个地址不接受表单提交",
                              "this address does not take forms");
        return turn_away(c, e);
    }
    c->route = j->route;
    for (size_t i = 0; i < CTX_PARAMS_MAX; i++)
        c->params[i] = j->params[i];
    e = form_read(c->m, type.p ? type : S(""), c->x->body, &j->form,
                  &c->refusal);
    c->form = j->form;
    if (e == OK)
        e = check(c, facts);
    if (e == OK && !route_form_fits(c->m, j->route, &j->form, &c->refusal))
        e = E_INPUT;
    if (tx_err(c->tx) != OK)
        e = refuse_store(c);
    return e == OK || turn_away(c, e);
}

/* Neither to be read nor a form. */
static bool turn_away_method(struct ctx *c)
{
    c->refusal = TEXT("不支持这种请求方法", "this method is not supported");
    page_refuse(c, E_INPUT);
    c->x->response.status = 405;
    response_header(c->x, "Allow", S("GET, HEAD, POST"));
    finish(c);
    return false;
}

bool request_accept(struct job *j, const struct house *h,
                    const struct desk_facts *facts)
{
    struct ctx *c;
    struct tx tx;
    bool accepted;

    trail_enter(&j->trail, h->db);
    tx_begin(h->db, false, &tx);
    c = new_ctx(j, h, &tx, facts);
    accepted = j->x->head.method == HTTP_POST ? accept_form(c, j, facts)
                                              : turn_away_method(c);
    tx_rollback(&tx);
    trail_leave(&j->trail, h->db);
    return accepted;
}

/* What request_accept() found out. */
static struct ctx *form_ctx(struct job *j, const struct house *h, struct tx *tx,
                            const struct desk_facts *facts)
{
    struct ctx *c = new_ctx(j, h, tx, facts);

    c->route = j->route;
    c->form = j->form;
    for (size_t i = 0; i < CTX_PARAMS_MAX; i++)
        c->params[i] = j->params[i];
    return c;
}

void request_before(struct job *j, const struct house *h,
                    const struct desk_facts *facts)
{
    struct tx tx;
    struct ctx *c;

    if (!j->route->before)
        return;
    trail_enter(&j->trail, h->db);
    tx_begin(h->db, false, &tx);
    c = form_ctx(j, h, &tx, facts);
    j->err = j->route->before(c);
    if (tx_err(&tx) != OK)
        j->err = refuse_store(c);
    j->refusal = c->refusal;
    j->made = j->x->user;
    tx_rollback(&tx);
    trail_leave(&j->trail, h->db);
}

static struct ctx *write_ctx(struct job *j, const struct house *h,
                             struct work *w, const struct desk_facts *facts)
{
    struct ctx *c = form_ctx(j, h, &w->tx, facts);

    c->act = NEW(c->m, struct act);
    *c->act = w->act;
    c->act->m = c->m;
    c->act->now = c->now;
    c->act->actor = c->who.account ? c->who.account : ACTOR_VISITOR;
    c->act->address = ctx_address(c);
    c->x->user = j->made;
    c->refusal = j->refusal;
    return c;
}

/* The handler, unless `e` says that it may not or the form was here before. */
static enum err answer(struct ctx *c, enum err e)
{
    struct str cookie = request_cookie(c->x);
    struct scope in = ctx_scope(c);
    bool answered = false;

    if (e == OK)
        e = once_answer(c, &answered);
    if (!answered) {
        e = run_handler(c, e);
        if (e == OK) {
            once_remember(c);
            draft_end(c);
        }
    }
    if (c->who.account && e == OK && session_is_stale(in, cookie, c->now))
        session_touch(in, cookie, c->now);
    return e;
}

/* Whatever a handler said after a clash, it had not read what is there. */
static enum err end_mark(struct ctx *c, enum err e)
{
    if (e != OK && !c->tx->clashed) {
        tx_undo(c->tx);
    } else {
        e = tx_keep(c->tx);
        if (e == E_CLASH)
            refuse(c, e,
                   TEXT("同样的内容刚刚已经有人提交，这次没有保存；"
                        "请返回刷新后再试",
                        "the same was just kept by somebody else; nothing of "
                        "yours was kept: go back, reload and try again"));
    }
    if (e != OK)
        journal_undo(c->act->journal);
    return e;
}

/* Of a GET that was read: its answer stays as it is, if they are kept. */
static void write_notes(struct job *j, struct work *w)
{
    struct act act = w->act;

    act.m = j->x->m;
    act.actor = j->trail.account ? j->trail.account : ACTOR_VISITOR;
    act.address = j->address;
    tx_mark(&w->tx);
    for (const struct noted *n = j->notes; n; n = n->next)
        audit_note(&act, &n->event);
    if (tx_keep(&w->tx) != OK)
        request_not_kept(j->x, false);
}

static void write_form(struct job *j, const struct house *h, struct work *w,
                       const struct desk_facts *facts)
{
    struct ctx *c;
    enum err e;

    tx_mark(&w->tx);
    journal_mark(&w->journal);
    response_init(&j->x->response, j->x->m);
    c = write_ctx(j, h, w, facts);
    e = end_mark(c, answer(c, j->err ? j->err : check(c, facts)));
    if (e != OK)
        page_refuse(c, e); /* it reads, so the mark has ended */
    finish(c);
}

void request_write(struct job *j, const struct house *h, struct work *w,
                   const struct desk_facts *facts)
{
    trail_enter(&j->trail, h->db);
    if (j->notes)
        write_notes(j, w);
    else
        write_form(j, h, w, facts);
    trail_leave(&j->trail, h->db);
}
