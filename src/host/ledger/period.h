/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * period.h - what a row is from a day until another, the future included:
 * green from March, yellow from the day after a milestone was due.
 *
 * A column that is COLUMN_PERIOD is not kept in the row: what it says on a day
 * is a look into the table of periods, so no nightly job turns it, and what
 * it said on an earlier day stays known. The day on which pages are read is
 * kept in the database (clock.h), so that all statements mean the same one.
 */
#ifndef DAJUAN_HOST_LEDGER_PERIOD_H
#define DAJUAN_HOST_LEDGER_PERIOD_H

#include "host/ledger/ledger.h"
#include "journal/act.h"
#include "store/compose.h"

/* Without an end: later than every date. */
enum { PERIOD_OPEN = 99999999 };

struct period {
    size_t column;       /* of the row's ledger */
    struct str category; /* the key of one of its choices */
    int32_t since;       /* its first day */
    int32_t until;       /* the day after its last, or PERIOD_OPEN */
};

/* "projects.project.light", the kind of a column's periods. */
struct str period_kind(struct mem *m, const struct ledger *l, size_t column);

/* Periods of one row, of all its columns that are COLUMN_PERIOD. */
struct rolled {
    struct mem *m;
    struct period *periods;
    size_t n, cap;
};
void rolled_add(struct rolled *r, const struct period *p);
bool periods_eq(const struct rolled *a, const struct rolled *b);

/* As they are kept, by column and day. */
void periods_of(struct scope in, const struct ledger_row *row,
                struct rolled *ret);
/* Keep these and no others; equal ones write nothing. */
void period_replace(struct act *act, const struct ledger_row *row,
                    const struct rolled *now);

/* The ledger and, unless NULL, the column of a kind; NULL: there is none. */
const struct ledger *period_ledger(struct str kind, size_t *ret_column);

/* How many rows of a year are of the category on a day. */
int64_t period_count(struct scope in, struct str kind, struct str category,
                     int32_t year, int32_t day);
/*
 * How many of a year are of each choice of a column today, in one statement;
 * year 0: of all years.
 */
void period_split(struct scope in, const struct ledger *l, size_t column,
                  int32_t year, int64_t *ret_n);
/* Is any row of a year of the category on any day? */
bool period_is_kept(struct scope in, struct str kind, struct str category,
                    int32_t year);

/* The day that pages are read on; 0 before the clock first went. */
int32_t period_today(struct scope in);
/*
 * "(SELECT category …)" of t.id today, of district ?1, for a column that is
 * COLUMN_PERIOD.
 */
void compose_period(struct compose *c, const struct ledger *l, size_t column);
/*
 * "t.id IN (…)": the rows that are of the category of that argument today. It
 * finds them by an index, while the above asks of a row at hand. The argument
 * `year` is that of the rows, or 0: of any year.
 */
void compose_period_rows(struct compose *c, const struct ledger *l,
                         size_t column, size_t category, size_t year);

#endif
