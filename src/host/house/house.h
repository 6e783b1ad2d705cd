/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * house.h - one house, and whole transactions in it.
 *
 * A `house` is a data folder, or a database (place.h), held by one thread: its
 * connection and its district.
 */
#ifndef DAJUAN_HOST_HOUSE_HOUSE_H
#define DAJUAN_HOST_HOUSE_HOUSE_H

#include "host/house/place.h"
#include "journal/act.h"
#include "journal/head.h"

struct house {
    struct mem *m;
    struct house_place place;
    struct db *db;
    int64_t district;    /* division code: 370212 */
    struct text name;    /* of the district */
    struct note_key key; /* of its journal; the name is the origin */
    int64_t fixed_now;   /* tests: the time it is; 0: it goes on */
};

/* Whose a new house is. */
struct house_plan {
    int64_t district;
    struct text name;
    struct str origin; /* of the journal: "laoshan.example/dajuan" */
};

/*
 * Make a new house: database, tables, signing key. It is one as a whole or
 * not at all; what was not made to the end can be made again. E_CLASH: there
 * is one. E_CLASH, E_INPUT (no place for the key), E_STORE and a reason.
 */
enum err house_make(struct mem *m, struct house_place place,
                    const struct house_plan *plan,
                    struct text *ret_reason) MUST_CHECK;

/*
 * Open a house; migrations that are due run first (writers only). It closes
 * with `m`. On failure NULL and a reason that says what to do.
 */
struct house *house_open(struct mem *m, struct house_place place,
                         enum db_mode mode, struct text *ret_reason);

/*
 * Another connection to the folder of `h`, which is open: for what reads while
 * it writes. It closes with `m`. NULL and a reason as above.
 */
struct house *house_beside(struct mem *m, const struct house *h,
                           enum db_mode mode, struct text *ret_reason);

/*
 * Milliseconds since 1970: the only clock of rules, rows and pages. Tests
 * set h->fixed_now.
 */
int64_t house_now(const struct house *h);

/* What is read in `tx` of the house's district lives in `m`. */
static inline struct scope house_scope(const struct house *h, struct tx *tx,
                                       struct mem *m)
{
    return (struct scope){ tx, m, h->district };
}

/* A whole transaction: begin, and keep it or drop it. */
struct work {
    struct tx tx;
    struct journal journal;
    struct act act;
};

/* `m` is where the act allocates; the caller ends it after the work. */
void work_begin(struct house *h, struct mem *m, int64_t actor,
                struct work *ret);
enum err work_commit(struct work *w) MUST_CHECK;
void work_rollback(struct work *w);

/* Read the signing key of the house; E_ABSENT and a reason without one. */
enum err house_signer(struct house *h, struct mem *m,
                      struct note_signer *ret_signer,
                      struct text *ret_reason) MUST_CHECK;
/* Sign the tree as it stands and keep the head, unless it is signed. */
enum err house_sign(struct house *h, struct mem *m,
                    struct text *ret_reason) MUST_CHECK;

#endif
