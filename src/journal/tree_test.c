/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The leaves and roots below are the published ones of the reference tests
 * of Certificate Transparency; everything else is held against the naive
 * definition in given_tree.h.
 */
#include "journal/given_tree.h"
#include "test/test.h"

static const struct {
    const char *leaf; /* appended after the root above */
    const char *root;
} published[] = {
    { "", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
    { "00",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
    { "10",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
    { "2021",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
    { "3031",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
    { "40414243",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
    { "5051525354555657",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
    { "606162636465666768696a6b6c6d6e6f",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
};

static struct str root_hex(struct test *t, const struct tree_range *range)
{
    struct hash root = tree_range_root(range);

    return str_dup(t->mem, hex_encode(t->mem, hash_str(&root)));
}

TEST(tree_roots_are_the_published_ones)
{
    struct tree_range range = { 0 };

    CHECK_STR(root_hex(t, &range), S("e3b0c44298fc1c149afbf4c8996fb924"
                                     "27ae41e4649b934ca495991b7852b855"));
    for (size_t i = 0; i < COUNT(published); i++) {
        struct str data;
        struct hash leaf;

        NEED(hex_decode(t->mem, str_from(published[i].leaf), &data));
        leaf = tree_leaf(data);
        tree_range_append(&range, &leaf);
        CHECK_STR(root_hex(t, &range), str_from(published[i].root));
    }
    CHECK_INT(range.size, 8);
    CHECK_INT(range.n, 1);
}

TEST(tree_leaf_is_the_published_one)
{
    struct hash leaf = tree_leaf(S("L123456"));

    CHECK_STR(hex_encode(t->mem, hash_str(&leaf)),
              S("395aa064aa4c29f7010acfe3f25db948"
                "5bbd4b91897b6ad7ad547639252b4d56"));
}

TEST(tree_leaf_of_any_length_is_plain_sha256)
{
    char bytes[600];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 7 + i / 256);
    for (size_t n = 0; n <= sizeof(bytes); n++) {
        struct str data = { bytes, n };
        struct hash got = tree_leaf(data);
        struct hash want = HASH_OF(S("\0"), data);

        CHECK(hash_eq(&got, &want));
    }
}

TEST(tree_node_is_not_symmetric_and_not_a_leaf)
{
    struct hash a = tree_leaf(S("a"));
    struct hash b = tree_leaf(S("b"));
    struct hash ab = tree_node(&a, &b);
    struct hash ba = tree_node(&b, &a);
    struct hash want = naive_node(a, b);
    struct hash leaf = tree_leaf(
        str_join(t->mem, (struct str[]){ hash_str(&a), hash_str(&b) }, 2));

    CHECK(hash_eq(&ab, &want));
    CHECK(!hash_eq(&ab, &ba));
    CHECK(!hash_eq(&ab, &leaf));
}

TEST(tree_range_has_the_naive_root_at_every_size)
{
    struct given_tree *g = given_tree(t->mem, 300);
    struct tree_range range = { 0 };

    for (uint64_t i = 0; i < g->size; i++) {
        struct tree_head got;
        struct hash want = naive_root(g, 0, i + 1);

        tree_range_append(&range, &g->leaves[i]);
        got = tree_range_head(&range);
        CHECK_INT(got.size, i + 1);
        CHECK(hash_eq(&got.root, &want));
    }
}

TEST(tree_range_tells_the_subtrees_a_leaf_completes)
{
    struct given_tree *g = given_tree(t->mem, 130);
    struct tree_range range = { 0 };

    for (uint64_t i = 0; i < g->size; i++) {
        struct hash made[TREE_LEVELS];
        unsigned n = tree_range_append_made(&range, &g->leaves[i], made);

        NEED_INT(n, __builtin_ctzll(i + 1) + 1);
        for (unsigned l = 0; l < n; l++) {
            uint64_t from = i >> l << l;
            struct hash want = naive_root(g, from, i + 1);

            CHECK_INT(i + 1 - from, (uint64_t)1 << l);
            CHECK(hash_eq(&made[l], &want));
        }
    }
}

static void check_bulk(struct test *t, uint64_t before, size_t more)
{
    size_t n = (size_t)before + more;
    struct str *data = NEW_ARRAY(t->mem, struct str, n);
    struct tree_range one = { 0 };
    struct tree_range bulk = { 0 };
    struct hash a;
    struct hash b;

    for (size_t i = 0; i < n; i++) {
        struct hash leaf;

        data[i] = str_fmt(t->mem, "%zu", i);
        leaf = tree_leaf(data[i]);
        tree_range_append(&one, &leaf);
        if (i < before)
            tree_range_append(&bulk, &leaf);
    }
    tree_range_append_data(&bulk, data + before, more);
    a = tree_range_root(&one);
    b = tree_range_root(&bulk);
    CHECK_INT(bulk.size, n);
    CHECK_INT(bulk.n, one.n);
    CHECK(hash_eq(&a, &b));
}

TEST(tree_bulk_append_is_the_same_as_one_by_one)
{
    static const struct {
        uint64_t before;
        size_t more;
    } cases[] = {
        { 0, 0 },     { 0, 1 },       { 0, 2047 },    { 0, 2048 },
        { 0, 2049 },  { 0, 5000 },    { 1, 2047 },    { 1, 9000 },
        { 0, 70000 }, { 1024, 3072 }, { 1023, 3073 }, { 700, 10000 },
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        check_bulk(t, cases[i].before, cases[i].more);
}

TEST(tree_range_survives_storing)
{
    struct given_tree *g = given_tree(t->mem, 100);
    struct tree_range range = { 0 };

    for (uint64_t i = 0; i <= g->size; i++) {
        struct str bytes = tree_range_encode(t->mem, &range);
        struct tree_range back = { 0 };

        CHECK_INT(bytes.n, 8 + 32 * __builtin_popcountll(i));
        NEED(tree_range_decode(bytes, &back));
        CHECK_INT(back.size, i);
        CHECK_STR(root_hex(t, &back), root_hex(t, &range));
        if (i < g->size)
            tree_range_append(&back, &g->leaves[i]);
        range = back;
    }
}

TEST(tree_range_is_stored_big_endian)
{
    struct tree_range range = { 0 };
    struct hash leaf = tree_leaf(S("x"));
    struct str bytes;

    for (int i = 0; i < 258; i++)
        tree_range_append(&range, &leaf);
    bytes = tree_range_encode(t->mem, &range);
    CHECK_STR(str_slice(bytes, 0, 8), S("\0\0\0\0\0\0\1\2"));
    CHECK_STR(str_slice(bytes, 8, 40), hash_str(&range.roots[0]));
}

TEST(tree_range_refuses_bytes_of_a_wrong_length)
{
    struct tree_range range = { 0 };
    struct tree_range back = { .size = 77 };
    struct hash leaf = tree_leaf(S("x"));
    struct str bytes;
    char more[8 + 4 * 32] = { 0 };

    for (int i = 0; i < 7; i++)
        tree_range_append(&range, &leaf);
    bytes = tree_range_encode(t->mem, &range);
    NEED_INT(bytes.n, 8 + 3 * 32);
    for (size_t n = 0; n < bytes.n; n++)
        CHECK(!tree_range_decode(str_slice(bytes, 0, n), &back));
    for (size_t i = 0; i < bytes.n; i++)
        more[i] = bytes.p[i];
    for (size_t n = bytes.n + 1; n <= sizeof(more); n++)
        CHECK(!tree_range_decode((struct str){ more, n }, &back));
    more[7] = 3; /* two roots, but three are there */
    CHECK(!tree_range_decode((struct str){ more, bytes.n }, &back));
    CHECK_INT(back.size, 77);
}
