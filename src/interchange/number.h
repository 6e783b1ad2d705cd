/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * number.h - the number of a cell as a person typed it, and number formats.
 *
 * For this folder only.
 */
#ifndef DAJUAN_INTERCHANGE_NUMBER_H
#define DAJUAN_INTERCHANGE_NUMBER_H

#include "base/str.h"

enum { NUMBER_ROOM = 64 };

struct number {
    char room[NUMBER_ROOM];
    struct str text; /* in `room`, or the bytes that were read */
    double value;
    bool lossy; /* see struct cell */
};

/* False unless `s` is a finite decimal number, at most 63 bytes. */
bool number_read(struct str s, struct number *ret) MUST_CHECK;

/* What a number format makes of a number. */
enum number_style {
    STYLE_NUMBER,
    STYLE_DATE,    /* year, month or day, perhaps a time too */
    STYLE_TIME,    /* time of day only */
    STYLE_ELAPSED, /* hours that go beyond 24 */
    STYLE_PERCENT, /* 0.95 is shown as 95% */
};

/* Built-in formats by number (ECMA-376 part 1, 18.8.30, with zh-cn). */
enum number_style number_style_builtin(int64_t id);
/* A format code: "yyyy\"年\"m\"月\"", "[h]:mm", "0.00". */
enum number_style number_style_code(struct str code);

/*
 * The words that a format of plain numbers puts behind each of them:
 * "小时" of 0.0"小时"; "" where there are none, or the number is shown
 * divided, as by 0.0,"万".
 */
struct str number_words(struct mem *m, struct str code);

/*
 * A number as its style shows it. A date: CELL_DATE's date, 0 when it is
 * none. A time: "HH:MM" into `room` and true in `ret_is_time`.
 */
int32_t number_date(const struct number *n, enum number_style style,
                    bool system_1904);
bool number_time(const struct number *n, enum number_style style,
                 struct number *ret);
/* A percentage: "95%" into `room` and true. */
bool number_percent(const struct number *n, enum number_style style,
                    struct number *ret);

#endif
