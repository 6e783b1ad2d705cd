/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * leaves N - the Merkle tree over N leaves against plain SHA-256 over the
 * same bytes. Prints the seconds of both, medians of alternating rounds.
 */
#include "journal/tree.h"
#include "test/bench/clock.h"

#include <stdio.h>

/* A leaf of an entry with one personal column: two commitments. */
enum { LEAF = 30 + 2 * HASH_SIZE, ROUNDS = 7 };

static double hash_tree(const struct str *leaves, size_t n)
{
    struct tree_range t = { 0 };
    double from = clock_fine();
    struct hash root;

    tree_range_append_data(&t, leaves, n);
    root = tree_range_root(&t);
    from = clock_fine() - from;
    if (t.size != n || root.b[0] + root.b[1] + root.b[2] == 0)
        BUG("no tree");
    return from;
}

static double hash_plain(struct str bytes)
{
    double from = clock_fine();
    struct hash h = HASH_OF(bytes);

    from = clock_fine() - from;
    if (h.b[0] + h.b[1] + h.b[2] == 0)
        BUG("no hash");
    return from;
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    double tree[ROUNDS];
    double plain[ROUNDS];
    struct str *leaves;
    char *bytes;
    int64_t n;

    if (argc != 2 || !str_int(str_from(argv[1]), &n) || n < 1)
        return fprintf(stderr, "leaves N\n"), 2;
    bytes = mem_raw(m, (size_t)n * LEAF);
    leaves = NEW_ARRAY(m, struct str, (size_t)n);
    for (size_t i = 0; i < (size_t)n * LEAF; i++)
        bytes[i] = (char)(i * 2654435761u >> 16);
    for (size_t i = 0; i < (size_t)n; i++)
        leaves[i] = (struct str){ bytes + i * LEAF, LEAF };
    for (int i = 0; i < ROUNDS; i++) {
        tree[i] = hash_tree(leaves, (size_t)n);
        plain[i] = hash_plain((struct str){ bytes, (size_t)n * LEAF });
    }
    printf("%.4f %.4f\n", median(tree, ROUNDS), median(plain, ROUNDS));
    mem_free(m);
    return 0;
}
