/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Pages to read. An article of a version is made from its frozen content
 * alone; what is true today stands around it, and inside it only on the
 * page of the newest version.
 */
#include "feature/reports/pages.h"

#include "base/date.h"
#include "feature/reports/freeze.h"
#include "feature/reports/section.h"
#include "feature/reports/views/report.h"
#include "host/desk/site.h"
#include "host/ledger/theme.h"

enum { VERSIONS_SHOWN = 20, REPORTS_SHOWN = 100 };

bool is_officer(const struct ctx *c)
{
    return has_role(&c->who, ROLE_OFFICER);
}

bool report_of_year_is_there(struct ctx *c)
{
    struct scope in = ctx_scope(c);
    struct report s;

    return report_load(in, str_fmt(c->m, "%d", c->year), &s) &&
           (is_officer(c) || version_newest(in, &s) > 0);
}

enum err report_of(struct ctx *c, struct report *ret)
{
    if (report_load(ctx_scope(c), c->params[0], ret))
        return OK;
    return refuse(c, E_ABSENT, TEXT("没有这份答卷", "there is no such sheet"));
}

static enum err no_version(struct ctx *c)
{
    return refuse(c, E_ABSENT,
                  TEXT("这一版没有发布过", "this version was never published"));
}

/* Text and figures of a version, without the rows behind them. */
enum err front_of(struct ctx *c, const struct report *s, int64_t number,
                  struct bundle *ret)
{
    struct str front;
    struct text why;

    if (!version_front(ctx_scope(c), s, number, &front))
        return no_version(c);
    if (bundle_read(c->m, front, ret, &why) != OK)
        return refuse(c, E_STORE, why);
    return OK;
}

enum err version_of(struct ctx *c, const struct report *s, struct version *ret)
{
    return version_find(ctx_scope(c), s, ctx_id(c, 1), ret) ? OK
                                                            : no_version(c);
}

static struct value_list today_of(struct ctx *c, const struct report *s)
{
    struct figure_value *values;
    size_t n = freeze_today(ctx_scope(c), s, &values);

    return (struct value_list){ values, n };
}

struct value_list values_of(struct mem *m, const struct bundle *b)
{
    struct figure_value *values =
        NEW_ARRAY(m, struct figure_value, b->figures_n);

    for (size_t i = 0; i < b->figures_n; i++)
        values[i] = b->figures[i].value;
    return (struct value_list){ values, b->figures_n };
}

/* "崂山区　2024年11月7日", from what was frozen. */
static struct text byline(struct mem *m, struct text name, struct str at)
{
    int32_t day = 0;

    date_read(str_slice(at, 0, 10), &day);
    return (struct text){
        str_fmt(m, "%.*s　%.*s", STR_ARG(name.zh),
                STR_ARG(date_words(m, day, LANG_ZH))),
        str_fmt(m, "%.*s, %.*s", STR_ARG(name.en),
                STR_ARG(date_words(m, day, LANG_EN))),
    };
}

/* 2024-11-07 17:02 of 2024-11-07T17:02:00+08:00. */
static struct str moment(struct mem *m, struct str at)
{
    return str_fmt(m, "%.*s %.*s", STR_ARG(str_slice(at, 0, 10)),
                   STR_ARG(str_slice(at, 11, 16)));
}

static void list_versions(struct ctx *c, struct report_page *p)
{
    struct rows r = version_list(ctx_scope(c), &p->report);
    struct version v = { .number = 0 };

    p->versions = NEW_ARRAY(c->m, struct version_line, VERSIONS_SHOWN);
    while (p->versions_n < VERSIONS_SHOWN && version_next(&r, c->m, &v))
        p->versions[p->versions_n++] = (struct version_line){
            v.number,
            date_moment(c->m, v.at),
            v.remark,
        };
    rows_end(&r);
    if (p->versions_n)
        p->newest = p->versions[0].number;
}

/* What is new against the version before. */
static struct text news_of(struct ctx *c, const struct report *s,
                           const struct bundle *b)
{
    struct bundle before = { .rows_n = 0 };
    struct change *changes;
    size_t n;

    if (b->version < 2 || front_of(c, s, b->version - 1, &before) != OK)
        return (struct text){ S(""), S("") };
    n = changes_between(c->m, values_of(c->m, &before), values_of(c->m, b),
                        &changes);
    if (n == 0 && str_eq(before.text.zh, b->text.zh) &&
        str_eq(before.text.en, b->text.en))
        return text_fmt(c->m, "与第 %lld 版相比没有变化",
                        "nothing changed since version %lld",
                        (long long)before.version);
    return text_fmt(c->m, "与第 %lld 版相比有 %zu 个数字不同",
                    "compared with version %lld, %zu numbers differ",
                    (long long)before.version, n);
}

static struct text title_of(struct mem *m, struct text text)
{
    struct text t = { markup_title(m, text.zh), markup_title(m, text.en) };

    if (t.en.n == 0)
        t.en = t.zh;
    return t;
}

static enum err send_page(struct ctx *c, const struct report_page *p,
                          struct text text)
{
    view_report_page(page_body(c), p);
    return page_send(c, &(struct page){
                            .title = title_of(c->m, text),
                            .feature = S("reports"),
                            .crumbs = { { TEXT("年度答卷", "Answer sheets"),
                                          S("/sheets") } },
                        });
}

/* A version; with `inside`, the article says too what differs today. */
static enum err send_version(struct ctx *c, struct report_page *p,
                             int64_t number, bool inside)
{
    struct article_source source = { .values = { NULL, 0 } };
    struct report frozen = p->report; /* its text now may ask otherwise */
    struct value_list today;
    struct bundle b = { .rows_n = 0 };
    enum err e = front_of(c, &p->report, number, &b);

    if (e != OK)
        return e;
    frozen.text = source.text = b.text;
    today = today_of(c, &frozen);
    source.values = values_of(c->m, &b);
    source.today = inside ? today : (struct value_list){ NULL, 0 };
    source.rows = str_fmt(c->m, "/sheets/%.*s/%lld/", STR_ARG(p->report.slug),
                          (long long)number);
    source.by = byline(c->m, b.name, b.at);
    if (!article_make(c->m, &source, c->lang, &p->article))
        return refuse(c, E_STORE,
                      TEXT("这一版无法显示", "this version cannot be shown"));
    p->version = number;
    p->at = moment(c->m, b.at);
    p->at_machine = b.at;
    p->size = b.size;
    p->key = note_key_encode(c->m, &c->house->key);
    p->changes_n = changes_between(c->m, source.values, today, &p->changes);
    years_beside(ctx_scope(c), (int32_t)p->report.year, source.values,
                 &p->years);
    p->phone = site_phone(c);
    p->news = news_of(c, &p->report, &b);
    return send_page(c, p, b.text);
}

static enum err send_draft(struct ctx *c, struct report_page *p)
{
    struct article_source source = {
        .text = p->report.text,
        .values = today_of(c, &p->report),
        .rows = S("/figures/"),
        .by = TEXT("草稿：数字随台账变化", "Draft: its numbers follow the "
                                           "ledgers"),
    };

    if (report_check(c->m, p->report.text, &p->problem) == OK)
        p->problem = (struct text){ S(""), S("") };
    if (!article_make(c->m, &source, c->lang, &p->article))
        return see_other(c, "/sheets/%.*s/edit", STR_ARG(p->report.slug));
    return send_page(c, p, p->report.text);
}

static enum err open_page(struct ctx *c, struct report_page *p)
{
    enum err e = report_of(c, &p->report);

    if (e != OK)
        return e;
    p->officer = is_officer(c);
    p->theme = theme_of(ctx_scope(c), (int32_t)p->report.year);
    list_versions(c, p);
    return OK;
}

enum err show_report(struct ctx *c)
{
    struct report_page p = { .version = 0 };
    enum err e = open_page(c, &p);

    if (e != OK)
        return e;
    if (p.newest)
        return send_version(c, &p, p.newest, true);
    if (p.officer)
        return send_draft(c, &p);
    return refuse(c, E_ABSENT,
                  TEXT("这份答卷还在写，没有发布；发布后就在这个网址。",
                       "this sheet is being written; it will be at this "
                       "address once it is published."));
}

enum err show_report_draft(struct ctx *c)
{
    struct report_page p = { .version = 0 };
    enum err e = open_page(c, &p);

    return e == OK ? send_draft(c, &p) : e;
}

enum err show_report_version(struct ctx *c)
{
    struct report_page p = { .version = 0 };
    enum err e = open_page(c, &p);

    return e == OK ? send_version(c, &p, ctx_id(c, 1), false) : e;
}

static void add_bytes(void *arg, struct str bytes)
{
    spool_put(arg, bytes);
}

enum err send_report_bundle(struct ctx *c)
{
    struct section_plan plan = { .tail = true };
    struct spool *to = ctx_spool(c);
    struct report s;
    struct version v = { .number = 0 };
    enum err e = report_of(c, &s);

    if (e == OK)
        e = version_of(c, &s, &v);
    if (e != OK)
        return e;
    plan.frozen = v.frozen;
    if (!section_each(ctx_scope(c), &plan, add_bytes, to)) {
        spool_drop(to);
        return refuse(c, E_STORE,
                      TEXT("这一版的证明包读不出来；请运行 dajuan verify",
                           "the bundle of this version cannot be read; run "
                           "dajuan verify"));
    }
    e = spool_end(to, &c->refusal);
    if (e != OK)
        return e;
    return send_spool(c, S("text/plain; charset=utf-8"),
                      str_fmt(c->m, "dajuan-%.*s-%lld.bundle", STR_ARG(s.slug),
                              (long long)v.number),
                      to);
}

enum err show_reports(struct ctx *c)
{
    struct report_line *lines =
        NEW_ARRAY(c->m, struct report_line, REPORTS_SHOWN);
    struct rows r = report_list(ctx_scope(c));
    struct report s;
    size_t n = 0;

    while (n < REPORTS_SHOWN && report_next(&r, c->m, &s)) {
        struct report_line *line = &lines[n];
        struct report_page p = { .report = s };

        list_versions(c, &p);
        if (!p.newest && !is_officer(c))
            continue;
        *line = (struct report_line){ .report = s, .version = p.newest };
        line->title = title_of(c->m, s.text);
        line->at = p.newest ? p.versions[0].at : S("");
        n++;
    }
    rows_end(&r);
    view_reports(page_body(c), lines, n, is_officer(c));
    return page_send(c, &(struct page){
                            .title = TEXT("年度答卷", "Answer sheets"),
                            .feature = S("reports"),
                        });
}
