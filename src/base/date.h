/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * date.h - civil dates, as offices write them.
 *
 * A date is one integer, yyyymmdd: it sorts, it is read by eye, it has no
 * time zone. 0 is "no date". Dates outside 1900-01-01..2199-12-31 are not
 * dates here. Moments are milliseconds since 1970 UTC; they are shown in
 * the time of the office, UTC+8, which has no summer time since 1991.
 */
#ifndef DAJUAN_BASE_DATE_H
#define DAJUAN_BASE_DATE_H

#include "base/text.h"

enum date_reading {
    DATE_READ,       /* understood */
    DATE_UNKNOWN,    /* not a date at all */
    DATE_IMPOSSIBLE, /* looks like one, but there is no such day */
    DATE_FAR,        /* a day, but none from 1900 to 2199 */
};

/* 0 when the three make no day of the calendar. */
int32_t date_make(int64_t year, int64_t month, int64_t day);
static inline int32_t date_year(int32_t d)
{
    return d / 10000;
}
static inline int32_t date_month(int32_t d)
{
    return d / 100 % 100;
}
static inline int32_t date_day(int32_t d)
{
    return d % 100;
}

/* Days since 1970-01-01, and back. */
int32_t date_to_days(int32_t date);
int32_t date_from_days(int32_t days);

/*
 * Read a date in any style of the workbooks: 2024-02-03, 2024.9.15,
 * 2024/3/7, 2024年10月30日, 20240203, full-width digits and separators,
 * and a trailing time of day, which is dropped ("2024-02-03 00:00:00",
 * "2024-02-03T00:00:00"). With a zone it is a moment, and the date is that
 * of the office: "2024-12-31T16:00:00.000Z" is 2025-01-01.
 */
enum date_reading date_read(struct str s, int32_t *ret_date);

/*
 * A date cell of a spreadsheet: days since 1899-12-30 (the 1900 system) or
 * since 1904-01-01. 0 when out of range.
 */
int32_t date_from_serial(int64_t serial, bool system_1904);

/* 2024-02-03; "" for 0. */
struct str date_iso(struct mem *m, int32_t date);
/* 2024年2月3日 / 3 February 2024. */
struct str date_words(struct mem *m, int32_t date, enum lang l);
/* Both; empty for 0. */
struct text date_text(struct mem *m, int32_t date);
/* 周六 / Saturday; of a date, not of 0. */
struct text date_weekday(int32_t date);

/* The civil date and the clock time of a moment, at the office. */
int32_t date_of(int64_t ms);
int64_t date_begins(int32_t date); /* its first moment, ms since 1970 */
struct str date_moment(struct mem *m, int64_t ms);  /* 2024-11-07 17:02 */
struct str date_rfc3339(struct mem *m, int64_t ms); /* …T17:02:00+08:00 */

#endif
