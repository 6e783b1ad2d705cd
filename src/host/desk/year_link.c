/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Done on the finished page, so that no view can forget it. A quote within
 * text or a value is always escaped there, so ="/ begins a link of ours.
 */
#include "host/desk/year_link.h"

static bool says_year(struct str path)
{
    size_t at = str_find(path, S("?"));
    struct str query = str_slice(path, at, path.n);

    return at != SIZE_MAX && (str_starts(query, S("?year=")) ||
                              str_find(query, S("&year=")) != SIZE_MAX ||
                              str_find(query, S(";year=")) != SIZE_MAX);
}

/* Where the fragment begins: at a # that is not of &#39;. */
static size_t path_end(struct str path)
{
    for (size_t i = 1; i < path.n; i++)
        if (path.p[i] == '#' && path.p[i - 1] != '&')
            return i;
    return path.n;
}

/* `and` joins two parameters: & in an address, &amp; in a page. */
static void put_link(struct buf *out, struct str path, struct str and,
                     int32_t year)
{
    struct str head = str_slice(path, 0, path_end(path));

    if (says_year(path) || str_starts(path, S("/assets/"))) {
        buf_put(out, path);
        return;
    }
    buf_put(out, head);
    buf_put(out, str_find(head, S("?")) == SIZE_MAX ? S("?") : and);
    buf_fmt(out, "year=%d", year);
    buf_put(out, str_slice(path, head.n, path.n));
}

struct str year_link(struct mem *m, struct str path, int32_t year)
{
    struct buf *b = buf_new(m, path.n + 32);

    put_link(b, path, S("&"), year);
    return buf_str(b);
}

void year_links(struct buf *out, struct str html, int32_t year)
{
    size_t at;

    while ((at = str_find(html, S("=\"/"))) != SIZE_MAX) {
        struct str before = str_slice(html, 0, at);
        struct str value = str_slice(html, at + 2, html.n);
        struct str path = str_slice(value, 0, str_find(value, S("\"")));

        buf_put(out, str_slice(html, 0, at + 2));
        if (str_ends(before, S(" href")) || str_ends(before, S(" action")) ||
            str_ends(before, S(" formaction")))
            put_link(out, path, S("&amp;"), year);
        else
            buf_put(out, path);
        html = str_slice(value, path.n, value.n);
    }
    buf_put(out, html);
}
