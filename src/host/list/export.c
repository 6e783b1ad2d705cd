/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The rows of a list, written as a workbook, as CSV or as JSON. Values keep
 * their kind, so that a spreadsheet can calculate and an import reads back
 * what was there.
 */
#include "host/list/export.h"

#include "base/json.h"
#include "host/ledger/setting.h"
#include "host/list/list_rows.h"
#include "interchange/write.h"

enum { WIDE = 40, USUAL = 16, NARROW = 8 };

static const struct text id_label = TEXT_INIT("编号", "ID");
static const struct text year_label = TEXT_INIT("年度", "Year");
static const struct text voided_label = TEXT_INIT("作废", "Voided");

struct str export_type(enum sheet_format format)
{
    return format == SHEET_CSV
               ? S("text/csv; charset=utf-8")
               : S("application/vnd.openxmlformats-officedocument."
                   "spreadsheetml.sheet");
}

/* ---- headers of a sheet ---- */

enum sheet_kind export_kind(const struct column *col)
{
    switch (col->type) {
    case COLUMN_COUNT:
        return SHEET_INTEGER;
    case COLUMN_MARK:
        return SHEET_DECIMAL;
    case COLUMN_DATE:
        return SHEET_DATE;
    case COLUMN_TEXT:
    case COLUMN_LINES:
    case COLUMN_CHOICE:
    case COLUMN_REF:
    case COLUMN_PHONE:
        break;
    }
    return SHEET_TEXT;
}

static unsigned width_of(const struct column *col)
{
    if (col->type == COLUMN_LINES)
        return WIDE;
    return col->type == COLUMN_COUNT || col->type == COLUMN_MARK ? NARROW
                                                                 : USUAL;
}

/* The labels of the choices, for a drop-down. */
static void add_choices(struct mem *m, const struct column *col, enum lang lang,
                        struct sheet_column *sc)
{
    struct str *labels = NEW_ARRAY(m, struct str, col->choices_n);

    for (size_t i = 0; i < col->choices_n; i++)
        labels[i] = text_in(col->choices[i].label, lang);
    sc->choices = col->choices_n ? labels : NULL;
    sc->choices_n = col->choices_n;
}

struct sheet_column export_head(struct mem *m, const struct column *col,
                                enum lang lang, bool masked)
{
    struct sheet_column sc = {
        .header = text_in(col->label, lang),
        .kind = masked ? SHEET_TEXT : export_kind(col),
        .width = width_of(col),
    };

    if (!masked)
        add_choices(m, col, lang, &sc);
    return sc;
}

static struct sheet_column number_head(struct text label, enum lang lang)
{
    return (struct sheet_column){ .header = text_in(label, lang),
                                  .kind = SHEET_INTEGER,
                                  .width = NARROW };
}

static void put_head(struct mem *m, const struct list_rows *r,
                     struct sheet_writer *w)
{
    const struct list_query *q = r->query;
    struct sheet_column *heads =
        NEW_ARRAY(m, struct sheet_column, r->columns_n + 3);
    size_t n = 0;

    if (!q->visitor)
        heads[n++] = number_head(id_label, q->lang);
    if (!q->ledger->standing)
        heads[n++] = number_head(year_label, q->lang);
    for (size_t i = 0; i < r->columns_n; i++)
        heads[n++] = export_head(m, r->columns[i].column, q->lang,
                                 q->reach == LIST_NONE &&
                                     r->columns[i].strange == LIST_MASKED);
    if (q->voided)
        heads[n++] =
            (struct sheet_column){ .header = text_in(voided_label, q->lang),
                                   .width = NARROW };
    sheet_writer_head(w, heads, n);
}

/* ---- rows of a sheet ---- */

static void put_cell(struct list_rows *r, size_t i, struct sheet_writer *w)
{
    const struct list_column *lc = &r->columns[i];

    if (!list_has(r, i)) {
        sheet_writer_empty(w);
        return;
    }
    switch (list_masked(r, i) ? SHEET_TEXT : export_kind(lc->column)) {
    case SHEET_INTEGER:
        sheet_writer_int(w, list_int(r, i));
        break;
    case SHEET_DECIMAL:
        sheet_writer_decimal(w, list_int(r, i), 2);
        break;
    case SHEET_DATE:
        sheet_writer_date(w, (int32_t)list_int(r, i));
        break;
    case SHEET_TEXT:
        sheet_writer_text(w, list_cell(r, i));
        break;
    }
}

static void put_row(struct list_rows *r, struct sheet_writer *w)
{
    const struct list_query *q = r->query;

    if (!q->visitor)
        sheet_writer_int(w, list_id(r));
    if (!q->ledger->standing)
        sheet_writer_int(w, list_year(r));
    for (size_t i = 0; i < r->columns_n; i++)
        put_cell(r, i, w);
    if (q->voided)
        sheet_writer_text(w, list_voided(r)
                                 ? text_in(TEXT("已作废", "voided"), q->lang)
                                 : S(""));
    sheet_writer_end_row(w);
}

/*
 * The name of the sheet, where everybody sees it. It is no cell: a demo says
 * there what it is, and an import of the file finds rows alone.
 */
static struct str sheet_name(struct scope in, const struct list_query *q)
{
    struct str label = text_in(q->ledger->label, q->lang);

    if (setting_read(in, SETTING_DEMO).n == 0)
        return label;
    return str_join(in.m,
                    (struct str[]){
                        text_in(TEXT("演示数据 ", "Demo "), q->lang), label },
                    2);
}

static enum err write_sheet(struct scope in, struct list_rows *r,
                            const struct export_plan *plan,
                            struct text *ret_reason)
{
    struct sheet_writer *w =
        sheet_writer_new(in.m, plan->to,
                         plan->format == EXPORT_CSV ? SHEET_CSV : SHEET_XLSX,
                         sheet_name(in, r->query));

    put_head(in.m, r, w);
    while (list_next(r))
        put_row(r, w);
    return sheet_writer_finish(w, ret_reason);
}

/* ---- JSON ---- */

static void put_value(struct list_rows *r, size_t i, struct json *j)
{
    const struct list_column *lc = &r->columns[i];

    json_key(j, lc->column->key);
    if (!list_has(r, i))
        json_null(j);
    else if (list_masked(r, i))
        json_str(j, list_cell(r, i));
    else if (lc->column->type == COLUMN_COUNT)
        json_int(j, list_int(r, i));
    else if (lc->column->type == COLUMN_MARK)
        json_decimal(j, list_int(r, i), 2);
    else if (lc->column->type == COLUMN_CHOICE)
        json_str(j, rows_view(&r->rows, lc->at));
    else
        json_str(j, list_cell(r, i));
}

static void put_object(struct list_rows *r, struct json *j)
{
    json_open(j, '{');
    json_pair_int(j, S("id"), list_id(r));
    json_key(j, S("year"));
    if (r->query->ledger->standing)
        json_null(j);
    else
        json_int(j, list_year(r));
    json_key(j, S("voided"));
    json_bool(j, list_voided(r));
    for (size_t i = 0; i < r->columns_n; i++)
        put_value(r, i, j);
    json_close(j, '}');
}

static enum err write_json(struct list_rows *r, struct spool *to,
                           struct text *ret_reason)
{
    struct buf *b = spool_buf(to);
    struct json j;

    json_init(&j, b);
    json_open(&j, '[');
    while (list_next(r)) {
        buf_byte(b, '\n');
        put_object(r, &j);
        spool_flush(to);
    }
    json_close(&j, ']');
    buf_byte(b, '\n');
    return spool_end(to, ret_reason);
}

/* ---- what others call ---- */

enum err export_rows(struct scope in, const struct export_plan *plan,
                     int64_t *ret_personal, struct text *ret_reason)
{
    struct list_rows r;
    enum err e;

    list_open(in, plan->query, LIST_WHOLE, &r);
    if (plan->format == EXPORT_JSON)
        e = write_json(&r, plan->to, ret_reason);
    else
        e = write_sheet(in, &r, plan, ret_reason);
    rows_end(&r.rows);
    if (e == OK && in.tx->failed) {
        *ret_reason = TEXT("读取数据时出错，没有导出；请稍后再试",
                           "the data could not be read, nothing was "
                           "exported; try again");
        e = E_STORE;
    }
    if (e == OK)
        *ret_personal = r.personal;
    return e;
}

enum err export_blank(struct mem *m, const struct list_query *q,
                      struct spool *to, struct text *ret_reason)
{
    const struct ledger *l = q->ledger;
    struct sheet_writer *w =
        sheet_writer_new(m, to, SHEET_XLSX, text_in(l->label, q->lang));
    struct sheet_column *heads =
        NEW_ARRAY(m, struct sheet_column, l->columns_n + 1);
    size_t n = 0;

    if (ledger_asks_year(l))
        heads[n++] = number_head(year_label, q->lang);
    for (size_t i = 0; i < l->columns_n; i++)
        if (!column_follows(&l->columns[i]) &&
            (q->reach == LIST_ALL || !column_is_decided(&l->columns[i])))
            heads[n++] = export_head(m, &l->columns[i], q->lang, false);
    sheet_writer_head(w, heads, n);
    return sheet_writer_finish(w, ret_reason);
}
