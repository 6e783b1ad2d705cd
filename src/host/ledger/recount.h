/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * recount.h - the rows behind a figure, each with what it gives to it, and
 * the columns in which pages and files show that.
 *
 * Whoever shows rows behind a number shows these columns, so that it can be
 * counted again from what stands there: on the page, in a file, in a version.
 */
#ifndef DAJUAN_HOST_LEDGER_RECOUNT_H
#define DAJUAN_HOST_LEDGER_RECOUNT_H

#include "host/ledger/figure_rows.h"

/* What one row gives to a figure. */
struct counted {
    struct ledger_row *row; /* NULL of a frozen row */
    int64_t quantity; /* what it adds; of a ratio, to what is divided by */
    int64_t part;     /* of a ratio: what it adds to what is divided */
    int64_t place;    /* of seats: 1 is the first, equal ranks share it */
    int64_t points;   /* of seats, in ten-thousandths; 0: not said */
    int32_t since;    /* of a standing figure: its first day so */
    int64_t days;     /* how many that are, with the first and the asked */
};

struct recount {
    struct scope in;
    const struct figure_value *value;
    const struct ledger *ledger;
    const struct record_kind *kind, *part;
    struct figure_rows rows;
    int64_t nth;  /* rows before the one that comes */
    int64_t rank; /* of the row before */
    int64_t place;
    int64_t lost; /* a record's row that is not there: verify says more */
};

/* Begin to read a span, or all where that is NULL. */
void recount_open(struct scope in, const struct figure_value *v,
                  const struct figure_span *span, struct recount *ret);
/* The row lives in `m`. False at the end, or with .lost set. */
bool recount_next(struct recount *r, struct mem *m, struct counted *ret);
/* Leave off before the end. */
void recount_end(struct recount *r);

/* How many rows there are. */
int64_t recount_rows(struct scope in, const struct figure_value *v);
/* The place of a rank among the records of a ranked kind; 1 is the first. */
int64_t rank_place(struct scope in, int32_t year, const struct figure *f,
                   int64_t rank);

/* ---- how it is shown ---- */

enum counted_what {
    COUNTED_PLACE,
    COUNTED_POINTS,
    COUNTED_PART,
    COUNTED_QUANTITY,
    COUNTED_VALUE, /* of a median: a quantity that adds up to nothing */
    COUNTED_SHARE, /* of a ratio, mean or median: its value, below all rows */
    COUNTED_SINCE,
    COUNTED_DAYS,
};
struct counted_column {
    enum counted_what what;
    struct text label;
    bool files; /* in files alone: 1 in every row, or said beside it */
};
enum { COUNTED_MAX = 3 };

/* The columns of numbers after those of the row; returns how many. */
size_t counted_columns(struct mem *m, const struct figure *f,
                       struct counted_column ret[COUNTED_MAX]);
/* Does the column add up to a sum below the rows? */
static inline bool counted_adds(const struct counted_column *c)
{
    return c->what == COUNTED_PART || c->what == COUNTED_QUANTITY;
}
/* The number of a row in it, as kept: points in ten-thousandths, a date. */
int64_t counted_number(const struct counted_column *c,
                       const struct counted *of);
/* The same as people read it; "" where a row has none. */
struct str counted_text(struct mem *m, const struct counted_column *c,
                        const struct counted *of, enum lang lang);
/* The days from `since` on to `day`, both counted. */
int64_t days_standing(int32_t since, int32_t day);
/* What stands below the rows of the column; "" where nothing does. */
struct str counted_total(struct mem *m, const struct counted_column *c,
                         const struct figure_value *v);

/* The columns of the ledger that make the figure, as a set. */
uint64_t figure_looks_at(const struct figure *f);
/* Ten-thousandths of a point as people read them: 92.2, 94.8571. */
struct str points_text(struct mem *m, int64_t points);
/* The points of the last seat; false where there is none. */
bool figure_line(const struct figure_value *v, int64_t *ret_points);

#endif
