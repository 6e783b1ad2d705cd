/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * What both formats have in common: texts are cleaned once, numbers become
 * exact decimal text once, and cells are counted so that a page that forgets
 * one is found by its first test.
 */
#include "base/buf.h"
#include "base/date.h"
#include "interchange/guard.h"
#include "interchange/reading.h"
#include "interchange/writing.h"

#include <string.h>

enum { ROWS_MAX = 1048576, DIGITS = 15 };

struct sheet_writer *sheet_writer_new(struct mem *m, struct spool *to,
                                      enum sheet_format f, struct str title)
{
    struct sheet_writer *w = NEW(m, struct sheet_writer);

    w->m = m;
    w->cell = mem_child(m);
    w->to = to;
    w->driver = f == SHEET_XLSX ? &sheet_driver_xlsx : &sheet_driver_csv;
    w->state = w->driver->open(w, title);
    return w;
}

void sheet_writer_fail(struct sheet_writer *w, enum err e, struct text reason)
{
    if (w->err != OK)
        return;
    w->err = e;
    w->reason = reason;
}

void sheet_writer_next(struct sheet_writer *w, struct str title)
{
    if (!w->columns || w->col != 0 || !w->driver->next)
        BUG("a sheet after one that is not done, or in a format of one");
    w->driver->next(w, title);
    w->columns = NULL;
    w->n = w->row = 0;
    w->sums = false;
}

void sheet_writer_head(struct sheet_writer *w,
                       const struct sheet_column *columns, size_t n)
{
    if (w->columns || n == 0 || n > 256)
        BUG("head of %zu columns", n);
    w->columns = columns;
    w->n = n;
    w->driver->head(w);
    for (w->col = 0; w->col < n; w->col++)
        w->driver->text(w, columns[w->col].header);
    sheet_writer_end_row(w);
}

static void want_cell(struct sheet_writer *w)
{
    if (!w->columns || w->col >= w->n)
        BUG("cell %zu of %zu in row %zu", w->col, w->n, w->row);
}

void sheet_writer_text(struct sheet_writer *w, struct str s)
{
    char *p = mem_raw(w->cell, s.n + 1);

    want_cell(w);
    if (s.n)
        memcpy(p, s.p, s.n);
    w->driver->text(w, (struct str){ p, text_clean(p, s.n, false) });
    w->col++;
}

void sheet_writer_empty(struct sheet_writer *w)
{
    want_cell(w);
    w->driver->empty(w);
    w->col++;
}

void sheet_writer_int(struct sheet_writer *w, int64_t v)
{
    sheet_writer_decimal(w, v, 0);
}

/* "-0.05" from (-5, 2); no idle zeros. Returns the digits that count. */
static size_t print_decimal(struct buf *b, int64_t v, unsigned scale)
{
    char digits[24];
    size_t n = 0;
    size_t printed;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

    for (; scale > 0 && u % 10 == 0; scale--)
        u /= 10;
    for (; u || n <= scale; u /= 10)
        digits[n++] = (char)('0' + u % 10);
    printed = n;
    if (v < 0)
        buf_byte(b, '-');
    for (; n > 0; n--) {
        if (n == scale)
            buf_byte(b, '.');
        buf_byte(b, digits[n - 1]);
    }
    return printed;
}

static void put_number(struct sheet_writer *w, int64_t v, unsigned scale,
                       void (*put)(struct sheet_writer *, struct str))
{
    struct buf *b = buf_new(w->cell, 64);

    want_cell(w);
    if (scale > DIGITS)
        BUG("%u places", scale);
    if (print_decimal(b, v, scale) > DIGITS)
        w->driver->text(w, buf_str(b));
    else
        put(w, buf_str(b));
    w->col++;
}

void sheet_writer_decimal(struct sheet_writer *w, int64_t v, unsigned scale)
{
    put_number(w, v, scale, w->driver->number);
}

void sheet_writer_sum(struct sheet_writer *w, int64_t sum)
{
    w->sums = true;
    put_number(w, sum, 0, w->row > 1 ? w->driver->sum : w->driver->number);
}

void sheet_writer_date(struct sheet_writer *w, int32_t date)
{
    want_cell(w);
    if (date)
        w->driver->date(w, date);
    else
        w->driver->empty(w);
    w->col++;
}

void sheet_writer_end_row(struct sheet_writer *w)
{
    if (w->col != w->n)
        BUG("row %zu has %zu cells of %zu", w->row, w->col, w->n);
    w->driver->end_row(w);
    w->col = 0;
    mem_reset(w->cell);
    if (++w->row > ROWS_MAX)
        sheet_writer_fail(w, E_SIZE,
                          TEXT("超过 1,048,575 行，一张表放不下。"
                               "请先缩小范围再导出。",
                               "More than 1,048,575 rows do not fit one "
                               "sheet. Narrow the list and export again."));
}

enum err sheet_writer_finish(struct sheet_writer *w, struct text *ret_reason)
{
    w->driver->finish(w);
    if (w->err == OK)
        return spool_end(w->to, ret_reason);
    spool_drop(w->to);
    *ret_reason = w->reason;
    return w->err;
}

static void *csv_open(struct sheet_writer *w, struct str title)
{
    struct buf *b = spool_buf(w->to);

    (void)title;
    buf_lit(b, "\xef\xbb\xbf");
    return b;
}

static void csv_nothing(struct sheet_writer *w)
{
    (void)w;
}

static void csv_empty(struct sheet_writer *w)
{
    if (w->col)
        buf_byte(w->state, ',');
}

static bool needs_quotes(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' ||
            s.p[i] == '\r' || s.p[i] == '\t' || s.p[i] == ';')
            return true;
    return s.n && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void csv_text(struct sheet_writer *w, struct str s)
{
    struct buf *b = w->state;
    bool quotes = needs_quotes(s);
    struct str part;

    csv_empty(w);
    if (quotes)
        buf_byte(b, '"');
    if (guard_needed(s))
        buf_byte(b, '\'');
    for (size_t i = 0; str_cut(&s, S("\""), &part); i++) {
        if (i)
            buf_lit(b, "\"\"");
        buf_put(b, part);
    }
    if (quotes)
        buf_byte(b, '"');
}

static void csv_number(struct sheet_writer *w, struct str decimal)
{
    csv_empty(w);
    buf_put(w->state, decimal);
}

static void csv_date(struct sheet_writer *w, int32_t date)
{
    csv_number(w, date_iso(w->cell, date));
}

static void csv_end_row(struct sheet_writer *w)
{
    buf_lit((struct buf *)w->state, "\r\n");
    spool_flush(w->to);
}

const struct sheet_driver sheet_driver_csv = {
    .open = csv_open,
    .head = csv_nothing,
    .text = csv_text,
    .number = csv_number,
    .sum = csv_number,
    .date = csv_date,
    .empty = csv_empty,
    .end_row = csv_end_row,
    .finish = csv_nothing,
};
