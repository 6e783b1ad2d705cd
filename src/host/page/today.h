/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * today.h - what waits for the one who asks: the steps of rows that are
 * theirs to take, and what features add (todo.h).
 */
#ifndef DAJUAN_HOST_PAGE_TODAY_H
#define DAJUAN_HOST_PAGE_TODAY_H

#include "host/desk/todo.h"

/* So many kinds of work stand in full; the others in a line below them. */
enum { TODAY_KINDS = 5 };

struct today {
    struct text day; /* 11月7日（周四）· 区教育局 */
    /*
     * Of each step that rows wait for, with the address of exactly these
     * rows: what is overdue first, else as declared.
     */
    const struct todo *work;
    size_t work_n;
    struct text next; /* until when nothing is due; empty: nobody knows */
    struct todo_list other;
};

/* Nothing of a visitor. */
void today_read(struct ctx *c, struct today *ret);

#endif
