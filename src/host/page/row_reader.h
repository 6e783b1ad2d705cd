/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_reader.h - a row and the one who reads it: what of it they may see, and
 * what is said or noted of that. In row_page.c.
 */
#ifndef DAJUAN_HOST_PAGE_ROW_READER_H
#define DAJUAN_HOST_PAGE_ROW_READER_H

#include "host/desk/page.h"

/* Has the reader no more to do with the row than a visitor has? */
bool row_is_strange(struct ctx *c, const struct ledger_row *row);

/*
 * The row of the path as this reader may see it; else E_ABSENT, refused
 * with words.
 */
enum err row_of_path(struct ctx *c, const struct ledger *l,
                     struct ledger_row **ret_row) MUST_CHECK;
/* The name of a row for this reader; "No. 12" when the name is hidden. */
struct str row_name(struct ctx *c, const struct ledger_row *row);
struct str row_number(struct ctx *c, const struct ledger_row *row);
/* A value as strangers see it, or others; "" when hidden or missing. */
struct str row_value(struct ctx *c, const struct ledger_row *row, size_t i,
                     bool stranger);
/* Has it values about a person? */
bool row_is_personal(const struct ledger_row *row);
/*
 * The way to a row: its list, or what it is a part of and the list of that;
 * with `itself` the row too. Four crumbs are enough.
 */
void row_crumbs(struct ctx *c, const struct ledger_row *row, bool itself,
                struct crumb *ret);
/* 303 to a part where it stands on the page of its parent. */
enum err row_see_part(struct ctx *c, const struct ledger_row *part);
/* A page shows it: noted for the auditor if it has personal values in full. */
void row_note(struct ctx *c, const struct ledger_row *row, const char *form);
/*
 * E_DENIED, with who can help: to change `row`, or to add one when that is
 * NULL.
 */
enum err row_deny(struct ctx *c, const struct ledger *l,
                  const struct ledger_row *row);

#endif
