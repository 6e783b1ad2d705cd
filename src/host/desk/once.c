/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Forms that were answered; bookkeeping. */
#include "host/desk/once.h"

#include "base/hash.h"
#include "host/desk/draft.h"
#include "host/desk/page.h"
#include "host/desk/route.h"
#include "host/desk/said.h"

enum { TOKEN_MAX = 40, HOUR_MS = 3600000 };

/*
 * The token; "" for none. A password is never remembered, not even hashed; a
 * draft is kept as often as it is sent.
 */
static struct str token_of(struct ctx *c)
{
    struct str once = ctx_field(c, S("once"));

    if (draft_asked(c))
        return S("");
    for (size_t i = 0; i < c->route->form->n; i++)
        if (c->route->form->fields[i].type == FIELD_SECRET)
            return S("");
    return once.n > TOKEN_MAX ? S("") : once;
}

static int64_t oldest(const struct ctx *c)
{
    return c->now - ONCE_HOURS * INT64_C(1) * HOUR_MS;
}

/* Nothing of another pair can look like it: the lengths stand before. */
static void put(struct ctx *c, struct str **at, struct str name,
                struct str value)
{
    *(*at)++ = str_fmt(c->m, "%zu:%zu:", name.n, value.n);
    *(*at)++ = name;
    *(*at)++ = value;
}

/* Where it was sent, and all it holds but its tokens. */
static struct hash content_of(struct ctx *c)
{
    const struct form_data *f = &c->form;
    struct str *parts =
        NEW_ARRAY(c->m, struct str, 3 * (f->count + 2 * f->file_count + 1));
    struct str *at = parts;

    put(c, &at, S("path"), c->x->head.path);
    for (size_t i = 0; i < f->count; i++)
        if (!str_eq(f->fields[i].name, S("csrf")) &&
            !str_eq(f->fields[i].name, S("once")))
            put(c, &at, f->fields[i].name, f->fields[i].value);
    for (size_t i = 0; i < f->file_count; i++) {
        put(c, &at, f->files[i].name, f->files[i].filename);
        put(c, &at, S("bytes"), f->files[i].bytes);
    }
    return hash_of(parts, (size_t)(at - parts));
}

static bool find_first(struct ctx *c, struct str token, struct str *ret_content,
                       struct str *ret_location)
{
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT content, location FROM answered_form WHERE "
            "district = ?1 AND account = ?2 AND token = ?3 AND at > ?4"),
        WITH(INT(c->house->district), INT(c->who.account), STR(token),
             INT(oldest(c))));

    if (!rows_next(&r))
        return false;
    *ret_content = rows_text(&r, 0, c->m);
    *ret_location = rows_text(&r, 1, c->m);
    rows_end(&r);
    return true;
}

/* A page that the one who asks may not open is not told of. */
static bool may_open(struct ctx *c, struct str page)
{
    struct str params[CTX_PARAMS_MAX];
    struct str path = str_slice(page, 0, str_find(page, S("#")));
    const struct route *r;
    enum err e;

    path = str_slice(path, 0, str_find(path, S("?")));
    r = route_find(c->m, ROUTE_GET, path, params, &e);
    return r && route_allows(r, &c->who);
}

enum err once_answer(struct ctx *c, bool *ret)
{
    struct str token = token_of(c);
    struct str content;
    struct str location;
    struct hash h;

    *ret = false;
    if (token.n == 0 || !find_first(c, token, &content, &location))
        return OK;
    h = content_of(c);
    if (str_eq(content, hash_str(&h))) {
        *ret = true;
        announce(c, SAID_AGAIN);
        return see_other(c, "%.*s", STR_ARG(location));
    }
    if (may_open(c, location))
        c->first = location;
    return refuse(c, E_CLASH,
                  TEXT("这张表刚才已经提交过一次。现在这份内容不同，没有保存。",
                       "This form was sent once already; what it holds now "
                       "differs and was not saved."));
}

bool once_was_answered(struct ctx *c)
{
    struct str token = token_of(c);
    struct str content;
    struct str location;

    return token.n && find_first(c, token, &content, &location);
}

/* Both ends are named, so that it walks those alone and not all there are. */
static void forget_old(struct ctx *c)
{
    tx_run_unjournaled(c->tx,
                       SQL("DELETE FROM answered_form WHERE district = ?1 AND "
                           "at BETWEEN 0 AND ?2"),
                       WITH(INT(c->house->district), INT(oldest(c))));
}

void once_remember(struct ctx *c)
{
    struct str token = token_of(c);
    struct hash h;

    if (token.n == 0 || c->location.n == 0)
        return;
    forget_old(c);
    h = content_of(c);
    tx_run_unjournaled(
        c->tx,
        SQL("INSERT INTO answered_form (district, account, token, at, "
            "content, location) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
        WITH(INT(c->house->district), INT(c->who.account), STR(token),
             INT(c->now), BYTES(hash_str(&h)), STR(c->location)));
}
