/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Text as people save or paste it. RFC 4180 is what we write; what we get is
 * also GB18030 from Excel, UTF-16 with tabs ("Unicode text"), and pasted
 * cells in which a quotation mark is just a quotation mark. So a field is
 * quoted only when its closing quote is where it must be.
 */
#include "base/utf8.h"
#include "interchange/guard.h"
#include "interchange/reading.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

enum { SAMPLE_BYTES = 64 * 1024, SAMPLE_ROWS = 50, WHOLE = 1000 };
enum { UNIT_SEPARATOR = 0x1f }; /* of ASCII, in no text */

struct csv {
    struct str rest;
    char separator;
    char *unquoted;  /* room for a field without its quotes */
    bool row_ended;  /* by the field just taken */
    bool open_quote; /* a quoted field never ended */
};

static enum err refuse_encoding(struct reading *r)
{
    return reading_refuse(
        r, E_INPUT,
        TEXT("认不出文字编码。请用 WPS 或 Excel 打开，另存为 .xlsx "
             "后再上传。",
             "The encoding of the text is not known. Open the file in WPS or "
             "Excel, save it as .xlsx and upload that."));
}

static enum err convert(struct reading *r, struct str s, const char *from,
                        struct str *ret)
{
    iconv_t cd = iconv_open("UTF-8", from);
    char *in = (char *)(uintptr_t)s.p; /* iconv does not write there */
    size_t room = 2 * s.n + 16;
    char *out = mem_raw(r->scratch, room);
    char *to = out;
    size_t left = s.n;
    bool ok;

    if (cd == (iconv_t)-1)
        BUG("no converter from %s", from);
    ok = iconv(cd, &in, &left, &to, &room) != (size_t)-1 && left == 0;
    ok = iconv(cd, NULL, NULL, &to, &room) != (size_t)-1 && ok;
    iconv_close(cd);
    if (!ok)
        return refuse_encoding(r);
    *ret = (struct str){ out, (size_t)(to - out) };
    return OK;
}

/* To UTF-8 without mark: by the mark, else by trial, else GB18030. */
static enum err decode(struct reading *r, struct str s, struct str *ret)
{
    if (str_starts(s, S("\xef\xbb\xbf"))) {
        *ret = str_slice(s, 3, s.n);
        return utf8_valid(*ret) ? OK : refuse_encoding(r);
    }
    if (str_starts(s, S("\xff\xfe")))
        return convert(r, str_slice(s, 2, s.n), "UTF-16LE", ret);
    if (str_starts(s, S("\xfe\xff")))
        return convert(r, str_slice(s, 2, s.n), "UTF-16BE", ret);
    if (!utf8_valid(s))
        return convert(r, s, "GB18030", ret);
    *ret = s;
    return OK;
}

/* Does the field or the row end before `rest`? */
static bool at_border(const struct csv *c, struct str rest)
{
    return rest.n == 0 || rest.p[0] == c->separator || rest.p[0] == '\n' ||
           rest.p[0] == '\r';
}

/* Past the tabs with which some systems guard the numbers of a CSV file. */
static struct str past_tabs(const struct csv *c, struct str rest)
{
    while (c->separator != '\t' && rest.n && rest.p[0] == '\t')
        rest = str_slice(rest, 1, rest.n);
    return rest;
}

/* A quoted field at the front; false when it is none. */
static bool take_quoted(struct csv *c, struct str *ret)
{
    struct str rest = past_tabs(c, c->rest);
    size_t n = 0;

    if (rest.n == 0 || rest.p[0] != '"')
        return false;
    rest = str_slice(rest, 1, rest.n);
    for (;;) {
        const char *quote = rest.n ? memchr(rest.p, '"', rest.n) : NULL;
        size_t before;

        if (!quote) {
            c->open_quote = true;
            return false;
        }
        before = (size_t)(quote - rest.p);
        memcpy(c->unquoted + n, rest.p, before);
        n += before;
        rest = str_slice(rest, before + 1, rest.n);
        if (rest.n == 0 || rest.p[0] != '"')
            break;
        c->unquoted[n++] = '"';
        rest = str_slice(rest, 1, rest.n);
    }
    rest = past_tabs(c, rest);
    if (!at_border(c, rest))
        return false;
    c->rest = rest;
    *ret = (struct str){ c->unquoted, n };
    return true;
}

/* ="a,b" is one field too, and keeps its signs for guard_remove(). */
static bool take_wrapped(struct csv *c, struct str *ret)
{
    struct csv after = *c;

    if (!str_starts(c->rest, S("=\"")))
        return false;
    after.rest = str_slice(c->rest, 1, c->rest.n);
    if (!take_quoted(&after, ret))
        return false;
    *ret = str_slice(c->rest, 0, c->rest.n - after.rest.n);
    c->rest = after.rest;
    return true;
}

static struct str take_plain(struct csv *c)
{
    struct str field = { c->rest.p, 0 };

    while (!at_border(c, c->rest)) {
        c->rest = (struct str){ c->rest.p + 1, c->rest.n - 1 };
        field.n++;
    }
    return field;
}

/* The next field; borrowed until the next call. */
static struct str take_field(struct csv *c)
{
    struct str field;

    if (!take_wrapped(c, &field) && !take_quoted(c, &field))
        field = take_plain(c);
    c->row_ended = true;
    if (c->rest.n == 0)
        return field;
    if (c->rest.p[0] == c->separator)
        c->row_ended = false;
    else if (str_starts(c->rest, S("\r\n")))
        c->rest = str_slice(c->rest, 1, c->rest.n);
    c->rest = str_slice(c->rest, 1, c->rest.n);
    return field;
}

/*
 * Which part of the sample's rows, in thousandths, have the most common
 * number of fields (of two or more).
 */
static size_t agreement(struct csv c)
{
    size_t rows_with[257] = { 0 };
    size_t best = 0;
    size_t rows = 0;

    for (; rows < SAMPLE_ROWS && c.rest.n; rows++) {
        size_t fields = 0;

        do {
            take_field(&c);
            fields++;
        } while (!c.row_ended);
        if (fields > 1 && fields < COUNT(rows_with) &&
            ++rows_with[fields] > best)
            best = rows_with[fields];
    }
    return rows ? best * WHOLE / rows : 0;
}

/*
 * Do tabs stand mostly at the ends of the sample's fields? Then they guard
 * numbers and separate nothing.
 */
static bool tabs_guard(struct csv c)
{
    size_t ends = 0;
    size_t inside = 0;

    for (size_t rows = 0; rows < SAMPLE_ROWS && c.rest.n; rows += c.row_ended) {
        struct str raw = c.rest;
        struct str field = str_trim(take_field(&c));

        raw.n -= c.rest.n;
        if (str_find(field, S("\t")) != SIZE_MAX)
            inside++;
        else
            ends += str_find(raw, S("\t")) != SIZE_MAX;
    }
    return ends > inside;
}

/* Tab first: pasted cells hold commas, but files with commas no tabs. */
static char find_separator(struct str s, char *room)
{
    static const char candidates[] = { '\t', ',', ';', '|' };
    struct csv sample = { .rest = str_slice(s, 0, SAMPLE_BYTES),
                          .unquoted = room };
    char found = ',';
    size_t best = 0;
    bool guards = false;

    for (size_t i = COUNT(candidates); i-- > 0;) {
        size_t n;

        sample.separator = candidates[i];
        n = agreement(sample);
        if (n >= best && (candidates[i] != '\t' || (n && !guards))) {
            best = n;
            found = candidates[i];
        }
        guards |= tabs_guard(sample);
    }
    return found;
}

static struct str replace(struct mem *m, struct str s, struct str old, char new)
{
    char *p = mem_raw(m, s.n + 1);
    size_t n = 0;

    while (s.n) {
        bool here = str_starts(s, old);

        p[n++] = here ? new : s.p[0];
        s = str_slice(s, here ? old.n : 1, s.n);
    }
    return (struct str){ p, n };
}

/*
 * A table typed with the signs of a Chinese keyboard: more of its rows have
 * as many of these than have as many of the others.
 */
static void narrow_separator(struct reading *r, struct csv *c)
{
    static const struct str wide[] = { S_INIT("，"), S_INIT("；"),
                                       S_INIT("｜") };
    struct str sample = str_slice(c->rest, 0, SAMPLE_BYTES);
    struct csv now = *c;
    size_t best;

    now.rest = sample;
    best = agreement(now);
    now.separator = UNIT_SEPARATOR;
    for (size_t i = 0; i < COUNT(wide) && best < WHOLE; i++) {
        now.rest = replace(r->scratch, sample, wide[i], UNIT_SEPARATOR);
        if (agreement(now) <= best || 2 * agreement(now) < WHOLE)
            continue;
        c->rest = replace(r->scratch, c->rest, wide[i], UNIT_SEPARATOR);
        c->separator = UNIT_SEPARATOR;
        return;
    }
}

static enum err refuse_quote(struct reading *r, size_t row)
{
    return reading_refuse(
        r, E_INPUT,
        text_fmt(r->m,
                 "第 %zu 行的引号没有结束，文件可能不完整。"
                 "请补上引号，或另存为 .xlsx 后再上传。",
                 "The quotation mark in row %zu is not closed; the file may "
                 "be incomplete. Close it, or save as .xlsx, and upload "
                 "again.",
                 row + 1));
}

/* Clean `field`, which has room in c->unquoted. */
static struct str clean(struct csv *c, struct str field)
{
    char *p = c->unquoted;

    if (field.p != p)
        memcpy(p, field.p, field.n);
    return guard_remove(p, text_clean(p, field.n, false));
}

static enum err add_cell(struct reading *r, struct builder *b, size_t row,
                         size_t col, struct str s)
{
    struct cell cell = { .kind = CELL_TEXT };

    if (s.n > r->limits->cell_text && utf8_length(s) > r->limits->cell_text)
        return reading_refuse(
            r, E_SIZE,
            text_fmt(r->m, "第 %zu 行有单元格超过 %zu 个字。请缩短后再上传。",
                     "A cell in row %zu has more than %zu characters. "
                     "Shorten it and upload again.",
                     row + 1, r->limits->cell_text));
    cell.text = pool_keep(r->pool, s);
    return s.n ? builder_add(b, row, col, cell) : OK;
}

static enum err read_rows(struct reading *r, struct csv *c, struct builder *b)
{
    for (size_t row = 0; c->rest.n; row++) {
        size_t col = 0;

        do {
            struct str field = take_field(c);

            if (c->open_quote && c->separator != '\t')
                return refuse_quote(r, row);
            if (field.n)
                add_cell(r, b, row, col, clean(c, field));
            if (r->err != OK)
                return r->err;
            col++;
        } while (!c->row_ended);
    }
    return OK;
}

/* "2024 台账" of "C:\files\2024 台账.csv". */
static struct str sheet_name(struct mem *m, struct str filename)
{
    char *p;
    size_t from = filename.n;
    size_t to = filename.n;

    while (from > 0 && filename.p[from - 1] != '/' &&
           filename.p[from - 1] != '\\')
        from--;
    for (size_t i = filename.n; i-- > from + 1 && to == filename.n;)
        if (filename.p[i] == '.')
            to = i;
    p = mem_raw(m, to - from + 1);
    memcpy(p, filename.p + from, to - from);
    return (struct str){ p, text_clean(p, to - from, false) };
}

enum err csv_read(struct reading *r, struct table_file file,
                  struct workbook *ret)
{
    struct csv c = { .separator = ',' };
    struct workbook w = { .n = 1 };
    struct builder *b;

    if (decode(r, file.bytes, &c.rest) != OK)
        return r->err;
    if (c.rest.n && memchr(c.rest.p, 0, c.rest.n))
        return reading_refuse(
            r, E_INPUT,
            TEXT("这不是表格文件。请上传 .xlsx 或 .csv 文件。",
                 "This is not a table. Upload an .xlsx or a .csv file."));
    c.unquoted = mem_raw(r->scratch, c.rest.n + 1);
    c.separator = find_separator(c.rest, c.unquoted);
    narrow_separator(r, &c);
    b = builder_new(r, sheet_name(r->m, file.name));
    w.grids = NEW_ARRAY(r->m, struct grid, 1);
    read_rows(r, &c, b);
    if (builder_finish(b, &w.grids[0]) == OK)
        *ret = w;
    return r->err;
}
