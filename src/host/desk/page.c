/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The frame. A handler's views write into a buffer of their own; the frame
 * is put around it when the page is sent, in the reader's language and look.
 */
#include "host/desk/page.h"

#include "base/date.h"
#include "base/token.h"
#include "host/desk/kept.h"
#include "host/desk/site.h"
#include "host/desk/views/frame.h"
#include "host/desk/views/refusal.h"
#include "host/desk/year_link.h"
#include "web/url.h"

#include <string.h>

enum {
    BODY_MAX = 16 << 20,
    PAGE_MAX = 20 << 20,
    ONCE_BYTES = 12,
};

struct html *page_body(struct ctx *c)
{
    if (!c->html) {
        c->html = NEW(c->m, struct html);
        *c->html = (struct html){
            .out = buf_new(c->m, BODY_MAX),
            .lang = c->lang,
            .csrf = c->who.token,
        };
    }
    return c->html;
}

void frame_body(struct html *h, const struct frame *f)
{
    html_trusted_markup_from_view(h, f->body);
}

const struct feature *page_feature(struct str name)
{
    for (size_t i = 0; features[i]; i++)
        if (str_eq(features[i]->name, name))
            return features[i];
    return NULL;
}

size_t page_menu(struct mem *m, const struct feature *const **ret)
{
    const struct feature **menu = NULL;
    size_t all = 0;
    size_t n = 0;

    while (features[all])
        all++;
    menu = NEW_ARRAY(m, const struct feature *, all);
    for (size_t i = 0; i < all; i++) {
        size_t at = n;

        if (features[i]->order == 0)
            continue;
        for (; at > 0 && menu[at - 1]->order > features[i]->order; at--)
            menu[at] = menu[at - 1];
        menu[at] = features[i];
        n++;
    }
    *ret = menu;
    return n;
}

static bool may_see(struct ctx *c, const struct feature_link *l,
                    enum link_place on)
{
    return (l->on & on) && (l->roles == 0 || (c->who.roles & l->roles)) &&
           (!l->leads || l->leads(c));
}

static struct page_link link_of(struct ctx *c, const struct feature *f,
                                const struct feature_link *l)
{
    return (struct page_link){
        .feature = f,
        .label = l->label,
        .order = l->order,
        .path = l->of_year ? str_fmt(c->m, "%.*s/%d", STR_ARG(l->path), c->year)
                           : l->path,
    };
}

/* Into its place among the `n` that are there. */
static void put_link(struct page_link *links, size_t n, struct page_link l)
{
    for (; n > 0 && links[n - 1].order > l.order; n--)
        links[n] = links[n - 1];
    links[n] = l;
}

size_t page_links(struct ctx *c, enum link_place on,
                  const struct page_link **ret)
{
    struct page_link *links;
    size_t n = 0;

    for (size_t f = 0; features[f]; f++)
        n += features[f]->links_n;
    links = NEW_ARRAY(c->m, struct page_link, n);
    n = 0;
    for (size_t f = 0; features[f]; f++)
        for (size_t i = 0; i < features[f]->links_n; i++)
            if (may_see(c, &features[f]->links[i], on))
                put_link(links, n++,
                         link_of(c, features[f], &features[f]->links[i]));
    *ret = links;
    return n;
}

/* Another year has no row of this one to begin a page behind. */
static bool goes_with(struct str key, struct str name)
{
    return str_eq(key, name) ||
           (str_eq(name, S("year")) &&
            (str_eq(key, S("after")) || str_eq(key, S("before"))));
}

struct str ctx_link(struct ctx *c, struct str name, struct str value)
{
    struct buf *b = buf_new(c->m, 16384);
    struct str rest = c->x->head.query;
    struct str key;
    struct str v;
    char mark = '?';
    enum url_pair pair;

    buf_put(b, c->x->head.path);
    while (rest.p && (pair = query_next(c->m, &rest, &key, &v)) != URL_END) {
        if (pair == URL_BAD || goes_with(key, name))
            continue;
        buf_byte(b, mark);
        mark = '&';
        buf_put(b, url_encode(c->m, key));
        buf_byte(b, '=');
        buf_put(b, url_encode(c->m, v));
    }
    if (value.n) {
        buf_byte(b, mark);
        buf_put(b, url_encode(c->m, name));
        buf_byte(b, '=');
        buf_put(b, url_encode(c->m, value));
    }
    return buf_str(b);
}

/* How far the data is, and whether any of it is being written. */
static void put_state(struct ctx *c, struct frame *f)
{
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT coalesce((SELECT at FROM journal_entry WHERE district = ?1 "
            "ORDER BY seq DESC LIMIT 1), 0), (SELECT count(*) FROM running "
            "WHERE district = ?1)"),
        WITH(INT(c->house->district)));
    int64_t at;

    f->as_of = S("");
    if (!rows_next(&r))
        return;
    at = rows_int(&r, 0);
    if (at == 0)
        ctx_unique(c); /* it says what time it is */
    f->as_of = date_moment(c->m, at ? at : c->now);
    f->running = rows_int(&r, 1) > 0;
    rows_end(&r);
}

/* With the one at hand in its place, even if it has no records. */
static size_t read_years(struct ctx *c, int32_t *years)
{
    size_t n = c->years_n;
    size_t at = n;

    memcpy(years, c->years, n * sizeof(*years));
    while (at > 0 && years[at - 1] <= c->year)
        at--;
    if (at < n && years[at] == c->year)
        return n;
    for (size_t i = n; i > at; i--)
        years[i] = years[i - 1];
    years[at] = c->year;
    return n + 1;
}

/* The switch; a house with one year has nothing to switch. */
static void put_years(struct ctx *c, struct frame *f)
{
    int32_t years[CTX_YEARS_MAX + 1];
    size_t n = read_years(c, years);

    if (n < 2)
        return;
    f->years = NEW_ARRAY(c->m, struct year_choice, n);
    f->years_n = n;
    for (size_t i = 0; i < n; i++)
        f->years[i] = (struct year_choice){
            years[i],
            ctx_link(c, S("year"), str_fmt(c->m, "%d", years[i])),
        };
}

static bool is_elder(const struct ctx *c)
{
    return c->size.n && !str_eq(c->size, S("16"));
}

/* The home page is where one lands anyway. */
static struct str page_after_sign_in(struct ctx *c)
{
    struct str page = kept_page_asked(c);

    return c->who.account || c->x->head.path.n < 2 ||
                   !kept_page_fits(c->m, page)
               ? S("")
               : page;
}

/* A form that was not taken is filled again. */
static void put_kept(struct ctx *c, struct frame *f)
{
    if (!c->kept && c->route && c->route->method == ROUTE_GET)
        c->kept = kept_find(c, ctx_query(c, S("kept")));
    if (!c->kept)
        return;
    f->kept = c->kept;
    f->body = refill(c->m, f->body, c->kept);
}

enum err page_send(struct ctx *c, const struct page *p)
{
    struct exchange *x = c->x;
    bool travels = c->year != c->year_usual;
    struct html h = { .out =
                          travels ? buf_new(c->m, PAGE_MAX) : &x->response.body,
                      .lang = c->lang,
                      .csrf = c->who.token };
    struct frame f = {
        .page = p,
        .ctx = c,
        .site = site_name(c),
        .office = site_office(c),
        .settings = ctx_settings(c),
        .phone = site_phone(c),
        .body = buf_str(page_body(c)->out),
        .to = page_after_sign_in(c),
        .other_lang =
            ctx_link(c, S("lang"), c->lang == LANG_EN ? S("zh") : S("en")),
        .elder = ctx_link(c, S("size"), is_elder(c) ? S("16") : S("20")),
        .address = site_link(c, ctx_link(c, S("lang"), S(""))),
    };

    if (buf_overflowed(page_body(c)->out))
        BUG("a page of more than %d bytes", BODY_MAX);
    put_state(c, &f);
    put_kept(c, &f);
    f.said = said_take(c);
    f.links_n = page_links(c, LINK_ON_MENU, &f.links);
    f.menu_n = page_menu(c->m, &f.menu);
    put_years(c, &f);
    x->response.status = p->status ? p->status : 200;
    x->response.fixed = (struct str){ NULL, 0 };
    response_header(x, "Content-Type", S("text/html; charset=utf-8"));
    response_header(x, "Content-Security-Policy",
                    S("default-src 'none'; script-src 'self'; style-src "
                      "'self'; img-src 'self' data:; connect-src 'self'; "
                      "form-action 'self'; base-uri 'none'; "
                      "frame-ancestors 'none'"));
    view_frame(&h, &f);
    if (h.has_token || page_body(c)->has_token)
        ctx_unique(c);
    if (travels)
        year_links(&x->response.body, buf_str(h.out), c->year);
    c->answered = true;
    return OK;
}

static int status_of(enum err e)
{
    static const int status[] = {
        [OK] = 200,       [E_INPUT] = 422,  [E_ABSENT] = 404,
        [E_SIGNIN] = 401, [E_DENIED] = 403, [E_CLASH] = 409,
        [E_SIZE] = 413,   [E_RATE] = 429,   [E_STORE] = 503,
    };

    return status[e];
}

static struct text title_of(enum err e)
{
    switch (e) {
    case E_ABSENT:
        return TEXT("没有这一页", "There is no such page");
    case E_SIGNIN:
        return TEXT("请先登录", "Sign in first");
    case E_DENIED:
        return TEXT("没有权限", "Not allowed");
    case E_CLASH:
        return TEXT("情况有变", "It changed meanwhile");
    case E_STORE:
        return TEXT("暂时无法办理", "Not possible at the moment");
    default:
        return TEXT("需要更正", "Please correct this");
    }
}

enum err page_refuse(struct ctx *c, enum err e)
{
    struct page p = { .title = title_of(e), .status = status_of(e) };
    struct refusal r = { .title = p.title,
                         .words = c->refusal,
                         .first = c->first };

    if (again_page(c, e)) {
        c->x->response.status = p.status;
        return OK;
    }
    r.sign_in = e == E_SIGNIN;
    r.links_n = page_links(c, LINK_ON_REFUSAL, &r.links);
    if (text_empty(r.words))
        r.words = e == E_STORE
                      ? TEXT("存储暂时不可用，什么也没有改动，请稍后再试。",
                             "The store is not available; nothing was changed. "
                             "Try again in a while.")
                      : TEXT("网址可能抄错了，或者这条记录不在这里。",
                             "The address may be wrong, or the row is not "
                             "here.");
    response_init(&c->x->response, c->x->m);
    c->html = NULL;
    if (p.status == 503)
        response_header(c->x, "Retry-After", S("5"));
    view_refusal(page_body(c), &r);
    return page_send(c, &p);
}

struct str page_once(struct ctx *c)
{
    ctx_unique(c);
    return random_token(c->m, ONCE_BYTES);
}
