/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * table.h - the tables of ledgers, made from their declarations.
 */
#ifndef DAJUAN_HOST_LEDGER_TABLE_H
#define DAJUAN_HOST_LEDGER_TABLE_H

#include "host/ledger/ledger.h"
#include "store/compose.h"

/*
 * Make the tables of ledgers that have none, and add columns that are new.
 * A column whose type changed is a BUG: it needs a migration by hand. True:
 * there are rows that row_index_all() must follow.
 */
bool table_create_all(struct tx *tx);

/* The name of its table, "projects_project". */
void compose_table(struct compose *c, const struct ledger *l);

#endif
