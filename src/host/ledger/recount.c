/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A row's numbers are what its kinds make of it, as when it was counted; that
 * records say the same is what `dajuan verify` proves.
 */
#include "host/ledger/recount.h"

#include "base/buf.h"
#include "base/date.h"
#include "host/ledger/cell.h"
#include "host/ledger/period.h"
#include "host/ledger/row.h"

enum { LABEL_MAX = 1024 };

/* ---- the rows ---- */

void recount_open(struct scope in, const struct figure_value *v,
                  const struct figure_span *span, struct recount *ret)
{
    const struct figure *f = v->figure;
    bool ratio = f->measure == MEASURE_RATIO;

    *ret =
        (struct recount){ .in = in, .value = v, .nth = span ? span->skip : 0 };
    ret->ledger = f->measure == MEASURE_STANDING
                      ? figure_ledger(f)
                      : kind_ledger(ratio ? f->whole : f->kind, &ret->kind);
    if (ratio)
        kind_ledger(f->kind, &ret->part);
    ret->rows = figure_rows(in, v, span);
}

/* Equal ranks share a place; the first one's is asked for. */
static void set_place(struct recount *r, int64_t rank, struct counted *ret)
{
    if (!r->place)
        r->place = rank_place(r->in, r->value->year, r->value->figure, rank);
    else if (rank != r->rank)
        r->place = r->nth + 1;
    r->rank = rank;
    ret->place = r->place;
    if (r->kind->points)
        ret->points = r->kind->points(rank);
}

int64_t days_standing(int32_t since, int32_t day)
{
    return date_to_days(day) - date_to_days(since) + 1;
}

bool recount_next(struct recount *r, struct mem *m, struct counted *ret)
{
    struct scope in = { r->in.tx, m, r->in.district };
    struct record record;
    int64_t id;

    *ret = (struct counted){ 0 };
    if (!figure_rows_next(&r->rows, &id, &ret->quantity))
        return false;
    if (!row_load(in, r->ledger, id, &ret->row)) {
        r->lost = id;
        recount_end(r);
        return false;
    }
    if (r->rows.since) {
        ret->since = r->rows.since;
        ret->days = days_standing(ret->since, r->value->only.day);
    }
    if (r->part && record_of(in, r->part, ret->row, &record))
        ret->part = record.quantity;
    if (r->value->figure->measure == MEASURE_SEATS &&
        record_of(in, r->kind, ret->row, &record))
        set_place(r, record.rank, ret);
    r->nth++;
    return true;
}

void recount_end(struct recount *r)
{
    rows_end(&r->rows.rows);
}

int64_t recount_rows(struct scope in, const struct figure_value *v)
{
    const struct figure *f = v->figure;

    if (f->measure == MEASURE_SEATS)
        return v->value;
    if (f->measure == MEASURE_RATIO) /* .n is the sum of its rows */
        return tally_read(in, v->year, f->whole, f->category).n;
    return v->n;
}

/* Those of one level that are above the rank, but not those above them. */
static int64_t ranks_above(struct scope in, int32_t year,
                           const struct figure *f, int64_t rank, int level)
{
    int64_t at = rank >> level * TALLY_LEVEL_BITS;
    int64_t last = at | ((1 << TALLY_LEVEL_BITS) - 1);

    return tx_int(in.tx,
                  SQL("SELECT coalesce(sum(n), 0) FROM tally WHERE "
                      "district = ?1 AND year = ?2 AND kind = ?3 AND "
                      "scope = ?4 AND category = ?5 AND rank > ?6 AND "
                      "rank <= ?7"),
                  WITH(INT(in.district), INT(year), STR(f->kind),
                       INT(tally_rank_scope(level)), STR(f->category), INT(at),
                       INT(level == TALLY_LEVELS - 1 ? INT64_MAX : last)),
                  0);
}

int64_t rank_place(struct scope in, int32_t year, const struct figure *f,
                   int64_t rank)
{
    int64_t above = 0;

    for (int level = 0; level < TALLY_LEVELS; level++)
        above += ranks_above(in, year, f, rank, level);
    return above + 1;
}

/* ---- the columns ---- */

static uint64_t kind_looks_at(struct str name, bool category)
{
    const struct record_kind *kind;

    if (!kind_ledger(name, &kind))
        return 0;
    return kind->sums | kind->looks_at | (category ? kind->by : 0);
}

uint64_t figure_looks_at(const struct figure *f)
{
    return kind_looks_at(f->kind, f->category.n > 0) |
           kind_looks_at(f->whole, f->category.n > 0);
}

/* 非常满意＋满意: the columns that a kind adds up; "" without any. */
static struct str sum_of(struct mem *m, struct str name, enum lang lang)
{
    const struct record_kind *kind;
    const struct ledger *l = kind_ledger(name, &kind);
    struct buf *b = buf_new(m, LABEL_MAX);

    for (size_t i = 0; l && i < l->columns_n; i++) {
        if (!(kind->sums & AT(i)))
            continue;
        if (buf_str(b).n)
            buf_put(b, lang == LANG_EN ? S(" + ") : S("＋"));
        buf_put(b, text_in(l->columns[i].label, lang));
    }
    return buf_str(b);
}

static struct text sum_label(struct mem *m, struct str kind, struct text side)
{
    struct str zh = sum_of(m, kind, LANG_ZH);
    struct str en = sum_of(m, kind, LANG_EN);

    if (zh.n == 0)
        return side;
    return (struct text){
        str_fmt(m, "%.*s（%.*s）", STR_ARG(side.zh), STR_ARG(zh)),
        str_fmt(m, "%.*s (%.*s)", STR_ARG(side.en), STR_ARG(en))
    };
}

static struct text points_label(const struct figure *f)
{
    const struct record_kind *kind;

    return kind_ledger(f->kind, &kind) && kind->points ? kind->points_label
                                                       : TEXT("得分", "Points");
}

/* Time is counted in the minutes that add up, whatever a page reads. */
static struct text quantity_label(const struct figure *f)
{
    return figure_is_time(f) ? TEXT("计数（分钟）", "Counts as (minutes)")
                             : TEXT("计数", "Counts as");
}

/* 平均进度（%） */
static struct text share_label(struct mem *m, const struct figure *f)
{
    if (figure_is_tenths(f) && !figure_is_percent(f))
        return f->label;
    return (struct text){ str_fmt(m, "%.*s（%%）", STR_ARG(f->label.zh)),
                          str_fmt(m, "%.*s (%%)", STR_ARG(f->label.en)) };
}

static size_t mean_columns(struct mem *m, const struct figure *f,
                           struct counted_column *ret)
{
    ret[0] = (struct counted_column){ COUNTED_QUANTITY,
                                      sum_label(m, f->kind, quantity_label(f)),
                                      false };
    ret[1] = (struct counted_column){ COUNTED_SHARE, share_label(m, f), true };
    return 2;
}

static size_t median_columns(struct mem *m, const struct figure *f,
                             struct counted_column *ret)
{
    ret[0] = (struct counted_column){
        COUNTED_VALUE, sum_label(m, f->kind, TEXT("取值", "Value")), false
    };
    ret[1] = (struct counted_column){ COUNTED_SHARE, share_label(m, f), true };
    return 2;
}

static size_t standing_columns(const struct figure *f,
                               struct counted_column *ret)
{
    ret[0] = (struct counted_column){ COUNTED_SINCE, TEXT("自何日起", "Since"),
                                      false };
    ret[1] =
        (struct counted_column){ COUNTED_DAYS, TEXT("天数", "Days"), true };
    ret[2] =
        (struct counted_column){ COUNTED_QUANTITY, quantity_label(f), true };
    return 3;
}

static size_t ratio_columns(struct mem *m, const struct figure *f,
                            struct counted_column *ret)
{
    ret[0] = (struct counted_column){
        COUNTED_PART, sum_label(m, f->kind, TEXT("分子", "Numerator")), false
    };
    ret[1] = (struct counted_column){
        COUNTED_QUANTITY, sum_label(m, f->whole, TEXT("分母", "Denominator")),
        false
    };
    ret[2] = (struct counted_column){ COUNTED_SHARE, share_label(m, f), true };
    return 3;
}

size_t counted_columns(struct mem *m, const struct figure *f,
                       struct counted_column ret[COUNTED_MAX])
{
    size_t n = 0;

    if (f->measure == MEASURE_RATIO)
        return ratio_columns(m, f, ret);
    if (f->measure == MEASURE_MEAN)
        return mean_columns(m, f, ret);
    if (f->measure == MEASURE_MEDIAN)
        return median_columns(m, f, ret);
    if (f->measure == MEASURE_STANDING)
        return standing_columns(f, ret);
    if (f->measure == MEASURE_SEATS) {
        ret[n++] = (struct counted_column){ COUNTED_PLACE,
                                            TEXT("名次", "Place"), false };
        ret[n++] =
            (struct counted_column){ COUNTED_POINTS, points_label(f), false };
    }
    ret[n++] = (struct counted_column){ COUNTED_QUANTITY, quantity_label(f),
                                        f->measure != MEASURE_SUM };
    return n;
}

/* ---- the numbers ---- */

int64_t counted_number(const struct counted_column *c, const struct counted *of)
{
    switch (c->what) {
    case COUNTED_PLACE:
        return of->place;
    case COUNTED_POINTS:
        return of->points;
    case COUNTED_PART:
        return of->part;
    case COUNTED_QUANTITY:
    case COUNTED_VALUE:
        return of->quantity;
    case COUNTED_SINCE:
        return of->since;
    case COUNTED_DAYS:
        return of->days;
    case COUNTED_SHARE:
        break;
    }
    return 0;
}

struct str counted_text(struct mem *m, const struct counted_column *c,
                        const struct counted *of, enum lang lang)
{
    if (c->what == COUNTED_SHARE)
        return S("");
    if (c->what == COUNTED_SINCE)
        return str_fmt(m,
                       lang == LANG_EN ? "since %.*s, %lld days"
                                       : "自%.*s起，已 %lld 天",
                       STR_ARG(date_words(m, of->since, lang)),
                       (long long)of->days);
    if (c->what == COUNTED_POINTS)
        return of->points ? points_text(m, of->points) : S("");
    return number_text(m, counted_number(c, of));
}

struct str counted_total(struct mem *m, const struct counted_column *c,
                         const struct figure_value *v)
{
    if (c->what == COUNTED_PART)
        return number_text(m, v->part);
    if (c->what == COUNTED_SHARE)
        return figure_text(m, v);
    if (c->what != COUNTED_QUANTITY)
        return S("");
    return number_text(m, v->figure->measure == MEASURE_RATIO  ? v->n
                          : v->figure->measure == MEASURE_MEAN ? v->part
                                                               : v->value);
}

struct str points_text(struct mem *m, int64_t points)
{
    struct str s = str_fmt(m, "%lld.%04lld", (long long)(points / 10000),
                           (long long)(points % 10000));

    while (str_ends(s, S("0")))
        s.n--;
    if (str_ends(s, S(".")))
        s.n--;
    return s;
}

bool figure_line(const struct figure_value *v, int64_t *ret_points)
{
    const struct record_kind *kind;

    if (v->figure->measure != MEASURE_SEATS || v->value == 0 ||
        !kind_ledger(v->figure->kind, &kind) || !kind->points)
        return false;
    *ret_points = kind->points(v->cut);
    return true;
}
