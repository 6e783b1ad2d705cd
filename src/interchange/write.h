/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * write.h - a table into a file that people open: .xlsx or .csv.
 *
 * A sheet, a header, then row after row; a workbook may have several sheets:
 *
 *     w = sheet_writer_new(m, spool, SHEET_XLSX, S("双领项目"));
 *     sheet_writer_head(w, columns, COUNT(columns));
 *     sheet_writer_text(w, name);
 *     sheet_writer_decimal(w, 9565, 2);
 *     sheet_writer_end_row(w);
 *     err = sheet_writer_finish(w, &reason);
 *
 * The file is then what the spool has. Rows go there one by one: memory does
 * not grow with them.
 *
 * The same calls give the same bytes. What is written reads back equal by
 * read.h, except that control characters go and CR LF becomes LF. No cell is
 * a formula but the sums below the rows: in .xlsx texts are texts, in .csv a
 * text that looks like a formula gets ' in front, which read.h takes off
 * again.
 */
#ifndef DAJUAN_INTERCHANGE_WRITE_H
#define DAJUAN_INTERCHANGE_WRITE_H

#include "base/spool.h"

enum sheet_format {
    SHEET_XLSX,
    SHEET_CSV, /* UTF-8 with mark, CR LF, RFC 4180 */
};

enum sheet_kind {
    SHEET_TEXT, /* a leading zero stays, also in what people type later */
    SHEET_INTEGER,
    SHEET_DECIMAL,
    SHEET_DATE, /* shown as yyyy-mm-dd */
};

struct sheet_column {
    struct str header;
    enum sheet_kind kind;
    unsigned width;            /* in characters of Latin text; 0: 16 */
    const struct str *choices; /* a drop-down for the column, or NULL */
    size_t choices_n;
};

struct sheet_writer;

/*
 * Into `to`, which is new. `title` names the sheet; what a name may not hold
 * is left out.
 */
struct sheet_writer *sheet_writer_new(struct mem *m, struct spool *to,
                                      enum sheet_format f, struct str title);

/* Of a workbook: this sheet is done, another one begins with its own head. */
void sheet_writer_next(struct sheet_writer *w, struct str title);

/* Once a sheet, before the first row. `columns` must live until finish. */
void sheet_writer_head(struct sheet_writer *w,
                       const struct sheet_column *columns, size_t n);

/*
 * The next cell of the row. More cells than columns, or a row before the
 * head, are a BUG. Numbers of more than 15 digits are written as text,
 * because a spreadsheet would change them.
 */
void sheet_writer_text(struct sheet_writer *w, struct str s);
void sheet_writer_int(struct sheet_writer *w, int64_t v);
/* `v` divided by 10^`scale`: (9565, 2) is 95.65. `scale` at most 15. */
void sheet_writer_decimal(struct sheet_writer *w, int64_t v, unsigned scale);
void sheet_writer_date(struct sheet_writer *w, int32_t date); /* 0: empty */
void sheet_writer_empty(struct sheet_writer *w);
/*
 * Of the last row: the sum of the cells above, which is `sum`. In .xlsx a
 * formula that says so, and the row stays out of sorting and filtering.
 */
void sheet_writer_sum(struct sheet_writer *w, int64_t sum);
void sheet_writer_end_row(struct sheet_writer *w);

/*
 * The file is whole, and so is its spool. Fails with E_SIZE (over 1,048,575
 * rows, a text over 32,767 characters in .xlsx) or as spool_end() does, with
 * words. The writer is used up either way.
 */
enum err sheet_writer_finish(struct sheet_writer *w,
                             struct text *ret_reason) MUST_CHECK;

#endif
