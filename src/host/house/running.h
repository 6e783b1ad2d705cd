/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * running.h - long work in slices (slice.h) that is not whole yet.
 *
 * It is a row of the table `running` from its first slice to its last, so
 * that pages say so and publishing waits. Whoever runs it holds a lock in the
 * folder of the key, which the system lets go when the process ends, however
 * it ends: a row that nobody holds was left in the middle.
 */
#ifndef DAJUAN_HOST_HOUSE_RUNNING_H
#define DAJUAN_HOST_HOUSE_RUNNING_H

#include "host/house/house.h"

enum running_what { RUNNING_IMPORT, RUNNING_UNDO, RUNNING_BACK };

struct running {
    int64_t id;
    enum running_what what;
    int64_t batch;
    int64_t at, actor;
    unsigned roles; /* of the actor, when it began: what it may go on with */
    int64_t org;
    struct str reason;
    int64_t done, total; /* rows; total 0: not known yet */
};

/* Where it is held, and until when. */
struct running_hold {
    struct mem *m;
    struct str folder; /* of the key: place.keys */
};

/*
 * Note work that begins; `r` gets its number and who begins it. E_STORE: so
 * too when the folder takes no lock, which the log tells.
 */
enum err running_begin(struct act *act, const struct running_hold *hold,
                       struct running *r) MUST_CHECK;

/* Hold what nobody holds. False: somebody does. */
bool running_take(const struct running_hold *hold, int64_t id);

/* How far it is. */
void running_note(struct act *act, const struct running *r);
/* From now on it is other work: an import that is taken back. */
void running_become(struct act *act, const struct running *r);
/* It is whole. */
void running_end(struct act *act, int64_t id);

/* The n-th one that runs, from 0; the text lives in in.m. False: none. */
bool running_at(struct scope in, int64_t n, struct running *ret);
/* The one with this batch. */
bool running_batch(struct scope in, int64_t batch, struct running *ret);
/* The same one, as it stands now; false: it ended. */
bool running_read(struct scope in, int64_t id, struct running *ret);

/*
 * Let features go on with what was left in the middle, and wait for that; a
 * folder that was opened to write, and that nobody else uses yet.
 */
void running_resume(struct house *h);

#endif
