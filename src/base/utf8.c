/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Decoding of untrusted UTF-8 and the folding that comparisons share. */
#include "base/utf8.h"

/* Is the byte at `p` one that continues a character? */
static inline bool continues(const unsigned char *p)
{
    return (*p & 0xc0) == 0x80;
}

/* utf8_next() over a pointer: the loops below live in it. */
static inline int32_t decode(const unsigned char **from,
                             const unsigned char *end)
{
    const unsigned char *p = *from;
    int32_t c = *p;

    *from = p + 1;
    if (c < 0x80)
        return c;
    if (c >= 0xe0 && c < 0xf0 && end - p >= 3 && continues(p + 1) &&
        continues(p + 2)) {
        c = (c & 15) << 12 | (p[1] & 63) << 6 | (p[2] & 63);
        if (c < 0x800 || (c >= 0xd800 && c <= 0xdfff))
            return -1;
        *from = p + 3;
        return c;
    }
    if (c >= 0xc2 && c < 0xe0 && end - p >= 2 && continues(p + 1)) {
        *from = p + 2;
        return (c & 31) << 6 | (p[1] & 63);
    }
    if (c >= 0xf0 && c < 0xf5 && end - p >= 4 && continues(p + 1) &&
        continues(p + 2) && continues(p + 3)) {
        c = (c & 7) << 18 | (p[1] & 63) << 12 | (p[2] & 63) << 6 | (p[3] & 63);
        if (c < 0x10000 || c > 0x10ffff)
            return -1;
        *from = p + 4;
        return c;
    }
    return -1;
}

int32_t utf8_next(struct str *s)
{
    const unsigned char *p = (const unsigned char *)s->p;
    const unsigned char *at = p;
    int32_t c;

    if (s->n == 0)
        BUG("utf8_next at the end");
    c = decode(&at, p + s->n);
    *s = (struct str){ (const char *)at, s->n - (size_t)(at - p) };
    return c;
}

size_t utf8_put(char *to, int32_t code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xc0 | code >> 6);
        to[1] = (char)(0x80 | (code & 63));
        return 2;
    }
    if (code < 0x10000) {
        to[0] = (char)(0xe0 | code >> 12);
        to[1] = (char)(0x80 | (code >> 6 & 63));
        to[2] = (char)(0x80 | (code & 63));
        return 3;
    }
    to[0] = (char)(0xf0 | code >> 18);
    to[1] = (char)(0x80 | (code >> 12 & 63));
    to[2] = (char)(0x80 | (code >> 6 & 63));
    to[3] = (char)(0x80 | (code & 63));
    return 4;
}

bool utf8_valid(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    const unsigned char *end = p + s.n;

    while (p < end)
        if (decode(&p, end) < 0)
            return false;
    return true;
}

size_t utf8_length(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    const unsigned char *end = p + s.n;
    size_t n = 0;

    for (; p < end; n++)
        decode(&p, end);
    return n;
}

/* The character a comparison sees; 0 for one it does not see. */
static int32_t fold(int32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0;
    if (c == 0x3000 || c <= ' ' || c == 0xa0 || c == 0xfeff || c == 0x200b)
        return 0;
    if (c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201f) ||
        (c >= 0x300a && c <= 0x300f))
        return 0;
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

struct str utf8_fold(struct mem *m, struct str s)
{
    char *p = mem_raw(m, s.n + 1);
    size_t n = 0;

    while (s.n) {
        struct str before = s;
        int32_t c = utf8_next(&s);
        int32_t f = c < 0 ? 0 : fold(c);

        if (f)
            n += utf8_put(p + n, f);
        else if (c < 0)
            p[n++] = before.p[0];
    }
    p[n] = '\0';
    return (struct str){ p, n };
}

bool utf8_plain(struct str s, bool lines)
{
    const unsigned char *p = (const unsigned char *)s.p;
    const unsigned char *end = p + s.n;

    while (p < end) {
        int32_t c = decode(&p, end);

        if (c >= 0x2fff || (c >= ' ' && c < 0x7f))
            continue;
        if (c < 0 || c == 0x7f ||
            (c < ' ' && !(lines && (c == '\n' || c == '\t'))) ||
            (c >= 0x80 && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
            (c >= 0x2066 && c <= 0x2069))
            return false;
    }
    return true;
}

struct str utf8_first(struct str s)
{
    struct str rest = s;

    if (s.n == 0)
        return s;
    utf8_next(&rest);
    return (struct str){ s.p, s.n - rest.n };
}
