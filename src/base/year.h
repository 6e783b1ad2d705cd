/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * year.h - years, as offices write them: 2024, ２０２４, 2024年度, 二〇二四年.
 *
 * A year here is one of those that dates have, 1900 to 2199.
 */
#ifndef DAJUAN_BASE_YEAR_H
#define DAJUAN_BASE_YEAR_H

#include "base/str.h"

/*
 * Read a text that is a year and nothing else: four digits, Chinese ones
 * too, then perhaps 年, 年度 or 年份, or the ".0" of a spreadsheet. 0 when it
 * is anything else ("24年", "2024-2025", "2024年1月").
 */
int32_t year_read(struct str s);

/* A year within a text. */
struct year_mention {
    int32_t year;
    bool named;        /* 年 follows */
    struct str before; /* the text before it, without blanks at its end */
    struct str after;  /* behind it and its 年 (度, 份), likewise */
};

/*
 * The next year at or behind `*at`, which moves on; false: no other. Four
 * digits that are part of a longer number are none.
 */
bool year_next(struct str s, size_t *at, struct year_mention *ret);

#endif
