/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * list_rows.h - the rows of a list_query, one by one, as its reader sees them.
 */
#ifndef DAJUAN_HOST_LIST_LIST_ROWS_H
#define DAJUAN_HOST_LIST_LIST_ROWS_H

#include "host/list/list.h"

/* A column of the answer and where it stands in the statement. */
struct list_column {
    const struct column *column;
    enum list_sight strange; /* what a stranger sees of it */
    bool personal;
    int at;
};

struct list_rows {
    struct rows rows;
    const struct list_query *query;
    struct asker asker;
    bool stranger;    /* to the row at hand */
    bool consents;    /* its person, to be named */
    int64_t personal; /* rows so far with personal values in full */
    struct list_column *columns;
    size_t columns_n;
    int64_t first, last; /* ids of the rows so far; 0: none yet */
    struct mem *row;     /* of the row at hand */
    /* Its cells of parts (COLUMN_CELL), told when all columns are. */
    struct ledger_row *cells;
    bool whole;
    char digits[24];
};

/*
 * Begin to read. LIST_PAGE: the rows of q->page with the columns of lists;
 * LIST_PAPER: all rows with these; LIST_WHOLE: all rows with all columns that
 * may be seen. `q` must live as long as the answer. Call list_next() until it
 * is false.
 */
enum list_extent { LIST_PAGE, LIST_PAPER, LIST_WHOLE };
void list_open(struct scope in, const struct list_query *q,
               enum list_extent extent, struct list_rows *ret);
bool list_next(struct list_rows *r);
int64_t list_id(const struct list_rows *r);
int32_t list_year(const struct list_rows *r);
int64_t list_version(const struct list_rows *r);
bool list_voided(const struct list_rows *r);
/* How the row at hand stands today. */
enum deadline list_deadline(const struct list_rows *r);
/* False as well when the reader may not see it. */
bool list_has(const struct list_rows *r, size_t i);
/* Where the row stands in a column of states or periods; NULL: in no such. */
const struct choice *list_choice(const struct list_rows *r, size_t i);
/* Is it a text that hides the value? */
bool list_masked(const struct list_rows *r, size_t i);
/* The integer of a count, mark or date. */
int64_t list_int(const struct list_rows *r, size_t i);
/* What people read; until the next call on `r`. */
struct str list_cell(struct list_rows *r, size_t i);

#endif
