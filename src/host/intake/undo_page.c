/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A batch undone or brought back: a page that says in numbers what it will
 * do, and a reason. What the page said is what is done, or it is shown again.
 */
#include "host/desk/rival.h"
#include "host/import/slices.h"
#include "host/intake/beside.h"
#include "host/intake/undo_view.h"
#include "host/intake/views/undo.h"

enum { KEPT_SHOWN = 20 };

static const struct field undo_fields[] = {
    { S_INIT("reason"), FIELD_TEXT, TEXT_INIT("原因", "Reason"), 1, 200 },
    { S_INIT("once"), FIELD_TEXT, TEXT_INIT("", ""), 0, 40 },
};
const struct form undo_form = { undo_fields, COUNT(undo_fields), false };

/* Is it undone beside the requests? */
static bool is_large(const struct batch_view *b)
{
    return b->count[IMPORT_NEW] + b->count[IMPORT_CHANGED] >= SLICED_ROWS_LEAST;
}

/* What the page says, to notice that it is no longer so. */
static struct str counts_said(struct ctx *c, const struct undo *u)
{
    struct str said = S("");

    for (size_t i = 0; i < UNDO_FATES; i++)
        said = str_fmt(c->m, "%.*s %zu", STR_ARG(said), u->count[i]);
    return said;
}

/* Why it cannot be undone or brought back now, or at all. */
static enum err refuse_batch(struct ctx *c, enum err e, bool back)
{
    struct batch_view b;

    if (e != E_CLASH)
        return e == E_ABSENT ? no_batch(c) : e;
    if (load_batch(c, ctx_id(c, 0), &b) && b.running)
        return refuse(c, e,
                      TEXT("这一批正在写入，请等它结束再办",
                           "this batch is being written; wait until it is "
                           "done"));
    if (b.interrupted)
        return refuse(c, e,
                      TEXT("这一批中途断开，已经整批撤回；请把文件再导入一次",
                           "this import was interrupted and taken back as a "
                           "whole; import the file again"));
    return refuse(c, e,
                  back ? TEXT("这一批没有撤销，或者已经恢复了，请刷新后再看",
                              "this import stands, or was brought back "
                              "already; reload the page")
                       : TEXT("这一批已经撤销过了，请刷新后再看",
                              "this import was undone already; reload the "
                              "page"));
}

static void list_kept(struct ctx *c, struct undo_page *p)
{
    const struct undo *u = &p->undo;

    p->kept = NEW_ARRAY(c->m, struct undo_kept_row, KEPT_SHOWN);
    for (size_t i = 0; i < u->n && p->kept_n < KEPT_SHOWN; i++)
        if (u->rows[i].fate >= UNDO_TOUCHED)
            p->kept[p->kept_n++] = (struct undo_kept_row){
                &u->rows[i],
                row_path(c->m, u->rows[i].ledger, u->rows[i].id),
            };
}

/* Organisations and places that an import makes on its way. */
static size_t count_units(const struct undo *u)
{
    size_t n = 0;

    for (size_t i = 0; i < u->n; i++)
        n +=
            u->rows[i].ledger == ledger_organisations() &&
            (u->rows[i].fate == UNDO_VOIDS || u->rows[i].fate == UNDO_RESTORES);
    return n;
}

static struct text title_of(struct ctx *c, const struct batch_view *b,
                            bool back)
{
    struct text words = batch_words(c, b);

    return (struct text){
        str_fmt(c->m, back ? "恢复%.*s？" : "撤销%.*s？", STR_ARG(words.zh)),
        str_fmt(c->m, back ? "Bring %.*s back?" : "Undo %.*s?",
                STR_ARG(words.en)),
    };
}

static enum err show(struct ctx *c, bool back)
{
    struct asker asker = ctx_asker(c);
    struct undo_page p = { .undo = { .batch = ctx_id(c, 0), .back = back },
                           .once = page_once(c) };
    struct effect *effect = effect_new(c->m);
    enum err e;

    if (!load_batch(c, p.undo.batch, &p.batch))
        return no_batch(c);
    e = undo_plan(&asker, &p.undo);
    if (e != OK)
        return refuse_batch(c, e, back);
    undo_effect(&asker, &p.undo, effect);
    p.effects_n = effect_figures(effect, ctx_scope(c), &p.effects);
    p.was = rival_was(c->m, counts_said(c, &p.undo));
    list_kept(c, &p);
    p.units = count_units(&p.undo);
    p.action = str_fmt(c->m, "/import/batch/%lld/%s", (long long)p.undo.batch,
                       back ? "back" : "undo");
    p.title = title_of(c, &p.batch, back);
    view_undo_page(page_body(c), &p);
    return page_send(c,
                     &(struct page){ .title = p.title,
                                     .crumbs = { import_crumb(),
                                                 batch_crumb(c, &p.batch) } });
}

/* What the form asks for; E_ABSENT: of no batch. */
static enum err read_form(struct ctx *c, bool back, struct undo *ret,
                          struct batch_view *ret_batch)
{
    *ret = (struct undo){ .batch = ctx_id(c, 0),
                          .back = back,
                          .reason = ctx_field(c, S("reason")) };
    return load_batch(c, ret->batch, ret_batch) ? OK : no_batch(c);
}

static enum err plan(struct ctx *c, struct undo *u)
{
    struct asker asker = ctx_asker(c);
    enum err e = undo_plan(&asker, u);

    return e ? refuse_batch(c, e, u->back) : OK;
}

/* Of many rows: the plan takes long and needs no writer. */
static enum err before(struct ctx *c, bool back)
{
    struct undo *u = NEW(c->m, struct undo);
    struct batch_view b;
    enum err e = read_form(c, back, u, &b);

    if (e != OK || !is_large(&b))
        return e;
    c->x->user = u;
    return plan(c, u);
}

static enum err turn(struct ctx *c, struct undo *u, bool beside)
{
    struct asker asker = ctx_asker(c);
    enum err e = undo_may_begin(ctx_scope(c), u);

    if (e == OK)
        e = beside ? beside_undo(c, u) : undo_apply(c->act, &asker, u);
    return e ? refuse_batch(c, e, u->back) : OK;
}

static enum err post(struct ctx *c, bool back)
{
    struct undo *planned = c->x->user;
    struct batch_view b;
    struct undo u;
    enum err e = read_form(c, back, &u, &b);

    if (e == OK && planned)
        u = *planned;
    else if (e == OK)
        e = plan(c, &u);
    if (e != OK)
        return e;
    if (rival_moved(c, S("rows"), counts_said(c, &u)))
        return rival_refuse(c, TEXT("有人刚刚改过其中的行，要变的行数不同了，"
                                    "还没有动；请看过新的数字再提交",
                                    "somebody changed rows of it just now, so "
                                    "the numbers are others; nothing was done. "
                                    "Look at them and send again"));
    e = turn(c, &u, planned != NULL);
    if (e != OK)
        return e;
    return see_other(c, "/import/batch/%lld", (long long)u.batch);
}

enum err show_batch_undo(struct ctx *c)
{
    return show(c, false);
}

enum err before_batch_undo(struct ctx *c)
{
    return before(c, false);
}

enum err before_batch_back(struct ctx *c)
{
    return before(c, true);
}

enum err post_batch_undo(struct ctx *c)
{
    return post(c, false);
}

enum err show_batch_back(struct ctx *c)
{
    return show(c, true);
}

enum err post_batch_back(struct ctx *c)
{
    return post(c, true);
}
