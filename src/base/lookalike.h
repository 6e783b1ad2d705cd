/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * lookalike.h - characters that only look like others: what comes out of a
 * PDF or a scanner in place of what was written.
 */
#ifndef DAJUAN_BASE_LOOKALIKE_H
#define DAJUAN_BASE_LOOKALIKE_H

#include <stdint.h>

/*
 * The usual ideograph of a Kangxi radical, a CJK radical or a compatibility
 * ideograph: U+4E59 for U+2F04. Any other character is itself.
 */
int32_t lookalike(int32_t c);

#endif
