/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * guard.h - signs around a text that are meant for a spreadsheet, not for
 * people.
 *
 * We put ' before a text that a spreadsheet would take for a formula when it
 * opens a CSV file (ASVS 5.0, V1.2.10). Others put ', ` or a tab, or write
 * ="...", so that long numbers stay as they are. Whatever a reader would
 * take off, the writers guard once more, so that guarding and removing are
 * exact inverses. For this folder only.
 */
#ifndef DAJUAN_INTERCHANGE_GUARD_H
#define DAJUAN_INTERCHANGE_GUARD_H

#include "base/str.h"

/* Must a CSV file guard `s`: a formula, or what a reader would change? */
bool guard_needed(struct str s);
/* The same for a workbook, in which a text is never taken for a formula. */
bool guard_needed_in_workbook(struct str s);

/* The text of `p[0..n)` without its guard, changed in place. */
struct str guard_remove(char *p, size_t n);

#endif
