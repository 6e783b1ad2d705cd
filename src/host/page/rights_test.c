/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Who may write what, by every way into every column of every ledger there
 * is. What the declarations mean is written here a second time, on purpose.
 */
#include "host/given/given.h"
#include "host/ledger/cell.h"

#include <string.h>

/* Who asks; the row at hand belongs to `own`. */
enum asks {
    SHELL, /* imports only */
    OFFICER,
    OFFICER_OWN, /* an officer who edits for the owner too */
    EDITOR_OWN,
    EDITOR_ABOVE,
    EDITOR_OTHER,
    EDITOR_NONE, /* of no unit */
    ADMIN,
    AUDITOR,
    VISITOR,
    ASKS
};

/* The next ledger from *i on whose rows are no parts and take no steps. */
static const struct ledger *plain_ledger(size_t *i)
{
    const struct ledger *l;

    while ((l = ledger_at(*i)) != NULL && (l->steps_n || ledger_parent(l)))
        ++*i;
    return l;
}

static const unsigned asks_roles[ASKS] = {
    [OFFICER] = ROLE_OFFICER,     [OFFICER_OWN] = ROLE_OFFICER | ROLE_EDITOR,
    [EDITOR_OWN] = ROLE_EDITOR,   [EDITOR_ABOVE] = ROLE_EDITOR,
    [EDITOR_OTHER] = ROLE_EDITOR, [EDITOR_NONE] = ROLE_EDITOR,
    [ADMIN] = ROLE_ADMIN,         [AUDITOR] = ROLE_AUDITOR,
};

struct office {
    struct given *g;
    struct mem *m; /* of the column at hand */
    int64_t above, own, other;
    int names;
};

/* A column to write, in a row that may be there and may be judged. */
struct attempt {
    const struct ledger *ledger;
    size_t column;
    bool fresh, judged;
};

static int64_t given_below(struct given *g, struct str name, int64_t parent)
{
    struct ledger_row *row = ledger_row_new(g->m, ledger_organisations());

    given_text(row, "name", name);
    given_text(row, "kind", S("unit"));
    given_int(row, "parent", parent);
    return given_keep(g, row);
}

static struct office given_office(struct test *t)
{
    struct given *g = given(t);
    int64_t above = given_unit(g, S("区教育局"));

    return (struct office){ .g = g,
                            .m = g->m,
                            .above = above,
                            .own = given_below(g, S("中韩小学"), above),
                            .other = given_unit(g, S("区司法局")) };
}

static void ask_as(struct office *o, enum asks who)
{
    given_asks(o->g, asks_roles[who]);
    o->g->who.org = who == EDITOR_OWN || who == OFFICER_OWN ? o->own
                    : who == EDITOR_ABOVE                   ? o->above
                    : who == EDITOR_OTHER                   ? o->other
                                                            : 0;
}

/* A role that is new fails here until it asks below. */
TEST(rights_are_tried_for_every_role_there_is)
{
    unsigned tried = 0;

    for (enum asks who = 0; who < ASKS; who++)
        tried |= asks_roles[who];
    for (size_t i = 0; i < role_list_n; i++)
        if (!CHECK((tried & role_list[i].role) != 0))
            test_str(t, role_list[i].key, S("tried"), __FILE__, __LINE__,
                     "role");
}

/* ---- what is right ---- */

static bool may(enum asks who, const struct attempt *a)
{
    const struct column *c = &a->ledger->columns[a->column];
    bool of_unit = ledger_has(a->ledger, COLUMN_OWNER);
    bool owns = of_unit && (who == OFFICER_OWN || who == EDITOR_OWN ||
                            who == EDITOR_ABOVE);

    if (who == SHELL || who == OFFICER || (who == OFFICER_OWN && !of_unit))
        return true;
    if (column_is(c, COLUMN_OWNER) && a->fresh) /* it is `other`'s then */
        return who == EDITOR_OTHER || who == OFFICER_OWN;
    if (column_is_decided(c))
        return false;
    if (a->judged && column_is(c, COLUMN_IDENTITY | COLUMN_OWNER))
        return false;
    if (column_is(c, COLUMN_OWNER)) /* giving it away */
        return who == OFFICER_OWN;
    return owns;
}

/* ---- rows of whatever ledger ---- */

static struct ledger_row *given_any(struct office *o, const struct ledger *l,
                                    bool judged);

static struct str new_name(struct office *o)
{
    return str_fmt(o->m, "%d", 370212000 + ++o->names); /* fits every column */
}

static void set_ref(struct office *o, struct ledger_row *row, size_t i,
                    bool other)
{
    const struct column *c = &row->ledger->columns[i];
    const struct ledger *to = ledger_find(c->ref);
    struct ledger_row *there;

    if (column_is(c, COLUMN_OWNER)) {
        row->values[i] = INT(other ? o->other : o->own);
        row->labels[i] = other ? S("区司法局") : S("中韩小学");
        return;
    }
    there = given_any(o, to, false);
    if (c->ref_kind.n)
        there->values[ledger_role(to, COLUMN_KIND)] = STR(c->ref_kind);
    row->values[i] = INT(given_keep(o->g, there));
    row->labels[i] = row_title(there);
}

/* A day that fits; or another: the next, or the one before where it must be. */
static void set_day(struct office *o, struct ledger_row *row, size_t i,
                    bool other)
{
    const struct ledger *l = row->ledger;
    struct scope in = act_scope(given_act(o->g));
    struct text why;
    size_t column;

    row->values[i] = INT(other ? 20240106 : 20240105);
    if (other && l->check && !l->check(in, row, &column, &why))
        row->values[i] = INT(20240104);
}

/* Give the column a value that fits; or another than that. */
static void set(struct office *o, struct ledger_row *row, size_t i, bool other)
{
    const struct column *c = &row->ledger->columns[i];

    switch (c->type) {
    case COLUMN_TEXT:
    case COLUMN_LINES:
        row->values[i] = STR(new_name(o));
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

/* Rows of days may not contradict one another: each stands alone. */
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

/* A row with what it must have, and with what was decided when `judged`. */
static struct ledger_row *given_any(struct office *o, const struct ledger *l,
                                    bool judged)
{
    struct ledger_row *row = ledger_row_new(o->m, l);

    if (l->days)
        void_all(o, l);
    row->year = l->standing ? 0 : GIVEN_YEAR;
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i],
                      COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_OWNER) ||
            (judged && column_is_decided(&l->columns[i])))
            set(o, row, i, false);
    return row;
}

/* ---- the ways in ---- */

/* Did the row come to say what was attempted? */
static bool says(struct office *o, const struct ledger_row *want, int64_t id)
{
    struct str ledger = ledger_name(o->m, want->ledger);
    struct ledger_row *kept = given_kept(o->g, str_c(o->m, ledger), id);

    for (size_t i = 0; i < want->ledger->columns_n; i++)
        if (!column_follows(&want->ledger->columns[i]) &&
            !value_eq(&want->values[i], &kept->values[i]))
            return false;
    return true;
}

static int64_t count(struct office *o, const struct ledger *l)
{
    return given_live(o->g, str_c(o->m, ledger_name(o->m, l)), S(""));
}

/* A form sends what the row says; `id` is 0 for a new row. */
static bool by_form(struct office *o, const struct ledger_row *row, int64_t id)
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
static bool by_import(struct office *o, enum asks who,
                      const struct ledger_row *row, int64_t id)
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

/* ---- every attempt ---- */

static const char *const ways[] = { "new form", "form", "new line", "line",
                                    "undo" };
enum way { NEW_FORM, FORM, NEW_LINE, LINE, UNDO, WAYS };

static void report(struct office *o, const struct attempt *a, enum way way,
                   enum asks who, bool ok)
{
    const struct ledger *l = a->ledger;

    test_check(o->g->t, ok, __FILE__, __LINE__,
               str_c(o->g->t->mem,
                     str_fmt(o->m, "%s into %.*s.%.*s%s by %d", ways[way],
                             STR_ARG(ledger_name(o->m, l)),
                             STR_ARG(l->columns[a->column].key),
                             a->judged ? ", judged," : "", (int)who)));
}

static void try_new(struct office *o, struct attempt a, enum way way,
                    enum asks who)
{
    struct ledger_row *row = given_any(o, a.ledger, false);
    int64_t before;
    bool done;

    a.fresh = true;
    set(o, row, a.column, true);
    before = count(o, a.ledger);
    done = way == NEW_FORM ? by_form(o, row, 0) : by_import(o, who, row, 0);
    report(o, &a, way, who,
           done == may(who, &a) && count(o, a.ledger) == before + done);
}

static struct ledger_row *copy(struct office *o, const struct ledger_row *of)
{
    struct ledger_row *row = ledger_row_new(o->m, of->ledger);
    size_t n = of->ledger->columns_n;

    row->year = of->year;
    memcpy(row->values, of->values, n * sizeof(*row->values));
    memcpy(row->labels, of->labels, n * sizeof(*row->labels));
    return row;
}

static void try_old(struct office *o, struct attempt a, enum way way,
                    enum asks who)
{
    struct ledger_row *is = given_any(o, a.ledger, a.judged);
    struct ledger_row *want = copy(o, is);
    int64_t id = given_keep(o->g, is);
    bool done;

    set(o, want, a.column, true);
    done = way == FORM ? by_form(o, want, id) : by_import(o, who, want, id);
    report(o, &a, way, who,
           done == may(who, &a) && says(o, done ? want : is, id));
}

static size_t undo(struct office *o, int64_t batch)
{
    struct asker asker = asker_of(act_scope(given_act(o->g)), &o->g->who);
    struct undo u = { .batch = batch, .reason = S("导错了") };

    if (given_settle(o->g, undo_apply(given_act(o->g), &asker, &u)) != OK)
        BUG("a batch is not undone");
    return undo_done(&u);
}

/* The office wrote it from a file; who asks takes that back. */
static void try_undo(struct office *o, struct attempt a, enum asks who)
{
    struct ledger_row *is = given_any(o, a.ledger, a.judged);
    struct ledger_row *want = copy(o, is);
    int64_t id = given_keep(o->g, is);
    bool done;

    set(o, want, a.column, true);
    by_import(o, SHELL, want, id);
    done = undo(o, o->g->work.act.batch) == 1;
    report(o, &a, UNDO, who,
           done == may(who, &a) && says(o, done ? is : want, id));
}

static void try_all(struct office *o, struct attempt a, enum asks who)
{
    ask_as(o, who);
    if (!a.judged)
        try_new(o, a, NEW_LINE, who);
    try_old(o, a, LINE, who);
    if (who == SHELL)
        return;
    if (!a.judged)
        try_new(o, a, NEW_FORM, who);
    try_old(o, a, FORM, who);
    try_undo(o, a, who);
}

static void try_ledger(struct office *o, const struct ledger *l, bool judged)
{
    struct mem *m = o->m;

    for (size_t i = 0; i < l->columns_n; i++) {
        if (column_follows(&l->columns[i]))
            continue;
        for (enum asks who = 0; who < ASKS; who++) {
            given_commit(o->g); /* the open work lives in that memory */
            o->m = o->g->m = mem_child(m);
            try_all(o,
                    (struct attempt){
                        .ledger = l, .column = i, .judged = judged },
                    who);
            given_commit(o->g);
            mem_free(o->m);
            o->m = o->g->m = m;
        }
    }
}

/* ---- whether a row stands ---- */

static bool may_void(enum asks who, const struct ledger *l, bool judged)
{
    bool of_unit = ledger_has(l, COLUMN_OWNER);

    if (who == OFFICER_OWN)
        return !of_unit || !judged;
    if (who == EDITOR_OWN || who == EDITOR_ABOVE)
        return of_unit && !judged;
    return who == OFFICER;
}

static bool stands(struct office *o, const struct ledger *l, int64_t id)
{
    return !given_kept(o->g, str_c(o->m, ledger_name(o->m, l)), id)->voided;
}

static void post_reason(struct office *o, const struct ledger *l, int64_t id,
                        const char *verb)
{
    given_field(o->g, "reason", S("重复登记"));
    given_post(o->g,
               str_fmt(o->m, "%.*s/%s", STR_ARG(row_path(o->m, l, id)), verb));
}

static void try_void(struct office *o, const struct ledger *l, bool judged,
                     enum asks who)
{
    struct test *t = o->g->t;
    struct ledger_row *row = given_any(o, l, judged);
    bool right = may_void(who, l, judged);
    int64_t id = given_keep(o->g, row);

    post_reason(o, l, id, "void");
    CHECK_INT(stands(o, l, id), !right);
    if (stands(o, l, id))
        given_void(o->g, str_c(o->m, ledger_name(o->m, l)), id);
    CHECK_INT(by_import(o, who, row, id), right); /* restores it */
    CHECK_INT(stands(o, l, id), right);
    if (stands(o, l, id))
        given_void(o->g, str_c(o->m, ledger_name(o->m, l)), id);
    post_reason(o, l, id, "restore");
    CHECK_INT(stands(o, l, id), right);
}

static void try_undo_new(struct office *o, const struct ledger *l, bool judged,
                         enum asks who)
{
    struct test *t = o->g->t;
    struct ledger_row *row = given_any(o, l, judged);
    int64_t before = count(o, l);

    by_import(o, SHELL, row, 0);
    CHECK_INT(undo(o, o->g->work.act.batch), may_void(who, l, judged));
    CHECK_INT(count(o, l), before + !may_void(who, l, judged));
}

TEST(a_row_is_voided_and_restored_by_those_who_may_and_nobody_else)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = plain_ledger(&i)) != NULL; i++)
        for (enum asks who = OFFICER; who < ASKS; who++)
            for (int judged = 0; judged <= ledger_decides(l); judged++) {
                ask_as(&o, who);
                try_void(&o, l, judged, who);
                try_undo_new(&o, l, judged, who);
            }
}

/* ---- what a row says ---- */

TEST(every_column_is_written_by_those_who_may_and_nobody_else)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = plain_ledger(&i)) != NULL; i++)
        try_ledger(&o, l, false);
}

TEST(every_column_of_a_judged_row_is_written_by_those_who_may)
{
    struct office o = given_office(t);
    const struct ledger *l;
    size_t judged = 0;

    for (size_t i = 0; (l = plain_ledger(&i)) != NULL; i++)
        if (ledger_decides(l)) {
            judged++;
            try_ledger(&o, l, true);
        }
    CHECK(judged > 0);
}

/* ---- who reads what ---- */

static bool is_private(const struct column *c)
{
    return column_is(c, COLUMN_PERSONAL | COLUMN_INTERNAL);
}

static bool sees(enum asks who, const struct ledger *l)
{
    bool of_unit = ledger_has(l, COLUMN_OWNER);

    return who == OFFICER || who == OFFICER_OWN ||
           (of_unit && (who == EDITOR_OWN || who == EDITOR_ABOVE));
}

/* A row whose private values stand on no page by accident, nor as a mean. */
static struct ledger_row *given_private(struct office *o,
                                        const struct ledger *l)
{
    struct ledger_row *row = given_any(o, l, false);
    bool any = false;

    row->id = given_keep(o->g, row);
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!is_private(&l->columns[i]))
            continue;
        set(o, row, i, false);
        if (l->columns[i].type == COLUMN_MARK)
            row->values[i] = INT(7363 + 11 * (int64_t)(i * i));
        if (l->columns[i].type == COLUMN_COUNT)
            row->values[i] = INT(86243);
        any = true;
    }
    if (any)
        given_change(o->g, row); /* for its history */
    return row;
}

static bool tells(const struct ctx *c, const struct ledger_row *row, size_t i)
{
    const struct column *col = &row->ledger->columns[i];
    const struct value *v = &row->values[i];

    if (col->type == COLUMN_CHOICE &&
        page_has(c, str_fmt(c->m, "\"%.*s\"", STR_ARG(v->s))))
        return true;
    return page_has(c, cell_text(c->m, col, v, row->labels[i], LANG_ZH));
}

/* Which private columns of the row the page tells. */
static uint64_t told(struct office *o, const struct ledger_row *row,
                     struct str path)
{
    struct ctx *c = given_get(o->g, path);
    uint64_t all = 0;

    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (is_private(&row->ledger->columns[i]) && tells(c, row, i))
            all |= AT(i);
    return all;
}

static uint64_t told_by_figures(struct office *o, const struct ledger_row *row)
{
    static const char *const rests[] = { "", "/rows.csv", "/rows.json" };
    const struct figure *f;
    uint64_t all = 0;

    for (size_t i = 0; (f = figure_at(i)) != NULL; i++)
        for (size_t k = 0; k < COUNT(rests); k++)
            if (kind_ledger(f->kind, NULL) == row->ledger)
                all |= told(o, row,
                            str_fmt(o->m, "/figures/%.*s%s", STR_ARG(f->key),
                                    rests[k]));
    return all;
}

static uint64_t told_by_ledger(struct office *o, const struct ledger_row *row)
{
    static const char *const rests[] = { "", "/export.csv", "/export.json" };
    const struct ledger *l = row->ledger;
    uint64_t all = told(o, row, row_path(o->m, l, row->id));

    for (size_t k = 0; k < COUNT(rests); k++)
        all |= told(o, row,
                    str_fmt(o->m, "%.*s%s", STR_ARG(ledger_path(o->m, l)),
                            rests[k]));
    return all;
}

/* Is the row found by what stands in the column? */
static bool finds(struct office *o, const struct ledger_row *row, size_t i)
{
    struct str q = value_raw(o->m, &row->values[i]);
    struct str path =
        str_fmt(o->m, "%.*s/export.json?q=%.*s",
                STR_ARG(ledger_path(o->m, row->ledger)), STR_ARG(q));

    return page_has(given_get(o->g, path), S("\"id\""));
}

static void try_reading(struct office *o, const struct ledger_row *row,
                        enum asks who)
{
    struct test *t = o->g->t;
    const struct ledger *l = row->ledger;
    uint64_t private = 0;

    ask_as(o, who);
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!is_private(&l->columns[i]))
            continue;
        private |= AT(i);
        if (who == OFFICER && !column_is_int(&l->columns[i]))
            CHECK(finds(o, row, i) || l->columns[i].type == COLUMN_CHOICE);
        if (!sees(who, l))
            CHECK(!finds(o, row, i));
    }
    CHECK_INT(told_by_ledger(o, row), sees(who, l) ? private : 0);
    if (!sees(who, l))
        CHECK_INT(told_by_figures(o, row), 0);
}

TEST(what_is_private_is_told_to_those_with_a_relation_only)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = plain_ledger(&i)) != NULL; i++) {
        struct ledger_row *row = given_private(&o, l);

        for (enum asks who = OFFICER; who < ASKS; who++)
            try_reading(&o, row, who);
    }
}

/* ---- who sees a row that was voided ---- */

static bool lists(struct office *o, const struct ledger *l, const char *rest)
{
    struct str path =
        str_fmt(o->m, "%.*s%s", STR_ARG(ledger_path(o->m, l)), rest);

    return page_has(given_get(o->g, path), S("\"voided\":true")) ||
           page_has(given_get(o->g, path), S("已作废"));
}

TEST(a_voided_row_is_gone_for_all_without_a_relation)
{
    static const char *const rests[] = { "?voided=1", "?voided=1&year=all",
                                         "/export.json?voided=1",
                                         "/export.csv?voided=1" };
    static const char *const verbs[] = { "", "/edit" };
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = plain_ledger(&i)) != NULL; i++) {
        int64_t id = given_keep(o.g, given_any(&o, l, false));
        struct str path = row_path(o.m, l, id);

        given_void(o.g, str_c(o.m, ledger_name(o.m, l)), id);
        for (enum asks who = OFFICER; who < ASKS; who++) {
            ask_as(&o, who);
            for (size_t k = 0; k < COUNT(rests); k++)
                CHECK_INT(lists(&o, l, rests[k]), sees(who, l));
            for (size_t k = 0; k < COUNT(verbs); k++) {
                int status = page_status(
                    given_get(o.g,
                              str_fmt(o.m, "%.*s%s", STR_ARG(path), verbs[k])));

                CHECK(sees(who, l)
                          ? status == (k ? 409 : 200)
                          : status == 404 || status == 401 || status == 403);
            }
            given_field(o.g, "reason", S("重复登记"));
            if (!sees(who, l))
                CHECK(page_status(given_post(o.g, str_fmt(o.m, "%.*s/restore",
                                                          STR_ARG(path)))) !=
                      303);
        }
    }
}
