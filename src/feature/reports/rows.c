/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The rows behind a published number, as they were frozen. Values come from
 * the opened contents; the words for columns and choices are today's.
 */
#include "feature/reports/pages.h"

#include "feature/reports/views/rows.h"
#include "host/ledger/cell.h"

/* Listed, open to visitors, not personal, and not what names the row. */
static void choose_columns(const struct ledger *l, struct rows_page *p)
{
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];

        if (!column_is(col, COLUMN_TITLE) && p->columns_n < ROWS_COLUMNS_MAX &&
            column_is(col, COLUMN_LISTED) &&
            !column_is(col, COLUMN_PERSONAL | COLUMN_INTERNAL))
            p->columns[p->columns_n++] = col;
    }
}

static struct str cell_of(struct ctx *c, const struct bundle *b,
                          const struct bundle_row *row,
                          const struct column *col)
{
    const struct bundle_row *to;
    struct str raw;
    int64_t id;

    if (!bundle_value(c->m, row, col->key, &raw))
        return S("");
    if (col->type != COLUMN_REF)
        return cell_raw_text(c->m, col, raw, c->lang);
    to = str_int(raw, &id) ? bundle_row_find(b, col->ref, id) : NULL;
    return to ? to->shown : raw;
}

static struct frozen_row make_row(struct ctx *c, const struct bundle *b,
                                  struct rows_page *p,
                                  const struct bundle_item *item)
{
    const struct bundle_list *l = &p->figure->rows;
    const struct bundle_row *row = bundle_row_find(b, l->ledger, item->id);
    struct frozen_row made = { .quantity = item->quantity,
                               .place = item->place };
    const struct ledger *ledger = ledger_find(l->ledger);
    struct journal_leaf leaf;

    if (!row || !journal_leaf_read(row->leaf, &leaf))
        return made;
    made.shown =
        row->shown.n ? row->shown : str_fmt(c->m, "%lld", (long long)row->id);
    made.entry = (int64_t)leaf.seq;
    p->closed |= !row->open;
    if (ledger)
        made.path = row_path(c->m, ledger, row->id);
    for (size_t i = 0; i < p->columns_n; i++)
        made.cells[i] = cell_of(c, b, row, p->columns[i]);
    return made;
}

static struct str page_path(struct ctx *c, int64_t page)
{
    return ctx_link(c, S("page"), str_fmt(c->m, "%lld", (long long)page));
}

static void fill_rows(struct ctx *c, const struct bundle *b,
                      struct rows_page *p)
{
    const struct bundle_list *l = &p->figure->rows;
    size_t from;

    p->all = (int64_t)l->n;
    p->pages = l->n ? ((int64_t)l->n + ROWS_PAGE - 1) / ROWS_PAGE : 1;
    if (!str_int(ctx_query(c, S("page")), &p->page) || p->page < 1)
        p->page = 1;
    if (p->page > p->pages)
        p->page = p->pages;
    from = (size_t)(p->page - 1) * ROWS_PAGE;
    p->rows = NEW_ARRAY(c->m, struct frozen_row, ROWS_PAGE);
    for (size_t i = from; i < l->n && p->n < ROWS_PAGE; i++)
        p->rows[p->n++] = make_row(c, b, p, &l->items[i]);
    if (p->page > 1)
        p->before = page_path(c, p->page - 1);
    if (p->page < p->pages)
        p->after = page_path(c, p->page + 1);
}

static struct str said_today(struct ctx *c, const struct report *s,
                             struct str key)
{
    const struct figure *f = figure_find(key);
    struct figure_value v;

    if (!f)
        return S("");
    v = figure_read(ctx_scope(c), (int32_t)s->year, f);
    return figure_text(c->m, &v);
}

enum err show_report_rows(struct ctx *c)
{
    struct rows_page p = { .n = 0 };
    const struct ledger *l;
    struct version v = { .number = 0 };
    struct bundle b = { .rows_n = 0 };
    enum err e = report_of(c, &p.report);

    if (e == OK)
        e = version_of(c, &p.report, &v, &b);
    if (e != OK)
        return e;
    p.figure = bundle_figure_find(&b, c->params[2]);
    if (!p.figure)
        return refuse(c, E_ABSENT,
                      TEXT("这一版里没有这个数字",
                           "there is no such number in this "
                           "version"));
    p.version = v.number;
    p.at = str_slice(b.at, 0, 10);
    p.shown = figure_text(c->m, &p.figure->value);
    p.today = said_today(c, &p.report, p.figure->figure.key);
    l = ledger_find(p.figure->rows.ledger);
    p.unit = l ? l->unit : TEXT("行", "rows");
    if (l)
        choose_columns(l, &p);
    fill_rows(c, &b, &p);
    view_report_rows(page_body(c), &p);
    return page_send(
        c, &(struct page){
               .title = p.figure->figure.label,
               .feature = S("reports"),
               .crumbs = {
                   { TEXT("年度答卷", "Answer sheets"), S("/sheets") },
                   { text_fmt(c->m, "%.*s 第 %lld 版", "%.*s version %lld",
                              STR_ARG(p.report.slug), (long long)p.version),
                     str_fmt(c->m, "/sheets/%.*s/%lld", STR_ARG(p.report.slug),
                             (long long)p.version) },
               },
           });
}
