/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Recognition: every ledger is tried on each of the first rows; the one with
 * most of its columns found wins, if all its required columns are there.
 */
#include "host/import/match.h"

#include "base/utf8.h"
#include "host/import/sheet_year.h"

#include <string.h>

enum { UNKNOWN_SHOWN = 8 };

struct known know(struct mem *m, const struct ledger *l)
{
    struct known k = { l, NEW_ARRAY(m, struct column_words, l->columns_n) };

    for (size_t i = 0; i < l->columns_n; i++)
        k.words[i] = column_words(m, &l->columns[i]);
    return k;
}

/*
 * The column of the grid that the words name best; SIZE_MAX: none. With
 * `ret_part`, one that is only a part of it will do.
 */
static size_t find_header(const struct headers *h, struct column_words words,
                          bool *ret_part)
{
    enum naming best = NAMES_NOT;
    size_t best_rank = SIZE_MAX;
    size_t found = SIZE_MAX;

    for (size_t col = 0; col < h->n; col++) {
        size_t rank = 0;
        enum naming now = header_names(&h->of[col], words, &rank);

        if (now > best || (now == best && now && rank < best_rank)) {
            best = now;
            best_rank = rank;
            found = col;
        }
    }
    *ret_part = best == NAMES_PART;
    return found;
}

/* How many columns were found, and the first required one that was not. */
static size_t map_columns(const struct headers *h, const struct known *k,
                          size_t *ret_map, const struct column **ret_missing)
{
    const struct ledger *l = k->ledger;
    size_t found = 0;
    bool part;

    *ret_missing = NULL;
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];

        ret_map[i] =
            column_follows(c) ? SIZE_MAX : find_header(h, k->words[i], &part);
        if (ret_map[i] != SIZE_MAX)
            found++;
        else if (column_is(c, COLUMN_REQUIRED) && !*ret_missing)
            *ret_missing = c;
    }
    return found;
}

const struct column own_columns[4] = {
    [OWN_ID] = { .key = S_INIT("id"), .label = TEXT_INIT("编号", "ID") },
    [OWN_YEAR] = { .key = S_INIT("year"),
                   .label = TEXT_INIT("年度", "Year"),
                   KNOWN_AS("年份|所属年度|统计年度|考核年度|评定年度|所属年份|"
                            "年") },
    [OWN_VOIDED] = { .label = TEXT_INIT("作废", "Voided") },
    [OWN_REASON] = { .label = TEXT_INIT("错误原因", "What to put right") },
};

static size_t find_serial(const struct headers *h)
{
    for (size_t col = 0; col < h->n; col++)
        if (header_is_serial(&h->of[col]))
            return col;
    return h->n && h->of[0].n == 0 ? 0 : SIZE_MAX;
}

static size_t find_own(struct mem *m, const struct headers *h, size_t own)
{
    bool part;
    size_t col = find_header(h, column_words(m, &own_columns[own]), &part);

    return part ? SIZE_MAX : col;
}

void match_as(struct mem *m, const struct grid *g, const struct ledger *l,
              size_t header, struct match *ret)
{
    struct known k = know(m, l);
    const struct column *missing;

    match_headless(m, g, l, ret);
    ret->header = header;
    ret->headers = headers_read(m, g, header);
    ret->data_row = header + ret->headers.rows;
    map_columns(&ret->headers, &k, ret->map, &missing);
    ret->id_col = find_own(m, &ret->headers, OWN_ID);
    ret->year_col = find_own(m, &ret->headers, OWN_YEAR);
    ret->serial_col = find_serial(&ret->headers);
    match_doubt(m, ret);
    match_bound(m, ret);
    sheet_year_told(m, g, header, &ret->told);
}

void match_headless(struct mem *m, const struct grid *g, const struct ledger *l,
                    struct match *ret)
{
    *ret = (struct match){
        .grid = g,
        .ledger = l,
        .header = SIZE_MAX,
        .end_row = g->rows,
        .map = NEW_ARRAY(m, size_t, l->columns_n),
        .parts = NEW_ARRAY(m, struct parts, l->columns_n),
        .id_col = SIZE_MAX,
        .year_col = SIZE_MAX,
        .serial_col = SIZE_MAX,
    };
    memset(ret->map, 0xff, l->columns_n * sizeof(*ret->map));
}

struct str match_header(const struct match *s, size_t col)
{
    return col < s->headers.n ? s->headers.of[col].text : S("");
}

static bool is_known(struct mem *m, const struct match *s,
                     const struct column *c, size_t col)
{
    size_t rank;

    return col < s->headers.n &&
           header_names(&s->headers.of[col], column_words(m, c), &rank) ==
               NAMES_IT;
}

const struct column *match_computed(struct mem *m, const struct match *s,
                                    size_t col)
{
    const struct ledger *l = s->ledger;

    if (match_column_of(s, col) != SIZE_MAX)
        return NULL;
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_follows(&l->columns[i]) &&
            is_known(m, s, &l->columns[i], col))
            return &l->columns[i];
    return NULL;
}

bool match_leaves_out(struct mem *m, const struct match *s, size_t col)
{
    if (col == s->id_col || col == s->year_col || col == s->serial_col ||
        grid_col_hidden(s->grid, col))
        return false;
    if (match_column_of(s, col) != SIZE_MAX || match_computed(m, s, col))
        return false;
    return !is_known(m, s, &own_columns[OWN_VOIDED], col) &&
           !is_known(m, s, &own_columns[OWN_REASON], col);
}

static bool try_headless(struct mem *m, const struct grid *g, struct match *ret)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        if (!l->recognise)
            continue;
        match_headless(m, g, l, ret);
        if (l->recognise(g, ret->map))
            return true;
    }
    return false;
}

/* The best ledger for a sheet, with or without all its required columns. */
struct guess {
    const struct ledger *ledger;
    size_t row, data_row;
    size_t found;
    const struct column *missing;
};

/*
 * Is `a`, which stands in the same row or below, better than `b`? The upper
 * of two tables is taken, and the other named. But a title, or a group of
 * headers, that the row below makes a header is none of its own.
 */
static bool better(const struct guess *a, const struct guess *b)
{
    if (!a->missing != !b->missing)
        return !a->missing;
    if (a->row == b->row || b->missing)
        return a->found > b->found;
    return a->row < b->data_row &&
           (a->found > b->found ||
            (a->found == b->found && a->ledger == b->ledger));
}

static struct known *know_all(struct mem *m, const struct ledger *only,
                              size_t *ret_n)
{
    struct known *all;
    const struct ledger *l;
    size_t n = 0;

    while (ledger_at(n))
        n++;
    all = NEW_ARRAY(m, struct known, n);
    *ret_n = 0;
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (!only || only == l)
            all[(*ret_n)++] = know(m, l);
    return all;
}

/* The best of all ledgers, or of `only`. */
static struct guess guess_ledger(struct mem *m, const struct grid *g,
                                 const struct ledger *only)
{
    struct guess best = { .missing = NULL };
    size_t n;
    struct known *all = know_all(m, only, &n);

    for (size_t row = 0; row < g->rows && row < HEADER_ROWS; row++) {
        struct headers h = headers_read(m, g, row);

        if (grid_row_hidden(g, row))
            continue;
        for (size_t i = 0; i < n; i++) {
            const struct ledger *l = all[i].ledger;
            size_t *map = NEW_ARRAY(m, size_t, l->columns_n);
            struct guess now = { l, row, row + h.rows, 0, NULL };

            now.found = map_columns(&h, &all[i], map, &now.missing);
            if (now.found && (!best.ledger || better(&now, &best)))
                best = now;
        }
    }
    return best;
}

void match_take_as(struct mem *m, struct match *s, const struct ledger *l)
{
    const struct grid *g = s->grid;
    struct mem *scratch = mem_child(m);
    struct guess best = guess_ledger(scratch, g, l);

    mem_free(scratch);
    if (g->rows)
        match_as(m, g, l, best.row, s);
    else
        match_headless(m, g, l, s);
}

/* “*建队时间”“挂钩社区”: the headers of a row that the ledger does not know. */
static struct str unknown_headers(struct mem *m, const struct grid *g,
                                  const struct guess *guess)
{
    struct match s;
    struct str all = S("");
    size_t n = 0;

    match_as(m, g, guess->ledger, guess->row, &s);
    for (size_t col = 0; col < g->cols && n < UNKNOWN_SHOWN; col++) {
        struct str header = match_header(&s, col);

        if (header.n == 0 || !match_leaves_out(m, &s, col))
            continue;
        n++;
        all = str_join(m, (struct str[]){ all, S("“"), header, S("”") }, 4);
    }
    return all.n ? all : S("—");
}

static struct text nearly(struct mem *m, const struct grid *g,
                          const struct guess *best)
{
    struct str unknown = unknown_headers(m, g, best);

    return (struct text){
        str_fmt(m, "像是“%.*s”，但缺少必需的列“%.*s”；没有对上的表头：%.*s",
                STR_ARG(best->ledger->label.zh),
                STR_ARG(best->missing->label.zh), STR_ARG(unknown)),
        str_fmt(m,
                "looks like \"%.*s\" but the required column \"%.*s\" is "
                "missing; headers that were not understood: %.*s",
                STR_ARG(best->ledger->label.en),
                STR_ARG(best->missing->label.en), STR_ARG(unknown)),
    };
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
                           .header = SIZE_MAX,
                           .id_col = SIZE_MAX,
                           .problem = hidden_sheet };
    if (g->hidden)
        return;
    scratch = mem_child(m);
    best = guess_ledger(scratch, g, NULL);
    mem_free(scratch);
    if (best.ledger && !best.missing) {
        match_as(m, g, best.ledger, best.row, ret);
        return;
    }
    if (try_headless(m, g, ret))
        return;
    *ret = (struct match){ .grid = g, .header = SIZE_MAX, .id_col = SIZE_MAX };
    if (best.ledger && best.found > 1)
        ret->problem = nearly(m, g, &best);
    else if (g->cols == 1 && g->rows > 1)
        ret->problem =
            TEXT("整张表只有一栏，可能是分隔符认不出。请用逗号分隔，"
                 "或另存为 .xlsx 后再上传",
                 "the whole sheet is one column; its separator may not be "
                 "known. Separate by commas, or save it as .xlsx");
    else
        ret->problem =
            TEXT("认不出这张表：前 30 行里没有任何台账的表头。请从台账页面"
                 "下载模板对照，或选择台账",
                 "not recognised: no header of any ledger was found in the "
                 "first 30 rows. Compare it with a ledger's template, or "
                 "choose the ledger");
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

/* Does the range cover another column that has a header? */
static bool has_column_beside(const struct match *s, struct range at)
{
    for (size_t col = at.col + 1; col <= at.last_col; col++)
        if (col < s->headers.n && s->headers.of[col].n)
            return true;
    return false;
}

/*
 * Looking up first keeps the whole linear: of all rows of a range only the
 * first with data looks down.
 */
bool match_shares(const struct match *s, size_t row, size_t i, size_t col)
{
    const struct column *c = &s->ledger->columns[i];
    const struct cell *cell = grid_cell(s->grid, row, col);
    struct range at;

    if (!cell->group || s->map[i] == s->serial_col ||
        (c->type != COLUMN_COUNT && c->type != COLUMN_MARK))
        return false;
    at = s->grid->groups[cell->group - 1];
    return has_column_beside(s, at) ||
           has_data(s, at.row < s->data_row ? s->data_row : at.row, row) ||
           has_data_below(s, row, at.last_row);
}

bool match_doubts_cell(const struct match *s, size_t row, size_t col)
{
    const struct cell *c = grid_cell(s->grid, row, col);
    size_t i = match_column_of(s, col);

    if (i != SIZE_MAX && match_shares(s, row, i, col))
        return true;
    return c->kind == CELL_ERROR || c->kind == CELL_UNCALCULATED || c->lossy;
}
