/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * xl/sharedStrings.xml: every text once, cells refer to it by number. A text
 * may come in runs of different looks (r), which are joined, and with its
 * pronunciation (rPh), which is not part of it.
 */
#include "base/utf8.h"
#include "interchange/guard.h"
#include "interchange/xlsx.h"

#include <string.h>

struct shared {
    struct reading *r;
    struct shared_texts found;
    size_t cap;
    struct collector text;
    bool in_text;      /* between <si> and </si> */
    unsigned phonetic; /* depth of <rPh> */
};

void collector_init(struct collector *c, struct reading *r)
{
    /* An escape makes seven bytes of one character, UTF-8 at most four. */
    *c = (struct collector){ .cap = 8 * r->limits->cell_text };
    c->p = mem_raw(r->scratch, c->cap);
}

void collector_start(struct collector *c)
{
    c->n = 0;
    c->over = false;
}

void collector_add(struct collector *c, const char *p, int n)
{
    if ((size_t)n > c->cap - c->n) {
        c->over = true;
        return;
    }
    memcpy(c->p + c->n, p, (size_t)n);
    c->n += (size_t)n;
}

struct str collector_text(struct collector *c, struct reading *r)
{
    struct str s = { c->p, text_clean(c->p, c->n, true) };

    if (c->over ||
        (s.n > r->limits->cell_text && utf8_length(s) > r->limits->cell_text))
        reading_refuse(
            r, E_SIZE,
            text_fmt(r->m, "有单元格超过 %zu 个字。请缩短后再上传。",
                     "A cell has more than %zu characters. Shorten it and "
                     "upload again.",
                     r->limits->cell_text));
    return s;
}

struct str collector_plain(struct collector *c, struct reading *r)
{
    return guard_remove(c->p, collector_text(c, r).n);
}

static void on_start(void *ctx, const char *name, const char **attrs)
{
    struct shared *s = ctx;

    (void)attrs;
    if (strcmp(name, "si") == 0) {
        s->in_text = true;
        collector_start(&s->text);
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic++;
    } else if (strcmp(name, "t") == 0) {
        s->text.on = s->in_text && s->phonetic == 0;
    }
}

static void add(struct shared *s)
{
    struct reading *r = s->r;

    if (s->found.n == r->limits->cells) {
        reading_damaged(r);
        return;
    }
    if (s->found.n == s->cap) {
        size_t cap = s->cap ? 2 * s->cap : 1024;

        s->found.texts =
            mem_grow(r->scratch, s->found.texts, s->cap * sizeof(struct str),
                     cap * sizeof(struct str));
        s->cap = cap;
    }
    s->found.texts[s->found.n++] =
        pool_keep(r->pool, collector_plain(&s->text, r));
}

static void on_end(void *ctx, const char *name)
{
    struct shared *s = ctx;

    if (strcmp(name, "t") == 0) {
        s->text.on = false;
    } else if (strcmp(name, "rPh") == 0) {
        s->phonetic--;
    } else if (strcmp(name, "si") == 0) {
        add(s);
        s->in_text = false;
    }
}

static void on_text(void *ctx, const char *p, int n)
{
    struct shared *s = ctx;

    if (s->text.on)
        collector_add(&s->text, p, n);
}

enum err shared_read(struct package *p, struct reading *r, int part,
                     struct shared_texts *ret)
{
    static const struct xml_handlers handlers = { on_start, on_end, on_text };
    struct shared s = { .r = r };

    collector_init(&s.text, r);
    if (package_parse(p, part, &handlers, &s) == OK)
        *ret = s.found;
    return r->err;
}
