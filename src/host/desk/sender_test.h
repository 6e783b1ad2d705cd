/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * sender_test.h - somebody at a browser, whose requests go their whole way:
 * session, form token, writer, answer.
 */
#ifndef DAJUAN_HOST_DESK_SENDER_TEST_H
#define DAJUAN_HOST_DESK_SENDER_TEST_H

#include "access/session.h"
#include "host/desk/request.h"
#include "host/given/given.h"

struct sender {
    struct given *g;
    int64_t account;
    struct desk_facts facts;
    struct str cookie;
    struct str said; /* the cookie of said.h, as the browser has it */
    struct str csrf;
};

static inline struct sender *given_sender(struct given *g, const char *login)
{
    struct sender *s = NEW(g->m, struct sender);
    struct account_plan plan = { .name = str_from(login),
                                 .login = str_from(login),
                                 .roles = ROLE_OFFICER | ROLE_ADMIN };
    struct session_rule rule = { .now = house_now(g->house) };
    struct who who;

    s->g = g;
    s->facts.slicer = given_slicer(g);
    s->facts.secret = session_secret(act_scope(given_act(g)));
    rule.secret = s->facts.secret;
    if (account_add(given_act(g), &plan, S(""), &s->account) != OK)
        BUG("a given account was refused");
    s->cookie = session_begin(given_act(g), s->account, S("test"));
    session_read(act_scope(given_act(g)), s->cookie, &rule, &who);
    s->csrf = who.token;
    given_unit(g, S("区教育局"));
    given_commit(g);
    return s;
}

static inline struct exchange *sender_exchange(struct sender *s,
                                               struct str path)
{
    struct exchange *x = NEW(s->g->m, struct exchange);
    size_t mark = str_find(path, S("?"));

    x->m = s->g->m;
    response_init(&x->response, x->m);
    x->head.path = str_slice(path, 0, mark);
    if (mark != SIZE_MAX)
        x->head.query = str_slice(path, mark + 1, path.n);
    x->head.headers[0] =
        (struct http_header){ S("Sec-Fetch-Site"), S("same-origin") };
    x->head.headers[1] =
        (struct http_header){ S("Cookie"),
                              str_fmt(x->m, "dajuan=%.*s; said=%.*s",
                                      STR_ARG(s->cookie), STR_ARG(s->said)) };
    x->head.header_count = 2;
    given_commit(s->g);
    return x;
}

/* What a browser does with the answer. */
static inline struct exchange *take_answer(struct sender *s, struct exchange *x)
{
    struct str headers = buf_str(&x->response.headers);
    size_t at = str_find(headers, S("Set-Cookie: said="));
    struct str value = str_slice(headers, at + 17, headers.n);

    if (at != SIZE_MAX)
        s->said = str_slice(value, 0, str_find(value, S(";")));
    return x;
}

static inline struct exchange *ask(struct sender *s, struct str path)
{
    struct exchange *x = sender_exchange(s, path);
    struct job *j;

    x->head.method = HTTP_GET;
    j = request_job(x, &s->facts);
    if (!request_at_hand(j, s->g->house, &s->facts))
        request_read(j, s->g->house, &s->facts);
    return take_answer(s, x);
}

static inline struct exchange *send_as(struct sender *s, struct str path,
                                       struct str type, struct str body)
{
    struct exchange *x = sender_exchange(s, path);
    struct job *j;

    x->head.method = HTTP_POST;
    x->head.method_name = S("POST");
    x->head.headers[x->head.header_count++] =
        (struct http_header){ S("Content-Type"), type };
    x->body = body;
    j = request_job(x, &s->facts);
    if (!request_accept(j, s->g->house, &s->facts))
        return x;
    request_before(j, s->g->house, &s->facts);
    given_act(s->g);
    request_write(j, s->g->house, &s->g->work, &s->facts);
    given_commit(s->g);
    return take_answer(s, x);
}

/* `fields` as a browser encodes them. */
static inline struct exchange *send(struct sender *s, const char *path,
                                    const char *fields)
{
    return send_as(s, str_from(path), S("application/x-www-form-urlencoded"),
                   str_fmt(s->g->m, "csrf=%.*s&%s", STR_ARG(s->csrf), fields));
}

static inline bool leads(const struct exchange *x, struct str to)
{
    struct str headers = buf_str(&x->response.headers);
    size_t at = str_find(headers, S("Location: "));

    return x->response.status == 303 && at != SIZE_MAX &&
           str_starts(str_slice(headers, at + 10, headers.n), to);
}

static inline bool shows(const struct exchange *x, struct str markup)
{
    return str_find(buf_str(&x->response.body), markup) != SIZE_MAX;
}

#endif
