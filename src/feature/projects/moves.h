/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * moves.h - the dates that something was due on before: one line of text in
 * its row, in the order they were granted,
 *
 *     2024-07-24: 2024-07-31→2024-08-20; 2024-08-10: 2024-08-20→2024-09-01
 *
 * (granted on: from→to), so that what held on an earlier day stays known.
 */
#ifndef DAJUAN_FEATURE_PROJECTS_MOVES_H
#define DAJUAN_FEATURE_PROJECTS_MOVES_H

#include "base/str.h"

struct move {
    int32_t on, from, to; /* yyyymmdd */
};

/* Take the first move off the text; false at its end or at anything else. */
bool move_next(struct str *rest, struct move *ret);
/* The text with one more move at its end. */
struct str moves_add(struct mem *m, struct str moves, const struct move *move);

#endif
