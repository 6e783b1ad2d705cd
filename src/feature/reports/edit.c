/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Writing a report and publishing it. Input that is refused is shown again as
 * it was sent, with the reason in front of it.
 */
#include "feature/reports/views/edit.h"

#include "base/date.h"
#include "feature/reports/draft.h"
#include "feature/reports/freeze.h"
#include "feature/reports/pages.h"
#include "feature/reports/publish.h"

#include <sodium.h>

static void list_figures(struct ctx *c, struct edit_page *p)
{
    struct figure_value *values;

    p->values_n = freeze_today(ctx_scope(c), &p->report, &values);
    p->values = values;
    p->shown = NEW_ARRAY(c->m, struct str, p->values_n);
    for (size_t i = 0; i < p->values_n; i++)
        p->shown[i] = figure_text(c->m, &values[i]);
}

static enum err send_edit(struct ctx *c, struct edit_page *p, int status)
{
    struct article_source source = { .text = p->report.text,
                                     .rows = S("/figures/") };

    list_figures(c, p);
    source.values = (struct value_list){ p->values, p->values_n };
    p->preview = p->report.text.zh.n > 0 && status != 422 &&
                 article_make(c->m, &source, c->lang, &p->article);
    p->article.within = true;
    view_report_edit(page_body(c), p);
    return page_send(c, &(struct page){
                            .title = p->is_new
                                         ? TEXT("写一份答卷", "A new sheet")
                                         : TEXT("修改答卷", "Edit the sheet"),
                            .feature = S("reports"),
                            .status = status,
                            .wrong = status >= 400,
                            .crumbs = { { TEXT("年度答卷", "Answer sheets"),
                                          S("/sheets") } },
                        });
}

enum err show_new_report(struct ctx *c)
{
    struct edit_page p = { .is_new = true };

    p.report = (struct report){
        .slug = str_fmt(c->m, "%d", c->year),
        .year = c->year,
        .text = report_draft(ctx_scope(c), c->house->name, c->year),
    };
    return send_edit(c, &p, 200);
}

enum err show_report_edit(struct ctx *c)
{
    struct edit_page p = { .is_new = false };
    enum err e = report_of(c, &p.report);

    return e == OK ? send_edit(c, &p, 200) : e;
}

/* What the form says, over what the report is. */
static void read_form(struct ctx *c, struct report *s)
{
    int64_t v;

    if (str_int(ctx_field(c, S("year")), &v))
        s->year = v;
    if (str_int(ctx_field(c, S("edition")), &v))
        s->edition = v;
    s->text = (struct text){ ctx_field(c, S("zh")), ctx_field(c, S("en")) };
}

static enum err refuse_edit(struct ctx *c, struct edit_page *p, enum err e)
{
    struct report now;

    if (e != E_INPUT && e != E_CLASH)
        return refuse(c, e, p->problem);
    if (e == E_CLASH && report_load(ctx_scope(c), p->report.slug, &now)) {
        p->theirs = now.text;
        p->report.edition = now.edition; /* saving again is meant */
    }
    return send_edit(c, p, e == E_CLASH ? 409 : 422);
}

/* Save, or only show: the button says which. */
static enum err take_form(struct ctx *c, struct edit_page *p)
{
    struct report saved;
    enum err e;

    read_form(c, &p->report);
    if (ctx_field(c, S("preview")).n) {
        e = report_check(c->m, p->report.text, &p->problem);
        return e == OK ? send_edit(c, p, 200) : refuse_edit(c, p, e);
    }
    saved = p->report;
    e = report_save(c->act, &saved, &p->problem);
    if (e != OK)
        return refuse_edit(c, p, e);
    return see_other(c, "/sheets/%.*s/draft", STR_ARG(saved.slug));
}

enum err post_report_edit(struct ctx *c)
{
    struct edit_page p = { .is_new = false };
    enum err e = report_of(c, &p.report);

    return e == OK ? take_form(c, &p) : e;
}

enum err post_new_report(struct ctx *c)
{
    struct edit_page p = { .is_new = true };
    struct report known;

    p.report = (struct report){ .slug = ctx_field(c, S("slug")) };
    if (!report_load(ctx_scope(c), p.report.slug, &known))
        return take_form(c, &p);
    read_form(c, &p.report);
    p.problem = TEXT("已有同名的答卷，请换一个网址名，或去修改那一份",
                     "there is a sheet of this name; choose another, or edit "
                     "that one");
    return send_edit(c, &p, 422);
}

enum err post_report_publish(struct ctx *c)
{
    struct house house = *c->house;
    struct note_signer signer;
    struct text why = { S(""), S("") };
    struct report s;
    int64_t version;
    enum err e = report_of(c, &s);

    if (e != OK)
        return e;
    if (house_signer(&house, c->m, &signer, &why) != OK)
        return refuse(c, E_STORE,
                      TEXT("签名密钥不可用，没有发布；请系统管理员运行 dajuan "
                           "doctor",
                           "the signing key is not available; nothing was "
                           "published. Ask the administrator to run dajuan "
                           "doctor"));
    e = publish_report(c->act, &signer, &s, &version, &why);
    sodium_memzero(&signer, sizeof(signer));
    if (e != OK)
        return refuse(c, e, why);
    return see_other(c, "/sheets/%.*s", STR_ARG(s.slug));
}
