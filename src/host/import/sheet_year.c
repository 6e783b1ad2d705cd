/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A year in a title counts when 年 stands behind it and the words around do
 * not make it the bound of something, part of a full date, or the day on
 * which the sheet was filled in. Two different years are no year.
 */
#include "host/import/sheet_year.h"

#include "base/date.h"
#include "base/utf8.h"
#include "base/year.h"

enum { YEARS = 300, FIRST_YEAR = 1900, DATED_ROWS = 1000, DATED_LEAST = 3 };

static bool starts_with_one(struct str s, const struct str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(s, words[i]))
            return true;
    return false;
}

static bool ends_with_one(struct str s, const struct str *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_ends(s, words[i]))
            return true;
    return false;
}

/* Is it a digit, or a Chinese number up to thirty-one? */
static bool is_number(int32_t c)
{
    static const int32_t chinese[] = { 0x3007, 0x4e00, 0x4e8c, 0x4e09,
                                       0x56db, 0x4e94, 0x516d, 0x4e03,
                                       0x516b, 0x4e5d, 0x5341 };

    for (size_t i = 0; i < COUNT(chinese); i++)
        if (chinese[i] == c)
            return true;
    return c >= '0' && c <= '9';
}

/* The number at the front of `s`, taken off; its digits. */
static size_t take_number(struct str *s)
{
    size_t n = 0;

    while (s->n) {
        struct str rest = *s;

        if (!is_number(utf8_next(&rest)))
            break;
        *s = rest;
        n++;
    }
    return n;
}

/* "11月5日…" or, when `whole` is false, "11月…". */
static bool is_month(struct str s, bool whole)
{
    if (take_number(&s) == 0 || !str_starts(s, S("月")))
        return false;
    s = str_slice(s, S("月").n, s.n);
    return !whole || take_number(&s) > 0;
}

/* 2024-2025, 2024—25学年: the first of several years. */
static bool is_range(struct str after)
{
    static const struct str dashes[] = {
        S_INIT("-"),  S_INIT("—"), S_INIT("–"),  S_INIT("~"),  S_INIT("至"),
        S_INIT("到"), S_INIT("/"), S_INIT("、"), S_INIT("和"),
    };
    size_t digits;

    for (size_t i = 0; i < COUNT(dashes); i++) {
        struct str rest = after;

        if (!str_starts(after, dashes[i]))
            continue;
        while (str_starts(rest, dashes[i]))
            rest = str_slice(rest, dashes[i].n, rest.n);
        digits = take_number(&rest);
        return digits == 4 || (digits == 2 && (str_starts(rest, S("年")) ||
                                               str_starts(rest, S("学年"))));
    }
    return false;
}

/* The bound of a time, or a year of something else than the sheet. */
static bool is_bound(const struct year_mention *m)
{
    static const struct str behind[] = {
        S_INIT("以来"), S_INIT("以前"), S_INIT("以后"), S_INIT("之前"),
        S_INIT("之后"), S_INIT("至今"), S_INIT("起"),   S_INIT("前的"),
        S_INIT("前成"), S_INIT("前组"), S_INIT("后的"), S_INIT("后成"),
        S_INIT("后组"), S_INIT("成立"), S_INIT("组建"), S_INIT("建立"),
        S_INIT("建队"), S_INIT("创立"), S_INIT("创办"), S_INIT("开始"),
        S_INIT("级"),   S_INIT("届"),   S_INIT("学年"),
    };
    static const struct str before[] = { S_INIT("自"), S_INIT("从"),
                                         S_INIT("始于"), S_INIT("成立于") };

    return starts_with_one(m->after, behind, COUNT(behind)) ||
           ends_with_one(m->before, before, COUNT(before)) ||
           is_range(m->after);
}

/* What is done to a sheet on a day. */
static const struct str acts[] = {
    S_INIT("制表"), S_INIT("制作"), S_INIT("编制"), S_INIT("填报"),
    S_INIT("填表"), S_INIT("填写"), S_INIT("印制"), S_INIT("印发"),
    S_INIT("报送"), S_INIT("上报"), S_INIT("打印"), S_INIT("更新"),
    S_INIT("修订"), S_INIT("导出"), S_INIT("录入"), S_INIT("整理"),
};

/* 填报时间：, 更新于, 制表 in front of a year. */
static bool is_day_label(struct str before)
{
    static const struct str labels[] = { S_INIT("时间"), S_INIT("日期") };

    before = str_without_end(before, S(":"));
    before = str_without_end(before, S("于"));
    return ends_with_one(before, labels, COUNT(labels)) ||
           ends_with_one(before, acts, COUNT(acts));
}

/* The day of writing, printing or founding: says nothing of the sheet. */
static bool is_day(const struct year_mention *m)
{
    struct str after = m->after;

    if (is_month(after, true) || is_day_label(m->before))
        return true;
    if (is_month(after, false))
        after = str_slice(after, str_find(after, S("月")) + 3, after.n);
    if (str_starts(after, S("份")))
        after = str_slice(after, 3, after.n);
    return starts_with_one(str_trim(after), acts, COUNT(acts));
}

/* 年度：2024 */
static bool is_labelled(const struct year_mention *m)
{
    static const struct str labels[] = { S_INIT("年度"), S_INIT("年份"),
                                         S_INIT("year") };

    return ends_with_one(str_without_end(m->before, S(":")), labels,
                         COUNT(labels));
}

static void hear(struct sheet_year *y, const struct year_mention *m,
                 struct text from)
{
    bool counts = m->named || is_labelled(m);

    if (is_bound(m)) {
        y->unclear = true;
    } else if (!counts || is_day(m)) {
        return;
    } else if (y->year && y->year != m->year) {
        y->unclear = true;
    } else if (!y->year) {
        y->year = m->year;
        y->from = from;
        return;
    }
    if (text_empty(y->from))
        y->from = from;
}

/* Both folded; `label` is what stands to the left of the text. */
static void listen(struct sheet_year *y, struct str s, struct str label,
                   struct text from)
{
    struct year_mention m;
    bool alone = year_read(s) != 0 && label.n == 0;
    size_t at = 0;

    while (year_next(s, &at, &m)) {
        if (m.before.n == 0)
            m.before = label;
        m.named |= alone;
        hear(y, &m, from);
    }
}

/* "C2" */
static struct str place_of(struct mem *m, const struct grid *g, size_t row,
                           size_t col)
{
    struct str letters = S("");

    for (size_t n = col + 1; n > 0; n = (n - 1) / 26)
        letters =
            str_fmt(m, "%c%.*s", (char)('A' + (n - 1) % 26), STR_ARG(letters));
    return str_fmt(m, "%.*s%zu", STR_ARG(letters), g->first_row + row);
}

static void listen_to_row(struct mem *m, const struct grid *g, size_t row,
                          struct sheet_year *y)
{
    struct str label = S("");

    for (size_t col = 0; col < g->cols; col++) {
        const struct cell *c = grid_cell(g, row, col);
        struct str text = utf8_fold(m, c->text);
        struct str place = place_of(m, g, row, col);

        if (text.n == 0 || c->merged)
            continue;
        if (c->kind != CELL_DATE)
            listen(y, text, label,
                   text_fmt(m, "标题 %.*s", "the title in %.*s",
                            STR_ARG(place)));
        label = text;
    }
}

void sheet_year_told(struct mem *m, const struct grid *g, size_t header,
                     struct sheet_year *ret)
{
    *ret = (struct sheet_year){ .from = TEXT("", "") };
    listen(ret, utf8_fold(m, g->name), S(""),
           TEXT("表名", "the name of the sheet"));
    for (size_t row = 0; row < header; row++)
        listen_to_row(m, g, row, ret);
    ret->unclear |= ret->year && ret->year < YEAR_FIRST;
    if (ret->unclear)
        ret->year = 0;
}

/* ---- what the dates tell ---- */

/* How many rows are dated, and the year that most of them have. */
struct dated {
    size_t rows;
    size_t most;
    int32_t year;
};

static struct dated count_dates(const struct match *s, size_t col)
{
    size_t count[YEARS] = { 0 };
    struct dated d = { .rows = 0 };

    for (size_t row = s->data_row; row < s->end_row && d.rows < DATED_ROWS;
         row++) {
        const struct cell *c = grid_cell(s->grid, row, col);
        int32_t date = c->kind == CELL_DATE ? c->date : 0;
        size_t i;

        if (!date && date_read(c->text, &date) != DATE_READ)
            continue;
        i = (size_t)(date_year(date) - FIRST_YEAR);
        d.rows++;
        if (++count[i] > d.most) {
            d.most = count[i];
            d.year = date_year(date);
        }
    }
    return d;
}

/* The column whose date decides the year; SIZE_MAX: the sheet has none. */
static size_t when_col(const struct match *s)
{
    size_t when = ledger_role(s->ledger, COLUMN_WHEN);

    return when == SIZE_MAX ? SIZE_MAX : s->map[when];
}

static struct text when_words(struct mem *m, const struct match *s)
{
    const struct column *c =
        &s->ledger->columns[ledger_role(s->ledger, COLUMN_WHEN)];

    return (struct text){
        str_fmt(m, "“%.*s”列", STR_ARG(c->label.zh)),
        str_fmt(m, "the column \"%.*s\"", STR_ARG(c->label.en)),
    };
}

/* ---- settling ---- */

static bool has_years(const struct match *s)
{
    return s->ledger && !s->ledger->standing && !ledger_year_follows(s->ledger);
}

/* A title may have a slip of the pen too. */
static bool is_likely(const struct import *im, int32_t year)
{
    return year >= YEAR_FIRST && year <= im->years.today + 1;
}

/* A few rows alone may all be wrong: they tell nothing of one another. */
static void settle_by_dates(const struct import *im, struct match *s)
{
    struct dated d = count_dates(s, when_col(s));

    if (d.most >= DATED_LEAST && 2 * d.most > d.rows && is_likely(im, d.year)) {
        s->year = d.year;
        s->year_from = when_words(im->m, s);
    }
}

/* Does another sheet tell the year, in a title or by its dates? */
static bool tells(const struct match *s, bool by_dates)
{
    if (!has_years(s) || !s->year)
        return false;
    return by_dates ? when_col(s) != SIZE_MAX : s->told.year == s->year;
}

/*
 * What other sheets of the file tell, if all that do tell the same. False:
 * none tells.
 */
static bool take_from_others(const struct import *im, struct match *s,
                             bool by_dates)
{
    const struct match *first = NULL;

    for (size_t i = 0; i < im->n; i++) {
        const struct match *other = &im->sheets[i].match;

        if (other == s || !tells(other, by_dates))
            continue;
        if (first && first->year != other->year)
            return true;
        if (!first)
            first = other;
    }
    if (!first)
        return false;
    s->year = first->year;
    s->year_from = (struct text){
        str_fmt(im->m, "同一文件“%.*s”的%.*s", STR_ARG(first->grid->name),
                STR_ARG(first->year_from.zh)),
        str_fmt(im->m, "%.*s of \"%.*s\" in the same file",
                STR_ARG(first->year_from.en), STR_ARG(first->grid->name)),
    };
    return true;
}

/* What the sheet itself says, or somebody says of it. */
static void settle_own(const struct import *im, struct match *s)
{
    s->year = 0;
    s->year_from = TEXT("", "");
    if (!has_years(s))
        return;
    if (s->chosen_year) {
        s->year = s->chosen_year;
        s->year_from = TEXT("您的选择", "your choice");
    } else if (im->years.said) {
        s->year = im->years.said;
        s->year_from = text_same(S("--year"));
    } else if (is_likely(im, s->told.year)) {
        s->year = s->told.year;
        s->year_from = s->told.from;
    } else if (!s->told.unclear && !s->told.year && when_col(s) != SIZE_MAX) {
        settle_by_dates(im, s);
    }
}

static bool waits_for_others(const struct match *s)
{
    return s->ledger && ledger_asks_year(s->ledger) && !s->year &&
           !s->told.unclear && !s->told.year;
}

/* "2024（取自标题 A1）", "按各行的日期，应在 2024 年前后（标题 A1）" */
static struct text words_of(struct mem *m, const struct match *s)
{
    struct text of_rows = TEXT("按各行的日期", "by the date of each row");
    struct str zh = s->year_from.zh;
    struct str en = s->year_from.en;

    if (!has_years(s))
        return TEXT("", "");
    if (s->year_col != SIZE_MAX)
        of_rows = TEXT("按“年度”栏", "by the column \"Year\"");
    else if (!ledger_has(s->ledger, COLUMN_WHEN))
        return s->year ? (struct text){ str_fmt(m, "%d（取自%.*s）", s->year,
                                                STR_ARG(zh)),
                                        str_fmt(m, "%d (from %.*s)", s->year,
                                                STR_ARG(en)) }
                       : TEXT("待说明", "to be said");
    if (!s->year)
        return of_rows;
    return (struct text){
        str_fmt(m, "%.*s，应在 %d 年前后（取自%.*s）", STR_ARG(of_rows.zh),
                s->year, STR_ARG(zh)),
        str_fmt(m, "%.*s, about %d (from %.*s)", STR_ARG(of_rows.en), s->year,
                STR_ARG(en)),
    };
}

void sheet_years_settle(struct import *im)
{
    for (size_t i = 0; i < im->n; i++)
        settle_own(im, &im->sheets[i].match);
    for (size_t i = 0; i < im->n; i++) {
        struct match *s = &im->sheets[i].match;

        if (waits_for_others(s) && !take_from_others(im, s, false))
            (void)take_from_others(im, s, true);
    }
    for (size_t i = 0; i < im->n; i++)
        im->sheets[i].match.year_words = words_of(im->m, &im->sheets[i].match);
}

/* ---- questions ---- */

bool sheet_asks_year(const struct match *s)
{
    return s->ledger && ledger_asks_year(s->ledger) && !s->year &&
           s->year_col == SIZE_MAX;
}

struct text sheet_year_question(struct mem *m, const struct match *s,
                                size_t rows)
{
    if (text_empty(s->told.from))
        return text_fmt(m,
                        "表名和标题里没有年度，%zu 行先不导入；请说明是哪一"
                        "年度的，例如 --year 2024，或在网页上选择年度",
                        "neither its name nor a title tells the year; %zu "
                        "held back: say it, such as --year 2024, or "
                        "choose it on the page",
                        rows);
    return (struct text){
        str_fmt(m,
                "年度不明确（%.*s），%zu 行先不导入；请说明是哪一年度的，"
                "例如 --year 2024，或在网页上选择年度",
                STR_ARG(s->told.from.zh), rows),
        str_fmt(m,
                "the year is not clear (%.*s); %zu held back: say it, such "
                "as --year 2024, or choose it on the page",
                STR_ARG(s->told.from.en), rows),
    };
}

bool sheet_row_year(const struct match *s, size_t row, int32_t *ret_year)
{
    const struct cell *c;

    *ret_year = 0;
    if (s->year_col == SIZE_MAX || s->ledger->standing)
        return true;
    c = grid_cell(s->grid, row, s->year_col);
    if (str_trim(c->text).n == 0)
        return true;
    *ret_year = c->kind == CELL_DATE ? date_year(c->date) : year_read(c->text);
    return *ret_year >= YEAR_FIRST && *ret_year < YEAR_END;
}

struct year_span sheet_year_span(const struct import *im, const struct match *s,
                                 int32_t said, int32_t shown)
{
    int32_t today = im->years.today;

    if (said && ledger_has(s->ledger, COLUMN_WHEN))
        return (struct year_span){ said - 1, said + 1 };
    if (s->year)
        return (struct year_span){ s->year - 1, s->year + 1 };
    if (shown && !said)
        return (struct year_span){ shown - 1,
                                   (shown > today ? shown : today) + 1 };
    return (struct year_span){ YEAR_FIRST, today + 1 };
}
