/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * header.h - the words above the columns of a sheet.
 *
 * A header may stand in several rows: 队员人数 over 男 and 女 is read as
 * "队员人数 › 男" and "队员人数 › 女", and a cell that says so itself is read
 * alike. The lowest word names the column; one that only an upper word names
 * is a part of it, unless the lowest is a total (儿童人次 › 合计).
 */
#ifndef DAJUAN_HOST_IMPORT_HEADER_H
#define DAJUAN_HOST_IMPORT_HEADER_H

#include "host/ledger/column.h"
#include "interchange/grid.h"

enum { HEADER_DEPTH = 3 };

struct header {
    struct str text;                /* as people read it; "": none */
    struct str words[HEADER_DEPTH]; /* folded, from the top */
    size_t n;
};

struct headers {
    struct header *of; /* every column of the grid */
    size_t n;
    size_t rows; /* how many rows of the grid they take */
};

/* The headers that begin in `row`. */
struct headers headers_read(struct mem *m, const struct grid *g, size_t row);

enum naming {
    NAMES_NOT,
    NAMES_PART, /* of the column: 队员人数 › 男 */
    NAMES_IT,
};

/* The folded words a column is known by, those that say it best first. */
struct column_words {
    struct str *word;
    size_t n;
};
struct column_words column_words(struct mem *m, const struct column *c);

/* Which of the words names the header; `ret_rank` is its place. */
enum naming header_names(const struct header *h, struct column_words words,
                         size_t *ret_rank);

/*
 * A header as it is compared: folded (utf8_fold); without the marks of
 * footnotes, templates and questionnaires ("*队伍名称：", "1、队伍名称",
 * "服务类别【必填】"); without a unit ("党员数（人）", "队员人数/人"). What
 * says which part is meant stays: 队员人数（女） is not the number of members.
 * So does a unit behind a stroke that changes the number (/小时).
 */
struct str header_fold(struct mem *m, struct str header);

/* Is it the header of serial numbers, which say nothing of a row? */
bool header_is_serial(const struct header *h);

/*
 * Do these words say that a row or column adds up others? 合 计, 小计：,
 * 共计21人, 合计（人）, 中韩街道小计; but not 总计划.
 */
bool is_total(struct mem *m, struct str text);

/* Does the cell say anything? Blanks alone do not. */
bool cell_is_said(const struct cell *c);

/* A number, a date, a time, however they are written: what no header is. */
bool cell_is_number(const struct cell *c);

/* A column as a spreadsheet calls it: A, Z, AA. */
struct str column_letters(struct mem *m, size_t col);

#endif
