/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_steps.h - the steps that a reader may take of a row, as buttons, made by
 * step_page.c; and its parts with theirs, made by row_parts.c.
 */
#ifndef DAJUAN_HOST_PAGE_ROW_STEPS_H
#define DAJUAN_HOST_PAGE_ROW_STEPS_H

#include "host/desk/ctx.h"
#include "host/ledger/ledger.h"

/* A step as a button. */
struct step_button {
    const struct step *step;
    struct str once; /* "": it leads to a form; else one tap takes it */
    bool first;      /* this reader is expected to take it */
};

struct step_buttons {
    struct str base; /* of the row */
    struct str name; /* of the row, where it is one of several; "" */
    int64_t version;
    struct step_button *v;
    size_t n;
};

/* What step_is_open() to this reader; expected ones first. */
struct step_buttons step_buttons(struct ctx *c, struct asker *a,
                                 const struct ledger_row *row);

/* A part on the page of its parent. */
struct part_line {
    struct ledger_row *row;
    struct str name;
    bool stranger;     /* to it, who reads */
    struct str *cells; /* one for every column of the section */
    struct step_buttons steps;
};

/* The parts of one ledger. */
struct part_section {
    const struct ledger *ledger;
    const struct column **columns; /* but for the title and the parent */
    size_t columns_n;
    struct part_line *lines;
    size_t lines_n;
    struct str add; /* the form of a new one; "": not for this reader */
};

/*
 * Of every ledger of parts, and noted for the auditor; returns how many.
 */
size_t part_sections(struct ctx *c, struct ledger_row *row,
                     struct part_section **ret);

#endif
