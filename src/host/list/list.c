/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What a reader may see of a ledger. */
#include "host/list/list.h"

enum list_reach list_reach(const struct asker *a, const struct ledger *l)
{
    if (a->roles & ROLE_OFFICER)
        return LIST_ALL;
    return may_add(a, l) ? LIST_OWN : LIST_NONE;
}

enum list_sight list_sight_of_all(const struct list_query *q, size_t column)
{
    return list_sight(&q->ledger->columns[column], q->reach != LIST_ALL);
}

/* What stands for a reference: the title of the row it leads to. */
static const struct column *title_of(const struct column *ref)
{
    const struct ledger *to = ledger_find(ref->ref);

    return &to->columns[ledger_title(to)];
}

enum list_sight list_sight(const struct column *col, bool stranger)
{
    if (!stranger)
        return LIST_PLAIN;
    if (column_is(col, COLUMN_INTERNAL))
        return LIST_HIDDEN;
    if (column_is(col, COLUMN_PERSONAL))
        return LIST_MASKED;
    return col->type == COLUMN_REF ? list_sight(title_of(col), true)
                                   : LIST_PLAIN;
}

enum list_sight list_sight_in(const struct ledger_row *row, size_t column,
                              bool stranger)
{
    const struct column *col = &row->ledger->columns[column];
    enum list_sight sight = list_sight(col, stranger);
    size_t consent = ledger_role(row->ledger, COLUMN_CONSENT);

    return sight == LIST_MASKED && column_is(col, COLUMN_PERSONAL) &&
                   consent != SIZE_MAX && row_has(row, consent)
               ? LIST_PLAIN
               : sight;
}

bool list_is_personal(const struct column *col)
{
    return column_is(col, COLUMN_PERSONAL) ||
           (col->type == COLUMN_REF && list_is_personal(title_of(col)));
}

void list_all(const struct ledger *l, enum lang lang, struct list_query *ret)
{
    *ret = (struct list_query){
        .ledger = l, .lang = lang, .sort = LIST_BY_ID, .page = 1
    };
}

bool list_is_filtered(const struct list_query *q)
{
    for (size_t i = 0; i < q->filters_n; i++)
        if (q->filters[i].on)
            return true;
    return q->folded.n > 0 || q->due != LIST_DUE_ANY || q->can || q->mine;
}

bool list_is_by_due(const struct list_query *q)
{
    return q->can && q->can->due && q->sort == LIST_BY_ID && !q->desc;
}

bool list_is_by_id(const struct list_query *q)
{
    return q->sort == LIST_BY_ID && !list_is_by_due(q);
}
