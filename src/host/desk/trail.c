/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The line of a request. Most of it is known when it ends. */
#include "host/desk/trail.h"

#include "base/file.h"
#include "host/desk/route.h"

#include <stdatomic.h>
#include <stdio.h>

enum { PATH_SHOWN = 200, STEPS_MAX = 4 << 20 };

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

static struct trail_step *find_step(struct trail *t, struct str sql)
{
    struct mem *m = t->x->m;
    struct trail_step *step;

    for (size_t i = 0; i < t->steps_n; i++)
        if (str_eq(t->steps[i].sql, sql))
            return &t->steps[i];
    t->steps = mem_grow(m, t->steps, t->steps_n * sizeof(*step),
                        (t->steps_n + 1) * sizeof(*step));
    step = &t->steps[t->steps_n++];
    *step = (struct trail_step){ .sql = str_dup(m, sql) };
    return step;
}

/* A statement ended. */
static void ran(void *arg, struct str sql, int64_t us)
{
    struct trail_step *step = find_step(arg, sql);

    step->n++;
    step->us += us;
}

void trail_begin(const struct exchange *x, bool traced, struct trail *ret)
{
    long long number = atomic_fetch_add(&requests, 1) + 1;

    *ret = (struct trail){
        .x = x,
        .traced = traced,
        .watch = { ran, ret },
        .from_us = clock_steady_us(),
        .name = str_fmt(x->m, "request=%lld method=%.*s path=%.*s", number,
                        STR_ARG(x->head.method_name),
                        STR_ARG(shown_path(x->m, x->head.path)))
                    .p,
    };
}

void trail_enter(struct trail *t, struct db *db)
{
    bug_note(t->name);
    t->statements -= db_statements(db);
    if (t->traced)
        db_watch(db, &t->watch);
}

void trail_leave(struct trail *t, struct db *db)
{
    if (t->traced)
        db_watch(db, NULL);
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
                   response_size(r, x->head.method == HTTP_HEAD),
                   (long long)t->account);
}

/* A refused form and a failure of ours are worth a look. */
static bool is_odd(const struct exchange *x)
{
    return x->response.status >= 500 ||
           (x->response.status >= 400 && x->head.method != HTTP_GET &&
            x->head.method != HTTP_HEAD);
}

struct str trail_steps(const struct trail *t, struct db *db)
{
    struct buf *b = buf_new(t->x->m, STEPS_MAX);

    for (size_t i = 0; i < t->steps_n; i++) {
        const struct trail_step *step = &t->steps[i];
        struct str plan = db_explain(db, t->x->m, step->sql);
        struct str line;

        buf_fmt(b, "    n=%lld us=%lld %.*s\n", (long long)step->n,
                (long long)step->us, STR_ARG(step->sql));
        while (str_cut(&plan, S("\n"), &line))
            if (line.n)
                buf_fmt(b, "        %.*s\n", STR_ARG(line));
    }
    return buf_str(b);
}

void trail_end(const struct trail *t, struct db *db)
{
    const char *level = is_odd(t->x) ? "warn" : "info";
    struct str line = trail_line(t); /* the clock is read before the plans */
    struct str steps = trail_steps(t, db);

    flockfile(stderr); /* no other line comes between */
    log_line(level, "%.*s", STR_ARG(line));
    fwrite(steps.p, 1, steps.n, stderr);
    funlockfile(stderr);
}
