/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * slices.h - a large import, or a large batch taken back, in slices
 * (house/slice.h): one batch with one undo, and others write in between.
 *
 * It begins in the transaction of whoever asks for it (slices_of_…()) and is
 * then run to its end by one thread, which may be another process's after
 * this one was ended. An import that was ended in the middle is taken back
 * as a whole; an undo goes on.
 */
#ifndef DAJUAN_HOST_IMPORT_SLICES_H
#define DAJUAN_HOST_IMPORT_SLICES_H

#include "host/house/running.h"
#include "host/house/slice.h"
#include "host/import/import.h"
#include "host/import/undo.h"

/* Fewer rows are done in one transaction, while who asks waits. */
enum { SLICED_ROWS_LEAST = 1000 };

/* Where slices run, and where what is planned before them is read. */
struct slices {
    struct slicer *slicer;
    struct house *reads; /* on this thread; no transaction is open */
};

/*
 * Begin an import as a new batch; of `im`, file, rows and who are known. `r`
 * says what runs, and is held as running_begin() does.
 */
enum err slices_of_import(struct act *act, const struct running_hold *hold,
                          const struct import *im,
                          struct running *r) MUST_CHECK;

/* Done in the last slice, when all rows are in and counted. */
struct import_whole {
    void (*run)(void *arg, struct act *act);
    void *arg;
};

/*
 * Run it. OK: the batch stands. Anything else: nothing stays of it, at the
 * latest when the folder is opened to write again. E_ABSENT: its beginning
 * was not kept.
 */
enum err slices_run_import(const struct slices *s, struct running *r,
                           struct import *im,
                           const struct import_whole *whole) MUST_CHECK;

/* An import that cannot go on: nothing of it stays. */
enum err slices_take_back(const struct slices *s, struct running *r) MUST_CHECK;

/* Begin to undo `u`->batch, or to bring it back; as slices_of_import(). */
enum err slices_of_undo(struct act *act, const struct running_hold *hold,
                        const struct who *who, const struct undo *u,
                        struct running *r) MUST_CHECK;
enum err slices_run_undo(const struct slices *s, struct running *r) MUST_CHECK;

/* Go on with what nobody runs any more. */
void slices_resume(const struct slices *s);

#endif
