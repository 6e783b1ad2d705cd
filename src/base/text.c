/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Texts with values in them. */
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>

static FORMAT(2, 0) struct str fill(struct mem *m, const char *fmt, va_list ap)
{
    va_list again;
    int n;
    char *p;

    va_copy(again, ap);
    n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0)
        BUG("format \"%s\"", fmt);
    p = mem_raw(m, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    return (struct str){ p, (size_t)n };
}

struct text text_fmt(struct mem *m, const char *zh, const char *en, ...)
{
    struct text t;
    va_list ap;

    va_start(ap, en);
    t.zh = fill(m, zh, ap);
    va_end(ap);
    va_start(ap, en);
    t.en = fill(m, en, ap);
    va_end(ap);
    return t;
}
