/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "journal/tile_source.h"

#include "journal/tile.h"

enum { SLOTS = 1024, INNER = 8 }; /* 2^INNER hashes are a tile's width */

/* A tile and the roots of the perfect subtrees inside it. */
struct kept_tile {
    unsigned level; /* of the tile: 0 holds leaves */
    uint64_t index;
    unsigned width;                    /* how many of its hashes there are */
    struct hash nodes[2 * TILE_WIDTH]; /* level by level, from the widest */
};

struct tile_store {
    struct scope *in;
    struct kept_tile *slots[SLOTS];
};

/* Where the nodes of an inner level begin. */
static unsigned level_start(unsigned inner)
{
    return 2U * TILE_WIDTH - (2U * TILE_WIDTH >> inner);
}

static struct rows ask(const struct scope *in, unsigned level, uint64_t index)
{
    int64_t first = (int64_t)(index << INNER);
    int64_t end = first + TILE_WIDTH;

    if (level == 0)
        return tx_query(in->tx,
                        SQL("SELECT leaf_hash FROM journal_entry WHERE "
                            "district = ?1 AND seq >= ?2 AND seq < ?3 "
                            "ORDER BY seq"),
                        WITH(INT(in->district), INT(first), INT(end)));
    return tx_query(in->tx,
                    SQL("SELECT hash FROM journal_node WHERE district = ?1 "
                        "AND level = ?2 AND idx >= ?3 AND idx < ?4 "
                        "ORDER BY idx"),
                    WITH(INT(in->district), INT(INNER * level), INT(first),
                         INT(end)));
}

static void join(struct kept_tile *t)
{
    for (unsigned inner = 1; inner < INNER; inner++) {
        const struct hash *below = t->nodes + level_start(inner - 1);
        struct hash *made = t->nodes + level_start(inner);

        for (unsigned i = 0; i < t->width >> inner; i++)
            made[i] = tree_node(&below[2 * i], &below[2 * i + 1]);
    }
}

static void load(const struct scope *in, struct kept_tile *t)
{
    struct rows r = ask(in, t->level, t->index);

    t->width = 0;
    while (t->width < TILE_WIDTH && rows_next(&r) &&
           hash_from(rows_view(&r, 0), &t->nodes[t->width]))
        t->width++;
    rows_end(&r);
    join(t);
}

static const struct kept_tile *tile_of(struct tile_store *s, unsigned level,
                                       uint64_t index)
{
    struct kept_tile **slot = &s->slots[(index + 509 * level) % SLOTS];

    if (*slot && (*slot)->level == level && (*slot)->index == index)
        return *slot;
    if (!*slot)
        *slot = NEW(s->in->m, struct kept_tile);
    (*slot)->level = level;
    (*slot)->index = index;
    load(s->in, *slot);
    return *slot;
}

static bool tile_hash(void *arg, unsigned level, uint64_t index,
                      struct hash *ret_hash)
{
    unsigned inner = level % INNER;
    const struct kept_tile *t =
        tile_of(arg, level / INNER, index >> (INNER - inner));
    unsigned at = (unsigned)index & ((TILE_WIDTH >> inner) - 1U);

    if (at >= t->width >> inner)
        return false;
    *ret_hash = t->nodes[level_start(inner) + at];
    return true;
}

struct tree_source tile_source(struct scope *in)
{
    struct tile_store *s = NEW(in->m, struct tile_store);

    s->in = in;
    return (struct tree_source){ .hash = tile_hash, .arg = s };
}
