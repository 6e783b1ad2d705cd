/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * cell.h - between what people type and what a column keeps.
 *
 * One reader for forms, workbooks and pasted cells, and one writer for
 * pages: what is written reads back as the same value.
 */
#ifndef DAJUAN_HOST_LEDGER_CELL_H
#define DAJUAN_HOST_LEDGER_CELL_H

#include "host/ledger/ledger.h"
#include "host/ledger/unit.h"

/*
 * Read `raw` as a value of the column; a blank one is missing. Any type but
 * COLUMN_REF, which needs the database (ref.h). E_INPUT and a reason that
 * says what is wrong and what would be right; so are errors of formulas and
 * signs that point at another cell (stray.h), whatever the type. The value
 * lives in `m`.
 */
enum err cell_read(struct mem *m, const struct column *c, struct str raw,
                   struct value *ret_value, struct text *ret_reason);

/* The same for a cell of a file, below a header that says what it counts. */
enum err cell_read_under(struct mem *m, const struct heading *h, struct str raw,
                         struct value *ret_value, struct text *ret_reason);

/*
 * May the column keep this value, however it came about? What cell_read()
 * gives always may. False and a reason as from cell_read(). Of a reference
 * only that it is one.
 */
bool cell_fits(struct mem *m, const struct column *c, const struct value *v,
               struct text *ret_reason);

/*
 * The value as people read it, in their language; `label` is that of a
 * reference. Empty for a missing one.
 */
struct str cell_text(struct mem *m, const struct column *c,
                     const struct value *v, struct str label, enum lang l);
/*
 * The value as pages show it: what is kept in minutes in hours (41.3 小时),
 * what counts something as 2,478. Nobody types or imports these.
 */
struct str cell_shown(struct mem *m, const struct column *c,
                      const struct value *v, struct str label, enum lang l);
/* The head above such values: without the unit that each of them says. */
struct text column_shown(const struct column *c);

/* That text as visitors are shown it: 陈** · 199****7920 where personal. */
struct str cell_masked(struct mem *m, const struct column *c, struct str text);

/* The value as a form field shows it: cell_read() gives the same back. */
struct str cell_field(struct mem *m, const struct column *c,
                      const struct value *v, struct str label);

/*
 * What the value is when rows are compared: of a text its folding, of a time
 * of day, however it is written, when it begins ("09:00").
 */
struct str cell_identity(struct mem *m, const struct column *c,
                         const struct value *v);

/* Is it a time of day that is not said exactly, 上午 or 课间? */
bool cell_is_vague(struct mem *m, const struct column *c,
                   const struct value *v);

/*
 * Do two values of the column say the same, though perhaps written
 * otherwise: with blanks, full-width, 上午9点 for 9:00? Texts of several
 * lines are the same when every byte is.
 */
bool cell_alike(struct mem *m, const struct column *c, const struct value *a,
                const struct value *b);

/* 1,234,567 */
struct str number_text(struct mem *m, int64_t v);
/* Minutes in hours, to a tenth, half up: 141438 is "2,357.3". */
struct str hours_text(struct mem *m, int64_t minutes);
/* Points in hundredths: 9480 is "94.8", 9216 is "92.16". */
struct str mark_text(struct mem *m, int64_t hundredths);

/* Does a value kept as text in the journal read as the column says? */
struct str cell_raw_text(struct mem *m, const struct column *c, struct str raw,
                         enum lang l);

/* First character and ** ; or digits with the middle hidden. */
struct str cell_mask(struct mem *m, struct str s);

#endif
