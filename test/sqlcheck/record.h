/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * record.h - what the unit tests sent to the store, each text once, in its
 * order.
 *
 * In the file every record is its kind, a letter for each argument (i, t, b
 * for the kinds of value.h), a tab, the text and a NUL.
 */
#ifndef DAJUAN_TEST_SQLCHECK_RECORD_H
#define DAJUAN_TEST_SQLCHECK_RECORD_H

#include "base/str.h"

#define RECORD_END S("\0")

enum record_kind {
    RECORD_LITERAL = 'l',  /* a statement written as one SQL() */
    RECORD_COMPOSED = 'c', /* one made by compose.h */
    RECORD_SCRIPT = 's',   /* several statements */
};

struct record {
    enum record_kind kind;
    struct str signature; /* the letters */
    struct str text;
    struct str bytes; /* all of it, with its end */
};

/* The next record of `rest`, the bytes of a file; false at its end. */
bool record_next(struct str *rest, struct record *ret);

/* Does it make or change tables, or hold several statements? */
bool record_is_schema(const struct record *r);

#endif
