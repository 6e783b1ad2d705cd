/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Finding declarations, and refusing unsound ones before anything runs. */
#include "host/ledger/ledger.h"

#include "host/ledger/feature.h"

const struct ledger *ledger_at(size_t i)
{
    for (size_t f = 0; features[f]; f++) {
        if (i < features[f]->ledgers_n)
            return features[f]->ledgers[i];
        i -= features[f]->ledgers_n;
    }
    return NULL;
}

const struct ledger *ledger_find_noun(struct str feature, struct str noun)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (str_eq(l->noun, noun) && str_eq(l->feature, feature))
            return l;
    return NULL;
}

const struct ledger *ledger_find(struct str name)
{
    struct str rest = name;
    struct str feature;

    if (!str_cut(&rest, S("."), &feature) || !rest.p)
        return NULL;
    return ledger_find_noun(feature, rest);
}

struct str ledger_name(struct mem *m, const struct ledger *l)
{
    return str_join(m, (struct str[]){ l->feature, S("."), l->noun }, 3);
}

size_t ledger_column(const struct ledger *l, struct str key)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (str_eq(l->columns[i].key, key))
            return i;
    return SIZE_MAX;
}

size_t ledger_role(const struct ledger *l, unsigned role)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is(&l->columns[i], role))
            return i;
    return SIZE_MAX;
}

const struct choice *choice_find(const struct column *c, struct str key)
{
    for (const struct choice *o = c->choices; o && o->key.n; o++)
        if (str_eq(o->key, key))
            return o;
    return NULL;
}

struct ledger_row *ledger_row_new(struct mem *m, const struct ledger *l)
{
    struct ledger_row *row = NEW(m, struct ledger_row);

    row->ledger = l;
    row->values = NEW_ARRAY(m, struct value, l->columns_n);
    row->labels = NEW_ARRAY(m, struct str, l->columns_n);
    row->seq = -1;
    return row;
}

struct str row_title(const struct ledger_row *r)
{
    return row_str(r, ledger_title(r->ledger));
}

static int64_t int_of_role(const struct ledger_row *r, unsigned role)
{
    size_t i = ledger_role(r->ledger, role);

    return i == SIZE_MAX ? 0 : row_int(r, i);
}

int64_t row_owner(const struct ledger_row *r)
{
    return int_of_role(r, COLUMN_OWNER);
}

int64_t row_place(const struct ledger_row *r)
{
    return int_of_role(r, COLUMN_PLACE);
}

int32_t row_when(const struct ledger_row *r)
{
    return (int32_t)int_of_role(r, COLUMN_WHEN);
}

/* Stop the program over a declaration; `column` may be empty. */
static void unsound(const struct ledger *l, struct str column, const char *what)
{
    BUG("ledger %.*s.%.*s %.*s: %s", STR_ARG(l->feature), STR_ARG(l->noun),
        STR_ARG(column), what);
}

static void check_column(const struct ledger *l, const struct column *c)
{
    if (c->key.n == 0 || text_empty(c->label))
        unsound(l, c->key, "a column without key or label");
    if ((c->type == COLUMN_CHOICE) != (c->choices != NULL))
        unsound(l, c->key, "choices belong to COLUMN_CHOICE");
    if (c->type == COLUMN_REF && !ledger_find(c->ref))
        unsound(l, c->key, "refers to no ledger");
    if (column_is(c, COLUMN_DERIVED) &&
        (column_is(c, COLUMN_REQUIRED | COLUMN_IDENTITY) || !l->derive))
        unsound(l, c->key, "a derived column is neither required nor identity");
}

static void check_role(const struct ledger *l, size_t role,
                       enum column_type type)
{
    if (role > l->columns_n || (role && l->columns[role - 1].type != type))
        unsound(l, S(""), "a role points at a column of another type");
}

static void check_one(const struct ledger *l)
{
    bool identity = false;

    for (size_t i = 0; i < l->columns_n; i++) {
        check_column(l, &l->columns[i]);
        identity |= column_is(&l->columns[i], COLUMN_IDENTITY);
        if (ledger_column(l, l->columns[i].key) != i)
            unsound(l, l->columns[i].key, "declared twice");
    }
    if (!identity || l->title >= l->columns_n)
        unsound(l, S(""), "no identity or no title");
    check_role(l, l->org_column, COLUMN_REF);
    check_role(l, l->place_column, COLUMN_REF);
    check_role(l, l->date_column, COLUMN_DATE);
}

void ledger_check_all(void)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        check_one(l);
        if (ledger_find_noun(l->feature, l->noun) != l)
            unsound(l, S(""), "declared twice");
    }
}
