/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * todo.h - what waits for the one who asks: features add to it, the home
 * page shows it.
 */
#ifndef DAJUAN_HOST_DESK_TODO_H
#define DAJUAN_HOST_DESK_TODO_H

#include "host/desk/ctx.h"

enum { TODO_MAX = 8 };

struct todo {
    int64_t n;        /* how many; 0 is nothing to do */
    struct text what; /* that so many of wait */
    struct text more;
    struct str path;
    struct text bad; /* what is wrong with it, in a word; empty: nothing */
};

struct todo_list {
    struct todo v[TODO_MAX];
    size_t n;
};

/* Nothing to do is left out, and so is what no longer fits. */
static inline void todo_add(struct todo_list *list, struct todo t)
{
    if (t.n > 0 && list->n < TODO_MAX)
        list->v[list->n++] = t;
}

#endif
