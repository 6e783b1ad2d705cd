/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * since.h - may it be said that something happened for the first time (首次)?
 */
#ifndef DAJUAN_HOST_LEDGER_SINCE_H
#define DAJUAN_HOST_LEDGER_SINCE_H

#include "host/ledger/figure.h"

/*
 * The first year of which the ledger of a count has rows, when the count is
 * above 0 and nothing of the kind counted in any year before. Else 0; also
 * when no earlier year is known at all: a ledger that begins this year cannot
 * tell. Of several rows in the year it is said of the year, not of each.
 */
int32_t figure_since(struct scope in, const struct figure_value *v);

#endif
