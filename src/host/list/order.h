/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * order.h - in which order the rows of a list come, and which of them are on
 * a page.
 *
 * A page in the order of ids is found by the row that it lies behind, or that
 * it lies before; any other from the nearer end. What is sorted by a column is
 * sorted whole for each page, as no index could be kept for each of them.
 */
#ifndef DAJUAN_HOST_LIST_ORDER_H
#define DAJUAN_HOST_LIST_ORDER_H

#include "host/list/question.h"

/* " FROM … t WHERE … ORDER BY … LIMIT …": a page of the query, or all of it. */
void question_put_rows(struct question *s, const struct list_query *q,
                       bool page);
/* What the row that a column of `t` refers to is called. */
void question_put_title(struct question *s, const struct column *col);

#endif
