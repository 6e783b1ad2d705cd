/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Forms between a refusal and their next sending; bookkeeping. */
#include "host/desk/kept.h"

#include "base/token.h"
#include "host/desk/route.h"
#include "web/url.h"

enum { PAGE_MAX = 900, KEPT_MAX = 1 << 20, KEY_BYTES = 12, HOUR_MS = 3600000 };

static const struct str prefix = S_INIT("kept.");

/* ---- where it stands ---- */

static bool is_page(struct mem *m, struct str path)
{
    struct str params[CTX_PARAMS_MAX];
    enum err e;

    return route_find(m, ROUTE_GET, path, params, &e) != NULL;
}

bool kept_page_fits(struct mem *m, struct str page)
{
    struct str path = str_slice(page, 0, str_find(page, S("?")));

    if (page.n > PAGE_MAX || !str_starts(page, S("/")) ||
        str_starts(page, S("//")))
        return false;
    for (size_t i = 0; i < page.n; i++)
        if ((unsigned char)page.p[i] <= 0x20 || page.p[i] == '\\' ||
            (unsigned char)page.p[i] >= 0x7f)
            return false;
    return !str_starts(path, S("/sign")) && route_token(path).n == 0 &&
           is_page(m, path);
}

struct str kept_page_asked(struct ctx *c)
{
    struct str path = c->x->head.path;

    return c->x->head.query.n ? str_fmt(c->m, "%.*s?%.*s", STR_ARG(path),
                                        STR_ARG(c->x->head.query))
                              : path;
}

/* The path of the page that sent us here, as browsers say it. */
static struct str referring(struct ctx *c)
{
    struct str from = http_header(&c->x->head, S("Referer"));
    size_t at = str_find(from, S("://"));
    struct str rest = str_slice(from, at + 3, from.n);

    if (at == SIZE_MAX || !str_starts(rest, c->x->head.host))
        return S("");
    return str_slice(rest, c->x->head.host.n, rest.n);
}

static struct str above(struct str path)
{
    size_t n = path.n;

    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return str_slice(path, 0, n > 1 ? n - 1 : n);
}

/* Is the page at a form's own address its page, not one of any ledger? */
static bool is_at_home(struct ctx *c)
{
    struct str params[CTX_PARAMS_MAX];
    enum err e;
    const struct route *r =
        route_find(c->m, ROUTE_GET, c->x->head.path, params, &e);

    return r && str_eq(r->pattern, c->route->pattern);
}

static struct str page_of_form(struct ctx *c)
{
    struct str page = referring(c);
    struct str path = c->x->head.path;

    if (kept_page_fits(c->m, page))
        return page;
    page = is_at_home(c) ? path : above(path);
    if (!kept_page_fits(c->m, page))
        return S("/");
    return c->x->head.query.n ? str_fmt(c->m, "%.*s?%.*s", STR_ARG(page),
                                        STR_ARG(c->x->head.query))
                              : page;
}

/* ---- what it says ---- */

static bool is_token(struct str name)
{
    return str_eq(name, S("csrf")) || str_eq(name, S("once")) ||
           str_eq(name, S("kept"));
}

static bool is_secret(const struct form *form, struct str name)
{
    for (size_t i = 0; i < form->n; i++)
        if (form->fields[i].type == FIELD_SECRET &&
            str_eq(form->fields[i].name, name))
            return true;
    return false;
}

static void add(struct form_data *to, struct str name, struct str value)
{
    to->fields[to->count++] = (struct form_field){ name, value };
}

struct kept_form *kept_of(struct ctx *c)
{
    struct kept_form *k = NEW(c->m, struct kept_form);
    const struct form_data *f = &c->form;

    k->action = c->x->head.path;
    k->page = page_of_form(c);
    k->why = c->refusal;
    k->first = c->first;
    k->files = f->file_count > 0;
    k->typed.fields = NEW_ARRAY(c->m, struct form_field, f->count);
    for (size_t i = 0; i < f->count; i++)
        if (!is_token(f->fields[i].name) &&
            !is_secret(c->route->form, f->fields[i].name))
            add(&k->typed, f->fields[i].name, f->fields[i].value);
    return k;
}

struct str kept_field_name(struct mem *m, struct str name)
{
    return str_join(m, (struct str[]){ prefix, name }, 2);
}

struct kept_form *kept_read(struct ctx *c)
{
    struct kept_form *k = NEW(c->m, struct kept_form);

    k->action = ctx_field(c, S("kept-action"));
    k->page = ctx_field(c, S("kept-page"));
    k->files = ctx_field(c, S("kept-files")).n > 0;
    k->typed.fields = NEW_ARRAY(c->m, struct form_field, c->form.count);
    for (size_t i = 0; i < c->form.count; i++) {
        struct str name = c->form.fields[i].name;

        if (str_take(&name, prefix))
            add(&k->typed, name, c->form.fields[i].value);
    }
    if (!kept_page_fits(c->m, k->page))
        k->page = S("");
    return k;
}

/* ---- waiting for its account ---- */

static struct str written(struct mem *m, const struct form_data *f)
{
    struct buf *b = buf_new(m, KEPT_MAX);

    for (size_t i = 0; i < f->count; i++) {
        if (i)
            buf_byte(b, '&');
        buf_put(b, url_encode(m, f->fields[i].name));
        buf_byte(b, '=');
        buf_put(b, url_encode(m, f->fields[i].value));
    }
    return buf_str(b);
}

static int64_t until(const struct ctx *c, bool draft)
{
    return c->now +
           (draft ? 24 * DRAFT_DAYS : KEPT_HOURS) * INT64_C(1) * HOUR_MS;
}

/* Both ends are named, so that it walks those alone and not all there are. */
static void forget_old(struct ctx *c)
{
    tx_run_unjournaled(c->tx,
                       SQL("DELETE FROM waiting_form WHERE district = ?1 AND "
                           "until BETWEEN 0 AND ?2"),
                       WITH(INT(c->house->district), INT(c->now)));
}

void kept_write(struct ctx *c, const struct kept_form *k, int64_t account)
{
    forget_old(c);
    tx_run_unjournaled(
        c->tx,
        SQL("INSERT INTO waiting_form (district, account, key, at, until, "
            "draft, page, action, files, typed) VALUES (?1, ?2, ?3, ?4, ?5, "
            "?6, ?7, ?8, ?9, ?10) ON CONFLICT (district, account, key) DO "
            "UPDATE SET at = excluded.at, until = CASE WHEN excluded.until > "
            "waiting_form.until THEN excluded.until ELSE waiting_form.until "
            "END, draft = CASE WHEN excluded.draft = 1 THEN 1 ELSE "
            "waiting_form.draft END, files = excluded.files, typed = "
            "excluded.typed"),
        WITH(INT(c->house->district), INT(account), STR(k->key), INT(c->now),
             INT(until(c, k->draft)), INT(k->draft), STR(k->page),
             STR(k->action), INT(k->files), STR(written(c->m, &k->typed))));
}

struct str kept_link(struct mem *m, struct str page, struct str key)
{
    return str_fmt(m, "%.*s%skept=%.*s", STR_ARG(page),
                   str_find(page, S("?")) != SIZE_MAX ? "&" : "?",
                   STR_ARG(url_encode(m, key)));
}

/* What waits on this page already, by its address; "" for nothing. */
static struct str key_of_page(struct mem *m, struct str page)
{
    size_t mark = str_find(page, S("?"));
    struct str key = S("");

    if (mark != SIZE_MAX)
        key = query_value(m, str_slice(page, mark + 1, page.n), S("kept"));
    return key.n <= KEPT_KEY_MAX ? key : S("");
}

struct str kept_keep(struct ctx *c, struct kept_form *k, int64_t account)
{
    struct str page = k->page;

    k->key = key_of_page(c->m, page);
    if (k->key.n == 0) {
        k->key = random_token(c->m, KEY_BYTES);
        page = kept_link(c->m, page, k->key);
    }
    kept_write(c, k, account);
    return page;
}

void kept_typed(struct mem *m, struct str s, struct form_data *ret)
{
    size_t most = 1;
    struct form_field f;

    for (size_t i = 0; i < s.n; i++)
        most += s.p[i] == '&';
    ret->fields = NEW_ARRAY(m, struct form_field, most);
    while (query_next(m, &s, &f.name, &f.value) == URL_PAIR)
        ret->fields[ret->count++] = f;
}

struct kept_form *kept_find(struct ctx *c, struct str key)
{
    struct kept_form *k = NULL;
    struct rows r;

    if (key.n == 0 || c->who.account == 0)
        return NULL;
    r = tx_query(c->tx,
                 SQL("SELECT action, files, typed, draft, at, until FROM "
                     "waiting_form WHERE district = ?1 AND account = ?2 AND "
                     "key = ?3 AND until > ?4"),
                 WITH(INT(c->house->district), INT(c->who.account), STR(key),
                      INT(c->now)));
    if (!rows_next(&r))
        return NULL;
    k = NEW(c->m, struct kept_form);
    k->action = rows_text(&r, 0, c->m);
    k->files = rows_int(&r, 1) != 0;
    kept_typed(c->m, rows_text(&r, 2, c->m), &k->typed);
    k->draft = rows_int(&r, 3) != 0;
    k->at = rows_int(&r, 4);
    k->until = rows_int(&r, 5);
    k->why = TEXT("您登录前填写的内容放回来了，还没有保存",
                  "what you typed before you signed in is back, and not saved "
                  "yet");
    rows_end(&r);
    return k;
}
