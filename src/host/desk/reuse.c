/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Visitors' answers: found by their request, kept, told as unchanged. */
#include "host/desk/reuse.h"

#include "base/date.h"
#include "host/desk/preference.h"
#include "host/desk/site.h"
#include "web/etag.h"
#include "web/gzip.h"
#include "web/url.h"

enum { KEY_MAX = 8 << 10, ANSWER_MAX = 1 << 20 };

static struct str header(const struct exchange *x, struct str name)
{
    return http_header(&x->head, name);
}

/* No session, not even one that ended, and nothing to be told once. */
static bool is_of_visitor(const struct exchange *x)
{
    struct str cookies = header(x, S("Cookie"));

    return (x->head.method == HTTP_GET || x->head.method == HTTP_HEAD) &&
           !cookie_value(cookies, S("dajuan")).p &&
           !cookie_value(cookies, S("said")).p;
}

static void put_line(struct buf *b, struct str s)
{
    buf_put(b, s);
    buf_byte(b, '\n');
}

/* Lines, because no part of a head can hold a line end. */
static struct str key_of(const struct exchange *x, int32_t day)
{
    struct buf *b = buf_new(x->m, KEY_MAX);

    put_line(b, str_of_int(x->m, day));
    put_line(b, site_is_secure(x) ? S("https") : S("http"));
    put_line(b, x->head.host);
    put_line(b, gzip_accepted(header(x, S("Accept-Encoding"))) ? S("gzip")
                                                               : S(""));
    for (int p = 0; p < PREFER_COUNT; p++)
        put_line(b, preference_cookie(x, (enum preference)p));
    put_line(b, x->head.path);
    if (x->head.query.p)
        put_line(b, x->head.query);
    return buf_overflowed(b) ? S("") : buf_str(b);
}

void reuse_begin(const struct exchange *x, const struct house *h,
                 struct page_cache *pages, struct reuse *ret)
{
    *ret = (struct reuse){ .pages = pages, .key = S("") };
    if (!is_of_visitor(x))
        return;
    ret->day = date_of(house_now(h));
    ret->key = key_of(x, ret->day);
    if (pages)
        db_stamp(h->db, &ret->stamp);
}

void reuse_headers(struct exchange *x)
{
    response_header(x, "Cache-Control", S("private, no-cache"));
    response_header(x, "Vary", S("Accept-Encoding, Cookie"));
}

/* Only that it is unchanged, to a browser that has it. */
static void spare(struct exchange *x, struct str etag)
{
    if (!etag_is_named(header(x, S("If-None-Match")), etag))
        return;
    response_init(&x->response, x->m);
    x->response.status = 304;
    response_header(x, "ETag", etag);
    reuse_headers(x);
}

bool reuse_answer(struct exchange *x, const struct reuse *r)
{
    struct cached_answer a;

    if (!r->pages || r->key.n == 0 ||
        !page_cache_find(r->pages, r->key, &r->stamp, x->m, &a))
        return false;
    buf_put(&x->response.headers, a.headers);
    x->response.fixed = a.body;
    spare(x, a.etag);
    return true;
}

static bool may_be_reused(const struct ctx *c, const struct reuse *r)
{
    const struct response *answer = &c->x->response;

    return r->key.n > 0 && r->day == date_of(c->now) && c->who.account == 0 &&
           answer->status == 200 && !c->unique && !c->notes && !c->kept &&
           !response_says(answer, S("Set-Cookie")) &&
           !buf_overflowed(&answer->headers) && !buf_overflowed(&answer->body);
}

void reuse_finish(struct ctx *c, const struct reuse *r)
{
    struct response *answer = &c->x->response;
    struct cached_answer a = { .body = response_body(answer, false) };
    struct db_stamp now;

    if (!may_be_reused(c, r) || a.body.n == 0 || a.body.n > ANSWER_MAX)
        return;
    a.etag = etag_of(c->m, a.body);
    response_header(c->x, "ETag", a.etag);
    a.headers = buf_str(&answer->headers);
    if (r->pages) {
        db_stamp(c->tx->db, &now);
        if (db_stamp_same(&r->stamp, &now))
            page_cache_put(r->pages, r->key, &now, &a);
    }
    spare(c->x, a.etag);
}
