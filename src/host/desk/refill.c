/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Done on the finished body, so that no view has to do it. Views write every
 * attribute in double quotes and escape them in values and texts, so what
 * looks like a tag is one.
 */
#include "host/desk/kept.h"

struct tag {
    struct str name;
    struct str rest; /* its attributes */
};

struct filler {
    struct mem *m;
    struct html out;
    struct kept_form *k;
    bool *used;        /* of the fields typed */
    bool inside;       /* of the form */
    struct str select; /* the name of the one that is open */
};

/* Take what stands before the next tag, then the tag, off the front. */
static bool cut_tag(struct str *html, struct str *ret_before, struct tag *ret)
{
    size_t at = str_find(*html, S("<"));
    struct str inner;
    size_t end;

    if (at == SIZE_MAX)
        return false;
    *ret_before = str_slice(*html, 0, at);
    inner = str_slice(*html, at + 1, html->n);
    end = str_find(inner, S(">"));
    if (end == SIZE_MAX)
        return false;
    *html = str_slice(inner, end + 1, inner.n);
    ret->rest = str_slice(inner, 0, end);
    ret->name = str_slice(ret->rest, 0, str_find(ret->rest, S(" ")));
    ret->rest = str_slice(ret->rest, ret->name.n, ret->rest.n);
    return true;
}

/* Where ` name="` stands in the attributes; SIZE_MAX: nowhere. */
static size_t find_attribute(struct mem *m, struct str rest, struct str name)
{
    return str_find(rest, str_fmt(m, " %.*s=\"", STR_ARG(name)));
}

static struct str unescaped(struct mem *m, struct str s)
{
    static const struct {
        struct str entity;
        char sign;
    } signs[] = { { S_INIT("&amp;"), '&' },
                  { S_INIT("&lt;"), '<' },
                  { S_INIT("&gt;"), '>' },
                  { S_INIT("&quot;"), '"' },
                  { S_INIT("&#39;"), '\'' } };
    struct buf *b = buf_new(m, s.n + 1);

    while (s.n) {
        char sign = s.p[0];
        size_t n = 1;

        for (size_t i = 0; i < COUNT(signs); i++)
            if (str_starts(s, signs[i].entity)) {
                sign = signs[i].sign;
                n = signs[i].entity.n;
            }
        buf_byte(b, sign);
        s = str_slice(s, n, s.n);
    }
    return buf_str(b);
}

/* The value of an attribute; "" when it is not there. */
static struct str attribute(struct mem *m, struct str rest, struct str name)
{
    size_t at = find_attribute(m, rest, name);
    struct str value;

    if (at == SIZE_MAX)
        return S("");
    value = str_slice(rest, at + name.n + 3, rest.n);
    return unescaped(m, str_slice(value, 0, str_find(value, S("\""))));
}

/* The attributes without one, with or without a value. */
static struct str without(struct mem *m, struct str rest, struct str name)
{
    size_t at = find_attribute(m, rest, name);
    size_t end;

    if (at != SIZE_MAX) {
        struct str value = str_slice(rest, at + name.n + 3, rest.n);

        end = at + name.n + 3 + str_find(value, S("\"")) + 1;
    } else {
        at = str_find(rest, str_fmt(m, " %.*s", STR_ARG(name)));
        if (at == SIZE_MAX)
            return rest;
        end = at + 1 + name.n;
    }
    return str_join(m,
                    (struct str[]){ str_slice(rest, 0, at),
                                    str_slice(rest, end, rest.n) },
                    2);
}

/* The next value typed for a field; p is NULL: none was. */
static struct str take(struct filler *f, struct str name)
{
    const struct form_data *typed = &f->k->typed;

    for (size_t i = 0; i < typed->count; i++)
        if (!f->used[i] && str_eq(typed->fields[i].name, name)) {
            f->used[i] = true;
            return typed->fields[i].value;
        }
    return (struct str){ NULL, 0 };
}

/* Was this very value sent, of a field with several to choose from? */
static bool chosen(struct filler *f, struct str name, struct str value)
{
    const struct form_data *typed = &f->k->typed;
    bool found = false;

    for (size_t i = 0; i < typed->count; i++)
        if (str_eq(typed->fields[i].name, name) &&
            str_eq(typed->fields[i].value, value))
            found = f->used[i] = true;
    return found;
}

static void put_tag(struct filler *f, const struct tag *t, struct str rest)
{
    buf_byte(f->out.out, '<');
    buf_put(f->out.out, t->name);
    buf_put(f->out.out, rest);
}

static void put_marked(struct filler *f, const struct tag *t, const char *mark,
                       bool on)
{
    put_tag(f, t, without(f->m, t->rest, str_from(mark)));
    if (on)
        buf_fmt(f->out.out, " %s", mark);
    buf_byte(f->out.out, '>');
}

static bool is_one_of(struct str s, struct str all)
{
    struct str word;

    while (str_cut(&all, S(" "), &word))
        if (str_eq(word, s))
            return true;
    return false;
}

static void put_input(struct filler *f, const struct tag *t)
{
    struct str name = attribute(f->m, t->rest, S("name"));
    struct str type = attribute(f->m, t->rest, S("type"));
    struct str value;

    if (is_one_of(type, S("checkbox radio"))) {
        put_marked(f, t, "checked",
                   chosen(f, name, attribute(f->m, t->rest, S("value"))));
        return;
    }
    value = is_one_of(type, S("password file submit button")) ||
                    is_one_of(name, S("csrf once kept"))
                ? (struct str){ NULL, 0 }
                : take(f, name);
    put_tag(f, t, value.p ? without(f->m, t->rest, S("value")) : t->rest);
    if (value.p) {
        html_lit(&f->out, " value=\"");
        html_text(&f->out, value);
        html_lit(&f->out, "\"");
    }
    buf_byte(f->out.out, '>');
}

/* The tag, and what is typed in place of what stands behind it. */
static void put_lines(struct filler *f, const struct tag *t, struct str *html)
{
    struct str value = take(f, attribute(f->m, t->rest, S("name")));

    put_tag(f, t, t->rest);
    buf_byte(f->out.out, '>');
    if (!value.p)
        return;
    *html = str_slice(*html, str_find(*html, S("</textarea>")), html->n);
    html_lit(&f->out, "\n");
    html_text(&f->out, value);
}

static bool is_the_form(struct filler *f, const struct tag *t)
{
    struct str action = attribute(f->m, t->rest, S("action"));

    return str_eq(attribute(f->m, t->rest, S("method")), S("post")) &&
           str_eq(str_slice(action, 0, str_find(action, S("?"))), f->k->action);
}

static void put_filled(struct filler *f, const struct tag *t, struct str *html)
{
    if (str_eq(t->name, S("input"))) {
        put_input(f, t);
    } else if (str_eq(t->name, S("textarea"))) {
        put_lines(f, t, html);
    } else if (str_eq(t->name, S("option")) && f->select.n) {
        put_marked(f, t, "selected",
                   chosen(f, f->select, attribute(f->m, t->rest, S("value"))));
    } else {
        if (str_eq(t->name, S("select")))
            f->select = attribute(f->m, t->rest, S("name"));
        put_tag(f, t, t->rest);
        buf_byte(f->out.out, '>');
    }
}

static void keep_left(struct filler *f)
{
    const struct form_data *typed = &f->k->typed;
    struct form_field *left = NEW_ARRAY(f->m, struct form_field, typed->count);

    for (size_t i = 0; i < typed->count; i++)
        if (!f->used[i] && typed->fields[i].value.n)
            left[f->k->left_n++] = typed->fields[i];
    f->k->left = left;
}

struct str refill(struct mem *m, struct str body, struct kept_form *k)
{
    struct filler f = { .m = m, .k = k };
    struct str before;
    struct tag t;

    f.out.out = buf_new(m, 2 * body.n + (1 << 20));
    f.used = NEW_ARRAY(m, bool, k->typed.count);
    k->left_n = 0;
    while (cut_tag(&body, &before, &t)) {
        buf_put(f.out.out, before);
        if (str_eq(t.name, S("form")) && !k->placed && is_the_form(&f, &t))
            f.inside = k->placed = true;
        if (str_eq(t.name, S("/form")))
            f.inside = false;
        if (f.inside) {
            put_filled(&f, &t, &body);
        } else {
            put_tag(&f, &t, t.rest);
            buf_byte(f.out.out, '>');
        }
    }
    buf_put(f.out.out, body);
    keep_left(&f);
    return buf_str(f.out.out);
}
