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
#include "host/list/figure_sheet.h"
#include "host/page/views/figure.h"

enum { PAGE_ROWS = 50 };

/* As of the day; in words, where that is not known. */
static struct shown_figure show_on(struct ctx *c, const struct figure *f,
                                   int32_t day)
{
    if (!day || figure_knows_days(f))
        return show_part(c, f, (struct figure_part){ .day = day });
    return (struct shown_figure){
        .figure = f,
        .value = { .figure = f,
                   .year = c->year,
                   .rule = policy_words(ctx_scope(c), c->year, f->rule) },
        .number =
            text_in(TEXT("只知道现在的", "known as of now alone"), c->lang),
        .missing = true,
    };
}

enum err list_figures(struct ctx *c)
{
    struct figures_page p = { .ctx = c,
                              .year = c->year,
                              .keys = c->who.account != 0 };
    size_t n = figure_total();
    enum err e = ctx_day(c, &p.day);

    if (e != OK)
        return e;
    p.figures = NEW_ARRAY(c->m, struct shown_figure, n);
    for (; p.n < n; p.n++)
        p.figures[p.n] = show_on(c, figure_at(p.n), p.day);
    view_figures(page_body(c), &p);
    return page_send(c, &(struct page){ .title =
                                            TEXT("全部数字", "All figures") });
}

/* What it says today, beside what it said on the day of the figure. */
static bool is_of_today(const struct figure *f, const struct column *col)
{
    return f->measure == MEASURE_STANDING && column_is(col, COLUMN_PERIOD);
}

/*
 * The columns of the rows behind a figure: the title, those of lists and those
 * that make the number, as far as one may see them.
 */
static size_t choose_columns(struct ctx *c, const struct figure *f,
                             const struct ledger *l, size_t *ret_columns)
{
    struct asker a = ctx_asker(c);
    bool full = list_reach(&a, l) != LIST_NONE;
    uint64_t makes = figure_looks_at(f);
    size_t n = 0;

    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_TITLE) ||
            ((column_is(&l->columns[i], COLUMN_LISTED) || makes & AT(i)) &&
             !is_of_today(f, &l->columns[i]) &&
             list_sight(&l->columns[i], !full) != LIST_HIDDEN))
            ret_columns[n++] = i;
    return n;
}

/* The part that the address asks for; false: there is no such part. */
static bool read_part(struct ctx *c, const struct figure *f,
                      struct figure_part *ret)
{
    struct str month = ctx_query(c, S("month"));
    const struct column *categories = figure_categories(f);
    int64_t number = 0;

    *ret = (struct figure_part){ .category = ctx_query(c, S("part")) };
    if (month.n && (!str_int(month, &number) || number < 1 || number > MONTHS))
        return false;
    ret->month = (int)number;
    if (ret->category.n)
        return categories && choice_find(categories, ret->category);
    return !ret->month || figure_has_parts(f);
}

/* 3 月，城市建管 */
static struct text part_words(struct mem *m, const struct figure *f,
                              const struct figure_part *only)
{
    struct text month = only->month
                            ? text_fmt(m, "%d 月", "month %d", only->month)
                            : TEXT("", "");
    const struct choice *o =
        only->category.n ? choice_find(figure_categories(f), only->category)
                         : NULL;

    if (!o)
        return month;
    if (!only->month)
        return o->label;
    return (struct text){
        str_fmt(m, "%.*s，%.*s", STR_ARG(month.zh), STR_ARG(o->label.zh)),
        str_fmt(m, "%.*s, %.*s", STR_ARG(month.en), STR_ARG(o->label.en)),
    };
}

/*
 * Where each row counts once, its number says nothing: a phone keeps what
 * stands after the title.
 */
static size_t first_after_title(const struct figure_page *p)
{
    bool after = false;

    for (size_t i = 0; i < p->columns_n; i++) {
        const struct column *col = &p->ledger->columns[p->columns[i]];

        if (after && !column_is_number(col))
            return p->columns[i];
        after = after || column_is(col, COLUMN_TITLE);
    }
    return SIZE_MAX;
}

/* Which figure, and which part of it; refused where there is none. */
static enum err read_address(struct ctx *c, const struct figure **ret_figure,
                             struct figure_part *ret_only)
{
    const struct figure *f = figure_find(c->params[0]);
    int32_t day;
    enum err e = ctx_day(c, &day);

    if (!f)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个数字", "there is no such figure"));
    if (e != OK)
        return e;
    if (!read_part(c, f, ret_only))
        return refuse(c, E_ABSENT,
                      TEXT("这个数字没有这一部分，请打开整个数字",
                           "the figure has no such part; open the whole"));
    if (day && !figure_knows_days(f))
        return refuse(c, E_ABSENT,
                      TEXT("这个数字只知道现在的，说不出某一天的；"
                           "去掉日期再打开",
                           "the figure is known as of now alone, not of a "
                           "day; open it without one"));
    ret_only->day = day;
    *ret_figure = f;
    return OK;
}

static enum err find(struct ctx *c, struct figure_page *p)
{
    const struct figure *f = NULL;
    struct figure_part only = { 0 };
    enum err e = read_address(c, &f, &only);

    if (e != OK)
        return e;
    p->ctx = c;
    p->shown = show_part(c, f, only);
    p->part = part_words(c->m, f, &only);
    p->ledger = figure_ledger(f);
    if (!p->ledger->open && c->who.account == 0)
        return refuse(c, E_SIGNIN,
                      TEXT("这些记录不对外公开，请先登录",
                           "these rows are not public; sign in first"));
    p->base = ledger_path(c->m, p->ledger);
    p->columns = NEW_ARRAY(c->m, size_t, p->ledger->columns_n);
    p->columns_n = choose_columns(c, f, p->ledger, p->columns);
    p->counts_n = counted_columns(c->m, f, p->counts);
    p->kept = figure_has_quantities(f) || f->measure == MEASURE_SEATS
                  ? SIZE_MAX
                  : first_after_title(p);
    return OK;
}

/* Where the rows of a page come from, and who reads them. */
struct reading {
    struct figure_page *page;
    struct recount rows;
    struct asker asker;
    struct mem *m; /* of the row at hand */
};

static bool shows_personal(const struct figure_page *p,
                           const struct counted_row *row)
{
    for (size_t i = 0; i < p->columns_n; i++)
        if (list_is_personal(&p->ledger->columns[p->columns[i]]) &&
            row_has(row->of.row, p->columns[i]))
            return !row->strange;
    return false;
}

/* The row that comes, as the reader may see it; false at the end. */
static bool next_row(struct reading *r, struct counted_row *ret)
{
    if (recount_next(&r->rows, r->m, &ret->of)) {
        ret->strange = relations(&r->asker, ret->of.row) == 0;
        r->page->personal += shows_personal(r->page, ret);
        return true;
    }
    if (r->rows.lost && tx_err(r->rows.in.tx) == OK)
        BUG("a record of no row: %lld", (long long)r->rows.lost);
    return false;
}

/* Of rows from this one on, at most so many. */
static struct reading open_rows(struct figure_page *p, struct mem *m,
                                int64_t from, int64_t most)
{
    struct reading r = { .page = p, .asker = ctx_asker(p->ctx), .m = m };

    r.asker.in.m = m;
    recount_open(ctx_scope(p->ctx), &p->shown.value,
                 &(struct figure_span){ from, most, p->after, p->before,
                                        p->total },
                 &r.rows);
    return r;
}

/* As for the list (export_page.c): who, what, how many, never a value. */
static void note_rows(struct ctx *c, const struct figure_page *p,
                      enum audit_kind kind, const char *form)
{
    note_personal(c, &(struct audit_event){ .kind = kind,
                                            .what = p->shown.figure->key,
                                            .form = str_from(form),
                                            .n = p->personal });
}

/* Read the rows of the page asked for. */
static void read_rows(struct ctx *c, struct figure_page *p)
{
    struct reading r = open_rows(p, c->m, (p->page - 1) * PAGE_ROWS, PAGE_ROWS);

    p->rows = NEW_ARRAY(c->m, struct counted_row, PAGE_ROWS + 1);
    while (next_row(&r, &p->rows[p->rows_n]))
        p->rows_n++;
}

/* What the reader may see of a cell whose text is `s`. */
static struct str seen(const struct counted_row *row, size_t i, struct mem *m,
                       struct str s)
{
    enum list_sight sight = list_sight_in(row->of.row, i, row->strange);

    if (sight == LIST_HIDDEN)
        return S("");
    return sight == LIST_MASKED ? cell_mask(m, s) : s;
}

/* As a file has it. */
static struct str cell_of(const struct figure_page *p,
                          const struct counted_row *row, size_t i,
                          struct mem *m)
{
    const struct ledger_row *r = row->of.row;
    const struct column *col = &p->ledger->columns[i];

    return seen(row, i, m,
                cell_text(m, col, &r->values[i], r->labels[i], p->ctx->lang));
}

struct str figure_path(const struct figure_page *p)
{
    return str_fmt(p->ctx->m, "/figures/%.*s", STR_ARG(p->shown.figure->key));
}

struct str figure_link(const struct figures_page *p, size_t i)
{
    const struct figure *f = p->figures[i].figure;

    if (p->day && figure_knows_days(f))
        return figure_address(p->ctx->m, &p->figures[i].value, S(""));
    return str_fmt(p->ctx->m, "/figures/%.*s", STR_ARG(f->key));
}

struct str figure_page_link(const struct figure_page *p, int64_t page)
{
    struct str all = figure_address(p->ctx->m, &p->shown.value, S(""));
    struct str key = S("");
    int64_t id = 0;

    if (page == p->page + 1 && p->rows_n) {
        key = S("&after=");
        id = p->rows[p->rows_n - 1].of.row->id;
    } else if (page == p->page - 1 && page > 1 && p->rows_n) {
        key = S("&before=");
        id = p->rows[0].of.row->id;
    }
    return str_fmt(p->ctx->m, "%.*s&page=%lld%.*s%.*s", STR_ARG(all),
                   (long long)page, STR_ARG(key),
                   STR_ARG(id ? str_of_int(p->ctx->m, id) : S("")));
}

struct str figure_file(const struct figure_page *p, const char *end)
{
    return figure_address(p->ctx->m, &p->shown.value,
                          str_fmt(p->ctx->m, "/rows.%s", end));
}

struct str figure_cell(const struct figure_page *p, size_t row, size_t i)
{
    const struct ledger_row *r = p->rows[row].of.row;
    const struct column *col = &p->ledger->columns[i];
    struct mem *m = p->ctx->m;

    return seen(&p->rows[row], i, m,
                cell_shown(m, col, &r->values[i], r->labels[i], p->ctx->lang));
}

static void draw(struct ctx *c, struct figure_page *p)
{
    const struct figure_value *v = &p->shown.value;

    if (v->only.month || !chart_months(c, v, &p->months))
        p->months.n = 0;
    if (v->only.month || v->only.category.n ||
        !chart_categories(c, v, &p->categories))
        p->categories.n = 0;
}

/* The page asked for, and the row that the one beside it ended with. */
static void read_page(struct ctx *c, struct figure_page *p)
{
    int64_t n;

    p->pages = (p->total + PAGE_ROWS - 1) / PAGE_ROWS;
    if (!str_int(ctx_query(c, S("page")), &n) || n < 2 || n > p->pages)
        return;
    p->page = n;
    if (str_int(ctx_query(c, S("after")), &n))
        p->after = n;
    else if (str_int(ctx_query(c, S("before")), &n))
        p->before = n;
}

enum err show_figure(struct ctx *c)
{
    struct figure_page p = { .page = 1 };
    enum err e = find(c, &p);
    int64_t line;

    if (e != OK)
        return e;
    if (figure_line(&p.shown.value, &line))
        p.line = points_text(c->m, line);
    p.policies_n =
        policies_named(ctx_scope(c), c->year, p.shown.figure->rule, p.policies);
    p.total = recount_rows(ctx_scope(c), &p.shown.value);
    read_page(c, &p);
    draw(c, &p);
    read_rows(c, &p);
    p.first = (p.page - 1) * PAGE_ROWS + 1;
    note_rows(c, &p, AUDIT_SHOWN, "page");
    view_figure(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = p.shown.figure->label,
                            .feature = p.ledger->feature,
                            .crumbs = { { TEXT("全部数字", "All figures"),
                                          S("/figures") } },
                        });
}

/* ---- as a file ---- */

static void put_row(struct figure_sheet *s, const struct figure_page *p,
                    const struct counted_row *row, struct mem *m)
{
    for (size_t i = 0; i < p->columns_n; i++) {
        const struct column *col = s->columns[i];
        enum list_sight sight = list_sight(col, row->strange);
        struct value v = row->of.row->values[p->columns[i]];

        if (sight == LIST_HIDDEN)
            v = column_none(col);
        figure_sheet_cell(s, col, &v, cell_of(p, row, p->columns[i], m));
    }
    figure_sheet_counts(s, &row->of);
}

static enum err write_sheet(struct ctx *c, struct figure_page *p,
                            enum sheet_format format, struct spool *to)
{
    const struct column **columns =
        NEW_ARRAY(c->m, const struct column *, p->columns_n);
    struct figure_sheet s = { .m = c->m,
                              .lang = c->lang,
                              .value = &p->shown.value,
                              .columns = columns,
                              .columns_n = p->columns_n,
                              .to = to };
    struct mem *m = mem_child(c->m); /* of one row */
    struct counted_row row;
    struct reading r;

    for (size_t i = 0; i < p->columns_n; i++)
        columns[i] = &p->ledger->columns[p->columns[i]];
    figure_sheet_open(&s, format);
    r = open_rows(p, m, 0, INT64_MAX);
    for (; next_row(&r, &row); mem_reset(m))
        put_row(&s, p, &row, m);
    mem_free(m);
    return figure_sheet_close(&s, &c->refusal);
}

static struct str file_of(struct ctx *c, const struct figure_page *p,
                          const char *end)
{
    return str_fmt(c->m, "%.*s-%d%.*s%s%.*s.%s", STR_ARG(p->shown.figure->key),
                   c->year, STR_ARG(text_in(p->part, c->lang)),
                   p->shown.day.n ? "-" : "",
                   STR_ARG(date_iso(c->m, p->shown.value.only.day)), end);
}

static enum err send_sheet(struct ctx *c, enum sheet_format format)
{
    const char *end = format == SHEET_CSV ? "csv" : "xlsx";
    struct figure_page p = { .page = 1 };
    struct spool *to = ctx_spool(c);
    enum err e = find(c, &p);

    if (e == OK)
        e = write_sheet(c, &p, format, to);
    if (e != OK)
        return e;
    note_rows(c, &p, AUDIT_TAKEN, end);
    return send_spool(c, export_type(format), file_of(c, &p, end), to);
}

enum err export_figure_csv(struct ctx *c)
{
    return send_sheet(c, SHEET_CSV);
}

enum err export_figure_xlsx(struct ctx *c)
{
    return send_sheet(c, SHEET_XLSX);
}

static struct str json_name(enum counted_what what)
{
    static const struct str names[] = {
        [COUNTED_PLACE] = S_INIT("place"),
        [COUNTED_POINTS] = S_INIT("points"),
        [COUNTED_PART] = S_INIT("part"),
        [COUNTED_QUANTITY] = S_INIT("quantity"),
        [COUNTED_VALUE] = S_INIT("quantity"),
        [COUNTED_SINCE] = S_INIT("since"),
        [COUNTED_DAYS] = S_INIT("days"),
    };

    return names[what];
}

static void put_object(struct json *j, const struct figure_page *p,
                       const struct counted_row *row, struct mem *m)
{
    json_open(j, '{');
    json_pair_int(j, S("id"), row->of.row->id);
    for (size_t i = 0; i < p->counts_n; i++) {
        const struct counted_column *col = &p->counts[i];

        if (col->what == COUNTED_SHARE)
            continue;
        json_key(j, json_name(col->what));
        if (col->what == COUNTED_SINCE) {
            json_str(j, date_iso(m, row->of.since));
            continue;
        }
        json_decimal(j, counted_number(col, &row->of),
                     col->what == COUNTED_POINTS ? 4 : 0);
    }
    for (size_t i = 0; i < p->columns_n; i++)
        json_pair(j, p->ledger->columns[p->columns[i]].key,
                  cell_of(p, row, p->columns[i], m));
    json_close(j, '}');
}

static enum err write_json(struct ctx *c, struct figure_page *p,
                           struct spool *to)
{
    struct mem *m = mem_child(c->m); /* of one row */
    struct counted_row row;
    struct reading r;
    struct json j;

    json_init(&j, spool_buf(to));
    json_open(&j, '[');
    r = open_rows(p, m, 0, INT64_MAX);
    for (; next_row(&r, &row); mem_reset(m)) {
        put_object(&j, p, &row, m);
        spool_flush(to);
    }
    json_close(&j, ']');
    mem_free(m);
    return spool_end(to, &c->refusal);
}

enum err export_figure_json(struct ctx *c)
{
    struct figure_page p = { .page = 1 };
    struct spool *to = ctx_spool(c);
    enum err e = find(c, &p);

    if (e == OK)
        e = write_json(c, &p, to);
    if (e != OK)
        return e;
    note_rows(c, &p, AUDIT_TAKEN, "json");
    return send_spool(c, S("application/json; charset=utf-8"),
                      file_of(c, &p, "json"), to);
}
