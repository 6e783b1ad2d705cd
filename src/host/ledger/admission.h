/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * admission.h - between the files that admit a row: admit.c asks what a row
 * must be, admit_step.c what a step may make of it.
 */
#ifndef DAJUAN_HOST_LEDGER_ADMISSION_H
#define DAJUAN_HOST_LEDGER_ADMISSION_H

#include "host/ledger/admit.h"

/* One more problem, unless the column has one already. */
void admission_blame(struct admission *a, size_t column, struct text reason);

/*
 * May the row take a->step, and does it ask for no more than that? Moves it
 * to its new state and fills what follows. E_INPUT, E_DENIED and problems.
 */
enum err step_admit(struct admission *a, struct ledger_row *row);

/* Does the column of a row that takes no step say what a new one may say? */
bool step_leaves_open(const struct admission *a, const struct ledger_row *row,
                      size_t column);

#endif
