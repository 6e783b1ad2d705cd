/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * spool.h - bytes that are made part by part, any number of them, and read
 * once all are there: a file for somebody who may be slow to take it.
 *
 *     s = spool_new(m, budget);
 *     while (next(&row)) {
 *         put_row(spool_buf(s), &row);
 *         spool_flush(s);
 *     }
 *     e = spool_end(s, &reason);
 *
 * The first SPOOL_MEMORY bytes stay in memory. What is more goes to a file
 * without a name in the budget's folder, which is gone with its descriptor,
 * also after a crash. A spool ends with its `mem`, and gives back what it had
 * of the budget. What fails is remembered: ask once, at the end.
 */
#ifndef DAJUAN_BASE_SPOOL_H
#define DAJUAN_BASE_SPOOL_H

#include "base/buf.h"
#include "base/text.h"

#include <stdatomic.h>

enum { SPOOL_MEMORY = 64 << 10, SPOOL_PART_MAX = 64 << 20 };

/* What all spools of a process share. */
struct spool_budget {
    struct str folder;
    size_t most;  /* bytes of all their files at once */
    size_t spare; /* bytes that they leave free on the disk, for others */
    atomic_size_t taken;
};

struct spool;

/* Without a budget everything stays in memory, at most 256 MiB. */
struct spool *spool_new(struct mem *m, struct spool_budget *budget);

/* Before the first byte: what goes to the file is compressed (RFC 1952). */
void spool_pack(struct spool *s);

/* Where the next bytes are put: SPOOL_PART_MAX of them between two flushes. */
struct buf *spool_buf(struct spool *s);
/* After each row or so: what is too much for memory goes to the file. */
void spool_flush(struct spool *s);
/* Bytes of any number that lie elsewhere. */
void spool_put(struct spool *s, struct str bytes);

/*
 * The same for a library that writes files itself: a file for it, instead of
 * spool_buf(). -1: there is none, and spool_end() will say why.
 */
int spool_file(struct spool *s);
/* Where its drafts may lie; "" for one without a budget. */
struct str spool_folder(const struct spool *s);
/* Would `n` bytes more fit the disk now? False: spool_end() will say why. */
bool spool_has_room(struct spool *s, size_t n);

/*
 * All is there. E_STORE: the budget is used up, the disk is full or fails;
 * E_SIZE: too much for memory. With words; then nothing of it can be read.
 */
enum err spool_end(struct spool *s, struct text *ret_reason) MUST_CHECK;
/* Instead of it: what was made is of no use. */
void spool_drop(struct spool *s);

/* After a spool_end() that went well. */
size_t spool_size(const struct spool *s);
/* The file that has it all, to be read from its beginning; -1: in memory. */
int spool_fd(const struct spool *s);
/* Is it compressed? What stayed in memory is not. */
bool spool_is_packed(const struct spool *s);
/* What is in memory; "" for one in a file. */
struct str spool_bytes(const struct spool *s);

#endif
