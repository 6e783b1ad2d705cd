/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Fuzzing of workbooks. Random bytes hardly ever make a sound zip, so input
 * that is none becomes the sheet, or the shared texts, of one: the first
 * byte says which. What is read must be plain text.
 *
 * Build: clang -fsanitize=fuzzer,address,undefined, with the sources of
 * base and this folder; saved input is in corpus/xlsx.
 */
#include "base/utf8.h"
#include "interchange/read.h"

#include <string.h>
#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct read_limits limits = {
    .file_bytes = 1 << 20,
    .unpacked_bytes = 4 << 20,
    .ratio = 200,
    .ratio_free = 1 << 20,
    .entries = 20,
    .sheets = 4,
    .columns = 256,
    .rows = 1048576,
    .cells = 100000,
    .cell_text = 1000,
    .xml_depth = 16,
};

static const char relations[] =
    "<r><Relationship Id=\"1\" Type=\"/worksheet\" Target=\"sheet\"/>"
    "<Relationship Id=\"2\" Type=\"/sharedStrings\" Target=\"texts\"/>"
    "<Relationship Id=\"3\" Type=\"/styles\" Target=\"styles\"/></r>";
static const char workbook[] = "<w><sheet name=\"a\" id=\"1\"/></w>";
static const char texts[] = "<sst><si><t>a</t></si></sst>";
static const char styles[] =
    "<s><numFmts><numFmt numFmtId=\"165\" formatCode=\"yyyy-mm\"/></numFmts>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"20\"/>"
    "<xf numFmtId=\"46\"/><xf numFmtId=\"165\"/></cellXfs></s>";

static void add(zip_t *zip, const char *name, struct str s)
{
    zip_int64_t at =
        zip_file_add(zip, name, zip_source_buffer(zip, s.p, s.n, 0), 0);

    zip_set_file_compression(zip, (zip_uint64_t)at, ZIP_CM_STORE, 0);
}

/* A workbook in which `s` is the part that its first byte chooses. */
static struct str wrap(struct mem *m, struct str s)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *zip;
    zip_stat_t st;
    char *p;
    char which = s.p[0];
    struct str rest = str_slice(s, 1, s.n);

    zip_source_keep(source);
    zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    add(zip, "xl/workbook.xml", which == 'w' ? rest : str_from(workbook));
    add(zip, "xl/_rels/workbook.xml.rels",
        which == 'r' ? rest : str_from(relations));
    add(zip, "xl/texts", which == 't' ? rest : str_from(texts));
    add(zip, "xl/styles", which == 's' ? rest : str_from(styles));
    add(zip, "xl/sheet",
        which == '<' ? s
        : strchr("wrts", which)
            ? S("<w><sheetData><row><c t=\"s\"><v>0</v></c></row>"
                "</sheetData></w>")
            : rest);
    zip_close(zip);
    zip_source_stat(source, &st);
    zip_source_open(source);
    p = mem_raw(m, st.size);
    zip_source_read(source, p, st.size);
    zip_source_close(source);
    zip_source_free(source);
    return (struct str){ p, st.size };
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mem *m = mem_new();
    struct str s = { (const char *)data, size };
    struct workbook w = { .n = 0 };
    struct text reason = { .zh = { NULL, 0 } };
    enum err e;

    if (s.n && !str_starts(s, S("PK")))
        s = wrap(m, s);
    e = workbook_read(m, (struct table_file){ S("f"), s }, &limits, &w,
                      &reason);
    if (e != OK && text_empty(reason))
        BUG("a refusal without words");
    for (size_t i = 0; i < w.n; i++)
        for (size_t c = 0; c < w.grids[i].rows * w.grids[i].cols; c++)
            if (!utf8_plain(w.grids[i].cells[c].text, true))
                BUG("a cell that is not plain");
    mem_free(m);
    return 0;
}
