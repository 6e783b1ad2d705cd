/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * stamp.h - is the database still the one that something was made from?
 *
 *     db_stamp(db, &before);
 *     tx_begin(db, false, &tx);
 *     ... read, and make something of it ...
 *     db_stamp(db, &after);
 *     tx_rollback(&tx);
 *
 * Are both the same, it was made from that state and no other, and holds for
 * as long as db_stamp() gives the same again: on any connection of this
 * process, whoever wrote in between.
 */
#ifndef DAJUAN_STORE_STAMP_H
#define DAJUAN_STORE_STAMP_H

#include "store/store.h"

enum { DB_STAMP_MAX = 48 };

/* Bytes that differ after every commit; what they mean the engine knows. */
struct db_stamp {
    size_t n; /* 0: not known, which is the same as nothing */
    unsigned char b[DB_STAMP_MAX];
};

/*
 * Inside a reading transaction an engine may give the stamp of what that one
 * sees instead of the newest. Not known is no failure: whoever asks goes on
 * without one.
 */
void db_stamp(struct db *db, struct db_stamp *ret);

bool db_stamp_same(const struct db_stamp *a, const struct db_stamp *b);

#endif
