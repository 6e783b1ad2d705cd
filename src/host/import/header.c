/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Marks are cut off until none is left, because templates put several
 * ("*1、队伍名称（必填）："). What is left is compared word by word: nothing is
 * ever found inside of a longer word.
 */
#include "host/import/header.h"

#include "base/utf8.h"

#include <string.h>

enum { NUMBERING_MAX = 3, AFTER_TOTAL = 6, WORDS_MAX = 32 };

static const struct str step = S_INIT(" › ");

/* Units that do not change the number they stand beside. */
static const struct str plain_units[] = {
    S_INIT("人"),   S_INIT("名"), S_INIT("个"), S_INIT("次"), S_INIT("人次"),
    S_INIT("分钟"), S_INIT("分"), S_INIT("支"), S_INIT("件"), S_INIT("项"),
    S_INIT("场"),   S_INIT("户"), S_INIT("条"), S_INIT("篇"), S_INIT("岁"),
};

/* Units that do; heading_read() reads them. */
static const struct str other_units[] = {
    S_INIT("小时"), S_INIT("时"),     S_INIT("h"),     S_INIT("hour"),
    S_INIT("min"),  S_INIT("minute"), S_INIT("hours"), S_INIT("minutes"),
    S_INIT("万人"), S_INIT("万人次"),
};

/* What in brackets says that less than the whole is meant. */
static const struct str part_words[] = {
    S_INIT("男"),   S_INIT("女"),   S_INIT("其中"), S_INIT("上年"),
    S_INIT("去年"), S_INIT("上月"), S_INIT("计划"), S_INIT("预计"),
};

static bool is_in(struct str s, const struct str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, words[i]))
            return true;
    return false;
}

static bool begins_with_one(struct str s, const struct str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(s, words[i]))
            return true;
    return false;
}

/* A mark that means nothing wherever it stands: * ※ ① ² ★ # ↓ √. */
static bool is_mark(int32_t c)
{
    return c == '*' || c == '#' || c == 0xff0a || c == 0xff03 || c == 0xb9 ||
           c == 0xb2 || c == 0xb3 || (c >= 0x2070 && c <= 0x2079) ||
           c == 0x2020 || c == 0x2021 || c == 0x203b ||
           (c >= 0x2460 && c <= 0x2473) || (c >= 0x25a0 && c <= 0x25ff) ||
           (c >= 0x2600 && c <= 0x27bf) || (c >= 0x2190 && c <= 0x21ff) ||
           c == 0x221a;
}

static struct str without_marks(struct mem *m, struct str s)
{
    char *p = mem_raw(m, s.n + 1);
    size_t n = 0;

    while (s.n) {
        struct str before = s;
        int32_t c = utf8_next(&s);

        if (is_mark(c))
            continue;
        memcpy(p + n, before.p, before.n - s.n);
        n += before.n - s.n;
    }
    p[n] = '\0';
    return (struct str){ p, n };
}

static bool cut_end(struct str *s, struct str end)
{
    if (!str_ends(*s, end) || s->n == end.n)
        return false;
    *s = str_slice(*s, 0, s->n - end.n);
    return true;
}

static bool cut_start(struct str *s, struct str start)
{
    if (!str_starts(*s, start) || s->n == start.n)
        return false;
    *s = str_slice(*s, start.n, s->n);
    return true;
}

static const struct bracket {
    struct str open, close;
} brackets[] = {
    { S_INIT("("), S_INIT(")") },   { S_INIT("["), S_INIT("]") },
    { S_INIT("【"), S_INIT("】") }, { S_INIT("〔"), S_INIT("〕") },
    { S_INIT("<"), S_INIT(">") },
};

/* "【队伍名称】" is "队伍名称". */
static bool cut_bracket_around(struct str *s)
{
    for (size_t i = 0; i < COUNT(brackets); i++) {
        struct str inner = *s;

        if (!cut_start(&inner, brackets[i].open) ||
            !cut_end(&inner, brackets[i].close) ||
            str_find(inner, brackets[i].close) != SIZE_MAX)
            continue;
        *s = inner;
        return true;
    }
    return false;
}

/* "党员数(人)" is "党员数". */
static bool cut_bracket_at_end(struct str *s)
{
    for (size_t i = 0; i < COUNT(brackets); i++) {
        size_t at = str_find(*s, brackets[i].open);

        if (at == SIZE_MAX || at == 0 || !str_ends(*s, brackets[i].close) ||
            begins_with_one(str_slice(*s, at + brackets[i].open.n, s->n),
                            part_words, COUNT(part_words)))
            continue;
        *s = str_slice(*s, 0, at);
        return true;
    }
    return false;
}

/* 1, 12, 三 or a: how an entry of a list is numbered. */
static size_t numbering(struct str s)
{
    static const struct str numerals[] = {
        S_INIT("一"), S_INIT("二"), S_INIT("三"), S_INIT("四"), S_INIT("五"),
        S_INIT("六"), S_INIT("七"), S_INIT("八"), S_INIT("九"), S_INIT("十"),
    };
    size_t n = 0;

    while (n < NUMBERING_MAX && n < s.n && is_digit(s.p[n]))
        n++;
    for (size_t i = 0; i < COUNT(numerals) && n == 0; i++)
        if (str_starts(s, numerals[i]))
            n = numerals[i].n;
    if (n == 0 && s.n > 1 && s.p[0] >= 'a' && s.p[0] <= 'z')
        n = 1;
    return n;
}

/* "(1)", "【必填】" or "[单选题]" in front. */
static bool cut_bracket_at_start(struct str *s)
{
    static const struct str words[] = { S_INIT("填"), S_INIT("选"),
                                        S_INIT("题") };

    for (size_t i = 0; i < COUNT(brackets); i++) {
        size_t end = str_find(*s, brackets[i].close);
        struct str inner;
        bool mark;

        if (!str_starts(*s, brackets[i].open) || end == SIZE_MAX ||
            end + brackets[i].close.n == s->n)
            continue;
        inner = str_slice(*s, brackets[i].open.n, end);
        mark = inner.n > 0 && numbering(inner) == inner.n;
        for (size_t k = 0; k < COUNT(words); k++)
            mark |= str_find(inner, words[k]) != SIZE_MAX;
        if (!mark)
            continue;
        *s = str_slice(*s, end + brackets[i].close.n, s->n);
        return true;
    }
    return false;
}

/* "1、" or "q1." in front; not the 2024 of "2024年". */
static bool cut_numbering(struct str *s)
{
    static const struct str ends[] = {
        S_INIT("、"), S_INIT("."),   S_INIT(")"),
        S_INIT(":"),  S_INIT("题:"), S_INIT("题")
    };
    struct str rest = *s;
    size_t n;

    if (!cut_start(&rest, S("第")))
        cut_start(&rest, S("q"));
    n = numbering(rest);
    rest = str_slice(rest, n, rest.n);
    for (size_t i = 0; i < COUNT(ends) && n; i++)
        if (cut_start(&rest, ends[i])) {
            *s = rest;
            return true;
        }
    return false;
}

/* Cut one of the units off, and what joins it to the words before. */
static bool cut_joined(struct str *s, const struct str *units, size_t n,
                       const struct str *joints, size_t joints_n)
{
    for (size_t i = 0; i < n; i++) {
        struct str rest = *s;

        if (!cut_end(&rest, units[i]))
            continue;
        for (size_t k = 0; k < joints_n; k++)
            if (cut_end(&rest, joints[k])) {
                *s = rest;
                return true;
            }
    }
    return false;
}

/* "/人", "单位:人" behind; "/小时". */
static bool cut_unit(struct str *s)
{
    static const struct str joints[] = { S_INIT("/"), S_INIT("单位:"),
                                         S_INIT(","), S_INIT("-"),
                                         S_INIT(":") };

    return cut_joined(s, plain_units, COUNT(plain_units), joints,
                      COUNT(joints)) ||
           cut_joined(s, other_units, COUNT(other_units), joints, 1);
}

/* "请填写您的", as questionnaires ask. */
static bool cut_asking(struct str *s)
{
    static const struct str words[] = {
        S_INIT("请填写"), S_INIT("请输入"), S_INIT("请选择"), S_INIT("请写"),
        S_INIT("您的"),   S_INIT("你的"),   S_INIT("贵单位"),
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (cut_start(s, words[i]))
            return true;
    return false;
}

static bool cut_word_at_end(struct str *s)
{
    static const struct str words[] = {
        S_INIT(":"),      S_INIT(";"),    S_INIT("。"),   S_INIT("?"),
        S_INIT("_"),      S_INIT("必填"), S_INIT("选填"), S_INIT("必填项"),
        S_INIT("选填项"), S_INIT("、"),   S_INIT("!"),    S_INIT("."),
        S_INIT(","),      S_INIT("|"),    S_INIT("/"),
    };

    for (size_t i = 0; i < COUNT(words); i++)
        if (cut_end(s, words[i]))
            return true;
    return false;
}

struct str header_fold(struct mem *m, struct str header)
{
    struct str s = utf8_fold(m, without_marks(m, header));

    while (cut_word_at_end(&s) || cut_bracket_at_end(&s) || cut_unit(&s) ||
           cut_bracket_at_start(&s) || cut_numbering(&s) ||
           cut_bracket_around(&s) || cut_asking(&s))
        ;
    return s;
}

/* ---- totals ---- */

static const struct str total_words[] = {
    S_INIT("合计"),   S_INIT("总计"),       S_INIT("小计"),  S_INIT("共计"),
    S_INIT("总数"),   S_INIT("总合计"),     S_INIT("累计"),  S_INIT("总共"),
    S_INIT("合共"),   S_INIT("总和"),       S_INIT("汇总"),  S_INIT("总计数"),
    S_INIT("总合"),   S_INIT("合计数"),     S_INIT("total"), S_INIT("subtotal"),
    S_INIT("totals"), S_INIT("grandtotal"),
};

/* 21, 21人, 3支, (人): a number, a short unit, a bracket; or nothing. */
static bool may_follow_total(struct str s)
{
    size_t digits = 0;

    if (s.n == 0 || s.p[0] == ':' || s.p[0] == '=')
        return true;
    if (s.p[0] == '(')
        return str_ends(s, S(")"));
    while (digits < s.n &&
           (is_digit(s.p[digits]) || s.p[digits] == '.' || s.p[digits] == ','))
        digits++;
    return digits > 0 && s.n - digits <= AFTER_TOTAL;
}

static bool is_total_folded(struct str s)
{
    static const struct str ends[] = { S_INIT("小计"), S_INIT("合计"),
                                       S_INIT("总计") };

    for (size_t i = 0; i < COUNT(total_words); i++)
        if (str_starts(s, total_words[i]) &&
            may_follow_total(str_slice(s, total_words[i].n, s.n)))
            return true;
    while (cut_word_at_end(&s) || cut_bracket_at_end(&s))
        ;
    for (size_t i = 0; i < COUNT(ends); i++)
        if (str_ends(s, ends[i]))
            return true;
    return false;
}

bool is_total(struct mem *m, struct str text)
{
    return is_total_folded(utf8_fold(m, text));
}

/* ---- several rows ---- */

bool cell_is_number(const struct cell *c)
{
    static const struct str signs = S_INIT("0123456789-/.:%, ");

    if (c->kind != CELL_TEXT)
        return true;
    for (size_t i = 0; i < c->text.n; i++)
        if (!memchr(signs.p, c->text.p[i], signs.n))
            return false;
    return true;
}

bool cell_is_said(const struct cell *c)
{
    return c->kind != CELL_EMPTY && str_trim(c->text).n > 0;
}

/* Does the cell say no more than the one above it? */
static bool is_repeated(const struct grid *g, size_t row, size_t col)
{
    const struct cell *c = grid_cell(g, row, col);

    return c->merged || str_eq(str_trim(c->text),
                               str_trim(grid_cell(g, row - 1, col)->text));
}

/* Does the header in `row` go on over column `col`, from the left? */
static bool goes_on(const struct grid *g, size_t top, size_t row, size_t col)
{
    const struct cell *c = grid_cell(g, row, col);

    if (col == 0 || col >= g->cols)
        return false;
    if (cell_is_said(c))
        return str_eq(str_trim(c->text),
                      str_trim(grid_cell(g, row, col - 1)->text));
    for (size_t upper = top; upper < row; upper++)
        if (cell_is_said(grid_cell(g, upper, col)) &&
            !goes_on(g, top, upper, col))
            return false;
    return true;
}

/* The words in `row` that stand over column `col`. */
static struct str word_over(const struct grid *g, size_t top, size_t row,
                            size_t col)
{
    while (goes_on(g, top, row, col))
        col--;
    return str_trim(grid_cell(g, row, col)->text);
}

/* Is it one of several columns below one header? */
static bool is_below_one(const struct grid *g, size_t top, size_t row,
                         size_t col)
{
    if (word_over(g, top, row - 1, col).n == 0)
        return false;
    if (goes_on(g, top, row - 1, col))
        return true;
    while (goes_on(g, top, row - 1, ++col))
        if (cell_is_said(grid_cell(g, row, col)))
            return true;
    return false;
}

/* "（人）": the unit of the header above. */
static bool is_bracketed(struct str s)
{
    return (str_starts(s, S("（")) || str_starts(s, S("("))) &&
           (str_ends(s, S("）")) || str_ends(s, S(")")));
}

/*
 * Is `row` one more row of the headers that begin at `top`? Then all it says
 * stands below a header that covers several columns: a row of data has
 * something elsewhere.
 */
static bool is_header_too(const struct grid *g, size_t top, size_t row)
{
    size_t parts = 0;
    size_t units = 0;
    size_t above = 0;

    for (size_t col = 0; col < g->cols; col++) {
        const struct cell *c = grid_cell(g, row, col);

        above += cell_is_said(grid_cell(g, row - 1, col));
        if (!cell_is_said(c) || is_repeated(g, row, col))
            continue;
        if (word_over(g, top, row - 1, col).n &&
            is_bracketed(str_trim(c->text)))
            units++;
        else if (cell_is_number(c) || !is_below_one(g, top, row, col))
            return false;
        else
            parts++;
    }
    return above > 1 && (parts > 1 || (parts == 0 && units > 0));
}

static void add_unit(struct mem *m, struct header *h, struct str unit)
{
    struct str *last = &h->words[h->n - 1];

    h->text = str_join(m, (struct str[]){ h->text, unit }, 2);
    *last = header_fold(m, str_join(m, (struct str[]){ *last, unit }, 2));
}

static void add_word(struct mem *m, struct header *h, struct str word)
{
    if (h->n && is_bracketed(word)) {
        add_unit(m, h, word);
        return;
    }
    if (word.n == 0 || h->n == HEADER_DEPTH)
        return;
    h->text =
        h->n ? str_join(m, (struct str[]){ h->text, step, word }, 3) : word;
    h->words[h->n++] = header_fold(m, word);
}

/* A cell may say itself what stands in several rows elsewhere. */
static void add_words(struct mem *m, struct header *h, struct str text)
{
    struct str word;

    while (str_cut(&text, S("›"), &word))
        add_word(m, h, str_trim(word));
}

/* Is anything said in the column below `row`? */
static bool is_said_below(const struct grid *g, size_t row, size_t col)
{
    while (++row < g->rows)
        if (cell_is_said(grid_cell(g, row, col)))
            return true;
    return false;
}

/*
 * The column in which the header of `col` is written: one to the left, when
 * it is merged over both and both are filled in.
 */
static size_t written_in(const struct grid *g, size_t leaf, size_t col)
{
    size_t from = col;
    const struct cell *c = grid_cell(g, leaf, from);

    while (from > 0 && !cell_is_said(c))
        c = grid_cell(g, leaf, --from);
    return c->group && g->groups[c->group - 1].last_col >= col &&
                   is_said_below(g, leaf, col)
               ? from
               : col;
}

static struct header read_header(struct mem *m, const struct grid *g,
                                 size_t top, size_t leaf, size_t col)
{
    struct header h = { .n = 0 };

    col = written_in(g, leaf, col);

    while (leaf > top && (!cell_is_said(grid_cell(g, leaf, col)) ||
                          is_repeated(g, leaf, col)))
        leaf--;
    for (size_t row = top; row < leaf; row++)
        add_words(m, &h, word_over(g, top, row, col));
    if (grid_cell(g, leaf, col)->kind == CELL_TEXT)
        add_words(m, &h, str_trim(grid_cell(g, leaf, col)->text));
    return h;
}

struct headers headers_read(struct mem *m, const struct grid *g, size_t row)
{
    struct headers h = { NEW_ARRAY(m, struct header, g->cols), g->cols, 1 };

    while (h.rows < HEADER_DEPTH && row + h.rows < g->rows &&
           is_header_too(g, row, row + h.rows))
        h.rows++;
    for (size_t col = 0; col < g->cols; col++)
        if (!grid_col_hidden(g, col))
            h.of[col] = read_header(m, g, row, row + h.rows - 1, col);
    return h;
}

/* ---- names ---- */

struct column_words column_words(struct mem *m, const struct column *c)
{
    struct column_words w = { NEW_ARRAY(m, struct str, WORDS_MAX), 0 };
    struct str more = c->synonyms;
    struct str word;

    w.word[w.n++] = header_fold(m, c->label.zh);
    w.word[w.n++] = header_fold(m, c->label.en);
    w.word[w.n++] = c->key;
    while (w.n < WORDS_MAX && str_cut(&more, S("|"), &word))
        w.word[w.n++] = header_fold(m, word);
    return w;
}

static enum naming names(const struct header *h, struct str word)
{
    if (h->n == 0 || word.n == 0)
        return NAMES_NOT;
    if (str_eq(h->words[h->n - 1], word))
        return NAMES_IT;
    for (size_t i = 0; i + 1 < h->n; i++)
        if (str_eq(h->words[i], word))
            return is_total_folded(h->words[h->n - 1]) ? NAMES_IT : NAMES_PART;
    return NAMES_NOT;
}

enum naming header_names(const struct header *h, struct column_words words,
                         size_t *ret_rank)
{
    enum naming best = NAMES_NOT;

    for (size_t i = 0; i < words.n && best != NAMES_IT; i++) {
        enum naming now = names(h, words.word[i]);

        if (now > best) {
            best = now;
            *ret_rank = i;
        }
    }
    return best;
}

bool header_is_serial(const struct header *h)
{
    static const struct str words[] = {
        S_INIT("序号"), S_INIT("序"), S_INIT("项次"), S_INIT("次序"),
        S_INIT("行号"), S_INIT("no"), S_INIT("no."),  S_INIT("num"),
    };

    return h->n == 1 && is_in(h->words[0], words, COUNT(words));
}

struct str column_letters(struct mem *m, size_t col)
{
    char letters[8];
    size_t at = sizeof(letters);

    do
        letters[--at] = (char)('A' + col % 26);
    while ((col = col / 26) > 0 && col-- > 0 && at > 0);
    return str_dup(m, (struct str){ letters + at, sizeof(letters) - at });
}
