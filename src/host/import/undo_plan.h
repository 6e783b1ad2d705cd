/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * undo_plan.h - the running plan of an undo, for the files that make it:
 * undo.c leads, undo_refs.c keeps what rows that stay refer to.
 */
#ifndef DAJUAN_HOST_IMPORT_UNDO_PLAN_H
#define DAJUAN_HOST_IMPORT_UNDO_PLAN_H

#include "base/map.h"
#include "host/import/undo.h"

struct planner {
    struct undo *undo;
    struct asker *asker; /* its memory: of the row at hand */
    struct mem *m;       /* of the answer */
    struct mem *row;
    size_t cap;       /* of undo->rows */
    struct map index; /* planner_key(): where in undo->rows */
};

/* A row as it stands and as it shall; until the next one is loaded. */
struct turning {
    struct ledger_row *now, *then;
    const struct step *step; /* that the batch took of it; NULL: none */
};

/* False: the store failed. */
bool planner_load(struct planner *p, const struct undo_row *r,
                  struct turning *ret) MUST_CHECK;
struct str planner_key(struct mem *m, const struct ledger *l, int64_t id);

/* Does the plan change the row? */
static inline bool undo_goes(const struct undo_row *r)
{
    return r->fate == UNDO_VOIDS || r->fate == UNDO_RESTORES ||
           r->fate == UNDO_CHANGES;
}

/* Rows that were to be voided stay when rows that stay refer to them. */
void planner_settle_refs(struct planner *p);

#endif
