/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Home: what needs doing today, and the programmes, each with its year in a
 * sentence and a picture; and the page of one programme.
 */
#include "host/page/home_page.h"

#include "base/date.h"
#include "host/desk/site.h"
#include "host/ledger/table.h"
#include "host/ledger/theme.h"
#include "host/ledger/year_shown.h"
#include "host/list/list.h"
#include "host/page/views/home.h"
#include "store/compose.h"

/* 片; of a mean or median the rows that it is of: （55 片）. */
static struct text unit_of(struct ctx *c, const struct figure_value *v)
{
    struct text unit = figure_unit(v->figure);
    const struct text *of = &figure_ledger(v->figure)->unit;

    if (!figure_is_tenths(v->figure))
        return unit;
    return (struct text){
        str_fmt(c->m, "%.*s（%lld %.*s）", STR_ARG(unit.zh), (long long)v->n,
                STR_ARG(of->zh)),
        str_fmt(c->m, "%.*s (%lld %.*s)", STR_ARG(unit.en), (long long)v->n,
                STR_ARG(of->en)),
    };
}

static struct shown_figure shown(struct ctx *c, struct figure_value v)
{
    if (figure_is_missing(ctx_scope(c), &v))
        return (struct shown_figure){
            .figure = v.figure,
            .value = v,
            .number = text_in(TEXT("还没有", "none yet"), c->lang),
            .missing = true,
        };
    return (struct shown_figure){
        .figure = v.figure,
        .value = v,
        .number = figure_shown(c->m, &v),
        .unit = unit_of(c, &v),
        .day = v.only.day ? date_words(c->m, v.only.day, c->lang) : S("")
    };
}

struct shown_figure show_value(struct ctx *c, const struct figure *f)
{
    return shown(c, figure_read(ctx_scope(c), c->year, f));
}

struct shown_figure show_part(struct ctx *c, const struct figure *f,
                              struct figure_part only)
{
    if (!only.month && !only.category.n && !only.day)
        return show_value(c, f);
    return shown(c, figure_read_part(ctx_scope(c), c->year, f, only));
}

static bool has_names(struct ctx *c)
{
    static const enum setting names[] = { SETTING_SITE, SETTING_OFFICE,
                                          SETTING_CONTACT, SETTING_PHONE };

    for (size_t i = 0; i < COUNT(names); i++)
        if (ctx_settings(c)->v[names[i]].n)
            return true;
    return false;
}

static bool has_places(struct ctx *c)
{
    struct list_query q;

    list_all(ledger_organisations(), c->lang, &q);
    return list_found(ctx_scope(c), &q) > 0;
}

/* A new house is not full of zeros: it says what to do first. */
static const struct first_step *first_steps(struct ctx *c)
{
    struct first_step *s = NEW_ARRAY(c->m, struct first_step, FIRST_STEPS);

    s[0] = (struct first_step){
        .what = TEXT("填写网站设置", "Fill in the settings"),
        .more = TEXT("名称、联系方式和备案号，显示在每一页",
                     "names, contact and filing numbers, for every page"),
        .path = S("/settings"),
        .done = has_names(c),
    };
    s[1] = (struct first_step){
        .what = TEXT("导入街道、社区和单位名单",
                     "Load subdistricts, communities and units"),
        .more = TEXT("先有名单，工作簿里的名字才认得出；页内有空白模板",
                     "a workbook is read by these names; there is an empty "
                     "template"),
        .path = S("/import/new?ledger=registry.organisation"),
        .done = has_places(c),
    };
    s[2] = (struct first_step){
        .what = TEXT("导入您的工作簿", "Import your workbook"),
        .more = TEXT("现有的台账原样上传，先核对再导入",
                     "your ledgers as they are: checked first, then imported"),
        .path = S("/import/new"),
    };
    return s;
}

/*
 * The year of a programme in a sentence. Missing is not zero: where nothing
 * counts yet there is none.
 */
static void tell(struct ctx *c, struct programme *p)
{
    struct str sentence = text_in(p->feature->sentence, c->lang);
    const struct figure *f = NULL;
    bool any = false;
    size_t n = 0;

    do {
        struct told *told = &p->told[n++];

        if (n == TOLD_MAX)
            BUG("a sentence of too many figures: %.*s",
                STR_ARG(p->feature->name));
        told->words = figure_named(&sentence, &f);
        if (f)
            told->figure = show_value(c, f);
        if (told->figure.missing)
            told->figure.number = S("—");
        any = any || told->figure.value.n > 0;
    } while (f);
    if (!any)
        return;
    p->told_n = n;
    if (p->told[0].figure.figure &&
        !chart_months(c, &p->told[0].figure.value, &p->months))
        p->months.n = 0;
}

enum err show_home(struct ctx *c)
{
    struct home home = { .ctx = c };
    const struct feature *const *menu;

    home.programmes_n = page_menu(c->m, &menu);
    home.programmes = NEW_ARRAY(c->m, struct programme, home.programmes_n);
    home.empty = site_is_new(c);
    for (size_t i = 0; i < home.programmes_n; i++) {
        home.programmes[i].feature = menu[i];
        if (!home.empty)
            tell(c, &home.programmes[i]);
    }
    if (home.empty && has_role(&c->who, ROLE_OFFICER))
        home.steps = first_steps(c);
    today_read(c, &home.today);
    home.theme = theme_of(ctx_scope(c), c->year);
    home.links_n = page_links(c, LINK_ON_HOME, &home.links);
    view_home(page_body(c), &home);
    return page_send(c, &(struct page){ .title = TEXT("首页", "Home") });
}

/* The rows of every shelf, in one statement. */
static void count_rows(struct ctx *c, struct feature_page *p)
{
    struct compose s;
    struct rows r;

    compose_init(&s, c->m);
    for (size_t i = 0; i < p->shelves_n; i++) {
        compose_sql(&s, i ? SQL(", (SELECT count(*) FROM ")
                          : SQL("SELECT (SELECT count(*) FROM "));
        compose_table(&s, p->shelves[i].ledger);
        compose_sql(&s, SQL(" WHERE district = ?1 AND voided = 0 AND "
                            "(year = 0 OR year = ?2))"));
    }
    r = tx_query(c->tx, compose_end(&s),
                 WITH(INT(c->house->district), INT(c->year)));
    if (!rows_next(&r))
        return;
    for (size_t i = 0; i < p->shelves_n; i++)
        p->shelves[i].rows = rows_int(&r, (int)i);
    rows_end(&r);
}

static void make_shelves(struct ctx *c, struct feature_page *p)
{
    const struct feature *f = p->feature;
    struct asker asker = ctx_asker(c);

    p->shelves_n = f->ledgers_n;
    p->shelves = NEW_ARRAY(c->m, struct shelf, f->ledgers_n);
    for (size_t i = 0; i < f->ledgers_n; i++)
        p->shelves[i] = (struct shelf){
            .ledger = f->ledgers[i],
            .path = ledger_path(c->m, f->ledgers[i]),
            .may_add = may_add(&asker, f->ledgers[i]),
        };
    count_rows(c, p);
}

/* Where pictures stand first, they tell the numbers. */
static void make_figures(struct ctx *c, struct feature_page *p)
{
    const struct feature *f = p->feature;

    p->figures_n = f->front || !site_is_new(c) ? f->figures_n : 0;
    p->figures = NEW_ARRAY(c->m, struct shown_figure, p->figures_n);
    for (size_t i = 0; i < p->figures_n; i++)
        p->figures[i] = f->front
                            ? (struct shown_figure){ .figure = &f->figures[i] }
                            : show_value(c, &f->figures[i]);
}

enum err show_feature(struct ctx *c)
{
    const struct feature *f = page_feature(c->params[0]);
    struct feature_page p = { .feature = f, .year = c->year };
    enum err e;

    if (!f || f->ledgers_n == 0)
        return E_ABSENT;
    make_figures(c, &p);
    make_shelves(c, &p);
    view_feature_head(page_body(c), &p);
    e = f->front ? f->front(c) : OK;
    if (e != OK)
        return e;
    view_feature(page_body(c), &p);
    return page_send(c,
                     &(struct page){ .title = f->label, .feature = f->name });
}
