/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/house/place.h"

#include "base/file.h"

static const struct str scheme = S_INIT("postgresql://");

bool place_is_folder(struct house_place p)
{
    return !str_starts(p.data, scheme);
}

struct house_place place_of(struct str data, struct str keys)
{
    struct house_place p = { data, keys };

    if (place_is_folder(p))
        p.keys = data;
    return p;
}

struct house_place place_dup(struct mem *m, struct house_place p)
{
    return (struct house_place){ str_dup(m, p.data), str_dup(m, p.keys) };
}

/* postgresql://user:password@host/name?password=…: neither of both. */
struct str place_name(struct mem *m, struct house_place p)
{
    struct str rest = p.data;
    struct str server;
    size_t account;

    if (place_is_folder(p) || !str_cut(&rest, S("?"), &server))
        return p.data;
    account = str_find(server, S("@"));
    if (account == SIZE_MAX)
        return server;
    return str_fmt(m, "%.*s%.*s", STR_ARG(scheme),
                   STR_ARG(str_slice(server, account + 1, server.n)));
}

struct str place_database(struct mem *m, struct house_place p)
{
    return place_is_folder(p) ? file_path(m, p.data, S("dajuan.db")) : p.data;
}

struct str place_key(struct mem *m, struct house_place p)
{
    return p.keys.n ? file_path(m, p.keys, S("journal.key")) : S("");
}
