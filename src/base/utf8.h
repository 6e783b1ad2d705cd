/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * utf8.h - characters of untrusted text.
 */
#ifndef DAJUAN_BASE_UTF8_H
#define DAJUAN_BASE_UTF8_H

#include "base/str.h"

/*
 * Take one character from the front of `s`. Returns its code point, or -1
 * on a byte that begins none (RFC 3629: no surrogates, nothing overlong,
 * at most U+10FFFF); then one byte is taken. Stops the program on an empty
 * `s`.
 */
int32_t utf8_next(struct str *s);

/* Append the UTF-8 of `code` at `to` (room for 4); returns the bytes. */
size_t utf8_put(char *to, int32_t code);

bool utf8_valid(struct str s);

/* Characters, not bytes. Bytes that begin none count as one each. */
size_t utf8_length(struct str s);

/*
 * Text for comparing headers, names and choices: full-width ASCII becomes
 * half-width, letters lower case, dots and dashes of every length one, "Ⅱ"
 * and "②" are spelled out; blanks, quotes of every kind, control characters
 * and what nobody sees go; characters that only look like others are those.
 * "“双领” 项目（个）" gives "双领项目(个)".
 */
struct str utf8_fold(struct mem *m, struct str s);

/*
 * Text as it is kept: as it was written, but without characters that nobody
 * sees (zero-width, soft hyphen), and with the usual characters in place of
 * those that only look like them (base/lookalike.h). What joins and varies
 * pictures stays.
 */
struct str utf8_clean(struct mem *m, struct str s);

/*
 * Is it text we keep? UTF-8 without control characters; with `lines`, line
 * feed and tab are allowed.
 */
bool utf8_plain(struct str s, bool lines);

/* First character of `s`, "" when empty. */
struct str utf8_first(struct str s);

#endif
