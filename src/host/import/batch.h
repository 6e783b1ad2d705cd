/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * batch.h - what was done in one go, and is undone as a whole (undo.h): the
 * rows of a file, or a step of many rows (bulk.h).
 */
#ifndef DAJUAN_HOST_IMPORT_BATCH_H
#define DAJUAN_HOST_IMPORT_BATCH_H

#include "host/import/import.h"

struct batch {
    struct str file; /* or what the step is called, for who took it */
    struct str step; /* its key; "" of an import */
    size_t count[IMPORT_STATUSES];
    size_t corrected; /* cells that a person set right */
};

/* act->batch becomes the number of a new one. */
void batch_begin(struct act *act);
/* Keep it, after its rows. */
void batch_keep(struct act *act, const struct batch *b);

#endif
