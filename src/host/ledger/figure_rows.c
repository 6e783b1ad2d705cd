/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/figure_rows.h"

#include "host/ledger/figure_part.h"
#include "host/ledger/row.h"
#include "store/compose.h"

/* Those that have been so for longest come first. */
static struct rows standing_rows(struct scope in, const struct figure_value *v,
                                 const struct figure_span *span)
{
    return tx_query(
        in.tx,
        SQL("SELECT row_id, 1, since FROM period WHERE district = ?1 AND "
            "kind = ?2 AND category = ?3 AND year = ?4 AND since <= ?5 AND "
            "until > ?5 ORDER BY since, row_id LIMIT ?7 OFFSET ?6"),
        WITH(INT(in.district), STR(v->figure->kind), STR(v->figure->category),
             INT(v->year), INT(v->only.day), INT(span->skip), INT(span->most)));
}

/* A ratio opens onto everything that was divided by. */
static struct str kind_of(const struct figure_value *v)
{
    const struct figure *f = v->figure;

    return f->measure == MEASURE_RATIO ? f->whole : f->kind;
}

/* Where a page begins, and which way it is read from there. */
struct start {
    bool up;            /* from the end */
    int64_t rank, id;   /* beyond this record */
    int64_t skip, most; /* as of a span */
};

/* The rank of a row that counts; false: it does not, or is not there. */
static bool rank_of(struct scope in, const struct figure_value *v, int64_t id,
                    int64_t *ret_rank)
{
    const struct record_kind *kind;
    const struct ledger *l = kind_ledger(kind_of(v), &kind);
    struct ledger_row *row;
    struct record record;

    if (!id || !row_load(in, l, id, &row) || !record_of(in, kind, row, &record))
        return false;
    *ret_rank = record.rank;
    return true;
}

static struct start start_of(struct scope in, const struct figure_value *v,
                             const struct figure_span *span)
{
    struct start down = { false, INT64_MAX, 0, span->skip, span->most };
    struct start up = { true, -INT64_MAX, INT64_MAX, 0, span->most };
    int64_t behind;

    if (rank_of(in, v, span->after, &down.rank)) {
        down.id = span->after;
        down.skip = 0;
        return down;
    }
    if (rank_of(in, v, span->before, &up.rank)) {
        up.id = span->before;
        return up;
    }
    if (span->all <= span->skip || span->most > span->all)
        return down;
    behind = span->all - span->skip - span->most;
    if (behind >= span->skip)
        return down;
    up.most += behind < 0 ? behind : 0;
    up.skip = behind > 0 ? behind : 0;
    return up;
}

/* Those that have a seat; of the other measures all have one. */
static int64_t least_rank(const struct figure_value *v)
{
    if (v->figure->measure != MEASURE_SEATS)
        return -INT64_MAX;
    return v->value > 0 ? v->cut : INT64_MAX;
}

/* Along an index, of a category or of the whole kind. */
static void compose_records(struct compose *c, bool up, bool category)
{
    compose_sql(c, up ? SQL("SELECT row_id, quantity, minus_rank ")
                      : SQL("SELECT row_id, quantity, 0 "));
    compose_sql(
        c,
        SQL("FROM record WHERE district = ?1 AND year = ?2 AND kind = ?3 AND "
            "minus_rank <= ?4 AND (?7 = 0 OR day / 100 = ?7) AND "
            "(?8 = 0 OR day BETWEEN 1 AND ?8) AND "));
    if (category)
        compose_sql(c, SQL("category = ?11 AND "));
    compose_sql(c, up ? SQL("(minus_rank, row_id) < (?9, ?10) "
                            "ORDER BY minus_rank DESC, row_id DESC")
                      : SQL("(minus_rank, row_id) > (?9, ?10) "
                            "ORDER BY minus_rank, row_id"));
    compose_sql(c, SQL(" LIMIT ?6 OFFSET ?5"));
}

static struct sql records_sql(struct mem *m, bool up, bool category)
{
    struct compose c;

    compose_init(&c, m);
    if (up)
        compose_sql(&c, SQL("SELECT r.row_id, r.quantity, 0 FROM ("));
    compose_records(&c, up, category);
    if (up)
        compose_sql(&c, SQL(") r ORDER BY r.minus_rank, r.row_id"));
    return compose_end(&c);
}

static struct rows record_rows(struct scope in, const struct figure_value *v,
                               const struct figure_span *span)
{
    struct str category = figure_category(v);
    struct start s = start_of(in, v, span);
    const struct value args[] = {
        INT(in.district),     INT(v->year),
        STR(kind_of(v)),      INT(-least_rank(v)),
        INT(s.skip),          INT(s.most),
        INT(figure_month(v)), INT(v->only.day),
        INT(-s.rank),         INT(s.id),
        STR(category),
    };

    return tx_query(in.tx, records_sql(in.m, s.up, category.n > 0),
                    (struct args){ args, COUNT(args) - (category.n == 0) });
}

struct figure_rows figure_rows(struct scope in, const struct figure_value *v,
                               const struct figure_span *span)
{
    static const struct figure_span all = { .most = INT64_MAX };

    span = span ? span : &all;
    return (struct figure_rows){
        .rows = v->figure->measure == MEASURE_STANDING
                    ? standing_rows(in, v, span)
                    : record_rows(in, v, span),
    };
}

bool figure_rows_next(struct figure_rows *r, int64_t *ret_id,
                      int64_t *ret_quantity)
{
    if (!rows_next(&r->rows))
        return false;
    *ret_id = rows_int(&r->rows, 0);
    *ret_quantity = rows_int(&r->rows, 1);
    r->since = (int32_t)rows_int(&r->rows, 2);
    return true;
}
