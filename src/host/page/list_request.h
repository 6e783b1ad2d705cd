/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * list_request.h - from the query string of a request to a list_query, and
 * back to an address.
 *
 *     year=2024|all  sort=KEY|-KEY|-id  q=WORDS  voided=1  page=N
 *     after=ID|before=ID  with page: the rows behind, or before, that one
 *     can=STEP  what waits for the one who asks to take it: of all years,
 *               unless a year is said
 *     KEY=VALUE for a column that filters: the key of a choice, the id of a
 *     row that is referred to, or a part of its title
 *
 * What is unknown or invalid is as if it were not there; the frame says so
 * of a year.
 */
#ifndef DAJUAN_HOST_PAGE_LIST_REQUEST_H
#define DAJUAN_HOST_PAGE_LIST_REQUEST_H

#include "host/desk/ctx.h"
#include "host/list/list.h"

/*
 * The ledger of the path, if the one who asks may see it; else E_ABSENT or
 * E_SIGNIN, refused with words.
 */
enum err list_ledger(struct ctx *c, const struct ledger **ret) MUST_CHECK;

/* Read the query string of this request. */
void list_read(struct ctx *c, const struct ledger *l, struct list_query *ret);
/* The address of the query; `tail` is "" or "/export.xlsx". */
struct str list_link(struct mem *m, const struct list_query *q,
                     struct str tail);

#endif
