/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Reading is strict where a guess could be wrong and lenient where it can
 * not: full-width digits and the column's own unit after a number are fine,
 * a third decimal or an unknown choice is not.
 */
#include "host/ledger/cell.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"
#include "base/web.h"
#include "host/ledger/stray.h"

enum {
    TEXT_MAX = 200,
    LINES_MAX = 4000,
    COUNT_MAX = 1000000000,
    MARK_MAX = 10000,
};

static enum err refuse(struct text why, struct text *ret_reason)
{
    *ret_reason = why;
    return E_INPUT;
}

/* The largest value of a column, or the most characters. */
static int64_t most_of(const struct column *c)
{
    if (c->max)
        return c->max;
    switch (c->type) {
    case COLUMN_COUNT:
        return COUNT_MAX;
    case COLUMN_MARK:
        return MARK_MAX;
    case COLUMN_LINES:
        return LINES_MAX;
    default:
        return TEXT_MAX;
    }
}

static bool text_fits(struct mem *m, const struct column *c, struct str s,
                      struct text *ret_reason)
{
    bool lines = c->type == COLUMN_LINES;
    int64_t most = most_of(c);

    if (!utf8_plain(s, lines))
        *ret_reason = lines ? TEXT("含有无法保存的控制字符，请删去",
                                   "contains control characters; remove them")
                            : TEXT("含有换行或控制字符，请改成一行",
                                   "contains line breaks or control "
                                   "characters; make it one line");
    else if (column_is(c, COLUMN_LINK) && !web_is_address(s))
        *ret_reason = TEXT("应为 https:// 或 http:// 开头的网址，中间没有空格",
                           "must be an address that begins with https:// or "
                           "http://, without blanks");
    else if ((int64_t)utf8_length(s) > most)
        *ret_reason = text_fmt(m, "超过 %lld 个字，请缩短",
                               "longer than %lld characters; shorten it",
                               (long long)most);
    else
        return true;
    return false;
}

static bool number_fits(struct mem *m, const struct column *c, int64_t v,
                        struct text *ret_reason)
{
    int64_t most = most_of(c);

    if (v < 0)
        *ret_reason = TEXT("不能小于 0", "must be at least 0");
    else if (v > most && c->type == COLUMN_MARK)
        *ret_reason = text_fmt(m, "不能大于 %.*s 分", "must be at most %.*s",
                               STR_ARG(mark_text(m, most)));
    else if (v > most)
        *ret_reason = text_fmt(m, "不能大于 %lld", "must be at most %lld",
                               (long long)most);
    else
        return true;
    return false;
}

bool cell_fits(struct mem *m, const struct column *c, const struct value *v,
               struct text *ret_reason)
{
    switch (c->type) {
    case COLUMN_TEXT:
    case COLUMN_LINES:
    case COLUMN_PHONE:
        return text_fits(m, c, v->s, ret_reason);
    case COLUMN_COUNT:
    case COLUMN_MARK:
        return number_fits(m, c, v->i, ret_reason);
    case COLUMN_DATE:
        *ret_reason = TEXT("没有这一天，请核对日期",
                           "there is no such day; check the date");
        return v->i > 0 && v->i <= INT32_MAX &&
               date_from_days(date_to_days((int32_t)v->i)) == v->i;
    case COLUMN_CHOICE:
        *ret_reason = TEXT("没有这个选项", "there is no such choice");
        return choice_find(c, v->s) != NULL;
    case COLUMN_REF:
        return true;
    }
    BUG("a column of type %d", (int)c->type);
}

static enum err read_number(struct mem *m, const struct heading *h,
                            struct str raw, struct value *ret_value,
                            struct text *ret_reason)
{
    int64_t v;
    enum err e = unit_read(m, h, raw, &v, ret_reason);

    if (e == OK)
        *ret_value = INT(v);
    return e;
}

static enum err read_date(struct mem *m, struct str raw,
                          struct value *ret_value, struct text *ret_reason)
{
    int32_t d = 0;

    switch (date_read(raw, &d)) {
    case DATE_READ:
        *ret_value = INT(d);
        return OK;
    case DATE_IMPOSSIBLE:
        return refuse(text_fmt(m, "没有 %.*s 这一天，请核对日期",
                               "there is no day %.*s; check the date",
                               STR_ARG(raw)),
                      ret_reason);
    case DATE_FAR:
        return refuse(text_fmt(m, "%.*s 不在 1900 年到 2199 年之间，请核对年份",
                               "%.*s is not between 1900 and 2199; check the "
                               "year",
                               STR_ARG(raw)),
                      ret_reason);
    case DATE_UNKNOWN:
        break;
    }
    return refuse(TEXT("看不懂的日期，请写成 2024-11-07",
                       "not a date we can read; write 2024-11-07"),
                  ret_reason);
}

static bool among(struct mem *m, struct str words, struct str folded)
{
    struct str word;

    while (str_cut(&words, S("|"), &word))
        if (word.n && str_eq(utf8_fold(m, word), folded))
            return true;
    return false;
}

/* The choice that `raw` names; most cells say it just as its label does. */
static const struct choice *match_choice(struct mem *m, const struct column *c,
                                         struct str raw)
{
    const struct choice *end = c->choices + c->choices_n;
    struct str folded;

    for (const struct choice *o = c->choices; o < end; o++)
        if (str_eq(o->label.zh, raw) || str_eq(o->key, raw))
            return o;
    folded = utf8_fold(m, raw);
    for (const struct choice *o = c->choices; o < end; o++)
        if (among(m, o->label.zh, folded) || among(m, o->label.en, folded) ||
            among(m, o->synonyms, folded))
            return o;
    return NULL;
}

/* All labels, for the words of a refusal. */
static struct str choice_labels(struct mem *m, const struct column *c,
                                enum lang l)
{
    struct buf *b = buf_new(m, 4096);

    for (size_t i = 0; i < c->choices_n; i++) {
        if (i > 0)
            buf_put(b, l == LANG_EN ? S(", ") : S("、"));
        buf_put(b, text_in(c->choices[i].label, l));
    }
    return buf_str(b);
}

static enum err read_choice(struct mem *m, const struct column *c,
                            struct str raw, struct value *ret_value,
                            struct text *ret_reason)
{
    const struct choice *o = match_choice(m, c, raw);
    struct text why;

    if (o) {
        *ret_value = STR(o->key);
        return OK;
    }
    why.zh = str_fmt(m, "没有“%.*s”这个选项，可选：%.*s", STR_ARG(raw),
                     STR_ARG(choice_labels(m, c, LANG_ZH)));
    why.en = str_fmt(m, "there is no choice \"%.*s\"; choose one of: %.*s",
                     STR_ARG(raw), STR_ARG(choice_labels(m, c, LANG_EN)));
    return refuse(why, ret_reason);
}

static enum err read_phone(struct mem *m, struct str raw,
                           struct value *ret_value, struct text *ret_reason)
{
    struct str s = utf8_fold(m, raw);
    struct buf *digits = buf_new(m, 32);
    bool ok;

    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9')
            buf_byte(digits, s.p[i]);
        else if (s.p[i] != '-')
            buf_byte(digits, 'x');
    s = buf_str(digits);
    ok = str_find(s, S("x")) == SIZE_MAX && !buf_overflowed(digits) &&
         ((s.n == 11 && s.p[0] == '1' && s.p[1] >= '3') ||
          (s.n >= 10 && s.n <= 12 && s.p[0] == '0'));
    if (!ok)
        return refuse(
            TEXT("请填写 11 位手机号，例如 13800000000，或带区号的固定电话",
                 "must be a mobile number of 11 digits, such as "
                 "13800000000, or a landline with area code"),
            ret_reason);
    *ret_value = STR(s);
    return OK;
}

static enum err read_raw(struct mem *m, const struct heading *h, struct str raw,
                         struct value *ret_value, struct text *ret_reason)
{
    const struct column *c = h->column;

    switch (c->type) {
    case COLUMN_TEXT:
    case COLUMN_LINES:
        *ret_value = STR(raw); /* a copy: it was cleaned */
        return OK;
    case COLUMN_COUNT:
    case COLUMN_MARK:
        return read_number(m, h, raw, ret_value, ret_reason);
    case COLUMN_DATE:
        return read_date(m, raw, ret_value, ret_reason);
    case COLUMN_CHOICE:
        return read_choice(m, c, raw, ret_value, ret_reason);
    case COLUMN_PHONE:
        return read_phone(m, raw, ret_value, ret_reason);
    case COLUMN_REF:
        break;
    }
    BUG("%.*s is not read without the database", STR_ARG(c->key));
}

static bool is_refused(struct mem *m, const struct column *c, struct str raw,
                       struct text *ret_reason)
{
    enum stray what = stray_of(m, raw);

    if (what == STRAY_NONE ||
        (what == STRAY_NOTHING && !column_is(c, COLUMN_TITLE)))
        return false;
    *ret_reason = stray_reason(what);
    return true;
}

enum err cell_read_under(struct mem *m, const struct heading *h, struct str raw,
                         struct value *ret_value, struct text *ret_reason)
{
    const struct column *c = h->column;
    struct value v;
    enum err e;

    raw = str_trim(utf8_clean(m, raw));
    if (raw.n == 0) {
        *ret_value = column_none(c);
        return OK;
    }
    e = is_refused(m, c, raw, ret_reason) ? E_INPUT
                                          : read_raw(m, h, raw, &v, ret_reason);
    if (e == OK && !cell_fits(m, c, &v, ret_reason))
        e = E_INPUT;
    if (e == OK)
        *ret_value = v;
    return e;
}

enum err cell_read(struct mem *m, const struct column *c, struct str raw,
                   struct value *ret_value, struct text *ret_reason)
{
    const struct heading own = { c, 1 };

    return cell_read_under(m, &own, raw, ret_value, ret_reason);
}

/* The time that a column of times says; false: it says none. */
static bool read_clock(struct mem *m, const struct column *c,
                       const struct value *v, struct clock_span *ret)
{
    return column_is(c, COLUMN_CLOCK) && !v->missing &&
           clock_read(m, v->s, ret);
}

struct str cell_identity(struct mem *m, const struct column *c,
                         const struct value *v)
{
    struct clock_span at;

    if (read_clock(m, c, v, &at))
        return str_fmt(m, "%02d:%02d", at.from / 60, at.from % 60);
    if (v->missing)
        return S("");
    return v->kind == VALUE_TEXT ? utf8_fold(m, v->s) : str_of_int(m, v->i);
}

bool cell_is_vague(struct mem *m, const struct column *c, const struct value *v)
{
    struct clock_span at;

    return column_is(c, COLUMN_CLOCK) && !v->missing &&
           !read_clock(m, c, v, &at);
}

bool cell_alike(struct mem *m, const struct column *c, const struct value *a,
                const struct value *b)
{
    struct clock_span x;
    struct clock_span y;

    if (a->missing || b->missing)
        return a->missing == b->missing;
    if (c->type == COLUMN_LINES)
        return str_eq(a->s, b->s);
    if (read_clock(m, c, a, &x) && read_clock(m, c, b, &y))
        return x.from == y.from && x.to == y.to;
    return str_eq(cell_identity(m, c, a), cell_identity(m, c, b));
}

struct str number_text(struct mem *m, int64_t v)
{
    struct str digits = str_fmt(m, "%lld", (long long)(v < 0 ? -v : v));
    struct buf *b = buf_new(m, 64);

    if (v < 0)
        buf_byte(b, '-');
    for (size_t i = 0; i < digits.n; i++) {
        if (i && (digits.n - i) % 3 == 0)
            buf_byte(b, ',');
        buf_byte(b, digits.p[i]);
    }
    return buf_str(b);
}

struct str hours_text(struct mem *m, int64_t minutes)
{
    int64_t tenths = (minutes * 10 + 30) / 60;
    struct str whole = number_text(m, tenths / 10);

    return tenths % 10 ? str_fmt(m, "%.*s.%lld", STR_ARG(whole),
                                 (long long)(tenths % 10))
                       : whole;
}

struct str mark_text(struct mem *m, int64_t hundredths)
{
    if (hundredths % 100 == 0)
        return str_of_int(m, hundredths / 100);
    if (hundredths % 10 == 0)
        return str_fmt(m, "%lld.%lld", (long long)(hundredths / 100),
                       (long long)(hundredths % 100 / 10));
    return str_fmt(m, "%lld.%02lld", (long long)(hundredths / 100),
                   (long long)(hundredths % 100));
}

struct str cell_mask(struct mem *m, struct str s)
{
    if (s.n >= 7 && s.p[0] >= '0' && s.p[0] <= '9')
        return str_fmt(m, "%.3s****%.*s", s.p, 4, s.p + s.n - 4);
    return s.n ? str_fmt(m, "%.*s**", STR_ARG(utf8_first(s))) : s;
}

static struct str choice_text(const struct column *c, struct str key,
                              enum lang l)
{
    const struct choice *o = choice_find(c, key);

    return o ? text_in(o->label, l) : key;
}

struct str cell_text(struct mem *m, const struct column *c,
                     const struct value *v, struct str label, enum lang l)
{
    if (c->type == COLUMN_CHOICE && !v->missing)
        return choice_text(c, v->s, l);
    return cell_field(m, c, v, label);
}

struct str cell_shown(struct mem *m, const struct column *c,
                      const struct value *v, struct str label, enum lang l)
{
    if (c->type != COLUMN_COUNT || c->unit == UNIT_NONE || v->missing)
        return cell_text(m, c, v, label, l);
    if (c->unit != UNIT_MINUTES)
        return number_text(m, v->i);
    return str_fmt(m, "%.*s %s", STR_ARG(hours_text(m, v->i)),
                   l == LANG_EN ? "h" : "小时");
}

struct text column_shown(const struct column *c)
{
    if (c->unit != UNIT_MINUTES)
        return c->label;
    return (struct text){ str_without_end(c->label.zh, S("（分钟）")),
                          str_without_end(c->label.en, S(" (minutes)")) };
}

struct str cell_masked(struct mem *m, const struct column *c, struct str text)
{
    return column_is(c, COLUMN_PERSONAL) ? cell_mask(m, text) : text;
}

struct str cell_field(struct mem *m, const struct column *c,
                      const struct value *v, struct str label)
{
    if (v->missing)
        return S("");
    switch (c->type) {
    case COLUMN_REF:
        return label;
    case COLUMN_COUNT:
        return str_of_int(m, v->i);
    case COLUMN_MARK:
        return mark_text(m, v->i);
    case COLUMN_DATE:
        return date_iso(m, (int32_t)v->i);
    default:
        return v->s;
    }
}

struct str cell_raw_text(struct mem *m, const struct column *c, struct str raw,
                         enum lang l)
{
    struct value v = STR(raw);
    int64_t i;

    if (column_is_int(c) && c->type != COLUMN_REF && str_int(raw, &i))
        v = INT(i);
    else if (column_is_int(c))
        return raw;
    return cell_text(m, c, &v, raw, l);
}
