/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * map.h - from strings to integers, in an arena.
 *
 * Keys are borrowed: they must live as long as the map. Nothing is removed.
 */
#ifndef DAJUAN_BASE_MAP_H
#define DAJUAN_BASE_MAP_H

#include "base/str.h"

struct map_slot {
    struct str key; /* p is NULL in a free slot */
    uint64_t hash;
    int64_t value;
};

struct map {
    struct mem *m;
    struct mem *own; /* of many slots: ends when they grow; NULL: few */
    struct map_slot *slots;
    size_t cap; /* a power of two, or 0 */
    size_t n;
};

void map_init(struct map *map, struct mem *m);
/* Put or replace. */
void map_put(struct map *map, struct str key, int64_t value);
/* False when the key is not there. */
bool map_get(const struct map *map, struct str key, int64_t *ret_value);

#endif
