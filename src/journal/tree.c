/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Hashing and growing the Merkle tree. A journal is checked by hashing every
 * leaf and every node again, so the short inputs have their own path: the
 * padding of FIPS 180-4 §5.1.1 is laid behind them and whole blocks go to
 * libcrypto at once, which spares its buffer and two of three calls. Longer
 * leaves go through base/hash.h.
 */
#define OPENSSL_API_COMPAT 0x10101000L
#include "journal/tree.h"

#include <endian.h>
#include <openssl/sha.h>
#include <pthread.h>
#include <string.h>

enum {
    BLOCK = 64,
    NODE = 1 + 2 * HASH_SIZE,
    SHORT = 4 * BLOCK,
    SHORT_LEAF = SHORT - 10, /* prefix and padding take ten bytes */
    CHUNK_LEVEL = 10, /* a thread hashes perfect subtrees of this level */
    CHUNK = 1 << CHUNK_LEVEL,
    CHUNKS_AT_ONCE = 64,
};

/* SHA-256 of `n` bytes that end with their padding. */
static struct hash hash_blocks(const unsigned char *p, size_t n)
{
    SHA256_CTX c;
    struct hash h;

    SHA256_Init(&c);
    SHA256_Update(&c, p, n);
    for (size_t i = 0; i < 8; i++)
        c.h[i] = htobe32(c.h[i]);
    memcpy(h.b, c.h, HASH_SIZE);
    return h;
}

struct hash tree_leaf(struct str data)
{
    unsigned char p[SHORT] = { 0x00 };
    size_t n = 1 + data.n;
    size_t padded = (n + 9 + BLOCK - 1) / BLOCK * BLOCK;

    if (data.n > SHORT_LEAF)
        return HASH_OF(S("\0"), data);
    if (data.n)
        memcpy(p + 1, data.p, data.n);
    p[n] = 0x80;
    p[padded - 2] = (unsigned char)(8 * n >> 8);
    p[padded - 1] = (unsigned char)(8 * n);
    return hash_blocks(p, padded);
}

struct hash tree_node(const struct hash *left, const struct hash *right)
{
    unsigned char p[2 * BLOCK] = {
        [0] = 0x01,
        [NODE] = 0x80,
        [2 * BLOCK - 2] = 8 * NODE >> 8,
        [2 * BLOCK - 1] = 8 * NODE & 0xff,
    };

    memcpy(p + 1, left->b, HASH_SIZE);
    memcpy(p + 1 + HASH_SIZE, right->b, HASH_SIZE);
    return hash_blocks(p, sizeof(p));
}

/*
 * Append a perfect subtree of 2^level leaves; the size is a multiple of
 * that. Returns how many subtrees it completed, itself included; their roots
 * go to `made` unless that is NULL.
 */
static unsigned push(struct tree_range *t, unsigned level, struct hash root,
                     struct hash *made)
{
    uint64_t size;
    unsigned n = 0;

    if (__builtin_add_overflow(t->size, (uint64_t)1 << level, &size))
        BUG("a tree of 2^64 leaves");
    for (uint64_t rest = t->size >> level; rest & 1; rest >>= 1) {
        if (made)
            made[n] = root;
        n++;
        root = tree_node(&t->roots[--t->n], &root);
    }
    if (made)
        made[n] = root;
    t->roots[t->n++] = root;
    t->size = size;
    return n + 1;
}

void tree_range_append(struct tree_range *t, const struct hash *leaf)
{
    push(t, 0, *leaf, NULL);
}

unsigned tree_range_append_made(struct tree_range *t, const struct hash *leaf,
                                struct hash ret_made[TREE_LEVELS])
{
    return push(t, 0, *leaf, ret_made);
}

struct tree_work {
    const struct str *leaves;
    size_t from; /* every second chunk, from this one */
    size_t chunks;
    struct hash *ret_roots;
};

static void *hash_chunks(void *arg)
{
    const struct tree_work *w = arg;

    for (size_t c = w->from; c < w->chunks; c += 2) {
        struct tree_range t = { 0 };

        for (size_t i = 0; i < CHUNK; i++)
            push(&t, 0, tree_leaf(w->leaves[c * CHUNK + i]), NULL);
        w->ret_roots[c] = t.roots[0];
    }
    return NULL;
}

static void append_chunks(struct tree_range *t, const struct str *leaves,
                          size_t chunks)
{
    struct hash roots[CHUNKS_AT_ONCE];
    struct tree_work even = { leaves, 0, chunks, roots };
    struct tree_work odd = { leaves, 1, chunks, roots };
    pthread_t other;
    bool two = pthread_create(&other, NULL, hash_chunks, &odd) == 0;

    hash_chunks(&even);
    if (two)
        pthread_join(other, NULL);
    else
        hash_chunks(&odd);
    for (size_t c = 0; c < chunks; c++)
        push(t, CHUNK_LEVEL, roots[c], NULL);
}

void tree_range_append_data(struct tree_range *t, const struct str *leaves,
                            size_t n)
{
    size_t at = 0;

    for (; at < n && t->size % CHUNK; at++)
        push(t, 0, tree_leaf(leaves[at]), NULL);
    while (n - at >= 2 * CHUNK) {
        size_t chunks = (n - at) / CHUNK;

        if (chunks > CHUNKS_AT_ONCE)
            chunks = CHUNKS_AT_ONCE;
        append_chunks(t, leaves + at, chunks);
        at += chunks * CHUNK;
    }
    for (; at < n; at++)
        push(t, 0, tree_leaf(leaves[at]), NULL);
}

struct hash tree_range_root(const struct tree_range *t)
{
    struct hash root;

    if (t->n == 0)
        return hash_of(NULL, 0);
    root = t->roots[t->n - 1];
    for (unsigned i = t->n - 1; i > 0; i--)
        root = tree_node(&t->roots[i - 1], &root);
    return root;
}

struct tree_head tree_range_head(const struct tree_range *t)
{
    return (struct tree_head){ t->size, tree_range_root(t) };
}

struct str tree_range_encode(struct mem *m, const struct tree_range *t)
{
    size_t n = 8 + (size_t)t->n * HASH_SIZE;
    unsigned char *p = mem_raw(m, n);
    uint64_t size = htobe64(t->size);

    memcpy(p, &size, sizeof(size));
    memcpy(p + 8, t->roots, n - 8);
    return (struct str){ (char *)p, n };
}

bool tree_range_decode(struct str s, struct tree_range *ret_range)
{
    struct tree_range t = { 0 };

    if (s.n < 8)
        return false;
    memcpy(&t.size, s.p, sizeof(t.size));
    t.size = be64toh(t.size);
    t.n = (unsigned)__builtin_popcountll(t.size);
    if (s.n != 8 + (size_t)t.n * HASH_SIZE)
        return false;
    memcpy(t.roots, s.p + 8, s.n - 8);
    *ret_range = t;
    return true;
}
