/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * tile.h - the tree as static files (C2SP tlog-tiles).
 *
 * A tile is up to 256 consecutive hashes of one tree level; those of tile
 * level L are roots of perfect subtrees of 256^L leaves. A bundle holds the
 * leaves' data of a tile of level 0. A partial one has fewer than 256.
 *
 *     tile/0/x001/234          tile 1234 of level 0, full
 *     tile/1/004.p/5           tile 4 of level 1, five hashes wide
 *     tile/entries/x001/234    the data of the leaves of the first one
 */
#ifndef DAJUAN_JOURNAL_TILE_H
#define DAJUAN_JOURNAL_TILE_H

#include "base/buf.h"
#include "journal/tree_proof.h"

enum { TILE_WIDTH = 256, TILE_LEVEL_MAX = 63, TILE_ENTRY_MAX = 65535 };

struct tile {
    bool entries;   /* a bundle; its level is 0 */
    unsigned level; /* 0..63 */
    uint64_t index;
    unsigned width; /* 1..256 */
};

/* The path from "tile/" on. A width or level out of range is a BUG. */
struct str tile_path(struct mem *m, const struct tile *t);
/* False on anything but the one spelling tile_path() writes. */
bool tile_path_read(struct str path, struct tile *ret_tile) MUST_CHECK;

/*
 * How wide the tile is in a tree of `size` leaves: 256 when full, 0 when
 * there is none. For a bundle the level is 0.
 */
unsigned tile_width(uint64_t size, unsigned level, uint64_t index);

/*
 * The content of a tile of hashes: its width times 32 bytes. The caller has
 * checked the tile against tile_width(); what cannot be in any tree, and a
 * bundle, is a BUG. E_STORE: the source failed.
 */
enum err tile_hashes(struct mem *m, const struct tree_source *s,
                     const struct tile *t, struct str *ret_content) MUST_CHECK;

/* Add an entry to a bundle. More than 65535 bytes are a BUG. */
void tile_entry_put(struct buf *bundle, struct str entry);
/*
 * The entries of a bundle, `width` of them, borrowed from it. False when it
 * holds fewer, more, or a piece of one.
 */
bool tile_entries_read(struct mem *m, struct str bundle, unsigned width,
                       struct str **ret_entries) MUST_CHECK;

#endif
