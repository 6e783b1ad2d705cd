/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Paths have one spelling each; contents are what the tree says. */
#include "journal/given_tree.h"
#include "journal/tile.h"
#include "test/test.h"

static const struct {
    const char *path;
    struct tile tile;
} good[] = {
    { "tile/0/000", { false, 0, 0, 256 } },
    { "tile/0/007.p/1", { false, 0, 7, 1 } },
    { "tile/1/999.p/255", { false, 1, 999, 255 } },
    { "tile/0/x001/000", { false, 0, 1000, 256 } },
    { "tile/0/x001/x234/067", { false, 0, 1234067, 256 } },
    { "tile/2/x001/x234/067.p/12", { false, 2, 1234067, 12 } },
    { "tile/63/000", { false, 63, 0, 256 } },
    { "tile/entries/x123/456", { true, 0, 123456, 256 } },
    { "tile/entries/000.p/99", { true, 0, 0, 99 } },
    { "tile/0/x018/x446/x744/x073/x709/x551/615",
      { false, 0, UINT64_MAX, 256 } },
};

TEST(tile_paths_are_those_of_the_specification)
{
    for (size_t i = 0; i < COUNT(good); i++) {
        struct str path = str_from(good[i].path);
        struct tile tile;

        CHECK_STR(tile_path(t->mem, &good[i].tile), path);
        if (!CHECK(tile_path_read(path, &tile)))
            continue;
        CHECK_INT(tile.entries, good[i].tile.entries);
        CHECK_INT(tile.level, good[i].tile.level);
        CHECK_INT(tile.width, good[i].tile.width);
        CHECK(tile.index == good[i].tile.index);
    }
}

static const struct str bad[] = {
    S_INIT(""),
    S_INIT("tile"),
    S_INIT("tile/"),
    S_INIT("tile/0"),
    S_INIT("tile/0/"),
    S_INIT("/tile/0/000"),
    S_INIT("Tile/0/000"),
    S_INIT("tile//000"),
    S_INIT("tile/00/000"),
    S_INIT("tile/01/000"),
    S_INIT("tile/+1/000"),
    S_INIT("tile/-1/000"),
    S_INIT("tile/64/000"),
    S_INIT("tile/1000/000"),
    S_INIT("tile/4294967296/000"),
    S_INIT("tile/entries"),
    S_INIT("tile/entrie/000"),
    S_INIT("tile/entries/0"),
    S_INIT("tile/0/0"),
    S_INIT("tile/0/00"),
    S_INIT("tile/0/0000"),
    S_INIT("tile/0/00a"),
    S_INIT("tile/0/-01"),
    S_INIT("tile/0/x000"),
    S_INIT("tile/0/x001"),
    S_INIT("tile/0/x000/001"),
    S_INIT("tile/0/x000/x001/001"),
    S_INIT("tile/0/001/000"),
    S_INIT("tile/0/x001/x000"),
    S_INIT("tile/0/X001/000"),
    S_INIT("tile/0/x001/"),
    S_INIT("tile/0/x001//000"),
    S_INIT("tile/0/x01/000"),
    S_INIT("tile/0/x0010/000"),
    S_INIT("tile/0/000/"),
    S_INIT("tile/0/000 "),
    S_INIT("tile/0/000\0"),
    S_INIT("tile/0/000.p"),
    S_INIT("tile/0/000.p/"),
    S_INIT("tile/0/000.p/0"),
    S_INIT("tile/0/000.p/00"),
    S_INIT("tile/0/000.p/01"),
    S_INIT("tile/0/000.p/256"),
    S_INIT("tile/0/000.p/1000"),
    S_INIT("tile/0/000.p/+1"),
    S_INIT("tile/0/000.p/1/"),
    S_INIT("tile/0/000.p/1.p/1"),
    S_INIT("tile/0/.p/1"),
    S_INIT("tile/0/000.P/1"),
    S_INIT("tile/0/x001.p/1/000"),
    S_INIT("tile/0/../000"),
    S_INIT("tile/0/x018/x446/x744/x073/x709/x551/616"),
    S_INIT("tile/0/x001/x018/x446/x744/x073/x709/x551/615"),
};

TEST(tile_paths_refuse_every_other_spelling)
{
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct tile tile = { .index = 77 };

        if (!CHECK(!tile_path_read(bad[i], &tile)))
            CHECK_STR(bad[i], S("refused"));
        CHECK_INT(tile.index, 77);
    }
}

TEST(tile_paths_survive_the_way_there_and_back)
{
    uint64_t seed = 5;

    for (int i = 0; i < 2000; i++) {
        struct tile a = { .entries = given_random(&seed, 2) == 0 };
        struct tile b;

        a.level = a.entries ? 0 : (unsigned)given_random(&seed, 64);
        a.index = given_random(&seed, UINT64_MAX) >> given_random(&seed, 64);
        a.width = 1 + (unsigned)given_random(&seed, 256);
        NEED(tile_path_read(tile_path(t->mem, &a), &b));
        CHECK(a.entries == b.entries && a.level == b.level &&
              a.index == b.index && a.width == b.width);
    }
}

TEST(tile_width_follows_the_example_of_the_specification)
{
    CHECK_INT(tile_width(70000, 0, 0), 256);
    CHECK_INT(tile_width(70000, 0, 272), 256);
    CHECK_INT(tile_width(70000, 0, 273), 112);
    CHECK_INT(tile_width(70000, 0, 274), 0);
    CHECK_INT(tile_width(70000, 1, 0), 256);
    CHECK_INT(tile_width(70000, 1, 1), 17);
    CHECK_INT(tile_width(70000, 1, 2), 0);
    CHECK_INT(tile_width(70000, 2, 0), 1);
    CHECK_INT(tile_width(70000, 2, 1), 0);
    CHECK_INT(tile_width(70000, 3, 0), 0);
    CHECK_INT(tile_width(256, 0, 0), 256);
    CHECK_INT(tile_width(256, 0, 1), 0);
    CHECK_INT(tile_width(256, 1, 0), 1);
    CHECK_INT(tile_width(0, 0, 0), 0);
    CHECK_INT(tile_width(UINT64_MAX, 7, 0), 255);
    CHECK_INT(tile_width(UINT64_MAX, 8, 0), 0);
    CHECK_INT(tile_width(UINT64_MAX, 63, 0), 0);
    CHECK_INT(tile_width(UINT64_MAX, 0, UINT64_MAX), 0);
}

TEST(tile_holds_the_hashes_of_its_subtrees)
{
    struct given_tree *g = given_tree(t->mem, 600);
    struct tree_source s = given_source(g);
    struct tile partial = { .index = 2, .width = tile_width(600, 0, 2) };
    struct tile upper = { .level = 1, .width = tile_width(600, 1, 0) };
    struct str content;
    struct hash want;

    NEED_INT(tile_hashes(t->mem, &s, &partial, &content), OK);
    CHECK_INT(content.n, 88 * 32);
    CHECK_STR(str_slice(content, 87 * 32, 88 * 32), hash_str(&g->leaves[599]));
    NEED_INT(tile_hashes(t->mem, &s, &upper, &content), OK);
    CHECK_INT(content.n, 2 * 32);
    want = naive_root(g, 256, 512);
    CHECK_STR(str_slice(content, 32, 64), hash_str(&want));
    g->broken = true;
    CHECK_INT(tile_hashes(t->mem, &s, &upper, &content), E_STORE);
}

TEST(tile_entries_are_read_back)
{
    struct buf *b = buf_new(t->mem, 200000);
    char *big = mem_alloc(t->mem, 65535);
    struct str *entries;

    tile_entry_put(b, S("one"));
    tile_entry_put(b, S(""));
    tile_entry_put(b, (struct str){ big, 65535 });
    CHECK_STR(str_slice(buf_str(b), 0, 7), S("\0\3one\0\0"));
    CHECK_INT(buf_str(b).n, 5 + 2 + 65537);
    NEED(tile_entries_read(t->mem, buf_str(b), 3, &entries));
    CHECK_STR(entries[0], S("one"));
    CHECK_INT(entries[1].n, 0);
    CHECK_INT(entries[2].n, 65535);
}

TEST(tile_entries_refuse_fewer_more_and_pieces)
{
    struct str bundle = S("\0\1a\0\2bc");
    struct str *entries = NULL;

    NEED(tile_entries_read(t->mem, bundle, 2, &entries));
    CHECK_STR(entries[1], S("bc"));
    entries = NULL;
    CHECK(!tile_entries_read(t->mem, bundle, 1, &entries));
    CHECK(!tile_entries_read(t->mem, bundle, 3, &entries));
    for (size_t n = 0; n < bundle.n; n++)
        CHECK(!tile_entries_read(t->mem, str_slice(bundle, 0, n), 2, &entries));
    CHECK(!tile_entries_read(t->mem,
                             S("\xff\xff"
                               "a"),
                             1, &entries));
    CHECK(entries == NULL);
    CHECK(tile_entries_read(t->mem, S(""), 0, &entries));
}
