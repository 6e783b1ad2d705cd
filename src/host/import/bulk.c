/* SPDX-License-Identifier: MulanPSL-2.0 */
/* A step of many rows: each is admitted as if it took it alone. */
#include "host/import/bulk.h"

#include "host/import/batch.h"
#include "host/ledger/admit.h"
#include "host/ledger/row.h"

/* The row as the form for all of them makes it, before the step. */
static void say(const struct bulk *b, struct ledger_row *row)
{
    for (size_t i = 0; b->said && i < row->ledger->columns_n; i++)
        if ((b->step->asks & AT(i)) && row_has(b->said, i)) {
            row->values[i] = b->said->values[i];
            row->labels[i] = b->said->labels[i];
        }
}

static struct admission admission_of(struct asker *asker, const struct bulk *b,
                                     const struct bulk_row *r)
{
    return (struct admission){ .asker = asker,
                               .before = r->now,
                               .step = b->step,
                               .reason = b->reason,
                               .day = b->day };
}

/* What it would become, whatever its form will say. */
static void move(struct asker *asker, const struct bulk *b,
                 struct ledger_row *row)
{
    size_t state = ledger_role(row->ledger, COLUMN_STATE);

    row->values[state] =
        STR(row->ledger->columns[state].choices[b->step->to].key);
    if (b->step->sets)
        b->step->sets(asker->in, b->day, row);
}

static struct text refusal_of(struct asker *asker, const struct bulk *b,
                              struct bulk_row *r)
{
    struct admission a = admission_of(asker, b, r);

    if (!b->said) {
        move(asker, b, r->then);
        return step_refusal(asker, r->now, b->step);
    }
    return row_admit(&a, r->then) == OK ? TEXT("", "") : a.problems[0].reason;
}

static void plan_row(struct asker *asker, const struct bulk *b,
                     struct bulk_row *r)
{
    if (!row_load(asker->in, b->ledger, r->id, &r->now) ||
        !row_load(asker->in, b->ledger, r->id, &r->then)) {
        r->now = NULL;
        r->refusal = TEXT("没有这一条", "there is no such row");
        return;
    }
    say(b, r->then);
    r->refusal = refusal_of(asker, b, r);
}

void bulk_plan(struct asker *asker, struct bulk *b)
{
    if (b->n > BULK_MAX)
        BUG("%zu rows at once", b->n);
    b->takes = 0;
    for (size_t i = 0; i < b->n; i++) {
        plan_row(asker, b, &b->rows[i]);
        b->takes += text_empty(b->rows[i].refusal);
    }
}

void bulk_effect(struct asker *asker, const struct bulk *b, struct effect *e)
{
    for (size_t i = 0; i < b->n; i++)
        if (text_empty(b->rows[i].refusal))
            effect_add(e, asker->in, b->rows[i].now, b->rows[i].then);
}

/* Asked once more: what one row became may be the reason against another. */
static enum err take(struct act *act, struct asker *asker, const struct bulk *b,
                     const struct bulk_row *r)
{
    struct admission a = admission_of(asker, b, r);
    struct ledger_row *row;
    bool changed;
    enum err e;

    if (!row_load(asker->in, b->ledger, r->id, &row))
        return E_STORE;
    say(b, row);
    e = row_admit(&a, row);
    return e == OK ? row_update(act, r->now, row, &changed) : E_INPUT;
}

enum err bulk_apply(struct act *act, struct asker *asker, struct bulk *b,
                    struct str name)
{
    struct batch batch = { .file = name, .step = b->step->key };
    enum err e = OK;

    bulk_plan(asker, b);
    if (b->takes == 0)
        return tx_err(act->tx) != OK ? tx_err(act->tx) : E_INPUT;
    batch_begin(act);
    tally_book_open(act, act->m);
    for (size_t i = 0; i < b->n && e == OK; i++)
        if (text_empty(b->rows[i].refusal))
            e = take(act, asker, b, &b->rows[i]);
    tally_book_close(act);
    batch.count[IMPORT_CHANGED] = b->takes;
    if (e == OK)
        batch_keep(act, &batch);
    return tx_err(act->tx) != OK ? tx_err(act->tx) : e;
}
