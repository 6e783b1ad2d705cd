/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * html.h - the only ways to append to a page.
 *
 * Views (tool/views.c) are compiled to calls of these. A value is escaped by
 * what it is and where it stands: html_put() in text and in quoted attribute
 * values, html_url_value() inside a URL, html_path() or html_web() as a URL.
 * Markup comes from literals; there is no branch for `const char *` or `bool`,
 * so bytes of unknown origin do not compile.
 */
#ifndef DAJUAN_WEB_HTML_H
#define DAJUAN_WEB_HTML_H

#include "base/buf.h"
#include "base/text.h"

struct html {
    struct buf *out;
    enum lang lang;  /* of the reader */
    struct str csrf; /* token of the session, for forms; empty: none */
    bool has_token;  /* a form with it was written */
};

/* Markup as it stands. Compiles on string literals only. */
#define html_lit(h, lit) buf_lit((h)->out, lit)

/* A value in text or in a quoted attribute: escaped, or decimal digits. */
/* clang-format off */
#define html_put(h, x)                                                         \
    _Generic((x),                                                              \
        struct str: html_text,                                                 \
        struct text: html_words,                                               \
        int: html_int,                                                         \
        long: html_int,                                                        \
        long long: html_int,                                                   \
        unsigned: html_count,                                                  \
        unsigned long: html_count,                                             \
        unsigned long long: html_count)((h), (x))

/*
 * One path segment or one value of a query: everything but RFC 3986's
 * unreserved characters is percent-encoded, so it cannot leave its place.
 * A segment "." or ".." is still resolved by browsers: ids, not names,
 * belong in paths.
 */
#define html_url_value(h, x)                                                   \
    _Generic((x),                                                              \
        struct str: html_url_text,                                             \
        int: html_int,                                                         \
        long: html_int,                                                        \
        long long: html_int,                                                   \
        unsigned: html_count,                                                  \
        unsigned long: html_count,                                             \
        unsigned long long: html_count)((h), (x))
/* clang-format on */

/* Append with & < > " ' escaped (HTML, section 13.1.2.3 and 13.3). */
void html_text(struct html *h, struct str s);
/* The text in the reader's language, escaped. */
void html_words(struct html *h, struct text t);
void html_int(struct html *h, int64_t v);
void html_count(struct html *h, uint64_t v); /* over INT64_MAX is a BUG */
void html_url_text(struct html *h, struct str s);

/*
 * A whole URL of this site, escaped. A BUG unless it begins with one '/'
 * (not "//" or "/\", which name another host) and has no control bytes,
 * which browsers drop.
 */
void html_path(struct html *h, struct str path);

/* A whole address of a page elsewhere, escaped. A BUG unless it is one. */
void html_web(struct html *h, struct str address);

/* The hidden field of a form that posts; nothing without a token. */
void html_form_token(struct html *h);

/*
 * Append what a view has already rendered. The one way past the escaping:
 * tool/lint allows it in src/host/desk/page.c only.
 */
void html_trusted_markup_from_view(struct html *h, struct str rendered);

#endif
