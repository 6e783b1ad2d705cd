/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Makes the site with its accounts, and judges every answer. The markup of
 * ordinary pages is learned first; a tag or attribute that no ordinary page
 * has is then something that somebody's text became.
 */
#include "test/http/audit.h"

#include "host/ledger/figure.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FAILURES_SHOWN = 40, PAIR_MAX = 200 };

const char *const audit_role_names[AUDIT_ROLES] = {
    "visitor", "editor", "officer", "auditor", "admin",
};

bool expect(struct audit *a, bool held, const char *fmt, ...)
{
    va_list args;

    if (held) {
        a->passed++;
        return true;
    }
    if (a->failed++ < FAILURES_SHOWN) {
        fprintf(stderr, "http: ");
        va_start(args, fmt);
        vfprintf(stderr, fmt, args);
        va_end(args);
        fprintf(stderr, "\n");
    }
    return false;
}

/* ---- markup ---- */

/* What walks over the tags of a page. */
struct tags {
    struct str html;
    size_t at;
    struct str name; /* of the tag */
    struct str rest; /* its attributes, not read yet */
};

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_';
}

/* The end of a tag: the first > outside of quotes. */
static size_t tag_end(struct str s, size_t at)
{
    char quote = 0;

    for (; at < s.n; at++) {
        if (quote) {
            if (s.p[at] == quote)
                quote = 0;
        } else if (s.p[at] == '"' || s.p[at] == '\'') {
            quote = s.p[at];
        } else if (s.p[at] == '>') {
            break;
        }
    }
    return at;
}

/* The next opening tag, as a browser would see it. */
static bool tags_next(struct tags *t)
{
    while (t->at + 1 < t->html.n) {
        size_t from = ++t->at;
        size_t to;

        if (t->html.p[from - 1] != '<' || !is_name_byte(t->html.p[from]))
            continue;
        while (t->at < t->html.n && is_name_byte(t->html.p[t->at]))
            t->at++;
        t->name = str_slice(t->html, from, t->at);
        to = tag_end(t->html, t->at);
        t->rest = str_slice(t->html, t->at, to);
        t->at = to;
        return true;
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '/';
}

/* The next attribute of the tag; a value without quotes is one of its own. */
static bool attribute_next(struct str *rest, struct str *ret_name,
                           struct str *ret_value)
{
    size_t i = 0;
    size_t from;
    char quote;

    while (i < rest->n && is_blank(rest->p[i]))
        i++;
    from = i;
    while (i < rest->n && !is_blank(rest->p[i]) && rest->p[i] != '=')
        i++;
    if (i == from)
        return false;
    *ret_name = str_slice(*rest, from, i);
    *ret_value = S("");
    if (i + 1 < rest->n && rest->p[i] == '=' &&
        (rest->p[i + 1] == '"' || rest->p[i + 1] == '\'')) {
        quote = rest->p[i + 1];
        from = i += 2;
        while (i < rest->n && rest->p[i] != quote)
            i++;
        *ret_value = str_slice(*rest, from, i++);
    }
    *rest = str_slice(*rest, i, rest->n);
    return true;
}

struct str page_skeleton(struct mem *m, struct str html)
{
    struct buf *b = buf_new(m, 8 << 20);
    struct tags t = { .html = html };
    struct str name;
    struct str value;

    while (tags_next(&t)) {
        if (str_eq(t.name, S("option")) || str_eq(t.name, S("datalist")))
            continue;
        buf_byte(b, '<');
        buf_put(b, t.name);
        while (attribute_next(&t.rest, &name, &value)) {
            if (str_eq(name, S("list")))
                continue;
            buf_byte(b, ' ');
            buf_put(b, name);
        }
    }
    return buf_str(b);
}

static bool is_link(struct str name)
{
    return str_eq(name, S("href")) || str_eq(name, S("action")) ||
           str_eq(name, S("src")) || str_eq(name, S("formaction"));
}

/* A link of the site stays on the site. */
static bool stays_here(struct str value)
{
    return (str_starts(value, S("/")) && !str_starts(value, S("//"))) ||
           str_starts(value, S("?")) || str_starts(value, S("#")) ||
           str_starts(value, S("tel:")) || value.n == 0;
}

static void judge_pair(struct audit *a, struct str tag, struct str name,
                       struct str what)
{
    char bytes[PAIR_MAX];
    struct str pair = { bytes, tag.n + 1 + name.n };
    int64_t seen;

    if (pair.n > sizeof(bytes)) {
        expect(a, false, "%.*s: a name of %zu bytes", STR_ARG(what), pair.n);
        return;
    }
    memcpy(bytes, tag.p, tag.n);
    bytes[tag.n] = ' ';
    if (name.n)
        memcpy(bytes + tag.n + 1, name.p, name.n);
    if (map_get(&a->markup, pair, &seen))
        return;
    map_put(&a->markup, str_dup(a->m, pair), 1);
    if (!a->learning)
        expect(a, false, "%.*s: the page has <%.*s>, ordinary pages do not",
               STR_ARG(what), STR_ARG(pair));
}

static void judge_page(struct audit *a, struct str html, struct str what)
{
    struct tags t = { .html = html };
    struct str name;
    struct str value;

    while (tags_next(&t)) {
        judge_pair(a, t.name, S(""), what);
        while (attribute_next(&t.rest, &name, &value)) {
            judge_pair(a, t.name, name, what);
            if (is_link(name) && !stays_here(value))
                expect(a, false, "%.*s: a link to %.*s", STR_ARG(what),
                       STR_ARG(value));
        }
    }
}

void audit_judge(struct audit *a, const struct answer *ans, struct str what)
{
    struct str type = answer_header(ans, S("Content-Type"));
    struct str policy = answer_header(ans, S("Content-Security-Policy"));

    a->asked++;
    if (ans->status == 0 || ans->status >= 500) {
        expect(a, false, "%.*s: answer %d", STR_ARG(what), ans->status);
        return;
    }
    if (!str_starts(type, S("text/html")))
        return;
    if (!str_starts(policy, S("default-src 'none'")) ||
        str_find(policy, S("unsafe")) != SIZE_MAX)
        expect(a, false, "%.*s: a page without policy", STR_ARG(what));
    judge_page(a, ans->body, what);
}

struct answer audit_get(struct audit *a, struct client *c, struct mem *m,
                        struct str path)
{
    struct answer ans = client_get(c, m, path);

    audit_judge(a, &ans, str_slice(path, 0, 160));
    return ans;
}

struct answer audit_post(struct audit *a, struct client *c, struct mem *m,
                         struct str path, struct str fields)
{
    struct answer ans = client_post(c, m, path, fields);

    audit_judge(a, &ans,
                str_fmt(m, "POST %.*s %.*s", STR_ARG(path),
                        STR_ARG(str_slice(fields, 0, 160))));
    return ans;
}

/* ---- rows ---- */

struct str audit_path(struct mem *m, const struct ledger *l, const char *rest)
{
    return str_fmt(m, "%.*s%s", STR_ARG(ledger_path(m, l)), rest);
}

struct str audit_value(struct mem *m, const struct column *c, long n)
{
    switch (c->type) {
    case COLUMN_TEXT:
    case COLUMN_LINES:
        if (c->max && c->max < 16)
            return S("");
        return str_fmt(m, "测试 %ld", n);
    case COLUMN_COUNT:
        return S("0"); /* the whole may not be less than its parts */
    case COLUMN_MARK:
        return S("5");
    case COLUMN_DATE:
        return column_is(c, COLUMN_DUE) ? S("2024-06-01") : S("2024-05-31");
    case COLUMN_CHOICE:
        return c->choices[0].key;
    case COLUMN_PHONE:
        return S("13800138000");
    case COLUMN_REF:
        return str_eq(c->ref_kind, S("unit"))          ? S("甲局")
               : str_eq(c->ref_kind, S("community"))   ? S("甲社区")
               : str_eq(c->ref_kind, S("subdistrict")) ? S("甲街道")
                                                       : S("");
    }
    return S("");
}

struct str audit_fields(struct mem *m, const struct ledger *l, long n,
                        size_t but, struct str value)
{
    struct buf *b = buf_new(m, 1 << 20);

    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];

        if (column_is(c, COLUMN_PARENT))
            continue; /* the address says it */
        if (i == but)
            form_put(b, c->key, value);
        else if (column_is_asked(c) && c->by != RELATION_STEP)
            form_put(b, c->key, audit_value(m, c, n));
    }
    if (ledger_asks_year(l))
        form_put(b, S("year"), S("2024"));
    return buf_str(b);
}

struct str audit_step_fields(struct mem *m, const struct ledger *l,
                             const struct step *s, struct str text)
{
    struct buf *b = buf_new(m, 1 << 20);

    for (size_t i = 0; i < l->columns_n; i++) {
        const struct column *c = &l->columns[i];
        bool says = c->type == COLUMN_TEXT || c->type == COLUMN_LINES;

        if (s->asks & AT(i))
            form_put(b, c->key, says ? text : S("2024-06-03"));
    }
    form_put(b, S("reason"), text);
    return buf_str(b);
}

/* The first field of a name counts. */
struct str audit_undecided(struct mem *m, const struct ledger *l,
                           struct str fields)
{
    struct buf *b = buf_new(m, 1 << 20);

    for (size_t i = 0; i < l->columns_n; i++)
        if (column_is_decided(&l->columns[i]))
            form_put(b, l->columns[i].key, S(""));
    buf_put(b, fields);
    return buf_str(b);
}

const struct ledger *audit_owned(void)
{
    const struct ledger *l;

    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++)
        if (ledger_has(l, COLUMN_OWNER) &&
            column_is(&l->columns[ledger_title(l)], COLUMN_IDENTITY))
            return l;
    BUG("no ledger has rows of units");
}

struct str audit_owned_fields(struct mem *m, const char *title,
                              const char *unit)
{
    const struct ledger *l = audit_owned();
    struct buf *b = buf_new(m, 1 << 16);

    form_put(b, l->columns[ledger_role(l, COLUMN_OWNER)].key, str_from(unit));
    buf_put(b, audit_fields(m, l, 1, ledger_title(l), str_from(title)));
    return audit_undecided(m, l, buf_str(b));
}

struct str audit_owned_path(struct mem *m, const char *rest)
{
    return audit_path(m, audit_owned(), rest);
}

bool audit_stands_alone(const struct ledger *l)
{
    return !ledger_parent(l);
}

struct str audit_figure(void)
{
    return figure_at(0)->key;
}

struct str audit_row(struct audit *a, struct client *c, struct mem *m,
                     struct str ledger, struct str fields)
{
    struct str path = str_fmt(m, "%.*s/new", STR_ARG(ledger));
    struct answer ans = audit_post(a, c, m, path, fields);

    if (!expect(a, ans.status == 303, "%.*s: %d, a row was not taken: %.*s",
                STR_ARG(path), ans.status,
                STR_ARG(between(ans.body, S("class=\"errors\""), S("</ul>")))))
        return S("");
    return answer_header(&ans, S("Location"));
}

int64_t audit_entries(struct audit *a, struct mem *m)
{
    struct str said;
    int64_t n;
    int code = SITE_COMMAND(a->site, m, &said, "verify", a->site->data);

    if (code == 0 && str_int(between(said, S("日志 "), S(" ")), &n))
        return n;
    expect(a, false, "verify: %d %.*s", code, STR_ARG(said));
    return -1;
}

/* ---- the site ---- */

static void make_org(struct audit *a, const char *name, const char *kind,
                     const char *parent)
{
    struct buf *b = buf_new(a->m, 4096);

    form_put(b, S("name"), str_from(name));
    form_put(b, S("kind"), str_from(kind));
    form_put(b, S("parent"), str_from(parent));
    audit_row(a, &a->boss, a->m, S("/registry/organisation"), buf_str(b));
}

/* An account by the page for it, and its one-time link. */
static void make_account(struct audit *a, enum audit_role role)
{
    struct client *c = &a->who[role];
    struct str name = str_from(audit_role_names[role]);
    struct buf *b = buf_new(a->m, 4096);
    struct answer ans;
    struct str link;

    form_put(b, S("name"), name);
    form_put(b, S("login"), name);
    form_put(b, S("role"), name);
    form_put(b, S("org"), S("甲局"));
    ans = audit_post(a, &a->boss, a->m, S("/accounts"), buf_str(b));
    link = between(ans.body, S("/link/"), S("<"));
    link = str_slice(link, 0, 43);
    expect(a,
           link.n == 43 &&
               client_set_up(c, a->m,
                             str_fmt(a->m, "/link/%.*s", STR_ARG(link)), name),
           "no account for the %.*s", STR_ARG(name));
}

/* An import with right and wrong rows, and a sheet that fits nothing. */
static void learn_import(struct audit *a)
{
    static const char *const cells[] = {
        "名称\t类别\t怪列\n学习所\t单位\t1\n学习室\t没有\t2\n",
        "甲\t乙\n1\t2\n",
    };

    for (size_t i = 0; i < COUNT(cells); i++) {
        struct buf *b = buf_new(a->m, 4096);
        struct answer ans;
        struct str at;

        form_put(b, S("cells"), str_from(cells[i]));
        ans = audit_post(a, &a->boss, a->m, S("/import/new"), buf_str(b));
        at = answer_header(&ans, S("Location"));
        if (!expect(a, ans.status == 303, "an import: %d", ans.status))
            continue;
        audit_get(a, &a->boss, a->m, at);
        audit_get(a, &a->boss, a->m, S("/"));
        ans = audit_post(a, &a->boss, a->m,
                         str_fmt(a->m, "%.*s/apply", STR_ARG(at)), S(""));
        audit_get(a, &a->boss, a->m, answer_header(&ans, S("Location")));
    }
}

/* What no column takes: one text longer than any. */
static struct str all_wrong(struct mem *m, const struct ledger *l)
{
    struct buf *b = buf_new(m, 4 << 20);
    struct buf *text = buf_new(m, 8192);

    while (text->n < 8000)
        buf_byte(text, 'x');
    for (size_t i = 0; i < l->columns_n; i++)
        form_put(b, l->columns[i].key, buf_str(text));
    return buf_str(b);
}

static void learn_figures(struct audit *a)
{
    const struct figure *f;

    for (size_t i = 0; (f = figure_at(i)) != NULL; i++) {
        audit_get(a, &a->boss, a->m,
                  str_fmt(a->m, "/figures/%.*s", STR_ARG(f->key)));
        audit_get(a, &a->boss, a->m,
                  str_fmt(a->m, "/sheets/2024/1/%.*s", STR_ARG(f->key)));
    }
}

/* A row of another unit than the editor's: the demo has not of all. */
static void learn_row(struct audit *a, const struct ledger *l)
{
    size_t owner = ledger_role(l, COLUMN_OWNER);
    struct buf *b = buf_new(a->m, 1 << 16);
    struct answer ans;

    if (!audit_stands_alone(l))
        return;
    if (owner != SIZE_MAX)
        form_put(b, l->columns[owner].key, S("乙局"));
    buf_put(b, audit_fields(a->m, l, 2, SIZE_MAX, S("")));
    ans =
        audit_post(a, &a->boss, a->m, audit_path(a->m, l, "/new"), buf_str(b));
    if (ans.status == 303)
        audit_get(a, &a->boss, a->m, answer_header(&ans, S("Location")));
}

/* The forms of steps, and of row 2 what they leave in its history. */
static void learn_steps(struct audit *a, const struct ledger *l)
{
    for (size_t i = 0; i < l->steps_n; i++) {
        const struct step *s = &l->steps[i];
        struct str key = s->key;

        audit_get(a, &a->boss, a->m,
                  str_fmt(a->m, "%.*s/1/do/%.*s", STR_ARG(ledger_path(a->m, l)),
                          STR_ARG(key)));
        audit_post(a, &a->boss, a->m,
                   str_fmt(a->m, "%.*s/2/do/%.*s",
                           STR_ARG(ledger_path(a->m, l)), STR_ARG(key)),
                   audit_step_fields(a->m, l, s, S("测试")));
    }
    audit_get(a, &a->boss, a->m, audit_path(a->m, l, "/2"));
}

static void learn_parts(struct audit *a, const struct ledger *l)
{
    const struct ledger *part;

    for (size_t i = 0; (part = ledger_part(l, &i)) != NULL; i++) {
        struct str path =
            str_fmt(a->m, "%.*s/1/%.*s/new", STR_ARG(ledger_path(a->m, l)),
                    STR_ARG(part->noun));

        audit_get(a, &a->boss, a->m, path);
        audit_post(a, &a->boss, a->m, path, S(""));
    }
}

/* Ordinary use of every kind of page, so that their markup is known. */
static void learn(struct audit *a)
{
    static const struct str pages[] = {
        S_INIT("/"),
        S_INIT("/accessibility"),
        S_INIT("/look"),
        S_INIT("/figures"),
        S_INIT("/journal"),
        S_INIT("/signin"),
        S_INIT("/me"),
        S_INIT("/accounts"),
        S_INIT("/policies"),
        S_INIT("/sheets"),
        S_INIT("/sheets/new"),
        S_INIT("/sheets/2024"),
        S_INIT("/sheets/2024/edit"),
        S_INIT("/sheets/2024/draft"),
        S_INIT("/sheets/2024/1"),
        S_INIT("/import/new"),
        S_INIT("/nothing/here"),
        S_INIT("/figures?lang=en&size=30&skin=dark"),
    };
    const struct ledger *l;

    learn_import(a);
    for (size_t i = 0; i < COUNT(pages); i++) {
        audit_get(a, &a->boss, a->m, pages[i]);
        audit_get(a, &a->who[AUDIT_VISITOR], a->m, pages[i]);
    }
    /* A text that somebody else has changed since. */
    audit_post(a, &a->boss, a->m, S("/sheets/2024/edit"),
               S("&zh=x&en=x&year=2024"));
    learn_figures(a);
    for (size_t i = 0; (l = ledger_at(i)) != NULL; i++) {
        static const char *const rests[] = {
            "",        "?q=1", "?q=%E4%B8%AD", "/1",
            "/1/edit", "/new", "?page=2",      "?voided=1"
        };

        learn_row(a, l);
        for (size_t k = 0; k < COUNT(rests); k++) {
            audit_get(a, &a->boss, a->m, audit_path(a->m, l, rests[k]));
            audit_get(a, &a->who[AUDIT_EDITOR], a->m,
                      audit_path(a->m, l, rests[k]));
            audit_get(a, &a->who[AUDIT_VISITOR], a->m,
                      audit_path(a->m, l, rests[k]));
        }
        audit_post(a, &a->boss, a->m, audit_path(a->m, l, "/new"), S(""));
        audit_post(a, &a->boss, a->m, audit_path(a->m, l, "/new"),
                   all_wrong(a->m, l));
        learn_steps(a, l);
        learn_parts(a, l);
    }
}

static bool make_site(struct audit *a)
{
    if (SITE_COMMAND(a->site, a->m, NULL, "demo", a->site->data) != 0 ||
        !site_start(a->site))
        return false;
    client_init(&a->boss, a->site->port);
    for (int i = 0; i < AUDIT_ROLES; i++)
        client_init(&a->who[i], a->site->port);
    if (!client_set_up(&a->boss, a->m, a->site->link, S("boss")) ||
        !client_csrf(&a->who[AUDIT_VISITOR], a->m, S("/signin")))
        return false;
    a->learning = true;
    make_org(a, "甲街道", "subdistrict", "崂山区");
    make_org(a, "甲社区", "community", "甲街道");
    make_org(a, "甲局", "unit", "");
    make_org(a, "甲局所", "unit", "甲局");
    make_org(a, "乙局", "unit", "");
    for (int i = AUDIT_EDITOR; i < AUDIT_ROLES; i++)
        make_account(a, (enum audit_role)i);
    learn(a);
    a->learning = false;
    return a->failed == 0;
}

static void run_parts(struct audit *a, const char *only)
{
    static const struct {
        const char *name;
        void (*run)(struct audit *a);
    } parts[] = {
        { "permissions", audit_permissions }, { "scope", audit_scope },
        { "repeats", audit_repeats },         { "sign-in", audit_sign_in },
        { "hostile", audit_hostile },         { "payloads", audit_payloads },
    };

    for (size_t i = 0; i < COUNT(parts); i++) {
        long passed = a->passed;
        long failed = a->failed;
        long asked = a->asked;

        if (only && !strstr(parts[i].name, only))
            continue;
        parts[i].run(a);
        expect(a, site_is_alive(a->site), "%s: the server ended",
               parts[i].name);
        printf("  %-12s %6ld requests, %5ld held, %ld failed\n", parts[i].name,
               a->asked - asked, a->passed - passed, a->failed - failed);
        fflush(stdout);
    }
}

int main(int argc, char **argv)
{
    struct mem *m = mem_new();
    struct audit *a = NEW(m, struct audit);

    if (argc < 2) {
        fprintf(stderr, "http-test PROGRAM [PART]\n");
        return 2;
    }
    a->m = m;
    map_init(&a->markup, m);
    a->site = site_new(m, argv[1]);
    if (expect(a, make_site(a), "no site to ask; see %s", a->site->place))
        run_parts(a, argc > 2 ? argv[2] : NULL);
    audit_entries(a, m);
    expect(a, site_end(a->site, SIGTERM) == 0, "it did not end well");
    audit_entries(a, m);
    if (a->failed == 0)
        site_remove(a->site);
    printf("%ld requests; %ld passed, %ld failed\n", a->asked, a->passed,
           a->failed);
    return a->failed ? 1 : 0;
}
