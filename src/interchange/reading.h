/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * reading.h - what the parts of one reading share: two lifetimes, the
 * limits, the store of texts, and the first refusal, which sticks.
 *
 * For this folder only.
 */
#ifndef DAJUAN_INTERCHANGE_READING_H
#define DAJUAN_INTERCHANGE_READING_H

#include "interchange/read.h"

enum { POOL_SLOTS = 4096 };

/* Texts of cells, packed into large blocks; recent short ones are shared. */
struct pool {
    struct mem *m;
    char *at;
    size_t left;
    struct str recent[POOL_SLOTS];
};

struct reading {
    struct mem *m;       /* the result */
    struct mem *scratch; /* ends with the reading */
    const struct read_limits *limits;
    struct pool *pool;
    size_t cells; /* in the grids finished so far */
    enum err err; /* the first refusal */
    struct text reason;
};

/* Refuse; the first refusal is kept. Returns the error that is kept. */
enum err reading_refuse(struct reading *r, enum err e, struct text reason);
/* The usual one: the file is not what its format says. */
enum err reading_damaged(struct reading *r);

/* A copy of `s` in the pool. */
struct str pool_keep(struct pool *p, struct str s);

/*
 * Make `p[0..n)` plain in place (see utf8_plain): control characters and
 * direction overrides go, CR and CR LF become LF. With `escapes`, _xHHHH_
 * is the UTF-16 unit HHHH first (ECMA-376 part 1, 22.9.2.19, ST_Xstring).
 * `p` must be UTF-8. Returns the new length.
 */
size_t text_clean(char *p, size_t n, bool escapes);

/* Collecting the cells of one sheet in any order. */
struct builder;
struct builder *builder_new(struct reading *r, struct str sheet);
/* A later cell at the same place wins; refuses one beyond the limits. */
enum err builder_add(struct builder *b, size_t row, size_t col,
                     struct cell cell);
/* `range` is shown as one cell. */
enum err builder_merge(struct builder *b, struct range range);
/* The row, or the columns from `col` to `last`, are hidden. */
void builder_hide_row(struct builder *b, size_t row);
void builder_hide_cols(struct builder *b, size_t col, size_t last);
/* Lay the grid out; ends the builder. */
enum err builder_finish(struct builder *b, struct grid *ret);

/* Refuse, by its name, a file that is neither a zip nor cells as text. */
enum err foreign_refuse(struct reading *r, struct str bytes);
/* "This is NAME": what WPS and Excel open, so that saving again helps. */
enum err foreign_table(struct reading *r, struct text name);

/* The two readers; see read.h. */
enum err xlsx_read(struct reading *r, struct str bytes, struct workbook *ret);
enum err csv_read(struct reading *r, struct table_file file,
                  struct workbook *ret);

#endif
