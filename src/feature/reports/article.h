/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * article.h - the text of a report with its numbers in place, ready to show.
 *
 * Made from markup and values alone: given frozen values the same bytes come
 * out for ever.
 */
#ifndef DAJUAN_FEATURE_REPORTS_ARTICLE_H
#define DAJUAN_FEATURE_REPORTS_ARTICLE_H

#include "feature/reports/markup.h"
#include "host/ledger/figure.h"

/* Values by the key of their figure. */
struct value_list {
    const struct figure_value *values;
    size_t n;
};

struct article_source {
    struct text text;
    struct value_list values;
    struct value_list today; /* empty: not compared */
    struct str rows;         /* path in front of a key: "/sheets/2024/1/" */
    struct text by;          /* line under the title; may be empty */
};

struct article_span {
    struct str words;
    const struct figure_value *value; /* NULL: words */
    struct str shown;                 /* the number as it stands in the text */
    struct str exact; /* the number when it is shown round; or "" */
    struct str today; /* when it differs by now; or "" */
    int32_t since; /* of the words 首次: the ledger's first year; 0: none */
    size_t note;   /* number of its footnote */
    size_t place;  /* of this number in the text, from 1 */
};

struct article_block {
    enum block_kind kind;
    struct article_span *spans;
    size_t n;
};

struct article {
    bool within; /* a page of another title: its own is a second heading */
    struct str rows;
    struct text by;
    struct article_block *blocks;
    size_t n;
    const struct figure_value **notes; /* in the order of the text */
    struct str *notes_shown;
    size_t notes_n;
};

/*
 * In the reader's language; in Chinese when there is no English text. False
 * when the text does not read; a number without value is shown as its key.
 */
bool article_make(struct mem *m, const struct article_source *source,
                  enum lang lang, struct article *ret) MUST_CHECK;

const struct figure_value *value_of(struct value_list l, struct str key);

/*
 * A frozen value with the figure that is declared today, so that both are
 * said alike, time in hours; as it is where no such figure is left.
 */
struct figure_value declared_today(const struct figure_value *frozen);

/* A figure whose value differs between two lists. */
struct change {
    const struct figure_value *before;
    struct str was, is; /* as pages show them */
    struct text unit;
};
/* In the order of `before`; returns how many. */
size_t changes_between(struct mem *m, struct value_list before,
                       struct value_list after, struct change **ret);

#endif
