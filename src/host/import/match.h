/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * match.h - the parts of recognise.c, for each other alone.
 */
#ifndef DAJUAN_HOST_IMPORT_MATCH_H
#define DAJUAN_HOST_IMPORT_MATCH_H

#include "host/import/recognise.h"

/* What is known about a ledger's columns, folded once for a grid. */
struct known {
    const struct ledger *ledger;
    struct column_words *words; /* for every column */
};
struct known know(struct mem *m, const struct ledger *l);

/*
 * Unmap the columns that several columns of the grid claim to be, or share,
 * and name them in `problem`: doubt.c.
 */
void match_doubt(struct mem *m, struct match *s);

/*
 * Find the columns that make up one of the ledger, which is their sum unless
 * a total stands beside them: parts.c.
 */
void match_find_parts(struct mem *m, struct match *s);

/*
 * Find where another table begins, which rows are totals, and where the
 * header comes again: below.c.
 */
void match_bound(struct mem *m, struct match *s);

#endif
