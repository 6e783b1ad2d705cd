/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * parts.h - a number that a file splits: 队员人数 over 男 and 女.
 *
 * Only columns that name their parts are added up, and only when all of them
 * are there. A total beside them has to agree.
 */
#ifndef DAJUAN_HOST_IMPORT_PARTS_H
#define DAJUAN_HOST_IMPORT_PARTS_H

#include "host/import/pass.h"

/* Is column `i` of the ledger the sum of columns of the grid? */
bool parts_sum(const struct pass *p, size_t i);
/* Does a part of it say anything in the row at hand? */
bool parts_filled(const struct pass *p, size_t i);
/* "12 + 18": what the parts say. */
struct str parts_words(const struct pass *p, size_t i);

/* Read the sum into the row; each part that is no number is blamed. */
void parts_read(struct pass *p, struct ledger_row *row, size_t i);
/* Blame a total that is not the sum of the parts beside it, if any are. */
void parts_check(struct pass *p, const struct ledger_row *row, size_t i);

#endif
