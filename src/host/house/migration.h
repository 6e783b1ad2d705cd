/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * migration.h - the tables of a folder, as this program has them.
 *
 * Migrations are the numbered files NNN.sql in the schema folders of rooms
 * and features, built into the program; each runs once, in the order of its
 * path. Tables of ledgers follow from their declarations. Private to the
 * room.
 */
#ifndef DAJUAN_HOST_HOUSE_MIGRATION_H
#define DAJUAN_HOST_HOUSE_MIGRATION_H

#include "store/store.h"

enum migration_state {
    MIGRATION_NONE, /* nothing ran: there are no tables */
    MIGRATION_CURRENT,
    MIGRATION_OLDER, /* some of the program's did not run here */
    MIGRATION_NEWER, /* some ran here that the program does not know */
};
/* A folder that was not made to the end is older. */
enum migration_state migration_state(struct tx *tx);

/* Make what is missing; what is there already stays. */
void migration_run(struct tx *tx, int64_t now);

#endif
