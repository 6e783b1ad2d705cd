/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * New rows and changed rows. Whatever is wrong with what somebody typed,
 * the answer is the same form with all of it still there: fields that cannot
 * be read, a row that exists already, a unit that is not theirs, a field that
 * somebody else changed in between.
 */
#include "base/date.h"
#include "base/year.h"
#include "host/desk/draft.h"
#include "host/ledger/part.h"
#include "host/ledger/row_past.h"
#include "host/ledger/year_shown.h"
#include "host/page/ledger_routes.h"
#include "host/page/list_view.h"
#include "host/page/row_draft.h"

#include "host/page/views/row_form.h"

/* ---- the empty form ---- */

static void make_form(struct row_draft *d)
{
    struct mem *m = d->c->m;
    const struct ledger *l = d->ledger;
    struct row_form *form = &d->form;

    row_draft_fields(d);
    form->version = d->before ? d->before->version : 0;
    if (d->parent) {
        form->back = row_path(m, d->parent->ledger, d->parent->id);
        form->action =
            str_fmt(m, "%.*s/%.*s/new", STR_ARG(form->back), STR_ARG(l->noun));
        return;
    }
    form->back = d->before ? row_path(m, l, d->before->id) : ledger_path(m, l);
    form->action =
        str_fmt(m, "%.*s/%s", STR_ARG(form->back), d->before ? "edit" : "new");
}

/* A new row begins in the unit of its editor and in the year at hand. */
static void preset(struct row_draft *d)
{
    struct str unit;

    for (size_t i = 0; i < d->form.fields_n; i++) {
        struct row_field *f = &d->form.fields[i];

        if (!f->column)
            f->value = str_fmt(d->c->m, "%d", d->c->year);
        else if (column_is(f->column, COLUMN_OWNER) && d->c->who.org &&
                 list_title(ctx_scope(d->c), ledger_find(f->column->ref),
                            d->c->who.org, &unit))
            f->value = unit;
    }
}

/* ---- answering ---- */

struct text row_form_title(struct ctx *c, const struct ledger *l,
                           const struct ledger_row *row)
{
    struct str name = row ? row_name(c, row) : S("");

    if (row)
        return text_fmt(c->m, "修改：%.*s", "Edit: %.*s", STR_ARG(name));
    return (struct text){
        str_fmt(c->m, "新增：%.*s", STR_ARG(l->label.zh)),
        str_fmt(c->m, "Add to: %.*s", STR_ARG(l->label.en)),
    };
}

static struct text title_of(struct row_draft *d)
{
    struct text title = row_form_title(d->c, d->ledger, d->before);
    struct str of;

    if (!d->parent)
        return title;
    of = row_name(d->c, d->parent);
    return (struct text){
        str_fmt(d->c->m, "%.*s（%.*s）", STR_ARG(title.zh), STR_ARG(of)),
        str_fmt(d->c->m, "%.*s (%.*s)", STR_ARG(title.en), STR_ARG(of)),
    };
}

static enum err send_form(struct row_draft *d, int status)
{
    struct ctx *c = d->c;
    struct page p = { .feature = d->ledger->feature,
                      .status = status,
                      .wrong = status != 200 };

    if (d->before)
        row_crumbs(c, d->before, true, p.crumbs);
    else if (d->parent)
        row_crumbs(c, d->parent, true, p.crumbs);
    else
        list_crumbs(c, d->ledger, p.crumbs);
    row_draft_show(d);
    p.title = d->form.title = title_of(d);
    d->form.once = page_once(c);
    d->form.draft = draft_key(c);
    d->form.dirty = p.wrong;
    view_row_form(page_body(c), &d->form);
    return page_send(c, &p);
}

/* The ledger, and the row when there is an id in the path. */
static enum err begin(struct ctx *c, bool old, struct row_draft *d)
{
    struct ledger_row *row = NULL;
    bool may;
    enum err e;

    *d = (struct row_draft){ .c = c, .asker = ctx_asker(c) };
    e = list_ledger(c, &d->ledger);
    if (e == OK && old)
        e = row_of_path(c, d->ledger, &row);
    if (e != OK)
        return e;
    d->before = row;
    may = row ? may_edit(&d->asker, row) : may_add(&d->asker, d->ledger);
    if (!may)
        return row_deny(c, d->ledger, row);
    if (row && row->voided)
        return refuse(c, E_CLASH,
                      TEXT("这条记录已作废，请先恢复再修改",
                           "This row is voided; restore it first"));
    make_form(d);
    return OK;
}

static struct text not_now(void)
{
    return TEXT("办理到现在这一步，单位不再增加；确需增加请联系区级管理员",
                "nothing is added by the unit at this stage; ask a district "
                "officer if it has to be");
}

/* The row of the path, and the ledger of its parts whose noun follows. */
static enum err begin_part(struct ctx *c, struct row_draft *d)
{
    struct ledger_row *row;
    const struct ledger *of;
    enum err e;

    *d = (struct row_draft){ .c = c, .asker = ctx_asker(c) };
    e = list_ledger(c, &of);
    if (e == OK)
        e = row_of_path(c, of, &row);
    if (e != OK)
        return e;
    d->ledger = ledger_find_noun(of->feature, c->params[3]);
    if (!d->ledger || ledger_parent(d->ledger) != of)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个页面。请从记录的页面进入",
                           "There is no such page. Start from the row"));
    d->parent = row;
    if (!may_change(&d->asker, part_new(ctx_scope(c), d->ledger, row)))
        return row_deny(c, of, row);
    if (!row_stands(row))
        return refuse(c, E_CLASH,
                      TEXT("这条记录已作废，请先恢复再增加",
                           "This row is voided; restore it first"));
    if (!may_add_under(&d->asker, d->ledger, row))
        return refuse(c, E_DENIED, not_now());
    make_form(d);
    return OK;
}

enum err new_row(struct ctx *c)
{
    struct row_draft d;
    enum err e = begin(c, false, &d);

    if (e != OK)
        return e;
    preset(&d);
    return send_form(&d, 200);
}

enum err edit_row(struct ctx *c)
{
    struct row_draft d;
    enum err e = begin(c, true, &d);

    if (e != OK)
        return e;
    for (size_t i = 0; i < d.form.fields_n; i++)
        d.form.fields[i].value =
            row_draft_value(&d, &d.form.fields[i], d.before);
    row_note(c, d.before, "edit");
    return send_form(&d, 200);
}

/* Where the form says what is wrong with a column. */
static struct row_field *field_to_blame(struct row_draft *d, size_t column)
{
    struct row_field *f = row_draft_find(d, column);

    return f ? f : row_draft_find(d, ledger_title(d->ledger));
}

/*
 * A year around today's and the one on show is nothing to ask about; where
 * nothing is kept yet, nor is one long past.
 */
static struct year_span likely_years(const struct ctx *c)
{
    int32_t today = date_year(date_of(c->now));
    int32_t shown = c->year_usual;

    if (!year_newest(ctx_scope(c), today))
        return (struct year_span){ YEAR_FIRST, today + 1 };
    return shown < today ? (struct year_span){ shown - 1, today + 1 }
                         : (struct year_span){ today - 1, shown + 1 };
}

/* Is the box ticked that says a row is not this one? */
static bool said_another(struct row_draft *d, const struct ledger_row *like)
{
    int64_t id;

    return like && str_int(ctx_field(d->c, S("another")), &id) &&
           id == like->id;
}

/* Sent again with a box ticked: the same year, or not the row asked about. */
static enum err ask(struct row_draft *d, struct admission *a)
{
    enum err e = row_admit(a, d->row);

    if (a->unlikely && year_read(ctx_field(d->c, S("sure"))) == a->unlikely) {
        a->likely = (struct year_span){ 0, 0 };
        e = row_admit(a, d->row);
    }
    if (said_another(d, a->like)) {
        a->said_new = true;
        e = row_admit(a, d->row);
    }
    d->form.unlikely = a->unlikely;
    if (a->like) {
        d->form.like = a->like->id;
        d->form.like_link = row_path(d->c->m, d->ledger, a->like->id);
    }
    return e;
}

/* The fields that could be read are asked even when others could not. */
static enum err admit(struct row_draft *d)
{
    struct admission a = { .asker = &d->asker,
                           .before = d->before,
                           .said_year = d->said_year,
                           .usual_year = d->c->year,
                           .likely = likely_years(d->c) };
    enum err e = ask(d, &a);

    for (size_t i = 0; i < a.problems_n; i++)
        row_draft_blame(d, field_to_blame(d, a.problems[i].column),
                        a.problems[i].reason);
    return d->form.wrong > 0 && e == OK ? E_INPUT : e;
}

/* ---- what somebody else saved meanwhile ---- */

static bool is_equal(const struct row_field *f, const struct ledger_row *a,
                     const struct ledger_row *b)
{
    size_t i;

    if (!f->column)
        return a->year == b->year;
    i = (size_t)(f->column - a->ledger->columns);
    return value_eq(&a->values[i], &b->values[i]);
}

/* The newest entry that changed the field; NULL: none of these. */
static const struct row_event *changed_by(const struct row_event *events,
                                          const struct row_field *f)
{
    for (; events; events = events->next)
        for (size_t i = 0; i < events->changes_n; i++)
            if (str_eq(events->changes[i].field, f->name))
                return events;
    return NULL;
}

/*
 * Who did not touch a field takes what the other saved; who did, and the
 * other did too, is asked. Where nobody knows what the form showed, every
 * difference is a question.
 */
static void merge_field(struct row_draft *d, struct row_field *f,
                        const struct row_event *events)
{
    struct row_rival *rival = &d->form.rivals[d->form.rivals_n];
    bool wrong = !text_empty(f->error);

    if ((d->base && is_equal(f, d->base, d->before)) ||
        (!wrong && is_equal(f, d->row, d->before)))
        return;
    d->form.rivals_n++;
    *rival = (struct row_rival){
        .label = f->label,
        .mine = row_draft_readable(d, f, f->value),
        .theirs = row_draft_readable(d, f, row_draft_value(d, f, d->before)),
        .by = changed_by(events, f),
    };
    if (d->base && !wrong && is_equal(f, d->row, d->base)) {
        row_draft_take(d, f, d->before);
        return;
    }
    rival->open = true;
    f->rival = rival;
    d->form.open_n++;
}

static void merge(struct row_draft *d)
{
    size_t n = d->form.fields_n;
    const struct row_event *events;
    bool more;

    if (!d->before || (d->base && d->base->version == d->before->version))
        return;
    events = row_history(d->c, d->before, ROW_HISTORY_MAX, &more);
    d->form.rivals = NEW_ARRAY(d->c->m, struct row_rival, n);
    for (size_t i = 0; i < n; i++)
        merge_field(d, &d->form.fields[i], events);
}

/* The row as the form showed it, by the version that came with it. */
static void find_base(struct row_draft *d)
{
    struct ledger_row *base;
    int64_t version;

    if (d->before && str_int(ctx_field(d->c, S("version")), &version) &&
        row_at(ctx_scope(d->c), d->before, version, &base))
        d->base = base;
}

/* ---- keeping it ---- */

/* The row that has this identity already. */
static enum err send_twin(struct row_draft *d)
{
    struct ctx *c = d->c;
    struct scope in = ctx_scope(c);
    int64_t id = row_find(in, d->row);
    struct ledger_row *twin;

    if (!id || !row_load(in, d->ledger, id, &twin))
        return refuse(c, E_CLASH,
                      TEXT("这条记录刚刚变了，请返回刷新后再试",
                           "The row changed just now; go back, reload and "
                           "try again"));
    d->form.twin = row_name(c, twin);
    if (twin->voided)
        d->form.twin = str_fmt(c->m, "%.*s%s", STR_ARG(d->form.twin),
                               c->lang == LANG_EN ? " (voided)" : "（已作废）");
    d->form.twin_link = row_path(c->m, d->ledger, id);
    return send_form(d, 409);
}

static int status_of(enum err e)
{
    return e == E_DENIED ? 403 : 422;
}

/* To the row; with the version since which others' changes were kept along. */
static enum err see_row(struct row_draft *d)
{
    const struct ledger_row *row = d->before ? d->before : d->row;
    struct str path = row_path(d->c->m, d->ledger, row->id);

    announce_saved(d->c);
    if (d->parent)
        return row_see_part(d->c, row);
    if (d->form.rivals_n > 0)
        return see_other(d->c, "%.*s?since=%lld", STR_ARG(path),
                         (long long)d->base->version);
    return see_other(d->c, "%.*s", STR_ARG(path));
}

static enum err keep(struct row_draft *d)
{
    bool changed;
    enum err e;

    find_base(d);
    row_draft_read(d);
    merge(d);
    e = admit(d);
    if (d->form.open_n > 0)
        return send_form(d, 409);
    if (e != OK)
        return send_form(d, status_of(e));
    e = d->before ? row_update(d->c->act, d->before, d->row, &changed)
                  : row_insert(d->c->act, d->row);
    if (e == E_CLASH)
        return send_twin(d);
    return e == OK ? see_row(d) : e;
}

enum err post_new_row(struct ctx *c)
{
    struct row_draft d;
    enum err e;

    if (draft_asked(c))
        return draft_keep(c);
    e = begin(c, false, &d);
    return e == OK ? keep(&d) : e;
}

enum err post_edit_row(struct ctx *c)
{
    struct row_draft d;
    enum err e;

    if (draft_asked(c))
        return draft_keep(c);
    e = begin(c, true, &d);
    return e == OK ? keep(&d) : e;
}

enum err new_part(struct ctx *c)
{
    struct row_draft d;
    enum err e = begin_part(c, &d);

    if (e != OK)
        return e;
    preset(&d);
    return send_form(&d, 200);
}

enum err post_new_part(struct ctx *c)
{
    struct row_draft d;
    enum err e;

    if (draft_asked(c))
        return draft_keep(c);
    e = begin_part(c, &d);
    return e == OK ? keep(&d) : e;
}
