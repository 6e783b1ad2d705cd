/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * process.h - what is wrong with the parts, states and steps of a declaration;
 * ledger_fault() asks here.
 */
#ifndef DAJUAN_HOST_LEDGER_PROCESS_H
#define DAJUAN_HOST_LEDGER_PROCESS_H

#include "host/ledger/ledger.h"

/* Of one column; NULL when it is sound. */
const char *process_column_fault(const struct ledger *l,
                                 const struct column *c);
/* Of the ledger as a whole, with the step to blame. */
const char *process_fault(const struct ledger *l, struct str *ret_step);

#endif
