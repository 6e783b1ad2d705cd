/* SPDX-License-Identifier: MulanPSL-2.0 */
/* Texts of sheets, taken apart. */
#include "feature/reports/markup.h"

#include "test/test.h"

static struct markup given_markup(struct test *t, struct str text)
{
    struct markup made = { 0 };
    struct text why = TEXT("", "");
    enum err e = markup_read(t->mem, text, &made, &why);

    CHECK_STR(why.en, S(""));
    NEED_INT(e, OK);
    return made;
}

static void refused(struct test *t, struct str text, struct str want)
{
    struct markup made = { .n = 99 };
    struct text why = TEXT("", "");

    CHECK_INT(markup_read(t->mem, text, &made, &why), E_INPUT);
    CHECK(str_find(why.en, want) != SIZE_MAX);
    CHECK(why.zh.n > 0);
    CHECK_INT(made.n, 99);
}

TEST(markup_reads_headings_paragraphs_and_figures)
{
    struct markup m = given_markup(
        t,
        S("# 题\n\n## 一\n有{a.b}项，约{a.c|round}个，共{a.d|n}份。\n\n末\n"));

    NEED_INT(m.n, 4);
    CHECK_INT(m.blocks[0].kind, BLOCK_TITLE);
    CHECK_INT(m.blocks[1].kind, BLOCK_HEADING);
    NEED_INT(m.blocks[2].n, 7);
    CHECK_STR(m.blocks[2].spans[1].key, S("a.b"));
    CHECK_INT(m.blocks[2].spans[1].line, 4);
    CHECK_INT(m.blocks[2].spans[1].form, FORM_EXACT);
    CHECK_INT(m.blocks[2].spans[3].form, FORM_ROUND);
    CHECK_INT(m.blocks[2].spans[5].form, FORM_N);
    CHECK_STR(m.blocks[2].spans[6].words, S("份。"));
}

TEST(markup_joins_lines_of_a_paragraph)
{
    struct markup zh = given_markup(t, S("# 题\n一行\n二行\n"));
    struct markup en = given_markup(t, S("# T\none\ntwo\n"));

    NEED(zh.n == 2 && en.n == 2);
    CHECK_INT(zh.blocks[1].n, 2);
    NEED_INT(en.blocks[1].n, 3);
    CHECK_STR(en.blocks[1].spans[1].words, S(" "));
}

TEST(markup_keeps_html_as_words)
{
    struct markup m = given_markup(t, S("# <b>\n<script>\n"));

    NEED(m.n == 2 && m.blocks[1].n == 1);
    CHECK_STR(m.blocks[1].spans[0].words, S("<script>"));
}

TEST(markup_refuses_what_it_cannot_mean)
{
    refused(t, S(""), S("empty"));
    refused(t, S("\n\n"), S("empty"));
    refused(t, S("no title"), S("line 1"));
    refused(t, S("## first"), S("line 1"));
    refused(t, S("# a\n\n# b"), S("line 3"));
    refused(t, S("# a\n{"), S("line 2"));
    refused(t, S("# a\n}{a}"), S("line 2"));
    refused(t, S("# a\n{}"), S("line 2"));
    refused(t, S("# a\n{A.b}"), S("line 2"));
    refused(t, S("# a\n{a.b|about}"), S("line 2"));
    refused(t, S("# a\n{a|round|n}"), S("line 2"));
    refused(t, S("# a\x01"), S("plain"));
    refused(t, S("# a\xff"), S("plain"));
}

TEST(markup_cleans_line_ends)
{
    CHECK_STR(markup_clean(t->mem, S("\n# a  \r\n\r\n b\r\n\n")),
              S("# a\n\nb\n"));
    CHECK_STR(markup_clean(t->mem, S(" \n ")), S(""));
}

TEST(markup_tells_the_title)
{
    CHECK_STR(markup_title(t->mem, S("# 2024{a.b}年\n")), S("2024年"));
    CHECK_STR(markup_title(t->mem, S("x")), S(""));
}
