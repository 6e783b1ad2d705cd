/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * sheet_year.h - the year that a sheet and its rows belong to.
 *
 * Said by a person, or by a title with one year in it; never taken from a
 * date that says something else: when a team was founded, when the form was
 * filled in. A sheet that tells none is asked about.
 */
#ifndef DAJUAN_HOST_IMPORT_SHEET_YEAR_H
#define DAJUAN_HOST_IMPORT_SHEET_YEAR_H

#include "host/import/import.h"
#include "host/ledger/admit.h"

/* What the name and the lines above the header of a sheet tell. */
void sheet_year_told(struct mem *m, const struct grid *g, size_t header,
                     struct sheet_year *ret);

/* Settle the year of every sheet: .year and .year_from of its match. */
void sheet_years_settle(struct import *im);

/* Must somebody say the year before a row of it can be read? */
bool sheet_asks_year(const struct match *s);
struct text sheet_year_question(struct mem *m, const struct match *s,
                                size_t rows);

/*
 * The year that the row's own cell says; 0: it says none. False: something
 * else stands there.
 */
bool sheet_row_year(const struct match *s, size_t row, int32_t *ret_year);

/*
 * The years that a row may have without a question; `said` by its own cell,
 * `shown` by the site, each 0 when there is none.
 */
struct year_span sheet_year_span(const struct import *im, const struct match *s,
                                 int32_t said, int32_t shown);

#endif
