/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * row.h - rows of ledgers in the database.
 *
 * Every write goes through here: the row, its records and tallies, and its
 * journal entry change together, in the transaction of the act.
 */
#ifndef DAJUAN_HOST_LEDGER_ROW_H
#define DAJUAN_HOST_LEDGER_ROW_H

#include "host/ledger/relation.h"
#include "journal/act.h"
#include "store/compose.h"

/* False when there is no such row; a voided row is found. */
bool row_load(struct scope in, const struct ledger *l, int64_t id,
              struct ledger_row **ret_row);
/* The titles of what it refers to, where it has them not yet. */
void row_load_labels(struct scope in, struct ledger_row *row);

/*
 * The id of the row with the same identity (year, COLUMN_IDENTITY values,
 * owner and place), voided or not; 0 when there is none.
 */
int64_t row_find(struct scope in, struct ledger_row *row);
/*
 * A number equal for rows of equal identity; practically only for these. It
 * is kept in row->identity: whoever changes such a value sets that to 0.
 */
int64_t row_identity(struct mem *m, struct ledger_row *row);
/* The same for the year and what names the row (column_names()). */
int64_t row_name_number(struct mem *m, const struct ledger_row *row);
/*
 * Make identities, name numbers, search texts and names of all rows anew: they
 * follow from the declarations, which may have changed since.
 */
void row_index_all(struct scope in);

/*
 * Keep a new row that row_admit() let in: gives it its id. E_CLASH: a row of
 * the same identity is there.
 */
enum err row_insert(struct act *act, struct ledger_row *row);

/*
 * Keep the new values of `row`, which was loaded as `before` and let in by
 * row_admit(). Equal values change nothing and write nothing (*ret_changed
 * is false), unless somebody took a step: that is told as well. E_CLASH: the
 * row changed meanwhile (its version is not `before`'s), or another row has
 * this identity.
 */
enum err row_update(struct act *act, const struct ledger_row *before,
                    struct ledger_row *row, bool *ret_changed);

/*
 * Void or restore, with the reason kept in the history. Values stay as they
 * were admitted. E_DENIED: the one who asks may not settle the row
 * (relation.h); E_CLASH: it is so already, or the row changed meanwhile.
 */
enum err row_void(struct act *act, struct asker *asker,
                  const struct ledger_row *before, struct str reason);
enum err row_restore(struct act *act, struct asker *asker,
                     const struct ledger_row *before, struct str reason);

/*
 * The bytes that a row's journal entry commits to as field 0: ledger, id,
 * year (not of a part, whose year follows), whether it is voided and every
 * value that anybody may see, one line each.
 */
struct str row_content(struct mem *m, const struct ledger_row *row);
/* The content, then each personal or internal value; at most 32 in all. */
size_t row_fields(struct mem *m, const struct ledger_row *row,
                  struct str *ret_fields);

/* The raw value as text: integers in decimal; "" for a missing one. */
struct str value_raw(struct mem *m, const struct value *v);

/*
 * All rows of a ledger by id, voided ones too; for verify and rebuild. Who
 * stops before row_walk_next() is false ends it: rows_end(&w.rows).
 */
struct row_walk {
    struct rows rows;
    const struct ledger *ledger;
};
struct row_walk row_walk(struct scope in, const struct ledger *l);
/* Those of a year that stand. */
struct row_walk row_walk_year(struct scope in, const struct ledger *l,
                              int32_t year);
/* Those that references find by this name, folded (row_name.h). */
struct row_walk row_walk_named(struct scope in, const struct ledger *l,
                               struct str folded);
/* Those not voided whose year and names are those of `row`. */
struct row_walk row_walk_alike(struct scope in, const struct ledger_row *row);
bool row_walk_next(struct row_walk *w, struct mem *m,
                   struct ledger_row **ret_row);

/* What the column `voided` of a table holds, together; 0: the row stands. */
enum { VOIDED_ITSELF = 1, VOIDED_ABOVE = 2 };
static inline int64_t row_voided_bits(const struct ledger_row *row)
{
    return (row->voided ? VOIDED_ITSELF : 0) | (row->orphan ? VOIDED_ABOVE : 0);
}

/* A column of the table `t`, or what stands for one that is not kept. */
void compose_value(struct compose *c, const struct ledger *l, size_t column);
/* "id, year, version, …" of a SELECT that row_read() reads from column 0. */
void compose_row_columns(struct compose *c, const struct ledger *l);
struct ledger_row *row_read(const struct rows *r, struct mem *m,
                            const struct ledger *l);

#endif
