/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Numbers and days are compared by their digits: 1,200 人 is 1200 and
 * 2024年3月1日 is 2024-03-01, which nobody needs to be told.
 */
#include "host/import/read_as.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "host/ledger/cell.h"

/* "1,200.50人" is "1200.5". */
static struct str leading_number(struct mem *m, struct str s)
{
    struct buf *b = buf_new(m, s.n + 1);
    struct str number;
    size_t i = 0;

    for (; i < s.n && (is_digit(s.p[i]) || s.p[i] == '.' || s.p[i] == ','); i++)
        if (s.p[i] != ',')
            buf_byte(b, s.p[i]);
    number = buf_str(b);
    while (str_find(number, S(".")) != SIZE_MAX &&
           (str_ends(number, S("0")) || str_ends(number, S("."))))
        number = str_slice(number, 0, number.n - 1);
    return number;
}

/* The next number in `s`, which is cut off; -1: there is none. */
static int64_t next_number(struct str *s)
{
    int64_t v = 0;
    size_t i = 0;
    size_t from;

    while (i < s->n && !is_digit(s->p[i]))
        i++;
    from = i;
    while (i < s->n && is_digit(s->p[i]) && i < from + 9)
        v = v * 10 + (s->p[i++] - '0');
    *s = str_slice(*s, i, s->n);
    return i > from ? v : -1;
}

static bool is_day(struct str s, int64_t day)
{
    int64_t first = next_number(&s);

    return first == day ||
           (first == day / 10000 && next_number(&s) == day / 100 % 100 &&
            next_number(&s) == day % 100);
}

static bool is_choice(const struct column *c, struct str file, struct str key)
{
    const struct choice *o = choice_find(c, key);

    return str_eq(file, key) || str_eq(file, o->label.zh) ||
           str_eq(file, o->label.en);
}

bool reads_alike(struct mem *m, struct str file, const struct ledger_row *row,
                 size_t i)
{
    const struct column *c = &row->ledger->columns[i];
    const struct value *v = &row->values[i];

    switch (c->type) {
    case COLUMN_TEXT:
    case COLUMN_LINES:
        return str_eq(file, v->s);
    case COLUMN_COUNT:
    case COLUMN_MARK:
        return str_eq(leading_number(m, utf8_fold(m, file)),
                      cell_field(m, c, v, S("")));
    case COLUMN_DATE:
        return is_day(utf8_fold(m, file), v->i);
    case COLUMN_CHOICE:
        return is_choice(c, file, v->s);
    case COLUMN_REF:
        return str_eq(file, row->labels[i]);
    case COLUMN_PHONE:
        return true;
    }
    BUG("a column of type %d", (int)c->type);
}

struct text reads_as(struct mem *m, const struct ledger_row *row, size_t i)
{
    const struct column *c = &row->ledger->columns[i];
    const struct value *v = &row->values[i];

    if (c->type == COLUMN_COUNT && c->unit == UNIT_MINUTES)
        return text_fmt(m, "%lld 分钟", "%lld minutes", (long long)v->i);
    return (struct text){
        cell_text(m, c, v, row->labels[i], LANG_ZH),
        cell_text(m, c, v, row->labels[i], LANG_EN),
    };
}

void read_as_note(struct mem *m, struct read_as *of, struct read_example e)
{
    if (of->n < READ_AS_SHOWN)
        of->shown[of->n] = (struct read_example){ e.row, str_dup(m, e.file),
                                                  text_dup(m, e.as) };
    of->n++;
}
