/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The one way a row changes. Row, records, tallies and journal entry are
 * written here together; there is no other statement in the program that
 * inserts into or updates a ledger's table.
 */
#include "host/ledger/row.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "host/ledger/cell.h"
#include "host/ledger/due.h"
#include "host/ledger/part.h"
#include "host/ledger/record.h"
#include "host/ledger/row_name.h"
#include "host/ledger/table.h"

#include <string.h>

enum { SEARCH_MAX = 64 * 1024, CONTENT_MAX = 1024 * 1024 };

struct str value_raw(struct mem *m, const struct value *v)
{
    if (v->missing)
        return S("");
    return v->kind == VALUE_INT ? str_of_int(m, v->i) : v->s;
}

/* A number for the year and the values of the columns that `takes` takes. */
static int64_t number_of(struct mem *m, const struct ledger_row *row,
                         bool (*takes)(const struct column *c))
{
    const struct ledger *l = row->ledger;
    struct buf *b = buf_new(m, SEARCH_MAX);
    struct hash h;
    int64_t number;

    if (!ledger_parent(l)) /* a part moves to another year with its parent */
        buf_int(b, row->year);
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!takes(&l->columns[i]))
            continue;
        buf_byte(b, '\n');
        buf_put(b, cell_identity(m, &l->columns[i], &row->values[i]));
    }
    h = HASH_OF(buf_str(b));
    memcpy(&number, h.b, sizeof(number));
    return number ? number : 1;
}

static bool identifies(const struct column *c)
{
    return column_is(c, COLUMN_IDENTITY | COLUMN_OWNER | COLUMN_PLACE);
}

int64_t row_identity(struct mem *m, struct ledger_row *row)
{
    if (row->identity == 0)
        row->identity = number_of(m, row, identifies);
    return row->identity;
}

int64_t row_name_number(struct mem *m, const struct ledger_row *row)
{
    return number_of(m, row, column_names);
}

/* May its values never be opened to everybody? */
static bool is_closed(const struct column *c)
{
    return column_is(c, COLUMN_PERSONAL | COLUMN_INTERNAL);
}

/* Would a reference tell a title that visitors may not see as it is? */
static bool tells_closed(const struct column *c)
{
    const struct ledger *to;

    if (c->type != COLUMN_REF)
        return false;
    to = ledger_find(c->ref);
    return is_closed(&to->columns[ledger_title(to)]);
}

/* What anybody's search looks into: all that visitors may see, folded. */
static struct str search_text(struct mem *m, const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct buf *b = buf_new(m, SEARCH_MAX);

    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];
        const struct choice *choice;

        if (is_closed(col) || tells_closed(col) || !row_has(row, i) ||
            !column_is_said(col))
            continue;
        if (col->type == COLUMN_REF)
            buf_put(b, row->labels[i]);
        else if (col->type == COLUMN_CHOICE &&
                 (choice = choice_find(col, row_str(row, i))))
            buf_put(b, choice->label.zh);
        else if (!column_is_int(col))
            buf_put(b, row_str(row, i));
        buf_byte(b, '\n');
    }
    return utf8_fold(m, buf_str(b));
}

struct str row_content(struct mem *m, const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct buf *b = buf_new(m, CONTENT_MAX);

    buf_put(b, ledger_name(m, l));
    buf_byte(b, ' ');
    buf_int(b, row->id);
    if (!ledger_parent(l)) { /* a part has it from its parent */
        buf_lit(b, "\nyear=");
        buf_int(b, row->year);
    }
    buf_lit(b, "\nvoided=");
    buf_int(b, row->voided);
    buf_byte(b, '\n');
    for (size_t i = 0; i < l->columns_n; i++)
        if (row_has(row, i) && !is_closed(&l->columns[i]) &&
            column_is_said(&l->columns[i]))
            journal_line(b, l->columns[i].key, value_raw(m, &row->values[i]));
    return buf_str(b);
}

size_t row_fields(struct mem *m, const struct ledger_row *row,
                  struct str *ret_fields)
{
    const struct ledger *l = row->ledger;
    size_t n = 0;

    ret_fields[n++] = row_content(m, row);
    for (size_t i = 0; i < l->columns_n; i++) {
        struct buf *b;

        if (!row_has(row, i) || !is_closed(&l->columns[i]) ||
            !column_is_said(&l->columns[i]))
            continue;
        if (n == JOURNAL_FIELDS_MAX)
            BUG("more than %d closed columns", JOURNAL_FIELDS_MAX - 1);
        b = buf_new(m, CONTENT_MAX);
        journal_line(b, l->columns[i].key, value_raw(m, &row->values[i]));
        ret_fields[n++] = buf_str(b);
    }
    return n;
}

static int64_t journal_row(struct act *act, enum journal_type type,
                           const struct ledger_row *row, int64_t previous)
{
    struct str fields[JOURNAL_FIELDS_MAX];
    size_t n = row_fields(act->m, row, fields);

    return journal_append(act->journal, act->tx,
                          &(struct journal_entry){
                              .type = type,
                              .subject = ledger_name(act->m, row->ledger),
                              .row = row->id,
                              .version = row->version,
                              .previous = previous,
                              .at = act->now,
                              .actor = act->actor,
                              .batch = act->batch,
                              .step = act->step,
                              .reason = act->reason,
                              .fields = fields,
                              .fields_n = n,
                          });
}

static int64_t next_id(struct act *act, const struct ledger *l)
{
    struct compose c;

    compose_init(&c, act->m);
    compose_sql(&c, SQL("SELECT coalesce(max(id), 0) + 1 FROM "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" WHERE district = ?1"));
    return tx_int(act->tx, compose_end(&c), WITH(INT(act->district)), 0);
}

int64_t row_find(struct scope in, struct ledger_row *row)
{
    struct compose c;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("SELECT id FROM "));
    compose_table(&c, row->ledger);
    compose_sql(&c, SQL(" WHERE district = ?1 AND identity = ?2"));
    return tx_int(in.tx, compose_end(&c),
                  WITH(INT(in.district), INT(row_identity(in.m, row))), 0);
}

/* The arguments shared by insert and update, in the order of both. */
static size_t put_args(struct act *act, struct ledger_row *row, struct value *v)
{
    size_t n = 0;

    v[n++] = INT(act->district);
    v[n++] = INT(row->id);
    v[n++] = INT(row->year);
    v[n++] = INT(row->version);
    v[n++] = INT(row_voided_bits(row));
    v[n++] = INT(row->seq);
    v[n++] = INT(act->batch);
    v[n++] = INT(row_identity(act->m, row));
    v[n++] = INT(row_name_number(act->m, row));
    v[n++] = STR(search_text(act->m, row));
    if (ledger_parent(row->ledger)) {
        v[n++] = INT(row->of.owner);
        v[n++] = INT(row->of.place);
    }
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (column_is_kept(&row->ledger->columns[i]))
            v[n++] = row->values[i];
    return n;
}

enum { SHARED_ARGS = 10, PART_ARGS = 2 };

/* Argument of the next column that is kept; of parts two more came before. */
static size_t first_arg(const struct ledger *l)
{
    return SHARED_ARGS + 1 + (ledger_parent(l) ? PART_ARGS : 0);
}

static struct sql insert_sql(struct mem *m, const struct ledger *l)
{
    size_t arg = first_arg(l);
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("INSERT INTO "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" (district, id, year, version, voided, seq, batch, "
                        "identity, alike, search"));
    if (ledger_parent(l))
        compose_sql(&c, SQL(", of_owner, of_place"));
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!column_is_kept(&l->columns[i]))
            continue;
        compose_sql(&c, SQL(", "));
        compose_name(&c, l->columns[i].key);
        arg++;
    }
    compose_sql(&c, SQL(") VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10"));
    for (size_t i = SHARED_ARGS + 1; i < arg; i++) {
        compose_sql(&c, SQL(","));
        compose_arg(&c, i);
    }
    compose_sql(&c, SQL(")"));
    return compose_end(&c);
}

static struct sql update_sql(struct mem *m, const struct ledger *l)
{
    size_t arg = first_arg(l);
    struct compose c;

    compose_init(&c, m);
    compose_sql(&c, SQL("UPDATE "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" SET year = ?3, version = ?4, voided = ?5, "
                        "seq = ?6, batch = ?7, identity = ?8, alike = ?9, "
                        "search = ?10"));
    if (ledger_parent(l))
        compose_sql(&c, SQL(", of_owner = ?11, of_place = ?12"));
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!column_is_kept(&l->columns[i]))
            continue;
        compose_sql(&c, SQL(", "));
        compose_name(&c, l->columns[i].key);
        compose_sql(&c, SQL(" = "));
        compose_arg(&c, arg++);
    }
    compose_sql(&c, SQL(" WHERE district = ?1 AND id = ?2"));
    return compose_end(&c);
}

static enum err write_row(struct act *act, enum journal_type type,
                          const struct ledger_row *before,
                          struct ledger_row *row)
{
    struct value *v =
        NEW_ARRAY(act->m, struct value,
                  SHARED_ARGS + PART_ARGS + row->ledger->columns_n);
    struct rolled rolled;
    bool rolls = before ? part_roll(act_scope(act), row, &rolled)
                        : part_roll_new(act_scope(act), row, &rolled);
    size_t n;

    row_load_labels(act_scope(act), row);
    row->batch = act->batch;
    row->seq = journal_row(act, type, row, before ? before->seq : -1);
    n = put_args(act, row, v);
    tx_run(act->tx,
           before ? update_sql(act->m, row->ledger)
                  : insert_sql(act->m, row->ledger),
           (struct args){ v, n });
    record_replace(act, before, row);
    row_name_replace(act, before, row);
    due_replace(act, row);
    if (rolls)
        period_replace(act, row, &rolled);
    part_settle(act, before, row);
    if (row->ledger->days) /* what is due in working days is due otherwise */
        part_rebuild(act);
    row->admitted = false;
    return tx_err(act->tx);
}

/* Our own mistake: some way in forgot to ask what a row must be. */
static void need_admitted(const struct ledger_row *row)
{
    if (!row->admitted)
        BUG("a row of %.*s.%.*s was not admitted",
            STR_ARG(row->ledger->feature), STR_ARG(row->ledger->noun));
}

enum err row_insert(struct act *act, struct ledger_row *row)
{
    need_admitted(row);
    if (row_find(act_scope(act), row) != 0)
        return E_CLASH;
    row->id = next_id(act, row->ledger);
    row->version = 1;
    row->voided = false;
    return write_row(act, JOURNAL_INSERT, NULL, row);
}

static struct value raw_or_none(struct mem *m, const struct value *v)
{
    return v->missing ? NO_TEXT : STR(value_raw(m, v));
}

static void journal_changes(struct act *act, const struct ledger_row *before,
                            const struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (column_is_said(&row->ledger->columns[i]) &&
            !value_eq(&before->values[i], &row->values[i]))
            journal_changed(act->journal, act->tx,
                            &(struct journal_change){
                                row->seq, row->ledger->columns[i].key,
                                raw_or_none(act->m, &before->values[i]),
                                raw_or_none(act->m, &row->values[i]) });
    if (before->year != row->year)
        journal_changed(act->journal, act->tx,
                        &(struct journal_change){
                            row->seq, S("year"),
                            STR(str_fmt(act->m, "%d", before->year)),
                            STR(str_fmt(act->m, "%d", row->year)) });
}

static bool rows_equal(const struct ledger_row *a, const struct ledger_row *b)
{
    for (size_t i = 0; i < a->ledger->columns_n; i++)
        if (column_is_said(&a->ledger->columns[i]) &&
            !value_eq(&a->values[i], &b->values[i]))
            return false;
    return a->year == b->year;
}

/*
 * What somebody did is told even where it changed nothing; what time does so
 * would come again for ever (clock.h).
 */
static bool leaves_a_trace(const struct act *act, const struct ledger_row *row)
{
    return row->step && act->actor != ACTOR_CLOCK;
}

/* Is the row in the table still the one that was loaded as `before`? */
static bool is_current(struct act *act, const struct ledger_row *before)
{
    struct ledger_row *now;

    return row_load(act_scope(act), before->ledger, before->id, &now) &&
           now->version == before->version;
}

/* Somebody was first, or has no right; unless the store could not tell. */
static enum err refuse_row(const struct act *act, enum err e)
{
    return tx_err(act->tx) != OK ? tx_err(act->tx) : e;
}

enum err row_update(struct act *act, const struct ledger_row *before,
                    struct ledger_row *row, bool *ret_changed)
{
    struct act own = *act;
    int64_t twin;
    enum err e;

    need_admitted(row);
    if (rows_equal(before, row) && !leaves_a_trace(act, row)) {
        *ret_changed = false;
        return OK;
    }
    if (!is_current(act, before))
        return refuse_row(act, E_CLASH);
    row->id = before->id;
    row->voided = before->voided;
    row->version = before->version + 1;
    row->identity = 0;
    twin = row_find(act_scope(act), row);
    if (twin != 0 && twin != row->id)
        return E_CLASH;
    if (row->step) {
        own.step = row->step->key;
        own.reason = row->reason;
    }
    e = write_row(&own, row->step ? JOURNAL_STEP : JOURNAL_UPDATE, before, row);
    if (e == OK) {
        journal_changes(act, before, row);
        *ret_changed = true;
    }
    return e;
}

/* As `before` stands otherwise, voided or not. */
static enum err turn(struct act *act, struct asker *asker,
                     const struct ledger_row *before, struct str reason)
{
    struct ledger_row row = ledger_row_copy(act->m, before);
    struct act own = *act;

    if (!may_settle(asker, before))
        return refuse_row(act, E_DENIED);
    if (!is_current(act, before))
        return refuse_row(act, E_CLASH);
    row.voided = !before->voided;
    row.version++;
    own.reason = reason;
    return write_row(&own, row.voided ? JOURNAL_VOID : JOURNAL_RESTORE, before,
                     &row);
}

enum err row_void(struct act *act, struct asker *asker,
                  const struct ledger_row *before, struct str reason)
{
    return before->voided ? E_CLASH : turn(act, asker, before, reason);
}

enum err row_restore(struct act *act, struct asker *asker,
                     const struct ledger_row *before, struct str reason)
{
    return before->voided ? turn(act, asker, before, reason) : E_CLASH;
}

/* What helps to find a row, kept beside it; another row's identity is not. */
static void index_row(struct scope in, struct ledger_row *row)
{
    int64_t twin = row_find(in, row);
    struct compose c;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("UPDATE "));
    compose_table(&c, row->ledger);
    compose_sql(&c, SQL(" SET identity = CASE WHEN ?3 = 0 THEN identity "
                        "ELSE ?3 END, alike = ?4, search = ?5 "
                        "WHERE district = ?1 AND id = ?2"));
    tx_run_unjournaled(
        in.tx, compose_end(&c),
        WITH(INT(in.district), INT(row->id),
             INT(twin == 0 || twin == row->id ? row->identity : 0),
             INT(row_name_number(in.m, row)), STR(search_text(in.m, row))));
}

void row_index_all(struct scope in)
{
    struct scope of_row = { in.tx, mem_child(in.m), in.district };
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        struct row_walk w = row_walk(in, l);
        struct ledger_row *row;

        while (row_walk_next(&w, of_row.m, &row)) {
            index_row(of_row, row);
            mem_reset(of_row.m);
        }
    }
    mem_free(of_row.m);
    row_name_all(in);
}
