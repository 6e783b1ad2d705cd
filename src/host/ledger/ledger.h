/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * ledger.h - the declaration everything follows from.
 *
 * A ledger (台账) is what an office keeps rows of. A feature declares it as
 * `static const`; from that one declaration the host gives table, list,
 * filter, search, sort, record page with history, forms, import, export and
 * JSON. What counts is declared beside it as record kinds (record.h) and
 * figures (figure.h).
 *
 * A ledger "projects.project" has the table projects_project and the pages
 * under /projects/project.
 */
#ifndef DAJUAN_HOST_LEDGER_LEDGER_H
#define DAJUAN_HOST_LEDGER_LEDGER_H

#include "base/text.h"
#include "host/ledger/ledger_row.h"

enum column_type {
    COLUMN_TEXT,   /* one line */
    COLUMN_LINES,  /* several lines */
    COLUMN_COUNT,  /* a whole number from 0 */
    COLUMN_MARK,   /* points, kept in hundredths: 9480 is 94.8 */
    COLUMN_DATE,   /* kept as yyyymmdd */
    COLUMN_CHOICE, /* one of .choices, kept as its key */
    COLUMN_REF,    /* a row of the ledger .ref, kept as its id */
    COLUMN_PHONE,  /* 11 digits, or a landline with area code */
};

enum column_flags {
    COLUMN_REQUIRED = 1,  /* a row without it is refused */
    COLUMN_IDENTITY = 2,  /* rows alike in all of these are the same row */
    COLUMN_LISTED = 4,    /* shown in lists */
    COLUMN_PERSONAL = 8,  /* about a person: visitors see it masked */
    COLUMN_INTERNAL = 16, /* visitors do not see it at all */
    COLUMN_MAKES = 32,    /* a missing row of .ref is made at import */
    COLUMN_DERIVED = 64,  /* computed by .derive, never typed */
    COLUMN_FILTER = 128,  /* offered as a filter of the list */
    COLUMN_ALIAS = 256,   /* another name that references find the row by */
};

struct choice {
    struct str key;
    struct text label;
    struct str synonyms; /* words of workbooks, separated by | */
};

struct column {
    struct str key; /* its name in the table, exports and URLs */
    enum column_type type;
    struct text label;
    struct text hint;    /* under the label of the form; may be empty */
    struct str synonyms; /* headers of workbooks, separated by | */
    const struct choice *choices; /* ends with an empty key */
    struct str ref;               /* "registry.organisation" */
    struct str ref_kind; /* only rows of .ref whose column `kind` says this;
                            a row made at import gets it */
    unsigned flags;      /* enum column_flags */
    int64_t max; /* counts, marks: largest value; texts: characters; 0: usual */
};

struct record_kind;
struct grid;
struct act;

struct ledger {
    struct str feature; /* "projects" */
    struct str noun;    /* "project" */
    struct text label;  /* 双领重点项目 / Key projects */
    struct text unit;   /* 项 / projects, for "55 项" */
    struct text about;  /* what belongs here, for the empty list */
    const struct column *columns;
    size_t columns_n;
    size_t title; /* index of the column that names a row */
    /* Indices + 1 of columns with a role; 0: none. */
    size_t org_column;   /* whose row it is, for rights and scope */
    size_t place_column; /* the community or subdistrict */
    size_t date_column;  /* when it happened: decides the year */
    bool open;           /* visitors may see the rows (masked) */
    bool standing;       /* rows belong to no year: organisations */
    const struct record_kind *kinds;
    size_t kinds_n;

    /*
     * Optional. Fill what follows from other values: the derived columns, and
     * missing ones that have a rule. Runs before required columns are asked.
     */
    void (*derive)(struct mem *m, struct ledger_row *row);
    /*
     * Optional. Rules between columns: false refuses the row, with the index
     * of the column to blame and a reason that says what to do.
     */
    bool (*check)(struct act *act, const struct ledger_row *row,
                  size_t *ret_column, struct text *ret_reason);
    /*
     * Optional. Recognise a sheet that has no header: fill `ret_map` (column
     * of the sheet for every column, SIZE_MAX for none) and answer true.
     */
    bool (*recognise)(const struct grid *g, size_t *ret_map);
};

static inline bool column_is(const struct column *c, unsigned flag)
{
    return (c->flags & flag) != 0;
}
static inline bool column_is_int(const struct column *c)
{
    return c->type == COLUMN_COUNT || c->type == COLUMN_MARK ||
           c->type == COLUMN_DATE || c->type == COLUMN_REF;
}

/* Every ledger of every feature, in the order of features; NULL at the end. */
const struct ledger *ledger_at(size_t i);
/* By "projects.project" or by feature and noun; NULL when there is none. */
const struct ledger *ledger_find(struct str name);
const struct ledger *ledger_find_noun(struct str feature, struct str noun);
struct str ledger_name(struct mem *m, const struct ledger *l);
/* SIZE_MAX when no column has that key. */
size_t ledger_column(const struct ledger *l, struct str key);
const struct choice *choice_find(const struct column *c, struct str key);

/*
 * Is the declaration sound (roles point at columns of the right type,
 * references exist, an identity is given)? Anything else is a BUG.
 */
void ledger_check_all(void);

#endif
