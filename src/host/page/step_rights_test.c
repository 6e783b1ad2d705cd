/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Who may take which step and write which column, in every state of the row
 * and of its parent, of every ledger with steps there is. What the
 * declarations mean is written here a second time, on purpose.
 */
#include "host/given/given_office.h"
#include "host/ledger/cell.h"
#include "host/ledger/part.h"

#include <stdio.h>

/* Who asks for what, of a row that stands so. */
struct attempt {
    const struct ledger *ledger;
    struct standing as;
    enum asks who;
    size_t tried; /* so many steps by so many people, up to now */
};

enum { TAKEN_ON = 20240605 };

/* The next ledger from *i on whose rows take steps. */
static const struct ledger *next_ledger(size_t *i)
{
    const struct ledger *l;

    while ((l = ledger_at(*i)) != NULL && !l->steps_n)
        ++*i;
    return l;
}

/* Of the sample programme alone: by forms and files, which take their time. */
static const struct ledger *next_sample(size_t *i)
{
    const struct ledger *l;

    while ((l = next_ledger(i)) != NULL && !str_eq(l->feature, S("grove")))
        ++*i;
    return l;
}

/* How many states rows of the ledger are tried in. */
static size_t states_of(const struct ledger *l)
{
    size_t i = l ? ledger_role(l, COLUMN_STATE) : SIZE_MAX;

    return i == SIZE_MAX ? 1 : l->columns[i].choices_n;
}

/* Can a new row stand under a parent in this state? */
static bool begins_under(const struct ledger *l, size_t parent)
{
    return !l->parent_in || (l->parent_in & AT(parent));
}

/* ---- what is right ---- */

static bool is_officer(enum asks who)
{
    return who == SHELL || who == OFFICER || who == OFFICER_OWN;
}

static bool is_owner(enum asks who)
{
    return who == OFFICER_OWN || who == EDITOR_OWN || who == EDITOR_ABOVE;
}

static bool holds(uint64_t set, size_t state)
{
    return !set || (set & AT(state));
}

/* By who asks alone. */
static bool is_for(enum asks who, const struct step *s)
{
    if (who == TIME)
        return s->by & RELATION_CLOCK;
    if (s->judges && is_owner(who))
        return false;
    if (is_officer(who) &&
        (s->by & (RELATION_OFFICER |
                  (s->judges ? 0 : RELATION_OWNER | RELATION_ASKED))))
        return true;
    return (is_owner(who) && (s->by & RELATION_OWNER)) ||
           (who == EDITOR_ASKED && (s->by & RELATION_ASKED));
}

static bool takes(const struct attempt *a, const struct step *s)
{
    return is_for(a->who, s) && (s->from & AT(a->as.state)) &&
           holds(s->parent_in, a->as.parent);
}

static bool is_in(const struct column *c, const struct standing *as)
{
    return holds(c->in, as->state) && holds(c->parent_in, as->parent);
}

/* Is it still open which row it is, and whose? A decision closes it. */
static bool is_unsettled(const struct ledger *l, const struct standing *as)
{
    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];

        if ((column_is(c, COLUMN_IDENTITY) && !is_in(c, as)) ||
            (column_is(c, COLUMN_REQUIRED) && c->by == RELATION_OFFICER))
            return false;
    }
    return true;
}

static bool settles(const struct attempt *a)
{
    return is_unsettled(a->ledger, &a->as)
               ? is_officer(a->who) || is_owner(a->who)
               : is_officer(a->who) && !is_owner(a->who);
}

static bool writes(const struct attempt *a, size_t column)
{
    const struct column *c = &a->ledger->columns[column];

    if (column_is(c, COLUMN_STATE | COLUMN_PARENT))
        return false;
    if (c->by == RELATION_STEP || c->by == RELATION_OFFICER)
        return is_officer(a->who) && !is_owner(a->who);
    if (column_is(c, COLUMN_OWNER)) /* giving it away */
        return settles(a) && is_officer(a->who);
    if (column_is(c, COLUMN_IDENTITY))
        return settles(a);
    return is_officer(a->who) ||
           (is_in(c, &a->as) &&
            ((is_owner(a->who) && (c->by & RELATION_OWNER)) ||
             (a->who == EDITOR_ASKED && (c->by & RELATION_ASKED))));
}

/* A row with what it must have, in a state that an officer gives it. */
static bool adds(const struct attempt *a)
{
    if (is_officer(a->who) && !is_owner(a->who))
        return true;
    return is_owner(a->who) && a->as.state == 0 && settles(a);
}

/* ---- what stands ---- */

/* All that a refusal must leave as it is. */
struct witness {
    int64_t entries, due, periods, records;
};

static struct witness witness(struct office *o)
{
    struct given *g = o->g;

    return (struct witness){
        given_sql(g, SQL("SELECT count(*) FROM journal_entry")),
        given_sql(g, SQL("SELECT coalesce(sum(day + since + who), 0) + "
                         "count(*) FROM due")),
        given_sql(g, SQL("SELECT coalesce(sum(since + until), 0) FROM period")),
        given_sql(g, SQL("SELECT coalesce(sum(quantity), 0) + count(*) "
                         "FROM record")),
    };
}

static bool is_same(const struct witness *a, const struct witness *b)
{
    return a->entries == b->entries && a->due == b->due &&
           a->periods == b->periods && a->records == b->records;
}

static struct ledger_row *kept(struct office *o, const struct ledger *l,
                               int64_t id)
{
    return given_kept(o->g, str_c(o->m, ledger_name(o->m, l)), id);
}

static struct asker asker(struct office *o, enum asks who)
{
    struct scope in = act_scope(given_act(o->g));

    if (who == TIME)
        return asker_clock(in);
    if (who == SHELL)
        return asker_shell(in);
    ask_as(o, who);
    return asker_of(in, &o->g->who);
}

static void report(struct office *o, const struct attempt *a, struct str what,
                   bool ok)
{
    test_check(o->g->t, ok, __FILE__, __LINE__,
               str_c(o->g->t->mem,
                     str_fmt(o->m, "%.*s of %.*s in state %zu of %zu by %d",
                             STR_ARG(what),
                             STR_ARG(ledger_name(o->m, a->ledger)), a->as.state,
                             a->as.parent, (int)a->who)));
}

/* ---- steps ---- */

/* What the form of the step sends, of a row that is kept. */
static struct ledger_row *asked(struct office *o, const struct step *s,
                                const struct ledger_row *before)
{
    struct ledger_row *row = kept(o, before->ledger, before->id);

    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (s->asks & AT(i))
            set_any(o, row, i, true);
    return row;
}

/* By those who ask in the host's own words: the shell and time too. */
static bool by_admission(struct office *o, const struct attempt *a,
                         const struct step *s, const struct ledger_row *before,
                         struct ledger_row *row)
{
    struct asker who = asker(o, a->who);
    struct admission ad = { .asker = &who,
                            .before = before,
                            .step = s,
                            .day = TAKEN_ON,
                            .seen = before->version };
    struct act own = *given_act(o->g);
    bool changed;

    if (a->who == TIME)
        own.actor = ACTOR_CLOCK;
    if (s->reason)
        ad.reason = S("看不清");
    if (step_is_open(&who, before, s) != takes(a, s))
        report(o, a, str_fmt(o->m, "admission of %.*s", STR_ARG(s->key)),
               false);
    return row_admit(&ad, row) == OK &&
           row_update(&own, before, row, &changed) == OK;
}

static struct str step_path(struct mem *m, const struct step *s,
                            const struct ledger_row *row)
{
    return str_fmt(m, "%.*s/do/%.*s",
                   STR_ARG(row_path(m, row->ledger, row->id)), STR_ARG(s->key));
}

/* As its form sends it. */
static void by_page(struct office *o, const struct step *s,
                    const struct ledger_row *before,
                    const struct ledger_row *row)
{
    const struct ledger *l = before->ledger;

    for (size_t i = 0; i < l->columns_n; i++)
        if (s->asks & AT(i))
            given_field(o->g, str_c(o->m, l->columns[i].key),
                        cell_field(o->m, &l->columns[i], &row->values[i],
                                   row->labels[i]));
    if (s->reason)
        given_field(o->g, "reason", S("看不清"));
    given_field(o->g, "version", str_of_int(o->m, before->version));
    given_post(o->g, step_path(o->m, s, before));
}

/* Time that changes nothing writes nothing; others leave a trace of it. */
static bool moves(const struct attempt *a, const struct step *s)
{
    return a->who != TIME || s->to != a->as.state || s->asks || s->days ||
           s->clears || s->sets;
}

/* Did the row take the step, or did nothing change at all? */
static void compare(struct office *o, const struct attempt *a,
                    const struct step *s, const struct ledger_row *before,
                    const struct witness *was)
{
    struct witness is = witness(o);
    struct ledger_row *now = kept(o, a->ledger, before->id);
    bool done = now->version == before->version + 1 &&
                is.entries == was->entries + 1 && row_state_at(now) == s->to;
    bool same = now->version == before->version && is_same(was, &is) &&
                row_state_at(now) == a->as.state;

    report(o, a, s->key, takes(a, s) && moves(a, s) ? done : same);
}

/* Nothing of it is kept. */
static void try_admission(struct office *o, const struct attempt *a,
                          const struct step *s, int64_t id)
{
    struct ledger_row *before = kept(o, a->ledger, id);
    struct ledger_row *row = asked(o, s, before);
    struct witness was = witness(o);

    if (by_admission(o, a, s, before, row))
        compare(o, a, s, before, &was);
    else
        report(o, a, s->key, !takes(a, s));
    given_settle(o->g, E_INPUT);
}

/* Does the page of the row have a button for what may be done, and no other? */
static void try_buttons(struct office *o, const struct attempt *a, int64_t id)
{
    struct ledger_row *row = kept(o, a->ledger, id);
    struct ctx *c = given_get(o->g, row_path(o->m, a->ledger, id));

    for (size_t i = 0; i < a->ledger->steps_n; i++) {
        const struct step *s = &a->ledger->steps[i];
        struct str path = step_path(o->m, s, row);

        if (page_has(c, str_fmt(o->m, "\"%.*s\"", STR_ARG(path))) !=
            takes(a, s))
            report(o, a, str_fmt(o->m, "button %.*s", STR_ARG(s->key)), false);
    }
}

/* ---- rows that can take a step ---- */

/* With a part of every kind, all that there can be of it, in a state. */
static void add_parts(struct office *o, const struct ledger_row *of,
                      size_t state)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_part(of->ledger, &i)) != NULL; i++) {
        struct standing as = { .state = state < states_of(l)
                                            ? state
                                            : states_of(l) - 1 };
        struct ledger_row *part = given_any(o, l, &as);

        if (!begins_under(l, row_state_at(of)))
            continue;

        for (size_t k = 0; k < l->columns_n; k++)
            if (column_is(&l->columns[k], COLUMN_PARENT))
                part->values[k] = INT(of->id);
            else if (l->columns[k].type == COLUMN_COUNT && l->columns[k].max)
                part->values[k] = INT(l->columns[k].max);
        given_keep(o->g, part);
    }
}

static size_t part_states(const struct ledger *of)
{
    const struct ledger *l;
    size_t n = 0;

    for (size_t i = 0; (l = ledger_part(of, &i)) != NULL; i++)
        if (states_of(l) > n)
            n = states_of(l);
    return n;
}

/* By whoever may at all, as far as it matters who. */
static bool is_ready(struct office *o, const struct attempt *a,
                     const struct step *s, int64_t id)
{
    struct ledger_row *before = kept(o, a->ledger, id);
    struct attempt as = *a;
    bool ready;

    as.who = s->by == RELATION_CLOCK ? TIME : SHELL;
    if (!takes(&as, s))
        return true; /* nobody takes it from there */
    ready = by_admission(o, &as, s, before, asked(o, s, before));
    given_settle(o->g, E_INPUT);
    return ready;
}

static int64_t keep_row(struct office *o, const struct attempt *a)
{
    int64_t id = given_keep(o->g, given_any(o, a->ledger, &a->as));

    given_commit(o->g);
    return id;
}

/* The row `bare`, when rules let that take the step; else one with parts. */
static int64_t ready_row(struct office *o, const struct attempt *a,
                         const struct step *s, int64_t bare)
{
    int64_t id = bare;

    for (size_t state = 0; !is_ready(o, a, s, id); state++) {
        if (state == part_states(a->ledger)) {
            report(o, a, str_fmt(o->m, "no row for %.*s", STR_ARG(s->key)),
                   false);
            return bare;
        }
        id = keep_row(o, a);
        add_parts(o, kept(o, a->ledger, id), state);
        given_commit(o->g);
    }
    return id;
}

/* ---- everybody, every step ---- */

/* Memory of one attempt is gone after it; what it kept is not. */
static void forget(struct office *o, struct mem *outer)
{
    given_commit(o->g);
    if (o->m != outer)
        mem_free(o->m);
    o->m = o->g->m = outer;
}

/* Everybody but time, of the row `id`. */
static void everybody(struct office *o, struct attempt *a, int64_t id,
                      void (*try)(struct office *o, const struct attempt *a,
                                  int64_t id))
{
    struct mem *m = o->m;

    for (a->who = OFFICER; a->who < TIME; a->who++, a->tried++) {
        forget(o, m);
        o->m = o->g->m = mem_child(m);
        ask_as(o, a->who);
        try(o, a, id);
    }
    forget(o, m);
}

/* The parent's state makes no difference to pages: one in which it is taken. */
static bool is_tried_by_page(const struct attempt *a, const struct step *s)
{
    size_t first = 0;

    while (!holds(s->parent_in, first))
        first++;
    return a->who != TIME && a->as.parent == first;
}

static void try_page(struct office *o, const struct attempt *a,
                     const struct step *s, int64_t id)
{
    struct ledger_row *before, *row;
    struct witness was;

    if (takes(a, s)) /* which is done with it then */
        id = ready_row(o, a, s, keep_row(o, a));
    ask_as(o, a->who);
    before = kept(o, a->ledger, id);
    row = asked(o, s, before);
    was = witness(o);
    by_page(o, s, before, row);
    compare(o, a, s, before, &was);
}

static void try_step(struct office *o, struct attempt *a, const struct step *s,
                     int64_t bare)
{
    int64_t id = ready_row(o, a, s, bare);
    struct mem *m = o->m;

    for (a->who = OFFICER; a->who <= TIME; a->who++, a->tried++) {
        forget(o, m);
        o->m = o->g->m = mem_child(m);
        try_admission(o, a, s, id);
        if (is_tried_by_page(a, s))
            try_page(o, a, s, id);
    }
    forget(o, m);
}

static void try_steps(struct office *o, struct attempt *a)
{
    int64_t bare = keep_row(o, a);
    size_t tried = a->tried;

    everybody(o, a, bare, try_buttons);
    a->tried = tried;
    for (size_t i = 0; i < a->ledger->steps_n; i++)
        try_step(o, a, &a->ledger->steps[i], bare);
}

/* In every state of the row and of its parent, in which there can be one. */
static size_t each_standing(struct office *o, const struct ledger *l,
                            void (*try)(struct office *o, struct attempt *a))
{
    struct attempt a = { .ledger = l };

    for (a.as.state = 0; a.as.state < states_of(l); a.as.state++)
        for (a.as.parent = 0; a.as.parent < states_of(ledger_parent(l));
             a.as.parent++)
            if (begins_under(l, a.as.parent))
                try(o, &a);
    return a.tried;
}

static size_t standings_of(const struct ledger *l)
{
    size_t n = 0;

    for (size_t i = 0; i < states_of(ledger_parent(l)); i++)
        n += begins_under(l, i);
    return n * states_of(l);
}

TEST(every_step_is_taken_by_those_it_is_for_and_nobody_else)
{
    struct office o = given_office(t);
    const struct ledger *l;
    size_t tried = 0;

    for (size_t i = 0; (l = next_ledger(&i)) != NULL; i++) {
        size_t n = each_standing(&o, l, try_steps);

        CHECK_INT(n, standings_of(l) * l->steps_n * (TIME - OFFICER + 1));
        tried += n;
    }
    printf("steps by everybody in every state: %zu\n", tried);
}

/* ---- columns ---- */

static bool keeps(struct office *o, const struct ledger_row *want, int64_t id,
                  size_t column)
{
    struct ledger_row *now = kept(o, want->ledger, id);

    return value_eq(&now->values[column], &want->values[column]);
}

/* Another value than the row has. */
static void set_other(struct office *o, const struct attempt *a,
                      struct ledger_row *row, size_t i)
{
    const struct column *c = &row->ledger->columns[i];

    set_any(o, row, i, true);
    if (column_is(c, COLUMN_STATE))
        row->values[i] = STR(c->choices[(a->as.state + 1) % c->choices_n].key);
}

/* As every way in asks it; `before` is NULL for a new row. */
static bool is_let_in(struct office *o, const struct attempt *a,
                      const struct ledger_row *before, struct ledger_row *row)
{
    struct asker who = asker(o, a->who);
    struct admission ad = { .asker = &who,
                            .before = before,
                            .said_year = before ? 0 : row->year,
                            .usual_year = GIVEN_YEAR };
    bool changed = true;
    enum err e = row_admit(&ad, row);

    if (e == OK)
        e = before ? row_update(given_act(o->g), before, row, &changed)
                   : row_insert(given_act(o->g), row);
    return e == OK && changed;
}

static void try_written(struct office *o, const struct attempt *a, size_t i,
                        int64_t id)
{
    struct ledger_row *row = kept(o, a->ledger, id);

    set_other(o, a, row, i);
    report(o, a, a->ledger->columns[i].key,
           is_let_in(o, a, kept(o, a->ledger, id), row) == writes(a, i));
    given_settle(o->g, E_INPUT);
}

static void try_row_as(struct office *o, const struct attempt *a, int64_t id)
{
    for (size_t i = 0; i < a->ledger->columns_n; i++)
        if (column_is_asked(&a->ledger->columns[i]))
            try_written(o, a, i, id);
    report(o, a, S("new row"),
           is_let_in(o, a, NULL, given_any(o, a->ledger, &a->as)) == adds(a));
    given_settle(o->g, E_INPUT);
}

static void try_row(struct office *o, struct attempt *a)
{
    everybody(o, a, keep_row(o, a), try_row_as);
}

TEST(every_column_of_every_ledger_is_written_by_those_who_may)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = next_ledger(&i)) != NULL; i++)
        CHECK(each_standing(&o, l, try_row) > 0);
}

static void try_beginning(struct office *o, const struct attempt *a,
                          int64_t parent)
{
    struct ledger_row *row = given_any(o, a->ledger, &a->as);

    row->values[ledger_role(a->ledger, COLUMN_PARENT)] = INT(parent);
    report(o, a, S("beginning"), !is_let_in(o, a, NULL, row));
    given_settle(o->g, E_INPUT);
}

TEST(parts_begin_where_their_ledger_lets_them_and_nowhere_else)
{
    struct office o = given_office(t);
    const struct ledger *l;
    size_t tried = 0;
    bool barred = false; /* by any ledger: features come and go */

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < states_of(ledger_parent(l)); k++) {
            struct attempt above = { ledger_parent(l), { .state = k }, 0, 0 };
            struct attempt a = { l, { .parent = k }, 0, 0 };

            if (begins_under(l, k))
                continue;
            barred = true;
            everybody(&o, &a, keep_row(&o, &above), try_beginning);
            tried += a.tried;
        }
    CHECK_INT(tried > 0, barred);
}

/* By a form, or by a line of a file with the number of the row. */
static void try_column(struct office *o, const struct attempt *a, size_t i,
                       bool line)
{
    const struct column *c = &a->ledger->columns[i];
    int64_t id = given_keep(o->g, given_any(o, a->ledger, &a->as));
    struct ledger_row *want = kept(o, a->ledger, id);
    struct witness was, now;
    bool done;

    row_load_labels(act_scope(given_act(o->g)), want);
    set_other(o, a, want, i);
    was = witness(o);
    done = line ? by_import(o, a->who, want, id) : by_form(o, want, id);
    now = witness(o);
    report(o, a,
           str_fmt(o->m, "%s into %.*s", line ? "line" : "form",
                   STR_ARG(c->key)),
           done == writes(a, i) && done == keeps(o, want, id, i) &&
               (done || is_same(&was, &now)));
}

/*
 * A new row, in every state: nobody begins it further on but who decides, and
 * that by a file; forms leave it to the steps.
 */
static void try_adding(struct office *o, const struct attempt *a, bool line)
{
    struct ledger_row *row = given_any(o, a->ledger, &a->as);
    struct witness was, now;
    bool done;

    was = witness(o);
    done = line ? by_import(o, a->who, row, 0) : by_form(o, row, 0);
    now = witness(o);
    report(o, a, line ? S("new line") : S("new form"),
           done == (adds(a) && (line || a->as.state == 0)) &&
               (done || is_same(&was, &now)));
}

static void try_columns_as(struct office *o, const struct attempt *a,
                           int64_t id)
{
    struct mem *m = o->m;

    (void)id;
    for (size_t i = 0; i <= a->ledger->columns_n; i++) {
        forget(o, m);
        o->m = o->g->m = mem_child(m);
        ask_as(o, a->who);
        for (int line = 0; line < 2; line++)
            if (i == a->ledger->columns_n)
                try_adding(o, a, line);
            else if (!column_follows(&a->ledger->columns[i]))
                try_column(o, a, i, line);
    }
    forget(o, m);
}

static void try_columns(struct office *o, struct attempt *a)
{
    everybody(o, a, 0, try_columns_as);
}

TEST(every_column_of_every_state_is_written_by_those_who_may)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = next_sample(&i)) != NULL; i++)
        each_standing(&o, l, try_columns);
}

/* ---- whether a row stands ---- */

static void turn(struct office *o, const struct ledger *l, int64_t id,
                 const char *verb)
{
    given_field(o->g, "reason", S("重复登记"));
    given_post(o->g,
               str_fmt(o->m, "%.*s/%s", STR_ARG(row_path(o->m, l, id)), verb));
}

/* Voided by who may, then restored by the same. */
static void try_standing_as(struct office *o, const struct attempt *a,
                            int64_t id)
{
    const struct ledger *l = a->ledger;
    struct asker who = asker(o, a->who);
    struct act *act = given_act(o->g);
    struct str why = S("重复登记");

    report(o, a, S("void"),
           (row_void(act, &who, kept(o, l, id), why) == OK) == settles(a));
    if (!kept(o, l, id)->voided)
        given_void(o->g, str_c(o->m, ledger_name(o->m, l)), id);
    report(o, a, S("restore"),
           (row_restore(act, &who, kept(o, l, id), why) == OK) == settles(a));
    given_settle(o->g, E_INPUT);
}

static void try_standing(struct office *o, struct attempt *a)
{
    everybody(o, a, keep_row(o, a), try_standing_as);
}

TEST(rows_of_every_ledger_are_voided_and_restored_by_those_who_may)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = next_ledger(&i)) != NULL; i++)
        CHECK(each_standing(&o, l, try_standing) > 0);
}

/* As the page does; what is settled stands as officers say. */
static void try_turn_as(struct office *o, const struct attempt *a, int64_t id)
{
    turn(o, a->ledger, id, "void");
    report(o, a, S("void"), kept(o, a->ledger, id)->voided == settles(a));
    if (!kept(o, a->ledger, id)->voided)
        given_void(o->g, str_c(o->m, ledger_name(o->m, a->ledger)), id);
    turn(o, a->ledger, id, "restore");
    report(o, a, S("restore"), kept(o, a->ledger, id)->voided != settles(a));
    if (kept(o, a->ledger, id)->voided)
        given_restore(o->g, str_c(o->m, ledger_name(o->m, a->ledger)), id);
}

static void try_turn(struct office *o, struct attempt *a)
{
    everybody(o, a, keep_row(o, a), try_turn_as);
}

TEST(what_a_state_settled_is_voided_and_restored_by_those_who_may)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = next_sample(&i)) != NULL; i++)
        each_standing(&o, l, try_turn);
}

/* A task of the grove that takes `weight` of its hundred. */
static struct ledger_row *given_task(struct office *o, int64_t grove,
                                     const char *name, int64_t weight)
{
    struct ledger_row *row = given_row(o->g, "grove.task");

    given_int(row, "grove", grove);
    given_text(row, "name", str_from(name));
    given_int(row, "due", 20240610);
    given_int(row, "weight", weight);
    row->id = given_keep(o->g, row);
    return row;
}

TEST(a_row_is_not_restored_where_others_took_its_room)
{
    struct office o = given_office(t);
    struct standing as = { 0 };
    int64_t grove =
        given_keep(o.g, given_any(&o, ledger_find(S("grove.grove")), &as));
    struct ledger_row *row = given_task(&o, grove, "整地", 60);
    struct str path = row_path(o.g->m, row->ledger, row->id);
    struct ctx *c;

    given_void(o.g, "grove.task", row->id);
    given_task(&o, grove, "栽种", 50);
    ask_as(&o, OFFICER);
    given_field(o.g, "reason", S("没有错"));
    c = given_post(o.g, str_fmt(o.g->m, "%.*s/restore", STR_ARG(path)));
    CHECK_INT(page_status(c), 409);
    CHECK(page_says(c, S("权重合计 110%")));
    CHECK(kept(&o, row->ledger, row->id)->voided);
    given_void(o.g, "grove.task", row->id + 1);
    given_field(o.g, "reason", S("没有错"));
    c = given_post(o.g, str_fmt(o.g->m, "%.*s/restore", STR_ARG(path)));
    CHECK_INT(page_status(c), 303);
}
