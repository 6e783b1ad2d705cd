/* SPDX-License-Identifier: MulanPSL-2.0 */
/* The fields of a row's forms, and reading what was typed into them. */
#include "host/page/row_draft.h"

#include "base/utf8.h"
#include "base/year.h"
#include "host/ledger/cell.h"
#include "host/ledger/part.h"
#include "host/ledger/ref.h"

enum { TEXT_MOST = 200, LINES_MOST = 4000 };

/* ---- fields ---- */

/* May who asks not write it? A new row has neither owner nor decision yet. */
static bool is_fixed(struct row_draft *d, const struct column *col)
{
    size_t i = (size_t)(col - d->ledger->columns);

    if (d->step)
        return false;
    if (column_is(col, COLUMN_PARENT))
        return d->before || d->parent;
    if (d->before)
        return !may_write(&d->asker, d->before, i);
    return column_is_decided(col) &&
           !may_decide(&d->asker, ledger_row_new(d->c->m, d->ledger));
}

/* Why; a year has no column. */
static struct text fixed_hint(struct row_draft *d, const struct column *col)
{
    if (col && column_is(col, COLUMN_PARENT))
        return d->before ? TEXT("不能改到另一条之下",
                                "stays with the one it is a part of")
                         : TEXT("", "");
    if (col && column_is_decided(col))
        return TEXT("由区级管理员填写", "filled in by a district officer");
    if (col && d->before && d->ledger->steps_n && !row_is_decided(d->before))
        return step_keeps(d->before, (size_t)(col - d->ledger->columns));
    return TEXT("已有评定，由区级管理员修改",
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

static bool is_needed(const struct row_draft *d, const struct column *col)
{
    return column_is(col, COLUMN_REQUIRED) ||
           (d->step && (d->step->needs & AT(col - d->ledger->columns)));
}

static void add_field(struct row_draft *d, const struct column *col)
{
    struct row_field *f = &d->form.fields[d->form.fields_n++];
    bool fixed = is_fixed(d, col);

    *f = (struct row_field){
        .column = col,
        .name = col->key,
        .label = col->label,
        .hint = fixed ? fixed_hint(d, col) : hint_of(col),
        .optional = !fixed && !is_needed(d, col),
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
        .hint = fixed ? fixed_hint(d, NULL) : TEXT("", ""),
        .fixed = fixed,
        .most = 4,
    };
}

static bool is_field(const struct row_draft *d, size_t i)
{
    const struct column *col = &d->ledger->columns[i];

    if (d->step)
        return (d->step->asks & AT(i)) != 0;
    return column_is_asked(col) && (d->before || col->by != RELATION_STEP);
}

void row_draft_fields(struct row_draft *d)
{
    const struct ledger *l = d->ledger;

    d->form.ledger = l;
    d->form.fields = NEW_ARRAY(d->c->m, struct row_field, l->columns_n + 1);
    for (size_t i = 0; i < l->columns_n; i++)
        if (is_field(d, i))
            add_field(d, &l->columns[i]);
    if (!d->step && ledger_asks_year(l))
        add_year(d);
}

/* The value that the row has, as the field shows it. */
struct str row_draft_value(struct row_draft *d, const struct row_field *f,
                           const struct ledger_row *row)
{
    size_t i;

    if (!f->column)
        return str_fmt(d->c->m, "%d", row->year);
    i = (size_t)(f->column - d->ledger->columns);
    return cell_field(d->c->m, f->column, &row->values[i], row->labels[i]);
}

struct str row_draft_readable(struct row_draft *d, const struct row_field *f,
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

/* What a fixed field shows. */
static struct str fixed_value(struct row_draft *d, const struct row_field *f)
{
    if (d->before)
        return row_draft_readable(d, f, row_draft_value(d, f, d->before));
    if (d->parent && f->column && column_is(f->column, COLUMN_PARENT))
        return row_title(d->parent);
    return S("");
}

void row_draft_show(struct row_draft *d)
{
    struct ctx *c = d->c;

    for (size_t i = 0; i < d->form.fields_n; i++) {
        struct row_field *f = &d->form.fields[i];

        if (f->fixed)
            f->value = fixed_value(d, f);
        describe(c->m, f);
        if (!f->fixed && f->column && f->column->type == COLUMN_REF)
            f->options = list_options(ctx_scope(c), f->column, 0);
    }
}

/* ---- reading what was typed ---- */

void row_draft_blame(struct row_draft *d, struct row_field *f,
                     struct text reason)
{
    if (!text_empty(f->error))
        return;
    f->error = reason;
    d->form.wrong++;
}

struct row_field *row_draft_find(struct row_draft *d, size_t column)
{
    for (size_t i = 0; i < d->form.fields_n; i++) {
        const struct column *of = d->form.fields[i].column;

        if (of ? column != SIZE_MAX && of == &d->ledger->columns[column]
               : column == SIZE_MAX) /* the year */
            return &d->form.fields[i];
    }
    return NULL;
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

static void read_ref(struct row_draft *d, struct ref_book *refs, size_t i,
                     struct row_field *f)
{
    struct text reason;
    struct ref found;

    d->row->values[i] = NO_INT;
    d->row->labels[i] = S("");
    if (f->value.n == 0)
        return;
    if (is_untouched(d, i, f->value, d->base)) {
        take_column(d, i, d->base);
    } else if (is_untouched(d, i, f->value, d->before)) {
        take_column(d, i, d->before);
    } else if (ref_find(refs, f->column, f->value, &found, &reason) == OK) {
        d->row->values[i] = INT(found.id);
        d->row->labels[i] = found.label;
    } else {
        row_draft_blame(d, f, reason);
    }
}

static void read_year(struct row_draft *d, struct row_field *f)
{
    d->said_year = d->row->year = year_read(f->value);
    if (!d->said_year)
        row_draft_blame(d, f,
                        TEXT("应为四位数的年份，例如 2024",
                             "must be a year, such as 2024"));
}

/* A field as it is in `from`. */
void row_draft_take(struct row_draft *d, struct row_field *f,
                    const struct ledger_row *from)
{
    f->value = row_draft_value(d, f, from);
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

static struct text not_typed(struct mem *m, const struct column *col)
{
    struct text of = col->label;

    if (!column_is_asked(col))
        return (struct text){
            str_fmt(m, "“%.*s”由系统计算，不能填写", STR_ARG(of.zh)),
            str_fmt(m, "\"%.*s\" is computed and cannot be filled in",
                    STR_ARG(of.en)),
        };
    return (struct text){
        str_fmt(m, "“%.*s”在办理时填写，新增时不填", STR_ARG(of.zh)),
        str_fmt(m, "\"%.*s\" is filled in by a step, not in a new row",
                STR_ARG(of.en)),
    };
}

/* Where the form says what is wrong with none of its fields. */
static struct row_field *foremost(struct row_draft *d)
{
    struct row_field *title = row_draft_find(d, ledger_title(d->ledger));

    return title ? title : &d->form.fields[0]; /* a title may be computed */
}

/* What is computed is nobody's to type, and what steps write not yet. */
static void refuse_unasked(struct row_draft *d)
{
    const struct ledger *l = d->ledger;

    for (size_t i = 0; i < l->columns_n; i++)
        if (!is_field(d, i) && form_value(&d->c->form, l->columns[i].key).p)
            row_draft_blame(d, foremost(d), not_typed(d->c->m, &l->columns[i]));
}

struct ledger_row *row_draft_copy(struct row_draft *d)
{
    size_t n = d->ledger->columns_n;
    struct ledger_row *row = NEW(d->c->m, struct ledger_row);

    *row = *d->before;
    row->values = NEW_ARRAY(d->c->m, struct value, n);
    row->labels = NEW_ARRAY(d->c->m, struct str, n);
    for (size_t i = 0; i < n; i++) {
        row->values[i] = d->before->values[i];
        row->labels[i] = d->before->labels[i];
    }
    return row;
}

/* Under its parent; of a step, as the row stands. */
static void begin_row(struct row_draft *d)
{
    if (d->step)
        d->row = row_draft_copy(d);
    else if (d->parent)
        d->row = part_new(ctx_scope(d->c), d->ledger, d->parent);
    else
        d->row = ledger_row_new(d->c->m, d->ledger);
}

void row_draft_read(struct row_draft *d)
{
    struct ctx *c = d->c;
    struct ref_book *refs = ref_book_new(ctx_scope(c));

    begin_row(d);
    if (!d->step)
        refuse_unasked(d);
    for (size_t n = 0; n < d->form.fields_n; n++) {
        struct row_field *f = &d->form.fields[n];
        struct text reason;
        size_t i;

        if (f->fixed && !form_value(&c->form, f->name).p) {
            if (d->before) /* the form did not ask for it */
                row_draft_take(d, f, d->before);
            continue;
        }
        if (is_given_up(d, f)) {
            row_draft_take(d, f, d->base ? d->base : d->before);
            continue;
        }
        f->value = ctx_field(c, f->name);
        if (!f->column) {
            read_year(d, f);
            continue;
        }
        i = (size_t)(f->column - d->ledger->columns);
        if (f->column->type == COLUMN_REF)
            read_ref(d, refs, i, f);
        else if (cell_read(c->m, f->column, f->value, &d->row->values[i],
                           &reason) != OK)
            row_draft_blame(d, f, reason);
    }
}
