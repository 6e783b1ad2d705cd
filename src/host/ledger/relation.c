/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Whose row it is follows from its organisation and those above that. */
#include "host/ledger/relation.h"

#include "host/ledger/part.h"
#include "host/ledger/table.h"

enum { STEPS_UP = 8 };

const struct text relation_of_officers =
    TEXT_INIT("这个台账由区级管理员登记和修改，单位账户只能查看；"
              "请把要登记的内容交给区级管理员",
              "District officers keep this ledger, accounts of units only "
              "read it; hand what should be entered to a district officer");

struct asker asker_of(struct scope in, const struct who *who)
{
    return (struct asker){ .in = in, .roles = who->roles, .org = who->org };
}

struct asker asker_shell(struct scope in)
{
    return (struct asker){ .in = in, .roles = ROLE_OFFICER };
}

struct asker asker_clock(struct scope in)
{
    return (struct asker){ .in = in, .clock = true };
}

size_t org_above_column(void)
{
    const struct ledger *l = ledger_organisations();

    for (size_t i = 0; i < l->columns_n; i++)
        if (l->columns[i].type == COLUMN_REF &&
            ledger_find(l->columns[i].ref) == l)
            return i;
    BUG("organisations without a column for the one above");
}

int64_t org_above(struct scope in, int64_t org)
{
    const struct ledger *l = ledger_organisations();
    struct compose c;

    compose_init(&c, in.m);
    compose_sql(&c, SQL("SELECT coalesce("));
    compose_name(&c, l->columns[org_above_column()].key);
    compose_sql(&c, SQL(", 0) FROM "));
    compose_table(&c, l);
    compose_sql(&c, SQL(" WHERE district = ?1 AND id = ?2"));
    return tx_int(in.tx, compose_end(&c), WITH(INT(in.district), INT(org)), 0);
}

bool org_is_below(struct scope in, int64_t org, int64_t of)
{
    for (int step = 0; step < STEPS_UP && org > 0; step++) {
        org = org_above(in, org);
        if (org == of)
            return true;
    }
    return false;
}

/* Is `org` the asker's organisation or below it? */
static bool is_within(struct asker *a, int64_t org)
{
    if (a->asked == org)
        return a->within;
    a->asked = org;
    a->within = false;
    for (int step = 0; step < STEPS_UP && org > 0 && !a->within; step++) {
        a->within = org == a->org;
        if (!a->within)
            org = org_above(a->in, org);
    }
    return a->within;
}

unsigned relations_to(struct asker *a, int64_t owner)
{
    unsigned r = 0;

    if (a->roles & ROLE_OFFICER)
        r |= RELATION_OFFICER;
    if ((a->roles & ROLE_EDITOR) && a->org > 0 && is_within(a, owner))
        r |= RELATION_OWNER;
    return r;
}

unsigned relations(struct asker *a, const struct ledger_row *row)
{
    size_t asked = ledger_role(row->ledger, COLUMN_ASKED);
    unsigned r = relations_to(a, row_owner(row));

    if (a->clock)
        return RELATION_CLOCK;
    if (asked != SIZE_MAX && row_has(row, asked) &&
        (relations_to(a, row_int(row, asked)) & RELATION_OWNER))
        r |= RELATION_ASKED;
    return r;
}

bool may_change(struct asker *a, const struct ledger_row *row)
{
    return (relations(a, row) & (RELATION_OFFICER | RELATION_OWNER)) != 0;
}

bool may_decide(struct asker *a, const struct ledger_row *row)
{
    unsigned r = relations(a, row);

    return (r & RELATION_OFFICER) && !(r & RELATION_OWNER);
}

/* Is the row, and its parent, where the column is still its owner's? */
static bool is_open(struct asker *a, const struct ledger_row *row,
                    const struct column *c)
{
    return (!c->in || (c->in & AT(row_state_at(row)))) &&
           parent_is_in(a->in, row, c->parent_in);
}

/* May the owner still say which row it is? */
static bool is_unsettled(struct asker *a, const struct ledger_row *row)
{
    for (size_t i = 0; i < row->ledger->columns_n; i++)
        if (column_is(&row->ledger->columns[i], COLUMN_IDENTITY) &&
            !is_open(a, row, &row->ledger->columns[i]))
            return false;
    return !row_is_decided(row);
}

bool may_settle(struct asker *a, const struct ledger_row *row)
{
    return is_unsettled(a, row) ? may_change(a, row) : may_decide(a, row);
}

bool may_write(struct asker *a, const struct ledger_row *row, size_t column)
{
    const struct column *c = &row->ledger->columns[column];

    if (!column_is_asked(c) || column_is(c, COLUMN_STATE))
        return false;
    if (column_is_decided(c) || c->by == RELATION_STEP)
        return may_decide(a, row);
    if (column_is(c, COLUMN_IDENTITY | COLUMN_OWNER))
        return may_settle(a, row);
    if (relations(a, row) & RELATION_OFFICER)
        return true;
    return (relations(a, row) & (c->by ? c->by : RELATION_OWNER)) &&
           is_open(a, row, c);
}

bool may_edit(struct asker *a, const struct ledger_row *row)
{
    bool may = may_change(a, row);

    for (size_t i = 0; !may && relations(a, row) && i < row->ledger->columns_n;
         i++)
        may = may_write(a, row, i);
    return may;
}

bool is_expected(struct asker *a, const struct ledger_row *row,
                 const struct step *step)
{
    unsigned r = relations(a, row);

    return (r & step->by) && !(step->judges && (r & RELATION_OWNER));
}

bool may_take(struct asker *a, const struct ledger_row *row,
              const struct step *step)
{
    return is_expected(a, row, step) ||
           ((relations(a, row) & RELATION_OFFICER) && !step->judges &&
            (step->by & (RELATION_OWNER | RELATION_ASKED)));
}

bool may_offer(const struct asker *a, const struct step *step)
{
    unsigned units = step->by & (RELATION_OWNER | RELATION_ASKED);

    if (a->roles & ROLE_OFFICER)
        return units || (step->by & RELATION_OFFICER);
    return units && !step->judges && (a->roles & ROLE_EDITOR) && a->org > 0;
}

bool may_add(const struct asker *a, const struct ledger *l)
{
    return (a->roles & ROLE_OFFICER) ||
           ((a->roles & ROLE_EDITOR) && a->org > 0 && ledger_is_owned(l) &&
            !column_is_decided(&l->columns[ledger_title(l)]));
}

bool may_add_under(struct asker *a, const struct ledger *part,
                   struct ledger_row *of)
{
    struct ledger_row *row = part_new(a->in, part, of);

    return row_stands(of) && may_change(a, row) &&
           parent_is_in(a->in, row, part->parent_in) &&
           may_write(a, row, ledger_title(part)) &&
           may_write(a, row, ledger_role(part, COLUMN_PARENT));
}

void compose_within(struct compose *c, size_t org)
{
    const struct ledger *orgs = ledger_organisations();

    compose_sql(c, SQL(" IN (WITH RECURSIVE b (id) AS (SELECT "));
    compose_arg(c, org);
    compose_sql(c, SQL(" UNION SELECT x.id FROM b, "));
    compose_table(c, orgs);
    compose_sql(c, SQL(" x WHERE x.district = ?1 AND x."));
    compose_name(c, orgs->columns[org_above_column()].key);
    compose_sql(c, SQL(" = b.id) SELECT id FROM b)"));
}

void compose_owner(struct compose *c, const struct ledger *l)
{
    compose_sql(c, SQL("t."));
    compose_name(c, ledger_parent(l)
                        ? S("of_owner")
                        : l->columns[ledger_role(l, COLUMN_OWNER)].key);
}
