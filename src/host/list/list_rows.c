/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The statements of a list. There are few of them: the view most people
 * open has a lean one that an index answers; every search and filter
 * shares a second one, in which what is not asked for is switched off by its
 * argument. So a stranger who plays with query strings cannot make a
 * connection prepare thousands of statements.
 */
#include "host/list/list_rows.h"
#include "base/date.h"
#include "host/ledger/cell.h"
#include "host/ledger/due.h"
#include "host/ledger/part.h"
#include "host/ledger/record.h"
#include "host/ledger/row.h"
#include "host/ledger/table.h"
#include "store/compose.h"

enum {
    ARGS_FIXED = 32,
    AT_OWNER = 3,
    AT_ASKED,
    AT_DUE,
    AT_FINISHED,
    AT_END,
    AT_CONSENT,
    AT_COLUMNS,
};

/* A statement and its arguments, growing together. */
struct question {
    int64_t district;
    struct asker asker;
    struct compose c;
    struct value *v;
    size_t n;
};

static void question_init(struct question *s, struct scope in,
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

/* Bind one more argument; returns its number. */
static size_t bind(struct question *s, struct value v)
{
    s->v[s->n++] = v;
    return s->n;
}

static void put(struct question *s, struct sql part)
{
    compose_sql(&s->c, part);
}

static void put_arg(struct question *s, size_t n)
{
    compose_arg(&s->c, n);
}

static void put_new(struct question *s, struct value v)
{
    put_arg(s, bind(s, v));
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

static void put_title(struct question *s, const struct column *col)
{
    const struct ledger *to = ledger_find(col->ref);

    put(s, SQL("(SELECT x."));
    compose_name(&s->c, to->columns[ledger_title(to)].key);
    put(s, SQL(" FROM "));
    compose_table(&s->c, to);
    put(s, SQL(" x WHERE x.district = t.district AND x.id = t."));
    compose_name(&s->c, col->key);
    put(s, SQL(")"));
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
    size_t what = bind(s, STR(q->folded));
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
        deep = deep ? deep : bind(s, INT(q->reach == LIST_ALL));
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
    size_t n = bind(s, STR(part));

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
    size_t n = bind(s, f->on && !f->part.n ? f->value : column_none(col));

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

static struct str role_key(const struct list_query *q, unsigned role)
{
    return q->ledger->columns[ledger_role(q->ledger, role)].key;
}

static bool has_role_for_all(const struct list_query *q, unsigned role)
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
    from = bind(s, INT(q->due == LIST_DUE_ANY ? 0 : soon ? q->today : 1));
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
    org = bind(s, INT(only ? q->asker.org : 0));
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
    is = bind(s, INT(q->can != NULL));
    due_args(&s->asker, q->ledger, q->can, q->today, &s->v[s->n]);
    s->n += DUE_ARGS;
    put(s, SQL(" AND ("));
    put_arg(s, is);
    put(s, SQL(" = 0 OR t.id IN (SELECT d.row_id"));
    compose_due(&s->c, q->ledger, is + 1);
    put(s, SQL("))"));
}

/* The rows of one year that stand: what an index can answer. */
static bool is_lean(const struct list_query *q)
{
    return !q->voided && (q->year || q->ledger->standing) &&
           !list_is_filtered(q);
}

static void put_from(struct question *s, const struct list_query *q)
{
    size_t year;

    put(s, SQL(" FROM "));
    compose_table(&s->c, q->ledger);
    put(s, SQL(" t WHERE t.district = "));
    put_new(s, INT(s->district));
    year = bind(s, INT(q->year));
    if (is_lean(q)) {
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

/* Choices sort as they are declared, references by title. */
static void put_order(struct question *s, const struct list_query *q)
{
    const struct column *col = &q->ledger->columns[q->sort];

    if (column_is(col, COLUMN_CELL)) { /* what is not kept has no order */
        put(s, SQL("t.id"));
        return;
    }
    if (col->type == COLUMN_REF) {
        put_title(s, col);
        return;
    }
    if (col->type == COLUMN_CHOICE)
        put(s, SQL("CASE "));
    compose_value(&s->c, q->ledger, (size_t)q->sort);
    if (col->type != COLUMN_CHOICE)
        return;
    for (size_t i = 0; i < col->choices_n; i++) {
        put(s, SQL(" WHEN "));
        put_new(s, STR(col->choices[i].key));
        put(s, SQL(" THEN "));
        put_new(s, INT((int64_t)i));
    }
    put(s, SQL(" END"));
}

static void put_tail(struct question *s, const struct list_query *q,
                     enum list_extent extent)
{
    bool page = extent == LIST_PAGE;

    put(s, SQL(" ORDER BY "));
    if (list_is_by_due(q)) {
        put(s, SQL("(SELECT d.day FROM due d WHERE d.district = t.district AND "
                   "d.subject = "));
        put_new(s, STR(ledger_name(s->asker.in.m, q->ledger)));
        put(s, SQL(" AND d.row_id = t.id AND d.step = "));
        put_new(s, STR(q->can->key));
        put(s, SQL("), "));
    }
    if (q->sort != LIST_BY_ID) {
        put_order(s, q);
        put(s, q->desc ? SQL(" DESC NULLS LAST, ") : SQL(" NULLS FIRST, "));
    }
    put(s, SQL("t.id"));
    if (q->sort == LIST_BY_ID && q->desc)
        put(s, SQL(" DESC"));
    put(s, SQL(" LIMIT "));
    put_new(s, INT(page ? LIST_PAGE_ROWS : INT64_MAX));
    put(s, SQL(" OFFSET "));
    put_new(s, INT(page ? (q->page - 1) * LIST_PAGE_ROWS : 0));
}

/* ---- counts ---- */

/* The tally of a kind that counts every row is the number of rows. */
static bool count_by_tally(struct scope in, const struct list_query *q,
                           int64_t *ret_n)
{
    const struct ledger *l = q->ledger;

    for (size_t i = 0; i < l->kinds_n; i++)
        if (record_counts_all(&l->kinds[i])) {
            *ret_n = tally_read(in, q->year, l->kinds[i].kind, S("")).n;
            return true;
        }
    return false;
}

int64_t list_found(struct scope in, const struct list_query *q)
{
    struct question s;
    int64_t n;

    if (is_lean(q) && count_by_tally(in, q, &n))
        return n;
    question_init(&s, in, q);
    put(&s, SQL("SELECT count(*)"));
    put_from(&s, q);
    return tx_int(in.tx, compose_end(&s.c), (struct args){ s.v, s.n }, 0);
}

struct list_count list_count(struct scope in, const struct list_query *q)
{
    struct list_query all = *q;
    struct list_count n;

    all.folded = S("");
    all.due = LIST_DUE_ANY;
    all.can = NULL;
    all.mine = false;
    all.filters = NEW_ARRAY(in.m, struct list_filter, q->filters_n);
    for (size_t i = 0; i < q->filters_n; i++)
        all.filters[i].column = q->filters[i].column;
    n.total = list_found(in, &all);
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
    struct question s;
    struct rows r;

    *ret = (struct list_split){ .column = col };
    ret->n = NEW_ARRAY(in.m, int64_t, col->choices_n);
    all.filters = NEW_ARRAY(in.m, struct list_filter, q->filters_n);
    for (size_t i = 0; i < q->filters_n; i++)
        all.filters[i] = q->filters[i];
    all.filters[filter].on = false;
    question_init(&s, in, &all);
    put(&s, SQL("SELECT "));
    compose_value(&s.c, q->ledger, q->filters[filter].column);
    put(&s, SQL(", count(*)"));
    put_from(&s, &all);
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

    put(s, SQL("SELECT t.id, t.year, t.voided, "));
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
            put_title(s, r->columns[i].column);
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
    put_from(&s, q);
    put_tail(&s, q, extent);
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
