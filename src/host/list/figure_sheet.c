/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The sums are of the cells that were written, not of the tallies. */
#include "host/list/figure_sheet.h"

enum { NUMBER_WIDTH = 12, POINTS_PLACES = 4 };

static struct sheet_column number_head(const struct figure_sheet *s,
                                       const struct counted_column *c)
{
    bool decimal = c->what == COUNTED_POINTS || c->what == COUNTED_SHARE;
    bool date = c->what == COUNTED_SINCE;

    return (struct sheet_column){
        .header = text_in(c->label, s->lang),
        .kind = date      ? SHEET_DATE
                : decimal ? SHEET_DECIMAL
                          : SHEET_INTEGER,
        .width = NUMBER_WIDTH,
    };
}

void figure_sheet_open(struct figure_sheet *s, enum sheet_format format)
{
    const struct figure *f = s->value->figure;
    struct sheet_column *heads;
    size_t n = 0;

    s->counts_n = counted_columns(s->m, f, s->counts);
    for (size_t i = 0; i < s->counts_n; i++)
        s->sums[i] = 0;
    heads = NEW_ARRAY(s->m, struct sheet_column, s->columns_n + s->counts_n);
    for (size_t i = 0; i < s->columns_n; i++) {
        heads[n] = export_head(s->m, s->columns[i], s->lang, false);
        heads[n].choices_n = 0; /* a list to read, not to fill in */
        heads[n++].choices = NULL;
    }
    for (size_t i = 0; i < s->counts_n; i++)
        heads[n++] = number_head(s, &s->counts[i]);
    if (s->w)
        sheet_writer_next(s->w, text_in(f->label, s->lang));
    else
        s->w =
            sheet_writer_new(s->m, s->to, format, text_in(f->label, s->lang));
    sheet_writer_head(s->w, heads, n);
}

void figure_sheet_cell(struct figure_sheet *s, const struct column *col,
                       const struct value *v, struct str shown)
{
    if (v->missing)
        sheet_writer_empty(s->w);
    else if (export_kind(col) == SHEET_INTEGER)
        sheet_writer_int(s->w, v->i);
    else if (export_kind(col) == SHEET_DECIMAL)
        sheet_writer_decimal(s->w, v->i, 2);
    else if (export_kind(col) == SHEET_DATE)
        sheet_writer_date(s->w, (int32_t)v->i);
    else
        sheet_writer_text(s->w, shown);
}

void figure_sheet_counts(struct figure_sheet *s, const struct counted *of)
{
    for (size_t i = 0; i < s->counts_n; i++) {
        const struct counted_column *c = &s->counts[i];
        int64_t n = counted_number(c, of);

        s->sums[i] += n;
        if (c->what == COUNTED_SHARE || (c->what == COUNTED_POINTS && n == 0))
            sheet_writer_empty(s->w);
        else if (c->what == COUNTED_POINTS)
            sheet_writer_decimal(s->w, n, POINTS_PLACES);
        else if (c->what == COUNTED_SINCE)
            sheet_writer_date(s->w, (int32_t)n);
        else
            sheet_writer_int(s->w, n);
    }
    sheet_writer_end_row(s->w);
}

static void put_sum(struct figure_sheet *s, size_t i)
{
    const struct figure_value *v = s->value;

    if (counted_adds(&s->counts[i]))
        sheet_writer_sum(s->w, s->sums[i]);
    else if (s->counts[i].what == COUNTED_SHARE && v->known)
        sheet_writer_decimal(s->w, v->value, figure_places(v->figure));
    else
        sheet_writer_empty(s->w);
}

void figure_sheet_end(struct figure_sheet *s)
{
    sheet_writer_text(s->w, text_in(TEXT("合计", "Total"), s->lang));
    for (size_t i = 1; i < s->columns_n; i++)
        sheet_writer_empty(s->w);
    for (size_t i = 0; i < s->counts_n; i++)
        put_sum(s, i);
    sheet_writer_end_row(s->w);
}

enum err figure_sheet_close(struct figure_sheet *s, struct text *ret_reason)
{
    figure_sheet_end(s);
    return sheet_writer_finish(s->w, ret_reason);
}
