/* SPDX-License-Identifier: MulanPSL-2.0 */
/* dump_words.h - what writing and reading a dump share. Private to both. */
#ifndef DAJUAN_HOST_HOUSE_DUMP_WORDS_H
#define DAJUAN_HOST_HOUSE_DUMP_WORDS_H

#include "journal/tree.h"
#include "store/schema.h"
#include "store/scope.h"

/* The lines before the tables, and the one at the end. */
#define DUMP_FIRST "dajuan-dump/1\n"
#define DUMP_LAST "sha256 "

/* Is the table of a house, and not of the program that made its tables? */
bool dump_has(struct str table);
struct str dump_kind(enum value_kind kind);
/* The journal as it stands. */
struct tree_head dump_head(struct scope in);

/* A table's columns by name, whenever they came into it. */
struct db_columns dump_columns(struct tx *tx, struct mem *m, struct str table);

#endif
