/* SPDX-License-Identifier: MulanPSL-2.0 */
/* States and the steps between them. */
#include "host/ledger/step.h"

#include "host/ledger/ledger.h"

const struct step *step_find(const struct ledger *l, struct str key)
{
    for (size_t i = 0; i < l->steps_n; i++)
        if (str_eq(l->steps[i].key, key))
            return &l->steps[i];
    return NULL;
}

/* A row whose state nobody said is where rows begin. */
size_t row_state_at(const struct ledger_row *row)
{
    size_t col = ledger_role(row->ledger, COLUMN_STATE);
    const struct column *c = &row->ledger->columns[col];

    for (size_t i = 0; i < c->choices_n; i++)
        if (str_eq(c->choices[i].key, row_str(row, col)))
            return i;
    return 0;
}

const struct choice *row_stage(const struct ledger_row *row)
{
    size_t col = ledger_role(row->ledger, COLUMN_STATE);

    return col == SIZE_MAX
               ? NULL
               : &row->ledger->columns[col].choices[row_state_at(row)];
}

bool step_leads_from(const struct step *step, const struct ledger_row *row)
{
    return (step->from & AT(row_state_at(row))) != 0;
}

struct str state_first(const struct ledger *l, bool imported)
{
    const struct column *c = &l->columns[ledger_role(l, COLUMN_STATE)];

    return c->choices[imported ? l->imported : 0].key;
}
