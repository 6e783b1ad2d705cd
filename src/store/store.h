/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * store.h - the one way to the database.
 *
 * A `db` is one connection and belongs to one thread. Work happens inside a
 * `tx`. A failure of the database (I/O, full, corrupt, busy) sticks to the
 * transaction: later calls do nothing, rows end early, and tx_commit() says
 * E_STORE; so code in between reads straight on and no page leaves while a
 * failure stands.
 *
 * A clash is a unique or primary key that is taken. It belongs to the
 * request that met it: until tx_undo() or tx_keep() ends the mark, later
 * calls do nothing as after a failure; then the transaction goes on for the
 * next request as if this one had not been. What would come of a clash is
 * better asked before: the words of whoever asks are clearer than the
 * store's.
 *
 * Statements and their arguments are value.h's and compose.h's.
 */
#ifndef DAJUAN_STORE_STORE_H
#define DAJUAN_STORE_STORE_H

#include "base/text.h"
#include "store/value.h"

struct db;
struct statement;

enum db_mode {
    DB_READ,   /* one of many readers */
    DB_WRITE,  /* may write; one at a time gets the lock */
    DB_CREATE, /* DB_WRITE, and the file is made */
};

struct tx {
    struct db *db;
    bool writes;
    bool failed;     /* for good */
    bool clashed;    /* until the mark ends */
    bool marked;     /* between tx_mark() and tx_keep() or tx_undo() */
    int64_t changes; /* rows changed since the last mark or begin */
    int64_t entries; /* journal entries since the last mark or begin */
};

struct rows {
    struct tx *tx;
    struct statement *st;
    int64_t us; /* of the engine so far, when somebody watches */
};

/*
 * Open the database at `address`: the path of a file. On failure NULL and a
 * reason that says what to do; so for an address of an engine that this
 * build does not have. The connection closes with `m`.
 */
struct db *db_open(struct mem *m, struct str address, enum db_mode mode,
                   struct text *ret_reason);

/* "could not … : …" of the last failure, for the log; never for a page. */
const char *db_reason(const struct db *db);

/*
 * The commit that failed last may have been kept after all: the connection
 * broke, and nobody could be asked.
 */
bool db_unsure(const struct db *db);

/*
 * Begin. A writing transaction holds the write lock from here on, so a rule
 * may trust what it reads. Nesting is a BUG.
 */
void tx_begin(struct db *db, bool writes, struct tx *ret);

/*
 * Keep everything. E_STORE or E_CLASH: nothing was kept. Rows changed
 * without a journal entry since the last tx_mark() are a BUG that stops the
 * program. A mark that still stands is a BUG.
 */
enum err tx_commit(struct tx *tx) MUST_CHECK;
void tx_rollback(struct tx *tx);

/*
 * OK, or E_STORE or E_CLASH when calls do nothing any more: what a function
 * that wrote answers at its end. Whoever calls a row that must be there and
 * is not a BUG, asks first.
 */
enum err tx_err(const struct tx *tx);

/*
 * A place inside the transaction to go back to: group commit runs every
 * request between tx_mark() and tx_keep() or tx_undo(). Marks do not nest,
 * and a transaction that clashed outside a mark takes none: both are a BUG.
 *
 * Both wait for what was sent and make the same check as tx_commit(), the one
 * of what came before the mark and tx_keep() of what came since.
 * E_CLASH: it has undone instead, nothing since the mark is kept and the
 * transaction goes on. E_STORE: nothing will be.
 */
void tx_mark(struct tx *tx);
enum err tx_keep(struct tx *tx) MUST_CHECK;
void tx_undo(struct tx *tx);

/*
 * Run a statement that changes rows of ledgers or records; inside a reading
 * transaction a BUG, as every change is. It is sent; what the engine says to
 * it may come to light as late as at the next question, tx_keep() or
 * tx_commit().
 */
void tx_run(struct tx *tx, struct sql q, struct args a);

/*
 * Run a statement on rows that need no journal entry because they are
 * derived (tallies, tree nodes) or bookkeeping (sessions, jobs).
 */
void tx_run_unjournaled(struct tx *tx, struct sql q, struct args a);

/* Rows changed by the last statement that was run: waits for it. */
int64_t tx_changed(struct tx *tx);

/* Run several statements without arguments: migrations. */
void tx_script(struct tx *tx, struct str statements);

/*
 * Read. Call rows_next() until it is false, or rows_end() to stop early.
 * Columns are numbered from 0. rows_text() copies into `m`; rows_view()
 * borrows until the next call on `r`.
 */
struct rows tx_query(struct tx *tx, struct sql q, struct args a);
/* As tx_query(), for rows that are too many to be held. */
struct rows tx_walk(struct tx *tx, struct sql q, struct args a);
bool rows_next(struct rows *r);
void rows_end(struct rows *r);
int64_t rows_int(const struct rows *r, int col); /* NULL is 0 */
struct str rows_text(const struct rows *r, int col, struct mem *m);
struct str rows_view(const struct rows *r, int col);
bool rows_is_null(const struct rows *r, int col);

/* The first column of the first row; `otherwise` when there is none. */
int64_t tx_int(struct tx *tx, struct sql q, struct args a, int64_t otherwise);

/* Copy the whole database into the new file `path`, while others write. */
enum err db_copy(struct db *db, struct str path) MUST_CHECK;

/* Is the file sound? E_INPUT and what is wrong; E_STORE: not readable. */
enum err db_check(struct db *db, struct mem *m, struct str *ret_why) MUST_CHECK;

#endif
