/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * undo_view.h - what the view of an undo shows, and its handlers.
 */
#ifndef DAJUAN_HOST_INTAKE_UNDO_VIEW_H
#define DAJUAN_HOST_INTAKE_UNDO_VIEW_H

#include "host/import/undo.h"
#include "host/intake/view.h"

struct undo_kept_row {
    const struct undo_row *row;
    struct str path;
};

/* What undoing a batch, or bringing it back, will do. */
struct undo_page {
    struct batch_view batch;
    struct undo undo;
    struct text title;
    struct str action, once;
    struct str was; /* its numbers in short (rival.h) */
    size_t units;   /* of the rows that come or go */
    struct figure_effect *effects;
    size_t effects_n;
    struct undo_kept_row *kept; /* the first rows that stay */
    size_t kept_n;
};

enum err show_batch_undo(struct ctx *c);
enum err before_batch_undo(struct ctx *c);
enum err post_batch_undo(struct ctx *c);
enum err show_batch_back(struct ctx *c);
enum err before_batch_back(struct ctx *c);
enum err post_batch_back(struct ctx *c);
extern const struct form undo_form;

#endif
