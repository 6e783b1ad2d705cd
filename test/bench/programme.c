/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * programme DIR PROJECTS - a data folder with so many projects of this year,
 * each with ten parts: seven milestones, two blockers, a supervision order.
 *
 * Days are told from today, so that on whatever day it runs all lights
 * occur: a project is in step, a milestone behind, three behind, suspended or
 * closed. Its units, a hundred, all lie below the organisation `above`. The
 * first blockers, as many as there are projects, are taken on and not solved
 * yet, so that steps can be taken on each in turn (post.c).
 */
#include "base/date.h"
#include "host/ledger/admit.h"
#include "host/ledger/feature.h"
#include "host/ledger/row.h"
#include "test/bench/folder.h"

enum { BATCH = 100, UNITS = 100, MILESTONES = 7, APART = 45 };

struct programme {
    struct house *house;
    struct act *act;
    uint64_t state;
    int32_t today; /* in days */
};

/* ---- rows ---- */

static struct ledger_row *row_of(struct programme *p, const char *ledger)
{
    return ledger_row_new(p->act->m, ledger_find(str_from(ledger)));
}

static void put(struct ledger_row *row, const char *key, struct value v)
{
    row->values[ledger_column(row->ledger, str_from(key))] = v;
}

static void put_words(struct ledger_row *row, const char *key, const char *word)
{
    put(row, key, STR(str_from(word)));
}

static void put_numbered(struct programme *p, struct ledger_row *row,
                         const char *key, int64_t n)
{
    const struct ledger *l = row->ledger;
    struct text label = l->columns[ledger_column(l, str_from(key))].label;

    put(row, key,
        STR(str_fmt(p->act->m, "%.*s第%lld号", STR_ARG(label.zh),
                    (long long)n)));
}

static void put_day(struct ledger_row *row, const char *key, int64_t days)
{
    put(row, key, INT(date_from_days((int32_t)days)));
}

static void put_choice(struct programme *p, struct ledger_row *row,
                       const char *key)
{
    const struct column *c =
        &row->ledger->columns[ledger_column(row->ledger, str_from(key))];

    put(row, key, STR(c->choices[draw(&p->state, (int64_t)c->choices_n)].key));
}

static int64_t keep(struct programme *p, struct ledger_row *row)
{
    struct asker shell = asker_shell(act_scope(p->act));
    struct admission a = {
        .asker = &shell,
        .said_year = date_year(date_from_days(p->today)),
    };

    if (row_admit(&a, row) != OK)
        BUG("a row of %.*s was refused: %.*s", STR_ARG(row->ledger->noun),
            STR_ARG(a.problems[0].reason.en));
    if (row_insert(p->act, row) != OK)
        BUG("a row was not kept");
    return row->id;
}

static int64_t keep_unit(struct programme *p, const char *name, int64_t above)
{
    struct ledger_row *row = row_of(p, "registry.organisation");

    put_words(row, "name", name);
    put_words(row, "kind", "unit");
    if (above)
        put(row, "parent", INT(above));
    return keep(p, row);
}

static void keep_units(struct programme *p)
{
    int64_t above = keep_unit(p, "above", 0);
    char name[32];

    for (int i = 1; i <= UNITS; i++) {
        snprintf(name, sizeof(name), "unit %d", i);
        keep_unit(p, name, above);
    }
}

/* A unit; the organisation above them is the first that was kept. */
static struct value any_unit(struct programme *p)
{
    return INT(2 + draw(&p->state, UNITS));
}

/* ---- a project ---- */

struct project {
    int64_t id, number, starts;
    bool done;      /* all of its milestones */
    int64_t behind; /* so many of those that are due are not accepted */
};

/* Six of ten are under way. */
static const char *const lives[] = {
    "active",     "active",  "active",    "active",    "active",
    "active",     "active",  "active",    "active",    "active",
    "active",     "active",  "draft",     "submitted", "reviewed",
    "publicised", "applied", "extending", "suspended", "closed",
};

static void put_life(struct programme *p, struct ledger_row *row,
                     const char *life)
{
    struct str key = str_from(life);

    put_words(row, "state", life);
    if (str_eq(key, S("publicised")))
        put_day(row, "publicised_on", p->today);
    if (str_eq(key, S("suspended")))
        put_day(row, "paused_on", p->today - 20);
    if (str_eq(key, S("closed")))
        put_day(row, "closed_on", p->today - 10);
}

static struct project keep_project(struct programme *p, int64_t number)
{
    static const int64_t behind[] = { 0, 0, 1, 3 };
    const char *life = lives[number % (int64_t)COUNT(lives)];
    struct ledger_row *row = row_of(p, "projects.project");
    struct project of = {
        .number = number,
        .starts = p->today - 260 + draw(&p->state, 120),
        .done = str_eq(str_from(life), S("applied")) ||
                str_eq(str_from(life), S("closed")),
        .behind = behind[draw(&p->state, COUNT(behind))],
    };

    put(row, "no", INT(number));
    put_numbered(p, row, "name", number);
    put_choice(p, row, "field");
    put_numbered(p, row, "lead_org", number % UNITS);
    put_words(row, "secretary", "党委书记");
    put(row, "unit", any_unit(p));
    put_day(row, "starts_on", of.starts);
    put_day(row, "due_on", of.starts + (MILESTONES + 1) * APART);
    put_life(p, row, life);
    of.id = keep(p, row);
    return of;
}

/* One of so many is reported, or another date is asked for it. */
static void put_open(struct programme *p, struct ledger_row *row, int64_t due)
{
    int64_t which = draw(&p->state, 16);

    if (which == 0) {
        put_words(row, "state", "extending");
        put_day(row, "asked_due", due + 30);
    } else if (which < 3) {
        put_words(row, "state", "reported");
        put_day(row, "done_on", p->today);
    }
}

static void keep_milestones(struct programme *p, const struct project *of)
{
    int64_t past = (p->today - of->starts) / APART;

    for (int64_t i = 1; i <= MILESTONES; i++) {
        struct ledger_row *row = row_of(p, "projects.milestone");
        int64_t due = of->starts + i * APART - draw(&p->state, 20);

        put(row, "project", INT(of->id));
        put_numbered(p, row, "name", i);
        put_day(row, "due", due);
        put(row, "weight", INT(i == MILESTONES ? 16 : 14));
        if (of->done || i <= past - of->behind) {
            put_words(row, "state", "accepted");
            put_day(row, "done_on", due - draw(&p->state, 10));
            put_day(row, "counted_on", due);
        } else {
            put_open(p, row, due);
        }
        keep(p, row);
    }
}

static void keep_order(struct programme *p, const struct project *of)
{
    struct ledger_row *row = row_of(p, "projects.order");
    int64_t issued = p->today - draw(&p->state, 60);

    put(row, "project", INT(of->id));
    put_numbered(p, row, "no", of->number);
    put_choice(p, row, "level");
    put_words(row, "content", "加快推进，书面答复");
    put_day(row, "issued_on", issued);
    put_day(row, "answer_by", issued + 15);
    put_choice(p, row, "state");
    keep(p, row);
}

static void keep_blocker(struct programme *p, int64_t project, int64_t number,
                         bool taken_on)
{
    struct ledger_row *row = row_of(p, "projects.blocker");
    int64_t found = p->today - draw(&p->state, 90);

    put(row, "project", INT(project));
    put_numbered(p, row, "content", number);
    put(row, "needed_from", any_unit(p));
    put_day(row, "found_on", found);
    put_day(row, "due", found + 30);
    put_choice(p, row, "state");
    if (taken_on)
        put_words(row, "state", "accepted");
    keep(p, row);
}

static void keep_whole(struct programme *p, int64_t number)
{
    struct project of = keep_project(p, number);

    keep_milestones(p, &of);
    keep_order(p, &of);
    keep_blocker(p, of.id, number, true);
}

static void keep_other(struct programme *p, int64_t number)
{
    keep_blocker(p, number, -number, false);
}

/* ---- the folder ---- */

/* All of 1 to n, a hundred to a transaction. */
static void keep_all(struct programme *p, int64_t n,
                     void (*keeps)(struct programme *p, int64_t number))
{
    struct mem *m = mem_new();

    for (int64_t from = 1; from <= n; from += BATCH) {
        struct work w;

        mem_reset(m);
        work_begin(p->house, m, 0, &w);
        p->act = &w.act;
        if (from == 1 && keeps == keep_whole)
            keep_units(p);
        for (int64_t i = from; i < from + BATCH && i <= n; i++)
            keeps(p, i);
        if (work_commit(&w) != OK)
            BUG("%s", db_reason(p->house->db));
        p->act = NULL;
    }
    mem_free(m);
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct programme p = { .state = 1 };
    int64_t projects;

    if (argc != 3 || !str_int(str_from(argv[2]), &projects))
        return fprintf(stderr, "programme DIR PROJECTS\n"), 2;
    p.house = folder_make(m, str_from(argv[1]));
    if (!p.house)
        return 1;
    p.today = date_to_days(date_of(house_now(p.house)));
    keep_all(&p, projects, keep_whole);
    keep_all(&p, projects, keep_other);
    if (!folder_sign(p.house, m))
        return 1;
    mem_free(m);
    return 0;
}
