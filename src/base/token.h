/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * token.h - a text that nobody guesses.
 */
#ifndef DAJUAN_BASE_TOKEN_H
#define DAJUAN_BASE_TOKEN_H

#include "base/str.h"

/* `n` random bytes, at most 64, as URL-safe text. */
struct str random_token(struct mem *m, size_t n);

#endif
