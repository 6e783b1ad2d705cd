/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/import/hidden.h"

#include "base/buf.h"

enum { ROWS_NAMED = 20, TELL_MAX = 32 * 1024 };

/* Is the row a row of the ledger, or, of an unknown sheet, filled at all? */
static bool is_row(const struct match *s, size_t row)
{
    if (s->ledger)
        return row >= s->data_row && match_row(s, row) == ROW_HIDDEN;
    for (size_t col = 0; col < s->grid->cols; col++)
        if (grid_cell(s->grid, row, col)->kind != CELL_EMPTY)
            return true;
    return false;
}

size_t hidden_row(const struct match *s, size_t at)
{
    if (!s->ledger && s->grid->hidden)
        return SIZE_MAX;
    for (; at < s->grid->rows; at++)
        if (grid_row_hidden(s->grid, at) && is_row(s, at))
            return at;
    return SIZE_MAX;
}

static bool is_mapped(const struct match *s, size_t col)
{
    return s->ledger && match_column_of(s, col) != SIZE_MAX;
}

static bool has_content(const struct grid *g, size_t col)
{
    for (size_t row = 0; row < g->rows; row++)
        if (grid_cell(g, row, col)->kind != CELL_EMPTY)
            return true;
    return false;
}

bool hidden_has_col(const struct match *s, size_t col)
{
    return (s->ledger || !s->grid->hidden) && grid_col_hidden(s->grid, col) &&
           !is_mapped(s, col) && has_content(s->grid, col);
}

size_t hidden_col(const struct match *s, size_t at)
{
    for (; at < s->grid->cols; at++)
        if (hidden_has_col(s, at))
            return at;
    return SIZE_MAX;
}

struct str hidden_name(struct mem *m, const struct match *s, size_t col)
{
    size_t header = s->header == SIZE_MAX ? 0 : s->header;
    struct str name = str_trim(grid_cell(s->grid, header, col)->text);
    struct range at = { .col = (uint32_t)col, .last_col = (uint32_t)col };
    struct str letters;

    if (s->header != SIZE_MAX && name.n)
        return name;
    letters = grid_place(m, s->grid, at);
    return str_slice(letters, 0, letters.n / 2);
}

/* "5、6、9"; returns how many rows there are. */
static size_t put_rows(struct buf *b, const struct match *s)
{
    size_t n = 0;

    for (size_t row = 0; (row = hidden_row(s, row)) != SIZE_MAX; row++) {
        if (n == ROWS_NAMED)
            buf_lit(b, "…");
        else if (n < ROWS_NAMED)
            buf_fmt(b, "%s%zu", n ? "、" : "", s->grid->first_row + row);
        n++;
    }
    return n;
}

static size_t put_cols(struct mem *m, struct buf *b, const struct match *s)
{
    size_t n = 0;

    for (size_t col = 0; (col = hidden_col(s, col)) != SIZE_MAX; col++)
        buf_fmt(b, "%s%.*s", n++ ? "、" : "", STR_ARG(hidden_name(m, s, col)));
    return n;
}

struct text hidden_text(struct mem *m, const struct match *s)
{
    struct buf *rows = buf_new(m, TELL_MAX);
    struct buf *cols = buf_new(m, TELL_MAX);
    size_t rows_n = put_rows(rows, s);
    size_t cols_n = put_cols(m, cols, s);
    struct text of_rows =
        text_fmt(m, "%zu 行（第 %.*s 行）", "rows: %zu (%.*s)", rows_n,
                 STR_ARG(buf_str(rows)));
    struct text of_cols = text_fmt(m, "%zu 列（%.*s）", "columns: %zu (%.*s)",
                                   cols_n, STR_ARG(buf_str(cols)));
    struct text found = rows_n ? of_rows : of_cols;

    if (!rows_n && !cols_n)
        return TEXT("", "");
    if (rows_n && cols_n)
        found = (struct text){
            str_fmt(m, "%.*s、%.*s", STR_ARG(of_rows.zh), STR_ARG(of_cols.zh)),
            str_fmt(m, "%.*s, %.*s", STR_ARG(of_rows.en), STR_ARG(of_cols.en)),
        };
    return (struct text){
        str_fmt(m,
                "隐藏的没有导入：%.*s。需要的话请先取消隐藏或筛选，"
                "保存后再导入",
                STR_ARG(found.zh)),
        str_fmt(m,
                "hidden and left out: %.*s. If they are needed, unhide them "
                "or clear the filter, save and import again",
                STR_ARG(found.en)),
    };
}
