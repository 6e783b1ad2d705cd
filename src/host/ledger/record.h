/* SPDX-License-Identifier: MulanPSL-2.0 */
/*
 * record.h - what counts, and the tallies that make every figure cheap.
 *
 * A record is one countable fact of one ledger row: its kind, programme
 * year, category, organisation, place, date, quantity and, where rows are
 * ranked, its rank. A row has at most one record of each kind. Records are
 * derived from the row by its kind and written only here, in the
 * transaction of the row, together with the tallies: number and sum of
 * quantities per (year, kind, scope, category), where scope is 0 for the
 * whole district or the organisation. They are counted by month too. Ranked
 * records are counted by rank, at six levels: by the rank itself, by the rank
 * without its last 8 bits, and so on. Who walks from the top reads at most 256
 * tallies of each level, so the cost of a figure depends on the number of
 * categories, not on the number of rows.
 */
#ifndef DAJUAN_HOST_LEDGER_RECORD_H
#define DAJUAN_HOST_LEDGER_RECORD_H

#include "host/ledger/ledger.h"

struct record {
    struct str category; /* "" where the kind has none */
    int64_t quantity;    /* 1 unless the kind sets it */
    int64_t rank;        /* larger is better; 0 where not ranked */
    int32_t day;         /* of .on, else of the row; 0: it has none */
};

/*
 * How a kind counts rows: each once, unless its declaration says more.
 *
 *     RECORD("children.activity"),
 *     RECORD("children.child_visit", .sums = AT(CHILDREN)),
 *     RECORD("projects.project", .by = AT(FIELD)),
 */
struct record_kind {
    struct str kind; /* "children.child_visit" */
    /*
     * The sum of these columns is the quantity. A row without a value in one
     * of them does not count: missing is not zero.
     */
    uint64_t sums;
    uint64_t by; /* the key of this choice is the category */
    /*
     * Ranked by its quantity, the sum of columns that are never below 0: so
     * that there is a median (median.h).
     */
    bool ranked;
    /*
     * From this date on the row counts, instead of the day of the row; one
     * without it does not.
     */
    uint64_t on;
    /*
     * Optional. Runs last: changes what sums and by made of the row, and
     * false says that the row does not count. It may look at the row and at
     * the policies of its year (policy.h), at nothing else: record_replace()
     * asks it of the row as it stood to find the record that goes, so a rule
     * that looks at the day or at other rows leaves records behind.
     */
    bool (*of)(struct scope in, const struct ledger_row *row,
               struct record *ret);
    uint64_t looks_at; /* the columns .of looks at: shown beside the number */
    /*
     * Of a kind that ranks: what the rank says in ten-thousandths of a point
     * (what breaks ties aside), and how people call that.
     */
    int64_t (*points)(int64_t rank);
    struct text points_label;
};

#define RECORD(...) RECORD_AS(__VA_ARGS__, )
#define RECORD_AS(name, ...)                                                   \
    {                                                                          \
        .kind = S_INIT(name), __VA_ARGS__                                      \
    }

/* The record of a row; false: the row is voided or does not count. */
bool record_of(struct scope in, const struct record_kind *kind,
               const struct ledger_row *row, struct record *ret);

/* The column whose date is the day of its records; NULL: they have none. */
const struct column *kind_day(const struct ledger *l,
                              const struct record_kind *kind);

/*
 * Replace the records of a row: `before` is the row as it stood (NULL: new),
 * `after` as it stands now (NULL or voided: counts no more). The row itself
 * is counted as well (row_count.h).
 */
void record_replace(struct act *act, const struct ledger_row *before,
                    const struct ledger_row *after);

/*
 * For acts that change many rows: hold the sums back in act->tallies, so
 * that all changes of one tally become one statement. The tallies of the
 * database are behind until tally_book_close(), which writes them.
 */
void tally_book_open(struct act *act, struct mem *m);
void tally_book_close(struct act *act);

enum { TALLY_LEVELS = 6, TALLY_LEVEL_BITS = 8 };

/* The scope of the tallies of ranks without their last 8 * level bits. */
static inline int64_t tally_rank_scope(int level)
{
    return -1 - level;
}

/* The scope of the tallies of months; their rank is yyyymm, 0 without a day. */
enum { TALLY_MONTHS = -16 };

/* Number and sum of the records in scope; category "" takes all. */
struct tally {
    int64_t n;
    int64_t sum;
};
struct tally tally_read(struct scope in, int32_t year, struct str kind,
                        struct str category);
/* Of those whose day is in a month (yyyymm); 0: those without a day. */
struct tally tally_read_month(struct scope in, int32_t year, struct str kind,
                              struct str category, int32_t month);

/* Make tallies, records and counts of rows anew from the ledgers. */
void record_rebuild(struct act *act);

#endif
