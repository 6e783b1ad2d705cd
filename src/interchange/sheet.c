/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * xl/worksheets/sheetN.xml: the hot part of an import, a few million calls
 * from expat for a large ledger. Names are told apart by their first bytes,
 * nothing is allocated per cell, and a text is copied once.
 *
 * What a formula says is not looked at; a cell is the value last calculated,
 * which programs that write formulas leave out, or put as 0 with the wish
 * that whoever opens the file calculates. A place ("C7") may be left out:
 * the cell then stands after the one before (ECMA-376 part 1, 18.3.1.4 and
 * 18.3.1.73).
 */
#include "interchange/xlsx.h"

#include "base/date.h"

#include <string.h>

#define WHOLE UINT32_MAX

enum value_type {
    TYPE_NUMBER,
    TYPE_SHARED,
    TYPE_INLINE,
    TYPE_FORMULA_TEXT,
    TYPE_BOOL,
    TYPE_ERROR,
    TYPE_DATE,
};

struct part_sheet {
    struct reading *r;
    const struct sheet_context *c;
    struct builder *to;
    struct collector text;
    size_t row, col; /* of the cell being read, from 0 */
    size_t next_row, next_col;
    enum value_type type;
    size_t style;
    bool in_data, in_cell, in_inline;
    bool has_formula, has_value; /* of the cell */
    unsigned phonetic;
};

/* Digits from `*at` on as a number; 0 when there is none or it is huge. */
static uint32_t take_number(const char **at)
{
    uint32_t v = 0;

    for (; **at >= '0' && **at <= '9'; (*at)++) {
        if (v > 99999999)
            return 0;
        v = v * 10 + (uint32_t)(**at - '0');
    }
    return v;
}

/* The letters of a column from `*at` on, from 1; 0: none, or too many. */
static uint32_t take_letters(const char **at)
{
    uint32_t v = 0;

    for (; (**at | 0x20) >= 'a' && (**at | 0x20) <= 'z'; (*at)++) {
        if (v > 999999)
            return 0;
        v = v * 26 + (uint32_t)((**at | 0x20) - 'a') + 1;
    }
    return v;
}

/*
 * "C7" from 0 into row and col; of a whole column "C" and of a whole row "7",
 * where WHOLE takes the place of what is left out.
 */
static bool take_corner(const char **at, uint32_t *row, uint32_t *col)
{
    uint32_t letters = take_letters(at);
    bool numbered = **at >= '0' && **at <= '9';
    uint32_t number = take_number(at);

    *row = number ? number - 1 : WHOLE;
    *col = letters ? letters - 1 : WHOLE;
    return number ? true : letters && !numbered;
}

static bool take_place(const char **at, uint32_t *row, uint32_t *col)
{
    return take_corner(at, row, col) && *row != WHOLE && *col != WHOLE;
}

/* "A1:C3", "A:C", "1:3"; where a row or column is whole, from 0 to WHOLE. */
static bool take_range(const char *at, struct range *ret)
{
    struct range r;

    if (!take_corner(&at, &r.row, &r.col))
        return false;
    r.last_row = r.row;
    r.last_col = r.col;
    if (*at && (*at++ != ':' || !take_corner(&at, &r.last_row, &r.last_col) ||
                *at || r.last_row < r.row || r.last_col < r.col))
        return false;
    if ((r.row == WHOLE) != (r.last_row == WHOLE) ||
        (r.col == WHOLE) != (r.last_col == WHOLE))
        return false;
    if (r.row == WHOLE)
        r.row = 0;
    if (r.col == WHOLE)
        r.col = 0;
    *ret = r;
    return true;
}

/* A row of no height, a column of no width: "0", "0.0". */
static bool is_zero(const char *size)
{
    return size && size[0] == '0' && size[strspn(size, "0.")] == '\0';
}

static void start_row(struct part_sheet *s, const char **attrs)
{
    const char *place = xml_attr(attrs, "r");

    s->row = s->next_row;
    if (place) {
        uint32_t number = take_number(&place);

        if (number == 0 || *place) {
            reading_damaged(s->r);
            return;
        }
        s->row = number - 1;
    }
    s->next_row = s->row + 1;
    s->next_col = 0;
    if (xml_attr_is(attrs, "hidden") || is_zero(xml_attr(attrs, "ht")))
        builder_hide_row(s->to, s->row);
}

/* <col min="2" max="4" hidden="1"/>, columns from 1. */
static void start_columns(struct part_sheet *s, const char **attrs)
{
    const char *min = xml_attr(attrs, "min");
    const char *max = xml_attr(attrs, "max");
    uint32_t first = min ? take_number(&min) : 0;
    uint32_t last = max ? take_number(&max) : 0;

    if (first && last &&
        (xml_attr_is(attrs, "hidden") || is_zero(xml_attr(attrs, "width"))))
        builder_hide_cols(s->to, first - 1, last - 1);
}

static enum value_type type_of(const char *t)
{
    if (t[0] == 's')
        return t[1] ? TYPE_FORMULA_TEXT : TYPE_SHARED;
    switch (t[0]) {
    case 'i':
        return TYPE_INLINE;
    case 'b':
        return TYPE_BOOL;
    case 'e':
        return TYPE_ERROR;
    case 'd':
        return TYPE_DATE;
    default:
        return TYPE_NUMBER;
    }
}

static void place_cell(struct part_sheet *s, const char *place)
{
    uint32_t row;
    uint32_t col;

    if (!take_place(&place, &row, &col) || *place) {
        reading_damaged(s->r);
        return;
    }
    s->row = row;
    s->col = col;
}

static void start_cell(struct part_sheet *s, const char **attrs)
{
    s->col = s->next_col;
    s->type = TYPE_NUMBER;
    s->style = 0;
    for (; attrs[0]; attrs += 2) {
        const char *v = attrs[1];

        if (attrs[0][0] == '\0' || attrs[0][1] != '\0')
            continue;
        if (attrs[0][0] == 'r')
            place_cell(s, v);
        else if (attrs[0][0] == 's')
            s->style = take_number(&v);
        else if (attrs[0][0] == 't')
            s->type = type_of(v);
    }
    s->next_col = s->col + 1;
    s->in_cell = true;
    s->in_inline = false;
    s->has_formula = false;
    s->has_value = false;
    collector_start(&s->text);
}

static void start_merge(struct part_sheet *s, const char **attrs)
{
    const char *at = xml_attr(attrs, "ref");
    struct range range;

    if (!at || !take_range(at, &range))
        reading_damaged(s->r);
    else
        builder_merge(s->to, range);
}

static void start_in_cell(struct part_sheet *s, char name)
{
    if (name == 'v') {
        s->text.on = s->type != TYPE_INLINE;
        s->has_value = true;
    } else if (name == 't') {
        s->text.on = s->in_inline && s->phonetic == 0;
    } else if (name == 'f') {
        s->has_formula = true;
    }
}

static void on_start(void *ctx, const char *name, const char **attrs)
{
    struct part_sheet *s = ctx;

    if (!s->in_data) {
        if (strcmp(name, "sheetData") == 0)
            s->in_data = true;
        else if (strcmp(name, "mergeCell") == 0)
            start_merge(s, attrs);
        else if (strcmp(name, "col") == 0)
            start_columns(s, attrs);
    } else if (!s->in_cell) {
        if (name[0] == 'c' && name[1] == '\0')
            start_cell(s, attrs);
        else if (strcmp(name, "row") == 0)
            start_row(s, attrs);
    } else if (name[1] == '\0') {
        start_in_cell(s, name[0]);
    } else if (strcmp(name, "is") == 0) {
        s->in_inline = s->type == TYPE_INLINE;
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic++;
    }
}

static void add_text(struct part_sheet *s, enum cell_kind kind, struct str text)
{
    struct cell cell = { .text = text, .kind = (uint8_t)kind };

    if (text.n)
        builder_add(s->to, s->row, s->col, cell);
}

static enum number_style style_of(const struct part_sheet *s)
{
    return s->style < s->c->styles->n
               ? (enum number_style)s->c->styles->kinds[s->style]
               : STYLE_NUMBER;
}

/* The words that the cell's format puts behind its number; "": none. */
static struct str words_of(const struct part_sheet *s)
{
    return s->style < s->c->styles->n && s->c->styles->words[s->style]
               ? *s->c->styles->words[s->style]
               : S("");
}

/* 2 shown as "2小时" says so. */
static void add_worded(struct part_sheet *s, struct str number,
                       struct str words)
{
    char shown[2 * NUMBER_ROOM];

    memcpy(shown, number.p, number.n);
    memcpy(shown + number.n, words.p, words.n);
    add_text(s, CELL_TEXT,
             pool_keep(s->r->pool, (struct str){ shown, number.n + words.n }));
}

static void add_date(struct part_sheet *s, int32_t date)
{
    char iso[10];
    struct cell cell = { .date = date, .kind = CELL_DATE };
    int32_t year = date_year(date);
    int digits[] = { year / 1000,           year / 100 % 10,
                     year / 10 % 10,        year % 10,
                     date_month(date) / 10, date_month(date) % 10,
                     date_day(date) / 10,   date_day(date) % 10 };

    for (size_t i = 0, to = 0; i < COUNT(digits); i++) {
        if (i == 4 || i == 6)
            iso[to++] = '-';
        iso[to++] = (char)('0' + digits[i]);
    }
    cell.text = pool_keep(s->r->pool, (struct str){ iso, sizeof(iso) });
    builder_add(s->to, s->row, s->col, cell);
}

static void add_number(struct part_sheet *s, struct str raw)
{
    struct pool *pool = s->r->pool;
    struct number n;
    struct number shown; /* a time or a percentage */
    struct cell cell = { .kind = CELL_NUMBER };
    int32_t date;

    if (!number_read(raw, &n)) {
        add_text(s, CELL_TEXT, pool_keep(pool, raw));
        return;
    }
    date = number_date(&n, style_of(s), s->c->system_1904);
    if (number_time(&n, style_of(s), &shown) ||
        number_percent(&n, style_of(s), &shown)) {
        add_text(s, CELL_TEXT, pool_keep(pool, shown.text));
    } else if (date) {
        add_date(s, date);
    } else if (words_of(s).n && !n.lossy) {
        add_worded(s, n.text, words_of(s));
    } else {
        cell.text = pool_keep(pool, n.text);
        cell.lossy = n.lossy;
        builder_add(s->to, s->row, s->col, cell);
    }
}

static void add_shared(struct part_sheet *s, struct str number)
{
    int64_t i;

    if (number.n == 0)
        return;
    if (!str_int(number, &i) || i < 0 || (uint64_t)i >= s->c->shared->n)
        reading_damaged(s->r);
    else
        add_text(s, CELL_TEXT, s->c->shared->texts[i]);
}

/* ISO 8601, which strict workbooks may use in place of a number. */
static void add_iso(struct part_sheet *s, struct str text)
{
    int32_t date;

    if (date_read(text, &date) == DATE_READ)
        add_date(s, date);
    else
        add_text(s, CELL_TEXT, pool_keep(s->r->pool, text));
}

/* Was the formula never calculated? A text may well come to nothing. */
static bool is_uncalculated(const struct part_sheet *s, struct str raw)
{
    if (!s->has_formula)
        return false;
    if (raw.n == 0)
        return s->type != TYPE_FORMULA_TEXT || !s->has_value;
    return s->c->to_calculate && s->type == TYPE_NUMBER &&
           str_eq(str_trim(raw), S("0"));
}

static void end_cell(struct part_sheet *s)
{
    struct str raw = { s->text.p, s->text.n };

    s->in_cell = false;
    if (is_uncalculated(s, raw)) {
        builder_add(s->to, s->row, s->col,
                    (struct cell){ .text = S(""), .kind = CELL_UNCALCULATED });
        return;
    }
    if (raw.n == 0)
        return;
    if (s->type == TYPE_SHARED) {
        add_shared(s, str_trim(raw));
        return;
    }
    raw = s->type == TYPE_INLINE || s->type == TYPE_FORMULA_TEXT
              ? collector_plain(&s->text, s->r)
              : collector_text(&s->text, s->r);
    switch (s->type) {
    case TYPE_NUMBER:
        add_number(s, str_trim(raw));
        break;
    case TYPE_BOOL:
        raw = str_trim(raw);
        add_text(s, CELL_BOOL,
                 str_eq(raw, S("1")) || str_eq(raw, S("true")) ? S("TRUE")
                                                               : S("FALSE"));
        break;
    case TYPE_DATE:
        add_iso(s, raw);
        break;
    default:
        add_text(s, s->type == TYPE_ERROR ? CELL_ERROR : CELL_TEXT,
                 pool_keep(s->r->pool, raw));
    }
}

static void on_end(void *ctx, const char *name)
{
    struct part_sheet *s = ctx;

    s->text.on = false;
    if (s->in_cell) {
        if (name[0] == 'c' && name[1] == '\0')
            end_cell(s);
        else if (strcmp(name, "rPh") == 0)
            s->phonetic--;
    } else if (strcmp(name, "sheetData") == 0) {
        s->in_data = false;
    }
}

static void on_text(void *ctx, const char *p, int n)
{
    struct part_sheet *s = ctx;

    if (s->text.on)
        collector_add(&s->text, p, n);
}

enum err sheet_read(struct package *p, struct reading *r, int part,
                    const struct sheet_context *c, struct builder *to)
{
    static const struct xml_handlers handlers = { on_start, on_end, on_text };
    struct part_sheet s = { .r = r, .c = c, .to = to };

    collector_init(&s.text, r);
    return package_parse(p, part, &handlers, &s);
}
