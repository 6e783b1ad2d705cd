/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The rows behind a published number, as they were frozen. Values come from
 * the opened contents; the words for columns and choices are today's. What is
 * shown is read from the version's sections, and nothing else of it.
 */
#include "feature/reports/frozen.h"
#include "feature/reports/pages.h"

#include "feature/reports/views/rows.h"
#include "host/ledger/cell.h"
#include "host/list/figure_sheet.h"

/* What is read of the version while a page or a file is made. */
struct behind {
    struct frozen_rows rows;
    struct frozen_rows others;   /* that these refer to */
    struct frozen_shares shares; /* of a ratio */
};

static void open_behind(struct ctx *c, const struct rows_page *p,
                        struct behind *b)
{
    struct scope in = ctx_scope(c);

    frozen_rows_open(&b->rows, in, p->frozen);
    frozen_rows_open(&b->others, in, p->frozen);
    frozen_shares_open(&b->shares, in, p->frozen, p->now.key);
}

/*
 * The columns after the name: those of lists and those that make the number,
 * if they are open to visitors and not personal.
 */
static void choose_columns(struct ctx *c, const struct ledger *l,
                           struct rows_page *p)
{
    uint64_t makes = figure_looks_at(&p->now);

    p->columns = NEW_ARRAY(c->m, const struct column *, l->columns_n);
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];

        if (!column_is(col, COLUMN_TITLE) &&
            (column_is(col, COLUMN_LISTED) || makes & AT(i)) &&
            !column_is(col, COLUMN_PERSONAL | COLUMN_INTERNAL))
            p->columns[p->columns_n++] = col;
    }
}

/* The value as it was frozen; missing where the row holds none. */
static struct value kept_value(struct mem *m, const struct bundle_row *row,
                               const struct column *col)
{
    struct str raw;
    int64_t i;

    if (!row || !bundle_value(m, row, col->key, &raw))
        return column_none(col);
    if (!column_is_int(col))
        return STR(raw);
    return str_int(raw, &i) ? INT(i) : column_none(col);
}

static struct str cell_of(struct ctx *c, struct behind *b,
                          const struct bundle_row *row,
                          const struct column *col)
{
    struct value v = kept_value(c->m, row, col);
    struct str to = col->type == COLUMN_REF && !v.missing
                        ? frozen_name(&b->others, col->ref, v.i)
                        : S("");

    return cell_shown(c->m, col, &v, to, c->lang);
}

static struct str id_key(struct mem *m, int64_t id)
{
    return str_fmt(m, "%lld", (long long)id);
}

static struct counted counted_of(struct behind *b, const struct rows_page *p,
                                 const struct bundle_item *item)
{
    struct counted of = { .quantity = item->quantity,
                          .place = item->place,
                          .points = item->points,
                          .since = item->since };

    if (item->since)
        of.days = days_standing(item->since, p->value.only.day);
    if (p->now.measure == MEASURE_RATIO)
        of.part = frozen_share(&b->shares, item->id);
    return of;
}

static struct frozen_row make_row(struct ctx *c, struct behind *b,
                                  struct rows_page *p,
                                  const struct bundle_item *item)
{
    const struct ledger *ledger = ledger_find(p->rows_list.ledger);
    struct frozen_row made = { .of = counted_of(b, p, item) };
    struct journal_leaf leaf;
    struct bundle_row row;

    made.cells = NEW_ARRAY(c->m, struct str, p->columns_n + 1);
    if (!frozen_find(&b->rows, p->rows_list.ledger, item->id, &row) ||
        !journal_leaf_read(row.leaf, &leaf))
        return made;
    made.shown = row.shown.n ? str_dup(c->m, row.shown) : id_key(c->m, row.id);
    made.entry = (int64_t)leaf.seq;
    p->closed |= !row.open;
    if (ledger)
        made.path = row_path(c->m, ledger, row.id);
    for (size_t i = 0; i < p->columns_n; i++)
        made.cells[i] = str_dup(c->m, cell_of(c, b, &row, p->columns[i]));
    return made;
}

static struct str page_path(struct ctx *c, int64_t page)
{
    return ctx_link(c, S("page"), str_fmt(c->m, "%lld", (long long)page));
}

/* Items of its list, from one on. */
static struct frozen_from items_from(const struct rows_page *p, int64_t first)
{
    return (struct frozen_from){
        .frozen = p->frozen,
        .name = S("rows"),
        .key = p->now.key,
        .standing = p->now.measure == MEASURE_STANDING,
        .first = first,
    };
}

static void fill_rows(struct ctx *c, struct rows_page *p)
{
    struct frozen_items items;
    struct frozen_from from;
    struct bundle_item item;
    struct behind b;

    p->all = (int64_t)p->rows_list.n;
    p->pages = p->all ? (p->all + ROWS_PAGE - 1) / ROWS_PAGE : 1;
    if (!str_int(ctx_query(c, S("page")), &p->page) || p->page < 1)
        p->page = 1;
    if (p->page > p->pages)
        p->page = p->pages;
    from = items_from(p, (p->page - 1) * ROWS_PAGE);
    p->rows = NEW_ARRAY(c->m, struct frozen_row, ROWS_PAGE);
    open_behind(c, p, &b);
    frozen_items_open(&items, ctx_scope(c), &from);
    while (p->n < ROWS_PAGE && frozen_items_next(&items, &item))
        p->rows[p->n++] = make_row(c, &b, p, &item);
    frozen_items_end(&items);
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
    return figure_shown(c->m, &v);
}

/* Points of the last seat; 0: none, or they are not said. */
static int64_t last_points(struct ctx *c, const struct rows_page *p)
{
    struct frozen_from from = items_from(p, (int64_t)p->rows_list.n - 1);
    struct bundle_item item = { .points = 0 };
    struct frozen_items items;

    if (p->rows_list.n == 0)
        return 0;
    frozen_items_open(&items, ctx_scope(c), &from);
    frozen_items_next(&items, &item);
    frozen_items_end(&items);
    return item.points;
}

/* Its words and value as frozen, its kinds as declared today, if at all. */
static void set_figure(struct ctx *c, struct rows_page *p)
{
    const struct figure *today = figure_find(p->figure->figure.key);

    p->now = p->figure->figure;
    if (today && today->measure == p->now.measure) {
        p->now.kind = today->kind;
        p->now.whole = today->whole;
        p->now.category = today->category;
        p->policies_n = policies_named(ctx_scope(c), (int32_t)p->report.year,
                                       today->rule, p->policies);
    }
    p->value = p->figure->value;
    p->value.figure = &p->now;
    p->shown = figure_shown(c->m, &p->value);
    p->counts_n = counted_columns(c->m, &p->now, p->counts);
    if (p->now.measure == MEASURE_SEATS && last_points(c, p))
        p->line = points_text(c->m, last_points(c, p));
}

/* The version of the path, without the rows behind its figures. */
static enum err find_version(struct ctx *c, struct bundle *b,
                             struct rows_page *p)
{
    struct version v = { .number = 0 };
    enum err e = report_of(c, &p->report);

    if (e == OK)
        e = version_of(c, &p->report, &v);
    if (e == OK)
        e = front_of(c, &p->report, v.number, b);
    p->ctx = c;
    p->version = v.number;
    p->frozen = v.frozen;
    return e;
}

/* One of its numbers, what is said about it, and what its rows are of. */
static enum err take_figure(struct ctx *c, const struct bundle *b,
                            const struct bundle_figure *f, struct rows_page *p)
{
    const struct ledger *l = ledger_find(f->rows.ledger);

    p->figure = f;
    p->base = str_fmt(c->m, "/sheets/%.*s/%lld/%.*s", STR_ARG(p->report.slug),
                      (long long)p->version, STR_ARG(f->figure.key));
    p->at = str_slice(b->at, 0, 10);
    p->today = said_today(c, &p->report, f->figure.key);
    if (!frozen_list(ctx_scope(c), p->frozen, S("rows"), f->figure.key,
                     &p->rows_list))
        return refuse(c, E_STORE,
                      TEXT("这一版的名单读不出来；请运行 dajuan verify",
                           "the rows of this version cannot be read; run "
                           "dajuan verify"));
    set_figure(c, p);
    p->unit = l ? l->unit : TEXT("行", "rows");
    if (l)
        choose_columns(c, l, p);
    return OK;
}

static enum err find(struct ctx *c, struct bundle *b, struct rows_page *p)
{
    const struct bundle_figure *f;
    enum err e = find_version(c, b, p);

    if (e != OK)
        return e;
    f = bundle_figure_find(b, c->params[2]);
    if (!f)
        return refuse(c, E_ABSENT,
                      TEXT("这一版里没有这个数字",
                           "there is no such number in this "
                           "version"));
    return take_figure(c, b, f, p);
}

enum err show_report_rows(struct ctx *c)
{
    struct rows_page p = { .n = 0 };
    struct bundle b = { .rows_n = 0 };
    enum err e = find(c, &b, &p);

    if (e != OK)
        return e;
    fill_rows(c, &p);
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

/* ---- as a file ---- */

static const struct column name_column = COLUMN(TEXT, "shown", "名称", "Name");

static void put_row(struct ctx *c, struct behind *b, const struct rows_page *p,
                    struct figure_sheet *s, const struct bundle_item *item)
{
    struct bundle_row found;
    bool there = frozen_find(&b->rows, p->rows_list.ledger, item->id, &found);
    const struct bundle_row *row = there ? &found : NULL;
    struct str name =
        there && found.shown.n ? found.shown : id_key(c->m, item->id);
    struct counted of = counted_of(b, p, item);

    figure_sheet_cell(s, &name_column, &STR(name), name);
    for (size_t i = 1; i < s->columns_n; i++) {
        struct value v = kept_value(c->m, row, s->columns[i]);

        figure_sheet_cell(s, s->columns[i], &v,
                          cell_of(c, b, row, s->columns[i]));
    }
    figure_sheet_counts(s, &of);
}

static void fill_sheet(struct ctx *c, const struct rows_page *p,
                       struct figure_sheet *s, enum sheet_format format)
{
    struct frozen_from from = items_from(p, 0);
    struct frozen_items items;
    struct bundle_item item;
    struct behind b;
    const struct column **columns =
        NEW_ARRAY(c->m, const struct column *, p->columns_n + 1);

    columns[0] = &name_column;
    for (size_t i = 0; i < p->columns_n; i++)
        columns[i + 1] = p->columns[i];
    s->m = c->m;
    s->lang = c->lang;
    s->value = &p->value;
    s->columns = columns;
    s->columns_n = p->columns_n + 1;
    figure_sheet_open(s, format);
    open_behind(c, p, &b);
    frozen_items_open(&items, ctx_scope(c), &from);
    while (frozen_items_next(&items, &item))
        put_row(c, &b, p, s, &item);
    frozen_items_end(&items);
}

/* 2024-1-children.satisfaction.csv */
static enum err send_sheet(struct ctx *c, enum sheet_format format)
{
    struct rows_page p = { .n = 0 };
    struct bundle b = { .rows_n = 0 };
    struct figure_sheet s = { .to = ctx_spool(c) };
    enum err e = find(c, &b, &p);

    if (e != OK)
        return e;
    fill_sheet(c, &p, &s, format);
    e = figure_sheet_close(&s, &c->refusal);
    if (e != OK)
        return e;
    return send_spool(c, export_type(format),
                      str_fmt(c->m, "%.*s-%lld-%.*s.%s", STR_ARG(p.report.slug),
                              (long long)p.version, STR_ARG(p.now.key),
                              format == SHEET_CSV ? "csv" : "xlsx"),
                      s.to);
}

enum err send_report_csv(struct ctx *c)
{
    return send_sheet(c, SHEET_CSV);
}

enum err send_report_xlsx(struct ctx *c)
{
    return send_sheet(c, SHEET_XLSX);
}

/* ---- all of them as one workbook ---- */

static void put_value(struct sheet_writer *w, const struct figure_value *v)
{
    if (!v->known)
        sheet_writer_empty(w);
    else
        sheet_writer_decimal(w, v->value, figure_places(v->figure));
}

/* The numbers, each with its unit and rule: the sheets behind it follow. */
static struct sheet_writer *begin_workbook(struct ctx *c, struct spool *to,
                                           const struct bundle *b)
{
    static const struct text heads[] = {
        TEXT_INIT("数字", "Figure"),
        TEXT_INIT("数值", "Value"),
        TEXT_INIT("单位", "Unit"),
        TEXT_INIT("口径", "Counting rule"),
    };
    static const enum sheet_kind kinds[] = { SHEET_TEXT, SHEET_DECIMAL,
                                             SHEET_TEXT, SHEET_TEXT };
    static const unsigned widths[] = { 32, 12, 12, 80 };
    struct sheet_column *columns =
        NEW_ARRAY(c->m, struct sheet_column, COUNT(heads));
    struct sheet_writer *w =
        sheet_writer_new(c->m, to, SHEET_XLSX,
                         text_in(TEXT("全部数字", "All figures"), c->lang));

    for (size_t i = 0; i < COUNT(heads); i++)
        columns[i] =
            (struct sheet_column){ .header = text_in(heads[i], c->lang),
                                   .kind = kinds[i],
                                   .width = widths[i] };
    sheet_writer_head(w, columns, COUNT(heads));
    for (size_t i = 0; i < b->figures_n; i++) {
        const struct bundle_figure *f = &b->figures[i];
        bool ratio = f->figure.measure == MEASURE_RATIO;

        sheet_writer_text(w, text_in(f->figure.label, c->lang));
        put_value(w, &f->value);
        sheet_writer_text(w, ratio ? S("%") : text_in(f->figure.unit, c->lang));
        sheet_writer_text(w, text_in(f->value.rule, c->lang));
        sheet_writer_end_row(w);
    }
    return w;
}

enum err send_report_all(struct ctx *c)
{
    struct rows_page version = { .n = 0 };
    struct bundle b = { .rows_n = 0 };
    struct figure_sheet s = { .to = ctx_spool(c) };
    enum err e = find_version(c, &b, &version);

    if (e != OK)
        return e;
    s.w = begin_workbook(c, s.to, &b);
    for (size_t i = 0; i < b.figures_n; i++) {
        struct rows_page p = version;

        e = take_figure(c, &b, &b.figures[i], &p);
        if (e != OK)
            return e;
        fill_sheet(c, &p, &s, SHEET_XLSX);
        figure_sheet_end(&s);
    }
    e = sheet_writer_finish(s.w, &c->refusal);
    if (e != OK)
        return e;
    return send_spool(c, export_type(SHEET_XLSX),
                      str_fmt(c->m, "%.*s-%lld.xlsx",
                              STR_ARG(version.report.slug),
                              (long long)version.version),
                      s.to);
}
