/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/figure_rows.h"

#include "host/ledger/figure_part.h"

/* Those that have been so for longest come first. */
static struct rows standing_rows(struct scope in, const struct figure_value *v,
                                 int64_t skip, int64_t most)
{
    return tx_query(
        in.tx,
        SQL("SELECT row_id, 1, since FROM period WHERE district = ?1 AND "
            "kind = ?2 AND category = ?3 AND year = ?4 AND since <= ?5 AND "
            "until > ?5 ORDER BY since, row_id LIMIT ?7 OFFSET ?6"),
        WITH(INT(in.district), STR(v->figure->kind), STR(v->figure->category),
             INT(v->year), INT(v->only.day), INT(skip), INT(most)));
}

static struct rows record_rows(struct scope in, const struct figure_value *v,
                               int64_t skip, int64_t most)
{
    const struct figure *f = v->figure;
    /* A ratio opens onto everything that was divided by. */
    struct str kind = f->measure == MEASURE_RATIO ? f->whole : f->kind;
    int64_t least = f->measure != MEASURE_SEATS ? INT64_MIN
                    : v->value > 0              ? v->cut
                                                : INT64_MAX;

    return tx_query(
        in.tx,
        SQL("SELECT row_id, quantity, 0 FROM record WHERE district = ?1 AND "
            "year = ?2 AND kind = ?3 AND (?4 = '' OR category = ?4) AND "
            "rank >= ?5 AND (?8 = 0 OR day / 100 = ?8) AND "
            "(?9 = 0 OR day BETWEEN 1 AND ?9) "
            "ORDER BY rank DESC, row_id LIMIT ?7 OFFSET ?6"),
        WITH(INT(in.district), INT(v->year), STR(kind), STR(figure_category(v)),
             INT(least), INT(skip), INT(most), INT(figure_month(v)),
             INT(v->only.day)));
}

struct figure_rows figure_rows(struct scope in, const struct figure_value *v,
                               int64_t skip, int64_t most)
{
    return (struct figure_rows){
        .rows = v->figure->measure == MEASURE_STANDING
                    ? standing_rows(in, v, skip, most)
                    : record_rows(in, v, skip, most),
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
