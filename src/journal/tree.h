/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * tree.h - the Merkle tree of the journal (RFC 9162 §2.1, same as RFC 6962).
 *
 * A leaf is SHA-256(0x00 ‖ data), a node SHA-256(0x01 ‖ left ‖ right); a
 * tree of n > 1 leaves splits at the largest power of two below n. The root
 * of no leaves is SHA-256 of nothing.
 *
 * To append, nobody needs the whole tree: the compact range keeps the roots
 * of the perfect subtrees the size falls apart into, one for each one-bit,
 * largest first. A zeroed range is the empty tree.
 */
#ifndef DAJUAN_JOURNAL_TREE_H
#define DAJUAN_JOURNAL_TREE_H

#include "base/hash.h"

enum { TREE_LEVELS = 64 };

struct tree_head {
    uint64_t size; /* leaves */
    struct hash root;
};

struct tree_range {
    uint64_t size;                  /* leaves appended so far */
    unsigned n;                     /* one-bits of size */
    struct hash roots[TREE_LEVELS]; /* the first n are set */
};

struct hash tree_leaf(struct str data);
struct hash tree_node(const struct hash *left, const struct hash *right);

/* Append one leaf by its hash. The 2^64th leaf is a BUG. */
void tree_range_append(struct tree_range *t, const struct hash *leaf);

/*
 * The same, and tell which perfect subtrees the leaf completed: their number
 * is returned (1..64), ret_made[l] is the root of the one with 2^l leaves,
 * its index at level l is (size before) >> l. These are the hashes to keep
 * for a struct tree_source (tree_proof.h).
 */
unsigned tree_range_append_made(struct tree_range *t, const struct hash *leaf,
                                struct hash ret_made[TREE_LEVELS]);

/*
 * Append many leaves by their data, with a second thread once there are
 * some thousands; for checking a whole journal. Same result as one by one.
 */
void tree_range_append_data(struct tree_range *t, const struct str *leaves,
                            size_t n);

struct hash tree_range_root(const struct tree_range *t);
struct tree_head tree_range_head(const struct tree_range *t);

/* For storing: the size in 8 bytes, big-endian, then the roots. */
struct str tree_range_encode(struct mem *m, const struct tree_range *t);
/* False unless there are exactly as many roots as the size asks for. */
bool tree_range_decode(struct str s, struct tree_range *ret_range) MUST_CHECK;

#endif
