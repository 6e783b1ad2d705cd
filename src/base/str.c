/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Verbs on borrowed bytes. Nothing here knows the database or the web. */
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct str str_from(const char *c)
{
    return c ? (struct str){ c, strlen(c) } : (struct str){ "", 0 };
}

struct str str_dup(struct mem *m, struct str s)
{
    char *p = mem_raw(m, s.n + 1);

    if (s.n)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (struct str){ p, s.n };
}

/* Most of what is formatted is short; only what is long is formatted twice. */
struct str str_fmt(struct mem *m, const char *fmt, ...)
{
    char usual[256];
    va_list ap;
    va_list again;
    int n;
    char *p;

    va_start(ap, fmt);
    va_copy(again, ap);
    n = vsnprintf(usual, sizeof(usual), fmt, ap);
    va_end(ap);
    if (n < 0)
        BUG("format \"%s\"", fmt);
    p = mem_raw(m, (size_t)n + 1);
    if ((size_t)n < sizeof(usual))
        memcpy(p, usual, (size_t)n + 1);
    else
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){ p, (size_t)n };
}

struct str str_join(struct mem *m, const struct str *parts, size_t n)
{
    size_t total = 0;
    char *p;
    char *at;

    for (size_t i = 0; i < n; i++)
        total += parts[i].n;
    at = p = mem_raw(m, total + 1);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].n)
            memcpy(at, parts[i].p, parts[i].n);
        at += parts[i].n;
    }
    *at = '\0';
    return (struct str){ p, total };
}

struct str str_of_int(struct mem *m, int64_t v)
{
    char *end = (char *)mem_raw(m, 24) + 20;
    char *p = end;
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

    do {
        *--p = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (v < 0)
        *--p = '-';
    return (struct str){ p, (size_t)(end - p) };
}

const char *str_c(struct mem *m, struct str s)
{
    if (s.n && memchr(s.p, 0, s.n))
        BUG("NUL inside a string for a library");
    return str_dup(m, s).p;
}

bool str_eq(struct str a, struct str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(struct str a, struct str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;

    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq((struct str){ s.p, prefix.n }, prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n &&
           str_eq((struct str){ s.p + s.n - suffix.n, suffix.n }, suffix);
}

size_t str_find(struct str s, struct str what)
{
    const char *hit;

    if (what.n == 0)
        return 0;
    hit = s.n ? memmem(s.p, s.n, what.p, what.n) : NULL;
    return hit ? (size_t)(hit - s.p) : SIZE_MAX;
}

struct str str_slice(struct str s, size_t from, size_t to)
{
    if (to > s.n)
        to = s.n;
    if (from > to)
        from = to;
    return (struct str){ s.p + from, to - from };
}

/* Bytes of the blank at the start (or, `end`, at the end) of `s`; 0: none. */
static size_t blank_at(struct str s, bool end)
{
    static const struct str wide[] = { S_INIT("\xe3\x80\x80"),
                                       S_INIT("\xef\xbb\xbf"),
                                       S_INIT("\xc2\xa0") };
    unsigned char c;

    if (s.n == 0)
        return 0;
    c = (unsigned char)(end ? s.p[s.n - 1] : s.p[0]);
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return 1;
    for (size_t i = 0; i < COUNT(wide); i++)
        if (end ? str_ends(s, wide[i]) : str_starts(s, wide[i]))
            return wide[i].n;
    return 0;
}

struct str str_trim(struct str s)
{
    size_t n;

    while ((n = blank_at(s, false)) > 0)
        s = str_slice(s, n, s.n);
    while ((n = blank_at(s, true)) > 0)
        s.n -= n;
    return s;
}

struct str str_without_end(struct str s, struct str end)
{
    return str_ends(s, end) ? str_slice(s, 0, s.n - end.n) : s;
}

bool str_take(struct str *s, struct str word)
{
    if (!str_starts(*s, word))
        return false;
    *s = str_slice(*s, word.n, s->n);
    return true;
}

bool str_cut(struct str *rest, struct str sep, struct str *ret_part)
{
    size_t at;

    if (!rest->p)
        return false;
    at = str_find(*rest, sep);
    if (at == SIZE_MAX) {
        *ret_part = *rest;
        *rest = (struct str){ NULL, 0 };
    } else {
        *ret_part = str_slice(*rest, 0, at);
        *rest = str_slice(*rest, at + sep.n, rest->n);
    }
    return true;
}

bool str_int(struct str s, int64_t *ret_value)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    int64_t v = 0;
    size_t i = minus || (s.n > 0 && s.p[0] == '+') ? 1 : 0;

    if (i == s.n)
        return false;
    for (; i < s.n; i++) {
        int digit = s.p[i] - '0';

        if (digit < 0 || digit > 9 || __builtin_mul_overflow(v, 10, &v) ||
            __builtin_sub_overflow(v, digit, &v))
            return false;
    }
    if (!minus && v == INT64_MIN)
        return false;
    *ret_value = minus ? v : -v;
    return true;
}

uint64_t str_hash(struct str s)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ s.n;

    while (s.n) {
        size_t n = s.n < 8 ? s.n : 8;
        uint64_t word = 0;

        memcpy(&word, s.p, n);
        h = (h ^ word) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
        s = str_slice(s, n, s.n);
    }
    return h;
}

struct str str_lower(struct mem *m, struct str s)
{
    char *p = mem_raw(m, s.n + 1);

    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];

        p[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    p[s.n] = '\0';
    return (struct str){ p, s.n };
}
