/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * From a query string to a list_query and back. Whatever a stranger writes
 * into a query string ends here: a sort or filter is one of the declared
 * columns that this reader may see, a value is one that exists, or it is
 * left out.
 */
#include "host/page/list_request.h"

#include "base/date.h"
#include "base/utf8.h"
#include "host/ledger/due.h"
#include "host/ledger/row.h"
#include "host/list/options.h"
#include "web/url.h"

enum { LINK_MAX = 16 * 1024 };

enum err list_ledger(struct ctx *c, const struct ledger **ret)
{
    const struct ledger *l = ledger_find_noun(c->params[0], c->params[1]);

    if (!l)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个台账。请核对网址，或从首页的菜单进入",
                           "There is no such ledger. Check the address, or "
                           "start from the menu of the home page"));
    if (!l->open && c->who.account == 0)
        return refuse(c, E_SIGNIN,
                      TEXT("这个台账只对登录的人开放，请先登录",
                           "This ledger is for people who are signed in; "
                           "please sign in first"));
    *ret = l;
    return OK;
}

static bool can_filter(const struct list_query *q, size_t i)
{
    const struct column *col = &q->ledger->columns[i];

    return column_is(col, COLUMN_FILTER | COLUMN_STATE | COLUMN_PERIOD) &&
           (col->type == COLUMN_CHOICE || col->type == COLUMN_REF) &&
           list_sight_of_all(q, i) == LIST_PLAIN;
}

static void make_filters(struct mem *m, struct list_query *q)
{
    const struct ledger *l = q->ledger;

    q->filters = NEW_ARRAY(m, struct list_filter, l->columns_n);
    for (size_t i = 0; i < l->columns_n; i++)
        if (can_filter(q, i))
            q->filters[q->filters_n++].column = i;
}

/* The first LIST_SEARCH_MAX characters. */
static struct str shortened(struct str s)
{
    struct str rest = s;

    for (size_t i = 0; i < LIST_SEARCH_MAX && rest.n; i++)
        utf8_next(&rest);
    return str_slice(s, 0, s.n - rest.n);
}

static void read_choice(const struct list_query *q, struct str raw,
                        struct list_filter *f)
{
    const struct choice *o = choice_find(&q->ledger->columns[f->column], raw);

    if (!o || raw.n == 0)
        return;
    f->on = true;
    f->value = STR(o->key);
    f->shown = text_in(o->label, q->lang);
}

/* An id from a list of choices, or a part of a title that was typed. */
static void read_ref(struct scope in, const struct list_query *q,
                     struct str raw, struct list_filter *f)
{
    const struct column *col = &q->ledger->columns[f->column];
    struct str title;
    int64_t id;

    if (str_int(raw, &id) &&
        list_title(in, ledger_find(col->ref), id, &title)) {
        f->on = true;
        f->value = INT(id);
        f->shown = title;
        return;
    }
    f->part = utf8_fold(in.m, shortened(raw));
    f->on = f->part.n > 0;
    f->shown = shortened(raw);
}

static void read_filters(struct ctx *c, struct list_query *q)
{
    for (size_t i = 0; i < q->filters_n; i++) {
        struct list_filter *f = &q->filters[i];
        const struct column *col = &q->ledger->columns[f->column];
        struct str raw = str_trim(ctx_query(c, col->key));

        if (col->type == COLUMN_CHOICE)
            read_choice(q, raw, f);
        else if (raw.n)
            read_ref(ctx_scope(c), q, raw, f);
    }
}

static void read_sort(struct ctx *c, struct list_query *q)
{
    struct str raw = ctx_query(c, S("sort"));
    size_t col;

    q->sort = LIST_BY_ID;
    q->desc = str_starts(raw, S("-"));
    if (q->desc)
        raw = str_slice(raw, 1, raw.n);
    col = ledger_column(q->ledger, raw);
    if (col != SIZE_MAX && list_sight_of_all(q, col) == LIST_PLAIN)
        q->sort = (int)col;
    else
        q->desc = q->desc && str_eq(raw, S("id"));
}

static const struct str dues[] = {
    [LIST_DUE_SOON] = S_INIT("soon"), [LIST_OVERDUE] = S_INIT("overdue")
};

static void read_due(struct ctx *c, struct list_query *q)
{
    size_t due = ledger_role(q->ledger, COLUMN_DUE);
    struct str raw = ctx_query(c, S("due"));

    if (ledger_falls_due(q->ledger) && list_sight_of_all(q, due) == LIST_PLAIN)
        for (size_t i = LIST_DUE_SOON; i < COUNT(dues); i++)
            if (str_eq(raw, dues[i]))
                q->due = (enum list_due)i;
    q->mine = q->reach == LIST_OWN && str_eq(ctx_query(c, S("mine")), S("1"));
}

static void read_can(struct ctx *c, struct list_query *q)
{
    const struct step *step = step_find(q->ledger, ctx_query(c, S("can")));

    if (step && due_is_for(&q->asker, step))
        q->can = step;
}

static int32_t read_year(struct ctx *c, const struct list_query *q)
{
    struct str raw = ctx_query(c, S("year"));

    return q->ledger->standing || str_eq(raw, S("all")) || (q->can && !raw.n)
               ? 0
               : c->year;
}

/* Which page, and the row that the page before it ended with. */
static void read_page(struct ctx *c, struct list_query *q)
{
    int64_t n;

    if (!str_int(ctx_query(c, S("page")), &n) || n < 1 || n >= INT32_MAX)
        return;
    q->page = n;
    if (n == 1)
        return;
    if (str_int(ctx_query(c, S("after")), &n) && n > 0)
        q->after = n;
    else if (str_int(ctx_query(c, S("before")), &n) && n > 0)
        q->before = n;
}

void list_read(struct ctx *c, const struct ledger *l, struct list_query *ret)
{
    struct list_query q = {
        .ledger = l,
        .lang = c->lang,
        .visitor = c->who.account == 0,
        .asker = ctx_asker(c),
        .page = 1,
        .today = date_of(c->now),
    };

    q.reach = list_reach(&q.asker, l);
    read_can(c, &q);
    q.year = read_year(c, &q);
    q.search = shortened(str_trim(ctx_query(c, S("q"))));
    q.folded = utf8_fold(c->m, q.search);
    make_filters(c->m, &q);
    read_filters(c, &q);
    read_sort(c, &q);
    read_due(c, &q);
    q.voided =
        q.reach != LIST_NONE && str_eq(ctx_query(c, S("voided")), S("1"));
    read_page(c, &q);
    *ret = q;
}

/* ---- and back ---- */

static void put_pair(struct mem *m, struct buf *b, struct str key,
                     struct str value)
{
    buf_byte(b, str_find(buf_str(b), S("?")) == SIZE_MAX ? '?' : '&');
    buf_put(b, key);
    buf_byte(b, '=');
    buf_put(b, url_encode(m, value));
}

static void put_filters(struct mem *m, struct buf *b,
                        const struct list_query *q)
{
    for (size_t i = 0; i < q->filters_n; i++) {
        const struct list_filter *f = &q->filters[i];

        if (f->on)
            put_pair(m, b, q->ledger->columns[f->column].key,
                     f->part.n ? f->shown : value_raw(m, &f->value));
    }
}

struct str list_link(struct mem *m, const struct list_query *q, struct str tail)
{
    const struct ledger *l = q->ledger;
    struct buf *b = buf_new(m, LINK_MAX);

    buf_put(b, ledger_path(m, l));
    buf_put(b, tail);
    if (!l->standing)
        put_pair(m, b, S("year"),
                 q->year ? str_fmt(m, "%d", q->year) : S("all"));
    if (q->folded.n)
        put_pair(m, b, S("q"), q->search);
    put_filters(m, b, q);
    if (q->due != LIST_DUE_ANY)
        put_pair(m, b, S("due"), dues[q->due]);
    if (q->can)
        put_pair(m, b, S("can"), q->can->key);
    if (q->mine)
        put_pair(m, b, S("mine"), S("1"));
    if (q->sort != LIST_BY_ID || q->desc)
        put_pair(m, b, S("sort"),
                 str_fmt(m, "%s%.*s", q->desc ? "-" : "",
                         STR_ARG(q->sort == LIST_BY_ID
                                     ? S("id")
                                     : l->columns[q->sort].key)));
    if (q->voided)
        put_pair(m, b, S("voided"), S("1"));
    if (q->page == 1)
        return buf_str(b);
    put_pair(m, b, S("page"), str_of_int(m, q->page));
    if (q->after)
        put_pair(m, b, S("after"), str_of_int(m, q->after));
    if (q->before)
        put_pair(m, b, S("before"), str_of_int(m, q->before));
    return buf_str(b);
}
