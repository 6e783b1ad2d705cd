/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A book holds folded names of the rows of ledgers that were referred to. A
 * form asks for a name or two: the rows that hold these words anywhere are
 * looked at. An import asks thousands of times: from the ninth time on the
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
    struct str kind; /* row_kind() */
};

struct names {
    struct names *next;
    const struct ledger *ledger;
    bool wanted;    /* some column refers to this ledger */
    bool loaded;    /* all of it */
    bool seen;      /* search texts hold all names */
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

static bool is_wanted(const struct ledger *l)
{
    const struct ledger *from;

    for (size_t i = 0; (from = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < from->columns_n; k++)
            if (from->columns[k].type == COLUMN_REF &&
                ledger_find(from->columns[k].ref) == l)
                return true;
    return false;
}

/* Do search texts (row.c) hold every name of the ledger's rows? */
static bool is_seen(const struct ledger *l)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (is_name(l, i) &&
            (column_is(&l->columns[i], COLUMN_PERSONAL | COLUMN_INTERNAL) ||
             column_is_int(&l->columns[i]) ||
             l->columns[i].type == COLUMN_CHOICE))
            return false;
    return true;
}

static void enter_all(struct ref_book *b, struct names *n, struct row_walk w)
{
    struct mem *scratch = mem_new();
    struct ledger_row *row;

    while (row_walk_next(&w, scratch, &row)) {
        if (!row->voided)
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

/* Enter all rows that may be called `name`; enough to tell if several are. */
static void look_up(struct ref_book *b, struct names *n, struct str name)
{
    if (n->loaded || !n->seen || n->asked++ >= FEW)
        load(b, n);
    else
        enter_all(b, n,
                  row_walk_found(b->in, n->ledger,
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
                             .wanted = is_wanted(l),
                             .seen = is_seen(l) };
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

enum err ref_find(struct ref_book *b, const struct column *c, struct str name,
                  struct ref *ret, struct text *ret_reason)
{
    const struct ledger *l = ledger_find(c->ref);
    struct names *n = names_of(b, l);
    int64_t i;

    mem_reset(b->scratch);
    look_up(b, n, name);
    if (!map_get(&n->map, key_of(b->scratch, name, c->ref_kind), &i)) {
        *ret_reason = (struct text){
            str_fmt(b->in.m, "“%.*s”不在“%.*s”里，请核对名称，或先登记",
                    STR_ARG(name), STR_ARG(l->label.zh)),
            str_fmt(b->in.m,
                    "\"%.*s\" is not among \"%.*s\"; check the name or "
                    "add it first",
                    STR_ARG(name), STR_ARG(l->label.en)),
        };
        return E_ABSENT;
    }
    if (i == SEVERAL) {
        *ret_reason = text_fmt(b->in.m, "有几个都叫“%.*s”，请写全称或代码",
                               "several are called \"%.*s\"; write the full "
                               "name or the code",
                               STR_ARG(name));
        return E_CLASH;
    }
    *ret = n->entries[i]->ref;
    return OK;
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
