/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * hash.h - SHA-256, HMAC-SHA-256, base64 and hexadecimal.
 */
#ifndef DAJUAN_BASE_HASH_H
#define DAJUAN_BASE_HASH_H

#include "base/str.h"

enum { HASH_SIZE = 32 };

struct hash {
    unsigned char b[HASH_SIZE];
};

/* SHA-256 of the parts, one after the other (FIPS 180-4). */
struct hash hash_of(const struct str *parts, size_t n);
#define HASH_OF(...)                                                           \
    hash_of((const struct str[]){ __VA_ARGS__ },                               \
            COUNT(((const struct str[]){ __VA_ARGS__ })))

/* The same of what comes in pieces. */
struct hasher {
    _Alignas(8) unsigned char state[128];
};
void hasher_begin(struct hasher *h);
void hasher_put(struct hasher *h, struct str piece);
/* Of all pieces so far; more may follow. */
struct hash hasher_hash(const struct hasher *h);

/* HMAC-SHA-256 (RFC 2104) of the parts; a key over 64 bytes is a BUG. */
struct hash hash_mac(struct str key, const struct str *parts, size_t n);

bool hash_eq(const struct hash *a, const struct hash *b); /* constant time */
struct str hash_str(const struct hash *h);                /* borrowed */
/* False unless `s` has 32 bytes. */
bool hash_from(struct str s, struct hash *ret_hash) MUST_CHECK;

/* Fill with random bytes from the system. */
void hash_random(void *p, size_t n);

/* Standard alphabet with padding (RFC 4648 §4), or URL-safe without. */
struct str base64_encode(struct mem *m, struct str s);
struct str base64url_encode(struct mem *m, struct str s);
/* False on anything but the one canonical encoding. */
bool base64_decode(struct mem *m, struct str s, struct str *ret) MUST_CHECK;
struct str hex_encode(struct mem *m, struct str s);
bool hex_decode(struct mem *m, struct str s, struct str *ret) MUST_CHECK;

#endif
