/* SPDX-License-Identifier: MulanPSL-2.0 */
/* column.h - a column: what it keeps, how people call it, what it plays. */
#ifndef DAJUAN_HOST_LEDGER_COLUMN_H
#define DAJUAN_HOST_LEDGER_COLUMN_H

#include "host/ledger/by.h"
#include "host/ledger/choice.h"
#include "store/value.h"

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

/* What the numbers of a column count; unit.h reads the words for it. */
enum column_unit {
    UNIT_NONE, /* of COLUMN_MARK: points */
    UNIT_MINUTES,
    UNIT_PEOPLE,
    UNIT_VISITS, /* people, each as often as they came */
    UNIT_TIMES,
    UNIT_ANSWERS,
    UNIT_POINTS,
    UNIT_PERCENT,
    UNIT_YUAN,
};

enum column_flags {
    COLUMN_REQUIRED = 1 << 0, /* a row without it is refused */
    COLUMN_IDENTITY = 1 << 1, /* says which row it is (alike.h) */
    COLUMN_LISTED = 1 << 2,   /* shown in lists */
    COLUMN_PERSONAL = 1 << 3, /* about a person: strangers see it masked */
    COLUMN_INTERNAL = 1 << 4, /* strangers do not see it at all */
    COLUMN_MAKES = 1 << 5,    /* a missing row of .ref is made at import */
    COLUMN_DERIVED = 1 << 6,  /* computed by .derive, never typed */
    COLUMN_FILTER = 1 << 7,   /* offered as a filter of the list */
    COLUMN_ALIAS = 1 << 8,    /* another name that references find the row by */
    COLUMN_CLOCK = 1 << 16,   /* a text that says a time of day */
    COLUMN_FINISHED = 1 << 17, /* once it has a value nothing is due (role) */
    COLUMN_END = 1 << 18,      /* ends then by itself (role) */

    /* Roles: at most one column of a ledger plays each. */
    COLUMN_TITLE = 1 << 9,   /* names the row; every ledger has one */
    COLUMN_OWNER = 1 << 10,  /* the organisation whose row it is, for rights */
    COLUMN_PLACE = 1 << 11,  /* the community or subdistrict */
    COLUMN_WHEN = 1 << 12,   /* when it happened: decides the year */
    COLUMN_DUE = 1 << 13,    /* falls due: then it is work for today */
    COLUMN_KIND = 1 << 14,   /* what the .ref_kind of references chooses by */
    COLUMN_PARENT = 1 << 19, /* the row that it is a part of (part.h) */
    COLUMN_STATE = 1 << 20,  /* where it stands: steps move it (step.h) */
    COLUMN_ASKED = 1 << 21,  /* the organisation that is asked for help */

    COLUMN_ROLLED = 1 << 22, /* made of its parts by .roll, never typed */
    COLUMN_PERIOD = 1 << 23, /* a choice that changes with the day (period.h) */
    COLUMN_CELL = 1 << 24,   /* parts, as a cell of files has them */
    COLUMN_CONSENT = 1 << 25, /* its person agreed to be named then (role) */
    COLUMN_LINK = 1 << 26,    /* a text: the address of a page elsewhere */
};

struct column {
    struct str key; /* its name in the table, exports and URLs */
    enum column_type type;
    struct text label;
    struct text hint;    /* under the label of the form; may be empty */
    struct str synonyms; /* headers of workbooks, separated by | */
    const struct choice *choices;
    size_t choices_n;
    enum column_unit unit; /* of COUNT and MARK */
    struct str ref;        /* "registry.organisation" */
    struct str ref_kind;   /* only rows of .ref whose COLUMN_KIND is so */
    struct str parts;      /* below its header in files, all of them, by | */
    struct str within;     /* the column whose organisation its own is below */
    unsigned flags;        /* enum column_flags */
    unsigned by;           /* who writes it, enum relation; 0: its owner */
    /* The owner only while the row, the parent, is in these states; 0: any. */
    uint64_t in, parent_in;
    /* The most, or most characters; 0: 10^9, 100 points, 200, of LINES 4,000 */
    int64_t max;
};

/*
 * Type, key and label; what else there is to say follows by name:
 *
 *     [SIZE] = COLUMN(COUNT, "size", "队员人数", "Members",
 *                     KNOWN_AS("人数|队员数"), .flags = COLUMN_REQUIRED),
 */
#define COLUMN(kind, name, zh, ...)                                            \
    COLUMN_AS(COLUMN_##kind, name, zh, __VA_ARGS__, )
#define COLUMN_AS(kind, name, zh, en, ...)                                     \
    {                                                                          \
        .type = kind, .key = S_INIT(name), .label = TEXT_INIT(zh, en),         \
        __VA_ARGS__                                                            \
    }
#define KNOWN_AS(words) .synonyms = S_INIT(words)
#define PARTS(words) .parts = S_INIT(words)
#define CHOICES(array) .choices = (array), .choices_n = COUNT(array)
#define WITHIN(name) .within = S_INIT(name)
#define REFERENCE(name) .ref = S_INIT(name)

static inline bool column_is(const struct column *c, unsigned flag)
{
    return (c->flags & flag) != 0;
}
static inline bool column_is_int(const struct column *c)
{
    return c->type == COLUMN_COUNT || c->type == COLUMN_MARK ||
           c->type == COLUMN_DATE || c->type == COLUMN_REF;
}
/* Does it name its row? Rows whose names differ are never the same row. */
static inline bool column_names(const struct column *c)
{
    return column_is(c, COLUMN_IDENTITY) && column_is(c, COLUMN_REQUIRED);
}
/* Do people read it as a number, set to the right? */
static inline bool column_is_number(const struct column *c)
{
    return c->type == COLUMN_COUNT || c->type == COLUMN_MARK;
}
static inline enum value_kind column_kind(const struct column *c)
{
    return column_is_int(c) ? VALUE_INT : VALUE_TEXT;
}
/* The missing value of a column. */
static inline struct value column_none(const struct column *c)
{
    return (struct value){ .kind = column_kind(c), .missing = true };
}

/* Is it about its owner, who never writes it? */
static inline bool column_is_decided(const struct column *c)
{
    return c->by == RELATION_OFFICER;
}
/* Does it follow from others, or do forms not ask it; is it kept; said? */
bool column_follows(const struct column *c);
bool column_is_asked(const struct column *c);
bool column_is_kept(const struct column *c);
bool column_is_said(const struct column *c);
/* NULL when the column has no choice of that key. */
const struct choice *choice_find(const struct column *c, struct str key);

#endif
