/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A book holds folded names of the rows of ledgers that were referred to. A
 * form asks for a name or two: an index knows the rows that are called so
 * (row_name.h). An import asks thousands of times: from the ninth time on the
 * names of all rows are there. Ledgers that others refer to are small
 * (organisations, teams, providers).
 */
#include "host/ledger/ref.h"

#include "base/utf8.h"
#include "host/ledger/row.h"

enum { SEVERAL = -1, FEW = 8 };

/* A row that can be referred to. */
struct ref_entry {
    struct ref ref;
    struct str kind;   /* row_kind() */
    struct str folded; /* its title */
    struct whose whose;
    struct str home_name; /* folded; "": it has none */
};

struct names {
    struct names *next;
    const struct ledger *ledger;
    bool wanted;    /* some column refers to this ledger */
    bool loaded;    /* all of it */
    int asked;      /* before it was loaded */
    struct map map; /* folded name + kind -> index into entries */
    struct ref_entry **entries;
    size_t n, cap;
};

struct ref_book {
    struct scope in;
    struct mem *scratch; /* of one lookup */
    struct names *names;
};

struct ref_book *ref_book_new(struct scope in)
{
    struct ref_book *b = NEW(in.m, struct ref_book);

    *b = (struct ref_book){ .in = in, .scratch = mem_child(in.m) };
    return b;
}

void ref_book_turn(struct ref_book *b, struct tx *tx)
{
    b->in.tx = tx;
}

static struct str key_of(struct mem *m, struct str name, struct str kind)
{
    return str_join(m, (struct str[]){ utf8_fold(m, name), S("\n"), kind }, 3);
}

static void put_name(struct ref_book *b, struct names *n, struct str name,
                     int64_t index)
{
    const struct ref_entry *e = n->entries[index];
    struct str keys[2] = { key_of(b->in.m, name, S("")),
                           key_of(b->in.m, name, e->kind) };

    /* A unit and a community of one name are told apart by their kind. */
    for (size_t i = 0; i < (e->kind.n ? 2u : 1u); i++) {
        int64_t there;

        if (map_get(&n->map, keys[i], &there) &&
            (there == SEVERAL || n->entries[there]->ref.id != e->ref.id))
            map_put(&n->map, keys[i], SEVERAL);
        else
            map_put(&n->map, keys[i], index);
    }
}

static bool is_name(const struct ledger *l, size_t i)
{
    return column_is(&l->columns[i], COLUMN_TITLE | COLUMN_ALIAS);
}

static void enter(struct ref_book *b, struct names *n,
                  const struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct ref_entry *e = NEW(b->in.m, struct ref_entry);

    *e = (struct ref_entry){
        .ref = { row->id, str_dup(b->in.m, row_title(row)) },
        .kind = str_dup(b->in.m, row_kind(row)),
        .folded = utf8_fold(b->in.m, row_title(row)),
        .whose = row_whose(row),
        .home_name = utf8_fold(b->in.m, row_home(row)),
    };
    if (n->n == n->cap) {
        size_t cap = n->cap ? 2 * n->cap : 64;

        n->entries = mem_grow(b->in.m, n->entries, n->n * sizeof(*n->entries),
                              cap * sizeof(*n->entries));
        n->cap = cap;
    }
    n->entries[n->n++] = e;
    for (size_t i = 0; i < l->columns_n; i++)
        if (is_name(l, i) && row_has(row, i))
            put_name(b, n, row_str(row, i), (int64_t)n->n - 1);
}

static void enter_all(struct ref_book *b, struct names *n, struct row_walk w)
{
    struct mem *scratch = mem_new();
    struct ledger_row *row;

    while (row_walk_next(&w, scratch, &row)) {
        if (row_stands(row))
            enter(b, n, row);
        mem_reset(scratch);
    }
    mem_free(scratch);
}

static void load(struct ref_book *b, struct names *n)
{
    if (!n->wanted || n->loaded)
        return;
    n->loaded = true;
    enter_all(b, n, row_walk(b->in, n->ledger));
}

/* Enter all rows that are called `name`; enough to tell if several are. */
static void look_up(struct ref_book *b, struct names *n, struct str name)
{
    if (n->loaded || n->asked++ >= FEW)
        load(b, n);
    else
        enter_all(b, n,
                  row_walk_named(b->in, n->ledger,
                                 utf8_fold(b->scratch, name)));
}

static struct names *names_of(struct ref_book *b, const struct ledger *l)
{
    struct names *n = b->names;

    while (n && n->ledger != l)
        n = n->next;
    if (!n) {
        n = NEW(b->in.m, struct names);
        *n = (struct names){ .next = b->names,
                             .ledger = l,
                             .wanted = ledger_is_referred_to(l) };
        map_init(&n->map, b->in.m);
        b->names = n;
    }
    return n;
}

void ref_enter(struct ref_book *b, const struct ledger_row *row)
{
    struct names *n = names_of(b, row->ledger);

    load(b, n);
    if (n->wanted)
        enter(b, n, row);
}

static enum err find_named(struct ref_book *b, const struct column *c,
                           struct str name, struct ref *ret)
{
    struct names *n = names_of(b, ledger_find(c->ref));
    int64_t i;

    look_up(b, n, name);
    if (!map_get(&n->map, key_of(b->scratch, name, c->ref_kind), &i))
        return E_ABSENT;
    if (i == SEVERAL)
        return E_CLASH;
    *ret = n->entries[i]->ref;
    return OK;
}

/* Which of those that share a name: "" and no home take any of them. */
struct wanted {
    struct str name, kind; /* the name folded */
    struct str home_name;
    struct whose whose;
};

static bool is_it(const struct ref_entry *e, const struct wanted *w)
{
    if (!str_eq(e->folded, w->name) || (w->kind.n && !str_eq(e->kind, w->kind)))
        return false;
    if (w->home_name.n)
        return str_eq(e->home_name, w->home_name);
    return (w->whose.owner && e->whose.owner == w->whose.owner) ||
           (w->whose.place && e->whose.place == w->whose.place);
}

/* OK when exactly one row is it. */
static enum err find_wanted(const struct names *n, const struct wanted *w,
                            struct ref *ret)
{
    const struct ref_entry *found = NULL;

    for (size_t i = 0; i < n->n; i++) {
        const struct ref_entry *e = n->entries[i];

        if (!is_it(e, w))
            continue;
        if (found && found->ref.id != e->ref.id)
            return E_CLASH;
        found = e;
    }
    if (!found)
        return E_ABSENT;
    *ret = found->ref;
    return OK;
}

/* “先锋队（区财政局）”: of those called so, the one of that unit or place. */
static enum err find_with_home(struct ref_book *b, const struct column *c,
                               struct str name, struct ref *ret)
{
    struct names *n = names_of(b, ledger_find(c->ref));
    struct str folded = utf8_fold(b->scratch, name);
    size_t at = folded.n;

    while (at > 0 && folded.p[at - 1] != '(')
        at--;
    if (at < 2 || !str_ends(folded, S(")")))
        return E_ABSENT;
    at--;
    name = str_slice(folded, 0, at);
    look_up(b, n, name);
    return find_wanted(n,
                       &(struct wanted){ .name = name,
                                         .kind = c->ref_kind,
                                         .home_name = str_slice(folded, at + 1,
                                                                folded.n - 1) },
                       ret);
}

static struct text is_absent(struct mem *m, const struct ledger *l,
                             struct str name)
{
    return (struct text){
        str_fmt(m, "“%.*s”不在“%.*s”里，请核对名称，或先登记", STR_ARG(name),
                STR_ARG(l->label.zh)),
        str_fmt(m,
                "\"%.*s\" is not among \"%.*s\"; check the name or add it "
                "first",
                STR_ARG(name), STR_ARG(l->label.en)),
    };
}

static struct text are_several(struct mem *m, const struct ledger *l,
                               struct str name)
{
    if (l->organisations)
        return text_fmt(m, "有几个都叫“%.*s”，请写全称或代码",
                        "several are called \"%.*s\"; write the full name or "
                        "the code",
                        STR_ARG(name));
    return text_fmt(m,
                    "有几个都叫“%.*s”，请在名称后用括号写明单位或社区，"
                    "例如“%.*s（区财政局）”",
                    "several are called \"%.*s\"; add the unit or place in "
                    "brackets, such as \"%.*s（区财政局）\"",
                    STR_ARG(name), STR_ARG(name));
}

enum err ref_find(struct ref_book *b, const struct column *c, struct str name,
                  struct ref *ret, struct text *ret_reason)
{
    const struct ledger *l = ledger_find(c->ref);
    enum err e;

    mem_reset(b->scratch);
    e = find_named(b, c, name, ret);
    if (e == E_ABSENT)
        e = find_with_home(b, c, name, ret);
    if (e == E_ABSENT)
        *ret_reason = is_absent(b->in.m, l, name);
    else if (e == E_CLASH)
        *ret_reason = are_several(b->in.m, l, name);
    return e;
}

enum err ref_find_near(struct ref_book *b, const struct column *c,
                       struct str name, struct whose whose, struct ref *ret)
{
    mem_reset(b->scratch);
    return find_wanted(names_of(b, ledger_find(c->ref)),
                       &(struct wanted){ .name = utf8_fold(b->scratch, name),
                                         .kind = c->ref_kind,
                                         .whose = whose },
                       ret);
}

enum err ref_find_organisation(struct ref_book *b, struct str name,
                               int64_t *ret_id, struct text *ret_reason)
{
    const struct column any = {
        .type = COLUMN_REF,
        .ref = ledger_name(b->in.m, ledger_organisations()),
    };
    struct ref found;
    enum err e = ref_find(b, &any, name, &found, ret_reason);

    if (e == OK)
        *ret_id = found.id;
    return e;
}
