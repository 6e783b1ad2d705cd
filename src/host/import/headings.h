/* SPDX-License-Identifier: MulanPSL-2.0 */
/* headings.h - what a sheet says of the numbers below its headers. */
#ifndef DAJUAN_HOST_IMPORT_HEADINGS_H
#define DAJUAN_HOST_IMPORT_HEADINGS_H

#include "host/import/recognise.h"
#include "host/ledger/unit.h"

/* For every column of the ledger; own units where it has no header. */
struct heading *match_headings(struct mem *m, const struct match *s);

#endif
