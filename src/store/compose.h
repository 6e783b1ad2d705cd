/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * compose.h - statements made from declarations.
 *
 * The lists and forms of a ledger differ in their columns, so their SQL is
 * put together from literals and from names that stand in `static const`
 * declarations. A name is checked to be one (a-z, 0-9, _); a value never
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
/* A table or column name; anything else is a BUG. */
void compose_name(struct compose *c, struct str name);
/* The placeholder of argument `n`, counted from 1. */
void compose_arg(struct compose *c, size_t n);
/* The whole statement; lives as long as the `mem`. */
struct sql compose_end(struct compose *c);

#endif
