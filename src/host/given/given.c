/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The fixture: a data folder, rows in it and files put into it. */
#include "host/given/given.h"

#include "base/date.h"
#include "base/file.h"
#include "host/ledger/cell.h"
#include "host/ledger/clock.h"
#include "host/ledger/figure_rows.h"
#include "host/ledger/ref.h"

/* 2024-11-07 16:00 in China. */
static const int64_t given_now = 1730966400000;

static void drop(void *arg)
{
    struct given *g = arg;

    if (g->working)
        work_rollback(&g->work);
}

/* The folder was made today, wherever that is; here it is another day. */
static void turn_back(struct given *g)
{
    tx_run_unjournaled(given_tx(g),
                       SQL("UPDATE clock SET day = ?2 WHERE district = ?1"),
                       WITH(INT(GIVEN_DISTRICT), INT(date_of(given_now))));
    given_commit(g);
}

struct given *given_in(struct test *t, struct house_place place)
{
    struct given *g = NEW(t->mem, struct given);
    struct text why = TEXT("", "");

    g->t = t;
    g->m = t->mem;
    g->house = house_open(g->m, place, DB_WRITE, &why);
    if (!g->house)
        BUG("%.*s", STR_ARG(why.en));
    g->house->fixed_now = given_now;
    mem_defer(g->m, drop, g);
    turn_back(g);
    return g;
}

struct given *given(struct test *t)
{
    return given_in(t, given_house(t));
}

struct act *given_act(struct given *g)
{
    if (!g->working)
        work_begin(g->house, g->m, ACTOR_SHELL, &g->work);
    g->working = true;
    return &g->work.act;
}

struct tx *given_tx(struct given *g)
{
    return given_act(g)->tx;
}

void given_commit(struct given *g)
{
    if (g->working && work_commit(&g->work) != OK)
        BUG("%s", db_reason(g->house->db));
    g->working = false;
}

enum err given_settle(struct given *g, enum err e)
{
    if (e == OK) {
        given_commit(g);
    } else if (g->working) {
        work_rollback(&g->work);
        g->working = false;
    }
    return e;
}

/* Opened by its first slice, in memory of whichever thread that is on. */
struct given_slicer {
    struct slicer slicer; /* first: it is found by it */
    struct given *given;
    struct mem *m;
    struct house *house;
    struct slicer *own;
};

static enum err run_slice(struct slicer *s,
                          enum err (*slice)(void *arg, struct act *act),
                          void *arg)
{
    struct given_slicer *gs = (struct given_slicer *)s;
    struct given *g = gs->given;
    struct text why = TEXT("", "");

    if (!gs->house) {
        gs->house = house_beside(gs->m, g->house, DB_WRITE, &why);
        if (!gs->house)
            BUG("%.*s", STR_ARG(why.en));
        gs->own = slicer_of_house(gs->m, gs->house);
    }
    gs->house->fixed_now = g->house->fixed_now;
    return slice_run(gs->own, slice, arg);
}

static void end_slicer(void *arg)
{
    struct given_slicer *s = arg;

    mem_free(s->m);
}

struct slicer *given_slicer(struct given *g)
{
    struct given_slicer *s;

    if (!g->slicer) {
        s = NEW(g->m, struct given_slicer);
        *s = (struct given_slicer){ .slicer = { run_slice },
                                    .given = g,
                                    .m = mem_new() };
        mem_defer(g->m, end_slicer, s);
        g->slicer = &s->slicer;
    }
    return g->slicer;
}

void given_day(struct given *g, int32_t day)
{
    bool more = true;

    given_commit(g);
    g->house->fixed_now =
        date_begins(day) + (given_now - date_begins(date_of(given_now)));
    while (more) {
        more = clock_tick(given_act(g), day);
        given_commit(g);
    }
}

/* ---- rows ---- */

static const struct ledger *find_ledger(const char *name)
{
    const struct ledger *l = ledger_find(str_from(name));

    if (!l)
        BUG("no ledger %s", name);
    return l;
}

static size_t find_column(const struct ledger_row *row, const char *key)
{
    size_t i = ledger_column(row->ledger, str_from(key));

    if (i == SIZE_MAX)
        BUG("no column %s", key);
    return i;
}

struct ledger_row *given_row(struct given *g, const char *ledger)
{
    struct ledger_row *row = ledger_row_new(g->m, find_ledger(ledger));

    row->year = row->ledger->standing ? 0 : GIVEN_YEAR;
    return row;
}

void given_text(struct ledger_row *row, const char *column, struct str value)
{
    row->values[find_column(row, column)] = STR(value);
}

void given_int(struct ledger_row *row, const char *column, int64_t value)
{
    row->values[find_column(row, column)] = INT(value);
}

void given_ref(struct given *g, struct ledger_row *row, const char *column,
               struct str name)
{
    size_t i = find_column(row, column);
    struct text why;
    struct ref found;

    if (ref_find(ref_book_new(act_scope(given_act(g))),
                 &row->ledger->columns[i], name, &found, &why) != OK)
        BUG("%.*s", STR_ARG(why.en));
    row->values[i] = INT(found.id);
    row->labels[i] = found.label;
}

void given_admit(struct given *g, const struct ledger_row *before,
                 struct ledger_row *row)
{
    struct asker shell = asker_shell(act_scope(given_act(g)));
    struct admission a = { .asker = &shell,
                           .before = before,
                           .said_year = row->year,
                           .usual_year = GIVEN_YEAR };

    if (row_admit(&a, row) != OK)
        BUG("a given row is refused: %.*s", STR_ARG(a.problems[0].reason.en));
}

int64_t given_keep(struct given *g, struct ledger_row *row)
{
    given_admit(g, NULL, row);
    if (row_insert(given_act(g), row) != OK)
        BUG("a given row was not kept");
    return row->id;
}

void given_change(struct given *g, struct ledger_row *row)
{
    struct ledger_row *before;
    bool changed;

    if (!row_load(act_scope(given_act(g)), row->ledger, row->id, &before))
        BUG("no row %lld", (long long)row->id);
    given_admit(g, before, row);
    if (row_update(given_act(g), before, row, &changed) != OK || !changed)
        BUG("a given change was not kept");
}

int64_t given_unit(struct given *g, struct str name)
{
    int64_t id = tx_int(given_tx(g),
                        SQL("SELECT id FROM registry_organisation WHERE "
                            "name = ?1"),
                        WITH(STR(name)), 0);
    struct ledger_row *row;

    if (id)
        return id;
    row = ledger_row_new(g->m, ledger_organisations());
    given_text(row, "name", name);
    given_text(row, "kind", S("unit"));
    return given_keep(g, row);
}

struct ledger_row *sample_tree(struct given *g, struct str name)
{
    struct ledger_row *row = given_row(g, "sample.tree");

    given_text(row, "name", name);
    given_text(row, "species", S("ginkgo"));
    given_int(row, "unit", given_unit(g, S("区教育局")));
    given_int(row, "planted_on", 20240102);
    given_int(row, "due_on", 20241231);
    given_text(row, "post", S("机关党委书记"));
    return row;
}

struct ledger_row *sample_keeper(struct given *g)
{
    struct ledger_row *row = given_row(g, "sample.keeper");

    given_text(row, "name", S("陈晓玲"));
    given_text(row, "duty", S("helper"));
    given_text(row, "phone", S("19912347920"));
    return row;
}

struct ledger_row *given_kept(struct given *g, const char *ledger, int64_t id)
{
    struct ledger_row *row;

    if (!row_load(act_scope(given_act(g)), find_ledger(ledger), id, &row))
        BUG("no row %lld of %s", (long long)id, ledger);
    return row;
}

struct str given_said(struct given *g, const struct ledger_row *row,
                      const char *column)
{
    return value_raw(g->m, &row->values[find_column(row, column)]);
}

void given_void(struct given *g, const char *ledger, int64_t id)
{
    struct asker shell = asker_shell(act_scope(given_act(g)));

    if (row_void(given_act(g), &shell, given_kept(g, ledger, id),
                 S("重复登记")) != OK)
        BUG("a given row could not be voided");
}

void given_restore(struct given *g, const char *ledger, int64_t id)
{
    struct asker shell = asker_shell(act_scope(given_act(g)));

    if (row_restore(given_act(g), &shell, given_kept(g, ledger, id),
                    S("没有重复")) != OK)
        BUG("a given row could not be restored");
}

int64_t given_live(struct given *g, const char *ledger, struct str title)
{
    struct row_walk w =
        row_walk(act_scope(given_act(g)), ledger_find(str_from(ledger)));
    struct ledger_row *row;
    int64_t n = 0;

    while (row_walk_next(&w, g->m, &row))
        n += !row->voided && (title.n == 0 || str_eq(row_title(row), title));
    return n;
}

void given_today(struct given *g, int32_t day)
{
    tx_run_unjournaled(given_tx(g),
                       SQL("INSERT INTO clock (district, day) VALUES (?1, ?2) "
                           "ON CONFLICT (district) DO UPDATE SET day = ?2"),
                       WITH(INT(GIVEN_DISTRICT), INT(day)));
}

int64_t given_sql(struct given *g, struct sql q)
{
    return tx_int(given_tx(g), q, (struct args){ 0 }, -1);
}

/* ---- figures ---- */

struct figure_value given_figure(struct given *g, const char *key)
{
    const struct figure *f = figure_find(str_from(key));

    if (!f)
        BUG("no figure %s", key);
    return figure_read(act_scope(given_act(g)), GIVEN_YEAR, f);
}

int64_t given_rows(struct given *g, const char *key)
{
    struct figure_value v = given_figure(g, key);
    struct figure_rows r = figure_rows(act_scope(given_act(g)), &v, NULL);
    int64_t n = 0;
    int64_t id;
    int64_t quantity;

    while (figure_rows_next(&r, &id, &quantity))
        n++;
    return n;
}

int64_t given_first(struct given *g, const char *key)
{
    struct figure_value v = given_figure(g, key);
    struct figure_rows r = figure_rows(act_scope(given_act(g)), &v, NULL);
    int64_t id = 0;
    int64_t quantity;

    if (figure_rows_next(&r, &id, &quantity))
        rows_end(&r.rows);
    return id;
}

/* ---- files ---- */

struct workbook *given_workbook(struct given *g, struct str bytes,
                                struct str name)
{
    struct workbook *w = NEW(g->m, struct workbook);
    struct text why;

    if (workbook_read(g->m, (struct table_file){ name, bytes },
                      &read_limits_default, w, &why) != OK)
        BUG("%.*s", STR_ARG(why.en));
    return w;
}

struct import *given_plan(struct given *g, const struct workbook *w)
{
    struct import *im = NEW(g->m, struct import);

    import_plan(g->m, w, S("test"),
                (struct import_years){ GIVEN_YEAR, GIVEN_YEAR }, im);
    return im;
}

void given_compare(struct given *g, struct import *im)
{
    if (import_compare(act_scope(given_act(g)), im) != OK)
        BUG("%s", db_reason(g->house->db));
}

int64_t given_apply(struct given *g, struct import *im)
{
    int64_t batch;

    given_commit(g);
    if (import_apply(given_act(g), im) != OK)
        BUG("%s", db_reason(g->house->db));
    batch = g->work.act.batch;
    given_commit(g);
    return batch;
}

struct import *given_csv(struct given *g, struct str text)
{
    struct import *im = given_plan(g, given_workbook(g, text, S("a.csv")));

    given_apply(g, im);
    return im;
}

struct import *given_divisions(struct given *g)
{
    return given_csv(g, test_data(g->t, "demo/divisions.csv"));
}

struct import_sheet *given_sheet(struct import *im, const char *ledger)
{
    for (size_t i = 0; i < im->n; i++)
        if (im->sheets[i].match.ledger == find_ledger(ledger))
            return &im->sheets[i];
    BUG("no sheet of %s", ledger);
}
