/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Numbers are read in millionths, so that 2.5 hours and 1.2万 are exact and
 * what is not exact shows.
 */
#include "host/ledger/unit.h"

#include "base/numeral.h"
#include "base/utf8.h"

enum { MILLION = 1000000, PLACES = 6, WORDS_MAX = 3 };

/* What a number counts, and the words for it. */
static const struct measure {
    struct text name;
    struct {
        int64_t times;
        struct str words; /* as utf8_fold() gives them, separated by | */
    } by[WORDS_MAX];
} measures[] = {
    [UNIT_NONE] = { TEXT_INIT("", ""), { { 1, S_INIT("号|、") } } },
    [UNIT_MINUTES] = { TEXT_INIT("分钟", "minutes"),
                       { { 60, S_INIT("小时|个小时|时|钟头|个钟头|"
                                      "h|hr|hrs|hour|hours") },
                         { 15, S_INIT("刻钟") },
                         { 1, S_INIT("分钟|分|m|min|mins|minute|minutes") } } },
    [UNIT_PEOPLE] = { TEXT_INIT("人", "people"),
                      { { 1, S_INIT("人|名|位|个|个人|person|people") } } },
    [UNIT_VISITS] = { TEXT_INIT("人次", "visits"),
                      { { 1, S_INIT("人次|人|名|visit|visits") } } },
    [UNIT_TIMES] = { TEXT_INIT("次", "times"),
                     { { 1, S_INIT("次|场|场次|回|time|times") } } },
    [UNIT_ANSWERS] = { TEXT_INIT("份", "answers"),
                       { { 1, S_INIT("份|张|人|answer|answers") } } },
    [UNIT_POINTS] = { TEXT_INIT("分", "points"),
                      { { 1, S_INIT("分|point|points") } } },
    [UNIT_PERCENT] = { TEXT_INIT("%", "percent"),
                       { { 1, S_INIT("%|percent") } } },
    [UNIT_YUAN] = { TEXT_INIT("元", "yuan"),
                    { { 1, S_INIT("元|圆|块|yuan") } } },
};

static enum column_unit unit_of(const struct column *c)
{
    return c->unit == UNIT_NONE && c->type == COLUMN_MARK ? UNIT_POINTS
                                                          : c->unit;
}

static const struct measure *measure_of(const struct column *c)
{
    return &measures[unit_of(c)];
}

/* Is a bare number of it ambiguous, as 2 for hours or minutes is? */
static bool is_scaled(const struct measure *u)
{
    return u->by[1].words.n > 0;
}

/* Cut the longest word of the measure off the front; 0: none is there. */
static int64_t take_word(const struct measure *u, struct str *s)
{
    int64_t times = 0;
    size_t longest = 0;

    for (size_t i = 0; i < WORDS_MAX; i++) {
        struct str words = u->by[i].words;
        struct str word;

        while (str_cut(&words, S("|"), &word))
            if (word.n > longest && str_starts(*s, word)) {
                longest = word.n;
                times = u->by[i].times;
            }
    }
    *s = str_slice(*s, longest, s->n);
    return times;
}

/* ---- headers ---- */

/* 单位：小时 and 以小时计 are 小时. */
static struct str bare_word(struct str s)
{
    static const struct str before[] = { S_INIT("计量单位"), S_INIT("单位"),
                                         S_INIT(":"), S_INIT("以"),
                                         S_INIT("按") };
    static const struct str after[] = { S_INIT("为单位"), S_INIT("计"),
                                        S_INIT("数") };

    for (size_t i = 0; i < COUNT(before); i++)
        str_take(&s, before[i]);
    for (size_t i = 0; i < COUNT(after); i++)
        if (str_ends(s, after[i]))
            s = str_slice(s, 0, s.n - after[i].n);
    return s;
}

/* Cut 万, 百万, 千 … off the front; 1: none is there. */
static int64_t take_multiple(struct str *s)
{
    static const struct {
        struct str word;
        int64_t times;
    } multiples[] = {
        { S_INIT("千万"), 10000000 }, { S_INIT("百万"), 1000000 },
        { S_INIT("十万"), 100000 },   { S_INIT("亿"), 100000000 },
        { S_INIT("万"), 10000 },      { S_INIT("千"), 1000 },
        { S_INIT("百"), 100 },        { S_INIT("十"), 10 },
    };

    for (size_t i = 0; i < COUNT(multiples); i++)
        if (str_take(s, multiples[i].word))
            return multiples[i].times;
    return 1;
}

/* What `word` makes of a bare number: 小时 60, 万人 10000. 0: no unit. */
static int64_t times_of(const struct measure *u, struct str word)
{
    int64_t multiple = take_multiple(&word);
    int64_t times = take_word(u, &word);

    if (word.n || (times == 0 && multiple == 1))
        return 0;
    return multiple * (times ? times : 1);
}

/* Words by which a bracket says another measure, though not just a unit. */
static bool is_measure(struct str word)
{
    static const struct str signs[] = {
        S_INIT("小时"), S_INIT("分钟"), S_INIT("课时"),   S_INIT("学时"),
        S_INIT("工时"), S_INIT("hour"), S_INIT("minute"), S_INIT("second"),
        S_INIT("分制"), S_INIT("满分"), S_INIT("百分"),
    };
    static const struct str alone[] = {
        S_INIT("秒"),   S_INIT("天"), S_INIT("日"), S_INIT("周"),
        S_INIT("月"),   S_INIT("年"), S_INIT("s"),  S_INIT("day"),
        S_INIT("days"), S_INIT("户"), S_INIT("支"), S_INIT("组"),
        S_INIT("对"),   S_INIT("家"), S_INIT("件"), S_INIT("篇"),
        S_INIT("本"),   S_INIT("项"), S_INIT("条"), S_INIT("家庭"),
    };

    for (size_t i = 0; i < COUNT(signs); i++)
        if (str_find(word, signs[i]) != SIZE_MAX)
            return true;
    for (size_t i = 0; i < COUNT(alone); i++)
        if (str_eq(word, alone[i]))
            return true;
    for (size_t i = UNIT_MINUTES; i < COUNT(measures); i++)
        if (times_of(&measures[i], word))
            return true;
    return false;
}

/* 百分制 and 满分100 are the usual marks. */
static bool is_hundred(struct str word)
{
    return str_eq(word, S("百分")) || str_find(word, S("百分制")) != SIZE_MAX ||
           str_find(word, S("100")) != SIZE_MAX;
}

enum { UNSAID = -1, UNCLEAR = 0 };

/* A bracket of the header: UNSAID when it is a remark. */
static int64_t times_in_bracket(const struct column *c, struct str inside)
{
    struct str word = bare_word(inside);
    int64_t times = unit_of(c) == UNIT_POINTS && is_hundred(word)
                        ? 1
                        : times_of(measure_of(c), word);

    if (times)
        return times;
    if (unit_of(c) == UNIT_NONE)
        return UNSAID;
    return is_measure(word) ? UNCLEAR : UNSAID;
}

/* Where the next bracket begins, and its mark; SIZE_MAX: there is none. */
static size_t find_bracket(struct str s, struct str *ret_close)
{
    static const struct {
        struct str open, close;
    } pairs[] = {
        { S_INIT("("), S_INIT(")") },   { S_INIT("["), S_INIT("]") },
        { S_INIT("【"), S_INIT("】") }, { S_INIT("〔"), S_INIT("〕") },
        { S_INIT("<"), S_INIT(">") },   { S_INIT("/"), S_INIT("\n") },
    };
    size_t first = SIZE_MAX;

    for (size_t i = 0; i < COUNT(pairs); i++) {
        size_t at = str_find(s, pairs[i].open);

        if (at < first) {
            first = at;
            *ret_close = pairs[i].close;
        }
    }
    return first == SIZE_MAX ? first
                             : first + (ret_close->n == 1 ? 1 : ret_close->n);
}

/* All brackets of a header agree, or it is unclear. */
static int64_t times_in_header(const struct column *c, struct str folded)
{
    int64_t said = UNSAID;
    struct str close;
    size_t at;

    while ((at = find_bracket(folded, &close)) != SIZE_MAX) {
        struct str rest = str_slice(folded, at, folded.n);
        size_t end = str_find(rest, close);
        int64_t now;

        end = end == SIZE_MAX ? rest.n : end;
        now = times_in_bracket(c, str_slice(rest, 0, end));
        if (now != UNSAID)
            said = said == UNSAID || said == now ? now : UNCLEAR;
        folded = str_slice(rest, end, rest.n);
    }
    return said;
}

/* 单位：小时 or 单位：人、小时 among the lines above; first of ours counts. */
static int64_t times_in_titles(const struct column *c, struct str folded)
{
    size_t at;

    while ((at = str_find(folded, S("单位:"))) != SIZE_MAX) {
        struct str rest = str_slice(folded, at + S("单位:").n, folded.n);
        struct str words;
        struct str word;
        size_t end = 0;

        while (end < rest.n && rest.p[end] != ')' && rest.p[end] != ';')
            end++;
        words = str_slice(rest, 0, end);
        while (str_cut(&words, S("、"), &word)) {
            int64_t times = times_of(measure_of(c), bare_word(word));

            if (times)
                return times;
        }
        folded = rest;
    }
    return UNSAID;
}

/* Is it the header of our own exports? Its unit is that of the column. */
static bool is_own_header(struct mem *m, const struct column *c,
                          struct str folded)
{
    return str_eq(folded, utf8_fold(m, c->label.zh)) ||
           str_eq(folded, utf8_fold(m, c->label.en)) || str_eq(folded, c->key);
}

struct heading heading_read(struct mem *m, const struct column *c,
                            struct str header, struct str titles)
{
    bool scaled = is_scaled(measure_of(c));
    struct str folded = utf8_fold(m, header);
    int64_t times =
        scaled && is_own_header(m, c, folded) ? 1 : times_in_header(c, folded);

    if (times == UNSAID)
        times = times_in_titles(c, utf8_fold(m, titles));
    if (times == UNSAID)
        times = scaled ? UNCLEAR : 1;
    return (struct heading){ c, times };
}

/* ---- numbers ---- */

/* Digits; false: there is none, or too many. */
static bool take_digits(struct str *s, int64_t *number, size_t *ret_n)
{
    size_t n = 0;

    for (; n < s->n && is_digit(s->p[n]); n++)
        if (__builtin_mul_overflow(*number, 10, number) ||
            __builtin_add_overflow(*number, s->p[n] - '0', number))
            return false;
    *s = str_slice(*s, n, s->n);
    *ret_n = n;
    return n > 0;
}

/* 1234 or 1,234; not 12,34. */
static bool take_whole(struct str *s, int64_t *ret_whole)
{
    size_t n;

    *ret_whole = 0;
    if (!take_digits(s, ret_whole, &n))
        return false;
    if (n > 3)
        return !str_starts(*s, S(","));
    while (str_take(s, S(",")))
        if (!take_digits(s, ret_whole, &n) || n != 3)
            return false;
    return true;
}

/* What follows the point, in millionths; zeros beyond are idle. */
static bool take_fraction(struct str *s, int64_t *ret_millionths)
{
    size_t n = 0;

    *ret_millionths = 0;
    if (!str_take(s, S(".")))
        return true;
    for (; n < s->n && is_digit(s->p[n]); n++) {
        if (n < PLACES)
            *ret_millionths = *ret_millionths * 10 + (s->p[n] - '0');
        else if (s->p[n] != '0')
            return false;
    }
    *s = str_slice(*s, n, s->n);
    for (size_t i = n; i < PLACES; i++)
        *ret_millionths *= 10;
    return n > 0;
}

/* A number in millionths: 12, 1,234.5, 两, 两个半, 半. */
static bool take_number(struct str *s, int64_t *ret_millionths)
{
    int64_t whole = 0;
    int64_t fraction = 0;

    if (str_take(s, S("半"))) {
        *ret_millionths = MILLION / 2;
        return true;
    }
    if (s->n && is_digit(s->p[0])) {
        if (!take_whole(s, &whole) || !take_fraction(s, &fraction))
            return false;
    } else if (!numeral_take(s, &whole)) {
        return false;
    }
    if (fraction == 0 && str_take(s, S("个半")))
        fraction = MILLION / 2;
    return !__builtin_mul_overflow(whole, MILLION, &whole) &&
           !__builtin_add_overflow(whole, fraction, ret_millionths);
}

enum outcome {
    NUMBER,
    NO_NUMBER,
    WITHOUT_UNIT, /* its header does not say what it is */
    OF_HUNDRED,   /* a percentage where there are points */
};

/* Add `number` times its unit, and another half of it after 小时半. */
static bool add_part(struct str *s, int64_t number, int64_t times,
                     int64_t *total)
{
    int64_t part;

    if (__builtin_mul_overflow(number, times, &part) ||
        __builtin_add_overflow(*total, part, total))
        return false;
    if (times > 1 && str_take(s, S("半")))
        *total += times * (MILLION / 2);
    return true;
}

/* 150, 2.5小时, 1小时20分: each part smaller than the one before. */
static enum outcome read_parts(const struct heading *h, struct str s,
                               int64_t *ret_millionths)
{
    const struct measure *u = measure_of(h->column);
    int64_t least = INT64_MAX;
    int64_t number;

    *ret_millionths = 0;
    do {
        int64_t times;

        if (!take_number(&s, &number))
            return NO_NUMBER;
        times = take_word(u, &s);
        if (times == 0 && s.n == 0 && least == INT64_MAX)
            times = h->times;
        else if (times == 0)
            return str_eq(s, S("%")) ? OF_HUNDRED : NO_NUMBER;
        if (times == UNCLEAR)
            return WITHOUT_UNIT;
        if (times >= least || !add_part(&s, number, times, ret_millionths))
            return NO_NUMBER;
        least = times;
    } while (s.n && is_scaled(u));
    return s.n ? NO_NUMBER : NUMBER;
}

/* 2:30 or 2:30:00, as a spreadsheet shows a time. */
static bool read_clock(struct str s, int64_t *ret_millionths)
{
    int64_t hours = 0;
    int64_t minutes = 0;
    size_t n;

    if (!take_digits(&s, &hours, &n) || n > 5 || !str_take(&s, S(":")) ||
        !take_digits(&s, &minutes, &n) || n != 2 || minutes > 59)
        return false;
    str_take(&s, S(":00"));
    *ret_millionths = (hours * 60 + minutes) * MILLION;
    return s.n == 0;
}

/*
 * Would folding join what stands apart, 12 13, or take a footnote's ③ for a
 * digit?
 */
static bool is_torn(struct mem *m, struct str raw)
{
    bool digit = false;
    bool gap = false;

    while (raw.n) {
        struct str before = raw;
        int32_t c = utf8_next(&raw);
        struct str f = utf8_fold(m, str_slice(before, 0, before.n - raw.n));
        bool now =
            f.n == 1 && (is_digit(f.p[0]) || f.p[0] == '.' || f.p[0] == ',');

        if ((c >= 0x2460 && c <= 0x2473) || (now && digit && gap))
            return true;
        gap = f.n == 0;
        digit = gap ? digit : now;
    }
    return false;
}

static enum outcome read_millionths(struct mem *m, const struct heading *h,
                                    struct str raw, int64_t *ret)
{
    struct str folded = utf8_fold(m, raw);

    if (!str_eq(folded, raw) && is_torn(m, raw))
        return NO_NUMBER;
    if (unit_of(h->column) == UNIT_MINUTES && read_clock(folded, ret))
        return NUMBER;
    return read_parts(h, folded, ret);
}

static struct text no_number(struct mem *m, const struct column *c)
{
    const struct measure *u = measure_of(c);

    if (unit_of(c) == UNIT_MINUTES)
        return TEXT("应为确切的时长，换算成整分钟，例如 150、2.5小时、"
                    "1小时20分 或 2:30",
                    "must be an exact time of whole minutes, such as 150, "
                    "2.5 hours or 2:30");
    if (c->type == COLUMN_MARK)
        return TEXT("应为分数，至多两位小数，例如 94.8",
                    "must be a mark with at most two decimals, such as 94.8");
    if (u->name.zh.n == 0)
        return TEXT("应为从 0 起的整数，例如 12",
                    "must be a whole number from 0, such as 12");
    return text_fmt(m, "应为从 0 起的整数，例如 12 或 12%.*s，不写约数和“万”",
                    "must be an exact whole number from 0, such as 12 or 12 "
                    "%.*s",
                    STR_ARG(u->name.zh));
}

static struct text reason_of(struct mem *m, const struct heading *h,
                             enum outcome what)
{
    const struct column *c = h->column;

    if (what == OF_HUNDRED && unit_of(c) == UNIT_POINTS)
        return TEXT("这里记的是分，不是百分数，请写成分数，例如 95",
                    "these are points, not percentages; write a mark such as "
                    "95");
    if (what == WITHOUT_UNIT)
        return (struct text){
            str_fmt(m,
                    "表头没有写清单位，这里按%.*s记：请把表头写成“%.*s”，"
                    "或连单位一起写",
                    STR_ARG(measure_of(c)->name.zh), STR_ARG(c->label.zh)),
            str_fmt(m,
                    "the header does not say the unit, kept here in %.*s: "
                    "write \"%.*s\" as the header, or the unit with the "
                    "number",
                    STR_ARG(measure_of(c)->name.en), STR_ARG(c->label.zh)),
        };
    return no_number(m, c);
}

enum err unit_read(struct mem *m, const struct heading *h, struct str raw,
                   int64_t *ret_number, struct text *ret_reason)
{
    int64_t step = h->column->type == COLUMN_MARK ? MILLION / 100 : MILLION;
    int64_t millionths;
    enum outcome what = read_millionths(m, h, raw, &millionths);

    if (what == NUMBER && millionths % step)
        what = NO_NUMBER;
    if (what != NUMBER) {
        *ret_reason = reason_of(m, h, what);
        return E_INPUT;
    }
    *ret_number = millionths / step;
    return OK;
}

struct text unit_hint(const struct column *c)
{
    return unit_of(c) == UNIT_MINUTES
               ? TEXT("可写 150、2.5小时 或 2:30，按分钟保存",
                      "150, 2.5 hours or 2:30; kept in minutes")
               : TEXT("", "");
}
