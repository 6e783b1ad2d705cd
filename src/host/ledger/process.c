/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "host/ledger/process.h"

/* Are there members in the set that the list of `n` does not have? */
static bool beyond(uint64_t set, size_t n)
{
    return n < 64 && set >> n;
}

static size_t members(uint64_t set)
{
    size_t n = 0;

    for (; set; set &= set - 1)
        n++;
    return n;
}

static size_t states_n(const struct ledger *l)
{
    size_t col = l ? ledger_role(l, COLUMN_STATE) : SIZE_MAX;

    return col == SIZE_MAX ? 0 : l->columns[col].choices_n;
}

const char *process_column_fault(const struct ledger *l, const struct column *c)
{
    bool steps = l->steps_n > 0;

    if (steps && !c->by && !column_follows(c))
        return "of a ledger with steps, and nobody is said to write it";
    if (!steps && (c->in || (c->by & ~(unsigned)RELATION_OFFICER)))
        return "is written by steps, and there are none";
    if (beyond(c->in, states_n(l)) ||
        beyond(c->parent_in, states_n(ledger_parent(l))))
        return "is written in a state that is not";
    if (column_is(c, COLUMN_STATE) && (!steps || c->by != RELATION_STEP))
        return "a state that not only steps change";
    if (column_is(c, COLUMN_PERIOD) && c->type != COLUMN_CHOICE)
        return "what changes with the day is a choice";
    if (column_is(c, COLUMN_PARENT) &&
        (!column_is(c, COLUMN_REQUIRED) || !column_is(c, COLUMN_IDENTITY)))
        return "a part is told apart within its parent";
    return NULL;
}

static const char *step_fault(const struct ledger *l, const struct step *s)
{
    uint64_t dates = 0;

    for (size_t i = 0; i < l->columns_n; i++)
        if (l->columns[i].type == COLUMN_DATE)
            dates |= AT(i);
    return s->key.n == 0 || text_empty(s->label) ? "a step without a name"
           : step_find(l, s->key) != s           ? "a step declared twice"
           : !s->by                              ? "a step that nobody takes"
           : !s->from || beyond(s->from, states_n(l)) || s->to >= states_n(l) ||
                   beyond(s->parent_in, states_n(ledger_parent(l)))
               ? "a step between states that are not"
           : beyond(s->asks, l->columns_n) || members(s->asks) > STEP_ASKS_MAX
               ? "a step that asks too much"
           : s->needs & ~s->asks ? "a step that needs what it does not ask"
           : s->days & ~dates || beyond(s->clears, l->columns_n)
               ? "a step that dates or clears what it cannot"
           : s->due & ~dates || members(s->due) > 1
               ? "a step that is due by no date"
           : (s->by & RELATION_CLOCK) && !s->due
               ? "a step that time never takes"
           : (s->by & RELATION_ASKED) && !ledger_has(l, COLUMN_ASKED)
               ? "a step of nobody who is asked"
               : NULL;
}

/* Its parent, that one's parent, …: of the same feature, seen as much. */
static const char *parent_fault(const struct ledger *l)
{
    const struct ledger *above = l;

    for (int depth = 0; (above = ledger_parent(above)) != NULL; depth++) {
        if (above == l || depth > 8)
            return "a part of itself";
        if (!str_eq(above->feature, l->feature))
            return "a part of another feature";
    }
    above = ledger_parent(l);
    if (above && ledger_has(l, COLUMN_OWNER | COLUMN_PLACE))
        return "a part with an owner or place of its own";
    if (above && l->open && !above->open)
        return "a part that shows more than its parent";
    return NULL;
}

const char *process_fault(const struct ledger *l, struct str *ret_step)
{
    const char *fault = parent_fault(l);

    *ret_step = S("");
    if (!fault && l->steps_n && !states_n(l))
        fault = "steps without states";
    if (!fault && beyond(l->parent_in, states_n(ledger_parent(l))))
        fault = "new only in a state that is not";
    if (!fault && l->imported >= states_n(l) && l->imported)
        fault = "files begin in a state that is not";
    for (size_t i = 0; i < l->steps_n && !fault; i++) {
        *ret_step = l->steps[i].key;
        fault = step_fault(l, &l->steps[i]);
    }
    return fault;
}
