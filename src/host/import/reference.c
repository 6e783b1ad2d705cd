/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * What a row refers to by name: found, or made when the row is kept. Units
 * come by being named; communities and other places only when somebody said
 * that they are to be registered.
 */
#include "host/import/blame.h"

#include "base/utf8.h"
#include "host/ledger/admit.h"
#include "host/ledger/cell.h"
#include "host/ledger/row.h"
#include "host/ledger/stray.h"

/*
 * A row of this name is there although the reference did not find it: it
 * was voided, or is of another kind.
 */
static enum err find_voided(struct pass *p, const struct ledger_row *like,
                            struct ledger_row **ret_row,
                            struct text *ret_reason)
{
    struct ledger_row *there;

    if (!row_load(p->in, like->ledger, like->id, &there))
        return E_STORE;
    *ret_row = there;
    if (there->voided && str_eq(row_kind(there), row_kind(like)))
        return OK;
    *ret_reason =
        text_fmt(p->in.m, "“%.*s”已登记为别的类别，请核对名称",
                 "\"%.*s\" is registered as another kind; check the name",
                 STR_ARG(row_title(like)));
    return E_CLASH;
}

/* The column of a ledger that says what its rows are below; SIZE_MAX: none. */
static size_t parent_of(const struct ledger *l)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (l->columns[i].type == COLUMN_REF &&
            ledger_find(l->columns[i].ref) == l)
            return i;
    return SIZE_MAX;
}

/* A name in a column of a row. */
struct named {
    const struct ledger_row *row;
    size_t i;
    struct str name;
};

/*
 * The row that column `i` of `row` would make or restore for a name: of the
 * column's kind, below what the row says it lies within.
 */
static enum err find_to_make(struct pass *p, const struct named *named,
                             struct ledger_row **ret_row,
                             struct text *ret_reason)
{
    const struct ledger_row *row = named->row;
    const struct column *c = &row->ledger->columns[named->i];
    const struct ledger *to = ledger_find(c->ref);
    struct ledger_row *make = ledger_row_new(p->in.m, to);
    struct admission a = { .asker = &p->asker, .usual_year = p->s->match.year };
    size_t title = ledger_title(to);
    size_t outer =
        c->within.n ? ledger_column(row->ledger, c->within) : SIZE_MAX;
    size_t parent = parent_of(to);
    enum err e = cell_read(p->in.m, &to->columns[title], named->name,
                           &make->values[title], ret_reason);

    if (e != OK)
        return e;
    if (c->ref_kind.n)
        make->values[ledger_role(to, COLUMN_KIND)] = STR(c->ref_kind);
    if (outer != SIZE_MAX && parent != SIZE_MAX && row_has(row, outer)) {
        make->values[parent] = row->values[outer];
        make->labels[parent] = row->labels[outer];
    }
    e = row_admit(&a, make);
    if (e != OK) {
        *ret_reason = a.problems[0].reason;
        return e;
    }
    *ret_row = make;
    make->id = row_find(p->in, make);
    return make->id ? find_voided(p, make, ret_row, ret_reason) : OK;
}

/* Would what the column refers to be registered, if somebody said so? */
static bool is_registrable(const struct column *c)
{
    return c->ref_kind.n && ledger_find(c->ref)->organisations;
}

static bool may_make(const struct pass *p, const struct column *c)
{
    return (column_is(c, COLUMN_MAKES) ||
            (p->im->registers && is_registrable(c))) &&
           may_add(&p->asker, ledger_find(c->ref));
}

/*
 * A list of divisions has no header and begins with its root: what that
 * belongs to lies outside of the house.
 */
static bool is_root(const struct pass *p, const struct column *c)
{
    const struct match *s = &p->s->match;

    return s->data_row == 0 && p->grid_row == 0 &&
           ledger_find(c->ref) == s->ledger;
}

/* What stands where the row says that the unknown one lies. */
static struct str words_within(const struct pass *p, const struct column *c)
{
    const struct match *s = &p->s->match;
    size_t outer = c->within.n ? ledger_column(s->ledger, c->within) : SIZE_MAX;

    return outer != SIZE_MAX && s->map[outer] != SIZE_MAX ? pass_words(p, outer)
                                                          : S("");
}

/* Gather an organisation that nobody knows; the row stays wrong till then. */
static void note_unknown(struct pass *p, const struct column *c,
                         struct str name)
{
    struct mem *m = p->im->m;
    struct str key =
        str_join(m, (struct str[]){ c->ref_kind, S(" "), utf8_fold(m, name) },
                 3);
    struct import_unknown *u;
    int64_t at;

    if (map_get(&p->unknown, key, &at)) {
        p->im->unknown[at].rows++;
        return;
    }
    if (p->im->unknown_n == IMPORT_UNKNOWN_MAX)
        return;
    if (!p->im->unknown)
        p->im->unknown =
            NEW_ARRAY(m, struct import_unknown, IMPORT_UNKNOWN_MAX);
    map_put(&p->unknown, key, (int64_t)p->im->unknown_n);
    u = &p->im->unknown[p->im->unknown_n++];
    *u = (struct import_unknown){
        .name = str_dup(m, name),
        .kind = choice_find(&ledger_find(c->ref)->columns[ledger_role(
                                ledger_find(c->ref), COLUMN_KIND)],
                            c->ref_kind)
                    ->label,
        .within = str_dup(m, words_within(p, c)),
        .rows = 1,
    };
}

/* Nobody has this name: another may be meant, or it is to be registered. */
static void blame_unknown(struct pass *p, size_t i, struct str name,
                          struct text reason)
{
    const struct column *c = &p->s->match.ledger->columns[i];
    bool is_name = stray_of(p->in.m, name) != STRAY_NOTHING;
    struct import_problem *problem =
        blame_cell(p, i, text_same(name),
                   is_name ? reason : stray_reason(STRAY_NOTHING));

    if (!is_name)
        return;
    if (!is_registrable(c) || !may_add(&p->asker, ledger_find(c->ref)))
        return;
    problem->question = IMPORT_ASKS_REGISTER;
    note_unknown(p, c, name);
}

/*
 * Several have the name: may the row tell which is meant? What a part belongs
 * to is told by the part, if that is there.
 */
static bool is_settled_later(const struct column *c)
{
    return column_is(c, COLUMN_PARENT) ||
           (!column_names(c) && !column_is(c, COLUMN_OWNER | COLUMN_PLACE));
}

void pass_read_ref(struct pass *p, struct ledger_row *row, size_t i,
                   struct str name)
{
    const struct column *c = &row->ledger->columns[i];
    struct text reason = TEXT("", "");
    struct ledger_row *make;
    struct ref found;
    enum err e = ref_find(p->refs, c, name, &found, &reason);

    if (e == E_ABSENT && may_make(p, c)) {
        e = find_to_make(p, &(struct named){ row, i, name }, &make, &reason);
        if (e == OK) {
            found = (struct ref){ make->id, row_title(make) };
            p->makes |= AT(i);
        }
    }
    if (e == OK) {
        row->values[i] = INT(found.id);
        row->labels[i] = found.label;
    } else if (e == E_CLASH && is_settled_later(c)) {
        p->several |= AT(i); /* pass_settle_refs() */
    } else if (e == E_ABSENT && !is_root(p, c)) {
        blame_unknown(p, i, name, reason);
    } else if (e != E_ABSENT) {
        blame_cell(p, i, text_same(name), reason);
    }
}

static void settle(struct pass *p, const struct ledger_row *before,
                   struct ledger_row *row, size_t i)
{
    const struct column *c = &row->ledger->columns[i];
    struct str name = pass_words(p, i);
    struct text reason;
    struct ref found;

    if (before && row_has(before, i) &&
        str_eq(utf8_fold(p->in.m, before->labels[i]), utf8_fold(p->in.m, name)))
        found = (struct ref){ row_int(before, i), before->labels[i] };
    else if (ref_find_near(p->refs, c, name, row_whose(row), &found) != OK) {
        if (ref_find(p->refs, c, name, &found, &reason) != OK)
            blame_cell(p, i, text_same(name), reason);
        return;
    }
    row->values[i] = INT(found.id);
    row->labels[i] = found.label;
}

void pass_settle_refs(struct pass *p, const struct ledger_row *before,
                      struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n && p->several; i++)
        if (p->several & AT(i))
            settle(p, before, row, i);
}

/* Make or restore what the column refers to; another row may have done so. */
static enum err make_one(struct pass *p, struct ledger_row *row, size_t i)
{
    const struct column *c = &row->ledger->columns[i];
    struct str name = row->labels[i];
    struct ledger_row *make;
    struct text reason;
    struct ref found;
    enum err e = ref_find(p->refs, c, name, &found, &reason);

    if (e == OK)
        row->values[i] = INT(found.id);
    if (e != E_ABSENT)
        return e;
    e = find_to_make(p, &(struct named){ row, i, name }, &make, &reason);
    if (e == OK && !p->act && !make->id)
        make->id = p->next_negative--;
    else if (e == OK && p->act)
        e = make->id ? row_restore(p->act, &p->asker, make, pass_again)
                     : row_insert(p->act, make);
    if (e != OK)
        return e;
    ref_enter(p->refs, make);
    p->s->made++;
    row->values[i] = INT(make->id);
    return OK;
}

/* What lies within something comes after it. */
enum err pass_make_refs(struct pass *p, struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    enum err e = OK;

    for (int within = 0; within < 2; within++)
        for (size_t i = 0; i < l->columns_n && e == OK; i++)
            if ((p->makes & AT(i)) && (l->columns[i].within.n > 0) == within)
                e = make_one(p, row, i);
    row->identity = 0;
    return e;
}
