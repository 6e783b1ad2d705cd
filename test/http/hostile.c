/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * Requests that no browser sends, clients that are slow, and workbooks made
 * to hurt. Each is refused with words, and meanwhile others are served.
 */
#include "test/http/audit.h"

#include "base/file.h"

#include <stdio.h>
#include <string.h>
#include <zip.h>

enum {
    SLOW_CLIENTS = 300,
    PATIENCE_MS = 2000,
    PEAK_MAX_KB = 512 << 10,
    BOMB_SIZE = 400 << 20,
};

/* ---- requests ---- */

static void check_raw(struct audit *a, struct mem *m)
{
    static const struct {
        struct str bytes;
        int status;
    } tries[] = {
        { S_INIT("\r\n\r\n"), 0 },
        { S_INIT("GET\r\n\r\n"), 400 },
        { S_INIT("GET / HTTP/1.1\r\n\r\n"), 400 },
        { S_INIT("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400 },
        { S_INIT("GET / HTTP/9.9\r\nHost: a\r\n\r\n"), 505 },
        { S_INIT("GET  / HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { S_INIT("GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n"), 400 },
        { S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n"), 400 },
        { S_INIT("GET / HTTP/1.1\r\nHost: a\r\n x: y\r\n\r\n"), 400 },
        { S_INIT("POST /signin HTTP/1.1\r\nHost: a\r\n"
                 "Content-Length: -1\r\n\r\n"),
          400 },
        { S_INIT("POST /signin HTTP/1.1\r\nHost: a\r\n"
                 "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"),
          400 },
        { S_INIT("POST /signin HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n"),
          400 },
        { S_INIT("POST /signin HTTP/1.1\r\nHost: a\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
          501 },
        { S_INIT("POST /signin HTTP/1.1\r\nHost: a\r\n"
                 "Content-Length: 99999999999999999999\r\n\r\n"),
          400 },
        { S_INIT("POST /signin HTTP/1.1\r\nHost: a\r\n"
                 "Content-Length: 9999999\r\n\r\n"),
          413 },
        { S_INIT("POST /import/new HTTP/1.1\r\nHost: a\r\n"
                 "Content-Length: 99999999\r\n\r\n"),
          413 },
        { S_INIT("GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n"), -1 },
        { S_INIT("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n"), -1 },
        { S_INIT("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"), 400 },
    };

    for (size_t i = 0; i < COUNT(tries); i++) {
        struct client c;
        struct answer ans;

        if (tries[i].status == 0)
            continue; /* blank lines only: it waits for more, as it may */
        client_init(&c, a->site->port);
        ans = client_raw(&c, m, tries[i].bytes);
        a->asked++;
        expect(a,
               tries[i].status > 0 ? ans.status == tries[i].status
                                   : ans.status >= 400 && ans.status < 500,
               "request %zu: %d, not %d", i, ans.status, tries[i].status);
        expect(a, ans.body.n > 0, "request %zu: no words", i);
        client_close(&c);
    }
}

static void check_long(struct audit *a, struct mem *m)
{
    static const struct {
        const char *before, *after;
        size_t n;
        int status;
    } tries[] = {
        { "GET /", " HTTP/1.1\r\nHost: a\r\n\r\n", 100000, 414 },
        { "GET / HTTP/1.1\r\nHost: a\r\nX: ", "\r\n\r\n", 100000, 431 },
        { "GET / HTTP/1.1\r\nHost: a\r\nCookie: dajuan=", "\r\n\r\n", 100000,
          431 },
    };

    for (size_t i = 0; i < COUNT(tries); i++) {
        struct buf *b = buf_new(m, 1 << 20);
        struct client c;
        struct answer ans;

        buf_put(b, str_from(tries[i].before));
        while (b->n < tries[i].n)
            buf_byte(b, 'x');
        buf_put(b, str_from(tries[i].after));
        client_init(&c, a->site->port);
        ans = client_raw(&c, m, buf_str(b));
        a->asked++;
        expect(a, ans.status == 414 || ans.status == 431 || ans.status == 400,
               "long request %zu: %d", i, ans.status);
        client_close(&c);
    }
}

/* Many who do not finish what they say: others do not wait for them. */
static void check_slow(struct audit *a, struct mem *m)
{
    struct client *slow = NEW_ARRAY(m, struct client, SLOW_CLIENTS);
    int64_t before;

    for (int i = 0; i < SLOW_CLIENTS; i++) {
        static const struct str starts[] = {
            S_INIT("G"),
            S_INIT("GET / HTTP/1.1\r\nHost: a\r\nX: "),
            S_INIT("POST /signin HTTP/1.1\r\nHost: a\r\n"
                   "Content-Length: 60000\r\n\r\nlogin="),
        };

        client_init(&slow[i], a->site->port);
        if (!client_start(&slow[i], starts[i % (int)COUNT(starts)]))
            expect(a, false, "slow client %d is not let in", i);
    }
    before = clock_steady_ms();
    for (int i = 0; i < 20; i++)
        expect(a, audit_get(a, &a->boss, m, S("/")).status == 200,
               "nobody else is served");
    audit_post(a, &a->boss, m, audit_owned_path(m, "/new"), S(""));
    expect(a, clock_steady_ms() - before < PATIENCE_MS,
           "others wait for the slow: %lld ms",
           (long long)(clock_steady_ms() - before));
    for (int i = 0; i < SLOW_CLIENTS; i++)
        client_close(&slow[i]);
}

/* ---- workbooks ---- */

/* A package of these files; the content of `big` is blanks without end. */
struct part {
    const char *name;
    const char *content;
    size_t blanks; /* after the content */
    const char *end;
};

static const char types_xml[] =
    "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/"
    "package/2006/content-types\"><Default Extension=\"xml\" ContentType=\""
    "application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType="
    "\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet."
    "main+xml\"/></Types>";
static const char rels_xml[] =
    "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas."
    "openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/officeDocument\" Target=\"xl/workbook.xml\"/>"
    "</Relationships>";
static const char book_xml[] =
    "<?xml version=\"1.0\"?><workbook xmlns=\"http://schemas.openxmlformats."
    "org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats."
    "org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" "
    "sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>";
static const char book_rels_xml[] =
    "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas."
    "openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" "
    "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
    "relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"r2\" Type=\"http://schemas.openxmlformats.org/"
    "officeDocument/2006/relationships/sharedStrings\" Target=\""
    "sharedStrings.xml\"/></Relationships>";

#define SHEET_XML                                                              \
    "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/"      \
    "2006/main\"><sheetData>"
#define ROW_XML                                                                \
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>&a;</t></is></c></row>"
#define PLAIN_XML "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>"
#define STRINGS_XML                                                            \
    "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"" \
    "><si><t>x"
#define STRINGS_END "</t></si></sst>"
#define SHEET_END "</sheetData></worksheet>"

static void part_add(struct mem *m, zip_t *z, const struct part *p)
{
    size_t head = strlen(p->content);
    size_t tail = p->end ? strlen(p->end) : 0;
    char *bytes = mem_raw(m, head + p->blanks + tail + 1);
    zip_source_t *s;

    memcpy(bytes, p->content, head);
    memset(bytes + head, ' ', p->blanks);
    if (tail)
        memcpy(bytes + head + p->blanks, p->end, tail);
    s = zip_source_buffer(z, bytes, head + p->blanks + tail, 0);
    if (zip_file_add(z, p->name, s, ZIP_FL_ENC_UTF_8) < 0)
        BUG("zip: %s", zip_strerror(z));
}

/* A workbook around this sheet, with these strings or one more file. */
static struct str package(struct audit *a, struct mem *m,
                          const struct part *sheet, const struct part *extra)
{
    static const struct part no_strings = { "xl/sharedStrings.xml",
                                            STRINGS_XML STRINGS_END, 0, NULL };
    const char *path = str_c(m, str_fmt(m, "%s/made.xlsx", a->site->place));
    const struct part usual[] = {
        { "[Content_Types].xml", types_xml, 0, NULL },
        { "_rels/.rels", rels_xml, 0, NULL },
        { "xl/workbook.xml", book_xml, 0, NULL },
        { "xl/_rels/workbook.xml.rels", book_rels_xml, 0, NULL },
    };
    zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    struct text reason;
    struct str bytes;

    if (!z)
        BUG("%s cannot be made", path);
    for (size_t i = 0; i < COUNT(usual); i++)
        part_add(m, z, &usual[i]);
    part_add(m, z, sheet);
    if (extra)
        part_add(m, z, extra);
    if (!extra || strcmp(extra->name, no_strings.name) != 0)
        part_add(m, z, &no_strings);
    if (zip_close(z) != 0 ||
        !file_read(m, str_from(path), 64 << 20, &bytes, &reason))
        BUG("%s cannot be written", path);
    return bytes;
}

static struct answer upload(struct audit *a, struct mem *m, const char *name,
                            struct str bytes)
{
    struct buf *b = buf_new(m, 128 << 20);

    buf_fmt(b,
            "--xq7\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n"
            "%s\r\n--xq7\r\nContent-Disposition: form-data; name=\"file\"; "
            "filename=\"%s\"\r\nContent-Type: application/octet-stream"
            "\r\n\r\n",
            a->boss.csrf, name);
    buf_put(b, bytes);
    buf_lit(b, "\r\n--xq7--\r\n");
    return client_send(
        &a->boss, m, "POST", S("/import/new"),
        str_fmt(m,
                "Origin: http://127.0.0.1:%u\r\n"
                "Content-Type: multipart/form-data; boundary=xq7\r\n",
                (unsigned)a->site->port),
        buf_str(b));
}

static void check_refused(struct audit *a, struct mem *m, const char *what,
                          const char *name, struct str bytes)
{
    int64_t before = clock_steady_ms();
    struct answer ans = upload(a, m, name, bytes);

    audit_judge(a, &ans, str_from(what));
    expect(a, ans.status >= 400 && ans.status < 500, "%s: %d", what,
           ans.status);
    expect(a, ans.body.n > 100, "%s: no words", what);
    expect(a, clock_steady_ms() - before < 4 * PATIENCE_MS, "%s: %lld ms", what,
           (long long)(clock_steady_ms() - before));
    expect(a, audit_get(a, &a->boss, m, S("/me")).status == 200,
           "%s: nobody is served after it", what);
}

/* Where "../xq7.xml" would land, seen from the data folder. */
static struct str out_path(struct audit *a, struct mem *m)
{
    return str_fmt(m, "%s/xq7.xml", a->site->place);
}

/* What the hostile ones are made from is itself taken, and shown. */
static void check_taken(struct audit *a, struct mem *m, const char *what,
                        struct str bytes)
{
    struct answer ans = upload(a, m, "a.xlsx", bytes);

    audit_judge(a, &ans, str_from(what));
    if (expect(a, ans.status == 303, "%s: %d", what, ans.status)) {
        ans = audit_get(a, &a->boss, m, answer_header(&ans, S("Location")));
        expect(a, ans.status == 200, "%s: its preview: %d", what, ans.status);
    }
    expect(a, !file_exists(m, out_path(a, m)), "%s: it was unpacked", what);
}

/* Entities: in itself, from a file, from the net, and many. */
static void check_entities(struct audit *a)
{
    static const char *const heads[] = {
        "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1:1/x.dtd\">",
        "<!DOCTYPE x [<!ENTITY b \"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">"
        "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">"
        "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\">"
        "<!ENTITY a \"&e;&e;&e;&e;&e;&e;&e;&e;\">]>",
    };
    struct mem *m = mem_child(a->m);

    for (size_t i = 0; i < COUNT(heads); i++, mem_reset(m)) {
        struct str sheet = str_fmt(m, "<?xml version=\"1.0\"?>%s%s", heads[i],
                                   SHEET_XML ROW_XML SHEET_END);

        check_refused(a, m, "entities", "a.xlsx",
                      package(a, m,
                              &(struct part){ "xl/worksheets/sheet1.xml",
                                              str_c(m, sheet), 0, NULL },
                              NULL));
    }
    mem_free(m);
}

static void check_bombs(struct audit *a)
{
    struct mem *m = mem_child(a->m);
    struct part sheet = { "xl/worksheets/sheet1.xml", SHEET_XML, BOMB_SIZE,
                          SHEET_END };
    struct part strings = { "xl/sharedStrings.xml", STRINGS_XML, BOMB_SIZE,
                            STRINGS_END };
    struct part small = { "xl/worksheets/sheet1.xml",
                          SHEET_XML PLAIN_XML SHEET_END, 0, NULL };

    check_refused(a, m, "a bomb in a sheet", "a.xlsx",
                  package(a, m, &sheet, NULL));
    mem_reset(m);
    check_refused(a, m, "a bomb in strings", "a.xlsx",
                  package(a, m, &small, &strings));
    mem_free(m);
}

static void check_broken(struct audit *a)
{
    struct mem *m = mem_child(a->m);
    struct part sheet = { "xl/worksheets/sheet1.xml",
                          SHEET_XML PLAIN_XML SHEET_END, 0, NULL };
    struct part out = { "../xq7.xml", "<x/>", 0, NULL };
    struct part deep = { "xl/worksheets/sheet1.xml", "<a><a><a><a", 0, NULL };
    struct str good = package(a, m, &sheet, NULL);
    struct buf *nulls = buf_new(m, 1 << 20);
    struct buf *wide = buf_new(m, 16 << 20);

    for (int i = 0; i < 5000; i++)
        buf_put(nulls, (struct str){ "\0\0,\0", 4 });
    for (int i = 0; i < 200000; i++)
        buf_lit(wide, "a,");
    check_taken(a, m, "a plain workbook", good);
    check_taken(a, m, "a file beside the book", package(a, m, &sheet, &out));
    check_refused(a, m, "a cut workbook", "a.xlsx",
                  str_slice(good, 0, good.n / 2));
    check_refused(a, m, "a package end only", "a.xlsx",
                  str_slice(good, good.n - 22, good.n));
    check_refused(a, m, "broken XML", "a.xlsx", package(a, m, &deep, NULL));
    check_refused(a, m, "no package", "a.xlsx", S("PK\x03\x04not a package"));
    check_refused(a, m, "an old workbook", "a.xls",
                  S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1xxxxxxxx"));
    check_refused(a, m, "no bytes", "a.xlsx", S(""));
    check_refused(a, m, "zeros", "a.csv", buf_str(nulls));
    check_refused(a, m, "200,000 columns", "a.csv", buf_str(wide));
    check_refused(a, m, "a picture", "a.csv",
                  S("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
    mem_free(m);
}

/* The most memory the server ever had, in kB. */
static int64_t peak_kb(struct audit *a, struct mem *m)
{
    FILE *f = fopen(str_c(m, str_fmt(m, "/proc/%d/status", a->site->pid)), "r");
    char bytes[4096] = { 0 };
    size_t n = f ? fread(bytes, 1, sizeof(bytes) - 1, f) : 0;
    int64_t kb = -1;

    if (f)
        fclose(f);
    if (!str_int(str_trim(
                     between((struct str){ bytes, n }, S("VmHWM:"), S("kB"))),
                 &kb))
        return -1;
    return kb;
}

void audit_hostile(struct audit *a)
{
    struct mem *m = mem_child(a->m);
    int64_t kb;

    check_raw(a, m);
    check_long(a, m);
    check_slow(a, m);
    check_entities(a);
    check_bombs(a);
    check_broken(a);
    kb = peak_kb(a, m);
    expect(a, kb > 0 && kb < PEAK_MAX_KB, "the server took %lld kB",
           (long long)kb);
    mem_free(m);
}
