/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * given_fixture.h - workbooks made in a test, sound or hostile.
 */
#ifndef DAJUAN_INTERCHANGE_GIVEN_FIXTURE_H
#define DAJUAN_INTERCHANGE_GIVEN_FIXTURE_H

#include "interchange/read.h"
#include "test/test.h"

struct fixture_part {
    const char *name;
    struct str content;
};

/* What differs from a minimal workbook of one sheet; {0}: nothing. */
struct book {
    const char *rows;          /* inside <sheetData> */
    const char *after;         /* after it: <mergeCells> ... */
    const char *shared;        /* inside <sst> */
    const char *formats;       /* inside <numFmts> */
    const char *styles;        /* inside <cellXfs> */
    const char *workbook;      /* the whole part */
    const char *relations;     /* the whole part */
    struct str sheet;          /* the whole part */
    struct fixture_part extra; /* one more */
};

struct str fixture_zip(struct test *t, const struct fixture_part *parts,
                       size_t n);
struct str fixture_book(struct test *t, struct book b);

/* Read; a refusal must come with words in both languages. */
enum err fixture_read(struct test *t, struct str bytes, struct workbook *ret);
/* The first grid; stops the test when the file is refused. */
struct grid *fixture_grid(struct test *t, struct str bytes);
/* The text of a cell. */
struct str fixture_at(const struct grid *g, size_t row, size_t col);

/* A copy that can be patched, and where `what` stands in it the n-th time. */
char *fixture_copy(struct test *t, struct str bytes);
size_t fixture_find(struct str bytes, struct str what, int nth);

#endif
