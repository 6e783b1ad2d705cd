/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row_draft.h - what is being filled in of a row: its fields, what was typed
 * into them, and the row that this makes. For the forms of a row (row_form.c)
 * and of its steps (step_page.c); made by row_draft.c.
 */
#ifndef DAJUAN_HOST_PAGE_ROW_DRAFT_H
#define DAJUAN_HOST_PAGE_ROW_DRAFT_H

#include "host/desk/ctx.h"
#include "host/ledger/admit.h"
#include "host/page/row_form_view.h"

struct row_draft {
    struct ctx *c;
    struct asker asker;
    const struct ledger *ledger;
    const struct ledger_row *before; /* as it stands; NULL: a new row */
    const struct ledger_row *base;   /* as the form showed it; NULL: unknown */
    /* What a new row is a part of, where the form stands under it. */
    struct ledger_row *parent;
    const struct step *step; /* that it takes; NULL: its values are changed */
    struct ledger_row *row;  /* what was typed, read */
    int32_t said_year;       /* 0: none was typed */
    struct row_form form;
};

/*
 * The fields: of a step, what it asks; else what somebody may say of the row.
 * Columns that steps alone write are no fields of a new row.
 */
void row_draft_fields(struct row_draft *d);
/* Where each stands as `row` has it. */
struct str row_draft_value(struct row_draft *d, const struct row_field *f,
                           const struct ledger_row *row);
/* A value as people read it: that of a choice is its key. */
struct str row_draft_readable(struct row_draft *d, const struct row_field *f,
                              struct str value);
/* The row as it stands, to be changed by a step. */
struct ledger_row *row_draft_copy(struct row_draft *d);
/* Read what was sent into d->row; what cannot be read is blamed. */
void row_draft_read(struct row_draft *d);
/* A field as it is in `from`. */
void row_draft_take(struct row_draft *d, struct row_field *f,
                    const struct ledger_row *from);
/* The field of a column, or of the year (SIZE_MAX); NULL: the form has none. */
struct row_field *row_draft_find(struct row_draft *d, size_t column);
/* The first reason of a field counts. */
void row_draft_blame(struct row_draft *d, struct row_field *f,
                     struct text reason);
/* What the fields need to be shown: what is fixed, hints, choices. */
void row_draft_show(struct row_draft *d);

#endif
