/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Proofs. Making one walks from the root down to a leaf or a subtree and
 * keeps the sibling at each step; the steps are those of the recursive
 * definitions PATH and SUBPROOF, so a proof comes out upside down and is
 * turned at the end. Once the walk has gone left it is inside a perfect
 * subtree; so at most one sibling, on the ragged right edge, is not perfect
 * and takes O(log size) hashes. Checking follows RFC 9162 §2.1.3.2 and
 * §2.1.4.2 step by step.
 */
#include "journal/tree_proof.h"

struct proof_span {
    uint64_t from;
    uint64_t to;
};

/* floor(log2(n)) for n > 0. */
static unsigned level_of(uint64_t n)
{
    return 63 - (unsigned)__builtin_clzll(n);
}

/* The largest power of two below n, for n > 1. */
static uint64_t split_of(uint64_t n)
{
    return (uint64_t)1 << level_of(n - 1);
}

/*
 * The hash over a span that is a node of the tree: perfect subtrees, joined
 * from the smallest, at the right, to the largest.
 */
static bool span_hash(const struct tree_source *s, struct proof_span of,
                      struct hash *ret_hash)
{
    struct hash sum;
    bool first = true;

    while (of.to > of.from) {
        unsigned level = (unsigned)__builtin_ctzll(of.to - of.from);
        uint64_t start = of.to - ((uint64_t)1 << level);
        struct hash h;

        if (!s->hash(s->arg, level, start >> level, &h))
            return false;
        sum = first ? h : tree_node(&h, &sum);
        first = false;
        of.to = start;
    }
    *ret_hash = sum;
    return true;
}

enum err tree_root_at(const struct tree_source *s, uint64_t size,
                      struct hash *ret_root)
{
    if (size == 0) {
        *ret_root = hash_of(NULL, 0);
        return OK;
    }
    return span_hash(s, (struct proof_span){ 0, size }, ret_root) ? OK
                                                                  : E_STORE;
}

static bool proof_add(const struct tree_source *s, struct proof_span sibling,
                      struct tree_proof *p)
{
    if (p->n == TREE_PROOF_MAX)
        BUG("a proof of more than %d hashes", TREE_PROOF_MAX);
    return span_hash(s, sibling, &p->hashes[p->n++]);
}

static void proof_turn(struct tree_proof *p)
{
    for (unsigned i = 0; i < p->n / 2; i++) {
        struct hash h = p->hashes[i];

        p->hashes[i] = p->hashes[p->n - 1 - i];
        p->hashes[p->n - 1 - i] = h;
    }
}

/*
 * One step down towards leaf `index`: `at` becomes the half with the leaf,
 * the other half is added to the proof.
 */
static bool descend(const struct tree_source *s, uint64_t index,
                    struct proof_span *at, struct tree_proof *p)
{
    uint64_t middle = at->from + split_of(at->to - at->from);
    struct proof_span sibling = *at;

    if (index < middle) {
        at->to = middle;
        sibling.from = middle;
    } else {
        at->from = middle;
        sibling.to = middle;
    }
    return proof_add(s, sibling, p);
}

enum err tree_inclusion_prove(const struct tree_source *s, uint64_t index,
                              uint64_t size, struct tree_proof *ret_proof)
{
    struct proof_span at = { 0, size };
    struct tree_proof p = { 0 };

    if (index >= size)
        return E_INPUT;
    while (at.to - at.from > 1)
        if (!descend(s, index, &at, &p))
            return E_STORE;
    proof_turn(&p);
    *ret_proof = p;
    return OK;
}

enum err tree_consistency_prove(const struct tree_source *s, uint64_t size1,
                                uint64_t size2, struct tree_proof *ret_proof)
{
    struct proof_span at = { 0, size2 };
    struct tree_proof p = { 0 };

    if (size1 == 0 || size1 > size2)
        return E_INPUT;
    /* Down to the node that ends where the first tree ended. */
    while (at.to != size1)
        if (!descend(s, size1 - 1, &at, &p))
            return E_STORE;
    /* A verifier knows that node only if it is the first tree itself. */
    if (at.from != 0 && !proof_add(s, at, &p))
        return E_STORE;
    proof_turn(&p);
    *ret_proof = p;
    return OK;
}

static void shift(uint64_t *fn, uint64_t *sn)
{
    *fn >>= 1;
    *sn >>= 1;
}

bool tree_inclusion_verify(const struct hash *leaf, uint64_t index,
                           const struct tree_head *head,
                           const struct tree_proof *proof)
{
    uint64_t fn = index;
    uint64_t sn = head->size - 1;
    struct hash r = *leaf;

    if (index >= head->size)
        return false;
    for (unsigned i = 0; i < proof->n; i++) {
        const struct hash *v = &proof->hashes[i];

        if (sn == 0)
            return false;
        if (fn & 1 || fn == sn) {
            r = tree_node(v, &r);
            while (fn && !(fn & 1))
                shift(&fn, &sn);
        } else {
            r = tree_node(&r, v);
        }
        shift(&fn, &sn);
    }
    return sn == 0 && hash_eq(&r, &head->root);
}

/* The roots of both trees from the hash `seed` of their common node. */
static bool consistency_walk(struct proof_span last, struct hash seed,
                             const struct hash *path, unsigned n,
                             struct hash ret_roots[2])
{
    uint64_t fn = last.from;
    uint64_t sn = last.to;
    struct hash fr = seed;
    struct hash sr = seed;

    while (fn & 1)
        shift(&fn, &sn);
    for (unsigned i = 0; i < n; i++) {
        if (sn == 0)
            return false;
        if (fn & 1 || fn == sn) {
            fr = tree_node(&path[i], &fr);
            sr = tree_node(&path[i], &sr);
            while (fn && !(fn & 1))
                shift(&fn, &sn);
        } else {
            sr = tree_node(&sr, &path[i]);
        }
        shift(&fn, &sn);
    }
    ret_roots[0] = fr;
    ret_roots[1] = sr;
    return sn == 0;
}

bool tree_consistency_verify(const struct tree_head *head1,
                             const struct tree_head *head2,
                             const struct tree_proof *proof)
{
    struct proof_span last = { head1->size - 1, head2->size - 1 };
    bool power = (head1->size & (head1->size - 1)) == 0;
    const struct hash *path = proof->hashes;
    struct hash roots[2];

    if (head1->size == 0 || head1->size > head2->size)
        return false;
    if (head1->size == head2->size)
        return proof->n == 0 && hash_eq(&head1->root, &head2->root);
    if (proof->n == 0)
        return false;
    if (power ? !consistency_walk(last, head1->root, path, proof->n, roots)
              : !consistency_walk(last, path[0], path + 1, proof->n - 1, roots))
        return false;
    return hash_eq(&roots[0], &head1->root) && hash_eq(&roots[1], &head2->root);
}

bool tree_proof_from(const struct str *parts, size_t n,
                     struct tree_proof *ret_proof)
{
    struct tree_proof p = { 0 };

    if (n > TREE_PROOF_MAX)
        return false;
    for (; p.n < n; p.n++)
        if (!hash_from(parts[p.n], &p.hashes[p.n]))
            return false;
    *ret_proof = p;
    return true;
}
