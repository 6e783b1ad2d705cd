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
/* What batch_keep() kept says this from now on: slices count at the end. */
void batch_count(struct act *act, const struct batch *b);
/* It was never a batch: no row came of it. */
void batch_drop(struct act *act);
/* It was not finished, and is taken back. */
void batch_interrupt(struct act *act);

#endif
