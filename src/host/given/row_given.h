/* SPDX-License-Identifier: MulanPSL-2.0 */
/* row_given.h - for tests of ledger pages: rows, who asks, the page. */
#ifndef DAJUAN_HOST_GIVEN_ROW_GIVEN_H
#define DAJUAN_HOST_GIVEN_ROW_GIVEN_H

#include "host/desk/page.h"
#include "host/given/given_admit.h"
#include "host/given/given_import.h"
#include "host/ledger/row.h"
#include "host/page/ledger_routes.h"
#include "host/page/list_request.h"

enum { GIVEN_OFFICER = 7 };

/* A data folder with a transaction that writes, for one test. */
struct given {
    struct test *t;
    struct house *h;
    struct work w;
    int64_t unit;  /* 区教育局 */
    int64_t other; /* 区司法局 */
};

static inline void given_value(struct ledger_row *row, const char *key,
                               struct value v)
{
    size_t i = ledger_column(row->ledger, str_from(key));

    if (i == SIZE_MAX)
        BUG("no column %s", key);
    row->values[i] = v;
}

static inline int64_t given_insert(struct given *g, struct ledger_row *row)
{
    given_admit(&g->w.act, NULL, row);
    if (row_insert(&g->w.act, row) != OK)
        BUG("a given row was refused");
    return row->id;
}

static inline int64_t given_org(struct given *g, struct str name,
                                struct str kind)
{
    struct ledger_row *row = ledger_row_new(g->t->mem, ledger_organisations());

    given_value(row, "name", STR(name));
    given_value(row, "kind", STR(kind));
    return given_insert(g, row);
}

static inline struct given *given_begin(struct test *t)
{
    struct given *g = NEW(t->mem, struct given);

    g->t = t;
    g->h = given_house(t);
    work_begin(g->h, t->mem, 0, &g->w);
    g->unit = given_org(g, S("区教育局"), S("unit"));
    g->other = given_org(g, S("区司法局"), S("unit"));
    return g;
}

static inline void given_end(struct given *g)
{
    struct test *t = g->t;

    CHECK(!g->w.tx.failed);
    work_rollback(&g->w);
}

static inline struct ledger_row *given_project_row(struct given *g,
                                                   struct str name)
{
    struct ledger_row *row =
        ledger_row_new(g->t->mem, ledger_find(S("projects.project")));

    given_value(row, "name", STR(name));
    given_value(row, "field", STR(S("livelihood")));
    given_value(row, "lead_org", STR(S("区教育局机关党委")));
    given_value(row, "secretary", STR(S("机关党委书记")));
    given_value(row, "unit", INT(g->unit));
    given_value(row, "started_on", INT(20240102));
    given_value(row, "due_on", INT(20241231));
    row->year = GIVEN_YEAR;
    return row;
}

static inline int64_t given_project(struct given *g, struct str name)
{
    return given_insert(g, given_project_row(g, name));
}
/* A request for the page of a ledger: nobody, or account 7 with `roles`. */
static inline struct ctx *given_ctx(struct given *g, const char *ledger,
                                    const char *query, unsigned roles)
{
    struct ctx *c = NEW(g->t->mem, struct ctx);
    struct str feature = str_from(ledger);
    struct str noun = feature;

    str_cut(&noun, S("."), &feature);
    c->m = g->t->mem;
    c->act = &g->w.act;
    c->tx = c->act->tx;
    c->house = g->h;
    c->x = NEW(c->m, struct exchange);
    c->x->m = c->m;
    response_init(&c->x->response, c->m);
    c->x->head.path = S("/");
    c->x->head.query = str_from(query);
    c->year = GIVEN_YEAR;
    c->now = 1730966400000;
    c->params[0] = feature;
    c->params[1] = noun;
    c->who.name = S("王芳");
    c->who.account = roles ? GIVEN_OFFICER : 0;
    c->who.roles = roles;
    return c;
}

static inline void given_row_id(struct ctx *c, int64_t id)
{
    c->params[2] = str_fmt(c->m, "%lld", (long long)id);
}

static inline void given_field(struct ctx *c, const char *name,
                               struct str value)
{
    if (!c->form.fields)
        c->form.fields = NEW_ARRAY(c->m, struct form_field, 64);
    for (size_t i = 0; i < c->form.count; i++)
        if (str_eq(c->form.fields[i].name, str_from(name)))
            c->form.fields[i].name = S("");
    c->form.fields[c->form.count++] =
        (struct form_field){ str_from(name), value };
}

static inline struct str given_body(struct ctx *c)
{
    struct response *r = &c->x->response;

    return r->fixed.p ? r->fixed : buf_str(&r->body);
}

static inline bool given_has(struct ctx *c, struct str what)
{
    return str_find(given_body(c), what) != SIZE_MAX;
}

#endif
