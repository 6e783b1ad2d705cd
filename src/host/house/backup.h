/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * backup.h - a whole data folder in one file, and back.
 *
 * The file is a copy of the database that also holds the signing key, so a
 * restored folder goes on with the same journal. It is made while others
 * write and is readable by its owner only.
 */
#ifndef DAJUAN_HOST_HOUSE_BACKUP_H
#define DAJUAN_HOST_HOUSE_BACKUP_H

#include "host/house/house.h"
#include "host/house/verify.h"

/* E_CLASH: the file is there; E_STORE: it could not be written. */
enum err backup_make(struct house *h, struct mem *m, struct str file,
                     struct text *ret_reason) MUST_CHECK;

/*
 * The halves of it, for who keeps a copy without the key: a copy at `draft`
 * that its owner alone reads, and what removes one that was not finished, with
 * all that is beside it.
 */
bool backup_copy(struct db *db, struct str draft) MUST_CHECK;
void backup_discard(struct mem *m, struct str draft);

/*
 * Into a folder that holds no data, then verified. E_INPUT: no backup, or
 * the check fails; then the folder is left for inspection and the reason
 * says what is wrong.
 */
enum err backup_restore(struct mem *m, struct str file, struct str folder,
                        struct verify_counts *ret_counts,
                        struct text *ret_reason) MUST_CHECK;

#endif
