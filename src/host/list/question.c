/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Which rows: everything between FROM and ORDER BY. */
#include "host/list/question.h"

#include "base/date.h"
#include "host/ledger/due.h"
#include "host/ledger/row.h"
#include "host/ledger/table.h"

enum { ARGS_FIXED = 32 };

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
                     ARGS_FIXED + 2 * (q->filters_n + choices));
    s->n = 0;
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

/* What waits for the asker; without a step: all of them. */
static void put_can(struct question *s, const struct list_query *q)
{
    size_t is;

    if (!q->ledger->steps_n)
        return;
    is = question_bind(s, INT(q->can != NULL));
    due_args(&s->asker, q->ledger, q->can, q->today, &s->v[s->n]);
    s->n += DUE_ARGS;
    put(s, SQL(" AND ("));
    put_arg(s, is);
    put(s, SQL(" = 0 OR t.id IN (SELECT d.row_id"));
    compose_due(&s->c, q->ledger, is + 1);
    put(s, SQL("))"));
}

bool question_is_lean(const struct list_query *q)
{
    return !q->voided && (q->year || q->ledger->standing) &&
           !list_is_filtered(q);
}

void question_put_from(struct question *s, const struct list_query *q)
{
    size_t year;

    put(s, SQL(" FROM "));
    compose_table(&s->c, q->ledger);
    put(s, SQL(" t WHERE t.district = "));
    put_new(s, INT(s->district));
    year = question_bind(s, INT(q->year));
    if (question_is_lean(q)) {
        put(s, SQL(" AND t.year = "));
        put_arg(s, year);
        put(s, SQL(" AND t.voided = 0"));
        return;
    }
    put(s, SQL(" AND ("));
    put_arg(s, year);
    put(s, SQL(" = 0 OR t.year = "));
    put_arg(s, year);
    put(s, SQL(") AND (t.voided = 0 OR "));
    put_new(s, INT(q->voided));
    put(s, SQL(" = 1"));
    put_mine(s, q, q->reach == LIST_OWN);
    put(s, SQL(")"));
    put_search(s, q);
    put_due(s, q);
    put_can(s, q);
    put_mine(s, q, q->mine);
    for (size_t i = 0; i < q->filters_n; i++)
        put_filter(s, q, &q->filters[i]);
}
