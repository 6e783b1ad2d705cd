/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Fuzzing of text files: what is read must be plain, and written again as
 * CSV it must read back equal, which also tries the writer and the guard.
 * Saved input is in corpus/csv.
 */
#include "base/utf8.h"
#include "interchange/read.h"
#include "interchange/write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct str write_again(struct mem *m, const struct grid *g)
{
    struct sheet_column *columns = NEW_ARRAY(m, struct sheet_column, g->cols);
    struct spool *spool = spool_new(m, NULL);
    struct sheet_writer *w = sheet_writer_new(m, spool, SHEET_CSV, g->name);
    struct text reason;

    for (size_t c = 0; c < g->cols; c++)
        columns[c].header = S("h");
    sheet_writer_head(w, columns, g->cols);
    for (size_t r = 0; r < g->rows; r++) {
        for (size_t c = 0; c < g->cols; c++)
            sheet_writer_text(w, grid_cell(g, r, c)->text);
        sheet_writer_end_row(w);
    }
    if (sheet_writer_finish(w, &reason) != OK)
        BUG("not written");
    return spool_bytes(spool);
}

static void check_again(struct mem *m, const struct grid *g)
{
    struct workbook again = { .n = 0 };
    struct text reason;

    if (workbook_read(m, (struct table_file){ S("f"), write_again(m, g) },
                      &read_limits_default, &again, &reason) != OK)
        BUG("our own file is refused");
    for (size_t r = 0; r < g->rows; r++)
        for (size_t c = 0; c < g->cols; c++) {
            struct str was = grid_cell(g, r, c)->text;

            if (!utf8_plain(was, true))
                BUG("a cell that is not plain");
            if (!str_eq(was, grid_cell(again.grids, r + 1, c)->text))
                BUG("row %zu column %zu changed", r, c);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem *m = mem_new();
    struct str s = { (const char *)data, size };
    struct workbook w = { .n = 0 };
    struct text reason;

    if (!str_starts(s, S("PK")) &&
        workbook_read(m, (struct table_file){ S("f"), s }, &read_limits_default,
                      &w, &reason) == OK &&
        w.grids[0].cols && w.grids[0].rows * w.grids[0].cols < 10000)
        check_again(m, &w.grids[0]);
    mem_free(m);
    return 0;
}
