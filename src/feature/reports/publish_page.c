/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Publishing a sheet: a page says what will be frozen and what is new against
 * the version before, and wants a remark. What it said is what is published,
 * or it is shown again. It is published before the writer's turn; then there
 * is only to answer.
 */
#include "feature/reports/views/publish.h"

#include "feature/reports/freeze.h"
#include "feature/reports/publish.h"
#include "feature/reports/publish_page.h"
#include "host/desk/rival.h"
#include "host/desk/said.h"

#include <sodium.h>

enum { SHOWN_MAX = 256 * 1024 };

static const struct field publish_fields[] = {
    { S_INIT("reason"), FIELD_TEXT, TEXT_INIT("发布说明", "Remark"), 1, 200 },
};
const struct form publish_form = { publish_fields, COUNT(publish_fields),
                                   false };

/* Text and numbers, as the page shows them. */
static struct str sheet_said(struct ctx *c, const struct report *s,
                             struct value_list values)
{
    struct buf *b = buf_new(c->m, SHOWN_MAX);

    buf_fmt(b, "%lld\n", (long long)s->edition);
    for (size_t i = 0; i < values.n; i++)
        buf_fmt(b, "%.*s %.*s %lld %d\n", STR_ARG(values.values[i].figure->key),
                STR_ARG(figure_text(c->m, &values.values[i])),
                (long long)values.values[i].n, (int)values.values[i].since);
    return buf_str(b);
}

/* The figures to be frozen; or refused with words. */
static enum err today_of(struct ctx *c, const struct report *s,
                         struct value_list *ret)
{
    struct figure_value *values;
    struct text why;
    enum err e = freeze_named(ctx_scope(c), s, &values, &ret->n, &why);

    if (e == E_INPUT)
        return refuse(c, e, why);
    if (e == OK)
        ret->values = values;
    return e;
}

/* What the newest version says, to compare with. */
static enum err compare(struct ctx *c, struct publish_page *p)
{
    struct bundle before = { .rows_n = 0 };
    struct value_list was;
    enum err e = front_of(c, &p->report, p->newest, &before);

    if (e != OK)
        return e;
    was = values_of(c->m, &before);
    for (size_t i = 0; i < p->lines_n; i++) {
        struct publish_line *l = &p->lines[i];
        const struct figure_value *v = value_of(was, l->value->figure->key);
        struct figure_value shown;

        l->before = S("");
        if (v) {
            shown = declared_today(v);
            l->before = figure_shown(c->m, &shown);
        }
        l->differs =
            !v || v->known != l->value->known || v->value != l->value->value;
        p->differ_n += l->differs;
    }
    p->text_differs = !str_eq(before.text.zh, p->report.text.zh) ||
                      !str_eq(before.text.en, p->report.text.en);
    return OK;
}

/* Policies of the sheet's year that are not frozen yet. */
static void list_policies(struct ctx *c, struct publish_page *p)
{
    size_t n = policy_total();

    p->policies = NEW_ARRAY(c->m, struct policy_state, n);
    for (size_t i = 0; i < n; i++) {
        struct policy_state s =
            policy_state(ctx_scope(c), (int32_t)p->report.year, policy_at(i));

        if (!s.frozen)
            p->policies[p->policies_n++] = s;
    }
}

static enum err read_page(struct ctx *c, struct publish_page *p)
{
    struct value_list values;
    enum err e = today_of(c, &p->report, &values);

    if (e != OK)
        return e;
    p->newest = version_newest(ctx_scope(c), &p->report);
    p->was = rival_was(c->m, sheet_said(c, &p->report, values));
    p->lines_n = values.n;
    p->lines = NEW_ARRAY(c->m, struct publish_line, values.n);
    for (size_t i = 0; i < values.n; i++) {
        const struct figure_value *v = &values.values[i];

        p->lines[i] = (struct publish_line){
            .value = v,
            .now = figure_shown(c->m, v),
            .rows = recount_rows(ctx_scope(c), v),
        };
    }
    list_policies(c, p);
    return p->newest ? compare(c, p) : OK;
}

enum err show_report_publish(struct ctx *c)
{
    struct publish_page p = { .once = page_once(c) };
    enum err e = report_of(c, &p.report);

    if (e == OK)
        e = read_page(c, &p);
    if (e != OK)
        return e;
    p.title = text_fmt(c->m, "发布答卷 %.*s 第 %lld 版？",
                       "Publish sheet %.*s, version %lld?",
                       STR_ARG(p.report.slug), (long long)p.newest + 1);
    view_publish_page(page_body(c), &p);
    return page_send(c, &(struct page){
                            .title = p.title,
                            .feature = S("reports"),
                            .crumbs = { { TEXT("年度答卷", "Answer sheets"),
                                          S("/sheets") } },
                        });
}

/* What `before` did for the handler. */
struct done {
    struct ctx *c;
    bool moved; /* it is not what the page showed */
};

/* In the snapshot that is frozen: is it what the page showed? */
static bool is_what_was_shown(void *arg, struct scope in,
                              const struct report *s)
{
    const struct done *d = arg;
    struct value_list values = { .n = 0 };
    struct figure_value *now;
    struct text why;

    if (freeze_named(in, s, &now, &values.n, &why) != OK)
        return true; /* publishing says why not */
    values.values = now;
    return !rival_moved(d->c, S("sheet"), sheet_said(d->c, s, values));
}

static enum err publish(struct ctx *c, struct done *done)
{
    struct house house = *c->house;
    struct note_signer signer;
    struct publication p = {
        .house = c->house,
        .tx = c->tx,
        .m = c->m,
        .slicer = c->slicer,
        .signer = &signer,
        .slug = c->params[0],
        .actor = c->who.account,
        .address = ctx_address(c),
        .remark = ctx_field(c, S("reason")),
        .agreed = is_what_was_shown,
        .arg = done,
    };
    struct text why = { S(""), S("") };
    enum err e;

    if (house_signer(&house, c->m, &signer, &why) != OK)
        return refuse(c, E_STORE,
                      TEXT("签名密钥不可用，没有发布；请系统管理员运行 dajuan "
                           "doctor",
                           "the signing key is not available; nothing was "
                           "published. Ask the administrator to run dajuan "
                           "doctor"));
    e = publish_report(&p, &why);
    sodium_memzero(&signer, sizeof(signer));
    done->moved = p.moved;
    return e == OK || p.moved ? OK : refuse(c, e, why);
}

enum err before_report_publish(struct ctx *c)
{
    struct done *done = NEW(c->m, struct done);
    struct report s;
    enum err e = report_of(c, &s);

    if (e != OK || once_was_answered(c))
        return e;
    done->c = c;
    c->x->user = done;
    return publish(c, done);
}

enum err post_report_publish(struct ctx *c)
{
    const struct done *done = c->x->user;

    if (done && done->moved)
        return rival_refuse(
            c, TEXT("正文或数字刚刚变了，还没有发布；请看过新的再提交",
                    "the text or a number changed just now and nothing was "
                    "published; look at it and send again"));
    announce(c, SAID_PUBLISHED);
    return see_other(c, "/sheets/%.*s", STR_ARG(c->params[0]));
}
