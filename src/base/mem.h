/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * mem.h - memory by lifetime: process, request, row.
 *
 * A function that allocates takes a `struct mem *`; that is where its result
 * lives. Nothing is freed by hand: a `mem` is reset or freed as a whole, and
 * its children with it. Allocation never returns NULL: when the machine has
 * no memory the program stops (see bug.h). Memory comes zeroed.
 *
 * malloc and free are used in this module only; tool/lint checks it.
 */
#ifndef DAJUAN_BASE_MEM_H
#define DAJUAN_BASE_MEM_H

#include <stddef.h>

struct mem;

/* A new lifetime without parent. End it with mem_free(). */
struct mem *mem_new(void);

/* A lifetime that ends, at the latest, with its parent's reset or end. */
struct mem *mem_child(struct mem *parent);

/*
 * Forget everything allocated here and end all children. The first block is
 * kept, so a loop that resets and fills again does not reach the system.
 */
void mem_reset(struct mem *m);

/* End this lifetime and its children. NULL is allowed. */
void mem_free(struct mem *m);

/* `n` zeroed bytes, aligned for any type. `n` may be 0. */
void *mem_alloc(struct mem *m, size_t n);

/*
 * `n` bytes whose content is not set: for buffers that are filled at once.
 */
void *mem_raw(struct mem *m, size_t n);

/*
 * Grow the block `p` of `old` bytes to `n` bytes; in place when it was the
 * last one allocated here, else by a copy. The tail is not zeroed.
 */
void *mem_grow(struct mem *m, void *p, size_t old, size_t n);

/* Call `fn(arg)` when the lifetime ends or is reset, newest first. */
void mem_defer(struct mem *m, void (*fn)(void *arg), void *arg);

/* Bytes obtained from the system for `m` and its children. */
size_t mem_size(const struct mem *m);

#define NEW(m, type) ((type *)mem_alloc((m), sizeof(type)))
#define NEW_ARRAY(m, type, n) ((type *)mem_array((m), sizeof(type), (n)))

/* `n` zeroed things of `size` bytes; stops the program if that overflows. */
void *mem_array(struct mem *m, size_t size, size_t n);

#endif
