/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * libzip inflates, expat parses, and between them everything is counted:
 * bytes against what the directory declares, against the ratio of a bomb and
 * the total, depth, and the length of a single tag (expat scans an
 * unfinished one again with every block). A DTD is refused where it begins,
 * so entities never exist.
 */
#include "interchange/package.h"

#include "interchange/directory.h"
#include "interchange/references.h"

#include <expat.h>
#include <string.h>
#include <zip.h>

enum { TOKEN_MAX = 1024 * 1024 };

struct package {
    struct reading *r;
    struct directory dir;
    struct str *names; /* package_path(), lower case, no leading slash */
    zip_t *zip;
    uint64_t unpacked; /* of all parts so far */
};

struct xml {
    struct reading *r;
    XML_Parser parser;
    const struct xml_handlers *h;
    void *ctx;
    size_t depth;
    struct references *filter;
    uint64_t fed;
};

static void close_zip(void *zip)
{
    zip_discard(zip);
}

/*
 * Without ZIP_CHECKCONS, which refuses what other programs open because of a
 * time: directory_read() has compared what matters.
 */
static zip_t *open_zip(struct reading *r, struct str bytes)
{
    zip_error_t error;
    zip_source_t *source;
    zip_t *zip = NULL;

    zip_error_init(&error);
    source = zip_source_buffer_create(bytes.p, bytes.n, 0, &error);
    if (source)
        zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (zip)
        mem_defer(r->scratch, close_zip, zip);
    else
        zip_source_free(source);
    zip_error_fini(&error);
    return zip;
}

/* Does libzip see the same entries as we do? */
static bool same_entries(const struct package *p)
{
    if (zip_get_num_entries(p->zip, 0) != (zip_int64_t)p->dir.n)
        return false;
    for (size_t i = 0; i < p->dir.n; i++) {
        const struct zip_part *part = &p->dir.parts[i];
        zip_stat_t st;

        if (zip_stat_index(p->zip, i, ZIP_FL_ENC_RAW, &st) < 0 ||
            !str_eq(str_from(st.name), part->name) || st.size != part->size ||
            st.comp_size != part->packed)
            return false;
    }
    return true;
}

static enum err refuse_macros(struct reading *r)
{
    return reading_refuse(
        r, E_INPUT,
        TEXT("文件带有宏。请用 WPS 或 Excel 另存为不带宏的 .xlsx "
             "后再上传。",
             "The file contains macros. Save it in WPS or Excel as .xlsx "
             "without macros and upload that."));
}

static enum err refuse_unpacked(struct reading *r)
{
    return reading_refuse(
        r, E_SIZE,
        text_fmt(r->m,
                 "文件解压后过大（上限 %zu MB）。请只保留需要的工作表和行，"
                 "另存后再上传。",
                 "The file is too large once unpacked (limit %zu MB). Keep "
                 "only the sheets and rows you need, save and upload again.",
                 r->limits->unpacked_bytes >> 20));
}

struct str package_path(struct mem *m, struct str name)
{
    char *p = mem_raw(m, name.n + 1);

    for (size_t i = 0; i < name.n; i++)
        p[i] = (char)(name.p[i] == '\\' ? '/' : name.p[i]);
    return (struct str){ p, name.n };
}

/* Names are compared without case (ECMA-376 part 2, 6.2.2.3). */
static enum err name_parts(struct package *p)
{
    struct reading *r = p->r;
    uint64_t total = 0;

    p->names = NEW_ARRAY(r->scratch, struct str, p->dir.n);
    for (size_t i = 0; i < p->dir.n; i++) {
        struct str name =
            str_lower(r->scratch,
                      package_path(r->scratch, p->dir.parts[i].name));

        if (str_starts(name, S("/")))
            name = str_slice(name, 1, name.n);
        if (package_find(p, name) != PART_NONE)
            return reading_damaged(r);
        if (str_ends(name, S("vbaproject.bin")))
            return refuse_macros(r);
        p->names[i] = name;
        if (p->dir.parts[i].size > r->limits->unpacked_bytes - total)
            return refuse_unpacked(r);
        total += p->dir.parts[i].size;
    }
    return OK;
}

enum err package_open(struct reading *r, struct str bytes, struct package **ret)
{
    struct package *p = NEW(r->scratch, struct package);

    p->r = r;
    if (directory_read(r, bytes, &p->dir) != OK || name_parts(p) != OK)
        return r->err;
    p->zip = open_zip(r, bytes);
    if (!p->zip || !same_entries(p))
        return reading_damaged(r);
    *ret = p;
    return OK;
}

int package_find(const struct package *p, struct str path)
{
    struct str lower = str_lower(p->r->scratch, path);

    for (size_t i = 0; i < p->dir.n; i++)
        if (p->names[i].p && str_eq(p->names[i], lower))
            return (int)i;
    return PART_NONE;
}

static const char *local_name(const char *name)
{
    const char *colon = strchr(name, ':');

    return colon ? colon + 1 : name;
}

static void on_start(void *ctx, const char *name, const char **attrs)
{
    struct xml *x = ctx;

    if (x->r->err != OK)
        return;
    if (++x->depth > x->r->limits->xml_depth)
        reading_damaged(x->r);
    else
        x->h->start(x->ctx, local_name(name), attrs);
    if (x->r->err != OK)
        XML_StopParser(x->parser, XML_FALSE);
}

static void on_end(void *ctx, const char *name)
{
    struct xml *x = ctx;

    if (x->r->err != OK)
        return;
    x->depth--;
    x->h->end(x->ctx, local_name(name));
    if (x->r->err != OK)
        XML_StopParser(x->parser, XML_FALSE);
}

static void on_text(void *ctx, const char *p, int n)
{
    struct xml *x = ctx;

    if (x->r->err == OK)
        x->h->text(x->ctx, p, n);
}

static void on_doctype(void *ctx, const char *name, const char *system_id,
                       const char *public_id, int has_subset)
{
    struct xml *x = ctx;

    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    reading_refuse(x->r, E_INPUT,
                   TEXT("文件里有不允许的内容（DTD）。请用 WPS 或 Excel "
                        "打开，另存为 .xlsx 后再上传。",
                        "The file holds something we do not accept (a DTD). "
                        "Open it in WPS or Excel, save it as .xlsx and "
                        "upload that."));
    XML_StopParser(x->parser, XML_FALSE);
}

/* May `n` more bytes come out of `part`, of which `before` came already? */
static bool may_unpack(struct package *p, const struct zip_part *part,
                       uint64_t before, uint64_t n)
{
    const struct read_limits *l = p->r->limits;
    uint64_t out = before + n;

    p->unpacked += n;
    if (out > part->size)
        reading_damaged(p->r);
    else if (p->unpacked > l->unpacked_bytes ||
             (out > l->ratio_free && out / l->ratio > part->packed))
        refuse_unpacked(p->r);
    return p->r->err == OK;
}

/* One block to expat, `n` bytes of it new; 0: the end. */
static bool feed(struct xml *x, size_t n)
{
    size_t size = x->filter->held + n;
    void *room = XML_GetBuffer(x->parser, (int)(size ? size : 1));
    XML_Index at;

    if (!room)
        return false;
    size = references_replace(x->filter, n, room);
    x->fed += size;
    if (XML_ParseBuffer(x->parser, (int)size, n == 0) != XML_STATUS_OK)
        return false;
    at = XML_GetCurrentByteIndex(x->parser);
    return x->fed - (uint64_t)(at < 0 ? 0 : at) <= TOKEN_MAX;
}

static enum err unpack(struct package *p, struct xml *x,
                       const struct zip_part *part, zip_file_t *file)
{
    uint64_t out = 0;
    zip_int64_t n;

    do {
        n = zip_fread(file, references_room(x->filter), REFERENCES_BLOCK);
        if (n < 0 || (n == 0 && out != part->size))
            return reading_damaged(p->r);
        if (!may_unpack(p, part, out, (uint64_t)n))
            return p->r->err;
        out += (uint64_t)n;
        if (!feed(x, (size_t)n))
            return reading_damaged(p->r);
    } while (n > 0);
    return OK;
}

enum err package_parse(struct package *p, int part,
                       const struct xml_handlers *h, void *ctx)
{
    struct reading *r = p->r;
    struct xml x = { .r = r, .h = h, .ctx = ctx };
    zip_file_t *file;

    x.filter = NEW(r->scratch, struct references);
    if (part < 0 || (size_t)part >= p->dir.n)
        BUG("part %d", part);
    file = zip_fopen_index(p->zip, (zip_uint64_t)part, 0);
    if (!file)
        return reading_damaged(r);
    x.parser = XML_ParserCreate(NULL);
    if (!x.parser)
        BUG("no memory for an XML parser");
    XML_SetUserData(x.parser, &x);
    XML_SetElementHandler(x.parser, on_start, on_end);
    XML_SetCharacterDataHandler(x.parser, on_text);
    XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
    unpack(p, &x, &p->dir.parts[part], file);
    XML_ParserFree(x.parser);
    zip_fclose(file);
    return r->err;
}

const char *xml_attr(const char **attrs, const char *name)
{
    for (; attrs[0]; attrs += 2)
        if (strcmp(local_name(attrs[0]), name) == 0)
            return attrs[1];
    return NULL;
}

bool xml_attr_is(const char **attrs, const char *name)
{
    struct str v = str_from(xml_attr(attrs, name));

    return str_eq(v, S("1")) || str_eq(v, S("true"));
}
