/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * The way through a workbook: _rels/.rels names the workbook part, its
 * relationships name the sheets, texts and styles, and the workbook part
 * says in which order the sheets stand and what they are called. Only
 * worksheets are followed; charts, links, drawings and data are left alone.
 */
#include "interchange/xlsx.h"

#include <string.h>

enum { RELATIONS_MAX = 4096 };

struct relation {
    struct str id, type, part;
};

struct relations {
    struct reading *r;
    struct str folder; /* of the part they belong to */
    struct relation *all;
    size_t n;
};

struct tab {
    struct str name;
    int part;
    bool hidden;
};

struct xlsx {
    struct reading *r;
    struct package *p;
    struct relations relations;
    struct tab *tabs;
    size_t tabs_n;
    struct sheet_context c;
};

/* Bytes of the last step of a path, with the slash before it. */
static size_t last_step(struct str path)
{
    size_t at = path.n;

    while (at > 0 && path.p[at - 1] != '/')
        at--;
    return path.n - (at ? at - 1 : 0);
}

/* The part a target means, without "." and ".." and a leading slash. */
static struct str resolve(struct mem *m, struct str folder, struct str target)
{
    char *p = mem_raw(m, folder.n + target.n + 2);
    struct str rest = package_path(m, target);
    struct str step;
    size_t n = folder.n;

    if (str_starts(rest, S("/")))
        n = 0;
    else if (folder.n)
        memcpy(p, folder.p, folder.n);
    while (str_cut(&rest, S("/"), &step)) {
        if (str_eq(step, S("..")))
            n -= last_step((struct str){ p, n });
        else if (step.n && !str_eq(step, S("."))) {
            if (n)
                p[n++] = '/';
            memcpy(p + n, step.p, step.n);
            n += step.n;
        }
    }
    return (struct str){ p, n };
}

static void ignore_end(void *ctx, const char *name)
{
    (void)ctx;
    (void)name;
}

static void ignore_text(void *ctx, const char *p, int n)
{
    (void)ctx;
    (void)p;
    (void)n;
}

static void on_relation(void *ctx, const char *name, const char **attrs)
{
    struct relations *l = ctx;
    struct mem *m = l->r->scratch;
    struct str mode = str_from(xml_attr(attrs, "TargetMode"));

    if (strcmp(name, "Relationship") != 0 || str_eq(mode, S("External")))
        return;
    if (l->n == RELATIONS_MAX) {
        reading_damaged(l->r);
        return;
    }
    l->all[l->n++] = (struct relation){
        .id = str_dup(m, str_from(xml_attr(attrs, "Id"))),
        .type = str_dup(m, str_from(xml_attr(attrs, "Type"))),
        .part = resolve(m, l->folder, str_from(xml_attr(attrs, "Target"))),
    };
}

/* The relationships of `part`, which may have none. */
static enum err relations_read(struct xlsx *x, struct str part,
                               struct relations *ret)
{
    static const struct xml_handlers handlers = { on_relation, ignore_end,
                                                  ignore_text };
    struct mem *m = x->r->scratch;
    size_t cut = part.n - last_step(part);
    struct str name = str_slice(part, cut ? cut + 1 : 0, part.n);
    struct relations l = { .r = x->r, .folder = str_slice(part, 0, cut) };
    int i = package_find(x->p,
                         str_fmt(m, "%.*s%s_rels/%.*s.rels", STR_ARG(l.folder),
                                 cut ? "/" : "", STR_ARG(name)));

    l.all = NEW_ARRAY(m, struct relation, RELATIONS_MAX);
    if (i != PART_NONE)
        package_parse(x->p, i, &handlers, &l);
    *ret = l;
    return x->r->err;
}

/*
 * The part of the first relation whose type ends with `type`; transitional
 * and strict workbooks differ in what stands before.
 */
static int find_type(const struct xlsx *x, struct str type)
{
    const struct relations *l = &x->relations;

    for (size_t i = 0; i < l->n; i++)
        if (str_ends(l->all[i].type, type))
            return package_find(x->p, l->all[i].part);
    return PART_NONE;
}

static void on_tab(struct xlsx *x, const char **attrs)
{
    const struct relations *l = &x->relations;
    struct str id = str_from(xml_attr(attrs, "id"));
    struct str name = str_from(xml_attr(attrs, "name"));
    struct str state = str_from(xml_attr(attrs, "state"));
    char *p = mem_raw(x->r->m, name.n + 1);
    size_t i = 0;

    while (i < l->n && !str_eq(l->all[i].id, id))
        i++;
    if (i == l->n) {
        reading_damaged(x->r);
        return;
    }
    if (!str_ends(l->all[i].type, S("/worksheet")))
        return; /* a chart, a dialog */
    memcpy(p, name.p, name.n);
    if (x->tabs_n == x->r->limits->sheets) {
        reading_refuse(
            x->r, E_SIZE,
            text_fmt(x->r->m, "工作表超过 %zu 个。请拆成几个文件分别上传。",
                     "There are more than %zu sheets. Split the file and "
                     "upload the pieces.",
                     x->r->limits->sheets));
        return;
    }
    x->tabs[x->tabs_n++] = (struct tab){
        .name = { p, text_clean(p, name.n, true) },
        .part = package_find(x->p, l->all[i].part),
        .hidden = str_eq(state, S("hidden")) || str_eq(state, S("veryHidden")),
    };
}

static void on_workbook(void *ctx, const char *name, const char **attrs)
{
    struct xlsx *x = ctx;

    if (strcmp(name, "sheet") == 0)
        on_tab(x, attrs);
    else if (strcmp(name, "workbookPr") == 0)
        x->c.system_1904 = xml_attr_is(attrs, "date1904");
    else if (strcmp(name, "calcPr") == 0)
        x->c.to_calculate = xml_attr_is(attrs, "fullCalcOnLoad");
}

/* A zip without a workbook, by the part that gives it away. */
static enum err refuse_no_workbook(const struct xlsx *x)
{
    static const struct {
        struct str part;
        struct text name;
    } kinds[] = {
        { S_INIT("xl/workbook.bin"),
          TEXT_INIT("二进制工作簿（.xlsb）", "a binary workbook (.xlsb)") },
        { S_INIT("content.xml"), TEXT_INIT("OpenDocument 文件（.ods）",
                                           "an OpenDocument file (.ods)") },
        { S_INIT("word/document.xml"),
          TEXT_INIT("Word 文档，不是工作簿",
                    "a Word document, not a workbook") },
        { S_INIT("ppt/presentation.xml"),
          TEXT_INIT("演示文稿，不是工作簿", "a presentation, not a workbook") },
        { S_INIT("Index/Document.iwa"),
          TEXT_INIT("Numbers 文件", "a Numbers file") },
    };

    for (size_t i = 0; i < COUNT(kinds); i++)
        if (package_find(x->p, kinds[i].part) != PART_NONE)
            return foreign_table(x->r, kinds[i].name);
    return reading_refuse(
        x->r, E_INPUT,
        TEXT("这不是 .xlsx 工作簿。若是压缩包，请先解压；否则请用 WPS 或 "
             "Excel 打开，另存为 .xlsx 后再上传。",
             "This is not an .xlsx workbook. Unpack it if it is an archive; "
             "otherwise open it in WPS or Excel, save it as .xlsx and upload "
             "that."));
}

/* Find the workbook part and read its tabs. */
static enum err read_tabs(struct xlsx *x)
{
    static const struct xml_handlers handlers = { on_workbook, ignore_end,
                                                  ignore_text };
    struct reading *r = x->r;
    struct str path = S("xl/workbook.xml");
    int part;

    if (relations_read(x, S(""), &x->relations) != OK)
        return r->err;
    for (size_t i = x->relations.n; i-- > 0;)
        if (str_ends(x->relations.all[i].type, S("/officeDocument")))
            path = x->relations.all[i].part;
    part = package_find(x->p, path);
    if (part == PART_NONE || str_ends(path, S(".bin")) ||
        str_find(path, S("word/")) != SIZE_MAX ||
        str_find(path, S("ppt/")) != SIZE_MAX)
        return refuse_no_workbook(x);
    if (relations_read(x, path, &x->relations) != OK)
        return r->err;
    x->tabs = NEW_ARRAY(r->scratch, struct tab, r->limits->sheets);
    return package_parse(x->p, part, &handlers, x);
}

static enum err read_common(struct xlsx *x, struct shared_texts *shared,
                            struct styles *styles)
{
    int shared_part = find_type(x, S("/sharedStrings"));
    int styles_part = find_type(x, S("/styles"));

    if (shared_part != PART_NONE)
        shared_read(x->p, x->r, shared_part, shared);
    if (x->r->err == OK && styles_part != PART_NONE)
        styles_read(x->p, x->r, styles_part, styles);
    x->c.shared = shared;
    x->c.styles = styles;
    return x->r->err;
}

static enum err read_sheets(struct xlsx *x, struct workbook *ret)
{
    struct reading *r = x->r;
    struct workbook w = { .n = x->tabs_n };

    if (w.n == 0)
        return refuse_no_workbook(x);
    w.grids = NEW_ARRAY(r->m, struct grid, w.n);
    for (size_t i = 0; i < w.n && r->err == OK; i++) {
        struct builder *b = builder_new(r, x->tabs[i].name);

        if (x->tabs[i].part == PART_NONE)
            reading_damaged(r);
        else
            sheet_read(x->p, r, x->tabs[i].part, &x->c, b);
        builder_finish(b, &w.grids[i]);
        w.grids[i].hidden = x->tabs[i].hidden;
    }
    if (r->err == OK)
        *ret = w;
    return r->err;
}

enum err xlsx_read(struct reading *r, struct str bytes, struct workbook *ret)
{
    struct xlsx x = { .r = r };
    struct shared_texts shared = { .n = 0 };
    struct styles styles = { .n = 0 };

    if (package_open(r, bytes, &x.p) != OK || read_tabs(&x) != OK ||
        read_common(&x, &shared, &styles) != OK)
        return r->err;
    return read_sheets(&x, ret);
}
