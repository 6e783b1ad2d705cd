/* SPDX-License-Identifier: MulanPSL-2.0 */
/* What the office chooses for its house: names, contact, filing, year. */
#include "host/page/settings_page.h"

#include "base/date.h"
#include "base/year.h"
#include "host/desk/rival.h"
#include "host/desk/site.h"
#include "host/ledger/year_shown.h"
#include "host/page/views/settings.h"

/* The texts of the form; `abouts` says what each is. */
static const struct field fields[] = {
    { S_INIT("site"), FIELD_TEXT, TEXT_INIT("网站名称", "Name of the site"), 0,
      20 },
    { S_INIT("site_en"), FIELD_TEXT,
      TEXT_INIT("网站英文名称", "Its name in English"), 0, 40 },
    { S_INIT("office"), FIELD_TEXT, TEXT_INIT("主办单位", "Office in charge"),
      0, 60 },
    { S_INIT("office_en"), FIELD_TEXT,
      TEXT_INIT("主办单位英文名称", "Its name in English"), 0, 100 },
    { S_INIT("contact"), FIELD_TEXT, TEXT_INIT("联系科室或联系人", "Contact"),
      0, 60 },
    { S_INIT("phone"), FIELD_TEXT, TEXT_INIT("联系电话", "Telephone"), 0, 40 },
    { S_INIT("address"), FIELD_TEXT, TEXT_INIT("联系地址", "Postal address"), 0,
      100 },
    { S_INIT("icp"), FIELD_TEXT, TEXT_INIT("ICP 备案号", "Filing number (ICP)"),
      0, 60 },
    { S_INIT("police"), FIELD_TEXT,
      TEXT_INIT("公安备案号", "Filing number (police)"), 0, 60 },
    { S_INIT("public"), FIELD_TEXT, TEXT_INIT("公开网址", "Public address"), 0,
      200 },
    { S_INIT("shown"), FIELD_TEXT, TEXT_INIT("网站显示的年度", "Year on show"),
      0, 20 },
};
const struct form settings_form = { fields, COUNT(fields), false };

enum { TEXTS = COUNT(fields) - 1 }; /* the year is chosen, not typed */

static const struct {
    enum setting setting;
    struct text group;
    struct text hint;
} abouts[TEXTS] = {
    { SETTING_SITE, TEXT_INIT("名称", "Names"),
      TEXT_INIT("每页左上角和浏览器标签上的名字；不填就用区名",
                "at the top of every page; without one, the district's") },
    { SETTING_SITE_EN, TEXT_INIT("", ""), TEXT_INIT("", "") },
    { SETTING_OFFICE, TEXT_INIT("", ""),
      TEXT_INIT("写全称，显示在每页底部",
                "in full; stands at the foot of every page") },
    { SETTING_OFFICE_EN, TEXT_INIT("", ""), TEXT_INIT("", "") },
    { SETTING_CONTACT, TEXT_INIT("联系方式", "Contact"),
      TEXT_INIT("显示在每页底部和“投诉建议”页",
                "at the foot of every page and on \"Complaints\"") },
    { SETTING_PHONE, TEXT_INIT("", ""),
      TEXT_INIT("例如 0532-88990000", "for example 0532-88990000") },
    { SETTING_ADDRESS, TEXT_INIT("", ""), TEXT_INIT("", "") },
    { SETTING_ICP, TEXT_INIT("备案和网址", "Filing and address"),
      TEXT_INIT("例如 鲁ICP备12345678号-1；不对公网开放可以不填",
                "for example 鲁ICP备12345678号-1; none is needed where the "
                "public cannot reach it") },
    { SETTING_POLICE, TEXT_INIT("", ""),
      TEXT_INIT("例如 鲁公网安备 37021202000001号",
                "for example 鲁公网安备 37021202000001号") },
    { SETTING_PUBLIC, TEXT_INIT("", ""),
      TEXT_INIT("别人打开本站用的网址，例如 https://dajuan.example；"
                "发出去的链接都用它，不填就用当时打开的网址",
                "under which others open this site, such as "
                "https://dajuan.example; links that are sent use it, or else "
                "the address of the moment") },
};

/* Digits, with what people write between them. */
static bool is_phone(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (str_find(S("0123456789+-() "), str_slice(s, i, i + 1)) == SIZE_MAX)
            return false;
    return s.n == 0 || s.n >= 3;
}

/* As it shall be kept; false and words when it cannot be. */
static bool read_text(struct ctx *c, enum setting s, struct str *value,
                      struct text *ret_wrong)
{
    if (s == SETTING_PUBLIC && value->n &&
        !site_address_read(c->m, *value, value)) {
        *ret_wrong = TEXT("应为 https:// 或 http:// 加主机名，后面不带路径，"
                          "例如 https://dajuan.example",
                          "write https:// or http:// and the host, without a "
                          "path, such as https://dajuan.example");
        return false;
    }
    if (s == SETTING_PHONE && !is_phone(*value)) {
        *ret_wrong = TEXT("只能有数字、+、-、括号和空格，例如 0532-88990000",
                          "digits, +, -, brackets and blanks alone, such as "
                          "0532-88990000");
        return false;
    }
    return true;
}

/* The chosen year as the form says it. */
static struct str year_kept(struct ctx *c)
{
    int32_t year = year_chosen(ctx_scope(c));

    return year ? str_fmt(c->m, "%d", year) : S("");
}

/* The years to choose from: the chosen one too when it has no records. */
static void list_years(struct ctx *c, struct settings_page *p)
{
    struct scope in = ctx_scope(c);
    bool listed = false;

    if (!p->year_said)
        p->chosen = year_chosen(in);
    p->years_n =
        years_to_show(in, date_year(date_of(c->now)), SETTINGS_YEARS, p->years);
    for (size_t i = 0; i < p->years_n; i++)
        listed |= p->years[i] == p->chosen;
    if (p->chosen && !listed)
        p->years[p->years_n++] = p->chosen;
}

static enum err settings_page(struct ctx *c, struct settings_page *p)
{
    p->ctx = c;
    p->lines_n = TEXTS;
    p->year_was = rival_was(c->m, year_kept(c));
    list_years(c, p);
    view_settings(page_body(c), p);
    return page_send(c, &(struct page){
                            .title = TEXT("网站设置", "Settings"),
                            .wrong = p->wrong > 0 || p->changed,
                            .status = p->changed ? 409
                                      : p->wrong ? 422
                                                 : 200,
                        });
}

static struct settings_line line_of(struct ctx *c, size_t i)
{
    struct str kept = ctx_settings(c)->v[abouts[i].setting];

    return (struct settings_line){
        .field = &fields[i],
        .group = abouts[i].group,
        .hint = abouts[i].hint,
        .value = kept,
        .kept = kept,
        .was = rival_was(c->m, kept),
        .wide = fields[i].max > 40,
    };
}

enum err show_settings(struct ctx *c)
{
    struct settings_line lines[TEXTS];
    struct settings_page p = { .lines = lines };

    for (size_t i = 0; i < TEXTS; i++)
        lines[i] = line_of(c, i);
    return settings_page(c, &p);
}

/* What was sent, or what somebody else kept where the sender did nothing. */
static void read_line(struct ctx *c, struct settings_page *p,
                      struct settings_line *l, enum setting setting)
{
    enum rival rival;

    l->value = ctx_field(c, l->field->name);
    p->wrong += !read_text(c, setting, &l->value, &l->wrong);
    rival = rival_of(c, l->field->name, l->value, l->kept);
    if (rival == RIVAL_THEIRS)
        l->value = l->kept;
    l->differs = rival == RIVAL_BOTH;
    p->changed |= l->differs;
}

static void read_year(struct ctx *c, struct settings_page *p)
{
    struct str said = ctx_field(c, fields[TEXTS].name);
    int32_t year = year_read(said);

    p->year_said = true;
    p->chosen = year;
    if (said.n && (year < YEAR_FIRST || year >= YEAR_END))
        p->year_wrong = TEXT("年度应为四位数的年份，例如 2024",
                             "the year must be written as 2024");
    switch (rival_of(c, fields[TEXTS].name,
                     year ? str_fmt(c->m, "%d", year) : said, year_kept(c))) {
    case RIVAL_THEIRS:
        p->chosen = year_chosen(ctx_scope(c));
        break;
    case RIVAL_BOTH:
        p->changed = p->year_differs = true;
        break;
    case RIVAL_MINE:
        break;
    }
    p->wrong += !text_empty(p->year_wrong);
}

static enum err keep(struct ctx *c, const struct settings_page *p)
{
    for (size_t i = 0; i < TEXTS; i++)
        if (setting_write(c->act, abouts[i].setting, p->lines[i].value) != OK)
            return E_STORE;
    return year_choose(c->act, p->chosen);
}

enum err post_settings(struct ctx *c)
{
    struct settings_line lines[TEXTS];
    struct settings_page p = { .lines = lines };
    enum err e;

    for (size_t i = 0; i < TEXTS; i++) {
        lines[i] = line_of(c, i);
        read_line(c, &p, &lines[i], abouts[i].setting);
    }
    read_year(c, &p);
    if (p.wrong || p.changed)
        return settings_page(c, &p);
    e = keep(c, &p);
    if (e != OK)
        return e;
    announce_saved(c);
    /* A new house goes on with what to do next. */
    if (site_is_new(c))
        return see_other(c, "/");
    return see_other(c, "/settings");
}
