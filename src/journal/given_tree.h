/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given_tree.h - for tests: a whole tree in memory, by the definition.
 *
 * Leaf i is the hash of the text "leaf i". naive_root() is MTH of RFC 9162
 * §2.1.1 taken at its word; what is under test must agree with it.
 */
#ifndef DAJUAN_JOURNAL_GIVEN_TREE_H
#define DAJUAN_JOURNAL_GIVEN_TREE_H

#include "journal/tree_proof.h"

#include <inttypes.h>

struct given_tree {
    uint64_t size;
    struct str *data;
    struct hash *leaves;
    struct hash *roots; /* of every span seen so far, [from][to] */
    bool *known;
    bool broken; /* the source fails */
};

static inline struct given_tree *given_tree(struct mem *m, uint64_t size)
{
    struct given_tree *g = NEW(m, struct given_tree);
    size_t spans = (size_t)((size + 1) * (size + 1));

    g->size = size;
    g->data = NEW_ARRAY(m, struct str, (size_t)size);
    g->leaves = NEW_ARRAY(m, struct hash, (size_t)size);
    g->roots = NEW_ARRAY(m, struct hash, spans);
    g->known = NEW_ARRAY(m, bool, spans);
    for (uint64_t i = 0; i < size; i++) {
        g->data[i] = str_fmt(m, "leaf %" PRIu64, i);
        g->leaves[i] = HASH_OF(S("\0"), g->data[i]);
    }
    return g;
}

static inline struct hash naive_node(struct hash a, struct hash b)
{
    return HASH_OF(S("\x01"), hash_str(&a), hash_str(&b));
}

static inline uint64_t naive_split(uint64_t n)
{
    uint64_t k = 1;

    while (2 * k < n)
        k *= 2;
    return k;
}

/* MTH(D[from:to]). */
static inline struct hash naive_root(struct given_tree *g, uint64_t from,
                                     uint64_t to)
{
    size_t span = (size_t)(from * (g->size + 1) + to);
    uint64_t k;

    if (from == to)
        return hash_of(NULL, 0);
    if (g->known[span])
        return g->roots[span];
    k = naive_split(to - from);
    g->roots[span] = to - from == 1 ? g->leaves[from]
                                    : naive_node(naive_root(g, from, from + k),
                                                 naive_root(g, from + k, to));
    g->known[span] = true;
    return g->roots[span];
}

static inline struct tree_head given_head(struct given_tree *g, uint64_t size)
{
    return (struct tree_head){ size, naive_root(g, 0, size) };
}

static inline bool given_hash(void *arg, unsigned level, uint64_t index,
                              struct hash *ret_hash)
{
    struct given_tree *g = arg;
    uint64_t n = (uint64_t)1 << level;

    if (g->broken || (index + 1) * n > g->size)
        return false;
    *ret_hash = naive_root(g, index * n, (index + 1) * n);
    return true;
}

static inline struct tree_source given_source(struct given_tree *g)
{
    return (struct tree_source){ given_hash, g };
}

/* Deterministic numbers below `n` (xorshift64). */
static inline uint64_t given_random(uint64_t *state, uint64_t n)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state % n;
}

#endif
