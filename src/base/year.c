/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Runs of digits, Latin or Chinese, and the 年 behind them. */
#include "base/year.h"

#include "base/utf8.h"

enum { YEAR_DIGITS = 4, OLDEST = 1900, NEWEST = 2199 };

static int chinese_digit(int32_t c)
{
    static const struct {
        int32_t c;
        int digit;
    } digits[] = {
        { 0x3007, 0 }, { 0x96f6, 0 }, { 0x25cb, 0 }, { 0x25ef, 0 },
        { 0x4e00, 1 }, { 0x4e8c, 2 }, { 0x4e09, 3 }, { 0x56db, 4 },
        { 0x4e94, 5 }, { 0x516d, 6 }, { 0x4e03, 7 }, { 0x516b, 8 },
        { 0x4e5d, 9 },
    };

    for (size_t i = 0; i < COUNT(digits); i++)
        if (digits[i].c == c)
            return digits[i].digit;
    return -1;
}

/* 二O二四: the letter is a nought among Chinese digits. */
static bool is_letter_o(int32_t c)
{
    return c == 'O' || c == 'o' || c == 0xff2f || c == 0xff4f;
}

static int digit_of(int32_t c, bool chinese)
{
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    if (c >= 0xff10 && c <= 0xff19)
        return (int)(c - 0xff10);
    return chinese && is_letter_o(c) ? 0 : chinese_digit(c);
}

/* The digits at the front of `s`, taken off; their number, 0: none. */
static size_t take_digits(struct str *s, int32_t *ret_value)
{
    bool chinese = false;
    size_t n = 0;

    *ret_value = 0;
    while (s->n) {
        struct str rest = *s;
        int32_t c = utf8_next(&rest);
        int digit = digit_of(c, chinese);

        if (digit < 0)
            break;
        chinese |= chinese_digit(c) >= 0;
        if (n++ < YEAR_DIGITS)
            *ret_value = *ret_value * 10 + digit;
        *s = rest;
    }
    return n;
}

static bool take(struct str *s, struct str word)
{
    if (!str_starts(*s, word))
        return false;
    *s = str_slice(*s, word.n, s->n);
    return true;
}

/* 年, 年度 or 年份 at the front, taken off. */
static bool take_name(struct str *s)
{
    struct str rest = str_trim(*s);

    if (!take(&rest, S("年")))
        return false;
    if (!take(&rest, S("度")))
        (void)take(&rest, S("份"));
    *s = rest;
    return true;
}

static bool is_year(size_t digits, int32_t value)
{
    return digits == YEAR_DIGITS && value >= OLDEST && value <= NEWEST;
}

int32_t year_read(struct str s)
{
    int32_t year;
    size_t n;

    s = str_trim(s);
    n = take_digits(&s, &year);
    if (!is_year(n, year))
        return 0;
    if (!take_name(&s) && take(&s, S(".")))
        while (take(&s, S("0")))
            continue;
    return str_trim(s).n == 0 ? year : 0;
}

bool year_next(struct str s, size_t *at, struct year_mention *ret)
{
    while (*at < s.n) {
        struct str rest = str_slice(s, *at, s.n);
        size_t from = *at;
        int32_t year;
        size_t n = take_digits(&rest, &year);

        if (n == 0)
            utf8_next(&rest);
        *at = s.n - rest.n;
        if (!is_year(n, year))
            continue;
        *ret = (struct year_mention){
            .year = year,
            .before = str_trim(str_slice(s, 0, from)),
            .named = take_name(&rest),
        };
        ret->after = str_trim(rest);
        return true;
    }
    return false;
}
