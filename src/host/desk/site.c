/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Names of the house, and what it takes to be itself. */
#include "host/desk/site.h"

#include "host/ledger/ledger.h"
#include "host/ledger/year_shown.h"

enum { ADDRESS_MAX = 200, HANZI = 3 };

/*
 * "崂山区" is "崂山答卷". Only a name of two characters can stand without the
 * word behind it: 浦东新区, 开发区 and 东区 cannot.
 */
static struct str short_name(struct str zh)
{
    bool plain = zh.n == 3 * HANZI && !str_ends(zh, S("新区")) &&
                 !str_ends(zh, S("发区")) &&
                 (str_ends(zh, S("区")) || str_ends(zh, S("县")) ||
                  str_ends(zh, S("市")));

    return plain ? str_slice(zh, 0, 2 * HANZI) : zh;
}

static struct text chosen(struct ctx *c, enum setting zh, enum setting en,
                          struct text usual)
{
    const struct settings *s = ctx_settings(c);

    return (struct text){ s->v[zh].n ? s->v[zh] : usual.zh,
                          s->v[en].n ? s->v[en] : usual.en };
}

struct text site_name(struct ctx *c)
{
    struct text district = c->house->name;

    return chosen(c, SETTING_SITE, SETTING_SITE_EN,
                  (struct text){
                      str_fmt(c->m, "%.*s答卷",
                              STR_ARG(short_name(district.zh))),
                      str_fmt(c->m, "%.*s · Dajuan", STR_ARG(district.en)) });
}

struct text site_office(struct ctx *c)
{
    return chosen(c, SETTING_OFFICE, SETTING_OFFICE_EN, c->house->name);
}

struct str site_phone(struct ctx *c)
{
    struct str said = ctx_settings(c)->v[SETTING_PHONE];
    struct buf *b = buf_new(c->m, 2 * said.n + 1);

    for (size_t i = 0; i < said.n; i++)
        if (said.p[i] == '+')
            buf_put(b, S("00"));
        else if (said.p[i] >= '0' && said.p[i] <= '9')
            buf_byte(b, said.p[i]);
    return buf_str(b);
}

/* ---- addresses ---- */

static bool is_host_byte(char ch)
{
    return (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '.' ||
           ch == '-' || ch == ':' || ch == '[' || ch == ']';
}

/* "host" or "host:port", without the port that `scheme` has anyway. */
static bool read_host(struct str scheme, struct str s, struct str *ret)
{
    size_t port = str_find(s, S(":"));

    if (s.n == 0 || s.p[0] == ':' || s.p[0] == '-' || s.p[0] == '.')
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_host_byte(s.p[i]))
            return false;
    if (s.p[0] != '[' && port != SIZE_MAX) {
        int64_t n;

        if (!str_int(str_slice(s, port + 1, s.n), &n) || n < 1 || n > 65535)
            return false;
    }
    *ret = str_without_end(s, str_eq(scheme, S("https://")) ? S(":443")
                                                            : S(":80"));
    return true;
}

bool site_address_read(struct mem *m, struct str said, struct str *ret)
{
    struct str s = str_without_end(str_lower(m, str_trim(said)), S("/"));
    struct str scheme = str_starts(s, S("https://"))  ? S("https://")
                        : str_starts(s, S("http://")) ? S("http://")
                                                      : S("");
    struct str host;

    if (scheme.n == 0 || s.n > ADDRESS_MAX ||
        !read_host(scheme, str_slice(s, scheme.n, s.n), &host))
        return false;
    *ret = str_join(m, (struct str[]){ scheme, host }, 2);
    return true;
}

bool site_is_new(struct ctx *c)
{
    return year_newest(ctx_scope(c), YEAR_END) == 0;
}

bool site_is_secure(const struct exchange *x)
{
    return str_eq(http_header(&x->head, S("X-Forwarded-Proto")), S("https"));
}

struct str site_link(struct ctx *c, struct str path)
{
    struct str public = ctx_settings(c)->v[SETTING_PUBLIC];

    if (public.n)
        return str_join(c->m, (struct str[]){ public, path }, 2);
    return str_fmt(c->m, "%s://%.*s%.*s",
                   site_is_secure(c->x) ? "https" : "http",
                   STR_ARG(c->x->head.host), STR_ARG(path));
}

/* ---- where a form comes from ---- */

static bool is_own(struct ctx *c, struct str origin)
{
    size_t at = str_find(origin, S("://"));

    return at != SIZE_MAX &&
           (str_eq(str_slice(origin, at + 3, origin.n), c->x->head.host) ||
            str_eq(origin, ctx_settings(c)->v[SETTING_PUBLIC]));
}

static enum err refuse_origin(struct ctx *c, struct str origin)
{
    return refuse(
        c, E_DENIED,
        text_fmt(c->m,
                 "表单来自 %.*s，本站收到的主机名却是 %.*s，所以没有接受。"
                 "如果两者是同一个网站：请管理员让代理原样传递 Host"
                 "（说明见 docs/proxy.md），或在“网站设置”里填写公开网址。",
                 "The form comes from %.*s, but this site was asked for as "
                 "%.*s, so it was not taken. If both are the same site, the "
                 "proxy must pass Host as it is (docs/proxy.md), or the "
                 "public address must stand in the settings.",
                 STR_ARG(str_slice(origin, 0, ADDRESS_MAX)),
                 STR_ARG(c->x->head.host)));
}

enum err site_check_origin(struct ctx *c)
{
    struct str site = http_header(&c->x->head, S("Sec-Fetch-Site"));
    struct str origin = http_header(&c->x->head, S("Origin"));

    if (site.p && !str_eq(site, S("same-origin")))
        return refuse(c, E_DENIED,
                      TEXT("表单不是从本站页面提交的，已拒绝",
                           "the form was not sent from a page of this site"));
    if (origin.p)
        return is_own(c, origin) ? OK : refuse_origin(c, origin);
    if (site.p)
        return OK;
    return refuse(c, E_DENIED,
                  TEXT("浏览器没有说明表单来自哪个页面，已拒绝；"
                       "请换一个新一些的浏览器",
                       "the browser does not say which page the form comes "
                       "from; use a newer one"));
}

void site_cookie(struct ctx *c, const char *name, struct str value,
                 int64_t seconds)
{
    response_header(
        c->x, "Set-Cookie",
        str_fmt(c->m, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%.*s", name,
                STR_ARG(value), site_is_secure(c->x) ? "; Secure" : "",
                STR_ARG(seconds < 0 ? S("")
                                    : str_fmt(c->m, "; Max-Age=%lld",
                                              (long long)seconds))));
}
