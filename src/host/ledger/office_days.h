/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * office_days.h - the working days of this office: what the build knows of
 * the State Council's table (state_days.h), and over it, day by day, what
 * the office entered in its ledger of days (.days of a ledger). Voided rows
 * do not count; where two rows contradict each other the newer one holds.
 *
 *     const struct workdays *w = office_workdays(in);
 *     int32_t due = workday_after(w, held_on, 10);
 */
#ifndef DAJUAN_HOST_LEDGER_OFFICE_DAYS_H
#define DAJUAN_HOST_LEDGER_OFFICE_DAYS_H

#include "base/text.h"
#include "base/workday.h"
#include "store/scope.h"

/* Read anew, into in.m: whoever counts often asks once. */
const struct workdays *office_workdays(struct scope in);

/*
 * Are the days of a year there? Its 1 January and 1 October, which are off
 * in every year, are: a notice is entered whole, from the first to the last.
 * In a year that is not known working days are weekdays, and a page that
 * shows such a day says so, in these words.
 */
bool office_workdays_known(const struct workdays *w, int32_t year);
/* 2027 年的放假安排还没有登记 */
struct text office_workdays_unknown(struct mem *m, int32_t year);

#endif
