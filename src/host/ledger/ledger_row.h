/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * ledger_row.h - one row of a ledger in memory.
 */
#ifndef DAJUAN_HOST_LEDGER_LEDGER_ROW_H
#define DAJUAN_HOST_LEDGER_LEDGER_ROW_H

#include "store/store.h"

struct ledger;
struct step;

/* Whose a row is, and where; ids of organisations, 0: nobody's, nowhere. */
struct whose {
    int64_t owner, place;
};

/* One row in memory. Values stand in the order of the ledger's columns. */
struct ledger_row {
    const struct ledger *ledger;
    int64_t id;   /* 0: not saved yet */
    int32_t year; /* the programme year it belongs to */
    int64_t version;
    bool voided;
    bool admitted;    /* by row_admit(), and not kept since */
    int64_t seq;      /* its newest journal entry */
    int64_t batch;    /* the import that touched it last, as in act.h */
    int64_t identity; /* what row_identity() said; 0: not asked since */
    struct value *values;
    struct str *labels; /* of referenced rows; empty for other columns */

    /* Of a part: what it has from its parent (part.h). */
    struct ledger_row *parent; /* NULL: not looked at yet */
    struct whose of;
    bool orphan; /* the parent, or one above it, is voided */

    /* Of an admitted row: the step that it takes, and why; NULL: none. */
    const struct step *step;
    struct str reason;
};

/* A new row: every value is missing, in the kind of its column. */
struct ledger_row *ledger_row_new(struct mem *m, const struct ledger *l);
/* With values of its own, to be made anew. */
struct ledger_row ledger_row_copy(struct mem *m, const struct ledger_row *of);

/* Is it neither voided nor a part of what is? */
static inline bool row_stands(const struct ledger_row *r)
{
    return !r->voided && !r->orphan;
}
static inline bool row_has(const struct ledger_row *r, size_t col)
{
    return !r->values[col].missing;
}
/* 0 when missing: ask row_has() where missing is not zero. */
static inline int64_t row_int(const struct ledger_row *r, size_t col)
{
    return r->values[col].i;
}
static inline struct str row_str(const struct ledger_row *r, size_t col)
{
    return r->values[col].s;
}

/* By the roles of columns: "" or 0 where none plays it or it is missing. */
struct str row_title(const struct ledger_row *r);
struct str row_kind(const struct ledger_row *r); /* key of the choice */
int64_t row_owner(const struct ledger_row *r);   /* id of an organisation */
int64_t row_place(const struct ledger_row *r);   /* id of an organisation */
int32_t row_when(const struct ledger_row *r);    /* yyyymmdd */
/* Owner and place, and what the first of them that it has is called. */
struct whose row_whose(const struct ledger_row *r);
struct str row_home(const struct ledger_row *r);
/* Does a column that is decided about it hold a value? */
bool row_is_decided(const struct ledger_row *r);

#endif
