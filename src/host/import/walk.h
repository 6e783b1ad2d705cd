/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * walk.h - an import a number of rows at a time, each time in a transaction
 * of its own.
 */
#ifndef DAJUAN_HOST_IMPORT_WALK_H
#define DAJUAN_HOST_IMPORT_WALK_H

#include "host/import/import.h"

struct import_walk;

/* Nothing is written yet; it lives with `im`. */
struct import_walk *import_walk_begin(struct scope in, struct import *im);
/*
 * Keep the good ones of the next `rows`, which are judged as they are now; OK
 * and *ret_more: there are others. act->batch is that of the first time. After
 * anything else, or when a transaction was not kept, it goes no further.
 */
enum err import_walk_next(struct import_walk *w, struct act *act, size_t rows,
                          bool *ret_more) MUST_CHECK;
void import_walk_end(struct import_walk *w);

#endif
