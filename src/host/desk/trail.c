/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The line of a request. Most of it is known when it ends. */
#include "host/desk/trail.h"

#include "base/file.h"
#include "host/desk/route.h"

#include <stdatomic.h>

enum { PATH_SHOWN = 200 };

static atomic_llong requests;

/* What can stand in a line of key=value as it is. */
static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '-' && c <= '9') || c == '_' || c == '~' || c == '%';
}

static void put_plain(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_plain(s.p[i]))
            buf_byte(b, s.p[i]);
        else
            buf_fmt(b, "%%%02X", (unsigned)(unsigned char)s.p[i]);
}

static struct str shown_path(struct mem *m, struct str path)
{
    struct buf *b = buf_new(m, 4 * PATH_SHOWN);
    struct str shown = str_slice(path, 0, PATH_SHOWN);
    struct str token = route_token(shown);

    if (token.n) {
        size_t at = (size_t)(token.p - shown.p);

        put_plain(b, str_slice(shown, 0, at));
        buf_lit(b, "{token}");
        shown = str_slice(shown, at + token.n, shown.n);
    }
    put_plain(b, shown);
    if (path.n > PATH_SHOWN)
        buf_lit(b, "...");
    return buf_str(b);
}

void trail_begin(const struct exchange *x, struct trail *ret)
{
    long long number = atomic_fetch_add(&requests, 1) + 1;

    *ret = (struct trail){
        .x = x,
        .from_us = clock_steady_us(),
        .name = str_fmt(x->m, "request=%lld method=%.*s path=%.*s", number,
                        STR_ARG(x->head.method_name),
                        STR_ARG(shown_path(x->m, x->head.path)))
                    .p,
    };
}

void trail_enter(struct trail *t, const struct db *db)
{
    bug_note(t->name);
    t->statements -= db_statements(db);
}

void trail_leave(struct trail *t, const struct db *db)
{
    t->statements += db_statements(db);
    bug_note(NULL);
}

struct str trail_line(const struct trail *t)
{
    const struct exchange *x = t->x;
    const struct response *r = &x->response;
    long long us = clock_steady_us() - t->from_us;

    return str_fmt(x->m,
                   "%s status=%d ms=%lld.%lld statements=%lld bytes=%zu "
                   "account=%lld",
                   t->name, r->status, us / 1000, us / 100 % 10,
                   (long long)t->statements,
                   response_body(r, x->head.method == HTTP_HEAD).n,
                   (long long)t->account);
}

/* A refused form and a failure of ours are worth a look. */
static bool is_odd(const struct exchange *x)
{
    return x->response.status >= 500 ||
           (x->response.status >= 400 && x->head.method != HTTP_GET &&
            x->head.method != HTTP_HEAD);
}

void trail_end(const struct trail *t)
{
    log_line(is_odd(t->x) ? "warn" : "info", "%.*s", STR_ARG(trail_line(t)));
}
