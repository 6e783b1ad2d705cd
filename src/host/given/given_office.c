/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Who asks, rows of whatever ledger, and the ways to write them. */
#include "host/given/given_office.h"

#include "host/ledger/cell.h"

#include <string.h>

const unsigned asks_roles[TIME] = {
    [OFFICER] = ROLE_OFFICER,     [OFFICER_OWN] = ROLE_OFFICER | ROLE_EDITOR,
    [EDITOR_OWN] = ROLE_EDITOR,   [EDITOR_ABOVE] = ROLE_EDITOR,
    [EDITOR_OTHER] = ROLE_EDITOR, [EDITOR_ASKED] = ROLE_EDITOR,
    [EDITOR_NONE] = ROLE_EDITOR,  [ADMIN] = ROLE_ADMIN,
    [AUDITOR] = ROLE_AUDITOR,
};

static int64_t given_below(struct given *g, struct str name, int64_t parent)
{
    struct ledger_row *row = ledger_row_new(g->m, ledger_organisations());

    given_text(row, "name", name);
    given_text(row, "kind", S("unit"));
    given_int(row, "parent", parent);
    return given_keep(g, row);
}

struct office given_office(struct test *t)
{
    struct given *g = given(t);
    int64_t above = given_unit(g, S("区教育局"));

    return (struct office){ .g = g,
                            .m = g->m,
                            .above = above,
                            .own = given_below(g, S("中韩小学"), above),
                            .other = given_unit(g, S("区司法局")),
                            .asked = given_unit(g, S("区水务局")) };
}

void ask_as(struct office *o, enum asks who)
{
    given_asks(o->g, asks_roles[who]);
    o->g->who.org = who == EDITOR_OWN || who == OFFICER_OWN ? o->own
                    : who == EDITOR_ABOVE                   ? o->above
                    : who == EDITOR_OTHER                   ? o->other
                    : who == EDITOR_ASKED                   ? o->asked
                                                            : 0;
}

/* ---- rows of whatever ledger ---- */

/*
 * What steps left is of the same day, so that nothing is before another; each
 * is the last of its month, for what must be.
 */
enum {
    DAY_BEFORE = 20240131,
    USUAL_DAY = 20240229,
    DAY_NEXT = 20240301,
    DAY_AFTER = 20240331,
};

static struct str new_name(struct office *o)
{
    return str_fmt(o->m, "%d", 370212000 + ++o->names); /* fits every column */
}

/* A row of the ledger `to`, kept; its id. */
static int64_t keep_any(struct office *o, const struct column *c,
                        struct ledger_row *there)
{
    const struct ledger *to = there->ledger;

    if (c->ref_kind.n)
        there->values[ledger_role(to, COLUMN_KIND)] = STR(c->ref_kind);
    return given_keep(o->g, there);
}

/* Do rows of one unit differ, whatever their days? */
static bool is_told_apart(const struct ledger *l)
{
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];

        if (column_is(c, COLUMN_IDENTITY) && !column_is(c, COLUMN_OWNER) &&
            c->type != COLUMN_DATE && c->type != COLUMN_CHOICE)
            return true;
    }
    return false;
}

/* The unit at hand; or one below it, of this row alone. */
static int64_t owner_of(struct office *o, const struct ledger *l)
{
    return is_told_apart(l) ? o->own : given_below(o->g, new_name(o), o->own);
}

static void set_ref(struct office *o, struct ledger_row *row, size_t i,
                    bool other)
{
    const struct column *c = &row->ledger->columns[i];
    struct ledger_row *there;

    if (column_is(c, COLUMN_OWNER | COLUMN_ASKED)) {
        int64_t id = other                        ? o->other
                     : column_is(c, COLUMN_OWNER) ? owner_of(o, row->ledger)
                                                  : o->asked;

        there = given_kept(o->g, "registry.organisation", id);
        row->values[i] = INT(id);
    } else {
        there = given_any(o, ledger_find(c->ref), &(struct standing){ 0 });
        row->values[i] = INT(keep_any(o, c, there));
    }
    row->labels[i] = row_title(there);
}

/* Do the rules of its ledger let it be so, with what follows from it? */
static bool fits_rules(struct office *o, const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct ledger_row *copy = copy_row(o, row);
    struct text why;
    size_t column;

    copy->id = row->id;
    if (l->derive)
        l->derive(o->m, copy);
    return !l->check ||
           l->check(act_scope(given_act(o->g)), copy, &column, &why);
}

/* A day that fits; or another, the first of these that rules let be. */
static void set_day(struct office *o, struct ledger_row *row, size_t i,
                    bool other)
{
    static const int32_t others[] = { DAY_AFTER, DAY_BEFORE, DAY_NEXT };

    row->values[i] = INT(USUAL_DAY);
    for (size_t k = 0; other && k < COUNT(others); k++) {
        row->values[i] = INT(others[k]);
        if (fits_rules(o, row))
            break;
    }
}

/* Give the column a value that fits; or another than that. */
void set_any(struct office *o, struct ledger_row *row, size_t i, bool other)
{
    const struct column *c = &row->ledger->columns[i];
    struct str name;

    switch (c->type) {
    case COLUMN_TEXT:
    case COLUMN_LINES:
        name = new_name(o);
        if (column_is(c, COLUMN_LINK))
            name = str_fmt(o->m, "https://a.example/%.*s", STR_ARG(name));
        row->values[i] = STR(name);
        break;
    case COLUMN_COUNT:
        row->values[i] = INT(other ? 2 : 1);
        break;
    case COLUMN_MARK:
        row->values[i] = INT(other ? 10000 : 5000);
        break;
    case COLUMN_DATE:
        set_day(o, row, i, other);
        break;
    case COLUMN_CHOICE:
        row->values[i] = STR(c->choices[other ? c->choices_n - 1 : 0].key);
        break;
    case COLUMN_REF:
        set_ref(o, row, i, other);
        break;
    case COLUMN_PHONE:
        row->values[i] = STR(other ? S("19912347920") : S("19912347921"));
        break;
    }
}

/* Rows of days, or of the name of a year, may not contradict: each is alone. */
static void void_all(struct office *o, const struct ledger *l)
{
    struct row_walk w = row_walk(act_scope(given_act(o->g)), l);
    struct ledger_row *row;
    int64_t live[8];
    size_t n = 0;

    while (row_walk_next(&w, o->m, &row))
        if (!row->voided && n < COUNT(live))
            live[n++] = row->id;
    while (n > 0)
        given_void(o->g, str_c(o->m, ledger_name(o->m, l)), live[--n]);
}

/* ---- as steps leave it ---- */

enum { STATES_MAX = 64 };

/* For every state the last step of the shortest way there, and from where. */
struct ways {
    const struct step *last[STATES_MAX]; /* NULL: no step leads there */
    size_t from[STATES_MAX];
};

static size_t first_of(uint64_t set)
{
    size_t i = 0;

    while (!(set & AT(i)))
        i++;
    return i;
}

static void find_ways(const struct ledger *l, struct ways *ret)
{
    uint64_t seen = AT(0);
    uint64_t front = AT(0);

    *ret = (struct ways){ .from = { 0 } };
    while (front) {
        uint64_t next = 0;

        for (size_t i = 0; i < l->steps_n; i++) {
            const struct step *s = &l->steps[i];

            if (!(s->from & front) || (seen & AT(s->to)))
                continue;
            ret->last[s->to] = s;
            ret->from[s->to] = first_of(s->from & front);
            seen |= AT(s->to);
            next |= AT(s->to);
        }
        front = next;
    }
}

/* What a step leaves in the row, without asking who takes it. */
static void follow(struct office *o, struct ledger_row *row,
                   const struct step *s)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (s->asks & AT(i))
            set_any(o, row, i, false);
        else if (s->days & AT(i))
            row->values[i] = INT(USUAL_DAY);
    if (s->sets)
        s->sets(act_scope(given_act(o->g)), USUAL_DAY, row);
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (s->clears & AT(i))
            row->values[i] = column_none(&row->ledger->columns[i]);
}

/*
 * Filled as by the steps that lead there. Where rows begin is said of none,
 * so that all that do are alike.
 */
static void set_state(struct office *o, struct ledger_row *row, size_t state)
{
    const struct ledger *l = row->ledger;
    size_t col = ledger_role(l, COLUMN_STATE);
    const struct step *taken[STATES_MAX];
    struct ways ways;
    size_t n = 0;

    if (state == 0)
        return;
    find_ways(l, &ways);
    for (size_t at = state; ways.last[at]; at = ways.from[at])
        taken[n++] = ways.last[at];
    while (n > 0)
        follow(o, row, taken[--n]);
    row->values[col] = STR(l->columns[col].choices[state].key);
}

/* Its state as asked for, or where the ledger lets a new part be. */
static size_t parent_state(const struct ledger *l, size_t state)
{
    while (l->parent_in && !(l->parent_in & AT(state)))
        state = l->parent_in >> state ? state + 1 : 0;
    return state;
}

static void set_parent(struct office *o, struct ledger_row *row, size_t state)
{
    size_t i = ledger_role(row->ledger, COLUMN_PARENT);
    struct ledger_row *parent =
        given_any(o, ledger_parent(row->ledger),
                  &(struct standing){ .state =
                                          parent_state(row->ledger, state) });

    row->values[i] = INT(given_keep(o->g, parent));
    row->labels[i] = row_title(parent);
}

/* What rules ask of it although it may be empty. */
static void set_missed(struct office *o, struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct scope in = act_scope(given_act(o->g));
    struct text why;
    size_t column;

    while (l->check && !l->check(in, row, &column, &why) &&
           column < l->columns_n && !row_has(row, column) &&
           !column_follows(&l->columns[column]))
        set_any(o, row, column, false);
}

struct ledger_row *given_any(struct office *o, const struct ledger *l,
                             const struct standing *as)
{
    struct ledger_row *row = ledger_row_new(o->m, l);

    if (l->days || l->themes)
        void_all(o, l);
    row->year = l->standing ? 0 : GIVEN_YEAR;
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], COLUMN_PARENT))
            set_parent(o, row, as->parent);
        else if (column_is(&l->columns[i], COLUMN_REQUIRED | COLUMN_IDENTITY |
                                               COLUMN_OWNER | COLUMN_ASKED) ||
                 (as->judged && column_is_decided(&l->columns[i])))
            set_any(o, row, i, false);
    set_missed(o, row);
    set_state(o, row, as->state);
    return row;
}

struct ledger_row *copy_row(struct office *o, const struct ledger_row *of)
{
    struct ledger_row *row = ledger_row_new(o->m, of->ledger);
    size_t n = of->ledger->columns_n;

    row->year = of->year;
    memcpy(row->values, of->values, n * sizeof(*row->values));
    memcpy(row->labels, of->labels, n * sizeof(*row->labels));
    return row;
}

/* ---- the ways in ---- */

/* Did the row come to say what was attempted? */
bool says(struct office *o, const struct ledger_row *want, int64_t id)
{
    struct str ledger = ledger_name(o->m, want->ledger);
    struct ledger_row *kept = given_kept(o->g, str_c(o->m, ledger), id);

    for (size_t i = 0; i < want->ledger->columns_n; i++)
        if (!column_follows(&want->ledger->columns[i]) &&
            !value_eq(&want->values[i], &kept->values[i]))
            return false;
    return true;
}

/* A form sends what the row says; `id` is 0 for a new row. */
bool by_form(struct office *o, const struct ledger_row *row, int64_t id)
{
    const struct ledger *l = row->ledger;
    struct str path =
        id ? str_fmt(o->m, "%.*s/edit", STR_ARG(row_path(o->m, l, id)))
           : str_fmt(o->m, "%.*s/new", STR_ARG(ledger_path(o->m, l)));

    for (size_t i = 0; i < l->columns_n; i++)
        if (row_has(row, i) && !column_follows(&l->columns[i]))
            given_field(o->g, str_c(o->m, l->columns[i].key),
                        cell_field(o->m, &l->columns[i], &row->values[i],
                                   row->labels[i]));
    if (ledger_asks_year(l))
        given_field(o->g, "year", S("2024"));
    given_field(o->g, "version", S("1"));
    return page_status(given_post(o->g, path)) == 303;
}

/* A sheet as our exports write it. */
static struct workbook *sheet_of(struct office *o, const struct ledger_row *row,
                                 int64_t id)
{
    const struct ledger *l = row->ledger;
    struct buf *b = buf_new(o->m, 1 << 16);

    buf_lit(b, "编号,年度");
    for (size_t i = 0; i < l->columns_n; i++)
        if (row_has(row, i))
            buf_fmt(b, ",%.*s", STR_ARG(l->columns[i].label.zh));
    buf_fmt(b, "\n%.*s,%.*s", STR_ARG(id ? str_of_int(o->m, id) : S("")),
            STR_ARG(l->standing ? S("") : S("2024")));
    for (size_t i = 0; i < l->columns_n; i++)
        if (row_has(row, i))
            buf_fmt(b, ",%.*s",
                    STR_ARG(cell_text(o->m, &l->columns[i], &row->values[i],
                                      row->labels[i], LANG_ZH)));
    buf_lit(b, "\n");
    return given_workbook(o->g, buf_str(b), S("a.csv"));
}

/* The number of the batch is in o->g->work.act.batch. */
bool by_import(struct office *o, enum asks who, const struct ledger_row *row,
               int64_t id)
{
    struct test *t = o->g->t;
    struct workbook *w = sheet_of(o, row, id);
    struct import *im = given_plan(o->g, w);

    match_as(o->m, &w->grids[0], row->ledger, 0, &im->sheets[0].match);
    import_arrange(im);
    im->who = who == SHELL ? NULL : &o->g->who;
    given_compare(o->g, im);
    CHECK_INT(im->count[IMPORT_NEW] + im->count[IMPORT_CHANGED] +
                  im->count[IMPORT_WRONG],
              1);
    given_apply(o->g, im);
    return im->count[IMPORT_WRONG] == 0;
}

size_t undo_batch(struct office *o, int64_t batch)
{
    struct asker asker = asker_of(act_scope(given_act(o->g)), &o->g->who);
    struct undo u = { .batch = batch, .reason = S("导错了") };

    if (given_settle(o->g, undo_apply(given_act(o->g), &asker, &u)) != OK)
        BUG("a batch is not undone");
    return undo_done(&u);
}
