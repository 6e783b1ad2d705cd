/* SPDX-License-Identifier: MulanPSL-2.0 */
/* bulk_view.h - what views/bulk.html shows; made by bulk_page.c. */
#ifndef DAJUAN_HOST_INTAKE_BULK_VIEW_H
#define DAJUAN_HOST_INTAKE_BULK_VIEW_H

#include "host/desk/page.h"
#include "host/import/bulk.h"

/* A column that a step asks, once for all rows. */
struct bulk_field {
    const struct column *column;
    struct str value; /* as typed */
    struct text error;
    bool needed;
};

/* A row that does not take the step. */
struct bulk_stay {
    struct str name, path; /* "": not for the one who asks */
    struct text reason;
};

/* A step of several rows: what it will do. */
struct bulk_page {
    struct bulk bulk;
    struct text title;
    struct str action, back, once;
    struct str ids, was; /* of its rows; in what state (rival.h) */
    struct bulk_field fields[STEP_ASKS_MAX];
    size_t fields_n;
    struct text reason_error;
    bool wrong;       /* it is shown again */
    struct text note; /* because rows changed; empty: they did not */
    struct figure_effect *effects;
    size_t effects_n;
    struct bulk_stay *stays;
    size_t stays_n;
};

enum err show_bulk(struct ctx *c);
enum err post_bulk(struct ctx *c);

#endif
