/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_set.h - which rows, each once, in 16 to 32 bytes each: what a version
 * is made of can be every row there is.
 */
#ifndef DAJUAN_FEATURE_REPORTS_ROW_SET_H
#define DAJUAN_FEATURE_REPORTS_ROW_SET_H

#include "host/ledger/ledger.h"

/* Those of one ledger. */
struct row_set_ledger {
    const struct ledger *ledger;
    struct str name;
    struct mem *m; /* of the ids alone: it grows by moving */
    int64_t *ids;  /* hashed, 0: free; once sorted the first n */
    size_t cap, n;
};

struct row_set {
    struct mem *m;
    struct row_set_ledger *ledgers;
    size_t ledgers_n;
    size_t n; /* rows of all */
};

void row_set_init(struct row_set *s, struct mem *m);
/* A ledger, of which there may be no row. */
void row_set_name(struct row_set *s, const struct ledger *l);
/* False: it is there already. */
bool row_set_add(struct row_set *s, const struct ledger *l, int64_t id);
/* By the bytes of the ledger's name, then by id. No row is added after. */
void row_set_sort(struct row_set *s);
/* Forget the rows; the ledgers stay. */
void row_set_end(struct row_set *s);

#endif
