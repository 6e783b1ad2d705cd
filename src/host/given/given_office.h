/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given_office.h - an office in which everybody asks: for tests that try every
 * way into every row of every ledger there is.
 */
#ifndef DAJUAN_HOST_GIVEN_GIVEN_OFFICE_H
#define DAJUAN_HOST_GIVEN_GIVEN_OFFICE_H

#include "host/given/given.h"

/* Who asks; the row at hand belongs to `own`. */
enum asks {
    SHELL, /* imports only */
    OFFICER,
    OFFICER_OWN, /* an officer who edits for the owner too */
    EDITOR_OWN,
    EDITOR_ABOVE,
    EDITOR_OTHER,
    EDITOR_NONE, /* of no unit */
    ADMIN,
    AUDITOR,
    VISITOR,
    ASKS,
    /* Of rows that take steps: the unit that is asked for help, and time. */
    EDITOR_ASKED = ASKS,
    TIME,
};

extern const unsigned asks_roles[TIME];

struct office {
    struct given *g;
    struct mem *m; /* of what is tried at the moment */
    int64_t above, own, other, asked;
    int names;
};

struct office given_office(struct test *t);
/* From now on pages are asked for by this one. */
void ask_as(struct office *o, enum asks who);

/* A row that is not kept yet: whose parent, if it is a part, is in a state. */
struct standing {
    size_t state, parent; /* 0: where rows begin */
    bool judged;          /* with what officers decide about it */
};

/* With what it must have and steps left in it; a part's parent is kept. */
struct ledger_row *given_any(struct office *o, const struct ledger *l,
                             const struct standing *as);
/* Give the column a value that fits; or another than that. */
void set_any(struct office *o, struct ledger_row *row, size_t i, bool other);
struct ledger_row *copy_row(struct office *o, const struct ledger_row *of);

/* Did the row come to say what was attempted? */
bool says(struct office *o, const struct ledger_row *want, int64_t id);

/*
 * Send what the row says; `id` is 0 for a new row. Was it taken? The number of
 * the batch is in o->g->work.act.batch.
 */
bool by_form(struct office *o, const struct ledger_row *row, int64_t id);
bool by_import(struct office *o, enum asks who, const struct ledger_row *row,
               int64_t id);
/* How many rows are as before the batch, as far as who asks may. */
size_t undo_batch(struct office *o, int64_t batch);

#endif
