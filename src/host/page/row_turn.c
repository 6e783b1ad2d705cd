/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The two things that happen to a row as a whole: it is voided, or restored.
 * Nothing is ever deleted. A page says first what that does to figures, and
 * wants a reason.
 */
#include "base/utf8.h"
#include "host/desk/said.h"
#include "host/ledger/admit.h"
#include "host/ledger/effect.h"
#include "host/ledger/row.h"
#include "host/page/ledger_routes.h"
#include "host/page/list_view.h"
#include "host/page/row_view.h"

#include "host/page/views/row_turn.h"

enum { REASON_MAX = 200 };

static const struct field reason_fields[] = {
    {
        .name = S_INIT("reason"),
        .type = FIELD_LINES, /* judged with the row, to show it again */
        .label = TEXT_INIT("原因", "Reason"),
        .max = 20 * REASON_MAX,
    },
};
const struct form reason_form = { reason_fields, COUNT(reason_fields), false };

static enum err refuse_state(struct ctx *c, const struct ledger_row *row)
{
    return refuse(c, E_CLASH,
                  row->voided
                      ? TEXT("这条记录已经作废了，请刷新页面看看",
                             "This row was voided already; reload the page")
                      : TEXT("这条记录没有作废，请刷新页面看看",
                             "This row is not voided; reload the page"));
}

/* The row of the path, when it may be voided, or restored. */
static enum err find_row(struct ctx *c, bool voids, struct ledger_row **ret)
{
    struct asker a = ctx_asker(c);
    const struct ledger *l;
    enum err e = list_ledger(c, &l);
    struct text why;

    if (e == OK)
        e = row_of_path(c, l, ret);
    if (e != OK)
        return e;
    if (!may_settle(&a, *ret))
        return row_deny(c, l, *ret);
    if ((*ret)->voided == voids)
        return refuse_state(c, *ret);
    return voids || row_may_stand(ctx_scope(c), *ret, &why)
               ? OK
               : refuse(c, E_CLASH, why);
}

static void find_effects(struct ctx *c, struct row_turn *t)
{
    struct effect *e = effect_new(c->m);
    struct ledger_row then = *t->row;

    then.voided = !then.voided;
    effect_add(e, ctx_scope(c), t->row, &then);
    t->effects_n = effect_figures(e, ctx_scope(c), &t->effects);
}

static enum err send_turn(struct ctx *c, struct row_turn *t)
{
    struct page p = { .feature = t->row->ledger->feature,
                      .wrong = !text_empty(t->error) };
    struct str name = row_name(c, t->row);

    t->base = row_path(c->m, t->row->ledger, t->row->id);
    t->once = page_once(c);
    find_effects(c, t);
    p.title = t->title =
        t->row->voided
            ? text_fmt(c->m, "恢复“%.*s”？", "Restore \"%.*s\"?", STR_ARG(name))
            : text_fmt(c->m, "作废“%.*s”？", "Void \"%.*s\"?", STR_ARG(name));
    p.status = p.wrong ? 422 : 200;
    row_crumbs(c, t->row, true, p.crumbs);
    view_row_turn(page_body(c), t);
    return page_send(c, &p);
}

static enum err show(struct ctx *c, bool voids)
{
    struct row_turn t = { .typed = S("") };
    struct ledger_row *row;
    enum err e = find_row(c, voids, &row);

    if (e != OK)
        return e;
    row_note(c, row, "row");
    t.row = row;
    return send_turn(c, &t);
}

static enum err send_reason_again(struct ctx *c, const struct ledger_row *row,
                                  struct str reason)
{
    struct row_turn t = { .row = row, .typed = reason };

    t.error = reason.n == 0 ? TEXT("请写明原因", "Please give a reason")
                            : TEXT("原因请写成一行，不超过 200 个字",
                                   "Make the reason one line of at most 200 "
                                   "characters");
    return send_turn(c, &t);
}

static enum err post(struct ctx *c, bool voids)
{
    struct str reason = ctx_field(c, S("reason"));
    struct asker a = ctx_asker(c);
    struct ledger_row *row;
    enum err e = find_row(c, voids, &row);

    if (e != OK)
        return e;
    if (reason.n == 0 || utf8_length(reason) > REASON_MAX ||
        !utf8_plain(reason, false))
        return send_reason_again(c, row, reason);
    e = voids ? row_void(c->act, &a, row, reason)
              : row_restore(c->act, &a, row, reason);
    if (e != OK)
        return e == E_CLASH ? refuse_state(c, row) : e;
    announce(c, voids ? SAID_VOIDED : SAID_RESTORED);
    return see_other(c, "%.*s", STR_ARG(row_path(c->m, row->ledger, row->id)));
}

enum err show_void_row(struct ctx *c)
{
    return show(c, true);
}

enum err post_void_row(struct ctx *c)
{
    return post(c, true);
}

enum err show_restore_row(struct ctx *c)
{
    return show(c, false);
}

enum err post_restore_row(struct ctx *c)
{
    return post(c, false);
}
