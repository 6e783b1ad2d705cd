/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Arenas: a list of blocks filled from the front. Blocks double up to
 * BLOCK_MAX; a request larger than that gets a block of its own. Under
 * AddressSanitizer every allocation is its own block, so that an overrun of
 * one by a byte is seen.
 */
#include "base/mem.h"

#include "base/bug.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
enum { OWN_BLOCKS = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { OWN_BLOCKS = 1 };
#else
enum { OWN_BLOCKS = 0 };
#endif
#else
enum { OWN_BLOCKS = 0 };
#endif

enum { ALIGN = 16, BLOCK_MIN = 2048, BLOCK_MAX = 256 * 1024 };

struct mem_block {
    struct mem_block *next;
    size_t size; /* of data */
    size_t used;
    _Alignas(ALIGN) unsigned char data[];
};

struct deferred {
    struct deferred *next;
    void (*fn)(void *arg);
    void *arg;
};

struct mem {
    struct mem_block *blocks; /* newest first */
    struct deferred *deferred;
    struct mem *parent;
    struct mem *children;
    struct mem *prev, *next; /* among the parent's children */
    unsigned char *last;     /* newest allocation, for mem_grow */
    size_t block_size;       /* of the next block */
};

static void *system_alloc(size_t n)
{
    void *p = malloc(n);

    if (!p)
        BUG("out of memory: %zu bytes", n);
    return p;
}

static struct mem_block *block_new(struct mem *m, size_t need)
{
    size_t size = need > m->block_size ? need : m->block_size;
    struct mem_block *b = system_alloc(sizeof(*b) + size);

    b->size = size;
    b->used = 0;
    b->next = m->blocks;
    m->blocks = b;
    if (m->block_size < BLOCK_MAX)
        m->block_size *= 2;
    return b;
}

struct mem *mem_new(void)
{
    struct mem *m = system_alloc(sizeof(*m));

    *m = (struct mem){ .block_size = BLOCK_MIN };
    return m;
}

struct mem *mem_child(struct mem *parent)
{
    struct mem *m = mem_new();

    m->parent = parent;
    m->next = parent->children;
    if (m->next)
        m->next->prev = m;
    parent->children = m;
    return m;
}

static void run_deferred(struct mem *m)
{
    while (m->deferred) {
        struct deferred *d = m->deferred;

        m->deferred = d->next;
        d->fn(d->arg);
    }
}

void mem_reset(struct mem *m)
{
    while (m->children)
        mem_free(m->children);
    run_deferred(m);
    while (m->blocks && m->blocks->next) {
        struct mem_block *b = m->blocks;

        m->blocks = b->next;
        free(b);
    }
    if (m->blocks)
        m->blocks->used = 0;
    m->last = NULL;
    m->block_size = m->blocks ? 2 * m->blocks->size : BLOCK_MIN;
    if (m->block_size > BLOCK_MAX)
        m->block_size = BLOCK_MAX;
}

void mem_free(struct mem *m)
{
    if (!m)
        return;
    mem_reset(m);
    free(m->blocks);
    if (m->next)
        m->next->prev = m->prev;
    if (m->prev)
        m->prev->next = m->next;
    else if (m->parent)
        m->parent->children = m->next;
    free(m);
}

void *mem_raw(struct mem *m, size_t n)
{
    struct mem_block *b = m->blocks;
    size_t need = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);

    if (need < n)
        BUG("allocation of %zu bytes", n);
    if (OWN_BLOCKS) {
        m->block_size = 0;
        b = block_new(m, n);
        need = n;
    } else if (!b || b->size - b->used < need) {
        b = block_new(m, need);
    }
    m->last = b->data + b->used;
    b->used += need;
    return m->last;
}

void *mem_alloc(struct mem *m, size_t n)
{
    void *p = mem_raw(m, n);

    if (n)
        memset(p, 0, n);
    return p;
}

void *mem_grow(struct mem *m, void *p, size_t old, size_t n)
{
    struct mem_block *b = m->blocks;
    unsigned char *q = p;
    void *copy;

    if (q && q == m->last && (size_t)(q - b->data) <= b->size &&
        n <= b->size - (size_t)(q - b->data)) {
        size_t end = (size_t)(q - b->data) + n;

        b->used = (end + ALIGN - 1) & ~(size_t)(ALIGN - 1);
        if (b->used > b->size)
            b->used = b->size;
        return p;
    }
    copy = mem_raw(m, n);
    if (old && p)
        memcpy(copy, p, old < n ? old : n);
    return copy;
}

void mem_defer(struct mem *m, void (*fn)(void *arg), void *arg)
{
    struct deferred *d = NEW(m, struct deferred);

    d->fn = fn;
    d->arg = arg;
    d->next = m->deferred;
    m->deferred = d;
}

size_t mem_size(const struct mem *m)
{
    size_t n = sizeof(*m);

    for (const struct mem_block *b = m->blocks; b; b = b->next)
        n += sizeof(*b) + b->size;
    for (const struct mem *c = m->children; c; c = c->next)
        n += mem_size(c);
    return n;
}

void *mem_array(struct mem *m, size_t size, size_t n)
{
    if (n && size > SIZE_MAX / n)
        BUG("array of %zu times %zu bytes", n, size);
    return mem_alloc(m, size * n);
}
