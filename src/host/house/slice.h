/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * slice.h - long work of a thread that is not the writer, as a sequence of
 * short transactions between which others write.
 *
 * What a slice read may have changed before the next: it decides anew, and
 * what it leaves behind must be whole by itself or say that it is not.
 */
#ifndef DAJUAN_HOST_HOUSE_SLICE_H
#define DAJUAN_HOST_HOUSE_SLICE_H

#include "host/house/house.h"

/*
 * The act of a slice, its memory and its transaction are this slice's alone;
 * the clock acts unless the slice says who does (act->actor, act->address).
 */
struct slicer {
    enum err (*run)(struct slicer *s,
                    enum err (*slice)(void *arg, struct act *act), void *arg);
};

/*
 * Wait for a turn among those who write, run the slice, and return once it is
 * committed: OK. What the slice refuses with is returned, and it alone is
 * undone. E_CLASH: a key was taken meanwhile; E_STORE: nothing is kept. BUG
 * on the writer's own thread, which would wait for itself.
 */
static inline enum err slice_run(struct slicer *s,
                                 enum err (*slice)(void *arg, struct act *act),
                                 void *arg)
{
    return s->run(s, slice, arg);
}

/*
 * For a command, one request or a test: each slice is a transaction of `h`,
 * which has none open and is used by nobody else meanwhile.
 */
struct slicer *slicer_of_house(struct mem *m, struct house *h);

/* What a slicer runs in the turn it waited for. */
struct slice {
    enum err (*run)(void *arg, struct act *act);
    void *arg;
    bool grew; /* the answer: the journal has entries to be signed */
};

/* One slice as a transaction of `h`, in the memory `m`, which is reset. */
enum err slice_in_house(struct house *h, struct mem *m,
                        struct slice *s) MUST_CHECK;

#endif
