/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * New rows and changed rows. Whatever is wrong with what somebody typed,
 * the answer is the same form with all of it still there: fields that cannot
 * be read, a row that exists already, a unit that is not theirs, a field that
 * somebody else changed in between.
 */
#include "base/date.h"
#include "base/utf8.h"
#include "base/year.h"
#include "host/desk/draft.h"
#include "host/ledger/admit.h"
#include "host/ledger/cell.h"
#include "host/ledger/ref.h"
#include "host/ledger/row.h"
#include "host/ledger/row_past.h"
#include "host/ledger/year_shown.h"
#include "host/page/ledger_routes.h"
#include "host/page/list_view.h"
#include "host/page/row_form_view.h"

#include "host/page/views/row_form.h"

enum { TEXT_MOST = 200, LINES_MOST = 4000 };

/* What is being filled in. */
struct row_draft {
    struct ctx *c;
    struct asker asker;
    const struct ledger *ledger;
    const struct ledger_row *before; /* as it stands; NULL: a new row */
    const struct ledger_row *base;   /* as the form showed it; NULL: unknown */
    struct ledger_row *row;          /* what was typed, read */
    int32_t said_year;               /* 0: none was typed */
    struct row_form form;
};

/* ---- the empty form ---- */

/* May who asks not write it? A new row has neither owner nor decision yet. */
static bool is_fixed(struct row_draft *d, const struct column *col)
{
    size_t i = (size_t)(col - d->ledger->columns);

    if (d->before)
        return !may_write(&d->asker, d->before, i);
    return column_is_decided(col) &&
           !may_decide(&d->asker, ledger_row_new(d->c->m, d->ledger));
}

static struct text fixed_hint(const struct column *col)
{
    return col && column_is_decided(col)
               ? TEXT("由区级管理员填写", "filled in by a district officer")
               : TEXT("已有评定，由区级管理员修改",
                      "judged already; a district officer can change it");
}

static struct text hint_of(const struct column *col)
{
    if (!text_empty(col->hint))
        return col->hint;
    if (!text_empty(unit_hint(col)))
        return unit_hint(col);
    if (col->type == COLUMN_DATE)
        return TEXT("例如 2024-11-07，也可写 20241107",
                    "such as 2024-11-07 or 20241107");
    if (col->type == COLUMN_MARK)
        return TEXT("至多两位小数，例如 94.8",
                    "at most two decimals, such as 94.8");
    return TEXT("", "");
}

static int64_t most_of(const struct column *col)
{
    if (col->type == COLUMN_TEXT)
        return col->max ? col->max : TEXT_MOST;
    if (col->type == COLUMN_LINES)
        return col->max ? col->max : LINES_MOST;
    return 0;
}

static void add_field(struct row_draft *d, const struct column *col)
{
    struct row_field *f = &d->form.fields[d->form.fields_n++];
    bool fixed = is_fixed(d, col);

    *f = (struct row_field){
        .column = col,
        .name = col->key,
        .label = col->label,
        .hint = fixed ? fixed_hint(col) : hint_of(col),
        .optional = !fixed && !column_is(col, COLUMN_REQUIRED),
        .fixed = fixed,
        .value = S(""),
        .most = most_of(col),
    };
}

static void add_year(struct row_draft *d)
{
    bool fixed = d->before && !may_settle(&d->asker, d->before);

    d->form.fields[d->form.fields_n++] = (struct row_field){
        .name = S("year"),
        .label = TEXT("年度", "Year"),
        .hint = fixed ? fixed_hint(NULL) : TEXT("", ""),
        .fixed = fixed,
        .most = 4,
    };
}

static void make_form(struct row_draft *d)
{
    const struct ledger *l = d->ledger;
    struct row_form *form = &d->form;

    form->ledger = l;
    form->fields = NEW_ARRAY(d->c->m, struct row_field, l->columns_n + 1);
    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is_asked(&l->columns[i]))
            add_field(d, &l->columns[i]);
    if (ledger_asks_year(l))
        add_year(d);
    form->version = d->before ? d->before->version : 0;
    form->back = d->before ? row_path(d->c->m, l, d->before->id)
                           : ledger_path(d->c->m, l);
    form->action = str_fmt(d->c->m, "%.*s/%s", STR_ARG(form->back),
                           d->before ? "edit" : "new");
}

/* The value that the row has, as the field shows it. */
static struct str value_of(struct row_draft *d, const struct row_field *f,
                           const struct ledger_row *row)
{
    size_t i;

    if (!f->column)
        return str_fmt(d->c->m, "%d", row->year);
    i = (size_t)(f->column - d->ledger->columns);
    return cell_field(d->c->m, f->column, &row->values[i], row->labels[i]);
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

/* What was typed, as people read it: a choice was sent as its key. */
static struct str readable(struct row_draft *d, const struct row_field *f,
                           struct str typed)
{
    const struct choice *o = f->column ? choice_find(f->column, typed) : NULL;

    return o ? text_in(o->label, d->c->lang) : typed;
}

static void describe(struct mem *m, struct row_field *f)
{
    bool hint = !text_empty(f->hint);
    bool error = !text_empty(f->error);

    if (hint && error)
        f->described =
            str_fmt(m, "%.*s-h %.*s-e", STR_ARG(f->name), STR_ARG(f->name));
    else if (hint || error)
        f->described =
            str_fmt(m, "%.*s-%s", STR_ARG(f->name), hint ? "h" : "e");
}

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

static enum err send_form(struct row_draft *d, int status)
{
    struct ctx *c = d->c;
    struct page p = { .feature = d->ledger->feature,
                      .status = status,
                      .wrong = status != 200 };

    list_crumbs(c, d->ledger, p.crumbs);
    if (d->before)
        p.crumbs[2] =
            (struct crumb){ text_same(row_name(c, d->before)), d->form.back };
    for (size_t i = 0; i < d->form.fields_n; i++) {
        struct row_field *f = &d->form.fields[i];

        if (f->fixed)
            f->value =
                d->before ? readable(d, f, value_of(d, f, d->before)) : S("");
        describe(c->m, f);
        if (f->column && f->column->type == COLUMN_REF)
            f->options = list_options(ctx_scope(c), f->column, 0);
    }
    p.title = d->form.title = row_form_title(c, d->ledger, d->before);
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
    may = row ? may_change(&d->asker, row) : may_add(&d->asker, d->ledger);
    if (!may)
        return row_deny(c, d->ledger, row);
    if (row && row->voided)
        return refuse(c, E_CLASH,
                      TEXT("这条记录已作废，请先恢复再修改",
                           "This row is voided; restore it first"));
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
        d.form.fields[i].value = value_of(&d, &d.form.fields[i], d.before);
    row_note(c, d.before, "edit");
    return send_form(&d, 200);
}

/* ---- reading what was typed ---- */

static void blame(struct row_draft *d, struct row_field *f, struct text reason)
{
    if (!text_empty(f->error))
        return;
    f->error = reason;
    d->form.wrong++;
}

static struct row_field *field_of(struct row_draft *d, const struct column *col)
{
    for (size_t i = 0; i < d->form.fields_n; i++)
        if (d->form.fields[i].column == col)
            return &d->form.fields[i];
    BUG("column %.*s has no field", STR_ARG(col->key));
}

/* Column `i` as it is in `from`. */
static void take_column(struct row_draft *d, size_t i,
                        const struct ledger_row *from)
{
    d->row->values[i] = from->values[i];
    d->row->labels[i] = from->labels[i];
}

/*
 * A reference that was not touched stays, even if its row was voided or now
 * shares its name with another.
 */
static bool is_untouched(struct row_draft *d, size_t i, struct str typed,
                         const struct ledger_row *shown)
{
    return shown && row_has(shown, i) &&
           str_eq(utf8_fold(d->c->m, typed),
                  utf8_fold(d->c->m, shown->labels[i]));
}

static enum err read_ref(struct row_draft *d, struct ref_book *refs, size_t i,
                         struct row_field *f)
{
    struct text reason;
    struct ref found;
    enum err e;

    if (f->value.n == 0)
        return OK;
    if (is_untouched(d, i, f->value, d->base)) {
        take_column(d, i, d->base);
        return OK;
    }
    if (is_untouched(d, i, f->value, d->before)) {
        take_column(d, i, d->before);
        return OK;
    }
    e = ref_find(refs, f->column, f->value, &found, &reason);
    if (e == OK) {
        d->row->values[i] = INT(found.id);
        d->row->labels[i] = found.label;
    } else {
        blame(d, f, reason);
    }
    return e;
}

static void read_year(struct row_draft *d, struct row_field *f)
{
    d->said_year = d->row->year = year_read(f->value);
    if (!d->said_year)
        blame(d, f,
              TEXT("应为四位数的年份，例如 2024",
                   "must be a year, such as 2024"));
}

/* A field as it is in `from`. */
static void take_field(struct row_draft *d, struct row_field *f,
                       const struct ledger_row *from)
{
    f->value = value_of(d, f, from);
    f->error = TEXT("", "");
    if (f->column)
        take_column(d, (size_t)(f->column - d->ledger->columns), from);
    else
        d->said_year = d->row->year = from->year;
}

/* Of two values somebody chose the one that was saved, as it was shown. */
static bool is_given_up(struct row_draft *d, const struct row_field *f)
{
    return d->before &&
           ctx_field(d->c, str_fmt(d->c->m, "take-%.*s", STR_ARG(f->name))).n;
}

/* What is computed is nobody's to type. */
static void refuse_derived(struct row_draft *d)
{
    const struct ledger *l = d->ledger;
    struct mem *m = d->c->m;

    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *col = &l->columns[i];

        if (column_is_asked(col) || !form_value(&d->c->form, col->key).p)
            continue;
        blame(d, field_of(d, &l->columns[ledger_title(l)]),
              (struct text){
                  str_fmt(m, "“%.*s”由系统计算，不能填写",
                          STR_ARG(col->label.zh)),
                  str_fmt(m, "\"%.*s\" is computed and cannot be filled in",
                          STR_ARG(col->label.en)),
              });
    }
}

static void read_fields(struct row_draft *d)
{
    struct ctx *c = d->c;
    struct ref_book *refs = ref_book_new(ctx_scope(c));

    d->row = ledger_row_new(c->m, d->ledger);
    refuse_derived(d);
    for (size_t n = 0; n < d->form.fields_n; n++) {
        struct row_field *f = &d->form.fields[n];
        struct text reason;
        size_t i;

        if (f->fixed && !form_value(&c->form, f->name).p) {
            if (d->before) /* the form did not ask for it */
                take_field(d, f, d->before);
            continue;
        }
        if (is_given_up(d, f)) {
            take_field(d, f, d->base ? d->base : d->before);
            continue;
        }
        f->value = ctx_field(c, f->name);
        if (!f->column) {
            read_year(d, f);
            continue;
        }
        i = (size_t)(f->column - d->ledger->columns);
        if (f->column->type == COLUMN_REF)
            (void)read_ref(d, refs, i, f);
        else if (cell_read(c->m, f->column, f->value, &d->row->values[i],
                           &reason) != OK)
            blame(d, f, reason);
    }
}

/* Where the form says what is wrong with a column. */
static struct row_field *field_to_blame(struct row_draft *d, size_t column)
{
    for (size_t i = 0; i < d->form.fields_n; i++) {
        const struct column *of = d->form.fields[i].column;

        if (of ? column != SIZE_MAX && of == &d->ledger->columns[column]
               : column == SIZE_MAX) /* the year */
            return &d->form.fields[i];
    }
    return field_of(d, &d->ledger->columns[ledger_title(d->ledger)]);
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
        blame(d, field_to_blame(d, a.problems[i].column), a.problems[i].reason);
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
        .mine = readable(d, f, f->value),
        .theirs = readable(d, f, value_of(d, f, d->before)),
        .by = changed_by(events, f),
    };
    if (d->base && !wrong && is_equal(f, d->row, d->base)) {
        take_field(d, f, d->before);
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
    read_fields(d);
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
