/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Freezing. The items of one list at a time are in memory, and of every row
 * that it is; each is read a second time when it is written, because the
 * lists stand before the rows.
 */
#include "feature/reports/freeze.h"

#include "base/date.h"
#include "base/map.h"
#include "feature/reports/freeze_rows.h"
#include "feature/reports/markup.h"
#include "host/ledger/figure_rows.h"
#include "host/ledger/part.h"
#include "host/ledger/setting.h"
#include "host/ledger/since.h"

struct freezer {
    struct scope in;
    int32_t year;
    struct map keys; /* of figures seen */
    struct bundle_figure *figures;
    size_t figures_n;
    struct scope row;  /* where one row is read: its memory */
    struct mem *items; /* of one figure */
    struct freeze_rows rows;
    struct text wrong;
};

/* ---- the list of a figure ---- */

static struct bundle_item *add_item(struct freezer *z, struct bundle_list *l,
                                    size_t *cap)
{
    if (l->n == *cap) {
        size_t more = *cap ? 2 * *cap : 64;

        l->items = mem_grow(z->items, l->items, *cap * sizeof(*l->items),
                            more * sizeof(*l->items));
        *cap = more;
    }
    l->items[l->n] = (struct bundle_item){ .quantity = 1 };
    return &l->items[l->n++];
}

/* Which columns the category and the quantity are said to be read from. */
static void describe(struct mem *m, const struct figure *f,
                     struct bundle_list *list)
{
    const struct record_kind *kind;
    const struct ledger *l = kind_ledger(f->kind, &kind);

    for (size_t i = 0; i < l->columns_n; i++) {
        struct str key = l->columns[i].key;

        if (f->category.n && kind->by & AT(i))
            list->where =
                str_fmt(m, "%.*s=%.*s", STR_ARG(key), STR_ARG(f->category));
        if (figure_has_quantities(f) && kind->sums & AT(i) &&
            column_is_said(&l->columns[i]))
            list->from = str_fmt(m, "%.*s%s%.*s", STR_ARG(list->from),
                                 list->from.n ? "+" : "", STR_ARG(key));
    }
}

/* Does it add up what parts make of their row, which is in no leaf? */
static bool is_rolled(const struct ledger *l, const struct record_kind *kind)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (kind->sums & AT(i) && !column_is_said(&l->columns[i]))
            return true;
    return false;
}

/* Do the columns "a+b" of this row add up to the quantity? */
static bool adds_up(const struct ledger_row *row, struct str from,
                    int64_t quantity)
{
    struct str key;

    while (str_cut(&from, S("+"), &key)) {
        size_t column = ledger_column(row->ledger, key);

        if (!row_has(row, column))
            return false;
        quantity -= row_int(row, column);
    }
    return quantity == 0;
}

/* What does not hold for every row is not said: .of may change it. */
static void keep_true(struct bundle_list *l, const struct ledger_row *row,
                      int64_t quantity)
{
    struct str rest = l->where;
    struct str key;

    if (l->from.n && !adds_up(row, l->from, quantity))
        l->from = S("");
    if (l->where.n && str_cut(&rest, S("="), &key) &&
        !str_eq(row_str(row, ledger_column(row->ledger, key)), rest))
        l->where = S("");
}

/* Of rows in the order of their ranks: equal ranks share a place. */
static void set_place(struct bundle_list *l, const struct record_kind *kind,
                      int64_t rank, int64_t *last)
{
    struct bundle_item *item = &l->items[l->n - 1];

    item->place = l->n > 1 && rank == *last ? item[-1].place : (int64_t)l->n;
    if (kind->points)
        item->points = kind->points(rank);
    *last = rank;
}

/* The rows behind `v`, which counts, sums or seats. */
static bool freeze_list(struct freezer *z, const struct figure_value *v,
                        struct bundle_list *ret)
{
    const struct figure *f = v->figure;
    const struct record_kind *kind;
    const struct ledger *l = kind_ledger(f->kind, &kind);
    struct figure_rows rows = figure_rows(z->in, v, NULL);
    struct bundle_list list = { .ledger = ledger_name(z->in.m, l) };
    size_t cap = 0;
    int64_t last = 0;
    int64_t quantity;
    int64_t id;

    while (figure_rows_next(&rows, &id, &quantity)) {
        struct bundle_item *item = add_item(z, &list, &cap);
        struct ledger_row *row;
        struct record record;

        mem_reset(z->row.m);
        item->id = id;
        if (figure_has_quantities(f))
            item->quantity = quantity;
        if (!row_load(z->row, l, id, &row) ||
            !record_of(z->row, kind, row, &record)) {
            rows_end(&rows.rows);
            return false;
        }
        freeze_rows_add(&z->rows, row);
        if (is_rolled(l, kind))
            freeze_rows_add_parts(&z->rows, z->row, row);
        if (list.n == 1)
            describe(z->in.m, f, &list);
        keep_true(&list, row, quantity);
        if (f->measure == MEASURE_SEATS)
            set_place(&list, kind, record.rank, &last);
    }
    *ret = list;
    return true;
}

/* Each with its facts: what its column said on the day is in no leaf. */
static bool freeze_standing(struct freezer *z, const struct figure_value *v,
                            struct bundle_list *ret)
{
    const struct ledger *l = figure_ledger(v->figure);
    struct figure_rows rows = figure_rows(z->in, v, NULL);
    struct bundle_list list = { .ledger = ledger_name(z->in.m, l) };
    size_t cap = 0;
    int64_t quantity;
    int64_t id;

    while (figure_rows_next(&rows, &id, &quantity)) {
        struct bundle_item *item = add_item(z, &list, &cap);
        struct ledger_row *row;

        mem_reset(z->row.m);
        item->id = id;
        item->since = rows.since;
        if (!row_load(z->row, l, id, &row)) {
            rows_end(&rows.rows);
            return false;
        }
        freeze_rows_add(&z->rows, row);
        freeze_rows_add_parts(&z->rows, z->row, row);
    }
    *ret = list;
    return true;
}

/* One side of a ratio, as a sum. */
static bool freeze_side(struct freezer *z, const struct figure *f,
                        struct str kind, struct bundle_list *ret)
{
    struct figure side = *f;
    struct figure_value v = { .figure = &side, .year = z->year };

    side.measure = MEASURE_SUM;
    side.kind = kind;
    return freeze_list(z, &v, ret);
}

static bool freeze_lists(struct freezer *z, struct bundle_figure *ret)
{
    const struct figure *f = &ret->figure;

    if (f->measure == MEASURE_RATIO)
        return freeze_side(z, f, f->whole, &ret->rows) &&
               freeze_side(z, f, f->kind, &ret->parts);
    return f->measure == MEASURE_STANDING
               ? freeze_standing(z, &ret->value, &ret->rows)
               : freeze_list(z, &ret->value, &ret->rows);
}

/* Write it; of its lists stays what they are of. */
static bool freeze_figure(struct freezer *z, struct bundle_figure *f,
                          struct bundle_writer *w)
{
    bool ok;

    mem_reset(z->items);
    ok = freeze_lists(z, f);
    if (ok)
        bundle_put_figure(w, f);
    else
        z->wrong = text_fmt(z->in.m,
                            "数字 %.*s 与台账不一致，请先运行 dajuan "
                            "doctor",
                            "figure %.*s does not agree with its ledger; run "
                            "dajuan doctor first",
                            STR_ARG(f->figure.key));
    f->rows.items = f->parts.items = NULL;
    return ok;
}

static bool refuse_span(struct freezer *z, const struct markup_span *s,
                        const struct figure_value *v)
{
    z->wrong = text_fmt(
        z->in.m,
        "第 %zu 行：%.*s 现在是 %.*s，不到一百，不能写成约数；去掉 |round",
        "line %zu: %.*s is %.*s, below a hundred, and has no round words; "
        "leave |round out",
        s->line, STR_ARG(s->key), STR_ARG(figure_text(z->in.m, v)));
    return false;
}

static bool refuse_day(struct freezer *z, const struct markup_span *s)
{
    z->wrong = text_fmt(
        z->in.m, "第 %zu 行：%.*s 要有一个日子，服务还没有启动过；请先启动一次",
        "line %zu: %.*s is of a day, and the server never ran; start it once",
        s->line, STR_ARG(s->key));
    return false;
}

/* Add the figure that stands in the text here, unless it is there. */
static bool add_figure(struct freezer *z, const struct markup_span *s)
{
    const struct figure *f = figure_find(s->key);
    struct str words;
    struct figure_value v = figure_read(z->in, z->year, f);
    int64_t at;

    if (f->measure == MEASURE_STANDING && !v.known)
        return refuse_day(z, s);
    if (s->form == FORM_ROUND &&
        !figure_round_words(z->in.m, &v, LANG_ZH, &words))
        return refuse_span(z, s, &v);
    if (!map_get(&z->keys, s->key, &at)) {
        at = (int64_t)z->figures_n;
        map_put(&z->keys, s->key, at);
        z->figures =
            mem_grow(z->in.m, z->figures, z->figures_n * sizeof(*z->figures),
                     (z->figures_n + 1) * sizeof(*z->figures));
        z->figures[z->figures_n++] =
            (struct bundle_figure){ .figure = *f, .value = v };
    }
    if (s->form == FORM_FIRST)
        z->figures[at].value.since = figure_since(z->in, &v);
    return true;
}

static bool add_figures(struct freezer *z, struct str text)
{
    struct markup made;

    if (text.n == 0)
        return true;
    if (markup_read(z->in.m, text, &made, &z->wrong) != OK)
        return false;
    for (size_t i = 0; i < made.n; i++)
        for (size_t k = 0; k < made.blocks[i].n; k++)
            if (made.blocks[i].spans[k].key.n &&
                !add_figure(z, &made.blocks[i].spans[k]))
                return false;
    return true;
}

static bool find_figures(struct freezer *z, const struct report *s)
{
    return report_check(z->in.m, s->text, &z->wrong) == OK &&
           add_figures(z, s->text.zh) && add_figures(z, s->text.en);
}

enum err freeze_named(struct scope in, const struct report *s,
                      struct figure_value **ret, size_t *ret_n,
                      struct text *ret_reason)
{
    struct freezer z = { .in = in, .year = (int32_t)s->year };

    map_init(&z.keys, in.m);
    if (!find_figures(&z, s)) {
        *ret_reason = z.wrong;
        return E_INPUT;
    }
    *ret_n = z.figures_n;
    *ret = NEW_ARRAY(in.m, struct figure_value, z.figures_n);
    for (size_t i = 0; i < z.figures_n; i++)
        (*ret)[i] = z.figures[i].value;
    return tx_err(in.tx);
}

static bool refuse_many(struct freezer *z)
{
    z->wrong =
        text_fmt(z->in.m, "一份答卷至多 %d 个数字，这份有 %zu 个；请分成几份",
                 "a sheet has at most %d figures and this has %zu; "
                 "make several sheets of it",
                 BUNDLE_FIGURES_MAX, z->figures_n);
    return false;
}

/* What the grammar of bundles has no way to say. */
static bool refuse_unsaid(struct freezer *z, struct str key)
{
    z->wrong =
        text_fmt(z->in.m, "“%.*s”一行含有证明包不能写的字符，请改正后再发布",
                 "a line \"%.*s\" has characters that a bundle cannot "
                 "hold; correct them, then publish",
                 STR_ARG(key));
    return false;
}

static bool freeze_all(struct freezer *z, struct bundle_writer *w)
{
    for (size_t i = 0; i < z->figures_n; i++) {
        z->figures[i].value.figure = &z->figures[i].figure;
        z->figures[i].figure.rule = z->figures[i].value.rule;
        if (!freeze_figure(z, &z->figures[i], w))
            return false;
    }
    freeze_rows_close(&z->rows);
    return freeze_rows_write(&z->rows, w, &z->wrong) &&
           (!w->unsaid.n || refuse_unsaid(z, w->unsaid));
}

static struct text district_name(struct freezer *z)
{
    struct rows r =
        tx_query(z->in.tx,
                 SQL("SELECT name_zh, name_en FROM district WHERE id = ?1"),
                 WITH(INT(z->in.district)));
    struct text name = { S(""), S("") };

    if (rows_next(&r))
        name = (struct text){ rows_text(&r, 0, z->in.m),
                              rows_text(&r, 1, z->in.m) };
    rows_end(&r);
    if (setting_read(z->in, SETTING_DEMO).n)
        name = (struct text){
            str_fmt(z->in.m, "%.*s（演示数据）", STR_ARG(name.zh)),
            str_fmt(z->in.m, "%.*s (demo data)", STR_ARG(name.en)),
        };
    return name;
}

/* The ledgers that decide what was frozen: another row may count there. */
static void list_ledgers(struct freezer *z, struct frozen *ret)
{
    struct row_set *known = &z->rows.known;

    for (size_t i = 0; i < z->figures_n; i++) {
        const struct bundle_figure *f = &z->figures[i];

        freeze_rows_name(&z->rows, ledger_find(f->rows.ledger));
        if (f->figure.measure == MEASURE_RATIO)
            freeze_rows_name(&z->rows, ledger_find(f->parts.ledger));
    }
    ret->ledgers = NEW_ARRAY(z->in.m, struct str, known->ledgers_n);
    for (size_t i = 0; i < known->ledgers_n; i++)
        ret->ledgers[i] = known->ledgers[i].name;
    ret->ledgers_n = known->ledgers_n;
}

static struct bundle front_of(struct freezer *z, const struct report *s,
                              int64_t now)
{
    return (struct bundle){
        .format = BUNDLE_FORMAT,
        .report = s->slug,
        .year = s->year,
        .district = z->in.district,
        .name = district_name(z),
        .at = date_rfc3339(z->in.m, now),
        .text = s->text,
        .figures = z->figures,
        .figures_n = z->figures_n,
        .rows_n = z->rows.known.n,
    };
}

enum err freeze_report(struct scope in, const struct freezing *what,
                       struct frozen *ret, struct text *ret_reason)
{
    struct freezer z = { .in = in,
                         .year = (int32_t)what->report->year,
                         .row = in,
                         .items = mem_child(in.m),
                         .wrong = { S(""), S("") } };
    bool ok;

    map_init(&z.keys, in.m);
    freeze_rows_init(&z.rows, in);
    z.row.m = mem_child(in.m);
    ok = find_figures(&z, what->report) &&
         (z.figures_n <= BUNDLE_FIGURES_MAX || refuse_many(&z)) &&
         freeze_all(&z, what->to);
    if (ok) {
        list_ledgers(&z, ret);
        ret->front = front_of(&z, what->report, what->now);
    }
    freeze_rows_end(&z.rows);
    mem_free(z.items);
    mem_free(z.row.m);
    *ret_reason = z.wrong;
    if (tx_err(in.tx) != OK)
        return tx_err(in.tx);
    return ok ? OK : E_INPUT;
}

/* Ask of those values of which the text says that it was the first time. */
static void ask_since(struct scope in, struct str text,
                      struct figure_value *values, size_t n)
{
    struct markup made = { .n = 0 };
    struct text why;

    if (markup_read(in.m, text, &made, &why) != OK)
        return;
    for (size_t i = 0; i < made.n; i++)
        for (size_t k = 0; k < made.blocks[i].n; k++) {
            const struct markup_span *s = &made.blocks[i].spans[k];

            for (size_t v = 0; s->form == FORM_FIRST && v < n; v++)
                if (str_eq(values[v].figure->key, s->key))
                    values[v].since = figure_since(in, &values[v]);
        }
}

size_t freeze_today(struct scope in, const struct report *s,
                    struct figure_value **ret)
{
    size_t n = figure_total();
    struct figure_value *values = NEW_ARRAY(in.m, struct figure_value, n);

    for (size_t i = 0; i < n; i++)
        values[i] = figure_read(in, (int32_t)s->year, figure_at(i));
    ask_since(in, s->text.zh, values, n);
    ask_since(in, s->text.en, values, n);
    *ret = values;
    return n;
}
