/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How many rows, and their cells as people read them. */
#include "host/list/list_rows.h"

#include "host/ledger/cell.h"
#include "host/ledger/due.h"
#include "host/ledger/part.h"
#include "host/ledger/row.h"
#include "host/ledger/row_count.h"
#include "host/ledger/table.h"
#include "host/list/order.h"

enum {
    AT_VERSION = 3,
    AT_OWNER,
    AT_ASKED,
    AT_DUE,
    AT_FINISHED,
    AT_END,
    AT_CONSENT,
    AT_COLUMNS,
};

/* ---- counts ---- */

/*
 * Does it ask for what is counted with every row: a year, a state, voided ones
 * too? Whose rows they are is not.
 */
static bool is_counted(const struct list_query *q, struct row_count *ret)
{
    *ret = (struct row_count){ q->ledger, q->year, q->voided, S("") };
    for (size_t i = 0; i < q->filters_n; i++) {
        if (!q->filters[i].on)
            continue;
        if (!column_is(&q->ledger->columns[q->filters[i].column], COLUMN_STATE))
            return false;
        ret->state = q->filters[i].value.s;
    }
    return !q->folded.n && q->due == LIST_DUE_ANY && !q->can && !q->mine &&
           !(q->voided && q->reach == LIST_OWN);
}

/* Nothing but the lines of what waits: of rows that stand, in any year. */
static bool is_all_that_waits(const struct list_query *q)
{
    struct list_query rest = *q;

    rest.can = NULL;
    return q->can && !q->year && !q->voided && !list_is_filtered(&rest);
}

int64_t list_found(struct scope in, const struct list_query *q)
{
    struct row_count counted;
    struct question s;

    if (is_counted(q, &counted))
        return row_count(in, &counted);
    question_init(&s, in, q);
    if (is_all_that_waits(q))
        return due_count(&s.asker, q->ledger, q->can, q->today);
    s.counts = true;
    put(&s, SQL("SELECT count(*)"));
    question_put_from(&s, q);
    return tx_int(in.tx, compose_end(&s.c), (struct args){ s.v, s.n }, 0);
}

int64_t list_total(struct scope in, const struct list_query *q)
{
    struct list_query all = *q;

    all.folded = S("");
    all.due = LIST_DUE_ANY;
    all.can = NULL;
    all.mine = false;
    all.filters = NEW_ARRAY(in.m, struct list_filter, q->filters_n);
    for (size_t i = 0; i < q->filters_n; i++)
        all.filters[i].column = q->filters[i].column;
    return list_found(in, &all);
}

struct list_count list_count(struct scope in, const struct list_query *q)
{
    struct list_count n = { .total = list_total(in, q) };

    n.found = list_is_filtered(q) ? list_found(in, q) : n.total;
    return n;
}

/* A category that is no choice any more is counted in .all alone. */
static void count_choice(const struct column *col, struct str key, int64_t n,
                         struct list_split *ret)
{
    ret->all += n;
    for (size_t i = 0; i < col->choices_n; i++)
        if (str_eq(col->choices[i].key, key))
            ret->n[i] = n;
}

void list_split(struct scope in, const struct list_query *q, size_t filter,
                struct list_split *ret)
{
    const struct column *col = &q->ledger->columns[q->filters[filter].column];
    struct list_query all = *q;
    struct row_count counted;
    struct question s;
    struct rows r;

    *ret = (struct list_split){ .column = col };
    ret->n = NEW_ARRAY(in.m, int64_t, col->choices_n);
    all.filters = NEW_ARRAY(in.m, struct list_filter, q->filters_n);
    for (size_t i = 0; i < q->filters_n; i++)
        all.filters[i] = q->filters[i];
    all.filters[filter].on = false;
    if (column_is(col, COLUMN_PERIOD) && question_is_lean(&all)) {
        ret->all = list_found(in, &all);
        period_split(in, q->ledger, q->filters[filter].column, q->year, ret->n);
        return;
    }
    if (column_is(col, COLUMN_STATE) && is_counted(&all, &counted)) {
        ret->all = row_count_states(in, &counted, ret->n);
        return;
    }
    question_init(&s, in, &all);
    s.counts = true;
    put(&s, SQL("SELECT "));
    compose_value(&s.c, q->ledger, q->filters[filter].column);
    put(&s, SQL(", count(*)"));
    question_put_from(&s, &all);
    put(&s, SQL(" GROUP BY 1"));
    r = tx_query(in.tx, compose_end(&s.c), (struct args){ s.v, s.n });
    while (rows_next(&r))
        count_choice(col, rows_view(&r, 0), rows_int(&r, 1), ret);
}

size_t list_years(struct scope in, const struct list_query *q, size_t most,
                  int32_t *ret_years)
{
    struct compose c;
    struct rows r;
    size_t n = 0;

    /* One look into the index for each year, however many rows. */
    compose_init(&c, in.m);
    compose_sql(&c, SQL("WITH RECURSIVE y (v) AS (SELECT max(t.year) FROM "));
    compose_table(&c, q->ledger);
    compose_sql(&c, SQL(" t WHERE t.district = ?1 AND t.voided <= ?3 "
                        "UNION ALL SELECT (SELECT max(t.year) FROM "));
    compose_table(&c, q->ledger);
    compose_sql(&c, SQL(" t WHERE t.district = ?1 AND t.year < y.v AND "
                        "t.voided <= ?3) FROM y WHERE y.v IS NOT NULL) "
                        "SELECT v FROM y WHERE v IS NOT NULL LIMIT ?2"));
    r = tx_query(in.tx, compose_end(&c),
                 WITH(INT(in.district), INT((int64_t)most),
                      INT(q->voided && q->reach == LIST_ALL)));
    while (rows_next(&r))
        ret_years[n++] = (int32_t)rows_int(&r, 0);
    return n;
}

/* ---- rows ---- */

static void add_column(struct list_rows *r, const struct column *col)
{
    r->columns[r->columns_n] = (struct list_column){
        .column = col,
        .strange = list_sight(col, r->query->reach != LIST_ALL),
        .personal = list_is_personal(col),
        .at = AT_COLUMNS + (int)r->columns_n,
    };
    r->columns_n++;
}

/* In some row at least? */
static bool is_shown(const struct list_query *q, const struct column *col)
{
    return list_sight(col, q->reach == LIST_NONE) != LIST_HIDDEN;
}

/* On a page the title comes first: on a phone it is the head of a card. */
static void choose_columns(struct list_rows *r, enum list_extent extent)
{
    const struct ledger *l = r->query->ledger;
    const struct column *first =
        extent != LIST_WHOLE ? &l->columns[ledger_title(l)] : NULL;

    if (first && is_shown(r->query, first))
        add_column(r, first);
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];

        if (col != first && is_shown(r->query, col) &&
            (extent == LIST_WHOLE || column_is(col, COLUMN_LISTED)))
            add_column(r, col);
    }
}

/* What a deadline follows from; 0 where the reader may not see it. */
static void put_deadline(struct question *s, const struct list_query *q,
                         unsigned role, struct sql before, struct sql after)
{
    put(s, SQL(", "));
    if (ledger_has(q->ledger, COLUMN_STATE) || !has_role_for_all(q, role)) {
        put(s, SQL("0"));
        return;
    }
    put(s, before);
    put(s, SQL("t."));
    compose_name(&s->c, role_key(q, role));
    put(s, after);
}

static void put_columns(struct question *s, const struct list_rows *r)
{
    const struct ledger *l = r->query->ledger;

    put(s, SQL("SELECT t.id, t.year, t.voided, t.version, "));
    if (ledger_is_owned(l))
        compose_owner(&s->c, l);
    else
        put(s, SQL("0"));
    put(s, SQL(", "));
    if (ledger_has(l, COLUMN_ASKED))
        compose_value(&s->c, l, ledger_role(l, COLUMN_ASKED));
    else
        put(s, SQL("0"));
    put_deadline(s, r->query, COLUMN_DUE, SQL(""), SQL(""));
    put_deadline(s, r->query, COLUMN_FINISHED, SQL("CASE WHEN "),
                 SQL(" IS NULL THEN 0 ELSE 1 END"));
    put_deadline(s, r->query, COLUMN_END, SQL(""), SQL(""));
    put(s, SQL(", "));
    if (ledger_has(l, COLUMN_CONSENT))
        compose_value(&s->c, l, ledger_role(l, COLUMN_CONSENT));
    else
        put(s, SQL("0"));
    for (size_t i = 0; i < r->columns_n; i++) {
        put(s, SQL(", "));
        if (r->columns[i].column->type == COLUMN_REF) {
            question_put_title(s, r->columns[i].column);
            continue;
        }
        compose_value(&s->c, l, (size_t)(r->columns[i].column - l->columns));
    }
}

void list_open(struct scope in, const struct list_query *q,
               enum list_extent extent, struct list_rows *ret)
{
    struct question s;

    *ret = (struct list_rows){ .query = q,
                               .asker = q->asker,
                               .whole = extent == LIST_WHOLE };
    ret->columns = NEW_ARRAY(in.m, struct list_column, q->ledger->columns_n);
    ret->row = mem_child(in.m);
    ret->asker.in = (struct scope){ in.tx, ret->row, in.district };
    choose_columns(ret, extent);
    question_init(&s, in, q);
    put_columns(&s, ret);
    question_put_rows(&s, q, extent == LIST_PAGE);
    ret->rows = tx_query(in.tx, compose_end(&s.c), (struct args){ s.v, s.n });
}

/* In the row at hand, for somebody who has to do with it. */
static bool shows_personal(const struct list_rows *r)
{
    for (size_t i = 0; i < r->columns_n; i++)
        if (r->columns[i].personal && list_has(r, i))
            return true;
    return false;
}

/* Columns that are not in the row: its parts, as a cell of files has them. */
static struct ledger_row *tell_cells(const struct list_rows *r)
{
    const struct ledger *l = r->query->ledger;
    struct ledger_row *row = ledger_row_new(r->row, l);
    struct part_list parts;

    row->id = list_id(r);
    row->year = list_year(r);
    parts = parts_load(r->asker.in, row);
    l->write_cells(r->row, row, &parts);
    return row;
}

bool list_next(struct list_rows *r)
{
    mem_reset(r->row);
    if (!rows_next(&r->rows))
        return false;
    if (r->query->ledger->write_cells && r->whole)
        r->cells = tell_cells(r);
    r->stranger = r->query->reach == LIST_NONE ||
                  (r->query->reach == LIST_OWN &&
                   relations_to(&r->asker, rows_int(&r->rows, AT_OWNER)) == 0 &&
                   relations_to(&r->asker, rows_int(&r->rows, AT_ASKED)) == 0);
    r->first = r->first ? r->first : list_id(r);
    r->last = list_id(r);
    r->consents = rows_int(&r->rows, AT_CONSENT) != 0;
    r->personal += !r->stranger && shows_personal(r);
    return true;
}

int64_t list_id(const struct list_rows *r)
{
    return rows_int(&r->rows, 0);
}

int32_t list_year(const struct list_rows *r)
{
    return (int32_t)rows_int(&r->rows, 1);
}

int64_t list_version(const struct list_rows *r)
{
    return rows_int(&r->rows, AT_VERSION);
}

enum deadline list_deadline(const struct list_rows *r)
{
    struct deadline_facts facts = {
        .due = (int32_t)rows_int(&r->rows, AT_DUE),
        .end = (int32_t)rows_int(&r->rows, AT_END),
        .finished = rows_int(&r->rows, AT_FINISHED) != 0,
    };

    return r->query->today && !list_voided(r)
               ? deadline_of(&facts, r->query->today)
               : DEADLINE_NONE;
}

bool list_voided(const struct list_rows *r)
{
    return rows_int(&r->rows, 2) != 0;
}

/* The value of a cell of parts; NULL: another column. */
static const struct value *told(const struct list_rows *r, size_t i)
{
    const struct column *c = r->columns[i].column;

    return r->cells && column_is(c, COLUMN_CELL)
               ? &r->cells->values[c - r->query->ledger->columns]
               : NULL;
}

bool list_has(const struct list_rows *r, size_t i)
{
    const struct value *cell = told(r, i);

    return !(cell ? cell->missing : rows_is_null(&r->rows, r->columns[i].at)) &&
           !(r->stranger && r->columns[i].strange == LIST_HIDDEN);
}

const struct choice *list_choice(const struct list_rows *r, size_t i)
{
    const struct list_column *lc = &r->columns[i];

    if (!column_is(lc->column, COLUMN_STATE | COLUMN_PERIOD) ||
        !list_has(r, i) || list_masked(r, i))
        return NULL;
    return choice_find(lc->column, rows_view(&r->rows, lc->at));
}

bool list_masked(const struct list_rows *r, size_t i)
{
    return r->stranger && r->columns[i].strange == LIST_MASKED &&
           !(r->consents && column_is(r->columns[i].column, COLUMN_PERSONAL));
}

int64_t list_int(const struct list_rows *r, size_t i)
{
    return rows_int(&r->rows, r->columns[i].at);
}

/* Decimal digits at the end of r->digits, at least `least` of them. */
static char *digits(char *end, int64_t v, int least)
{
    do {
        *--end = (char)('0' + v % 10);
        v /= 10;
        least--;
    } while (v > 0 || least > 0);
    return end;
}

static struct str count_text(struct list_rows *r, int64_t v)
{
    char *end = r->digits + sizeof(r->digits);
    char *p = digits(end, v, 1);

    return (struct str){ p, (size_t)(end - p) };
}

static struct str date_text(struct list_rows *r, int64_t date)
{
    char *end = r->digits + sizeof(r->digits);
    char *p = digits(end, date % 100, 2);

    *--p = '-';
    p = digits(p, date / 100 % 100, 2);
    *--p = '-';
    p = digits(p, date / 10000, 4);
    return (struct str){ p, (size_t)(end - p) };
}

static struct str plain_cell(struct list_rows *r, const struct list_column *lc)
{
    const struct choice *o;

    switch (lc->column->type) {
    case COLUMN_COUNT:
        if (lc->column->unit == UNIT_NONE)
            return count_text(r, rows_int(&r->rows, lc->at));
        return cell_shown(r->row, lc->column, &INT(rows_int(&r->rows, lc->at)),
                          S(""), r->query->lang);
    case COLUMN_MARK:
        return mark_text(r->row, rows_int(&r->rows, lc->at));
    case COLUMN_DATE:
        return date_text(r, rows_int(&r->rows, lc->at));
    case COLUMN_CHOICE:
        o = choice_find(lc->column, rows_view(&r->rows, lc->at));
        if (o)
            return text_in(o->label, r->query->lang);
        break;
    case COLUMN_TEXT:
    case COLUMN_LINES:
    case COLUMN_REF:
    case COLUMN_PHONE:
        break;
    }
    return rows_view(&r->rows, lc->at);
}

struct str list_cell(struct list_rows *r, size_t i)
{
    const struct list_column *lc = &r->columns[i];
    const struct value *cell = told(r, i);
    struct str s;

    if (!list_has(r, i))
        return S("");
    s = cell ? cell->s : plain_cell(r, lc);
    return list_masked(r, i) ? cell_mask(r->row, s) : s;
}
