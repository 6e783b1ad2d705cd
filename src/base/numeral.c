/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "base/numeral.h"

/* A numeral from 〇 to 九, or 两; -1: none. */
static int64_t take_ones(struct str *s)
{
    static const struct str numerals[] = {
        S_INIT("〇"), S_INIT("一"), S_INIT("二"), S_INIT("三"), S_INIT("四"),
        S_INIT("五"), S_INIT("六"), S_INIT("七"), S_INIT("八"), S_INIT("九"),
    };

    for (size_t i = 0; i < COUNT(numerals); i++)
        if (str_take(s, numerals[i]))
            return (int64_t)i;
    if (str_take(s, S("零")))
        return 0;
    return str_take(s, S("两")) ? 2 : -1;
}

bool numeral_take(struct str *s, int64_t *ret_number)
{
    int64_t first = take_ones(s);
    int64_t ones;

    if (!str_take(s, S("十"))) {
        if (first >= 0)
            *ret_number = first;
        return first >= 0;
    }
    ones = take_ones(s);
    *ret_number = (first < 0 ? 1 : first) * 10 + (ones < 0 ? 0 : ones);
    return true;
}
