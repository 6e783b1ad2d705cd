/* SPDX-License-Identifier: MulanPSL-2.0 */
/* blame.h - the cells of the row at hand that make it wrong. */
#ifndef DAJUAN_HOST_IMPORT_BLAME_H
#define DAJUAN_HOST_IMPORT_BLAME_H

#include "host/import/pass.h"

/* The cell of column `i` of the ledger; one that the file lacks will do. */
struct import_problem *blame_cell(struct pass *p, size_t i, struct text said,
                                  struct text reason);
/* The cell of a column that no ledger has: OWN_YEAR, which is at `col`. */
struct import_problem *blame_own(struct pass *p, size_t own, size_t col,
                                 struct text reason);

#endif
