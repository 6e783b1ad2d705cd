/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Writing a report. Input that is refused is shown again as
 * it was sent, with the reason in front of it.
 */
#include "feature/reports/views/edit.h"

#include "base/date.h"
#include "feature/reports/draft.h"
#include "feature/reports/freeze.h"
#include "feature/reports/pages.h"
#include "host/desk/rival.h"

static void list_figures(struct ctx *c, struct edit_page *p)
{
    struct figure_value *values;

    p->values_n = freeze_today(ctx_scope(c), &p->report, &values);
    p->values = values;
    p->shown = NEW_ARRAY(c->m, struct str, p->values_n);
    for (size_t i = 0; i < p->values_n; i++)
        p->shown[i] = figure_text(c->m, &values[i]);
}

/* What the form shows, in short: another who saves meanwhile is noticed. */
static void note_shown(struct ctx *c, struct edit_page *p,
                       const struct report *shown)
{
    p->was_year =
        rival_was(c->m, str_fmt(c->m, "%lld", (long long)shown->year));
    p->was_zh = rival_was(c->m, shown->text.zh);
    p->was_en = rival_was(c->m, shown->text.en);
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

    if (e != OK)
        return e;
    note_shown(c, &p, &p.report);
    return send_edit(c, &p, 200);
}

/* What the form says, over what the report is; and what it showed. */
static void read_form(struct ctx *c, struct edit_page *p)
{
    struct report *s = &p->report;
    int64_t v;

    if (str_int(ctx_field(c, S("year")), &v))
        s->year = v;
    s->text = (struct text){ markup_clean(c->m, ctx_field(c, S("zh"))),
                             markup_clean(c->m, ctx_field(c, S("en"))) };
    p->was_year = ctx_field(c, S("was-year"));
    p->was_zh = ctx_field(c, S("was-zh"));
    p->was_en = ctx_field(c, S("was-en"));
}

/* Theirs where the sender did nothing; true: both changed this text. */
static bool merge_text(struct ctx *c, struct str name, struct str *mine,
                       struct str theirs)
{
    enum rival rival = rival_of(c, name, *mine, theirs);

    if (rival == RIVAL_THEIRS)
        *mine = theirs;
    return rival == RIVAL_BOTH;
}

/*
 * Put what somebody else saved meanwhile into the report, field by field; what
 * both changed is shown and asked about. True: nothing is asked.
 */
static bool merge(struct ctx *c, struct edit_page *p, const struct report *now)
{
    struct report *s = &p->report;
    struct str year = str_fmt(c->m, "%lld", (long long)s->year);
    struct str theirs = str_fmt(c->m, "%lld", (long long)now->year);

    p->rival_year = merge_text(c, S("year"), &year, theirs);
    if (str_eq(year, theirs))
        s->year = now->year;
    p->rival_zh = merge_text(c, S("zh"), &s->text.zh, now->text.zh);
    p->rival_en = merge_text(c, S("en"), &s->text.en, now->text.en);
    s->edition = now->edition;
    return !p->rival_year && !p->rival_zh && !p->rival_en;
}

static enum err send_rivals(struct ctx *c, struct edit_page *p,
                            const struct report *now)
{
    p->theirs = *now;
    note_shown(c, p, now); /* saving again is meant */
    p->problem = TEXT("您打开以后别人也改了同一部分，您的还没有保存；请对照后再"
                      "保存，再次保存就以您的为准",
                      "somebody changed the same part after you opened it, and "
                      "yours is not saved yet; compare, then save again to "
                      "keep yours");
    return send_edit(c, p, 409);
}

/* Save, or only show: the button says which. */
static enum err take_form(struct ctx *c, struct edit_page *p)
{
    struct report now;
    struct report saved;
    enum err e;

    read_form(c, p);
    if (ctx_field(c, S("preview")).n) {
        e = report_check(c->m, p->report.text, &p->problem);
        return send_edit(c, p, e == OK ? 200 : 422);
    }
    if (report_load(ctx_scope(c), p->report.slug, &now) && !merge(c, p, &now))
        return send_rivals(c, p, &now);
    saved = p->report;
    e = report_save(c->act, &saved, &p->problem);
    if (e == E_INPUT)
        return send_edit(c, p, 422);
    if (e != OK)
        return refuse(c, e, p->problem);
    announce_saved(c);
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
    read_form(c, &p);
    p.problem = TEXT("已有同名的答卷，请换一个网址名，或去修改那一份",
                     "there is a sheet of this name; choose another, or edit "
                     "that one");
    return send_edit(c, &p, 422);
}
