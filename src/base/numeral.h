/* SPDX-License-Identifier: MulanPSL-2.0 */
/* numeral.h - small numbers in Chinese: 三, 两, 十二, 二十, 二十五. */
#ifndef DAJUAN_BASE_NUMERAL_H
#define DAJUAN_BASE_NUMERAL_H

#include "base/str.h"

/* Take a number below 100 off the front; false: none is there. */
bool numeral_take(struct str *s, int64_t *ret_number);

#endif
