/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * buf.h - a growing buffer that is born with its ceiling.
 *
 * The bytes live in the `mem` given at birth. A buffer that would pass its
 * ceiling keeps what it has, drops the rest and remembers it: ask
 * buf_overflowed() once at the end instead of checking every append.
 */
#ifndef DAJUAN_BASE_BUF_H
#define DAJUAN_BASE_BUF_H

#include "base/str.h"

struct buf {
    struct mem *m;
    char *p;
    size_t n;
    size_t cap;
    size_t limit;
    bool over;
};

struct buf *buf_new(struct mem *m, size_t limit);
/* The same for a buffer that is a member of something. */
void buf_init(struct buf *b, struct mem *m, size_t limit);

/* Make room for `n` more bytes and return where they go; NULL: no room. */
char *buf_room(struct buf *b, size_t n);
/* `n` bytes were written at the place buf_room() gave. */
void buf_took(struct buf *b, size_t n);

void buf_put(struct buf *b, struct str s);
void buf_byte(struct buf *b, char c);
void buf_int(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) FORMAT(2, 3);
#define buf_lit(b, lit) buf_put((b), S(lit))

/* What was collected; valid until the next append. */
struct str buf_str(const struct buf *b);
bool buf_overflowed(const struct buf *b);
void buf_clear(struct buf *b);

#endif
