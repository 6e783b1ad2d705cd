/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * clock_page.h - what time could not take (ledger/clock.h), for officers.
 */
#ifndef DAJUAN_HOST_PAGE_CLOCK_PAGE_H
#define DAJUAN_HOST_PAGE_CLOCK_PAGE_H

#include "host/desk/page.h"
#include "host/desk/todo.h"
#include "host/ledger/clock.h"

/* As many as anybody works off at a time; the next ones follow. */
enum { CLOCK_LINES = 50 };

struct clock_line {
    struct clock_step step;
    struct str title; /* of the row */
    struct str path;
    struct text reason; /* as things stand now; empty: it is tried again */
};

struct clock_page {
    const struct ctx *ctx;
    struct clock_line lines[CLOCK_LINES];
    size_t n;
    int64_t all;
};

enum err show_clock(struct ctx *c);
void clock_todo(struct ctx *c, struct todo_list *list);

#endif
