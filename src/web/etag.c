/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Tags of answers. */
#include "web/etag.h"

#include "base/hash.h"
#include "web/http_parse.h"

enum { TAG_BYTES = 16 };

struct str etag_of(struct mem *m, struct str bytes)
{
    struct hash h = HASH_OF(bytes);

    return str_fmt(m, "\"%.*s\"",
                   STR_ARG(base64url_encode(m, (struct str){ (char *)h.b,
                                                             TAG_BYTES })));
}

/* Take one tag off the front, without its W/; false: there is none. */
static bool next_tag(struct str *list, struct str *ret)
{
    size_t end;

    str_take(list, S("W/"));
    if (!str_starts(*list, S("\"")))
        return false;
    end = str_find(str_slice(*list, 1, list->n), S("\""));
    if (end == SIZE_MAX)
        return false;
    *ret = str_slice(*list, 0, end + 2);
    *list = http_trim(str_slice(*list, end + 2, list->n));
    return true;
}

bool etag_is_named(struct str if_none_match, struct str etag)
{
    struct str rest = http_trim(if_none_match);
    struct str tag;

    if (str_eq(rest, S("*")))
        return true;
    while (next_tag(&rest, &tag)) {
        if (str_eq(tag, etag))
            return true;
        if (!str_take(&rest, S(",")))
            return false;
        rest = http_trim(rest);
    }
    return false;
}
