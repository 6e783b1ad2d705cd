/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * hidden.h - what of a sheet nobody sees in the file, and is left out.
 *
 * A draft of last year on a hidden sheet, rows that a filter took away:
 * counting them would surprise whoever looks at the file, and leaving them
 * out in silence whoever filtered it. So they are left out and named.
 */
#ifndef DAJUAN_HOST_IMPORT_HIDDEN_H
#define DAJUAN_HOST_IMPORT_HIDDEN_H

#include "host/import/recognise.h"

/*
 * Step through the hidden rows of the ledger, or through the hidden columns
 * that hold something and were not mapped by hand: the first from `at` on;
 * SIZE_MAX: no more. A hidden sheet that is left out as a whole has none.
 */
size_t hidden_row(const struct match *s, size_t at);
size_t hidden_col(const struct match *s, size_t at);
/* Is it one of these columns? */
bool hidden_has_col(const struct match *s, size_t col);
/* Its header, or its letter. */
struct str hidden_name(struct mem *m, const struct match *s, size_t col);

/* All of it in a sentence that says what to do; empty: nothing is hidden. */
struct text hidden_text(struct mem *m, const struct match *s);

#endif
