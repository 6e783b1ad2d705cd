/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * remember.h - what a person said that the columns of a sheet are, for the
 * next sheet with the same headers.
 *
 * Only what recognition leaves open is remembered and filled in: a header
 * that is known means what it says, whatever somebody once made of it.
 */
#ifndef DAJUAN_HOST_IMPORT_REMEMBER_H
#define DAJUAN_HOST_IMPORT_REMEMBER_H

#include "host/import/import.h"
#include "journal/act.h"

enum { REMEMBERED_MAX = 200 }; /* kept; the oldest make room */

/* Who said so, when, and of which file. */
struct remembered {
    int64_t at;
    int64_t actor;
    struct str file;
    uint64_t columns; /* AT(i): those of the ledger that it fills */
};

/* Fill what is remembered into planned sheets, before anything is said. */
void import_recall(struct scope in, struct import *im);

/* Keep what a person said of a sheet that is imported, or no longer. */
void import_remember(struct act *act, const struct import *im, size_t sheet);

/* Forget what is remembered of sheets like this one. */
void import_unlearn(struct scope in, const struct match *s);

/* “口号” → 树木备注、…; what was filled from memory. */
struct text remembered_text(struct mem *m, const struct match *s);

#endif
