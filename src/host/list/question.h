/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * question.h - a statement over the rows of a list, and its arguments,
 * growing together: what list_rows.c begins and ends, and which rows it is of.
 *
 * What a click asks for, an index finds: a year, a state, what a column is
 * today, what waits for somebody. That is a statement for each. Every other
 * search and filter shares one, in which what is not asked for is switched off
 * by its argument; so a stranger who plays with query strings cannot make a
 * connection prepare thousands of statements.
 */
#ifndef DAJUAN_HOST_LIST_QUESTION_H
#define DAJUAN_HOST_LIST_QUESTION_H

#include "host/list/list.h"
#include "store/compose.h"

struct question {
    int64_t district;
    struct asker asker;
    struct compose c;
    struct value *v;
    size_t n;
    bool counts; /* how many there are, and lists none */
};

void question_init(struct question *s, struct scope in,
                   const struct list_query *q);

/* " FROM … t WHERE …": the rows the query asks for; the district is ?1. */
void question_put_from(struct question *s, const struct list_query *q);
/* Does it ask for all rows that stand, of a year or of all, and no less? */
bool question_is_lean(const struct list_query *q);

/* Bind one more argument; returns its number. */
static inline size_t question_bind(struct question *s, struct value v)
{
    s->v[s->n++] = v;
    return s->n;
}

static inline void put(struct question *s, struct sql part)
{
    compose_sql(&s->c, part);
}

static inline void put_arg(struct question *s, size_t n)
{
    compose_arg(&s->c, n);
}

static inline void put_new(struct question *s, struct value v)
{
    put_arg(s, question_bind(s, v));
}

/* The key of the column of a role; may it be asked about in any row? */
struct str role_key(const struct list_query *q, unsigned role);
bool has_role_for_all(const struct list_query *q, unsigned role);

#endif
