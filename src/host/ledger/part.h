/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * part.h - rows that belong to a row of another ledger: milestones of a
 * project, cards of a case.
 *
 * A ledger of parts has a column of role COLUMN_PARENT. Owner, place and year
 * of its rows, and that the parent is voided, are the parent's: copied into
 * the part's table so that lists, rights, records and due dates read one row,
 * not part of the journal's leaf, and proved again by verification.
 *
 * What the parts make of their parent (its progress, its light) is computed
 * by the ledger's .roll in the transaction that changes a part, is no part of
 * the parent's leaf either, and is proved in the same way: the leaf holds what
 * somebody said, what follows is computed again. A part may have parts of its
 * own: what they make of it goes on up to the top.
 */
#ifndef DAJUAN_HOST_LEDGER_PART_H
#define DAJUAN_HOST_LEDGER_PART_H

#include "host/ledger/period.h"
#include "host/ledger/row.h"

/* The parts of one row that stand, ledger by ledger, in the order they came. */
struct part_list {
    struct ledger_row **v;
    size_t n, cap;
};

/* What the cells of a row in a file tell (ledger.h: read_cells). */
struct cells_read {
    struct mem *m;
    int32_t day; /* on which they are read; 0: they are only looked at */
    struct part_list parts;
    size_t column; /* to blame, and why */
    struct text reason;
};

void part_list_add(struct mem *m, struct part_list *parts,
                   struct ledger_row *row);

/* The parts that stand of a row, of every ledger of parts of its ledger. */
struct part_list parts_load(struct scope in, const struct ledger_row *of);
/* Those that stand beside a part, new or kept: of its ledger and parent. */
struct part_list parts_beside(struct scope in, const struct ledger_row *part);
/* Of one ledger, by id, voided ones too. */
struct part_list parts_all(struct scope in, const struct ledger *l, int64_t of);
/*
 * Which of the ledgers that hold parts of `of`, in the order of ledger_part(),
 * have any of row `id`: most rows have parts of few.
 */
enum { PART_LEDGERS_MAX = 16 };
void parts_there(struct scope in, const struct ledger *of, int64_t id,
                 bool ret[PART_LEDGERS_MAX]);

/*
 * What a part has from its parent; looks that up unless row->parent is set.
 * Nothing for a row that is no part.
 */
void part_inherit(struct scope in, struct ledger_row *row);
/* The parent; NULL: the row is no part, or its parent is none that is kept. */
const struct ledger_row *part_parent(struct scope in,
                                     const struct ledger_row *row);

/* A new row under its parent. */
struct ledger_row *part_new(struct scope in, const struct ledger *l,
                            struct ledger_row *of);

/* Is the parent of a part in one of these states? 0: it does not matter. */
bool parent_is_in(struct scope in, const struct ledger_row *row,
                  uint64_t states);

/*
 * Fill what follows from its parts; false: the ledger's rows have no .roll. A
 * row that is new has none yet.
 */
bool part_roll(struct scope in, struct ledger_row *row, struct rolled *ret);
bool part_roll_new(struct scope in, struct ledger_row *row, struct rolled *ret);

/*
 * After a write of `row`, in its transaction: its parent is rolled again, and
 * its parts follow when owner, place, year, standing or state changed.
 * `before` is NULL for a new row.
 */
void part_settle(struct act *act, const struct ledger_row *before,
                 const struct ledger_row *row);
/*
 * Has the row from its parent what it should, and from its parts? Counts the
 * periods it should have.
 */
bool part_is_kept(struct scope in, const struct ledger_row *row,
                  int64_t *ret_periods);
/* Roll all rows again: thresholds changed, or a folder is rebuilt. */
void part_rebuild(struct act *act);

#endif
