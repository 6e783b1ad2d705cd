/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A guard stands at the front and never comes back at the end: 'abc' is a
 * text in quotes and `x` is code, but 'abc is abc.
 */
#include "interchange/guard.h"

#include <string.h>

static bool has(struct str s, char c)
{
    return s.n && memchr(s.p, c, s.n) != NULL;
}

/* Does it begin with a sign of formulas or of guards? */
static bool has_sign(struct str s)
{
    return s.n && has(S("=+-@\t\r`"), s.p[0]);
}

bool guard_needed(struct str s)
{
    size_t quotes = 0;
    struct str rest;

    while (quotes < s.n && s.p[quotes] == '\'')
        quotes++;
    rest = str_slice(s, quotes, s.n);
    return has_sign(rest) || (quotes && rest.n && !has(rest, '\''));
}

bool guard_needed_in_workbook(struct str s)
{
    return guard_needed(s) &&
           (has(S("'\t`"), s.p[0]) || str_starts(s, S("=\"")));
}

/* ="a ""b""" into a "b"; false: `s` is no such text. */
static bool unwrap(char *p, struct str s, struct str *ret)
{
    size_t n = 0;

    if (s.n < 3 || !str_starts(s, S("=\"")) || s.p[s.n - 1] != '"')
        return false;
    for (size_t i = 2; i + 1 < s.n; i++)
        if (s.p[i] == '"' && (i + 2 == s.n || s.p[++i] != '"'))
            return false;
    for (size_t i = 2; i + 1 < s.n; i++) {
        i += s.p[i] == '"';
        p[n++] = s.p[i];
    }
    *ret = (struct str){ p, n };
    return true;
}

static struct str without_tabs(struct str s)
{
    while (s.n && s.p[0] == '\t')
        s = str_slice(s, 1, s.n);
    while (s.n && s.p[s.n - 1] == '\t')
        s.n--;
    return s;
}

struct str guard_remove(char *p, size_t n)
{
    struct str s = without_tabs((struct str){ p, n });
    struct str rest = str_slice(s, 1, s.n);

    if (unwrap(p, s, &s))
        return without_tabs(s);
    if (s.n < 2)
        return s;
    if ((s.p[0] == '\'' && guard_needed(s)) ||
        (s.p[0] == '`' && !has(rest, '`')))
        return rest;
    return s;
}
