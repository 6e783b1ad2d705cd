/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * undo_plan.h - the running plan of an undo, for the files that make it:
 * undo.c leads, undo_refs.c keeps what rows that stay refer to, undo_turn.c
 * does what is planned.
 */
#ifndef DAJUAN_HOST_IMPORT_UNDO_PLAN_H
#define DAJUAN_HOST_IMPORT_UNDO_PLAN_H

#include "base/map.h"
#include "host/import/undo.h"

/* A row of the plan refers to another that shall go. */
struct hold {
    size_t from, to;
    size_t column;
    bool always; /* it will refer there even when it is changed */
};

struct planner {
    struct undo *undo;
    struct asker *asker; /* its memory: of the row at hand */
    struct mem *m;       /* of the answer */
    struct mem *row;
    size_t cap;       /* of undo->rows */
    struct map index; /* planner_key(): where in undo->rows */
    struct hold *holds;
    size_t holds_n, holds_cap;
};

/* A row as it stands and as it shall; until the next one is loaded. */
struct turning {
    struct ledger_row *now, *then;
    const struct step *step; /* that the batch took of it; NULL: none */
};

/* asker->in.m is the memory of the row at hand until planner_end(). */
void planner_begin(struct planner *p, struct asker *asker, struct undo *u);
void planner_end(struct planner *p);
void planner_plan(struct planner *p);
void planner_count(struct planner *p);

/* False: the store failed. */
bool planner_row(struct planner *p, const struct undo_row *r,
                 struct ledger_row **ret);
bool planner_load(struct planner *p, const struct undo_row *r,
                  struct turning *ret) MUST_CHECK;
/* Let it in as it was. */
enum err planner_admit(struct planner *p, struct turning *t);
/* Judge a row that shall go by what now stands. */
enum undo_fate planner_judge(struct planner *p, struct undo_row *r);
/* The row of the plan; NULL: it is none of it. */
struct undo_row *planner_find(struct planner *p, const struct ledger *l,
                              int64_t id);
struct str planner_key(struct mem *m, const struct ledger *l, int64_t id);

/* Does the plan change the row? */
static inline bool undo_goes(const struct undo_row *r)
{
    return r->fate == UNDO_VOIDS || r->fate == UNDO_RESTORES ||
           r->fate == UNDO_CHANGES;
}

/* Rows that were to be voided stay when rows that stay refer to them. */
void planner_settle_refs(struct planner *p);
/* The same for what became of rows since, as far as it is not done yet. */
void planner_settle_again(struct planner *p);
/*
 * The rows that go, in an order in which none refers to one that is gone or
 * not there yet, where there is such an order; how many.
 */
size_t planner_order(struct planner *p, size_t **ret);

#endif
