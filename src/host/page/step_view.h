/* SPDX-License-Identifier: MulanPSL-2.0 */
/* step_view.h - what the form of a step shows; made by step_page.c. */
#ifndef DAJUAN_HOST_PAGE_STEP_VIEW_H
#define DAJUAN_HOST_PAGE_STEP_VIEW_H

#include "host/page/row_form_view.h"

struct step_form {
    const struct row_form *form; /* its fields */
    const struct step *step;
    const struct ledger_row *row;
    struct str name, of;  /* of the row and its parent; of: "" for none */
    struct str base;      /* of the row */
    struct text from, to; /* states */
    struct str reason;    /* as typed */
    struct text wrong;    /* with the reason, or the row as a whole */
    const struct row_event *events; /* what changed since it was looked at */
    int64_t seen;                   /* newer ones are shown; 0: none */
};

#endif
