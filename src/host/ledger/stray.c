/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Only whole cells are strays: 同上海路支部 is a name. */
#include "host/ledger/stray.h"

#include "base/utf8.h"

enum { POINTER_MAX = 4, WORD_MAX = 16 }; /* no word below is longer */

static bool among(struct str words, struct str s)
{
    struct str word;

    if (s.n > WORD_MAX)
        return false;
    while (str_cut(&words, S("|"), &word))
        if (str_eq(word, s))
            return true;
    return false;
}

static bool is_beyond_ascii(char c)
{
    return (unsigned char)c > 0x7f;
}

/* #REF!, #DIV/0!, #NAME?, #值!: letters between the two marks. */
static bool is_marked_error(struct str s)
{
    if (s.n < 3 || s.p[0] != '#' ||
        (s.p[s.n - 1] != '!' && s.p[s.n - 1] != '?'))
        return false;
    for (size_t i = 1; i + 1 < s.n; i++)
        if ((s.p[i] < 'a' || s.p[i] > 'z') && !is_digit(s.p[i]) &&
            s.p[i] != '/' && s.p[i] != '_' && !is_beyond_ascii(s.p[i]))
            return false;
    return true;
}

/* ####: a cell that was too narrow when it was copied. */
static bool is_hashes(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '#')
            return false;
    return s.n > 1;
}

static bool is_numbered(struct str s, struct str word)
{
    return str_starts(s, word) && s.n > word.n && is_digit(s.p[word.n]);
}

static bool is_error(struct str folded)
{
    return is_marked_error(folded) || is_hashes(folded) ||
           is_numbered(folded, S("err:")) || is_numbered(folded, S("错误:")) ||
           among(S("#n/a|#na|#getting_data|#ref|#value|#name|#div/0|#num|"
                   "nan|nat|<na>|null|(null)|undefined|infinity|-infinity|"
                   "[objectobject]"),
                 folded);
}

/* Nothing but quotes, primes and ditto marks: ", '', 〃, ″. */
static bool is_ditto_mark(struct str s)
{
    while (s.n) {
        int32_t c = utf8_next(&s);

        if (c != '"' && c != '\'' && (c < 0x2018 || c > 0x201f) &&
            (c < 0x2032 || c > 0x2034) && c != 0x2ee && c != 0x3003 &&
            (c < 0x301d || c > 0x301f) && c != 0xff02 && c != 0xff07)
            return false;
    }
    return true;
}

/* 同上, （同上）, 同上。 */
static struct str without_marks(struct str folded)
{
    size_t last;

    if (str_starts(folded, S("(")) && str_ends(folded, S(")")))
        folded = str_slice(folded, 1, folded.n - 1);
    for (last = folded.n; last > 0; last--)
        if (folded.p[last - 1] != '.' && folded.p[last - 1] != ':')
            break;
    folded = str_slice(folded, 0, last);
    return str_ends(folded, S("。"))
               ? str_slice(folded, 0, folded.n - S("。").n)
               : folded;
}

static bool is_elsewhere(struct str s)
{
    return among(S("同|同左|同右|同下|同后|见上|如上|见下|如下|上述|以上|"
                   "以下|々|仝|↑|↓|←|→"),
                 s) ||
           str_starts(s, S("同第")) || str_starts(s, S("同上(")) ||
           ((str_starts(s, S("同上")) || is_numbered(s, S("同"))) &&
            utf8_length(s) <= POINTER_MAX);
}

/* Is there neither letter nor digit nor ideograph in it? */
static bool is_wordless(struct str folded)
{
    while (folded.n) {
        int32_t c = utf8_next(&folded);

        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
            (c >= 0xc0 && c < 0x2000) || c >= 0x3400)
            return false;
    }
    return true;
}

enum stray stray_of(struct mem *m, struct str said)
{
    struct str folded;
    struct str word;

    said = str_trim(said);
    if (said.n == 0 || is_digit(said.p[0])) /* no stray begins with one */
        return STRAY_NONE;
    folded = utf8_fold(m, said);
    word = without_marks(folded);
    if (is_error(folded))
        return STRAY_ERROR;
    if (is_ditto_mark(said) ||
        among(S("同上|同前|上同|同上行|同上一行|仝上|ditto|do"), word))
        return STRAY_DITTO;
    if (is_elsewhere(word))
        return STRAY_ELSEWHERE;
    if (is_wordless(folded) ||
        among(S("无|暂无|没有|待定|未定|待补|不详|未知|空|n/a|none|tbd"), word))
        return STRAY_NOTHING;
    return STRAY_NONE;
}

struct text stray_reason(enum stray what)
{
    switch (what) {
    case STRAY_ERROR:
        return TEXT("单元格是公式错误或空值，请改成值",
                    "the cell holds the error of a formula; replace it by a "
                    "value");
    case STRAY_DITTO:
    case STRAY_ELSEWHERE:
        return TEXT("这里指的是别的单元格，请把内容写全",
                    "this points at another cell; write the content out");
    case STRAY_NOTHING:
        return TEXT("这不是名称，请写名称；没有就留空",
                    "this is no name; write the name, or leave the cell "
                    "blank");
    case STRAY_NONE:
        break;
    }
    BUG("a value is no stray");
}
