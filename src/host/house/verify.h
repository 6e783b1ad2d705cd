/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * verify.h - do ledgers, records, tallies and journal agree?
 *
 * Everything is made again from what it follows from: records from rows,
 * tallies from records, commitments from rows and salts and from what stands
 * beside an entry, the tree from the leaves; every head is checked against
 * the one before, and so is every entry of the audit record.
 */
#ifndef DAJUAN_HOST_HOUSE_VERIFY_H
#define DAJUAN_HOST_HOUSE_VERIFY_H

#include "host/house/house.h"

struct verify_counts {
    int64_t rows;
    int64_t records;
    int64_t periods, due; /* what follows from parts and dates */
    int64_t tallies;
    int64_t entries;
    int64_t heads;
    int64_t audited; /* entries of the audit record */
    int64_t kept;    /* what features keep beside ledgers: versions */
};

/*
 * Check a whole data folder, reading only. E_INPUT and the first thing that
 * is wrong, named so that it can be found; E_STORE when it cannot be read.
 */
enum err verify_house(struct house *h, struct mem *m,
                      struct verify_counts *ret_counts,
                      struct text *ret_wrong) MUST_CHECK;

#endif
