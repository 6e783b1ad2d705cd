/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * dialect.h - one text of SQL for both engines.
 *
 * Schemas and statements are written once, in the words SQLite understands.
 * What PostgreSQL spells otherwise is told by whole words, so its driver
 * translates every text it is given and no caller knows of it:
 *
 *     here                      there
 *     ?1                        $1
 *     INTEGER                   BIGINT
 *     BLOB                      BYTEA
 *     TEXT of a column          TEXT COLLATE "C"  (orders by bytes, as here)
 *     STRICT, WITHOUT ROWID     nothing
 *     instr(                    strpos(
 *
 * Words are keywords in capitals and names in small letters, as everywhere
 * in this house. Comments and what is in quotes stay as they are.
 */
#ifndef DAJUAN_STORE_DIALECT_H
#define DAJUAN_STORE_DIALECT_H

#include "base/text.h"

/*
 * `sql`, one statement or several, as PostgreSQL reads it. False for a
 * column of another type than INTEGER, TEXT or BLOB, and for a ? without a
 * number: these would mean something else there.
 */
bool dialect_postgres(struct mem *m, struct str sql, struct str *ret,
                      struct text *ret_reason) MUST_CHECK;

/* PostgreSQL cuts longer names off, without a word. */
enum { DIALECT_NAME_MAX = 63 };

/*
 * May a table, column or index be called so on both engines? Letters are
 * a-z, digits and _ follow; no word that one of them reserves.
 */
bool dialect_is_name(struct str name);

#endif
