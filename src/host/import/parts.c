/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/import/parts.h"

#include "base/buf.h"
#include "host/import/blame.h"
#include "host/import/match.h"
#include "host/ledger/cell.h"

enum { PARTS_MOST = 8, WORDS_MOST = 1024 };

/* ---- where they are ---- */

/* The one column that is the part `word` of `c`; SIZE_MAX: none, several. */
static size_t find_part(struct mem *m, const struct headers *h,
                        const struct column *c, struct str word)
{
    struct column_words words = column_words(m, c);
    size_t found = SIZE_MAX;
    size_t rank;

    for (size_t col = 0; col < h->n; col++) {
        const struct header *at = &h->of[col];

        if (header_names(at, words, &rank) != NAMES_PART ||
            !str_eq(at->words[at->n - 1], word))
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = col;
    }
    return found;
}

static struct parts find_parts(struct mem *m, const struct headers *h,
                               const struct column *c)
{
    struct parts found = { NEW_ARRAY(m, size_t, PARTS_MOST), 0 };
    struct str words = c->parts;
    struct str word;

    while (str_cut(&words, S("|"), &word) && found.n < PARTS_MOST) {
        size_t col = find_part(m, h, c, header_fold(m, word));

        if (col == SIZE_MAX)
            return (struct parts){ .n = 0 };
        found.cols[found.n++] = col;
    }
    return found;
}

void match_find_parts(struct mem *m, struct match *s)
{
    for (size_t i = 0; i < s->ledger->columns_n; i++) {
        const struct column *c = &s->ledger->columns[i];

        if (c->parts.n == 0)
            continue;
        s->parts[i] = find_parts(m, &s->headers, c);
        if (s->parts[i].n == 0 || s->map[i] != SIZE_MAX)
            continue;
        s->map[i] = s->parts[i].cols[0];
        s->summed |= AT(i);
    }
}

bool match_has_part(const struct match *s, size_t i, size_t col)
{
    for (size_t k = 0; k < s->parts[i].n; k++)
        if (s->parts[i].cols[k] == col)
            return true;
    return false;
}

/* Whoever mapped one part alone wants nothing of the others. */
static bool uses_parts(const struct match *s, size_t i)
{
    return s->map[i] != SIZE_MAX && s->parts[i].n > 0 &&
           ((s->summed & AT(i)) || !match_has_part(s, i, s->map[i]));
}

size_t match_column_of(const struct match *s, size_t col)
{
    for (size_t i = 0; i < s->ledger->columns_n; i++)
        if (s->map[i] == col || (uses_parts(s, i) && match_has_part(s, i, col)))
            return i;
    return SIZE_MAX;
}

/* ---- what they say ---- */

static struct file_place place_of(const struct pass *p, size_t i, size_t part)
{
    return (struct file_place){ &p->s->match, p->grid_row, i,
                                p->s->match.parts[i].cols[part] };
}

bool parts_sum(const struct pass *p, size_t i)
{
    return (p->s->match.summed & AT(i)) != 0;
}

bool parts_filled(const struct pass *p, size_t i)
{
    for (size_t k = 0; k < p->s->match.parts[i].n; k++)
        if (file_filled(p->in.m, place_of(p, i, k)))
            return true;
    return false;
}

struct str parts_words(const struct pass *p, size_t i)
{
    struct buf *b = buf_new(p->in.m, WORDS_MOST);

    for (size_t k = 0; k < p->s->match.parts[i].n; k++) {
        if (k)
            buf_lit(b, " + ");
        buf_put(b, file_words(p->in.m, file_cell(place_of(p, i, k))));
    }
    return buf_str(b);
}

static void blame_part(struct pass *p, struct file_place at, struct str said,
                       struct text reason)
{
    struct import_problem *problem =
        blame_cell(p, at.i, text_same(said), reason);

    problem->col = at.col;
    problem->column =
        text_same(str_dup(p->im->m, match_header(at.match, at.col)));
}

/* The number of one part; false: it is blamed. */
static bool read_part(struct pass *p, struct file_place at, int64_t *ret)
{
    const struct cell *cell = file_cell(at);
    struct str words = file_words(p->in.m, cell);
    struct text reason =
        TEXT("空着；没有的请填 0", "is blank; write 0 for none");
    struct value v;

    if (file_filled(p->in.m, at) && file_find(p->in.m, at, &cell, &reason) &&
        cell_read_under(p->in.m, &p->headings[at.i], file_words(p->in.m, cell),
                        &v, &reason) == OK) {
        *ret = v.i;
        return true;
    }
    blame_part(p, at, words, reason);
    return false;
}

/* False: none says anything, or one is blamed. */
static bool add_up(struct pass *p, size_t i, int64_t *ret_sum)
{
    bool all = parts_filled(p, i);

    *ret_sum = 0;
    for (size_t k = 0; all && k < p->s->match.parts[i].n; k++) {
        int64_t number = 0;

        all = read_part(p, place_of(p, i, k), &number);
        *ret_sum += number;
    }
    return all;
}

void parts_read(struct pass *p, struct ledger_row *row, size_t i)
{
    int64_t sum;

    if (add_up(p, i, &sum))
        row->values[i] = INT(sum);
}

/* Nobody knows which of the numbers is mistyped: each can be set right. */
static void blame_total(struct pass *p, size_t i, int64_t sum)
{
    blame_cell(p, i, text_same(pass_words(p, i)),
               text_fmt(p->in.m, "各部分相加是 %lld，与合计不一致，请核对",
                        "the parts add up to %lld, not to the total; check "
                        "them",
                        (long long)sum));
    for (size_t k = 0; k < p->s->match.parts[i].n; k++) {
        struct file_place at = place_of(p, i, k);

        blame_part(p, at, file_words(p->in.m, file_cell(at)),
                   TEXT("也可能是这里不对", "or this is mistyped"));
    }
}

void parts_check(struct pass *p, const struct ledger_row *row, size_t i)
{
    int64_t sum;

    if (!uses_parts(&p->s->match, i) || parts_sum(p, i) ||
        (!row_has(row, i) && file_filled(p->in.m, pass_place(p, i))))
        return;
    if (add_up(p, i, &sum) && !(row_has(row, i) && row_int(row, i) == sum))
        blame_total(p, i, sum);
}
