/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Which passwords are refused, and how those taken are hashed.
 *
 * Guessers try words everybody uses, runs of keys, repetitions, years and
 * the name itself, joined in any way. So what is left of a password without
 * these is what somebody would have to guess; a list of whole passwords
 * would miss all but its own lines.
 */
#include "access/account.h"

#include "base/utf8.h"

#include <sodium.h>
#include <string.h>

enum {
    PASSWORD_LEAST = 12,
    PASSWORD_MOST = 128,
    LEFT_LEAST = 6, /* bytes that are not easy to guess */
    RUN_LEAST = 3,
    HASH_MEMORY = 19 * 1024 * 1024, /* OWASP's floor with 2 passes */
    HASH_PASSES = 2,
};

/* In lower case, without look-alikes (0 for o); the longest of a kind first. */
static const struct str words[] = {
    S_INIT("administrator"), S_INIT("password"),  S_INIT("passwort"),
    S_INIT("passwd"),        S_INIT("changeme"),  S_INIT("welcome"),
    S_INIT("letmein"),       S_INIT("iloveyou"),  S_INIT("ilovey0u"),
    S_INIT("sunshine"),      S_INIT("princess"),  S_INIT("football"),
    S_INIT("superman"),      S_INIT("dragon"),    S_INIT("monkey"),
    S_INIT("master"),        S_INIT("hello"),     S_INIT("admin"),
    S_INIT("guest"),         S_INIT("root"),      S_INIT("test"),
    S_INIT("user"),          S_INIT("login"),     S_INIT("secret"),
    S_INIT("qwerty"),        S_INIT("asdfgh"),    S_INIT("zxcvbn"),
    S_INIT("qazwsx"),        S_INIT("1qaz"),      S_INIT("2wsx"),
    S_INIT("3edc"),          S_INIT("4rfv"),      S_INIT("5tgb"),
    S_INIT("woaini"),        S_INIT("woaiwojia"), S_INIT("zhongguo"),
    S_INIT("beijing"),       S_INIT("shandong"),  S_INIT("qingdao"),
    S_INIT("laoshan"),       S_INIT("dajuan"),    S_INIT("daijuan"),
    S_INIT("mima"),          S_INIT("nihao"),     S_INIT("5201314"),
    S_INIT("1314520"),       S_INIT("520"),       S_INIT("1314"),
    S_INIT("888"),           S_INIT("666"),       S_INIT("110120"),
    S_INIT("china"),         S_INIT("abc"),       S_INIT("pass"),
    S_INIT("word"),
};

/* Rows of keys, where neighbours are one step apart. */
static const char *const rows_of_keys[] = {
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
};

static char folded(char c)
{
    static const char from[] = "@0$!";
    static const char to[] = "aosi";
    const char *at = c ? strchr(from, c) : NULL;

    return at ? to[at - from] : c;
}

static bool word_at(struct str s, size_t i, struct str word)
{
    if (word.n == 0 || s.n - i < word.n)
        return false;
    for (size_t k = 0; k < word.n; k++)
        if (s.p[i + k] != word.p[k] && folded(s.p[i + k]) != word.p[k])
            return false;
    return true;
}

/* The step between two neighbours of a row: 1, -1 or 0 for the same; else 2. */
static int step_of(char a, char b)
{
    if (a == b)
        return 0;
    for (size_t i = 0; i < COUNT(rows_of_keys); i++) {
        const char *x = a ? strchr(rows_of_keys[i], a) : NULL;

        if (x && x[1] && x[1] == b)
            return 1;
        if (x && x > rows_of_keys[i] && x[-1] == b)
            return -1;
    }
    return 2;
}

/* How far the same step goes on from `i`. */
static size_t run_at(struct str s, size_t i)
{
    size_t n = 1;
    int step = i + 1 < s.n ? step_of(s.p[i], s.p[i + 1]) : 2;

    while (step != 2 && i + n < s.n &&
           step_of(s.p[i + n - 1], s.p[i + n]) == step)
        n++;
    return n >= RUN_LEAST ? n : 0;
}

/* 19xx or 20xx */
static size_t year_at(struct str s, size_t i)
{
    struct str y = str_slice(s, i, i + 4);

    return y.n == 4 && (str_starts(y, S("19")) || str_starts(y, S("20"))) &&
                   is_digit(y.p[2]) && is_digit(y.p[3])
               ? 4
               : 0;
}

/* How much of it from `i` on somebody would try. */
static size_t easy_at(struct str s, size_t i, struct str login)
{
    size_t most = run_at(s, i);

    if (year_at(s, i) > most)
        most = year_at(s, i);
    if (word_at(s, i, login) && login.n > most)
        most = login.n;
    for (size_t k = 0; k < COUNT(words); k++)
        if (words[k].n > most && word_at(s, i, words[k]))
            most = words[k].n;
    return most;
}

/* Its first part, when the rest says the same again. */
static struct str first_part(struct str s)
{
    for (size_t part = 1; part <= s.n / 2; part++) {
        size_t i = part;

        while (i < s.n && s.p[i] == s.p[i - part])
            i++;
        if (i == s.n)
            return str_slice(s, 0, part);
    }
    return s;
}

static bool is_easy(struct mem *m, struct str password, struct str login)
{
    struct str s = first_part(str_lower(m, password));
    struct str name = str_lower(m, login);
    size_t left = 0;

    for (size_t i = 0; i < s.n;) {
        size_t easy = easy_at(s, i, name);

        left += easy == 0;
        i += easy ? easy : 1;
    }
    return left < LEFT_LEAST;
}

bool password_is_fit(struct mem *m, struct str password, struct str login,
                     struct text *ret_reason)
{
    size_t n = utf8_length(password);

    if (n > PASSWORD_MOST) {
        *ret_reason =
            text_fmt(m, "密码最长 %d 个字符，您的有 %zu 个；请短一些",
                     "a password has at most %d characters, yours has %zu; "
                     "make it shorter",
                     (int)PASSWORD_MOST, n);
        return false;
    }
    if (n < PASSWORD_LEAST) {
        *ret_reason = TEXT("密码要有 12 到 128 个字符；几个词连起来最好记",
                           "a password has 12 to 128 characters; a few words "
                           "are easiest to remember");
        return false;
    }
    if (is_easy(m, password, login)) {
        *ret_reason = TEXT("这个密码太容易猜到（常用词、键盘顺序、年份、"
                           "登录名或重复），请换一个",
                           "this password is too easy to guess (common words, "
                           "rows of keys, years, the sign-in name, or the "
                           "same again); choose another");
        return false;
    }
    return true;
}

bool password_is_long(struct str password)
{
    return utf8_length(password) > PASSWORD_MOST;
}

struct str password_hash(struct mem *m, struct str password)
{
    char *out = mem_alloc(m, crypto_pwhash_STRBYTES);

    if (sodium_init() < 0 || crypto_pwhash_str(out, password.p, password.n,
                                               HASH_PASSES, HASH_MEMORY) != 0)
        BUG("no memory to hash a password");
    return str_from(out);
}

bool password_matches(struct str hash, struct str password)
{
    char text[crypto_pwhash_STRBYTES] = { 0 };

    if (hash.n >= sizeof(text) || password_is_long(password))
        return false;
    memcpy(text, hash.p, hash.n);
    return crypto_pwhash_str_verify(text, password.p, password.n) == 0;
}
