/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * postgres.h - one connection to PostgreSQL, in pipeline mode. Private to
 * the driver (postgres.c).
 *
 * What is sent is remembered until its result was read; reading goes on to
 * the end of what was sent. The first thing that went wrong is what became
 * of all of it, until a rollback or an undo is sent.
 */
#ifndef DAJUAN_STORE_POSTGRES_H
#define DAJUAN_STORE_POSTGRES_H

#include "store/driver.h"

#include <libpq-fe.h>

/* More are not on their way at once: both ends might wait for the other. */
enum { PG_SENT_MAX = 128, PG_SLOTS = 512 };

/* A statement as the server knows it. */
struct pg_prepared {
    struct pg_prepared *next; /* in its slot */
    uint64_t hash;
    struct str sql;    /* as callers say it */
    const char *there; /* as the server reads it */
    char name[16];
    size_t args_n;
    bool known; /* to the server, or on its way there */
};

enum pg_kind {
    PG_PREPARE, /* .prepared */
    PG_RUN,     /* .changes */
    PG_ROWS,    /* the result is kept in link->rows */
    PG_SYNC,    /* what came before it is settled */
};

struct pg_sent {
    enum pg_kind kind;
    struct pg_prepared *prepared; /* what it is or is made of; may be NULL */
    int64_t *changes;
    bool heard; /* false: what becomes of it is nobody's business any more */
};

struct pg_link {
    PGconn *conn;
    struct mem *m; /* of the statements */
    struct str address;
    enum db_mode mode;
    struct pg_prepared *slots[PG_SLOTS];
    int prepared_n;
    struct pg_sent sent[PG_SENT_MAX];
    size_t sent_n;
    enum settled outcome;
    int64_t changed; /* rows, by the last PG_RUN */
    PGresult *rows;  /* of the last PG_ROWS; whoever takes it clears it */
    char *reason;    /* of 256 bytes: the db's */
    int64_t *trips;  /* the db's */
};

/*
 * Connect, and look whether the database is one of ours: UTF-8, ordered by
 * bytes, of a server that is new enough. False and what to do.
 */
bool pg_connect(struct pg_link *l, struct mem *m, struct text *ret_reason);
/* As above with the same address and mode, after the connection broke. */
bool pg_reconnect(struct pg_link *l);
void pg_disconnect(struct pg_link *l);
/* Does the connection stand, as far as can be told without asking? */
bool pg_stands(struct pg_link *l);

/*
 * Send a statement; `what.prepared` is set here. False: the connection broke.
 */
bool pg_send(struct pg_link *l, struct sql q, struct args a,
             struct pg_sent what);
/* The same for a text of PostgreSQL's that is used once. */
bool pg_send_once(struct pg_link *l, const char *text, struct args a,
                  struct pg_sent what);
/* The text of a statement as the server reads it. */
const char *pg_text_of(struct pg_link *l, struct sql q);
/* Ask for what became of all that was sent, without waiting. */
bool pg_sync(struct pg_link *l);
/* Wait for it: the outcome. */
enum settled pg_settle(struct pg_link *l);
/* What is on its way concerns nobody any more; a new outcome begins. */
void pg_forget(struct pg_link *l);

/*
 * How the server runs a statement that it knows, for any arguments, a step a
 * row; NULL: it does not know it, or something failed. Clear it.
 */
PGresult *pg_plan(struct pg_link *l, struct mem *m, struct sql q);

/* Several statements without arguments, outside the pipeline; settles. */
bool pg_script(struct pg_link *l, struct str statements);

/* "could not DO: why" into link->reason and the log; always false. */
bool pg_fail(struct pg_link *l, const char *what, const char *why);

/* ---- values: postgres_value.c ---- */

/* A row's column; both end the program over a type they do not know. */
int64_t pg_int(const PGresult *rows, int row, int col);
struct str pg_bytes(const PGresult *rows, int row, int col);

#endif
