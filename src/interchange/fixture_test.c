/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Makers of workbooks for the tests of this folder; no test itself. */
#include "interchange/given_fixture.h"

#include <string.h>
#include <zip.h>

static const char head[] =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
static const char main_ns[] =
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
static const char rel_ns[] = "http://schemas.openxmlformats.org/"
                             "officeDocument/2006/relationships";

static struct str unpack_source(struct test *t, zip_source_t *source)
{
    zip_stat_t st;
    char *p;

    if (zip_source_stat(source, &st) < 0 || zip_source_open(source) < 0)
        BUG("zip source");
    p = mem_raw(t->mem, st.size + 1);
    if (zip_source_read(source, p, st.size) != (zip_int64_t)st.size)
        BUG("zip source");
    zip_source_close(source);
    zip_source_free(source);
    return (struct str){ p, st.size };
}

struct str fixture_zip(struct test *t, const struct fixture_part *parts,
                       size_t n)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip;

    zip_source_keep(source);
    zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    for (size_t i = 0; i < n; i++) {
        zip_source_t *s;
        zip_int64_t at;

        if (!parts[i].name)
            continue;
        s = zip_source_buffer(zip, parts[i].content.p, parts[i].content.n, 0);
        at = zip_file_add(zip, parts[i].name, s, ZIP_FL_ENC_UTF_8);
        zip_file_set_mtime(zip, (zip_uint64_t)at, 1704067200, 0);
    }
    if (zip_close(zip) < 0)
        BUG("zip: %s", zip_strerror(zip));
    return unpack_source(t, source);
}

static const char *or_empty(const char *s)
{
    return s ? s : "";
}

static struct str workbook_part(struct test *t, const struct book *b)
{
    if (b->workbook)
        return str_from(b->workbook);
    return str_fmt(t->mem,
                   "%s<workbook xmlns=\"%s\" xmlns:r=\"%s\"><sheets><sheet "
                   "name=\"台账\" sheetId=\"1\" r:id=\"rId1\"/></sheets>"
                   "</workbook>",
                   head, main_ns, rel_ns);
}

static struct str relations_part(struct test *t, const struct book *b)
{
    if (b->relations)
        return str_from(b->relations);
    return str_fmt(
        t->mem,
        "%s<Relationships><Relationship Id=\"rId1\" Type=\"%s/worksheet\" "
        "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" "
        "Type=\"%s/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
        "<Relationship Id=\"rId3\" Type=\"%s/styles\" "
        "Target=\"./styles.xml\"/></Relationships>",
        head, rel_ns, rel_ns, rel_ns);
}

struct str fixture_book(struct test *t, struct book b)
{
    struct fixture_part parts[] = {
        { "_rels/.rels",
          str_fmt(t->mem,
                  "%s<Relationships><Relationship Id=\"r1\" "
                  "Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/>"
                  "</Relationships>",
                  head, rel_ns) },
        { "xl/workbook.xml", workbook_part(t, &b) },
        { "xl/_rels/workbook.xml.rels", relations_part(t, &b) },
        { "xl/sharedStrings.xml",
          str_fmt(t->mem, "%s<sst xmlns=\"%s\">%s</sst>", head, main_ns,
                  or_empty(b.shared)) },
        { "xl/styles.xml",
          str_fmt(t->mem,
                  "%s<styleSheet xmlns=\"%s\"><numFmts>%s</numFmts>"
                  "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
                  "<cellXfs>%s</cellXfs></styleSheet>",
                  head, main_ns, or_empty(b.formats), or_empty(b.styles)) },
        { "xl/worksheets/sheet1.xml",
          b.sheet.n
              ? b.sheet
              : str_fmt(t->mem,
                        "%s<worksheet xmlns=\"%s\"><sheetData>%s"
                        "</sheetData>%s</worksheet>",
                        head, main_ns, or_empty(b.rows), or_empty(b.after)) },
        b.extra,
    };

    return fixture_zip(t, parts, COUNT(parts));
}

enum err fixture_read(struct test *t, struct str bytes, struct workbook *ret)
{
    struct text reason = { .zh = { NULL, 0 } };
    enum err e =
        workbook_read(t->mem, (struct table_file){ S("测试.csv"), bytes },
                      &read_limits_default, ret, &reason);

    if (e != OK) {
        CHECK(reason.zh.n > 0 && reason.en.n > 0);
        CHECK(e == E_INPUT || e == E_SIZE);
    }
    return e;
}

struct grid *fixture_grid(struct test *t, struct str bytes)
{
    struct workbook w = { .n = 0 };
    struct text reason;

    if (workbook_read(t->mem, (struct table_file){ S("测试.csv"), bytes },
                      &read_limits_default, &w, &reason) != OK)
        BUG("%s: %.*s", t->name, STR_ARG(reason.en));
    return &w.grids[0];
}

struct str fixture_at(const struct grid *g, size_t row, size_t col)
{
    return grid_cell(g, row, col)->text;
}

char *fixture_copy(struct test *t, struct str bytes)
{
    char *p = mem_raw(t->mem, bytes.n + 1);

    memcpy(p, bytes.p, bytes.n);
    return p;
}

size_t fixture_find(struct str bytes, struct str what, int nth)
{
    size_t at = 0;

    for (;;) {
        size_t next = str_find(str_slice(bytes, at, bytes.n), what);

        if (next == SIZE_MAX)
            BUG("not in the file");
        if (nth-- == 0)
            return at + next;
        at += next + 1;
    }
}
