/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Texts of cells. A ledger says the same few names thousands of times, so a
 * small table of recent texts, overwritten on collision, saves most of the
 * memory for a few instructions a cell; and cleaning looks at each byte once
 * and writes only when something has to go.
 */
#include "base/utf8.h"
#include "interchange/reading.h"

#include <string.h>

enum { POOL_BLOCK = 256 * 1024, POOL_SHARED_MAX = 96 };

static size_t slot_of(struct str s)
{
    uint64_t h = s.n * 0x9e3779b97f4a7c15u;

    for (; s.n >= 8; s.p += 8, s.n -= 8) {
        uint64_t w;

        memcpy(&w, s.p, 8);
        h = (h ^ w) * 0x9e3779b97f4a7c15u;
        h ^= h >> 29;
    }
    for (; s.n; s.p++, s.n--)
        h = (h ^ (unsigned char)*s.p) * 0x9e3779b97f4a7c15u;
    return (size_t)(h >> 40) % POOL_SLOTS;
}

static struct str copy(struct pool *p, struct str s)
{
    struct str kept;

    if (s.n > POOL_BLOCK / 8)
        return str_dup(p->m, s);
    if (s.n > p->left) {
        p->at = mem_raw(p->m, POOL_BLOCK);
        p->left = POOL_BLOCK;
    }
    memcpy(p->at, s.p, s.n);
    kept = (struct str){ p->at, s.n };
    p->at += s.n;
    p->left -= s.n;
    return kept;
}

struct str pool_keep(struct pool *p, struct str s)
{
    struct str *recent;

    if (s.n == 0)
        return S("");
    if (s.n > POOL_SHARED_MAX)
        return copy(p, s);
    recent = &p->recent[slot_of(s)];
    if (!str_eq(*recent, s))
        *recent = copy(p, s);
    return *recent;
}

/* 0..15, or -1. */
static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit of the escape "_xHHHH_" at the front of `s`, or -1. */
static int32_t escaped_unit(struct str s)
{
    int32_t unit = 0;

    if (s.n < 7 || s.p[0] != '_' || s.p[1] != 'x' || s.p[6] != '_')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex_digit(s.p[i]);

        if (digit < 0)
            return -1;
        unit = unit << 4 | digit;
    }
    return unit;
}

/* The character at the front of `s`, which is taken; -1: none to keep. */
static int32_t next_character(struct str *s, bool escapes)
{
    int32_t unit = escapes ? escaped_unit(*s) : -1;
    int32_t low;

    if (unit < 0)
        return utf8_next(s);
    *s = str_slice(*s, 7, s->n);
    if (unit < 0xd800 || unit > 0xdfff)
        return unit;
    low = escaped_unit(*s);
    if (unit > 0xdbff || low < 0xdc00 || low > 0xdfff)
        return -1;
    *s = str_slice(*s, 7, s->n);
    return 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}

static bool is_kept(int32_t c)
{
    if (c < ' ')
        return c == '\n' || c == '\t';
    return !(c >= 0x7f && c < 0xa0) && !(c >= 0x202a && c <= 0x202e) &&
           !(c >= 0x2066 && c <= 0x2069);
}

/* U+2028 to U+202F or U+2066 to U+2069, among which the overrides are. */
static bool may_be_override(const char *p, size_t n)
{
    unsigned char last = n > 2 ? (unsigned char)p[2] : 0xff;

    return n < 3 || ((unsigned char)p[1] == 0x80 && last >= 0xa8) ||
           ((unsigned char)p[1] == 0x81 && last >= 0xa6);
}

/* How much of the front surely stays as it is. */
static size_t plain_prefix(const char *p, size_t n, bool escapes)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];

        if (c >= 0xc3 && c != 0xe2)
            continue;
        if (c == 0xe2 && may_be_override(p + i, n - i))
            return i;
        if (c == 0xc2 || c == 0x7f || (escapes && c == '_') ||
            (c < ' ' && c != '\n' && c != '\t'))
            return i;
    }
    return n;
}

size_t text_clean(char *p, size_t n, bool escapes)
{
    size_t to = plain_prefix(p, n, escapes);
    struct str rest = { p + to, n - to };
    bool cr = false;

    while (rest.n) {
        int32_t c = next_character(&rest, escapes);
        bool after_cr = cr;

        cr = c == '\r';
        if (cr)
            c = '\n';
        else if (c == '\n' && after_cr)
            continue;
        if (is_kept(c))
            to += utf8_put(p + to, c);
    }
    return to;
}
