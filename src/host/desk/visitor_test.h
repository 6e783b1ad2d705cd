/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * visitor_test.h - people without an account, whose requests go their whole
 * way, past one cache of pages and on connections of their own.
 */
#ifndef DAJUAN_HOST_DESK_VISITOR_TEST_H
#define DAJUAN_HOST_DESK_VISITOR_TEST_H

#include "access/session.h"
#include "host/desk/request.h"
#include "host/given/given.h"

enum { VISITOR_READERS = 2, VISITOR_PAGES = 8 << 20 };

struct visitor {
    struct given *g;
    struct house *reader[VISITOR_READERS];
    struct desk_facts facts;
};

/* What somebody asks for; what is not said is not sent. */
struct visit {
    enum http_method method; /* HTTP_OTHER is a GET */
    const char *to;          /* as it is sent, "/sample/tree?q=a" */
    const char *cookie;
    const char *host; /* NULL: "x" */
    const char *etag; /* If-None-Match */
    bool gzip;
    bool https;
    bool fresh; /* made anew, whatever there is */
    unsigned reader;
};

/* The answer, in memory of its own. */
struct visited {
    struct mem *m;
    int status;
    struct str headers;
    struct str body; /* as it is sent to a GET */
    struct str etag; /* "" without one */
    bool cached;     /* it was made before */
};

static inline struct visitor *given_visitor(struct given *g)
{
    struct visitor *v = NEW(g->m, struct visitor);
    struct text why;

    v->g = g;
    v->facts.secret = session_secret(act_scope(given_act(g)));
    v->facts.pages = page_cache_new(g->m, VISITOR_PAGES);
    given_commit(g);
    for (size_t i = 0; i < VISITOR_READERS; i++) {
        v->reader[i] = house_open(g->m, g->house->place, DB_READ, &why);
        if (!v->reader[i])
            BUG("%.*s", STR_ARG(why.en));
    }
    return v;
}

static inline void visit_header(struct exchange *x, struct str name,
                                struct str value)
{
    x->head.headers[x->head.header_count++] =
        (struct http_header){ name, value };
}

static inline struct exchange *visit_exchange(const struct visit *visit)
{
    struct mem *m = mem_new();
    struct exchange *x = NEW(m, struct exchange);
    struct str to = str_from(visit->to);
    size_t mark = str_find(to, S("?"));

    x->m = m;
    response_init(&x->response, m);
    x->head.method = visit->method ? visit->method : HTTP_GET;
    x->head.host = visit->host ? str_from(visit->host) : S("x");
    x->head.path = str_slice(to, 0, mark);
    if (mark != SIZE_MAX)
        x->head.query = str_slice(to, mark + 1, to.n);
    if (visit->cookie)
        visit_header(x, S("Cookie"), str_from(visit->cookie));
    if (visit->etag)
        visit_header(x, S("If-None-Match"), str_from(visit->etag));
    if (visit->gzip)
        visit_header(x, S("Accept-Encoding"), S("gzip, deflate, br"));
    if (visit->https)
        visit_header(x, S("X-Forwarded-Proto"), S("https"));
    return x;
}

/* The value of a header, "" without it. */
static inline struct str header_said(struct str headers, struct str name)
{
    struct str line;

    while (str_cut(&headers, S("\r\n"), &line))
        if (str_take(&line, name) && str_take(&line, S(": ")))
            return line;
    return S("");
}

/* End its memory when it is no longer needed. */
static inline struct visited visit(struct visitor *v, struct visit visit)
{
    struct exchange *x = visit_exchange(&visit);
    struct desk_facts facts = v->facts;
    const struct house *h = v->reader[visit.reader];
    struct job *j = request_job(x, &facts);
    struct visited seen = { .m = x->m };

    v->reader[visit.reader]->fixed_now = v->g->house->fixed_now;
    if (visit.fresh)
        facts.pages = NULL;
    seen.cached = request_at_hand(j, h, &facts);
    if (!seen.cached)
        request_read(j, h, &facts);
    seen.status = x->response.status;
    seen.headers = buf_str(&x->response.headers);
    seen.body = response_body(&x->response, false);
    seen.etag = header_said(seen.headers, S("ETag"));
    return seen;
}

/*
 * Is the answer, made before or not, the one that would be made now? Whether
 * it was made before goes to *ret_cached.
 */
static inline bool is_as_fresh(struct visitor *v, struct visit what,
                               bool *ret_cached)
{
    struct visited got = visit(v, what);
    struct visited fresh;
    bool same;

    what.fresh = true;
    what.reader = 0;
    fresh = visit(v, what);
    same = !fresh.cached && got.status == fresh.status &&
           str_eq(got.headers, fresh.headers) && str_eq(got.body, fresh.body);
    *ret_cached = got.cached;
    mem_free(got.m);
    mem_free(fresh.m);
    return same;
}

#endif
