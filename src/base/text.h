/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * text.h - every word a person reads, in both languages.
 *
 * A text is a pair in the source, beside what it names: TEXT("项目",
 * "Projects") does not compile without both, so the English is complete by
 * construction (docs/decisions/0002-texts-are-pairs.md).
 */
#ifndef DAJUAN_BASE_TEXT_H
#define DAJUAN_BASE_TEXT_H

#include "base/str.h"

enum lang { LANG_ZH, LANG_EN };

struct text {
    struct str zh;
    struct str en;
};

#define TEXT(chinese, english) ((struct text)TEXT_INIT(chinese, english))
#define TEXT_INIT(chinese, english)                                            \
    {                                                                          \
        S_INIT(chinese), S_INIT(english)                                       \
    }

static inline struct str text_in(struct text t, enum lang l)
{
    return l == LANG_EN ? t.en : t.zh;
}

static inline bool text_empty(struct text t)
{
    return t.zh.n == 0;
}

/*
 * A text with the values of this moment. The two formats must take the same
 * arguments in the same order.
 */
struct text text_fmt(struct mem *m, const char *zh, const char *en, ...)
    FORMAT(2, 4) FORMAT(3, 4);

/*
 * A text with others in it, each in its language: {1} is the first of them.
 * The number of none, or more than TEXT_WITH_MAX, is a BUG.
 *
 *     text_with(m, TEXT("转为{1}", "turns {1}"), light_name(light))
 */
enum { TEXT_WITH_MAX = 8 };
struct text text_put(struct mem *m, struct text t, const struct text *v,
                     size_t n);
#define text_with(m, t, ...)                                                   \
    text_put((m), (t), (const struct text[]){ __VA_ARGS__ },                   \
             sizeof((const struct text[]){ __VA_ARGS__ }) /                    \
                 sizeof(struct text))

/* A copy that lives in `m`. */
static inline struct text text_dup(struct mem *m, struct text t)
{
    return (struct text){ str_dup(m, t.zh), str_dup(m, t.en) };
}

/* The same bytes in both languages: a name, a number. */
static inline struct text text_same(struct str s)
{
    return (struct text){ s, s };
}

#endif
