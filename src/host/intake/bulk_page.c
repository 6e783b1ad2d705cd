/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * A step of several rows: a page that says how many take it, which do not and
 * why, and what figures become; it asks what the step asks once for all of
 * them. What the page said is what is done, or it is shown again.
 */
#include "base/date.h"
#include "base/utf8.h"
#include "host/desk/rival.h"
#include "host/intake/bulk_view.h"
#include "host/intake/views/bulk.h"
#include "host/ledger/cell.h"
#include "host/ledger/ref.h"

enum { REASON_MAX = 200 };

/* ---- which rows ---- */

static bool has_row(const struct bulk *b, int64_t id)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->rows[i].id == id)
            return true;
    return false;
}

/* False: there are too many. */
static bool add_row(struct bulk *b, struct str word)
{
    int64_t id;

    if (!str_int(word, &id) || id <= 0 || has_row(b, id))
        return true;
    if (b->n == BULK_MAX)
        return false;
    b->rows[b->n++].id = id;
    return true;
}

/* row=12&row=15, as a list sends those that were ticked. */
static bool read_ticked(struct ctx *c, struct bulk *b)
{
    struct str *ticked;
    size_t n = ctx_queries(c, S("row"), &ticked);
    bool fits = true;

    for (size_t i = 0; i < n; i++)
        fits &= add_row(b, ticked[i]);
    return fits;
}

static bool read_ids(struct ctx *c, struct bulk *b)
{
    struct str rest = ctx_field(c, S("rows"));
    struct str word;
    bool fits = true;

    while (str_cut(&rest, S(" "), &word))
        fits &= add_row(b, word);
    return fits && add_row(b, rest);
}

static enum err begin(struct ctx *c, bool posted, struct bulk_page *p)
{
    struct bulk *b = &p->bulk;

    *p = (struct bulk_page){ .once = page_once(c) };
    b->ledger = ledger_find_noun(c->params[0], c->params[1]);
    b->step = b->ledger ? step_find(b->ledger, c->params[2]) : NULL;
    if (!b->step)
        return refuse(c, E_ABSENT,
                      TEXT("没有这个页面", "there is no such page"));
    b->day = date_of(c->now);
    b->reason = S("");
    b->rows = NEW_ARRAY(c->m, struct bulk_row, BULK_MAX);
    if (!(posted ? read_ids(c, b) : read_ticked(c, b)))
        return refuse(c, E_SIZE,
                      TEXT("一次最多办理 500 行，请分几次",
                           "at most 500 rows at once; do it in several goes"));
    if (b->n == 0)
        return refuse(c, E_INPUT,
                      TEXT("还没有勾选；请回到列表，勾选要办理的行",
                           "no row was ticked; go back to the list and tick "
                           "those that are meant"));
    p->back = ledger_path(c->m, b->ledger);
    p->action =
        str_fmt(c->m, "%.*s/do/%.*s", STR_ARG(p->back), STR_ARG(b->step->key));
    return OK;
}

/* ---- what the step asks ---- */

static void make_fields(struct bulk_page *p)
{
    const struct ledger *l = p->bulk.ledger;

    for (size_t i = 0; i < l->columns_n; i++)
        if (p->bulk.step->asks & AT(i))
            p->fields[p->fields_n++] = (struct bulk_field){
                .column = &l->columns[i],
                .value = S(""),
                .needed = (p->bulk.step->needs & AT(i)) != 0,
            };
}

static enum err read_value(struct ctx *c, const struct bulk_field *f,
                           struct ledger_row *said, struct text *ret_reason)
{
    size_t i = (size_t)(f->column - said->ledger->columns);
    struct ref found;
    enum err e;

    if (f->column->type != COLUMN_REF || f->value.n == 0)
        return cell_read(c->m, f->column, f->value, &said->values[i],
                         ret_reason);
    e = ref_find(ref_book_new(ctx_scope(c)), f->column, f->value, &found,
                 ret_reason);
    if (e == OK) {
        said->values[i] = INT(found.id);
        said->labels[i] = found.label;
    }
    return e;
}

static bool read_reason(struct ctx *c, struct bulk_page *p)
{
    struct str reason = ctx_field(c, S("reason"));

    if (!p->bulk.step->reason)
        return true;
    p->bulk.reason = reason;
    if (reason.n == 0)
        p->reason_error = TEXT("请写明原因", "Please give a reason");
    else if (utf8_length(reason) > REASON_MAX || !utf8_plain(reason, false))
        p->reason_error = TEXT("原因请写成一行，不超过 200 个字",
                               "Make the reason one line of at most 200 "
                               "characters");
    return text_empty(p->reason_error);
}

/* Read the form; false: something in it is wrong, and marked. */
static bool read_form(struct ctx *c, struct bulk_page *p)
{
    struct ledger_row *said = ledger_row_new(c->m, p->bulk.ledger);
    bool fits = read_reason(c, p);

    for (size_t i = 0; i < p->fields_n; i++) {
        struct bulk_field *f = &p->fields[i];

        f->value = ctx_field(c, f->column->key);
        if (f->needed && f->value.n == 0)
            f->error = TEXT("必填，请填写", "is required; please fill it in");
        else if (read_value(c, f, said, &f->error) == OK)
            f->error = TEXT("", "");
        fits &= text_empty(f->error);
    }
    p->bulk.said = fits ? said : NULL;
    return fits;
}

/* ---- the page ---- */

/* What a stranger to the row may not know is not told. */
static struct bulk_stay stay_of(struct ctx *c, struct asker *asker,
                                const struct bulk_row *r)
{
    struct str name = str_fmt(c->m, "%lld", (long long)r->id);

    if (!r->now || !relations(asker, r->now))
        return (struct bulk_stay){ name, S(""), r->refusal };
    return (struct bulk_stay){ row_title(r->now),
                               row_path(c->m, r->now->ledger, r->id),
                               r->refusal };
}

/* The rows as the page tells them, to notice that they are so no longer. */
static struct str said_of(struct ctx *c, const struct bulk *b)
{
    struct str said = S("");

    for (size_t i = 0; i < b->n; i++)
        said =
            str_fmt(c->m, "%.*s %lld:%lld:%d", STR_ARG(said),
                    (long long)b->rows[i].id,
                    (long long)(b->rows[i].now ? b->rows[i].now->version : 0),
                    text_empty(b->rows[i].refusal));
    return said;
}

static void describe_rows(struct ctx *c, struct asker *asker,
                          struct bulk_page *p)
{
    const struct bulk *b = &p->bulk;

    p->ids = S("");
    p->stays = NEW_ARRAY(c->m, struct bulk_stay, b->n);
    for (size_t i = 0; i < b->n; i++) {
        p->ids = str_fmt(c->m, "%.*s%s%lld", STR_ARG(p->ids), i ? " " : "",
                         (long long)b->rows[i].id);
        if (!text_empty(b->rows[i].refusal))
            p->stays[p->stays_n++] = stay_of(c, asker, &b->rows[i]);
    }
}

/* Of rows that are planned. */
static enum err send(struct ctx *c, struct asker *asker, struct bulk_page *p,
                     int status)
{
    const struct bulk *b = &p->bulk;
    struct effect *effect = effect_new(c->m);
    struct text label = b->step->label;

    p->wrong = status != 200;
    describe_rows(c, asker, p);
    p->was = rival_was(c->m, said_of(c, b));
    bulk_effect(asker, b, effect);
    p->effects_n = effect_figures(effect, ctx_scope(c), &p->effects);
    p->title = (struct text){
        str_fmt(c->m, "%.*s：%zu %.*s？", STR_ARG(label.zh), b->takes,
                STR_ARG(b->ledger->unit.zh)),
        str_fmt(c->m, "%.*s: %zu %.*s?", STR_ARG(label.en), b->takes,
                STR_ARG(b->ledger->unit.en)),
    };
    view_bulk_page(page_body(c), p);
    return page_send(c,
                     &(struct page){
                         .title = p->title,
                         .feature = b->ledger->feature,
                         .status = status,
                         .wrong = p->wrong,
                         .crumbs = { { page_feature(b->ledger->feature)->label,
                                       str_fmt(c->m, "/%.*s",
                                               STR_ARG(b->ledger->feature)) },
                                     { b->ledger->label, p->back } } });
}

enum err show_bulk(struct ctx *c)
{
    struct asker asker = ctx_asker(c);
    struct bulk_page p;
    enum err e = begin(c, false, &p);

    if (e != OK)
        return e;
    make_fields(&p);
    bulk_plan(&asker, &p.bulk);
    return send(c, &asker, &p, 200);
}

static struct str name_of(struct ctx *c, const struct bulk *b)
{
    return str_join(c->m,
                    (struct str[]){ text_in(b->step->label, c->lang),
                                    text_in(TEXT("：", ": "), c->lang),
                                    text_in(b->ledger->label, c->lang) },
                    3);
}

enum err post_bulk(struct ctx *c)
{
    struct asker asker = ctx_asker(c);
    struct bulk_page p;
    enum err e = begin(c, true, &p);
    bool fits;

    if (e != OK)
        return e;
    make_fields(&p);
    fits = read_form(c, &p);
    bulk_plan(&asker, &p.bulk);
    if (!fits)
        return send(c, &asker, &p, 422);
    if (rival_moved(c, S("rows"), said_of(c, &p.bulk))) {
        p.note = TEXT("还没有办理：能办的行和刚才显示的不同了，请看过再提交",
                      "Nothing was done: other rows take it than were shown. "
                      "Look at them and send again");
        return send(c, &asker, &p, 422);
    }
    e = bulk_apply(c->act, &asker, &p.bulk, name_of(c, &p.bulk));
    if (e == E_INPUT || e == E_CLASH)
        return refuse(
            c, e,
            TEXT("没有办理：选中的行放在一起不合规则，或没有一行能办；"
                 "请少选几行再试",
                 "nothing was done: no row takes it, or the rows "
                 "together break a rule; try with fewer rows"));
    if (e != OK)
        return e;
    return see_other(c, "/import/batch/%lld", (long long)c->act->batch);
}
