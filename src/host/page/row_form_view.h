/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_form_view.h - what views/row_form.html shows; made by row_form.c.
 */
#ifndef DAJUAN_HOST_PAGE_ROW_FORM_VIEW_H
#define DAJUAN_HOST_PAGE_ROW_FORM_VIEW_H

#include "host/list/options.h"
#include "host/page/row_view.h"

struct row_rival;

/* Of the form of a row, for this reader; NULL: of a new one. */
struct text row_form_title(struct ctx *c, const struct ledger *l,
                           const struct ledger_row *row);

struct row_field {
    const struct column *column; /* NULL: the year */
    struct str name;
    struct text label;
    struct text hint;
    bool optional;
    bool fixed;       /* shown; who asks may not write it */
    struct str value; /* as typed */
    struct text error;
    const struct row_rival *rival; /* to choose from; NULL: nothing is */
    struct str described;          /* ids of hint and error */
    int64_t most;                  /* characters; 0: no limit is told */
    struct list_options options;   /* of a reference */
};

/* A value that somebody else saved meanwhile. */
struct row_rival {
    struct text label;
    struct str mine, theirs;
    const struct row_event *by; /* NULL: not known */
    bool open; /* both touched it; else theirs stands in the form */
};

struct row_form {
    const struct ledger *ledger;
    struct text title; /* of the page */
    struct str action; /* where the form goes */
    struct str back;
    struct row_field *fields;
    size_t fields_n;
    size_t wrong;     /* fields with an error */
    int32_t unlikely; /* a year to be confirmed; 0: none */
    int64_t like;     /* perhaps the same row; 0: none is */
    struct str like_link;
    bool dirty;      /* holds what is not saved */
    int64_t version; /* of the row the form was made from; 0: new */
    struct str once;
    struct str draft; /* the key of the draft it was filled from; "": none */
    /* Another row of the same identity. */
    struct str twin, twin_link;
    /* What was saved meanwhile, and how much of it is a question. */
    struct row_rival *rivals;
    size_t rivals_n, open_n;
};

#endif
