/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * theme.h - what an office calls its year (年度主题): the title of that year's
 * row in its ledger of themes (.themes of a ledger).
 */
#ifndef DAJUAN_HOST_LEDGER_THEME_H
#define DAJUAN_HOST_LEDGER_THEME_H

#include "store/scope.h"

/* "提质争先年"; "": nobody entered one. */
struct str theme_of(struct scope in, int32_t year);

#endif
