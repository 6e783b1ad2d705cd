/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A filter, not a parser: it knows "&#", digits, ";" and the beginning of a
 * CDATA section, after which it does nothing any more. Whatever is not a
 * complete reference to a character of XML goes through as it is, and expat
 * judges it.
 */
#include "interchange/references.h"

#include "base/utf8.h"

#include <string.h>

/* XML 1.0, production 2, from U+0080 on. */
static bool is_character(int32_t c)
{
    return c >= 0x80 && c <= 0x10ffff && !(c >= 0xd800 && c <= 0xdfff) &&
           c != 0xfffe && c != 0xffff;
}

static int digit_of(char c, int base)
{
    int v = -1;

    if (c >= '0' && c <= '9')
        v = c - '0';
    else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
        v = (c | 0x20) - 'a' + 10;
    return v < base ? v : -1;
}

/* The bytes of the reference at `p`, which starts with '&'; 0: none. */
static size_t reference_at(const char *p, size_t n, int32_t *ret_code)
{
    int base = n > 2 && p[2] == 'x' ? 16 : 10;
    size_t from = base == 16 ? 3 : 2;
    size_t at = from;
    int32_t code = 0;
    int digit;

    if (n < 4 || p[1] != '#')
        return 0;
    for (; at < n && (digit = digit_of(p[at], base)) >= 0; at++) {
        if (code > 0x10ffff)
            return 0;
        code = code * base + digit;
    }
    if (at == n || at == from || p[at] != ';' || !is_character(code))
        return 0;
    *ret_code = code;
    return at + 1;
}

/* expat decides by mark and declaration; so do we, for UTF-8 only. */
static bool is_utf8(struct str s)
{
    size_t end;
    size_t encoding;

    if (str_starts(s, S("\xef\xbb\xbf")))
        s = str_slice(s, 3, s.n);
    if (!str_starts(s, S("<?xml")))
        return str_starts(s, S("<")) && s.n > 1 && s.p[1] != 0;
    end = str_find(s, S("?>"));
    encoding = str_find(str_slice(s, 0, end), S("encoding"));
    s = str_slice(s, encoding, end);
    return end != SIZE_MAX &&
           (encoding == SIZE_MAX || str_find(s, S("UTF-8")) != SIZE_MAX ||
            str_find(s, S("utf-8")) != SIZE_MAX);
}

/* How much of `s` is surely not the front of something cut in two. */
static size_t certain(struct str s)
{
    size_t from = s.n > REFERENCES_HELD ? s.n - REFERENCES_HELD : 0;

    for (size_t at = from; at < s.n; at++)
        if (s.p[at] == '&' || s.p[at] == '<')
            return at;
    return s.n;
}

/* Where a CDATA section begins, or s.n. */
static size_t find_cdata(struct str s)
{
    const char *p = s.p;
    const char *end = s.p + s.n;

    while (p < end && (p = memchr(p, '!', (size_t)(end - p))) != NULL) {
        if (p > s.p && p[-1] == '<' && p + 1 < end && p[1] == '[')
            return (size_t)(p - s.p) - 1;
        p++;
    }
    return s.n;
}

static size_t replace(struct str s, char *to)
{
    char *out = to;

    while (s.n) {
        const char *amp = memchr(s.p, '&', s.n);
        size_t before = amp ? (size_t)(amp - s.p) : s.n;
        size_t taken;
        int32_t code;

        memcpy(out, s.p, before);
        out += before;
        s = (struct str){ s.p + before, s.n - before };
        while (s.n && s.p[0] == '&') {
            taken = reference_at(s.p, s.n, &code);
            if (taken) {
                out += utf8_put(out, code);
            } else {
                *out++ = '&';
                taken = 1;
            }
            s = (struct str){ s.p + taken, s.n - taken };
        }
    }
    return (size_t)(out - to);
}

size_t references_replace(struct references *f, size_t n, char *to)
{
    struct str s = { f->raw, f->held + n };
    size_t use = n ? certain(s) : s.n;
    size_t cdata;
    size_t out = 0;

    if (!f->started)
        f->off = !is_utf8(s);
    f->started = true;
    cdata = f->off ? 0 : find_cdata(str_slice(s, 0, use));
    if (cdata < use)
        f->off = true;
    out = replace(str_slice(s, 0, cdata), to);
    memcpy(to + out, s.p + cdata, use - cdata);
    out += use - cdata;
    f->held = s.n - use;
    memmove(f->raw, f->raw + use, f->held);
    return out;
}
