/* SPDX-License-Identifier: MulanPSL-2.0 */
/* list_view.h - what views/list.html shows; made by list_page.c. */
#ifndef DAJUAN_HOST_PAGE_LIST_VIEW_H
#define DAJUAN_HOST_PAGE_LIST_VIEW_H

#include "host/desk/page.h"
#include "host/ledger/cell.h"
#include "host/list/list_rows.h"
#include "host/list/options.h"
#include "host/page/list_request.h"
#include "host/page/picture.h"

enum { LIST_YEARS_MAX = 40, LIST_LINKS_MAX = 9 };

/* One field of the filter form. */
struct list_choice {
    const struct column *column;
    const struct list_filter *filter;
    struct list_options options; /* of a reference */
};

/* One of the words above the rows, and the list that it opens. */
struct list_stand {
    struct text label;
    int64_t n;
    struct str path;
    bool here;
};
/* How the rows stand in a column of states or periods. */
struct list_stands {
    const struct column *column;
    struct list_stand *v; /* all of them first */
    size_t n;
};

enum list_sorted {
    LIST_SORT_NEVER,
    LIST_SORT_NONE,
    LIST_SORT_UP,
    LIST_SORT_DOWN
};

struct list_head {
    const struct column *column;
    bool number;
    bool keep; /* stays when a phone folds the row */
    enum list_sorted sorted;
    struct str link;
};

struct list_view {
    struct ctx *ctx;
    const struct ledger *ledger;
    const struct feature *feature;
    const struct list_query *query;
    uint64_t states;            /* in which the rows are, as a set */
    const struct step **offers; /* to be taken of several rows at once */
    size_t offers_n;
    struct list_rows *rows;
    const struct list_head *heads; /* one for every column of `rows` */
    const struct list_choice *choices;
    size_t choices_n;
    struct list_stands *stands;
    size_t stands_n;
    const struct step **cans; /* what can wait for the one who asks */
    size_t cans_n;
    int32_t years[LIST_YEARS_MAX + 1];
    size_t years_n;
    struct list_count count;
    struct str words;              /* how many rows, which, in which order */
    int64_t steps[LIST_LINKS_MAX]; /* pages; 0 stands for those left out */
    size_t steps_n;
    int64_t pages;
    struct str base, xlsx, csv, json, print, back;
    int64_t from, to; /* rows of this page, counted from 1 */
    bool paper;       /* all rows on one page, to be printed */
    bool folds;       /* there is more in a row than a phone keeps */
    bool filtered;
    bool may_add;
    bool partial; /* values of other units are left out */
};

/* The way to a ledger: [0] its feature, [1] its list. */
void list_crumbs(struct ctx *c, const struct ledger *l, struct crumb *ret);

/* The address of another page, once the rows of this one are read. */
struct str list_page_path(const struct list_view *v, int64_t page);

/* How far the row at hand is, made of its parts: shown as a bar. */
static inline bool list_is_progress(const struct list_rows *r, size_t i)
{
    const struct column *c = r->columns[i].column;

    return column_is(c, COLUMN_ROLLED) && c->unit == UNIT_PERCENT &&
           list_has(r, i);
}
static inline struct progress list_progress(const struct list_rows *r, size_t i)
{
    return (struct progress){ list_int(r, i) * PICTURE_WHOLE / 100, -1 };
}

static inline bool list_is_number(const struct column *c)
{
    return c->type == COLUMN_COUNT || c->type == COLUMN_MARK;
}

#endif
