/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * options.h - the rows that a column may refer to, by their titles.
 */
#ifndef DAJUAN_HOST_LIST_OPTIONS_H
#define DAJUAN_HOST_LIST_OPTIONS_H

#include "host/ledger/ledger.h"

/* With more rows than this they are typed, not chosen. */
enum { LIST_OPTIONS_MAX = 300 };

/* The title of a row; false when there is none. */
bool list_title(struct scope in, const struct ledger *l, int64_t id,
                struct str *ret_title);

struct list_option {
    int64_t id;
    struct str title;
};
struct list_options {
    struct list_option *v;
    size_t n;
    bool many; /* more than LIST_OPTIONS_MAX: none are given */
};
/* What `col` may refer to, and `chosen` (0: none) even when it is voided. */
struct list_options list_options(struct scope in, const struct column *col,
                                 int64_t chosen);

#endif
