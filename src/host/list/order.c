/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Everything from ORDER BY on. */
#include "host/list/order.h"

#include "host/ledger/row.h"
#include "host/ledger/table.h"

void question_put_title(struct question *s, const struct column *col)
{
    const struct ledger *to = ledger_find(col->ref);

    put(s, SQL("(SELECT x."));
    compose_name(&s->c, to->columns[ledger_title(to)].key);
    put(s, SQL(" FROM "));
    compose_table(&s->c, to);
    put(s, SQL(" x WHERE x.district = t.district AND x.id = t."));
    compose_name(&s->c, col->key);
    put(s, SQL(")"));
}

/* Choices sort as they are declared, references by title. */
static void put_order(struct question *s, const struct list_query *q)
{
    const struct column *col = &q->ledger->columns[q->sort];

    if (column_is(col, COLUMN_CELL)) { /* what is not kept has no order */
        put(s, SQL("t.id"));
        return;
    }
    if (col->type == COLUMN_REF) {
        question_put_title(s, col);
        return;
    }
    if (col->type == COLUMN_CHOICE)
        put(s, SQL("CASE "));
    compose_value(&s->c, q->ledger, (size_t)q->sort);
    if (col->type != COLUMN_CHOICE)
        return;
    for (size_t i = 0; i < col->choices_n; i++) {
        put(s, SQL(" WHEN "));
        put_new(s, STR(col->choices[i].key));
        put(s, SQL(" THEN "));
        put_new(s, INT((int64_t)i));
    }
    put(s, SQL(" END"));
}

/* Down the list, or from its end up. */
enum way_along { DOWN, UP };

static void put_by_due(struct question *s, const struct list_query *q,
                       enum way_along along)
{
    put(s, SQL("(SELECT d.day FROM due d WHERE d.district = t.district AND "
               "d.subject = "));
    put_new(s, STR(ledger_name(s->asker.in.m, q->ledger)));
    put(s, SQL(" AND d.row_id = t.id AND d.step = "));
    put_new(s, STR(q->can->key));
    put(s, along == UP ? SQL(") DESC, ") : SQL("), "));
}

static void put_sort(struct question *s, const struct list_query *q,
                     enum way_along along)
{
    bool falls = q->desc != (along == UP);

    put(s, SQL(" ORDER BY "));
    if (list_is_by_due(q))
        put_by_due(s, q, along);
    if (q->sort != LIST_BY_ID) {
        put_order(s, q);
        put(s, falls ? SQL(" DESC NULLS LAST, ") : SQL(" NULLS FIRST, "));
        falls = along == UP; /* equal ones as they came */
    }
    put(s, SQL("t.id"));
    if (falls)
        put(s, SQL(" DESC"));
}

/* ---- a page ---- */

/* So many rows after those skipped, along the list. */
struct stretch {
    enum way_along along;
    int64_t skip, most;
    int64_t key; /* beyond this id; 0: from the end on */
};

static struct stretch stretch_of(const struct list_query *q)
{
    int64_t skip = (q->page - 1) * LIST_PAGE_ROWS;
    int64_t behind = q->found - skip - LIST_PAGE_ROWS;

    if (q->after && list_is_by_id(q))
        return (struct stretch){ DOWN, 0, LIST_PAGE_ROWS, q->after };
    if (q->before && list_is_by_id(q))
        return (struct stretch){ UP, 0, LIST_PAGE_ROWS, q->before };
    if (q->found <= skip || behind >= skip)
        return (struct stretch){ DOWN, skip, LIST_PAGE_ROWS, 0 };
    if (behind < 0)
        return (struct stretch){ UP, 0, LIST_PAGE_ROWS + behind, 0 };
    return (struct stretch){ UP, behind, LIST_PAGE_ROWS, 0 };
}

static void put_key(struct question *s, const struct list_query *q,
                    const struct stretch *st)
{
    bool falls = q->desc != (st->along == UP);

    if (!list_is_by_id(q))
        return;
    put(s, falls ? SQL(" AND t.id < ") : SQL(" AND t.id > "));
    put_new(s, INT(st->key ? st->key : falls ? INT64_MAX : 0));
}

static void put_limit(struct question *s, const struct stretch *st)
{
    put(s, SQL(" LIMIT "));
    put_new(s, INT(st->most));
    put(s, SQL(" OFFSET "));
    put_new(s, INT(st->skip));
}

static void put_stretch(struct question *s, const struct list_query *q,
                        const struct stretch *st)
{
    question_put_from(s, q);
    put_key(s, q, st);
    put_sort(s, q, st->along);
    put_limit(s, st);
}

/*
 * Where all must be sorted for a page of them, they are sorted by their ids
 * alone: the engine would fetch every cell of every row first, also what the
 * rows they refer to are called. So it is with what is found from the end.
 */
static void put_page(struct question *s, const struct list_query *q)
{
    struct stretch st = stretch_of(q);

    if (list_is_by_id(q) && st.along == DOWN) {
        put_stretch(s, q, &st);
        return;
    }
    put(s, SQL(" FROM "));
    compose_table(&s->c, q->ledger);
    put(s, SQL(" t WHERE t.district = ?1 AND t.id IN (SELECT t.id"));
    put_stretch(s, q, &st);
    put(s, SQL(")"));
    put_sort(s, q, DOWN);
}

void question_put_rows(struct question *s, const struct list_query *q,
                       bool page)
{
    if (page)
        put_page(s, q);
    else
        put_stretch(s, q, &(struct stretch){ DOWN, 0, INT64_MAX, 0 });
}
