/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * What we do not read is named, because "unknown format" helps nobody who
 * has the file open in front of them.
 */
#include "interchange/reading.h"

#include <string.h>

enum { HEAD_BYTES = 2048, BIFF_RECORDS = 8, BIFF_FILEPASS = 0x2f };

struct kind {
    struct str sign; /* at the front, or somewhere */
    struct text name;
};

static const struct text old_workbook =
    TEXT_INIT("旧版表格（.xls 或 .et）", "an old workbook (.xls or .et)");

/* What WPS or Excel opens, and says under another name when asked to save. */
enum err foreign_table(struct reading *r, struct text name)
{
    struct text reason = {
        str_fmt(r->m,
                "这其实是%.*s。请用 WPS 或 Excel 打开，另存为 .xlsx "
                "后再上传。",
                STR_ARG(name.zh)),
        str_fmt(r->m,
                "This is %.*s. Open it in WPS or Excel, save it as .xlsx and "
                "upload that.",
                STR_ARG(name.en)),
    };

    return reading_refuse(r, E_INPUT, reason);
}

/* What holds no table. */
static enum err foreign_other(struct reading *r, struct text name)
{
    struct text reason = {
        str_fmt(r->m, "这是%.*s，不是表格。请上传 .xlsx 或 .csv 文件。",
                STR_ARG(name.zh)),
        str_fmt(r->m,
                "This is %.*s, not a table. Upload an .xlsx or a .csv file.",
                STR_ARG(name.en)),
    };

    return reading_refuse(r, E_INPUT, reason);
}

static enum err refuse_password(struct reading *r)
{
    return reading_refuse(
        r, E_INPUT,
        TEXT("文件设了打开密码。请在 WPS 或 Excel 里去掉密码，"
             "另存为 .xlsx 后再上传。",
             "The file has a password. Remove it in WPS or Excel, save as "
             ".xlsx and upload that."));
}

static const struct kind *kind_at_front(const struct kind *k, size_t n,
                                        struct str s)
{
    for (size_t i = 0; i < n; i++)
        if (str_starts(s, k[i].sign))
            return &k[i];
    return NULL;
}

static bool contains(struct str s, struct str what)
{
    return str_find(s, what) != SIZE_MAX;
}

static unsigned u16(const char *p)
{
    return (unsigned char)p[0] | (unsigned)(unsigned char)p[1] << 8;
}

/* Does a stream of records that begins in `s` say that it is encrypted? */
static bool has_filepass(struct str s)
{
    static const char bof[] = "\x09\x08\x10\0\0\x06\x05\0";
    size_t at = str_find(s, (struct str){ bof, sizeof(bof) - 1 });

    s = at == SIZE_MAX ? S("") : str_slice(s, at, s.n);
    for (size_t i = 0; i < BIFF_RECORDS && s.n >= 4; i++) {
        if (u16(s.p) == BIFF_FILEPASS)
            return true;
        s = str_slice(s, 4 + u16(s.p + 2), s.n);
    }
    return false;
}

/*
 * Compound files: .xls and .et, passwords, and other documents. Names stand
 * in them as UTF-16.
 */
static enum err refuse_compound(struct reading *r, struct str bytes)
{
    static const struct str package =
        S_INIT("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k");
    static const struct kind others[] = {
        { S_INIT("W\0o\0r\0d\0D\0o\0c\0u\0m"),
          TEXT_INIT("Word 文档", "a Word document") },
        { S_INIT("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D"),
          TEXT_INIT("演示文稿", "a presentation") },
    };

    if (contains(bytes, package) || has_filepass(bytes))
        return refuse_password(r);
    if (contains(bytes, S("W\0o\0r\0k\0b\0o\0o\0k")))
        return foreign_table(r, old_workbook);
    for (size_t i = 0; i < COUNT(others); i++)
        if (contains(bytes, others[i].sign))
            return foreign_other(r, others[i].name);
    return foreign_table(r, old_workbook);
}

static enum err refuse_archive(struct reading *r)
{
    return reading_refuse(
        r, E_INPUT,
        TEXT("这是压缩包。请先解压，再上传里面的 .xlsx 或 .csv 文件。",
             "This is an archive. Unpack it and upload the .xlsx or .csv "
             "file that is in it."));
}

/* Files that their first bytes give away. */
static enum err refuse_signed(struct reading *r, struct str bytes)
{
    static const struct str biff[] = {
        S_INIT("\x09\0\x04\0"),   S_INIT("\x09\x02\x06\0"),
        S_INIT("\x09\x04\x06\0"), S_INIT("\x09\x08\x08\0"),
        S_INIT("\x09\x08\x10\0"),
    };
    static const struct kind others[] = {
        { S_INIT("%PDF-"), TEXT_INIT("PDF 文件", "a PDF file") },
        { S_INIT("\x89PNG"), TEXT_INIT("图片", "a picture") },
        { S_INIT("\xff\xd8\xff"), TEXT_INIT("图片", "a picture") },
        { S_INIT("GIF8"), TEXT_INIT("图片", "a picture") },
        { S_INIT("{\\rtf"), TEXT_INIT("RTF 文档", "an RTF document") },
    };
    const struct kind *k = kind_at_front(others, COUNT(others), bytes);

    if (str_starts(bytes, S("Rar!\x1a")) ||
        str_starts(bytes, S("7z\xbc\xaf")) || str_starts(bytes, S("\x1f\x8b")))
        return refuse_archive(r);
    for (size_t i = 0; i < COUNT(biff); i++)
        if (str_starts(bytes, biff[i]))
            return foreign_table(r, old_workbook);
    return k ? foreign_other(r, k->name) : OK;
}

/* The beginning in lower case, narrow even when the file is UTF-16. */
static struct str head_of(struct mem *m, struct str bytes)
{
    struct str head = str_slice(bytes, 0, HEAD_BYTES);
    char *p = mem_raw(m, head.n + 1);
    size_t n = 0;

    if (str_starts(head, S("\xff\xfe")) || str_starts(head, S("\xfe\xff")))
        head = str_slice(head, 2, head.n);
    for (size_t i = 0; i < head.n; i++)
        if (head.p[i])
            p[n++] = head.p[i];
    return str_trim(str_lower(m, (struct str){ p, n }));
}

static bool begins_tag(struct str head)
{
    return head.n > 1 && head.p[0] == '<' &&
           ((head.p[1] >= 'a' && head.p[1] <= 'z') || head.p[1] == '!' ||
            head.p[1] == '?' || head.p[1] == '/');
}

static enum err refuse_markup(struct reading *r, struct str head)
{
    if (!begins_tag(head) && !contains(head, S("<table")) &&
        !contains(head, S("<html")))
        return OK;
    if (contains(head, S("office:spreadsheet")) ||
        contains(head, S("progid=\"excel.sheet\"")))
        return foreign_table(r, TEXT("“XML 表格 2003”文件，只是名字像工作簿",
                                     "an XML Spreadsheet 2003 under a "
                                     "workbook's name"));
    if (str_starts(head, S("<?xml")) && !contains(head, S("<html")) &&
        !contains(head, S("<!doctype html")))
        return foreign_table(r, TEXT("XML 文件，只是名字像表格",
                                     "an XML file under a table's name"));
    return foreign_table(r, TEXT("网页，只是名字像表格",
                                 "a web page under a table's name"));
}

/* Files of text that are no list of cells. */
static enum err refuse_text(struct reading *r, struct str head)
{
    if (str_starts(head, S("mime-version:")) ||
        contains(head, S("\nmime-version:")) ||
        contains(head, S("content-type: multipart/related")))
        return foreign_table(r, TEXT("网页（MHTML），只是名字像表格",
                                     "a web page (MHTML) under a table's "
                                     "name"));
    if (str_starts(head, S("id;p")) &&
        (contains(head, S("\nc;")) || contains(head, S("\nf;")) ||
         contains(head, S("\nb;")) || contains(head, S("\np;"))))
        return foreign_table(r,
                             TEXT("SYLK 文件（.slk）", "a SYLK file (.slk)"));
    if (str_starts(head, S("table\r\n0,1")) ||
        str_starts(head, S("table\n0,1")))
        return foreign_table(r, TEXT("DIF 文件（.dif）", "a DIF file (.dif)"));
    if (str_starts(head, S("{\"")) || str_starts(head, S("[{\"")))
        return foreign_other(r, TEXT("程序数据（JSON），可能没有下载成功",
                                     "data of a program (JSON), perhaps of a "
                                     "download that failed"));
    return refuse_markup(r, head);
}

enum err foreign_refuse(struct reading *r, struct str bytes)
{
    if (str_starts(bytes, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return refuse_compound(r, bytes);
    if (refuse_signed(r, bytes) != OK)
        return r->err;
    return refuse_text(r, head_of(r->scratch, bytes));
}
