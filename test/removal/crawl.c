/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Follows every link of every page of the demo, as a visitor and as an
 * officer, from the home page on: nothing may lead to a page that is not
 * there. Forms are knocked at without their token: whoever takes them
 * refuses with 403.
 *
 * Lists can be asked in endless ways, so of addresses that differ only in
 * the values of their query one is followed; pages are turned all the same.
 */
#include "base/map.h"
#include "test/http/site.h"

#include <signal.h>
#include <stdio.h>

enum { LINKS_MAX = 80000, KEY_MAX = 2048 };

struct link {
    struct str path;
    struct str from;
    bool form; /* is sent, not opened */
};

struct crawl {
    struct mem *m;
    struct mem *page; /* until the next one */
    struct client client;
    const char *who;
    struct link *links; /* found, in the order they are followed */
    size_t n, done;
    struct map seen;
    long broken;
};

static struct str without_entities(struct mem *m, struct str s)
{
    struct buf *b = buf_new(m, s.n + 1);
    struct str part;

    while (str_cut(&s, S("&amp;"), &part)) {
        buf_put(b, part);
        if (s.p)
            buf_byte(b, '&');
    }
    return buf_str(b);
}

enum { NAMES_MAX = 32 };

/* Put one more among names in their order. */
static size_t put_name(struct str *names, size_t n, struct str name)
{
    size_t at = n;

    if (n == NAMES_MAX)
        BUG("a query of more than %d names", NAMES_MAX);
    for (; at > 0 && str_cmp(names[at - 1], name) > 0; at--)
        names[at] = names[at - 1];
    names[at] = name;
    return n + 1;
}

/*
 * What tells links apart: the path, and of the query the names, whatever
 * their order.
 */
static struct str key_of(struct mem *m, const struct link *l)
{
    struct buf *b = buf_new(m, KEY_MAX);
    struct str query = l->path;
    struct str names[NAMES_MAX];
    struct str part;
    size_t n = 0;

    str_cut(&query, S("?"), &part);
    buf_put(b, l->form ? S("POST ") : S(""));
    buf_put(b, part);
    while (str_cut(&query, S("&"), &part))
        n = put_name(names, n,
                     str_starts(part, S("page="))
                         ? part
                         : str_slice(part, 0, str_find(part, S("="))));
    for (size_t i = 0; i < n; i++) {
        buf_byte(b, '&');
        buf_put(b, names[i]);
    }
    return buf_str(b);
}

static void add_link(struct crawl *c, struct link l)
{
    struct str key;
    int64_t at;

    l.path = str_slice(l.path, 0, str_find(l.path, S("#")));
    if (!str_starts(l.path, S("/")))
        return;
    l.path = without_entities(c->page, l.path);
    key = key_of(c->page, &l);
    if (map_get(&c->seen, key, &at))
        return;
    if (c->n == LINKS_MAX)
        BUG("more than %d links", LINKS_MAX);
    map_put(&c->seen, str_dup(c->m, key), (int64_t)c->n);
    l.path = str_dup(c->m, l.path);
    c->links[c->n++] = l;
}

static void add_links(struct crawl *c, struct str html, struct str from)
{
    struct str part;
    struct str tag;

    str_cut(&html, S("<"), &part);
    while (str_cut(&html, S("<"), &part)) {
        str_cut(&part, S(">"), &tag);
        add_link(c, (struct link){ between(tag, S(" href=\""), S("\"")), from,
                                   false });
        add_link(c, (struct link){ between(tag, S(" src=\""), S("\"")), from,
                                   false });
        add_link(c, (struct link){ between(tag, S("action=\""), S("\"")), from,
                                   str_find(tag, S("method=\"post\"")) !=
                                       SIZE_MAX });
    }
}

static struct answer follow(struct crawl *c, const struct link *l)
{
    if (!l->form)
        return client_get(&c->client, c->page, l->path);
    return client_send(&c->client, c->page, "POST", l->path,
                       S("Content-Type: application/x-www-form-urlencoded\r\n"),
                       S(""));
}

static void judge(struct crawl *c, const struct link *l, int status)
{
    if (l->form ? status == 403 : status && status != 404 && status < 500)
        return;
    c->broken++;
    fprintf(stderr, "%s: %s%.*s answers %d; it stands on %.*s\n", c->who,
            l->form ? "the form " : "", STR_ARG(l->path), status,
            STR_ARG(l->from));
}

static void crawl(struct crawl *c)
{
    while (c->done < c->n) {
        struct link l = c->links[c->done++];
        struct answer a = follow(c, &l);

        judge(c, &l, a.status);
        add_link(c, (struct link){ answer_header(&a, S("Location")), l.path,
                                   false });
        if (!l.form &&
            str_starts(answer_header(&a, S("Content-Type")), S("text/html")))
            add_links(c, a.body, l.path);
        mem_reset(c->page);
    }
    printf("  %-8s %6zu links, %ld broken\n", c->who, c->n, c->broken);
}

static struct site *start(struct mem *m, const char *program)
{
    struct site *site = site_new(m, program);
    struct str said;

    if (SITE_COMMAND(site, m, &said, "demo", site->data) != 0)
        BUG("no demo: %.*s", STR_ARG(said));
    if (!site_start(site))
        BUG("it does not serve");
    return site;
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct crawl all[] = { { .who = "visitor" }, { .who = "officer" } };
    struct site *site;
    long broken = 0;

    if (argc < 2) {
        fprintf(stderr, "crawl PROGRAM [PATHS to follow as well]\n");
        return 2;
    }
    site = start(m, argv[1]);
    for (size_t i = 0; i < COUNT(all); i++) {
        all[i].m = m;
        all[i].page = mem_child(m);
        all[i].links = NEW_ARRAY(m, struct link, LINKS_MAX);
        map_init(&all[i].seen, m);
        client_init(&all[i].client, site->port);
        add_link(&all[i], (struct link){ S("/"), S("no page"), false });
        for (int k = 2; k < argc; k++)
            add_link(&all[i],
                     (struct link){ str_from(argv[k]), S("no page"), false });
    }
    if (!client_set_up(&all[1].client, m, site->link, S("boss")))
        BUG("nobody could sign in");
    for (size_t i = 0; i < COUNT(all); i++) {
        crawl(&all[i]);
        broken += all[i].broken;
    }
    if (site_end(site, SIGTERM) != 0)
        BUG("it did not end well");
    site_remove(site);
    return broken ? 1 : 0;
}
