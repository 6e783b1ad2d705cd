/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Looking up embedded files. The table is made by the build, sorted by
 * name; it is small, so requests for a public file walk it.
 */
#include "base/asset.h"

const struct asset *asset_find(struct str name)
{
    size_t from = 0;
    size_t to = assets_n;

    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int c = str_cmp(name, assets[middle].name);

        if (c == 0)
            return &assets[middle];
        if (c < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return NULL;
}

const struct asset *asset_served(struct str file)
{
    for (size_t i = 0; i < assets_n && file.n > 0; i++)
        if (str_eq(assets[i].file, file))
            return &assets[i];
    return NULL;
}

struct str asset_path(struct str name)
{
    const struct asset *a = asset_find(name);

    if (!a || a->path.n == 0)
        BUG("no public asset \"%.*s\"", STR_ARG(name));
    return a->path;
}

struct str asset_bytes(struct str name)
{
    const struct asset *a = asset_find(name);

    if (!a)
        BUG("%.*s is not in the program", STR_ARG(name));
    return a->bytes;
}

const struct asset *asset_next(struct str folder, const struct asset *last)
{
    for (size_t i = last ? (size_t)(last - assets) + 1 : 0; i < assets_n; i++)
        if (str_starts(assets[i].name, folder))
            return &assets[i];
    return NULL;
}
