/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * list.h - which rows of a ledger, in which order, seen by whom.
 *
 * Page, export and the shell read their rows through a `list_query`, so they
 * cannot differ. A page makes it from its query string (list_request.h). A
 * value never becomes part of a statement: it is bound.
 */
#ifndef DAJUAN_HOST_LIST_LIST_H
#define DAJUAN_HOST_LIST_LIST_H

#include "host/ledger/relation.h"
#include "host/ledger/state.h"

enum {
    LIST_PAGE_ROWS = 50,
    LIST_SEARCH_MAX = 100, /* characters */
    LIST_BY_ID = -1,       /* sort: as the rows came, or as they fall due */
};

/* Whose rows somebody sees in full; of others what visitors see. */
enum list_reach {
    LIST_ALL,
    LIST_OWN, /* those of the own unit and below */
    LIST_NONE,
};

/* How much of a column somebody sees. */
enum list_sight {
    LIST_HIDDEN, /* neither shown nor sorted, filtered or searched by */
    LIST_MASKED, /* shown masked; nothing else */
    LIST_PLAIN,
};

struct list_filter {
    size_t column;
    bool on;
    struct value value; /* key of the choice, or id of the row */
    struct str part;    /* or folded: a part of the row's title */
    struct str shown;   /* what was chosen, in the reader's language */
};

/* Of rows that fall due and are not finished. */
enum list_due {
    LIST_DUE_ANY,
    LIST_DUE_SOON, /* from today on, within STATE_SOON days */
    LIST_OVERDUE,
};

struct list_query {
    const struct ledger *ledger;
    enum lang lang;
    bool visitor; /* not signed in */
    enum list_reach reach;
    struct asker asker;          /* who reads, when only the own */
    int32_t year;                /* 0: all years */
    struct str search;           /* as typed */
    struct str folded;           /* as compared; "": no search */
    struct list_filter *filters; /* one for every column that filters */
    size_t filters_n;
    int sort; /* column, or LIST_BY_ID */
    bool desc;
    bool voided;   /* voided rows too, of those that are seen in full */
    int32_t today; /* 0: states are not asked for */
    enum list_due due;
    const struct step *can; /* only what waits for the asker to take it */
    bool mine;              /* only rows of the asker's unit and below */
    int64_t page;           /* from 1 */
};

/* All rows of all years that are not voided, in full: for the shell. */
void list_all(const struct ledger *l, enum lang lang, struct list_query *ret);

/* Do those that are due first come first, as nothing else is asked for? */
bool list_is_by_due(const struct list_query *q);
/* Does the query ask for less than the rows of its year? */
bool list_is_filtered(const struct list_query *q);
enum list_reach list_reach(const struct asker *a, const struct ledger *l);
/* By a stranger to the row, as visitors are to all; or not. */
enum list_sight list_sight(const struct column *col, bool stranger);
/* Is a value of it about a person, or the title of a row about one? */
bool list_is_personal(const struct column *col);
/* In any row: what a list may be sorted, filtered and searched by. */
enum list_sight list_sight_of_all(const struct list_query *q, size_t column);

struct list_count {
    int64_t total; /* of the year */
    int64_t found; /* of these, what the query asks for */
};
struct list_count list_count(struct scope in, const struct list_query *q);
/* .found alone, which costs half. */
int64_t list_found(struct scope in, const struct list_query *q);
/* The years that rows belong to, newest first; at most `most`. */
size_t list_years(struct scope in, const struct list_query *q, size_t most,
                  int32_t *ret_years);

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
    int64_t personal; /* rows so far with personal values in full */
    struct list_column *columns;
    size_t columns_n;
    struct mem *row; /* of the row at hand */
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
bool list_voided(const struct list_rows *r);
/* How the row at hand stands today. */
enum row_state list_state(const struct list_rows *r);
/* False as well when the reader may not see it. */
bool list_has(const struct list_rows *r, size_t i);
/* Is it a text that hides the value? */
bool list_masked(const struct list_rows *r, size_t i);
/* The integer of a count, mark or date. */
int64_t list_int(const struct list_rows *r, size_t i);
/* What people read; until the next call on `r`. */
struct str list_cell(struct list_rows *r, size_t i);

#endif
