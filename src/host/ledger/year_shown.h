/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * year_shown.h - which year the site shows.
 *
 * The office chooses it. Until it does, it is the newest year with records
 * that is not in the future: no row with a wrong date turns the site.
 */
#ifndef DAJUAN_HOST_LEDGER_YEAR_SHOWN_H
#define DAJUAN_HOST_LEDGER_YEAR_SHOWN_H

#include "journal/act.h"

/* The newest year up to `last` that has records; 0: none has. */
int32_t year_newest(struct scope in, int32_t last);

/* The year that the office chose; 0: it chose none. */
int32_t year_chosen(struct scope in);
/* The same from SETTING_YEAR, where all settings were read. */
int32_t year_said(struct str setting);

/* The year to show when nobody asks for one; `today` is the year it is. */
int32_t year_shown(struct scope in, int32_t today);

/* Years with records up to the one after `today`, newest first; how many. */
size_t years_to_show(struct scope in, int32_t today, size_t most,
                     int32_t *ret_years);

/* Choose a year; 0: none. E_INPUT: it is no programme year. */
enum err year_choose(struct act *act, int32_t year) MUST_CHECK;

#endif
