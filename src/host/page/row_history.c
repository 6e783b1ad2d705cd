/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The history of a row, walked backwards through the journal. What somebody
 * may not see of a row today, they may not see of its past either.
 */
#include "base/date.h"
#include "host/ledger/cell.h"
#include "host/list/options.h"
#include "host/page/row_view.h"

/* Whose past it is, and who looks. */
struct past {
    const struct ledger *ledger;
    bool stranger;
};

static struct text what_of(int64_t type)
{
    switch (type) {
    case JOURNAL_INSERT:
        return TEXT("新增", "Added");
    case JOURNAL_UPDATE:
        return TEXT("修改", "Changed");
    case JOURNAL_VOID:
        return TEXT("作废", "Voided");
    case JOURNAL_RESTORE:
        return TEXT("恢复", "Restored");
    default:
        return TEXT("变动", "Touched");
    }
}

/* A value of the journal as people read it. */
static struct str shown(struct ctx *c, const struct column *col, struct str raw)
{
    struct str title;
    int64_t id;

    if (!col || raw.n == 0)
        return raw;
    if (col->type == COLUMN_REF && str_int(raw, &id) &&
        list_title(ctx_scope(c), ledger_find(col->ref), id, &title))
        return title;
    return cell_raw_text(c->m, col, raw, c->lang);
}

/* Columns that are no longer declared are not shown to strangers. */
static bool may_see(const struct past *p, const struct column *col,
                    struct str field)
{
    if (!p->stranger)
        return true;
    return col ? list_sight(col, true) == LIST_PLAIN : str_eq(field, S("year"));
}

/* By an import; or, below 0, when it was undone or brought back. */
static struct text by_import(struct mem *m, int64_t type, int64_t batch)
{
    long long n = (long long)(batch < 0 ? -batch : batch);

    if (batch > 0)
        return text_fmt(m, "第 %lld 批导入", "import no. %lld", n);
    if (type == JOURNAL_VOID)
        return text_fmt(m, "撤销第 %lld 批导入", "import no. %lld undone", n);
    if (type == JOURNAL_RESTORE)
        return text_fmt(m, "恢复第 %lld 批导入", "import no. %lld brought back",
                        n);
    return text_fmt(m, "撤销或恢复第 %lld 批导入",
                    "import no. %lld undone or brought back", n);
}

/* What was done, and by which import. */
static struct text deed(struct mem *m, int64_t type, int64_t batch)
{
    struct text what = what_of(type);
    struct text by;

    if (batch == 0)
        return what;
    by = by_import(m, type, batch);
    return (struct text){
        str_fmt(m, "%.*s（%.*s）", STR_ARG(what.zh), STR_ARG(by.zh)),
        str_fmt(m, "%.*s (%.*s)", STR_ARG(what.en), STR_ARG(by.en)),
    };
}

static void read_change(struct ctx *c, const struct past *p,
                        const struct rows *r, struct row_event *e)
{
    struct str field = rows_text(r, 0, c->m);
    size_t at = ledger_column(p->ledger, field);
    const struct column *col = at == SIZE_MAX ? NULL : &p->ledger->columns[at];
    struct row_change *change = &e->changes[e->changes_n];

    if (!may_see(p, col, field))
        return;
    change->field = field;
    change->before = rows_text(r, 1, c->m);
    change->after = rows_text(r, 2, c->m);
    if (str_eq(field, S("reason"))) {
        e->reason = change->after;
        return;
    }
    change->label = col                        ? col->label
                    : str_eq(field, S("year")) ? TEXT("年度", "Year")
                                               : text_same(field);
    change->before = shown(c, col, change->before);
    change->after = shown(c, col, change->after);
    e->changes_n++;
}

static void read_changes(struct ctx *c, const struct past *p, int64_t seq,
                         struct row_event *e)
{
    size_t cap = p->ledger->columns_n + 8;
    struct rows r = tx_query(
        c->tx,
        SQL("SELECT field, before, after FROM journal_change "
            "WHERE district = ?1 AND seq = ?2 ORDER BY field LIMIT ?3"),
        WITH(INT(c->house->district), INT(seq), INT((int64_t)cap)));

    e->changes = NEW_ARRAY(c->m, struct row_change, cap);
    while (rows_next(&r))
        read_change(c, p, &r, e);
}

/* One entry; false when there is none. `seq` becomes that before it. */
static bool read_event(struct ctx *c, const struct past *p, int64_t *seq,
                       struct row_event *e)
{
    struct rows r =
        tx_query(c->tx,
                 SQL("SELECT at, type, previous, actor, batch, version, "
                     "reason FROM journal_entry "
                     "WHERE district = ?1 AND seq = ?2"),
                 WITH(INT(c->house->district), INT(*seq)));
    int64_t here = *seq;

    if (!rows_next(&r))
        return false;
    e->when = date_moment(c->m, rows_int(&r, 0));
    e->what = deed(c->m, rows_int(&r, 1), rows_int(&r, 4));
    e->place =
        text_fmt(c->m, "日志第 %lld 条", "Journal entry %lld", (long long)here);
    e->actor = rows_int(&r, 3);
    e->version = rows_int(&r, 5);
    if (!p->stranger)
        e->reason = rows_text(&r, 6, c->m);
    /* An entry that named a later one would send us round in a circle. */
    *seq = rows_int(&r, 2) < here ? rows_int(&r, 2) : -1;
    rows_end(&r);
    if (c->who.account != 0)
        e->who = actor_name(c, e->actor);
    read_changes(c, p, here, e);
    return true;
}

struct row_event *row_history(struct ctx *c, const struct ledger_row *row,
                              size_t most, bool *ret_more)
{
    struct row_event *first = NULL;
    struct row_event **end = &first;
    const struct past p = { row->ledger, row_is_strange(c, row) };
    int64_t seq = row->seq;

    for (size_t i = 0; i < most && seq >= 0; i++) {
        struct row_event *e = NEW(c->m, struct row_event);

        if (!read_event(c, &p, &seq, e))
            break;
        *end = e;
        end = &e->next;
    }
    *ret_more = seq >= 0;
    return first;
}
