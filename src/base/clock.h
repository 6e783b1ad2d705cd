/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * clock.h - times of day, as people write them: 9:00, 上午9点,
 * 下午两点半至四点, 14:30-16:00, 9 am.
 */
#ifndef DAJUAN_BASE_CLOCK_H
#define DAJUAN_BASE_CLOCK_H

#include "base/str.h"

/* Minutes since midnight. */
struct clock_span {
    int32_t from;
    int32_t to; /* -1: only the beginning is said */
};

/* False for what is not certainly a time or a span of one day. */
bool clock_read(struct mem *m, struct str s, struct clock_span *ret);

#endif
