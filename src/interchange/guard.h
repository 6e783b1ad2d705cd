/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * guard.h - the ' before a text that a spreadsheet would take for a formula
 * when it opens a CSV file (ASVS 5.0, V1.2.10).
 *
 * A text that itself begins with ' and a formula sign gets one more, so that
 * guarding and removing are exact inverses. For this folder only.
 */
#ifndef DAJUAN_INTERCHANGE_GUARD_H
#define DAJUAN_INTERCHANGE_GUARD_H

#include "base/str.h"

/* Do any ' at the front stand before one of = + - @ TAB CR? */
static inline bool guard_needed(struct str s)
{
    size_t at = 0;

    while (at < s.n && s.p[at] == '\'')
        at++;
    if (at == s.n)
        return false;
    return s.p[at] == '=' || s.p[at] == '+' || s.p[at] == '-' ||
           s.p[at] == '@' || s.p[at] == '\t' || s.p[at] == '\r';
}

static inline struct str guard_remove(struct str s)
{
    if (s.n && s.p[0] == '\'' && guard_needed(s))
        return str_slice(s, 1, s.n);
    return s;
}

#endif
