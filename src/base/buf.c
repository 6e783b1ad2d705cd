/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Growing buffers; see the header for the contract. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_init(struct buf *b, struct mem *m, size_t limit)
{
    *b = (struct buf){ .m = m, .limit = limit };
}

struct buf *buf_new(struct mem *m, size_t limit)
{
    struct buf *b = NEW(m, struct buf);

    buf_init(b, m, limit);
    return b;
}

char *buf_room(struct buf *b, size_t n)
{
    size_t cap = b->cap ? b->cap : 256;

    if (b->over || n > b->limit - b->n) {
        b->over = true;
        return NULL;
    }
    if (n <= b->cap - b->n)
        return b->p + b->n;
    while (cap < b->n + n)
        cap *= 2;
    if (cap > b->limit)
        cap = b->limit;
    b->p = mem_grow(b->m, b->p, b->n, cap);
    b->cap = cap;
    return b->p + b->n;
}

void buf_took(struct buf *b, size_t n)
{
    if (n > b->cap - b->n)
        BUG("buffer overrun");
    b->n += n;
}

/* Pages are made of thousands of short pieces, nearly all of which fit. */
void buf_put(struct buf *b, struct str s)
{
    if ((b->over || s.n > b->cap - b->n) && !buf_room(b, s.n))
        return;
    if (s.n)
        memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_byte(struct buf *b, char c)
{
    char *to = buf_room(b, 1);

    if (!to)
        return;
    *to = c;
    b->n++;
}

void buf_int(struct buf *b, int64_t v)
{
    char digits[24];
    size_t at = sizeof(digits);
    uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

    do {
        digits[--at] = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (v < 0)
        digits[--at] = '-';
    buf_put(b, (struct str){ digits + at, sizeof(digits) - at });
}

/* As str_fmt(): only what is long is formatted twice. */
void buf_fmt(struct buf *b, const char *fmt, ...)
{
    char usual[256];
    va_list ap;
    int n;
    char *to;

    va_start(ap, fmt);
    n = vsnprintf(usual, sizeof(usual), fmt, ap);
    va_end(ap);
    if (n < 0)
        BUG("format \"%s\"", fmt);
    if ((size_t)n < sizeof(usual)) {
        buf_put(b, (struct str){ usual, (size_t)n });
        return;
    }
    to = buf_room(b, (size_t)n + 1);
    if (!to)
        return;
    va_start(ap, fmt);
    vsnprintf(to, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->n += (size_t)n;
}

struct str buf_str(const struct buf *b)
{
    return (struct str){ b->p ? b->p : "", b->n };
}

bool buf_overflowed(const struct buf *b)
{
    return b->over;
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->over = false;
}
