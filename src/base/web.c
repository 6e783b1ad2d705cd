/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/web.h"

#include <string.h>

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What browsers drop, or what ends an address where it is quoted. */
static bool is_plain(char c)
{
    return (unsigned char)c > ' ' && c != 0x7f && !strchr("\"'<>\\`", c);
}

bool web_is_address(struct str s)
{
    struct str rest = str_starts(s, S("https://"))  ? str_slice(s, 8, s.n)
                      : str_starts(s, S("http://")) ? str_slice(s, 7, s.n)
                                                    : S("");
    struct str host = rest;

    if (rest.n == 0 || !(is_letter(rest.p[0]) || is_digit(rest.p[0]) ||
                         rest.p[0] == '[' || (unsigned char)rest.p[0] >= 0x80))
        return false;
    for (size_t i = 0; i < rest.n; i++)
        if (!is_plain(rest.p[i]))
            return false;
    for (size_t i = 0; i < rest.n; i++)
        if (strchr("/?#", rest.p[i])) {
            host.n = i;
            break;
        }
    return str_find(host, S("@")) == SIZE_MAX;
}
