/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * views.h - what the parts of the view compiler share: views.c reads
 * directives and writes C, views_text.c the texts in both languages,
 * views_html.c follows the HTML.
 */
#ifndef DAJUAN_TOOL_VIEWS_H
#define DAJUAN_TOOL_VIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { MAX_DEPTH = 64, MAX_BLOCKS = 32, MAX_NAME = 40, MAX_VALUES = 9 };

enum place {
    IN_TEXT,  /* between tags */
    IN_TAG,   /* in a start tag, between attributes */
    IN_VALUE, /* in a quoted attribute value */
};

/* Where the reader stands in the HTML. */
struct spot {
    enum place place;
    int depth;      /* open elements */
    int serial;     /* of the tag or attribute, to tell them apart */
    int line;       /* where that began */
    char quote;     /* of the value */
    bool url;       /* the value is a URL */
    bool posts;     /* the tag is a form that posts */
    size_t value_n; /* what the value has already */
    char attr[MAX_NAME];
};

struct element {
    char name[MAX_NAME];
    int line;
    int kind; /* flags of the element */
    int serial;
};

/* A {{ view }}, {{ if }} or {{ for }} that is open. */
struct block {
    const char *what;
    int line;
    int floor;
    bool has_else;
    struct spot spot;
};

struct views {
    const char *path;
    const char *p; /* the rest of the file */
    int line;
    int views_n;
    int serial;
    FILE *c;
    FILE *h;

    char lit[2000]; /* literal output waiting; well under C's limit */
    size_t lit_n;
    bool blank;       /* a blank of the source waits to be written */
    bool after_block; /* behind a tag that swallows blanks */

    struct spot spot;
    int floor; /* elements below belong to the surrounding block */
    int blocks_n;
    struct block blocks[MAX_BLOCKS];
    struct element stack[MAX_DEPTH];
};

_Noreturn void fail(const struct views *v, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void code(struct views *v, int line, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void lit_byte(struct views *v, char c);
void lit_put(struct views *v, const char *p, size_t n);
void lit_flush(struct views *v);
void blank_settle(struct views *v, bool before_block);

bool at(const struct views *v, const char *s);
void take(struct views *v, size_t n);
void skip_blanks(struct views *v);
/* The quote that closes the one at `p`, or the last byte. */
char *quote_end(char *p);

/* Read one {{ }}. */
void directive(struct views *v);
/* A {{ t }}: `s`, which is cut, holds two literals and their values. */
void put_text_pair(struct views *v, char *s, int line);
/* Read one step of HTML. */
void html_step(struct views *v);

#endif
