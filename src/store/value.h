/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * value.h - statements, and the values that go into them.
 *
 * SQL is a literal with typed arguments; SQL() compiles on literals only.
 * Statements made from declarations come from compose.h, the only other
 * source. The text is the subset that SQLite and PostgreSQL share, with ?1
 * ?2 for arguments.
 */
#ifndef DAJUAN_STORE_VALUE_H
#define DAJUAN_STORE_VALUE_H

#include "base/str.h"

/* 0 is none: a value that nobody set is a BUG when it is bound. */
enum value_kind { VALUE_INT = 1, VALUE_TEXT, VALUE_BYTES };

/* A missing one (NULL) has a kind too: an engine may have to know it. */
struct value {
    enum value_kind kind;
    bool missing;
    int64_t i;
    struct str s;
};

static inline bool value_eq(const struct value *a, const struct value *b)
{
    return a->kind == b->kind && a->missing == b->missing &&
           (a->missing ||
            (a->kind == VALUE_INT ? a->i == b->i : str_eq(a->s, b->s)));
}

struct args {
    const struct value *v;
    size_t n;
};

struct sql {
    const char *text;
    size_t n;
};

#define SQL(lit) ((struct sql){ "" lit "", sizeof(lit) - 1 })
#define INT(x) ((struct value){ .kind = VALUE_INT, .i = (x) })
#define STR(x) ((struct value){ .kind = VALUE_TEXT, .s = (x) })
#define BYTES(x) ((struct value){ .kind = VALUE_BYTES, .s = (x) })
#define NO_INT ((struct value){ .kind = VALUE_INT, .missing = true })
#define NO_TEXT ((struct value){ .kind = VALUE_TEXT, .missing = true })
#define NO_BYTES ((struct value){ .kind = VALUE_BYTES, .missing = true })
#define WITH(...)                                                              \
    ((struct args){ (const struct value[]){ __VA_ARGS__ },                     \
                    COUNT(((const struct value[]){ __VA_ARGS__ })) })

#endif
