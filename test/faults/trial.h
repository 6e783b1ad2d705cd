/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * trial.h - a data folder, what is done with it, and what it then holds.
 *
 * Everything is prepared once, in a folder of its own:
 *
 *   data/    a house with rows, records, heads, an account, a sheet
 *   old/     the same as a program left it that knew less: to be migrated
 *   backup   of data/
 *
 * Each trial works on a fresh copy of one of the two as its own data/; what
 * an operation makes beside it is called made/, restored/ and backup.
 */
#ifndef DAJUAN_TEST_FAULTS_TRIAL_H
#define DAJUAN_TEST_FAULTS_TRIAL_H

#include "host/house/house.h"

/* Somebody is signed in with this cookie, and may sign in with that word. */
#define TRIAL_COOKIE "signed-in"
#define TRIAL_PASSWORD "seven+seas+of+words"

struct trial {
    struct mem *m;
    struct str prepared;
    struct str folder; /* of this trial */
    struct text why;   /* of an answer that is not OK */

    /* Of trial_open(). */
    struct house *house;     /* on data/ */
    struct str visitor_form; /* the token in a form of somebody's */
    struct str member_form;  /* and of the one who is signed in */
};

enum {
    READS = 1,   /* changes nothing, so it never has a reason to end */
    OPENS = 2,   /* the folders that it works on, by itself */
    MAKES = 4,   /* files beside data/ */
    OLD = 8,     /* works on old/ */
    SAYS = 16,   /* why, when it was not done */
    SLICES = 32, /* goes on in slices: a start ends what is half done */
};

struct operation {
    const char *name;
    /* OK: done; E_STORE: not done. Nothing else is an answer to a fault. */
    enum err (*run)(struct trial *t);
    unsigned flags;
};

static inline bool operation_is(const struct operation *op, unsigned flag)
{
    return (op->flags & flag) != 0;
}

enum { OPERATIONS = 24 };
extern const struct operation operations[];
/* One that is not done as a whole, to try the check itself. */
extern const struct operation operation_of_halves;

/* Make data/, old/ and backup in `folder`. */
void trial_prepare(struct mem *m, struct str folder);

/* A new copy of what was prepared, in the place of the last one. */
void trial_copy(const struct trial *t, const struct operation *op);

/* Open data/: before a fault is planned. */
void trial_open(struct trial *t);

/*
 * As after a restart: whatever stands under its own name must be whole and
 * verify. False and what is wrong; else `ret_content` tells contents apart.
 */
bool trial_look(const struct trial *t, const struct operation *op,
                struct hash *ret_content, struct str *ret_wrong);

/* Is there a file that was only to be written on the way? */
bool trial_has_drafts(const struct trial *t);

void folder_remove(struct str folder);

/* Ends the program over what must not fail while no fault is planned. */
void must(enum err e, struct text why);

struct str trial_path(const struct trial *t, const char *name);

#endif
