/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * slip.h - a supervision order on one A4 page, with a part to be signed and
 * returned; shown by views/slip.html.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_SLIP_H
#define DAJUAN_FEATURE_PROJECTS_SLIP_H

#include "host/desk/ctx.h"

struct slip_view {
    struct text office;
    struct str no, level, project, unit, content;
    struct str issued, answer_by, signed_on, answer, answered_on;
    struct str base; /* the order's own page */
};

/* A link to it, on the page of an order. */
enum err order_front(struct ctx *c, const struct ledger_row *row);
/* Of the order of the path; only for those it is about, and officers. */
enum err show_slip(struct ctx *c);

#endif
