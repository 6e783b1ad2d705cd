/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * xl/styles.xml: whether a number is a date, a percentage or so many hours
 * stands only in the number format of its style. Of all the styles say, that
 * is all we read.
 */
#include "interchange/xlsx.h"

#include <string.h>

enum { FORMATS_MAX = 4096, STYLES_MAX = 65536 };

struct format {
    int64_t id;
    enum number_style style;
    struct str words;
};

struct styles_reader {
    struct reading *r;
    struct format *formats;
    size_t formats_n;
    struct styles found;
    bool in_formats; /* <numFmts> of the workbook, not of <dxfs> */
    bool in_cells;   /* <cellXfs>, not <cellStyleXfs> */
    unsigned depth;
};

static int64_t attr_int(const char **attrs, const char *name)
{
    int64_t v;

    return str_int(str_from(xml_attr(attrs, name)), &v) ? v : -1;
}

static void add_format(struct styles_reader *s, const char **attrs)
{
    struct str code = str_from(xml_attr(attrs, "formatCode"));

    if (s->formats_n == FORMATS_MAX) {
        reading_damaged(s->r);
        return;
    }
    s->formats[s->formats_n++] =
        (struct format){ attr_int(attrs, "numFmtId"), number_style_code(code),
                         number_words(s->r->scratch, code) };
}

/* A file's own definition wins over the built-in meaning of a number. */
static void add_style(struct styles_reader *s, int64_t id)
{
    struct styles *to = &s->found;

    to->kinds[to->n] = (uint8_t)number_style_builtin(id);
    for (size_t i = 0; i < s->formats_n; i++)
        if (s->formats[i].id == id) {
            to->kinds[to->n] = (uint8_t)s->formats[i].style;
            if (s->formats[i].words.n && to->kinds[to->n] == STYLE_NUMBER)
                to->words[to->n] = &s->formats[i].words;
            break;
        }
    to->n++;
}

static void on_start(void *ctx, const char *name, const char **attrs)
{
    struct styles_reader *s = ctx;

    s->depth++;
    if (s->depth == 2) {
        s->in_formats = strcmp(name, "numFmts") == 0;
        s->in_cells = strcmp(name, "cellXfs") == 0;
    } else if (s->depth == 3 && s->in_formats && strcmp(name, "numFmt") == 0) {
        add_format(s, attrs);
    } else if (s->depth == 3 && s->in_cells && strcmp(name, "xf") == 0) {
        if (s->found.n == STYLES_MAX)
            reading_damaged(s->r);
        else
            add_style(s, attr_int(attrs, "numFmtId"));
    }
}

static void on_end(void *ctx, const char *name)
{
    struct styles_reader *s = ctx;

    (void)name;
    s->depth--;
}

static void on_text(void *ctx, const char *p, int n)
{
    (void)ctx;
    (void)p;
    (void)n;
}

enum err styles_read(struct package *p, struct reading *r, int part,
                     struct styles *ret)
{
    static const struct xml_handlers handlers = { on_start, on_end, on_text };
    struct styles_reader s = { .r = r };

    s.formats = NEW_ARRAY(r->scratch, struct format, FORMATS_MAX);
    s.found.kinds = NEW_ARRAY(r->scratch, uint8_t, STYLES_MAX);
    s.found.words = NEW_ARRAY(r->scratch, struct str *, STYLES_MAX);
    if (package_parse(p, part, &handlers, &s) == OK)
        *ret = s.found;
    return r->err;
}
