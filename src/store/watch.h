/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * watch.h - what a connection is asked, for logs, traces and tests.
 *
 * A statement here is one of tx_run(), tx_run_unjournaled() or tx_query();
 * what begins and ends transactions and marks is not counted. Values never
 * come out: only the text, in which they are ?1 ?2.
 */
#ifndef DAJUAN_STORE_WATCH_H
#define DAJUAN_STORE_WATCH_H

#include "store/store.h"

/* Statements since the connection was opened. */
int64_t db_statements(const struct db *db);

/*
 * How often somebody waited for an answer of a server since then; over a
 * network that is where the time goes. 0 of an engine inside the process.
 */
int64_t db_trips(const struct db *db);

struct db_watch {
    /*
     * A statement ended; it took `us` microseconds of the engine's time,
     * not counting what its reader did between two rows. May call
     * db_explain(), and nothing else that reaches the connection.
     */
    void (*ran)(void *arg, struct str sql, int64_t us);
    void *arg;
};

/* Watch the connection until another is given; NULL: nobody watches. */
void db_watch(struct db *db, const struct db_watch *w);

/*
 * How the engine would run a statement, one step a line, in its own words;
 * "no plan: …" and why when it would not. For people and tests: no program
 * depends on the words.
 */
struct str db_explain(struct db *db, struct mem *m, struct str sql);

#endif
