/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Records and tallies. A change of a row is the difference between the
 * records it had and the records it has: what is equal is not touched.
 */
#include "host/ledger/record.h"

#include "base/buf.h"
#include "base/map.h"
#include "host/ledger/part.h"
#include "host/ledger/row.h"

enum { TALLY_KEY_MAX = 4096 };

/* Rows are counted by the same book (row_count.h); no tally has this scope. */
enum { ROW_COUNT = INT32_MIN };

/* A record with its place in the tables. */
struct placed {
    bool counts;
    struct str kind;
    int32_t year;
    int64_t row;
    int64_t org;
    int64_t place;
    struct record r;
};

/* False when a value is missing. */
static bool sum_columns(const struct ledger_row *row, uint64_t columns,
                        int64_t *ret_sum)
{
    int64_t sum = 0;

    for (size_t i = 0; i < row->ledger->columns_n; i++) {
        if (!(columns & AT(i)))
            continue;
        if (!row_has(row, i))
            return false;
        sum += row_int(row, i);
    }
    *ret_sum = sum;
    return true;
}

/* The column of .on; SIZE_MAX: the kind has none. */
static size_t on_column(const struct ledger *l, const struct record_kind *kind)
{
    for (size_t i = 0; kind->on && i < l->columns_n; i++)
        if (kind->on & AT(i))
            return i;
    return SIZE_MAX;
}

const struct column *kind_day(const struct ledger *l,
                              const struct record_kind *kind)
{
    size_t on = on_column(l, kind);

    if (on == SIZE_MAX && ledger_has(l, COLUMN_WHEN))
        on = ledger_role(l, COLUMN_WHEN);
    return on == SIZE_MAX ? NULL : &l->columns[on];
}

/* False when the row counts from a date on that it does not have. */
static bool read_day(const struct ledger_row *row,
                     const struct record_kind *kind, int32_t *ret)
{
    size_t on = on_column(row->ledger, kind);

    if (on == SIZE_MAX) {
        *ret = row_when(row);
        return true;
    }
    *ret = row_has(row, on) ? (int32_t)row_int(row, on) : 0;
    return *ret != 0;
}

bool record_of(struct scope in, const struct record_kind *kind,
               const struct ledger_row *row, struct record *ret)
{
    *ret = (struct record){ .category = S(""), .quantity = 1 };
    if (!row_stands(row))
        return false;
    if (!read_day(row, kind, &ret->day))
        return false;
    if (kind->sums && !sum_columns(row, kind->sums, &ret->quantity))
        return false;
    ret->rank = kind->ranked ? ret->quantity : 0;
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (kind->by & AT(i) && row_has(row, i))
            ret->category = row_str(row, i);
    return !kind->of || kind->of(in, row, ret);
}

static struct placed place(struct scope in, const struct record_kind *kind,
                           const struct ledger_row *row)
{
    struct placed p = { .kind = kind->kind };

    if (!row)
        return p;
    p.counts = record_of(in, kind, row, &p.r);
    p.year = row->year;
    p.row = row->id;
    p.org = row_owner(row);
    p.place = row_place(row);
    return p;
}

static bool placed_eq(const struct placed *a, const struct placed *b)
{
    return a->counts == b->counts && a->year == b->year && a->org == b->org &&
           a->place == b->place && a->r.day == b->r.day &&
           a->r.quantity == b->r.quantity && a->r.rank == b->r.rank &&
           str_eq(a->r.category, b->r.category);
}

/* The change of one tally; of ROW_COUNT: subject, state, voided and n. */
struct tally_change {
    int32_t year;
    int64_t scope;
    int64_t rank;
    struct str kind;
    struct str category;
    struct tally by;
};

struct tally_book {
    struct mem *m;
    struct buf *key;
    struct map map; /* what tells tallies apart -> index into changes */
    struct tally_change *changes;
    size_t n, cap;
};

static void write_row_count(struct act *act, const struct tally_change *c)
{
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO row_count (district, subject, year, voided, state, n) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
            "ON CONFLICT (district, subject, year, voided, state) "
            "DO UPDATE SET n = row_count.n + excluded.n"),
        WITH(INT(act->district), STR(c->kind), INT(c->year), INT(c->rank),
             STR(c->category), INT(c->by.n)));
}

static void write_tally(struct act *act, const struct tally_change *c)
{
    if (c->scope == ROW_COUNT) {
        write_row_count(act, c);
        return;
    }
    tx_run_unjournaled(
        act->tx,
        SQL("INSERT INTO tally (district, year, kind, scope, category, rank, "
            "n, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) "
            "ON CONFLICT (district, year, kind, scope, category, rank) "
            "DO UPDATE SET n = tally.n + excluded.n, "
            "sum = tally.sum + excluded.sum"),
        WITH(INT(act->district), INT(c->year), STR(c->kind), INT(c->scope),
             STR(c->category), INT(c->rank), INT(c->by.n), INT(c->by.sum)));
}

static void put_raw(struct buf *b, int64_t v)
{
    buf_put(b, (struct str){ (const char *)&v, sizeof(v) });
}

static struct tally_change *held(struct tally_book *b,
                                 const struct tally_change *c)
{
    int64_t at = (int64_t)b->n;

    buf_clear(b->key);
    put_raw(b->key, c->year);
    put_raw(b->key, c->scope);
    put_raw(b->key, c->rank);
    buf_put(b->key, c->kind);
    buf_byte(b->key, '\n');
    buf_put(b->key, c->category);
    if (map_get(&b->map, buf_str(b->key), &at))
        return &b->changes[at];
    map_put(&b->map, str_dup(b->m, buf_str(b->key)), at);
    if (b->n == b->cap) {
        b->cap = b->cap ? 2 * b->cap : 64;
        b->changes = mem_grow(b->m, b->changes, b->n * sizeof(*b->changes),
                              b->cap * sizeof(*b->changes));
    }
    b->changes[b->n] = *c;
    b->changes[b->n].kind = str_dup(b->m, c->kind);
    b->changes[b->n].category = str_dup(b->m, c->category);
    b->changes[b->n].by = (struct tally){ 0, 0 };
    return &b->changes[b->n++];
}

static void change_tally(struct act *act, const struct tally_change *c)
{
    struct tally_change *h;

    if (!act->tallies) {
        write_tally(act, c);
        return;
    }
    h = held(act->tallies, c);
    h->by.n += c->by.n;
    h->by.sum += c->by.sum;
}

void tally_book_open(struct act *act, struct mem *m)
{
    struct tally_book *b = NEW(m, struct tally_book);

    if (act->tallies)
        BUG("tallies are held back already");
    b->m = m;
    b->key = buf_new(m, TALLY_KEY_MAX);
    map_init(&b->map, m);
    act->tallies = b;
}

void tally_book_close(struct act *act)
{
    const struct tally_book *b = act->tallies;

    act->tallies = NULL;
    for (size_t i = 0; i < b->n; i++)
        if (b->changes[i].by.n || b->changes[i].by.sum)
            write_tally(act, &b->changes[i]);
}

/* The tally of the district, of the organisation, the month and the ranks. */
static void tally_add(struct act *act, const struct placed *p, int64_t sign)
{
    struct tally_change c = {
        .year = p->year,
        .kind = p->kind,
        .category = p->r.category,
        .by = { sign, sign * p->r.quantity },
    };

    change_tally(act, &c);
    c.scope = p->org;
    if (p->org)
        change_tally(act, &c);
    c.scope = TALLY_MONTHS;
    c.rank = p->r.day / 100;
    change_tally(act, &c);
    for (int level = 0; p->r.rank && level < TALLY_LEVELS; level++) {
        c.scope = tally_rank_scope(level);
        c.rank = p->r.rank >> level * TALLY_LEVEL_BITS;
        change_tally(act, &c);
    }
}

static void remove_record(struct act *act, const struct placed *p)
{
    tx_run(act->tx,
           SQL("DELETE FROM record WHERE district = ?1 AND year = ?2 AND "
               "kind = ?3 AND category = ?4 AND minus_rank = ?5 AND "
               "row_id = ?6"),
           WITH(INT(act->district), INT(p->year), STR(p->kind),
                STR(p->r.category), INT(-p->r.rank), INT(p->row)));
    tally_add(act, p, -1);
}

static void add_record(struct act *act, const struct placed *p)
{
    tx_run(
        act->tx,
        SQL("INSERT INTO record (district, year, kind, category, minus_rank, "
            "row_id, org, place, day, quantity) "
            "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
        WITH(INT(act->district), INT(p->year), STR(p->kind), STR(p->r.category),
             INT(-p->r.rank), INT(p->row), INT(p->org), INT(p->place),
             INT(p->r.day), INT(p->r.quantity)));
    tally_add(act, p, 1);
}

/* ---- rows ---- */

static struct str state_of(const struct ledger_row *row)
{
    size_t i = ledger_role(row->ledger, COLUMN_STATE);

    return i == SIZE_MAX ? S("") : row_str(row, i);
}

static void count_row(struct act *act, const struct ledger_row *row, int sign)
{
    change_tally(act, &(struct tally_change){
                          .year = row->year,
                          .scope = ROW_COUNT,
                          .rank = row_voided_bits(row),
                          .kind = ledger_name(act->m, row->ledger),
                          .category = state_of(row),
                          .by = { .n = sign },
                      });
}

static bool count_alike(const struct ledger_row *a, const struct ledger_row *b)
{
    return a->year == b->year && row_voided_bits(a) == row_voided_bits(b) &&
           str_eq(state_of(a), state_of(b));
}

static void recount_row(struct act *act, const struct ledger_row *before,
                        const struct ledger_row *after)
{
    if (before && after && count_alike(before, after))
        return;
    if (before)
        count_row(act, before, -1);
    if (after)
        count_row(act, after, 1);
}

void record_replace(struct act *act, const struct ledger_row *before,
                    const struct ledger_row *after)
{
    const struct ledger *l = (after ? after : before)->ledger;
    struct scope in = act_scope(act);

    recount_row(act, before, after);
    for (size_t i = 0; i < l->kinds_n; i++) {
        struct placed old = place(in, &l->kinds[i], before);
        struct placed new = place(in, &l->kinds[i], after);

        if (old.counts && new.counts && placed_eq(&old, &new))
            continue;
        if (old.counts)
            remove_record(act, &old);
        if (new.counts)
            add_record(act, &new);
    }
}

static struct tally one_tally(struct rows r)
{
    struct tally t = { 0 };

    if (rows_next(&r)) {
        t = (struct tally){ rows_int(&r, 0), rows_int(&r, 1) };
        rows_end(&r);
    }
    return t;
}

struct tally tally_read(struct scope in, int32_t year, struct str kind,
                        struct str category)
{
    return one_tally(tx_query(
        in.tx,
        SQL("SELECT coalesce(sum(n), 0), coalesce(sum(sum), 0) FROM tally "
            "WHERE district = ?1 AND year = ?2 AND kind = ?3 AND scope = 0 "
            "AND (?4 = '' OR category = ?4)"),
        WITH(INT(in.district), INT(year), STR(kind), STR(category))));
}

struct tally tally_read_month(struct scope in, int32_t year, struct str kind,
                              struct str category, int32_t month)
{
    return one_tally(tx_query(
        in.tx,
        SQL("SELECT coalesce(sum(n), 0), coalesce(sum(sum), 0) FROM tally "
            "WHERE district = ?1 AND year = ?2 AND kind = ?3 AND scope = ?4 "
            "AND (?5 = '' OR category = ?5) AND rank = ?6"),
        WITH(INT(in.district), INT(year), STR(kind), INT(TALLY_MONTHS),
             STR(category), INT(month))));
}

void record_rebuild(struct act *act)
{
    struct mem *book = mem_child(act->m);
    struct scope in = act_scope(act);
    const struct ledger *l;

    part_rebuild(act);
    tx_run_unjournaled(act->tx, SQL("DELETE FROM tally WHERE district = ?1"),
                       WITH(INT(act->district)));
    tx_run_unjournaled(act->tx, SQL("DELETE FROM record WHERE district = ?1"),
                       WITH(INT(act->district)));
    tx_run_unjournaled(act->tx,
                       SQL("DELETE FROM row_count WHERE district = ?1"),
                       WITH(INT(act->district)));
    tally_book_open(act, book);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        struct row_walk w = row_walk(in, l);
        struct mem *m = mem_child(act->m);
        struct ledger_row *row;

        while (row_walk_next(&w, m, &row)) {
            record_replace(act, NULL, row);
            mem_reset(m);
        }
        mem_free(m);
    }
    tally_book_close(act);
    mem_free(book);
    act->tx->changes = 0; /* derived: nothing happened that is news */
}
