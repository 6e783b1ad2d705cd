/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The list of a ledger. Everything around the rows is made before the view
 * runs; the rows themselves go from the store into the page one by one.
 */
#include "host/ledger/due.h"
#include "host/page/ledger_routes.h"
#include "host/page/list_view.h"

#include "host/page/views/list.h"

enum { WORDS_MAX = 4096, AROUND = 2, PAPER_ROWS = 5000 };

/* ---- how many rows, which, in which order: in words ---- */

static void put_words(struct buf *b, enum lang l, struct text words)
{
    buf_put(b, text_in(words, l));
}

static void put_count(struct mem *m, struct buf *b, const struct list_query *q,
                      struct list_count n)
{
    struct text unit = q->ledger->unit;
    struct text year = { S(""), S("") };

    if (q->year)
        year = text_fmt(m, "%d 年度", " in %d", q->year);
    if (list_is_filtered(q) && q->lang == LANG_EN)
        buf_fmt(b, "%lld of %lld %.*s%.*s", (long long)n.found,
                (long long)n.total, STR_ARG(unit.en), STR_ARG(year.en));
    else if (list_is_filtered(q))
        buf_fmt(b, "%.*s%s%lld %.*s中的 %lld %.*s", STR_ARG(year.zh),
                year.zh.n ? " " : "", (long long)n.total, STR_ARG(unit.zh),
                (long long)n.found, STR_ARG(unit.zh));
    else if (q->lang == LANG_EN)
        buf_fmt(b, "%lld %.*s%.*s", (long long)n.total, STR_ARG(unit.en),
                STR_ARG(year.en));
    else
        buf_fmt(b, "%.*s共 %lld %.*s", STR_ARG(year.zh), (long long)n.total,
                STR_ARG(unit.zh));
}

static void put_can(struct mem *m, struct buf *b, const struct list_query *q)
{
    struct str label = text_in(q->can->label, q->lang);

    put_words(b, q->lang,
              text_fmt(m, "，等您“%.*s”的", ", waiting for you to \"%.*s\"",
                       STR_ARG(label)));
}

static void put_filters(struct mem *m, struct buf *b,
                        const struct list_query *q)
{
    for (size_t i = 0; i < q->filters_n; i++) {
        const struct list_filter *f = &q->filters[i];
        struct text label = q->ledger->columns[f->column].label;

        if (!f->on)
            continue;
        put_words(b, q->lang, TEXT("，", ", "));
        put_words(b, q->lang, label);
        put_words(b, q->lang, TEXT("：", ": "));
        buf_put(b, f->shown);
    }
    if (q->folded.n)
        put_words(b, q->lang,
                  text_fmt(m, "，含“%.*s”", ", containing \"%.*s\"",
                           STR_ARG(q->search)));
    if (q->due == LIST_OVERDUE)
        put_words(b, q->lang, TEXT("，已逾期", ", overdue"));
    if (q->due == LIST_DUE_SOON)
        put_words(b, q->lang, TEXT("，7 天内到期", ", due within 7 days"));
    if (q->can)
        put_can(m, b, q);
    if (q->mine)
        put_words(b, q->lang, TEXT("，本单位及下级", ", of your unit"));
    if (q->voided)
        put_words(b, q->lang, TEXT("，包括作废的", ", voided ones too"));
}

static void put_order(struct buf *b, const struct list_query *q)
{
    if (list_is_by_due(q)) {
        put_words(b, q->lang, TEXT("，先到期的在前", ", first due first"));
        return;
    }
    if (q->sort == LIST_BY_ID) {
        if (q->desc)
            put_words(b, q->lang, TEXT("，新登记的在前", ", newest first"));
        return;
    }
    put_words(b, q->lang, TEXT("，按", ", by "));
    put_words(b, q->lang, column_shown(&q->ledger->columns[q->sort]));
    put_words(b, q->lang,
              q->desc ? TEXT("倒过来排", ", the other way round")
                      : TEXT("排序", ""));
}

static struct str words_of(struct mem *m, const struct list_query *q,
                           struct list_count n)
{
    struct buf *b = buf_new(m, WORDS_MAX);

    put_count(m, b, q, n);
    put_filters(m, b, q);
    if (n.found > 1)
        put_order(b, q);
    return buf_str(b);
}

/* ---- headers, filters, pages ---- */

static struct list_head head_of(struct mem *m, const struct list_query *q,
                                const struct list_column *lc)
{
    struct list_head h = { .column = lc->column,
                           .number = list_is_number(lc->column) };
    struct list_query link = *q;
    int at = (int)(lc->column - q->ledger->columns);

    if (list_sight_of_all(q, (size_t)at) != LIST_PLAIN)
        return h;
    h.sorted = LIST_SORT_NONE;
    if (q->sort == at)
        h.sorted = q->desc ? LIST_SORT_DOWN : LIST_SORT_UP;
    link.sort = at;
    link.desc = h.sorted == LIST_SORT_UP;
    link.page = 1;
    h.link = list_link(m, &link, S(""));
    return h;
}

/* A number that says something; 序号 counts nothing. */
static bool says_how_much(const struct column *c)
{
    return c->type == COLUMN_MARK ||
           (c->type == COLUMN_COUNT && c->unit != UNIT_NONE);
}

static bool is_choice(const struct column *c)
{
    return c->type == COLUMN_CHOICE;
}

static bool is_state(const struct column *c)
{
    return column_is(c, COLUMN_STATE);
}

static bool is_date(const struct column *c)
{
    return c->type == COLUMN_DATE;
}

/* The first column behind the name that is so; false: there is none. */
static bool keep_first(struct list_head *heads, size_t n,
                       bool (*is)(const struct column *))
{
    for (size_t i = 1; i < n; i++)
        if (is(heads[i].column)) {
            heads[i].keep = true;
            return true;
        }
    return false;
}

/* The date by which rows are listed as they fall due. */
static bool keep_due(const struct list_query *q, struct list_head *heads,
                     size_t n)
{
    for (size_t i = 1; list_is_by_due(q) && i < n; i++)
        if (q->can->due & AT(heads[i].column - q->ledger->columns)) {
            heads[i].keep = true;
            return true;
        }
    return false;
}

/* What a phone shows of a row: its name, a state, one number or date. */
static void fold_heads(struct list_view *v, struct list_head *heads)
{
    size_t n = v->rows->columns_n;
    size_t kept = 1;

    kept += keep_first(heads, n, is_state) || keep_first(heads, n, is_choice);
    kept += keep_due(v->query, heads, n) ||
            keep_first(heads, n, says_how_much) ||
            keep_first(heads, n, is_date);
    v->folds = n > kept;
}

static void make_heads(struct mem *m, struct list_view *v)
{
    struct list_head *heads =
        NEW_ARRAY(m, struct list_head, v->rows->columns_n);

    for (size_t i = 0; i < v->rows->columns_n; i++) {
        heads[i] = head_of(m, v->query, &v->rows->columns[i]);
        v->partial |= v->query->reach == LIST_OWN &&
                      v->rows->columns[i].strange != LIST_PLAIN;
    }
    fold_heads(v, heads);
    v->heads = heads;
}

static void make_choices(struct ctx *c, struct list_view *v)
{
    const struct list_query *q = v->query;
    struct list_choice *choices =
        NEW_ARRAY(c->m, struct list_choice, q->filters_n);

    for (size_t i = 0; i < q->filters_n; i++) {
        const struct list_filter *f = &q->filters[i];
        const struct column *col = &q->ledger->columns[f->column];

        choices[i] = (struct list_choice){ .column = col, .filter = f };
        if (col->type == COLUMN_REF)
            choices[i].options = list_options(ctx_scope(c), col, f->value.i);
    }
    v->choices = choices;
    v->choices_n = q->filters_n;
}

static struct list_stand stand_of(struct mem *m, const struct list_query *q,
                                  size_t filter, const struct choice *o)
{
    struct list_query link = *q;
    struct list_filter *f;

    link.page = 1;
    link.filters = NEW_ARRAY(m, struct list_filter, q->filters_n);
    for (size_t i = 0; i < q->filters_n; i++)
        link.filters[i] = q->filters[i];
    f = &link.filters[filter];
    f->on = o != NULL;
    if (o)
        f->value = STR(o->key);
    return (struct list_stand){
        .label = o ? o->label : TEXT("全部", "All"),
        .path = list_link(m, &link, S("")),
        .here = q->filters[filter].on == f->on &&
                (!o || str_eq(q->filters[filter].value.s, o->key)),
    };
}

/* Where no row stands there is nothing to open. */
static struct list_stands stands_of(struct ctx *c, const struct list_query *q,
                                    size_t filter,
                                    const struct list_split *split)
{
    struct list_stands stands = {
        .column = split->column,
        .v = NEW_ARRAY(c->m, struct list_stand, split->column->choices_n + 1),
    };

    stands.v[stands.n] = stand_of(c->m, q, filter, NULL);
    stands.v[stands.n++].n = split->all;
    for (size_t i = 0; i < split->column->choices_n; i++) {
        if (split->n[i] == 0)
            continue;
        stands.v[stands.n] =
            stand_of(c->m, q, filter, &split->column->choices[i]);
        stands.v[stands.n++].n = split->n[i];
    }
    return stands;
}

/* The states in which the rows are that the list finds, as a set. */
static uint64_t states_of(const struct list_split *split,
                          const struct list_filter *f)
{
    uint64_t states = 0;

    for (size_t i = 0; i < split->column->choices_n; i++)
        if (split->n[i] &&
            (!f->on || str_eq(f->value.s, split->column->choices[i].key)))
            states |= AT(i);
    return states;
}

static void make_stand(struct ctx *c, struct list_view *v, size_t filter)
{
    const struct list_query *q = v->query;
    struct list_split split;

    list_split(ctx_scope(c), q, filter, &split);
    v->stands[v->stands_n++] = stands_of(c, q, filter, &split);
    if (!q->filters[filter].on)
        v->count.found = split.all;
    if (column_is(split.column, COLUMN_STATE))
        v->states = states_of(&split, &q->filters[filter]);
}

/* Of a ledger with states: how many rows stand where. */
static void make_stands(struct ctx *c, struct list_view *v)
{
    const struct list_query *q = v->query;

    if (!ledger_has(q->ledger, COLUMN_STATE) || v->count.total == 0)
        return;
    v->stands = NEW_ARRAY(c->m, struct list_stands, q->filters_n);
    for (size_t i = 0; i < q->filters_n; i++)
        if (column_is(&q->ledger->columns[q->filters[i].column],
                      COLUMN_STATE | COLUMN_PERIOD))
            make_stand(c, v, i);
}

/*
 * Of the year, and of these what is asked for. Who looked where those stand
 * knows how many they are: a search is not made once more for that.
 */
static void count_rows(struct ctx *c, struct list_view *v)
{
    v->count.total = list_total(ctx_scope(c), v->query);
    v->count.found = v->filtered ? -1 : v->count.total;
    make_stands(c, v);
    if (v->count.found < 0)
        v->count.found = list_found(ctx_scope(c), v->query);
    if (!ledger_has(v->ledger, COLUMN_STATE))
        v->states = v->count.found ? UINT64_MAX : 0;
}

/* The steps that can wait for the one who asks. */
static void make_cans(struct ctx *c, struct list_view *v)
{
    const struct ledger *l = v->ledger;

    v->cans = NEW_ARRAY(c->m, const struct step *, l->steps_n);
    for (size_t i = 0; i < l->steps_n; i++)
        if (due_is_for(&v->query->asker, &l->steps[i]))
            v->cans[v->cans_n++] = &l->steps[i];
}

/* The years of the rows, and the one asked for even if it has none. */
static void make_years(struct ctx *c, struct list_view *v)
{
    if (v->ledger->standing)
        return;
    v->years_n = list_years(ctx_scope(c), v->query, LIST_YEARS_MAX, v->years);
    for (size_t i = 0; i < v->years_n; i++)
        if (v->years[i] == v->query->year)
            return;
    if (v->query->year)
        v->years[v->years_n++] = v->query->year;
}

/* First, last, those around this one; one gap stands for the others. */
static void make_steps(struct list_view *v, int64_t pages)
{
    int64_t here = v->query->page;
    int64_t before = 0;

    for (int64_t p = 1; p <= pages; p++) {
        if (p > 1 && p < here - AROUND)
            p = here - AROUND;
        if (p > here + AROUND)
            p = pages;
        if (p > before + 1)
            v->steps[v->steps_n++] = 0;
        v->steps[v->steps_n++] = p;
        before = p;
    }
    v->pages = pages;
}

/* The next begins behind the last row shown, the one before ends with it. */
struct str list_page_path(const struct list_view *v, int64_t page)
{
    struct list_query link = *v->query;

    link.page = page;
    link.after = link.before = 0;
    if (list_is_by_id(&link) && page == v->query->page + 1)
        link.after = v->rows->last;
    if (list_is_by_id(&link) && page == v->query->page - 1)
        link.before = v->rows->first;
    return list_link(v->ctx->m, &link, S(""));
}

static void make_links(struct ctx *c, struct list_view *v)
{
    struct list_query whole = *v->query;

    whole.page = 1;
    v->base = ledger_path(c->m, v->ledger);
    v->xlsx = list_link(c->m, &whole, S("/export.xlsx"));
    v->csv = list_link(c->m, &whole, S("/export.csv"));
    v->json = list_link(c->m, &whole, S("/export.json"));
    v->back = list_link(c->m, &whole, S(""));
    v->print = list_link(c->m, &whole, S("/print"));
}

/* What nobody could take of any row here is not offered. */
static void make_offers(struct mem *m, const struct asker *asker,
                        struct list_view *v)
{
    const struct ledger *l = v->ledger;

    v->offers = NEW_ARRAY(m, const struct step *, l->steps_n + 1);
    for (size_t i = 0; i < l->steps_n && !v->paper; i++)
        if (may_offer(asker, &l->steps[i]) && (l->steps[i].from & v->states))
            v->offers[v->offers_n++] = &l->steps[i];
}

static void make_view(struct ctx *c, struct list_query *q, struct list_view *v)
{
    const struct asker asker = ctx_asker(c);
    int64_t pages;

    v->ledger = q->ledger;
    v->feature = page_feature(q->ledger->feature);
    v->query = q;
    v->filtered = list_is_filtered(q);
    v->may_add = may_add(&asker, q->ledger);
    count_rows(c, v);
    pages = (v->count.found + LIST_PAGE_ROWS - 1) / LIST_PAGE_ROWS;
    if (q->page > pages) {
        q->page = pages ? pages : 1;
        q->after = q->before = 0;
    }
    q->found = v->count.found;
    v->from = (q->page - 1) * LIST_PAGE_ROWS + 1;
    v->to = v->from + LIST_PAGE_ROWS - 1;
    if (v->to > v->count.found)
        v->to = v->count.found;
    v->words = words_of(c->m, q, v->count);
    make_choices(c, v);
    make_offers(c->m, &asker, v);
    make_cans(c, v);
    make_years(c, v);
    make_steps(v, pages);
    make_links(c, v);
}

void list_crumbs(struct ctx *c, const struct ledger *l, struct crumb *ret)
{
    ret[0].label = page_feature(l->feature)->label;
    ret[0].path = str_fmt(c->m, "/%.*s", STR_ARG(l->feature));
    ret[1].label = l->label;
    ret[1].path = ledger_path(c->m, l);
}

static enum err send_list(struct ctx *c, enum list_extent extent)
{
    struct list_view v = { .ctx = c, .paper = extent == LIST_PAPER };
    struct crumb way[3] = { 0 };
    const struct ledger *l;
    struct list_query q;
    struct list_rows rows;
    enum err e = list_ledger(c, &l);

    if (e != OK)
        return e;
    list_read(c, l, &q);
    make_view(c, &q, &v);
    if (v.paper && v.count.found > PAPER_ROWS)
        return refuse(c, E_SIZE,
                      TEXT("超过 5,000 行，不宜打印；请先筛选，或导出成文件",
                           "more than 5,000 rows; filter the list first, or "
                           "export it"));
    list_open(ctx_scope(c), &q, extent, &rows);
    v.rows = &rows;
    make_heads(c->m, &v);
    (v.paper ? view_list_paper : view_list)(page_body(c), &v);
    rows_end(&rows.rows);
    note_personal(c, &(struct audit_event){ .kind = AUDIT_SHOWN,
                                            .what = ledger_name(c->m, l),
                                            .form = v.paper ? S("print")
                                                            : S("page"),
                                            .n = rows.personal });
    list_crumbs(c, l, way);
    return page_send(c,
                     &(struct page){ .title = l->label,
                                     .feature = l->feature,
                                     .crumbs = { way[0], way[v.paper ? 1 : 2] },
                                     .alternate = v.json });
}

enum err show_list(struct ctx *c)
{
    return send_list(c, LIST_PAGE);
}

enum err print_list(struct ctx *c)
{
    return send_list(c, LIST_PAPER);
}
