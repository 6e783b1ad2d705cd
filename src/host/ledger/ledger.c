/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Finding declarations, and refusing unsound ones before anything runs. */
#include "host/ledger/ledger.h"

#include "host/ledger/feature.h"
#include "host/ledger/process.h"

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

const struct ledger *ledger_organisations(void)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (l->organisations)
            return l;
    BUG("no ledger of organisations");
}

const struct ledger *ledger_days(void)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (l->days)
            return l;
    BUG("no ledger of days");
}

const struct ledger *ledger_themes(void)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (l->themes)
            return l;
    BUG("no ledger of themes");
}

struct str ledger_name(struct mem *m, const struct ledger *l)
{
    return str_join(m, (struct str[]){ l->feature, S("."), l->noun }, 3);
}

struct str ledger_path(struct mem *m, const struct ledger *l)
{
    return str_join(m, (struct str[]){ S("/"), l->feature, S("/"), l->noun },
                    4);
}

struct str row_path(struct mem *m, const struct ledger *l, int64_t id)
{
    return str_join(
        m, (struct str[]){ ledger_path(m, l), S("/"), str_of_int(m, id) }, 3);
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

const struct ledger *ledger_parent(const struct ledger *l)
{
    size_t col = ledger_role(l, COLUMN_PARENT);

    return col == SIZE_MAX ? NULL : ledger_find(l->columns[col].ref);
}

const struct ledger *ledger_part(const struct ledger *of, size_t *i)
{
    const struct ledger *l;

    while ((l = ledger_at(*i)) != NULL && ledger_parent(l) != of)
        ++*i;
    return l;
}

/* Asked of every row that is written: nothing is looked up for it. */
static bool refers_to(const struct column *c, const struct ledger *l)
{
    return c->type == COLUMN_REF && c->ref.n == l->feature.n + 1 + l->noun.n &&
           str_starts(c->ref, l->feature) && str_ends(c->ref, l->noun);
}

bool ledger_is_referred_to(const struct ledger *l)
{
    const struct ledger *from;

    for (size_t i = 0; (from = ledger_at(i)) != NULL; i++)
        for (size_t k = 0; k < from->columns_n; k++)
            if (refers_to(&from->columns[k], l))
                return true;
    return false;
}

bool ledger_is_owned(const struct ledger *l)
{
    const struct ledger *parent = ledger_parent(l);

    return parent ? ledger_is_owned(parent) : ledger_has(l, COLUMN_OWNER);
}

bool ledger_decides(const struct ledger *l)
{
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is_decided(&l->columns[i]))
            return true;
    return false;
}

bool ledger_year_follows(const struct ledger *l)
{
    const struct ledger *parent = ledger_parent(l);

    return parent && !parent->standing;
}

bool ledger_asks_year(const struct ledger *l)
{
    return !l->standing && !ledger_has(l, COLUMN_WHEN) &&
           !ledger_year_follows(l);
}

const struct choice *choice_find(const struct column *c, struct str key)
{
    for (size_t i = 0; i < c->choices_n; i++)
        if (str_eq(c->choices[i].key, key))
            return &c->choices[i];
    return NULL;
}

/* From others, so that nobody types it. */
bool column_follows(const struct column *c)
{
    return column_is(c, COLUMN_DERIVED | COLUMN_ROLLED | COLUMN_PERIOD);
}

/* In forms: what is a part is asked as one. */
bool column_is_asked(const struct column *c)
{
    return !column_follows(c) && !column_is(c, COLUMN_CELL);
}

bool column_is_kept(const struct column *c)
{
    return !column_is(c, COLUMN_PERIOD | COLUMN_CELL);
}

/* By somebody, of the row: what parts and days make of it is none of that. */
bool column_is_said(const struct column *c)
{
    return !column_is(c, COLUMN_ROLLED | COLUMN_PERIOD | COLUMN_CELL);
}

struct ledger_row *ledger_row_new(struct mem *m, const struct ledger *l)
{
    struct ledger_row *row = NEW(m, struct ledger_row);

    row->ledger = l;
    row->values = NEW_ARRAY(m, struct value, l->columns_n);
    for (size_t i = 0; i < l->columns_n; i++)
        row->values[i] = column_none(&l->columns[i]);
    row->labels = NEW_ARRAY(m, struct str, l->columns_n);
    row->seq = -1;
    return row;
}

struct ledger_row ledger_row_copy(struct mem *m, const struct ledger_row *of)
{
    struct ledger_row copy = *of;

    copy.values = NEW_ARRAY(m, struct value, of->ledger->columns_n);
    for (size_t i = 0; i < of->ledger->columns_n; i++)
        copy.values[i] = of->values[i];
    return copy;
}

struct str row_title(const struct ledger_row *r)
{
    return row_str(r, ledger_title(r->ledger));
}

struct str row_kind(const struct ledger_row *r)
{
    size_t i = ledger_role(r->ledger, COLUMN_KIND);

    return i == SIZE_MAX ? S("") : row_str(r, i);
}

static int64_t int_of_role(const struct ledger_row *r, unsigned role)
{
    size_t i = ledger_role(r->ledger, role);

    return i == SIZE_MAX ? 0 : row_int(r, i);
}

int64_t row_owner(const struct ledger_row *r)
{
    return ledger_has(r->ledger, COLUMN_PARENT) ? r->of.owner
                                                : int_of_role(r, COLUMN_OWNER);
}

int64_t row_place(const struct ledger_row *r)
{
    return ledger_has(r->ledger, COLUMN_PARENT) ? r->of.place
                                                : int_of_role(r, COLUMN_PLACE);
}

struct whose row_whose(const struct ledger_row *r)
{
    return (struct whose){ row_owner(r), row_place(r) };
}

struct str row_home(const struct ledger_row *r)
{
    static const unsigned roles[] = { COLUMN_OWNER, COLUMN_PLACE };

    for (size_t i = 0; i < COUNT(roles); i++) {
        size_t col = ledger_role(r->ledger, roles[i]);

        if (col != SIZE_MAX && row_has(r, col))
            return r->labels[col];
    }
    return S("");
}

int32_t row_when(const struct ledger_row *r)
{
    return (int32_t)int_of_role(r, COLUMN_WHEN);
}

bool row_is_decided(const struct ledger_row *r)
{
    for (size_t i = 0; i < r->ledger->columns_n; i++)
        if (column_is_decided(&r->ledger->columns[i]) && row_has(r, i))
            return true;
    return false;
}

/* Are there rows of this kind to refer to? */
static bool kind_exists(const struct ledger *to, struct str kind)
{
    size_t i = ledger_role(to, COLUMN_KIND);

    return i != SIZE_MAX && choice_find(&to->columns[i], kind);
}

static bool is_organisation(const struct column *c)
{
    return c->ref.n && ledger_find(c->ref) == ledger_organisations();
}

/* Do both columns say where something lies? */
static bool may_lie_within(const struct ledger *l, const struct column *c)
{
    size_t outer = ledger_column(l, c->within);

    return outer != SIZE_MAX && &l->columns[outer] != c && is_organisation(c) &&
           is_organisation(&l->columns[outer]);
}

static const char *column_fault(const struct ledger *l, const struct column *c)
{
    if (c->key.n == 0 || text_empty(c->label))
        return "a column without key or label";
    if (&l->columns[ledger_column(l, c->key)] != c)
        return "declared twice";
    if ((c->type == COLUMN_CHOICE) != (c->choices_n > 0))
        return "choices belong to COLUMN_CHOICE";
    if ((c->type == COLUMN_REF) != (c->ref.n > 0))
        return "references belong to COLUMN_REF";
    if (c->ref.n && !ledger_find(c->ref))
        return "refers to no ledger";
    if (c->ref.n && c->ref_kind.n &&
        !kind_exists(ledger_find(c->ref), c->ref_kind))
        return "refers to a kind that is not";
    if (c->unit && c->type != COLUMN_COUNT && c->type != COLUMN_MARK)
        return "a unit belongs to numbers";
    if (c->parts.n && c->type != COLUMN_COUNT)
        return "only counts are added up";
    if (column_is(c, COLUMN_CLOCK) && c->type != COLUMN_TEXT)
        return "a time of day is a text";
    if (column_is(c, COLUMN_LINK) &&
        (c->type != COLUMN_TEXT || column_is(c, COLUMN_PERSONAL)))
        return "an address of the web is a text about nobody";
    if (c->within.n && !may_lie_within(l, c))
        return "lies within no column of organisations";
    if (column_is(c, COLUMN_DERIVED) && !l->derive)
        return "a derived column that nothing derives";
    if (column_is(c, COLUMN_ROLLED | COLUMN_PERIOD) && !l->roll)
        return "follows from parts that nothing rolls";
    if (column_is(c, COLUMN_CELL) && (!l->read_cells || !l->write_cells))
        return "a cell of parts that nothing reads or writes";
    if (!column_is_asked(c) && column_is(c, COLUMN_REQUIRED | COLUMN_IDENTITY))
        return "what follows is neither required nor identity";
    if (column_is_decided(c) && !l->steps_n &&
        (column_is(c, COLUMN_REQUIRED | COLUMN_IDENTITY | COLUMN_OWNER) ||
         column_follows(c) || !ledger_is_owned(l)))
        return "what is decided about an owner comes after the row";
    return process_column_fault(l, c);
}

static const struct role {
    unsigned role;
    enum column_type type;
} roles[] = {
    { COLUMN_TITLE, COLUMN_TEXT },   { COLUMN_OWNER, COLUMN_REF },
    { COLUMN_PLACE, COLUMN_REF },    { COLUMN_WHEN, COLUMN_DATE },
    { COLUMN_DUE, COLUMN_DATE },     { COLUMN_KIND, COLUMN_CHOICE },
    { COLUMN_END, COLUMN_DATE },     { COLUMN_PARENT, COLUMN_REF },
    { COLUMN_STATE, COLUMN_CHOICE }, { COLUMN_ASKED, COLUMN_REF },
    { COLUMN_CONSENT, COLUMN_DATE },
};

static const char *role_fault(const struct ledger *l, const struct column *c)
{
    for (size_t i = 0; i < COUNT(roles); i++) {
        if (!column_is(c, roles[i].role))
            continue;
        if (c->type != roles[i].type)
            return "plays a role of another type";
        if (c != &l->columns[ledger_role(l, roles[i].role)])
            return "plays a role that another column plays";
    }
    if (column_is(c, COLUMN_FINISHED) &&
        c != &l->columns[ledger_role(l, COLUMN_FINISHED)])
        return "plays a role that another column plays";
    if (column_is(c, COLUMN_OWNER | COLUMN_PLACE | COLUMN_ASKED) &&
        ledger_find(c->ref) != ledger_organisations())
        return "owner and place are organisations";
    return NULL;
}

static const char *set_fault(const struct ledger *l,
                             const struct record_kind *k, size_t column)
{
    enum column_type type = l->columns[column].type;

    if (k->on & AT(column) && type != COLUMN_DATE)
        return "counts on a day that is no date";
    if (k->sums & AT(column) && type != COLUMN_COUNT && type != COLUMN_MARK)
        return "is summed and no number";
    if (k->by & AT(column) && type != COLUMN_CHOICE)
        return "is a category and no choice";
    return NULL;
}

/* Are there columns in the set that the ledger does not have? */
static bool beyond(const struct ledger *l, uint64_t columns)
{
    return l->columns_n < LEDGER_COLUMNS_MAX && columns >> l->columns_n;
}

static const char *kind_fault(const struct ledger *l,
                              const struct record_kind *k,
                              struct str *ret_column)
{
    for (size_t i = 0; i < l->columns_n; i++) {
        const char *fault = set_fault(l, k, i);

        *ret_column = l->columns[i].key;
        if (fault)
            return fault;
    }
    *ret_column = S("");
    return k->kind.n == 0 ? "a kind of record without a name"
           : beyond(l, k->sums | k->by | k->on)
               ? "counts by a column it has not"
           : (k->by & (k->by - 1)) != 0 ? "a record of two categories"
                                        : NULL;
}

static const char *kinds_fault(const struct ledger *l, struct str *ret_column)
{
    const char *fault = NULL;

    for (size_t i = 0; i < l->kinds_n && !fault; i++)
        fault = kind_fault(l, &l->kinds[i], ret_column);
    return fault;
}

/* May its rows say which days are off? */
static bool tells_days(const struct ledger *l)
{
    return ledger_has(l, COLUMN_WHEN) && ledger_has(l, COLUMN_END) &&
           kind_exists(l, S("rest")) && kind_exists(l, S("work"));
}

const char *ledger_fault(const struct ledger *l, struct str *ret_column)
{
    bool identity = false;

    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];
        const char *fault = column_fault(l, c);

        if (!fault)
            fault = role_fault(l, c);
        *ret_column = c->key;
        if (fault)
            return fault;
        identity |= column_is(c, COLUMN_IDENTITY);
    }
    *ret_column = S("");
    return !identity                           ? "no identity"
           : !ledger_has(l, COLUMN_TITLE)      ? "no title"
           : l->columns_n > LEDGER_COLUMNS_MAX ? "too many columns"
           : l->days && !tells_days(l)    ? "days without first, last and kind"
           : process_fault(l, ret_column) ? process_fault(l, ret_column)
                                          : kinds_fault(l, ret_column);
}

void ledger_check_all(void)
{
    const struct ledger *organisations = ledger_organisations();
    const struct ledger *days = ledger_days();
    const struct ledger *themes = ledger_themes();
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        struct str column = S("");
        const char *fault = ledger_find_noun(l->feature, l->noun) == l
                                ? ledger_fault(l, &column)
                                : "declared twice";

        if (l->organisations && l != organisations)
            fault = "a second ledger of organisations";
        if (l->days && l != days)
            fault = "a second ledger of days";
        if (l->themes && (l != themes || l->standing))
            fault = "a second ledger of themes, or one without years";
        if (fault)
            BUG("ledger %.*s.%.*s %.*s: %s", STR_ARG(l->feature),
                STR_ARG(l->noun), STR_ARG(column), fault);
    }
}
