/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A form that is refused stands there again, filled. Its page is asked for
 * as if its sender had: with their rights, and it only reads.
 */
#include "host/desk/kept.h"
#include "host/desk/page.h"

/* The page at `page`, for the one who asks, with what waits in c->kept. */
static bool show(struct ctx *c, struct str page)
{
    struct exchange *x = c->x;
    struct str path = x->head.path;
    struct str query = x->head.query;
    size_t mark = str_find(page, S("?"));
    enum err e;

    response_init(&x->response, x->m);
    c->html = NULL;
    c->answered = false;
    x->head.path = str_slice(page, 0, mark);
    x->head.query =
        mark == SIZE_MAX ? S("") : str_slice(page, mark + 1, page.n);
    ctx_take_year(c);
    c->route = route_find(c->m, ROUTE_GET, x->head.path, c->params, &e);
    e = c->route && route_allows(c->route, &c->who) ? c->route->handle(c)
                                                    : E_DENIED;
    x->head.path = path;
    x->head.query = query;
    return e == OK;
}

static bool is_post(const struct ctx *c)
{
    return c->route && c->route->method == ROUTE_POST;
}

/* To sign in, and then to go on to what was asked for or sent. */
static bool show_sign_in(struct ctx *c)
{
    if (str_eq(c->x->head.path, S("/signin"))) {
        c->kept = kept_read(c);
        c->kept->why = c->refusal;
    } else if (is_post(c)) {
        c->kept = kept_of(c);
    } else {
        c->kept = NEW(c->m, struct kept_form);
        c->kept->action = S("");
        c->kept->page = kept_page_asked(c);
        c->kept->why = c->refusal;
        if (!kept_page_fits(c->m, c->kept->page))
            c->kept->page = S("");
    }
    return show(c, S("/signin"));
}

static bool show_form(struct ctx *c)
{
    struct kept_form *k = kept_of(c);

    c->kept = k;
    c->form = (struct form_data){ 0 };
    return (k->typed.count > 0 || k->files) && show(c, k->page) && k->placed;
}

/* What can be mended in the form, or by sending it again. */
static bool is_mendable(const struct ctx *c, enum err e)
{
    return c->stale || e == E_INPUT || e == E_CLASH;
}

/* Was it sent after its session, or the page to sign in itself too late? */
static bool is_lost(const struct ctx *c)
{
    return c->stale && (!route_allows(c->route, &c->who) ||
                        str_eq(c->route->pattern, S("/signin")));
}

bool again_page(struct ctx *c, enum err e)
{
    bool shown;

    if (c->kept)
        return false;
    if (c->who.account == 0 && (e == E_SIGNIN || is_lost(c)))
        shown = show_sign_in(c);
    else if (is_post(c) && is_mendable(c, e))
        shown = show_form(c);
    else
        return false;
    if (!shown)
        c->kept = NULL;
    return shown;
}
