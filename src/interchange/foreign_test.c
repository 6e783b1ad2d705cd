/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Files that are no tables of ours are called by their names. */
#include "interchange/given_fixture.h"

struct foreign {
    struct str bytes;
    const char *zh, *en; /* words of the refusal */
};

static void check_named(struct test *t, const struct foreign *f, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct workbook w;
        struct text reason = { .zh = { NULL, 0 } };

        CHECK_INT(workbook_read(t->mem,
                                (struct table_file){ S("a.xls"), f[i].bytes },
                                &read_limits_default, &w, &reason),
                  E_INPUT);
        CHECK(str_find(reason.zh, str_from(f[i].zh)) != SIZE_MAX);
        CHECK(str_find(reason.en, str_from(f[i].en)) != SIZE_MAX);
        CHECK(str_find(reason.zh, S("请")) != SIZE_MAX);
    }
}

TEST(web_pages_under_the_name_of_a_table_are_named)
{
    static const struct foreign files[] = {
        { S_INIT("<style>td{}</style><table>"), "网页", "web page" },
        { S_INIT("<div><table><tr><td>队伍名称"), "网页", "web page" },
        { S_INIT("<!-- 报表 --><TABLE>"), "网页", "web page" },
        { S_INIT("\r\n\xef\xbb\xbf <body>"), "网页", "web page" },
        { S_INIT("<p>没有权限</p>"), "网页", "web page" },
        { S_INIT("Warning: x in a.php\n<table border=1>"), "网页", "web" },
        { S_INIT("\xff\xfe<\0t\0a\0b\0l\0e\0>\0"), "网页", "web page" },
        { S_INIT("<?xml version=\"1.0\"?><!DOCTYPE html><html>"), "网页",
          "web page" },
        { S_INIT("MIME-Version: 1.0\nContent-Type: multipart/related;\n"),
          "网页（MHTML）", "MHTML" },
        { S_INIT("From: <Saved by WPS>\r\nMIME-Version: 1.0\r\n"),
          "网页（MHTML）", "MHTML" },
    };

    check_named(t, files, COUNT(files));
}

TEST(other_formats_of_tables_are_named)
{
    static const struct foreign files[] = {
        { S_INIT("<?xml version=\"1.0\"?><?mso-application "
                 "progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-"
                 "microsoft-com:office:spreadsheet\">"),
          "XML 表格 2003", "XML Spreadsheet 2003" },
        { S_INIT("<?xml version=\"1.0\"?><rows/>"), "XML 文件", "XML file" },
        { S_INIT("ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"a\"\r\nE\r\n"),
          "SYLK", "SYLK" },
        { S_INIT("TABLE\r\n0,1\r\n\"EXCEL\"\r\n"), "DIF", "DIF" },
        { S_INIT("\x09\0\x04\0\x07\0\x10\0"), ".xls", ".xls" }, /* BIFF 2 */
        { S_INIT("\x09\x02\x06\0\0\0\x10\0"), ".xls", ".xls" },
        { S_INIT("\x09\x04\x06\0\0\0\x10\0"), ".xls", ".xls" },
        { S_INIT("\x09\x08\x08\0\0\x05\x05\0"), ".xls", ".xls" },
        { S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 "
                 "W\0o\0r\0k\0b\0o\0o\0k\0"),
          ".xls", ".xls" },
        { S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 B\0o\0o\0k\0"), ".xls",
          ".xls" },
        { S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
                 "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
          "密码", "password" },
        { S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 "
                 "\x09\x08\x10\0\0\x06\x05\0\x01\x02\x03\x04\x05\x06\x07\x08"
                 "\x09\x10\x11\x12\x2f\0\x36\0"),
          "密码", "password" },
    };

    check_named(t, files, COUNT(files));
}

TEST(other_documents_are_named)
{
    static const struct foreign files[] = {
        { S_INIT("%PDF-1.7\n"), "PDF", "PDF" },
        { S_INIT("\x89PNG\r\n"), "图片", "picture" },
        { S_INIT("\xff\xd8\xff\xe0"), "图片", "picture" },
        { S_INIT("Rar!\x1a\x07"), "压缩包", "archive" },
        { S_INIT("7z\xbc\xaf\x27\x1c"), "压缩包", "archive" },
        { S_INIT("{\\rtf1\\ansi"), "RTF", "RTF" },
        { S_INIT("{\"code\":500,\"msg\":\"导出失败\"}"), "JSON", "JSON" },
        { S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 "
                 "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"),
          "Word", "Word" },
    };

    check_named(t, files, COUNT(files));
}

TEST(zips_that_are_no_workbook_are_named)
{
    static const struct {
        const char *part, *zh, *en;
    } kinds[] = {
        { "content.xml", ".ods", ".ods" },
        { "xl/workbook.bin", ".xlsb", ".xlsb" },
        { "word/document.xml", "Word", "Word" },
        { "ppt/presentation.xml", "演示文稿", "presentation" },
        { "Index/Document.iwa", "Numbers", "Numbers" },
        { "台账.xlsx", "解压", "Unpack" },
    };

    for (size_t i = 0; i < COUNT(kinds); i++) {
        struct fixture_part part = { kinds[i].part, S_INIT("x") };

        check_named(t,
                    &(struct foreign){ fixture_zip(t, &part, 1), kinds[i].zh,
                                       kinds[i].en },
                    1);
    }
}

TEST(cells_that_look_like_another_format_are_read)
{
    CHECK_STR(fixture_at(fixture_grid(t, S("ID;Phone\n1;2\n")), 0, 1),
              S("Phone"));
    CHECK_STR(fixture_at(fixture_grid(t, S("<50人,>50人\n1,2\n")), 0, 0),
              S("<50人"));
    CHECK_STR(fixture_at(fixture_grid(t, S("{1},b\n")), 0, 0), S("{1}"));
    CHECK_STR(fixture_at(fixture_grid(t, S("Table,b\n0,1\n")), 0, 0),
              S("Table"));
}
