/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Hashes that come a tile at a time are those that come one by one. */
#include "journal/tile_source.h"

#include "host/given/given.h"

enum { ENTRIES = 777 };

static void given_entries(struct given *g)
{
    for (int i = 0; i < ENTRIES; i++)
        act_journal(given_act(g), JOURNAL_SETTING, S("test"), i, S("x"));
    given_commit(g);
}

TEST(tile_source_gives_every_hash_of_the_tree)
{
    struct given *g = given(t);
    size_t differ = 0;
    struct scope in;
    struct tree_source tiles;

    given_entries(g);
    in = act_scope(given_act(g));
    tiles = tile_source(&in);
    for (unsigned level = 0; level < 10; level++)
        for (uint64_t i = 0; (i + 1) << level <= ENTRIES; i++) {
            struct hash one;
            struct hash other;

            NEED(tiles.hash(tiles.arg, level, i, &one));
            NEED(journal_hash(&in, level, i, &other));
            differ += !hash_eq(&one, &other);
        }
    CHECK_INT(differ, 0);
}

TEST(tile_source_proves_every_leaf)
{
    struct given *g = given(t);
    size_t wrong = 0;
    struct tree_source tiles;
    struct tree_head head;
    struct scope in;

    given_entries(g);
    in = act_scope(given_act(g));
    head = tree_range_head(&given_act(g)->journal->tree);
    tiles = tile_source(&in);
    for (uint64_t i = 0; i < head.size; i++) {
        struct tree_proof proof;
        struct hash leaf;

        NEED_INT(tree_inclusion_prove(&tiles, i, head.size, &proof), OK);
        NEED(journal_hash(&in, 0, i, &leaf));
        wrong += !tree_inclusion_verify(&leaf, i, &head, &proof);
    }
    CHECK_INT(wrong, 0);
}

TEST(tile_source_fails_where_there_is_no_hash)
{
    struct given *g = given(t);
    struct tree_source tiles;
    struct scope in;
    struct hash h;

    given_entries(g);
    in = act_scope(given_act(g));
    tiles = tile_source(&in);
    CHECK(!tiles.hash(tiles.arg, 0, ENTRIES, &h));
    CHECK(!tiles.hash(tiles.arg, 9, 1, &h)); /* 512 to 1,023 */
}
