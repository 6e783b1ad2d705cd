/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * figure_page.h - what the views of figures show.
 */
#ifndef DAJUAN_HOST_PAGE_FIGURE_PAGE_H
#define DAJUAN_HOST_PAGE_FIGURE_PAGE_H

#include "host/ledger/cell.h"
#include "host/ledger/policy.h"
#include "host/ledger/recount.h"
#include "host/page/chart.h"
#include "host/page/pages.h"

struct figures_page {
    const struct ctx *ctx;
    struct shown_figure *figures;
    size_t n;
    int32_t year;
    int32_t day; /* that is asked for; 0: none */
    bool keys;   /* for those who write sheets; to others they say nothing */
};

struct counted_row {
    struct counted of;
    bool strange; /* the reader has nothing to do with it */
};

struct figure_page {
    const struct ctx *ctx;
    struct shown_figure shown;
    struct text part;    /* which part of it is shown; empty: the whole */
    struct chart months; /* .n 0: none; of categories as well */
    struct chart categories;
    const struct ledger *ledger;
    struct str base; /* where its rows are */
    size_t *columns; /* indices of the ledger's columns that are shown */
    size_t columns_n;
    size_t kept; /* stays when a phone folds the row; SIZE_MAX: none */
    struct counted_column counts[COUNTED_MAX];
    size_t counts_n;
    struct policy_state policies[POLICIES_NAMED]; /* that its rule names */
    size_t policies_n;
    struct str line; /* points of the last seat; "" where there is none */
    struct counted_row *rows;
    size_t rows_n;
    int64_t personal; /* rows read so far with personal values in full */
    int64_t total;    /* rows behind the figure */
    int64_t page, pages;
    int64_t after, before; /* ids: how the page is found; 0: by its number */
    int64_t first;         /* number of the first row shown */
};

/* The address of one of them, on the day that was asked for. */
struct str figure_link(const struct figures_page *p, size_t i);
/* The address of the whole, as of no day. */
struct str figure_path(const struct figure_page *p);
/* The addresses of its rows: one page of them, and all as a file. */
struct str figure_page_link(const struct figure_page *p, int64_t page);
struct str figure_file(const struct figure_page *p, const char *end);
/* The text of a cell, as the reader may see that row. */
struct str figure_cell(const struct figure_page *p, size_t row, size_t i);

#endif
