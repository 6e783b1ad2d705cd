/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Recognition: every ledger is tried on each of the first rows; the one with
 * most of its columns found wins, if all its required columns are there.
 */
#include "host/import/recognise.h"

#include "base/utf8.h"
#include "host/import/sheet_year.h"

#include <string.h>

enum { HEADER_ROWS = 12 };

/* Cut a bracketed unit off the end: "党员数(人)" is "党员数". */
static struct str without_unit(struct str folded)
{
    size_t at = str_find(folded, S("("));

    return at != SIZE_MAX && at > 0 && str_ends(folded, S(")"))
               ? str_slice(folded, 0, at)
               : folded;
}

struct str header_fold(struct mem *m, struct str header)
{
    return without_unit(utf8_fold(m, header));
}

/* The folded texts of one row. */
struct headers {
    struct str *text;
    size_t n;
};

static struct headers headers_of(struct mem *m, const struct grid *g,
                                 size_t row)
{
    struct headers h = { NEW_ARRAY(m, struct str, g->cols), g->cols };

    for (size_t col = 0; col < g->cols; col++) {
        const struct cell *cell = grid_cell(g, row, col);

        if (cell->kind == CELL_TEXT && !grid_col_hidden(g, col))
            h.text[col] = header_fold(m, cell->text);
    }
    return h;
}

static size_t find_word(const struct headers *h, struct str word)
{
    for (size_t col = 0; col < h->n && word.n; col++)
        if (str_eq(h->text[col], word))
            return col;
    return SIZE_MAX;
}

/* Where column `c` stands in the header row; SIZE_MAX: nowhere. */
static size_t find_header(struct mem *m, const struct headers *h,
                          const struct column *c)
{
    struct str words = c->synonyms;
    struct str word;
    size_t col = find_word(h, header_fold(m, c->label.zh));

    if (col == SIZE_MAX)
        col = find_word(h, header_fold(m, c->label.en));
    if (col == SIZE_MAX)
        col = find_word(h, c->key);
    while (col == SIZE_MAX && str_cut(&words, S("|"), &word))
        col = find_word(h, header_fold(m, word));
    return col;
}

/* How many columns were found, and the first required one that was not. */
static size_t map_columns(struct mem *m, const struct headers *h,
                          const struct ledger *l, size_t *ret_map,
                          const struct column **ret_missing)
{
    size_t found = 0;

    *ret_missing = NULL;
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];

        ret_map[i] =
            column_is(c, COLUMN_DERIVED) ? SIZE_MAX : find_header(m, h, c);
        if (ret_map[i] != SIZE_MAX)
            found++;
        else if (column_is(c, COLUMN_REQUIRED) && !*ret_missing)
            *ret_missing = c;
    }
    return found;
}

static const struct column id_column = {
    .key = S_INIT("id"),
    .label = TEXT_INIT("编号", "ID"),
};
static const struct column year_column = {
    .key = S_INIT("year"),
    .label = TEXT_INIT("年度", "Year"),
    KNOWN_AS("年份|所属年度|统计年度|考核年度|评定年度|所属年份|年"),
};

void match_as(struct mem *m, const struct grid *g, const struct ledger *l,
              size_t header, struct match *ret)
{
    struct headers h = headers_of(m, g, header);
    const struct column *missing;

    *ret = (struct match){ .grid = g, .ledger = l, .data_row = header + 1 };
    ret->map = NEW_ARRAY(m, size_t, l->columns_n);
    map_columns(m, &h, l, ret->map, &missing);
    ret->id_col = find_header(m, &h, &id_column);
    ret->year_col = find_header(m, &h, &year_column);
    sheet_year_told(m, g, header, &ret->told);
}

static bool try_headless(struct mem *m, const struct grid *g, struct match *ret)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        size_t *map;

        if (!l->recognise)
            continue;
        map = NEW_ARRAY(m, size_t, l->columns_n);
        memset(map, 0xff, l->columns_n * sizeof(*map));
        if (!l->recognise(g, map))
            continue;
        *ret = (struct match){ .grid = g,
                               .ledger = l,
                               .map = map,
                               .id_col = SIZE_MAX,
                               .year_col = SIZE_MAX };
        return true;
    }
    return false;
}

/* The best ledger for a sheet, with or without all its required columns. */
struct guess {
    const struct ledger *ledger;
    size_t row;
    size_t found;
    const struct column *missing;
};

static bool better(const struct guess *a, const struct guess *b)
{
    if (!a->missing != !b->missing)
        return !a->missing;
    return a->found > b->found;
}

static struct guess guess_ledger(struct mem *m, const struct grid *g)
{
    struct guess best = { .missing = NULL };
    const struct ledger *l;

    for (size_t row = 0; row < g->rows && row < HEADER_ROWS; row++) {
        struct headers h = headers_of(m, g, row);

        if (grid_row_hidden(g, row))
            continue;
        for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
            size_t *map = NEW_ARRAY(m, size_t, l->columns_n);
            struct guess now = { .ledger = l, .row = row };

            now.found = map_columns(m, &h, l, map, &now.missing);
            if (now.found && (!best.ledger || better(&now, &best)))
                best = now;
        }
    }
    return best;
}

static const struct text hidden_sheet =
    TEXT_INIT("隐藏的工作表，没有导入。需要的话请先取消隐藏，保存后再导入",
              "a hidden sheet, left out. If it is needed, unhide it, save and "
              "import again");

void match_grid(struct mem *m, const struct grid *g, struct match *ret)
{
    struct mem *scratch;
    struct guess best;

    *ret = (struct match){ .grid = g,
                           .id_col = SIZE_MAX,
                           .problem = hidden_sheet };
    if (g->hidden)
        return;
    scratch = mem_child(m);
    best = guess_ledger(scratch, g);
    mem_free(scratch);
    if (best.ledger && !best.missing) {
        match_as(m, g, best.ledger, best.row, ret);
        return;
    }
    if (try_headless(m, g, ret))
        return;
    *ret = (struct match){ .grid = g, .id_col = SIZE_MAX };
    if (best.ledger && best.found > 1)
        ret->problem = (struct text){
            str_fmt(m, "像是“%.*s”，但缺少必需的列“%.*s”",
                    STR_ARG(best.ledger->label.zh),
                    STR_ARG(best.missing->label.zh)),
            str_fmt(m,
                    "looks like \"%.*s\" but the required column "
                    "\"%.*s\" is missing",
                    STR_ARG(best.ledger->label.en),
                    STR_ARG(best.missing->label.en)),
        };
    else
        ret->problem = TEXT("认不出这张表：没有找到任何台账的表头。请从台账页面"
                            "下载模板对照，或选择台账",
                            "not recognised: no header of any ledger was "
                            "found. Compare it with a ledger's template, or "
                            "choose the ledger");
}

static bool is_total(struct str s)
{
    static const struct str words[] = { S_INIT("合计"), S_INIT("总计"),
                                        S_INIT("小计"), S_INIT("共计") };

    for (size_t i = 0; i < COUNT(words); i++)
        if (str_starts(s, words[i]))
            return true;
    return false;
}

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

enum row_sort match_row(const struct match *s, size_t row)
{
    const struct cell *first = grid_cell(s->grid, row, 0);
    size_t filled = 0;

    for (size_t col = 0; col < s->grid->cols; col++) {
        const struct cell *c = grid_cell(s->grid, row, col);

        if (c->kind != CELL_EMPTY && !c->merged)
            filled++;
    }
    if (filled == 0)
        return ROW_BLANK;
    if (first->kind == CELL_TEXT &&
        (is_total(first->text) || (filled == 1 && is_note(s, first->text))))
        return ROW_NOTE;
    return grid_row_hidden(s->grid, row) ? ROW_HIDDEN : ROW_DATA;
}

/* A hidden row is one too: the number may well be the sum with it. */
static bool is_data(const struct match *s, size_t row)
{
    enum row_sort sort = match_row(s, row);

    return sort == ROW_DATA || sort == ROW_HIDDEN;
}

/* Is there a row of the ledger between `from` and `to`, without `to`? */
static bool has_data(const struct match *s, size_t from, size_t to)
{
    for (size_t row = to; row-- > from;)
        if (is_data(s, row))
            return true;
    return false;
}

static bool has_data_below(const struct match *s, size_t row, size_t last)
{
    while (++row <= last)
        if (is_data(s, row))
            return true;
    return false;
}

/*
 * Looking up first keeps the whole linear: of all rows of a range only the
 * first with data looks down.
 */
bool match_shares(const struct match *s, size_t row, size_t i)
{
    const struct column *c = &s->ledger->columns[i];
    const struct cell *cell = grid_cell(s->grid, row, s->map[i]);
    struct range at;

    if (!cell->group || (c->type != COLUMN_COUNT && c->type != COLUMN_MARK))
        return false;
    at = s->grid->groups[cell->group - 1];
    return has_data(s, at.row < s->data_row ? s->data_row : at.row, row) ||
           has_data_below(s, row, at.last_row);
}
