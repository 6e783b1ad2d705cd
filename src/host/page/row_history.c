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

/* The title of a row, asked for once. */
struct titled {
    struct titled *next;
    const struct ledger *ledger;
    int64_t id;
    struct str title;
};

/* Whose past it is, and who looks. */
struct past {
    const struct ledger *ledger;
    const struct part_line *part; /* NULL: of the row itself */
    bool stranger;
    struct titled **titles;
};

/* What was done; of a step that is declared no more its key. */
static struct text what_of(const struct story_event *s, const struct step *step)
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
        return step ? step->label : text_same(s->step);
    default:
        return TEXT("变动", "Touched");
    }
}

/* "": there is none. */
static struct str title_of(struct ctx *c, const struct past *p,
                           const struct ledger *l, int64_t id)
{
    struct titled *t = *p->titles;

    while (t && (t->ledger != l || t->id != id))
        t = t->next;
    if (t)
        return t->title;
    t = NEW(c->m, struct titled);
    *t = (struct titled){ *p->titles, l, id, S("") };
    if (!list_title(ctx_scope(c), l, id, &t->title))
        t->title = S("");
    *p->titles = t;
    return t->title;
}

/* A value of the journal as people read it. */
static struct str shown(struct ctx *c, const struct past *p,
                        const struct column *col, struct str raw)
{
    struct str title;
    int64_t id;

    if (!col || raw.n == 0)
        return raw;
    if (col->type == COLUMN_REF && str_int(raw, &id)) {
        title = title_of(c, p, ledger_find(col->ref), id);
        if (title.n)
            return title;
    }
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

    if (batch > 0 && type == JOURNAL_STEP)
        return text_fmt(m, "第 %lld 批办理", "batch %lld of steps", n);
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
static struct text deed(struct mem *m, const struct story_event *s,
                        const struct step *step)
{
    struct text what = what_of(s, step);
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

    if (!may_see(p, col, s->field) ||
        (p->part && col && column_is(col, COLUMN_PARENT)))
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
        .before = shown(c, p, col, s->before),
        .after = shown(c, p, col, s->after),
    };
}

static struct row_event *show_event(struct ctx *c, const struct past *p,
                                    const struct story_event *s)
{
    struct row_event *e = NEW(c->m, struct row_event);

    e->when = date_moment(c->m, s->at);
    e->step = step_find(p->ledger, s->step);
    e->part = p->part;
    e->what = deed(c->m, s, e->step);
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
    struct titled *titles = NULL;
    const struct past p = { row->ledger, NULL, row_is_strange(c, row),
                            &titles };
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

/* A row with its parts: whose past each is, beside what the journal names. */
struct cast {
    struct past past[STORY_ROWS_MAX];
    struct story_row of[STORY_ROWS_MAX];
    size_t n;
    bool more; /* there was no place for all parts */
};

static void cast_add(struct ctx *c, struct cast *cast,
                     const struct ledger_row *row, const struct past *p)
{
    if (cast->n == STORY_ROWS_MAX) {
        cast->more = true;
        return;
    }
    cast->past[cast->n] = *p;
    cast->of[cast->n++] =
        (struct story_row){ ledger_name(c->m, row->ledger), row->id };
}

static void cast_parts(struct ctx *c, struct cast *cast,
                       const struct part_section *s, struct titled **titles)
{
    for (size_t i = s->lines_n; i > 0; i--) {
        const struct part_line *line = &s->lines[i - 1];

        cast_add(c, cast, line->row,
                 &(struct past){ s->ledger, line, line->stranger, titles });
    }
}

static const struct past *past_of(const struct cast *cast,
                                  const struct story_row *row)
{
    for (size_t i = 0; i < cast->n; i++)
        if (cast->of[i].id == row->id &&
            str_eq(cast->of[i].subject, row->subject))
            return &cast->past[i];
    BUG("the story of %.*s/%lld was not asked for", STR_ARG(row->subject),
        (long long)row->id);
}

struct row_event *row_story(struct ctx *c, const struct row_view *v,
                            bool *ret_more)
{
    struct titled *titles = NULL;
    struct cast *cast = NEW(c->m, struct cast);
    struct row_event *first = NULL;
    struct row_event **end = &first;

    cast_add(c, cast, v->row,
             &(struct past){ v->row->ledger, NULL, row_is_strange(c, v->row),
                             &titles });
    for (size_t i = 0; i < v->sections_n; i++)
        cast_parts(c, cast, &v->sections[i], &titles);
    for (const struct story_event *s =
             story_read(ctx_scope(c), cast->of, cast->n, ROW_HISTORY_MAX,
                        ret_more);
         s; s = s->next) {
        *end = show_event(c, past_of(cast, &s->row), s);
        end = &(*end)->next;
    }
    *ret_more |= cast->more;
    return first;
}
