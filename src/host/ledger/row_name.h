/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_name.h - by which names references find the rows of a ledger: title and
 * aliases, folded (utf8_fold), kept with every row of a ledger that others
 * refer to. Voided rows keep theirs.
 */
#ifndef DAJUAN_HOST_LEDGER_ROW_NAME_H
#define DAJUAN_HOST_LEDGER_ROW_NAME_H

#include "host/ledger/ledger.h"
#include "host/ledger/ledger_row.h"
#include "journal/act.h"

/* Keep the names of `row`, which stood as `before`; NULL: it is new. */
void row_name_replace(struct act *act, const struct ledger_row *before,
                      const struct ledger_row *row);
/* Make the names of all rows anew. */
void row_name_all(struct scope in);
/* Are those of the row kept? Adds how many they are. */
bool row_name_is_kept(struct scope in, const struct ledger_row *row,
                      int64_t *ret_n);

#endif
