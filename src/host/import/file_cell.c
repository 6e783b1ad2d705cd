/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/import/file_cell.h"

#include "base/utf8.h"
#include "host/ledger/stray.h"

const struct cell *file_cell(struct file_place at)
{
    return grid_cell(at.match->grid, at.row, at.col);
}

struct str file_words(struct mem *m, const struct cell *cell)
{
    return str_trim(utf8_clean(m, cell->text));
}

/*
 * The cell that a sign like 同上 stands for: the next above it that says
 * something itself, over rows that are rows of the ledger. NULL where that
 * is not certain.
 */
static const struct cell *cell_above(struct mem *m, struct file_place at)
{
    const struct match *s = at.match;

    for (size_t row = at.row; row-- > s->data_row;) {
        const struct cell *cell = grid_cell(s->grid, row, at.col);
        enum stray what = stray_of(m, cell->text);

        if (match_row(s, row) != ROW_DATA || file_words(m, cell).n == 0)
            return NULL;
        if (what == STRAY_NONE)
            return cell;
        if (what != STRAY_DITTO)
            return NULL;
    }
    return NULL;
}

/* Is a number meant as the one above, or is it counted there already? */
static bool may_repeat(const struct column *c)
{
    return c->type != COLUMN_COUNT && c->type != COLUMN_MARK;
}

bool file_unreadable(const struct cell *cell, struct text *ret_reason)
{
    if (cell->kind == CELL_ERROR)
        *ret_reason = stray_reason(STRAY_ERROR);
    else if (cell->kind == CELL_UNCALCULATED)
        *ret_reason =
            TEXT("公式还没有计算结果，请用 WPS 或 Excel 打开、保存后再导入",
                 "the formula was never calculated; open the file in WPS or "
                 "Excel, save it and import it again");
    else if (cell->lossy)
        *ret_reason =
            TEXT("长数字被电子表格截断，末几位已丢失；"
                 "请把该列设为文本后重新填写",
                 "a long number lost its last digits in the spreadsheet; "
                 "make the column text and type it again");
    else
        return false;
    return true;
}

static struct text shared_reason(struct mem *m, struct file_place at)
{
    const struct grid *g = at.match->grid;
    struct range range = g->groups[file_cell(at)->group - 1];
    struct str place = grid_place(m, g, range);

    if (range.last_row == range.row)
        return text_fmt(m,
                        "%.*s 合并了 %d 列，一个数不能算作每列各一个；"
                        "请取消合并，逐列填写",
                        "%.*s merges %d columns: one number does not count "
                        "for each of them; split the cells and fill in every "
                        "column",
                        STR_ARG(place), (int)(range.last_col - range.col + 1));
    return text_fmt(m,
                    "%.*s 合并了 %d 行，一个数不能算作每行各一个；"
                    "请取消合并，逐行填写",
                    "%.*s merges %d rows: one number does not count for each "
                    "of them; split the cells and fill in every row",
                    STR_ARG(place), (int)(range.last_row - range.row + 1));
}

bool file_find(struct mem *m, struct file_place at,
               const struct cell **ret_cell, struct text *ret_reason)
{
    const struct column *c = &at.match->ledger->columns[at.i];
    enum stray what = stray_of(m, file_cell(at)->text);
    const struct cell *above =
        what == STRAY_DITTO && may_repeat(c) ? cell_above(m, at) : NULL;

    *ret_cell = above ? above : file_cell(at);
    if (file_unreadable(*ret_cell, ret_reason))
        return false;
    if (what == STRAY_NONE && match_shares(at.match, at.row, at.i, at.col))
        *ret_reason = shared_reason(m, at);
    else if (what == STRAY_NONE || what == STRAY_NOTHING || above)
        return true;
    else
        *ret_reason = stray_reason(what);
    return false;
}

bool file_filled(struct mem *m, struct file_place at)
{
    const struct cell *cell = file_cell(at);

    return cell->kind == CELL_UNCALCULATED || file_words(m, cell).n > 0;
}
