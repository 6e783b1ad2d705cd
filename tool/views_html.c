/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The HTML half of the view compiler: elements, attributes and their rules.
 *
 * Only what pages here use is known; anything else is an error, so frames,
 * plug-ins, <base>, inline styles and event handlers need no rule of their
 * own in review.
 */
#include "tool/views.h"

#include <ctype.h>
#include <string.h>

enum {
    VOID = 1,  /* has no content and no end tag */
    BLOCK = 2, /* blanks before, behind and at its inner edges are not seen */
    SVG = 4,   /* may close itself */
    RAW = 8,   /* content is not HTML */
    KEEP = 16, /* blanks inside are content */
    TEXT_ONLY = 32, /* holds no elements */
};

static const struct {
    int kind;
    const char *names; /* blanks around each */
} elements[] = {
    { BLOCK, " html head body header footer main nav section article"
             " aside div p h1 h2 h3 h4 h5 h6 hgroup ul ol li dl dt dd table"
             " caption thead tbody tfoot tr th td colgroup form fieldset"
             " legend details summary figure figcaption blockquote address"
             " optgroup datalist dialog template search noscript " },
    { BLOCK | VOID, " meta link hr br col " },
    { VOID, " input img wbr source track " },
    { BLOCK | KEEP, " pre " },
    { KEEP | TEXT_ONLY, " textarea " },
    { BLOCK | TEXT_ONLY, " title option " },
    { RAW | BLOCK, " script style " },
    { 0, " a abbr b bdi bdo button cite code data del dfn em i ins kbd label"
         " mark meter output picture progress q rp rt ruby s samp select"
         " small span strong sub sup time u var audio video map " },
    { SVG, " svg text tspan " },
    { SVG | BLOCK, " g path rect line circle ellipse polyline polygon defs"
                   " use symbol desc linearGradient stop clipPath pattern"
                   " marker mask " },
};

static const char url_attrs[] =
    " href src action formaction poster cite data srcset ping manifest"
    " background xlink:href usemap longdesc ";
static const char banned_attrs[] = " srcdoc http-equiv formmethod ";

static bool listed(const char *list, const char *name, size_t n)
{
    for (const char *p = strchr(list, ' '); p && p[1]; p = strchr(p + 1, ' '))
        if (strncmp(p + 1, name, n) == 0 && p[1 + n] == ' ')
            return true;
    return false;
}

static int element_kind(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
        if (listed(elements[i].names, name, n))
            return elements[i].kind;
    return -1;
}

static size_t name_length(const char *p)
{
    size_t n = 0;

    while (isalnum((unsigned char)p[n]) || (n && strchr("-_:.", p[n]) && p[n]))
        n++;
    return n;
}

static void copy_name(struct views *v, char *to, const char *name, size_t n)
{
    if (n >= MAX_NAME)
        fail(v, v->line, "the name \"%.*s\" is too long", (int)n, name);
    memcpy(to, name, n);
    to[n] = '\0';
}

static bool keeps_blanks(const struct views *v)
{
    for (int i = 0; i < v->spot.depth; i++)
        if (v->stack[i].kind & KEEP)
            return true;
    return false;
}

/* ---- tags -------------------------------------------------------------- */

static void tag_open(struct views *v)
{
    size_t n = name_length(v->p + 1);
    const char *name = v->p + 1;
    int kind = n ? element_kind(name, n) : -1;
    struct element *e = &v->stack[v->spot.depth];

    if (strncmp(name, "{{", 2) == 0)
        fail(v, v->line, "{{ }} as the name of an element; write the name");
    if (n == 0)
        fail(v, v->line, "'<' that begins no tag; write &lt;");
    if (kind < 0)
        fail(v, v->line,
             "<%.*s> is not an element used here; see the list "
             "in tool/views_html.c",
             (int)n, name);
    if (v->spot.depth == MAX_DEPTH)
        fail(v, v->line, "elements nested too deep; split the view");
    if (v->spot.depth > 0 && (e[-1].kind & TEXT_ONLY))
        fail(v, v->line, "<%.*s> inside <%s>, which holds text only", (int)n,
             name, e[-1].name);
    if (!keeps_blanks(v))
        blank_settle(v, kind & BLOCK);
    copy_name(v, e->name, name, n);
    e->line = v->line;
    e->kind = kind;
    e->serial = ++v->serial;
    v->spot.depth++;
    v->spot.place = IN_TAG;
    v->spot.line = v->line;
    v->spot.serial = e->serial;
    v->spot.posts = false;
    lit_put(v, v->p, n + 1);
    take(v, n + 1);
}

static void tag_close(struct views *v)
{
    size_t n = name_length(v->p + 2);
    const char *name = v->p + 2;
    int line = v->line;
    const struct element *e;

    if (v->spot.depth == 0)
        fail(v, line, "</%.*s> closes nothing; remove it", (int)n, name);
    e = &v->stack[v->spot.depth - 1];
    if (strlen(e->name) != n || strncmp(e->name, name, n) != 0)
        fail(v, line,
             "</%.*s> where </%s> for line %d is due; close in the "
             "order of opening",
             (int)n, name, e->name, e->line);
    if (v->spot.depth <= v->floor)
        fail(v, line,
             "</%.*s> closes an element opened before {{ %s }} of "
             "line %d; close it behind {{ end }}",
             (int)n, name, v->blocks[v->blocks_n - 1].what,
             v->blocks[v->blocks_n - 1].line);
    if (!keeps_blanks(v))
        blank_settle(v, e->kind & BLOCK);
    lit_put(v, v->p, n + 2);
    lit_byte(v, '>');
    take(v, n + 2);
    skip_blanks(v);
    if (*v->p != '>')
        fail(v, line, "</%s without '>'; close it", e->name);
    take(v, 1);
    v->spot.depth--;
    v->blank = false;
    v->after_block = e->kind & BLOCK;
}

static void raw_content(struct views *v)
{
    const struct element *e = &v->stack[v->spot.depth - 1];
    int line = v->line;
    size_t n = strlen(e->name);

    while (!at(v, "</") || strncmp(v->p + 2, e->name, n) != 0) {
        if (at(v, "{{"))
            fail(v, v->line,
                 "{{ }} inside <%s>; no escaping is safe there, "
                 "put the value in a data- attribute",
                 e->name);
        if (*v->p == '\0')
            fail(v, line, "<%s> without </%s>; close it", e->name, e->name);
        lit_byte(v, *v->p);
        take(v, 1);
    }
}

/* '>' or '/>' of a start tag. */
static void tag_end(struct views *v, bool self)
{
    const struct element *e = &v->stack[v->spot.depth - 1];
    bool done = self || (e->kind & VOID);

    if (self && !(e->kind & (SVG | VOID)))
        fail(v, v->line, "<%s/> does not close itself in HTML; write </%s>",
             e->name, e->name);
    if (v->spot.depth <= v->floor)
        fail(v, v->line,
             "'>' of <%s> inside {{ %s }}; put it behind "
             "{{ end }}",
             e->name, v->blocks[v->blocks_n - 1].what);
    take(v, self ? 2 : 1);
    if (self && (e->kind & SVG))
        lit_byte(v, '/');
    lit_byte(v, '>');
    v->spot.place = IN_TEXT;
    v->spot.serial = 0;
    v->blank = false;
    v->after_block = e->kind & BLOCK;
    if (done)
        v->spot.depth--;
    else if (e->kind & RAW)
        raw_content(v);
    else if ((e->kind & KEEP) && *v->p != '\n')
        lit_byte(v, '\n'); /* browsers drop the first line end */
    if (v->spot.posts)
        code(v, v->spot.line, "html_form_token(h);");
    v->spot.posts = false;
}

/* ---- attributes -------------------------------------------------------- */

static void check_attr(struct views *v)
{
    const char *name = v->spot.attr;
    size_t n = strlen(name);

    if (n > 2 && strncmp(name, "on", 2) == 0)
        fail(v, v->line,
             "the inline handler %s; put the behaviour in "
             "assets/dj.js and name it with a data- attribute",
             name);
    if (strcmp(name, "style") == 0)
        fail(v, v->line,
             "an inline style; put it in assets/app.css and name "
             "it with a class");
    if (listed(banned_attrs, name, n))
        fail(v, v->line, "the attribute %s; pages do not use it", name);
}

/* Forms that post get their token, so the method must be plain to see. */
static void check_method(struct views *v)
{
    const char *p = v->p + strspn(v->p, "\"'");

    if (v->spot.depth <= v->floor)
        fail(v, v->line,
             "method inside {{ %s }}; put the block around the "
             "whole form",
             v->blocks[v->blocks_n - 1].what);
    if (strncmp(p, "post", 4) == 0)
        v->spot.posts = true;
    else if (strncmp(p, "get", 3) != 0 && strncmp(p, "dialog", 6) != 0)
        fail(v, v->line,
             "a method other than post, get or dialog; write one "
             "of these, in small letters");
}

/* The registers of filing numbers, which every public site must link to. */
static bool at_register(const struct views *v)
{
    return at(v, "https://beian.miit.gov.cn/\"") ||
           at(v, "https://beian.mps.gov.cn/\"");
}

/* The first bytes of a URL say that it stays on this site. */
static void check_url_start(struct views *v)
{
    if (at(v, "//") || at(v, "/\\"))
        fail(v, v->line, "%s names another host; begin with one '/'",
             v->spot.attr);
    if (*v->p == '/' || *v->p == '#' || *v->p == '?' || at(v, "tel:") ||
        at(v, "mailto:") || at_register(v))
        return;
    fail(v, v->line,
         "%s begins with neither '/', '#', '?', tel: nor mailto:; "
         "add that or use {{ path expr }}",
         v->spot.attr);
}

static void unquoted(struct views *v)
{
    size_t n = strcspn(v->p, " \t\n\"'=<>`{}");

    if (n == 0 || v->p[n] == '{')
        fail(v, v->line, "%s= without quotes; write %s=\"...\"", v->spot.attr,
             v->spot.attr);
    if (v->spot.url)
        check_url_start(v);
    lit_put(v, v->p, n);
    take(v, n);
}

/* The name is compared in small letters, as browsers do. */
static void attribute_name(struct views *v)
{
    const struct element *e = &v->stack[v->spot.depth - 1];
    size_t n = name_length(v->p);

    if (n == 0)
        fail(v, v->line,
             "'%c' in the tag <%s>; write attributes as "
             "name=\"value\"",
             *v->p, e->name);
    copy_name(v, v->spot.attr, v->p, n);
    for (char *c = v->spot.attr; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    if (!(e->kind & SVG) && strncmp(v->spot.attr, v->p, n) != 0)
        fail(v, v->line, "capitals in the attribute %.*s; write it small",
             (int)n, v->p);
    check_attr(v);
    lit_byte(v, ' ');
    lit_put(v, v->p, n);
    take(v, n);
}

static void attribute(struct views *v)
{
    attribute_name(v);
    if (*v->p != '=')
        return;
    take(v, 1);
    lit_byte(v, '=');
    v->spot.url = listed(url_attrs, v->spot.attr, strlen(v->spot.attr));
    if (strcmp(v->spot.attr, "method") == 0)
        check_method(v);
    if (*v->p != '"' && *v->p != '\'') {
        unquoted(v);
        return;
    }
    v->spot.quote = *v->p;
    v->spot.place = IN_VALUE;
    v->spot.value_n = 0;
    v->spot.serial = ++v->serial;
    v->spot.line = v->line;
    lit_byte(v, *v->p);
    take(v, 1);
}

static void value_step(struct views *v)
{
    if (*v->p == v->spot.quote) {
        if (v->spot.url && v->spot.value_n == 0)
            fail(v, v->line, "%s is empty; write the path", v->spot.attr);
        v->spot.place = IN_TAG;
        v->spot.serial = v->stack[v->spot.depth - 1].serial;
    } else if (*v->p == '<') {
        fail(v, v->line,
             "'<' in the value of %s that began in line %d; close "
             "its quote, or write &lt;",
             v->spot.attr, v->spot.line);
    } else if (v->spot.url && v->spot.value_n == 0) {
        check_url_start(v);
    }
    v->spot.value_n++;
    lit_byte(v, *v->p);
    take(v, 1);
}

static void tag_step(struct views *v)
{
    if (isspace((unsigned char)*v->p))
        take(v, 1);
    else if (*v->p == '>')
        tag_end(v, false);
    else if (at(v, "/>"))
        tag_end(v, true);
    else
        attribute(v);
}

/* ---- text -------------------------------------------------------------- */

static void comment(struct views *v)
{
    int line = v->line;

    for (; !at(v, "-->"); take(v, 1)) {
        if (*v->p == '\0')
            fail(v, line, "<!-- without -->; close it");
        if (at(v, "{{"))
            fail(v, v->line, "{{ }} inside a comment; use {{ # ... }}");
    }
    take(v, 3);
}

static void doctype(struct views *v)
{
    while (*v->p && *v->p != '>') {
        lit_byte(v, *v->p);
        take(v, 1);
    }
    if (!*v->p)
        fail(v, v->line, "<!doctype without '>'; close it");
    lit_byte(v, '>');
    take(v, 1);
    v->after_block = true;
}

static void text_step(struct views *v)
{
    if (at(v, "<!--")) {
        comment(v);
    } else if (strncasecmp(v->p, "<!doctype", 9) == 0) {
        doctype(v);
    } else if (at(v, "</")) {
        tag_close(v);
    } else if (*v->p == '<') {
        tag_open(v);
    } else if (isspace((unsigned char)*v->p) && !keeps_blanks(v)) {
        v->blank = true;
        take(v, 1);
    } else {
        if (!keeps_blanks(v))
            blank_settle(v, false);
        lit_byte(v, *v->p);
        take(v, 1);
    }
}

void html_step(struct views *v)
{
    if ((unsigned char)*v->p < 0x20 && !isspace((unsigned char)*v->p))
        fail(v, v->line, "a control byte; remove it");
    if (v->spot.place == IN_TEXT)
        text_step(v);
    else if (v->spot.place == IN_TAG)
        tag_step(v);
    else
        value_step(v);
}
