/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * unit.h - numbers as people write them, with or without their unit.
 *
 * A column says what its numbers count (column.h). What is written beside a
 * number, or in the header above it, is read and converted when that is
 * exact; everything else is refused in words. Nothing is cut off.
 */
#ifndef DAJUAN_HOST_LEDGER_UNIT_H
#define DAJUAN_HOST_LEDGER_UNIT_H

#include "host/ledger/column.h"

/* A column of numbers under the header of a file. */
struct heading {
    const struct column *column;
    int64_t times; /* a bare number is so many of its unit; 0: not certain */
};

/*
 * What `header` says of the numbers below it, or else `titles`, the lines
 * above it (单位：小时): under 服务时长（小时） a 2 is 120 minutes. Hours and
 * minutes must be said by one of the two.
 */
struct heading heading_read(struct mem *m, const struct column *c,
                            struct str header, struct str titles);

/*
 * The number in `raw`, in the unit of its column: minutes, or hundredths of
 * a point. 2.5小时, 1小时20分 and 2:30 are times; thousands may be set off
 * by commas. E_INPUT and a reason for what is not exactly a number.
 */
enum err unit_read(struct mem *m, const struct heading *h, struct str raw,
                   int64_t *ret_number, struct text *ret_reason);

/* What a form says about such a column; may be empty. */
struct text unit_hint(const struct column *c);

#endif
