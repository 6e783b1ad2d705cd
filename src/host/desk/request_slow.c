/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A slow answer is read like any other, but what it was made of is given back
 * before it is sent: opened contents of a version, or a page of thousands of
 * rows, must not wait in memory for a reader who takes his time.
 */
#include "host/desk/request.h"

#include "web/url.h"

enum pace pace_slow(struct mem *m, struct str query)
{
    (void)m;
    (void)query;
    return PACE_SLOW;
}

enum pace pace_file(struct mem *m, struct str query)
{
    (void)m;
    (void)query;
    return PACE_FILE;
}

/* Pages far behind are counted from the first; some pairs only say how. */
static bool is_quick(struct str key, struct str value)
{
    int64_t page;

    if (str_eq(key, S("page")))
        return !str_int(value, &page) || page <= PACE_PAGES;
    if (str_eq(key, S("year")))
        return !str_eq(value, S("all"));
    return value.n == 0 || str_eq(key, S("lang")) || str_eq(key, S("size")) ||
           str_eq(key, S("skin"));
}

enum pace pace_of_rows(struct mem *m, struct str query)
{
    struct str key;
    struct str value;
    enum url_pair pair;

    while ((pair = query_next(m, &query, &key, &value)) != URL_END)
        if (pair == URL_PAIR && !is_quick(key, value))
            return PACE_SLOW;
    return PACE_QUICK;
}

enum pace request_pace(struct job *j)
{
    const struct http_head *h = &j->x->head;
    struct mem *m = j->x->m;
    enum err e;

    j->route = route_find(m, ROUTE_GET, h->path, j->params, &e);
    return j->route && j->route->pace ? j->route->pace(m, h->query)
                                      : PACE_QUICK;
}

/* The finished answer goes where it may wait for its reader. */
static bool settle(struct exchange *x, struct spool_budget *budget)
{
    struct response *r = &x->response;
    struct spool *s = spool_new(x->m, budget);
    struct text reason;

    spool_put(s, response_body(r, false));
    buf_init(&r->body, x->m, RESPONSE_BODY_MAX);
    if (spool_end(s, &reason) != OK) {
        response_refuse(r, 503);
        return false;
    }
    r->fixed = spool_bytes(s);
    r->file = spool_fd(s) >= 0 ? s : NULL;
    return true;
}

bool request_read_slow(struct job *j, const struct house *h,
                       const struct desk_facts *facts)
{
    struct response *r = &j->x->response;
    bool stale;

    j->scratch = mem_child(j->x->m);
    buf_init(&r->body, j->scratch, RESPONSE_BODY_MAX);
    stale = request_read(j, h, facts);
    response_end(r); /* before what overflowed looks like an empty page */
    if (!r->file && !settle(j->x, facts->budget))
        j->notes = NULL; /* nothing of it leaves */
    mem_free(j->scratch);
    j->scratch = NULL;
    return stale;
}
