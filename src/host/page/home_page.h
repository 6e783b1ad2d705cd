/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * home_page.h - what the views of home and of a programme show.
 */
#ifndef DAJUAN_HOST_PAGE_HOME_PAGE_H
#define DAJUAN_HOST_PAGE_HOME_PAGE_H

#include "host/page/chart.h"
#include "host/page/pages.h"
#include "host/page/today.h"

/* Words of a sentence, and the figure after them. */
struct told {
    struct str words;
    struct shown_figure figure; /* .figure NULL: none after the last words */
};
enum { TOLD_MAX = 12 };

/* One programme on the home page. */
struct programme {
    const struct feature *feature;
    struct told told[TOLD_MAX]; /* its year in a sentence */
    size_t told_n;              /* 0: nothing counts in this year */
    struct chart months;        /* of its first figure; .n 0: none */
};

/* What the first ones of a new house do, in this order. */
struct first_step {
    struct text what, more;
    struct str path;
    bool done;
};
enum { FIRST_STEPS = 3 };

struct home {
    const struct ctx *ctx;
    const struct first_step *steps; /* NULL: the house is at work */
    struct programme *programmes;
    size_t programmes_n;
    struct today today;
    const struct page_link *links; /* beside the heading */
    size_t links_n;
    bool empty;       /* nothing counts yet, in any year */
    struct str theme; /* of the year; "": it has none */
};

/* One ledger on the page of its feature. */
struct shelf {
    const struct ledger *ledger;
    struct str path;
    int64_t rows;
    bool may_add;
};

struct feature_page {
    const struct feature *feature;
    struct shown_figure *figures;
    size_t figures_n;
    struct shelf *shelves;
    size_t shelves_n;
    int32_t year;
};

#endif
