/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * state_days.h - the days off and make-up workdays that the State Council
 * set, as far as the build has them. tool/state_days.mjs makes the table
 * from the package chinese-days; office_days.h adds what the office entered.
 */
#ifndef DAJUAN_HOST_LEDGER_STATE_DAYS_H
#define DAJUAN_HOST_LEDGER_STATE_DAYS_H

#include "base/str.h"
#include "base/workday.h"

extern const struct workdays state_days;

/* The notice that a year's days come from, a page of gov.cn; by year. */
struct state_notice {
    int32_t year;
    struct str page;
};
extern const struct state_notice state_notices[];
extern const size_t state_notices_n;

#endif
