/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "feature/projects/milestone_cell.h"

#include "base/buf.h"
#include "base/date.h"

#include <string.h>

enum { CELL_MAX = 16 * 1024 };

/* One of them stands between pieces. */
static const struct str between[] = { S_INIT("；"), S_INIT(";"), S_INIT("\n") };
static const struct str between_done[] = { S_INIT("、"), S_INIT("；"),
                                           S_INIT(";"), S_INIT("\n") };

/* Cut the next piece that is not empty off. */
static bool cut(struct str *rest, const struct str *seps, size_t n,
                struct str *ret)
{
    while (rest->p && rest->n > 0) {
        size_t at = SIZE_MAX;
        size_t wide = 0;

        for (size_t i = 0; i < n; i++) {
            size_t here = str_find(*rest, seps[i]);

            if (here < at) {
                at = here;
                wide = seps[i].n;
            }
        }
        *ret = str_trim(str_slice(*rest, 0, at < rest->n ? at : rest->n));
        *rest = at < rest->n ? str_slice(*rest, at + wide, rest->n) : S("");
        if (ret->n > 0)
            return true;
    }
    return false;
}

/* What stands in brackets at the end, wide or not; the rest is the name. */
static bool in_brackets(struct str piece, struct str *ret_name,
                        struct str *ret_inner)
{
    static const struct {
        struct str open, close;
    } pairs[] = { { S_INIT("（"), S_INIT("）") },
                  { S_INIT("("), S_INIT(")") } };

    for (size_t i = 0; i < COUNT(pairs); i++) {
        size_t at = str_find(piece, pairs[i].open);

        if (at == SIZE_MAX || !str_ends(piece, pairs[i].close))
            continue;
        *ret_name = str_trim(str_slice(piece, 0, at));
        *ret_inner = str_trim(
            str_slice(piece, at + pairs[i].open.n, piece.n - pairs[i].close.n));
        return ret_name->n > 0;
    }
    return false;
}

/* 3月30日前, 2025年1月10日, 2024-03-30. */
static bool read_day(struct mem *m, struct str s, int32_t year, int32_t *ret)
{
    if (str_ends(s, S("前")))
        s = str_trim(str_slice(s, 0, s.n - S("前").n));
    if (s.n == 0)
        return false;
    if (date_read(s, ret) == DATE_READ)
        return true;
    return date_read(str_fmt(m, "%d年%.*s", year, STR_ARG(s)), ret) ==
           DATE_READ;
}

static bool read_weight(struct str s, int64_t *ret)
{
    static const struct str marks[] = { S_INIT("%"), S_INIT("％") };

    for (size_t i = 0; i < COUNT(marks); i++)
        if (str_ends(s, marks[i]))
            s = str_trim(str_slice(s, 0, s.n - marks[i].n));
    return str_int(s, ret) && *ret > 0 && *ret <= 100;
}

/* "3月30日前，20%": the two with a comma between. */
static bool read_inner(struct mem *m, struct str inner, int32_t year,
                       struct milestone_text *ret)
{
    static const struct str commas[] = { S_INIT("，"), S_INIT(",") };

    for (size_t i = 0; i < COUNT(commas); i++) {
        struct str rest = inner;
        struct str day;

        if (str_find(inner, commas[i]) != SIZE_MAX &&
            str_cut(&rest, commas[i], &day))
            return read_day(m, str_trim(day), year, &ret->due) &&
                   read_weight(str_trim(rest), &ret->weight);
    }
    return false;
}

static struct milestone_text *find(struct milestone_texts *t, struct str name)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_eq(t->v[i].name, name))
            return &t->v[i];
    return NULL;
}

static struct text blamed(struct mem *m, struct str piece, struct text why)
{
    return (struct text){
        str_fmt(m, "“%.*s”%.*s", STR_ARG(piece), STR_ARG(why.zh)),
        str_fmt(m, "\"%.*s\" %.*s", STR_ARG(piece), STR_ARG(why.en)),
    };
}

static const struct text unreadable = TEXT_INIT(
    "读不出时限和权重；请写成“方案制定（3月30日前，20%）”，各项之间用分号",
    "tells no date and weight; write 方案制定（3月30日前，20%）, with ； "
    "between");

static bool sum_is_whole(struct mem *m, const struct milestone_texts *t,
                         struct text *ret_reason)
{
    int64_t sum = 0;

    for (size_t i = 0; i < t->n; i++)
        sum += t->v[i].weight;
    if (t->n == 0 || sum == 100)
        return true;
    *ret_reason =
        text_fmt(m, "权重合计 %lld%%，应为 100%%",
                 "the weights are %lld%% together, not 100%%", (long long)sum);
    return false;
}

bool milestones_read(struct mem *m, struct str plan, int32_t year,
                     struct milestone_texts *ret, struct text *ret_reason)
{
    struct str piece;

    ret->n = 0;
    while (cut(&plan, between, COUNT(between), &piece)) {
        struct milestone_text one = { .done = false };
        struct str inner;

        if (ret->n == MILESTONES_MAX ||
            !in_brackets(piece, &one.name, &inner) ||
            !read_inner(m, inner, year, &one)) {
            *ret_reason = blamed(m, piece, unreadable);
            return false;
        }
        if (find(ret, one.name)) {
            *ret_reason = blamed(m, one.name,
                                 TEXT("写了两次；请合并或改名",
                                      "stands there twice; rename one"));
            return false;
        }
        ret->v[ret->n++] = one;
    }
    return sum_is_whole(m, ret, ret_reason);
}

bool milestones_read_done(struct mem *m, struct str done, int32_t year,
                          struct milestone_texts *of, struct text *ret_reason)
{
    struct str piece;

    while (cut(&done, between_done, COUNT(between_done), &piece)) {
        struct str name = piece;
        struct str inner = S("");
        struct milestone_text *one;
        bool dated = in_brackets(piece, &name, &inner);

        one = find(of, name);
        if (!one) {
            *ret_reason = blamed(m, name,
                                 TEXT("不在里程碑之中；请核对名称",
                                      "is none of the milestones; check its "
                                      "name"));
            return false;
        }
        if (dated && !read_day(m, inner, year, &one->done_on)) {
            *ret_reason = blamed(m, piece,
                                 TEXT("的日期读不出；请写成“4月26日”",
                                      "has no day that can be read; write "
                                      "4月26日"));
            return false;
        }
        one->done = true;
    }
    return true;
}

static void put_day(struct buf *b, int32_t day, int32_t year)
{
    if (date_year(day) != year)
        buf_fmt(b, "%d年", date_year(day));
    buf_fmt(b, "%d月%d日", date_month(day), date_day(day));
}

struct str milestones_write(struct mem *m, const struct milestone_texts *t,
                            int32_t year)
{
    struct buf *b = buf_new(m, CELL_MAX);

    for (size_t i = 0; i < t->n; i++) {
        if (i)
            buf_lit(b, "；");
        buf_put(b, t->v[i].name);
        buf_lit(b, "（");
        put_day(b, t->v[i].due, year);
        buf_fmt(b, "前，%lld%%）", (long long)t->v[i].weight);
    }
    return buf_str(b);
}

struct str milestones_write_done(struct mem *m, const struct milestone_texts *t,
                                 int32_t year)
{
    struct buf *b = buf_new(m, CELL_MAX);

    for (size_t i = 0; i < t->n; i++) {
        if (!t->v[i].done)
            continue;
        if (b->n)
            buf_lit(b, "、");
        buf_put(b, t->v[i].name);
        if (!t->v[i].done_on)
            continue;
        buf_lit(b, "（");
        put_day(b, t->v[i].done_on, year);
        buf_lit(b, "）");
    }
    return buf_str(b);
}

bool blocker_is_none(struct str cell)
{
    static const struct str none[] = { S_INIT(""),     S_INIT("无"),
                                       S_INIT("暂无"), S_INIT("没有"),
                                       S_INIT("—"),    S_INIT("-"),
                                       S_INIT("/"),    S_INIT("无。") };

    for (size_t i = 0; i < COUNT(none); i++)
        if (str_eq(str_trim(cell), none[i]))
            return true;
    return false;
}
