/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What handlers ask of a request, and how they answer. */
#include "host/desk/ctx.h"

#include "base/date.h"
#include "base/year.h"
#include "host/desk/said.h"
#include "host/desk/year_link.h"
#include "host/ledger/year_shown.h"
#include "web/url.h"

#include <stdarg.h>
#include <stdio.h>

struct str ctx_query(struct ctx *c, struct str name)
{
    struct str v = query_value(c->m, c->x->head.query, name);

    return v.p ? v : S("");
}

size_t ctx_queries(struct ctx *c, struct str name, struct str **ret)
{
    struct str rest = c->x->head.query;
    struct str key;
    struct str value;
    enum url_pair pair;
    size_t n = 0;

    *ret = NEW_ARRAY(c->m, struct str, rest.n / 2 + 1); /* "a&": two bytes */
    while ((pair = query_next(c->m, &rest, &key, &value)) != URL_END)
        if (pair == URL_PAIR && str_eq(key, name))
            (*ret)[n++] = value;
    return n;
}

struct str ctx_field(struct ctx *c, struct str name)
{
    struct str v = form_value(&c->form, name);

    return v.p ? str_trim(v) : S("");
}

/* What the office chose, else the newest year with records but for those to
 * come, else this one. */
static int32_t usual_year(struct ctx *c, int32_t today)
{
    int32_t chosen = year_said(ctx_settings(c)->v[SETTING_YEAR]);

    for (size_t i = 0; !chosen && i < c->years_n; i++)
        if (c->years[i] <= today)
            chosen = c->years[i];
    return chosen ? chosen : today;
}

void ctx_take_year(struct ctx *c)
{
    struct str asked = str_trim(ctx_query(c, S("year")));
    int32_t year = year_read(asked);
    int32_t today = date_year(date_of(c->now));

    c->years_n = years_to_show(ctx_scope(c), today, CTX_YEARS_MAX, c->years);
    c->year_usual = usual_year(c, today);
    c->year = c->year_usual;
    if (year >= YEAR_FIRST && year < YEAR_END)
        c->year = year;
    else if (!str_eq(asked, S("all"))) /* of lists */
        c->year_odd = asked;
}

const struct settings *ctx_settings(struct ctx *c)
{
    if (!c->settings) {
        c->settings = NEW(c->m, struct settings);
        settings_read(ctx_scope(c), c->settings);
    }
    return c->settings;
}

enum err ctx_day(struct ctx *c, int32_t *ret_day)
{
    struct str said = ctx_query(c, S("day"));

    *ret_day = 0;
    if (said.n == 0 || date_read(said, ret_day) == DATE_READ)
        return OK;
    return refuse(c, E_INPUT,
                  text_fmt(c->m, "日历上没有“%.*s”这一天；请写成 2024-11-07",
                           "\"%.*s\" is no day of the calendar; write it as "
                           "2024-11-07",
                           STR_ARG(said)));
}

int64_t ctx_id(struct ctx *c, size_t param)
{
    int64_t id;

    return str_int(c->params[param], &id) && id > 0 ? id : 0;
}

/* Proxies add at the end; what stands before may be made up. */
struct str ctx_address(const struct ctx *c)
{
    struct str peer = c->x->peer;
    struct str said = http_header(&c->x->head, S("X-Forwarded-For"));
    struct str part;

    if (!str_starts(peer, S("127.")) && !str_eq(peer, S("::1")))
        return peer;
    while (said.p && str_cut(&said, S(","), &part))
        peer = str_trim(part);
    return peer.p ? peer : S("");
}

void ctx_note(struct ctx *c, const struct audit_event *e)
{
    struct noted **end = &c->notes;

    if (c->act) {
        audit_note(c->act, e);
        return;
    }
    while (*end)
        end = &(*end)->next;
    *end = NEW(c->x->m, struct noted); /* it outlives what it is about */
    **end = (struct noted){ .event = *e };
    (*end)->event.what = str_dup(c->x->m, e->what);
    (*end)->event.form = str_dup(c->x->m, e->form);
}

enum err refuse(struct ctx *c, enum err e, struct text words)
{
    c->refusal = words;
    return e;
}

enum err see_other(struct ctx *c, const char *fmt, ...)
{
    char path[1024];
    va_list ap;
    int n;

    va_start(ap, fmt);
    n = vsnprintf(path, sizeof(path), fmt, ap);
    va_end(ap);
    if (n < 1 || (size_t)n >= sizeof(path) || path[0] != '/' || path[1] == '/')
        BUG("see_other to \"%s\"", path);
    c->location = str_dup(c->m, str_from(path));
    if (c->year != c->year_usual)
        c->location = year_link(c->m, c->location, c->year);
    c->x->response.status = 303;
    response_header(c->x, "Location", c->location);
    said_send(c);
    c->answered = true;
    return OK;
}

enum err send_bytes(struct ctx *c, struct str type, struct str bytes)
{
    response_header(c->x, "Content-Type", type);
    c->x->response.fixed = bytes.p ? bytes : S("");
    c->answered = true;
    return OK;
}

/*
 * It goes where the answer is, until it is sent. As with pages: compressed
 * for visitors, for what a signed-in one gets holds secrets (BREACH).
 */
struct spool *ctx_spool(struct ctx *c)
{
    struct spool *s = spool_new(c->x->m, c->budget);
    struct str accepts = http_header(&c->x->head, S("Accept-Encoding"));

    if (c->who.account == 0 && str_find(accepts, S("gzip")) != SIZE_MAX)
        spool_pack(s);
    return s;
}

enum err send_spool(struct ctx *c, struct str type, struct str name,
                    const struct spool *s)
{
    if (spool_fd(s) >= 0)
        c->x->response.file = s;
    if (spool_is_packed(s)) {
        response_header(c->x, "Content-Encoding", S("gzip"));
        response_header(c->x, "Vary", S("Accept-Encoding, Cookie"));
    }
    return send_file(c, type, name, spool_bytes(s));
}

enum err send_file(struct ctx *c, struct str type, struct str name,
                   struct str bytes)
{
    if (ctx_settings(c)->v[SETTING_DEMO].n)
        name =
            str_join(c->m,
                     (struct str[]){
                         text_in(TEXT("演示数据 ", "Demo "), c->lang), name },
                     2);
    response_header(c->x, "Content-Disposition",
                    str_fmt(c->m, "attachment; filename*=UTF-8''%.*s",
                            STR_ARG(url_encode(c->m, name))));
    response_header(c->x, "Content-Security-Policy",
                    S("default-src 'none'; sandbox"));
    return send_bytes(c, type, bytes);
}

struct str actor_name(struct ctx *c, int64_t actor)
{
    return actor_words(ctx_scope(c), actor, c->lang);
}
