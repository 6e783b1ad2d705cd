/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * markup.h - the text of an answer sheet, taken apart.
 *
 *     # 标题                  the title, first line of the text
 *     ## 一、双领             a heading
 *     确定{projects.count}项  a paragraph; {key} is a figure's number
 *     {service.claims|round}  its number in round words: 100余
 *     {x.satisfaction|n}      how many answers a ratio is of
 *     {x.count|first}         首次, where it was the first time; else nothing
 *
 * An empty line ends a paragraph. There is nothing else: no links, no HTML.
 */
#ifndef DAJUAN_FEATURE_REPORTS_MARKUP_H
#define DAJUAN_FEATURE_REPORTS_MARKUP_H

#include "base/text.h"

enum block_kind { BLOCK_TITLE, BLOCK_HEADING, BLOCK_PARAGRAPH };

/* How a figure is written. */
enum span_form {
    FORM_EXACT,
    FORM_ROUND, /* {key|round}: 100余 */
    FORM_HOURS, /* {key|hours}: minutes in hours */
    FORM_N,     /* {key|n}: how many a ratio is of */
    FORM_FIRST, /* {key|first}: 首次, while figure_since() says so */
};

/* A piece of a block: words, or a figure by its key. */
struct markup_span {
    struct str words;
    struct str key; /* empty: words */
    enum span_form form;
    size_t line; /* of the text, from 1 */
};

struct markup_block {
    enum block_kind kind;
    struct markup_span *spans;
    size_t n;
};

struct markup {
    struct markup_block *blocks;
    size_t n;
};

enum { MARKUP_MAX = 20000 }; /* characters of a text */

/*
 * Take a text apart; the result borrows from it. E_INPUT when it is empty,
 * too long, has no title, or a brace that is not a figure: the reason names
 * the line.
 */
enum err markup_read(struct mem *m, struct str text, struct markup *ret,
                     struct text *ret_reason) MUST_CHECK;

/* Without carriage returns and blanks at the ends of lines; ends its line. */
struct str markup_clean(struct mem *m, struct str text);

/* The words of the title; figures in it are left out. */
struct str markup_title(struct mem *m, struct str text);

#endif
