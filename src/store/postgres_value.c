/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Values as they come over the wire, in binary. Types are known by their
 * number, which is fixed for those that are built in.
 */
#include "store/postgres.h"

#include "base/bug.h"

#include <string.h>

enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_NAME = 19,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_UNKNOWN = 705,
    OID_VARCHAR = 1043,
    OID_NUMERIC = 1700,
};

enum { NUMERIC_HEAD = 8, NUMERIC_BASE = 10000, NUMERIC_MINUS = 0x4000 };

/* A signed number of `n` bytes, the highest first. */
static int64_t big_endian(const char *p, int n)
{
    uint64_t v = p[0] & 0x80 ? UINT64_MAX : 0;

    for (int i = 0; i < n; i++)
        v = v << 8 | (unsigned char)p[i];
    return (int64_t)v;
}

/*
 * What sum() of a column makes: digits to the base of 10,000, of which the
 * first counts BASE to the power of `weight`. A fraction is no number of
 * ours, and neither is one that leaves 64 bits.
 */
static int64_t whole_numeric(const char *p)
{
    int digits = (int)big_endian(p, 2);
    int weight = (int)big_endian(p + 2, 2);
    int sign = (int)big_endian(p + 4, 2);
    int64_t v = 0;

    if (digits > weight + 1 || (sign != 0 && sign != NUMERIC_MINUS))
        BUG("a number of the database that is not whole");
    for (int i = 0; i <= weight && digits > 0; i++) {
        int64_t digit =
            i < digits ? big_endian(p + NUMERIC_HEAD + 2 * (size_t)i, 2) : 0;

        if (sign == NUMERIC_MINUS)
            digit = -digit;
        if (__builtin_mul_overflow(v, NUMERIC_BASE, &v) ||
            __builtin_add_overflow(v, digit, &v))
            BUG("a number of the database that is too large");
    }
    return v;
}

int64_t pg_int(const PGresult *rows, int row, int col)
{
    const char *p = PQgetvalue(rows, row, col);

    if (PQgetisnull(rows, row, col))
        return 0;
    switch (PQftype(rows, col)) {
    case OID_BOOL:
        return *p;
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
        return big_endian(p, PQgetlength(rows, row, col));
    case OID_NUMERIC:
        return whole_numeric(p);
    default:
        BUG("column %d is no number but of type %u", col, PQftype(rows, col));
    }
}

struct str pg_bytes(const PGresult *rows, int row, int col)
{
    switch (PQftype(rows, col)) {
    case OID_BYTEA:
    case OID_NAME:
    case OID_TEXT:
    case OID_UNKNOWN:
    case OID_VARCHAR:
        return (struct str){ PQgetvalue(rows, row, col),
                             (size_t)PQgetlength(rows, row, col) };
    default:
        BUG("column %d is no text but of type %u", col, PQftype(rows, col));
    }
}
