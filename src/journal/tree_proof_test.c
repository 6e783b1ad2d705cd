/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Every proof of every tree up to 300 leaves against the recursive
 * definitions PATH and PROOF, and thousands of damaged ones, all refused.
 */
#include "journal/given_tree.h"
#include "test/test.h"

enum { SIZE = 300 };

static void naive_path(struct given_tree *g, uint64_t leaf, uint64_t from,
                       uint64_t to, struct tree_proof *p)
{
    uint64_t k;

    if (to - from == 1)
        return;
    k = from + naive_split(to - from);
    naive_path(g, leaf, leaf < k ? from : k, leaf < k ? k : to, p);
    p->hashes[p->n++] =
        leaf < k ? naive_root(g, k, to) : naive_root(g, from, k);
}

struct proof_span {
    uint64_t from;
    uint64_t to;
};

/* SUBPROOF(m, D[from:to], complete), m counted from leaf 0. */
static void naive_subproof(struct given_tree *g, uint64_t m,
                           struct proof_span at, bool complete,
                           struct tree_proof *p)
{
    uint64_t k;

    if (m == at.to) {
        if (!complete)
            p->hashes[p->n++] = naive_root(g, at.from, at.to);
        return;
    }
    k = at.from + naive_split(at.to - at.from);
    if (m <= k) {
        naive_subproof(g, m, (struct proof_span){ at.from, k }, complete, p);
        p->hashes[p->n++] = naive_root(g, k, at.to);
    } else {
        naive_subproof(g, m, (struct proof_span){ k, at.to }, false, p);
        p->hashes[p->n++] = naive_root(g, at.from, k);
    }
}

static bool same(const struct tree_proof *a, const struct tree_proof *b)
{
    if (a->n != b->n)
        return false;
    for (unsigned i = 0; i < a->n; i++)
        if (!hash_eq(&a->hashes[i], &b->hashes[i]))
            return false;
    return true;
}

TEST(proof_of_inclusion_for_every_leaf_of_every_tree)
{
    struct given_tree *g = given_tree(t->mem, SIZE);
    struct tree_source s = given_source(g);

    for (uint64_t n = 1; n <= SIZE; n++) {
        struct tree_head head = given_head(g, n);
        bool ok = true;

        for (uint64_t i = 0; i < n; i++) {
            struct tree_proof want = { 0 };
            struct tree_proof got;

            naive_path(g, i, 0, n, &want);
            ok = ok && tree_inclusion_prove(&s, i, n, &got) == OK &&
                 same(&got, &want) &&
                 tree_inclusion_verify(&g->leaves[i], i, &head, &got);
        }
        CHECK(ok);
    }
}

TEST(proof_of_consistency_for_every_pair_of_sizes)
{
    struct given_tree *g = given_tree(t->mem, SIZE);
    struct tree_source s = given_source(g);

    for (uint64_t n = 1; n <= SIZE; n++) {
        struct tree_head head = given_head(g, n);
        bool ok = true;

        for (uint64_t m = 1; m <= n; m++) {
            struct tree_head old = given_head(g, m);
            struct tree_proof want = { 0 };
            struct tree_proof got;

            naive_subproof(g, m, (struct proof_span){ 0, n }, true, &want);
            ok = ok && tree_consistency_prove(&s, m, n, &got) == OK &&
                 same(&got, &want) &&
                 tree_consistency_verify(&old, &head, &got);
        }
        CHECK(ok);
    }
}

TEST(proof_source_gives_the_root_at_every_size)
{
    struct given_tree *g = given_tree(t->mem, SIZE);
    struct tree_source s = given_source(g);

    for (uint64_t n = 0; n <= SIZE; n++) {
        struct hash want = naive_root(g, 0, n);
        struct hash got;

        NEED_INT(tree_root_at(&s, n, &got), OK);
        CHECK(hash_eq(&got, &want));
    }
}

/* A tree of any size whose leaves are all the same. */
static bool uniform_hash(void *arg, unsigned level, uint64_t index,
                         struct hash *ret_hash)
{
    struct hash h = tree_leaf(S("same"));

    (void)arg;
    (void)index;
    for (unsigned l = 0; l < level; l++)
        h = tree_node(&h, &h);
    *ret_hash = h;
    return true;
}

TEST(proof_at_the_largest_sizes_fits)
{
    struct tree_source s = { uniform_hash, NULL };
    struct tree_head head = { .size = UINT64_MAX };
    struct tree_head old = { .size = UINT64_MAX - 2 };
    struct hash leaf = tree_leaf(S("same"));
    struct tree_proof p;

    NEED_INT(tree_root_at(&s, head.size, &head.root), OK);
    NEED_INT(tree_root_at(&s, old.size, &old.root), OK);
    NEED_INT(tree_inclusion_prove(&s, 12345, head.size, &p), OK);
    CHECK_INT(p.n, 64);
    CHECK(tree_inclusion_verify(&leaf, 12345, &head, &p));
    CHECK(!tree_inclusion_verify(&leaf, UINT64_MAX, &head, &p));
    NEED_INT(tree_consistency_prove(&s, old.size, head.size, &p), OK);
    CHECK(tree_consistency_verify(&old, &head, &p));
    old.size = (UINT64_MAX >> 1) + 1; /* a power of two */
    NEED_INT(tree_root_at(&s, old.size, &old.root), OK);
    NEED_INT(tree_consistency_prove(&s, old.size, head.size, &p), OK);
    CHECK(tree_consistency_verify(&old, &head, &p));
    old.size = 1;
    old.root = leaf;
    NEED_INT(tree_consistency_prove(&s, 1, head.size, &p), OK);
    CHECK_INT(p.n, 64);
    CHECK(tree_consistency_verify(&old, &head, &p));
    NEED_INT(tree_consistency_prove(&s, 3, head.size, &p), OK);
    CHECK_INT(p.n, 65);
}

TEST(proof_refuses_a_place_that_is_not_there)
{
    struct given_tree *g = given_tree(t->mem, 8);
    struct tree_source s = given_source(g);
    struct tree_proof p = { .n = 77 };

    CHECK_INT(tree_inclusion_prove(&s, 0, 0, &p), E_INPUT);
    CHECK_INT(tree_inclusion_prove(&s, 8, 8, &p), E_INPUT);
    CHECK_INT(tree_inclusion_prove(&s, UINT64_MAX, 8, &p), E_INPUT);
    CHECK_INT(tree_consistency_prove(&s, 0, 8, &p), E_INPUT);
    CHECK_INT(tree_consistency_prove(&s, 0, 0, &p), E_INPUT);
    CHECK_INT(tree_consistency_prove(&s, 9, 8, &p), E_INPUT);
    CHECK_INT(p.n, 77);
}

TEST(proof_says_when_the_source_failed)
{
    struct given_tree *g = given_tree(t->mem, 8);
    struct tree_source s = given_source(g);
    struct tree_proof p = { .n = 77 };
    struct hash h = { { 7 } };

    CHECK_INT(tree_inclusion_prove(&s, 3, 9, &p), E_STORE);
    g->broken = true;
    CHECK_INT(tree_inclusion_prove(&s, 3, 8, &p), E_STORE);
    CHECK_INT(tree_consistency_prove(&s, 3, 8, &p), E_STORE);
    CHECK_INT(tree_root_at(&s, 8, &h), E_STORE);
    CHECK_INT(p.n, 77);
    CHECK_INT(h.b[0], 7);
}

TEST(proof_of_consistency_refuses_its_special_cases)
{
    struct given_tree *g = given_tree(t->mem, 8);
    struct tree_source s = given_source(g);
    struct tree_head none = given_head(g, 0);
    struct tree_head four = given_head(g, 4);
    struct tree_head eight = given_head(g, 8);
    struct tree_head other = { 8, four.root };
    struct tree_proof empty = { 0 };
    struct tree_proof p;

    NEED_INT(tree_consistency_prove(&s, 4, 8, &p), OK);
    CHECK(tree_consistency_verify(&four, &eight, &p));
    CHECK(!tree_consistency_verify(&eight, &four, &p));
    CHECK(!tree_consistency_verify(&four, &eight, &empty));
    CHECK(!tree_consistency_verify(&none, &eight, &p));
    CHECK(!tree_consistency_verify(&none, &eight, &empty));
    CHECK(!tree_consistency_verify(&none, &none, &empty));
    CHECK(tree_consistency_verify(&eight, &eight, &empty));
    CHECK(!tree_consistency_verify(&eight, &eight, &p));
    CHECK(!tree_consistency_verify(&eight, &other, &empty));
}

static void flip(uint64_t *seed, struct hash *h)
{
    uint64_t bit = given_random(seed, 256);

    h->b[bit / 8] ^= (unsigned char)(1u << bit % 8);
}

/* Remove, insert, double or exchange hashes, or flip a bit of one. */
static void damage(uint64_t *seed, struct tree_proof *p)
{
    unsigned at = (unsigned)given_random(seed, p->n + 1);
    uint64_t how = given_random(seed, 4);

    if (how == 0 && p->n > 0) {
        at %= p->n;
        p->n--;
        for (unsigned i = at; i < p->n; i++)
            p->hashes[i] = p->hashes[i + 1];
    } else if (how == 1 && p->n > 1) {
        struct hash h = p->hashes[at % p->n];

        p->hashes[at % p->n] = p->hashes[(at + 1) % p->n];
        p->hashes[(at + 1) % p->n] = h;
    } else if (how == 2 && p->n > 0) {
        flip(seed, &p->hashes[at % p->n]);
    } else {
        for (unsigned i = p->n++; i > at; i--)
            p->hashes[i] = p->hashes[i - 1];
        if (given_random(seed, 2) || p->n == 1)
            flip(seed, &p->hashes[at]);
    }
}

TEST(proof_of_inclusion_damaged_is_refused)
{
    struct given_tree *g = given_tree(t->mem, SIZE);
    struct tree_source s = given_source(g);
    uint64_t seed = 20240203;
    int refused = 0;

    for (int round = 0; round < 10000; round++) {
        uint64_t n = 1 + given_random(&seed, SIZE);
        uint64_t i = given_random(&seed, n);
        struct tree_head head = given_head(g, n);
        struct hash leaf = g->leaves[i];
        struct tree_proof p;

        NEED_INT(tree_inclusion_prove(&s, i, n, &p), OK);
        switch (given_random(&seed, 6)) {
        case 0:
            flip(&seed, &leaf);
            break;
        case 1:
            flip(&seed, &head.root);
            break;
        case 2: /* another leaf, possibly beyond the end */
            i = (i + 1 + given_random(&seed, n)) % (n + 1);
            break;
        default:
            damage(&seed, &p);
        }
        refused += !tree_inclusion_verify(&leaf, i, &head, &p);
    }
    CHECK_INT(refused, 10000);
}

TEST(proof_of_consistency_damaged_is_refused)
{
    struct given_tree *g = given_tree(t->mem, SIZE);
    struct tree_source s = given_source(g);
    uint64_t seed = 20241107;
    int refused = 0;

    for (int round = 0; round < 10000; round++) {
        uint64_t n = 2 + given_random(&seed, SIZE - 1);
        uint64_t m = 1 + given_random(&seed, n - 1);
        struct tree_head old = given_head(g, m);
        struct tree_head head = given_head(g, n);
        struct tree_proof p;

        NEED_INT(tree_consistency_prove(&s, m, n, &p), OK);
        switch (given_random(&seed, 6)) {
        case 0:
            flip(&seed, &old.root);
            break;
        case 1:
            flip(&seed, &head.root);
            break;
        case 2:
            old.size = n;
            head.size = m;
            break;
        default:
            damage(&seed, &p);
        }
        refused += !tree_consistency_verify(&old, &head, &p);
    }
    CHECK_INT(refused, 10000);
}

TEST(proof_from_bytes_wants_whole_hashes)
{
    struct given_tree *g = given_tree(t->mem, 1);
    struct str whole = hash_str(&g->leaves[0]);
    struct str parts[TREE_PROOF_MAX + 1];
    struct tree_proof p = { .n = 77 };

    for (size_t i = 0; i < COUNT(parts); i++)
        parts[i] = whole;
    CHECK(!tree_proof_from(parts, COUNT(parts), &p));
    parts[3] = str_slice(whole, 0, 31);
    CHECK(!tree_proof_from(parts, 4, &p));
    parts[3] = S("");
    CHECK(!tree_proof_from(parts, 4, &p));
    parts[3] = str_join(t->mem, (struct str[]){ whole, S("x") }, 2);
    CHECK(!tree_proof_from(parts, 4, &p));
    CHECK_INT(p.n, 77);
    CHECK(tree_proof_from(parts, 3, &p));
    CHECK_INT(p.n, 3);
    parts[3] = whole;
    CHECK(tree_proof_from(parts, TREE_PROOF_MAX, &p));
    CHECK(tree_proof_from(NULL, 0, &p));
    CHECK_INT(p.n, 0);
}
