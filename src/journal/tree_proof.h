/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * tree_proof.h - making and checking proofs about the tree (RFC 9162 §2.1.3
 * and §2.1.4).
 *
 * Making needs a source of hashes, for instance the tiles; a proof costs
 * O(log size) of them. Checking needs nothing but its arguments.
 */
#ifndef DAJUAN_JOURNAL_TREE_PROOF_H
#define DAJUAN_JOURNAL_TREE_PROOF_H

#include "journal/tree.h"

/* A consistency proof between sizes below 2^64 has at most 65 hashes. */
enum { TREE_PROOF_MAX = TREE_LEVELS + 1 };

struct tree_proof {
    unsigned n;
    struct hash hashes[TREE_PROOF_MAX];
};

/*
 * Where hashes come from. `hash` gives the root of the perfect subtree of
 * 2^level leaves that starts at leaf index * 2^level; false when it could
 * not be read. Only subtrees inside the size at hand are asked for.
 */
struct tree_source {
    bool (*hash)(void *arg, unsigned level, uint64_t index,
                 struct hash *ret_hash);
    void *arg;
};

/* The root of the first `size` leaves. E_STORE: the source failed. */
enum err tree_root_at(const struct tree_source *s, uint64_t size,
                      struct hash *ret_root) MUST_CHECK;

/*
 * That the leaf `index` is in the tree of `size` leaves. E_INPUT: no such
 * leaf (index >= size); E_STORE: the source failed.
 */
enum err tree_inclusion_prove(const struct tree_source *s, uint64_t index,
                              uint64_t size,
                              struct tree_proof *ret_proof) MUST_CHECK;

/*
 * That the tree of `size1` leaves is the beginning of the one of `size2`;
 * empty when the sizes are equal. E_INPUT: size1 is 0 or above size2;
 * E_STORE: the source failed.
 */
enum err tree_consistency_prove(const struct tree_source *s, uint64_t size1,
                                uint64_t size2,
                                struct tree_proof *ret_proof) MUST_CHECK;

/* Is the leaf with this hash the one at `index` under this head? */
bool tree_inclusion_verify(const struct hash *leaf, uint64_t index,
                           const struct tree_head *head,
                           const struct tree_proof *proof) MUST_CHECK;

/*
 * Is the tree under `head1` the beginning of the one under `head2`? A first
 * size of 0 is refused: nothing can be proved about nothing.
 */
bool tree_consistency_verify(const struct tree_head *head1,
                             const struct tree_head *head2,
                             const struct tree_proof *proof) MUST_CHECK;

/*
 * A proof from untrusted bytes, one part a hash. False when a part has not
 * 32 bytes or there are more than TREE_PROOF_MAX: such a proof proves
 * nothing.
 */
bool tree_proof_from(const struct str *parts, size_t n,
                     struct tree_proof *ret_proof) MUST_CHECK;

#endif
