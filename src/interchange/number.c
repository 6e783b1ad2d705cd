/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A spreadsheet stores the double nearest to what was typed, with 17 digits:
 * 94.8 is 94.799999999999997 in the file. Fifteen digits is what it lets
 * people type, so fifteen digits give back what they typed. A whole number
 * that needs more was damaged when it was typed, and says so.
 */
#include "interchange/number.h"

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 15 };
static const double EXACT_MAX = 9007199254740992.0; /* 2^53 */

/*
 * Is it already as people type it: at most 15 digits, nothing idle at
 * either end? Most numbers are, and keep their bytes.
 */
static bool is_typed(struct str s)
{
    size_t at = s.n && s.p[0] == '-';
    size_t whole = at;
    size_t digits;

    while (at < s.n && is_digit(s.p[at]))
        at++;
    digits = at - whole;
    if (digits == 0 || (digits > 1 && s.p[whole] == '0'))
        return false;
    if (at == s.n) /* not "-0" */
        return digits <= DIGITS && !(whole && s.p[whole] == '0');
    if (s.p[at++] != '.')
        return false;
    for (; at < s.n && is_digit(s.p[at]); at++)
        digits++;
    return at == s.n && digits <= DIGITS && s.p[s.n - 1] > '0';
}

static bool is_number(struct str s)
{
    bool digit = false;

    if (s.n == 0 || s.n >= NUMBER_ROOM)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (is_digit(s.p[i]))
            digit = true;
        else if (!memchr("+-.eE", s.p[i], 5))
            return false;
    }
    return digit;
}

/* Digits from the first to the last that is not 0, when all are digits. */
static size_t whole_digits(struct str s)
{
    size_t from = s.n && (s.p[0] == '-' || s.p[0] == '+');
    size_t to = s.n;

    for (size_t i = from; i < s.n; i++)
        if (!is_digit(s.p[i]))
            return 0;
    while (from < to && s.p[from] == '0')
        from++;
    while (from < to && s.p[to - 1] == '0')
        to--;
    return to - from;
}

static void print(double v, struct number *n)
{
    char *dot;
    int size = snprintf(n->room, sizeof(n->room), "%.*g", DIGITS, v);
    const char *e = strchr(n->room, 'e');

    if (e && fabs(v) >= 1 && fabs(v) < 1e21) {
        size = snprintf(n->room, sizeof(n->room), "%.0f", v);
    } else if (e && fabs(v) < 1 && fabs(v) >= 1e-15) {
        int places = DIGITS - 1 + (int)strtol(e + 2, NULL, 10);

        size = snprintf(n->room, sizeof(n->room), "%.*f", places, v);
        dot = strchr(n->room, '.');
        while (dot && n->room[size - 1] == '0')
            size--;
    }
    n->text = (struct str){ n->room, (size_t)size };
}

bool number_read(struct str s, struct number *ret)
{
    bool typed = is_typed(s);
    char *end;
    double v;

    if (!typed && !is_number(s))
        return false;
    memcpy(ret->room, s.p, s.n);
    ret->room[s.n] = '\0';
    v = strtod(ret->room, &end);
    if (end != ret->room + s.n || !isfinite(v))
        return false;
    ret->value = v;
    ret->lossy = false;
    ret->text = s;
    if (typed)
        return true;
    ret->lossy = fabs(v) >= EXACT_MAX || whole_digits(s) > DIGITS;
    if (!ret->lossy || whole_digits(s) == 0)
        print(v == 0 ? 0 : v, ret);
    return true;
}

enum number_style number_style_builtin(int64_t id)
{
    if ((id >= 14 && id <= 17) || id == 22)
        return STYLE_DATE;
    if (id == 46)
        return STYLE_ELAPSED;
    if (id == 9 || id == 10)
        return STYLE_PERCENT;
    if ((id >= 18 && id <= 21) || id == 45 || id == 47 ||
        (id >= 32 && id <= 35) || id == 55 || id == 56)
        return STYLE_TIME;
    if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return STYLE_DATE;
    return STYLE_NUMBER;
}

/* What the letters of a format code ask for. */
struct letters {
    bool date, month, clock, elapsed, percent;
};

static void see_letter(struct letters *l, char c)
{
    c |= 0x20;
    l->date = l->date || c == 'y' || c == 'd';
    l->month = l->month || c == 'm'; /* or minute, beside h or s */
    l->clock = l->clock || c == 'h' || c == 's';
}

/* Past the quoted, bracketed or escaped thing at `at`; or just past it. */
static size_t skip_literal(struct str code, size_t at, struct letters *l)
{
    char c = code.p[at];
    size_t close;

    if (c == '\\' || c == '_' || c == '*')
        return at + 2;
    if (c != '"' && c != '[')
        return at;
    close =
        str_find(str_slice(code, at + 1, code.n), c == '"' ? S("\"") : S("]"));
    if (close == SIZE_MAX)
        return code.n;
    if (c == '[' && close > 0 && memchr("hHmMsS", code.p[at + 1], 6) &&
        (close == 1 || code.p[at + 2] == code.p[at + 1]))
        l->elapsed = true;
    return at + 1 + close + 1;
}

enum number_style number_style_code(struct str code)
{
    struct letters l = { .date = false };

    for (size_t at = 0; at < code.n && code.p[at] != ';';) {
        size_t next = skip_literal(code, at, &l);

        if (next == at &&
            (str_starts(str_slice(code, at, code.n), S("AM/PM")) ||
             str_starts(str_slice(code, at, code.n), S("am/pm")))) {
            next = at + 5;
        } else if (next == at &&
                   str_starts(str_slice(code, at, code.n), S("General"))) {
            next = at + 7;
        } else if (next == at) {
            l.percent |= code.p[at] == '%';
            see_letter(&l, code.p[at]);
            next = at + 1;
        }
        at = next;
    }
    if (l.date || (l.month && !l.clock && !l.elapsed))
        return STYLE_DATE;
    if (l.elapsed)
        return STYLE_ELAPSED;
    return l.clock ? STYLE_TIME : l.percent ? STYLE_PERCENT : STYLE_NUMBER;
}

/* Just past the character at `at`, of however many bytes. */
static size_t past_char(struct str code, size_t at)
{
    return at + utf8_first(str_slice(code, at, code.n)).n;
}

/*
 * The words of a format code are what stands literally behind its last
 * digit. `words` has what was collected; returns where to go on.
 */
static size_t collect_words(struct str code, size_t at, struct buf *words)
{
    struct letters ignored = { .date = false };
    struct str rest = str_slice(code, at, code.n);
    char c = code.p[at];
    size_t next = at + 1;

    if (c == '"' || c == '[') {
        next = skip_literal(code, at, &ignored);
        if (c == '"' && next > at + 2 && code.p[next - 1] == '"')
            buf_put(words, str_slice(code, at + 1, next - 1));
    } else if (c == '_' || c == '*') {
        next = at + 1 < code.n ? past_char(code, at + 1) : code.n;
    } else if (c == '\\' || c == '!') {
        next = at + 1 < code.n ? past_char(code, at + 1) : code.n;
        buf_put(words, str_slice(code, at + 1, next));
    } else if (str_take(&rest, S("General")) ||
               str_take(&rest, S("G/通用格式"))) {
        next = code.n - rest.n;
        buf_clear(words);
    } else if (c == '0' || c == '#' || c == '?') {
        buf_clear(words);
    } else if ((unsigned char)c >= 0x80) {
        next = past_char(code, at);
        buf_put(words, str_slice(code, at, next));
    }
    return next;
}

/* Does it say more than a full stop or a dash? */
static bool is_word(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == '%' ||
            ((s.p[i] | 0x20) >= 'a' && (s.p[i] | 0x20) <= 'z'))
            return true;
    return false;
}

struct str number_words(struct mem *m, struct str code)
{
    struct buf *words = buf_new(m, NUMBER_ROOM);
    bool divided = false;
    bool digit = false;

    for (size_t at = 0; at < code.n && code.p[at] != ';';) {
        char c = code.p[at];

        if (c == '0' || c == '#' || c == '?')
            divided = false;
        divided |= c == ',' && digit;
        digit = c == '0' || c == '#' || c == '?' || (c == ',' && digit);
        at = collect_words(code, at, words);
    }
    return !divided && is_word(buf_str(words)) ? str_trim(buf_str(words))
                                               : S("");
}

int32_t number_date(const struct number *n, enum number_style style,
                    bool system_1904)
{
    if (style != STYLE_DATE || n->value < 0 || n->value > 1e6)
        return 0;
    /* Half a second before midnight is a rounding error of midnight. */
    return date_from_serial((int64_t)floor(n->value + 0.5 / 86400),
                            system_1904);
}

bool number_time(const struct number *n, enum number_style style,
                 struct number *ret)
{
    double days = n->value;
    int64_t minutes;
    int size;

    if (style == STYLE_NUMBER || style == STYLE_PERCENT || days < 0 ||
        days > 1e6 || (style == STYLE_DATE && (days == 0 || days >= 1)))
        return false;
    if (style != STYLE_ELAPSED)
        days -= floor(days);
    /* Seconds are cut, not rounded: 09:30:59 is still 09:30. */
    minutes = (int64_t)floor(days * 1440 + 0.5 / 60);
    if (style != STYLE_ELAPSED)
        minutes %= 1440;
    size = snprintf(ret->room, sizeof(ret->room), "%02d:%02d",
                    (int)(minutes / 60), (int)(minutes % 60));
    ret->text = (struct str){ ret->room, (size_t)size };
    return true;
}

bool number_percent(const struct number *n, enum number_style style,
                    struct number *ret)
{
    if (style != STYLE_PERCENT || fabs(n->value) > EXACT_MAX / 100)
        return false;
    print(n->value == 0 ? 0 : n->value * 100, ret);
    ret->room[ret->text.n++] = '%';
    return true;
}
