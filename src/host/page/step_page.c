/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A step of a row: its button, its form, and taking it. A step that was taken
 * before is no error: who sends it again is told how the row stands.
 */
#include "base/date.h"
#include "base/utf8.h"
#include "host/desk/said.h"
#include "host/ledger/part.h"
#include "host/page/ledger_routes.h"
#include "host/page/list_view.h"
#include "host/page/row_draft.h"
#include "host/page/row_steps.h"
#include "host/page/step_view.h"

#include "host/page/views/step.h"

enum { REASON_MAX = 200 };

/* ---- buttons ---- */

static void add_buttons(struct ctx *c, struct asker *a,
                        const struct ledger_row *row, bool expected,
                        struct step_buttons *ret)
{
    const struct ledger *l = row->ledger;

    for (size_t i = 0; i < l->steps_n; i++) {
        const struct step *step = &l->steps[i];

        if (step_is_open(a, row, step) && is_expected(a, row, step) == expected)
            ret->v[ret->n++] = (struct step_button){
                .step = step,
                .once = step_is_one_tap(step) ? page_once(c) : S(""),
                .first = expected,
            };
    }
}

struct step_buttons step_buttons(struct ctx *c, struct asker *a,
                                 const struct ledger_row *row)
{
    struct step_buttons b = {
        .base = row_path(c->m, row->ledger, row->id),
        .version = row->version,
    };

    b.v = NEW_ARRAY(c->m, struct step_button, row->ledger->steps_n);
    add_buttons(c, a, row, true, &b);
    add_buttons(c, a, row, false, &b);
    return b;
}

/* ---- may it be taken ---- */

/* Back to where it is seen: a part among the others. */
static enum err see_taken(struct ctx *c, const struct ledger_row *row)
{
    if (ledger_has(row->ledger, COLUMN_PARENT))
        return row_see_part(c, row);
    return see_other(c, "%.*s", STR_ARG(row_path(c->m, row->ledger, row->id)));
}

static struct admission admission_of(struct row_draft *d)
{
    return (struct admission){ .asker = &d->asker,
                               .before = d->before,
                               .step = d->step,
                               .day = date_of(d->c->now) };
}

/* It is not open to who asks: in the words in which it would be refused. */
static enum err refuse_step(struct row_draft *d)
{
    struct ctx *c = d->c;
    struct admission a = admission_of(d);
    enum err e = row_admit(&a, d->row);

    if (a.already)
        return see_other(c, "%.*s?taken=%.*s", STR_ARG(d->form.back),
                         STR_ARG(d->step->key));
    if (e == OK || a.problems_n == 0)
        BUG("step %.*s is closed without a reason", STR_ARG(d->step->key));
    return refuse(c, e == E_DENIED ? E_DENIED : E_CLASH, a.problems[0].reason);
}

/* OK and answered: it was taken before. */
static enum err begin(struct ctx *c, struct row_draft *d)
{
    struct ledger_row *row;
    enum err e;

    *d = (struct row_draft){ .c = c, .asker = ctx_asker(c) };
    e = list_ledger(c, &d->ledger);
    if (e == OK)
        e = row_of_path(c, d->ledger, &row);
    if (e != OK)
        return e;
    d->before = row;
    d->step = step_find(d->ledger, c->params[3]);
    if (!d->step)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个办理步骤。请从记录的页面进入",
                           "There is no such step. Start from the row"));
    row_draft_fields(d);
    d->form.back = row_path(c->m, d->ledger, row->id);
    d->form.action = str_fmt(c->m, "%.*s/do/%.*s", STR_ARG(d->form.back),
                             STR_ARG(d->step->key));
    d->form.version = row->version;
    if (step_is_open(&d->asker, row, d->step))
        return OK;
    d->row = row_draft_copy(d);
    return refuse_step(d);
}

/* ---- its form ---- */

static void make_view(struct row_draft *d, struct step_form *v)
{
    struct ctx *c = d->c;
    const struct ledger *l = d->ledger;
    const struct ledger_row *parent = part_parent(ctx_scope(c), d->before);
    const struct column *state = &l->columns[ledger_role(l, COLUMN_STATE)];

    v->form = &d->form;
    v->step = d->step;
    v->row = d->before;
    v->name = row_name(c, d->before);
    v->of = parent ? row_name(c, parent) : S("");
    v->base = d->form.back;
    v->from = row_stage(d->before)->label;
    v->to = state->choices[d->step->to].label;
}

static enum err send_form(struct row_draft *d, struct step_form *v, int status)
{
    struct ctx *c = d->c;
    struct page p = { .feature = d->ledger->feature,
                      .status = status,
                      .wrong = status != 200 };

    make_view(d, v);
    row_crumbs(c, d->before, true, p.crumbs);
    row_draft_show(d);
    d->form.once = page_once(c);
    d->form.dirty = p.wrong;
    p.title = d->form.title = (struct text){
        str_fmt(c->m, "%.*s：%.*s", STR_ARG(d->step->label.zh),
                STR_ARG(v->name)),
        str_fmt(c->m, "%.*s: %.*s", STR_ARG(d->step->label.en),
                STR_ARG(v->name)),
    };
    view_step_form(page_body(c), v);
    return page_send(c, &p);
}

enum err show_step(struct ctx *c)
{
    struct step_form v = { .reason = S("") };
    struct row_draft d;
    enum err e = begin(c, &d);

    if (e != OK || c->answered)
        return e;
    row_note(c, d.before, "row");
    for (size_t i = 0; i < d.form.fields_n; i++)
        d.form.fields[i].value =
            row_draft_value(&d, &d.form.fields[i], d.before);
    return send_form(&d, &v, 200);
}

/* ---- taking it ---- */

static bool reason_fits(struct str reason)
{
    return utf8_length(reason) <= REASON_MAX && utf8_plain(reason, false);
}

/* What the row as a whole is blamed for stands at the reason. */
static void blame(struct row_draft *d, struct step_form *v,
                  const struct admission *a)
{
    for (size_t i = 0; i < a->problems_n; i++) {
        const struct problem *p = &a->problems[i];
        struct row_field *f =
            p->column == SIZE_MAX ? NULL : row_draft_find(d, p->column);

        if (f)
            row_draft_blame(d, f, p->reason);
        else if (text_empty(v->wrong))
            v->wrong = p->reason;
    }
}

/* Changed since it was looked at: that is shown with the form. */
static void find_events(struct row_draft *d, struct step_form *v, int64_t seen)
{
    bool more;

    v->seen = seen;
    v->events = row_history(d->c, d->before, ROW_HISTORY_MAX, &more);
}

static enum err admit(struct row_draft *d, struct step_form *v)
{
    struct admission a = admission_of(d);
    int64_t seen = 0;
    enum err e;

    v->reason = ctx_field(d->c, S("reason"));
    if (str_int(ctx_field(d->c, S("version")), &seen))
        a.seen = seen;
    a.reason = v->reason;
    row_draft_read(d);
    e = row_admit(&a, d->row);
    blame(d, v, &a);
    if (d->step->reason && !reason_fits(v->reason))
        v->wrong = TEXT("原因请写成一行，不超过 200 个字",
                        "Make the reason one line of at most 200 characters");
    if (d->step->judges && seen && seen != d->before->version)
        find_events(d, v, seen);
    return e == OK && (d->form.wrong || !text_empty(v->wrong)) ? E_INPUT : e;
}

enum err post_step(struct ctx *c)
{
    struct step_form v = { .reason = S("") };
    struct row_draft d;
    bool changed;
    enum err e = begin(c, &d);

    if (e != OK || c->answered)
        return e;
    e = admit(&d, &v);
    if (e == E_INPUT)
        return send_form(&d, &v, v.events ? 409 : 422);
    if (e == OK)
        e = row_update(c->act, d.before, d.row, &changed);
    if (e != OK)
        return e;
    announce(c, SAID_TAKEN);
    return see_taken(c, d.before);
}
