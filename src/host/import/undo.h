/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * undo.h - a batch taken back, or brought back after that, any number of
 * times.
 *
 * Undone, its rows are as they were before the batch; brought back, as they
 * were after it. Entries that do so carry the number of the batch below zero,
 * so that what an undo did is told from what somebody did to the row since.
 */
#ifndef DAJUAN_HOST_IMPORT_UNDO_H
#define DAJUAN_HOST_IMPORT_UNDO_H

#include "host/ledger/effect.h"
#include "host/ledger/relation.h"
#include "journal/act.h"

/* What becomes of a row that the batch touched. */
enum undo_fate {
    UNDO_VOIDS,
    UNDO_RESTORES,
    UNDO_CHANGES,  /* its values */
    UNDO_NOTHING,  /* it is so already */
    UNDO_TOUCHED,  /* stays: somebody changed it since */
    UNDO_DENIED,   /* stays: the one who asks may not */
    UNDO_REFUSED,  /* stays: as it was it would not be admitted now */
    UNDO_REFERRED, /* stays: rows that stay refer to it */
    UNDO_FATES,
};

struct undo_row {
    const struct ledger *ledger;
    int64_t id;
    enum undo_fate fate;
    bool differs; /* in its values */
    bool turned;  /* it became what was planned */
};

struct undo {
    int64_t batch;
    bool back;         /* bring it back */
    struct str reason; /* of undo_apply() */
    /* The answer. */
    struct undo_row *rows;
    size_t n;
    size_t count[UNDO_FATES];
    size_t turned; /* rows that undo_walk_next() turned */
};

/* Rows that become other than they are; rows that stay though they should. */
size_t undo_done(const struct undo *u);
size_t undo_kept(const struct undo *u);

/*
 * OK; E_ABSENT: no such batch; E_CLASH: it is undone, or not undone, already,
 * it runs, or it was interrupted.
 */
enum err undo_may_begin(struct scope in, const struct undo *u) MUST_CHECK;

/*
 * What undo_apply() will do now; nothing is written. The answer lives in the
 * memory of asker->in. Errors are those of undo_may_begin().
 */
enum err undo_plan(struct asker *asker, struct undo *u) MUST_CHECK;
/* What figures become of it, after undo_plan(). */
void undo_effect(struct asker *asker, const struct undo *u, struct effect *e);

/* Plan it and do it, in one transaction. */
enum err undo_apply(struct act *act, struct asker *asker,
                    struct undo *u) MUST_CHECK;

/*
 * The same a number of rows at a time: planned by a reading transaction, then
 * done by others, in which a row is judged again if anybody wrote since. It
 * lives with the memory of asker->in; `u` counts what became of the rows when
 * it ends.
 */
struct undo_walk;
struct undo_walk *undo_walk_begin(struct asker *asker, struct undo *u);
enum err undo_walk_next(struct undo_walk *w, struct act *act, size_t rows,
                        bool *ret_more) MUST_CHECK;
/* All was done: `done` rows, with those of a process that was ended. */
void undo_walk_end(struct undo_walk *w, struct act *act, size_t done);

#endif
