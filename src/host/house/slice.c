/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/house/slice.h"

struct house_slicer {
    struct slicer slicer; /* first: it is found by it */
    struct house *house;
    struct mem *scratch;
};

enum err slice_in_house(struct house *h, struct mem *m, struct slice *s)
{
    struct work work;
    uint64_t size;
    enum err e;

    mem_reset(m);
    s->grew = false;
    work_begin(h, m, ACTOR_CLOCK, &work);
    size = work.journal.tree.size;
    e = s->run(s->arg, &work.act);
    if (tx_err(&work.tx) != OK)
        e = tx_err(&work.tx); /* what it decided, it decided on nothing read */
    if (e != OK) {
        work_rollback(&work);
        return e;
    }
    s->grew = work.journal.tree.size != size;
    return work_commit(&work);
}

static enum err run(struct slicer *s,
                    enum err (*slice)(void *arg, struct act *act), void *arg)
{
    struct house_slicer *own = (struct house_slicer *)s;

    return slice_in_house(own->house, own->scratch,
                          &(struct slice){ .run = slice, .arg = arg });
}

struct slicer *slicer_of_house(struct mem *m, struct house *h)
{
    struct house_slicer *s = NEW(m, struct house_slicer);

    *s = (struct house_slicer){ { run }, h, mem_child(m) };
    return &s->slicer;
}
