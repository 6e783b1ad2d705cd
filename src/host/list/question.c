/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which rows: everything between FROM and ORDER BY. */
#include "host/list/question.h"

#include "base/date.h"
#include "host/ledger/due.h"
#include "host/ledger/period.h"
#include "host/ledger/row.h"
#include "host/ledger/table.h"

enum { ARGS_FIXED = 40, ARG_YEAR = 2 };

void question_init(struct question *s, struct scope in,
                   const struct list_query *q)
{
    size_t choices =
        q->sort == LIST_BY_ID ? 0 : q->ledger->columns[q->sort].choices_n;

    compose_init(&s->c, in.m);
    s->district = in.district;
    s->asker = q->asker;
    s->asker.in = in;
    s->v = NEW_ARRAY(in.m, struct value,
                     ARGS_FIXED + 2 * q->filters_n + 4 * choices);
    s->n = 0;
    s->counts = false;
}

/* As utf8_fold() sees a text, as far as the store can. */
static void put_folded(struct question *s, struct str alias, struct str name)
{
    put(s, SQL("lower(replace(replace(replace(replace(replace(replace("
               "replace(replace(replace(replace(replace("));
    compose_name(&s->c, alias);
    put(s, SQL("."));
    compose_name(&s->c, name);
    put(s, SQL(", ' ', ''), '　', ''), '“', ''), '”', ''), '\"', ''), "
               "'《', ''), '》', ''), '（', '('), '）', ')'), '—', '-'), "
               "'•', '·'))"));
}

/* What the `search` of a row leaves out: for those who see all rows. */
static bool is_deep(const struct column *col)
{
    return column_is(col, COLUMN_PERSONAL | COLUMN_INTERNAL) &&
           column_is_kept(col) &&
           (col->type == COLUMN_TEXT || col->type == COLUMN_LINES ||
            col->type == COLUMN_PHONE);
}

static void put_search(struct question *s, const struct list_query *q)
{
    size_t what = question_bind(s, STR(q->folded));
    size_t deep = 0;

    put(s, SQL(" AND ("));
    put_arg(s, what);
    put(s, SQL(" = '' OR instr(t.search, "));
    put_arg(s, what);
    put(s, SQL(") > 0"));
    for (size_t i = 0; i < q->ledger->columns_n; i++) {
        const struct column *col = &q->ledger->columns[i];

        if (!is_deep(col))
            continue;
        deep = deep ? deep : question_bind(s, INT(q->reach == LIST_ALL));
        put(s, SQL(" OR ("));
        put_arg(s, deep);
        put(s, SQL(" = 1 AND instr("));
        put_folded(s, S("t"), col->key);
        put(s, SQL(", "));
        put_arg(s, what);
        put(s, SQL(") > 0)"));
    }
    put(s, SQL(")"));
}

/*
 * The rows whose referenced row is called so in part. The district is ?1, as
 * put_from() binds it: for t.district all names would be read for each row.
 */
static void put_part(struct question *s, const struct column *col,
                     struct str part)
{
    const struct ledger *to = ledger_find(col->ref);
    size_t n = question_bind(s, STR(part));

    put(s, SQL(" AND ("));
    put_arg(s, n);
    put(s, SQL(" = '' OR t."));
    compose_name(&s->c, col->key);
    put(s, SQL(" IN (SELECT x.id FROM "));
    compose_table(&s->c, to);
    put(s, SQL(" x WHERE x.district = ?1 AND instr("));
    put_folded(s, S("x"), to->columns[ledger_title(to)].key);
    put(s, SQL(", "));
    put_arg(s, n);
    put(s, SQL(") > 0))"));
}

static void put_filter(struct question *s, const struct list_query *q,
                       const struct list_filter *f)
{
    const struct column *col = &q->ledger->columns[f->column];
    size_t n =
        question_bind(s, f->on && !f->part.n ? f->value : column_none(col));

    put(s, SQL(" AND ("));
    put_arg(s, n);
    put(s, SQL(" IS NULL OR "));
    compose_value(&s->c, q->ledger, f->column);
    put(s, SQL(" = "));
    put_arg(s, n);
    put(s, SQL(")"));
    if (col->type == COLUMN_REF)
        put_part(s, col, f->on ? f->part : S(""));
}

struct str role_key(const struct list_query *q, unsigned role)
{
    return q->ledger->columns[ledger_role(q->ledger, role)].key;
}

bool has_role_for_all(const struct list_query *q, unsigned role)
{
    size_t i = ledger_role(q->ledger, role);

    return i != SIZE_MAX && list_sight_of_all(q, i) == LIST_PLAIN;
}

/* Not finished, and due in the time that is asked for. */
static void put_due(struct question *s, const struct list_query *q)
{
    bool soon = q->due == LIST_DUE_SOON;
    int32_t week = date_from_days(date_to_days(q->today) + DEADLINE_SOON);
    size_t from;

    if (!ledger_falls_due(q->ledger) || !has_role_for_all(q, COLUMN_DUE))
        return;
    from = question_bind(s, INT(q->due == LIST_DUE_ANY ? 0
                                : soon                 ? q->today
                                                       : 1));
    put(s, SQL(" AND ("));
    put_arg(s, from);
    put(s, SQL(" = 0 OR (t."));
    compose_name(&s->c, role_key(q, COLUMN_DUE));
    put(s, SQL(" BETWEEN "));
    put_arg(s, from);
    put(s, SQL(" AND "));
    put_new(s, INT(soon ? week : q->today - 1));
    if (has_role_for_all(q, COLUMN_FINISHED)) {
        put(s, SQL(" AND t."));
        compose_name(&s->c, role_key(q, COLUMN_FINISHED));
        put(s, SQL(" IS NULL"));
    }
    put(s, SQL("))"));
}

/* AND of the asker's organisation or one below it; not `only`: of any. */
static void put_mine(struct question *s, const struct list_query *q, bool only)
{
    size_t org;

    if (!ledger_is_owned(q->ledger))
        return;
    org = question_bind(s, INT(only ? q->asker.org : 0));
    put(s, SQL(" AND ("));
    put_arg(s, org);
    put(s, SQL(" = 0 OR "));
    compose_owner(&s->c, q->ledger);
    compose_within(&s->c, org);
    if (ledger_has(q->ledger, COLUMN_ASKED)) {
        put(s, SQL(" OR t."));
        compose_name(&s->c, role_key(q, COLUMN_ASKED));
        compose_within(&s->c, org);
    }
    put(s, SQL(")"));
}

/* ---- what finds the rows ---- */

struct way {
    enum {
        BY_TABLE,
        BY_STATE,  /* in a year */
        BY_PERIOD, /* what a column is today */
        BY_CAN,    /* what waits */
    } by;
    const struct list_filter *filter; /* of that column */
    bool lean;                        /* nothing else is asked for */
};

static bool is_of_year(const struct list_query *q)
{
    return !q->voided && (q->year || q->ledger->standing);
}

/* The filter that finds rows, if one is on. */
static const struct list_filter *find_filter(const struct list_query *q,
                                             unsigned role)
{
    for (size_t i = 0; i < q->filters_n; i++)
        if (q->filters[i].on &&
            column_is(&q->ledger->columns[q->filters[i].column], role))
            return &q->filters[i];
    return NULL;
}

static bool asks_more(const struct list_query *q, const struct way *way)
{
    for (size_t i = 0; i < q->filters_n; i++)
        if (q->filters[i].on && &q->filters[i] != way->filter)
            return true;
    return q->folded.n > 0 || q->due != LIST_DUE_ANY || q->mine || q->voided;
}

/* All rows of all years are listed in their order, which is that of the key. */
static bool is_listed_by_key(const struct question *s,
                             const struct list_query *q)
{
    return !s->counts && !is_of_year(q);
}

static struct way way_of(const struct list_query *q)
{
    struct way way = { BY_CAN, NULL, false };

    if (!q->can) {
        way.by = BY_PERIOD;
        way.filter = find_filter(q, COLUMN_PERIOD);
    }
    if (!q->can && !way.filter) {
        way.by = BY_STATE;
        way.filter = is_of_year(q) ? find_filter(q, COLUMN_STATE) : NULL;
    }
    if (!q->can && !way.filter)
        way.by = BY_TABLE;
    way.lean = !asks_more(q, &way);
    return way;
}

bool question_is_lean(const struct list_query *q)
{
    struct way way = way_of(q);

    return way.by == BY_TABLE && way.lean;
}

static void put_can(struct question *s, const struct list_query *q)
{
    size_t first = s->n + 1;

    due_args(&s->asker, q->ledger, q->can, q->today, &s->v[s->n]);
    s->n += DUE_ARGS;
    put(s, SQL(" AND t.id IN (SELECT d.row_id"));
    compose_due(&s->c, q->ledger, first);
    put(s, SQL(")"));
}

static void put_way(struct question *s, const struct list_query *q,
                    const struct way *way)
{
    size_t n;

    if (way->by == BY_CAN)
        put_can(s, q);
    if (!way->filter)
        return;
    n = question_bind(s, way->filter->value);
    put(s, SQL(" AND "));
    if (way->by == BY_PERIOD) {
        compose_period_rows(&s->c, q->ledger, way->filter->column, n, ARG_YEAR);
        return;
    }
    compose_value(&s->c, q->ledger, way->filter->column);
    put(s, SQL(" = "));
    put_arg(s, n);
}

/* Of all years is a range of the same index. */
static void put_standing(struct question *s, const struct list_query *q)
{
    put(s, is_of_year(q) ? SQL(" AND t.year = ") : SQL(" AND t.year >= "));
    put_arg(s, ARG_YEAR);
    put(s, SQL(" AND t.voided = 0"));
}

/* Of the year, or of all: then in the order of the key. */
static void put_year(struct question *s, const struct list_query *q)
{
    bool one = q->year || q->ledger->standing;

    put(s, one ? SQL(" AND t.year = ") : SQL(" AND ("));
    put_arg(s, ARG_YEAR);
    if (one)
        return;
    put(s, SQL(" = 0 OR t.year = "));
    put_arg(s, ARG_YEAR);
    put(s, SQL(")"));
}

/* Voided ones too, if that is asked for. */
static void put_any(struct question *s, const struct list_query *q)
{
    put_year(s, q);
    put(s, SQL(" AND (t.voided = 0 OR "));
    put_new(s, INT(q->voided));
    put(s, SQL(" = 1"));
    put_mine(s, q, q->reach == LIST_OWN);
    put(s, SQL(")"));
}

void question_put_from(struct question *s, const struct list_query *q)
{
    struct way way = way_of(q);

    way.lean = way.lean && !(way.by == BY_TABLE && is_listed_by_key(s, q));
    put(s, SQL(" FROM "));
    compose_table(&s->c, q->ledger);
    put(s, SQL(" t WHERE t.district = "));
    put_new(s, INT(s->district));
    question_bind(s, INT(q->year));
    if (way.lean || is_of_year(q))
        put_standing(s, q);
    else
        put_any(s, q);
    put_way(s, q, &way);
    if (way.lean)
        return;
    put_search(s, q);
    put_due(s, q);
    put_mine(s, q, q->mine);
    for (size_t i = 0; i < q->filters_n; i++)
        if (&q->filters[i] != way.filter)
            put_filter(s, q, &q->filters[i]);
}
