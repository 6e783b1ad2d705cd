/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * str.h - borrowed bytes, by value, and the few verbs on them.
 *
 * A `str` does not own its bytes and has no NUL at its end. Text is UTF-8.
 * `S("literal")` makes one and compiles on literals only. Functions that
 * make new bytes take the `struct mem` these live in.
 */
#ifndef DAJUAN_BASE_STR_H
#define DAJUAN_BASE_STR_H

#include "base/bug.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>

struct str {
    const char *p;
    size_t n;
};

#define S(lit) ((struct str){ "" lit "", sizeof(lit) - 1 })
#define S_INIT(lit)                                                            \
    {                                                                          \
        "" lit "", sizeof(lit) - 1                                             \
    } /* for static tables */

/* For printf: printf("%.*s", STR_ARG(s)). Reads `s` twice. */
#define STR_ARG(s) (int)(s).n, (s).p

/* The bytes of a NUL-terminated string; NULL gives the empty str. */
struct str str_from(const char *c);

struct str str_dup(struct mem *m, struct str s);
struct str str_fmt(struct mem *m, const char *fmt, ...) FORMAT(2, 3);
/* All of `parts`, one after the other. */
struct str str_join(struct mem *m, const struct str *parts, size_t n);
/* "-42" */
struct str str_of_int(struct mem *m, int64_t v);
/* With a NUL at its end, for libraries. Stops the program on an inner NUL. */
const char *str_c(struct mem *m, struct str s);

bool str_eq(struct str a, struct str b);
int str_cmp(struct str a, struct str b); /* by bytes, like memcmp */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Position of the first `what` in `s`, or SIZE_MAX. */
size_t str_find(struct str s, struct str what);
/* `from` ≤ `to` ≤ s.n are clamped. */
struct str str_slice(struct str s, size_t from, size_t to);
/* Without ASCII blanks, U+3000 and U+FEFF at both ends. */
struct str str_trim(struct str s);
/* Without `end`, if it ends so. */
struct str str_without_end(struct str s, struct str end);
/* Take `word` off the front of `s`; false: it is not there. */
bool str_take(struct str *s, struct str word);

/*
 * Cut the part before the next `sep` from the front of `rest` into
 * `ret_part`; false when `rest` was NULL (nothing left). "a,,b" gives three
 * parts, "" gives one empty part.
 */
bool str_cut(struct str *rest, struct str sep, struct str *ret_part);

static inline bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The whole of `s` as a decimal integer, sign allowed, no blanks. */
bool str_int(struct str s, int64_t *ret_value) MUST_CHECK;

uint64_t str_hash(struct str s); /* for tables in memory; no secrets */

/* ASCII letters to lower case; other bytes unchanged. */
struct str str_lower(struct mem *m, struct str s);

#endif
