/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * fill DIR RECORDS [YEARS] - a data folder with that many countable records,
 * of one year or of several up to it, one after the other.
 *
 * Every ledger of every feature gets rows, so every figure has something to
 * count; a ledger of a new feature is filled without a word here. Rows go
 * through row_insert(), a thousand to a transaction.
 */
#include "host/ledger/admit.h"
#include "host/ledger/feature.h"
#include "host/ledger/row.h"
#include "test/bench/folder.h"

enum {
    BATCH = 1000,
    STANDING_ROWS = 300,
    LEDGERS_MAX = 256,
    YEAR = 2024,
    DRAWS = 60
};

struct filling {
    struct house *house;
    int32_t year;
    int64_t rows[LEDGERS_MAX]; /* made of each ledger */
    uint64_t state;
};

static size_t ledger_index(const struct ledger *l)
{
    size_t i = 0;

    while (ledger_at(i) != l)
        i++;
    return i;
}

static struct value choice_value(struct filling *f, const struct column *c)
{
    return STR(c->choices[draw(&f->state, (int64_t)c->choices_n)].key);
}

static struct value ref_value(struct filling *f, const struct column *c)
{
    int64_t n = f->rows[ledger_index(ledger_find(c->ref))];

    return n ? INT(1 + draw(&f->state, n)) : NO_INT;
}

static struct value date_value(struct filling *f)
{
    return INT(f->year * 10000 + (1 + draw(&f->state, 12)) * 100 + 1 +
               draw(&f->state, 28));
}

static struct value value_for(struct filling *f, struct mem *m,
                              const struct column *c, int64_t number)
{
    switch (c->type) {
    case COLUMN_COUNT:
        return INT(draw(&f->state, c->max ? c->max + 1 : 100));
    case COLUMN_MARK:
        return INT(draw(&f->state, c->max ? c->max + 1 : 10001));
    case COLUMN_DATE:
        return date_value(f);
    case COLUMN_CHOICE:
        return choice_value(f, c);
    case COLUMN_REF:
        return ref_value(f, c);
    case COLUMN_PHONE:
        return STR(
            str_fmt(m, "138%08lld", (long long)draw(&f->state, 100000000)));
    case COLUMN_TEXT:
    case COLUMN_LINES:
        break;
    }
    return STR(
        str_fmt(m, "%.*s第%lld号", STR_ARG(c->label.zh), (long long)number));
}

static void draw_value(struct filling *f, struct mem *m, struct ledger_row *row,
                       size_t i)
{
    row->values[i] = value_for(f, m, &row->ledger->columns[i],
                               f->rows[ledger_index(row->ledger)] + 1);
}

/* A place that another one has to lie within is left empty. */
static void leave_places(struct ledger_row *row)
{
    const struct ledger *l = row->ledger;

    for (size_t i = 0; i < l->columns_n; i++)
        if (l->columns[i].within.n) {
            size_t around = ledger_column(l, l->columns[i].within);

            row->values[around] = column_none(&l->columns[around]);
        }
}

/* What the ledger refuses is left empty, or drawn again where it may not be. */
static enum err admit_drawn(struct filling *f, struct mem *m,
                            struct admission *a, struct ledger_row *row)
{
    for (int draws = 0;; draws++) {
        enum err e = row_admit(a, row);

        if (e != E_INPUT || draws == DRAWS)
            return e;
        for (size_t i = 0; i < a->problems_n; i++) {
            size_t at = a->problems[i].column;
            const struct column *c;

            if (at == SIZE_MAX)
                return e;
            c = &row->ledger->columns[at];
            if (column_is(c, COLUMN_REQUIRED))
                draw_value(f, m, row, at);
            else
                row->values[at] = column_none(c);
        }
    }
}

static void insert_row(struct filling *f, struct act *act,
                       const struct ledger *l)
{
    struct ledger_row *row = ledger_row_new(act->m, l);
    size_t at = ledger_index(l);
    struct asker shell = asker_shell(act_scope(act));
    struct admission a = { .asker = &shell, .said_year = f->year };
    enum err e;

    for (size_t i = 0; i < l->columns_n; i++)
        if (!column_is(&l->columns[i], COLUMN_DERIVED))
            draw_value(f, act->m, row, i);
    leave_places(row);
    e = admit_drawn(f, act->m, &a, row);
    if (e == OK)
        e = row_insert(act, row);
    if (e == OK)
        f->rows[at]++;
    else if (e != E_CLASH && e != E_INPUT) /* a ledger has rules */
        BUG("a row was not kept: %d", (int)e);
}

static void fill_batch(struct filling *f, const struct ledger *l, size_t n)
{
    struct mem *m = mem_new();
    struct mem *one = mem_child(m);
    struct work w;

    work_begin(f->house, one, 0, &w);
    for (size_t i = 0; i < n; i++) {
        mem_reset(one);
        insert_row(f, &w.act, l);
    }
    w.act.m = m;
    if (work_commit(&w) != OK)
        BUG("%s", db_reason(f->house->db));
    mem_free(m);
}

static int64_t records(struct filling *f)
{
    struct tx tx;
    int64_t n;

    tx_begin(f->house->db, false, &tx);
    n = tx_int(&tx,
               SQL("SELECT coalesce(sum(n), 0) FROM tally WHERE scope = 0"),
               (struct args){ 0 }, 0);
    tx_rollback(&tx);
    return n;
}

/*
 * What others refer to; and days off, as each of them makes anew what is due
 * in working days.
 */
static bool comes_first(const struct ledger *l)
{
    return l->standing || l->days;
}

/* Rows of this year, until there are so many records in all. */
static void fill_year(struct filling *f, int64_t want)
{
    const struct ledger *l;

    while (records(f) < want) {
        int64_t rest = want - records(f);
        size_t n = rest < 20 * BATCH ? (size_t)rest / 20 + 1 : BATCH;

        for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
            if (!comes_first(l))
                fill_batch(f, l, n);
    }
}

static void fill(struct filling *f, int64_t want, int32_t years)
{
    const struct ledger *l;

    f->year = YEAR;
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (comes_first(l))
            fill_batch(f, l, STANDING_ROWS);
    for (int32_t i = 1; i <= years; i++) {
        f->year = YEAR - years + i;
        fill_year(f, want * i / years);
    }
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct filling f = { .state = 1 };
    int64_t want;
    int64_t years = 1;

    if (argc < 3 || argc > 4 || !str_int(str_from(argv[2]), &want) ||
        (argc == 4 && !str_int(str_from(argv[3]), &years)))
        return fprintf(stderr, "fill DIR RECORDS [YEARS]\n"), 2;
    f.house = folder_make(m, str_from(argv[1]));
    if (!f.house)
        return 1;
    fill(&f, want, (int32_t)years);
    if (!folder_sign(f.house, m))
        return 1;
    printf("%lld\n", (long long)records(&f));
    mem_free(m);
    return 0;
}
