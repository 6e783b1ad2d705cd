/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Who may write what, by every way into every column of every ledger there
 * is. What the declarations mean is written here a second time, on purpose.
 */
#include "host/given/given_office.h"
#include "host/ledger/cell.h"

/*
 * The next ledger from *i on whose rows are no parts and take no steps: who
 * writes the others is tried in step_rights_test.c.
 */
static const struct ledger *plain_ledger(size_t *i)
{
    const struct ledger *l;

    while ((l = ledger_at(*i)) != NULL && (l->steps_n || ledger_parent(l)))
        ++*i;
    return l;
}

/* Those, and the sample programme with its parts. */
static const struct ledger *told_ledger(size_t *i)
{
    const struct ledger *l;

    while ((l = ledger_at(*i)) != NULL && (l->steps_n || ledger_parent(l)) &&
           !str_eq(l->feature, S("grove")))
        ++*i;
    return l;
}

struct attempt {
    const struct ledger *ledger;
    size_t column;
    bool fresh, judged;
};

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

/* ---- every attempt ---- */

static int64_t count(struct office *o, const struct ledger *l)
{
    return given_live(o->g, str_c(o->m, ledger_name(o->m, l)), S(""));
}

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
    struct ledger_row *row = given_any(o, a.ledger, &(struct standing){ 0 });
    int64_t before;
    bool done;

    a.fresh = true;
    set_any(o, row, a.column, true);
    before = count(o, a.ledger);
    done = way == NEW_FORM ? by_form(o, row, 0) : by_import(o, who, row, 0);
    report(o, &a, way, who,
           done == may(who, &a) && count(o, a.ledger) == before + done);
}

static void try_old(struct office *o, struct attempt a, enum way way,
                    enum asks who)
{
    struct ledger_row *is =
        given_any(o, a.ledger, &(struct standing){ .judged = a.judged });
    struct ledger_row *want = copy_row(o, is);
    int64_t id = given_keep(o->g, is);
    bool done;

    set_any(o, want, a.column, true);
    done = way == FORM ? by_form(o, want, id) : by_import(o, who, want, id);
    report(o, &a, way, who,
           done == may(who, &a) && says(o, done ? want : is, id));
}

static void try_undo(struct office *o, struct attempt a, enum asks who)
{
    struct ledger_row *is =
        given_any(o, a.ledger, &(struct standing){ .judged = a.judged });
    struct ledger_row *want = copy_row(o, is);
    int64_t id = given_keep(o->g, is);
    bool done;

    set_any(o, want, a.column, true);
    by_import(o, SHELL, want, id);
    done = undo_batch(o, o->g->work.act.batch) == 1;
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
    bool of_unit = ledger_is_owned(l);

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
    struct ledger_row *row =
        given_any(o, l, &(struct standing){ .judged = judged });
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
    struct ledger_row *row =
        given_any(o, l, &(struct standing){ .judged = judged });
    int64_t before = count(o, l);

    by_import(o, SHELL, row, 0);
    CHECK_INT(undo_batch(o, o->g->work.act.batch), may_void(who, l, judged));
    CHECK_INT(count(o, l), before + !may_void(who, l, judged));
}

TEST(a_row_is_voided_and_restored_by_those_who_may_and_nobody_else)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = told_ledger(&i)) != NULL; i++)
        for (enum asks who = OFFICER; who <= EDITOR_ASKED; who++)
            for (int judged = 0; judged <= ledger_decides(l); judged++) {
                ask_as(&o, who);
                try_void(&o, l, judged, who);
                if (!l->steps_n) /* files may begin where it is settled */
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
    bool of_unit = ledger_is_owned(l);

    return who == OFFICER || who == OFFICER_OWN ||
           (of_unit && (who == EDITOR_OWN || who == EDITOR_ABOVE)) ||
           (who == EDITOR_ASKED && ledger_has(l, COLUMN_ASKED));
}

/*
 * A row whose private values stand on no page by accident, nor as a mean; its
 * person agrees to be named, or not.
 */
static struct ledger_row *given_private(struct office *o,
                                        const struct ledger *l, bool agrees)
{
    struct ledger_row *row = given_any(o, l, &(struct standing){ 0 });
    bool any = false;

    row->id = given_keep(o->g, row);
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!is_private(&l->columns[i]) ||
            (column_is(&l->columns[i], COLUMN_CONSENT) && !agrees))
            continue;
        set_any(o, row, i, false);
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
        if (is_private(&row->ledger->columns[i]) && row_has(row, i) &&
            tells(c, row, i))
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
            if (figure_ledger(f) == row->ledger)
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

/* What is told to everybody, since the person of the row agreed. */
static uint64_t named(const struct ledger_row *row)
{
    size_t consent = ledger_role(row->ledger, COLUMN_CONSENT);
    uint64_t all = 0;

    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (consent != SIZE_MAX && row_has(row, consent) && row_has(row, i) &&
            column_is(&row->ledger->columns[i], COLUMN_PERSONAL) &&
            !column_is(&row->ledger->columns[i], COLUMN_INTERNAL))
            all |= AT(i);
    return all;
}

static void try_reading(struct office *o, const struct ledger_row *row,
                        enum asks who)
{
    struct test *t = o->g->t;
    const struct ledger *l = row->ledger;
    uint64_t private = 0;

    ask_as(o, who);
    for (size_t i = 0; i < l->columns_n; i++) {
        if (!is_private(&l->columns[i]) || !row_has(row, i))
            continue;
        private |= AT(i);
        if (who == OFFICER && !column_is_int(&l->columns[i]))
            CHECK(finds(o, row, i) || l->columns[i].type == COLUMN_CHOICE);
        if (!sees(who, l))
            CHECK(!finds(o, row, i));
    }
    CHECK_INT(told_by_ledger(o, row), sees(who, l) ? private : named(row));
    if (!sees(who, l))
        CHECK(!(told_by_figures(o, row) & ~named(row)));
}

TEST(what_is_private_is_told_to_those_with_a_relation_only)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = told_ledger(&i)) != NULL; i++)
        for (int agrees = 0; agrees <= ledger_has(l, COLUMN_CONSENT);
             agrees++) {
            struct ledger_row *row = given_private(&o, l, agrees);

            for (enum asks who = OFFICER; who <= EDITOR_ASKED; who++)
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

static bool asked_writes(const struct ledger *l)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (l->columns[i].by & RELATION_ASKED)
            return true;
    return false;
}

TEST(a_voided_row_is_gone_for_all_without_a_relation)
{
    static const char *const rests[] = { "?voided=1", "?voided=1&year=all",
                                         "/export.json?voided=1",
                                         "/export.csv?voided=1" };
    static const char *const verbs[] = { "", "/edit" };
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = told_ledger(&i)) != NULL; i++) {
        int64_t id = given_keep(o.g, given_any(&o, l, &(struct standing){ 0 }));
        struct str path = row_path(o.m, l, id);

        given_void(o.g, str_c(o.m, ledger_name(o.m, l)), id);
        for (enum asks who = OFFICER; who <= EDITOR_ASKED; who++) {
            int may_not_edit =
                who == EDITOR_ASKED && !asked_writes(l) ? 403 : 409;

            ask_as(&o, who);
            for (size_t k = 0; k < COUNT(rests); k++)
                CHECK_INT(lists(&o, l, rests[k]), sees(who, l));
            for (size_t k = 0; k < COUNT(verbs); k++) {
                int status = page_status(
                    given_get(o.g,
                              str_fmt(o.m, "%.*s%s", STR_ARG(path), verbs[k])));

                CHECK(sees(who, l)
                          ? status == (k ? may_not_edit : 200)
                          : status == 404 || status == 401 || status == 403);
            }
            given_field(o.g, "reason", S("重复登记"));
            if (!sees(who, l) || who == EDITOR_ASKED)
                CHECK(page_status(given_post(o.g, str_fmt(o.m, "%.*s/restore",
                                                          STR_ARG(path)))) !=
                      303);
        }
    }
}

/* ---- who sees a part of a row that was voided ---- */

static bool is_told(struct office *o, const struct ledger_row *row,
                    struct str rest)
{
    struct str path =
        str_fmt(o->m, "%.*s%.*s", STR_ARG(ledger_path(o->m, row->ledger)),
                STR_ARG(rest));

    /* What was asked for is said again on the page: its path tells nothing. */
    return page_has(given_get(o->g, path),
                    row_path(o->m, row->ledger, row->id)) ||
           page_has(given_get(o->g, path),
                    str_fmt(o->m, "\"id\":%lld,", (long long)row->id));
}

static void try_orphan(struct office *o, const struct ledger_row *row,
                       enum asks who)
{
    struct test *t = o->g->t;
    struct str title = row_title(row);
    int status;

    ask_as(o, who);
    CHECK(!is_told(o, row, S("")));
    CHECK(!is_told(o, row, S("/export.json")));
    CHECK(!is_told(o, row, str_fmt(o->m, "?q=%.*s", STR_ARG(title))));
    CHECK(!page_has(given_get(o->g,
                              str_fmt(o->m, "/search?q=%.*s", STR_ARG(title))),
                    row_path(o->m, row->ledger, row->id)));
    status = page_status(given_get(o->g, row_path(o->m, row->ledger, row->id)));
    CHECK(sees(who, row->ledger)
              ? status == 200
              : status == 404 || status == 401 || status == 403);
}

TEST(a_part_of_a_voided_row_is_gone_as_it_is)
{
    struct office o = given_office(t);
    const struct ledger *l;

    for (size_t i = 0; (l = told_ledger(&i)) != NULL; i++) {
        struct ledger_row *row;
        size_t parent = ledger_role(l, COLUMN_PARENT);

        if (parent == SIZE_MAX)
            continue;
        row = given_any(&o, l, &(struct standing){ 0 });
        row->id = given_keep(o.g, row);
        ask_as(&o, OFFICER);
        CHECK(is_told(&o, row, S("")) && is_told(&o, row, S("/export.json")));
        given_void(o.g, str_c(o.m, ledger_name(o.m, ledger_parent(l))),
                   row_int(row, parent));
        for (enum asks who = OFFICER; who <= EDITOR_ASKED; who++)
            try_orphan(&o, row, who);
    }
}
