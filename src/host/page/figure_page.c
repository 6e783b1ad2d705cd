/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A figure opened: its rule in words, and exactly the rows behind it, fifty
 * a page. Visitors see the rows of open ledgers, with persons masked.
 */
#include "host/page/figure_page.h"
#include "base/date.h"
#include "base/json.h"
#include "host/ledger/cell.h"
#include "host/ledger/row.h"
#include "host/list/list.h"
#include "host/page/views/figure.h"
#include "interchange/write.h"

enum { PAGE_ROWS = 50, EXPORT_MAX = 1 << 28 };

enum err list_figures(struct ctx *c)
{
    struct figures_page p = { .year = c->year };
    size_t n = 0;

    while (figure_at(n))
        n++;
    p.figures = NEW_ARRAY(c->m, struct shown_figure, n);
    for (; p.n < n; p.n++)
        p.figures[p.n] = show_value(c, figure_at(p.n));
    view_figures(page_body(c), &p);
    return page_send(c, &(struct page){ .title =
                                            TEXT("全部数字", "All figures") });
}

/* The columns of the rows behind a figure: the listed ones one may see. */
static size_t choose_columns(struct ctx *c, const struct ledger *l,
                             size_t *ret_columns)
{
    struct asker a = ctx_asker(c);
    bool full = list_reach(&a, l) != LIST_NONE;
    size_t n = 0;

    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_TITLE) ||
            (column_is(&l->columns[i], COLUMN_LISTED) &&
             list_sight(&l->columns[i], !full) != LIST_HIDDEN))
            ret_columns[n++] = i;
    return n;
}

static enum err find(struct ctx *c, struct figure_page *p)
{
    const struct figure *f = figure_find(c->params[0]);

    if (!f)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个数字", "there is no such figure"));
    p->ctx = c;
    p->shown = show_value(c, f);
    p->ledger = kind_ledger(f->kind, NULL);
    if (!p->ledger->open && c->who.account == 0)
        return refuse(c, E_SIGNIN,
                      TEXT("这些记录不对外公开，请先登录",
                           "these rows are not public; sign in first"));
    p->base = ledger_path(c->m, p->ledger);
    p->columns = NEW_ARRAY(c->m, size_t, p->ledger->columns_n);
    p->columns_n = choose_columns(c, p->ledger, p->columns);
    return OK;
}

/* Read the rows from `skip` on into the page. */
static void read_rows(struct ctx *c, struct figure_page *p, int64_t skip,
                      int64_t most)
{
    struct scope in = ctx_scope(c);
    struct asker asker = ctx_asker(c);
    struct figure_rows rows = figure_rows(in, &p->shown.value, skip, most);
    size_t cap = 64;
    int64_t id;
    int64_t quantity;

    p->rows = NEW_ARRAY(c->m, struct counted_row, cap);
    while (figure_rows_next(&rows, &id, &quantity)) {
        if (p->rows_n == cap) {
            p->rows = mem_grow(c->m, p->rows, cap * sizeof(*p->rows),
                               2 * cap * sizeof(*p->rows));
            cap *= 2;
        }
        p->rows[p->rows_n].quantity = quantity;
        if (!row_load(in, p->ledger, id, &p->rows[p->rows_n].row)) {
            if (tx_err(in.tx) == OK)
                BUG("a record of no row: %lld", (long long)id);
            return;
        }
        p->rows[p->rows_n].strange =
            relations(&asker, p->rows[p->rows_n].row) == 0;
        p->rows_n++;
    }
}

struct str figure_cell(struct html *h, const struct figure_page *p, size_t row,
                       size_t column)
{
    const struct ledger_row *r = p->rows[row].row;
    const struct column *col = &p->ledger->columns[column];
    enum list_sight sight = list_sight(col, p->rows[row].strange);
    struct mem *m = p->ctx->m;
    struct str s =
        cell_text(m, col, &r->values[column], r->labels[column], h->lang);

    if (sight == LIST_HIDDEN)
        return S("");
    return sight == LIST_MASKED ? cell_mask(m, s) : s;
}

/* How many rows stand behind it; seats and ratios count theirs. */
static int64_t rows_behind(struct ctx *c, const struct figure_value *v)
{
    const struct figure *f = v->figure;

    if (f->measure == MEASURE_SEATS)
        return v->value;
    return tally_read(ctx_scope(c), v->year,
                      f->measure == MEASURE_RATIO ? f->whole : f->kind,
                      f->category)
        .n;
}

enum err show_figure(struct ctx *c)
{
    struct figure_page p = { .page = 1 };
    enum err e = find(c, &p);
    int64_t asked;

    if (e != OK)
        return e;
    p.total = rows_behind(c, &p.shown.value);
    p.pages = (p.total + PAGE_ROWS - 1) / PAGE_ROWS;
    if (str_int(ctx_query(c, S("page")), &asked) && asked > 0 &&
        asked <= p.pages)
        p.page = asked;
    read_rows(c, &p, (p.page - 1) * PAGE_ROWS, PAGE_ROWS);
    p.first = (p.page - 1) * PAGE_ROWS + 1;
    view_figure(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = p.shown.figure->label,
                            .feature = p.ledger->feature,
                            .crumbs = { { TEXT("全部数字", "All figures"),
                                          S("/figures") } },
                        });
}

enum err export_figure_csv(struct ctx *c)
{
    struct figure_page p = { .page = 1 };
    enum err e = find(c, &p);
    struct html h = { .lang = c->lang };
    struct sheet_column *cols;
    struct sheet_writer *w;
    struct text reason;
    struct str bytes;

    if (e != OK)
        return e;
    read_rows(c, &p, 0, INT64_MAX);
    cols = NEW_ARRAY(c->m, struct sheet_column, p.columns_n + 1);
    for (size_t i = 0; i < p.columns_n; i++)
        cols[i].header =
            text_in(p.ledger->columns[p.columns[i]].label, c->lang);
    cols[p.columns_n].header = text_in(TEXT("计数", "Counts as"), c->lang);
    w = sheet_writer_new(c->m, SHEET_CSV, p.shown.figure->key);
    sheet_writer_head(w, cols, p.columns_n + 1);
    for (size_t r = 0; r < p.rows_n; r++) {
        for (size_t i = 0; i < p.columns_n; i++)
            sheet_writer_text(w, figure_cell(&h, &p, r, p.columns[i]));
        sheet_writer_int(w, p.rows[r].quantity);
        sheet_writer_end_row(w);
    }
    if (sheet_writer_finish(w, &bytes, &reason) != OK)
        return refuse(c, E_SIZE, reason);
    return send_file(c, S("text/csv; charset=utf-8"),
                     str_fmt(c->m, "%.*s-%d.csv", STR_ARG(p.shown.figure->key),
                             c->year),
                     bytes);
}

enum err export_figure_json(struct ctx *c)
{
    struct figure_page p = { .page = 1 };
    enum err e = find(c, &p);
    struct html h = { .lang = c->lang };
    struct buf *b = buf_new(c->m, EXPORT_MAX);
    struct json j;

    if (e != OK)
        return e;
    read_rows(c, &p, 0, INT64_MAX);
    json_init(&j, b);
    json_open(&j, '[');
    for (size_t r = 0; r < p.rows_n; r++) {
        json_open(&j, '{');
        json_pair_int(&j, S("id"), p.rows[r].row->id);
        json_pair_int(&j, S("quantity"), p.rows[r].quantity);
        for (size_t i = 0; i < p.columns_n; i++)
            json_pair(&j, p.ledger->columns[p.columns[i]].key,
                      figure_cell(&h, &p, r, p.columns[i]));
        json_close(&j, '}');
    }
    json_close(&j, ']');
    return send_bytes(c, S("application/json; charset=utf-8"), buf_str(b));
}
