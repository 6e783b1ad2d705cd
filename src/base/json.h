/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * json.h - writing JSON (RFC 8259) into a buffer, one value after the other.
 *
 * The writer puts the commas; the caller keeps objects and arrays balanced,
 * at most 16 deep. Integers are exact; decimals are given as (value, scale).
 */
#ifndef DAJUAN_BASE_JSON_H
#define DAJUAN_BASE_JSON_H

#include "base/buf.h"

struct json {
    struct buf *out;
    unsigned depth;
    bool first[16];
    bool after_key;
};

void json_init(struct json *j, struct buf *out);
void json_open(struct json *j, char bracket);  /* '{' or '[' */
void json_close(struct json *j, char bracket); /* '}' or ']' */
void json_key(struct json *j, struct str key);
void json_str(struct json *j, struct str s);
void json_int(struct json *j, int64_t v);
void json_bool(struct json *j, bool v);
void json_null(struct json *j);
/* `v` divided by 10^`scale`, exactly: (9565, 2) is 95.65, (9100, 2) is 91. */
void json_decimal(struct json *j, int64_t v, unsigned scale);

/* A key with its value. */
void json_pair(struct json *j, struct str key, struct str value);
void json_pair_int(struct json *j, struct str key, int64_t value);

#endif
