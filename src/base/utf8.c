/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Decoding of untrusted UTF-8 and the folding that comparisons share. */
#include "base/utf8.h"

#include "base/lookalike.h"

#include <string.h>

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

/* Has it neither shape nor width? It joins, orders or marks its neighbours. */
static bool is_unseen(int32_t c)
{
    return c == 0xad || c == 0x34f || c == 0x61c || c == 0x115f ||
           c == 0x1160 || (c >= 0x180b && c <= 0x180f) ||
           (c >= 0x200b && c <= 0x200f) || (c >= 0x2060 && c <= 0x2064) ||
           (c >= 0x206a && c <= 0x206f) || c == 0x3164 || c == 0xfeff ||
           c == 0xffa0;
}

/* Does it turn or vary what is beside it? Kept, but never compared. */
static bool is_variation(int32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0000 && c <= 0xe0fff);
}

static bool is_blank(int32_t c)
{
    return c <= ' ' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) ||
           c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
           c == 0x3000;
}

static bool is_quote(int32_t c)
{
    return c == '"' || c == '\'' || (c >= 0x2018 && c <= 0x201f) ||
           (c >= 0x300a && c <= 0x300f);
}

/* Dots and dashes that a reader does not tell apart. */
static int32_t fold_mark(int32_t c)
{
    if (c == 0x2022 || c == 0x2027 || c == 0x2219 || c == 0x22c5 ||
        c == 0x30fb || c == 0xff65)
        return 0xb7;
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212)
        return '-';
    return c;
}

/* The character a comparison sees; 0 for one it does not see. */
static int32_t fold(int32_t c)
{
    if (c >= 0xff01 && c <= 0xff5e)
        c -= 0xfee0;
    if (is_blank(c) || is_quote(c) || is_unseen(c) || is_variation(c))
        return 0;
    c = fold_mark(lookalike(c));
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* "ⅷ" is "viii" and "⑫" is "12"; an empty text for any other character. */
static struct str spelled(int32_t c)
{
    static const struct str roman[] = {
        S_INIT("i"),  S_INIT("ii"), S_INIT("iii"), S_INIT("iv"),
        S_INIT("v"),  S_INIT("vi"), S_INIT("vii"), S_INIT("viii"),
        S_INIT("ix"), S_INIT("x"),  S_INIT("xi"),  S_INIT("xii"),
    };
    static const struct str circled[] = {
        S_INIT("1"),  S_INIT("2"),  S_INIT("3"),  S_INIT("4"),  S_INIT("5"),
        S_INIT("6"),  S_INIT("7"),  S_INIT("8"),  S_INIT("9"),  S_INIT("10"),
        S_INIT("11"), S_INIT("12"), S_INIT("13"), S_INIT("14"), S_INIT("15"),
        S_INIT("16"), S_INIT("17"), S_INIT("18"), S_INIT("19"), S_INIT("20"),
    };

    if (c >= 0x2160 && c <= 0x216b)
        return roman[c - 0x2160];
    if (c >= 0x2170 && c <= 0x217b)
        return roman[c - 0x2170];
    if (c >= 0x2460 && c <= 0x2473)
        return circled[c - 0x2460];
    return S("");
}

/* Room for a text whose characters become longer: 3 bytes at most 4. */
static char *room_for(struct mem *m, struct str s)
{
    return mem_raw(m, s.n + s.n / 3 + 1);
}

struct str utf8_fold(struct mem *m, struct str s)
{
    char *p = room_for(m, s);
    size_t n = 0;

    while (s.n) {
        struct str before = s;
        int32_t c = utf8_next(&s);
        int32_t f = c < 0 ? 0 : fold(c);
        struct str word = spelled(c);

        if (word.n) {
            memcpy(p + n, word.p, word.n);
            n += word.n;
        } else if (f) {
            n += utf8_put(p + n, f);
        } else if (c < 0) {
            p[n++] = before.p[0];
        }
    }
    p[n] = '\0';
    return (struct str){ p, n };
}

/* Of pictures: joined to one, or varied, they stay as they are. */
static bool is_picture(int32_t c)
{
    return (c >= 0x2190 && c < 0x2e80) || c == 0xfe0f || c >= 0x1f000;
}

struct str utf8_clean(struct mem *m, struct str s)
{
    char *p = room_for(m, s);
    struct str rest = s;
    int32_t last = 0;
    size_t n = 0;

    while (rest.n) {
        struct str before = rest;
        int32_t c = utf8_next(&rest);

        if (c < 0)
            p[n++] = before.p[0];
        else if (!is_unseen(c) || (c == 0x200d && is_picture(last)))
            n += utf8_put(p + n, lookalike(c));
        last = c;
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
