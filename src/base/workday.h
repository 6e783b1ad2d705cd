/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * workday.h - working days: Monday to Friday, but for the days off and the
 * make-up workdays that the State Council sets for each year.
 *
 * Days are dates (date.h). Every count begins on the next day. Past
 * 2199-12-31 there are no dates, so there is no day to answer: 0.
 */
#ifndef DAJUAN_BASE_WORKDAY_H
#define DAJUAN_BASE_WORKDAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A day that is not as its weekday is, or that a notice names all the same. */
struct day_rule {
    int32_t day;
    bool works;
};

/* Sorted by day, each day once. Days without a rule are as their weekday. */
struct workdays {
    const struct day_rule *v;
    size_t n;
};

/* The rule of a day; NULL: it has none. */
const struct day_rule *workday_rule(const struct workdays *w, int32_t day);
bool workday_is(const struct workdays *w, int32_t day);

/* The n-th working day after `day`; n = 0: the day itself. */
int32_t workday_after(const struct workdays *w, int32_t day, int n);

/* Working days after `from`, up to and including `to`. */
int32_t workdays_between(const struct workdays *w, int32_t from, int32_t to);

enum day_kind {
    DAYS_CALENDAR, /* 日, 自然日 */
    DAYS_WORKING,  /* 工作日 */
};

/*
 * The last day of a publicity (公示) of `n` days: the day it is published is
 * not counted. An objection is in time up to and including that day.
 */
int32_t publicity_last(const struct workdays *w, int32_t published, int n,
                       enum day_kind kind);
static inline bool publicity_is_open(int32_t published, int32_t last,
                                     int32_t day)
{
    return published <= day && day <= last;
}

#endif
