/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Files that were made to do harm. Each is refused with words, or read as
 * something harmless; the sanitizer builds watch over the rest.
 */
#include "interchange/given_fixture.h"

#include "base/buf.h"
#include "base/file.h"

#include <string.h>

static struct str plain(struct test *t)
{
    return fixture_book(t, (struct book){
                               .rows = "<row><c t=\"s\"><v>0</v></c></row>",
                               .shared = "<si><t>甲</t></si>" });
}

static void refused(struct test *t, struct str bytes)
{
    struct workbook w = { .n = 77 };

    CHECK(fixture_read(t, bytes, &w) != OK);
    CHECK_INT(w.n, 77);
}

static void refused_rows(struct test *t, const char *rows, const char *after)
{
    refused(t, fixture_book(t, (struct book){ .rows = rows, .after = after }));
}

static void refused_sheet(struct test *t, struct str sheet)
{
    refused(t, fixture_book(t, (struct book){ .sheet = sheet }));
}

/* `from` in the copy becomes `to`, of the same length, the n-th time. */
static struct str patched(struct test *t, struct str bytes, size_t at,
                          struct str to)
{
    char *p = fixture_copy(t, bytes);

    memcpy(p + at, to.p, to.n);
    return (struct str){ p, bytes.n };
}

TEST(the_file_that_is_patched_below_is_sound)
{
    CHECK_STR(fixture_at(fixture_grid(t, plain(t)), 0, 0), S("甲"));
}

TEST(a_dtd_is_refused)
{
    refused_sheet(t, S("<!DOCTYPE worksheet><worksheet/>"));
    refused_sheet(t, S("<!DOCTYPE w [<!ENTITY x SYSTEM "
                       "\"file:///etc/passwd\">]><worksheet><sheetData><row>"
                       "<c t=\"inlineStr\"><is><t>&x;</t></is></c></row>"
                       "</sheetData></worksheet>"));
    refused_sheet(t, S("<!DOCTYPE w SYSTEM \"http://127.0.0.1/x.dtd\">"
                       "<worksheet/>"));
}

TEST(billion_laughs_are_refused)
{
    refused_sheet(t, S("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a "
                       "\"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                       "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
                       "]><worksheet>&c;</worksheet>"));
    refused_sheet(t, S("<worksheet><sheetData><row><c t=\"inlineStr\"><is>"
                       "<t>&undefined;</t></is></c></row></sheetData>"
                       "</worksheet>"));
}

TEST(a_bomb_is_counted_while_it_unpacks)
{
    size_t n = 40u << 20;
    char *p = mem_raw(t->mem, n);
    int64_t before = clock_steady_ms();

    memset(p, ' ', n);
    memcpy(p, "<worksheet>", 11);
    memcpy(p + n - 12, "</worksheet>", 12);
    refused_sheet(t, (struct str){ p, n });
    CHECK(clock_steady_ms() - before < 10000);
}

TEST(the_declared_total_is_asked_before_unpacking)
{
    struct read_limits small = read_limits_default;
    struct table_file file = { S("x"), plain(t) };
    struct workbook w;
    struct text reason;

    small.unpacked_bytes = 1000;
    CHECK_INT(workbook_read(t->mem, file, &small, &w, &reason), E_SIZE);
    small = read_limits_default;
    small.entries = 3;
    CHECK_INT(workbook_read(t->mem, file, &small, &w, &reason), E_SIZE);
    small = read_limits_default;
    small.sheets = 0;
    CHECK_INT(workbook_read(t->mem, file, &small, &w, &reason), E_SIZE);
}

TEST(depth_and_endless_tags_are_refused)
{
    struct buf *b = buf_new(t->mem, 4 << 20);

    for (int i = 0; i < 100; i++)
        buf_lit(b, "<a>");
    for (int i = 0; i < 100; i++)
        buf_lit(b, "</a>");
    refused_sheet(t, buf_str(b));
    buf_clear(b);
    buf_lit(b, "<worksheet a=\"");
    for (int i = 0; i < 150000; i++)
        buf_lit(b, "0123456789");
    buf_lit(b, "\"/>");
    refused_sheet(t, buf_str(b));
}

TEST(places_that_cannot_be_are_refused)
{
    static const char *const rows[] = {
        "<row r=\"1048577\"><c><v>1</v></c></row>",
        "<row r=\"99999999999999999999\"/>",
        "<row r=\"0\"/>",
        "<row r=\"-1\"/>",
        "<row r=\"\"/>",
        "<row><c r=\"ZZZZZZZZZZ1\"><v>1</v></c></row>",
        "<row><c r=\"A\"><v>1</v></c></row>",
        "<row><c r=\"1\"><v>1</v></c></row>",
        "<row><c r=\"A1B2\"><v>1</v></c></row>",
        "<row><c r=\"A4294967297\"><v>1</v></c></row>",
        "<row><c r=\"XFD1\"><v>1</v></c></row>",
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        refused_rows(t, rows[i], NULL);
}

TEST(a_lone_cell_far_away_is_refused_before_memory_is_taken)
{
    size_t before = mem_size(t->mem);

    refused_rows(t,
                 "<row><c r=\"A1\"><v>1</v></c></row>"
                 "<row><c r=\"IV1048576\"><v>1</v></c></row>",
                 NULL);
    CHECK(mem_size(t->mem) - before < 2000000);
}

TEST(a_million_columns_are_refused)
{
    struct buf *b = buf_new(t->mem, 64 << 20);

    buf_lit(b, "<row>");
    for (int i = 0; i < 1000000; i++)
        buf_lit(b, "<c><v>1</v></c>");
    buf_lit(b, "</row>");
    buf_byte(b, '\0');
    refused_rows(t, buf_str(b).p, NULL);
}

TEST(shared_texts_that_are_not_there_are_refused)
{
    static const char *const rows[] = {
        "<row><c t=\"s\"><v>0</v></c></row>",
        "<row><c t=\"s\"><v>-1</v></c></row>",
        "<row><c t=\"s\"><v>9999999999999999999</v></c></row>",
        "<row><c t=\"s\"><v>x</v></c></row>",
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        refused_rows(t, rows[i], NULL);
}

TEST(merged_ranges_that_cannot_be_are_refused)
{
    static const char *const ranges[] = {
        "<mergeCell/>",
        "<mergeCell ref=\"\"/>",
        "<mergeCell ref=\"A1:\"/>",
        "<mergeCell ref=\"B2:A1\"/>",
        "<mergeCell ref=\"A1:A99999999999\"/>",
        "<mergeCell ref=\"A:A0\"/>",
        "<mergeCell ref=\"A1:A\"/>",
        "<mergeCell ref=\"A:1\"/>",
        "<mergeCell ref=\"C:A\"/>",
        "<mergeCell ref=\"0:0\"/>",
        "<mergeCell ref=\"A1:C9\"/><mergeCell ref=\"A1:C9\"/>",
    };

    for (size_t i = 0; i < COUNT(ranges); i++)
        refused_rows(t, "<row><c><v>1</v></c><c><v>2</v></c></row>", ranges[i]);
}

TEST(a_text_longer_than_a_cell_is_refused)
{
    struct buf *b = buf_new(t->mem, 1 << 20);

    buf_lit(b, "<row><c t=\"inlineStr\"><is><t>");
    for (int i = 0; i < 32768; i++)
        buf_lit(b, "字");
    buf_lit(b, "</t></is></c></row>");
    buf_byte(b, '\0');
    refused_rows(t, buf_str(b).p, NULL);
}

TEST(macros_and_other_documents_are_refused)
{
    struct fixture_part macro = { "xl/vbaProject.bin", S_INIT("x") };
    struct fixture_part again = { "XL/WORKBOOK.XML", S_INIT("<workbook/>") };
    struct fixture_part one = { "word/document.xml", S_INIT("<w/>") };

    refused(t, fixture_book(t, (struct book){ .extra = macro }));
    refused(t, fixture_book(t, (struct book){ .extra = again }));
    refused(t, fixture_zip(t, &one, 1));
    refused(t, S("PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"));
    refused(t, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old workbook"));
    refused(t, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
                 "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"));
    refused(t, S("PK\3\4 this is not a zip"));
}

TEST(relations_that_lead_nowhere_are_refused)
{
    static const char *const relations[] = {
        "<Relationships/>",
        "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" "
        "Target=\"absent.xml\"/></Relationships>",
        "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" "
        "Target=\"../../../../etc/passwd\"/></Relationships>",
        "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" "
        "TargetMode=\"External\" Target=\"file:///etc/passwd\"/>"
        "</Relationships>",
        "<Relationships><Relationship/></Relationships>",
        "<Relationships>",
        "",
    };

    for (size_t i = 0; i < COUNT(relations); i++)
        refused(t, fixture_book(t, (struct book){ .relations = relations[i] }));
    refused(t, fixture_book(t, (struct book){ .workbook = "<workbook/>" }));
}

TEST(encrypted_entries_are_refused)
{
    struct str bytes = plain(t);

    for (int i = 0; i < 6; i++) {
        size_t central = fixture_find(bytes, S("PK\1\2"), i);

        refused(t, patched(t, bytes, central + 8, S("\x01\x00")));
        refused(t, patched(t, bytes, central + 8, S("\x41\x20")));
        refused(t, patched(t, bytes, fixture_find(bytes, S("PK\3\4"), i) + 6,
                           S("\x01\x00")));
    }
}

TEST(headers_that_disagree_are_refused)
{
    struct str bytes = plain(t);
    size_t local = fixture_find(bytes, S("PK\3\4"), 0);
    size_t central = fixture_find(bytes, S("PK\1\2"), 0);
    size_t end = fixture_find(bytes, S("PK\5\6"), 0);

    refused(t, patched(t, bytes, local + 30, S("?")));              /* name */
    refused(t, patched(t, bytes, local + 8, S("\x00\x00")));        /* method */
    refused(t, patched(t, bytes, central + 10, S("\x0c")));         /* bzip2 */
    refused(t, patched(t, bytes, central + 16, S("\x00\x01\x02"))); /* CRC */
    refused(t, patched(t, bytes, central + 20, S("\xff\x7f")));     /* packed */
    refused(t, patched(t, bytes, central + 24, S("\x01\x00")));     /* size */
    refused(t, patched(t, bytes, central + 42, S("\x07")));         /* place */
    refused(t, patched(t, bytes, end + 4, S("\x01")));              /* disk */
    refused(t, patched(t, bytes, end + 10, S("\x05")));             /* count */
    refused(t, patched(t, bytes, end + 12, S("\x10")));             /* length */
    refused(t, patched(t, bytes, end + 16, S("\x00\x00")));         /* place */
    refused(t, patched(t, bytes, end + 20, S("\x09"))); /* comment */
}

/* Sizes that lie in both headers alike, as a careful attacker would. */
TEST(sizes_that_lie_twice_are_found_while_unpacking)
{
    struct str bytes = plain(t);

    for (int i = 0; i < 6; i++) {
        size_t local = fixture_find(bytes, S("PK\3\4"), i) + 22;
        size_t central = fixture_find(bytes, S("PK\1\2"), i) + 24;
        struct str less = S("\x10\0\0\0");
        struct str more = S("\0\0\x0f\0");

        refused(t, patched(t, patched(t, bytes, local, less), central, less));
        refused(t, patched(t, patched(t, bytes, local, more), central, more));
    }
}

TEST(zip64_lies_are_refused)
{
    struct str bytes = plain(t);
    size_t local = fixture_find(bytes, S("PK\3\4"), 0);
    size_t central = fixture_find(bytes, S("PK\1\2"), 0);
    size_t end = fixture_find(bytes, S("PK\5\6"), 0);
    struct str all = S("\xff\xff\xff\xff");

    refused(t, patched(t, bytes, central + 24, all));
    refused(t, patched(t, bytes, central + 20, all));
    refused(t, patched(t, bytes, central + 42, all));
    refused(t, patched(t, bytes, local + 26, S("\xff\xff")));
    refused(t, patched(t, bytes, central + 28, S("\xff\xff")));
    refused(t, patched(t, bytes, end + 8, S("\xff\xff\xff\xff")));
    refused(t, patched(t, bytes, end + 16, all));
}

/* Two entries, one place: the classic better zip bomb. */
TEST(overlapping_entries_are_refused)
{
    struct fixture_part twins[] = { { "a/one.xml", S_INIT("<a>same</a>") },
                                    { "a/two.xml", S_INIT("<a>same</a>") } };
    struct str bytes = fixture_zip(t, twins, 2);
    size_t second = fixture_find(bytes, S("PK\1\2"), 1);
    char *p = fixture_copy(t, patched(t, bytes, second + 42, S("\0\0\0\0")));

    memcpy(p + second + 46, "a/one.xml", 9);
    refused(t, (struct str){ p, bytes.n });
}

TEST(a_file_cut_anywhere_is_refused)
{
    struct str bytes = plain(t);

    for (size_t n = 0; n < bytes.n; n += 97)
        refused(t,
                (struct str){ str_dup(t->mem, str_slice(bytes, 0, n)).p, n });
}

TEST(a_workbook_with_flipped_bytes_never_harms)
{
    struct str bytes = plain(t);
    char *p = fixture_copy(t, bytes);
    struct table_file file = { S("x"), { p, bytes.n } };
    int refusals = 0;

    for (size_t i = 0; i < bytes.n; i++) {
        struct mem *m = mem_child(t->mem);
        struct workbook w;
        struct text reason;

        p[i] ^= 0x55;
        refusals +=
            workbook_read(m, file, &read_limits_default, &w, &reason) != OK;
        p[i] ^= 0x55;
        mem_free(m);
    }
    CHECK(refusals > (int)(bytes.n / 2));
}

TEST(odd_but_harmless_workbooks_are_read)
{
    struct workbook w = { .n = 0 };
    struct book b = {
        .rows = "<row r=\"2\"><c r=\"B2\"><v>1</v></c></row><row r=\"1\">"
                "<c r=\"C1\"><v>2</v></c><c r=\"A1\" s=\"4000000000\"><v>3"
                "</v></c></row><row r=\"2\"><c r=\"B2\"><v>4</v></c></row>",
        .styles = "<xf/><xf numFmtId=\"x\"/>",
        .formats = "<numFmt/>",
    };

    NEED_INT(fixture_read(t, fixture_book(t, b), &w), OK);
    CHECK_STR(fixture_at(&w.grids[0], 0, 0), S("3"));
    CHECK_STR(fixture_at(&w.grids[0], 1, 1), S("4"));
    NEED_INT(fixture_read(t, fixture_book(t, (struct book){ .rows = "" }), &w),
             OK);
    CHECK_INT(w.grids[0].rows, 0);
}
