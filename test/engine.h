/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * engine.h - the engine a test stands on: SQLite, or PostgreSQL when
 * DAJUAN_POSTGRES has the address of a server's database "postgres"
 * (test/postgres/cluster).
 */
#ifndef DAJUAN_TEST_ENGINE_H
#define DAJUAN_TEST_ENGINE_H

#include "test/test.h"

bool engine_is_postgres(void);
/* For tests of what SQLite alone has: its plans, its triggers, its files. */
bool engine_is_sqlite(struct test *t);

/* Tell the server, beside the store. */
void engine_tell(struct str sql);

/*
 * What db_open() takes: a file "NAME.db" in the test's folder, or a database
 * of the test on the server. Nobody made it yet; it is gone with the test.
 */
struct str engine_address(struct test *t, const char *name);

/*
 * Make that database a copy of one which the tests of a run share. make()
 * makes that one for the first who asks.
 */
void engine_copy(struct test *t, const char *shared, const char *name,
                 void (*make)(struct test *t, struct str address));

#endif
