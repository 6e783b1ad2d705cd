/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * writer.h - the one thread that writes, and group commit.
 */
#ifndef DAJUAN_HOST_DESK_WRITER_H
#define DAJUAN_HOST_DESK_WRITER_H

#include "host/desk/request.h"
#include "host/house/slice.h"

struct writer;

/*
 * Start the writer on a folder of its own connection, and the threads for
 * `before` steps. NULL and a reason when the folder or its key cannot be
 * used.
 */
struct writer *writer_start(struct mem *m, struct house_place place,
                            const struct desk_facts *facts,
                            struct text *ret_reason);

/*
 * Hand over a checked POST: its `before` first, if it has one. Or a GET that
 * was read and has notes to be kept.
 */
void writer_take(struct writer *w, struct job *j);

/* Note that this session was used; never blocks. */
void writer_touch(struct writer *w, struct str cookie);

/* A one-time link (access/session.h), made in the writer's own turn. */
struct str writer_link(struct writer *w, struct mem *m, bool *ret_first);

/*
 * Turns of the writer for other threads: one slice after each batch of
 * requests, so neither waits for more than one of the other.
 */
struct slicer *writer_slicer(struct writer *w);

/*
 * Finish the queue, sign, stop. Threads that slice have ended, but for those
 * of `before` steps.
 */
void writer_stop(struct writer *w);

#endif
