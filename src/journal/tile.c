/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Tiles let a stranger with a plain file fetcher check the journal, so their
 * paths and contents are the public face of the tree. A path comes from the
 * web: each tile has one spelling and all others are refused.
 */
#include "journal/tile.h"

#include <string.h>

enum {
    LEVEL_BITS = 8,
    LEVELS_IN_TREE = TREE_LEVELS / LEVEL_BITS,
    GROUP = 1000, /* index digits stand in groups of three */
    GROUPS_MAX = 7,
};

static bool tile_is_valid(const struct tile *t)
{
    return t->width >= 1 && t->width <= TILE_WIDTH &&
           t->level <= TILE_LEVEL_MAX && !(t->entries && t->level);
}

static void put_index(struct buf *b, uint64_t index)
{
    unsigned groups[GROUPS_MAX];
    unsigned n = 0;

    do {
        groups[n++] = (unsigned)(index % GROUP);
        index /= GROUP;
    } while (index);
    while (n-- > 0)
        buf_fmt(b, n ? "x%03u/" : "%03u", groups[n]);
}

struct str tile_path(struct mem *m, const struct tile *t)
{
    struct buf *b = buf_new(m, 64);

    if (!tile_is_valid(t))
        BUG("tile of level %u, width %u", t->level, t->width);
    if (t->entries)
        buf_lit(b, "tile/entries/");
    else
        buf_fmt(b, "tile/%u/", t->level);
    put_index(b, t->index);
    if (t->width < TILE_WIDTH)
        buf_fmt(b, ".p/%u", t->width);
    return buf_str(b);
}

/* Up to three digits without leading zeros. */
static bool small_read(struct str s, unsigned *ret_value)
{
    unsigned v = 0;

    if (s.n == 0 || s.n > 3 || (s.n > 1 && s.p[0] == '0'))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        v = 10 * v + (unsigned)(s.p[i] - '0');
    }
    *ret_value = v;
    return true;
}

/* Three digits at the end of `index`. */
static bool group_read(struct str s, uint64_t *index)
{
    if (s.n != 3)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (s.p[i] < '0' || s.p[i] > '9' ||
            __builtin_mul_overflow(*index, 10, index) ||
            __builtin_add_overflow(*index, (uint64_t)(s.p[i] - '0'), index))
            return false;
    }
    return true;
}

static bool index_read(struct str s, uint64_t *ret_index)
{
    uint64_t index = 0;
    struct str part;
    bool first = true;

    while (str_cut(&s, S("/"), &part)) {
        bool last = !s.p;

        if (!last && !str_starts(part, S("x")))
            return false;
        if (!group_read(str_slice(part, last ? 0 : 1, part.n), &index))
            return false;
        if (first && !last && index == 0)
            return false; /* a group of leading zeros */
        first = false;
    }
    *ret_index = index;
    return true;
}

bool tile_path_read(struct str path, struct tile *ret_tile)
{
    struct tile t = { .width = TILE_WIDTH };
    struct str rest = path;
    struct str level;
    size_t partial;

    if (!str_starts(path, S("tile/")))
        return false;
    rest = str_slice(path, 5, path.n);
    if (!str_cut(&rest, S("/"), &level) || !rest.p)
        return false;
    t.entries = str_eq(level, S("entries"));
    if (!t.entries && (!small_read(level, &t.level)))
        return false;
    partial = str_find(rest, S(".p/"));
    if (partial != SIZE_MAX) {
        if (!small_read(str_slice(rest, partial + 3, rest.n), &t.width) ||
            t.width >= TILE_WIDTH)
            return false;
        rest = str_slice(rest, 0, partial);
    }
    if (!index_read(rest, &t.index) || !tile_is_valid(&t))
        return false;
    *ret_tile = t;
    return true;
}

unsigned tile_width(uint64_t size, unsigned level, uint64_t index)
{
    uint64_t hashes;

    if (level >= LEVELS_IN_TREE)
        return 0;
    hashes = size >> (LEVEL_BITS * level);
    if (index > hashes / TILE_WIDTH)
        return 0;
    hashes -= index * TILE_WIDTH;
    return hashes < TILE_WIDTH ? (unsigned)hashes : TILE_WIDTH;
}

enum err tile_hashes(struct mem *m, const struct tree_source *s,
                     const struct tile *t, struct str *ret_content)
{
    struct hash *hashes;

    if (!tile_is_valid(t) || t->entries ||
        tile_width(UINT64_MAX, t->level, t->index) < t->width)
        BUG("tile of level %u, width %u", t->level, t->width);
    hashes = NEW_ARRAY(m, struct hash, t->width);
    for (unsigned i = 0; i < t->width; i++)
        if (!s->hash(s->arg, LEVEL_BITS * t->level, t->index * TILE_WIDTH + i,
                     &hashes[i]))
            return E_STORE;
    *ret_content = (struct str){ (char *)hashes, t->width * sizeof(*hashes) };
    return OK;
}

void tile_entry_put(struct buf *bundle, struct str entry)
{
    if (entry.n > TILE_ENTRY_MAX)
        BUG("entry of %zu bytes", entry.n);
    buf_byte(bundle, (char)(entry.n >> 8));
    buf_byte(bundle, (char)(entry.n & 0xff));
    buf_put(bundle, entry);
}

bool tile_entries_read(struct mem *m, struct str bundle, unsigned width,
                       struct str **ret_entries)
{
    struct str *entries = NEW_ARRAY(m, struct str, width);

    for (unsigned i = 0; i < width; i++) {
        size_t n;

        if (bundle.n < 2)
            return false;
        n = (size_t)(unsigned char)bundle.p[0] << 8 |
            (unsigned char)bundle.p[1];
        if (bundle.n - 2 < n)
            return false;
        entries[i] = str_slice(bundle, 2, 2 + n);
        bundle = str_slice(bundle, 2 + n, bundle.n);
    }
    if (bundle.n)
        return false;
    *ret_entries = entries;
    return true;
}
