/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * compose.h - statements made from declarations.
 *
 * The lists and forms of a ledger differ in their columns, so their SQL is
 * put together from literals and from names that stand in `static const`
 * declarations. A name is checked to be one (dialect.h); a value never
 * enters the text: it is bound. There is no third way to add to a statement.
 */
#ifndef DAJUAN_STORE_COMPOSE_H
#define DAJUAN_STORE_COMPOSE_H

#include "base/buf.h"
#include "store/store.h"

struct compose {
    struct buf text;
};

void compose_init(struct compose *c, struct mem *m);
void compose_sql(struct compose *c, struct sql part);
/* The name of a table, column or index; anything else is a BUG. */
void compose_name(struct compose *c, struct str name);
/* One name of `n` parts: "projects" and "project" are projects_project. */
void compose_joined(struct compose *c, const struct str *parts, size_t n);
/* The placeholder of argument `n`, counted from 1. */
void compose_arg(struct compose *c, size_t n);
/* The whole statement; lives as long as the `mem`. */
struct sql compose_end(struct compose *c);

#endif
