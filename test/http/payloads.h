/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * payloads.h - what people type who do not mean well, and what people type
 * who do but whom programs forget. Markup carries the mark xq7, so that it
 * is found wherever it comes out.
 */
#ifndef DAJUAN_TEST_HTTP_PAYLOADS_H
#define DAJUAN_TEST_HTTP_PAYLOADS_H

/* clang-format off */
static const char *const payloads[] = {
    /* SQL: quotes, comments, joined statements, timing, blind tests. */
    "'", "''", "\"", "`", "\\", "\\'", "';", "' --", "'--", "'#", "'/*", "*/",
    "' OR '1'='1", "' OR 1=1 --", "\" OR \"\"=\"", "') OR ('1'='1",
    "1' OR '1'='1' /*", "' OR 1=1 LIMIT 1 OFFSET 1 --", "admin'--",
    "1; DROP TABLE projects_project", "'; DROP TABLE journal_entry; --",
    "'; DELETE FROM access_account; --", "x'; VACUUM; --",
    "1; ATTACH DATABASE 'x.db' AS x; --", "'; PRAGMA writable_schema=1; --",
    "' UNION SELECT 1 --", "' UNION SELECT name, sql FROM sqlite_master --",
    "' UNION ALL SELECT NULL,NULL,NULL,NULL,NULL,NULL,NULL --",
    "1 UNION SELECT login, password FROM access_account",
    "' AND (SELECT count(*) FROM access_session) > 0 --",
    "' AND substr((SELECT password FROM access_account),1,1)='$' --",
    "' AND randomblob(100000000) --", "1 AND 1=randomblob(1)",
    "' || (SELECT load_extension('x')) || '", "' || char(60) || '",
    "%' OR name LIKE '%", "%", "%%", "_", "[a-z]*", "*", "?", "?1", "@p", ":p",
    "$1", "NULL", "null", "rowid", "id", "version", "name; --", "1=1",
    "name DESC", "-name", "name,id", "name COLLATE NOCASE", "(SELECT 1)",
    "MATCH 'x' OR *", "NEAR(a b)", "\"a\" AND", "0x31", "X'27'",
    "CASE WHEN 1 THEN 1 END", "1/0", "1e309", "-1", "0", "00", "+1", "1.5",
    "9223372036854775807", "9223372036854775808", "-9223372036854775808",
    "99999999999999999999999999", "2147483648", "4294967296", "NaN", "Infinity",

    /* HTML: elements, handlers, links, ends of contexts. */
    "<script>xq7()</script>", "<SCRIPT>xq7()</SCRIPT>", "<script src=//xq7>",
    "</script><script>xq7()</script>", "<scr<script>ipt>xq7()</script>",
    "<img src=x onerror=xq7()>", "<img/src='x'/onerror='xq7()'>",
    "<svg onload=xq7()>", "<svg><script>xq7()</script></svg>",
    "<body onload=xq7()>", "<iframe src=javascript:xq7()>",
    "<iframe srcdoc='<script>xq7()</script>'>", "<object data=xq7>",
    "<embed src=xq7>", "<base href=//xq7/>", "<link rel=stylesheet href=xq7>",
    "<style>@import 'xq7'</style>", "<meta http-equiv=refresh content=0;xq7>",
    "<form action=//xq7><button>", "</form><form action=//xq7>",
    "<input autofocus onfocus=xq7()>", "<details open ontoggle=xq7()>",
    "<a href=javascript:xq7()>x</a>", "<a href='data:text/html,xq7'>x</a>",
    "<video><source onerror=xq7()></video>", "<marquee onstart=xq7()>",
    "<math><mi xlink:href=javascript:xq7()>", "<template>xq7</template>",
    "<plaintext>xq7", "<xmp>xq7", "<noscript><p title='</noscript><b>xq7'>",
    "<textarea>xq7", "</textarea><b>xq7</b>", "</title><b>xq7</b>",
    "</option></select><b>xq7</b>", "</td></tr></table><b>xq7</b>",
    "</html><b>xq7</b>", "<!-- xq7", "--><b>xq7</b>", "--!><b>xq7</b>",
    "<![CDATA[<b>xq7</b>]]>", "]]><b>xq7</b>", "<?xml version='1.0'?><xq7/>",
    "<!DOCTYPE xq7 [<!ENTITY a 'b'>]>&a;", "<%= xq7 %>", "<?php xq7(); ?>",
    "\" onmouseover=\"xq7()", "' onmouseover='xq7()", "\" autofocus xq7=\"",
    "\"><b>xq7</b>", "'><b>xq7</b>", "><b>xq7</b>", "` onclick=`xq7()",
    "x\" style=\"xq7", "\"/><svg/onload=xq7()>", "javascript:xq7()",
    "JaVaScRiPt:xq7()", "java\tscript:xq7()", "data:text/html,<b>xq7</b>",
    "//xq7.example/", "https://xq7.example/", "/\\xq7.example", "\\\\xq7\\x",
    "&lt;b&gt;xq7", "&#60;b&#62;xq7", "&#x3c;b&#x3e;xq7", "&amp;", "&", "&&",
    "&nbsp;", "&quot;><b>xq7", "<", ">", "<>", "< b>xq7", "<b", "<b xq7", "</",
    "<3 x", "a<b>c", "1 < 2 > 0", "\xEF\xBC\x9C" "b\xEF\xBC\x9E" "xq7",

    /* Templates, shells, formats, paths, spreadsheets, JSON. */
    "{{7*7}}", "{{ xq7 }}", "{{ call x }}", "{% xq7 %}", "${7*7}", "#{7*7}",
    "<#assign x=1>", "@(1+1)", "{figure}", "{projects.count}", "{{}}", "}}",
    "$(id)", "`id`", "; id", "| id", "&& id", "> x", "%s%s%s%s%n", "%n", "%d",
    "%00", "%0d%0aX: y", "%3Cb%3Exq7", "%c0%af", "%u003c", "%zz", "+",
    "../../../../etc/passwd", "..\\..\\x", "/dev/null", "con", "file:///x",
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "\t=1+1",
    "=HYPERLINK(\"//xq7\",\"x\")", "{\"a\":1}", "[]", "{\"__proto__\":{}}",
    "\"},{\"id\":1", "true", "undefined", "a,b;c|d", "\"a\",\"b\"",

    /* Lines, blanks, and what cannot be seen. */
    "a\nb", "a\r\nb", "a\r\nSet-Cookie: dajuan=x", "a\tb", "a\vb", "a\fb",
    "a\x01" "b", "a\x1b[31mb", "a\x7f" "b", " ", "   ", "\xE3\x80\x80",
    "\xC2\xA0", "\xE2\x80\x8B", "a\xE2\x80\x8B" "b", "\xEF\xBB\xBF" "a",
    "a\xE2\x80\xA8" "b", "a\xE2\x80\xA9" "b", "\xC2\xAD", "\xE2\x81\xA0",

    /* Directions. */
    "\xE2\x80\xAE" "txt.exe", "\xE2\x81\xA6" "x", "\xE2\x80\x8F" "x",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8",

    /* Letters of people: rare ones, many code points, all planes. */
    "𠮷野家", "𪚥", "㐀㐁", "䶮", "⿰亻龙", "王·明", "阿卜杜拉·买买提",
    "葛󠄀城", "é", "e\xCC\x81", "ﬁ", "Å", "İstanbul", "ß", "Ⅷ", "１２３",
    "ｆｕｌｌ", "①", "👨‍👩‍👧‍👦", "🇨🇳", "👍🏽", "❤️",
    "Z̸̡̛͇͊a̵͎͑l̶̝͘g̶̛̗o̴̤͌",
    "\xF4\x8F\xBF\xBD", "\xEF\xBF\xBD", "\xEF\xBF\xBE", "\xEE\x80\x80",

    /* Bytes that are no UTF-8. */
    "\xff\xfe", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\x80",
    "\xf5\x80\x80\x80", "\xe4\xb8", "a\xffz", "\xf0\x82\x82\xac",
    "\xc0\xbc" "b\xc0\xbe" "xq7", "\xed\xbf\xbf", "\xf8\x88\x80\x80\x80",
};
/* clang-format on */

#endif
