/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * effect.h - what figures become when rows stand otherwise, before anything
 * is written.
 *
 *     e = effect_new(in.m);
 *     effect_add(e, in, row, NULL);       (the row counts no more)
 *     n = effect_figures(e, in, &list);
 */
#ifndef DAJUAN_HOST_LEDGER_EFFECT_H
#define DAJUAN_HOST_LEDGER_EFFECT_H

#include "host/ledger/figure.h"

struct effect;

/* A figure of a year that changes. */
struct figure_effect {
    struct figure_value now, then;
    bool open; /* seats or a middle found anew: `then` is not told */
    struct str shown_now, shown_then; /* as pages show them */
};

struct effect *effect_new(struct mem *m);

/*
 * A row that stands as `before` shall stand as `after`; NULL or voided: it
 * does not count. What is remembered lives with the effect.
 */
void effect_add(struct effect *e, struct scope in,
                const struct ledger_row *before,
                const struct ledger_row *after);

/* In the order of figures and, of each, the newest year first. */
size_t effect_figures(struct effect *e, struct scope in,
                      struct figure_effect **ret);

#endif
