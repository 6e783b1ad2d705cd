/* SPDX-License-Identifier: MulanPSL-2.0 */
/* search_page.h - what the view of a search shows. */
#ifndef DAJUAN_HOST_PAGE_SEARCH_PAGE_H
#define DAJUAN_HOST_PAGE_SEARCH_PAGE_H

#include "host/page/pages.h"

enum { SEARCH_ROWS = 5 };

/* A row that was found; no more of it than its list shows to the reader. */
struct search_row {
    struct str path, title;
    struct str rest; /* a few other values */
    int32_t year;    /* 0: of no year */
};

/* What was found in one ledger. */
struct search_part {
    const struct ledger *ledger;
    struct str path; /* the list of all that was found there */
    int64_t found;
    struct search_row rows[SEARCH_ROWS]; /* the newest */
    size_t n;
};

struct search_page {
    struct str words; /* as typed */
    const struct search_part *parts;
    size_t n;
    int64_t found; /* in all of them */
    bool visitor;
};

#endif
