/* SPDX-License-Identifier: MulanPSL-2.0 */
/* How a house is called, and whose forms it takes. */
#include "host/desk/site.h"

#include "host/given/given.h"

static struct str name_in(struct given *g, const char *district)
{
    struct ctx *c = given_ctx(g, S("/"));

    g->house->name = text_same(str_from(district));
    return site_name(c).zh;
}

TEST(site_is_called_by_its_district_without_breaking_its_name)
{
    struct given *g = given(t);

    CHECK_STR(name_in(g, "崂山区"), S("崂山答卷"));
    CHECK_STR(name_in(g, "即墨市"), S("即墨答卷"));
    CHECK_STR(name_in(g, "浦东新区"), S("浦东新区答卷"));
    CHECK_STR(name_in(g, "新区"), S("新区答卷"));
    CHECK_STR(name_in(g, "开发区"), S("开发区答卷"));
    CHECK_STR(name_in(g, "高新区"), S("高新区答卷"));
    CHECK_STR(name_in(g, "呼和浩特市"), S("呼和浩特市答卷"));
    CHECK_STR(name_in(g, "东区"), S("东区答卷"));
    CHECK_STR(name_in(g, "Pudong"), S("Pudong答卷"));
}

/* The request for "/" with these headers, as the server would give it. */
static struct ctx *from(struct given *g, struct str host, const char *origin,
                        const char *site)
{
    struct ctx *c = given_ctx(g, S("/"));
    struct http_head *head = &c->x->head;

    head->host = host;
    head->header_count = 0;
    if (origin)
        head->headers[head->header_count++] =
            (struct http_header){ S("Origin"), str_from(origin) };
    if (site)
        head->headers[head->header_count++] =
            (struct http_header){ S("Sec-Fetch-Site"), str_from(site) };
    return c;
}

static enum err check_from(struct given *g, const char *origin,
                           const char *site)
{
    return site_check_origin(from(g, S("a.example:8443"), origin, site));
}

TEST(site_takes_forms_of_its_own_pages_alone)
{
    struct given *g = given(t);

    CHECK(check_from(g, "https://a.example:8443", "same-origin") == OK);
    CHECK(check_from(g, "https://a.example:8443", NULL) == OK);
    CHECK(check_from(g, NULL, "same-origin") == OK);
    CHECK(check_from(g, NULL, NULL) == E_DENIED);
    CHECK(check_from(g, "null", NULL) == E_DENIED);
    CHECK(check_from(g, "https://evil.example", NULL) == E_DENIED);
    CHECK(check_from(g, "https://evil.example", "same-origin") == E_DENIED);
    CHECK(check_from(g, "https://a.example:8443", "same-site") == E_DENIED);
    CHECK(check_from(g, "https://a.example:8443", "cross-site") == E_DENIED);
    CHECK(check_from(g, "https://a.example", "same-origin") == E_DENIED);
}

TEST(site_says_what_differs_when_a_proxy_loses_the_port)
{
    struct given *g = given(t);
    struct ctx *c =
        from(g, S("a.example"), "https://a.example:8443", "same-origin");

    CHECK(site_check_origin(c) == E_DENIED);
    CHECK(str_find(c->refusal.zh, S("来自 https://a.example:8443")) !=
          SIZE_MAX);
    CHECK(str_find(c->refusal.zh, S("却是 a.example，")) != SIZE_MAX);
    CHECK(setting_write(given_act(g), SETTING_PUBLIC,
                        S("https://a.example:8443")) == OK);
    c = from(g, S("a.example"), "https://a.example:8443", "same-origin");
    CHECK(site_check_origin(c) == OK);
    c = from(g, S("a.example"), "http://a.example:8443", "same-origin");
    CHECK(site_check_origin(c) == E_DENIED);
}

TEST(site_links_by_its_public_address_or_by_the_one_asked_for)
{
    struct given *g = given(t);
    struct ctx *c = from(g, S("10.0.0.7:8080"), NULL, NULL);
    struct http_head *head = &c->x->head;

    CHECK_STR(site_link(c, S("/link/x")), S("http://10.0.0.7:8080/link/x"));
    head->headers[head->header_count++] =
        (struct http_header){ S("X-Forwarded-Proto"), S("https") };
    CHECK_STR(site_link(c, S("/")), S("https://10.0.0.7:8080/"));
    CHECK(setting_write(given_act(g), SETTING_PUBLIC,
                        S("https://dajuan.example")) == OK);
    c = from(g, S("10.0.0.7:8080"), NULL, NULL);
    CHECK_STR(site_link(c, S("/link/x")), S("https://dajuan.example/link/x"));
}

TEST(pages_name_their_address_for_who_holds_them_on_paper)
{
    struct given *g = given(t);
    struct ctx *c;

    given_keep(g, sample_tree(g, S("甲")));
    CHECK(setting_write(given_act(g), SETTING_PUBLIC,
                        S("https://dajuan.example:8443")) == OK);
    c = given_get(g, S("/sample/tree?lang=zh&sort=name"));
    CHECK(page_has(c, S("<p class=\"source\">崂山答卷，"
                        "https://dajuan.example:8443/sample/tree?sort=name"
                        "</p>")));
    c = given_get(g, S("/sample/tree/1"));
    CHECK(page_has(c, S("id=\"link\">https://dajuan.example:8443/sample/"
                        "tree/1</p>")));
}
