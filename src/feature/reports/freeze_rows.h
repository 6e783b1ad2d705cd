/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * freeze_rows.h - the rows that a version is made of: collected while its
 * figures are walked, written when all are known. Private to freezing.
 */
#ifndef DAJUAN_FEATURE_REPORTS_FREEZE_ROWS_H
#define DAJUAN_FEATURE_REPORTS_FREEZE_ROWS_H

#include "feature/reports/row_set.h"
#include "host/ledger/row.h"
#include "host/proof/bundle_stream.h"

/* A row that an opened content refers to. */
struct freeze_reference {
    const struct ledger *ledger;
    int64_t id;
};

struct freeze_rows {
    struct scope in;
    struct row_set known;
    struct row_set asked; /* of references */
    struct freeze_reference *waiting;
    size_t waiting_n, waiting_cap;
};

void freeze_rows_init(struct freeze_rows *z, struct scope in);
/* Keep a row, once. Neither it nor what it needs is kept in memory. */
void freeze_rows_add(struct freeze_rows *z, const struct ledger_row *row);
/* The facts that a row's standing was made of: its parts, read in `in`. */
void freeze_rows_add_parts(struct freeze_rows *z, struct scope in,
                           const struct ledger_row *row);
/* Name a ledger that may have no rows among them. */
void freeze_rows_name(struct freeze_rows *z, const struct ledger *l);
/* Add what opened contents refer to; then all are known, and sorted. */
void freeze_rows_close(struct freeze_rows *z);
/* Forget them; the names of their ledgers stay. */
void freeze_rows_end(struct freeze_rows *z);
/* Their number and all of them. False: a row is other than its entry. */
bool freeze_rows_write(struct freeze_rows *z, struct bundle_writer *w,
                       struct text *ret_wrong);

#endif
