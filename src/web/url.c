/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Escapes are resolved in one place. The parser of requests has checked the
 * target already, but forms come through here too, so nothing is assumed.
 */
#include "web/url.h"

#include "base/utf8.h"

#include <string.h>

int url_hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool needs_decoding(struct str s, bool plus)
{
    if (s.n == 0)
        return false;
    return memchr(s.p, '%', s.n) || (plus && memchr(s.p, '+', s.n));
}

/* Resolve into `to`, which has room for s.n bytes. */
static bool decode(struct str s, bool plus, char *to, size_t *ret_n)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        if (c == '%') {
            int high = i + 2 < s.n ? url_hex(s.p[i + 1]) : -1;
            int low = i + 2 < s.n ? url_hex(s.p[i + 2]) : -1;

            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        to[n++] = c;
    }
    *ret_n = n;
    return true;
}

bool url_decode(struct mem *m, struct str s, bool plus, struct str *ret)
{
    struct str plain = s;

    if (needs_decoding(s, plus)) {
        char *to = mem_raw(m, s.n);

        if (!decode(s, plus, to, &plain.n))
            return false;
        plain.p = to;
    }
    if ((plain.n && memchr(plain.p, 0, plain.n)) || !utf8_valid(plain))
        return false;
    *ret = plain.p ? plain : S("");
    return true;
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

struct str url_encode(struct mem *m, struct str s)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t n = 0;
    char *to;

    for (size_t i = 0; i < s.n; i++)
        n += is_unreserved(s.p[i]) ? 1 : 3;
    if (n == s.n)
        return s;
    to = mem_raw(m, n);
    n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (is_unreserved(s.p[i])) {
            to[n++] = s.p[i];
            continue;
        }
        to[n++] = '%';
        to[n++] = digits[c >> 4];
        to[n++] = digits[c & 15];
    }
    return (struct str){ to, n };
}

enum url_pair query_next(struct mem *m, struct str *rest, struct str *ret_name,
                         struct str *ret_value)
{
    struct str pair;
    struct str name;
    struct str value;
    size_t mark;

    do {
        if (!str_cut(rest, S("&"), &pair))
            return URL_END;
    } while (pair.n == 0);
    mark = str_find(pair, S("="));
    name = str_slice(pair, 0, mark);
    value = mark == SIZE_MAX ? S("") : str_slice(pair, mark + 1, pair.n);
    if (!url_decode(m, name, true, &name) ||
        !url_decode(m, value, true, &value))
        return URL_BAD;
    *ret_name = name;
    *ret_value = value;
    return URL_PAIR;
}

struct str query_value(struct mem *m, struct str query, struct str key)
{
    struct str name;
    struct str value;
    enum url_pair p;

    while ((p = query_next(m, &query, &name, &value)) != URL_END)
        if (p == URL_PAIR && str_eq(name, key))
            return value;
    return (struct str){ NULL, 0 };
}

struct str cookie_value(struct str header, struct str name)
{
    struct str found = { NULL, 0 };
    struct str part;

    while (str_cut(&header, S(";"), &part)) {
        while (part.n && (part.p[0] == ' ' || part.p[0] == '\t'))
            part = str_slice(part, 1, part.n);
        if (part.n <= name.n || part.p[name.n] != '=' ||
            !str_starts(part, name))
            continue;
        if (found.p)
            return (struct str){ NULL, 0 };
        found = str_slice(part, name.n + 1, part.n);
    }
    return found;
}
