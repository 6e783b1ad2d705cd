/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * What stands below a header: rows, blanks, notes, totals, the header of the
 * next printed page, other tables.
 */
#include "host/import/match.h"

#include "base/map.h"
#include "base/utf8.h"

enum { SHORT = 60 };

static bool is_said(const struct cell *c)
{
    return cell_is_said(c) && !c->merged;
}

static bool is_zero(const struct cell *c)
{
    for (size_t i = 0; i < c->text.n; i++)
        if (c->text.p[i] != '0' && c->text.p[i] != '.')
            return false;
    return true;
}

/* 3, ３, 三, （3）, 第3号, ③, No.3: how rows are numbered. */
static const struct str numbering =
    S_INIT("0123456789０１２３４５６７８９.．-,、()（）第号"
           "一二三四五六七八九十百零〇①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳№Nno");

/* What is put into a cell that is to stay blank. */
static const struct str strokes = S_INIT("/／\\-－—–―_…·、 　");

static bool is_made_of(struct str s, struct str signs)
{
    while (s.n) {
        struct str first = utf8_first(s);

        if (str_find(signs, first) == SIZE_MAX)
            return false;
        s = str_slice(s, first.n, s.n);
    }
    return true;
}

/* A cell that says nothing of the row: serial number, year, zero, stroke. */
static bool is_idle(const struct match *s, const struct cell *c, size_t col)
{
    return col == s->serial_col
               ? is_made_of(str_trim(c->text), numbering)
               : col == s->year_col || (cell_is_number(c) && is_zero(c)) ||
                     is_made_of(c->text, strokes);
}

/* ---- notes and totals ---- */

/* Does a lone text in the first column read like a footnote? */
static bool is_note(const struct match *s, struct str text)
{
    static const struct str signs[] = { S_INIT("注"),   S_INIT("备注"),
                                        S_INIT("说明"), S_INIT("（"),
                                        S_INIT("("),    S_INIT("*") };

    for (size_t i = 0; i < COUNT(signs); i++)
        if (str_starts(text, signs[i]))
            return true;
    for (size_t i = 0; i < s->ledger->columns_n; i++)
        if (s->map[i] == 0)
            return str_find(text, S("。")) != SIZE_MAX;
    return true;
}

static bool says_total(struct mem *m, const struct cell *c)
{
    return c->kind == CELL_TEXT && c->text.n <= SHORT && is_total(m, c->text);
}

/* The first cell of the row that is no number; NULL: none. */
static const struct cell *first_words(const struct match *s, size_t row)
{
    for (size_t col = 0; col < s->grid->cols; col++) {
        const struct cell *c = grid_cell(s->grid, row, col);

        if (is_said(c) && !cell_is_number(c))
            return c;
    }
    return NULL;
}

/* The first words of a total row say so, or a cell that no row lacks. */
static bool is_total_row(struct mem *m, const struct match *s, size_t row)
{
    const struct ledger *l = s->ledger;
    const struct cell *first = first_words(s, row);

    if (first && says_total(m, first))
        return true;
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_REQUIRED) &&
            s->map[i] != SIZE_MAX &&
            says_total(m, grid_cell(s->grid, row, s->map[i])))
            return true;
    return false;
}

/* 填表人：张三, the line of signatures below a table. */
static bool is_signature(const struct match *s, size_t row)
{
    static const struct str signs[] = {
        S_INIT("填表"), S_INIT("填报"),   S_INIT("制表"),
        S_INIT("审核"), S_INIT("负责人"), S_INIT("单位负责人"),
    };
    const struct cell *first = first_words(s, row);

    for (size_t i = 0; first && i < COUNT(signs); i++)
        if (str_starts(first->text, signs[i]))
            return str_find(first->text, S("：")) != SIZE_MAX ||
                   str_find(first->text, S(":")) != SIZE_MAX;
    return false;
}

enum row_sort match_row(const struct match *s, size_t row)
{
    const struct cell *first = grid_cell(s->grid, row, 0);
    size_t said = 0;
    size_t idle = 0;

    for (size_t col = 0; col < s->grid->cols; col++) {
        const struct cell *c = grid_cell(s->grid, row, col);

        said += is_said(c);
        idle += is_said(c) && is_idle(s, c, col);
    }
    if (said == idle)
        return ROW_BLANK;
    if ((s->notes && s->notes[row]) || is_signature(s, row) ||
        (said == 1 && first->kind == CELL_TEXT && is_said(first) &&
         is_note(s, first->text)))
        return ROW_NOTE;
    return grid_row_hidden(s->grid, row) ? ROW_HIDDEN : ROW_DATA;
}

/* ---- headers below ---- */

/* Every word that is a header of some ledger. */
static struct map words_of_all(struct mem *m)
{
    const struct ledger *l;
    struct map words;

    map_init(&words, m);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        struct known k = know(m, l);

        for (size_t n = 0; n < l->columns_n; n++)
            for (size_t w = 0; w < k.words[n].n; w++)
                map_put(&words, k.words[n].word[w], 1);
    }
    return words;
}

/* How many cells say something; 0 when one of them can be no header. */
static size_t said_words(const struct grid *g, size_t row)
{
    size_t said = 0;

    for (size_t col = 0; col < g->cols; col++) {
        const struct cell *c = grid_cell(g, row, col);

        if (is_said(c) && (cell_is_number(c) || c->text.n > SHORT))
            return 0;
        said += is_said(c);
    }
    return said;
}

/* Two in three of its cells are headers, and none is a number. */
static bool is_header(struct mem *m, const struct grid *g,
                      const struct map *words, size_t row)
{
    size_t said = said_words(g, row);
    size_t unknown = 0;
    int64_t there;

    for (size_t col = 0; col < g->cols && 3 * unknown <= said; col++) {
        const struct cell *c = grid_cell(g, row, col);

        unknown +=
            is_said(c) && !map_get(words, header_fold(m, c->text), &there);
    }
    return 3 * unknown <= said && said > unknown + 1;
}

/* Does the row say the same headers at the same places, or in English? */
static bool is_repeat(struct mem *m, const struct match *s, size_t row)
{
    for (size_t i = 0; i < s->ledger->columns_n; i++) {
        size_t rank;
        struct header now = { .n = 1 };
        const struct header *h;

        if (s->map[i] == SIZE_MAX)
            continue;
        h = &s->headers.of[s->map[i]];
        now.words[0] = header_fold(m, grid_cell(s->grid, row, s->map[i])->text);
        if (h->n && str_eq(now.words[0], h->words[0]))
            continue;
        if (header_names(&now, column_words(m, &s->ledger->columns[i]),
                         &rank) == NAMES_NOT)
            return false;
    }
    return true;
}

static size_t said_in(const struct match *s, size_t row)
{
    size_t said = 0;

    for (size_t col = 0; col < s->grid->cols; col++)
        said += is_said(grid_cell(s->grid, row, col));
    return said;
}

/* Blank rows and the title above belong to the other table. */
static size_t with_title(const struct match *s, size_t row)
{
    while (row > s->data_row && said_in(s, row - 1) < 2)
        row--;
    return row;
}

/* Is it the title of the sheet once more, perhaps with 续表 behind? */
static bool is_title(const struct match *s, size_t row)
{
    const struct cell *said = first_words(s, row);

    if (!said || said_in(s, row) > 1)
        return false;
    for (size_t above = 0; above < s->header; above++) {
        const struct cell *title = first_words(s, above);

        if (title && said_in(s, above) == 1 &&
            str_starts(str_trim(said->text), str_trim(title->text)))
            return true;
    }
    return false;
}

/* The header comes again, and above it on a printed page the title. */
static void note_repeat(const struct match *s, bool *notes, size_t row)
{
    while (row > s->data_row &&
           (said_in(s, row - 1) == 0 || is_title(s, row - 1)))
        notes[--row] = true;
}

static struct str words_in(struct mem *m, const struct grid *g, size_t row)
{
    struct str all = S("");

    for (size_t col = 0; col < g->cols; col++)
        if (is_said(grid_cell(g, row, col)))
            all = str_join(m,
                           (struct str[]){ all, all.n ? S("、") : S(""),
                                           grid_cell(g, row, col)->text },
                           3);
    return all;
}

static struct text other_table(struct mem *m, const struct match *s,
                               size_t from, size_t header)
{
    return text_fmt(
        m,
        "第 %zu 行起是另一张表（表头：%.*s），没有导入；请把它放到"
        "单独的工作表",
        "another table begins in row %zu (headers: %.*s) and was not taken; "
        "put it on a sheet of its own",
        s->grid->first_row + from, STR_ARG(words_in(m, s->grid, header)));
}

/* A table above of which not enough was known to take it. */
static void look_above(struct mem *m, struct match *s, const struct map *words)
{
    for (size_t row = 0; row < s->header; row++) {
        if (!is_header(m, s->grid, words, row) ||
            row + headers_read(m, s->grid, row).rows > s->header)
            continue;
        s->rest = other_table(m, s, row, row);
        return;
    }
}

static void look_below(struct mem *m, struct match *s, const struct map *words)
{
    struct mem *scratch = mem_child(m);
    bool *notes = NEW_ARRAY(m, bool, s->grid->rows);

    for (size_t row = s->data_row; row < s->end_row; row++) {
        mem_reset(scratch);
        notes[row] = is_total_row(scratch, s, row);
        if (!is_header(scratch, s->grid, words, row))
            continue;
        notes[row] = true;
        if (is_repeat(scratch, s, row)) {
            note_repeat(s, notes, row);
            continue;
        }
        s->end_row = with_title(s, row);
        s->rest = other_table(m, s, s->end_row, row);
    }
    s->notes = notes;
    mem_free(scratch);
}

void match_bound(struct mem *m, struct match *s)
{
    struct mem *all = mem_child(m);
    struct map words = words_of_all(all);

    look_above(m, s, &words);
    look_below(m, s, &words);
    mem_free(all);
}
