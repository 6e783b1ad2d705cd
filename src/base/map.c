/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Open addressing with linear probing; grows at three quarters. */
#include "base/map.h"

enum { MANY = 4096 };

void map_init(struct map *map, struct mem *m)
{
    *map = (struct map){ .m = m };
}

static struct map_slot *probe(const struct map *map, struct str key,
                              uint64_t hash)
{
    size_t i = (size_t)hash & (map->cap - 1);

    while (map->slots[i].key.p &&
           (map->slots[i].hash != hash || !str_eq(map->slots[i].key, key)))
        i = (i + 1) & (map->cap - 1);
    return &map->slots[i];
}

/* Many slots are not left behind in the arena when there are more. */
static void grow(struct map *map)
{
    struct map old = *map;

    map->cap = old.cap ? 2 * old.cap : 64;
    map->own = map->cap >= MANY ? mem_child(map->m) : NULL;
    map->slots =
        NEW_ARRAY(map->own ? map->own : map->m, struct map_slot, map->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].key.p)
            *probe(map, old.slots[i].key, old.slots[i].hash) = old.slots[i];
    mem_free(old.own);
}

void map_put(struct map *map, struct str key, int64_t value)
{
    uint64_t hash = str_hash(key);
    struct map_slot *slot;

    if (4 * (map->n + 1) > 3 * map->cap)
        grow(map);
    slot = probe(map, key, hash);
    if (!slot->key.p)
        map->n++;
    *slot = (struct map_slot){ key.p ? key : S(""), hash, value };
}

bool map_get(const struct map *map, struct str key, int64_t *ret_value)
{
    const struct map_slot *slot;

    if (map->cap == 0)
        return false;
    slot = probe(map, key, str_hash(key));
    if (!slot->key.p)
        return false;
    *ret_value = slot->value;
    return true;
}
