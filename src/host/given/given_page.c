/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The fixture: who asks, what is sent, and what stands on the page. */
#include "host/given/given.h"

#include <string.h>

enum { FIELDS_MAX = 64 };

void given_asks(struct given *g, unsigned roles)
{
    g->who = (struct who){ .account = roles ? GIVEN_ACCOUNT : 0,
                           .roles = roles,
                           .name = roles ? S("王芳") : S("") };
}

void given_field(struct given *g, const char *name, struct str value)
{
    struct form_data *f = &g->form;

    if (!f->fields)
        f->fields = NEW_ARRAY(g->m, struct form_field, FIELDS_MAX);
    if (f->count == FIELDS_MAX)
        BUG("too many fields");
    memmove(f->fields + 1, f->fields, f->count * sizeof(*f->fields));
    f->fields[0] = (struct form_field){ str_from(name), value };
    f->count++;
}

void given_opened(struct given *g, const struct ctx *c, struct str action)
{
    struct str mark = S("name=\"was-");
    struct str form = page_html(c);
    size_t at =
        str_find(form, str_fmt(g->m, "action=\"%.*s\"", STR_ARG(action)));

    form = str_slice(form, at == SIZE_MAX ? form.n : at, form.n);
    form = str_slice(form, 0, str_find(form, S("</form>")));
    while ((at = str_find(form, mark)) != SIZE_MAX) {
        struct str name;
        struct str value;

        form = str_slice(form, at + S("name=\"").n, form.n);
        str_cut(&form, S("\""), &name);
        str_take(&form, S(" value=\""));
        str_cut(&form, S("\""), &value);
        given_field(g, str_c(g->m, name), value);
    }
}

void given_file(struct given *g, struct str name, struct str bytes)
{
    g->form.files = NEW(g->m, struct form_file);
    g->form.files[0] = (struct form_file){ .name = S("file"),
                                           .filename = name,
                                           .bytes = bytes };
    g->form.file_count = 1;
}

/* As a browser sends what somebody typed. */
static struct str as_sent(struct mem *m, struct str typed)
{
    struct buf *b = buf_new(m, 3 * typed.n + 1);

    for (size_t i = 0; i < typed.n; i++)
        if ((unsigned char)typed.p[i] < '!' || (unsigned char)typed.p[i] > '~')
            buf_fmt(b, "%%%02X", (unsigned)(unsigned char)typed.p[i]);
        else
            buf_byte(b, typed.p[i]);
    return buf_str(b);
}

static struct ctx *new_ctx(struct given *g, struct tx *tx, struct str path)
{
    struct ctx *c = NEW(g->m, struct ctx);
    struct str sent = as_sent(g->m, path);
    size_t mark = str_find(sent, S("?"));

    c->m = g->m;
    c->tx = tx;
    c->house = g->house;
    c->slicer = given_slicer(g);
    c->x = NEW(c->m, struct exchange);
    c->x->m = c->m;
    response_init(&c->x->response, c->m);
    c->x->head.path = str_slice(sent, 0, mark);
    if (mark != SIZE_MAX)
        c->x->head.query = str_slice(sent, mark + 1, sent.n);
    c->lang = g->lang;
    c->now = house_now(g->house);
    if (tx)
        ctx_take_year(c);
    c->who = g->who;
    c->form = g->form;
    return c;
}

static enum err find_route(struct ctx *c, enum route_method method)
{
    enum err e;

    c->route = route_find(c->m, method, c->x->head.path, c->params, &e);
    if (!c->route)
        return e;
    if (route_allows(c->route, &c->who))
        return OK;
    return c->who.account ? E_DENIED : E_SIGNIN;
}

struct ctx *given_ctx(struct given *g, struct str path)
{
    struct ctx *c = new_ctx(g, given_tx(g), path);

    c->act = given_act(g);
    if (find_route(c, ROUTE_GET) == E_ABSENT)
        BUG("no page %.*s", STR_ARG(path));
    return c;
}

/* Words instead of what was refused, as the desk puts them. */
static void answer(struct given *g, struct ctx *c, enum err e)
{
    if (tx_err(c->tx) != OK)
        BUG("%s", db_reason(g->house->db));
    if (e != OK)
        page_refuse(c, e);
}

struct ctx *given_get(struct given *g, struct str path)
{
    struct ctx *c;
    struct tx tx;
    enum err e;

    given_commit(g);
    tx_begin(g->house->db, false, &tx);
    c = new_ctx(g, &tx, path);
    e = find_route(c, ROUTE_GET);
    answer(g, c, e == OK ? c->route->handle(c) : e);
    tx_rollback(&tx);
    return c;
}

/* What the reader asks of a form before the writer has it. */
static enum err check_form(struct given *g, struct ctx *c)
{
    enum err e;
    struct tx tx;

    tx_begin(g->house->db, false, &tx);
    c->tx = &tx;
    ctx_take_year(c);
    e = find_route(c, ROUTE_POST);
    if (e == OK && !route_form_fits(c->m, c->route, &c->form, &c->refusal))
        e = E_INPUT;
    if (e == OK && c->route->before)
        e = c->route->before(c);
    tx_rollback(&tx);
    return e;
}

struct ctx *given_post(struct given *g, struct str path)
{
    struct ctx *c;
    enum err e;

    given_commit(g);
    c = new_ctx(g, NULL, path);
    g->form = (struct form_data){ 0 };
    e = check_form(g, c);
    c->act = given_act(g);
    c->act->actor = c->who.account ? c->who.account : ACTOR_VISITOR;
    c->tx = c->act->tx;
    if (e == OK)
        e = c->route->handle(c);
    answer(g, c, e);
    given_settle(g, e);
    return c;
}

/* ---- what stands on a page ---- */

int page_status(const struct ctx *c)
{
    return c->x->response.status;
}

struct str page_html(const struct ctx *c)
{
    const struct response *r = &c->x->response;

    return r->fixed.p ? r->fixed : buf_str(&r->body);
}

bool page_has(const struct ctx *c, struct str markup)
{
    return str_find(page_html(c), markup) != SIZE_MAX;
}

/* The sign that an entity at the front of `s` stands for. */
static size_t read_entity(struct str s, char *ret)
{
    static const struct {
        struct str name;
        char sign;
    } entities[] = { { S_INIT("&amp;"), '&' },
                     { S_INIT("&lt;"), '<' },
                     { S_INIT("&gt;"), '>' },
                     { S_INIT("&quot;"), '"' },
                     { S_INIT("&#39;"), '\'' } };

    for (size_t i = 0; i < COUNT(entities); i++)
        if (str_starts(s, entities[i].name)) {
            *ret = entities[i].sign;
            return entities[i].name.n;
        }
    *ret = s.p[0];
    return 1;
}

static void put_word_byte(struct buf *b, char c)
{
    bool blank = c == ' ' || c == '\n' || c == '\t';

    if (!blank)
        buf_byte(b, c);
    else if (!str_ends(buf_str(b), S(" ")))
        buf_byte(b, ' ');
}

/* A page without its tags. */
static struct str words_of(struct mem *m, struct str html)
{
    struct buf *b = buf_new(m, html.n + 1);
    char c;

    while (html.n) {
        if (html.p[0] == '<') {
            put_word_byte(b, ' ');
            html = str_slice(html, str_find(html, S(">")), html.n);
            html = str_slice(html, 1, html.n);
            continue;
        }
        html = str_slice(html, read_entity(html, &c), html.n);
        put_word_byte(b, c);
    }
    return buf_str(b);
}

static bool digit_at(struct str s, size_t at)
{
    return at < s.n && s.p[at] >= '0' && s.p[at] <= '9';
}

bool page_says(const struct ctx *c, struct str words)
{
    struct str all = words_of(c->m, page_html(c));
    size_t at;

    while ((at = str_find(all, words)) != SIZE_MAX) {
        size_t end = at + words.n;

        if (!(digit_at(words, 0) && at > 0 && digit_at(all, at - 1)) &&
            !(digit_at(words, words.n - 1) && digit_at(all, end)))
            return true;
        all = str_slice(all, end, all.n);
    }
    return false;
}
