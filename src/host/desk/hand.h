/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * hand.h - the hand of the clock (ledger/clock.h), held by the writer: it
 * lets time take its steps between what people send. Private to the desk.
 *
 * It moves when the civil day changes, after something was written that is
 * past its day, and, because commands write into the folder as well, it asks
 * once a minute; between these it costs no statement.
 */
#ifndef DAJUAN_HOST_DESK_HAND_H
#define DAJUAN_HOST_DESK_HAND_H

#include "host/house/house.h"

/* All 0 when the writer starts. */
struct hand {
    int32_t day;      /* the last one it asked on */
    int64_t asked_ms; /* when; of clock_steady_ms() */
    bool behind;      /* there is more to do: move again at once */
};

/* People wrote in this work, which is not kept yet. */
void hand_notice(struct hand *hand, const struct act *act);

/*
 * Take one batch of time's steps if there are any, in a work of its own that
 * lives in `m`, which is reset. True: the journal grew. What could not be
 * kept is tried again after a minute.
 */
bool hand_move(struct hand *hand, struct house *h, struct mem *m);

#endif
