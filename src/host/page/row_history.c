/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The story of a row, as this reader may see it: what somebody may not see of
 * a row today, they may not see of its past either.
 */
#include "access/account.h"
#include "base/date.h"
#include "host/ledger/cell.h"
#include "host/ledger/story.h"
#include "host/list/options.h"
#include "host/page/row_view.h"

/* Whose past it is, and who looks. */
struct past {
    const struct ledger *ledger;
    bool stranger;
};

/* What was done; of a step its key, as no declaration names steps yet. */
static struct text what_of(const struct story_event *s)
{
    switch (s->type) {
    case JOURNAL_INSERT:
        return TEXT("新增", "Added");
    case JOURNAL_UPDATE:
        return TEXT("修改", "Changed");
    case JOURNAL_VOID:
        return TEXT("作废", "Voided");
    case JOURNAL_RESTORE:
        return TEXT("恢复", "Restored");
    case JOURNAL_STEP:
        return text_same(s->step);
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
static struct text by_import(struct mem *m, enum journal_type type,
                             int64_t batch)
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
static struct text deed(struct mem *m, const struct story_event *s)
{
    struct text what = what_of(s);
    struct text by;

    if (s->batch == 0)
        return what;
    by = by_import(m, s->type, s->batch);
    return (struct text){
        str_fmt(m, "%.*s（%.*s）", STR_ARG(what.zh), STR_ARG(by.zh)),
        str_fmt(m, "%.*s (%.*s)", STR_ARG(what.en), STR_ARG(by.en)),
    };
}

/* The name that an account has today, and as what it may act. */
static struct str who_of(struct ctx *c, const struct story_event *s)
{
    struct str roles = text_in(role_names(c->m, s->roles), c->lang);

    if (s->name.n == 0)
        return actor_name(c, s->actor);
    if (roles.n == 0)
        return s->name;
    return str_fmt(c->m, c->lang == LANG_ZH ? "%.*s（%.*s）" : "%.*s (%.*s)",
                   STR_ARG(s->name), STR_ARG(roles));
}

static void show_change(struct ctx *c, const struct past *p,
                        const struct story_change *s, struct row_event *e)
{
    size_t at = ledger_column(p->ledger, s->field);
    const struct column *col = at == SIZE_MAX ? NULL : &p->ledger->columns[at];

    if (!may_see(p, col, s->field))
        return;
    if (!col && str_eq(s->field, S("reason"))) { /* of an old entry */
        e->reason = s->after;
        return;
    }
    e->changes[e->changes_n++] = (struct row_change){
        .field = s->field,
        .label = col                           ? col->label
                 : str_eq(s->field, S("year")) ? TEXT("年度", "Year")
                                               : text_same(s->field),
        .before = shown(c, col, s->before),
        .after = shown(c, col, s->after),
    };
}

static struct row_event *show_event(struct ctx *c, const struct past *p,
                                    const struct story_event *s)
{
    struct row_event *e = NEW(c->m, struct row_event);

    e->when = date_moment(c->m, s->at);
    e->what = deed(c->m, s);
    e->place = text_fmt(c->m, "日志第 %lld 条", "Journal entry %lld",
                        (long long)s->seq);
    e->actor = s->actor;
    e->version = s->version;
    if (c->who.account != 0)
        e->who = who_of(c, s);
    if (!p->stranger)
        e->reason = s->reason;
    e->changes = NEW_ARRAY(c->m, struct row_change, s->changes_n);
    for (const struct story_change *i = s->changes; i; i = i->next)
        show_change(c, p, i, e);
    return e;
}

struct row_event *row_history(struct ctx *c, const struct ledger_row *row,
                              size_t most, bool *ret_more)
{
    const struct past p = { row->ledger, row_is_strange(c, row) };
    const struct story_row of = { ledger_name(c->m, row->ledger), row->id };
    struct row_event *first = NULL;
    struct row_event **end = &first;

    for (const struct story_event *s =
             story_read(ctx_scope(c), &of, 1, most, ret_more);
         s; s = s->next) {
        *end = show_event(c, &p, s);
        end = &(*end)->next;
    }
    return first;
}
