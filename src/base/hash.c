/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * SHA-256 by libcrypto's plain functions: they use the processor's SHA
 * instructions and, unlike the EVP ones, cost nothing per call, which counts
 * when a million leaves of a hundred bytes are hashed.
 */
#define OPENSSL_API_COMPAT 0x10101000L
#include "base/hash.h"

#include <openssl/sha.h>
#include <sodium.h>
#include <string.h>

enum { BLOCK = 64 };

static void add_all(SHA256_CTX *c, const struct str *parts, size_t n)
{
    for (size_t i = 0; i < n; i++)
        SHA256_Update(c, parts[i].p, parts[i].n);
}

struct hash hash_of(const struct str *parts, size_t n)
{
    SHA256_CTX c;
    struct hash h;

    SHA256_Init(&c);
    add_all(&c, parts, n);
    SHA256_Final(h.b, &c);
    return h;
}

_Static_assert(sizeof(SHA256_CTX) <= sizeof(struct hasher),
               "a hasher holds libcrypto's state");

void hasher_begin(struct hasher *h)
{
    SHA256_Init((SHA256_CTX *)h->state);
}

void hasher_put(struct hasher *h, struct str piece)
{
    SHA256_Update((SHA256_CTX *)h->state, piece.p, piece.n);
}

struct hash hasher_hash(const struct hasher *h)
{
    struct hasher copy = *h;
    struct hash made;

    SHA256_Final(made.b, (SHA256_CTX *)copy.state);
    return made;
}

struct hash hash_mac(struct str key, const struct str *parts, size_t n)
{
    unsigned char pad[BLOCK] = { 0 };
    SHA256_CTX c;
    struct hash inner;

    if (key.n > BLOCK)
        BUG("key of %zu bytes", key.n);
    memcpy(pad, key.p, key.n);
    for (size_t i = 0; i < BLOCK; i++)
        pad[i] ^= 0x36;
    SHA256_Init(&c);
    SHA256_Update(&c, pad, BLOCK);
    add_all(&c, parts, n);
    SHA256_Final(inner.b, &c);
    for (size_t i = 0; i < BLOCK; i++)
        pad[i] ^= 0x36 ^ 0x5c;
    SHA256_Init(&c);
    SHA256_Update(&c, pad, BLOCK);
    SHA256_Update(&c, inner.b, HASH_SIZE);
    SHA256_Final(inner.b, &c);
    return inner;
}

bool hash_eq(const struct hash *a, const struct hash *b)
{
    return sodium_memcmp(a->b, b->b, HASH_SIZE) == 0;
}

struct str hash_str(const struct hash *h)
{
    return (struct str){ (const char *)h->b, HASH_SIZE };
}

bool hash_from(struct str s, struct hash *ret_hash)
{
    if (s.n != HASH_SIZE)
        return false;
    memcpy(ret_hash->b, s.p, HASH_SIZE);
    return true;
}

void hash_random(void *p, size_t n)
{
    if (sodium_init() < 0)
        BUG("no source of random bytes");
    randombytes_buf(p, n);
}

static struct str encode(struct mem *m, struct str s, int variant)
{
    size_t room = sodium_base64_encoded_len(s.n, variant);
    char *p = mem_raw(m, room);

    sodium_bin2base64(p, room, (const unsigned char *)s.p, s.n, variant);
    return (struct str){ p, strlen(p) };
}

struct str base64_encode(struct mem *m, struct str s)
{
    return encode(m, s, sodium_base64_VARIANT_ORIGINAL);
}

struct str base64url_encode(struct mem *m, struct str s)
{
    return encode(m, s, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool base64_decode(struct mem *m, struct str s, struct str *ret)
{
    size_t room = s.n / 4 * 3 + 3;
    unsigned char *p = mem_raw(m, room);
    const char *end = NULL;
    size_t n = 0;
    struct str out;

    if (sodium_base642bin(p, room, s.p, s.n, NULL, &n, &end,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        end != s.p + s.n)
        return false;
    out = (struct str){ (char *)p, n };
    if (!str_eq(base64_encode(m, out), s))
        return false; /* stray bits in the last character */
    *ret = out;
    return true;
}

struct str hex_encode(struct mem *m, struct str s)
{
    char *p = mem_raw(m, 2 * s.n + 1);

    sodium_bin2hex(p, 2 * s.n + 1, (const unsigned char *)s.p, s.n);
    return (struct str){ p, 2 * s.n };
}

bool hex_decode(struct mem *m, struct str s, struct str *ret)
{
    unsigned char *p = mem_raw(m, s.n / 2 + 1);
    const char *end = NULL;
    size_t n = 0;

    if (s.n % 2 ||
        sodium_hex2bin(p, s.n / 2 + 1, s.p, s.n, NULL, &n, &end) != 0 ||
        end != s.p + s.n)
        return false;
    *ret = (struct str){ (char *)p, n };
    return true;
}
