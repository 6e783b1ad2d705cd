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

#include "host/ledger/deadline.h"
#include "host/ledger/relation.h"

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
    LIST_DUE_SOON, /* from today on, within DEADLINE_SOON days */
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
    int32_t today; /* 0: deadlines are not asked for */
    enum list_due due;
    const struct step *can; /* only what waits for the asker to take it */
    bool mine;              /* only rows of the asker's unit and below */
    int64_t page;           /* from 1 */
    /*
     * How a page is found without a walk over those before it: by the row
     * behind which it lies, or the one before which; ids, 0: neither is known.
     * And from the nearer end, where .found says how many rows there are.
     */
    int64_t after, before;
    int64_t found; /* 0: not known */
};

/* All rows of all years that are not voided, in full: for the shell. */
void list_all(const struct ledger *l, enum lang lang, struct list_query *ret);

/* Do those that are due first come first, as nothing else is asked for? */
bool list_is_by_due(const struct list_query *q);
/* Are its rows in the order of their ids, from one or the other end? */
bool list_is_by_id(const struct list_query *q);
/* Does the query ask for less than the rows of its year? */
bool list_is_filtered(const struct list_query *q);
enum list_reach list_reach(const struct asker *a, const struct ledger *l);
/* By a stranger to the row, as visitors are to all; or not. */
enum list_sight list_sight(const struct column *col, bool stranger);
/*
 * The same of one row. While its person agrees to be named (COLUMN_CONSENT)
 * strangers see the personal values that are not internal in full, on pages
 * and in files: not in a history, nor in a version, which could not take them
 * back.
 */
enum list_sight list_sight_in(const struct ledger_row *row, size_t column,
                              bool stranger);
/* Is a value of it about a person, or the title of a row about one? */
bool list_is_personal(const struct column *col);
/* In any row: what a list may be sorted, filtered and searched by. */
enum list_sight list_sight_of_all(const struct list_query *q, size_t column);

struct list_count {
    int64_t total; /* of the year */
    int64_t found; /* of these, what the query asks for */
};
struct list_count list_count(struct scope in, const struct list_query *q);
/* The one and the other alone. */
int64_t list_total(struct scope in, const struct list_query *q);
int64_t list_found(struct scope in, const struct list_query *q);
/*
 * How many rows there are of each choice of a filter's column: so many would
 * be found with that filter, all else as the query asks.
 */
struct list_split {
    const struct column *column;
    int64_t all; /* without the filter */
    int64_t *n;  /* by choice */
};
void list_split(struct scope in, const struct list_query *q, size_t filter,
                struct list_split *ret);
/* The years that rows belong to, newest first; at most `most`. */
size_t list_years(struct scope in, const struct list_query *q, size_t most,
                  int32_t *ret_years);

#endif
