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

/* One language: the pieces between braces, and what stands in them. */
static struct str put(struct mem *m, struct str t, enum lang l,
                      const struct text *v, size_t n)
{
    struct str parts[2 * TEXT_WITH_MAX + 1];
    size_t parts_n = 0;
    struct str number;
    int64_t at;

    while (str_cut(&t, S("{"), &parts[parts_n])) {
        parts_n++;
        if (!t.p)
            break;
        if (parts_n + 2 > COUNT(parts))
            BUG("a text of more than %d others", TEXT_WITH_MAX);
        if (!str_cut(&t, S("}"), &number) || !str_int(number, &at) || at < 1 ||
            (size_t)at > n)
            BUG("a text asks for {%.*s}", STR_ARG(number));
        parts[parts_n++] = text_in(v[at - 1], l);
    }
    return str_join(m, parts, parts_n);
}

struct text text_put(struct mem *m, struct text t, const struct text *v,
                     size_t n)
{
    return (struct text){ put(m, t.zh, LANG_ZH, v, n),
                          put(m, t.en, LANG_EN, v, n) };
}
