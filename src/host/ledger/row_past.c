/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Backwards through the history of one row. */
#include "host/ledger/row_past.h"

#include "host/ledger/ledger.h"
#include "host/ledger/row.h"

bool row_step(struct scope in, int64_t seq, struct row_step *ret)
{
    struct rows r = tx_query(
        in.tx,
        SQL("SELECT seq, version, previous, batch, type, "
            "step FROM journal_entry WHERE district = ?1 AND seq = ?2"),
        WITH(INT(in.district), INT(seq)));

    if (!rows_next(&r))
        return false;
    *ret = (struct row_step){ rows_int(&r, 0),
                              rows_int(&r, 1),
                              rows_int(&r, 2),
                              rows_int(&r, 3),
                              (enum journal_type)rows_int(&r, 4),
                              rows_text(&r, 5, in.m) };
    rows_end(&r);
    return true;
}

static struct value value_before(struct mem *m, const struct rows *r,
                                 bool is_int)
{
    struct str raw = rows_text(r, 1, m);
    int64_t i;

    if (rows_is_null(r, 1))
        return is_int ? NO_INT : NO_TEXT;
    if (!is_int)
        return STR(raw);
    if (!str_int(raw, &i))
        BUG("a change of the journal that is no number");
    return INT(i);
}

/* Columns that are no longer declared are left out. */
static void take_back(struct scope in, int64_t seq, struct ledger_row *row)
{
    const struct ledger *l = row->ledger;
    struct rows r = tx_query(in.tx,
                             SQL("SELECT field, before FROM journal_change "
                                 "WHERE district = ?1 AND seq = ?2"),
                             WITH(INT(in.district), INT(seq)));

    while (rows_next(&r)) {
        size_t col = ledger_column(l, rows_view(&r, 0));

        if (col != SIZE_MAX) {
            row->values[col] =
                value_before(in.m, &r, column_is_int(&l->columns[col]));
            row->labels[col] = S("");
        } else if (str_eq(rows_view(&r, 0), S("year"))) {
            row->year = (int32_t)value_before(in.m, &r, true).i;
        }
    }
}

void row_step_back(struct scope in, const struct row_step *s,
                   struct ledger_row *row)
{
    row->identity = 0;
    row->admitted = false;
    if (s->type == JOURNAL_UPDATE || s->type == JOURNAL_STEP)
        take_back(in, s->seq, row);
    else
        row->voided = s->type != JOURNAL_VOID;
}

static struct ledger_row *copy_of(struct mem *m, const struct ledger_row *row)
{
    struct ledger_row *copy = NEW(m, struct ledger_row);
    size_t n = row->ledger->columns_n;

    *copy = *row;
    copy->values = NEW_ARRAY(m, struct value, n);
    copy->labels = NEW_ARRAY(m, struct str, n);
    for (size_t i = 0; i < n; i++) {
        copy->values[i] = row->values[i];
        copy->labels[i] = row->labels[i];
    }
    return copy;
}

bool row_at(struct scope in, const struct ledger_row *row, int64_t version,
            struct ledger_row **ret_was)
{
    struct ledger_row *was = copy_of(in.m, row);
    struct row_step s;
    int64_t seq = row->seq;

    while (was->version > version && row_step(in, seq, &s)) {
        row_step_back(in, &s, was);
        was->version = s.version - 1;
        was->seq = seq = s.previous;
    }
    if (was->version != version || version < 1 || tx_err(in.tx) != OK)
        return false;
    row_load_labels(in, was);
    *ret_was = was;
    return true;
}
